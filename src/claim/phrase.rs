//! Noun phrases around a token, by tags: what stands after a number, before a verb, after "of".

use crate::lexicon::{Begins, Classes, Lexicon, NumberRole as Role, UnitKind};
use crate::span::{SentenceId, Span};
use crate::text::{Document, Sentence, Tag, Token, TokenKind};
use std::ops::Range;

/// How far a phrase may reach, and how far back a subject may stand before its verb, in tokens.
pub(super) const REACH: u32 = 40;

/// Reads noun phrases of one document.
#[derive(Clone, Copy)]
pub(super) struct Phrases<'d, 'a> {
    pub(super) document: &'d Document<'a>,
    pub(super) lexicon: &'a Lexicon,
}

impl Phrases<'_, '_> {
    #[inline]
    pub(super) fn tag(&self, t: u32) -> Tag {
        self.document.tokens.get(t as usize).map_or(Tag::None, |t| t.tag)
    }

    #[inline]
    pub(super) fn kind(&self, t: u32) -> Option<TokenKind> {
        self.document.tokens.get(t as usize).map(|t| t.kind)
    }

    #[inline]
    pub(super) fn is(&self, t: u32, classes: Classes) -> bool {
        self.document.tokens[t as usize].is(classes)
    }

    /// The tokens that lie in a span, which nearly always lies in a sentence that is known.
    pub(super) fn tokens_in(&self, span: Span, sentence: SentenceId) -> Range<u32> {
        let sentence = &self.document.sentences[sentence.index()];
        if !sentence.span.contains(span) {
            return self.document.tokens_in(span);
        }
        self.tokens_within(span, sentence)
    }

    /// The first token that ends after a place, which nearly always lies in a sentence that is known.
    pub(super) fn token_at(&self, place: u32, sentence: SentenceId) -> u32 {
        let sentence = &self.document.sentences[sentence.index()];
        if !sentence.span.holds(place) {
            return self.document.token_at(place);
        }
        let first = sentence.tokens.start;
        let tokens = &self.document.tokens[first as usize..sentence.tokens.end as usize];
        first + tokens.partition_point(|t| t.span.end <= place) as u32
    }

    /// The tokens of a sentence that lie in a span.
    pub(super) fn tokens_within(&self, span: Span, sentence: &Sentence) -> Range<u32> {
        let first = sentence.tokens.start;
        let tokens = &self.document.tokens[first as usize..sentence.tokens.end as usize];
        let start = tokens.partition_point(|t| t.span.end <= span.start) as u32;
        let end = tokens.partition_point(|t| t.span.start < span.end) as u32;
        first + start..first + end.max(start)
    }

    /// Whether a phrase names a time: yesterday, last week.
    pub(super) fn is_time(&self, range: &Range<u32>) -> bool {
        let last = &self.document.tokens[range.end as usize - 1];
        let lasts =
            |f: &crate::lexicon::UnitForm| self.lexicon.units()[f.unit as usize].kind == UnitKind::Duration;
        last.is(Classes::TIME)
            || last.classes.intersects(Classes::MONTH | Classes::WEEKDAY) && last.is_capital()
            || self
                .lexicon
                .unit_forms(last.word)
                .iter()
                .any(|f| !f.value.symbol && f.rest.is_empty() && lasts(&f.value))
    }

    /// Whether a token is a unit's word or sign: percent, cents.
    pub(super) fn is_unit(&self, t: u32) -> bool {
        self.kind(t) == Some(TokenKind::Percent)
            || self
                .lexicon
                .unit_forms(self.document.tokens[t as usize].word)
                .iter()
                .any(|f| f.rest.is_empty())
    }

    /// Whether a token is a word or sign for a unit of a kind: percent, years.
    pub(super) fn is_unit_of(&self, t: u32, kind: UnitKind) -> bool {
        let forms = self.lexicon.unit_forms(self.document.tokens[t as usize].word);
        forms.iter().any(|f| f.rest.is_empty() && self.lexicon.units()[f.value.unit as usize].kind == kind)
    }

