//! What a short paragraph looks like: how many words, how many of them capitalised, how it ends.

use super::paragraphs::is_ignorable;
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

/// Whether a paragraph of ASCII has small letters, ends in a full stop or comma, and begins with no dash: sure to be
/// no heading. Asked before all words are looked at.
pub(super) fn is_told(s: &str) -> bool {
    let bare = s.trim_end_matches(['"', '”', '’', '\'', ')']);
    bare.ends_with(['.', ',']) && !s.starts_with(['-', '–', '—']) && s.bytes().any(|b| b.is_ascii_lowercase())
}

/// A word's letters, from the first to the last.
struct Letters {
    first: char,
    count: usize,
    has_lower: bool,
    has_upper: bool,
}

impl Letters {
    /// Nearly all words are of ASCII, whose bytes tell all.
    fn of(letters: &str) -> Option<Self> {
        let first = letters.chars().next()?;
        let (count, has_lower, has_upper) = if letters.is_ascii() {
            let has = |of: fn(&u8) -> bool| letters.as_bytes().iter().any(of);
            (letters.len(), has(u8::is_ascii_lowercase), has(u8::is_ascii_uppercase))
        } else {
            let has = |of: fn(char) -> bool| letters.chars().any(of);
            (letters.chars().count(), has(char::is_lowercase), has(char::is_uppercase))
        };
        Some(Self { first, count, has_lower, has_upper })
    }
}

impl Shape {
    /// Reads a paragraph.
    pub(super) fn of(s: &str) -> Self {
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
