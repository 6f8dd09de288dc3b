//! What follows a verb that may be a cue: the frame of its content, where the content starts, and whether a clause
//! starts somewhere at all.
//!
//! Called by the sieve of verbs for each group.

use super::super::content::Frame;
use super::super::part::Named;
use super::super::sign::Sign;
use super::super::word::{among, words};
use super::verb::{
    CUE_CLAUSE, CUE_INFINITIVE, CUE_OBJECT, CUE_PREPOSITION, CUE_QUESTION, CUE_QUOTED, CUE_THAT, Reader,
};
use crate::lexicon::{Classes, Frames};
use crate::text::{ChunkKind, Tag, TokenKind};
use crate::vocabulary::QuoteRole;

/// Tokens from a verb beyond which its clause is not looked for.
const FARTHEST: u32 = 24;

impl Reader<'_, '_> {
    /// The frame of what follows at `i`, where the content starts, and the rule.
    pub(super) fn right(&self, i: u32) -> Option<(Frame, u32, &'static Named)> {
        let scene = self.scene;
        if i >= self.bounds.end {
            return None;
        }
        let tag = scene.tag(i);
        let own_quote = scene.quote_at(self.group.head);
        if scene.quote_at(i) != own_quote && scene.quote_at(i).is_some() {
            // whole quotations right after the verb are the speech sieve's
            let speech = scene.quote_at(i).is_some_and(|q| scene.quotes[q].role == QuoteRole::Speech);
            return (!speech || i > self.group.tokens.end).then_some((Frame::Quote, i, &CUE_QUOTED));
        }
        if scene.kind(i) == TokenKind::Colon && i + 1 < self.bounds.end {
            if scene.quote_at(i + 1).is_some() && scene.quote_at(i + 1) != own_quote {
                return None;
            }
            return Some((Frame::Colon, i + 1, &CUE_QUOTED));
        }
        let next = (i + 1 < self.bounds.end).then_some(i + 1);
        let word = scene.spelling(i);
        if among(word, words!("that")) && next.is_some() {
            // "knows that, but she wants to stay"
            let alone = |n: u32| {
                scene.kind(n) == TokenKind::Comma && n + 1 < self.bounds.end && scene.tag(n + 1) == Tag::Cc
            };
            return Some(if next.is_some_and(alone) {
                (Frame::Noun, i, &CUE_OBJECT)
            } else {
                (Frame::That, i, &CUE_THAT)
            });
        }
        // "told them to go", "told them to “go home”"
        let infinitive = |n: u32| {
            let quoted = scene.kind(n) == TokenKind::DoubleQuote && n + 1 < self.bounds.end;
            let n = n + u32::from(quoted);
            scene.tag(n) == Tag::Vb || scene.tag(n).is_adverb()
        };
        if tag == Tag::To && next.is_some_and(infinitive) {
            return Some((Frame::Infinitive, i, &CUE_INFINITIVE));
        }
        if matches!(tag, Tag::Wp | Tag::Wdt | Tag::Wrb | Tag::WpPoss) || among(word, words!("if" | "whether"))
        {
            // "told the mayors who came": whom it was told to
            if among(word, words!("who")) && i > self.group.tokens.end && scene.tag(i - 1).is_noun() {
                return None;
            }
            return Some((Frame::Wh, i, &CUE_QUESTION));
        }
        if (matches!(tag, Tag::In | Tag::To | Tag::Rp)) && self.cue.takes(word) {
            // "weighed in on the toll"
            let second = |n: u32| {
                n + 1 < self.bounds.end
                    && matches!(scene.tag(n), Tag::In | Tag::To)
                    && self.cue.takes(scene.spelling(n))
            };
            return next
                .map(|n| if second(n) { n + 1 } else { n })
                // "spoke on Monday" tells when
                .filter(|&n| !scene.is_break(n) && !scene.is_time_alone(n, self.bounds.end))
                .map(|n| (Frame::Preposition, n, &CUE_PREPOSITION));
        }
        if let Some(chunk) = scene.doc.chunk_at(i) {
            if chunk.kind == ChunkKind::Noun && chunk.tokens.start == i || scene.tag(i) == Tag::Ex {
                let after = chunk.tokens.end;
                let subject =
                    || after < self.bounds.end && scene.tag(after).is_finite() && scene.speaks(self.group);
                // "wrote days after the storm"
                let long_after = || {
                    chunk.tokens.len() == 1
                        && after < self.bounds.end
                        && scene.reads(after, words!("after" | "before" | "later" | "ago"))
                        && scene.reads(i, words!("minutes" | "hours" | "days" | "weeks" | "months" | "years"))
                };
                if (scene.is_time(chunk.tokens.clone()) || long_after()) && !subject() {
                    return None;
                }
                return Some(if self.takes_clause() && self.clause_at(i) {
                    (Frame::Clause, i, &CUE_CLAUSE)
                } else if self.cue.frames.contains(Frames::SMALL_CLAUSE) {
                    (Frame::SmallClause, i, &CUE_OBJECT)
                } else {
                    (Frame::Noun, i, &CUE_OBJECT)
                });
            }
            if scene.tag(i) == Tag::Vbg {
                return Some((Frame::Gerund, i, &CUE_OBJECT));
            }
        }
        // "called her “…”": the tagger takes the object for a possessive
        if matches!(tag, Tag::PrpPoss | Tag::Prp)
            && next.is_some_and(|n| scene.noun_phrase(n).is_none_or(|c| c.tokens.start > i))
        {
            return Some((Frame::SmallClause, i, &CUE_OBJECT));
        }
        // "said much of it was lost", "said neither had left": a clause may open with a word that is no phrase by itself
        let opens = !scene.is_break(i)
            && !matches!(tag, Tag::In | Tag::To | Tag::Rp)
            && !(tag == Tag::Cc && scene.is(i, Classes::COORDINATOR));
        if opens && self.takes_clause() && self.clause_at(i) {
            return Some((Frame::Clause, i, &CUE_CLAUSE));
        }
        // "said because the toll is high, trade will fall": a clause that opens with another
        let i = if tag.is_adverb() { i + 1 } else { i };
        let subordinate = i + 1 < self.bounds.end
            && scene.tag(i) == Tag::In
            && scene.is_subordinator(i)
            && self.takes_clause()
            && self.clause_at(i + 1);
        if !subordinate {
            return None;
        }
        let far = self.bounds.end.min(i + FARTHEST);
        let comma = scene.signs.next([Sign::Comma], i, far);
        (comma < far
            && comma + 1 < self.bounds.end
            && !scene.is(comma + 1, Classes::COORDINATOR)
            && self.clause_at(comma + 1))
        .then_some((Frame::Clause, i, &CUE_CLAUSE))
    }

