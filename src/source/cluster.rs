//! Names → entities: which names are one and the same.
//!
//! Takes the [`Name`]s in text order; returns for each the [`Entity`] that it names. Full names first, then what is
//! short for one: surname, first name, the end of a body's name, its initials. Leaves nouns and pronouns to
//! [`super::discourse`].

use super::name::{Name, fold, is_link};
use crate::lexicon::Classes;
use crate::span::Span;
use crate::text::{Document, Flags};
use crate::vocabulary::{Gender, SourceKind};
use rustc_hash::FxHashMap;
use std::ops::Range;

/// Position among the article's entities.
pub(super) type EntityId = usize;

/// Someone or something that the article speaks of.
#[derive(Clone, Debug)]
pub(super) struct Entity {
    /// the tokens of its fullest name or of its noun phrase
    pub(super) tokens: Range<u32>,
    pub(super) kind: SourceKind,
    pub(super) named: bool,
    pub(super) plural: bool,
    pub(super) gender: Option<Gender>,
    /// head nouns of what the article calls it
    pub(super) roles: Vec<u32>,
    pub(super) description: Option<Span>,
    /// those whom a coordination joins
    pub(super) members: Vec<EntityId>,
    /// the lexicon has its name
    pub(super) listed: bool,
    /// "a report": brought up as something new
    pub(super) introduced: bool,
    /// names of it that stood alone as a surname
    pub(super) short: u32,
}

impl Entity {
    pub(super) fn new(tokens: Range<u32>, kind: SourceKind, named: bool) -> Self {
        Self {
            tokens,
            kind,
            named,
            plural: false,
            gender: None,
            roles: Vec::new(),
            description: None,
            members: Vec::new(),
            short: 0,
            introduced: false,
            listed: false,
        }
    }

    pub(super) fn is_person(&self) -> bool {
        self.kind == SourceKind::Person
    }
}

/// How far back, in tokens, a full name still makes its bearer the one whom the surname alone means.
const NEAR: u32 = 80;

/// How far back the full name of a body may stand that "the Council" takes up.
const TAKEN_UP: u32 = 400;

struct Clusters<'d, 'a> {
    document: &'d Document<'a>,
    names: &'d [Name],
    entities: Vec<Entity>,
    of: Vec<Option<EntityId>>,
    /// entities by each word that may stand for them alone
    by_word: FxHashMap<u64, Vec<EntityId>>,
    /// place of the last name seen, by entity
    last: Vec<u32>,
    /// place of the first full name, by entity
    first: Vec<u32>,
}

/// The entity of each name. Drops the doubtful names that are no one's.
pub(super) fn cluster(
    document: &Document<'_>,
    mut names: Vec<Name>,
) -> (Vec<Entity>, Vec<Name>, Vec<EntityId>) {
    let mut c = Clusters {
        document,
        names: &names,
        entities: Vec::new(),
        of: vec![None; names.len()],
        by_word: FxHashMap::default(),
        last: Vec::new(),
        first: Vec::new(),
    };
    for (n, name) in names.iter().enumerate() {
        if name.tokens.len() > 1 {
            c.full(n);
        }
    }
    c.nest_bodies();
    c.last.clone_from(&c.first);
    for (n, name) in names.iter().enumerate() {
        match c.of[n] {
            Some(e) => c.last[e] = name.tokens.start,
            None => c.short(n),
        }
    }
    let Clusters { entities, of, .. } = c;
    let mut kept = of.iter();
    names.retain(|_| kept.next().is_some_and(Option::is_some));
    (entities, names, of.into_iter().flatten().collect())
}

fn is_body(kind: SourceKind) -> bool {
    matches!(kind, SourceKind::Organisation | SourceKind::Unknown)
}

impl Clusters<'_, '_> {
    fn word(&self, i: u32) -> &str {
        self.document.word(i)
    }

    fn same(&self, a: u32, b: u32) -> bool {
        self.word(a).eq_ignore_ascii_case(self.word(b))
    }

    /// The word without full stops: "U.N." is "UN".
    fn key(&self, i: u32) -> u64 {
        let word = self.word(i);
        if word.contains('.') && word.len() > 2 { fold(&word.replace('.', "")) } else { fold(word) }
    }

