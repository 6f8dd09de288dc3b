//! Nouns: which of those already spoken of "the spokeswoman", "the agency" or "the report" is, and who is new.
//!
//! Takes a noun with its phrase and the discourse so far; returns an entity, old or new. One who is not named keeps
//! the noun phrase as a name, and is kept apart from others.

use super::agreement::Agreement;
use super::entity::{Entities, Entity, EntityId};
use super::name::gender;
use super::phrase::Phrases;
use super::pronoun::{Discourse, Place};
use super::table::{self, NONE};
use super::weight::LEAD;
use crate::lexicon::Classes;
use crate::text::Tag;
use crate::text::key::{ByKey, fold};
use crate::vocabulary::SourceKind;
use std::ops::Range;

/// How many bearers of one role are looked at.
const BEARERS: usize = 12;

/// Several bear the role.
const SEVERAL: u32 = NONE - 1;

/// Whom a noun has stood for.
#[derive(Clone, Debug)]
struct Noun {
    /// the entities that went by it, in the order of mention
    bearers: [u32; BEARERS],
    /// how many those are
    borne: usize,
    /// the latest body that has it in its name
    named: u32,
    /// the one whom the article presents by it and "the"; [`SEVERAL`] where it presents several
    coming: u32,
}

const UNHEARD: Noun = Noun { bearers: [NONE; BEARERS], borne: 0, named: NONE, coming: NONE };

/// The roles of the article so far.
#[derive(Debug, Default)]
pub(super) struct Roles {
    /// by noun
    nouns: Vec<Noun>,
    by_noun: ByKey,
    /// entities by whole phrase
    by_phrase: ByKey,
}

impl Noun {
    /// Notes that an entity goes by it.
    fn note(&mut self, e: EntityId) {
        let e = e as u32;
        let borne = &mut self.bearers[..self.borne];
        if let Some(at) = borne.iter().rposition(|&x| x == e) {
            borne[at..].rotate_left(1);
            return;
        }
        if self.borne == BEARERS {
            self.bearers.rotate_left(1);
            self.bearers[BEARERS - 1] = e;
            return;
        }
        self.bearers[self.borne] = e;
        self.borne += 1;
    }
}

impl Roles {
    /// Makes them those of an article of which only the nouns in apposition to names are known: those that "the" alone
    /// stands before.
    pub(super) fn begin(&mut self, phrases: Phrases<'_, '_>, appositions: &[(u32, u32)]) {
        let nouns = table::room(phrases.document.tokens.len() / 32);
        self.nouns.clear();
        self.by_noun.reset(nouns);
        self.by_phrase.reset(nouns);
        for &(head, e) in appositions {
            if head > 0 && phrases.token(head - 1).is(Classes::DEFINITE) {
                let noun = self.noun(phrases, head);
                let coming = &mut self.nouns[noun].coming;
                *coming = if *coming == NONE || *coming == e { e } else { SEVERAL };
            }
        }
    }

    /// The position of a noun.
    fn noun(&mut self, phrases: Phrases<'_, '_>, noun: u32) -> usize {
        let key = fold(phrases.document.text, phrases.token(noun).span);
        let at = self.by_noun.or_insert(key, self.nouns.len());
        if at == self.nouns.len() {
            self.nouns.push(UNHEARD);
        }
        at
    }

    /// Notes that an entity goes by a noun.
    pub(super) fn note(&mut self, phrases: Phrases<'_, '_>, head: u32, e: EntityId) {
        let noun = self.noun(phrases, head);
        self.nouns[noun].note(e);
    }

    /// Notes that a body's name holds a noun.
    pub(super) fn note_name(&mut self, phrases: Phrases<'_, '_>, noun: u32, e: EntityId) {
        let noun = self.noun(phrases, noun);
        self.nouns[noun].named = e as u32;
    }

