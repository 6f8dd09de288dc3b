//! Nouns: which of those already spoken of "the spokeswoman", "the agency" or "the report" is, and who is new.
//!
//! Takes a noun with its phrase and the discourse so far; returns an entity, old or new. One who is not named keeps
//! the noun phrase as a name, and is kept apart from others.

use super::cluster::{Entity, EntityId};
use super::name::{fold, gender};
use super::phrase::Phrases;
use super::pronoun::{Agreement, Discourse, Place};
use crate::lexicon::Classes;
use crate::text::Tag;
use crate::vocabulary::SourceKind;
use rustc_hash::FxHashMap;
use std::ops::Range;

const PEOPLE: Classes = Classes::OFFICE
    .union(Classes::KIN)
    .union(Classes::PERSON)
    .union(Classes::ANONYMOUS)
    .union(Classes::GROUP);

/// The roles of the article so far.
#[derive(Debug, Default)]
pub(super) struct Roles {
    /// entities by head noun, in the order of mention
    by_head: FxHashMap<u64, Vec<EntityId>>,
    /// bodies by the nouns in their names, the latest of each
    by_name: FxHashMap<u64, EntityId>,
    /// by noun, the one whom the article presents by it and "the"; none where it presents several
    coming: FxHashMap<u64, Option<EntityId>>,
    /// entities by whole phrase
    by_phrase: FxHashMap<u64, EntityId>,
}

/// By how much a person must lead the field to be taken for "the candidate".
const LEAD: f32 = 0.25;

/// How many bearers of one role are looked at.
const BEARERS: usize = 12;

impl Roles {
    /// Of the nouns in apposition to names those that "the" alone stands before.
    pub(super) fn new(phrases: Phrases<'_, '_>, appositions: impl Iterator<Item = (u32, EntityId)>) -> Self {
        let mut roles = Self::default();
        for (head, e) in appositions {
            if head > 0 && phrases.token(head - 1).is(Classes::DEFINITE) {
                let coming = roles.coming.entry(fold(phrases.document.word(head))).or_insert(Some(e));
                *coming = coming.filter(|&other| other == e);
            }
        }
        roles
    }

    /// Notes that an entity goes by a noun.
    pub(super) fn note(&mut self, phrases: Phrases<'_, '_>, head: u32, e: EntityId) {
        let list = self.by_head.entry(fold(phrases.document.word(head))).or_default();
        list.retain(|&x| x != e);
        list.push(e);
        if list.len() > BEARERS {
            list.remove(0);
        }
    }

    /// Notes that a body's name holds a noun.
    pub(super) fn note_name(&mut self, phrases: Phrases<'_, '_>, noun: u32, e: EntityId) {
        self.by_name.insert(fold(phrases.document.word(noun)), e);
    }

    /// Whom a noun phrase means. `place` is where its head stands.
    pub(super) fn resolve(
        &mut self,
        phrases: Phrases<'_, '_>,
        discourse: &Discourse,
        entities: &mut Vec<Entity>,
        head: u32,
        phrase: Range<u32>,
        place: Place,
    ) -> EntityId {
        let key = is_repeatable(phrases, head, &phrase).then(|| key(phrases, &phrase));
        let again = key.and_then(|key| self.by_phrase.get(&key).copied());
        let known = again.or_else(|| self.find(phrases, discourse, entities, head, &phrase, place));
        let e = known.unwrap_or_else(|| {
            entities.push(describe(phrases, head, phrase));
            entities.len() - 1
        });
        self.note(phrases, head, e);
        if let Some(key) = key.filter(|_| again.is_none()) {
            self.by_phrase.insert(key, e);
        }
        e
    }

