//! Features of a place where a content may end: the mark there, the words after it, what lies on either side.
//! Decides nothing: [`super::content`] asks the model.

use super::candidate::yes_or_no;
use super::content::Frame;
use super::feature::{Part, Take, put};
use super::part::Bucket;
use super::scene::Scene;
use super::sign::Sign;
use crate::lexicon::Classes;
use crate::text::{Tag, Tags, TokenKind};

/// Where nothing follows, for features.
const END: Part<'static> = Part::new("END");

/// How many tokens after a place a verb is looked for.
const FARTHEST: u32 = 12;

/// Words that tell by themselves what follows a place.
const TELLING: Tags =
    Tags::of(&[Tag::Cc, Tag::In, Tag::To, Tag::Wdt, Tag::Wp, Tag::Wrb, Tag::Rb, Tag::Md, Tag::Prp]);

/// What each kind of token is as a mark before which a content may end.
static MARKS: [Part<'static>; 32] = {
    let mut marks = [Part::new("none"); 32];
    marks[TokenKind::Period as usize] = Part::new("stop");
    marks[TokenKind::Question as usize] = Part::new("stop");
    marks[TokenKind::Exclamation as usize] = Part::new("stop");
    marks[TokenKind::Ellipsis as usize] = Part::new("stop");
    marks[TokenKind::Comma as usize] = Part::new("comma");
    marks[TokenKind::Dash as usize] = Part::new("dash");
    marks[TokenKind::Hyphen as usize] = Part::new("dash");
    marks[TokenKind::Semicolon as usize] = Part::new("semicolon");
    marks[TokenKind::Colon as usize] = Part::new("colon");
    marks[TokenKind::Open as usize] = Part::new("open");
    marks[TokenKind::Close as usize] = Part::new("close");
    marks
};

impl Frame {
    /// Frames whose contents end alike, after a noun or another cue.
    #[inline]
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

impl Scene<'_> {
    /// Names the features of stopping before token `i`.
    #[inline(always)]
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
        let mark = MARKS[self.kind(i) as usize % MARKS.len()];
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
        let near = ceiling.min(next + 3);
        let v = self.signs.next([Sign::Verbal], next, near);
        if v < near {
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
        let far = ceiling.min(next + FARTHEST).max(next);
        let verb = self.signs.next([Sign::Finite], next, far);
        let finite = verb < far && self.signs.next([Sign::Break], next + 1, verb + 1) > verb;
        put!(add, "end" "finite", family, mark, yes_or_no(finite));
        let inner = self.signs.any(Sign::Finite, &(start..i));
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

    /// The dictionary form of a cue's head.
    fn cue_lemma(&self, head: u32) -> Option<Part<'_>> {
        let form = self.lexicon.cue_forms(self.token(head).word).first()?;
        Some(Part::word(self.lexicon, self.lexicon.cue(form.cue).word))
    }

    /// A word that joins or modifies, or the tag of another, before `ceiling`: what a place is told by.
    #[inline]
    fn landmark(&self, t: u32, ceiling: u32) -> Part<'_> {
        if t >= ceiling {
            return END;
        }
        let token = self.token(t);
        if matches!(token.kind, TokenKind::DoubleQuote | TokenKind::SingleQuote) && self.quote_at(t).is_some()
        {
            return const { Part::new("QUOTE") };
        }
        Part::either(TELLING.has(token.tag) & token.word.is_known(), self.word(t), token.tag.into())
    }

    fn is_time_at(&self, i: u32, ceiling: u32) -> bool {
        let i = if self.tag(i) == Tag::In { i + 1 } else { i };
        self.noun_phrase_starting(i, ceiling).is_some_and(|np| self.is_time(np))
    }
}
