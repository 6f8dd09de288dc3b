//! The thing that a quantity counts or measures, from the noun phrases at it.

use super::phrase::Phrases;
use crate::lexicon::{Lexicon, NumberRole as Role};
use crate::quantity::Quantity;
use crate::span::Span;
use crate::text::{Document, Tag, TokenKind};
use crate::vocabulary::ClaimKind;
use std::ops::Range;

/// What the noun phrases at a quantity tell.
#[derive(Debug)]
pub(super) struct Counted {
    /// The quantity's span, with the head that it counts where that is adjacent.
    pub(super) span: Span,
    pub(super) of: Option<Span>,
    pub(super) kind: ClaimKind,
    pub(super) per: Option<String>,
}

/// Finds what a quantity counts.
pub(super) fn find(
    document: &Document<'_>,
    quantity: &Quantity,
    _all: &[Quantity],
    lexicon: &Lexicon,
) -> Counted {
    let phrases = Phrases { document, lexicon };
    let sentence = &document.sentences[quantity.sentence.index()];
    let mut counted =
        Counted { span: quantity.span, of: None, kind: quantity.kind, per: quantity.per.clone() };
    let (start, end) = (sentence.tokens.start, sentence.tokens.end);
    let after = quantity.tokens.end;
    let adjacent = phrases.nouns(after, end).filter(|_| phrases.kind(after) != Some(TokenKind::Comma));
    let of = || {
        let of = if phrases.role(after, Role::Of) { after } else { return None };
        // half of the two dozen boats, some of them
        phrases.noun_phrase(of + 1, end)
    };
    let span = |r: Range<u32>| document.span(r);
    if let Some(joined) = quantity.joined {
        // a 12-step plan counts steps, a 3,000-strong force its members
        let own = quantity.kind == ClaimKind::Count;
        counted.span = quantity.span.cover(joined);
        counted.of = if own && !phrases.tag(after).is_noun() {
            Some(joined)
        } else {
            adjacent.map(span).or(Some(joined))
        };
        if own && lexicon.find(joined.of(document.text)).is_known() && joined.of(document.text) != "strong" {
            counted.of = Some(joined);
        }
        return counted;
    }
    counted.of = match quantity.kind {
        ClaimKind::Count => match adjacent {
            Some(range) => {
                let head = span(range.clone());
                counted.span = quantity.span.cover(head);
                per_noun(&phrases, range.end, end, &mut counted);
                Some(head)
            }
            None => of().or_else(|| phrases.subject(quantity.tokens.start, start)).map(span),
        },
        ClaimKind::Percent | ClaimKind::Ratio => of()
            .or_else(|| adjacent.filter(|_| phrases.tag(after) != Tag::In))
            .or_else(|| phrases.subject(quantity.tokens.start, start))
            .map(span),
        ClaimKind::Money | ClaimKind::Rate => adjacent
            .or_else(|| {
                let preposition = phrases.tag(after) == Tag::In && document.word(after) == "in"
                    || phrases.role(after, Role::Of);
                if preposition { phrases.noun_phrase(after + 1, end) } else { None }
            })
            .or_else(|| before_of(&phrases, quantity.tokens.start, start))
            .or_else(|| phrases.subject(quantity.tokens.start, start))
            .map(span),
        ClaimKind::Measure => {
            of().or(adjacent).or_else(|| phrases.subject(quantity.tokens.start, start)).map(span)
        }
        ClaimKind::Duration => {
            of().or_else(|| subject_of_be(&phrases, quantity.tokens.start, start)).map(span)
        }
        ClaimKind::Age => adjacent.or_else(|| name_before(&phrases, quantity.tokens.start, start)).map(span),
        ClaimKind::Multiplier => of().or_else(|| phrases.subject(after, start)).map(span),
        ClaimKind::Score => adjacent.map(span),
    };
    counted
}

/// 12 tests per day: a count with "per" after its noun is a rate.
fn per_noun(phrases: &Phrases<'_, '_>, at: u32, end: u32, counted: &mut Counted) {
    let article = phrases.role(at, Role::Article);
    if at + 1 >= end || !(article || phrases.role(at, Role::Per)) {
        return;
    }
    let word = phrases.document.tokens[at as usize + 1].word;
    let unit = phrases
        .lexicon
        .unit_forms(word)
        .iter()
        .find(|f| f.rest.is_empty() && !f.value.symbol && !f.value.before && !f.value.qualifies)
        .map(|f| &phrases.lexicon.units()[f.value.unit as usize])
        .filter(|u| u.kind == crate::lexicon::UnitKind::Duration);
    let per = match unit {
        Some(unit) => unit.name.to_string(),
        None if article && phrases.role(at + 1, Role::PerNoun) => phrases.document.word(at + 1).to_owned(),
        None if !article => match phrases.nouns(at + 1, end) {
            Some(range) => phrases.document.span(range).of(phrases.document.text).to_owned(),
            None => return,
        },
        None => return,
    };
    counted.per = Some(per);
    counted.kind = ClaimKind::Rate;
}

/// A tax cut of $275,000: the noun before "of".
fn before_of(phrases: &Phrases<'_, '_>, at: u32, start: u32) -> Option<Range<u32>> {
    let of = at.checked_sub(1).filter(|&t| t > start && phrases.role(t, Role::Of))?;
    phrases.nouns_before(of, start)
}

/// The debates are 90 minutes long.
fn subject_of_be(phrases: &Phrases<'_, '_>, at: u32, start: u32) -> Option<Range<u32>> {
    let verb = at.checked_sub(1).filter(|&t| t > start)?;
    matches!(phrases.tag(verb), Tag::Vbz | Tag::Vbp | Tag::Vbd).then(|| phrases.subject(at, start)).flatten()
}

/// Ana Brandt, 45: the name before the comma.
fn name_before(phrases: &Phrases<'_, '_>, at: u32, start: u32) -> Option<Range<u32>> {
    let comma = at.checked_sub(1).filter(|&t| t > start)?;
    phrases.nouns_before(comma, start)
}
