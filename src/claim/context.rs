//! What a claim's sentence says besides the number: the time it speaks of, and whether it is denied.

use super::phrase::Phrases;
use crate::lexicon::{Classes, NumberRole as Role, Roles, UnitKind};
use crate::quantity::Quantity;
use crate::span::{SentenceId, Span};
use crate::text::{Tag, TokenKind};
use crate::vocabulary::ClaimKind;
use std::ops::Range;

/// How far from its number a time may stand, in tokens.
const REACH: u32 = 60;

/// How many tokens behind a number the verb may stand whose subject it is.
const CLAUSE: u32 = 8;

/// How many tokens a negation may stand before the number that it denies.
const DENIES: u32 = 7;

/// The classes of words that a time may begin with.
const DATED: Classes = Classes::MONTH.union(Classes::WEEKDAY);

/// The roles of words that stand first in a time, or right behind its article.
const BARE: Roles = Roles::of(&[Role::WhenAdverb, Role::WhenDeterminer]);
const DETERMINED: Roles = Roles::of(&[Role::WhenDeterminer, Role::Ordinal]);
const OPENS_TIME: Roles = Roles::of(&[Role::WhenPreposition]);

/// A sentence has fewer tokens.
const LONGEST: usize = 512;

/// The time expressions of one sentence, read once for all its quantities.
pub(super) struct Times {
    sentence: Option<SentenceId>,
    list: Vec<Range<u32>>,
    /// the tokens at which one may begin, the last first
    openings: [u32; LONGEST],
}

impl Default for Times {
    fn default() -> Self {
        Self { sentence: None, list: Vec::with_capacity(16), openings: [0; LONGEST] }
    }
}

impl Times {
    /// Those of a sentence that begin at a token or after it.
    fn of(&mut self, p: Phrases<'_, '_>, sentence: SentenceId, from: u32) -> &[Range<u32>] {
        let tokens = p.document.sentences[sentence.index()].tokens.clone();
        if self.sentence != Some(sentence) {
            self.sentence = Some(sentence);
            self.read(p, tokens.clone());
        }
        let mut first = self.list.partition_point(|time| time.end <= from);
        if self.list.get(first).is_some_and(|time| time.start < from) {
            // the reach of a number far on in its sentence begins within one of them
            self.sentence = None;
            self.read(p, from..tokens.end);
            first = 0;
        }
        &self.list[first..]
    }

    fn read(&mut self, p: Phrases<'_, '_>, tokens: Range<u32>) {
        self.list.clear();
        let count = self.look(p, tokens.clone());
        let mut past = tokens.start;
        for &at in self.openings[..count.min(LONGEST)].iter().rev() {
            if at >= past
                && let Some(end) = time(p, at, tokens.end)
            {
                self.list.push(at..end);
                past = end;
            }
        }
    }

    /// Notes where a time may begin, and returns at how many tokens. Few begin one and each for another reason, so that all
    /// are asked all of it and none of that is a branch.
    fn look(&mut self, p: Phrases<'_, '_>, tokens: Range<u32>) -> usize {
        let mut count = 0;
        // what stands at the two tokens behind: what may be a preposition's object, and a word like "ago"
        let (mut objects, mut then) = ([false; 2], [false; 2]);
        // what an article before it may make a time of
        let (mut determined, mut numeral) = (false, false);
        let words = &p.document.tokens[tokens.start as usize..tokens.end as usize];
        for (at, token) in tokens.zip(words).rev() {
            let begins = p.lexicon.begins(token.word);
            let article = token.tag == Tag::Dt;
            // last week, the first year
            let bare = token.is(DATED) | begins.alone.intersects(BARE) | article & determined;
            // in 2010, since the 1990s
            let number = token.kind == TokenKind::Number;
            let object = bare | number | article & numeral;
            let opens = bare
                // two years ago
                | (article | (token.tag == Tag::Cd)) & then[1]
                // of a preposition of two words the object stands behind the second
                | begins.first.intersects(OPENS_TIME) & (objects[0] | objects[1]);
            self.openings[count % LONGEST] = at;
            count += usize::from(opens);
            objects = [object, objects[0]];
            then = [begins.alone.contains(Role::Then), then[0]];
            (determined, numeral) = (begins.alone.intersects(DETERMINED), number);
        }
        count
    }
}

