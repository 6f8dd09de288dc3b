//! Entries for the words of numbers, the words that bound them, and the words of movement.

mod bound;
mod change;

pub use self::bound::{BoundPhrase, BoundSide, Sides};
pub(super) use self::bound::{RawBound, RawBounds, load_bounds};
pub use self::change::{ChangePos, ChangeWord};
pub(super) use self::change::{RawChange, RawChanges, load_changes};
use super::overlay::{Place, overlaid, overlay};
use super::phrase::Phrases;
use super::{Classes, Lexicon, WordId};
use crate::error::Result;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// How a number word combines with its neighbours; `data/numbers.toml` tells of each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum NumberRole {
    Small,
    Tens,
    Hundred,
    Magnitude,
    Short,
    Dozen,
    Vague,
    SomeOf,
    Fraction,
    Ordinal,
    Multiplier,
    Fold,
    Article,
    Sign,
    Point,
    And,
    Divided,
    Between,
    From,
    To,
    Or,
    By,
    Then,
    Level,
    At,
    Compared,
    Those,
    WhenDeterminer,
    WhenAdverb,
    WhenPreposition,
    SameThing,
    VagueHead,
    Mark,
    Over,
    Of,
    Per,
    PerNoun,
    Times,
    Comparison,
    Part,
    Old,
    Aged,
    Tally,
    Clock,
    OrdinalEnding,
    BeforeYear,
    Street,
    Idiom,
    Order,
    Strong,
    Another,
    Index,
    Motion,
    Gets,
    Each,
    Dimension,
    For,
    Lasting,
    Listed,
}

impl NumberRole {
    /// The classes of words of this role: only what makes a number by itself makes its sentence worth reading.
    fn classes(self) -> Classes {
        match self {
            Self::Small | Self::Tens | Self::Dozen | Self::Vague | Self::Fraction | Self::Multiplier => {
                Classes::NUMBER
            }
            Self::Hundred | Self::Magnitude => Classes::NUMBER | Classes::MAGNITUDE,
            _ => Classes::empty(),
        }
    }
}

/// A set of roles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles(u64);

impl Roles {
    /// The set of some roles.
    pub const fn of(roles: &[NumberRole]) -> Self {
        let (mut set, mut i) = (0, 0);
        while i < roles.len() {
            set |= 1 << roles[i] as u32;
            i += 1;
        }
        Self(set)
    }

    /// Whether it holds a role.
    #[inline]
    pub const fn contains(self, role: NumberRole) -> bool {
        self.0 & (1 << role as u32) != 0
    }

    /// Whether it holds a role of another set.
    #[inline]
    pub const fn intersects(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    pub(super) fn insert(&mut self, role: NumberRole) {
        self.0 |= 1 << role as u32;
    }
}

/// What a word may begin, told by one look-up, so that a reader need not walk the phrases of words that begin none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Begins {
    /// The roles of the word alone.
    pub alone: Roles,
    /// The roles of the phrases that it begins, itself included.
    pub first: Roles,
    /// It begins a form of a unit.
    pub unit: bool,
    /// It begins a form of a currency that stands before the number.
    pub sign: bool,
    /// The sides of their numbers on which the bounds stand that it begins.
    pub bounds: Sides,
    /// It begins a word of movement.
    pub change: bool,
    /// It is by itself a currency that stands before a number, a bound before one, a movement or an idiom.
    pub opens: bool,
    /// The [`WordId::bit`]s of the second words of those of several words that it begins.
    pub seconds: u64,
}

impl Begins {
    /// What most words begin.
    pub const NOTHING: Self = Self {
        alone: Roles::of(&[]),
        first: Roles::of(&[]),
        unit: false,
        sign: false,
        bounds: Sides::NONE,
        change: false,
        opens: false,
        seconds: 0,
    };

    /// Notes what by itself, or with the words after it, opens what a reader of numbers stops at.
    pub(super) fn note_opening(&mut self, rest: &[WordId]) {
        match rest.first() {
            Some(second) => self.seconds |= second.bit(),
            None => self.opens = true,
        }
    }
}

/// A number word.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct NumberWord {
    /// How it combines.
    pub role: NumberRole,
    /// Its value; a fraction's denominator, a magnitude's size.
    pub value: f64,
}

/// A word of numbers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Number")]
pub(super) struct RawNumber {
    /// Unique in its file. The id of an embedded entry replaces that entry.
    #[schemars(with = "String")]
    pub(super) id: Spanned<String>,
    /// Takes the embedded entry of this id away.
    #[serde(default)]
    pub(super) disabled: bool,
    /// How it combines with its neighbours.
    pub(super) role: Option<NumberRole>,
    /// Its value; a fraction's denominator, a magnitude's size.
    #[serde(default)]
    value: f64,
    /// Its words, parted by white space, in any case; `_` stands for a space inside one.
    #[serde(default)]
    pub(super) words: String,
    /// Texts in which it must count; `onrecord rules check` runs them.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) examples: Vec<Spanned<String>>,
    /// Texts in which it must not.
    #[serde(default, rename = "near-misses")]
    #[schemars(with = "Vec<String>")]
    pub(super) near_misses: Vec<Spanned<String>>,
}

/// Words for numbers.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Numbers")]
pub(super) struct RawNumbers {
    /// The entries.
    #[serde(default)]
    pub(super) number: Vec<RawNumber>,
}

overlaid! { RawNumber }

pub(super) fn load_numbers(
    places: &[Place],
    lexicon: &mut Lexicon,
    phrases: &mut Phrases<NumberWord>,
) -> Result<()> {
    for (raw, place) in overlay(places, |f: RawNumbers| f.number)? {
        let Some(role) = raw.role else { return Err(place.missing(&raw.id, "role", "\"small\"")) };
        for form in raw.words.split_whitespace() {
            let words = lexicon.intern_form(form);
            if words.len() == 1 {
                lexicon.mark(words[0], role.classes());
            }
            phrases.push(&words, NumberWord { role, value: raw.value });
        }
    }
    Ok(())
}
