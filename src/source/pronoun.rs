//! Pronouns: whom "he", "they", "it", "who" and "I" stand for.
//!
//! Takes what has been mentioned so far, each mention an [`Event`]; returns the likeliest antecedent that agrees in
//! number and gender ([`super::agreement`]), or none. The weights follow what studies of pronouns in news agree on: recency, subjecthood,
//! having spoken last, and being what the article is about.

use super::agreement::{Agreement, DOES_NOT, Sort};
use super::entity::{Entities, Entity, EntityId};
use super::phrase::Phrases;
use super::table::NONE;
use super::weight::{self, FAME, FAMOUS, FARTHEST, Leader, MOST};
use crate::portion::grown;
use crate::vocabulary::SourceKind;
use bitflags::bitflags;
use std::ops::Range;

/// A mention, as later ones look back on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    /// token of its head
    pub(super) token: u32,
    pub(super) sentence: u32,
    pub(super) block: u32,
    pub(super) entity: u32,
    /// the quote that it stands in, or [`NONE`]
    pub(super) quote: u32,
    /// its first token and one past its last
    pub(super) phrase: (u32, u32),
    pub(super) marks: Marks,
}

bitflags! {
    /// What makes a mention likelier or less likely to be taken up.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(super) struct Marks: u8 {
        /// the subject of a finite verb
        const SUBJECT = 1;
        /// the source of an attribution
        const SOURCE = 1 << 1;
        /// 's, or qualifying a noun
        const DEPENDENT = 1 << 2;
        /// behind a preposition
        const OBLIQUE = 1 << 3;
        /// itself a pronoun
        const PRONOUN = 1 << 4;
        /// in another quote than the pronoun, or in one where the pronoun is in none
        const QUOTED = 1 << 5;
        /// in apposition to a name, so that it is no subject
        const APPOSED = 1 << 6;
        /// the part that it plays in its sentence has been asked for
        const PLACED = 1 << 7;
    }
}

/// Where a pronoun stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) token: u32,
    pub(super) sentence: u32,
    pub(super) block: u32,
    /// the quote around it, or [`NONE`]
    pub(super) quote: u32,
}

/// What the subject of the sentence before has over other bodies, in tokens' distance by hundreds.
const TOPIC: f32 = 0.2;

/// How often a person must have been mentioned to be taken for "the candidate", and how often if the article has
/// called them something else before.
const OFTEN: u16 = 2;
const OFTEN_DESCRIBED: u16 = 4;

/// How many mentions are looked back on; those of the first few sentences mostly tell.
const LOOK_BACK: usize = 80;
const NEAR: u32 = 2;

/// The mentions so far.
#[derive(Debug)]
pub(super) struct Discourse {
    pub(super) events: Vec<Event>,
    /// what a pronoun asks of each event's entity
    sorts: Vec<Sort>,
    /// by sentence, how many events there were before it
    before: Vec<u32>,
    /// how often each entity has been mentioned, and the logarithm of that
    counts: Vec<(u16, f32)>,
    /// the logarithms of how often one has been mentioned; more often weighs no more
    logarithms: [f32; 22],
}

impl Default for Discourse {
    fn default() -> Self {
        let (events, sorts, before, counts) = Default::default();
        Self { events, sorts, before, counts, logarithms: std::array::from_fn(|count| (count as f32).ln()) }
    }
}

impl Discourse {
    /// Forgets all mentions, and makes room for so many.
    pub(super) fn begin(&mut self, events: usize, sentences: usize) {
        self.events.clear();
        self.events.reserve(events);
        self.sorts.clear();
        self.sorts.reserve(events);
        self.before.clear();
        self.before.reserve(sentences);
        self.counts.clear();
    }

    /// The next sentence begins.
    pub(super) fn open_sentence(&mut self) {
        self.before.push(self.events.len() as u32);
    }

