//! Claims about one and the same quantity → figures: who gives which number, and whether they agree.
//!
//! Precision first: two claims are of one thing where kind and unit are the same, their heads are one noun or nouns for
//! one thing, no modifier of one contradicts the other, one verb is said of both, and they speak of one time and of no two places. A number that
//! tells a part (nine of the boats, 40 percent of the workers) makes none.

use super::phrase::Phrases;
use super::{Claim, Figure};
use crate::lexicon::{Classes, NumberRole as Role, WordId};
use crate::span::{SourceId, Span};
use crate::text::chunk::{Chunk, ChunkKind};
use crate::text::{Tag, Token};
use crate::vocabulary::{Bound, ChangeRole, ClaimKind};
use rustc_hash::FxHashMap;

/// About how far from its true value a number may be that is given as "about".
const ABOUT: f64 = 0.1;

/// How far from a number the verb may stand that tells what is said of those counted, in tokens.
const NEAR: u32 = 5;

/// How many letters of two forms of one verb are the same.
const STEM: usize = 3;

/// How many groups of one head, and members of a group, a claim is held against.
const MANY: usize = 32;

/// What a claim's counted thing is made of.
struct Thing {
    head: Vec<u8>,
    group: Option<f64>,
    modifiers: Vec<Vec<u8>>,
    /// how the verb begins that tells what is said of those counted
    said: Option<Vec<u8>>,
    /// the group of that verb: killed, wounded
    fate: Option<f64>,
    /// it is a size that the number gives, not things that it counts: population, death toll
    level: bool,
    /// the names in what is told of it, beside those of who tells it
    names: Vec<WordId>,
}

/// Gathers the claims that speak of one quantity, and marks each with its figure.
pub(super) fn gather(
    phrases: Phrases<'_, '_>,
    claims: &mut [Claim],
    contents: &[Option<Span>],
) -> Vec<Figure> {
    let things: Vec<Option<Thing>> = claims
        .iter()
        .zip(contents)
        .map(|(c, &content)| thing(phrases, c, c.of.filter(|_| may_gather(c))?, content))
        .collect();
    let who: Vec<Option<SourceId>> = claims.iter().map(|c| c.claimant).collect();
    let others = |i: usize, j: usize| who[i].is_some() && who[j].is_some() && who[i] != who[j];
    let mut groups: Vec<Vec<usize>> = Vec::new();
    // the groups whose heads are one noun, or nouns for one thing
    let mut by_head: FxHashMap<Vec<u8>, Vec<usize>> = FxHashMap::default();
    for (i, thing) in things.iter().enumerate() {
        let Some(thing) = thing else { continue };
        let key = thing.group.map_or_else(|| thing.head.clone(), |g| vec![b'#', g as u8]);
        let heads = by_head.entry(key).or_default();
        let fits = heads.iter().rev().take(MANY).copied().find(|&g| {
            groups[g].iter().rev().take(MANY).all(|&j| {
                things[j].as_ref().is_some_and(|other| same_thing(thing, other, others(i, j)))
                    && same_quantity(phrases, &claims[i], &claims[j])
            })
        });
        match fits {
            Some(group) => groups[group].push(i),
            None => {
                heads.push(groups.len());
                groups.push(vec![i]);
            }
        }
    }
    let mut figures = Vec::new();
    for group in groups.into_iter().filter(|g| g.len() > 1) {
        let id = figures.len() as u32;
        for &i in &group {
            claims[i].figure = Some(id);
        }
        figures.push(figure(phrases, claims, &group));
    }
    figures
}

fn may_gather(claim: &Claim) -> bool {
    matches!(
        claim.kind,
        ClaimKind::Count | ClaimKind::Money | ClaimKind::Percent | ClaimKind::Rate | ClaimKind::Measure
    ) && !claim.negated
        && !claim.part
        && !matches!(claim.change, Some((_, ChangeRole::Amount)))
}

