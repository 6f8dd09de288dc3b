//! Base noun phrases: from the first determiner or premodifier to the head noun, genitives before the head included.

use super::{Chunk, ChunkKind, LOOK_AHEAD, Reader, VerbForm};
use crate::lexicon::Classes;
use crate::text::{Tag, TokenKind};

impl Reader<'_> {
    /// The base noun phrase that begins here.
    pub(super) fn noun_phrase(&self, start: usize) -> Option<Chunk> {
        let (mut head, mut end) = self.segment(start, true)?;
        // a genitive goes on to what it owns, if that follows
        while self.tag(end) == Tag::Pos && self.tag(head).is_noun() {
            end += 1;
            let Some((owned, after)) = self.segment(end, false) else { break };
            (head, end) = (owned, after);
        }
        Some(phrase(start, end, head))
    }

    /// A stretch of determiner, premodifiers and nouns, its determiner only where it opens the phrase: its head and
    /// where it ends.
    fn segment(&self, start: usize, opens: bool) -> Option<(usize, usize)> {
        // most are "the old men": no more is asked of them
        let window = self.shapes.window(start - self.first);
        if (opens || !self.is_determiner(start))
            && let Some(head) = window.plain_phrase()
        {
            return Some((start + head, start + head + 1));
        }
        let mut at = start;
        // "many think", "few in the crowd"
        if opens && self.stands_alone(start) {
            return Some((start, start + 1));
        }
        // the head of a phrase without a noun: "20", "this", "the poor"
        let mut standing = None;
        loop {
            let tag = self.tag(at);
            if tag.is_noun() {
                break;
            }
            if !self.premodifies(at, start, opens) {
                return standing.map(|head| (head, head + 1));
            }
            if matches!(tag, Tag::Cd | Tag::Dt | Tag::Pdt) || tag.is_adjective() && at > start {
                standing = Some(at);
            }
            at += 1;
        }
        let mut head = at;
        at += 1;
        loop {
            if self.tag(at).is_noun() {
                if self.is(at, Classes::WEEKDAY.union(Classes::ADVERB)) {
                    // "the minister | Monday"
                    break;
                }
                head = at;
            } else if !self.goes_on(at) {
                break;
            }
            at += 1;
        }
        Some((head, at))
    }

    /// Whether a token that is no noun may stand after a noun of the phrase.
    #[inline]
    fn goes_on(&self, at: usize) -> bool {
        let named = || self.tag(at - 1).is_proper();
        match self.tag(at) {
            // "a Courier/Dorn News poll"
            Tag::Colon => self.tokens[at].kind == TokenKind::Slash && named() && self.tag(at + 1).is_proper(),
            // "Flight 12", "Aug. 3"
            Tag::Cd => named(),
            // "Smith & Sons"
            Tag::Cc => self.tokens[at].kind == TokenKind::Symbol && named() && self.tag(at + 1).is_proper(),
            // "State Department top officials"
            tag => tag.is_adjective() && named() && self.leads_to_noun(at),
        }
    }

    /// Whether a token that is no noun may stand before the first noun of the phrase.
    fn premodifies(&self, at: usize, start: usize, opens: bool) -> bool {
        let first = at == start && opens;
        let counts = |i| {
            matches!(self.tag(i), Tag::Cd | Tag::Dollar | Tag::Hash)
                // "more than half", "at least a dozen"
                || self.is(i + usize::from(self.tag(i) == Tag::Dt), Classes::NUMBER.union(Classes::MAGNITUDE))
        };
        match self.tag(at) {
            // "all the", but no determiner after any other word of the phrase
            Tag::Dt | Tag::Pdt | Tag::PrpPoss | Tag::WpPoss => {
                first
                    || at > start
                        && (matches!(self.tag(at - 1), Tag::Pdt | Tag::Dt)
                            || self.tag(at - 1) == Tag::In && counts(at))
            }
            Tag::Cd => true,
            Tag::Dollar | Tag::Hash => counts(at + 1),
            // "at least 20", and "than" in "more than 20"
            Tag::In if at > start => self.tag(at - 1).is_comparative() && counts(at + 1),
            Tag::In => matches!(self.tag(at + 1), Tag::Jjs | Tag::Rbs) && counts(at + 2),
            tag if tag.is_comparative() && self.tag(at + 1) == Tag::In && counts(at + 2) => true,
            // an adjective alone is a phrase only after a determiner: "the poor"
            tag if tag.is_adjective() => {
                at > start && self.is_determiner(at - 1) || counts(at + 1) || self.leads_to_noun(at)
            }
            tag if tag.is_adverb() => {
                let next = self.past_adverbs(at);
                counts(next) || !first && (self.leads_to_noun(next) && !self.tag(next).is_noun())
            }
            // "the growing number", "his proposed new plan", but not "those doubting science"
            Tag::Vbg | Tag::Vbn => {
                let speaks = || self.is(at, Classes::CUE_VERB) && self.is(at - 1, Classes::INDEFINITE);
                !first && !speaks() && self.leads_to_noun(at + 1)
            }
            // "a small, quiet town", "black and white voters"
            Tag::Comma | Tag::Cc => {
                at > start
                    && self.tag(at - 1).is_adjective()
                    && self.tag(at + 1).is_adjective()
                    && self.leads_to_noun(at + 1)
            }
            _ => false,
        }
    }

    /// Whether a quantifier that is tagged as an adjective is all of its phrase: before its verb, or before "in" and the
    /// like.
    fn stands_alone(&self, i: usize) -> bool {
        matches!(self.tag(i), Tag::Jj | Tag::Jjs)
            && self.is(i, Classes::INDEFINITE)
            && match self.tag(i + 1) {
                Tag::In => !self.is(i + 1, Classes::SUBORDINATOR),
                next => next.is_finite(),
            }
    }

    fn is_determiner(&self, i: usize) -> bool {
        matches!(self.tag(i), Tag::Dt | Tag::PrpPoss | Tag::WpPoss | Tag::Pos)
    }

    /// Whether only premodifiers stand from here to the next noun.
    fn leads_to_noun(&self, from: usize) -> bool {
        for i in from..from + LOOK_AHEAD {
            match self.tag(i) {
                tag if tag.is_noun() => return true,
                tag if tag.is_adjective() => {}
                Tag::Cd | Tag::Dollar | Tag::Vbg | Tag::Vbn => {}
                Tag::Comma | Tag::Cc if self.tag(i - 1).is_adjective() && self.tag(i + 1).is_adjective() => {}
                _ => return false,
            }
        }
        false
    }
}

/// The noun phrase from a place to another, with its head.
pub(super) fn phrase(start: usize, end: usize, head: usize) -> Chunk {
    Chunk {
        tokens: start as u32..end as u32,
        head: head as u32,
        first: start as u32,
        kind: ChunkKind::Noun,
        form: VerbForm::empty(),
    }
}