    fn find(
        &self,
        phrases: Phrases<'_, '_>,
        discourse: &Discourse,
        entities: &[Entity],
        head: u32,
        phrase: &Range<u32>,
        place: Place,
    ) -> Option<EntityId> {
        let token = phrases.token(head);
        let plural = is_plural(phrases, head);
        let first = phrases.token(phrase.start);
        let definite = phrase.start < head && first.is(Classes::DEFINITE);
        let owned = phrase.start < head
            && (first.is(Classes::POSSESSIVE)
                || (phrase.start..head).any(|i| phrases.token(i).tag == Tag::Pos));
        if !definite && !(owned && token.is(Classes::KIN)) {
            return None;
        }
        let bare = head == phrase.start + 1 && phrase.end == head + 1;
        let sex = gender(token.classes, Classes::FEMALE, Classes::MALE);
        let list = self.by_head.get(&fold(phrases.document.word(head)));
        let bearer = list.and_then(|list| {
            list.iter().rev().copied().find(|&e| {
                let entity = &entities[e];
                entity.plural == plural
                    && !matches!((sex, entity.gender), (Some(a), Some(b)) if a != b)
                    && (bare || !conflicts(phrases, head, phrase, entity))
            })
        });
        // "the ministry" after "Ministry of Ports", even where a subheading spoke of a ministry before
        let noun = fold(phrases.document.word(head));
        let named = self.by_name.get(&noun).copied().filter(|_| bare && !plural);
        if bearer.is_none_or(|e| named.is_some() && !entities[e].named) && named.is_some() {
            return named;
        }
        if bearer.is_some() {
            return bearer;
        }
        // "the mediator" who is named further down: "the mediator, Ana Brandt"
        if definite
            && bare
            && !plural
            && let Some(&Some(e)) = self.coming.get(&noun)
        {
            return Some(e);
        }
        if plural {
            return plural_bearers(phrases, discourse, entities, head);
        }
        // officials, sources and the like stay who they are; a candidate or a tycoon has been named before
        if !definite || token.is(Classes::ANONYMOUS) {
            return None;
        }
        // what follows the noun tells who is meant: "the senator from Lindmark"
        if phrase.end > head + 1 && phrases.is_preposition(head + 1) {
            return None;
        }
        // a name in the phrase tells which one is meant, and that it is no one spoken of without it
        let proper = |i: u32| {
            phrases.token(i).is_capital() && !phrases.token(i).is(Classes::DEMONYM) && i > phrase.start
        };
        if (phrase.start..head).any(proper) {
            return None;
        }
        // "the group", "the panel": several people, or a body that has been named
        let body = token.is(Classes::ORGANISATION) && !token.is(PEOPLE.difference(Classes::GROUP));
        let agreement = if token.is(PEOPLE) && !body {
            Agreement::Role(sex)
        } else if token.is(Classes::DOCUMENT) && !token.is(Classes::ORGANISATION) {
            Agreement::Document
        } else if token.is(Classes::ORGANISATION) && bare {
            Agreement::Body
        } else {
            return None;
        };
        // "the company" is no "Shipwrights' Union", and "the union" no "Lind Motors"; "the group" may be either
        let can_be = |e: EntityId| {
            // "the poll" is no amendment, and "the report" no poll
            if agreement == Agreement::Document {
                let poll = entities[e].roles.first().is_some_and(|&r| phrases.token(r).is(Classes::POLL));
                return poll == token.is(Classes::POLL);
            }
            let named = phrases.token(entities[e].tokens.end - 1);
            let telling =
                named.is(Classes::ORGANISATION) && !named.is(Classes::OUTLET) && !entities[e].listed;
            agreement != Agreement::Body
                || !telling
                || token.is(Classes::GROUP)
                || named.is(Classes::COMPANY) == token.is(Classes::COMPANY)
        };
        let (e, lead) = discourse.antecedent_among(place, agreement, entities, can_be)?;
        // "the union" is no paper, whose name stands under many a headline
        let paper = Classes::PUBLISHER | Classes::OUTLET;
        let named = phrases.token(entities[e].tokens.end - 1);
        let other = agreement == Agreement::Body && named.is(paper) && !token.is(paper);
        (lead > LEAD && !other).then_some(e)
    }
}

/// Two phrases of one head are parted by names or adjectives that only the one has.
fn conflicts(phrases: Phrases<'_, '_>, head: u32, phrase: &Range<u32>, entity: &Entity) -> bool {
    let own = |i: u32| {
        let t = phrases.token(i);
        t.is_capital() && !t.is(Classes::OPENER)
    };
    let Some(modifier) = (phrase.start..head).rev().find(|&i| own(i)) else { return false };
    let word = phrases.document.word(modifier);
    let among =
        |range: Range<u32>| range.clone().any(|i| phrases.document.word(i).eq_ignore_ascii_case(word));
    let described = entity.description.map(|d| phrases.document.tokens_in(d));
    !among(entity.tokens.clone()) && !described.is_some_and(among)
}

