//! **onrecord** puts news on record: who said what, and how many.
//!
//! A staged, rule-based pipeline reads an article and returns a [`record::Record`]: blocks and sentences, quotes,
//! attributions (source, cue, content), the article's cast of sources, and numeric claims with the source that
//! vouches for each.
//!
//! ```
//! use onrecord::{Article, Pipeline};
//!
//! let pipeline = Pipeline::default();
//! let record = pipeline.run(&Article::new("demo", "“It rained for 12 hours,” said Mayor Ana Brandt."));
//! let said = &record.attributions[0];
//! assert_eq!(said.source.as_ref().unwrap().text, "Mayor Ana Brandt");
//! assert_eq!(said.cue.as_ref().unwrap().lemma, "say");
//! assert_eq!(record.claims[0].value, Some(12.0));
//! assert_eq!(record.sources[record.claims[0].claimant.unwrap() as usize].name, "Ana Brandt");
//! ```
//!
//! The modules stand in the order in which an article meets them.

mod embedded;
pub mod error;
mod portion;
pub mod rule;
pub mod span;
pub mod vocabulary;
mod whole;

pub mod lexicon;

pub mod language;
pub mod layout;
pub mod text;

pub mod attribution;
pub mod claim;
pub mod quantity;
pub mod quote;
pub mod source;

pub mod pipeline;
pub mod record;

pub mod eval;
pub mod input;
pub mod output;
#[cfg(feature = "pages")]
pub mod page;

#[cfg(feature = "cli")]
pub mod cli;

pub use error::{Error, Result};
pub use lexicon::Lexicon;
pub use pipeline::{Article, Pipeline};
pub use record::Record;
pub use span::Span;

/// Its examples are run.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
