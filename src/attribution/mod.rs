//! Cues, sources and contents: who said, thought, wanted or decided what.
//!
//! Takes the [`Document`] and its quotes. Returns the attributions by first offset. Who a mention refers to is
//! [`crate::source`]'s business.
//!
//! Sieves propose readings ([`sieve`]), a linear model weighs them ([`rank`]), the likeliest reading of each cue
//! stays ([`select`]), and quotations that nobody introduces go to whoever spoke before ([`select`]); [`outcome`] writes
//! down what was kept.

mod candidate;
mod content;
mod cover;
mod cue;
mod cued;
mod ending;
mod extent;
mod feature;
mod governor;
pub mod near;
mod outcome;
mod parenthesis;
mod part;
mod ranges;
pub mod rank;
mod relay;
mod scene;
mod select;
mod sieve;
mod sign;
mod subject;
mod surroundings;
pub mod train;
mod turned;
pub mod weights;
mod word;

use self::candidate::Candidate;
use self::cover::Cover;
use self::rank::{Ends, Weights};
use self::scene::Scene;
use crate::lexicon::Lexicon;
use crate::quote::Quote;
use crate::rule::Rule;
use crate::span::{AttributionId, QuoteId, SentenceId, Span};
use crate::text::Document;
use crate::vocabulary::{AttributionKind, Form, Mode, Stance};
use std::borrow::Cow;
use std::ops::Range;

/// An attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribution<'a> {
    /// The cue's sentence, else the content's first.
    pub sentence: SentenceId,
    /// How much of the content is quoted.
    pub mode: Mode,
    /// What sort it is.
    pub kind: AttributionKind,
    /// Who, as mentioned here.
    pub source: Option<Mention>,
    /// The words that attribute.
    pub cue: Option<Cue<'a>>,
    /// What, in text order; never empty.
    pub content: Vec<Span>,
    /// To whom.
    pub addressee: Option<Span>,
    /// Mention of the further source that the source cites.
    pub relay: Option<Mention>,
    /// The attribution in whose content this one stands.
    pub parent: Option<AttributionId>,
    /// The quotes of the content.
    pub quotes: Vec<QuoteId>,
    /// Id of the rule.
    pub rule: &'static str,
    /// Probability that source, cue and content are right.
    pub confidence: f32,
}

impl Attribution<'_> {
    /// Whether what is told is the object of a verb: whom someone hired, what someone saw.
    pub(crate) fn is_of_object(&self) -> bool {
        self.rule == sieve::OBJECT.id
    }
}

/// A mention of a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The whole phrase, with title, apposition and identifying clause.
    pub span: Span,
    /// The token of its head: the last of a name, the noun of a description, the pronoun.
    pub head: u32,
    /// Its form.
    pub form: Form,
}

/// The words that attribute.
#[derive(Clone, Debug, PartialEq)]
pub struct Cue<'a> {
    /// One contiguous span.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Dictionary form of its head, as the lexicon has it.
    pub lemma: Cow<'a, str>,
    /// What it lets one think of the content.
    pub stance: Stance,
    /// Whether it is negated.
    pub negated: bool,
}

/// The rules by which attributions are found.
pub const RULES: &[&[&Rule]] = sieve::RULES;

/// Finds the attributions of a document.
pub fn find<'a>(document: &Document<'_>, quotes: &[Quote], lexicon: &'a Lexicon) -> Vec<Attribution<'a>> {
    let weights = Weights::embedded();
    let scene = Scene::new(document, quotes, lexicon, weights);
    let mut candidates = sieve::propose(&scene, &Ends(weights));
    weigh(&scene, &mut candidates, weights);
    let kept = select::select(&scene, candidates, weights.threshold());
    outcome::attributions(&scene, kept, weights, lexicon)
}

/// The log odds of a candidate.
fn odds(scene: &Scene<'_>, c: &Candidate<'_>, weights: &Weights) -> f32 {
    weights.sum(|sum| scene.features(c, sum))
}

/// Scores the candidates: first as if none were nested, then those that stand in the content of a kept one.
fn weigh(scene: &Scene<'_>, candidates: &mut [Candidate<'_>], weights: &Weights) {
    let mut alone = Vec::with_capacity(candidates.len());
    for c in candidates.iter_mut() {
        let odds = odds(scene, c, weights);
        let within = if c.context.within { weights.sum(|sum| scene.within_features(c, sum)) } else { 0.0 };
        c.score = rank::logistic(odds + within).max(c.floor);
        alone.push(odds);
    }
    if !candidates.iter().any(|c| c.context.within) {
        return;
    }
    let likely = candidates.iter().filter(|c| c.score >= weights.threshold());
    let held = Cover::new(scene.doc.tokens.len(), likely.flat_map(|c| c.content.iter()));
    for (c, mut odds) in candidates.iter_mut().zip(alone) {
        if c.context.within && held.exceeds(c.head, false) {
            // nobody annotated nested ones: they are weighed as if their clause stood by itself
            c.context.nested = true;
            if scene.reads_otherwise_nested(c) {
                odds = self::odds(scene, c, weights);
            }
            c.score = rank::logistic(odds).max(c.floor);
        }
    }
}
