//! One thing that is wanted of a record, or not: an attribution, claim, quote or source, by what is told of it.
//!
//! Takes an item of the record; returns in what it differs, as [`super::test`] tells. Which are wanted is said in
//! [`super::expect`].

use super::test::{Faults, Test};
use crate::cli::compare::short;
use crate::record::{self, Record};
use crate::vocabulary::{
    AttributionKind, Bound, ClaimKind, Direction, Gender, Mode, QuoteRole, SourceKind, Stance,
};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// A number: 3, ">= 2", "<= 4".
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(untagged)]
pub(super) enum Count {
    Exactly(usize),
    Bounded(String),
}

impl Count {
    /// Whether so many are right, or why the count cannot be read.
    pub(super) fn holds(&self, n: usize) -> std::result::Result<bool, String> {
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
pub(super) struct AttributionWanted {
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
pub(super) struct ClaimWanted {
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
pub(super) struct QuoteWanted {
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
pub(super) struct SourceWanted {
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

/// Something that can be wanted.
pub(super) trait Wanted: Serialize {
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