fn thing(p: Phrases<'_, '_>, claim: &Claim, of: Span, content: Option<Span>) -> Option<Thing> {
    let tokens = p.document.tokens_in(of);
    let text = |t: u32| lemma(p.document.word(t));
    // the head is the last noun before any preposition; in "the number of cases" it is what is numbered
    let end = tokens.clone().find(|&t| p.tag(t) == Tag::In).unwrap_or(tokens.end);
    let last = |to: u32| (tokens.start..to).rev().find(|&t| p.tag(t).is_noun());
    let vague = |t: u32| p.role(t, Role::VagueHead);
    let numbered = last(end).is_some_and(vague) && p.role(end, Role::Of);
    let head = if numbered { last(tokens.end)? } else { last(end)? };
    let first = if numbered { end + 1 } else { tokens.start };
    let modifiers: Vec<Vec<u8>> = (first..tokens.end)
        .filter(|&t| t != head && (p.tag(t).is_noun() || p.tag(t).is_adjective()))
        .map(text)
        .collect();
    let counted = claim.span.contains(of);
    let said = if counted { predicate(p, claim) } else { None };
    // twelve people were killed, a death toll of twelve: the dead
    let fate = said.and_then(|t| same(p, t)).filter(|_| vague(head) && modifiers.is_empty());
    let names = names(p, claim, content);
    let toll = || (first..head).find_map(|t| same(p, t)).filter(|_| !counted);
    if let Some(fate) = fate.or_else(toll) {
        return Some(Thing {
            head: Vec::new(),
            group: Some(fate),
            modifiers: Vec::new(),
            said: None,
            fate: None,
            level: true,
            names,
        });
    }
    // "people" alone may be any people
    if vague(head) && modifiers.is_empty() {
        return None;
    }
    Some(Thing {
        head: text(head),
        group: same(p, head),
        modifiers,
        said: said.map(|t| p.document.word(t).to_lowercase().bytes().take(STEM).collect()),
        fate: said.and_then(|t| same(p, t)),
        level: !counted,
        names,
    })
}

/// The names in the content that holds a claim, else in its sentence.
fn names(p: Phrases<'_, '_>, claim: &Claim, content: Option<Span>) -> Vec<WordId> {
    let sentence = p.document.sentences[claim.sentence.index()].tokens.clone();
    let tokens = content.map_or(sentence.clone(), |c| p.document.tokens_in(c));
    let tokens = tokens.start.max(sentence.start)..tokens.end.min(sentence.end);
    let dated = Classes::MONTH | Classes::WEEKDAY;
    let name = |t: &Token| t.tag == Tag::Nnp && t.word.is_known() && !t.classes.intersects(dated);
    let tokens = tokens.start as usize..tokens.end.max(tokens.start) as usize;
    p.document.tokens[tokens].iter().filter(|t| name(t)).map(|t| t.word).collect()
}

/// The group of words for one thing that a token is of.
fn same(p: Phrases<'_, '_>, t: u32) -> Option<f64> {
    let words = p.lexicon.numbers(p.document.tokens[t as usize].word);
    words.iter().find(|n| n.value.role == Role::SameThing && n.rest.is_empty()).map(|n| n.value.value)
}

