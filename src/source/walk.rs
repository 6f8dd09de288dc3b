//! The walk through the article: each name, noun and pronoun in its turn, so that later ones can look back.
//!
//! Takes names, entities and the readings of the attributions' mentions; returns the entity of each mention. Which
//! antecedent a pronoun takes is [`super::pronoun`]'s business, whom a noun means [`super::role`]'s.

use super::agreement::Agreement;
use super::describe::span_of;
use super::entity::{Entities, Entity, EntityId};
use super::name::gender;
use super::phrase::Phrases;
use super::pronoun::{Discourse, Event, Marks, Place};
use super::question::{Asked, Questions};
use super::role::Roles;
use super::table::{ByToken, NONE};
use crate::attribution::Attribution;
use crate::lexicon::Classes;
use crate::portion::grown;
use crate::quote::Quote;
use crate::span::Span;
use crate::text::set::TokenSet;
use crate::text::{Tag, TokenKind};
use crate::vocabulary::{QuoteRole, SourceKind};
use std::ops::Range;

/// By how much a pronoun's likeliest antecedent must beat the next: on the annotated articles of `corpus/` those that
/// beat it by less were wrong as often as right.
const TIE: f32 = 0.1;

pub(super) struct Walker<'d, 'a> {
    pub(super) phrases: Phrases<'d, 'a>,
    pub(super) quotes: &'d [Quote],
    pub(super) attributions: &'d [Attribution<'d>],
    /// by name, its entity
    pub(super) of: &'d [u32],
    pub(super) entities: &'d mut Entities,
    /// the nouns in apposition from the last token on
    pub(super) appositions: &'d [(u32, u32)],
    /// the tokens that may mention someone: names, nouns, pronouns, and what is asked for
    pub(super) telling: &'d TokenSet,
    /// the nouns among them that head their phrases
    pub(super) heads: &'d TokenSet,
    /// the first name that has not begun before the last token
    pub(super) next_name: usize,
    /// whom the article mentions where
    pub(super) mentions: &'d mut Vec<(u32, Span)>,
    pub(super) discourse: &'d mut Discourse,
    pub(super) roles: &'d mut Roles,
    pub(super) asked: &'d mut Questions,
    pub(super) list: &'d [Asked],
    pub(super) answers: &'d mut Vec<Option<EntityId>>,
    /// "I" and "we" within quotes: answered when every speaker is known
    pub(super) first_persons: Vec<(usize, u32)>,
    /// entities by the token of a mention
    pub(super) here: &'d mut ByToken,
    pub(super) author: Option<EntityId>,
}

/// Which quote places stand in, asked in text order.
struct Around<'d> {
    quotes: &'d [Quote],
    /// the first that has not ended
    next: usize,
    /// the one that the last place stands in, or [`NONE`]
    within: u32,
    /// up to where that holds
    until: u32,
}

/// So many quotes within one another are told apart.
const NESTED: usize = 3;

impl Around<'_> {
    #[inline]
    fn of(&mut self, place: u32) -> u32 {
        if place >= self.until {
            self.look(place);
        }
        self.within
    }

    fn look(&mut self, place: u32) {
        while self.quotes.get(self.next).is_some_and(|q| q.span.end <= place) {
            self.next += 1;
        }
        let near = self.quotes[self.next..].iter().take(NESTED);
        let said = |q: &Quote| matches!(q.role, QuoteRole::Speech | QuoteRole::Fragment);
        let within =
            near.clone().take_while(|q| q.span.start <= place).position(|q| q.span.holds(place) && said(q));
        self.within = within.map_or(NONE, |k| (self.next + k) as u32);
        let edges = near.flat_map(|q| [q.span.start, q.span.end]).filter(|&edge| edge > place);
        self.until = edges.min().unwrap_or(u32::MAX);
    }
}

