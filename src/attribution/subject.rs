//! Who: the noun phrase before a verb group that is its subject, with its extent.
//!
//! The extent is what annotators draw: determiner, title, name, "of"-phrases, appositions and age; a relative clause
//! only where it stands without commas. A relative pronoun stands for itself. Leaves what follows a verb to
//! [`super::extent`], and verbs that borrow another's subject to [`super::governor`].

use super::scene::{Phrase, Scene};
use super::sign::Sign;
use super::word::words;
use crate::lexicon::Classes;
use crate::text::{Tag, TokenKind};
use crate::vocabulary::Form;

/// How far back a subject is looked for.
const REACH: u32 = 60;

impl Scene<'_> {
    /// The subject of the verb group that starts at `verb`, looking back no further than `floor`.
    pub(super) fn subject(&self, verb: u32, floor: u32) -> Option<Phrase> {
        let floor = floor.max(verb.saturating_sub(REACH));
        // adverbs and parentheses of one word between subject and verb
        let end = self.signs.run_before(Sign::Adverbial, verb, floor);
        if end <= floor {
            return None;
        }
        let last = end - 1;
        if matches!(self.tag(last), Tag::Wp | Tag::Wdt) || self.is_relative_that(last, floor) {
            return Some(self.phrase(last..last + 1, last));
        }
        match self.kind(last) {
            TokenKind::Comma | TokenKind::Dash | TokenKind::Close => {
                self.subject_before_parenthesis(last, floor)
            }
            _ => {
                // "Ann Lee, the mayor, on Tuesday said"
                let dated = self.comma_before_date(end, floor);
                let named = dated.and_then(|comma| self.subject_before_parenthesis(comma, floor));
                let own = || self.noun_phrase_ending(end, floor);
                named.or_else(|| own().map(|np| self.with_name(self.without_when(np), floor)))
            }
        }
    }

    /// The comma before the time that ends right before a token.
    fn comma_before_date(&self, end: u32, floor: u32) -> Option<u32> {
        let time = self.noun_phrase_before(end, floor).filter(|np| self.is_time(np.tokens.clone()))?;
        let before = time.tokens.start.checked_sub(1).filter(|&t| t > floor + 1)?;
        let comma = if self.tag(before) == Tag::In { before - 1 } else { before };
        (self.kind(comma) == TokenKind::Comma).then_some(comma)
    }

    /// "The moment Lee announced it", "the reason Lee left": what the clause hangs on is no part of who.
    fn without_when(&self, phrase: Phrase) -> Phrase {
        let hangs = |t: &u32| {
            let (word, next) = (self.token(*t), self.token(t + 1));
            !word.is_capital() & next.is_capital() & next.tag.is_proper()
                && self.reads(*t, words!("moment" | "day" | "time" | "times" | "reason" | "way"))
        };
        match (phrase.tokens.start..phrase.head.min(phrase.tokens.end - 1)).find(hangs) {
            Some(t) => Phrase { tokens: t + 1..phrase.tokens.end, head: phrase.head, form: Form::Name },
            None => phrase,
        }
    }

    /// "Ann Lee, the mayor of Dorn said": an office is the apposition of the name that opens the sentence before it,
    /// the second comma forgotten.
    fn with_name(&self, office: Phrase, floor: u32) -> Phrase {
        let comma = office.tokens.start.saturating_sub(1);
        let unnamed = office.form == Form::Role && self.is(office.head, Classes::OFFICE);
        if !unnamed || comma <= floor || self.kind(comma) != TokenKind::Comma {
            return office;
        }
        let name = self.noun_phrase_before(comma, floor).filter(|n| {
            let alone = n.tokens.start == floor && n.tokens.end == comma && n.tokens.len() > 1;
            alone
                && n.tokens.clone().all(|t| self.token(t).is_capital() && self.tag(t).is_proper())
                && !self.is(n.head, Classes::PLACE | Classes::ORGANISATION)
                && !self.is_time(n.tokens.clone())
        });
        match name {
            Some(n) => Phrase { tokens: n.tokens.start..office.tokens.end, head: n.head, form: Form::Name },
            None => office,
        }
    }

    /// "that" right after a noun and right before a verb: a relative pronoun whatever its tag.
    fn is_relative_that(&self, i: u32, floor: u32) -> bool {
        self.reads(i, words!("that")) && i > floor && self.tag(i - 1).is_noun()
    }

    /// The full noun phrase whose last token stands right before `end`.
    pub(super) fn noun_phrase_ending(&self, end: u32, floor: u32) -> Option<Phrase> {
        let whole_end = end;
        let mut end = end;
        // "Rep. Lee (D-Ohio)": the phrase before the brackets
        if (end > floor + 2) & (self.kind(end.max(1) - 1) == TokenKind::Close) {
            let open = (floor..end - 1).rev().take(8).find(|&i| self.kind(i) == TokenKind::Open)?;
            end = open;
        }
        let bracketed = end < whole_end;
        let mut base = self.noun_phrase_before(end, floor).or_else(|| {
            // "those surveyed say": before another verb it is a participle
            let verb = self.verb_group(end.checked_sub(1)?)?;
            let lone = verb.tokens.len() == 1 && matches!(self.tag(verb.head), Tag::Vbn | Tag::Vbd);
            let start = Some(verb.tokens.start).filter(|&start| lone && start > floor)?;
            let np = self.noun_phrase_before(start, floor)?;
            // but "economists I polled say"
            let contact =
                np.tokens.start > floor && self.noun_phrase_before(np.tokens.start, floor).is_some();
            (self.tag(np.head) != Tag::Prp && !contact).then_some(np)
        })?;
        // "A jury on Friday found", "the mayor Monday said": the time is no part of who
        if self.is_time(base.tokens.clone()) && base.tokens.start > floor {
            let before = base.tokens.start - 1;
            let mut cut = if self.tag(before) == Tag::In { before } else { base.tokens.start };
            // "a survey released Friday found": a past tense between a noun and the verb is a participle
            if let Some(verb) = self
                .verb_group(before)
                .filter(|v| v.tokens.len() == 1 && matches!(self.tag(v.head), Tag::Vbn | Tag::Vbd))
                && verb.tokens.start > floor
                && self.noun_phrase_before(verb.tokens.start, floor).is_some()
            {
                cut = verb.tokens.start;
            }
            if let Some(np) = self.noun_phrase_before(cut, floor) {
                let participle =
                    cut < before && self.tag(cut) != Tag::In || cut == before && self.tag(cut).is_verb();
                (base, end) = (np, if participle { end } else { cut });
            }
        }
        let (mut start, mut head) = (base.tokens.start, base.head);
        // "the head of the agency", "officials in Kyiv": the head is the first noun phrase of the chain
        while let Some((s, h)) = self.attachment(start, floor) {
            (start, head) = (s, h);
        }
        // "Ann Lee and Bob Ray", "A, B and C"; but "in Dorn and Holm, and he said": who goes by he alone is all there is
        let mut whole = start;
        let single = (self.tag(head) == Tag::Prp) & !self.is(head, Classes::FIRST_PERSON | Classes::PLURAL);
        while !single && let Some(s) = self.coordinate(whole, floor) {
            whole = s;
        }
        // "both traders", where the tagger took the word for a conjunction
        if (whole > floor) & self.is(whole.max(1) - 1, Classes::FLOATING) && self.tag(head).is_noun() {
            whole -= 1;
        }
        let mut phrase = self.phrase(whole..end, head);
        if bracketed {
            phrase.tokens.end = whole_end;
        }
        Some(phrase)
    }

    /// The noun phrase that the prepositional, participial or relative phrase before `start` is attached to.
    fn attachment(&self, start: u32, floor: u32) -> Option<(u32, u32)> {
        let before = start.checked_sub(1).filter(|&p| p > floor)?;
        let preposition = matches!(self.tag(before), Tag::In | Tag::To) && !self.is_subordinator(before);
        // "the head of the agency", "a source close to the company"
        let mut at = if preposition { before } else { start };
        if preposition {
            if let Some(np) = self.noun_phrase_before(at, floor) {
                return Some((np.tokens.start, np.head));
            }
            // "many of them"
            if self.reads(before, words!("of")) && at > floor && self.tag(at - 1).is_adjective() {
                return Some((at - 1, at - 1));
            }
            // taggers take "close" for an adverb
            if at > floor && (self.tag(at - 1).is_adjective() || self.tag(at - 1).is_adverb()) {
                at -= 1;
                return self.noun_phrase_before(at, floor).map(|np| (np.tokens.start, np.head));
            }
        }
        let mut verb = self.verb_group(at.checked_sub(1)?).filter(|v| v.tokens.start > floor)?;
        // "the senator accused of taking bribes", "the firm ordered to pay a fine"
        let participle = if self.tag(verb.first) == Tag::Vbg || self.tag(verb.first) == Tag::To {
            let of = verb.tokens.start - u32::from(self.tag(verb.first) == Tag::Vbg);
            self.verb_group(of.saturating_sub(1)).filter(|v| v.tokens.end == of)
        } else {
            Some(verb)
        };
        if let Some(lone) = participle.filter(|v| v.tokens.start > floor)
            && self.is_reduced_relative(lone, self.doc.tokens.len() as u32)
        {
            return self.noun_phrase_before(lone.tokens.start, floor).map(|np| (np.tokens.start, np.head));
        }
        // "an official who spoke up to explain the plan": the infinitive hangs on the verb of the relative clause
        if self.tag(verb.first) == Tag::To {
            verb = self
                .verb_group(verb.tokens.start - 1)
                .filter(|v| v.is_finite() && v.tokens.start > floor && self.is_who(v.tokens.start - 1))?;
        }
        let first = verb.tokens.start;
        // "70 percent of registered voters": a participle right after a preposition qualifies the noun
        let qualifies = verb.tokens.len() == 1
            && matches!(self.tag(first), Tag::Vbn | Tag::Vbd)
            && matches!(self.tag(first - 1), Tag::In)
            && !self.is_subordinator(first - 1);
        if qualifies {
            return self.noun_phrase(start).map(|np| (first, np.head));
        }
        // "officials briefed on the matter", "a group representing farmers"
        let passive = self.tag(first) == Tag::Vbd
            && verb.tokens.len() == 1
            && preposition
            && self.reads(before, words!("by"));
        if matches!(self.tag(first), Tag::Vbn | Tag::Vbg) || passive {
            return self.noun_phrase_before(first, floor).map(|np| (np.tokens.start, np.head));
        }
        // "two deputies who attended the meeting"
        let pronoun = first - 1;
        if matches!(self.tag(pronoun), Tag::Wp | Tag::Wdt) || self.is_relative_that(pronoun, floor) {
            return self.noun_phrase_before(pronoun, floor).map(|np| (np.tokens.start, np.head));
        }
        None
    }

    fn is_who(&self, i: u32) -> bool {
        matches!(self.tag(i), Tag::Wp | Tag::Wdt)
    }

    pub(super) fn is_subordinator(&self, i: u32) -> bool {
        self.is(i, Classes::SUBORDINATOR)
    }

    /// Where the coordination starts that the phrase at `start` is the last member of.
    fn coordinate(&self, start: u32, floor: u32) -> Option<u32> {
        let mut conjunction = start.checked_sub(1).filter(|&c| c > floor)?;
        // "traders and even some fishermen"
        while conjunction > floor + 1 && self.tag(conjunction).is_adverb() {
            conjunction -= 1;
        }
        let near = conjunction + 1 == start;
        let listed = near && self.kind(conjunction) == TokenKind::Comma;
        let and = self.is(conjunction, Classes::COORDINATOR);
        if !and && !listed {
            return None;
        }
        let mut end = conjunction;
        if and && end > floor && self.kind(end - 1) == TokenKind::Comma {
            end -= 1;
        }
        if listed && !self.is_list_member(start) {
            return None;
        }
        let np = self.noun_phrase_before(end, floor)?;
        let mut first = np.tokens.start;
        while let Some((s, _)) = self.attachment(first, floor) {
            first = s;
        }
        // the first member must not be the object of a verb or a preposition
        if first > floor {
            let before = first - 1;
            // "ran as a Democrat, and Lee said": a comma after a clause that has its verb opens another
            let parted = and && end < conjunction && self.signs.any(Sign::Finite, &(floor..first));
            let preposition = matches!(self.tag(before), Tag::In | Tag::To);
            let governed =
                self.tag(before).is_verb() || preposition && (parted || !self.is_subordinator(before));
            if governed {
                return None;
            }
        }
        Some(first)
    }

    /// Whether the phrase at `start` goes on as a list: "A, B and C" seen from B.
    fn is_list_member(&self, start: u32) -> bool {
        let Some(np) = self.noun_phrase(start) else { return false };
        let after = np.tokens.end;
        (after as usize) < self.doc.tokens.len()
            && (self.is(after, Classes::COORDINATOR)
                || self.kind(after) == TokenKind::Comma
                    && (after as usize + 1) < self.doc.tokens.len()
                    && self.is(after + 1, Classes::COORDINATOR))
    }
}