    /// A clause that more than a few words part from its verb: "said on Monday, during a visit to the port, that …",
    /// "says, win or lose, he is staying".
    pub(super) fn distant(&self, from: u32) -> Option<(Frame, u32, &'static Named)> {
        let scene = self.scene;
        if !self.takes_clause() && !self.cue.frames.contains(Frames::WH) {
            return None;
        }
        let mut ceiling = self.bounds.end.min(from + FARTHEST);
        let own_quote = scene.quote_at(self.group.head);
        let mut commas = 0;
        let mut relative = false;
        let mut i = from;
        while i < ceiling {
            if scene.quote_at(i) != own_quote {
                return None;
            }
            let tag = scene.tag(i);
            // "complained at the meeting — parts of which were shown — that …"
            if let Some(past) = scene.past_aside(i, self.bounds.end) {
                ceiling = self.bounds.end.min(ceiling + past - i);
                i = past;
                continue;
            }
            if scene.kind(i) == TokenKind::Comma {
                commas += 1;
                // "wondered, as others do, why"
                relative = i == from && i + 1 < ceiling && scene.is_subordinator(i + 1);
                if commas == 2
                    && scene.kind(from) == TokenKind::Comma
                    && i + 1 < ceiling
                    && self.asks_at(i + 1)
                {
                    return Some((Frame::Wh, i + 1, &CUE_QUESTION));
                }
                // the second of two commas closes an aside; what follows may be the clause
                if scene.kind(from) == TokenKind::Comma
                    && commas == 2
                    && i + 1 < ceiling
                    && !scene.reads(i + 1, words!("that"))
                {
                    let clause = !scene.is(i + 1, Classes::COORDINATOR)
                        && self.takes_clause()
                        && self.clause_at(i + 1);
                    return clause.then_some((Frame::Clause, i + 1, &CUE_CLAUSE));
                }
            } else if scene.is_break(i) {
                return None;
            } else if scene.reads(i, words!("that")) && tag == Tag::In && self.takes_clause() {
                return (i + 1 < self.bounds.end && i > from).then_some((Frame::That, i, &CUE_THAT));
            } else if matches!(tag, Tag::Wdt | Tag::Wp | Tag::Wrb | Tag::WpPoss) {
                relative = true;
            } else if tag.is_finite() && !relative {
                return None;
            }
            // all that is asked above can hold only where something turns
            i = scene.next_turn(i + 1, ceiling, true);
        }
        None
    }

