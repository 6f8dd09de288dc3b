//! One pass over a sentence's pieces: bound, number, unit, range, change, put together into quantities.

use super::Quantity;
use super::join::Pair;
use super::number::{Form, Number};
use super::piece::{Kind, Pieces};
use super::rules as rule;
use crate::layout::Block;
use crate::lexicon::{BoundSide, ChangePos, ChangeWord, Classes, NumberRole as Role, UnitKind};
use crate::portion::grown;
use crate::rule::Rule;
use crate::span::{SentenceId, Span};
use crate::text::Tag;
use crate::vocabulary::{BlockKind, Bound, ClaimKind, Direction};

/// A number with its unit, before it is joined to another or bounded.
#[derive(Clone, Debug)]
pub(super) struct Single {
    /// first piece, a currency's sign included
    pub(super) start: usize,
    /// one past the last piece of the number with its percent sign
    pub(super) number_end: usize,
    /// one past the last piece of the unit
    pub(super) end: usize,
    pub(super) number: Number,
    pub(super) value: f64,
    pub(super) unit: Option<u32>,
    /// whether the unit stands before the number
    pub(super) sign: bool,
    pub(super) rule: &'static Rule,
}

/// A word of movement that what follows may belong to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Movement {
    pub(super) direction: Direction,
    pub(super) pos: ChangePos,
    pub(super) at: usize,
    pub(super) end: usize,
}

/// A bound that what follows may belong to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pending {
    pub(super) bound: Bound,
    pub(super) start: usize,
}

pub(super) struct Reader<'p, 'a> {
    pub(super) pieces: &'p Pieces<'a>,
    pub(super) sentence: SentenceId,
    pub(super) headline: bool,
    /// whether the sentence speaks of a poll
    pub(super) polls: bool,
    pub(super) movement: Option<Movement>,
    /// the latest level of an index in the sentence: the unit of its points
    pub(super) points: Option<u32>,
    /// whether the sentence has told a lead in percentage points
    pub(super) lead: bool,
    /// numbers "one" that count only where the sentence counts something else
    pub(super) ones: Vec<Quantity<'a>>,
}

/// Reads the quantities of a sentence.
pub(super) fn sentence<'a>(
    pieces: &Pieces<'a>,
    sentence: SentenceId,
    block: &Block,
    found: &mut Vec<Quantity<'a>>,
) {
    let headline = matches!(block.kind, BlockKind::Headline | BlockKind::Heading);
    let polls = pieces.classes.contains(Classes::POLL);
    let mut reader = Reader {
        pieces,
        sentence,
        headline,
        polls,
        movement: None,
        points: None,
        lead: false,
        ones: Vec::new(),
    };
    let first = found.len();
    let mut pending: Option<Pending> = None;
    let mut at = 0;
    for here in pieces.telling.get().iter().rev().map(|&i| i as usize) {
        while pending.is_some() && at < here {
            match reader.bound(at, BoundSide::Clear) {
                Some((end, _)) => at = end,
                // what stands between begins nothing
                None => pending = None,
            }
        }
        if here < at || block.label.end > pieces.list[here].span.start {
            continue;
        }
        at = here;
        let piece = &pieces.list[at];
        // sub-7
        if pending.is_some()
            && piece.kind == Kind::Hyphen
            && !pieces.spaced(at)
            && !pieces.spaced(at + 1)
            && pieces.kind(at + 1) == Some(Kind::Digits)
        {
            at += 1;
            continue;
        }
        if let Some((end, _)) = pieces.excluded(at) {
            pending = None;
            at = end.max(at + 1);
            continue;
        }
        if (piece.begins.sign || piece.opens_number)
            && let Some(end) = reader.quantity(at, pending, found)
        {
            pending = None;
            at = end;
            continue;
        }
        let movement = reader.movement_at(at);
        let bound = reader.bound(at, BoundSide::Before);
        if let Some((end, bound)) = bound.filter(|(end, _)| movement.is_none_or(|(m, _)| *end > m)) {
            pending = Some(Pending { bound, start: pending.map_or(at, |p| p.start) });
            at = end;
            continue;
        }
        if let Some((end, change)) = movement {
            let verb = matches!(change.pos, ChangePos::Verb | ChangePos::Transitive);
            let noun = verb && piece.tag.is_noun();
            let pos = if noun { ChangePos::Noun } else { change.pos };
            reader.movement = Some(Movement { direction: change.direction, pos, at, end });
            pending = None;
            at = end;
            continue;
        }
        if let Some((end, _)) = reader.bound(at, BoundSide::Clear).filter(|_| pending.is_some()) {
            at = end;
            continue;
        }
        if piece.kind == Kind::Other && pieces.str(at) == ";" {
            reader.movement = None;
        }
        pending = None;
        at += 1;
    }
    let counts = found[first..].iter().any(|q| q.kind == ClaimKind::Count);
    if counts && !reader.ones.is_empty() {
        found.append(&mut reader.ones);
        found[first..].sort_by_key(|q| q.number.start);
    }
}

