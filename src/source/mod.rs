//! Mentions → the article's cast: who "he" is, which names are one person, who stays unnamed.
//!
//! Takes document, quotes and attributions. Returns the [`Cast`]; changes none of them.

use crate::attribution::Attribution;
use crate::lexicon::Lexicon;
use crate::quote::Quote;
use crate::rule::Rule;
use crate::span::{SourceId, Span};
use crate::text::Document;
use crate::vocabulary::{Gender, SourceKind};

/// Someone or something that is cited.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The fullest name in the article, without title; for the unnamed, the noun phrase.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// Whether the article names it.
    pub named: bool,
    /// Gender, where the article tells.
    pub gender: Option<Gender>,
    /// Title, office or apposition.
    pub description: Option<String>,
    /// In text order.
    pub mentions: Vec<Span>,
}

/// The article's sources, and who each attribution's mention refers to.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// By first mention.
    pub sources: Vec<Source>,
    /// For each attribution, whom its source mention refers to; none where it has no mention or it stays open.
    pub speakers: Vec<Option<SourceId>>,
    /// For each attribution, whom its relay mention refers to.
    pub relays: Vec<Option<SourceId>>,
}

/// The rules by which sources are found.
pub const RULES: &[Rule] = &[];

/// Resolves every mention of an article's attributions.
pub fn resolve(
    _document: &Document<'_>,
    _quotes: &[Quote],
    attributions: &[Attribution],
    _lexicon: &Lexicon,
) -> Cast {
    Cast {
        sources: Vec::new(),
        speakers: vec![None; attributions.len()],
        relays: vec![None; attributions.len()],
    }
}