    pub(super) fn push(&mut self, event: Event, entity: &Entity) {
        let e = event.entity as usize;
        if self.counts.len() <= e {
            self.counts.resize((e + 1).next_power_of_two(), (0, 0.0));
        }
        let (count, logarithm) = &mut self.counts[e];
        *count = count.saturating_add(1);
        *logarithm = self.logarithms[usize::from(*count).min(self.logarithms.len() - 1)];
        grown(&mut self.sorts).push(Sort::of(entity));
        grown(&mut self.events).push(event);
    }

    /// The events of the latest that are so many sentences back at most.
    fn looked_back_on(&self, place: Place, farthest: u32) -> Range<usize> {
        let first = place.sentence.saturating_sub(farthest) as usize;
        let first = self.before.get(first).map_or(0, |&before| before as usize);
        first.max(self.events.len().saturating_sub(LOOK_BACK))..self.events.len()
    }

    /// Who was the source of an attribution last.
    pub(super) fn last_speaker(&self) -> Option<EntityId> {
        let latest = self.events.iter().rev().take(LOOK_BACK);
        { latest }.find(|e| e.marks.contains(Marks::SOURCE)).map(|e| e.entity as EntityId)
    }

    /// The likeliest antecedent among those that a condition lets through, and by how much it beats the next one.
    pub(super) fn antecedent_among(
        &mut self,
        phrases: Phrases<'_, '_>,
        place: Place,
        agreement: Agreement,
        entities: &Entities,
        can_be: impl Fn(EntityId) -> bool,
    ) -> Option<(EntityId, f32)> {
        let column = agreement.column();
        let (farthest, most) = match agreement {
            Agreement::Person(_) => (FARTHEST, MOST),
            Agreement::Role(_) => (FARTHEST, MOST + FAME * FAMOUS),
            Agreement::Body | Agreement::Document => (8, f32::INFINITY),
            _ => (4, MOST),
        };
        let near = self.looked_back_on(place, NEAR);
        let far = self.looked_back_on(place, farthest).start..near.start;
        let mut leader = Leader::none();
        for (mentions, nearest) in [(near, 0), (far, NEAR + 1)] {
            if leader.is_sure(most + weight::fall(nearest)) {
                break;
            }
            let mut fitting = self.fitting(&mentions, column);
            while fitting != 0 {
                // the latest first
                let k = mentions.end - 1 - fitting.trailing_zeros() as usize;
                fitting &= fitting - 1;
                let Event { token, sentence, entity, .. } = self.events[k];
                if token >= place.token {
                    continue;
                }
                let distance = place.sentence - sentence;
                if leader.is_sure(most + weight::fall(distance)) {
                    break;
                }
                let e = entity as EntityId;
                if matches!(agreement, Agreement::Role(_)) && self.is_passing(entities, e) || !can_be(e) {
                    continue;
                }
                // "in a statement it said": not the statement
                let medium = agreement == Agreement::Thing
                    && distance == 0
                    && entities[e].kind == SourceKind::Document
                    && self.marks(phrases, k).contains(Marks::OBLIQUE);
                if medium {
                    continue;
                }
                let score = self.sorts[k].fit(column)
                    + match agreement {
                        // nouns take up the latest body or document, whatever part it played in its sentence
                        // but for the subject of the sentence before, of which this one goes on to tell
                        Agreement::Body | Agreement::Document => {
                            let topic = distance == 1 && self.marks(phrases, k).contains(Marks::SUBJECT);
                            -0.01 * (place.token - token) as f32 + if topic { TOPIC } else { 0.0 }
                        }
                        // and the person whom the article is about
                        Agreement::Role(_) => {
                            self.weigh(phrases, k, place, distance) + FAME * self.fame(e).min(FAMOUS)
                        }
                        _ => self.weigh(phrases, k, place, distance),
                    };
                leader.weigh(entity, score);
            }
        }
        (leader.entity() != NONE).then(|| (leader.entity() as EntityId, leader.lead()))
    }

