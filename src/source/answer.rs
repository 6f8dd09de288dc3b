//! Questions → answers: the entity that each source mention stands for, in its turn of the walk.
//!
//! Takes the [`Reading`] of a mention at the moment when all before it has been read; "I" and "we" wait until every
//! speaker is known. Part of [`Walker`].

use super::agreement::{Agreement, agrees};
use super::entity::{Entity, EntityId};
use super::name::{Name, gender};
use super::pronoun::{Marks, Place};
use super::reading::{Joined, Reading};
use super::table::NONE;
use super::walk::Walker;
use crate::attribution::Attribution;
use crate::lexicon::Classes;
use crate::quote::Quote;
use crate::span::{Holders, Span};
use crate::text::{Tag, TokenKind};
use crate::vocabulary::{Gender, Mode, QuoteRole, SourceKind};
use std::ops::Range;

/// How many tokens from a pronoun the comma may stand that ends the phrase which opens the sentence, and how many where
/// the phrase is a participle's.
const LONGEST_OPENING: u32 = 16;
const LONGEST_PARTICIPLE: u32 = 48;

/// The rule of attributions whose content is someone's words without marks.
const TURN: &str = "turn";

impl Walker<'_, '_> {
    /// Answers what was asked of some tokens, which come in text order.
    #[inline]
    pub(super) fn answer_at(&mut self, tokens: Range<u32>, place: Place, sentence: &Range<u32>) {
        if self.asked.any_before(tokens.end) {
            self.answer_asked(tokens, place, sentence);
        }
    }

    #[inline(never)]
    fn answer_asked(&mut self, tokens: Range<u32>, place: Place, sentence: &Range<u32>) {
        while let Some((token, q)) = self.asked.next_at(tokens.clone()) {
            self.answers[q] = self.answer(q, Place { token, ..place }, sentence);
        }
    }

    fn answer(&mut self, q: usize, place: Place, sentence: &Range<u32>) -> Option<EntityId> {
        let p = self.phrases;
        match &self.list[q].reading {
            &Reading::Name(n) => Some(self.of(n)),
            Reading::Noun { head, phrase } => match self.here.get(*head) {
                // "Article 5": more than the name that it holds
                Some(e) if p.name_at(*head).is_none() => Some(e),
                _ => {
                    let (head, phrase) = (*head, phrase.clone());
                    Some(self.noun(head, phrase, place))
                }
            },
            Reading::Indefinite { head, phrase } => {
                if let Some(e) = self.here.get(*head) {
                    return Some(e);
                }
                let phrase = phrase.clone();
                let mut entity = Entity::new(phrase.clone(), SourceKind::Unnamed, false);
                entity.plural = true;
                let e = self.entities.push(entity);
                self.mention(e, place, p.document.span(phrase.clone()), phrase, false);
                Some(e)
            }
            Reading::Group(joined) => {
                let Joined { phrase, parts } = &**joined;
                let name = |i: u32| p.name_around(i).filter(|&n| p.names[n].whole.end == i + 1);
                let members: Vec<EntityId> =
                    parts.iter().filter_map(|&i| name(i).map(|n| self.of(n))).collect();
                let members = if members.len() == parts.len() { members } else { Vec::new() };
                let phrase = phrase.clone();
                let e = self.group(&members, phrase.clone());
                self.mention(e, place, p.document.span(phrase.clone()), phrase, false);
                Some(e)
            }
            &Reading::Pronoun(i) => self.pronoun(q, i, place, sentence),
            // "Who told you?" asks for one whom nobody has mentioned
            &Reading::Relative(i)
                if i == sentence.start || p.token(i - 1).kind == TokenKind::Colon || self.is_opener(i) =>
            {
                None
            }
            &Reading::Relative(i) => {
                let who = p.token(i).is(Classes::PERSON) || self.is_who(i);
                let agreement = if who { Agreement::Someone } else { Agreement::Anything };
                let e = self.before_relative(i, agreement, place, sentence)?;
                self.mention(e, place, p.token(i).span, i..i + 1, true);
                // what a relative clause says of someone in passing makes them no speaker whom "he" takes up
                self.discourse.events.last_mut().expect("just pushed").marks.remove(Marks::SOURCE);
                Some(e)
            }
        }
    }

