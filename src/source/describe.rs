//! What the article calls those whom it names: titles, nouns in front, appositions; and the gender that these and
//! later pronouns tell.
//!
//! Takes the names and their entities; writes roles, description and gender into the entities, and returns where
//! nouns in apposition stand, so that they are not read as someone else.

use super::entity::{Entities, EntityId};
use super::name::gender;
use super::phrase::Phrases;
use super::table::NONE;
use crate::lexicon::Classes;
use crate::portion::filled;
use crate::span::Span;
use crate::text::set::TokenSet;
use crate::text::{Tag, Token, TokenKind};
use crate::vocabulary::{Gender, SourceKind};
use std::ops::Range;

const PEOPLE: Classes = Classes::OFFICE
    .union(Classes::KIN)
    .union(Classes::PERSON)
    .union(Classes::ANONYMOUS)
    .union(Classes::TITLE);

/// How many tokens of an apposition are looked at for its head.
const REACH: u32 = 12;

/// How many tokens after a name a pronoun still tells its gender.
const PRONOUN_REACH: u32 = 45;

/// Nouns in apposition to names: the head of each, and the entity that the name names, by head.
pub(super) type Appositions = Vec<(u32, u32)>;

struct Describer<'d, 'a, 'e> {
    phrases: Phrases<'d, 'a>,
    of: &'e [u32],
    entities: &'e mut Entities,
    /// in the order in which they are found
    appositions: &'e mut Appositions,
}

/// How often pronouns call each entity "she" and "he".
pub(super) type Votes = Vec<(u32, u32)>;

/// Describes the entities of the names; `gendered` are the words that tell a gender.
pub(super) fn describe(
    phrases: Phrases<'_, '_>,
    of: &[u32],
    entities: &mut Entities,
    gendered: &TokenSet,
    appositions: &mut Appositions,
    votes: &mut Votes,
) {
    appositions.clear();
    let mut describer = Describer { phrases, of, entities, appositions };
    for n in 0..phrases.names.len() {
        describer.before(n);
        describer.after(n);
    }
    describer.genders_from_pronouns(gendered, votes);
    // nearly in order as they are found; of two of one head the later one counts
    appositions.sort_by_key(|&(head, _)| head);
    appositions.dedup_by(|later, kept| {
        let twice = later.0 == kept.0;
        if twice {
            kept.1 = later.1;
        }
        twice
    });
}

