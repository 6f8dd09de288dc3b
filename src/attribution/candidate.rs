//! A reading that a sieve proposes, and the features by which it is weighed.

use super::content::Frame;
use super::feature::{Part, Take, put};
use super::part::{Bucket, Named, Share};
use super::ranges::Ranges;
use super::scene::{Phrase, Scene, first_of};
use super::sign::Sign;
use crate::lexicon::{Classes, Cue, WordId};
use crate::span::SentenceId;
use crate::text::{Tag, Tags, TokenKind};
use crate::vocabulary::{AttributionKind, BlockKind, Form, Stance};
use std::borrow::Cow;
use std::ops::Range;

/// What the other candidates say of one.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Context {
    /// its cue stands in the content of a likely attribution: annotators mark the outer one
    pub(super) within: bool,
    /// it is weighed as one that stands in another's content
    pub(super) nested: bool,
    /// its source speaks by a sure cue elsewhere in the article
    pub(super) speaker: bool,
    /// other candidates in its sentence
    pub(super) rivals: u32,
}

/// A possible attribution.
#[derive(Clone, Debug)]
pub(super) struct Candidate<'a> {
    /// the sieve's rule
    pub(super) rule: &'static Named,
    pub(super) sentence: usize,
    pub(super) frame: Frame,
    pub(super) source: Option<Phrase>,
    /// tokens of the cue; empty where none stands
    pub(super) cue: Range<u32>,
    /// the token that makes it a cue
    pub(super) head: u32,
    pub(super) lemma: Cow<'a, str>,
    /// its number, where it is that of an entry
    pub(super) word: WordId,
    pub(super) kind: AttributionKind,
    pub(super) stance: Stance,
    /// how often an occurrence of the cue is one
    pub(super) weight: f32,
    pub(super) negated: bool,
    pub(super) content: Ranges,
    pub(super) addressee: Option<Range<u32>>,
    /// boxed, since few have one
    pub(super) relay: Option<Box<Phrase>>,
    /// what the rest of the article says of it
    pub(super) context: Context,
    /// a grammar so plain that it needs no evidence: the least that the score can be
    pub(super) floor: f32,
    /// probability of being right
    pub(super) score: f32,
}

impl<'a> Candidate<'a> {
    /// A neutral statement without source, for cues that have no entry of their own.
    pub(super) fn new(
        rule: &'static Named,
        sentence: usize,
        frame: Frame,
        lemma: Cow<'a, str>,
        cue: Range<u32>,
        content: Ranges,
    ) -> Self {
        Self {
            rule,
            sentence,
            frame,
            source: None,
            head: cue.start,
            cue,
            lemma,
            word: WordId::UNKNOWN,
            kind: AttributionKind::Statement,
            stance: Stance::Neutral,
            weight: 0.5,
            negated: false,
            content,
            addressee: None,
            relay: None,
            context: Context::default(),
            floor: 0.0,
            score: 0.0,
        }
    }

    /// A candidate of a cue entry, whose form stands at `head`.
    pub(super) fn of_entry(
        rule: &'static Named,
        sentence: usize,
        frame: Frame,
        entry: &'a Cue,
        (cue, head): (Range<u32>, u32),
        content: Ranges,
    ) -> Self {
        let plain = Self::new(rule, sentence, frame, Cow::Borrowed(&entry.lemma), cue, content);
        Self { head, word: entry.word, kind: entry.kind, stance: entry.stance, weight: entry.weight, ..plain }
    }

    /// The first token of the content.
    pub(super) fn content_start(&self) -> u32 {
        self.content.first().map_or(u32::MAX, |r| r.start)
    }

    /// Whether a token lies in the content.
    pub(super) fn holds(&self, token: u32) -> bool {
        self.content.hold(token)
    }
}