    /// Which of some mentions agree at all, a bit for each, the latest being the first: eight at a time and without a
    /// branch, since how many there are and which agree nobody can foretell.
    #[inline]
    fn fitting(&self, mentions: &Range<usize>, column: usize) -> u128 {
        let fits = Sort::fitting(column);
        let (first, eights) = self.sorts[..mentions.end].as_rchunks::<8>();
        let mut bits = 0;
        for (at, eight) in eights.iter().rev().take(mentions.len().div_ceil(8)).enumerate() {
            let byte = eight.iter().fold(0, |byte: u8, &sort| byte << 1 | u8::from(fits(sort)));
            bits |= u128::from(byte) << (at * 8);
        }
        if eights.len() * 8 < mentions.len() {
            let byte = first.iter().fold(0, |byte: u8, &sort| byte << 1 | u8::from(fits(sort)));
            bits |= u128::from(byte) << (eights.len() * 8);
        }
        bits & !(u128::MAX << mentions.len())
    }

    /// The marks of a mention, with the part that it plays in its sentence.
    #[inline]
    fn marks(&mut self, phrases: Phrases<'_, '_>, k: usize) -> Marks {
        if !self.events[k].marks.contains(Marks::PLACED) {
            self.place(phrases, k);
        }
        self.events[k].marks
    }

    fn place(&mut self, phrases: Phrases<'_, '_>, k: usize) {
        let event = &mut self.events[k];
        let sentence = &phrases.document.sentences[event.sentence as usize].tokens;
        let (phrase, pronoun) = (event.phrase.0..event.phrase.1, event.marks.contains(Marks::PRONOUN));
        let part = phrases.part(event.token, &phrase, pronoun, sentence);
        let apposed = event.marks.contains(Marks::APPOSED);
        event.marks.set(Marks::SUBJECT, part.subject && !apposed);
        event.marks.set(Marks::DEPENDENT, part.dependent);
        event.marks.set(Marks::OBLIQUE, part.oblique);
        event.marks.insert(Marks::PLACED);
    }

    /// Whether one has been spoken of too seldom to be taken for "the candidate" too, least of all with another role.
    fn is_passing(&self, entities: &Entities, e: EntityId) -> bool {
        let often = if entities[e].has_role() { OFTEN_DESCRIBED } else { OFTEN };
        self.counts.get(e).is_none_or(|&(n, _)| n < often)
    }

    /// The logarithm of how often one has been mentioned.
    #[inline]
    fn fame(&self, e: EntityId) -> f32 {
        self.counts[e].1
    }

    #[inline]
    fn weigh(&mut self, phrases: Phrases<'_, '_>, k: usize, place: Place, distance: u32) -> f32 {
        let marks = self.marks(phrases, k).difference(Marks::QUOTED | Marks::APPOSED | Marks::PLACED);
        let event = &self.events[k];
        let quoted = (event.quote != NONE) & (event.quote != place.quote);
        let marks = marks.bits() | if quoted { Marks::QUOTED.bits() } else { 0 };
        let blocks = (place.block - event.block).min(3);
        let weight = weight::of(distance, blocks, marks);
        // the nearer of two in one sentence, all else equal
        weight + 0.25 * self.fame(event.entity as EntityId).min(2.5)
            - 0.002 * (place.token - event.token).min(200) as f32
    }

    /// The latest mention before a token in the same sentence that a relative pronoun may take up.
    pub(super) fn before_relative(
        &mut self,
        phrases: Phrases<'_, '_>,
        place: Place,
        agreement: Agreement,
    ) -> Option<EntityId> {
        let column = agreement.column();
        self.looked_back_on(place, 0)
            .rev()
            .find(|&k| {
                self.events[k].token < place.token
                    && self.sorts[k].fit(column) != DOES_NOT
                    && !self.marks(phrases, k).contains(Marks::DEPENDENT)
            })
            .map(|k| self.events[k].entity as EntityId)
    }
}