impl Describer<'_, '_, '_> {
    fn role(&mut self, e: EntityId, head: u32, phrase: Range<u32>) {
        let token = self.phrases.token(head);
        let entity = &mut self.entities[e];
        if entity.gender.is_none() && !token.is(Classes::PLURAL) {
            entity.gender = gender(token.classes, Classes::FEMALE, Classes::MALE);
        }
        if entity.kind == SourceKind::Unknown && token.is(PEOPLE) && !token.is(Classes::ORGANISATION) {
            entity.kind = SourceKind::Person;
        }
        if entity.description.is_empty() {
            entity.description = phrase;
        }
        self.entities.add_role(e, head);
    }

    /// Titles of the run, nouns directly in front, and a description that the name follows behind a comma.
    fn before(&mut self, n: usize) {
        let p = self.phrases;
        let name = &p.names[n];
        let e = self.of[n] as EntityId;
        let (whole, tokens) = (name.whole.clone(), name.tokens.clone());
        if name.modifier || whole.start > tokens.start {
            return;
        }
        // what hardly any name has is asked first
        let ahead = p.document.tokens.get(whole.start.wrapping_sub(1) as usize);
        let ahead_is = |classes: Classes| ahead.is_some_and(|t| t.is(classes));
        let floor = || {
            let sentence = p.document.sentence_of(tokens.start);
            p.document.sentences[sentence.index()].tokens.start
        };
        let honorific = |i: u32| {
            let t = p.token(i);
            t.is(Classes::TITLE)
                && t.is(Classes::FEMALE | Classes::MALE)
                && !t.is(Classes::OFFICE | Classes::KIN | Classes::PERSON)
        };
        let mut start = whole.start;
        if ahead_is(PEOPLE)
            && start > floor()
            && p.is_noun(start - 1)
            && p.token(start - 1).kind == TokenKind::Word
        {
            let head = start - 1;
            start = p.start(head, floor());
            self.appositions.push((head, e as u32));
            self.role(e, head, start..tokens.start);
        } else if ahead_is(Classes::ORGANISATION)
            && whole.start == tokens.start
            && start > floor()
            && p.is_noun(start - 1)
            && !p.token(start - 1).is_capital()
            && !self.entities[e].is_person()
        {
            // the firm Brandt & Lind
            let head = start - 1;
            let from = p.start(head, floor());
            if p.is_determiner(from) {
                self.appositions.push((head, e as u32));
                self.role(e, head, from..tokens.start);
                if self.entities[e].kind == SourceKind::Unknown {
                    self.entities[e].kind = SourceKind::Organisation;
                }
            }
        } else if whole.start < tokens.start && !honorific(tokens.start - 1) {
            // adjectives and nouns in front of the title belong to it
            let from = p.start(whole.start, floor());
            self.role(e, tokens.start - 1, from.min(whole.start)..tokens.start);
        }
        for i in whole.start..tokens.start {
            if p.token(i).is(PEOPLE) && !honorific(i) && !self.entities.has_just_noted(e, i) {
                self.entities.add_role(e, i);
            }
        }
        // "the mediator, Sir Bo Lind,"
        let marked = |t: &Token| (t.kind == TokenKind::Comma) | t.is(Classes::NAMING);
        let plain = || (whole.start..tokens.start).all(honorific);
        if let Some(head) = start.checked_sub(2)
            && marked(p.token(start - 1))
            && plain()
            && start > floor() + 1
        {
            let marker = p.token(start - 1);
            let closed = p
                .document
                .tokens
                .get(whole.end as usize)
                .is_none_or(|t| !t.is_wordlike() || t.tag.is_finite() || t.tag == Tag::None);
            let named = marker.is(Classes::NAMING) && p.is_noun(head);
            let apposed = marker.kind == TokenKind::Comma && closed && tokens.len() > 1 && p.is_noun(head);
            if (named || apposed)
                && p.token(head).is(PEOPLE)
                && !p.token(head).is(Classes::PLURAL)
                && !p.token(head).is_capital()
            {
                let from = p.start(head, floor());
                // "a driver, Ana Brandt,": set off on both sides
                let set_off =
                    p.document.tokens.get(whole.end as usize).is_some_and(|t| t.kind == TokenKind::Comma);
                let definite = p.token(from).is(Classes::DEFINITE | Classes::POSSESSIVE)
                    || set_off && p.token(from).tag == Tag::Dt
                    || (from..head).any(|i| p.token(i).tag == Tag::Pos);
                if named || definite {
                    self.appositions.push((head, e as u32));
                    self.role(e, head, from..head + 1);
                }
            }
        }
    }

    /// An apposition behind the name.
    fn after(&mut self, n: usize) {
        let p = self.phrases;
        let name = &p.names[n];
        let comma = name.whole.end;
        let marks = |t: &Token| (t.kind == TokenKind::Comma) | (t.kind == TokenKind::Dash);
        let apart = p.document.tokens.get(comma as usize).is_some_and(marks);
        if !apart | name.modifier | name.possessive {
            return;
        }
        let sentence = p.document.sentence_of(name.tokens.start);
        let ceiling = p.document.sentences[sentence.index()].tokens.end;
        if comma + 1 >= ceiling {
            return;
        }
        let Some(head) = self.head_of_core(comma + 1, ceiling) else { return };
        let token = p.token(head);
        let e = self.of[n] as EntityId;
        let person = self.entities[e].is_person() || self.entities[e].kind == SourceKind::Unknown;
        let fits =
            token.is(PEOPLE) && person || token.is(Classes::ORGANISATION) && !self.entities[e].is_person();
        if !fits || token.is(Classes::PLURAL) || token.tag == Tag::Nns {
            return;
        }
        if head + 1 < ceiling && p.is_finite(head + 1) && p.token(head + 1).tag != Tag::None {
            return; // "Brandt, an aide said, …"
        }
        let end = p.end(head, ceiling);
        self.appositions.push((head, e as u32));
        self.role(e, head, comma + 1..end);
    }

    /// The head of the noun phrase that opens at `start`: its last noun before anything else begins.
    fn head_of_core(&self, start: u32, ceiling: u32) -> Option<u32> {
        let p = self.phrases;
        let mut head = None;
        // "the Herald, citing an official, …": a participle opens no noun phrase
        if p.token(start).tag == Tag::Vbg {
            return None;
        }
        for i in start..ceiling.min(start + REACH) {
            let t = p.token(i);
            if let Some(n) = p.name_around(i) {
                if !p.names[n].possessive && !p.names[n].modifier && head.is_none() {
                    return None;
                }
                continue;
            }
            if p.is_noun(i) {
                head = Some(i);
            } else if head.is_some() {
                // "the party's chief": the possessor is not the head
                if t.tag == Tag::Pos || t.kind == TokenKind::Hyphen {
                    head = None;
                    continue;
                }
                break;
            } else if !t.is_wordlike() && t.kind != TokenKind::DoubleQuote
                || p.is_preposition(i)
                || p.is_finite(i) && t.tag != Tag::None
                || t.is(Classes::RELATIVE | Classes::PERSONAL)
            {
                return None;
            }
        }
        head
    }

    /// Where neither title nor first name tells, the pronouns that follow a name before any other person's do.
    fn genders_from_pronouns(&mut self, gendered: &TokenSet, votes: &mut Votes) {
        let p = self.phrases;
        filled(votes, self.entities.len(), (0, 0));
        for (n, name) in p.names.iter().enumerate() {
            let e = self.of[n] as EntityId;
            let entity = &self.entities[e];
            let open =
                matches!(entity.kind, SourceKind::Person | SourceKind::Unknown) && entity.gender.is_none();
            if !open || name.modifier {
                continue;
            }
            let reach = (name.whole.end + PRONOUN_REACH).min(p.document.tokens.len() as u32);
            let (mut i, mut next) = (name.whole.end, n + 1);
            loop {
                let word = gendered.next(i);
                let other = p.names.get(next).map_or(NONE, |o| o.tokens.start);
                let other = if other < i { NONE } else { other };
                i = word.min(other);
                if i >= reach {
                    break;
                }
                if i == other {
                    let o = self.of[next] as EntityId;
                    let other = &self.entities[o];
                    if o != e && (other.is_person() || other.kind == SourceKind::Unknown) {
                        break;
                    }
                    next += 1;
                }
                let t = p.token(i);
                if t.is(Classes::PERSONAL | Classes::POSSESSIVE) {
                    match gender(t.classes, Classes::FEMALE, Classes::MALE) {
                        Some(Gender::Female) => votes[e].0 += 1,
                        Some(Gender::Male) => votes[e].1 += 1,
                        None => {
                            i += 1;
                            continue;
                        }
                    }
                    break;
                }
                if t.is(PEOPLE) && t.is(Classes::FEMALE | Classes::MALE) {
                    break;
                }
                i += 1;
            }
        }
        for (entity, (female, male)) in self.entities.iter_mut().zip(&*votes) {
            if entity.gender.is_none() && female != male {
                entity.gender = Some(if female > male { Gender::Female } else { Gender::Male });
                if entity.kind == SourceKind::Unknown && female + male > 1 {
                    entity.kind = SourceKind::Person;
                }
            }
        }
    }
}

/// The span of a name with its title, for the list of mentions.
pub(super) fn span_of(phrases: Phrases<'_, '_>, n: usize) -> Span {
    phrases.document.span(phrases.names[n].whole.clone())
}
