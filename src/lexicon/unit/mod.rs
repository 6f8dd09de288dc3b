//! Entries for units: canonical name, kind, way to the base unit, and every form they go by.

mod draft;

use self::draft::Draft;
use super::overlay::{Place, overlaid, overlay};
use super::phrase::Phrases;
use super::{Classes, Lexicon, WordId};
use crate::error::Result;
use rustc_hash::FxHashMap;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// What a unit measures, as far as a claim's kind goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)]
pub enum UnitKind {
    Measure,
    Duration,
    Percent,
    Money,
}

/// A unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// Canonical name: plain singular English, or ISO 4217 for money.
    pub name: Box<str>,
    /// What it measures.
    pub kind: UnitKind,
    /// Length, time, mass …; empty for money and shares.
    pub dimension: Box<str>,
    /// Name of the base unit, factor and offset that lead there.
    pub base: Option<(Box<str>, f64, f64)>,
    /// Words that speak for it where another unit has the same form.
    pub hints: Box<[WordId]>,
    /// Where it is used, a full stop parts thousands: 12.500 euros.
    pub stops: bool,
}

impl Unit {
    /// A value in the base unit.
    pub fn to_base(&self, value: f64) -> Option<(f64, &str)> {
        let (name, factor, offset) = self.base.as_ref()?;
        Some((value * factor + offset, name))
    }
}

/// A form of a unit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct UnitForm {
    /// Position in [`Lexicon::units`].
    pub unit: u32,
    /// Stands before the number: $ US$.
    pub before: bool,
    /// Stands after a sum that has a sign already: $5 Canadian.
    pub qualifies: bool,
    /// Stands directly after digits only: km, °C.
    pub symbol: bool,
    /// Counts only after digits or a magnitude: won, stone.
    pub strict: bool,
    /// The words in the one case in which they count; empty where case says nothing.
    pub exact: Box<[Box<str>]>,
    /// What its number is multiplied by: 1e6 in MEUR.
    pub size: f64,
}

impl UnitForm {
    /// A form in any case, after its number.
    fn of(unit: u32) -> Self {
        let exact = Box::default();
        Self { unit, before: false, qualifies: false, symbol: false, strict: false, exact, size: 1.0 }
    }
}

/// A unit.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Unit")]
pub(super) struct RawUnit {
    /// Canonical name: plain singular English, or ISO 4217 for money. The id of an embedded unit replaces that unit.
    #[schemars(with = "String")]
    pub(super) id: Spanned<String>,
    /// Takes the embedded unit of this id away.
    #[serde(default)]
    pub(super) disabled: bool,
    /// What it measures.
    pub(super) kind: Option<UnitKind>,
    /// Length, time, mass and the like.
    #[serde(default)]
    dimension: String,
    /// The base unit: SI, or the major currency unit.
    pub(super) base: Option<String>,
    /// How many of the base unit it is.
    #[serde(default)]
    pub(super) factor: f64,
    /// What is added after the factor: degrees.
    #[serde(default)]
    offset: f64,
    /// Forms in any case, parted by white space; `_` stands for a space inside one.
    #[serde(default)]
    pub(super) words: String,
    /// Forms in just this case, directly after digits alone.
    #[serde(default)]
    pub(super) symbols: String,
    /// Signs and codes that stand before the number.
    #[serde(default)]
    before: String,
    /// What may follow a sum with another currency's sign and names this one: $75 U.S.
    #[serde(default)]
    after: String,
    /// The decimal prefixes that make further units of it.
    #[serde(default)]
    pub(super) prefixes: String,
    /// It makes squares and cubes too.
    #[serde(default)]
    powers: bool,
    /// It has other meanings too: a unit only after digits or a magnitude.
    #[serde(default)]
    pub(super) strict: bool,
    /// Words of the sentence that speak for it where another unit has the same form.
    #[serde(default)]
    pub(super) hints: String,
    /// Where the currency is used, a full stop parts thousands: 12.500 euros.
    #[serde(default)]
    stops: bool,
    /// Texts in which it must count; `onrecord rules check` runs them.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) examples: Vec<Spanned<String>>,
    /// Texts in which it must not.
    #[serde(default, rename = "near-misses")]
    #[schemars(with = "Vec<String>")]
    pub(super) near_misses: Vec<Spanned<String>>,
}

/// A decimal prefix.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Prefix")]
pub(super) struct RawPrefix {
    /// kilo, mega.
    #[schemars(with = "String")]
    pub(super) id: Spanned<String>,
    /// Takes the embedded prefix of this id away.
    #[serde(default)]
    pub(super) disabled: bool,
    /// k, M.
    #[serde(default)]
    symbol: String,
    /// What it multiplies by.
    #[serde(default)]
    factor: f64,
}

/// Units of measure, money and time.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Units")]
pub(super) struct RawUnits {
    /// Decimal prefixes.
    #[serde(default)]
    pub(super) prefix: Vec<RawPrefix>,
    /// The units.
    #[serde(default)]
    pub(super) unit: Vec<RawUnit>,
}

overlaid! { RawUnit RawPrefix }

impl RawUnit {
    /// Whether signs or codes stand for it.
    pub(super) fn has_signs(&self) -> bool {
        !self.before.trim().is_empty() || !self.after.trim().is_empty()
    }
}

