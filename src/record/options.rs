//! What a run wants of every record.

use crate::vocabulary::OffsetUnit;

/// What a run wants of every record.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// The unit of offsets.
    pub offsets: OffsetUnit,
    /// Whether the record holds the article's text.
    pub with_text: bool,
    /// The lists that are wanted; the others stay empty.
    pub only: Only,
    /// Whether articles are read that are not in English; else their lists stay empty, and a diagnostic says why.
    pub any_language: bool,
}

bitflags::bitflags! {
    /// The lists of a record that a run wants.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Only: u8 {
        /// `blocks`
        const BLOCKS = 1;
        /// `sentences`
        const SENTENCES = 1 << 1;
        /// `sources`
        const SOURCES = 1 << 2;
        /// `attributions`
        const ATTRIBUTIONS = 1 << 3;
        /// `quotes`
        const QUOTES = 1 << 4;
        /// `claims`
        const CLAIMS = 1 << 5;
        /// `figures`
        const FIGURES = 1 << 6;
        /// `diagnostics`
        const DIAGNOSTICS = 1 << 7;
    }
}

impl Default for Only {
    /// All of them.
    fn default() -> Self {
        Self::all()
    }
}
