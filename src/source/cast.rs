//! Answers → the [`Cast`]: those who are cited, by first mention, with what the record says of each.
//!
//! Takes entities, mentions and the entity of each question; fills in the cast. Strings are made here and only of those
//! who are cited.

use super::entity::{Entities, EntityId};
use super::phrase::Phrases;
use super::table::NONE;
use super::walk::Asked;
use super::{AUTHOR, Cast, Source};
use crate::portion::{emptied, grown};
use crate::span::{SourceId, Span};
use crate::vocabulary::SourceKind;
use std::ops::Range;

impl Cast {
    /// Keeps those who are cited, by first mention.
    pub(super) fn fill(
        &mut self,
        phrases: Phrases<'_, '_>,
        entities: &Entities,
        mentions: &[(u32, Span)],
        answers: &[Option<EntityId>],
        list: &[Asked],
    ) {
        // those who are cited, numbered as they come; then by first mention
        let mut number = vec![NONE; entities.len()];
        let mut cited: Vec<(Option<Span>, EntityId, Vec<Span>)> = Vec::new();
        for &e in answers.iter().flatten() {
            if number[e] == NONE {
                number[e] = cited.len() as u32;
                grown(&mut cited).push((None, e, Vec::new()));
            }
        }
        // all their mentions in one list, so that each one's are made at once: first how many each has, those whom nobody
        // cites having the last place, then where the next one goes
        let others = cited.len();
        let place = |e: u32| (number[e as usize] as usize).min(others);
        let mut next = vec![0u32; others + 1];
        for &(e, _) in mentions {
            next[place(e)] += 1;
        }
        let mut total = 0;
        for next in &mut next {
            total += std::mem::replace(next, total);
        }
        let mut spans = vec![Span::default(); total as usize];
        for &(e, span) in mentions {
            let next = &mut next[place(e)];
            spans[*next as usize] = span;
            *next += 1;
        }
        let mut start = 0;
        for ((first, _, own), &end) in cited.iter_mut().zip(&next) {
            let spans = &mut spans[start as usize..end as usize];
            spans.sort_unstable();
            *own = spans.to_vec();
            own.dedup();
            *first = own.first().copied();
            start = end;
        }
        drop(spans);
        cited.sort_unstable_by_key(|&(first, e, _)| (first, e));
        for (id, (_, e, _)) in cited.iter().enumerate() {
            number[*e] = id as u32;
        }
        for (asked, answer) in list.iter().zip(answers) {
            let to = if asked.relay { &mut self.relays } else { &mut self.speakers };
            to[asked.attribution as usize] = answer.map(|e| SourceId(number[e]));
        }
        self.sources = emptied(cited).into_list(|(_, e, spans)| source(phrases, entities, e, spans));
    }
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
