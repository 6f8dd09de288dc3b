//! Numbers with all that is written to them: 1,000, 3.5, 20th, 52-48, 3,000-strong, 10:30, 5p.m.

use super::{Cutter, is_hyphen, is_ignorable};
use crate::text::{Flags, TokenKind};

impl Cutter<'_, '_> {
    pub(super) fn number(&mut self) {
        if let Some(end) = self.digits_alone() {
            return self.push(end, TokenKind::Number, Flags::DIGIT);
        }
        let mut at = self.at;
        let mut flags = Flags::DIGIT;
        let word = |c: char| c.is_alphanumeric() || is_ignorable(c);
        loop {
            at = self.run(at, word);
            let Some(c) = self.char_at(at) else { break };
            let after = at + c.len_utf8();
            let Some(next) = self.char_at(after) else { break };
            let before = self.text[..at].chars().next_back().unwrap_or(' ');
            let grouping = matches!(c, ',' | '.' | ':' | '\'' | '’' | '/') && next.is_ascii_digit();
            if at == self.at || (grouping && before.is_ascii_digit()) {
                at = after;
            } else if is_hyphen(c) && word(next) {
                flags |= Flags::HYPHEN;
                at = after;
            } else if c == '.' && (before == 'p' || before == 'a') && matches!(next, 'm') {
                // 5p.m.
                at = after + 1;
                if self.byte_at(at) == b'.' {
                    at += 1;
                }
                break;
            } else {
                break;
            }
        }
        self.push(at, TokenKind::Number, flags);
    }

    /// The end of a number that is nothing but digits, where what follows cannot be part of it.
    #[inline]
    fn digits_alone(&self) -> Option<usize> {
        let digits =
            self.text.as_bytes()[self.at..self.end].iter().take_while(|b| b.is_ascii_digit()).count();
        let end = self.at + digits;
        let alone = match self.byte_at(end) {
            b' ' | b'\n' | b'%' | b')' => true,
            b',' | b'.' => !self.byte_at(end + 1).is_ascii_digit(),
            _ => false,
        };
        (digits > 0 && alone).then_some(end)
    }
}
