//! Names → entities: which names are one and the same.
//!
//! Takes the [`Name`]s in text order; returns for each the [`Entity`] that it names. Full names first, then what is
//! short for one ([`super::short`]): surname, first name, the end of a body's name, its initials. Leaves nouns and
//! pronouns to [`super::walk`].

use super::entity::{Entities, Entity, EntityId};
use super::name::{Name, is_link};
use super::table::{self, NONE};
use crate::portion::filled;
use crate::span::Span;
use crate::text::key::{ByKey, fold, holds};
use crate::text::{Document, Flags, Token, TokenKind};
use crate::vocabulary::SourceKind;
use std::ops::Range;

/// How many of those who share a word are told apart, the latest.
const NAMESAKES: usize = 64;

/// What is known of an entity's names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Named {
    /// keys of the first and the last word of its fullest name
    pub(super) first_word: u64,
    pub(super) last_word: u64,
    /// place of the first full name
    pub(super) first: u32,
    /// place of the last name seen
    pub(super) last: u32,
}

/// One of the entities that share a word, and the one before.
#[derive(Clone, Copy, Debug)]
struct Namesake {
    entity: u32,
    before: u32,
}

pub(super) struct Clusters<'d, 'a> {
    pub(super) document: &'d Document<'a>,
    pub(super) names: &'d [Name],
    pub(super) entities: &'d mut Entities,
    /// by name, its entity, or [`NONE`]
    of: &'d mut Vec<u32>,
    pub(super) room: &'d mut Room,
}

/// What the names are told apart by.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// by entity
    pub(super) named: Vec<Named>,
    /// by each word that may stand for entities alone, the last of `namesakes`
    by_word: ByKey,
    /// by word, the latest of its namesakes
    latest: Vec<u32>,
    namesakes: Vec<Namesake>,
    /// by entity, the body in whose name its own stands, or [`NONE`]
    holders: Vec<u32>,
    initials: String,
}

/// The entity of each name. Drops the doubtful names that are no one's.
pub(super) fn cluster(
    document: &Document<'_>,
    names: &mut Vec<Name>,
    entities: &mut Entities,
    of: &mut Vec<u32>,
    room: &mut Room,
) {
    entities.clear();
    filled(of, names.len(), NONE);
    room.named.clear();
    room.by_word.reset(table::room(names.len()));
    room.latest.clear();
    room.namesakes.clear();
    let mut c = Clusters { document, names, entities, of, room };
    for (n, name) in c.names.iter().enumerate() {
        if name.tokens.len() > 1 {
            c.full(n);
        }
    }
    c.nest_bodies();
    for named in &mut c.room.named {
        named.last = named.first;
    }
    for (n, name) in c.names.iter().enumerate() {
        match c.room.named.get_mut(c.of[n] as usize) {
            Some(named) => named.last = name.tokens.start,
            None => c.short(n),
        }
    }
    if of.contains(&NONE) {
        let mut kept = of.iter();
        names.retain(|_| kept.next().is_some_and(|&e| e != NONE));
        of.retain(|&e| e != NONE);
    }
}

fn is_body(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::Organisation | SourceKind::Unknown)
}

impl Clusters<'_, '_> {
    pub(super) fn word(&self, i: u32) -> &str {
        self.document.word(i)
    }

    pub(super) fn same(&self, a: u32, b: u32) -> bool {
        self.word(a).eq_ignore_ascii_case(self.word(b))
    }

    /// The word without full stops: "U.N." is "UN".
    pub(super) fn key(&self, i: u32) -> u64 {
        let word = self.document.tokens[i as usize].span;
        if holds(self.document.text, word, b'.') && word.len() > 2 {
            return key_of(&self.word(i).replace('.', ""));
        }
        fold(self.document.text, word)
    }

    /// The entities for which a word may stand, the latest first.
    pub(super) fn namesakes(&self, key: u64) -> impl Iterator<Item = EntityId> {
        let mut at = self.room.by_word.get(key).map_or(NONE, |word| self.room.latest[word]);
        let next = move || {
            let namesake = self.room.namesakes.get(at as usize)?;
            at = namesake.before;
            Some(namesake.entity as EntityId)
        };
        std::iter::from_fn(next).take(NAMESAKES)
    }

    pub(super) fn index(&mut self, key: u64, e: EntityId) {
        let word = self.room.by_word.or_insert(key, self.room.latest.len());
        if word == self.room.latest.len() {
            self.room.latest.push(NONE);
        } else if self.namesakes(key).any(|other| other == e) {
            return;
        }
        let Room { latest, namesakes, .. } = &mut *self.room;
        let before = std::mem::replace(&mut latest[word], namesakes.len() as u32);
        namesakes.push(Namesake { entity: e as u32, before });
    }

    pub(super) fn add(&mut self, n: usize, first_word: u64, last_word: u64) -> EntityId {
        let names = self.names;
        let name = &names[n];
        let mut entity = Entity::new(name.tokens.clone(), name.kind, true);
        entity.gender = name.title_gender.or(name.name_gender);
        entity.listed = name.listed;
        let e = self.entities.push(entity);
        let place = name.tokens.start;
        self.room.named.push(Named { first_word, last_word, first: place, last: place });
        self.of[n] = e as u32;
        e
    }

