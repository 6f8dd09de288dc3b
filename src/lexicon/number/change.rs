//! Entries for the words of movement: rose, a fall.

use crate::error::Result;
use crate::lexicon::overlay::{Place, overlaid, overlay};
use crate::lexicon::phrase::Phrases;
use crate::lexicon::{Classes, Lexicon};
use crate::vocabulary::Direction;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// What a word of movement is in its sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum ChangePos {
    #[default]
    Verb,
    Transitive,
    Noun,
    Adverb,
}

/// A word of movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeWord {
    /// Which way.
    pub direction: Direction,
    /// What it is.
    pub pos: ChangePos,
}

/// Words of movement.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Change")]
pub(in crate::lexicon) struct RawChange {
    /// Unique in its file. The id of an embedded entry replaces that entry.
    #[schemars(with = "String")]
    pub(in crate::lexicon) id: Spanned<String>,
    /// Takes the embedded entry of this id away.
    #[serde(default)]
    pub(in crate::lexicon) disabled: bool,
    /// Which way.
    pub(in crate::lexicon) direction: Option<Direction>,
    /// What the words are in their sentence.
    #[serde(default)]
    pos: ChangePos,
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

/// Words that tell that a quantity moved, and which way.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Changes")]
pub(in crate::lexicon) struct RawChanges {
    /// The entries.
    #[serde(default)]
    pub(in crate::lexicon) change: Vec<RawChange>,
}

overlaid! { RawChange }

pub(in crate::lexicon) fn load_changes(
    places: &[Place],
    lexicon: &mut Lexicon,
    phrases: &mut Phrases<ChangeWord>,
) -> Result<()> {
    for (raw, place) in overlay(places, |f: RawChanges| f.change)? {
        let Some(direction) = raw.direction else {
            return Err(place.missing(&raw.id, "direction", "\"up\""));
        };
        for form in raw.words.split_whitespace() {
            let words = lexicon.intern_form(form);
            lexicon.mark(words[0], Classes::CHANGE);
            phrases.push(&words, ChangeWord { direction, pos: raw.pos });
        }
    }
    Ok(())
}