/// "the senators": the members of the latest group, where each bears the role.
fn plural_bearers(
    phrases: Phrases<'_, '_>,
    discourse: &Discourse,
    entities: &[Entity],
    head: u32,
) -> Option<EntityId> {
    let word = phrases.document.word(head);
    let stem = word.strip_suffix('s').unwrap_or(word);
    let bears = |e: &Entity| {
        e.roles.iter().any(|&r| {
            let role = phrases.document.word(r);
            role.len() >= 3 && (role.eq_ignore_ascii_case(stem) || role.eq_ignore_ascii_case(word))
                || phrases.token(r).is(Classes::ABBREVIATION)
                    && role.len() > 2
                    && stem.len() > 3
                    && stem.get(..2).is_some_and(|s| role.get(..2).is_some_and(|r| r.eq_ignore_ascii_case(s)))
        })
    };
    discourse
        .events
        .iter()
        .rev()
        .take(60)
        .map(|e| e.entity)
        .find(|&e| entities[e].members.len() > 1 && entities[e].members.iter().any(|&m| bears(&entities[m])))
}

fn is_plural(phrases: Phrases<'_, '_>, head: u32) -> bool {
    let t = phrases.token(head);
    match t.tag {
        Tag::Nns | Tag::Nnps => true,
        Tag::Nn | Tag::Nnp => t.is(Classes::PLURAL) && !t.is(Classes::ORGANISATION),
        _ => t.is(Classes::PLURAL),
    }
}

/// Whether the same phrase, met again, means the same: everything but "an official" and "some officials".
fn is_repeatable(phrases: Phrases<'_, '_>, head: u32, phrase: &Range<u32>) -> bool {
    let first = phrases.token(phrase.start);
    let determined = first.tag == Tag::Dt || first.tag == Tag::None && !first.is(PEOPLE);
    let indefinite = phrase.start < head && determined && !first.is(Classes::DEFINITE);
    let pronominal = (phrase.start..phrase.end).any(|i| phrases.token(i).is(Classes::POSSESSIVE));
    let bare = phrase.len() == 2 && first.is(Classes::DEFINITE) && !is_plural(phrases, head);
    let singular_person =
        bare || phrase.len() == 1 && phrases.token(head).is(PEOPLE) && !is_plural(phrases, head);
    !indefinite && !pronominal && !singular_person
}

/// The phrase without "the", whatever its case.
fn key(phrases: Phrases<'_, '_>, phrase: &Range<u32>) -> u64 {
    let mut key = 0u64;
    for i in phrase.clone() {
        if i == phrase.start && phrases.token(i).is(Classes::DEFINITE) && phrase.len() > 1 {
            continue;
        }
        key = key.rotate_left(5) ^ fold(phrases.document.word(i));
    }
    key
}

/// A new entity for one who is not named.
pub(super) fn describe(phrases: Phrases<'_, '_>, head: u32, phrase: Range<u32>) -> Entity {
    let token = phrases.token(head);
    let plural = is_plural(phrases, head);
    let kind = if token.is(PEOPLE)
        && !(token.is(Classes::ORGANISATION) && !plural && !token.is(Classes::OFFICE | Classes::GROUP))
    {
        if token.is(Classes::GROUP) && !token.is(Classes::ANONYMOUS | Classes::OFFICE) {
            SourceKind::Group
        } else {
            SourceKind::Unnamed
        }
    } else if token.is(Classes::DOCUMENT) && !token.is(Classes::ORGANISATION) {
        SourceKind::Document
    } else if token.is(Classes::ORGANISATION) {
        SourceKind::Organisation
    } else {
        SourceKind::Unknown
    };
    let first = phrases.token(phrase.start);
    let introduced = first.tag == Tag::Dt && !first.is(Classes::DEFINITE) || first.tag == Tag::Cd;
    let mut entity = Entity::new(phrase, kind, false);
    entity.introduced = introduced;
    entity.plural = plural;
    if !plural {
        entity.gender = gender(token.classes, Classes::FEMALE, Classes::MALE);
    }
    entity.roles.push(head);
    entity
}
