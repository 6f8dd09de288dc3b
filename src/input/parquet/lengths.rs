//! The lengths of texts as Parquet's delta encodings write them: read ahead of the reader, which makes room for as many
//! as a page says that it has, and for each text as long as it says.
//!
//! Takes a page's values, returns how much memory they take once they are laid out; what cannot be is refused.

use super::levels::varint;
use parquet::errors::{ParquetError, Result};

/// What `DELTA_LENGTH_BYTE_ARRAY` takes: lengths, and the texts behind them. `most` is the number of values of the page.
pub(super) fn plain(data: &[u8], most: u64) -> Result<u64> {
    let (mut texts, mut count) = (0, 0);
    let end = deltas(data, most, &mut |length| {
        texts += length;
        count += 1;
    })?;
    if texts > (data.len() - end) as u64 {
        return Err(fault("texts are longer than the page that holds them"));
    }
    Ok(count * SIZE)
}

/// What `DELTA_BYTE_ARRAY` takes: each text is so much of the one before it, and what is new.
pub(super) fn shared(data: &[u8], most: u64) -> Result<u64> {
    let (mut texts, mut count) = (0_u64, 0);
    let end = deltas(data, most, &mut |length| {
        texts = texts.saturating_add(length);
        count += 1;
    })?;
    let new = plain(&data[end..], most)?;
    Ok((count * SIZE).saturating_add(texts).saturating_add(new).saturating_add(data.len() as u64))
}

/// What a length takes.
const SIZE: u64 = 4;

fn fault(what: &str) -> ParquetError {
    ParquetError::General(what.to_owned())
}

/// Reads `DELTA_BINARY_PACKED` lengths, and tells where they end.
fn deltas(data: &[u8], most: u64, each: &mut dyn FnMut(u64)) -> Result<usize> {
    let short = || fault("the lengths of texts end too soon");
    let (block, rest) = varint(data).ok_or_else(short)?;
    let (parts, rest) = varint(rest).ok_or_else(short)?;
    let (count, rest) = varint(rest).ok_or_else(short)?;
    let (first, mut rest) = varint(rest).ok_or_else(short)?;
    if count > most {
        return Err(ParquetError::General(format!("a page of {most} values says to have {count} texts")));
    }
    let size = block.checked_div(parts).unwrap_or(0);
    if size == 0 || size % 32 != 0 || size * parts != block || parts > data.len() as u64 {
        return Err(fault("the lengths of texts are in blocks of no size"));
    }
    // as the reader counts: in 32 bits, and round
    let mut length = signed(first) as i32;
    let mut give = |length: i32| match u64::try_from(length) {
        Ok(length) => {
            each(length);
            Ok(())
        }
        Err(_) => Err(fault("a text is shorter than nothing")),
    };
    if count > 0 {
        give(length)?;
    }
    let mut left = count.saturating_sub(1);
    while left > 0 {
        let (least, after) = varint(rest).ok_or_else(short)?;
        let least = signed(least) as i32;
        let (widths, mut after) = after.split_at_checked(parts as usize).ok_or_else(short)?;
        for width in widths.iter().map(|w| u32::from(*w)) {
            // the widths of parts that hold nothing say nothing
            if left == 0 {
                break;
            }
            if width > 32 {
                return Err(fault("a length of more than 32 bits"));
            }
            let bytes = usize::try_from(u64::from(width) * (size / 8)).unwrap_or(usize::MAX);
            let (packed, next) = after.split_at_checked(bytes).ok_or_else(short)?;
            after = next;
            let here = size.min(left);
            for i in 0..here {
                length = length.wrapping_add(least).wrapping_add(bits(packed, i, width) as i32);
                give(length)?;
            }
            left -= here;
        }
        rest = after;
    }
    Ok(data.len() - rest.len())
}

fn signed(value: u64) -> i64 {
    (value >> 1) as i64 ^ -((value & 1) as i64)
}

/// The number of so many bits that stands there.
fn bits(packed: &[u8], index: u64, width: u32) -> u32 {
    let at = index * u64::from(width);
    let start = (at / 8) as usize;
    let mut word = [0; 8];
    let held = packed.get(start..).unwrap_or_default();
    let held = &held[..held.len().min(8)];
    word[..held.len()].copy_from_slice(held);
    (u64::from_le_bytes(word) >> (at % 8) & ((1 << width) - 1)) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lengths(data: &[u8], most: u64) -> std::result::Result<(Vec<u64>, usize), String> {
        let mut read = Vec::new();
        let end = deltas(data, most, &mut |length| read.push(length)).map_err(|e| e.to_string())?;
        Ok((read, end))
    }

    /// Blocks of 128 in four parts; five lengths from 3 on, none less than 1 apart, the rest in three bits.
    const SOUND: &[u8] =
        &[0x80, 1, 4, 5, 6, 2, 3, 9, 9, 9, 0b0101_0001, 0b0000_0111, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    #[test]
    fn lengths_are_read_as_they_were_written() {
        // 3, then 1 more each and 1, 2, 5 and 3 beside
        assert_eq!(lengths(SOUND, 5).unwrap(), (vec![3, 5, 8, 14, 18], SOUND.len()));
        // one has no block
        assert_eq!(lengths(&[0x80, 1, 4, 1, 6, 7], 5).unwrap(), (vec![3], 5));
        assert_eq!(lengths(&[0x80, 1, 4, 0, 0], 5).unwrap(), (vec![], 5));
    }

    #[test]
    fn lengths_that_lie_are_refused() {
        let with = |at: usize, byte: u8| {
            let mut data = SOUND.to_vec();
            data[at] = byte;
            lengths(&data, 5).unwrap_err()
        };
        assert!(lengths(SOUND, 4).unwrap_err().contains("a page of 4 values says to have 5 texts"));
        assert!(with(1, 0).contains("the lengths of texts are in blocks of no size"));
        assert!(with(2, 0).contains("in blocks of no size"));
        assert!(with(2, 3).contains("in blocks of no size"));
        assert!(with(4, 5).contains("a text is shorter than nothing"));
        assert!(with(6, 33).contains("a length of more than 32 bits"));
        assert!(with(6, 32).contains("the lengths of texts end too soon"));
        assert!(lengths(&SOUND[..8], 5).unwrap_err().contains("end too soon"));
        let many = [0x80, 1, 4, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0, 0, 0, 0, 0, 0];
        assert!(lengths(&many, 5).unwrap_err().contains("says to have"));
        assert!(plain(SOUND, 5).unwrap_err().to_string().contains("longer than the page that holds them"));
        assert_eq!(plain(&[SOUND, &[b'a'; 48]].concat(), 5).unwrap(), 20);
        // prefixes of 48 bytes in all, suffixes of 48 too
        let both = [SOUND, SOUND, &[b'a'; 48]].concat();
        assert_eq!(shared(&both, 5).unwrap(), 20 + 48 + 20 + both.len() as u64);
    }
}
