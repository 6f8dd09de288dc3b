//! A claim's counted thing: the noun that tells what it is, and all that can tell it from another of the same noun.
//!
//! Takes claims; returns their [`Head`]s, by which [`super::figure`] finds those that may be of one thing, and of these
//! alone the whole [`Thing`]. Words are compared by their keys.

use super::Claim;
use super::phrase::Phrases;
use crate::lexicon::{Classes, NumberRole as Role, WordId};
use crate::span::{SourceId, Span};
use crate::text::chunk::{Chunk, ChunkKind};
use crate::text::key::{exact, fold};
use crate::text::{Tag, Token};
use std::borrow::Cow;
use std::ops::Range;

/// How far from a number the verb may stand that tells what is said of those counted, in tokens.
const NEAR: u32 = 5;

/// How many letters of two forms of one verb are the same.
const STEM: usize = 3;

/// The head of what a claim counts.
#[derive(Clone, Debug)]
pub(super) struct Head {
    /// the noun; none of those who are dead, whom a verb or a noun beside it names
    noun: Option<u64>,
    /// the group of words for one thing that it is of
    group: Option<f64>,
    /// where its modifiers stand, itself among them
    phrase: Range<u32>,
    at: u32,
    /// the noun phrase stands beside its number
    counted: bool,
}

/// What a claim's counted thing is made of.
#[derive(Clone, Debug)]
pub(super) struct Thing {
    noun: Option<u64>,
    group: Option<f64>,
    /// keys of its modifiers
    modifiers: Range<u32>,
    /// how the verb begins that tells what is said of those counted
    said: Option<[u8; STEM]>,
    /// the group of that verb: killed, wounded
    fate: Option<f64>,
    /// it is a size that the number gives, not things that it counts: population, death toll
    level: bool,
    /// the names in what is told of it, beside those of who tells it
    names: Range<u32>,
    claimant: Option<SourceId>,
    /// unit and kind
    terms: u64,
    when: Option<When>,
    /// where the claim starts
    start: u32,
}

/// The time that a claim speaks of.
#[derive(Clone, Debug)]
struct When {
    key: u64,
    /// it may still be the time of one that gives none: "since May"
    lasting: bool,
    /// so may the weekday of news told before
    weekday: bool,
}

/// The things of an article's claims: what several of them have lies in one list.
pub(super) struct Things<'c, 'd, 'a> {
    phrases: Phrases<'d, 'a>,
    claims: &'c [Claim<'a>],
    contents: &'c [Option<Span>],
    modifiers: Vec<u64>,
    names: Vec<WordId>,
}

impl Head {
    /// The head of the phrase that a claim counts; none where it may be any people.
    pub(super) fn of(p: Phrases<'_, '_>, claim: &Claim, of: Span) -> Option<Self> {
        let tokens = p.tokens_in(of, claim.sentence);
        // the head is the last noun before any preposition; in "the number of cases" it is what is numbered
        let end = tokens.clone().find(|&t| p.tag(t) == Tag::In).unwrap_or(tokens.end);
        let last = |to: u32| (tokens.start..to).rev().find(|&t| p.tag(t).is_noun());
        let vague = |t: u32| p.role(t, Role::VagueHead);
        let numbered = last(end).is_some_and(vague) && p.role(end, Role::Of);
        let at = if numbered { last(tokens.end)? } else { last(end)? };
        let first = if numbered { end + 1 } else { tokens.start };
        let phrase = first..tokens.end;
        let counted = claim.span.contains(of);
        // "people" alone may be any people
        let any = vague(at) && !phrase.clone().any(|t| is_modifier(p, t, at));
        // twelve people were killed, a death toll of twelve: the dead
        let fate = || if any && counted { predicate(p, claim).and_then(|t| same(p, t)) } else { None };
        let toll = || if counted { None } else { (first..at).find_map(|t| same(p, t)) };
        if let Some(fate) = fate().or_else(toll) {
            return Some(Self { noun: None, group: Some(fate), phrase: 0..0, at, counted });
        }
        (!any).then(|| Self { noun: Some(lemma(p, at)), group: same(p, at), phrase, at, counted })
    }

    /// What it has in common with the heads of the same thing.
    pub(super) fn key(&self) -> u64 {
        self.group.map_or(self.noun.unwrap_or(0), |group| group.to_bits())
    }
}

