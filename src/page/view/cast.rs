//! The cast of an article: each source with what it says.

use super::{confidence, sort};
use crate::page::show::{count, excerpt, name, value};
use crate::record::Record;
use crate::vocabulary::SourceKind;

/// How much of a content the cast repeats, in characters.
const EXCERPT: usize = 180;

/// A source.
pub(super) struct Person {
    pub(super) id: u32,
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) named: bool,
    pub(super) description: String,
    pub(super) mentions: String,
    pub(super) says: Vec<Saying>,
    pub(super) numbers: Vec<Vouched>,
}

/// A statement of a source.
pub(super) struct Saying {
    pub(super) id: u32,
    pub(super) cue: String,
    pub(super) content: String,
    pub(super) sort: String,
    pub(super) rule: String,
    pub(super) confidence: String,
}

/// A number that a source vouches for.
pub(super) struct Vouched {
    pub(super) id: u32,
    pub(super) value: String,
}

/// The sources of a record, those who say most first; those who only are cited by others come last.
pub(super) fn cast(record: &Record) -> Vec<Person> {
    let mut cast: Vec<Person> = record
        .sources
        .iter()
        .map(|source| Person {
            id: source.id,
            name: excerpt(&source.name, 120),
            kind: match source.kind {
                // that is said of it anyway
                SourceKind::Unnamed => String::new(),
                kind => name(kind.word()),
            },
            named: source.named,
            description: source.description.as_ref().map(|d| excerpt(d, 120)).unwrap_or_default(),
            mentions: count(source.mentions.len() as u64),
            says: Vec::new(),
            numbers: Vec::new(),
        })
        .collect();
    for a in &record.attributions {
        let who = a.source.as_ref().and_then(|s| s.refers_to);
        if let Some(person) = who.and_then(|id| cast.get_mut(id as usize)) {
            person.says.push(Saying {
                id: a.id,
                cue: a.cue.as_ref().map(|c| excerpt(&c.text, 60)).unwrap_or_default(),
                content: excerpt(&a.content.text, EXCERPT),
                sort: sort(a),
                rule: excerpt(&a.rule, 60),
                confidence: confidence(a.confidence),
            });
        }
    }
    for claim in &record.claims {
        if let Some(person) = claim.claimant.and_then(|id| cast.get_mut(id as usize)) {
            let value = match &claim.of {
                Some(of) if !of.text.is_empty() => format!("{} {}", value(claim), excerpt(&of.text, 40)),
                _ => value(claim),
            };
            person.numbers.push(Vouched { id: claim.id, value });
        }
    }
    cast.sort_by_key(|p| std::cmp::Reverse((p.says.len(), p.numbers.len())));
    cast
}
