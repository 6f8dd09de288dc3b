//! Entries for the words that bound a number: at least, or more.

use crate::error::Result;
use crate::lexicon::overlay::{Place, overlaid, overlay};
use crate::lexicon::phrase::Phrases;
use crate::lexicon::{Classes, Lexicon};
use crate::vocabulary::Bound;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// On which side of its number a bound stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum BoundSide {
    /// Before the number.
    #[default]
    Before,
    /// After it, or after its unit or the thing counted.
    After,
    /// It bounds nothing, and may stand between a bound and its number.
    Clear,
}

/// A set of sides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sides(u8);

impl Sides {
    pub(super) const NONE: Self = Self(0);

    /// Whether it holds a side.
    #[inline]
    pub const fn contains(self, side: BoundSide) -> bool {
        self.0 & (1 << side as u8) != 0
    }

    /// Whether it holds none.
    #[inline]
    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(in crate::lexicon) fn insert(&mut self, side: BoundSide) {
        self.0 |= 1 << side as u8;
    }
}

/// A phrase that bounds a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoundPhrase {
    /// How the true value stands to the number.
    pub bound: Bound,
    /// Where it stands.
    pub side: BoundSide,
}

/// Words that bound a number.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Bound")]
pub(in crate::lexicon) struct RawBound {
    /// Unique in its file. The id of an embedded entry replaces that entry.
    #[schemars(with = "String")]
    pub(in crate::lexicon) id: Spanned<String>,
    /// Takes the embedded entry of this id away.
    #[serde(default)]
    pub(in crate::lexicon) disabled: bool,
    /// How the true value stands to the number.
    pub(in crate::lexicon) bound: Option<Bound>,
    /// Where the words stand.
    #[serde(default)]
    pub(in crate::lexicon) side: BoundSide,
    /// Its words, parted by white space, in any case; `_` stands for a space inside one.
    #[serde(default)]
    pub(in crate::lexicon) words: String,
    /// Texts in which it must count; `onrecord rules check` runs them.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(in crate::lexicon) examples: Vec<Spanned<String>>,
    /// Texts in which it must not.
    #[serde(default, rename = "near-misses")]
    #[schemars(with = "Vec<String>")]
    pub(in crate::lexicon) near_misses: Vec<Spanned<String>>,
}

/// Words that say how the true value stands to the number.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Bounds")]
pub(in crate::lexicon) struct RawBounds {
    /// The entries.
    #[serde(default)]
    pub(in crate::lexicon) bound: Vec<RawBound>,
}

overlaid! { RawBound }

pub(in crate::lexicon) fn load_bounds(
    places: &[Place],
    lexicon: &mut Lexicon,
    phrases: &mut Phrases<BoundPhrase>,
) -> Result<()> {
    for (raw, place) in overlay(places, |f: RawBounds| f.bound)? {
        let Some(bound) = raw.bound else { return Err(place.missing(&raw.id, "bound", "\">=\"")) };
        for form in raw.words.split_whitespace() {
            let words = lexicon.intern_form(form);
            lexicon.mark(words[0], Classes::BOUND);
            phrases.push(&words, BoundPhrase { bound, side: raw.side });
        }
    }
    Ok(())
}