/// The time that a figure speaks of: the nearest time expression of its sentence, one after it before one ahead of it. Of
/// a number that a content holds, a time in that content: "last week, a report said" dates the report.
pub(super) fn when(
    phrases: Phrases<'_, '_>,
    quantity: &Quantity,
    content: Option<Span>,
    times: &mut Times,
) -> Option<Span> {
    let sentence = &phrases.document.sentences[quantity.sentence.index()];
    let mut before = None;
    let from = sentence.tokens.start.max(quantity.tokens.start.saturating_sub(REACH));
    let last = sentence.tokens.end.min(quantity.tokens.end + REACH);
    for time in times.of(phrases, quantity.sentence, from).iter().take_while(|time| time.start < last) {
        let span = phrases.document.span(time.clone());
        if !span.overlaps(quantity.span) && content.is_none_or(|c| c.contains(span)) {
            if span.start >= quantity.span.end {
                let lasts = matches!(quantity.kind, ClaimKind::Age | ClaimKind::Duration);
                let near = same_clause(phrases, quantity.tokens.end, time.start, !lasts)
                    && !is_compared(phrases, quantity.tokens.end, time);
                return if near { Some(span) } else { before };
            }
            let opens = time.start == sentence.tokens.start;
            let ended = parted(phrases, time.end, quantity.tokens.start)
                || !opens
                    && told(phrases, sentence.tokens.start, time.start)
                    && closed(phrases, time.end, quantity.tokens.clone(), sentence.tokens.end)
                || is_of_origin(phrases, time.start);
            before = Some(span).filter(|_| !ended);
        }
    }
    before
}

/// Whether a dash or closing bracket parts two tokens.
fn parted(p: Phrases<'_, '_>, from: u32, to: u32) -> bool {
    (from..to).any(|t| matches!(p.kind(t), Some(TokenKind::Dash | TokenKind::Close)))
}

/// Whether a time stands behind a verb of its clause: not "by the report, in 2050, people will".
fn told(p: Phrases<'_, '_>, start: u32, time: u32) -> bool {
    let clause = (start.max(time.saturating_sub(REACH))..time).rev().take_while(|&t| p.tag(t) != Tag::Comma);
    { clause }.any(|t| p.tag(t).is_finite())
}

/// Whether the clause that ends at a token is another than a later number's: "opened in 2010 | and employs 400".
fn closed(p: Phrases<'_, '_>, from: u32, number: Range<u32>, end: u32) -> bool {
    let edge = (from..number.start)
        .find(|&t| matches!(p.tag(t), Tag::Comma | Tag::Cc) || p.kind(t) == Some(TokenKind::Semicolon));
    // "in May, when it had 12"
    let Some(edge) = edge.filter(|&edge| p.tag(edge + 1) != Tag::Wrb) else { return false };
    let verb = |t: u32| p.tag(t).is_finite();
    // "rose last year, and 53 percent of renters want to move"
    let joined = p.tag(edge + 1) == Tag::Cc || p.kind(edge) == Some(TokenKind::Semicolon);
    let own = || (number.end..end.min(number.end + CLAUSE)).take_while(|&t| p.tag(t) != Tag::Comma).any(verb);
    (edge..number.start).any(verb) || joined && own()
}

/// Whether a time is that of the figure which a movement started from: up from 31 in 2010.
fn is_of_origin(p: Phrases<'_, '_>, time: u32) -> bool {
    let near = time.saturating_sub(4)..time;
    near.clone().any(|t| p.role(t, Role::From)) && near.clone().any(|t| p.tag(t) == Tag::Cd)
}

/// Whether a time behind a number tells since when nothing was like it: its highest level since 2015.
fn is_compared(p: Phrases<'_, '_>, from: u32, time: &Range<u32>) -> bool {
    p.role(time.start, Role::Lasting)
        && (from.max(time.start.saturating_sub(4))..time.start)
            .any(|t| matches!(p.tag(t), Tag::Jjs | Tag::Rbs))
}

