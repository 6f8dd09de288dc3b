//! The labels of a list's items: numbers, letters and bullets that open a sentence.

use super::Splitter;
use crate::text::{Flags, Token, TokenKind};

/// The label of a list's item: 1. 2) (a) •
#[derive(Clone, Copy, PartialEq)]
pub(super) struct Enumerator {
    /// 1 for "1" and "a"; 0 for a bullet
    value: u32,
    letter: bool,
    /// the mark after it
    mark: TokenKind,
    /// how many tokens it takes
    pub(super) tokens: usize,
}

impl Enumerator {
    fn is_followed_by(&self, next: &Self) -> bool {
        self.letter == next.letter
            && self.mark == next.mark
            && (next.value == self.value + 1 || self.value == 0 && next.value == 0)
    }
}

impl Splitter<'_> {
    /// The enumerator that stands at `i`.
    pub(super) fn enumerator(&self, i: usize) -> Option<Enumerator> {
        let bullet = usize::from(self.kind(i)? == TokenKind::Bullet);
        let open = usize::from(bullet == 0 && self.kind(i)? == TokenKind::Open);
        let at = i + bullet + open;
        let numbered = self.number_or_letter(at).and_then(|(value, letter)| {
            let mark = self.kind(at + 1).filter(|_| self.attached(at + 1))?;
            let tokens = bullet + open;
            match mark {
                TokenKind::Close => Some(Enumerator { value, letter, mark, tokens: tokens + 2 }),
                TokenKind::Period if open == 0 => {
                    let close = self.kind(at + 2) == Some(TokenKind::Close) && self.attached(at + 2);
                    let mark = if close { TokenKind::Close } else { mark };
                    Some(Enumerator { value, letter, mark, tokens: tokens + 2 + usize::from(close) })
                }
                _ => None,
            }
        });
        let bullet_alone = || {
            let e = Enumerator { value: 0, letter: false, mark: TokenKind::Bullet, tokens: 1 };
            (bullet == 1).then_some(e)
        };
        numbered.or_else(bullet_alone)
    }

    fn number_or_letter(&self, i: usize) -> Option<(u32, bool)> {
        // labels are of one or two characters
        let token = self.get(i).filter(|t| t.span.len() <= 2)?;
        let word = self.word(i);
        match token.kind {
            TokenKind::Number if word.len() <= 2 => word.parse().ok().map(|n| (n, false)),
            TokenKind::Word => match word.as_bytes() {
                [c @ b'a'..=b'z'] => Some((u32::from(c - b'a') + 1, true)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether the next item of the list that runs through the block opens at `i`.
    pub(super) fn opens_item(&self, i: usize) -> bool {
        let Some(list) = self.list else { return false };
        if !matches!(
            self.kind(i),
            Some(TokenKind::Number | TokenKind::Word | TokenKind::Bullet | TokenKind::Open)
        ) {
            return false;
        }
        let Some(next) = self.enumerator(i) else { return false };
        let capital = |t: &Token| t.is_capital() || t.flags.contains(Flags::DIGIT);
        list.is_followed_by(&next) && self.get(i + next.tokens).is_some_and(capital)
    }
}