/// The verb that counted things are subject or object of: "sank 14 boats" and "14 boats were saved" are two figures.
fn predicate(p: Phrases<'_, '_>, claim: &Claim) -> Option<u32> {
    let tokens = p.document.tokens_in(claim.span);
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

/// A word in lower case without a plural's ending.
fn lemma(word: &str) -> Vec<u8> {
    let mut lower = word.to_lowercase().into_bytes();
    if lower.len() > 3 && lower.ends_with(b"s") && !lower.ends_with(b"ss") {
        lower.pop();
    }
    lower
}

/// Whether two things are one. `others` tells that two known sources speak of them: sources seldom choose the same verb.
fn same_thing(a: &Thing, b: &Thing, others: bool) -> bool {
    let heads = a.head == b.head || (a.group.is_some() && a.group == b.group);
    let (few, many) = if a.modifiers.len() < b.modifiers.len() { (a, b) } else { (b, a) };
    let said = match (&a.said, &b.said) {
        (Some(x), Some(y)) => {
            x == y || (a.fate == b.fate && (a.fate.is_some() || a.group.is_some() && others))
        }
        // where no verb tells, two sources do, or words that describe both
        _ => a.fate == b.fate && (a.level || b.level || a.group.is_some() && others),
    };
    let apart = |x: &Thing, y: &Thing| !x.names.is_empty() && x.names.iter().all(|n| !y.names.contains(n));
    let places = a.group.is_some() && others || !(apart(a, b) && apart(b, a));
    heads && said && places && few.modifiers.iter().all(|m| many.modifiers.contains(m))
}

/// Whether two claims may give one quantity: same kind, unit and time, sizes not worlds apart.
fn same_quantity(p: Phrases<'_, '_>, a: &Claim, b: &Claim) -> bool {
    let text = p.document.text;
    let time = |c: &Claim| c.when.map(|w| w.of(text).to_lowercase());
    // "last year" is another time than none; "since May" may be the same, and so may the weekday of news told before
    let near = |dated: &Claim, other: &Claim| {
        let mut tokens = dated.when.map_or(0..0, |w| p.document.tokens_in(w));
        let first = dated.span.start < other.span.start;
        tokens
            .any(|t| p.role(t, Role::Lasting) || first && p.document.tokens[t as usize].is(Classes::WEEKDAY))
    };
    let times = match (a.when, b.when) {
        (Some(_), Some(_)) => time(a) == time(b),
        (Some(_), None) => near(a, b),
        (None, Some(_)) => near(b, a),
        (None, None) => true,
    };
    let ends = |c: &Claim| {
        let low = c.value.or(c.low).unwrap_or(0.0);
        (low, c.value.or(c.high).unwrap_or(low))
    };
    let ((al, ah), (bl, bh)) = (ends(a), ends(b));
    let far = al > 0.0 && bl > 0.0 && (ah * 20.0 < bl || bh * 20.0 < al);
    // "14 boats and 6 boats" of one sentence are two lots
    let one_sentence = a.sentence == b.sentence && a.value != b.value;
    let roles = !matches!((a.change, b.change), (Some((_, x)), Some((_, y))) if x != y);
    a.kind == b.kind && a.unit == b.unit && a.per == b.per && times && !far && !one_sentence && roles
}

fn figure(p: Phrases<'_, '_>, claims: &[Claim], group: &[usize]) -> Figure {
    let fullest = group.iter().filter_map(|&i| claims[i].of).max_by_key(|of| (of.len(), u32::MAX - of.start));
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    let (mut floor, mut ceiling) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut strict = false;
    for &i in group {
        let c = &claims[i];
        let (a, b) = (c.value.or(c.low).unwrap_or(0.0), c.value.or(c.high).unwrap_or(0.0));
        low = low.min(a);
        high = high.max(b);
        let (from, to) = match c.bound {
            Bound::Equal => (a, b),
            Bound::About => (a - a.abs() * ABOUT, b + b.abs() * ABOUT),
            Bound::Above | Bound::AtLeast => (a, f64::INFINITY),
            Bound::Below | Bound::AtMost => (f64::NEG_INFINITY, b),
        };
        strict |= matches!(c.bound, Bound::Above | Bound::Below);
        floor = floor.max(from);
        ceiling = ceiling.min(to);
    }
    Figure {
        of: fullest.map_or(String::new(), |of| of.of(p.document.text).to_owned()),
        unit: claims[group[0]].unit.clone(),
        claims: group.iter().map(|&i| i as u32).collect(),
        low,
        high,
        agree: floor < ceiling || (floor == ceiling && !strict),
    }
}