    /// Whether a question starts at a token.
    fn asks_at(&self, i: u32) -> bool {
        matches!(self.scene.tag(i), Tag::Wp | Tag::Wrb) || self.scene.reads(i, words!("whether"))
    }

    /// Whether the cue takes a clause at all.
    fn takes_clause(&self) -> bool {
        self.cue.frames.intersects(Frames::CLAUSE | Frames::THAT)
    }

    /// "charged the officer with murder and the mayor resigned": what looks like a clause may be an object and a new
    /// clause. Whether the object of a clause reading can be read alone.
    pub(super) fn object_alone(&self, i: u32) -> Option<u32> {
        let np = self.scene.noun_phrase_starting(i, self.bounds.end)?;
        let verb_next = np.end < self.bounds.end && self.scene.verb_group(np.end).is_some();
        (!verb_next && self.cue.frames.intersects(Frames::NOUN | Frames::SMALL_CLAUSE)).then_some(np.end)
    }

    /// Whether a clause starts at a noun phrase: its verb comes before the next mark.
    fn clause_at(&self, i: u32) -> bool {
        let scene = self.scene;
        let mut t = i;
        let mut from = i;
        let mut relative = false;
        let mut ceiling = self.bounds.end.min(i + 30);
        while t < ceiling {
            // "said the ban — one that he wrote — was wrong", "said Lee (D-Ohio) was wrong"
            if let Some(past) = scene.past_aside(t, self.bounds.end) {
                (from, ceiling) = (from + past - t, self.bounds.end.min(ceiling + past - t));
                t = past;
                continue;
            }
            if scene.is_break(t) && !matches!(scene.kind(t), TokenKind::Comma) {
                return false;
            }
            if scene.kind(t) == TokenKind::Comma && t > from + 12 {
                return false;
            }
            if matches!(scene.tag(t), Tag::Wp | Tag::Wdt) {
                relative = true;
            }
            if let Some(chunk) = scene.doc.chunk_at(t) {
                if chunk.kind == ChunkKind::Verb {
                    let first = scene.tag(chunk.tokens.start);
                    if first.is_finite()
                        || scene.is(chunk.tokens.start, Classes::BE | Classes::AUXILIARY) && first != Tag::Vbg
                    {
                        if !relative {
                            return true;
                        }
                        relative = false;
                    }
                }
                t = chunk.tokens.end.max(t + 1);
            } else {
                if scene.is_subordinator(t) || scene.is(t, Classes::COORDINATOR) && t > from + 8 {
                    return false;
                }
                t += 1;
            }
        }
        false
    }

    /// "The bridge is shut, said Lee": after a whole clause and a comma, whoever stands right after a verb of saying is its
    /// subject, and no content.
    pub(super) fn subject_follows(&self, from: u32) -> bool {
        let scene = self.scene;
        let floor = self.bounds.start;
        let end = self.group.tokens.end;
        if from < floor + 3
            || !self.cue.frames.intersects(Frames::QUOTE)
            || !scene.tag(self.group.head).is_finite()
            || self.group.tokens.len() > 1
        {
            return false;
        }
        let quoted = scene.kind(from - 1) == TokenKind::DoubleQuote;
        let parted = scene.kind(from - 1 - u32::from(quoted)) == TokenKind::Comma;
        let clause = || {
            let main = scene.signs.next([Sign::Finite], floor, from);
            main > floor && main < from && !matches!(scene.tag(main - 1), Tag::Wp | Tag::Wdt)
        };
        let who = Classes::OFFICE | Classes::PERSON | Classes::ANONYMOUS | Classes::ORGANISATION;
        parted
            && scene.noun_phrase(end).is_some_and(|n| {
                let named = scene.token(n.head).is_capital() || scene.is(n.head, who);
                let alone = n.tokens.end >= self.bounds.end || scene.is_break(n.tokens.end);
                n.tokens.start == end && named && alone
            })
            && clause()
    }
}
