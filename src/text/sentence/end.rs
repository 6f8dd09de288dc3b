//! Whether a sentence ends at a mark or an abbreviation: what stands before it and comes next decides.

use super::Splitter;
use crate::lexicon::Classes;
use crate::text::{Flags, TokenKind};

impl Splitter<'_> {
    /// Whether the sentence ends at `end`, after marks in `[from, marks)` and closing marks up to `end`.
    pub(super) fn ends_at_mark(&self, start: usize, from: usize, marks: usize, end: usize) -> bool {
        let Some(next) = self.get(end) else { return true };
        let quoted = self.tokens[marks..end]
            .iter()
            .any(|t| matches!(t.kind, TokenKind::DoubleQuote | TokenKind::SingleQuote));
        let kind = self.tokens[marks - 1].kind;
        let ellipsis = marks - from > 1 && kind != TokenKind::Question && kind != TokenKind::Exclamation
            || kind == TokenKind::Ellipsis;
        match next.kind {
            TokenKind::Word if !self.is_capital(end) => false,
            TokenKind::Word if ellipsis => {
                self.ends_at_ellipsis(from, marks, end) && !(quoted && self.cue_follows(end))
            }
            TokenKind::Word => !(quoted && self.cue_follows(end) || self.is_single_i(start, from, end)),
            TokenKind::Number | TokenKind::Currency => {
                !(ellipsis && end == marks && next.flags.contains(Flags::SPACE))
            }
            TokenKind::Url | TokenKind::Handle | TokenKind::Hashtag | TokenKind::Bullet => true,
            TokenKind::DoubleQuote | TokenKind::SingleQuote => {
                let opens = next.flags.contains(Flags::OPENING)
                    || next.flags.contains(Flags::SPACE)
                    || self.attached(end + 1);
                opens && !(ellipsis && self.get(end + 1).is_some_and(|t| !t.is_capital()))
            }
            TokenKind::Open => {
                !ellipsis && self.get(end + 1).is_some_and(|t| t.is_capital() || !t.is_wordlike())
            }
            TokenKind::Dash | TokenKind::Hyphen => {
                !quoted
                    && next.flags.contains(Flags::SPACE)
                    && self.get(end + 1).is_some_and(|t| t.flags.contains(Flags::SPACE) && t.is_capital())
            }
            TokenKind::Ellipsis => next.flags.contains(Flags::SPACE) || kind == TokenKind::Period,
            TokenKind::Period => next.flags.contains(Flags::SPACE),
            TokenKind::Symbol => next.flags.contains(Flags::SPACE),
            _ => false,
        }
    }

    /// A capital, or a name like "iPhone" whose capital comes late.
    fn is_capital(&self, i: usize) -> bool {
        let Some(token) = self.get(i) else { return false };
        token.is_capital() || self.word(i).bytes().any(|b| b.is_ascii_uppercase())
    }

    /// An ellipsis ends a sentence where a word follows that opens one, or where it is set close to the last word
    /// and parted from the next: "I wonder… Trains", not "the … Senate".
    fn ends_at_ellipsis(&self, from: usize, marks: usize, end: usize) -> bool {
        let next = &self.tokens[end];
        if end > marks {
            return true;
        }
        let dots = self.tokens[from].span.cover(self.tokens[marks - 1].span).len();
        next.flags.contains(Flags::SPACE)
            && (next.is(Classes::OPENER) && self.word(end) != "I"
                || self.attached(from)
                || dots == 4
                || marks - from == 4)
    }

    /// The "I" of a name: "Albert I. Jones".
    fn is_single_i(&self, start: usize, stop: usize, next: usize) -> bool {
        let name = |i: usize| {
            self.get(i).is_some_and(|t| t.kind == TokenKind::Word && t.is_capital() && !t.is(Classes::OPENER))
        };
        stop >= start + 2 && self.word(stop - 1) == "I" && name(stop - 2) && name(next)
    }

    /// Whether a named speaker and a verb of saying follow a quote that ends in a mark: "…?" Ana Brandt asked.
    fn cue_follows(&self, next: usize) -> bool {
        if self.tokens[next].is(Classes::OPENER) {
            return false;
        }
        let mut i = next;
        while i < next + 4 && self.get(i).is_some_and(|t| t.kind == TokenKind::Word && t.is_capital()) {
            i += 1;
        }
        let cue = self.get(i).is_some_and(|t| t.is(Classes::CUE_VERB) && !t.is_capital());
        cue && !self.get(i + 1).is_some_and(|t| t.is(Classes::RELATIVE))
    }

    /// Whether the sentence ends at `end`, after the abbreviation at `i` and closing marks.
    pub(super) fn ends_at_abbreviation(&self, start: usize, i: usize, end: usize) -> bool {
        let Some(next) = self.get(end) else { return false };
        let token = &self.tokens[i];
        let quoted = end > i + 1 && self.tokens[end - 1].kind == TokenKind::DoubleQuote;
        let (word, at) = match next.kind {
            TokenKind::DoubleQuote | TokenKind::SingleQuote | TokenKind::Open if !self.attached(end) => {
                match self.get(end + 1) {
                    Some(t) => (t, end + 1),
                    None => return false,
                }
            }
            _ => (next, end),
        };
        if token.is(Classes::ABBREVIATION_INNER) && end == i + 1 || !self.is_capital(at) {
            return false;
        }
        if matches!(word.kind, TokenKind::Handle | TokenKind::Hashtag | TokenKind::Bullet) {
            return true;
        }
        let opens = word.is(Classes::OPENER) || self.kind(at + 1) == Some(TokenKind::Colon);
        if opens || quoted {
            return true;
        }
        token.is(Classes::ABBREVIATION_FINAL)
            // a time that opens a sentence is no sentence: "At 5 a.m. Ana Brandt left"
            && i > start + 2
            && !word.is(Classes::MONTH | Classes::WEEKDAY)
            && !(word.flags.contains(Flags::CAPITALS) && word.span.len() <= 4)
            && !self.get(at + 1).is_some_and(|t| t.is(Classes::TIME))
    }
}
