//! What: how far the content of a cue goes.
//!
//! To the right of a cue the content is a clause or phrase whose end a small linear model finds: it looks at each
//! place where content can stop (a comma, a dash, a conjunction, a preposition) and stops at the first that more
//! often than not is an end in annotated news. To the left it goes back to the start of the sentence.

use super::part::Bucket;
use super::rank::Ends;
use super::scene::Scene;
use super::sign::{Sign, leads};
use super::word::words;
use crate::text::{ChunkKind, Tag, TokenKind};
use std::ops::Range;

/// How many tokens a clause may have that opens another.
const LONGEST_OPENING: u32 = 24;

/// What follows a cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Frame {
    Quote,
    That,
    Clause,
    Infinitive,
    Noun,
    Preposition,
    Wh,
    Gerund,
    SmallClause,
    /// the content comes first, then source and cue
    After,
    /// "is expected to": the subject of the passive is part of the content
    Passive,
    /// "was criticised by": the subject is the content
    PassiveBy,
    /// "the plan she defended": the content is what a relative clause hangs on
    Relative,
    /// "Lee: …"
    Colon,
    /// "according to", "in the view of"
    Prepositional,
}

impl Frame {
    /// All of them, in the order of their numbers.
    pub(super) const ALL: &[Self] = &[
        Self::Quote,
        Self::That,
        Self::Clause,
        Self::Infinitive,
        Self::Noun,
        Self::Preposition,
        Self::Wh,
        Self::Gerund,
        Self::SmallClause,
        Self::After,
        Self::Passive,
        Self::PassiveBy,
        Self::Relative,
        Self::Colon,
        Self::Prepositional,
    ];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Quote => "quote",
            Self::That => "that",
            Self::Clause => "clause",
            Self::Infinitive => "infinitive",
            Self::Noun => "noun",
            Self::Preposition => "preposition",
            Self::Wh => "wh",
            Self::Gerund => "gerund",
            Self::SmallClause => "small-clause",
            Self::After => "after",
            Self::Passive => "passive",
            Self::PassiveBy => "passive-by",
            Self::Relative => "relative",
            Self::Colon => "colon",
            Self::Prepositional => "prepositional",
        }
    }
}

/// What a clause lacks so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verbless {
    /// nothing: its verb has come
    No,
    /// its verb
    Plain,
    /// its verb, and an aside has begun: "the ban — one that he wrote —"
    Aside,
}