    /// "Despite his doubts, Lee …", "Asked whether he would run, Lee …": the person who is named as the subject after the
    /// phrase that opens the sentence, for a pronoun in that phrase.
    pub(super) fn named_ahead(&self, i: u32, sex: Option<Gender>, sentence: &Range<u32>) -> Option<EntityId> {
        let p = self.phrases;
        let first = sentence.start;
        let verbless = || p.token(i).is(Classes::POSSESSIVE) && !(first..i).any(|t| p.token(t).tag.is_verb());
        let reach = match p.token(first).tag {
            // taggers take "Asked whether" for a past tense, which opens no sentence
            Tag::Vbn | Tag::Vbg | Tag::Vbd => LONGEST_PARTICIPLE,
            _ if p.is_preposition(first) && verbless() => LONGEST_OPENING,
            _ => return None,
        };
        if i == first || (first..i).any(|t| p.name_at(t).is_some() || p.token(t).kind == TokenKind::Comma) {
            return None;
        }
        for comma in i..sentence.end.min(i + reach).saturating_sub(1) {
            if p.token(comma).kind != TokenKind::Comma {
                // a clause of its own in a phrase without a verb: the sentence is built otherwise
                if reach == LONGEST_OPENING && p.is_finite(comma) {
                    return None;
                }
                continue;
            }
            let Some(n) = p.name_around(comma + 1).filter(|&n| p.names[n].whole.start == comma + 1) else {
                continue;
            };
            let (name, e) = (&p.names[n], self.of(n));
            let verb = name.whole.end;
            let subject = verb < sentence.end && (p.is_finite(verb) || p.token(verb).tag.is_adverb());
            if subject && !name.possessive && !name.modifier {
                let entity = &self.entities[e];
                let agrees = !matches!((sex, entity.gender), (Some(a), Some(b)) if a != b);
                return (entity.is_person() && agrees).then_some(e);
            }
        }
        None
    }

    /// What a relative pronoun takes up: the noun right before it, else the latest that can be meant.
    fn before_relative(
        &mut self,
        i: u32,
        agreement: Agreement,
        place: Place,
        sentence: &Range<u32>,
    ) -> Option<EntityId> {
        let p = self.phrases;
        let comma = i > sentence.start && p.token(i - 1).kind == TokenKind::Comma;
        let last = i.checked_sub(1 + u32::from(comma)).filter(|&l| l >= sentence.start);
        if let Some(last) = last {
            if let Some(e) = self.here.get(last) {
                let bare = p.name_at(last).is_none() && last > sentence.start && p.is_preposition(last - 1);
                if !bare && agrees(agreement, &self.entities[e]) {
                    return Some(e);
                }
            } else if !comma && p.is_noun(last) && p.name_around(last).is_none() {
                let phrase = p.start(last, sentence.start)..last + 1;
                return Some(self.noun(last, phrase, Place { token: last, ..place }));
            }
        }
        self.discourse.before_relative(p, place, agreement)
    }

    /// Whether a quotation mark stands before a token.
    fn is_opener(&self, i: u32) -> bool {
        matches!(self.phrases.token(i - 1).kind, TokenKind::DoubleQuote | TokenKind::SingleQuote)
    }

    fn is_who(&self, i: u32) -> bool {
        matches!(self.phrases.token(i).tag, Tag::Wp | Tag::WpPoss)
    }

    fn pronoun(&mut self, q: usize, i: u32, place: Place, sentence: &Range<u32>) -> Option<EntityId> {
        let p = self.phrases;
        if let Some(e) = self.here.get(i) {
            return Some(e);
        }
        let token = *p.token(i);
        if token.is(Classes::FIRST_PERSON) {
            self.first_persons.push((q, i));
            return None;
        }
        let sex = gender(token.classes, Classes::FEMALE, Classes::MALE);
        let agreement = if sex.is_some() {
            Agreement::Person(sex)
        } else if token.is(Classes::PLURAL) {
            Agreement::Plural
        } else if token.is(Classes::PERSON) || self.document_word_is_second(i) {
            return None;
        } else {
            Agreement::Thing
        };
        let ahead = sex.and_then(|_| self.named_ahead(i, sex, sentence));
        let others = if sex.is_some() { self.others(q, place) } else { Vec::new() };
        let e = ahead.or_else(|| self.antecedent_but(place, agreement, &others))?;
        self.mention(e, place, token.span, i..i + 1, true);
        Some(e)
    }

