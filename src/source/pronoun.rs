//! Pronouns: whom "he", "they", "it", "who" and "I" stand for.
//!
//! Takes what has been mentioned so far, each mention an [`Event`]; returns the likeliest antecedent that agrees in
//! number and gender, or none. The weights follow what studies of pronouns in news agree on: recency, subjecthood,
//! having spoken last, and being what the article is about.

use super::cluster::{Entity, EntityId};
use crate::vocabulary::{Gender, SourceKind};

/// A mention, as later ones look back on it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    /// token of its head
    pub(super) token: u32,
    pub(super) sentence: u32,
    pub(super) block: u32,
    pub(super) entity: EntityId,
    /// the subject of a finite verb
    pub(super) subject: bool,
    /// the source of an attribution
    pub(super) source: bool,
    /// the quote that it stands in
    pub(super) quote: Option<u32>,
    /// 's, or qualifying a noun
    pub(super) dependent: bool,
    /// behind a preposition
    pub(super) oblique: bool,
    /// itself a pronoun
    pub(super) pronoun: bool,
}

/// What a pronoun asks of its antecedent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Agreement {
    /// he, she; a singular description of a person
    Person(Option<Gender>),
    /// they
    Plural,
    /// it
    Thing,
    /// who
    Someone,
    /// which, that
    Anything,
    /// "the candidate"
    Role(Option<Gender>),
    /// "the agency"
    Body,
    /// "the report"
    Document,
}

/// Where a pronoun stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    pub(super) token: u32,
    pub(super) sentence: u32,
    pub(super) block: u32,
    pub(super) quote: Option<u32>,
}

/// What the subject of the sentence before has over other bodies, in tokens' distance by hundreds.
const TOPIC: f32 = 0.2;

/// How often a person must have been mentioned to be taken for "the candidate", and how often if the article has
/// called them something else before.
const OFTEN: u16 = 2;
const OFTEN_DESCRIBED: u16 = 4;

/// How many mentions are looked back on.
const LOOK_BACK: usize = 80;

/// The mentions so far.
#[derive(Debug, Default)]
pub(super) struct Discourse {
    pub(super) events: Vec<Event>,
    /// how often each entity has been mentioned
    pub(super) counts: Vec<u16>,
}

impl Discourse {
    pub(super) fn push(&mut self, event: Event) {
        if self.counts.len() <= event.entity {
            self.counts.resize(event.entity + 1, 0);
        }
        self.counts[event.entity] = self.counts[event.entity].saturating_add(1);
        self.events.push(event);
    }

    /// The likeliest antecedent, and by how much it beats the next one.
    pub(super) fn antecedent(
        &self,
        place: Place,
        agreement: Agreement,
        entities: &[Entity],
    ) -> Option<(EntityId, f32)> {
        self.antecedent_among(place, agreement, entities, |_| true)
    }

    /// The same among those that a condition lets through.
    pub(super) fn antecedent_among(
        &self,
        place: Place,
        agreement: Agreement,
        entities: &[Entity],
        can_be: impl Fn(EntityId) -> bool,
    ) -> Option<(EntityId, f32)> {
        // few candidates: a list is faster than a map
        let mut scores: Vec<(EntityId, f32)> = Vec::with_capacity(16);
        let farthest = match agreement {
            Agreement::Person(_) | Agreement::Role(_) => 12,
            Agreement::Body | Agreement::Document => 8,
            _ => 4,
        };
        for event in self.events.iter().rev().take(LOOK_BACK) {
            if event.token >= place.token {
                continue;
            }
            let distance = place.sentence - event.sentence;
            if distance > farthest {
                break;
            }
            if matches!(agreement, Agreement::Role(_))
                && self.is_passing(&entities[event.entity], event.entity)
            {
                continue;
            }
            let Some(fit) = fits(agreement, &entities[event.entity]) else { continue };
            // "in a statement it said": not the statement
            let medium = agreement == Agreement::Thing
                && event.oblique
                && distance == 0
                && entities[event.entity].kind == SourceKind::Document;
            if medium {
                continue;
            }
            if !can_be(event.entity) {
                continue;
            }
            let score = fit
                + match agreement {
                    // nouns take up the latest body or document, whatever part it played in its sentence
                    // but for the subject of the sentence before, of which this one goes on to tell
                    Agreement::Body | Agreement::Document => {
                        let topic = event.subject && distance == 1;
                        -0.01 * (place.token - event.token) as f32 + if topic { TOPIC } else { 0.0 }
                    }
                    // and the person whom the article is about
                    Agreement::Role(_) => {
                        self.weigh(event, place, distance)
                            + 0.5 * f32::from(self.counts[event.entity]).ln().min(3.0)
                    }
                    _ => self.weigh(event, place, distance),
                };
            match scores.iter_mut().find(|(e, _)| *e == event.entity) {
                Some((_, best)) => *best = best.max(score),
                None => scores.push((event.entity, score)),
            }
        }
        let mut best: Option<(EntityId, f32)> = None;
        let mut second = f32::MIN;
        for (e, score) in scores {
            match best {
                Some((_, b)) if score <= b => second = second.max(score),
                _ => {
                    second = best.map_or(second, |(_, b)| b);
                    best = Some((e, score));
                }
            }
        }
        best.map(|(e, s)| (e, s - second))
    }