    pub(super) fn join(&mut self, n: usize, e: EntityId, first_word: u64, last_word: u64) {
        let names = self.names;
        let name = &names[n];
        let entity = &mut self.entities[e];
        entity.gender = entity.gender.or(name.title_gender).or(name.name_gender);
        if entity.kind == SourceKind::Unknown {
            entity.kind = name.kind;
        }
        let fuller = name.tokens.len() > entity.tokens.len()
            && (entity.is_person() || entity.tokens.len() == 1 || entity.kind == SourceKind::Unknown);
        let capitals = |i: u32| self.document.tokens[i as usize].flags.contains(Flags::CAPITALS);
        // a name in capitals gives way to one in plain writing
        let shouted = name.tokens.len() == entity.tokens.len()
            && capitals(entity.tokens.start)
            && !capitals(name.tokens.start);
        let named = &mut self.room.named[e];
        if fuller || shouted {
            entity.tokens = name.tokens.clone();
            (named.first_word, named.last_word) = (first_word, last_word);
        }
        named.last = name.tokens.start;
        self.of[n] = e as u32;
    }

    /// A name of two words or more.
    fn full(&mut self, n: usize) {
        let names = self.names;
        let name = &names[n];
        let (first_word, last_word) = (self.key(name.tokens.start), self.key(name.tokens.end - 1));
        let found = self.namesakes(last_word).find(|&e| self.is_same_full(name, last_word, e));
        let Some(e) = found else {
            let e = self.add(n, first_word, last_word);
            self.index(last_word, e);
            if name.kind != SourceKind::Place {
                self.index(first_word, e);
            }
            if is_body(name.kind) {
                let mut initials = std::mem::take(&mut self.room.initials);
                initials.clear();
                initials.extend(self.initials(&name.tokens));
                if initials.len() > 1 {
                    self.index(key_of(&initials), e);
                }
                self.room.initials = initials;
            }
            return;
        };
        let another = self.room.named[e].first_word != first_word;
        self.join(n, e, first_word, last_word);
        let kind = self.entities[e].kind;
        if another && matches!(kind, SourceKind::Person | SourceKind::Unknown)
            || name.kind == SourceKind::Organisation
        {
            self.index(first_word, e);
        }
    }

    /// The first letters of a name's words with a capital.
    pub(super) fn initials(&self, tokens: &Range<u32>) -> impl Iterator<Item = char> {
        let capitals = tokens.clone().filter(|&i| self.document.tokens[i as usize].is_capital());
        capitals.flat_map(|i| {
            // hardly any word has a hyphen to search for
            let hyphen = holds(self.document.text, self.document.tokens[i as usize].span, b'-');
            self.word(i).splitn(if hyphen { usize::MAX } else { 1 }, '-').filter_map(|p| p.chars().next())
        })
    }

    fn is_same_full(&self, name: &Name, last_word: u64, e: EntityId) -> bool {
        let entity = &self.entities[e];
        let (a, b) = (name.tokens.clone(), entity.tokens.clone());
        if b.len() < 2 || last_word != self.room.named[e].last_word || !self.same(a.end - 1, b.end - 1) {
            return false;
        }
        let persons = name.kind == SourceKind::Person && entity.is_person();
        if persons {
            return self.is_first_name_of(a.start, b.start)
                && !matches!((name.title_gender, entity.gender), (Some(x), Some(y)) if x != y);
        }
        // the 6th Circuit is not the 9th
        let telling = |t: &Token| t.is_capital() || t.kind == TokenKind::Number;
        let words = |r: Range<u32>| r.filter(|&i| telling(&self.document.tokens[i as usize]));
        words(a.clone()).count() == words(b.clone()).count()
            && words(a).zip(words(b)).all(|(x, y)| self.same(x, y))
    }

    /// Equal, an initial of the other, or the start of it: Rob and Robert.
    fn is_first_name_of(&self, a: u32, b: u32) -> bool {
        let (a, b) = (self.word(a), self.word(b));
        if a.eq_ignore_ascii_case(b) {
            return true;
        }
        let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
        let stem = short.trim_end_matches('.');
        let initial = stem.chars().count() == 1 && short.len() != stem.len();
        (initial || stem.len() > 2) && long.get(..stem.len()).is_some_and(|l| l.eq_ignore_ascii_case(stem))
    }

    /// "Harbour Council" where the article has "Lindmark Harbour Council": the end of a body's name stands for it.
    fn nest_bodies(&mut self) {
        let mut holders = std::mem::take(&mut self.room.holders);
        holders.clear();
        holders.extend((0..self.entities.len()).map(|e| self.holder(e).map_or(NONE, |holder| holder as u32)));
        if holders.iter().any(|&holder| holder != NONE) {
            // each goes over to its holder in its turn, with those that came over to it before
            for e in (0..holders.len()).rev() {
                let holder = holders[e];
                holders[e] = match holder as usize {
                    _ if holder == NONE => e as u32,
                    later if later > e => holders[later],
                    _ => holder,
                };
            }
            for of in self.of.iter_mut().filter(|of| **of != NONE) {
                *of = holders[*of as usize];
            }
        }
        self.room.holders = holders;
    }

    /// The first body whose name ends in the whole name of another.
    fn holder(&self, short: EntityId) -> Option<EntityId> {
        let entity = &self.entities[short];
        if !is_body(entity.kind) {
            return None;
        }
        let tokens = entity.tokens.clone();
        let holds = |&long: &EntityId| {
            let t = &self.entities[long].tokens;
            is_body(self.entities[long].kind)
                && t.len() > tokens.len()
                && tokens.clone().rev().zip(t.clone().rev()).all(|(x, y)| self.same(x, y))
                && !is_link(self.document, t.end - tokens.len() as u32 - 1)
        };
        self.namesakes(self.room.named[short].last_word).filter(holds).last()
    }
}

/// The key of a word that does not stand in the text.
fn key_of(word: &str) -> u64 {
    fold(word, Span::new(0, word.len() as u32))
}
