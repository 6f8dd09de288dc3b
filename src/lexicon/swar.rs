//! Eight bytes in one register: letters told, counted and made small without a walk over them.
//!
//! Takes and returns bytes as a `u64`, the first in its lowest part. Bytes past an end are zero.

/// One in each byte.
const ONES: u64 = u64::from_ne_bytes([1; 8]);
/// The highest bit of each byte: set in what is no ASCII.
pub(crate) const HIGH: u64 = ONES << 7;
/// The bit of each byte that parts small letters of ASCII from capitals.
pub(crate) const SMALL: u64 = ONES << 5;

/// The first eight bytes.
#[inline]
pub(crate) fn load(bytes: &[u8]) -> u64 {
    match bytes.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => load_last(bytes),
    }
}

/// At most seven bytes: two reads that overlap.
#[inline(never)]
fn load_last(bytes: &[u8]) -> u64 {
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>(), bytes) {
        (Some(first), Some(last), _) => {
            let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
            u64::from(first) | u64::from(last) << ((bytes.len() - 4) * 8)
        }
        (_, _, [first, .., last]) => {
            let middle = bytes.len() / 2;
            u64::from(*first)
                | u64::from(bytes[middle]) << (middle * 8)
                | u64::from(*last) << ((bytes.len() - 1) * 8)
        }
        (_, _, [one]) => u64::from(*one),
        _ => 0,
    }
}

/// The first bytes, at most eight of them.
#[inline]
pub(crate) fn first(eight: u64, bytes: usize) -> u64 {
    eight & u64::MAX.checked_shr(64 - bytes as u32 * 8).unwrap_or(0)
}

/// How many letters of ASCII stand before the first byte that is none.
#[inline]
pub(crate) fn letters(eight: u64) -> usize {
    let small = (eight | SMALL) & !HIGH;
    let from_a = small + (0x80 - b'a' as u64) * ONES;
    let past_z = small + (0x7f - b'z' as u64) * ONES;
    let letter = from_a & !past_z & !eight & HIGH;
    (letter ^ HIGH).trailing_zeros() as usize / 8
}

/// Whether at most eight bytes are figures, all of them.
#[inline]
pub(crate) fn is_figures(bytes: &[u8]) -> bool {
    // no figures are left after the exclusive or but 0 to 9
    let over = load(bytes) ^ first(ONES * b'0' as u64, bytes.len());
    ((over + (0x80 - 10) * ONES) | over) & HIGH == 0
}

/// Capitals of ASCII made small; bytes of ASCII alone.
#[inline]
pub(crate) fn lower(eight: u64) -> u64 {
    let from_a = eight + (0x80 - b'A' as u64) * ONES;
    let past_z = eight + (0x7f - b'Z' as u64) * ONES;
    eight | (from_a & !past_z & HIGH) >> 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_byte_by_byte() {
        for at in 0..=255u8 {
            for length in 0..8 {
                let mut bytes = [b'q'; 8];
                bytes[length] = at;
                let eight = load(&bytes);
                let want = if at.is_ascii_alphabetic() { 8 } else { length };
                assert_eq!(letters(eight), want, "{bytes:?}");
                if at.is_ascii() {
                    assert_eq!(lower(eight).to_le_bytes(), bytes.map(|b| b.to_ascii_lowercase()));
                }
            }
        }
        let text = b"abcdefghij";
        for at in 0..=text.len() + 1 {
            let mut want = [0; 8];
            for (to, from) in want.iter_mut().zip(text.iter().skip(at)) {
                *to = *from;
            }
            assert_eq!(load(text.get(at..).unwrap_or_default()).to_le_bytes(), want, "{at}");
        }
        for at in 0..=255u8 {
            for length in 0..8 {
                let mut bytes = [b'7'; 8];
                bytes[length] = at;
                assert_eq!(is_figures(&bytes[..=length]), at.is_ascii_digit(), "{bytes:?}");
            }
        }
        assert_eq!(first(load(text), 3), load(b"abc"));
        assert_eq!(first(load(text), 8), load(b"abcdefgh"));
    }
}