    /// Whether a token is a word of a role.
    #[inline]
    pub(super) fn role(&self, t: u32, role: Role) -> bool {
        self.begins(t).alone.contains(role)
    }

    /// What the word of a token may begin.
    #[inline]
    pub(super) fn begins(&self, t: u32) -> &Begins {
        self.document.tokens.get(t as usize).map_or(&Begins::NOTHING, |t| self.lexicon.begins(t.word))
    }

    /// Adjectives and nouns from a token on; the last noun is the head. None where no noun stands.
    pub(super) fn nouns(&self, from: u32, end: u32) -> Option<Range<u32>> {
        let mut at = from;
        let mut last = None;
        let end_of_reach = end.min(from + REACH);
        // a row of numbers stands before the first noun at most
        while at < end_of_reach && self.is_number(at) {
            at += 1;
        }
        while at < end_of_reach {
            let tag = self.tag(at);
            let word = matches!(self.kind(at), Some(TokenKind::Word | TokenKind::Number));
            // children ages 3 to 17
            if last.is_some() && self.role(at, Role::Aged) {
                break;
            }
            // Holm's released letters: behind a genitive a new head is sought
            let genitive = at > from && self.tag(at - 1) == Tag::Pos;
            if word && tag.is_noun() {
                last = Some(at);
            } else if self.tag(at) == Tag::Cc && last.is_some_and(|l| l + 1 == at && self.joins_names(l, end))
            {
                // Kia and Hyundai cars
            } else if word && tag.is_adjective() {
                // after the head an adjective begins something else, unless a noun follows it in the singular's phrase
                if !genitive && last.is_some_and(|l| self.tag(l) == Tag::Nns || !self.tag(at + 1).is_noun()) {
                    break;
                }
            } else if word && matches!(tag, Tag::Vbn | Tag::Vbg | Tag::Cd | Tag::Rb | Tag::Rbs) {
                // a participle or adverb modifies only what follows it, an adverb no noun
                let next = self.tag(at + 1);
                if last.is_some() && tag != Tag::Cd && !genitive || tag == Tag::Rb && next.is_noun() {
                    break;
                }
            } else if tag == Tag::Pos && last.is_some() {
            } else if !self.passes(at, last.is_none() && at > from, at == from) {
                break;
            }
            at += 1;
        }
        let last = last?;
        let modifier = |t: u32| {
            self.tag(t).is_noun()
                || self.tag(t).is_adjective()
                || matches!(self.tag(t), Tag::Vbn | Tag::Vbg | Tag::Cd)
        };
        let start = (from..last).find(|&t| modifier(t)).unwrap_or(last);
        Some(start..last + 1)
    }

    #[inline]
    pub(super) fn is_number(&self, t: u32) -> bool {
        let cardinal = |t: &Token| t.tag == Tag::Cd && matches!(t.kind, TokenKind::Word | TokenKind::Number);
        self.document.tokens.get(t as usize).is_some_and(cardinal)
    }

    /// Whether a name, "and", another name and a plural make one phrase: Orla and Brenne ferries.
    fn joins_names(&self, name: u32, end: u32) -> bool {
        let proper = |t: u32| self.tag(t) == Tag::Nnp;
        let plural = (name + 3..end.min(name + 6)).find(|&t| !proper(t));
        proper(name) && proper(name + 2) && plural.is_some_and(|t| self.tag(t) == Tag::Nns)
    }

    /// Whether a mark or conjunction may stand among the modifiers: "low- and middle-income", a quotation's opening mark.
    fn passes(&self, at: u32, modifiers: bool, first: bool) -> bool {
        let next = self.tag(at + 1);
        match self.kind(at) {
            Some(TokenKind::Hyphen) => modifiers,
            Some(TokenKind::DoubleQuote | TokenKind::SingleQuote) => first || modifiers,
            Some(TokenKind::Comma) => modifiers && next.is_adjective(),
            _ => self.tag(at) == Tag::Cc && modifiers && (next.is_adjective() || next.is_noun()),
        }
    }