    /// Whom a noun phrase means. `place` is where its head stands.
    pub(super) fn resolve(
        &mut self,
        phrases: Phrases<'_, '_>,
        discourse: &mut Discourse,
        entities: &mut Entities,
        head: u32,
        phrase: Range<u32>,
        place: Place,
    ) -> EntityId {
        let key = key(phrases, head, &phrase);
        let again = key.and_then(|key| self.by_phrase.get(key));
        let noun = self.noun(phrases, head);
        let known = again.or_else(|| {
            let noun = &self.nouns[noun];
            noun.find(phrases, discourse, entities, head, &phrase, place)
        });
        let e = known.unwrap_or_else(|| {
            let e = entities.push(describe(phrases, head, phrase));
            entities.add_role(e, head);
            e
        });
        self.nouns[noun].note(e);
        if let Some(key) = key.filter(|_| again.is_none()) {
            self.by_phrase.or_insert(key, e);
        }
        e
    }
}

impl Noun {
    /// The one already spoken of whom a phrase with this noun as its head means.
    fn find(
        &self,
        phrases: Phrases<'_, '_>,
        discourse: &mut Discourse,
        entities: &Entities,
        head: u32,
        phrase: &Range<u32>,
        place: Place,
    ) -> Option<EntityId> {
        let token = phrases.token(head);
        let plural = is_plural(phrases, head);
        let first = phrases.token(phrase.start);
        let definite = phrase.start < head && first.is(Classes::DEFINITE);
        let owned = || {
            phrase.start < head
                && (first.is(Classes::POSSESSIVE)
                    || (phrase.start..head).any(|i| phrases.token(i).tag == Tag::Pos))
        };
        if !definite && !(token.is(Classes::KIN) && owned()) {
            return None;
        }
        let bare = head == phrase.start + 1 && phrase.end == head + 1;
        let sex = gender(token.classes, Classes::FEMALE, Classes::MALE);
        let bearer = self.bearers[..self.borne].iter().rev().map(|&e| e as EntityId).find(|&e| {
            let entity = &entities[e];
            entity.plural == plural
                && !matches!((sex, entity.gender), (Some(a), Some(b)) if a != b)
                && (bare || !conflicts(phrases, head, phrase, entity))
        });
        // "the ministry" after "Ministry of Ports", even where a subheading spoke of a ministry before
        let named = (self.named != NONE && bare && !plural).then_some(self.named as EntityId);
        if bearer.is_none_or(|e| named.is_some() && !entities[e].named) && named.is_some() {
            return named;
        }
        if bearer.is_some() {
            return bearer;
        }
        // "the senator" after "Sen. Ana Brandt"
        if definite && bare && !plural && token.is(Classes::OFFICE | Classes::TITLE) {
            let bearer = titled(phrases, discourse, entities, head, place);
            if bearer.is_some() {
                return bearer;
            }
        }
        // "the mediator" who is named further down: "the mediator, Ana Brandt"
        if definite && bare && !plural && self.coming < SEVERAL {
            return Some(self.coming as EntityId);
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
        let body = token.is(Classes::ORGANISATION) && !token.is(Classes::PEOPLE.difference(Classes::GROUP));
        let agreement = if token.is(Classes::PEOPLE) && !body {
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
                let poll = entities.roles(e).next().is_some_and(|r| phrases.token(r).is(Classes::POLL));
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
        let (e, lead) = discourse.antecedent_among(phrases, place, agreement, entities, can_be)?;
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
    !among(entity.tokens.clone()) && !among(entity.description.clone())
}

/// "the senators": the members of the latest group, where each bears the role.
fn plural_bearers(
    phrases: Phrases<'_, '_>,
    discourse: &Discourse,
    entities: &Entities,
    head: u32,
) -> Option<EntityId> {
    let word = phrases.document.word(head);
    let stem = word.strip_suffix('s').unwrap_or(word);
    let bears = |e: EntityId| {
        entities.roles(e).any(|r| {
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
        .map(|e| e.entity as EntityId)
        .find(|&e| entities.members(e).len() > 1 && entities.members(e).iter().any(|&m| bears(m)))
}

/// The latest one whose title is an abbreviation of a noun.
fn titled(
    phrases: Phrases<'_, '_>,
    discourse: &Discourse,
    entities: &Entities,
    noun: u32,
    place: Place,
) -> Option<EntityId> {
    let word = phrases.document.word(noun).as_bytes();
    let shortens = |r: u32| {
        let title = phrases.document.word(r).trim_end_matches('.').as_bytes();
        phrases.token(r).is(Classes::ABBREVIATION)
            && title.len() > 2
            && word.get(..title.len()).is_some_and(|begins| begins.eq_ignore_ascii_case(title))
    };
    discourse
        .events
        .iter()
        .rev()
        .filter(|e| e.token < place.token)
        .take(60)
        .map(|e| e.entity as EntityId)
        .find(|&e| entities[e].kind == SourceKind::Person && entities.roles(e).any(shortens))
}

fn is_plural(phrases: Phrases<'_, '_>, head: u32) -> bool {
    let t = phrases.token(head);
    let singular = matches!(t.tag, Tag::Nn | Tag::Nnp) & t.is(Classes::ORGANISATION);
    matches!(t.tag, Tag::Nns | Tag::Nnps) | t.is(Classes::PLURAL) & !singular
}

/// The phrase without "the", whatever its case, if it means the same when met again: everything but "an official" and "some
/// officials".
fn key(phrases: Phrases<'_, '_>, head: u32, phrase: &Range<u32>) -> Option<u64> {
    let first = phrases.token(phrase.start);
    let definite = first.is(Classes::DEFINITE);
    let determined = (first.tag == Tag::Dt) | (first.tag == Tag::None) & !first.is(Classes::PEOPLE);
    let indefinite = (phrase.start < head) & determined & !definite;
    let bare = (phrase.len() == 2) & definite;
    let person = (phrase.len() == 1) & phrases.token(head).is(Classes::PEOPLE);
    if indefinite | (bare | person) & !is_plural(phrases, head) {
        return None;
    }
    let (mut key, mut classes) = (0u64, first.classes);
    for i in phrase.start + u32::from(definite & (phrase.len() > 1))..phrase.end {
        let token = phrases.token(i);
        classes |= token.classes;
        key = key.rotate_left(5) ^ fold(phrases.document.text, token.span);
    }
    (!classes.intersects(Classes::POSSESSIVE)).then_some(key)
}

/// "two-thirds of voters", "42% of those polled".
fn is_part_of_people(phrases: Phrases<'_, '_>, head: u32, end: u32) -> bool {
    let of = (head + 1..end.min(head + 3)).find(|&i| phrases.document.word(i) == "of");
    let counted = phrases.token(head).tag == Tag::Cd || phrases.token(head).is(Classes::NUMBER);
    counted && of.is_some_and(|of| (of + 1..end).any(|i| phrases.token(i).is(Classes::PEOPLE)))
}

/// A new entity for one who is not named.
fn describe(phrases: Phrases<'_, '_>, head: u32, phrase: Range<u32>) -> Entity {
    let token = phrases.token(head);
    let plural = is_plural(phrases, head);
    let (organisation, group) = (token.is(Classes::ORGANISATION), token.is(Classes::GROUP));
    let office = token.is(Classes::OFFICE);
    let people = token.is(Classes::PEOPLE) & !(organisation & !plural & !(office | group));
    let kind = if people & group & !(office | token.is(Classes::ANONYMOUS)) {
        SourceKind::Group
    } else if people {
        SourceKind::Unnamed
    } else if organisation {
        SourceKind::Organisation
    } else if token.is(Classes::DOCUMENT) {
        SourceKind::Document
    } else {
        SourceKind::Unknown
    };
    let kind = if kind == SourceKind::Unknown && is_part_of_people(phrases, head, phrase.end) {
        SourceKind::Group
    } else {
        kind
    };
    let first = phrases.token(phrase.start);
    let introduced = first.tag == Tag::Dt && !first.is(Classes::DEFINITE) || first.tag == Tag::Cd;
    let mut entity = Entity::new(phrase, kind, false);
    entity.introduced = introduced;
    entity.plural = plural;
    if !plural {
        entity.gender = gender(token.classes, Classes::FEMALE, Classes::MALE);
    }
    entity
}
