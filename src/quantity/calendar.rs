//! Numbers of clock and calendar, and what is written like them: 5 a.m., 3/14/2012, 2012-13, March 14.

use super::exclude::{CLOCK, DATE, IDIOM, TELEPHONE, YEAR};
use super::number::Form;
use super::piece::{Kind, Pieces};
use crate::lexicon::{Classes, NumberRole as Role};
use crate::rule::Rule;
use crate::text::Tag;

impl Pieces<'_> {
    /// "at ten to five": minutes before an hour, behind "at".
    pub(super) fn hands(&self, at: usize) -> Option<usize> {
        let small = |i: usize, most: f64| {
            let number = self.number(i, false).filter(|n| n.form == Form::Words)?;
            (number.value <= most).then_some(number.pieces.end)
        };
        if self.kind(at)? != Kind::Word {
            return None;
        }
        let to = small(at, 29.0).filter(|&to| self.is(to, Role::To))?;
        let end = small(to + 1, 12.0)?;
        let counts = self.get(end).is_some_and(|p| p.tag.is_noun() || p.tag.is_adjective());
        (!counts).then_some(end)
    }

    pub(super) fn clock(&self, at: usize) -> Option<(usize, &'static Rule)> {
        let next = at + 1;
        if self.kind(next) == Some(Kind::Colon) && !self.spaced(next) && !self.spaced(next + 1) {
            let mut end = next;
            while matches!(self.kind(end), Some(Kind::Colon | Kind::Digits)) && !self.spaced(end) {
                end += 1;
            }
            return (self.kind(next + 1) == Some(Kind::Digits)).then_some((end, &CLOCK));
        }
        let range = matches!(self.kind(next), Some(Kind::Hyphen | Kind::Dash))
            && self.kind(next + 1) == Some(Kind::Digits);
        let word = if range { next + 2 } else { next };
        if !self.is(word, Role::Clock) {
            return None;
        }
        let hour = self.str(at).len() <= 5 && self.str(at).parse::<f64>().is_ok_and(|h| h < 24.6);
        hour.then_some((word + 1, &CLOCK))
    }

    /// 3/14/2012, and 9/11 or 24/7: what is neither a date nor a usual fraction is an idiom.
    pub(super) fn slashes(&self, at: usize) -> Option<(usize, &'static Rule)> {
        let slash = |i: usize| self.kind(i) == Some(Kind::Slash) && !self.spaced(i) && !self.spaced(i + 1);
        if !slash(at + 1) || self.kind(at + 2) != Some(Kind::Digits) {
            return None;
        }
        if slash(at + 3) {
            return Some((at + 5, &DATE));
        }
        let (over, under) = (self.integer(at)?, self.integer(at + 2)?);
        if (1900..2100).contains(&over) {
            return Some((at + 3, &YEAR));
        }
        let usual = matches!(under, 2..=6 | 8 | 10 | 12 | 16 | 20 | 32 | 64 | 100 | 128 | 1000);
        // 61/72 of the seats
        let part = usual || self.is(at + 3, Role::Of);
        (over >= under || !part).then_some((at + 3, &IDIOM))
    }

    /// 555-010-4477, 2011-03-14, 2012-13.
    pub(super) fn hyphens(&self, at: usize) -> Option<(usize, &'static Rule)> {
        let joined = |i: usize| {
            matches!(self.kind(i), Some(Kind::Hyphen | Kind::Dash))
                && !self.spaced(i)
                && !self.spaced(i + 1)
                && self.kind(i + 1) == Some(Kind::Digits)
        };
        if !joined(at + 1) {
            return None;
        }
        if joined(at + 3) {
            let mut end = at + 3;
            while joined(end) {
                end += 2;
            }
            return Some((end, if self.integer(at).is_some_and(|y| y > 1900) { &DATE } else { &TELEPHONE }));
        }
        let (first, second) = (self.integer(at)?, self.integer(at + 2)?);
        let years = (1000..=2100).contains(&first)
            && self.str(at).len() == 4
            && ((first..=2100).contains(&second)
                || second == first % 100 + 1
                || (second > first % 100 && second < 100));
        let unit = self.unit_at(at + 3, true, true, 1.0).is_some() || self.is_plural(at + 3);
        if years && !unit {
            return Some((at + 3, &YEAR));
        }
        let local = second > first || self.str(at + 2).starts_with('0');
        (self.str(at + 2).len() == 4 && self.str(at).len() == 3 && local && !unit)
            .then_some((at + 3, &TELEPHONE))
    }

    /// A day beside a month, with the year after it.
    pub(super) fn date(&self, at: usize) -> Option<(usize, &'static Rule)> {
        let month = |i: usize| self.get(i).is_some_and(|p| p.classes.contains(Classes::MONTH) & p.capital);
        let year =
            |i: usize| self.integer(i).is_some_and(|y| (1000..=2100).contains(&y)) && self.str(i).len() == 4;
        let before =
            at > 0 && (month(at - 1) || (self.kind(at - 1) == Some(Kind::Period) && at > 1 && month(at - 2)));
        if !before && !month(at + 1) {
            return None;
        }
        let value = self.integer(at)?;
        if before && (1..=31).contains(&value) {
            let mut end = at + 1;
            // March 14-16, March 14 and 15
            let joins = matches!(self.kind(end), Some(Kind::Hyphen | Kind::Dash))
                || self.is(end, Role::To)
                || self.is(end, Role::And);
            let later = self.integer(end + 1).is_some_and(|d| (1..=31).contains(&d) && d > value);
            if joins && later && self.unit_at(end + 2, true, true, 1.0).is_none() && !self.is_plural(end + 2)
            {
                end += 2;
            }
            if self.kind(end) == Some(Kind::Comma) && year(end + 1) {
                end += 2;
            } else if year(end) {
                end += 1;
            }
            // "in March 14 houses burned"
            let in_month = at > 1 && self.is(at - 2, Role::BeforeYear) && self.is_plural(end);
            let counted = end == at + 1 && (in_month || self.unit_at(end, true, true, 1.0).is_some());
            return (!counted).then_some((end, &DATE));
        }
        if before && year(at) {
            return Some((at + 1, &DATE));
        }
        if (1..=31).contains(&value) && month(at + 1) {
            let may = self.get(at + 1).is_some_and(|p| p.tag == Tag::Md);
            let end = at + 2 + usize::from(year(at + 2));
            return (!may).then_some((end, &DATE));
        }
        None
    }
}
