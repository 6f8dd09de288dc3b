//! The marks at a sentence's end, taken together: those that repeat, and those that close quotations and brackets.

use super::Splitter;
use crate::text::{Flags, Token, TokenKind};

/// How far a closing bracket may be for the sentences in between to count as an aside.
const LONGEST_ASIDE: usize = 80;
/// In so many tokens before a straight mark those of its kind are counted.
pub(super) const WINDOW: usize = 400;

impl Splitter<'_> {
    /// Words left out: [...]
    pub(super) fn is_omission(&self, i: usize) -> bool {
        self.kind(i + 1) == Some(TokenKind::Ellipsis) && self.kind(i + 2) == Some(TokenKind::Close)
    }

    /// The number of a note in brackets: [12]
    fn is_note(&self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Open)
            && self.word(i) == "["
            && self.kind(i + 1) == Some(TokenKind::Number)
            && self.kind(i + 2) == Some(TokenKind::Close)
    }

    /// The closing bracket of an aside that opens at `open`.
    pub(super) fn end_of_aside(&mut self, open: usize) -> Option<usize> {
        let limit = self.tokens.len().min(open + LONGEST_ASIDE);
        let closes = |t: &Token| t.kind == TokenKind::Close;
        // brackets that never close are not walked anew from each
        if !self.tokens[open.max(self.unclosed).min(limit)..limit].iter().any(closes) {
            self.unclosed = limit;
            return None;
        }
        let mut depth = 0;
        for i in open..limit {
            match self.tokens[i].kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(i);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// One past the marks that repeat the one at `i`: "?!", "..", ". . ."
    pub(super) fn end_of_marks(&self, i: usize) -> usize {
        let mut end = i + 1;
        let dotted = |kind| matches!(kind, Some(TokenKind::Period | TokenKind::Ellipsis));
        loop {
            let next = self.kind(end);
            let repeats = if self.attached(end) {
                dotted(next) || matches!(next, Some(TokenKind::Question | TokenKind::Exclamation))
            } else {
                dotted(next) && dotted(self.kind(end - 1))
            };
            if !repeats {
                break;
            }
            end += 1;
        }
        // a full stop, then an ellipsis that opens what follows: "end. . . . The"
        let stop_and_ellipsis = end - i == 4
            && self.attached(i)
            && self.kind(i) == Some(TokenKind::Period)
            && !self.attached(i + 1)
            && self.get(end).is_some_and(Token::is_capital);
        if stop_and_ellipsis { i + 1 } else { end }
    }

    /// One past the quotation marks and brackets that close at `i`.
    pub(super) fn end_of_closers(&mut self, i: usize) -> usize {
        let mut end = i;
        while let Some(token) = self.get(end) {
            if self.is_note(end) {
                end += 3;
                continue;
            }
            let attached = !token.flags.contains(Flags::SPACE);
            let opening = token.flags.contains(Flags::OPENING);
            let closes = match token.kind {
                TokenKind::Close => true,
                TokenKind::DoubleQuote => !opening && (attached || self.closes_by_shape(end)),
                TokenKind::SingleQuote => !opening && attached,
                // the number of a note: "… of the law.12 The …"
                TokenKind::Number => {
                    attached
                        && token.span.len() <= 3
                        && end > 0
                        && matches!(
                            self.tokens[end - 1].kind,
                            TokenKind::Period | TokenKind::Close | TokenKind::DoubleQuote
                        )
                        && end > 1
                        && self.kind(end - 2) != Some(TokenKind::Number)
                }
                _ => false,
            };
            // a straight mark set close on both sides opens what follows: said."It
            let straight = matches!(token.kind, TokenKind::DoubleQuote | TokenKind::SingleQuote)
                && matches!(self.word(end), "\"" | "'" | "''");
            if !closes || straight && self.opens_by_place(end) {
                break;
            }
            end += 1;
        }
        end
    }

    fn closes_by_shape(&self, i: usize) -> bool {
        matches!(self.word(i), "”" | "»")
    }

    /// Whether a straight mark that follows an end mark without space belongs to the next word. An odd number of
    /// such marks before it in the block means that one is open, so that it closes.
    fn opens_by_place(&mut self, i: usize) -> bool {
        self.get(i + 1).is_some_and(|t| t.is_wordlike() && !t.flags.contains(Flags::SPACE))
            && self.quotes_before(i).is_multiple_of(2)
    }

    /// How many marks of the kind of the one at `i` stand in the window before it: those at the place where this was
    /// last asked, with what has come in and gone out since.
    fn quotes_before(&mut self, i: usize) -> usize {
        let kind = self.tokens[i].kind;
        let known = &mut self.quotes[usize::from(kind == TokenKind::SingleQuote)];
        let (at, count) = if known.0 <= i { *known } else { (0, 0) };
        let tokens = self.tokens;
        let among = |from: usize, to: usize| tokens[from..to].iter().filter(|t| t.kind == kind).count();
        let gone = among(at.saturating_sub(WINDOW), i.saturating_sub(WINDOW));
        *known = (i, count + among(at, i) - gone);
        known.1
    }
}
