//! What an apostrophe outside a word begins: a clitic ('s), an elision ('em, '90s), or a quotation mark.

use super::Cutter;
use crate::lexicon::Classes;
use crate::text::{Flags, Token, TokenKind};

/// What an apostrophe inside a word does.
pub(super) enum Clitic {
    /// the word ends here
    At(usize),
    /// the apostrophe is a letter of the word
    Inside,
}

/// Whether letters after an apostrophe are a clitic of their own.
fn is_clitic(letters: &str) -> bool {
    letters.len() <= 2 && ["s", "re", "ve", "ll", "d", "m"].iter().any(|c| letters.eq_ignore_ascii_case(c))
}

impl Cutter<'_, '_> {
    /// An apostrophe or single mark that ends at `after`, outside words.
    pub(super) fn single_quote(&mut self, after: usize, shape: Flags) {
        let next = self.char_at(after).unwrap_or(' ');
        if next.is_alphabetic() {
            let end = self.run(after, char::is_alphabetic);
            let letters = &self.text[after..end];
            let attached =
                !self.before.contains(Flags::SPACE) && self.tokens.last().is_some_and(Token::is_wordlike);
            // ’em and, from a word processor that took it for a quotation mark, ‘em
            let elided = || letters.len() <= 6 && self.is_elision(letters);
            if attached && is_clitic(letters) || !attached && elided() {
                return self.push(end, TokenKind::Word, Flags::empty());
            }
        } else if next.is_ascii_digit() {
            let end = self.run(after, |c| c.is_ascii_alphanumeric());
            let years = self.text[after..end].ends_with('s');
            if years || end - after == 2 && shape.is_empty() {
                return self.push(end, TokenKind::Number, Flags::DIGIT);
            }
        }
        self.mark(after, TokenKind::SingleQuote, shape);
    }

    fn is_elision(&self, stem: &str) -> bool {
        let mut buffer = [b'\''; 8];
        let Some(room) = buffer.get_mut(1..=stem.len()) else { return false };
        room.copy_from_slice(stem.as_bytes());
        let word = std::str::from_utf8(&buffer[..=stem.len()]).unwrap_or("");
        self.classes_of(word).contains(Classes::ELISION)
    }

    /// What an apostrophe inside a word does: begins a clitic, ends the stem of n't, or belongs to the word.
    pub(super) fn clitic(&self, start: usize, apostrophe: usize, after: usize) -> Clitic {
        let end = self.run(after, char::is_alphabetic);
        let tail = &self.text[after..end];
        if tail.eq_ignore_ascii_case("t") {
            let stem = &self.text.as_bytes()[start..apostrophe];
            if stem.len() > 1 && stem[stem.len() - 1].eq_ignore_ascii_case(&b'n') {
                // "n't" stands alone: cut before the n, or after the whole where we are already at it
                return if apostrophe - 1 > start { Clitic::At(apostrophe - 1) } else { Clitic::Inside };
            }
            return Clitic::Inside;
        }
        if is_clitic(tail) { Clitic::At(apostrophe) } else { Clitic::Inside }
    }
}
