//! `NAME.expect.toml`: what must be found in an article, what must not, and how many of each; for those who do not want
//! to hold whole records.
//!
//! Takes the file and the record; returns what is not so, with what comes nearest. What is told of one thing stands in
//! [`super::wanted`].

use super::wanted::{AttributionWanted, ClaimWanted, Count, QuoteWanted, SourceWanted, Wanted};
use crate::error::{Error, Result, line_at};
use crate::record::Record;
use crate::whole;
use schemars::JsonSchema;
use serde::Deserialize;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// An expectation that is not met.
pub(super) struct Unmet {
    pub(super) file: PathBuf,
    pub(super) line: usize,
    pub(super) message: String,
    /// what comes nearest, and how it differs
    pub(super) nearest: Vec<String>,
}

/// What is expected of an article's record.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Expectations {
    #[serde(default)]
    #[schemars(with = "Vec<AttributionWanted>")]
    /// Attributions that must be there.
    attribution: Vec<Spanned<AttributionWanted>>,
    #[serde(default)]
    #[schemars(with = "Vec<ClaimWanted>")]
    /// Claims that must be there.
    claim: Vec<Spanned<ClaimWanted>>,
    #[serde(default)]
    #[schemars(with = "Vec<QuoteWanted>")]
    /// Quotes that must be there.
    quote: Vec<Spanned<QuoteWanted>>,
    #[serde(default)]
    #[schemars(with = "Vec<SourceWanted>")]
    /// Sources that must be there.
    source: Vec<Spanned<SourceWanted>>,
    /// What must not be there.
    #[serde(default)]
    not: Unwanted,
    /// How many there must be in all.
    #[serde(default)]
    count: Counts,
    #[serde(skip)]
    text: String,
}

/// What must not be there.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Unwanted {
    #[serde(default)]
    #[schemars(with = "Vec<AttributionWanted>")]
    /// No attribution like this.
    attribution: Vec<Spanned<AttributionWanted>>,
    #[serde(default)]
    #[schemars(with = "Vec<ClaimWanted>")]
    /// No claim like this.
    claim: Vec<Spanned<ClaimWanted>>,
    #[serde(default)]
    #[schemars(with = "Vec<QuoteWanted>")]
    /// No quote like this.
    quote: Vec<Spanned<QuoteWanted>>,
    #[serde(default)]
    #[schemars(with = "Vec<SourceWanted>")]
    /// No source like this.
    source: Vec<Spanned<SourceWanted>>,
}

/// How many there must be in all.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct Counts {
    #[schemars(with = "Option<Count>")]
    /// How many attributions.
    attributions: Option<Spanned<Count>>,
    #[schemars(with = "Option<Count>")]
    /// How many claims.
    claims: Option<Spanned<Count>>,
    #[schemars(with = "Option<Count>")]
    /// How many quotes.
    quotes: Option<Spanned<Count>>,
    #[schemars(with = "Option<Count>")]
    /// How many sources.
    sources: Option<Spanned<Count>>,
    #[schemars(with = "Option<Count>")]
    /// How many figures.
    figures: Option<Spanned<Count>>,
}

