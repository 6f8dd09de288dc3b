//! The subject of a verb: the noun phrase before it, behind asides, relative clauses and times, or that of the clause which
//! a participle, an infinitive or a second verb goes on with.
//!
//! Part of [`Phrases`].

use super::phrase::{Phrases, REACH};
use crate::lexicon::{ChangePos, Classes, NumberRole as Role};
use crate::text::{Tag, TokenKind};
use std::ops::Range;

/// How many tokens may stand between a subject and its verb in an aside.
const ASIDE: u32 = 15;

impl Phrases<'_, '_> {
    /// The first token of the verb group that ends right before a token, adverbs and the words of a bound passed over.
    fn verb_before(&self, of: u32, start: u32) -> Option<u32> {
        let mut at = of;
        let verb = |t: u32| self.tag(t).is_verb() || self.tag(t) == Tag::Md || self.role(t, Role::Level);
        while at > start && !verb(at - 1) {
            let stops = matches!(
                self.tag(at - 1),
                Tag::Wdt
                    | Tag::Wp
                    | Tag::Cc
                    | Tag::Comma
                    | Tag::Colon
                    | Tag::Nn
                    | Tag::Nns
                    | Tag::Nnp
                    | Tag::Nnps
            );
            if stops || of - at >= 5 {
                return None;
            }
            at -= 1;
        }
        if at == start {
            return None;
        }
        let group =
            |t: u32| verb(t) || self.tag(t) == Tag::Md || self.tag(t).is_adverb() || self.tag(t) == Tag::To;
        while at > start && group(at - 1) {
            at -= 1;
        }
        Some(at)
    }

    /// The verb right before a token, adverbs and the words of a bound passed over.
    pub(super) fn is_level(&self, of: u32, start: u32) -> bool {
        let mut at = of;
        while at > start && of - at < 6 {
            at -= 1;
            if self.tag(at).is_verb() || self.role(at, Role::Level) {
                // who raised $5 million is not what amounts to it
                return self.moves(at, &[ChangePos::Verb]) || self.role(at, Role::Level);
            }
            if self.tag(at).is_noun() || matches!(self.tag(at), Tag::Comma | Tag::Cc) {
                return false;
            }
        }
        false
    }

    /// Whether a token begins a clause rather than a phrase: "given that the debt", not "since May".
    fn subordinates(&self, t: u32) -> bool {
        self.is(t, Classes::SUBORDINATOR) && !self.role(t, Role::WhenPreposition)
    }

    /// The place before what two commas part from a subject and its verb, ", it says,", ", a builder of boats,", ", which is
    /// old,", and ends right before a token; the token where nothing does.
    fn before_aside(&self, of: u32, start: u32) -> u32 {
        if of > start + 2 && self.kind(of - 1) == Some(TokenKind::Close) {
            // the World Fair Board (WFB) fell
            let floor = start.max(of.saturating_sub(ASIDE));
            return (floor..of - 1).rev().find(|&t| self.kind(t) == Some(TokenKind::Open)).unwrap_or(of);
        }
        let comma = |t: u32| self.kind(t) == Some(TokenKind::Comma);
        if of <= start + 2 || !comma(of - 1) {
            return of;
        }
        let floor = start.max(of.saturating_sub(ASIDE));
        let Some(opens) = (floor..of - 1).rev().find(|&t| comma(t)) else { return of };
        let says = |t: u32| self.is(t, Classes::CUE_VERB) && self.tag(t).is_verb();
        let near = of - opens <= 7 && (opens..of).any(says);
        let first = self.tag(opens + 1);
        let relative = matches!(first, Tag::Wdt | Tag::Wp) || self.is_movement(opens + 1);
        let describes = first.is_noun()
            || first.is_adjective()
            || matches!(first, Tag::Dt | Tag::PrpPoss | Tag::Cd | Tag::Vbn | Tag::Vbg | Tag::In);
        let phrase = describes && !(opens + 1..of).any(|t| self.tag(t).is_finite());
        // "in the north, the second-largest town, fell": what stands before the comma is no subject
        let subject = || opens > start && self.nouns_before(opens, start).is_some_and(|n| !self.is_time(&n));
        if near || (relative || phrase) && subject() { opens } else { of }
    }

