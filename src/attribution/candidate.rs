//! A reading that a sieve proposes, and the features by which it is weighed.

use super::content::Frame;
use super::feature::{Part, Take, put};
use super::rank::Bucket;
use super::scene::{Phrase, Scene};
use crate::lexicon::{Classes, Cue};
use crate::rule::Rule;
use crate::text::{Tag, TokenKind};
use crate::vocabulary::{AttributionKind, Form, Stance};
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
pub(super) struct Candidate {
    /// the sieve's rule
    pub(super) rule: &'static str,
    pub(super) sentence: usize,
    pub(super) frame: Frame,
    pub(super) source: Option<Phrase>,
    /// tokens of the cue; empty where none stands
    pub(super) cue: Range<u32>,
    /// the token that makes it a cue
    pub(super) head: u32,
    pub(super) lemma: Box<str>,
    pub(super) kind: AttributionKind,
    pub(super) stance: Stance,
    /// how often an occurrence of the cue is one
    pub(super) weight: f32,
    pub(super) negated: bool,
    pub(super) content: Vec<Range<u32>>,
    pub(super) addressee: Option<Range<u32>>,
    pub(super) relay: Option<Phrase>,
    /// what the rest of the article says of it
    pub(super) context: Context,
    /// a grammar so plain that it needs no evidence: the least that the score can be
    pub(super) floor: f32,
    /// probability of being right
    pub(super) score: f32,
}

impl Candidate {
    /// A neutral statement without source, for cues that have no entry of their own.
    pub(super) fn new(
        rule: &'static Rule,
        sentence: usize,
        frame: Frame,
        lemma: &str,
        cue: Range<u32>,
        content: Vec<Range<u32>>,
    ) -> Self {
        Self {
            rule: rule.id,
            sentence,
            frame,
            source: None,
            head: cue.start,
            cue,
            lemma: lemma.into(),
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
        rule: &'static Rule,
        sentence: usize,
        frame: Frame,
        entry: &Cue,
        (cue, head): (Range<u32>, u32),
        content: Vec<Range<u32>>,
    ) -> Self {
        let plain = Self::new(rule, sentence, frame, &entry.lemma, cue, content);
        Self { head, kind: entry.kind, stance: entry.stance, weight: entry.weight, ..plain }
    }

    /// The first token of the content.
    pub(super) fn content_start(&self) -> u32 {
        self.content.first().map_or(u32::MAX, |r| r.start)
    }

    /// Whether a token lies in the content.
    pub(super) fn holds(&self, token: u32) -> bool {
        self.content.iter().any(|r| r.contains(&token))
    }
}

fn form_name(form: Option<Form>) -> &'static str {
    match form {
        None => "none",
        Some(Form::Name) => "name",
        Some(Form::Role) => "role",
        Some(Form::Pronoun) => "pronoun",
        Some(Form::Relative) => "relative",
        Some(Form::Possessive) => "possessive",
    }
}

