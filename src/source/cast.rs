//! Answers → the [`Cast`]: those who are cited, by first mention, with what the record says of each.
//!
//! Takes entities, mentions and the entity of each question; fills in the cast. Strings are made here and only of those
//! who are cited.

use super::entity::{Entities, EntityId};
use super::phrase::Phrases;
use super::question::Asked;
use super::table::NONE;
use super::{AUTHOR, Cast, Source};
use crate::portion::{filled, grown};
use crate::span::{SourceId, Span};
use crate::vocabulary::SourceKind;
use std::ops::Range;

/// More mentions than this are let go once they are told apart: few articles have as many.
const MANY: usize = 2048;

/// What the choice of those who are cited needs room for.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// by entity, its number among those who are cited, or [`NONE`]
    number: Vec<u32>,
    cited: Vec<Cited>,
    /// by number, where the next of its mentions goes
    next: Vec<u32>,
    /// the mentions of each, one's behind the other's
    spans: Vec<Span>,
}

#[derive(Clone, Copy, Debug)]
struct Cited {
    first: Option<Span>,
    entity: u32,
    /// its mentions among those of all, in text order
    mentions: (u32, u32),
}

impl Cast {
    /// Keeps those who are cited, by first mention. Of many mentions the list is let go.
    pub(super) fn fill(
        &mut self,
        phrases: Phrases<'_, '_>,
        entities: &Entities,
        mentions: &mut Vec<(u32, Span)>,
        answers: &[Option<EntityId>],
        list: &[Asked],
        room: &mut Room,
    ) {
        let Room { number, cited, next, spans } = room;
        // those who are cited, numbered as they come; then by first mention
        filled(number, entities.len(), NONE);
        cited.clear();
        for &e in answers.iter().flatten() {
            if number[e] == NONE {
                number[e] = cited.len() as u32;
                grown(cited).push(Cited { first: None, entity: e as u32, mentions: (0, 0) });
            }
        }
        // all their mentions in one list, so that each one's are made at once: first how many each has, those whom nobody
        // cites having the last place, then where the next one goes
        let others = cited.len();
        let place = |e: u32| (number[e as usize] as usize).min(others);
        filled(next, others + 1, 0);
        for &(e, _) in mentions.iter() {
            next[place(e)] += 1;
        }
        let mut total = 0;
        for next in next.iter_mut() {
            total += std::mem::replace(next, total);
        }
        filled(spans, total as usize, Span::default());
        for &(e, span) in mentions.iter() {
            let next = &mut next[place(e)];
            spans[*next as usize] = span;
            *next += 1;
        }
        if mentions.len() > MANY {
            *mentions = Vec::new();
        }
        let mut start = 0;
        for (cited, &end) in cited.iter_mut().zip(&*next) {
            let own = &mut spans[start as usize..end as usize];
            let mut last = end;
            // nearly all stand in order, each once
            if !own.is_sorted_by(|a, b| a < b) {
                own.sort_unstable();
                last = start + distinct(own) as u32;
            }
            cited.first = own.first().copied();
            cited.mentions = (start, last);
            start = end;
        }
        cited.sort_unstable_by_key(|cited| (cited.first, cited.entity));
        for (id, cited) in cited.iter().enumerate() {
            number[cited.entity as usize] = id as u32;
        }
        for (asked, answer) in list.iter().zip(answers) {
            let to = if asked.relay { &mut self.relays } else { &mut self.speakers };
            to[asked.attribution as usize] = answer.map(|e| SourceId(number[e]));
        }
        self.sources.reserve_exact(cited.len());
        self.sources.extend(cited.iter().map(|cited| {
            let mentions = &spans[cited.mentions.0 as usize..cited.mentions.1 as usize];
            source(phrases, entities, cited.entity as EntityId, mentions.to_vec())
        }));
    }
}

/// Moves those of some sorted spans that differ from the one before to the front; returns how many they are.
fn distinct(spans: &mut [Span]) -> usize {
    let mut count = 0;
    for i in 0..spans.len() {
        if i == 0 || spans[i] != spans[count - 1] {
            spans[count] = spans[i];
            count += 1;
        }
    }
    count
}

/// What the record says of an entity.
fn source(phrases: Phrases<'_, '_>, entities: &Entities, e: EntityId, mentions: Vec<Span>) -> Source {
    let entity = &entities[e];
    let document = phrases.document;
    let text = |tokens: Range<u32>| document.span(tokens).of(document.text);
    let name = if entity.kind == SourceKind::Author {
        AUTHOR.to_owned()
    } else if entities.members(e).len() > 1 {
        let names: Vec<&str> =
            entities.members(e).iter().map(|&m| text(entities[m].tokens.clone())).collect();
        let (last, others) = names.split_last().unwrap_or((&"", &[]));
        format!("{} and {last}", others.join(", "))
    } else {
        spaced(phrases, entity.tokens.clone())
    };
    let kind = match entity.kind {
        // a country or city that says something is its government
        SourceKind::Place => SourceKind::Organisation,
        kind => kind,
    };
    let described = !entity.description.is_empty();
    Source {
        // the "Q" of a transcript is no name
        named: entity.named && name.chars().nth(1).is_some(),
        name,
        kind,
        gender: entity.gender.filter(|_| matches!(kind, SourceKind::Person | SourceKind::Unnamed)),
        description: described.then(|| text(entity.description.clone()).to_owned()),
        mentions,
    }
}

/// A name with one space between its words: line breaks and doubled spaces are the article's, not the name's.
fn spaced(phrases: Phrases<'_, '_>, tokens: Range<u32>) -> String {
    let document = phrases.document;
    let name = document.span(tokens.clone()).of(document.text);
    let gap = |i: u32| {
        let (before, after) = (phrases.token(i - 1).span.end, phrases.token(i).span.start);
        after == before || after == before + 1 && document.text.as_bytes()[before as usize] == b' '
    };
    if { tokens }.skip(1).all(gap) {
        return name.to_owned();
    }
    let mut spaced = String::with_capacity(name.len());
    for word in name.split_whitespace() {
        if !spaced.is_empty() {
            spaced.push(' ');
        }
        spaced.push_str(word);
    }
    spaced
}
