//! What a short paragraph looks like: how many words, how many of them capitalised, how it ends.

use super::paragraphs::is_ignorable;
use crate::lexicon::swar::{self, ONES};
use memchr::memchr;

/// Counts over a paragraph's words.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shape {
    pub(super) words: u32,
    /// words of four letters or more
    pub(super) long: u32,
    /// those of them that begin with a capital
    pub(super) long_capital: u32,
    /// whether any letter is small
    pub(super) has_lower: bool,
    /// whether any letter is a capital
    pub(super) has_upper: bool,
    /// the last character but closing marks
    pub(super) end: char,
    /// a stop with a capital after it, so that there is more than one sentence
    pub(super) several: bool,
    /// any double quotation mark
    pub(super) quoted: bool,
}

/// Whether a paragraph has small letters of ASCII, ends in a full stop or comma, and begins with no dash: sure to be
/// no heading. Asked before all words are looked at.
pub(super) fn is_told(s: &str) -> bool {
    let stopped = match s.as_bytes().last() {
        Some(b'.' | b',') => true,
        Some(b) if b.is_ascii_alphanumeric() => false,
        _ => s.trim_end_matches(['"', '”', '’', '\'', ')']).ends_with(['.', ',']),
    };
    stopped && !s.starts_with(['-', '–', '—']) && s.bytes().any(|b| b.is_ascii_lowercase())
}

/// What a byte of ASCII is to a paragraph's shape, a bit each.
mod byte {
    pub(super) const SPACE: usize = 0;
    /// a mark that closes
    pub(super) const CLOSING: usize = 1;
    pub(super) const ALPHANUMERIC: usize = 2;
    pub(super) const UPPER: usize = 3;
    pub(super) const LOWER: usize = 4;
    pub(super) const DOT: usize = 5;
    /// a question or exclamation mark
    pub(super) const MARK: usize = 6;
    pub(super) const APOSTROPHE: usize = 7;

    pub(super) const BITS: [u8; 256] = {
        let mut all = [0; 256];
        let mut at = 0;
        while at < 256 {
            let b = at as u8;
            all[at] = (matches!(b, b'\t'..=b'\r' | b' ') as u8) << SPACE
                | (matches!(b, b'"' | b'\'' | b')' | b']') as u8) << CLOSING
                | (b.is_ascii_alphanumeric() as u8) << ALPHANUMERIC
                | (b.is_ascii_uppercase() as u8) << UPPER
                | (b.is_ascii_lowercase() as u8) << LOWER
                | ((b == b'.') as u8) << DOT
                | (matches!(b, b'?' | b'!') as u8) << MARK
                | ((b == b'\'') as u8) << APOSTROPHE;
            at += 1;
        }
        all
    };
}

/// A paragraph of ASCII has its bytes told by bits if it has at most so many.
const FEW: usize = u128::BITS as usize;

/// The classes of some bytes, at most [`FEW`], as a set of their places for each of a table's first bits.
#[inline]
pub(super) fn sets<const BITS: usize>(bytes: &[u8], table: &[u8; 256]) -> [u128; BITS] {
    let mut sets = [0; BITS];
    let mut add = |n: usize, eight: &[u8; 8]| {
        let mut classes = 0;
        for (i, &b) in eight.iter().enumerate() {
            classes |= u64::from(table[usize::from(b)]) << (i * 8);
        }
        for (bit, set) in sets.iter_mut().enumerate() {
            *set |= u128::from(swar::lowest_bits(classes >> bit & ONES)) << (n * 8);
        }
    };
    let (eights, rest) = bytes.as_chunks();
    eights.iter().take(FEW / 8).enumerate().for_each(|(n, eight)| add(n, eight));
    if eights.len() < FEW / 8 {
        // nothing is of the class of the zeros past the end
        add(eights.len(), &swar::load(rest).to_le_bytes());
    }
    sets
}

/// A word's letters, from the first to the last.
struct Letters {
    first: char,
    count: usize,
    has_lower: bool,
    has_upper: bool,
}

impl Letters {
    fn of(letters: &str) -> Option<Self> {
        let first = letters.chars().next()?;
        let has = |of: fn(char) -> bool| letters.chars().any(of);
        let (has_lower, has_upper) = (has(char::is_lowercase), has(char::is_uppercase));
        Some(Self { first, count: letters.chars().count(), has_lower, has_upper })
    }
}

impl Shape {
    /// Reads a paragraph. Nearly all that are asked are short and of ASCII.
    pub(super) fn of(s: &str) -> Self {
        if s.len() <= FEW && s.is_ascii() { Self::of_few(s.as_bytes()) } else { Self::of_any(s) }
    }