impl Scene<'_> {
    /// A place where a content that goes to the right may stop before the token `i`; `complete` where no clause before it
    /// lacks its verb, which is noted there.
    #[inline]
    pub(super) fn may_end(
        &self,
        i: u32,
        start: u32,
        frame: Frame,
        cue_head: u32,
        complete: &mut bool,
    ) -> bool {
        let tag = self.tag(i);
        // "the claim that it is safe | was wrong": a noun's content may be followed by the sentence's verb
        let may = self.is_break(i)
            | leads(tag)
            | (tag.is_finite() & self.tag(cue_head).is_noun())
            | (self.quote_at(i - 1).is_some() & self.quote_at(i).is_none());
        may && self.is_clause_enough(i, start, frame, complete)
    }

    /// Whether what a clause must have has come before the token `i`; `complete` once its verb has.
    fn is_clause_enough(&self, i: u32, start: u32, frame: Frame, complete: &mut bool) -> bool {
        if *complete {
            return true;
        }
        // "said that, if asked, | he would go": a that-clause does not end before its verb, which may be a bare one
        // ("asked that it be shut")
        let lacks = match frame {
            Frame::That => self.verbless(self.past_opening(start + 1), i),
            Frame::Clause => self.verbless(start + 1, i),
            _ => Verbless::No,
        };
        *complete = lacks == Verbless::No;
        *complete || frame == Frame::Clause && lacks == Verbless::Plain
    }

    /// Whether a clause has no verb of its own yet before the token `i`, and whether an aside stands in it.
    fn verbless(&self, start: u32, i: u32) -> Verbless {
        let verb = |t: u32| self.tag(t).is_finite() || self.tag(t) == Tag::Vb && self.tag(t - 1) != Tag::To;
        let end = self.doc.tokens.len() as u32;
        let mut found = Verbless::Plain;
        let mut t = self.signs.next([Sign::Clausal], start, i.max(start));
        while t < i {
            let past = if let Some(past) = self.past_aside(t, end) {
                found = Verbless::Aside;
                past
            } else if verb(t) {
                return Verbless::No;
            } else {
                t + 1
            };
            t = self.signs.next([Sign::Clausal], past, i.max(past));
        }
        if t == i && self.past_aside(i, end).is_some() { Verbless::Aside } else { found }
    }

    /// Where the main clause of a that-clause goes on that another clause opens: "that, even if they go, | it stays",
    /// "that when they go | it stays"; without one, where it starts.
    fn past_opening(&self, start: u32) -> u32 {
        let comma = |t: &u32| self.kind(*t) == TokenKind::Comma;
        let end = (start + LONGEST_OPENING).min(self.doc.tokens.len() as u32);
        let mut from = start;
        while from < end && (comma(&from) || self.tag(from).is_adverb()) {
            from += 1;
        }
        let subordinate = from < end && !self.reads(from, words!("that")) && self.is_subordinator(from);
        if !subordinate {
            return start;
        }
        let stop = self.signs.next([Sign::Break], from, end);
        if stop < end && comma(&stop) { stop + 1 } else { start }
    }

    /// The end of the content that starts at `start`, at most `ceiling`.
    pub(super) fn content_end(
        &self,
        start: u32,
        ceiling: u32,
        frame: Frame,
        cue_head: u32,
        ends: &Ends,
    ) -> u32 {
        let at_verbs = self.tag(cue_head).is_noun();
        let mut depth = 0u32;
        let mut complete = false;
        let mut i = start + 1;
        // not in a quotation or behind a bracket it goes to where something may be at once
        if i < ceiling
            && self.quote_at(start).is_none()
            && !matches!(self.kind(start), TokenKind::Open | TokenKind::Close)
        {
            i = self.next_turn(i, ceiling.max(i), at_verbs);
        }
        while i < ceiling {
            match self.kind(i - 1) {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            let here = self.quote_at(i);
            // a quotation is left only as a whole
            if let Some(q) = here.filter(|_| here == self.quote_at(i - 1)) {
                let end = self.quotes[q].tokens.end;
                if end > ceiling && self.quote_at(cue_head) != Some(q) && self.quotes[q].paragraphs == 1 {
                    // the quotation goes on past the sentence, and the content with it
                    return end;
                }
                i = end.min(ceiling).max(i + 1);
                continue;
            }
            if depth == 0
                && self.may_end(i, start, frame, cue_head, &mut complete)
                && self.stops(i, start..ceiling, frame, cue_head, ends)
            {
                return self.trim_end(start, i);
            }
            // past a bracket, and else to the next token at which anything may be
            i = if matches!(self.kind(i), TokenKind::Open | TokenKind::Close) {
                i + 1
            } else {
                self.next_turn(i + 1, ceiling, at_verbs)
            };
        }
        self.trim_end(start, ceiling)
    }

    /// Whether a content stops before the token `i`. Where contents stand within contents, many of them pass one place, and
    /// it is the same to all that are as long as matters: the answer is kept with all that told it.
    fn stops(&self, i: u32, content: Range<u32>, frame: Frame, cue_head: u32, ends: &Ends<'_>) -> bool {
        let Range { start, end } = content;
        let cue = self.token(cue_head);
        let whole = self.quote_at(i - 1).is_some_and(|q| self.quotes[q].tokens.start == start);
        let inner = self.signs.any(Sign::Finite, &(start..i));
        let told = (i - start).min(Bucket::LAST) << 16
            | (cue.tag as u32) << 8
            | (frame as u32) << 2
            | u32::from(whole) << 1
            | u32::from(inner);
        let key = [u64::from(i) << 32 | u64::from(cue.word.0), u64::from(end) << 32 | u64::from(told)];
        let slot = &self.decided[i as usize % self.decided.len()];
        let (known, stops) = slot.get();
        if known == key {
            return stops;
        }
        let stops = ends.stop(|f| self.end_features(i, start, end, frame, cue_head, f));
        slot.set((key, stops));
        stops
    }

    /// "some who favor the toll | argue that …": where the content of a relative clause's verb that is a mere phrase meets
    /// the verb of the clause around it.
    pub(super) fn outer_verb(&self, start: u32, stop: u32) -> u32 {
        self.verb_behind_phrases(start..stop, None, false).unwrap_or(stop)
    }

    /// The finite verb behind phrases that hang on prepositions and hold no clause, all in one quotation or in none. A
    /// participle or infinitive may stand before the first phrase where `verbal` says so: "of taking bribes".
    pub(super) fn verb_behind_phrases(
        &self,
        tokens: Range<u32>,
        quote: Option<usize>,
        verbal: bool,
    ) -> Option<u32> {
        let mut t = tokens.start;
        let mut phrase = false;
        while t < tokens.end && !self.is_break(t) && self.quote_at(t) == quote {
            let Some(chunk) = self.doc.chunk_at(t) else {
                // what opens a clause of its own, or joins another verb, has the next verb
                if !matches!(self.tag(t), Tag::In | Tag::To) || self.is_subordinator(t) {
                    return None;
                }
                (t, phrase) = (t + 1, false);
                continue;
            };
            match chunk.kind {
                ChunkKind::Verb if chunk.is_finite() => return phrase.then_some(chunk.tokens.start),
                ChunkKind::Verb if phrase || !verbal => return None,
                ChunkKind::Verb => {}
                // "the toll Lee wants": two phrases side by side are a clause without its pronoun
                ChunkKind::Noun if phrase => return None,
                ChunkKind::Noun => phrase = true,
            }
            t = chunk.tokens.end;
        }
        None
    }

    /// Leaves out trailing commas, dashes and conjunctions outside quotations.
    pub(super) fn trim_end(&self, start: u32, end: u32) -> u32 {
        let mut end = end;
        while end > start + 1
            && self.quote_at(end - 1).is_none()
            && (matches!(
                self.kind(end - 1),
                TokenKind::Comma
                    | TokenKind::Semicolon
                    | TokenKind::Colon
                    | TokenKind::Dash
                    | TokenKind::Open
                    | TokenKind::Period
            ) && !self.token(end - 1).flags.contains(crate::text::Flags::STOP)
                || self.tag(end - 1) == Tag::Cc)
        {
            end -= 1;
        }
        end
    }

    /// The content before a cue that follows it: from the sentence's start, an opening conjunction included.
    pub(super) fn content_before(&self, end: u32, floor: u32) -> Range<u32> {
        let mut start = floor;
        while start < end
            && matches!(self.kind(start), TokenKind::Comma | TokenKind::Dash | TokenKind::Bullet)
        {
            start += 1;
        }
        start..self.trim_end(start, end)
    }
}
