//! Subjects before an aside: "Ann Lee, the mayor of Dorn, said", "the mayor - who is new - said".
//!
//! Part of [`super::subject`].

use super::scene::{Phrase, Scene};
use super::sign::Sign;
use super::word::words;
use crate::lexicon::Classes;
use crate::text::{Tag, TokenKind};
use std::ops::Range;

impl Scene<'_> {
    /// The subject before a parenthesis that ends at `close`: "Ann Lee, the mayor of Dorn, said".
    pub(super) fn subject_before_parenthesis(&self, close: u32, floor: u32) -> Option<Phrase> {
        let mark = self.kind(close);
        let opens = |k: TokenKind| match mark {
            TokenKind::Close => k == TokenKind::Open,
            _ => k == mark,
        };
        let mut segment_end = close;
        let mut best: Option<(Phrase, Range<u32>)> = None;
        let mut i = close;
        while let Some(found) = self.signs.last(Sign::Break, floor, i) {
            i = found;
            if !opens(self.kind(i)) {
                continue;
            }
            let segment = i + 1..segment_end;
            if !self.is_parenthesis(&segment) {
                break;
            }
            // "which, citing officials, said": the relative pronoun before the aside
            if i > floor && matches!(self.tag(i - 1), Tag::Wp | Tag::Wdt) {
                return Some(self.phrase(i - 1..i, i - 1));
            }
            let relative = matches!(self.tag(segment.start), Tag::Wp | Tag::Wdt | Tag::WpPoss | Tag::Vbg);
            if let Some(mut np) =
                self.noun_phrase_ending(i, floor).filter(|np| !self.starts_with_time(np.tokens.start))
            {
                let before = np.tokens.start;
                let governed = before > floor
                    && matches!(self.tag(before - 1), Tag::In | Tag::To)
                    && !self.is_subordinator(before - 1);
                // "After the sale, the mayor, Ann Lee, said", "Opposing the sale, …": what opens the sentence has its own
                let opener = best.is_some()
                    && before > floor
                    && (self.tag(before - 1).is_verb() || before - 1 == floor && self.tag(floor) == Tag::In);
                let inner = np.tokens.clone();
                if !governed && !opener {
                    // an incidental relative clause or participle stays out, an apposition stays in
                    if !relative {
                        np.tokens.end = close + 1;
                    }
                    let better = best
                        .as_ref()
                        .is_none_or(|(b, _)| self.token(np.head).is_capital() || b.head > np.head);
                    if better {
                        best = Some((np, inner));
                    }
                }
            }
            segment_end = i;
            if mark == TokenKind::Close {
                break;
            }
        }
        best.map(|(p, inner)| {
            let form = self.form(&inner, p.head);
            Phrase { form, ..p }
        })
    }

    /// "after it ruled last July in favor of the toll, Lee …": a phrase that opens with a time is no source.
    fn starts_with_time(&self, start: u32) -> bool {
        self.noun_phrase(start).is_some_and(|np| self.is_time(np.tokens.clone()))
    }

    /// Whether a stretch between two commas or dashes can be an aside: no clause of its own unless a relative one.
    fn is_parenthesis(&self, segment: &Range<u32>) -> bool {
        if segment.is_empty() {
            return false;
        }
        if matches!(self.tag(segment.start), Tag::Wp | Tag::Wdt | Tag::WpPoss) {
            return true;
        }
        if self.tag(segment.start) == Tag::Cc && !self.noun_only(segment) {
            return false;
        }
        // ", but Ann Lee, the mayor, said": what opens a clause is no aside
        let not = segment.len() > 1 && self.is(segment.start + 1, Classes::NEGATION);
        if self.reads(segment.start, words!("but" | "so" | "while" | "because" | "whereas")) && !not {
            return false;
        }
        // a "verb" with a capital is part of a name
        let own = |verb| !self.token(verb).is_capital() && !self.after_relative(segment.start, verb);
        if self.signs.each([Sign::Finite], segment).any(own) {
            return false;
        }
        let long = |i: u32| {
            self.kind(i) == TokenKind::DoubleQuote
                && self.quote_at(i).is_some_and(|q| self.quotes[q].tokens.len() > 6)
        };
        !self.signs.any(Sign::Quoted, segment) || !segment.clone().any(long)
    }

    fn noun_only(&self, segment: &Range<u32>) -> bool {
        !segment.clone().any(|i| self.tag(i).is_verb())
    }

    /// Whether a relative pronoun stands between `start` and `verb`.
    pub(super) fn after_relative(&self, start: u32, verb: u32) -> bool {
        self.signs.any(Sign::Who, &(start.max(verb.saturating_sub(10))..verb))
    }
}