impl Expectations {
    /// Reads a file of expectations.
    ///
    /// # Errors
    /// Names file and line, and the keys there are where one is unknown.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let text = whole::read(path, whole::RULES)
            .map_err(|e| Error::input(format!("cannot be read ({e})")).in_file(path))?;
        let read = toml::from_str::<Self>(&text).map_err(|e| {
            let at = line_at(&text, e.span().map_or(0, |s| s.start));
            let message = format!("{}; `onrecord schema expect` has what may stand here", e.message().trim());
            Error::input(message).in_file(path).at_line(at)
        })?;
        Ok(Self { text, ..read })
    }

    /// What is not as expected.
    pub(super) fn unmet(&self, record: &Record, file: &Path) -> Vec<Unmet> {
        let mut unmet = Vec::new();
        let mut tell = |at: usize, message: String, nearest: Vec<String>| {
            unmet.push(Unmet { file: file.to_owned(), line: line_at(&self.text, at), message, nearest });
        };
        self.attribution.iter().for_each(|w| want(w, record, &mut tell));
        self.claim.iter().for_each(|w| want(w, record, &mut tell));
        self.quote.iter().for_each(|w| want(w, record, &mut tell));
        self.source.iter().for_each(|w| want(w, record, &mut tell));
        self.not.attribution.iter().for_each(|w| refuse(w, record, &mut tell));
        self.not.claim.iter().for_each(|w| refuse(w, record, &mut tell));
        self.not.quote.iter().for_each(|w| refuse(w, record, &mut tell));
        self.not.source.iter().for_each(|w| refuse(w, record, &mut tell));
        for (what, want, n) in [
            ("attributions", &self.count.attributions, record.attributions.len()),
            ("claims", &self.count.claims, record.claims.len()),
            ("quotes", &self.count.quotes, record.quotes.len()),
            ("sources", &self.count.sources, record.sources.len()),
            ("figures", &self.count.figures, record.figures.len()),
        ] {
            let Some(want) = want else { continue };
            match want.get_ref().holds(n) {
                Ok(true) => {}
                Ok(false) => tell(
                    want.span().start,
                    format!("{} {what} wanted, there are {n}", want.get_ref()),
                    vec![],
                ),
                Err(why) => tell(want.span().start, why, vec![]),
            }
        }
        unmet
    }
}

type Tell<'t> = dyn FnMut(usize, String, Vec<String>) + 't;

fn want<W: Wanted>(wanted: &Spanned<W>, record: &Record, tell: &mut Tell<'_>) {
    let (at, wanted) = (wanted.span().start, wanted.get_ref());
    let items = W::items(record);
    let mut faults: Vec<_> = items.iter().map(|item| (item, wanted.faults(item, record))).collect();
    let n = faults.iter().filter(|(_, faults)| faults.is_empty()).count();
    match wanted.count().map(|count| (count, count.holds(n))) {
        None if n > 0 => return,
        Some((_, Ok(true))) => return,
        Some((_, Err(why))) => return tell(at, why, vec![]),
        Some((count, Ok(false))) if n > 0 => {
            return tell(at, format!("{n} times this {}, not {count}", wanted.wish()), vec![]);
        }
        _ => {}
    }
    // of those that differ in as little, the first
    faults.sort_by_key(|(_, faults)| faults.len());
    let asked = wanted.wish().matches(',').count() + 1;
    let nearest = faults.first().filter(|(_, faults)| faults.len() < asked).map(|(item, faults)| {
        let faults: Vec<_> = faults.iter().map(|(key, found)| format!("its {key} is {found}")).collect();
        format!("nearest: {}: {}", W::label(item), faults.join(", "))
    });
    tell(at, format!("no {}", wanted.wish()), nearest.into_iter().collect());
}

fn refuse<W: Wanted>(unwanted: &Spanned<W>, record: &Record, tell: &mut Tell<'_>) {
    let (at, wanted) = (unwanted.span().start, unwanted.get_ref());
    for item in W::items(record).iter().filter(|item| wanted.faults(item, record).is_empty()) {
        tell(
            at,
            format!("there should be no {}", wanted.wish()),
            vec![format!("there is: {}", W::label(item))],
        );
    }
}

/// The JSON Schema of the file, for editors.
pub(in crate::cli) fn schema() -> serde_json::Value {
    schemars::generate::SchemaSettings::draft07()
        .into_generator()
        .into_root_schema_for::<Expectations>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_bounds() {
        for (count, n, want) in
            [("3", 3, true), ("'>= 2'", 1, false), ("'>=2'", 2, true), ("'<= 4'", 5, false)]
        {
            let file: Counts = toml::from_str(&format!("claims = {count}")).unwrap();
            assert_eq!(file.claims.unwrap().get_ref().holds(n), Ok(want), "{count} {n}");
        }
        assert!(Count::Bounded("2..".into()).holds(2).is_err());
    }
}