impl Walker<'_, '_> {
    pub(super) fn run(&mut self) {
        let document = self.phrases.document;
        let mut quotes = Around { quotes: self.quotes, next: 0, within: NONE, until: 0 };
        for (s, sentence) in document.sentences.iter().enumerate() {
            self.discourse.open_sentence();
            let mut i = self.telling.next(sentence.tokens.start);
            if i >= sentence.tokens.end || !document.block_of(s.into()).kind.is_read() {
                continue;
            }
            while i < sentence.tokens.end {
                let within = quotes.of(document.tokens[i as usize].span.start);
                let place = Place { token: i, sentence: s as u32, block: sentence.block.0, quote: within };
                let read = self.step(place, &sentence.tokens);
                i = self.telling.next(read);
            }
        }
        self.answer_first_persons();
    }

    /// The entity of a name.
    #[inline]
    pub(super) fn of(&self, n: usize) -> EntityId {
        self.of[n] as EntityId
    }

    /// Reads what stands at a token; returns the next token to read.
    fn step(&mut self, place: Place, sentence: &Range<u32>) -> u32 {
        let p = self.phrases;
        let i = place.token;
        let n = self.next_name_from(i);
        if let Some(name) = p.names.get(n).filter(|name| name.tokens.start == i) {
            self.next_name = n + 1;
            self.name(n, place, sentence);
            self.answer_at(name.tokens.clone(), place, sentence);
            return name.tokens.end;
        }
        let token = *p.token(i);
        if let Some(e) = self.apposed_at(i) {
            self.roles.note(p, i, e);
            self.mention(e, place, p.document.span(i..i + 1), i..i + 1, false);
            self.discourse.events.last_mut().expect("just pushed").marks |= Marks::APPOSED;
        } else if self.asked.any_at(i) {
            // answered below, with the phrase that the attribution gives it
        } else if token.is(Classes::PERSONAL | Classes::POSSESSIVE)
            && !token.is(Classes::FIRST_PERSON | Classes::RELATIVE)
        {
            let sex = gender(token.classes, Classes::FEMALE, Classes::MALE);
            if sex.is_some()
                && let Some(e) = self
                    .named_ahead(i, sex, sentence)
                    .or_else(|| self.antecedent(place, Agreement::Person(sex)))
            {
                self.mention(e, place, token.span, i..i + 1, true);
            }
        } else if self.heads.contains(i) && !self.is_owning_place(i, sentence) {
            let phrase = p.start(i, sentence.start)..p.end(i, sentence.end);
            self.noun(i, phrase, place);
        }
        self.answer_at(i..i + 1, place, sentence);
        i + 1
    }

    /// The first name that begins at a token or after it.
    #[inline]
    fn next_name_from(&mut self, token: u32) -> usize {
        let names = self.phrases.names;
        while names.get(self.next_name).is_some_and(|name| name.tokens.start < token) {
            self.next_name += 1;
        }
        self.next_name
    }

    /// The entity to whose name a token is the head of an apposition.
    #[inline]
    fn apposed_at(&mut self, token: u32) -> Option<EntityId> {
        while let Some((&(head, entity), later)) = self.appositions.split_first()
            && head <= token
        {
            self.appositions = later;
            if head == token {
                return Some(entity as EntityId);
            }
        }
        None
    }

    /// A place that owns what stands behind it is no head: the kingdom's …
    fn is_owning_place(&self, i: u32, sentence: &Range<u32>) -> bool {
        let p = self.phrases;
        if !p.token(i).is(Classes::PLACE) || i + 1 >= sentence.end {
            return false;
        }
        let next = p.token(i + 1);
        (next.kind == TokenKind::Word) & (next.tag == Tag::Pos) && p.name_around(i + 1).is_none()
    }

