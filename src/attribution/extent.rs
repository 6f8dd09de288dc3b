//! How far a source phrase goes: the one after an inverted verb, and what follows a base noun phrase that is part of
//! it. Also where asides end, and which phrases tell a time.

use super::scene::{Phrase, Scene};
use super::sign::Sign;
use super::word::words;
use crate::lexicon::Classes;
use crate::text::{Tag, TokenKind};
use std::ops::Range;

/// How many tokens an aside between dashes or brackets may have.
const LONGEST_ASIDE: u32 = 24;

impl Scene<'_> {
    /// The phrase that an inverted verb is followed by: "said Ann Lee, the mayor of Dorn". Ends before `ceiling`.
    pub(super) fn subject_after(&self, start: u32, ceiling: u32) -> Option<Phrase> {
        let mut from = start;
        while from < ceiling && self.tag(from).is_adverb() {
            from += 1;
        }
        if from >= ceiling {
            return None;
        }
        let np = self.phrase_at(from).filter(|c| c.tokens.end <= ceiling)?;
        let head = np.head;
        let tokens = from..self.extent_after(np.tokens.end, ceiling);
        let form = self.form(&np.tokens, head);
        Some(Phrase { tokens, head, form })
    }

    /// How far a source phrase goes whose base ends at `end`: "of"-phrases, conjuncts, appositions, age, relative
    /// clause without comma.
    pub(super) fn extent_after(&self, end: u32, ceiling: u32) -> u32 {
        let mut end = end;
        loop {
            if end >= ceiling {
                return end;
            }
            let tag = self.tag(end);
            let next = end + 1;
            if matches!(tag, Tag::In) && !self.is_subordinator(end) || tag == Tag::To {
                // prepositional phrase, unless it tells the time or place of saying: "said Lee on Monday"
                let Some(np) = self.noun_phrase_starting(next, ceiling) else { return end };
                if self.is_time(np.clone())
                    || tag == Tag::To && self.reads(end, words!("to")) && self.is(np.start, Classes::GROUP)
                {
                    return end;
                }
                end = np.end;
            } else if self.reads(end, words!("and")) && self.noun_phrase_starting(next, ceiling).is_some() {
                let np = self.noun_phrase_starting(next, ceiling).unwrap_or(next..next);
                // "said Lee and left": a verb after the phrase means a new clause
                if np.end < ceiling && self.tag(np.end).is_finite() {
                    return end;
                }
                end = np.end;
            } else if self.kind(end) == TokenKind::Comma {
                let Some(e) = self.apposition_after(next, ceiling) else { return end };
                end = e;
            } else if matches!(tag, Tag::Wp) || matches!(tag, Tag::Vbn | Tag::Vbg) {
                // "said a man who lives nearby", "said officials briefed on the plan"
                end = next;
                while end < ceiling && !self.is_break(end) && self.quote_at(end).is_none() {
                    end = self.next_turn(end + 1, ceiling, false);
                }
            } else {
                return end;
            }
        }
    }

    /// The token after an aside between dashes or brackets that opens at `i`.
    pub(super) fn past_aside(&self, i: u32, ceiling: u32) -> Option<u32> {
        let closing = match self.kind(i) {
            TokenKind::Dash => TokenKind::Dash,
            TokenKind::Open => TokenKind::Close,
            _ => return None,
        };
        let far = ceiling.min(i + LONGEST_ASIDE);
        let ends = |kind| kind == closing || matches!(kind, TokenKind::Period | TokenKind::Semicolon);
        let end = self.signs.each([Sign::Break], &(i + 1..far)).find(|&end| ends(self.kind(end)))?;
        (self.kind(end) == closing && end + 1 < ceiling).then_some(end + 1)
    }

    /// The tokens of the noun phrase that starts at `start`.
    pub(super) fn noun_phrase_starting(&self, start: u32, ceiling: u32) -> Option<Range<u32>> {
        if start >= ceiling {
            return None;
        }
        let np = self.phrase_at(start)?;
        Some(start..np.tokens.end.min(ceiling))
    }

    /// Whether a noun phrase tells a time: "Monday", "Oct. 3", "last week".
    pub(super) fn is_time(&self, tokens: Range<u32>) -> bool {
        // few phrases hold a word of time
        self.signs.any(Sign::Time, &tokens) && self.signs.all(Sign::Timely, &tokens)
    }

    /// Whether a time starts at a token and nothing follows it in its clause: "spoke on | Monday".
    pub(super) fn is_time_alone(&self, i: u32, ceiling: u32) -> bool {
        self.noun_phrase_starting(i, ceiling).is_some_and(|np| {
            let closes = np.end >= ceiling || self.is_break(np.end);
            closes && self.is_time(np)
        })
    }

    /// The end of an apposition, age or relative clause that starts after a comma; none if something else starts.
    pub(super) fn apposition_after(&self, start: u32, ceiling: u32) -> Option<u32> {
        if start >= ceiling {
            return None;
        }
        let relative = matches!(self.tag(start), Tag::Wp | Tag::WpPoss | Tag::Wdt);
        let opens = relative || self.phrase_at(start).is_some() || self.tag(start) == Tag::Cd;
        if !opens || self.tag(start) == Tag::Prp || self.is(start, Classes::WEEKDAY) {
            return None;
        }
        let mut e = start;
        let mut finite = false;
        while e < ceiling {
            if matches!(
                self.kind(e),
                TokenKind::Comma
                    | TokenKind::Semicolon
                    | TokenKind::Colon
                    | TokenKind::Dash
                    | TokenKind::Open
            ) || self.quote_at(e).is_some()
            {
                break;
            }
            finite |= self.tag(e).is_finite() && !self.after_relative(start, e);
            // a quotation begins at a turn, too
            e = self.next_turn(e + 1, ceiling, true);
        }
        (relative || !finite).then_some(e)
    }
}
