//! Numbers → quantities: value or range, bound, unit, kind, change.
//!
//! Takes the [`Document`]; returns the quantities in text order. What is counted and who vouches for it is
//! [`crate::claim`]'s business.

use crate::lexicon::Lexicon;
use crate::rule::Rule;
use crate::span::{SentenceId, Span};
use crate::text::Document;
use crate::vocabulary::{Bound, ChangeRole, ClaimKind, Direction};
use std::ops::Range;

/// A number with what stands at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Its sentence.
    pub sentence: SentenceId,
    /// Modifier, number and adjacent unit.
    pub span: Span,
    /// The bare number with its currency or percent sign and magnitude word.
    pub number: Span,
    /// The tokens that `span` touches.
    pub tokens: Range<u32>,
    /// The value as written; none for a range.
    pub value: Option<f64>,
    /// The lower end of a range.
    pub low: Option<f64>,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// How the true value stands to it.
    pub bound: Bound,
    /// What sort it is.
    pub kind: ClaimKind,
    /// Canonical unit; "" for counts, ratios, multipliers.
    pub unit: String,
    /// What it is given per.
    pub per: Option<String>,
    /// Value (a range's lower end) and name of the unit's base.
    pub base: Option<(f64, String)>,
    /// The movement that it marks.
    pub change: Option<(Direction, ChangeRole)>,
    /// Id of the rule.
    pub rule: &'static str,
    /// Probability that value, bound and unit are right.
    pub confidence: f32,
}

/// The rules by which quantities are found.
pub const RULES: &[Rule] = &[];

/// Finds the quantities of a document.
pub fn find(_document: &Document<'_>, _lexicon: &Lexicon) -> Vec<Quantity> {
    Vec::new()
}
