//! Quantities → claims: the thing counted, the time, who vouches; and the figures that speak of one thing.
//!
//! Takes the quantities, which become claims, attributions and the cast, of which it changes none. Returns the
//! [`Claims`].

mod claimant;
mod context;
mod counted;
mod elliptic;
mod figure;
mod joined;
mod level;
mod phrase;
mod rules;
mod subject;
mod thing;

pub use rules::RULES;

use crate::attribution::Attribution;
use crate::lexicon::Lexicon;
use crate::portion::{emptied, roomy};
use crate::quantity::Quantity;
use crate::quote::Diagnostic;
use crate::source::Cast;
use crate::span::{AttributionId, SentenceId, SourceId, Span};
use crate::text::Document;
use crate::vocabulary::{Bound, ChangeRole, ClaimKind, Direction};
use std::borrow::Cow;

/// A number that the article states, of what, and who vouches for it.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)] // the record documents each
pub struct Claim<'a> {
    pub sentence: SentenceId,
    pub span: Span,
    pub number: Span,
    pub value: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub bound: Bound,
    pub kind: ClaimKind,
    pub unit: Cow<'a, str>,
    pub per: Option<Cow<'a, str>>,
    pub base: Option<(f64, Cow<'a, str>)>,
    pub of: Option<Span>,
    pub when: Option<Span>,
    pub change: Option<(Direction, ChangeRole)>,
    pub negated: bool,
    /// It is but a part of what `of` names.
    pub part: bool,
    pub claimant: Option<SourceId>,
    pub attribution: Option<AttributionId>,
    pub figure: Option<u32>,
    pub rule: &'static str,
    pub confidence: f32,
}

/// Claims about one quantity at one time.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure<'a> {
    /// The fullest wording of the thing counted.
    pub of: Cow<'a, str>,
    /// The claims' unit.
    pub unit: Cow<'a, str>,
    /// Positions of the claims.
    pub claims: Vec<u32>,
    /// The lowest value given.
    pub low: f64,
    /// The highest value given.
    pub high: f64,
    /// Whether all of them can be true at once.
    pub agree: bool,
}

/// An article's claims and figures.
#[derive(Clone, Debug, Default)]
pub struct Claims<'a> {
    /// In text order.
    pub list: Vec<Claim<'a>>,
    /// By first claim.
    pub figures: Vec<Figure<'a>>,
    /// Numbers that could not be read in full, and the like.
    pub diagnostics: Vec<Diagnostic>,
}

/// Makes claims of quantities.
pub fn find<'a>(
    document: &Document<'a>,
    quantities: Vec<Quantity<'a>>,
    attributions: &[Attribution],
    cast: &Cast,
    lexicon: &'a Lexicon,
) -> Claims<'a> {
    let phrases = phrase::Phrases { document, lexicon };
    let mut claims = Claims::default();
    if quantities.is_empty() {
        return claims;
    }
    let mut claimants = claimant::Claimants::new(phrases, attributions, cast);
    let mut times = context::Times::default();
    let total = quantities.len();
    let mut contents = Vec::with_capacity(total);
    for quantity in emptied(quantities) {
        if quantity.value.is_none() && quantity.low.is_none() {
            claims.diagnostics.push(Diagnostic {
                span: quantity.number,
                code: "number-too-large",
                message: "the number is too large to be written as a value and makes no claim",
            });
            continue;
        }
        let counted = counted::find(phrases, &quantity, &claims.list);
        let claimant = claimants.of(&quantity);
        let when = context::when(phrases, &quantity, claimant.content, &mut times);
        let negated = context::negated(phrases, &quantity);
        contents.push(claimant.content);
        roomy(&mut claims.list, total).push(Claim {
            sentence: quantity.sentence,
            span: counted.span,
            number: quantity.number,
            value: quantity.value,
            low: quantity.low,
            high: quantity.high,
            bound: quantity.bound,
            kind: counted.kind,
            unit: quantity.unit,
            per: counted.per,
            base: quantity.base,
            of: counted.of,
            when,
            change: quantity.change,
            negated,
            part: counted.part,
            claimant: claimant.source,
            attribution: claimant.attribution,
            figure: None,
            rule: counted.rule.map_or(quantity.rule, |r| r.id),
            confidence: counted.rule.map_or(quantity.confidence, rules::confidence),
        });
    }
    drop(claimants);
    claims.figures = figure::gather(phrases, &mut claims.list, &contents);
    claims
}
