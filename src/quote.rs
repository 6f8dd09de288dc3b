//! Quotation marks → quotes: which marks pair, which paragraphs continue a quote, and what the pair means.
//!
//! Takes the [`Document`]; returns every quoted stretch with its role. Leaves who speaks to [`crate::attribution`].

use crate::lexicon::Lexicon;
use crate::rule::Rule;
use crate::span::Span;
use crate::text::Document;
use crate::vocabulary::QuoteRole;
use std::ops::Range;

/// Everything between quotation marks.
#[derive(Clone, Debug, Default)]
pub struct Quotes {
    /// By first offset; a nested quote comes after the one that holds it.
    pub list: Vec<Quote>,
    /// Marks that found no partner, and the like.
    pub diagnostics: Vec<Diagnostic>,
}

/// A quoted stretch.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// With its marks; from the first paragraph's opening mark to the last one's closing mark.
    pub span: Span,
    /// Its tokens, the marks included.
    pub tokens: Range<u32>,
    /// What the marks mean.
    pub role: QuoteRole,
    /// How many paragraphs it runs through.
    pub paragraphs: u32,
    /// Whether its closing mark stands.
    pub closed: bool,
    /// Whether it stands inside another quote.
    pub nested: bool,
}

/// Something to tell the reader of the record.
#[derive(Clone, Debug, PartialEq)]
pub struct Diagnostic {
    /// Where.
    pub span: Span,
    /// What, in kebab case.
    pub code: &'static str,
    /// What, in words.
    pub message: String,
}

/// The rules by which quotes are found.
pub const RULES: &[Rule] = &[];

/// Finds the quotes of a document.
pub fn find(_document: &Document<'_>, _lexicon: &Lexicon) -> Quotes {
    Quotes::default()
}