impl<'a> Scene<'a> {
    /// What sort of thing a source phrase's head is.
    pub(super) fn animacy(&self, phrase: &Phrase, nested: bool) -> &'a str {
        let head = self.token(phrase.head);
        let c = head.classes;
        // within someone's words "I" and "we" speak of them as "he" and "they" do elsewhere
        if nested && c.contains(Classes::FIRST_PERSON | Classes::PERSONAL) {
            return if c.intersects(Classes::PLURAL) { "they" } else { "he" };
        }
        if head.tag == Tag::Prp || phrase.form == Form::Relative || phrase.form == Form::Pronoun {
            let word = self.lower(phrase.head);
            return if word.is_empty() { "pronoun" } else { word };
        }
        if c.intersects(Classes::DOCUMENT) && !head.is_capital() {
            "document"
        } else if c.intersects(Classes::OFFICE | Classes::KIN | Classes::PERSON | Classes::ANONYMOUS) {
            "person"
        } else if c.intersects(Classes::GROUP) {
            "group"
        } else if head.is_capital() && head.tag.is_proper() {
            "proper"
        } else if c.intersects(Classes::ORGANISATION) {
            "organisation"
        } else if c.intersects(Classes::TIME | Classes::NUMBER) {
            "time"
        } else {
            "thing"
        }
    }

    /// A token's word where the lexicon knows it, else, and for a mark, its tag.
    fn word_or_tag(&self, t: u32) -> &'a str {
        let word = self.lower(t);
        if self.is_break(t) || word.is_empty() { self.tag(t).name() } else { word }
    }

    /// The head of the last verb group that ends before a token of its sentence, at most eight tokens back.
    fn verb_before(&self, token: u32, floor: u32) -> Option<u32> {
        (floor.max(token.saturating_sub(8))..token).rev().find_map(|t| self.verb_group(t)).map(|g| g.head)
    }

    /// Spells out what it tells against a candidate that its cue stands in the content of a likely one. It holds
    /// where that one turns out wrong; where it is kept, the candidate is nested in it and weighed without.
    pub(super) fn within_features(&self, c: &Candidate, add: &mut impl Take) {
        if c.context.within {
            put!(add, "within", c.frame.name());
            put!(add, "within", c.rule);
            put!(add, "within", bucket_of_weight(c.weight));
        }
    }

    /// Spells out the features of a candidate.
    pub(super) fn features(&self, c: &Candidate, add: &mut impl Take) {
        let frame = Part::from(c.frame.name());
        let rule = Part::from(c.rule);
        let lemma = Part::from(&*c.lemma);
        let weight = Part::from(bucket_of_weight(c.weight));
        let tag = if c.cue.is_empty() { "none" } else { self.tag(c.head).name() };
        let tag = Part::from(tag);
        let form = Part::from(form_name(c.source.as_ref().map(|s| s.form)));
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
            let animacy = Part::from(self.animacy(source, c.context.nested));
            put!(add, "animacy", animacy);
            put!(add, "animacy-frame", animacy, frame);
            put!(add, "animacy-lemma", animacy, lemma);
            put!(add, "animacy-weight", animacy, weight);
            if source.form != Form::Name {
                let word =
                    if source.form == Form::Pronoun { animacy } else { Part::from(self.lower(source.head)) };
                put!(add, "source-word", word);
                put!(add, "source-word", word, lemma);
            }
            let bare = source.tokens.len() == 1
                && matches!(self.tag(source.head), Tag::Nn | Tag::Nns)
                && !self.token(source.head).is_capital();
            if bare {
                put!(add, "bare-source", rule, self.tag(source.head).name());
            }
            put!(add, "source-length", Bucket::of(source.tokens.len() as u32));
            let gap = if source.tokens.start < c.cue.start {
                c.cue.start.saturating_sub(source.tokens.end)
            } else {
                source.tokens.start.saturating_sub(c.cue.end)
            };
            put!(add, "gap", Bucket::of(gap));
        }
        if c.context.speaker {
            put!(add, "speaker", form);
            put!(add, "speaker", weight);
        }
        put!(add, "rivals", Bucket::of(c.context.rivals));
        if c.negated {
            put!(add, "negated", lemma);
            put!(add, "negated");
        }
        let length: u32 = c.content.iter().map(|r| r.len() as u32).sum();
        put!(add, "length", frame, Bucket::of(length));
        let quoted = c.content.iter().any(|r| r.clone().any(|t| self.quote_at(t).is_some()));
        put!(add, "quoted", frame, if quoted { "yes" } else { "no" });
        if !c.cue.is_empty() {
            if !c.context.nested && self.quote_at(c.head).is_some() {
                put!(add, "in-quote", frame);
            }
            let words = self.sentence(c.sentence).tokens.clone();
            let question = words.end > words.start && self.kind(words.end - 1) == TokenKind::Question;
            if question {
                put!(add, "question", form);
            }
            put!(add, "cue-length", Bucket::of(c.cue.len() as u32));
            for t in c.cue.clone() {
                if self.tag(t) == Tag::Md || self.tag(t) == Tag::To {
                    put!(add, "modal", self.lower(t));
                    put!(add, "modal", self.lower(t), frame);
                }
            }
            if c.cue.start > words.start {
                let before = c.source.as_ref().map_or(c.cue.start, |s| s.tokens.start.min(c.cue.start));
                if before > words.start {
                    put!(add, "before", self.word_or_tag(before - 1));
                } else {
                    put!(add, "before", "START");
                }
                put!(add, "before-cue", tag, self.word_or_tag(c.cue.start - 1));
                // "refused to say", "used the stage to attack": what governs an infinitive
                if matches!(tag.text(), "VB" | "VBG")
                    && let Some(governor) = self.verb_before(c.cue.start, words.start)
                {
                    let word = self.lower(governor);
                    put!(add, "governor", if word.is_empty() { self.tag(governor).name() } else { word });
                    if self.is(governor, Classes::CUE_VERB) {
                        put!(add, "governor-cue", tag);
                    }
                }
            }
            if c.cue.end < words.end {
                let word = self.lower(c.cue.end);
                let t = self.tag(c.cue.end);
                put!(add, "next", frame, t.name());
                if matches!(t, Tag::In | Tag::To | Tag::Rp | Tag::Rb) && !word.is_empty() {
                    put!(add, "next-word", lemma, word);
                }
            }
        }
        self.surroundings(c, add);
        if let Some(first) = c.content.first()
            && c.frame != Frame::After
        {
            let t = self.tag(first.start);
            put!(add, "content", frame, t.name());
            if let Some(np) = self.noun_phrase(first.start) {
                let head = self.token(np.head);
                let sort = if head.is_capital() && head.tag.is_proper() { "proper" } else { head.tag.name() };
                put!(add, "object", weight, sort);
                put!(add, "object-lemma", lemma, sort);
                put!(add, "object-word", self.lower(np.head));
            }
        }
        let block = self.doc.block_of(crate::span::SentenceId::from(c.sentence)).kind;
        if block != crate::vocabulary::BlockKind::Paragraph {
            put!(
                add,
                "block",
                match block {
                    crate::vocabulary::BlockKind::Headline => "headline",
                    crate::vocabulary::BlockKind::Heading => "heading",
                    crate::vocabulary::BlockKind::Caption => "caption",
                    crate::vocabulary::BlockKind::Turn => "turn",
                    crate::vocabulary::BlockKind::ListItem => "item",
                    crate::vocabulary::BlockKind::Blockquote => "blockquote",
                    _ => "other",
                }
            );
        }
    }
}

fn bucket_of_weight(w: f32) -> &'static str {
    match (w * 10.0) as u32 {
        0 => "0",
        1 => "1",
        2..=3 => "2-3",
        4..=5 => "4-5",
        6..=7 => "6-7",
        8 => "8",
        _ => "9",
    }
}