    fn index(&mut self, i: u32, e: EntityId) {
        let key = self.key(i);
        let list = self.by_word.entry(key).or_default();
        if !list.contains(&e) {
            list.push(e);
        }
    }

    fn add(&mut self, n: usize) -> EntityId {
        let name = &self.names[n];
        let e = self.entities.len();
        let mut entity = Entity::new(name.tokens.clone(), name.kind, true);
        entity.gender = name.title_gender.or(name.name_gender);
        entity.listed = name.listed;
        self.entities.push(entity);
        self.last.push(name.tokens.start);
        self.first.push(name.tokens.start);
        self.of[n] = Some(e);
        e
    }

    fn join(&mut self, n: usize, e: EntityId) {
        let name = &self.names[n];
        let entity = &mut self.entities[e];
        entity.gender = entity.gender.or(name.title_gender).or(name.name_gender);
        if entity.kind == SourceKind::Unknown {
            entity.kind = name.kind;
        }
        let fuller = name.tokens.len() > entity.tokens.len()
            && (entity.is_person() || entity.tokens.len() == 1 || entity.kind == SourceKind::Unknown);
        // a name in capitals gives way to one in plain writing
        let shouted = name.tokens.len() == entity.tokens.len()
            && self.document.tokens[entity.tokens.start as usize].flags.contains(Flags::CAPITALS)
            && !self.document.tokens[name.tokens.start as usize].flags.contains(Flags::CAPITALS);
        if fuller || shouted {
            entity.tokens = name.tokens.clone();
        }
        self.of[n] = Some(e);
        self.last[e] = name.tokens.start;
    }

    /// A name of two words or more.
    fn full(&mut self, n: usize) {
        let name = self.names[n].clone();
        let last = name.tokens.end - 1;
        let found = self
            .by_word
            .get(&self.key(last))
            .and_then(|list| list.iter().copied().rev().find(|&e| self.is_same_full(&name, e)));
        let e = match found {
            Some(e) => {
                self.join(n, e);
                e
            }
            None => self.add(n),
        };
        self.index(last, e);
        if self.entities[e].is_person()
            || self.entities[e].kind == SourceKind::Unknown
            || name.kind == SourceKind::Organisation
        {
            self.index(name.tokens.start, e);
        }
        if is_body(self.entities[e].kind) {
            let initials = self.initials(&name.tokens);
            if initials.len() > 1 {
                let list = self.by_word.entry(fold(&initials)).or_default();
                if !list.contains(&e) {
                    list.push(e);
                }
            }
        }
    }

    fn initials(&self, tokens: &Range<u32>) -> String {
        tokens
            .clone()
            .filter(|&i| self.document.tokens[i as usize].is_capital())
            .flat_map(|i| self.word(i).split('-').filter_map(|p| p.chars().next()))
            .collect()
    }

    fn is_same_full(&self, name: &Name, e: EntityId) -> bool {
        let entity = &self.entities[e];
        let (a, b) = (name.tokens.clone(), entity.tokens.clone());
        if b.len() < 2 || !self.same(a.end - 1, b.end - 1) {
            return false;
        }
        let persons = name.kind == SourceKind::Person && entity.is_person();
        if persons {
            return self.is_first_name_of(a.start, b.start)
                && !matches!((name.title_gender, entity.gender), (Some(x), Some(y)) if x != y);
        }
        let words = |r: Range<u32>| r.filter(|&i| self.document.tokens[i as usize].is_capital());
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
        for short in 0..self.entities.len() {
            let entity = &self.entities[short];
            if !is_body(entity.kind) {
                continue;
            }
            let tokens = entity.tokens.clone();
            let long = self.by_word.get(&self.key(tokens.end - 1)).and_then(|list| {
                list.iter().copied().find(|&l| {
                    let t = &self.entities[l].tokens;
                    is_body(self.entities[l].kind)
                        && t.len() > tokens.len()
                        && tokens.clone().rev().zip(t.clone().rev()).all(|(x, y)| self.same(x, y))
                        && !is_link(self.document, t.end - tokens.len() as u32 - 1)
                })
            });
            if let Some(long) = long {
                for of in self.of.iter_mut().filter(|of| **of == Some(short)) {
                    *of = Some(long);
                }
            }
        }
    }