    /// The same of at most [`FEW`] bytes of ASCII: from word to word by bits.
    fn of_few(bytes: &[u8]) -> Self {
        let sets = sets::<8>(bytes, &byte::BITS);
        let of = |set: usize| sets[set];
        let bit = |set: u128, at: u32| set >> at & 1 != 0;
        let last = |set: u128| u128::BITS - 1 - set.leading_zeros();
        // the bits from one place to another
        let between = |from: u32, to: u32| (u128::MAX << from) & (u128::MAX >> (u128::BITS - 1 - to));
        let whole = u128::MAX.checked_shr((FEW - bytes.len()) as u32).unwrap_or(0);
        let apostrophes = of(byte::APOSTROPHE);
        let mut shape = Self {
            has_lower: of(byte::LOWER) != 0,
            has_upper: of(byte::UPPER) != 0,
            quoted: bytes.contains(&b'"') || apostrophes & apostrophes >> 1 != 0,
            ..Self::default()
        };
        let mut stopped = false;
        let mut rest = whole & !of(byte::SPACE);
        while rest != 0 {
            let start = rest.trailing_zeros();
            // past the word's last byte, or the last place
            let spaces = !rest & (u128::MAX << start);
            let word = between(start, if spaces == 0 { u128::BITS - 1 } else { spaces.trailing_zeros() - 1 });
            rest &= !word;
            let letters = word & of(byte::ALPHANUMERIC);
            if letters == 0 {
                continue;
            }
            let (first, end) = (letters.trailing_zeros(), last(letters));
            let capital = bit(of(byte::UPPER), first);
            shape.words += 1;
            shape.several |= stopped & capital;
            // what closes counts for nothing; letters are none of it
            let ends = last(word & !of(byte::CLOSING));
            let long = end - first >= 3;
            let dotted = of(byte::DOT) & between(first, end) != 0;
            stopped = bit(of(byte::MARK), ends) | bit(of(byte::DOT), ends) & long & !dotted;
            shape.long += u32::from(long);
            shape.long_capital += u32::from(long & (capital | !bit(of(byte::LOWER), first)));
        }
        let tail = whole & !of(byte::SPACE) & !of(byte::CLOSING);
        shape.end = if tail == 0 { ' ' } else { char::from(bytes[last(tail) as usize]) };
        shape
    }

    fn of_any(s: &str) -> Self {
        let quoted = memchr(b'"', s.as_bytes()).is_some()
            || s.contains("''")
            || !s.is_ascii() && s.contains(['“', '”', '«']);
        let mut shape = Self { end: ' ', quoted, ..Self::default() };
        let mut stopped = false;
        for word in s.split_whitespace() {
            let letters = word.trim_matches(|c: char| !c.is_alphanumeric());
            let Some(Letters { first, count, has_lower, has_upper }) = Letters::of(letters) else { continue };
            shape.words += 1;
            shape.several |= stopped && first.is_uppercase();
            let bare = word.trim_end_matches(['"', '”', '’', '\'', ')', ']']);
            stopped =
                bare.ends_with(['?', '!']) || bare.ends_with('.') && count > 3 && !letters.contains('.');
            shape.has_lower |= has_lower;
            shape.has_upper |= has_upper;
            if count >= 4 {
                shape.long += 1;
                shape.long_capital += u32::from(first.is_uppercase() || first.is_numeric());
            }
        }
        let tail = s.trim_end_matches(|c: char| {
            c.is_whitespace() || is_ignorable(c) || matches!(c, '"' | '”' | '’' | '\'' | ')' | ']' | '»')
        });
        shape.end = tail.chars().next_back().unwrap_or(' ');
        shape
    }

    /// No stop, comma or colon ends it.
    pub(super) fn is_open(&self) -> bool {
        !matches!(self.end, '.' | '!' | '?' | '…' | ',' | ';' | ':' | '-' | '–' | '—')
    }

    /// Nearly all of its longer words are capitalised, as in a title.
    pub(super) fn is_title_case(&self) -> bool {
        self.long >= 2 && self.long_capital * 10 >= self.long * 8
    }

    /// All its letters are capitals.
    pub(super) fn is_upper(&self) -> bool {
        self.has_upper && !self.has_lower
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_bits_as_word_by_word() {
        let long = "Council Keeps 12 Goats (and more).".repeat(4);
        for s in [
            "",
            " ",
            "\"",
            "What the Divers Saw",
            "WHAT THE DIVERS SAW.",
            "It rained. We left the U.S. Then it stopped!",
            "'It rained.' (He left it there.) \"Why?\" – no",
            "Mr. Lind left. ''No.''",
            "e.g. 20th - a--b 4.5 x's 'tis [note]",
            "  two  spaces. Here ",
            &long[..FEW],
            &long[..FEW - 1],
            &long[..FEW + 1],
        ] {
            assert_eq!(format!("{:?}", Shape::of(s)), format!("{:?}", Shape::of_any(s)), "{s}");
        }
    }
}
