//! Bytes → the unit that the record speaks: the one place where offsets are converted.

use super::Offsets;
use crate::span::Span;
use crate::vocabulary::OffsetUnit;

/// Bytes to an entry of the index.
const STRIDE: usize = 64;
/// Bytes that are asked at once whether they are ASCII.
const GROUP: usize = size_of::<u64>();

/// A character of more bytes than units.
#[derive(Clone, Copy, Debug)]
struct Wide {
    /// its first byte
    start: u32,
    /// how many more bytes than units there are up to its end
    surplus: u32,
}

/// Converts byte offsets of one text. Building it is one pass, which asks most of a text no more than whether it is
/// ASCII; a look-up walks the wide characters of at most one stride.
pub(super) struct OffsetMap {
    /// in text order; none where bytes and units never differ
    wide: Vec<Wide>,
    /// for each stride, how many wide characters begin before it
    strides: Vec<u32>,
}

impl OffsetMap {
    pub(super) fn new(text: &str, unit: OffsetUnit) -> Self {
        let mut map = Self { wide: Vec::new(), strides: Vec::new() };
        if unit == OffsetUnit::Bytes || text.is_ascii() {
            return map;
        }
        map.strides.reserve(text.len() / STRIDE + 1);
        let mut surplus = 0;
        for (n, stride) in text.as_bytes().chunks(STRIDE).enumerate() {
            map.strides.push(map.wide.len() as u32);
            if stride.is_ascii() {
                continue;
            }
            for (m, group) in stride.chunks(GROUP).enumerate().filter(|(_, group)| !group.is_ascii()) {
                for (i, &byte) in group.iter().enumerate() {
                    // the first byte of a character tells its length, and a character beyond the BMP is two in UTF-16
                    surplus += match byte {
                        0xC0..0xE0 => 1,
                        0xE0..0xF0 => 2,
                        0xF0.. if unit == OffsetUnit::Utf16 => 2,
                        0xF0.. => 3,
                        _ => continue,
                    };
                    map.wide.push(Wide { start: (n * STRIDE + m * GROUP + i) as u32, surplus });
                }
            }
        }
        map
    }

    /// The offset of a byte at which a character begins, or of the text's end.
    #[inline]
    pub(super) fn at(&self, byte: u32) -> u32 {
        if self.wide.is_empty() {
            return byte;
        }
        let stride = (byte as usize / STRIDE).min(self.strides.len() - 1);
        let first = self.strides[stride] as usize;
        let within = self.wide[first..].iter().take_while(|wide| wide.start < byte).count();
        let before = (first + within).checked_sub(1).map_or(0, |last| self.wide[last].surplus);
        byte - before
    }

    #[inline]
    pub(super) fn span(&self, span: Span) -> Offsets {
        [self.at(span.start), self.at(span.end)]
    }
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
