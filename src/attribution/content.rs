//! What: how far the content of a cue goes.
//!
//! To the right of a cue the content is a clause or phrase whose end a small linear model finds: it looks at each
//! place where content can stop (a comma, a dash, a conjunction, a preposition) and stops at the first that more
//! often than not is an end in annotated news. To the left it goes back to the start of the sentence.

use super::feature::{Part, Take, put};
use super::rank::{Bucket, Ends};
use super::scene::Scene;
use crate::lexicon::Classes;
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
    pub(super) fn name(self) -> &'static str {
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

    /// Frames whose contents end alike.
    fn family(self) -> &'static str {
        match self {
            Self::That | Self::Clause | Self::Wh | Self::Prepositional => "clause",
            Self::Quote | Self::Colon | Self::After => "quote",
            Self::Infinitive | Self::Passive => "infinitive",
            _ => "noun",
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
    /// A place where a content that goes to the right may stop before the token `i`.
    pub(super) fn may_end(&self, i: u32, start: u32, frame: Frame, cue_head: u32) -> bool {
        let tag = self.tag(i);
        // "said that, if asked, | he would go": a that-clause does not end before its verb, which may be a bare one
        // ("asked that it be shut")
        if frame == Frame::That && self.verbless(self.past_opening(start + 1), i) != Verbless::No
            || frame == Frame::Clause && self.verbless(start + 1, i) == Verbless::Aside
        {
            return false;
        }
        // "the claim that it is safe | was wrong": a noun's content may be followed by the sentence's verb
        if self.tag(cue_head).is_noun() && tag.is_finite() {
            return true;
        }
        self.is_break(i)
            || matches!(tag, Tag::Cc | Tag::In | Tag::To | Tag::Wdt | Tag::Wp | Tag::Wrb | Tag::WpPoss)
            || self.quote_at(i - 1).is_some() && self.quote_at(i).is_none()
    }

    /// Whether a clause has no verb of its own yet before the token `i`, and whether an aside stands in it.
    fn verbless(&self, start: u32, i: u32) -> Verbless {
        let verb = |t: u32| self.tag(t).is_finite() || self.tag(t) == Tag::Vb && self.tag(t - 1) != Tag::To;
        let end = self.doc.tokens.len() as u32;
        let mut found = Verbless::Plain;
        let mut t = start;
        while t < i {
            if let Some(past) = self.past_aside(t, end) {
                found = Verbless::Aside;
                t = past;
            } else if verb(t) {
                return Verbless::No;
            } else {
                t += 1;
            }
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
        let subordinate = from < end && self.lower(from) != "that" && self.is_subordinator(from);
        if !subordinate {
            return start;
        }
        let stop = (from..end).find(|&t| self.is_break(t));
        stop.filter(comma).map_or(start, |c| c + 1)
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
        let mut depth = 0u32;
        let mut i = start + 1;
        while i < ceiling {
            match self.kind(i - 1) {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            // a quotation is left only as a whole
            if let Some(q) = self.quote_at(i).filter(|_| self.quote_at(i) == self.quote_at(i - 1)) {
                let end = self.quotes[q].tokens.end;
                if end > ceiling
                    && self.quote_at(cue_head) != Some(q)
                    && (self.quotes[q].paragraphs == 1 || i >= ceiling)
                {
                    // the quotation goes on past the sentence, and the content with it
                    return end;
                }
                i = end.min(ceiling).max(i + 1);
                continue;
            }
            if depth == 0
                && self.may_end(i, start, frame, cue_head)
                && ends.stop(|f| self.end_features(i, start, ceiling, frame, cue_head, f))
            {
                return self.trim_end(start, i);
            }
            i += 1;
        }
        self.trim_end(start, ceiling)
    }

    /// "some who favor the toll | argue that …": where the content of a relative clause's verb that is a mere phrase meets
    /// the verb of the clause around it.
    pub(super) fn outer_verb(&self, start: u32, stop: u32) -> u32 {
        let mut t = start;
        let mut phrase = false;
        while t < stop && !self.is_break(t) && self.quote_at(t).is_none() {
            let Some(chunk) = self.doc.chunk_at(t) else {
                // what opens a clause of its own, or joins another verb, has the next verb
                if !matches!(self.tag(t), Tag::In | Tag::To) || self.is_subordinator(t) {
                    return stop;
                }
                (t, phrase) = (t + 1, false);
                continue;
            };
            match chunk.kind {
                ChunkKind::Verb if chunk.is_finite() => {
                    return if phrase { chunk.tokens.start } else { stop };
                }
                ChunkKind::Verb => return stop,
                // "the toll Lee wants": two phrases side by side are a clause without its pronoun
                ChunkKind::Noun if phrase => return stop,
                ChunkKind::Noun => phrase = true,
            }
            t = chunk.tokens.end;
        }
        stop
    }

    /// The dictionary form of a cue's head, or "".
    fn cue_lemma(&self, head: u32) -> &str {
        let forms = self.lexicon.cue_forms(self.token(head).word);
        forms.first().map_or("", |f| &*self.lexicon.cue(f.cue).lemma)
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

    /// Names the features of stopping before token `i`.
    pub(super) fn end_features(
        &self,
        i: u32,
        start: u32,
        ceiling: u32,
        frame: Frame,
        cue_head: u32,
        add: &mut impl Take,
    ) {
        let family = if self.tag(cue_head).is_noun() && frame != Frame::Colon {
            match frame.family() {
                "clause" => "noun-clause",
                _ => "noun-phrase",
            }
        } else {
            frame.family()
        };
        let mark = match self.kind(i) {
            TokenKind::Comma => "comma",
            TokenKind::Dash | TokenKind::Hyphen => "dash",
            TokenKind::Semicolon => "semicolon",
            TokenKind::Colon => "colon",
            TokenKind::Open => "open",
            TokenKind::Close => "close",
            _ if self.is_break(i) => "stop",
            _ => "none",
        };
        let (unmarked, family, mark) = (mark == "none", Part::from(family), Part::from(mark));
        let mut next = if unmarked { i } else { i + 1 };
        // a closing quotation mark belongs to what stands before
        while next < ceiling && matches!(self.kind(next), TokenKind::DoubleQuote) && unmarked && next == i {
            next += 1;
        }
        let name = |t: u32| -> &str {
            if t >= ceiling {
                return "END";
            }
            if self.quote_at(t).is_some()
                && matches!(self.kind(t), TokenKind::DoubleQuote | TokenKind::SingleQuote)
            {
                return "QUOTE";
            }
            let tag = self.tag(t);
            match tag {
                Tag::Cc
                | Tag::In
                | Tag::To
                | Tag::Wdt
                | Tag::Wp
                | Tag::Wrb
                | Tag::Rb
                | Tag::Md
                | Tag::Prp => {
                    let word = self.lower(t);
                    if word.is_empty() { tag.name() } else { word }
                }
                _ => tag.name(),
            }
        };
        let (w1, w2) = (Part::from(name(next)), name(next + 1));
        let t2 = if next + 1 < ceiling { self.tag(next + 1).name() } else { "END" };
        put!(add, "bias", family, mark);
        let lemma = self.cue_lemma(cue_head);
        if !lemma.is_empty() {
            put!(add, "lemma-next", lemma, mark, w1);
        }
        put!(add, "w1", family, mark, w1);
        put!(add, "w1w2", mark, w1, w2);
        put!(add, "w1t2", family, mark, w1, t2);
        put!(add, "before", mark, self.tag(i - 1).name());
        if next < ceiling && self.is(next, Classes::CUE_VERB) && self.tag(next).is_verb() {
            put!(add, "cue-next", family, mark, self.tag(next).name());
        }
        // a verb of the cue's own tense after a conjunction is the cue's equal
        let verb = (next..ceiling.min(next + 3)).find(|&t| self.tag(t).is_verb() || self.tag(t) == Tag::Md);
        if let Some(v) = verb {
            let same = self.tag(v) == self.tag(cue_head);
            let bare = v == next || self.tag(next) == Tag::Cc && v == next + 1 || self.tag(v - 1).is_adverb();
            if bare {
                put!(add, "conjunct", family, mark, w1, if same { "same" } else { "other" });
                if self.is(v, Classes::CUE_VERB) {
                    put!(add, "conjunct-cue", family, if same { "same" } else { "other" });
                }
            }
        }
        let finite = (next..ceiling.min(next + 12))
            .take_while(|&t| t == next || !self.is_break(t))
            .any(|t| self.tag(t).is_finite());
        put!(add, "finite", family, mark, if finite { "yes" } else { "no" });
        let inner = (start..i).any(|t| self.tag(t).is_finite());
        put!(add, "inner", family, mark, if inner { "yes" } else { "no" }, if finite { "yes" } else { "no" });
        put!(add, "length", mark, Bucket::of(i - start));
        put!(add, "rest", family, mark, Bucket::of(ceiling - i));
        if let Some(q) = self.quote_at(i - 1).filter(|_| self.quote_at(i).is_none()) {
            let quote = &self.quotes[q];
            let last = quote.tokens.end.saturating_sub(2);
            let closed = if self.is_break(last) { self.tag(last).name() } else { "open" };
            put!(add, "after-quote", family, mark, closed);
            put!(add, "after-quote", mark, w1, closed);
            let whole = if quote.tokens.start == start { "whole" } else { "part" };
            put!(add, "after-quote", family, whole, closed, Bucket::of(quote.tokens.len() as u32));
        }
        if next < ceiling && self.is_time_at(next, ceiling) {
            put!(add, "time", family, mark);
        }
    }

    fn is_time_at(&self, i: u32, ceiling: u32) -> bool {
        let i = if self.tag(i) == Tag::In { i + 1 } else { i };
        self.noun_phrase_starting(i, ceiling).is_some_and(|np| self.is_time(np))
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
