//! `NAME.expect.toml`: what must be found in an article, what must not, and how many of each; for those who do not want
//! to hold whole records.
//!
//! Takes the file and the record; returns what is not so, with what comes nearest. Words match where they stand whole
//! in the record's, in any case, with any white space and either sort of quotation mark.

use crate::cli::compare::short;
use crate::error::{Error, Result};
use crate::record::{self, Record};
use crate::vocabulary::{
    AttributionKind, Bound, ClaimKind, Direction, Gender, Mode, QuoteRole, SourceKind, Stance,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;
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

/// A number: 3, ">= 2", "<= 4".
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
enum Count {
    Exactly(usize),
    Bounded(String),
}

impl Count {
    /// Whether so many are right, or why the count cannot be read.
    fn holds(&self, n: usize) -> std::result::Result<bool, String> {
        let Self::Bounded(text) = self else { return Ok(matches!(self, Self::Exactly(m) if *m == n)) };
        let (at_least, rest) = match (text.strip_prefix(">="), text.strip_prefix("<=")) {
            (Some(rest), _) => (true, rest),
            (_, Some(rest)) => (false, rest),
            _ => return Err(format!("{text:?} is no count; write 3, \">= 2\" or \"<= 4\"")),
        };
        let bound: usize =
            rest.trim().parse().map_err(|_| format!("{text:?} is no count; write \">= 2\""))?;
        Ok(if at_least { n >= bound } else { n <= bound })
    }
}

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Exactly(n) => write!(f, "{n}"),
            Self::Bounded(text) => f.write_str(text),
        }
    }
}

/// An attribution; what is not given may be anything.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Attribution")]
struct AttributionWanted {
    /// Words of its source: as mentioned here, or of the name that the article knows it by.
    source: Option<String>,
    /// Whether it has a source at all.
    sourced: Option<bool>,
    /// The cue's dictionary form, or words of it.
    cue: Option<String>,
    /// Words of its content.
    content: Option<String>,
    mode: Option<Mode>,
    kind: Option<AttributionKind>,
    stance: Option<Stance>,
    negated: Option<bool>,
    /// Words of whom it is said to.
    addressee: Option<String>,
    /// Words of the name of the further source that the source cites.
    relay: Option<String>,
    /// Id of the rule that must have found it.
    rule: Option<String>,
    /// How many such there must be; without it, one at least.
    #[serde(skip_serializing)]
    count: Option<Count>,
}

/// A claim; what is not given may be anything.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Claim")]
struct ClaimWanted {
    /// Its number, in full: 10000.
    value: Option<f64>,
    /// The lower end of a range.
    low: Option<f64>,
    /// The upper end of a range.
    high: Option<f64>,
    bound: Option<Bound>,
    kind: Option<ClaimKind>,
    /// The unit as the record writes it: "USD", "mile", "%".
    unit: Option<String>,
    per: Option<String>,
    /// Words of the thing counted or measured.
    of: Option<String>,
    /// Words of the time that it speaks of.
    when: Option<String>,
    /// Words of the name of the source that vouches for it.
    claimant: Option<String>,
    /// Whether any source vouches for it, rather than the article itself.
    claimed: Option<bool>,
    /// Which way it moved.
    direction: Option<Direction>,
    negated: Option<bool>,
    /// Words of the claim as it is written.
    text: Option<String>,
    /// Id of the rule that must have found it.
    rule: Option<String>,
    /// How many such there must be; without it, one at least.
    #[serde(skip_serializing)]
    count: Option<Count>,
}

/// A quote; what is not given may be anything.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Quote")]
struct QuoteWanted {
    /// Words of it.
    text: Option<String>,
    role: Option<QuoteRole>,
    /// Words of the source whose attribution holds it.
    source: Option<String>,
    /// Whether its closing mark stands.
    closed: Option<bool>,
    /// How many such there must be; without it, one at least.
    #[serde(skip_serializing)]
    count: Option<Count>,
}

/// A source; what is not given may be anything.
#[derive(Debug, Default, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
#[schemars(rename = "Source")]
struct SourceWanted {
    /// Words of its name.
    name: Option<String>,
    kind: Option<SourceKind>,
    named: Option<bool>,
    gender: Option<Gender>,
    /// Words of its description.
    description: Option<String>,
    /// How many such there must be; without it, one at least.
    #[serde(skip_serializing)]
    count: Option<Count>,
}

