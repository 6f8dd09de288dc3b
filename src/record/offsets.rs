//! Bytes → the unit that the record speaks: the one place where offsets are converted.

use super::Offsets;
use crate::span::Span;
use crate::vocabulary::OffsetUnit;

/// Bytes to a mark; read as one number.
const STRIDE: usize = size_of::<u64>();

/// Converts byte offsets of one text. Building it is one pass; a look-up reads one mark and at most eight bytes.
pub(super) struct OffsetMap<'a> {
    text: &'a [u8],
    unit: OffsetUnit,
    /// by how much byte offset and converted offset differ at each multiple of `STRIDE`; empty where they never do
    marks: Vec<u32>,
}

/// By how many the bytes are more than the units.
#[inline]
fn surplus(bytes: u64, unit: OffsetUnit) -> u32 {
    const TOP: u64 = u64::MAX / 0xFF * 0x80;
    // the top bits are 10 in a byte that continues a character, 1111 in the first of a character beyond the BMP
    let continuing = bytes & !(bytes << 1) & TOP;
    let astral =
        if unit == OffsetUnit::Utf16 { bytes & bytes << 1 & bytes << 2 & bytes << 3 & TOP } else { 0 };
    continuing.count_ones().wrapping_sub(astral.count_ones())
}

/// The bytes as a number, the first one lowest; zeros, which are ASCII, for what lacks.
#[inline]
fn number(bytes: &[u8]) -> u64 {
    if let Ok(whole) = bytes.try_into() {
        return u64::from_le_bytes(whole);
    }
    bytes.iter().rev().fold(0, |number, &b| number << 8 | u64::from(b))
}

impl<'a> OffsetMap<'a> {
    pub(super) fn new(text: &'a str, unit: OffsetUnit) -> Self {
        let mut marks = Vec::new();
        if unit != OffsetUnit::Bytes && !text.is_ascii() {
            marks.reserve(text.len() / STRIDE + 2);
            let mut sum = 0u32;
            for chunk in text.as_bytes().chunks(STRIDE) {
                marks.push(sum);
                // a stride that begins amid a character may hold its rest alone, or its head without the rest
                sum = sum.wrapping_add(surplus(number(chunk), unit));
            }
            marks.push(sum);
        }
        Self { text: text.as_bytes(), unit, marks }
    }

    pub(super) fn at(&self, byte: u32) -> u32 {
        if self.marks.is_empty() {
            return byte;
        }
        let (mark, rest) = (byte as usize / STRIDE, byte as usize % STRIDE);
        let from = mark * STRIDE;
        let stride = &self.text[from..self.text.len().min(from + STRIDE)];
        let before = number(stride) & !(u64::MAX << (8 * rest));
        byte - self.marks[mark].wrapping_add(surplus(before, self.unit))
    }

    pub(super) fn span(&self, span: Span) -> Offsets {
        [self.at(span.start), self.at(span.end)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_boundary_in_every_unit() {
        let text = "a“é𝄞—z".repeat(40);
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
