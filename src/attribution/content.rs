//! What: how far the content of a cue goes.
//!
//! To the right of a cue the content is a clause or phrase whose end a small linear model finds: it looks at each
//! place where content can stop (a comma, a dash, a conjunction, a preposition) and stops at the first that more
//! often than not is an end in annotated news. To the left it goes back to the start of the sentence.

use super::candidate::yes_or_no;
use super::feature::{Part, Take, put};
use super::part::Bucket;
use super::rank::Ends;
use super::scene::Scene;
use crate::lexicon::Classes;
use crate::text::{ChunkKind, Tag, TokenKind};
use std::ops::Range;

/// Where nothing follows, for features.
const END: Part<'static> = Part::new("END");

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

    /// Frames whose contents end alike, after a noun or another cue.
    fn family(self, after_noun: bool) -> Part<'static> {
        match self {
            Self::Colon => const { Part::new("quote") },
            Self::That | Self::Clause | Self::Wh | Self::Prepositional if after_noun => {
                const { Part::new("noun-clause") }
            }
            _ if after_noun => const { Part::new("noun-phrase") },
            Self::That | Self::Clause | Self::Wh | Self::Prepositional => const { Part::new("clause") },
            Self::Quote | Self::After => const { Part::new("quote") },
            Self::Infinitive | Self::Passive => const { Part::new("infinitive") },
            _ => const { Part::new("noun") },
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
        // "the claim that it is safe | was wrong": a noun's content may be followed by the sentence's verb
        let may = self.is_break(i)
            || matches!(tag, Tag::Cc | Tag::In | Tag::To | Tag::Wdt | Tag::Wp | Tag::Wrb | Tag::WpPoss)
            || tag.is_finite() && self.tag(cue_head).is_noun()
            || self.quote_at(i - 1).is_some() && self.quote_at(i).is_none();
        // "said that, if asked, | he would go": a that-clause does not end before its verb, which may be a bare one
        // ("asked that it be shut")
        may && match frame {
            Frame::That => self.verbless(self.past_opening(start + 1), i) == Verbless::No,
            Frame::Clause => self.verbless(start + 1, i) != Verbless::Aside,
            _ => true,
        }
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
        let mut before = if i < ceiling { self.quote_at(start) } else { None };
        while i < ceiling {
            match self.kind(i - 1) {
                TokenKind::Open => depth += 1,
                TokenKind::Close => depth = depth.saturating_sub(1),
                _ => {}
            }
            let here = self.quote_at(i);
            // a quotation is left only as a whole
            if let Some(q) = here.filter(|_| here == before) {
                let end = self.quotes[q].tokens.end;
                if end > ceiling && self.quote_at(cue_head) != Some(q) && self.quotes[q].paragraphs == 1 {
                    // the quotation goes on past the sentence, and the content with it
                    return end;
                }
                i = end.min(ceiling).max(i + 1);
                before = self.quote_at(i - 1);
                continue;
            }
            if depth == 0
                && self.may_end(i, start, frame, cue_head)
                && ends.stop(|f| self.end_features(i, start, ceiling, frame, cue_head, f))
            {
                return self.trim_end(start, i);
            }
            before = here;
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

    /// The dictionary form of a cue's head.
    fn cue_lemma(&self, head: u32) -> Option<Part<'_>> {
        let form = self.lexicon.cue_forms(self.token(head).word).first()?;
        Some(Part::from(&*self.lexicon.cue(form.cue).lemma))
    }

    /// A word that joins or modifies, or the tag of another, before `ceiling`: what a place is told by.
    fn landmark(&self, t: u32, ceiling: u32) -> Part<'_> {
        if t >= ceiling {
            return END;
        }
        let token = self.token(t);
        if matches!(token.kind, TokenKind::DoubleQuote | TokenKind::SingleQuote) && self.quote_at(t).is_some()
        {
            return const { Part::new("QUOTE") };
        }
        let telling = matches!(
            token.tag,
            Tag::Cc | Tag::In | Tag::To | Tag::Wdt | Tag::Wp | Tag::Wrb | Tag::Rb | Tag::Md | Tag::Prp
        );
        if telling && token.word.is_known() { self.word(t) } else { token.tag.into() }
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
        let family = frame.family(self.tag(cue_head).is_noun());
        let mark = match self.kind(i) {
            TokenKind::Comma => const { Part::new("comma") },
            TokenKind::Dash | TokenKind::Hyphen => const { Part::new("dash") },
            TokenKind::Semicolon => const { Part::new("semicolon") },
            TokenKind::Colon => const { Part::new("colon") },
            TokenKind::Open => const { Part::new("open") },
            TokenKind::Close => const { Part::new("close") },
            _ if self.is_break(i) => const { Part::new("stop") },
            _ => const { Part::new("none") },
        };
        let unmarked = !self.is_break(i);
        let mut next = i + u32::from(!unmarked);
        // a closing quotation mark belongs to what stands before
        if unmarked && self.kind(i) == TokenKind::DoubleQuote {
            next += 1;
        }
        let (w1, w2) = (self.landmark(next, ceiling), self.landmark(next + 1, ceiling));
        let t2 = if next + 1 < ceiling { self.tag(next + 1).into() } else { END };
        put!(add, "end" "bias", family, mark);
        if let Some(lemma) = self.cue_lemma(cue_head) {
            put!(add, "end" "lemma-next", lemma, mark, w1);
        }
        put!(add, "end" "w1", family, mark, w1);
        put!(add, "end" "w1w2", mark, w1, w2);
        put!(add, "end" "w1t2", family, mark, w1, t2);
        put!(add, "end" "before", mark, self.tag(i - 1));
        if next < ceiling && self.is(next, Classes::CUE_VERB) && self.tag(next).is_verb() {
            put!(add, "end" "cue-next", family, mark, self.tag(next));
        }
        // a verb of the cue's own tense after a conjunction is the cue's equal
        let verb = (next..ceiling.min(next + 3)).find(|&t| self.tag(t).is_verb() || self.tag(t) == Tag::Md);
        if let Some(v) = verb {
            let same = if self.tag(v) == self.tag(cue_head) {
                const { Part::new("same") }
            } else {
                const { Part::new("other") }
            };
            let bare = v == next || self.tag(next) == Tag::Cc && v == next + 1 || self.tag(v - 1).is_adverb();
            if bare {
                put!(add, "end" "conjunct", family, mark, w1, same);
                if self.is(v, Classes::CUE_VERB) {
                    put!(add, "end" "conjunct-cue", family, same);
                }
            }
        }
        let finite = (next..ceiling.min(next + 12))
            .take_while(|&t| t == next || !self.is_break(t))
            .any(|t| self.tag(t).is_finite());
        put!(add, "end" "finite", family, mark, yes_or_no(finite));
        let inner = (start..i).any(|t| self.tag(t).is_finite());
        put!(add, "end" "inner", family, mark, yes_or_no(inner), yes_or_no(finite));
        put!(add, "end" "length", mark, Bucket(i - start));
        put!(add, "end" "rest", family, mark, Bucket(ceiling - i));
        if let Some(q) = self.quote_at(i - 1).filter(|_| self.quote_at(i).is_none()) {
            let quote = &self.quotes[q];
            let last = quote.tokens.end.saturating_sub(2);
            let closed =
                if self.is_break(last) { self.tag(last).into() } else { const { Part::new("open") } };
            put!(add, "end" "after-quote", family, mark, closed);
            put!(add, "end" "after-quote", mark, w1, closed);
            let whole = if quote.tokens.start == start {
                const { Part::new("whole") }
            } else {
                const { Part::new("part") }
            };
            put!(add, "end" "after-quote", family, whole, closed, Bucket(quote.tokens.len() as u32));
        }
        if next < ceiling && self.is_time_at(next, ceiling) {
            put!(add, "end" "time", family, mark);
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