impl<'c, 'd, 'a> Things<'c, 'd, 'a> {
    pub(super) fn new(
        phrases: Phrases<'d, 'a>,
        claims: &'c [Claim<'a>],
        contents: &'c [Option<Span>],
    ) -> Self {
        Self { phrases, claims, contents, modifiers: Vec::new(), names: Vec::new() }
    }

    /// Reads the thing of a claim by its head.
    pub(super) fn read(&mut self, i: usize, head: Head) -> Thing {
        let (p, claim) = (self.phrases, &self.claims[i]);
        let first = self.modifiers.len() as u32;
        let modifiers = head.phrase.clone().filter(|&t| is_modifier(p, t, head.at));
        self.modifiers.extend(modifiers.map(|t| lemma(p, t)));
        let first_name = self.names.len() as u32;
        self.names_of(claim, self.contents[i]);
        let told = if head.counted && head.noun.is_some() { predicate(p, claim) } else { None };
        Thing {
            noun: head.noun,
            group: head.group,
            modifiers: first..self.modifiers.len() as u32,
            said: told.map(|t| stem(p.document.word(t))),
            fate: told.and_then(|t| same(p, t)),
            level: head.noun.is_none() || !head.counted,
            names: first_name..self.names.len() as u32,
            claimant: claim.claimant,
            terms: terms(claim),
            when: claim.when.map(|when| time(p, claim, when)),
            start: claim.span.start,
        }
    }

    /// The names in the content that holds a claim, else in its sentence.
    fn names_of(&mut self, claim: &Claim, content: Option<Span>) {
        let p = self.phrases;
        let sentence = &p.document.sentences[claim.sentence.index()];
        let tokens = content.map_or(sentence.tokens.clone(), |c| p.tokens_within(c, sentence));
        let dated = Classes::MONTH | Classes::WEEKDAY;
        let name = |t: &&Token| t.tag == Tag::Nnp && t.word.is_known() && !t.classes.intersects(dated);
        let tokens = tokens.start as usize..tokens.end as usize;
        self.names.extend(p.document.tokens[tokens].iter().filter(name).map(|t| t.word));
    }

    /// Whether two things are one, of one kind, unit and time. Sources that are known and not the same seldom choose the
    /// same verb.
    pub(super) fn are_one(&self, a: &Thing, b: &Thing) -> bool {
        if a.terms != b.terms {
            return false;
        }
        let others = a.claimant.is_some() && b.claimant.is_some() && a.claimant != b.claimant;
        let heads = a.noun == b.noun || (a.group.is_some() && a.group == b.group);
        let said = match (&a.said, &b.said) {
            (Some(x), Some(y)) => {
                x == y || (a.fate == b.fate && (a.fate.is_some() || a.group.is_some() && others))
            }
            // where no verb tells, two sources do, or words that describe both
            _ => a.fate == b.fate && (a.level || b.level || a.group.is_some() && others),
        };
        // "last year" is another time than none; "since May" may be the same
        let near = |dated: &Thing, when: &When, other: &Thing| {
            when.lasting || when.weekday && dated.start < other.start
        };
        let times = match (&a.when, &b.when) {
            (Some(x), Some(y)) => x.key == y.key,
            (Some(x), None) => near(a, x, b),
            (None, Some(y)) => near(b, y, a),
            (None, None) => true,
        };
        if !(heads && said && times) {
            return false;
        }
        let (few, many) = if a.modifiers.len() < b.modifiers.len() { (a, b) } else { (b, a) };
        let (few, many) = (self.modifiers_of(few), self.modifiers_of(many));
        let apart = |x: &Thing, y: &Thing| {
            let (x, y) = (self.names_in(x), self.names_in(y));
            !x.is_empty() && x.iter().all(|n| !y.contains(n))
        };
        few.iter().all(|m| many.contains(m)) && (a.group.is_some() && others || !(apart(a, b) && apart(b, a)))
    }

    fn modifiers_of(&self, thing: &Thing) -> &[u64] {
        &self.modifiers[thing.modifiers.start as usize..thing.modifiers.end as usize]
    }

    fn names_in(&self, thing: &Thing) -> &[WordId] {
        &self.names[thing.names.start as usize..thing.names.end as usize]
    }
}