impl<'a> Reader<'_, 'a> {
    /// The words of movement that begin at a piece, and where they end.
    fn movement_at(&self, at: usize) -> Option<(usize, ChangeWord)> {
        let p = self.pieces;
        let piece = p.get(at).filter(|x| x.begins.change)?;
        let mut changes = p.lexicon.changes(piece.word).iter();
        changes.find_map(|c| Some((p.rest(at, &c.rest)?, c.value))).filter(|(_, c)| {
            c.pos != ChangePos::Noun && !(c.pos == ChangePos::Adverb && self.is_particle(at))
        })
    }

    /// Reads the quantity that begins at a piece, with the range or score that it may be part of.
    fn quantity(
        &mut self,
        at: usize,
        pending: Option<Pending>,
        found: &mut Vec<Quantity<'a>>,
    ) -> Option<usize> {
        let p = self.pieces;
        let mut single = self.single(at)?;
        self.share_unit(&mut single, found);
        let single = single;
        if single.unit.is_none()
            && let Some(rule) = p.excluded_number(&single.number, pending.is_some(), self.headline)
            && !(p.may_be_score(&single.number, rule)
                && self.joins(&single, Bound::Equal).is_some_and(|j| j.pair == Pair::Score))
        {
            return Some(single.end);
        }
        let last = found.last().filter(|q| q.sentence == self.sentence && q.kind == ClaimKind::Count);
        if single.unit.is_none() && last.is_some_and(|q| p.is_within(&single.number, q.number)) {
            return Some(single.end);
        }
        let pending = pending.filter(|b| self.holds(b, &single));
        let mut bound = pending.map_or(Bound::Equal, |b| b.bound);
        let mut start = pending.map_or(single.start, |b| b.start);
        let mut quantity = self.blank(&single);
        let mut end = single.end;
        let (mut range, mut unit) = (false, single.unit);
        let joined = if single.rule.id == rule::POLL.id { None } else { self.joins(&single, bound) };
        if let Some(join) = joined {
            range = true;
            let second = join.second;
            let score = join.pair == Pair::Score;
            let (low, high, rule, kind) = match join.pair {
                Pair::Score => (single.value, second.value, &rule::TALLY, ClaimKind::Score),
                Pair::Range => (self.lower_end(&single, &second), second.value, &rule::RANGE, quantity.kind),
                Pair::Bounds => {
                    bound = Bound::Equal;
                    let (low, high) = (single.value.min(second.value), single.value.max(second.value));
                    (low, high, &rule::RANGE, quantity.kind)
                }
            };
            unit = second.unit.or(unit);
            quantity = self.blank(&Single { unit, value: low, ..second.clone() });
            quantity.value = None;
            quantity.low = Some(low);
            quantity.high = Some(high);
            quantity.number = p.span(single.start..second.number_end);
            quantity.rule = rule.id;
            if score {
                quantity.kind = kind;
            }
            end = second.end;
            if start == single.start && start > 0 && p.is(start - 1, Role::Between) {
                start -= 1;
            }
        }
        if range && p.names_street(end) {
            return Some(end);
        }
        if !range && p.is_bare_one(&single.number, pending.is_some()) && single.unit.is_none() {
            return self.one(single);
        }
        if !range
            && p.is_bare_one(&single.number, pending.is_some())
            && let Some(unit) = single.unit
            && p.lexicon.units()[unit as usize].kind == UnitKind::Duration
        {
            return Some(single.end);
        }
        let unit = unit.map(|u| &p.lexicon.units()[u as usize]);
        let mut rule = if range { None } else { Some(single.rule) };
        // age
        if let Some((after, kind, why)) = self
            .age(start.min(single.start), end, &single, unit.map(|u| u.kind), found)
            .filter(|_| quantity.kind != ClaimKind::Score)
        {
            quantity.kind = kind;
            if quantity.unit.is_empty() {
                quantity.unit = "year".into();
                quantity.base = None;
            }
            end = after;
            if !range {
                rule = Some(why);
            }
        }
        end = self.put_per(&mut quantity, &single, unit, end);
        if let Some((after, later)) = self.bound_after(start, end) {
            bound = later;
            end = after;
        }
        // 35-plus hours
        if bound == Bound::Equal
            && !range
            && single.number_end < single.end
            && let Some((after, between)) = self.bound_after(start, single.number_end)
            && after <= single.end
        {
            bound = between;
        }
        if single.number.form == Form::Vague {
            bound = if matches!(bound, Bound::Equal | Bound::About) { Bound::AtLeast } else { bound };
        }
        quantity.bound = bound;
        quantity.change = self.change(start, single.start, end, &quantity);
        self.multiplied(single.start, pending.is_some(), &mut quantity);
        if let Some(first) = self.restates(start, &quantity, found) {
            quantity.restates = true;
            quantity.change = quantity.change.or(first.change);
            quantity.bound = if quantity.bound == Bound::Equal { first.bound } else { quantity.bound };
            rule = Some(&rule::RESTATED);
        }
        // down 51 points, or 1.2%: the same in another unit
        let again = start >= 2
            && p.is(start - 1, Role::Or)
            && p.kind(start - 2) == Some(Kind::Comma)
            && quantity.change.is_none();
        if let Some(last) = found.last().filter(|q| again && q.span.end == p.list[start - 2].span.start) {
            quantity.change = last.change;
        }
        if let Some(rule) = rule {
            quantity.rule = rule.id;
        }
        let joined = p.kind(end) == Some(Kind::Hyphen)
            && !p.spaced(end)
            && !p.spaced(end + 1)
            && p.kind(end + 1) == Some(Kind::Word);
        let row = if joined || unit.is_some() || quantity.kind != ClaimKind::Count {
            None
        } else {
            self.suspended(end)
        };
        if joined || row.is_some() {
            let at = row.unwrap_or(end + 1);
            let token = p.list[at].token;
            let last = p.list[at..].iter().take_while(|x| x.token == token).last();
            quantity.joined = last.map(|l| Span::new(p.list[at].span.start, l.span.end));
            if unit.is_none() && quantity.kind == ClaimKind::Count {
                quantity.rule = rule::JOINED.id;
            }
        }
        quantity.span = p.span(start..end);
        quantity.tokens = p.list[start].token..p.list[end - 1].token + 1;
        quantity.confidence = rule::confidence(quantity.rule);
        self.note(&quantity);
        grown(found).push(quantity);
        Some(end)
    }

    /// Keeps in mind what later numbers of the sentence may be set against.
    fn note(&mut self, quantity: &Quantity<'_>) {
        if quantity.unit == "point" && quantity.value.is_some_and(|v| v >= 100.0) {
            self.points = quantity.unit_id(self.pieces);
        }
        self.lead |= quantity.unit == "pp";
    }

    /// "One" before a noun waits for another number; elsewhere it counts nothing.
    fn one(&mut self, single: Single) -> Option<usize> {
        let p = self.pieces;
        let end = single.end;
        // "one study found", "one analyst said": who says so is not set against what they count
        let noun = p.get(end).is_some_and(|x| {
            x.kind == Kind::Word
                && (x.tag.is_noun() || x.tag.is_adjective())
                && x.tag != Tag::Nns
                && !p.get(end + 1).is_some_and(|v| v.classes.contains(Classes::CUE_VERB) && v.tag.is_verb())
        });
        if noun {
            let mut quantity = self.blank(&single);
            quantity.rule = rule::ONE_AGAINST.id;
            quantity.confidence = rule::confidence(rule::ONE_AGAINST.id);
            self.ones.push(quantity);
        }
        Some(end)
    }
}