/// Which fields of an item are not as wanted: key, and what stands there.
type Faults = Vec<(&'static str, String)>;

/// Something that can be wanted.
trait Wanted: Serialize {
    /// What it is called.
    const NOUN: &'static str;
    type Item;
    fn items(record: &Record) -> &[Self::Item];
    fn faults(&self, item: &Self::Item, record: &Record) -> Faults;
    fn label(item: &Self::Item) -> String;
    fn count(&self) -> Option<&Count>;

    /// What is wanted, in words.
    fn wish(&self) -> String {
        let mut words = Self::NOUN.to_owned();
        let fields = serde_json::to_value(self).unwrap_or_default();
        let given = fields.as_object().into_iter().flatten().filter(|(_, value)| !value.is_null());
        let mut given: Vec<_> = given.collect();
        given.sort_by_key(|(key, _)| *key);
        for (i, (key, value)) in given.into_iter().enumerate() {
            let value = match value {
                serde_json::Value::String(text) => format!("“{text}”"),
                serde_json::Value::Number(n) => n.as_f64().unwrap_or_default().to_string(),
                value => value.to_string(),
            };
            let _ = write!(words, "{} {key} {value}", if i == 0 { " with" } else { "," });
        }
        words
    }
}

/// Collects what is not as wanted.
#[derive(Default)]
struct Test(Faults);

impl Test {
    /// Words that must stand in one of some texts.
    fn words(&mut self, key: &'static str, want: Option<&String>, texts: &[Option<&str>]) {
        let Some(want) = want else { return };
        if !texts.iter().flatten().any(|text| stands(want, text)) {
            let found = texts.iter().flatten().next().map(|text| format!("“{}”", short(text)));
            self.0.push((key, found.unwrap_or_else(|| "none".to_owned())));
        }
    }

    fn same<T: PartialEq + Serialize + Copy>(
        &mut self,
        key: &'static str,
        want: Option<T>,
        found: Option<T>,
    ) {
        if want.is_some() && want != found {
            let found = serde_json::to_value(found).unwrap_or_default();
            let found = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
            self.0.push((key, if found == "null" { "none".to_owned() } else { found }));
        }
    }

    fn text(&mut self, key: &'static str, want: Option<&String>, found: Option<&str>) {
        if want.is_some_and(|want| Some(want.as_str()) != found) {
            self.0.push((key, found.map_or_else(|| "none".to_owned(), |found| format!("“{found}”"))));
        }
    }

    fn number(&mut self, key: &'static str, want: Option<f64>, found: Option<f64>) {
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
        if want.is_some_and(|want| !found.is_some_and(|found| near(want, found))) {
            self.0.push((key, found.map_or_else(|| "none".to_owned(), |n| n.to_string())));
        }
    }
}

/// Small letters, plain quotation marks, single spaces.
fn plain(text: &str) -> String {
    let straight = |c: char| match c {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        c => c,
    };
    let text: String = text.chars().map(straight).flat_map(char::to_lowercase).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether words stand whole within a text.
fn stands(words: &str, text: &str) -> bool {
    let (words, text) = (plain(words), plain(text));
    let edge = |c: Option<char>, inner: Option<char>| {
        !(c.is_some_and(char::is_alphanumeric) && inner.is_some_and(char::is_alphanumeric))
    };
    text.match_indices(&words).any(|(at, _)| {
        edge(text[..at].chars().next_back(), words.chars().next())
            && edge(text[at + words.len()..].chars().next(), words.chars().next_back())
    })
}

fn source(id: Option<u32>, record: &Record) -> Option<&str> {
    id.and_then(|id| record.sources.get(id as usize)).map(|s| s.name.as_str())
}

impl Wanted for AttributionWanted {
    const NOUN: &'static str = "attribution";
    type Item = record::Attribution;

    fn items(record: &Record) -> &[Self::Item] {
        &record.attributions
    }

    fn faults(&self, a: &Self::Item, record: &Record) -> Faults {
        let mut test = Test::default();
        let (mention, cue) = (a.source.as_ref(), a.cue.as_ref());
        let texts = [mention.map(|s| s.text.as_str()), source(mention.and_then(|s| s.refers_to), record)];
        test.words("source", self.source.as_ref(), &texts);
        test.same("sourced", self.sourced, Some(mention.is_some()));
        test.words("cue", self.cue.as_ref(), &[cue.map(|c| c.text.as_str()), cue.map(|c| c.lemma.as_str())]);
        test.words("content", self.content.as_ref(), &[Some(a.content.text.as_str())]);
        test.same("mode", self.mode, Some(a.mode));
        test.same("kind", self.kind, Some(a.kind));
        test.same("stance", self.stance, cue.map(|c| c.stance));
        test.same("negated", self.negated, Some(cue.is_some_and(|c| c.negated)));
        test.words("addressee", self.addressee.as_ref(), &[a.addressee.as_ref().map(|to| to.text.as_str())]);
        test.words("relay", self.relay.as_ref(), &[source(a.relay, record)]);
        test.text("rule", self.rule.as_ref(), Some(&a.rule));
        test.0
    }

    fn label(a: &Self::Item) -> String {
        let who = a.source.as_ref().map_or("(no source)", |s| &s.text);
        format!("{} · {}", short(who), short(&a.content.text))
    }

    fn count(&self) -> Option<&Count> {
        self.count.as_ref()
    }
}

impl Wanted for ClaimWanted {
    const NOUN: &'static str = "claim";
    type Item = record::Claim;

    fn items(record: &Record) -> &[Self::Item] {
        &record.claims
    }

    fn faults(&self, c: &Self::Item, record: &Record) -> Faults {
        let mut test = Test::default();
        test.number("value", self.value, c.value);
        test.number("low", self.low, c.low);
        test.number("high", self.high, c.high);
        test.same("bound", self.bound, Some(c.bound));
        test.same("kind", self.kind, Some(c.kind));
        test.text("unit", self.unit.as_ref(), Some(&c.unit));
        test.text("per", self.per.as_ref(), c.per.as_deref());
        test.words("of", self.of.as_ref(), &[c.of.as_ref().map(|of| of.text.as_str())]);
        test.words("when", self.when.as_ref(), &[c.when.as_ref().map(|when| when.text.as_str())]);
        // whoever the mention calls otherwise is meant by the name or by the words of the attribution
        let mention = c.attribution.and_then(|id| record.attributions.get(id as usize));
        let mention = mention.and_then(|a| a.source.as_ref()).filter(|s| s.refers_to == c.claimant);
        let texts = [source(c.claimant, record), mention.map(|s| s.text.as_str())];
        test.words("claimant", self.claimant.as_ref(), &texts);
        test.same("claimed", self.claimed, Some(c.claimant.is_some()));
        test.same("direction", self.direction, c.change.map(|c| c.direction));
        test.same("negated", self.negated, Some(c.negated));
        test.words("text", self.text.as_ref(), &[Some(c.text.as_str())]);
        test.text("rule", self.rule.as_ref(), Some(&c.rule));
        test.0
    }

    fn label(c: &Self::Item) -> String {
        short(&c.text)
    }

    fn count(&self) -> Option<&Count> {
        self.count.as_ref()
    }
}

impl Wanted for QuoteWanted {
    const NOUN: &'static str = "quote";
    type Item = record::Quote;

    fn items(record: &Record) -> &[Self::Item] {
        &record.quotes
    }

    fn faults(&self, q: &Self::Item, record: &Record) -> Faults {
        let mut test = Test::default();
        test.words("text", self.text.as_ref(), &[Some(q.text.as_str())]);
        test.same("role", self.role, Some(q.role));
        let said = q.attribution.and_then(|id| record.attributions.get(id as usize));
        let mention = said.and_then(|a| a.source.as_ref());
        let texts = [mention.map(|s| s.text.as_str()), source(mention.and_then(|s| s.refers_to), record)];
        test.words("source", self.source.as_ref(), &texts);
        test.same("closed", self.closed, Some(q.closed));
        test.0
    }

    fn label(q: &Self::Item) -> String {
        short(&q.text)
    }

    fn count(&self) -> Option<&Count> {
        self.count.as_ref()
    }
}

impl Wanted for SourceWanted {
    const NOUN: &'static str = "source";
    type Item = record::Source;

    fn items(record: &Record) -> &[Self::Item] {
        &record.sources
    }

    fn faults(&self, s: &Self::Item, _: &Record) -> Faults {
        let mut test = Test::default();
        test.words("name", self.name.as_ref(), &[Some(s.name.as_str())]);
        test.same("kind", self.kind, Some(s.kind));
        test.same("named", self.named, Some(s.named));
        test.same("gender", self.gender, s.gender);
        test.words("description", self.description.as_ref(), &[s.description.as_deref()]);
        test.0
    }

    fn label(s: &Self::Item) -> String {
        short(&s.name)
    }

    fn count(&self) -> Option<&Count> {
        self.count.as_ref()
    }
}

impl Expectations {
    /// Reads a file of expectations.
    ///
    /// # Errors
    /// Names file and line, and the keys there are where one is unknown.
    pub(super) fn read(path: &Path) -> Result<Self> {
        let text = std::fs::read_to_string(path)
            .map_err(|e| Error::input(format!("cannot be read ({e})")).in_file(path))?;
        let read = toml::from_str::<Self>(&text).map_err(|e| {
            let at = line(&text, e.span().map_or(0, |s| s.start));
            let message = format!("{}; `onrecord schema expect` has what may stand here", e.message().trim());
            Error::input(message).in_file(path).at_line(at)
        })?;
        Ok(Self { text, ..read })
    }

    /// What is not as expected.
    pub(super) fn unmet(&self, record: &Record, file: &Path) -> Vec<Unmet> {
        let mut unmet = Vec::new();
        let mut tell = |at: usize, message: String, nearest: Vec<String>| {
            unmet.push(Unmet { file: file.to_owned(), line: line(&self.text, at), message, nearest });
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

fn line(text: &str, offset: usize) -> usize {
    1 + text.as_bytes()[..offset.min(text.len())].iter().filter(|b| **b == b'\n').count()
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
    fn words_stand_whole() {
        for (words, text, want) in [
            ("diplomat", "A Western Diplomat", true),
            ("plom", "a diplomat", false),
            ("don't  go", "“Don’t\ngo,” he said", true),
            ("10", "100", false),
            ("$5", "for $5 each", true),
            ("", "x", true),
        ] {
            assert_eq!(stands(words, text), want, "{words}");
        }
    }

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
