//! Full stops inside words, and the addresses of the web and of mail.

use super::Cutter;
use crate::lexicon::Classes;
use crate::text::{Flags, TokenKind};

impl Cutter<'_, '_> {
    /// Whether a full stop between letters belongs to the word: U.S, p.m, amazon.com, but not "end.The next".
    pub(super) fn dot_inside(&mut self, start: usize, dot: usize, next: char) -> bool {
        let stem = &self.text[start..dot];
        let mut last_part = stem.rsplit('.').next().unwrap_or(stem).chars();
        let after_next = self.char_at(dot + 1 + next.len_utf8()).unwrap_or(' ');
        if last_part.next().is_some() && last_part.next().is_none() {
            return !after_next.is_alphabetic() || stem.len() > 1 || next.is_lowercase();
        }
        if next.is_uppercase() {
            // Ann.Lee@example.com, Ph.D.
            let end = self.end_of_address(dot + 1);
            return self.byte_at(end) == b'@'
                || self.classes_of(&self.text[start..end]).contains(Classes::ABBREVIATION);
        }
        next.is_lowercase() && !self.classes_of(&self.text[start..=dot]).contains(Classes::ABBREVIATION)
    }

    /// The end of what may be a name in an address. A stretch without spaces is walked once, not from each full stop.
    fn end_of_address(&mut self, from: usize) -> usize {
        let (start, end) = self.address;
        if !(start..end).contains(&from) {
            let end = self.run(from, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
            self.address = (from, end);
        }
        self.address.1
    }

    /// A web or mail address that begins here, which may go on past what a word holds.
    pub(super) fn url(&mut self, start: usize, at: usize) -> bool {
        let rest = &self.text[start..self.end];
        let lower = |p: &str| {
            rest.as_bytes().get(..p.len()).is_some_and(|start| start.eq_ignore_ascii_case(p.as_bytes()))
        };
        let is_url = match self.byte_at(at) {
            b':' => lower("http://") || lower("https://"),
            b'@' => self.byte_at(at + 1).is_ascii_alphanumeric(),
            b'/' => rest[..at - start].contains('.') && !rest[..at - start].ends_with('.'),
            _ => false,
        };
        if !(is_url || lower("www.")) {
            return false;
        }
        let mut end = self
            .run(at, |c| !c.is_whitespace() && !matches!(c, '"' | '“' | '”' | '<' | '>' | ')' | ']' | '»'));
        while end > at
            && matches!(self.text.as_bytes()[end - 1], b'.' | b',' | b';' | b':' | b'?' | b'!' | b'\'')
        {
            end -= 1;
        }
        self.mark(end, TokenKind::Url, Flags::empty());
        true
    }
}
