//! Eight bytes in one register: letters told, counted and made small without a walk over them.
//!
//! Takes and returns bytes as a `u64`, the first in its lowest part. Bytes past an end are zero.

/// One in each byte.
pub(crate) const ONES: u64 = u64::from_ne_bytes([1; 8]);
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

/// The lowest bits of eight bytes side by side, of which no other bit is set.
#[inline]
pub(crate) fn lowest_bits(eight: u64) -> u64 {
    eight.wrapping_mul(0x0102_0408_1020_4080) >> 56
}

/// Whether some bytes hold one; the last eight may be asked twice.
#[inline]
pub(crate) fn holds(bytes: &[u8], byte: u8) -> bool {
    // the highest bit of any byte that is the one sought
    let here = |eight: &[u8; 8]| {
        let other = u64::from_le_bytes(*eight) ^ (u64::from(byte) * ONES);
        other.wrapping_sub(ONES) & !other & HIGH
    };
    match bytes.last_chunk() {
        Some(last) => bytes.as_chunks().0.iter().fold(here(last), |all, eight| all | here(eight)) != 0,
        None => bytes.contains(&byte),
    }
}

/// How many letters of ASCII stand before the first byte that is none.
#[inline]
pub(crate) fn letters(eight: u64) -> usize {
    others(eight).trailing_zeros() as usize / 8
}

/// The bits of the letters of ASCII that stand before the first byte that is none.
#[inline]
pub(crate) fn letters_mask(eight: u64) -> u64 {
    // the highest bit of the first byte that is none, made the lowest one, and one less
    let others = others(eight);
    ((others & others.wrapping_neg()) >> 7).wrapping_sub(1)
}

/// The highest bit of each byte that is no letter of ASCII.
#[inline]
fn others(eight: u64) -> u64 {
    let small = (eight | SMALL) & !HIGH;
    let from_a = small + (0x80 - b'a' as u64) * ONES;
    let past_z = small + (0x7f - b'z' as u64) * ONES;
    let letter = from_a & !past_z & !eight & HIGH;
    letter ^ HIGH
}

/// How many digits stand before the first byte that is none.
#[inline]
pub(crate) fn digits(eight: u64) -> usize {
    let value = eight ^ (u64::from(b'0') * ONES);
    let others = (((value & !HIGH) + (0x7f - 9) * ONES) | value) & HIGH;
    others.trailing_zeros() as usize / 8
}

/// Whether at most eight bytes are figures, all of them.
#[inline]
pub(crate) fn is_figures(bytes: &[u8]) -> bool {
    digits(load(bytes)) == bytes.len()
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
                assert_eq!(letters_mask(eight), first(u64::MAX, want), "{bytes:?}");
                bytes[..length].fill(b'7');
                let want = if at.is_ascii_digit() { length + 1 } else { length };
                assert_eq!(digits(load(&bytes)), want, "{bytes:?}");
                bytes[..length].fill(b'q');
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
        for at in 0..text.len() {
            assert!(holds(&text[..=at], text[at]) && !holds(&text[..at], text[at]));
        }
        assert_eq!(lowest_bits(u64::from_le_bytes([1, 0, 0, 1, 1, 0, 0, 1])), 0b1001_1001);
        assert_eq!(first(load(text), 3), load(b"abc"));
        assert_eq!(first(load(text), 8), load(b"abcdefgh"));
    }
}
