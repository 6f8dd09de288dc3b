//! Numbers with all that is written to them: 1,000, 3.5, 20th, 52-48, 3,000-strong, 10:30, 5p.m.

use super::{Cutter, is_hyphen, is_ignorable};
use crate::lexicon::swar;
use crate::text::{Flags, TokenKind};

impl Cutter<'_, '_> {
    pub(super) fn number(&mut self) {
        if self.digits_alone() {
            return;
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

    /// Puts a number that is at most eight digits and nothing else, where what follows cannot be part of it; says no where
    /// there is none.
    #[inline]
    fn digits_alone(&mut self) -> bool {
        let Some(nine) = self.text.as_bytes()[self.at..].first_chunk::<9>() else { return false };
        let eight = swar::load(nine);
        let length = swar::digits(eight);
        let end = self.at + length;
        let next = nine[length];
        let ends = matches!(next, b' ' | b'\n' | b'%' | b')');
        let alone = ends | (matches!(next, b',' | b'.') & !self.byte_at(end + 1).is_ascii_digit());
        if (length == 0) | !alone {
            return false;
        }
        let word = self.lexicon.words().find_short(swar::first(eight, length), length);
        self.push_found(end, word, TokenKind::Number, Flags::DIGIT);
        true
    }
}
