//! Bytes → the unit that the record speaks: the one place where offsets are converted.

use super::Offsets;
use crate::lexicon::swar::{self, ONES};
use crate::span::Span;
use crate::vocabulary::OffsetUnit;

/// Bytes to an entry of the index: a bit each.
const STRIDE: usize = u64::BITS as usize;

/// What is to be taken off the bytes of one stride.
#[derive(Clone, Copy, Debug)]
struct Stride {
    /// how many bytes are no unit before it
    before: u32,
    /// which of its bytes are none
    surplus: u64,
}

/// Converts byte offsets of one text. Building it is one pass over eight bytes at a time, a look-up a count of bits: where
/// offsets lie to wide characters looks random, so that neither asks.
pub(super) struct OffsetMap {
    /// none where bytes and units never differ
    strides: Vec<Stride>,
}

impl OffsetMap {
    pub(super) fn new(text: &str, unit: OffsetUnit) -> Self {
        let mut map = Self { strides: Vec::new() };
        if unit == OffsetUnit::Bytes || text.is_ascii() {
            return map;
        }
        map.strides.reserve_exact(text.len() / STRIDE + 1);
        let (mut before, mut last) = (0, 0);
        let mut push = |bytes: &[u8; STRIDE]| {
            // a character beyond the BMP is two units of UTF-16: the second byte of four is one, too
            let (surplus, four) =
                (later_bytes(bytes), if unit == OffsetUnit::Utf16 { fours(bytes) } else { 0 });
            let surplus = surplus & !(four << 1 | last >> (u64::BITS - 1));
            last = four;
            map.strides.push(Stride { before, surplus });
            before += surplus.count_ones();
        };
        let (strides, rest) = text.as_bytes().as_chunks();
        strides.iter().for_each(&mut push);
        // one more, in which the text's end lies
        let mut end = [0; STRIDE];
        for (to, from) in end.iter_mut().zip(rest) {
            *to = *from;
        }
        push(&end);
        map
    }

    /// The offset of a byte at which a character begins, or of the text's end.
    #[inline]
    pub(super) fn at(&self, byte: u32) -> u32 {
        if self.strides.is_empty() {
            return byte;
        }
        let Stride { before, surplus } = self.strides[byte as usize / STRIDE];
        byte - before - (surplus & !(u64::MAX << (byte % u64::BITS))).count_ones()
    }

    #[inline]
    pub(super) fn span(&self, span: Span) -> Offsets {
        [self.at(span.start), self.at(span.end)]
    }
}

/// Which bytes are not the first of their character.
#[inline]
fn later_bytes(bytes: &[u8; STRIDE]) -> u64 {
    // the highest bit is set, the one below it not
    bits_of(bytes, |eight| eight & !(eight << 1))
}

/// Which bytes begin a character of four.
#[inline]
fn fours(bytes: &[u8; STRIDE]) -> u64 {
    bits_of(bytes, |eight| eight & eight << 1 & eight << 2 & eight << 3)
}

/// The highest bit that each byte has once eight at a time have been made into others.
#[inline]
fn bits_of(bytes: &[u8; STRIDE], make: impl Fn(u64) -> u64) -> u64 {
    let (eights, _) = bytes.as_chunks();
    let mut bits = 0;
    for (i, eight) in eights.iter().enumerate() {
        let high = make(u64::from_le_bytes(*eight)) >> 7 & ONES;
        bits |= swar::lowest_bits(high) << (i * 8);
    }
    bits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_in_every_unit() {
        let plain = "plain text of more than one stride, ".repeat(5);
        for text in ["a“é𝄞—z".repeat(40), format!("{plain}é{plain}"), format!("{plain}{plain}𝄞"), plain]
        {
            for (unit, length) in [
                (OffsetUnit::Chars, text.chars().count()),
                (OffsetUnit::Bytes, text.len()),
                (OffsetUnit::Utf16, text.encode_utf16().count()),
            ] {
                let map = OffsetMap::new(&text, unit);
                for (i, _) in text.char_indices() {
                    let before = &text[..i];
                    let want = match unit {
                        OffsetUnit::Chars => before.chars().count(),
                        OffsetUnit::Bytes => i,
                        OffsetUnit::Utf16 => before.encode_utf16().count(),
                    };
                    assert_eq!(map.at(i as u32), want as u32, "{unit:?} at byte {i}");
                }
                assert_eq!(map.at(text.len() as u32), length as u32);
            }
        }
    }
}