fn is_modifier(p: Phrases<'_, '_>, t: u32, head: u32) -> bool {
    t != head && (p.tag(t).is_noun() || p.tag(t).is_adjective())
}

/// The group of words for one thing that a token is of.
fn same(p: Phrases<'_, '_>, t: u32) -> Option<f64> {
    let word = p.document.tokens[t as usize].word;
    if !p.lexicon.begins(word).alone.contains(Role::SameThing) {
        return None;
    }
    let words = p.lexicon.numbers(word);
    words.iter().find(|n| n.value.role == Role::SameThing && n.rest.is_empty()).map(|n| n.value.value)
}

/// The verb that counted things are subject or object of: "sank 14 boats" and "14 boats were saved" are two figures.
fn predicate(p: Phrases<'_, '_>, claim: &Claim) -> Option<u32> {
    let tokens = p.tokens_in(claim.span, claim.sentence);
    let sentence = p.document.sentences[claim.sentence.index()].tokens.clone();
    let apart = |t: u32| matches!(p.tag(t), Tag::Comma | Tag::Colon | Tag::In | Tag::Cc | Tag::To);
    let verb = |t: u32| p.document.chunk_at(t).filter(|c| c.kind == ChunkKind::Verb);
    let before = (sentence.start.max(tokens.start.saturating_sub(NEAR))..tokens.start).rev();
    let after = tokens.end..sentence.end.min(tokens.end + NEAR);
    let told = after.take_while(|&t| !apart(t)).find_map(|t| verb(t).filter(|c| c.is_finite()));
    let classes = |c: &Chunk| p.document.tokens[c.head as usize].classes;
    // "there are", "they have", "they said": nothing is said of them
    let light = Classes::BE | Classes::HAVE;
    if let Some(verb) = told {
        return (!classes(verb).intersects(light)).then_some(verb.head);
    }
    let verb = before.take_while(|&t| !apart(t)).find_map(verb)?;
    let says = classes(verb).intersects(light | Classes::CUE_VERB) && same(p, verb.head).is_none();
    (!says).then_some(verb.head)
}

/// The key of a word in lower case without a plural's ending.
fn lemma(p: Phrases<'_, '_>, t: u32) -> u64 {
    let span = p.document.tokens[t as usize].span;
    let word = span.of(p.document.text);
    let singular = |word: &[u8]| {
        let s = |from_end: usize| word[word.len() - from_end].eq_ignore_ascii_case(&b's');
        let plural = word.len() > 3 && s(1) && !s(2);
        (word.len() - usize::from(plural)) as u32
    };
    if word.is_ascii() {
        return fold(p.document.text, Span::new(span.start, span.start + singular(word.as_bytes())));
    }
    let lower = word.to_lowercase();
    fold(&lower, Span::new(0, singular(lower.as_bytes())))
}

/// How a word begins, in lower case.
fn stem(word: &str) -> [u8; STEM] {
    let mut stem = [0; STEM];
    let bytes = if word.is_ascii() { Cow::Borrowed(word) } else { Cow::Owned(word.to_lowercase()) };
    for (to, from) in stem.iter_mut().zip(bytes.bytes()) {
        *to = from.to_ascii_lowercase();
    }
    stem
}

/// The key of a text whatever its case.
fn lower(text: &str) -> u64 {
    let whole = |text: &str| fold(text, Span::new(0, text.len() as u32));
    if text.is_ascii() { whole(text) } else { whole(&text.to_lowercase()) }
}

/// The time that a claim gives.
fn time(p: Phrases<'_, '_>, claim: &Claim, when: Span) -> When {
    let tokens = p.tokens_in(when, claim.sentence);
    When {
        // by words: the space between them may be any
        key: tokens.clone().fold(0, |key: u64, t| key.rotate_left(7) ^ lower(p.document.word(t))),
        lasting: tokens.clone().any(|t| p.role(t, Role::Lasting)),
        weekday: { tokens }.any(|t| p.is(t, Classes::WEEKDAY)),
    }
}

/// The key of a claim's kind, unit and what it is given per.
fn terms(claim: &Claim) -> u64 {
    let key = |text: &str| exact(text, Span::new(0, text.len() as u32));
    let per = claim.per.as_deref().map_or(0, |per| key(per) | 1);
    key(&claim.unit) ^ per.rotate_left(1) ^ (claim.kind as u64) << 56
}
