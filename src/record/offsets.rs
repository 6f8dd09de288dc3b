//! Bytes → the unit that the record speaks: the one place where offsets are converted.

use super::Offsets;
use crate::span::Span;
use crate::vocabulary::OffsetUnit;

const STRIDE: usize = 64;

/// Converts byte offsets of one text. Building it is one pass; a look-up counts at most 64 bytes.
pub(super) struct OffsetMap<'a> {
    text: &'a [u8],
    unit: OffsetUnit,
    /// the converted offset at each multiple of `STRIDE`; empty where bytes and units are the same
    marks: Vec<u32>,
}

fn count(bytes: &[u8], unit: OffsetUnit) -> u32 {
    let starts = bytes.iter().filter(|&&b| (b as i8) >= -0x40).count();
    let astral = if unit == OffsetUnit::Utf16 { bytes.iter().filter(|&&b| b >= 0xF0).count() } else { 0 };
    (starts + astral) as u32
}

impl<'a> OffsetMap<'a> {
    pub(super) fn new(text: &'a str, unit: OffsetUnit) -> Self {
        let mut marks = Vec::new();
        if unit != OffsetUnit::Bytes && !text.is_ascii() {
            marks.reserve(text.len() / STRIDE + 1);
            let mut sum = 0;
            for chunk in text.as_bytes().chunks(STRIDE) {
                marks.push(sum);
                sum += count(chunk, unit);
            }
            marks.push(sum);
        }
        Self { text: text.as_bytes(), unit, marks }
    }

    pub(super) fn at(&self, byte: u32) -> u32 {
        if self.marks.is_empty() {
            return byte;
        }
        let mark = byte as usize / STRIDE;
        self.marks[mark] + count(&self.text[mark * STRIDE..byte as usize], self.unit)
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