pub(super) fn load_units(
    places: &[Place],
    lexicon: &mut Lexicon,
    phrases: &mut Phrases<UnitForm>,
) -> Result<()> {
    let prefixes = overlay(places, |f: RawUnits| f.prefix)?;
    let units = overlay(places, |f: RawUnits| f.unit)?;
    let mut at = FxHashMap::default();
    let mut made = Vec::new();
    for (raw, place) in &units {
        let Some(kind) = raw.kind else { return Err(place.missing(&raw.id, "kind", "\"measure\"")) };
        let draft = Draft::of(raw, kind);
        put(&draft, lexicon, phrases, &mut at);
        for form in raw.before.split_whitespace() {
            put_before(form, at[&draft.name], lexicon, phrases);
        }
        if kind == UnitKind::Money && raw.factor == 1.0 && raw.base.as_deref() == Some(&draft.name) {
            put_accounting(&draft.name, at[&draft.name], lexicon, phrases);
        }
        for form in raw.after.split_whitespace() {
            let words = lexicon.intern_form(form);
            let exact = super::phrase::cut(form).into_iter().map(Into::into).collect();
            phrases.push(&words, UnitForm { qualifies: true, exact, ..UnitForm::of(at[&draft.name]) });
        }
        let mut family = vec![draft];
        for name in raw.prefixes.split_whitespace() {
            let Some((prefix, _)) = prefixes.iter().find(|(p, _)| p.id.get_ref() == name) else {
                let message = format!("no prefix goes by {name:?}; add it under `prefix` or remove it here");
                return Err(place.error(raw.id.span().start, message));
            };
            family.push(family[0].prefixed(prefix));
        }
        if raw.powers {
            let powers: Vec<_> = family.iter().flat_map(|d| [d.power(2), d.power(3)]).collect();
            family.extend(powers);
        }
        made.extend(family.drain(1..));
    }
    // what prefixes and powers make comes after all entries, so that an entry's own forms win
    for draft in &made {
        put(draft, lexicon, phrases, &mut at);
    }
    Ok(())
}

/// Adds a unit, or further forms of one that is there.
fn put(
    draft: &Draft,
    lexicon: &mut Lexicon,
    phrases: &mut Phrases<UnitForm>,
    at: &mut FxHashMap<String, u32>,
) {
    let unit = *at.entry(draft.name.clone()).or_insert_with(|| {
        let hints = draft
            .hints
            .split_whitespace()
            .map(|h| super::load::add(lexicon, &h.to_lowercase(), Classes::empty()))
            .collect();
        lexicon.units.push(Unit {
            name: draft.name.as_str().into(),
            kind: draft.kind,
            dimension: draft.dimension.as_str().into(),
            base: draft.base.as_ref().map(|(b, f, o)| (b.as_str().into(), *f, *o)),
            hints,
            stops: draft.stops,
        });
        lexicon.units.len() as u32 - 1
    });
    for form in &draft.words {
        let words = lexicon.intern_form(form);
        lexicon.mark(words[0], Classes::UNIT);
        phrases.push(&words, UnitForm { strict: draft.strict, ..UnitForm::of(unit) });
    }
    for form in &draft.symbols {
        let words = lexicon.intern_form(form);
        lexicon.mark(words[0], Classes::UNIT);
        let exact = super::phrase::cut(form).into_iter().map(Into::into).collect();
        phrases.push(&words, UnitForm { symbol: true, strict: draft.strict, exact, ..UnitForm::of(unit) });
    }
}

/// Adds a sign or code that stands before the number. Codes of two letters count in their own case alone.
fn put_before(form: &str, unit: u32, lexicon: &mut Lexicon, phrases: &mut Phrases<UnitForm>) {
    let cut = super::phrase::cut(form);
    let short =
        form.chars().filter(|c| c.is_alphabetic()).count() <= 2 && form.chars().any(char::is_alphabetic);
    let exact = |cut: &[&str]| if short { cut.iter().map(|&w| w.into()).collect() } else { Box::default() };
    let mut forms = vec![(form.to_owned(), exact(&cut))];
    if let Some(letters) = form.strip_suffix('$').filter(|l| !l.is_empty()) {
        // written in lower case, the letters and the sign are two words
        forms.push((format!("{letters}_$"), if short { exact(&[letters, "$"]) } else { Box::default() }));
    }
    for (form, exact) in forms {
        let words = lexicon.intern_form(&form);
        lexicon.mark(words[0], Classes::UNIT | Classes::CURRENCY);
        phrases.push(&words, UnitForm { before: true, exact, ..UnitForm::of(unit) });
    }
}

/// The letters that accounts put before a currency's code, and how many of it they tell: 120 MEUR, TSEK 40.
const ACCOUNTING: [(&str, f64); 4] = [("K", 1e3), ("T", 1e3), ("M", 1e6), ("B", 1e9)];

/// Adds the codes of thousands and millions of a currency, which stand before or after the number, in capitals alone.
fn put_accounting(code: &str, unit: u32, lexicon: &mut Lexicon, phrases: &mut Phrases<UnitForm>) {
    for (letter, size) in ACCOUNTING {
        let form = format!("{letter}{code}");
        let words = lexicon.intern_form(&form);
        lexicon.mark(words[0], Classes::UNIT);
        for before in [true, false] {
            let exact = Box::new([form.as_str().into()]);
            phrases.push(&words, UnitForm { before, symbol: !before, exact, size, ..UnitForm::of(unit) });
        }
    }
}