    fn name(&mut self, n: usize, place: Place, sentence: &Range<u32>) {
        let p = self.phrases;
        let name = &p.names[n];
        let e = self.of(n);
        let dependent = name.modifier || name.possessive;
        let span = if dependent { p.document.span(name.tokens.clone()) } else { span_of(p, n) };
        self.mention(e, Place { token: name.tokens.end - 1, ..place }, span, name.whole.clone(), false);
        for role in self.entities.roles_near(e, name.whole.start.saturating_sub(12)..=name.tokens.end) {
            self.roles.note(p, role, e);
        }
        if self.entities[e].kind == SourceKind::Organisation && !self.entities[e].plural {
            for i in name.tokens.clone().filter(|_| name.tokens.len() > 1) {
                if p.token(i).is(Classes::ORGANISATION) && !p.token(i).is(Classes::OUTLET) {
                    self.roles.note_name(p, i, e);
                }
            }
        }
        // "Brandt and Lind": those two may be "they" later on
        if n > 0 && !dependent {
            let before = &p.names[n - 1];
            let joined = before.whole.end + 1 == name.whole.start
                && before.whole.start >= sentence.start
                && p.is_coordinator(before.whole.end)
                && !before.modifier;
            if joined
                && self.of(n - 1) != e
                && self.entities[e].is_person()
                && self.entities[self.of(n - 1)].is_person()
            {
                let phrase = before.whole.start..name.whole.end;
                let group = self.group(&[self.of(n - 1), e], phrase.clone());
                let place = Place { token: name.tokens.end - 1, ..place };
                self.mention(group, place, p.document.span(phrase.clone()), phrase, false);
                self.here.set(name.tokens.end - 1, e);
            }
        }
    }

    pub(super) fn noun(&mut self, head: u32, phrase: Range<u32>, place: Place) -> EntityId {
        let p = self.phrases;
        let opening = Place { token: phrase.start, ..place };
        let e = self.roles.resolve(p, self.discourse, self.entities, head, phrase.clone(), opening);
        self.mention(e, Place { token: head, ..place }, p.document.span(phrase.clone()), phrase, false);
        e
    }

    /// The entity of several; the same several make the same.
    pub(super) fn group(&mut self, members: &[EntityId], phrase: Range<u32>) -> EntityId {
        let mut latest = self.discourse.events.iter().rev().take(60).map(|e| e.entity as EntityId);
        let known = latest.find(|&e| self.entities.members(e) == members && members.len() > 1);
        known.unwrap_or_else(|| {
            let mut entity =
                Entity::new(phrase, SourceKind::Group, members.iter().all(|&m| self.entities[m].named));
            entity.plural = true;
            self.entities.push_group(entity, members)
        })
    }

    /// Notes that a phrase mentions an entity; `place` is its head's, or the pronoun's.
    pub(super) fn mention(
        &mut self,
        e: EntityId,
        place: Place,
        span: Span,
        phrase: Range<u32>,
        pronoun: bool,
    ) {
        self.here.set(place.token, e);
        grown(self.mentions).push((e as u32, span));
        let mut marks = if pronoun { Marks::PRONOUN } else { Marks::empty() };
        marks.set(Marks::SOURCE, self.asked.any_at(place.token));
        let event = Event {
            token: place.token,
            sentence: place.sentence,
            block: place.block,
            entity: e as u32,
            quote: place.quote,
            phrase: (phrase.start, phrase.end),
            marks,
        };
        self.discourse.push(event, &self.entities[e]);
    }

    pub(super) fn antecedent(&mut self, place: Place, agreement: Agreement) -> Option<EntityId> {
        self.antecedent_but(place, agreement, &[])
    }

    /// The likeliest antecedent that is none of some.
    pub(super) fn antecedent_but(
        &mut self,
        place: Place,
        agreement: Agreement,
        others: &[EntityId],
    ) -> Option<EntityId> {
        let can_be = |e: EntityId| !others.contains(&e);
        let found = self.discourse.antecedent_among(self.phrases, place, agreement, self.entities, can_be);
        if let Some((e, lead)) = found {
            // between two that fit alike, to say nothing is better than to guess
            return (lead >= TIE).then_some(e);
        }
        // first named after the pronoun
        let Agreement::Person(sex) = agreement else { return None };
        let p = self.phrases;
        let next = p.names.partition_point(|n| n.tokens.start <= place.token);
        let near = |n: &super::name::Name| n.tokens.start < place.token + 60;
        p.names[next..].iter().enumerate().take(4).take_while(|(_, n)| near(n)).find_map(|(k, n)| {
            let e = self.of(next + k);
            let entity = &self.entities[e];
            let agrees = !matches!((sex, entity.gender), (Some(a), Some(b)) if a != b);
            (entity.is_person() && agrees && !n.modifier && can_be(e)).then_some(e)
        })
    }
}
