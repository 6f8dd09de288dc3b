//! What a claim's sentence says besides the number: the time it speaks of, whether it is denied, and who vouches for it.

use super::phrase::Phrases;
use crate::attribution::Attribution;
use crate::lexicon::{Classes, NumberRole as Role};
use crate::quantity::Quantity;
use crate::source::Cast;
use crate::span::{AttributionId, SourceId, Span};
use crate::text::{Tag, TokenKind};
use crate::vocabulary::SourceKind;

/// How far from its number a time may stand, in tokens.
const REACH: u32 = 60;

/// How many tokens a negation may stand before the number that it denies.
const DENIES: u32 = 7;

/// The time that a figure speaks of: the nearest time expression of its sentence, one after it before one ahead of it.
pub(super) fn when(phrases: Phrases<'_, '_>, quantity: &Quantity) -> Option<Span> {
    let sentence = &phrases.document.sentences[quantity.sentence.index()];
    let mut before = None;
    let mut at = sentence.tokens.start.max(quantity.tokens.start.saturating_sub(REACH));
    let last = sentence.tokens.end.min(quantity.tokens.end + REACH);
    while at < last {
        let Some(end) = time(phrases, at, sentence.tokens.end) else {
            at += 1;
            continue;
        };
        let span = phrases.document.span(at..end);
        if !span.overlaps(quantity.span) {
            if span.start >= quantity.span.end {
                return if same_clause(phrases, quantity.tokens.end, at) { Some(span) } else { before };
            }
            before = Some(span);
        }
        at = end;
    }
    before
}

/// Whether no clause begins between two tokens: no comma with a verb after it, no other number.
fn same_clause(p: Phrases<'_, '_>, from: u32, to: u32) -> bool {
    let mut comma = false;
    for t in from..to {
        match p.kind(t) {
            Some(TokenKind::Semicolon | TokenKind::DoubleQuote) => return false,
            Some(TokenKind::Comma | TokenKind::Dash) => comma = true,
            _ if p.tag(t) == Tag::Cd => return false,
            _ if comma && p.tag(t).is_finite() => return false,
            _ => {}
        }
    }
    true
}

/// Where a time expression ends that begins at a token.
pub(super) fn time(p: Phrases<'_, '_>, at: u32, end: u32) -> Option<u32> {
    let tokens = &p.document.tokens;
    let end = end.min(tokens.len() as u32);
    if at >= end {
        return None;
    }
    let class = |t: u32, c: Classes| t < end && tokens[t as usize].is(c);
    let core = |t: u32| -> Option<u32> {
        if t >= end {
            return None;
        }
        if p.role(t, Role::WhenAdverb) {
            return Some(t + 1);
        }
        if class(t, Classes::MONTH) && tokens[t as usize].is_capital() {
            let mut next = t + 1;
            if p.kind(next) == Some(TokenKind::Number) && next < end && p.document.word(next).len() <= 4 {
                next += 1;
            }
            if p.kind(next) == Some(TokenKind::Comma) && next + 1 < end && is_year(p, next + 1) {
                next += 2;
            }
            return Some(next);
        }
        if class(t, Classes::WEEKDAY) && tokens[t as usize].is_capital() {
            return Some(t + 1);
        }
        let mut next = t;
        next += u32::from(p.tag(next) == Tag::Dt);
        if p.role(next, Role::WhenDeterminer) {
            next += 1;
            next += u32::from(p.tag(next) == Tag::Cd);
            return class(next, Classes::TIME).then_some(next + 1);
        }
        (next > t && p.role(next, Role::Ordinal) && class(next + 1, Classes::TIME)).then_some(next + 2)
    };
    if p.lexicon.numbers(tokens[at as usize].word).iter().any(|n| n.value.role == Role::WhenPreposition) {
        let two = p.lexicon.numbers(tokens[at as usize].word).iter().any(|n| {
            n.value.role == Role::WhenPreposition
                && n.rest.len() == 1
                && tokens.get(at as usize + 1).is_some_and(|t| t.word == n.rest[0])
        });
        let next = at + 1 + u32::from(two);
        if next < end && is_year(p, next) {
            return Some(next + 1);
        }
        let the = next + u32::from(p.tag(next) == Tag::Dt);
        if the < end && is_decade(p, the) {
            return Some(the + 1);
        }
        if let Some(core) = core(next) {
            return Some(core);
        }
    }
    core(at)
}

fn is_year(p: Phrases<'_, '_>, t: u32) -> bool {
    let word = p.document.word(t);
    word.len() == 4 && word.parse::<u32>().is_ok_and(|y| (1500..=2100).contains(&y))
}

fn is_decade(p: Phrases<'_, '_>, t: u32) -> bool {
    let word = p.document.word(t);
    p.kind(t) == Some(TokenKind::Number) && word.ends_with('s') && word.len() >= 3
}

/// Whether the verb that the number belongs to is negated: has not killed 40 people.
pub(super) fn negated(phrases: Phrases<'_, '_>, quantity: &Quantity) -> bool {
    let start = phrases.document.sentences[quantity.sentence.index()].tokens.start;
    let first = quantity.tokens.start;
    let mut verb = false;
    for t in (start.max(first.saturating_sub(DENIES))..first).rev() {
        let tag = phrases.tag(t);
        if phrases.document.tokens[t as usize].is(Classes::NEGATION) {
            return verb && tag.is_adverb();
        }
        if matches!(tag, Tag::Wdt | Tag::Wp | Tag::Cc | Tag::Comma | Tag::Colon | Tag::Wrb)
            || tag == Tag::In && verb
        {
            return false;
        }
        verb |= tag.is_verb();
    }
    false
}

/// Who vouches for a number: the source of the innermost attribution whose content holds it; else a document that the
/// sentence cites; else the article itself.
pub(super) fn claimant(
    quantity: &Quantity,
    attributions: &[Attribution],
    cast: &Cast,
) -> (Option<SourceId>, Option<AttributionId>) {
    let number = quantity.number;
    let speaker = |i: usize| {
        let source = cast.speakers.get(i).copied().flatten()?;
        let kind = cast.sources.get(source.index())?.kind;
        Some((source, kind))
    };
    let size = |a: &Attribution| a.content.iter().map(|s| s.len()).sum::<usize>();
    let holds = |a: &Attribution| a.content.iter().any(|s| s.contains(number));
    let innermost = attributions
        .iter()
        .enumerate()
        .filter(|(_, a)| holds(a))
        // who holds it but is not named leaves it to who reports them
        .filter(|(i, _)| speaker(*i).is_some())
        .min_by_key(|(_, a)| size(a));
    if let Some((i, _)) = innermost {
        return match speaker(i) {
            Some((_, SourceKind::Author)) | None => (None, Some(AttributionId::from(i))),
            Some((source, _)) => (Some(source), Some(AttributionId::from(i))),
        };
    }
    let cited = attributions.iter().enumerate().find(|(i, a)| {
        a.sentence == quantity.sentence
            && speaker(*i).is_some_and(|(_, kind)| kind == SourceKind::Document)
            // what stands before the document's mention is the article's own, unless a content says otherwise
            && a.source.is_some_and(|m| m.span.end <= number.start)
    });
    match cited {
        Some((i, _)) => (speaker(i).map(|(s, _)| s), Some(AttributionId::from(i))),
        None => (None, None),
    }
}
