//! Numbers → quantities: value or range, bound, unit, kind, change.
//!
//! Takes the [`Document`]; returns the quantities in text order. Each sentence with a number is cut into pieces
//! (`piece`), over which one pass (`read`) reads numbers (`number`, `cardinal`, `fraction`), units (`unit`, `single`),
//! ranges (`join`), what stands parallel (`parallel`), bounds and movements (`movement`), and leaves out what is no
//! quantity (`exclude`, `name`). What is counted and who vouches for it is [`crate::claim`]'s business.

mod calendar;
mod cardinal;
mod exclude;
mod fraction;
mod join;
mod movement;
mod multiple;
mod name;
mod number;
mod numeral;
mod parallel;
mod piece;
mod read;
mod rules;
mod single;
mod unit;

pub use exclude::EXCLUSIONS;
pub use rules::RULES;

/// The rule of a number with nothing at it that tells more; what it counts is for [`crate::claim`] to find.
pub const PLAIN_COUNT: &str = rules::COUNT.id;

use crate::lexicon::{Classes, Lexicon};
use crate::span::{SentenceId, Span};
use crate::text::{Document, Flags, Sentence, TokenKind};
use crate::vocabulary::{Bound, ChangeRole, ClaimKind, Direction};
use std::borrow::Cow;
use std::ops::Range;

/// A number with what stands at it; units are the lexicon's.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity<'a> {
    /// Its sentence.
    pub sentence: SentenceId,
    /// Modifier, number and adjacent unit.
    pub span: Span,
    /// The bare number with its currency or percent sign and magnitude word.
    pub number: Span,
    /// The tokens that `span` touches.
    pub tokens: Range<u32>,
    /// What is joined to number and unit by a hyphen: "strong" in 3,000-strong.
    pub joined: Option<Span>,
    /// The value as written; none for a range, and where it is beyond f64.
    pub value: Option<f64>,
    /// The lower end of a range, or the first number of a score.
    pub low: Option<f64>,
    /// The upper end of a range, or the second number of a score.
    pub high: Option<f64>,
    /// How the true value stands to it.
    pub bound: Bound,
    /// What sort it is.
    pub kind: ClaimKind,
    /// Canonical unit; "" for counts, ratios, multipliers.
    pub unit: Cow<'a, str>,
    /// What it is given per.
    pub per: Option<Cow<'a, str>>,
    /// It tells the quantity before it again, in another unit.
    pub restates: bool,
    /// Value (a range's lower end) and name of the unit's base.
    pub base: Option<(f64, Cow<'a, str>)>,
    /// The movement that it marks.
    pub change: Option<(Direction, ChangeRole)>,
    /// Id of the rule.
    pub rule: &'static str,
    /// Probability that value, bound and unit are right.
    pub confidence: f32,
}

/// Room for the quantities of most articles.
const QUANTITIES: usize = 16;

/// Finds the quantities of a document.
pub fn find<'a>(document: &Document<'a>, lexicon: &'a Lexicon) -> Vec<Quantity<'a>> {
    let mut pieces = piece::Pieces::new(document.text, lexicon);
    let mut found = Vec::with_capacity(QUANTITIES);
    for (id, sentence) in document.sentences.iter().enumerate() {
        let block = &document.blocks[sentence.block.index()];
        if block.kind.is_read() && may_count(document, sentence) {
            pieces.fill(document, sentence);
            read::sentence(&pieces, SentenceId::from(id), block, &mut found);
        }
    }
    found.shrink_to_fit();
    found
}

/// Whether a token of the sentence may be part of a number.
fn may_count(document: &Document<'_>, sentence: &Sentence) -> bool {
    if sentence.classes.intersects(Classes::NUMBER | Classes::MAGNITUDE) {
        return true;
    }
    let tokens = &document.tokens[sentence.tokens.start as usize..sentence.tokens.end as usize];
    // all are asked, which costs less than to stop at a token that nobody foretells
    let (mut kinds, mut joined) = (0, false);
    for t in tokens {
        kinds |= 1u32 << t.kind as u32;
        joined |= t.flags.contains(Flags::HYPHEN.union(Flags::DIGIT));
    }
    let numeral = kinds & TokenKind::bits(&[TokenKind::Number]) != 0;
    numeral
        || joined
        || kinds & TokenKind::bits(&[TokenKind::Symbol]) != 0
            && tokens.iter().any(|t| t.kind == TokenKind::Symbol && !t.span.of(document.text).is_ascii())
}
