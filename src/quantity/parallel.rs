//! What a number takes from another one beside it: the unit of the number it is set against, the unit behind the last of
//! several hyphens, the bound and movement of the quantity that it restates.

use super::Quantity;
use super::piece::{DASHES, Kind};
use super::read::{Reader, Single};
use super::rules as rule;
use crate::lexicon::{BoundSide, Classes, NumberRole as Role, Roles, UnitKind};
use crate::text::Tag;
use crate::vocabulary::{Bound, ChangeRole, ClaimKind};

/// How many bytes may lie between two parallel numbers.
const NEAR: u32 = 24;

/// How many pieces before a level the index may stand that it is of.
const INDEX: usize = 12;

/// The roles of words by which a number is set against another.
const SET_AGAINST: Roles =
    Roles::of(&[Role::To, Role::From, Role::By, Role::At, Role::Level, Role::Or, Role::Compared]);
/// The roles of words behind a number that another follows, as it may behind a dash.
const GOES_ON: Roles = Roles::of(&[Role::To, Role::Of]);

impl<'a> Reader<'_, 'a> {
    /// Gives a number without a unit that of the number it stands with.
    pub(super) fn share_unit(&self, single: &mut Single, found: &[Quantity]) {
        if single.unit.is_some() || !super::number::is_cardinal(single.number.form) {
            return;
        }
        if !self.may_share(single, found) {
            return;
        }
        let last = found.last().filter(|q| q.sentence == self.sentence && q.per.is_none());
        let shared = self
            .of_row(single)
            .or_else(|| self.of_what_follows(single))
            .or_else(|| last.filter(|q| !q.unit.is_empty()).and_then(|q| self.of_last(single, q)))
            .or_else(|| self.of_points(single))
            .or_else(|| self.of_noun_before(single))
            .or_else(|| self.of_index(single));
        if let Some(unit) = shared {
            single.unit = Some(unit);
            single.rule = match self.pieces.lexicon.units()[unit as usize].kind {
                UnitKind::Percent => &rule::PERCENT,
                UnitKind::Money => &rule::MONEY_WORD,
                UnitKind::Duration => &rule::DURATION,
                UnitKind::Measure => &rule::MEASURE,
            };
        } else if self.is_share(single, found) {
            single.unit = self.unit_named("%");
            single.rule = &rule::POLL;
        }
    }

    /// Whether the neighbours of a number are such that any of the readers below may take a unit from another one: all of
    /// them at once, since most are not.
    fn may_share(&self, single: &Single, found: &[Quantity]) -> bool {
        let p = self.pieces;
        let before =
            single.start.checked_sub(1).is_some_and(|b| p.list[b].begins.alone.intersects(SET_AGAINST));
        let after =
            p.get(single.end).is_some_and(|x| x.kind.is_of(DASHES) | x.begins.alone.intersects(GOES_ON));
        let scaled = single.number.scaled;
        before
            | after
            | found
                .last()
                .is_some_and(|q| (scaled & (q.kind == ClaimKind::Money)) | (q.unit.as_bytes() == b"%"))
    }

    fn unit_named(&self, name: &str) -> Option<u32> {
        self.pieces.lexicon.units().iter().position(|u| &*u.name == name).map(|u| u as u32)
    }

    fn before(&self, single: &Single, role: Role) -> bool {
        single.start > 0 && self.pieces.is(single.start - 1, role)
    }

    /// Whether a noun phrase follows, which is what the number counts.
    fn counts(&self, single: &Single) -> bool {
        self.pieces
            .get(single.end)
            .is_some_and(|x| x.kind == Kind::Word && (x.tag.is_noun() || x.tag.is_adjective()))
    }

    /// Two- and three-year terms.
    fn of_row(&self, single: &Single) -> Option<u32> {
        self.pieces.unit_at(self.suspended(single.end)?, true, true, single.value).map(|u| u.unit)
    }

    /// From 4.8 to 4.7 percent, from 24 to 33-35 billion euros, 2 million of the 5 million pounds, 48 to 44 percent.
    fn of_what_follows(&self, single: &mut Single) -> Option<u32> {
        let p = self.pieces;
        let end = single.end;
        let to = p.is(end, Role::To);
        let next = if self.before(single, Role::From) && to {
            end + 1
        } else if p.is(end, Role::Of) && single.number.scaled {
            end + 1 + usize::from(p.get(end + 1).is_some_and(|d| d.tag == Tag::Dt))
        } else if to || (p.kind(end) == Some(Kind::Hyphen) && p.spaced(end) == p.spaced(end + 1)) {
            let second = self.single(end + 1).filter(|s| !s.sign && s.value < single.value)?;
            let unit = second.unit?;
            return (p.lexicon.units()[unit as usize].kind == UnitKind::Percent).then_some(unit);
        } else {
            return None;
        };
        let mut second = self.single(next).filter(|s| !s.sign)?;
        if second.unit.is_none() {
            second = self.joins(&second, Bound::Equal)?.second;
        }
        if to && second.number.scaled && !single.number.scaled && single.value < 1000.0 {
            let scaled = single.value * second.number.scale;
            // from 24 to 33 billion: both in billions, unless they would be worlds apart
            if scaled < second.value * 20.0 && scaled * 20.0 > second.value {
                single.value =
                    self.lower_end(single, &super::read::Single { value: f64::INFINITY, ..second.clone() });
                single.number.scaled = true;
            }
        }
        second.unit.filter(|&u| p.lexicon.units()[u as usize].kind != UnitKind::Duration)
    }

    /// From 208 pounds to 193; 68 percent, up from 61; by 2 percent, the other by 1.
    fn of_last(&self, single: &Single, last: &Quantity) -> Option<u32> {
        let p = self.pieces;
        if self.counts(single) {
            return None;
        }
        let start = p.list[single.start].span.start;
        let near = last.span.end + NEAR > start;
        let percent = last.kind == ClaimKind::Percent;
        let came = || {
            let at = (0..single.start).rev().find(|&i| p.list[i].span.start < last.span.start);
            matches!(last.change, Some((_, ChangeRole::From))) || at.is_some_and(|i| p.is(i, Role::From))
        };
        let amount = matches!(last.change, Some((_, ChangeRole::Amount)));
        let takes = (self.before(single, Role::To) && near && came())
            || (self.before(single, Role::From)
                && near
                && percent
                && self.movement.is_some_and(|m| m.end + 1 == single.start))
            || (last.kind == ClaimKind::Money
                && single.number.scaled
                && last.value.is_some_and(|v| v >= 1000.0))
            || (self.before(single, Role::By) && percent && amount && !single.number.scaled);
        if takes { last.unit_id(p) } else { None }
    }

    /// At 1,463 points, while the other ended at 1,334.
    fn of_points(&self, single: &Single) -> Option<u32> {
        self.points.filter(|_| self.is_level(single))
    }

    /// A mile or two.
    fn of_noun_before(&self, single: &Single) -> Option<u32> {
        let p = self.pieces;
        let or = single.start.checked_sub(1).filter(|&i| i >= 2 && p.is(i, Role::Or))?;
        let one = p.is(or - 2, Role::Article) || p.is(or - 2, Role::Another);
        p.unit_at(or - 1, false, true, 1.0)
            .filter(|u| one && u.end == or && !self.counts(single))
            .map(|u| u.unit)
    }

    /// The index closed at 3,412: a level in points.
    fn of_index(&self, single: &Single) -> Option<u32> {
        let p = self.pieces;
        let floor = single.start.saturating_sub(INDEX);
        let of = self.is_level(single) && (floor..single.start).any(|i| p.is(i, Role::Index));
        if of { self.unit_named("point") } else { None }
    }

    /// Whether a bare number of some size stands where a level does.
    fn is_level(&self, single: &Single) -> bool {
        let level = [Role::At, Role::To, Role::Level].iter().any(|&r| self.before(single, r));
        level && single.value >= 100.0 && !self.counts(single)
    }

    /// Whether a bare number is a share of votes: 51 percent to 45 for Holm; Holm 45; at 45; 48 to 44 in a poll.
    fn is_share(&self, single: &Single, found: &[Quantity]) -> bool {
        let bare = (0.0..=100.0).contains(&single.value) && !single.number.scaled && !self.counts(single);
        if !bare || single.start == 0 {
            return false;
        }
        let last = found.last().filter(|q| q.sentence == self.sentence);
        let shares = last.is_some_and(|q| q.unit == "%" && q.change.is_none());
        let against = [Role::At, Role::To, Role::Compared].iter().any(|&r| self.before(single, r));
        if shares && (against || self.stands_after_name(single.start)) {
            return true;
        }
        let second = self.pair(single.end).and_then(|at| self.single(at));
        let pair =
            second.is_some_and(|s| s.unit.is_none() && (60.0..=100.0).contains(&(s.value + single.value)));
        (self.polls || self.lead) && pair
    }

    /// Whether the name before a piece opens its clause: ", Holm 45" and "and Holm 45".
    fn stands_after_name(&self, start: usize) -> bool {
        let p = self.pieces;
        let mut at = start;
        while at > 0 && p.get(at - 1).is_some_and(|x| p.is_name(x, at - 1)) {
            at -= 1;
        }
        let opened = at
            .checked_sub(1)
            .and_then(|i| p.get(i))
            .is_some_and(|x| matches!(x.kind, Kind::Comma) || x.tag == Tag::Cc || p.is(at - 1, Role::And));
        at < start && opened
    }

    /// What follows the first of two numbers with "to" or a hyphen between them.
    pub(super) fn pair(&self, end: usize) -> Option<usize> {
        let p = self.pieces;
        let hyphen =
            matches!(p.kind(end), Some(Kind::Hyphen | Kind::Dash)) && p.spaced(end) == p.spaced(end + 1);
        (hyphen || p.is(end, Role::To)).then_some(end + 1)
    }

    /// Four-, five- and six-cylinder: the piece that the last hyphen of a row joins, where `end` is the first's.
    pub(super) fn suspended(&self, end: usize) -> Option<usize> {
        let p = self.pieces;
        let hyphen = |i: usize| p.kind(i) == Some(Kind::Hyphen) && !p.spaced(i);
        let mut at = end;
        for row in 0..6 {
            if !hyphen(at) {
                return None;
            }
            if row > 0 && p.kind(at + 1) == Some(Kind::Word) && !p.spaced(at + 1) {
                return Some(at + 1);
            }
            at += 1;
            if row == 0 && !p.spaced(at) && p.kind(at) != Some(Kind::Comma) {
                return None;
            }
            at += usize::from(p.kind(at) == Some(Kind::Comma));
            let joins = [Role::And, Role::Or, Role::To].iter().any(|&r| p.is(at, r));
            at += usize::from(joins);
            at = p.number(at, false)?.pieces.end;
        }
        None
    }

    /// The quantity that one in brackets, or after a slash, tells again in another unit: 12 miles (19 km).
    pub(super) fn restates<'f>(
        &self,
        start: usize,
        quantity: &Quantity,
        found: &'f [Quantity<'a>],
    ) -> Option<&'f Quantity<'a>> {
        let p = self.pieces;
        let open = start.checked_sub(1).filter(|&i| matches!(p.kind(i), Some(Kind::Open | Kind::Slash)))?;
        let last = found.last().filter(|q| q.sentence == self.sentence && q.unit != quantity.unit)?;
        let beside = open > 0 && p.list[open - 1].span.end <= last.span.end.max(last.number.end);
        // Dowa (up 3%) tells something new
        let again = p.kind(open) == Some(Kind::Open) || last.restates;
        let dimension = |q: &Quantity| {
            let unit = p.lexicon.units().iter().find(|u| *u.name == *q.unit);
            unit.map(|u| (u.kind, u.dimension.clone()))
        };
        let one = match (dimension(last), dimension(quantity)) {
            (Some(a), Some(b)) => a == b && a.0 != UnitKind::Percent && a.0 != UnitKind::Duration,
            _ => matches!((&last.base, &quantity.base), (Some((_, a)), Some((_, b))) if a == b),
        };
        (beside && again && one).then_some(last)
    }

    /// Whether a bare number between 0 and 125 is what an age amounts to: the average age is 38.
    pub(super) fn is_level_of_age(&self, start: usize) -> bool {
        let p = self.pieces;
        let mut verb = start;
        // is around 73
        while verb > 0 && start - verb < 3 && !p.list[verb - 1].begins.bounds.is_empty() {
            verb -= 1;
        }
        let level = verb > 0 && p.is(verb - 1, Role::Level) && p.list[verb - 1].tag.is_verb();
        level
            && (verb.saturating_sub(8)..verb - 1)
                .any(|i| p.is(i, Role::Aged) && p.list[i].tag.is_noun() && p.list[i].tag != Tag::Nns)
    }

    /// Whether a bare number goes on a list of ages: aged 19 and 22.
    pub(super) fn follows_age(&self, start: usize, found: &[Quantity]) -> bool {
        let p = self.pieces;
        let Some(last) = found.last().filter(|q| q.rule == rule::AGED.id && q.sentence == self.sentence)
        else {
            return false;
        };
        let mut at = start;
        while at > 0 && (p.kind(at - 1) == Some(Kind::Comma) || p.is(at - 1, Role::And)) {
            at -= 1;
        }
        at < start && at > 0 && p.list[at - 1].span.end == last.span.end
    }

    /// Whether a bare number or range tells which people by their age: voters 18 to 29, those 65 and older.
    pub(super) fn is_age_group(&self, start: usize, first: usize, end: usize) -> bool {
        let p = self.pieces;
        let people = self.stands_after_people(start);
        let joined = p.is(end, Role::And) || p.is(end, Role::Or);
        let than = joined && matches!(p.str(end + 1), "older" | "younger");
        let side = joined && matches!(p.str(end + 1), "over" | "under" | "up");
        than || people && (side || first < end && !p.is_plural(end))
    }

    /// Whether a noun for several persons stands right before a piece.
    pub(super) fn stands_after_people(&self, at: usize) -> bool {
        let p = self.pieces;
        at > 0
            && (p.is(at - 1, Role::Those)
                || p.is_plural(at - 1) && p.list[at - 1].classes.contains(Classes::PERSON))
    }

    /// Whether persons stand right before a bound and the bare number that tells their age: people over 65.
    pub(super) fn is_over_age(&self, start: usize, number: usize) -> bool {
        let p = self.pieces;
        let be = start > 1 && p.list[start - 1].classes.contains(Classes::BE);
        // half of the victims were under 18
        let persons = self.stands_after_people(start - usize::from(be));
        start + 1 == number
            && persons
            && p.list[start].tag == Tag::In
            && self
                .bound(start, BoundSide::Before)
                .is_some_and(|(_, b)| matches!(b, Bound::Above | Bound::Below))
    }
}
