//! Mentions → the article's cast: who "he" is, which names are one person, who stays unnamed.
//!
//! Takes document, quotes and attributions. Returns the [`Cast`]; changes none of them.

mod cluster;
mod describe;
mod name;
mod phrase;
mod pronoun;
mod role;
mod walk;

use self::cluster::Entity;
use self::describe::{Appositions, Describer};
use self::phrase::Phrases;
use self::pronoun::Discourse;
use self::role::Roles;
use self::walk::{Asked, Walker};
use crate::attribution::Attribution;
use crate::lexicon::Lexicon;
use crate::quote::Quote;
use crate::rule::Rule;
use crate::span::{SourceId, Span};
use crate::text::Document;
use crate::vocabulary::{Gender, SourceKind};
use rustc_hash::FxHashMap;

/// Someone or something that is cited.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The fullest name in the article, without title; for the unnamed, the noun phrase.
    pub name: String,
    /// What it is.
    pub kind: SourceKind,
    /// Whether the article names it.
    pub named: bool,
    /// Gender, where the article tells.
    pub gender: Option<Gender>,
    /// Title, office or apposition.
    pub description: Option<String>,
    /// In text order.
    pub mentions: Vec<Span>,
}

/// The article's sources, and who each attribution's mention refers to.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    /// By first mention.
    pub sources: Vec<Source>,
    /// For each attribution, whom its source mention refers to; none where it has no mention or it stays open.
    pub speakers: Vec<Option<SourceId>>,
    /// For each attribution, whom its relay mention refers to.
    pub relays: Vec<Option<SourceId>>,
}

/// The rules by which sources are found.
pub const RULES: &[Rule] = &[];

/// The name of the author of an article, where it says "I".
pub const AUTHOR: &str = "AUTHOR";

/// Resolves every mention of an article's attributions.
pub fn resolve(
    document: &Document<'_>,
    quotes: &[Quote],
    attributions: &[Attribution],
    lexicon: &Lexicon,
) -> Cast {
    let mut cast = Cast {
        sources: Vec::new(),
        speakers: vec![None; attributions.len()],
        relays: vec![None; attributions.len()],
    };
    if attributions.iter().all(|a| a.source.is_none() && a.relay.is_none()) {
        return cast;
    }
    let names = name::find(document, lexicon);
    let (mut entities, names, of) = cluster::cluster(document, names);
    let phrases = Phrases { document, names: &names };
    let appositions =
        Describer { phrases, of: &of, entities: &mut entities, appositions: Appositions::default() }.run();

    let mut list = Vec::new();
    let mut asked: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
    let mut relay = Vec::new();
    for (a, attribution) in attributions.iter().enumerate() {
        for (mention, is_relay) in [(attribution.source, false), (attribution.relay, true)] {
            let Some(mention) = mention else { continue };
            let Some(reading) = phrases.read(document.tokens_in(mention.span), mention.head) else {
                continue;
            };
            asked.entry(reading.answered_at(&names)).or_default().push(list.len());
            list.push(Asked { attribution: a, reading });
            relay.push(is_relay);
        }
    }
    let mut walker = Walker {
        phrases,
        quotes,
        attributions,
        of,
        entities,
        appositions,
        discourse: Discourse::default(),
        roles: Roles::default(),
        asked,
        answers: vec![None; list.len()],
        list,
        first_persons: Vec::new(),
        here: FxHashMap::default(),
        author: None,
    };
    walker.run();
    let Walker { entities, answers, list, .. } = walker;
    cast.fill(phrases, &entities, &answers, &list, &relay);
    cast
}

impl Cast {
    /// Keeps those who are cited, by first mention.
    fn fill(
        &mut self,
        phrases: Phrases<'_, '_>,
        entities: &[Entity],
        answers: &[Option<usize>],
        list: &[Asked],
        relay: &[bool],
    ) {
        let mut cited: Vec<usize> = answers.iter().flatten().copied().collect();
        cited.sort_unstable();
        cited.dedup();
        let first = |e: usize| entities[e].mentions.iter().map(|m| (m.start, m.end)).min();
        cited.sort_by_key(|&e| first(e));
        self.sources = cited.iter().map(|&e| source(phrases, entities, e)).collect();
        let id: FxHashMap<usize, SourceId> =
            cited.iter().enumerate().map(|(i, &e)| (e, SourceId::from(i))).collect();
        for (q, asked) in list.iter().enumerate() {
            let to = if relay[q] { &mut self.relays } else { &mut self.speakers };
            to[asked.attribution] = answers[q].map(|e| id[&e]);
        }
    }
}

/// What the record says of an entity.
fn source(phrases: Phrases<'_, '_>, entities: &[Entity], e: usize) -> Source {
    let entity = &entities[e];
    let text = |tokens: std::ops::Range<u32>| phrases.document.span(tokens).of(phrases.document.text);
    let name = if entity.kind == SourceKind::Author {
        AUTHOR.to_owned()
    } else if entity.members.len() > 1 {
        let names: Vec<&str> = entity.members.iter().map(|&m| text(entities[m].tokens.clone())).collect();
        let (last, others) = names.split_last().unwrap_or((&"", &[]));
        format!("{} and {last}", others.join(", "))
    } else {
        // line breaks and doubled spaces are the article's, not the name's
        text(entity.tokens.clone()).split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let kind = match entity.kind {
        // a country or city that says something is its government
        SourceKind::Place => SourceKind::Organisation,
        kind => kind,
    };
    let mut mentions = entity.mentions.clone();
    mentions.sort_unstable();
    mentions.dedup();
    Source {
        name,
        kind,
        named: entity.named,
        gender: entity.gender.filter(|_| matches!(kind, SourceKind::Person | SourceKind::Unnamed)),
        description: entity.description.map(|d| d.of(phrases.document.text).to_owned()),
        mentions,
    }
}