/// Whether no clause begins between two tokens: no comma with a verb after it, and no other number, unless the time may be
/// of both: fell 4 percent to $31 on Tuesday.
fn same_clause(p: Phrases<'_, '_>, from: u32, to: u32, shares: bool) -> bool {
    let (mut comma, mut aside) = (false, false);
    for t in from..to {
        // 14 inches (36 cm) of rain on Tuesday
        aside = p.kind(t) == Some(TokenKind::Open) || aside && p.kind(t) != Some(TokenKind::Close);
        match p.kind(t) {
            _ if aside => {}
            Some(TokenKind::Semicolon | TokenKind::DoubleQuote) => return false,
            Some(TokenKind::Comma | TokenKind::Dash) => comma = true,
            _ if p.role(t, Role::From) || p.role(t, Role::Compared) => return false,
            _ if p.tag(t) == Tag::Cd && !shares => return false,
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
    let token = &tokens[at as usize];
    let begins = p.lexicon.begins(token.word);
    let class = |t: u32, c: Classes| t < end && tokens[t as usize].is(c);
    // a year earlier, two weeks ago
    let lasts = |t: u32| t < end && p.is_unit_of(t, UnitKind::Duration);
    let apart = |t: u32| t < end && p.role(t, Role::Then) && p.tag(t).is_adverb() && !p.role(t, Role::Old);
    if matches!(token.tag, Tag::Dt | Tag::Cd) && lasts(at + 1) && apart(at + 2) {
        return Some(at + 3);
    }
    let core = |t: u32, stated: bool| -> Option<u32> {
        if t >= end {
            return None;
        }
        let (token, alone) = (&tokens[t as usize], p.begins(t).alone);
        if alone.contains(Role::WhenAdverb) {
            return Some(t + 1);
        }
        if !token.is(DATED) && token.tag != Tag::Dt && !alone.contains(Role::WhenDeterminer) {
            return None;
        }
        // Tuesday's vote, a November landslide: the name of something
        let names = |next: u32| !stated && next < end && (p.tag(next) == Tag::Pos || p.tag(next).is_noun());
        if class(t, Classes::MONTH) && tokens[t as usize].is_capital() {
            let mut next = t + 1;
            if p.kind(next) == Some(TokenKind::Number) && next < end && p.document.word(next).len() <= 4 {
                next += 1;
            }
            if p.kind(next) == Some(TokenKind::Comma) && next + 1 < end && is_year(p, next + 1) {
                next += 2;
            }
            return Some(next).filter(|&n| !names(n));
        }
        if class(t, Classes::WEEKDAY) && tokens[t as usize].is_capital() {
            // Monday night
            let part = t + 1 + u32::from(class(t + 1, Classes::TIME));
            return Some(part).filter(|&n| !names(n) && p.tag(n) != Tag::Pos);
        }
        let mut next = t;
        next += u32::from(p.tag(next) == Tag::Dt && !p.role(next, Role::WhenDeterminer));
        if p.role(next, Role::WhenDeterminer) {
            next += 1;
            // last May, next Monday
            if class(next, DATED) && tokens[next as usize].is_capital() && p.tag(next + 1) != Tag::Pos {
                return Some(next + 1);
            }
            next += u32::from(p.tag(next) == Tag::Cd);
            return (class(next, Classes::TIME) && p.tag(next + 1) != Tag::Pos).then_some(next + 1);
        }
        (next > t && p.role(next, Role::Ordinal) && class(next + 1, Classes::TIME)).then_some(next + 2)
    };
    if begins.first.contains(Role::WhenPreposition) {
        let two = p.lexicon.numbers(token.word).iter().any(|n| {
            n.value.role == Role::WhenPreposition
                && n.rest.len() == 1
                && tokens.get(at as usize + 1).is_some_and(|t| t.word == n.rest[0])
        });
        let next = at + 1 + u32::from(two);
        if next < end && is_year(p, next) {
            // between 2010 and 2015
            let joins = [Role::And, Role::To].iter().any(|&r| p.role(next + 1, r));
            let range = joins && next + 2 < end && is_year(p, next + 2);
            return Some(if range { next + 3 } else { next + 1 });
        }
        let the = next + u32::from(p.tag(next) == Tag::Dt);
        if the < end && is_decade(p, the) {
            return Some(the + 1);
        }
        if let Some(first) = core(next, true) {
            // from May to July, between Monday and Friday
            let joins = p.role(at, Role::From) && p.role(first, Role::To)
                || p.role(at, Role::Between) && p.role(first, Role::And);
            let second = if joins { core(first + 1, true) } else { None };
            return Some(second.unwrap_or(first));
        }
    }
    core(at, false)
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
    let sentence = &phrases.document.sentences[quantity.sentence.index()];
    // hardly any sentence denies
    if !sentence.classes.intersects(Classes::NEGATION) {
        return false;
    }
    let (start, first) = (sentence.tokens.start, quantity.tokens.start);
    let mut verb = false;
    for t in (start.max(first.saturating_sub(DENIES))..first).rev() {
        let tag = phrases.tag(t);
        if phrases.is(t, Classes::NEGATION) {
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
