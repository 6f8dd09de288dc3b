//! Two numbers that are the ends of a range, or the two sides of a score.

use super::number::Form;
use super::numeral::scaled;
use super::piece::{DASHES, Kind};
use super::read::{Reader, Single};
use crate::lexicon::{BoundSide, ChangePos, NumberRole as Role, Roles};
use crate::vocabulary::Bound;

/// What a number makes with the one after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pair {
    Range,
    /// The two sides of a result.
    Score,
    /// A range whose ends are bounded each: more than 10 and less than 40.
    Bounds,
}

/// The second number of a range or score.
#[derive(Clone, Debug)]
pub(super) struct Join {
    pub(super) second: Single,
    pub(super) pair: Pair,
}

/// The roles of words that may stand between two numbers of a pair, as a dash may.
const JOINS: Roles = Roles::of(&[Role::To, Role::And, Role::Or]);

impl Reader<'_, '_> {
    /// The second number of a range or score that begins with a number, which has a bound or not.
    pub(super) fn joins(&self, first: &Single, bound: Bound) -> Option<Join> {
        let p = self.pieces;
        let at = first.end;
        if !matches!(first.number.form, Form::Plain | Form::Numeral | Form::Words | Form::One) {
            return None;
        }
        // most numbers go on to no other
        if !p.get(at).is_some_and(|x| x.kind.is_of(DASHES) | x.begins.alone.intersects(JOINS)) {
            return None;
        }
        let before = first.start.checked_sub(1);
        let between = before.is_some_and(|b| p.is(b, Role::Between));
        let from = before.is_some_and(|b| p.is(b, Role::From));
        let mut next = at;
        if let Some(second) = self.other_bound(first, bound) {
            return Some(Join { second, pair: Pair::Bounds });
        }
        let (mut word, mut or) = (false, false);
        match p.kind(at)? {
            Kind::Hyphen | Kind::Dash => {
                next += 1;
                // 18-to-24-year-olds
                if p.is(next, Role::To) {
                    next += 1;
                    next += usize::from(p.kind(next) == Some(Kind::Hyphen));
                    word = true;
                } else if p.spaced(at) != p.spaced(next)
                    || (p.spaced(at) && p.kind(at) == Some(Kind::Dash) && p.str(at) == "—")
                {
                    return None;
                }
            }
            Kind::Word if p.is(at, Role::To) => {
                word = true;
                next += 1;
                next += usize::from(p.kind(next) == Some(Kind::Hyphen) && !p.spaced(next));
                while let Some((end, _)) =
                    self.bound(next, BoundSide::Before).or_else(|| self.bound(next, BoundSide::Clear))
                {
                    if p.is(next, Role::Article) && p.number(next, false).is_some() {
                        break;
                    }
                    next = end;
                }
            }
            Kind::Word if between && p.is(at, Role::And) => {
                word = true;
                next += 1;
                next = self.bound(next, BoundSide::Before).map_or(next, |(e, _)| e);
            }
            Kind::Word if p.is(at, Role::Or) => {
                or = true;
                next += 1;
            }
            _ => return None,
        }
        if p.excluded(next).is_some() {
            return None;
        }
        let second = self.single(next)?;
        if !matches!(second.number.form, Form::Plain | Form::Numeral | Form::Words) {
            return None;
        }
        let units_agree = match (first.unit, second.unit) {
            (Some(a), Some(b)) => a == b,
            (Some(_), None) => first.sign,
            (None, None) => true,
            (None, Some(_)) => !second.sign,
        };
        if !units_agree {
            return None;
        }
        let bare = first.unit.is_none() && second.unit.is_none();
        let small =
            |s: &Single| matches!(s.number.form, Form::Plain | Form::Words | Form::One) && s.value < 1000.0;
        if bare && small(first) && small(&second) && !or && !between && !from {
            let aged = first.start > 0 && p.is(first.start - 1, Role::Aged)
                || self.stands_after_people(first.start) && first.value < second.value;
            let tally = !aged && self.near_tally(first.start, second.end);
            let counted = p.is_plural(second.end);
            if (first.value >= second.value && (tally || !word)) || (tally && !counted) {
                return Some(Join { second, pair: Pair::Score });
            }
        }
        let low = self.lower_end(first, &second);
        let rises = low < second.value || (low == second.value && first.value != second.value);
        // rose $2 to $5: an amount and a level
        let one_magnitude = second.number.scaled && !first.number.scaled && first.value < 1000.0;
        if word
            && !between
            && first.unit.is_some()
            && second.unit.is_some()
            && !one_magnitude
            && self.moved(first.start)
        {
            return None;
        }
        let moved = self.moved(first.start);
        let ok = if or {
            // three or four years, 10 or 20 people; not "5 or 600"
            rises && second.value <= low * 2.5 && !first.sign
        } else if word && !between {
            rises
                && !(from && (moved || self.moves_before(first.start)))
                && !(moved && bare && second.value > low * 5.0)
        } else {
            rises
        };
        ok.then_some(Join { second, pair: Pair::Range })
    }

    /// The other end of a range of which each end is bounded: above 10 and below 40, at most 40 and at least 10.
    fn other_bound(&self, first: &Single, bound: Bound) -> Option<Single> {
        let p = self.pieces;
        p.role(first.end, Role::And)?;
        let (next, other) = self.bound(first.end + 1, BoundSide::Before)?;
        let rises = match (bound, other) {
            (Bound::Above | Bound::AtLeast, Bound::Below | Bound::AtMost) => true,
            (Bound::Below | Bound::AtMost, Bound::Above | Bound::AtLeast) => false,
            _ => return None,
        };
        let second = self.single(next)?;
        let units = first.unit.is_none() || first.unit == second.unit;
        let counted = p.get(first.end - 1).is_some_and(|x| x.kind == Kind::Digits) || first.unit.is_some();
        let order = if rises { first.value < second.value } else { first.value > second.value };
        (units && counted && order && super::number::is_cardinal(second.number.form)).then_some(second)
    }

    /// Whether a verb or adverb of movement stands before a piece, in its clause.
    fn moves_before(&self, at: usize) -> bool {
        self.movement.is_some_and(|m| m.pos != ChangePos::Noun && at - m.end.min(at) <= 14)
    }

    /// The lower end of a range, which takes the upper end's magnitude where it has none: 1.2-1.4bn, one to two million.
    pub(super) fn lower_end(&self, first: &Single, second: &Single) -> f64 {
        let scale = second.number.scale;
        if first.number.scaled
            || !second.number.scaled
            || first.value >= 1000.0
            || first.value * scale > second.value
        {
            return first.value;
        }
        match first.number.numeral {
            Some((span, 0)) => scaled(span.of(self.pieces.text), scale.log10().round() as i32),
            _ => first.value * scale,
        }
    }

    /// Whether a word of votes and games stands near.
    pub(super) fn near_tally(&self, start: usize, end: usize) -> bool {
        let p = self.pieces;
        (start.saturating_sub(8)..(end + 5).min(p.len())).any(|i| p.is(i, Role::Tally))
    }

    /// Whether a word of movement stands shortly before a piece.
    pub(super) fn moved(&self, at: usize) -> bool {
        self.movement.is_some_and(|m| m.pos != ChangePos::Noun && at - m.end.min(at) <= 2)
    }
}
