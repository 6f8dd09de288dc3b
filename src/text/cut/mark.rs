//! Marks: what begins with neither a letter, a digit nor a space, and is not always the same mark by itself.

use super::{Cutter, is_ignorable};
use crate::lexicon::Classes;
use crate::text::{Flags, TokenKind};

impl Cutter<'_, '_> {
    /// What begins with a byte of ASCII that is neither a letter, a digit nor a space, nor a mark by itself.
    #[inline(never)]
    pub(super) fn ascii(&mut self, byte: u8) {
        let after = self.at + 1;
        let next = self.byte_at(after);
        let plain = Flags::empty();
        use TokenKind::*;
        match byte {
            b'.' if next == b'.' && self.byte_at(after + 1) == b'.' => {
                self.stop(self.repeated(b'.'), Ellipsis, plain);
            }
            b'.' if next.is_ascii_digit() && self.before.contains(Flags::SPACE) => self.number(),
            b'.' => self.stop(after, Period, plain),
            b'\n' | b'\r' => {
                self.before |= Flags::SPACE | Flags::LINE;
                self.at = after;
            }
            b'\t' | b'\x0b' | b'\x0c' => {
                self.before |= Flags::SPACE;
                self.at = after;
            }
            b'\'' if next == b'\'' => self.mark(after + 1, DoubleQuote, plain),
            b'\'' => self.single_quote(after, plain),
            b'`' if next == b'`' => self.mark(after + 1, DoubleQuote, Flags::OPENING),
            b'`' => self.mark(after, SingleQuote, Flags::OPENING),
            b'-' if next == b'-' => self.mark(self.repeated(b'-'), Dash, plain),
            b'-' if self.is_dash(after) => self.mark(after, Dash, plain),
            b'-' => self.mark(after, Hyphen, plain),
            b':' => self.colon(after),
            b'$' if next.is_ascii_uppercase() => self.sign_with_letters(after),
            b'$' => self.push(after, Currency, plain),
            b'%' => self.push(after, Percent, plain),
            b'@' => self.name(after, Handle),
            b'#' => self.name(after, Hashtag),
            _ => self.mark(after, Symbol, plain),
        }
    }

    /// What begins with a character that is none of ASCII.
    #[inline(never)]
    pub(super) fn other(&mut self) {
        let Some(c) = self.char_at(self.at) else { return };
        let after = self.at + c.len_utf8();
        let plain = Flags::empty();
        use TokenKind::*;
        match c {
            '”' | '„' | '»' => self.mark(after, DoubleQuote, plain),
            '“' | '«' => self.mark(after, DoubleQuote, Flags::OPENING),
            '’' | '›' => self.single_quote(after, plain),
            '‘' => self.single_quote(after, Flags::OPENING),
            '‚' | '‹' => self.mark(after, SingleQuote, Flags::OPENING),
            '–' | '—' | '―' | '‒' => self.mark(after, Dash, plain),
            '\u{2010}' | '\u{2011}' | '\u{2212}' => self.mark(after, Hyphen, plain),
            '…' => self.stop(after, Ellipsis, plain),
            '£' | '€' | '¥' | '₹' | '₽' | '₩' | '₪' | '₺' | '₴' | '¢' | '฿' | '₫' | '₦' =>
            {
                self.push(after, Currency, plain);
            }
            '‰' => self.push(after, Percent, plain),
            '•' | '·' | '⁃' | '▪' | '●' | '◦' | '‣' | '■' => self.mark(after, Bullet, plain),
            '\u{2028}' | '\u{2029}' => {
                self.before |= Flags::SPACE | Flags::LINE;
                self.at = after;
            }
            _ if c.is_whitespace() => {
                self.before |= Flags::SPACE;
                self.at = after;
            }
            _ if is_ignorable(c) => self.at = after,
            _ if c.is_numeric() => self.number(),
            _ if c.is_alphabetic() => self.word(),
            _ => self.mark(after, Symbol, plain),
        }
    }

    /// Whether a hyphen stands for a dash: between spaces within a line, and not behind a number, where it may be a score's
    /// or a fraction's.
    fn is_dash(&self, after: usize) -> bool {
        let before = self.before;
        let within = || self.tokens.len() > self.first && !before.contains(Flags::LINE);
        let numbers = || {
            let last = self.tokens.last();
            last.is_some_and(|t| t.kind == TokenKind::Number || t.is(Classes::NUMBER))
        };
        before.contains(Flags::SPACE) && self.byte_at(after) == b' ' && within() && !numbers()
    }

    /// A colon; what stands before it may open a caption's credit, which begins a sentence.
    fn colon(&mut self, after: usize) {
        let credit =
            self.tokens[self.first..].last().is_some_and(|t| t.is(Classes::CREDIT) && t.is_capital());
        let word = (self.tokens.len() as u32).wrapping_sub(1);
        if credit && self.stops.last() != Some(&word) {
            self.stops.push(word);
        }
        self.mark(after, TokenKind::Colon, Flags::empty());
    }

    /// The name after a sign of a network; or the sign alone.
    fn name(&mut self, after: usize, kind: TokenKind) {
        let end = self.run(after, |c| c.is_alphanumeric() || c == '_');
        let kind = if end > after { kind } else { TokenKind::Symbol };
        self.mark(end, kind, Flags::empty());
    }

    /// A dollar sign before the letters of its country and the number: $US5, $A82.
    fn sign_with_letters(&mut self, after: usize) {
        let end = self.run(after, |c| c.is_ascii_uppercase());
        let joined = end - after <= 3 && self.byte_at(end).is_ascii_digit();
        self.push(if joined { end } else { after }, TokenKind::Currency, Flags::empty());
    }
}