    /// Whether one has been spoken of too seldom to be taken for "the candidate" too, least of all with another role.
    fn is_passing(&self, entity: &Entity, e: EntityId) -> bool {
        let often = if entity.roles.is_empty() { OFTEN } else { OFTEN_DESCRIBED };
        self.counts.get(e).is_none_or(|&n| n < often)
    }

    fn weigh(&self, event: &Event, place: Place, distance: u32) -> f32 {
        let mut score = -0.9 * distance.min(4) as f32 - 0.25 * distance.saturating_sub(4) as f32;
        score -= 0.2 * (place.block - event.block).min(3) as f32;
        if event.subject {
            score += 1.0;
        }
        if event.source {
            score += 0.9;
        }
        if event.dependent {
            score -= 0.6;
        }
        if event.oblique {
            score -= 0.5;
        }
        if event.pronoun {
            score += 0.2;
        }
        if event.quote.is_some() && event.quote != place.quote {
            score -= 2.0;
        }
        score += 0.25 * f32::from(self.counts[event.entity]).ln().min(2.5);
        // the nearer of two in one sentence, all else equal
        score - 0.002 * (place.token - event.token).min(200) as f32
    }

    /// The latest mention before a token in the same sentence that a relative pronoun may take up.
    pub(super) fn before_relative(
        &self,
        place: Place,
        agreement: Agreement,
        entities: &[Entity],
    ) -> Option<EntityId> {
        self.events
            .iter()
            .rev()
            .take(LOOK_BACK)
            .filter(|e| e.token < place.token)
            .take_while(|e| e.sentence == place.sentence)
            .filter(|e| !e.dependent)
            .find(|e| fits(agreement, &entities[e.entity]).is_some())
            .map(|e| e.entity)
    }
}

/// Whether an entity agrees.
pub(super) fn agrees(agreement: Agreement, entity: &Entity) -> bool {
    fits(agreement, entity).is_some()
}

/// How well an entity agrees; none if it does not.
fn fits(agreement: Agreement, entity: &Entity) -> Option<f32> {
    use SourceKind::{Author, Document, Group, Organisation, Person, Place, Unknown, Unnamed};
    if entity.kind == Author {
        return None;
    }
    match agreement {
        Agreement::Person(gender) | Agreement::Role(gender) => {
            let kind = match entity.kind {
                Person => 0.3,
                Unnamed if !entity.plural => -0.2,
                // "the sheriff" is not the dam that has no class
                Unknown if !entity.plural && entity.named && matches!(agreement, Agreement::Person(_)) => {
                    -1.2
                }
                _ => return None,
            };
            let agrees = match (gender, entity.gender) {
                (Some(a), Some(b)) if a != b => return None,
                (Some(_), Some(_)) => 0.6,
                _ => 0.0,
            };
            Some(kind + agrees)
        }
        Agreement::Plural => match entity.kind {
            Group => Some(0.6),
            Unnamed | Document | Unknown if entity.plural => Some(0.3),
            Organisation if entity.plural => Some(0.3),
            Organisation => Some(-0.4),
            Unknown if entity.named => Some(-0.9),
            Place => Some(-1.2),
            _ => None,
        },
        Agreement::Thing => match entity.kind {
            Organisation | Document if !entity.plural => Some(0.3),
            Place => Some(-0.1),
            Unknown if !entity.plural => Some(-0.4),
            _ => None,
        },
        Agreement::Someone => match entity.kind {
            Person | Unnamed | Group => Some(0.2),
            Unknown if !entity.named => Some(0.0),
            _ => None,
        },
        Agreement::Anything => match entity.kind {
            Person => None,
            _ => Some(0.0),
        },
        Agreement::Body => match entity.kind {
            Organisation if !entity.plural && entity.named => Some(0.0),
            _ => None,
        },
        Agreement::Document => match entity.kind {
            Document if !entity.plural && entity.introduced => Some(0.0),
            _ => None,
        },
    }
}