    /// A name of one word.
    fn short(&mut self, n: usize) {
        let name = self.names[n].clone();
        let at = name.tokens.start;
        let mut candidates = self.by_word.get(&self.key(at)).cloned().unwrap_or_default();
        if candidates.is_empty() {
            candidates.extend(self.speaker_by_initials(at));
        }
        let mut best: Option<(i64, EntityId)> = None;
        for e in candidates {
            if let Some(score) = self.short_for(&name, e)
                && best.is_none_or(|(s, _)| score > s)
            {
                best = Some((score, e));
            }
        }
        match best {
            Some((_, e)) => {
                self.join(n, e);
                self.entities[e].short += 1;
            }
            None if name.doubtful => {}
            None => {
                let e = self.add(n);
                self.index(at, e);
            }
        }
    }

    /// "AB: …" in an interview with Ana Brandt: the one person who has the initials that label a turn.
    fn speaker_by_initials(&self, at: u32) -> Option<EntityId> {
        let token = &self.document.tokens[at as usize];
        let sentence = &self.document.sentences[self.document.sentence_of(at).index()];
        let label = self.document.blocks[sentence.block.index()].label;
        if !token.flags.contains(Flags::CAPITALS) || !label.contains(token.span) {
            return None;
        }
        let bears = |e: &EntityId| {
            let entity = &self.entities[*e];
            entity.is_person() && self.initials(&entity.tokens) == self.word(at)
        };
        let mut bearers = (0..self.entities.len()).filter(bears);
        bearers.next().filter(|_| bearers.next().is_none())
    }

    /// How well a name of one word stands for an entity; none if it cannot.
    fn short_for(&self, name: &Name, e: EntityId) -> Option<i64> {
        let entity = &self.entities[e];
        let at = name.tokens.start;
        let token = &self.document.tokens[at as usize];
        let tokens = entity.tokens.clone();
        let labelled = token.flags.contains(Flags::CAPITALS)
            && tokens.len() > 1
            && entity.is_person()
            && self.initials(&tokens) == self.word(at);
        let surname = labelled || self.same(at, tokens.end - 1) || self.key(at) == self.key(tokens.end - 1);
        let first = !surname && tokens.len() > 1 && self.same(at, tokens.start);
        if matches!((name.title_gender, entity.gender), (Some(x), Some(y)) if x != y) {
            return None;
        }
        if name.doubtful && !(surname && entity.is_person() && tokens.len() > 1) {
            return None;
        }
        if name.titled && !surname {
            return None;
        }
        if tokens.len() > 1 {
            match entity.kind {
                // a place's name within a body's name does not stand for the body
                SourceKind::Organisation if first || surname => {
                    let outlet = token.is(Classes::OUTLET);
                    let common = token.word.is_known() && !outlet;
                    // "the Committee", spoken of a moment before by its full name
                    let before = at
                        .checked_sub(1)
                        .is_some_and(|b| self.document.tokens[b as usize].is(Classes::DEFINITE));
                    // "the House" is not the White House, which has a name of its own
                    let taken_up = common
                        && before
                        && !entity.listed
                        && surname
                        && token.is(Classes::ORGANISATION | Classes::PUBLISHER)
                        && self.last[e] < at
                        && at - self.last[e] < TAKEN_UP;
                    if taken_up {
                        return Some(500 - i64::from(at - self.last[e]));
                    }
                    if common || name.kind == SourceKind::Person || surname && !outlet && tokens.len() > 3 {
                        return None;
                    }
                }
                SourceKind::Place if first || surname => return None,
                SourceKind::Person
                    if first
                        && (name.kind == SourceKind::Place || name.modifier && token.is(Classes::PLACE)) =>
                {
                    return None;
                }
                SourceKind::Person if token.is(Classes::PLACE) && !name.titled && !surname => return None,
                _ => {}
            }
        }
        let before = self.last[e] <= at;
        let gap = i64::from(at.abs_diff(self.last[e]));
        let full_near = self.first[e] <= at && at - self.first[e] < NEAR;
        let mut score = if before { 1_000 } else { 0 };
        score += 40 * i64::from(entity.short.min(8));
        score -= gap.min(900) / 2;
        score += if surname { 200 } else { 0 };
        score += if full_near && before { 60 } else { 0 };
        Some(score)
    }
}