    /// Whom the pronoun of a question cannot stand for: who is named in what it goes on to say, and, within a quotation,
    /// who speaks there: nobody calls himself "he". Who spoke last may tell what others say of him.
    fn others(&self, q: usize, place: Place) -> Vec<EntityId> {
        let p = self.phrases;
        let own = &self.attributions[self.list[q].attribution as usize];
        let mut others = Vec::new();
        let start = p.token(place.token).span.start;
        // "the Boeing is Lee's favorite toy, he said" is told of himself
        let told = |content: &&Span| own.mode == Mode::Direct || content.start > start;
        for content in own.content.iter().filter(told) {
            let from = p.names.partition_point(|n| p.token(n.tokens.start).span.end <= content.start);
            let within = |n: &Name| p.token(n.tokens.end - 1).span.start < content.end;
            let named = p.names[from..].iter().zip(from..).take_while(|(n, _)| within(n));
            others.extend(named.filter(|(n, _)| !n.modifier).map(|(_, n)| self.of(n)));
        }
        if own.mode == Mode::Direct {
            let last = self.discourse.last_speaker();
            others.retain(|&e| Some(e) != last);
        }
        let outer = own.parent.filter(|_| place.quote != NONE).map(|a| a.index() as u32);
        if let Some(outer) = outer.filter(|&a| self.attributions[a as usize].mode != Mode::Indirect) {
            let at = self.list.partition_point(|asked| asked.attribution < outer);
            let speaker =
                self.list[at..].iter().zip(&self.answers[at..]).take_while(|(a, _)| a.attribution == outer);
            for (asked, answer) in speaker.filter(|(a, _)| !a.relay) {
                let name = match asked.reading {
                    Reading::Name(n) => Some(self.of(n)),
                    _ => *answer,
                };
                others.extend(name);
            }
        }
        others
    }

    /// "you" and "your" stand for no source.
    fn document_word_is_second(&self, i: u32) -> bool {
        self.phrases.document.word(i).starts_with(['y', 'Y'])
    }

    /// "I" within someone's words is that someone; outside all quotes it is the author.
    pub(super) fn answer_first_persons(&mut self) {
        if self.first_persons.is_empty() {
            return;
        }
        let mut asked_of = vec![None; self.attributions.len()];
        for (q, asked) in self.list.iter().enumerate().rev() {
            asked_of[asked.attribution as usize] = Some(q);
        }
        let said = |q: &&Quote| matches!(q.role, QuoteRole::Speech | QuoteRole::Fragment);
        let mut quotes = Holders::new(self.quotes.iter().filter(said).map(|q| (q.span, 0)));
        // "the report says we failed": in reported words "we" is not the reporter's source, but in a turn it is
        let own_words = |a: &Attribution| a.mode != Mode::Indirect || a.rule == TURN;
        let contents = self.attributions.iter().enumerate().filter(|(_, a)| own_words(a));
        let mut contents = Holders::new(contents.flat_map(|(i, a)| a.content.iter().map(move |&c| (c, i))));
        for (q, i) in std::mem::take(&mut self.first_persons) {
            let token = self.phrases.token(i).span;
            let quoted = quotes.of(token).next().is_some();
            let own = self.list[q].attribution as usize;
            let size = |a: usize| self.attributions[a].content.iter().map(|c| c.len()).sum::<usize>();
            let holder = contents.of(token).filter(|&a| a != own).min_by_key(|&a| (size(a), a));
            let speaker = holder.and_then(|a| self.answers[asked_of[a]?]);
            self.answers[q] = match (speaker, quoted) {
                (Some(e), _) => Some(e),
                (None, true) => None,
                (None, false) => Some(self.the_author(i)),
            };
            if let Some(e) = self.answers[q] {
                self.mentions.push((e as u32, token));
            }
        }
    }

    fn the_author(&mut self, i: u32) -> EntityId {
        if let Some(e) = self.author {
            return e;
        }
        let e = self.entities.push(Entity::new(i..i + 1, SourceKind::Author, false));
        self.author = Some(e);
        e
    }
}
