//! What the bytes of an article are, asked of all of it at once: where lines may end, and which stretches are plain.
//!
//! Owns [`Survey`]. Takes the text; tells of a part of it whether it is of ASCII and whether its only white space is the
//! plain space, so that the other files need not ask that of each paragraph's bytes, which nobody foretells.

use crate::lexicon::swar::{self, ONES};

/// So many bytes are looked at together.
const STRETCH: usize = 64;

/// An article's bytes, a stretch at a time.
pub(super) struct Survey {
    /// for each stretch the bits of its bytes that may end a line, 0x08 to 0x0f
    breaks: Vec<u64>,
    /// how many stretches before each hold a byte that is none of ASCII; and how many a character of white space that is
    /// neither a space nor `\n`, or a zero-width one
    before: Vec<(u32, u32)>,
}

impl Survey {
    pub(super) fn of(text: &str) -> Self {
        let bytes = text.as_bytes();
        let stretches = bytes.len() / STRETCH + 1;
        let mut survey =
            Self { breaks: Vec::with_capacity(stretches), before: Vec::with_capacity(stretches + 1) };
        survey.before.push((0, 0));
        let mut rest = bytes;
        while let Some((stretch, after)) = rest.split_first_chunk() {
            survey.add(stretch, after);
            rest = after;
        }
        let mut last = [b' '; STRETCH];
        last[..rest.len()].copy_from_slice(rest);
        survey.add(&last, &[]);
        survey
    }

    #[inline]
    fn add(&mut self, stretch: &[u8; STRETCH], after: &[u8]) {
        let (wide, control) = stretch.iter().fold((false, false), |(wide, control), &b| {
            (wide | (b >= 0x80), control | (b < b' ') & (b != b'\n') & (b != b'\r'))
        });
        let (breaks, leads) = bits(stretch);
        let odd = (wide | control) && is_odd(breaks | leads, stretch, after);
        let (wides, odds) = self.before[self.breaks.len()];
        self.before.push((wides + u32::from(wide), odds + u32::from(odd)));
        self.breaks.push(breaks);
    }

    fn stretches(&self, start: usize, end: usize) -> ((u32, u32), (u32, u32)) {
        (self.before[start / STRETCH], self.before[end.div_ceil(STRETCH).max(start / STRETCH)])
    }

    /// Whether a part of the text is sure to be of ASCII.
    #[inline]
    pub(super) fn is_ascii(&self, start: usize, end: usize) -> bool {
        let (from, to) = self.stretches(start, end);
        from.0 == to.0
    }

    /// Whether a part of the text is sure to hold no white space but plain spaces and line breaks, and nothing of no width.
    #[inline]
    pub(super) fn is_plain(&self, start: usize, end: usize) -> bool {
        let (from, to) = self.stretches(start, end);
        from.1 == to.1
    }

    /// The places of `\n` and `\r`.
    pub(super) fn breaks(&self, text: &[u8], mut each: impl FnMut(usize)) {
        for (n, &bits) in self.breaks.iter().enumerate() {
            let mut bits = bits;
            while bits != 0 {
                let at = n * STRETCH + bits.trailing_zeros() as usize;
                if matches!(text.get(at), Some(b'\n' | b'\r')) {
                    each(at);
                }
                bits &= bits - 1;
            }
        }
    }
}

/// A bit for each byte from 0x08 to 0x0f; and for each that begins a character that is none of ASCII.
#[inline]
fn bits(stretch: &[u8; STRETCH]) -> (u64, u64) {
    let (words, _) = stretch.as_chunks::<8>();
    words.iter().enumerate().fold((0, 0), |(breaks, leads), (n, &word)| {
        let word = u64::from_le_bytes(word);
        // zero where the byte is one from 0x08 to 0x0f
        let other = (word | (ONES * 7)) ^ (ONES * 15);
        let some = ((other & (ONES * 0x7f)) + ONES * 0x7f) | other;
        let both_high = word & (word << 1);
        let put = |highest: u64| swar::lowest_bits((highest >> 7) & ONES) << (n * 8);
        (breaks | put(!some), leads | put(both_high))
    })
}

/// Whether a stretch holds white space that is neither a space nor a line break, or the beginning of what may be that or
/// a zero-width character. All of these stand at the places of the bits.
#[inline(never)]
fn is_odd(mut bits: u64, stretch: &[u8; STRETCH], after: &[u8]) -> bool {
    let at = |i: usize| stretch.get(i).or_else(|| after.get(i - STRETCH)).copied().unwrap_or(0);
    let mut odd = false;
    while bits != 0 {
        let i = bits.trailing_zeros() as usize;
        bits &= bits - 1;
        odd |= match stretch[i] {
            b'\t' | 0x0b | 0x0c => true,
            // U+0085, U+00A0, U+00AD
            0xc2 => matches!(at(i + 1), 0x85 | 0xa0 | 0xad),
            // U+1680
            0xe1 => at(i + 1) == 0x9a,
            // U+2000 to U+200F, U+2028 to U+202F, U+2040 to U+207F
            0xe2 => match at(i + 1) {
                0x80 => matches!(at(i + 2), 0x80..=0x8f | 0xa8..=0xaf),
                next => next == 0x81,
            },
            // U+3000
            0xe3 => at(i + 1) == 0x80,
            // U+FEFF
            0xef => at(i + 1) == 0xbb,
            _ => false,
        };
    }
    odd
}

#[cfg(test)]
mod tests {
    use super::super::paragraphs::is_ignorable;
    use super::*;

    #[test]
    fn what_is_told_of_any_character() {
        for c in (0..=0x3100u32).chain(0xfe00..=0xffff).filter_map(char::from_u32) {
            for lead in [0, 62, 63, 64] {
                let text = format!("{}{c}{}", "x".repeat(lead), "y".repeat(70));
                let survey = Survey::of(&text);
                let (start, end) = (lead, lead + c.len_utf8());
                let odd = !matches!(c, ' ' | '\n' | '\r') && c.is_whitespace() || is_ignorable(c);
                assert!(!(odd && survey.is_plain(start, end)), "{c:?}");
                assert!(c.is_ascii() == survey.is_ascii(start, end), "{c:?}");
                assert!(survey.is_plain(0, 0) && survey.is_plain(text.len(), text.len()));
                let mut breaks = Vec::new();
                survey.breaks(text.as_bytes(), |at| breaks.push(at));
                assert_eq!(breaks, if matches!(c, '\n' | '\r') { vec![lead] } else { vec![] });
            }
        }
        let all = Survey::of("é “a” — b…\n");
        assert!(all.is_plain(0, 10) && !all.is_ascii(0, 10));
    }
}