    /// A noun phrase with its determiner skipped; "those with jobs" as it stands.
    pub(super) fn noun_phrase(&self, from: u32, end: u32) -> Option<Range<u32>> {
        if self.role(from, Role::Those) && self.tag(from + 1) == Tag::In {
            let object = self.noun_phrase(from + 2, end)?;
            return Some(from..object.end);
        }
        let mut at = from;
        while at < end && matches!(self.tag(at), Tag::Dt | Tag::PrpPoss | Tag::Pdt) {
            at += 1;
        }
        self.nouns(at, end)
    }

    /// The noun phrase that ends right before a token, going back over nouns and modifiers; at least `start`.
    pub(super) fn nouns_before(&self, to: u32, start: u32) -> Option<Range<u32>> {
        let mut at = to;
        let start = start.max(to.saturating_sub(REACH));
        let numbered = to > start && self.is_numbered_name(to - 1, start);
        while at > start {
            let tag = self.tag(at - 1);
            let number = tag == Tag::Cd && (at < to || numbered);
            // the most recent poll
            let most = tag == Tag::Rbs && at < to && self.tag(at).is_adjective();
            let noun = tag.is_noun() && self.kind(at - 1) != Some(TokenKind::Percent);
            if !(noun || tag.is_adjective() || tag == Tag::Pos || number || most) {
                break;
            }
            at -= 1;
        }
        while at < to && self.tag(at) == Tag::Pos {
            at += 1;
        }
        // Brent crude rose
        let crude = || {
            let verb = (to..to + 3).find(|&t| !self.tag(t).is_adverb());
            self.tag(to - 1) == Tag::Jj
                && to > at + 1
                && self.tag(to - 2).is_proper()
                && verb.is_some_and(|t| self.tag(t).is_finite())
        };
        (at < to && (numbered || self.tag(to - 1).is_noun() || crude())).then_some(at..to)
    }

    /// The place after brackets behind a quantity that tell it in another unit: 8 miles (13 kilometers) of tunnels.
    pub(super) fn after_restated(&self, open: u32) -> Option<u32> {
        if self.kind(open) != Some(TokenKind::Open) {
            return None;
        }
        let close = (open + 1..open + 9).find(|&t| self.kind(t) == Some(TokenKind::Close))?;
        (open + 1..close).any(|t| self.is_number(t)).then_some(close + 1)
    }

    /// Whether a number ends a name: the Nikkei 225, not "in May 15".
    fn is_numbered_name(&self, t: u32, start: u32) -> bool {
        let dated = Classes::MONTH | Classes::WEEKDAY | Classes::TIME;
        self.kind(t) == Some(TokenKind::Number)
            && t > start
            && self.tag(t - 1).is_noun()
            && self.document.tokens[t as usize - 1].is_capital()
            && !self.document.tokens[t as usize - 1].classes.intersects(dated)
    }

    /// A phrase without the time behind it: revenue last year.
    pub(super) fn undated(&self, range: Range<u32>) -> Range<u32> {
        let dated = range.len() > 2 && self.role(range.end - 2, Role::WhenDeterminer) && self.is_time(&range);
        range.start..range.end - if dated { 2 } else { 0 }
    }

    /// A phrase without the number before its words: the three debates.
    pub(super) fn uncounted(&self, mut range: Range<u32>) -> Range<u32> {
        // not "60 percent of voters"
        let word = |t: u32| {
            self.kind(t) == Some(TokenKind::Word)
                && (self.tag(t).is_noun() || self.tag(t).is_adjective())
                && self.lexicon.unit_forms(self.document.tokens[t as usize].word).is_empty()
        };
        while range.len() > 1 && self.is_number(range.start) && word(range.start + 1) {
            range.start += 1;
        }
        range
    }
}