impl<'a> Scene<'a> {
    /// What sort of thing a source phrase's head is.
    pub(super) fn animacy(&self, phrase: &Phrase, nested: bool) -> Part<'a> {
        const PRONOUN: Part<'static> = Part::new("pronoun");
        let head = self.token(phrase.head);
        let c = head.classes;
        // within someone's words "I" and "we" speak of them as "he" and "they" do elsewhere
        if nested && c.contains(FIRST) {
            return if c.intersects(Classes::PLURAL) {
                const { Part::new("they") }
            } else {
                const { Part::new("he") }
            };
        }
        if head.tag == Tag::Prp || phrase.form == Form::Relative || phrase.form == Form::Pronoun {
            return if head.word.is_known() { self.word(phrase.head) } else { PRONOUN };
        }
        static SORTS: [Part<'static>; 7] = [
            Part::new("document"),
            Part::new("person"),
            Part::new("group"),
            Part::new("proper"),
            Part::new("organisation"),
            Part::new("time"),
            Part::new("thing"),
        ];
        let capital = head.is_capital();
        SORTS[first_of([
            c.intersects(Classes::DOCUMENT) & !capital,
            c.intersects(Classes::OFFICE | Classes::KIN | Classes::PERSON | Classes::ANONYMOUS),
            c.intersects(Classes::GROUP),
            capital & head.tag.is_proper(),
            c.intersects(Classes::ORGANISATION),
            c.intersects(Classes::TIME | Classes::NUMBER),
            true,
        ])]
    }

    /// A token's word in lower case, for features; "" for one that the lexicon does not hold.
    #[inline]
    pub(super) fn word(&self, t: u32) -> Part<'a> {
        Part::word(self.lexicon, self.token(t).word)
    }

    /// A token's word where the lexicon knows it, else, and for a mark, its tag.
    #[inline]
    fn word_or_tag(&self, t: u32) -> Part<'a> {
        let token = self.token(t);
        Part::either(self.is_break(t) | !token.word.is_known(), token.tag.into(), self.word(t))
    }

    /// The head of the last verb group that ends before a token of its sentence, at most eight tokens back.
    fn verb_before(&self, token: u32, floor: u32) -> Option<u32> {
        (floor.max(token.saturating_sub(8))..token).rev().find_map(|t| self.verb_group(t)).map(|g| g.head)
    }

    /// Spells out what it tells against a candidate that its cue stands in the content of a likely one. It holds
    /// where that one turns out wrong; where it is kept, the candidate is nested in it and weighed without.
    pub(super) fn within_features(&self, c: &Candidate<'_>, add: &mut impl Take) {
        if c.context.within {
            put!(add, "within", c.frame);
            put!(add, "within", c.rule);
            put!(add, "within", Share(c.weight));
        }
    }

    /// Spells out the features of a candidate.
    #[inline(always)]
    pub(super) fn features(&self, c: &Candidate<'_>, add: &mut impl Take) {
        let frame = Part::from(c.frame);
        let rule = Part::from(c.rule);
        let lemma = match c.word {
            WordId::UNKNOWN => Part::from(&*c.lemma),
            word => Part::word(self.lexicon, word),
        };
        let weight = Part::from(Share(c.weight));
        let tag = if c.cue.is_empty() { const { Part::new("none") } } else { self.tag(c.head).into() };
        let form = Part::from(c.source.as_ref().map(|s| s.form));
        put!(add, "bias");
        put!(add, "rule", rule);
        put!(add, "frame", frame);
        put!(add, "rule-frame", rule, frame);
        put!(add, "lemma", lemma);
        put!(add, "lemma-frame", lemma, frame);
        put!(add, "lemma-rule", lemma, rule);
        put!(add, "tag-frame", tag, frame);
        put!(add, "lemma-tag", lemma, tag);
        put!(add, "weight", weight);
        put!(add, "weight-frame", weight, frame);
        put!(add, "form", form, rule);
        if let Some(source) = &c.source {
            let animacy = self.animacy(source, c.context.nested);
            put!(add, "animacy", animacy);
            put!(add, "animacy-frame", animacy, frame);
            put!(add, "animacy-lemma", animacy, lemma);
            put!(add, "animacy-weight", animacy, weight);
            if source.form != Form::Name {
                let word = if source.form == Form::Pronoun { animacy } else { self.word(source.head) };
                put!(add, "source-word", word);
                put!(add, "source-word", word, lemma);
            }
            let bare = source.tokens.len() == 1
                && matches!(self.tag(source.head), Tag::Nn | Tag::Nns)
                && !self.token(source.head).is_capital();
            if bare {
                put!(add, "bare-source", rule, self.tag(source.head));
            }
            put!(add, "source-length", Bucket(source.tokens.len() as u32));
            let gap = if source.tokens.start < c.cue.start {
                c.cue.start.saturating_sub(source.tokens.end)
            } else {
                source.tokens.start.saturating_sub(c.cue.end)
            };
            put!(add, "gap", Bucket(gap));
        }
        if c.context.speaker {
            put!(add, "speaker", form);
            put!(add, "speaker", weight);
        }
        put!(add, "rivals", Bucket(c.context.rivals));
        if c.negated {
            put!(add, "negated", lemma);
            put!(add, "negated");
        }
        put!(add, "length", frame, Bucket(c.content.tokens()));
        let quoted = c.content.any(|r| self.holds_quotation(r));
        put!(add, "quoted", frame, yes_or_no(quoted));
        if !c.cue.is_empty() {
            if !c.context.nested && self.quote_at(c.head).is_some() {
                put!(add, "in-quote", frame);
            }
            let words = self.sentence(c.sentence).tokens.clone();
            let question = words.end > words.start && self.kind(words.end - 1) == TokenKind::Question;
            if question {
                put!(add, "question", form);
            }
            put!(add, "cue-length", Bucket(c.cue.len() as u32));
            for modal in self.signs.each([Sign::Modal], &c.cue) {
                let word = self.word(modal);
                put!(add, "modal", word);
                put!(add, "modal", word, frame);
            }
            if c.cue.start > words.start {
                let before = c.source.as_ref().map_or(c.cue.start, |s| s.tokens.start.min(c.cue.start));
                let word = self.word_or_tag(before.max(words.start + 1) - 1);
                put!(add, "before", Part::either(before > words.start, word, const { Part::new("START") }));
                put!(add, "before-cue", tag, self.word_or_tag(c.cue.start - 1));
                // "refused to say", "used the stage to attack": what governs an infinitive
                if matches!(self.tag(c.head), Tag::Vb | Tag::Vbg)
                    && let Some(governor) = self.verb_before(c.cue.start, words.start)
                {
                    let known = self.token(governor).word.is_known();
                    let word = Part::either(known, self.word(governor), self.tag(governor).into());
                    put!(add, "governor", word);
                    if self.is(governor, Classes::CUE_VERB) {
                        put!(add, "governor-cue", tag);
                    }
                }
            }
            if c.cue.end < words.end {
                let next = self.token(c.cue.end);
                put!(add, "next", frame, next.tag);
                if JOINING.has(next.tag) & next.word.is_known() {
                    put!(add, "next-word", lemma, self.word(c.cue.end));
                }
            }
        }
        self.surroundings(c, rule, add);
        if let Some(first) = c.content.first()
            && c.frame != Frame::After
        {
            put!(add, "content", frame, self.tag(first.start));
            if let Some(np) = self.noun_phrase(first.start) {
                let head = self.token(np.head);
                let proper = head.is_capital() && head.tag.is_proper();
                let sort = if proper { const { Part::new("proper") } } else { head.tag.into() };
                put!(add, "object", weight, sort);
                put!(add, "object-lemma", lemma, sort);
                put!(add, "object-word", self.word(np.head));
            }
        }
        let block = self.doc.block_of(SentenceId::from(c.sentence)).kind;
        if block != BlockKind::Paragraph {
            put!(add, "block", block);
        }
    }

    /// Whether a candidate has other features where it stands in another's content than where it stands by itself.
    pub(super) fn reads_otherwise_nested(&self, c: &Candidate<'_>) -> bool {
        self.quote_at(c.head).is_some()
            || c.source.as_ref().is_some_and(|s| self.token(s.head).classes.contains(FIRST))
    }
}

/// What may join a cue to its content by a word of its own.
const JOINING: Tags = Tags::of(&[Tag::In, Tag::To, Tag::Rp, Tag::Rb]);

/// A personal pronoun of the first person.
const FIRST: Classes = Classes::FIRST_PERSON.union(Classes::PERSONAL);

/// A question's answer, for features.
#[inline]
pub(super) const fn yes_or_no(yes: bool) -> Part<'static> {
    const ANSWERS: [Part<'static>; 2] = [Part::new("no"), Part::new("yes")];
    ANSWERS[yes as usize]
}