    /// Whether the word of a token, or a phrase that it begins, tells of a movement as one of some parts of speech.
    pub(super) fn moves(&self, t: u32, parts: &[ChangePos]) -> bool {
        let changes = self.lexicon.changes(self.document.tokens[t as usize].word);
        changes.iter().any(|c| parts.contains(&c.value.pos))
    }

    /// Whether a token tells of a movement without a verb: up, lower.
    pub(super) fn is_movement(&self, t: u32) -> bool {
        let words = self.document.tokens.get(t as usize).map(|t| self.lexicon.changes(t.word));
        words.is_some_and(|w| w.iter().any(|c| c.rest.is_empty() && c.value.pos == ChangePos::Adverb))
    }

    /// The place before a relative clause that ends right before a token: "firms | that fired workers lost 12 percent".
    fn before_relative(&self, at: u32, start: u32) -> u32 {
        let pronoun = at > start && self.tag(at - 1) == Tag::Prp;
        let own = if pronoun { Some(at - 1..at) } else { self.nouns_before(at, start) };
        let Some(object) = own else { return at };
        let mut verb = object.start;
        while verb > start && matches!(self.tag(verb - 1), Tag::Dt | Tag::PrpPoss | Tag::In | Tag::To) {
            verb -= 1;
        }
        let Some(verb) = verb
            .checked_sub(1)
            .filter(|&t| t > start && self.tag(t).is_finite() && !self.is(t, Classes::CUE_VERB))
        else {
            return at;
        };
        let floor = start.max(verb.saturating_sub(3));
        let who = (floor..verb).rev().find(|&t| matches!(self.tag(t), Tag::Wp | Tag::Wdt));
        who.filter(|&t| self.nouns_before(t, start).is_some()).unwrap_or(at)
    }

    /// Where a time begins that stands between a subject and its verb: "the debt | in 2015 was".
    fn before_time(&self, at: u32, start: u32) -> u32 {
        if at < start + 3 {
            return at;
        }
        let year = self.kind(at - 1) == Some(TokenKind::Number)
            && self.document.word(at - 1).len() == 4
            && self.tag(at - 2) == Tag::In;
        if year {
            return at - 2;
        }
        let Some(time) = self.nouns_before(at, start).filter(|r| self.is_time(r)) else { return at };
        let mut from = time.start;
        from -= u32::from(from > start && self.tag(from - 1) == Tag::Dt);
        from -= u32::from(from > start && self.tag(from - 1) == Tag::In);
        // a time alone may be the subject
        if from > start && self.nouns_before(from, start).is_some() { from } else { at }
    }

    /// The noun phrase that ends right before a token, back over the prepositional phrases on it to its head: "the boats | of
    /// the line in Dorn".
    fn head_before(&self, to: u32, start: u32) -> Option<Range<u32>> {
        let links = |t: u32| matches!(self.tag(t), Tag::In | Tag::To) && !self.subordinates(t);
        let mut at = to;
        let mut found: Option<Range<u32>> = None;
        while let Some(range) = self.nouns_before(at, start) {
            if to - range.start > REACH {
                break;
            }
            at = range.start;
            found = Some(range);
            // the index of leading shares
            let participle =
                at > start + 1 && matches!(self.tag(at - 1), Tag::Vbn | Tag::Vbg) && links(at - 2);
            at -= u32::from(participle);
            while at > start && matches!(self.tag(at - 1), Tag::Dt | Tag::PrpPoss) {
                at -= 1;
            }
            // "the cost of tuition and fees was": both hang on one preposition
            if at > start + 2
                && self.tag(at - 1) == Tag::Cc
                && let Some(first) = self.nouns_before(at - 1, start)
                && first.start > start + 1
                && links(first.start - 1)
                && !first.clone().any(|t| self.is_number(t) || self.kind(t) == Some(TokenKind::Percent))
            {
                at = first.start;
            }
            // "jobs after profit fell": what may open a clause or a time opens a clause here
            let opens = |t: u32, np: &Range<u32>| self.is(t, Classes::SUBORDINATOR) && !self.is_time(np);
            if at <= start + 1 || !links(at - 1) || found.as_ref().is_some_and(|np| opens(at - 1, np)) {
                break;
            }
            at -= 1;
            // letters sent to Holm and to Brandt
            at -= u32::from(at > start + 1 && self.tag(at - 1) == Tag::Cc);
            // households led by mothers
            if matches!(self.tag(at - 1), Tag::Vbn | Tag::Vbg) {
                at -= 1;
            }
        }
        found
    }

    /// The subject of the verb group before a token: the noun phrase before it, back over prepositional phrases to the
    /// first head, and over a conjoined verb to the first.
    pub(super) fn subject(&self, of: u32, start: u32) -> Option<Range<u32>> {
        let mut at = self.verb_before(of, start)?;
        let own = || self.nouns_before(self.before_time(at, start), start).filter(|r| !self.is_time(r));
        if !(at..of).any(|t| self.tag(t).is_finite()) && own().is_none() {
            let measures = self.measures(of, at)?;
            let comma = at > start + 1 && self.kind(at - 1) == Some(TokenKind::Comma);
            if comma && self.role(measures, Role::Level) {
                // the records, numbering 1,000
                return self.nouns_before(at - 1, start).filter(|r| !self.is_time(r));
            }
            // after falling 3%, to close at 1,412: the subject is that of the clause before
            let verb = self.finite_before(at, start, REACH)?;
            at = self.verb_before(verb + 1, start)?;
        }
        for _ in 0..2 {
            if at <= start || self.tag(at - 1) != Tag::Cc {
                break;
            }
            // "is tall and weighs": the subject stands before the first verb
            let verb = self.finite_before(at - 1, start, 15)?;
            at = self.verb_before(verb + 1, start)?;
        }
        at = self.before_aside(at, start);
        let mut relative = false;
        if at > start && matches!(self.tag(at - 1), Tag::Wdt | Tag::Wp) {
            relative = true;
            at -= 1;
            if at > start && self.kind(at - 1) == Some(TokenKind::Comma) {
                at -= 1;
            }
        }
        at = self.before_relative(self.before_time(at, start), start);
        if relative {
            // "a rally in shares, which were up 3%": a clause tells of what stands before it
            return self.nouns_before(at, start).map(|range| self.numbered(range, at));
        }
        self.whole_before(at, start)
    }

    /// The last verb of a group, where it tells how much something is, has of something, or how it moves.
    fn measures(&self, of: u32, at: u32) -> Option<u32> {
        let tells = [Role::Level, Role::Motion, Role::Gets];
        let verb = (at..of).rev().find(|&t| self.tag(t).is_verb())?;
        (self.moves(verb, &[ChangePos::Verb]) || tells.iter().any(|&role| self.role(verb, role)))
            .then_some(verb)
    }

    /// The last finite verb before a token, no more than `reach` tokens away.
    fn finite_before(&self, at: u32, start: u32, reach: u32) -> Option<u32> {
        (start.max(at.saturating_sub(reach))..at).rev().find(|&t| self.tag(t).is_finite())
    }

    /// The noun phrase that ends right before a token, with its head and what that numbers.
    pub(super) fn whole_before(&self, to: u32, start: u32) -> Option<Range<u32>> {
        self.head_before(to, start).map(|range| self.numbered(range, to))
    }

    /// The number of households: with the noun after "of", which tells what is numbered.
    pub(super) fn numbered(&self, range: Range<u32>, to: u32) -> Range<u32> {
        let of = if self.role(range.end, Role::Of) { self.noun_phrase(range.end + 1, to) } else { None };
        range.start..of.map_or(range.end, |of| of.end)
    }
}
