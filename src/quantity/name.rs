//! Numbers that belong to a name, tell a year, or stand in an address; and the word "one" where it counts nothing.

use super::exclude as rule;
use super::number::{Form, Number};
use super::piece::{Kind, Piece, Pieces};
use crate::lexicon::{Classes, NumberRole as Role, Roles};
use crate::rule::Rule;
use crate::span::Span;
use crate::text::Tag;

/// The roles of words right behind a number that make it a rank or an order of size.
const RANKING: Roles = Roles::of(&[Role::Order, Role::OrdinalEnding]);

impl Pieces<'_> {
    /// Whether a number that was read, with no unit, is none after all. `bounded` tells that a bound stands before it.
    pub(super) fn excluded_number(
        &self,
        number: &Number,
        bounded: bool,
        headline: bool,
    ) -> Option<&'static Rule> {
        let (start, end) = (number.pieces.start, number.pieces.end);
        let (before, next) = (start.checked_sub(1).and_then(|i| self.get(i)), self.get(end));
        if let Some(next) = next.filter(|p| p.kind == Kind::Hyphen || p.begins.alone.intersects(RANKING)) {
            let hyphen = next.kind == Kind::Hyphen;
            if hyphen && self.is(end + 1, Role::Order) {
                return Some(&rule::FIGURES);
            }
            // in the low six figures
            let figures = !hyphen && self.is(end, Role::Order) && self.is_plural(end);
            if figures && number.form == Form::Words && (4.0..10.0).contains(&number.value) {
                return Some(&rule::FIGURES);
            }
            if self.is(end, Role::OrdinalEnding) && !self.spaced(end) {
                return Some(&rule::ORDINAL);
            }
        }
        if before.is_some_and(|p| p.begins.alone.contains(Role::Per)) {
            return Some(&rule::GIVEN_PER);
        }
        let plural = || {
            self.is_plural(end)
                || next.is_some_and(|p| p.tag.is_adjective() && !p.capital) && self.is_plural(end + 1)
        };
        let numbers = before.is_some_and(|p| p.classes.contains(Classes::NUMBERED));
        if number.form == Form::Plain {
            if self.may_be_year(number) && self.is_year(number, bounded, plural()) {
                return Some(&rule::YEAR);
            }
            // a name or a word such as section before it, or a capital behind it
            let named = before.is_some_and(|p| p.capital | (p.kind == Kind::Period)) | numbers;
            let names = next.is_some_and(|p| p.capital | (p.kind == Kind::Digits));
            if !(named | names) {
                return None;
            }
            let plural = plural();
            let numbered = before.is_some_and(|p| {
                p.classes.contains(Classes::NUMBERED)
                    && (!p.tag.is_verb() || (p.capital && !self.opens(start - 1)))
            });
            let full_stop = before.is_some_and(|p| p.kind == Kind::Period)
                && start > 1
                && self.list[start - 2].classes.contains(Classes::NUMBERED);
            let name = before.is_some_and(|p| self.is_name(p, start - 1)) && !(headline && plural);
            if (numbered && !plural) || full_stop || name {
                return Some(&rule::NAMED);
            }
            if self.names_what_follows(end) {
                return Some(&rule::NAMED);
            }
            if self.names_street(end) {
                return Some(&rule::ADDRESS);
            }
        }
        if matches!(number.form, Form::Words | Form::One | Form::Fraction) && !headline {
            let capital = self.get(start).is_some_and(|p| p.capital) && !self.opens(start);
            let name = || before.is_some_and(|p| self.is_name(p, start - 1));
            let next_name = next.is_some_and(|p| p.capital && p.space);
            let capitals = start > 1 && before.is_some_and(|p| p.kind == Kind::Word && p.capital);
            if capital && (next_name || capitals || name()) {
                return Some(&rule::NAME);
            }
            let numbered = numbers && before.is_some_and(|p| p.tag.is_noun());
            if numbered && !plural() && self.unit_at(end, false, false, 1.0).is_none() {
                return Some(&rule::NAMED);
            }
        }
        None
    }

    /// Whether a piece opens its sentence or a quotation in it.
    pub(super) fn opens(&self, at: usize) -> bool {
        at == 0
            || matches!(
                self.kind(at - 1),
                Some(
                    Kind::Quote
                        | Kind::Open
                        | Kind::Colon
                        | Kind::Dash
                        | Kind::Apostrophe
                        | Kind::Period
                        | Kind::Other
                )
            )
    }

    pub(super) fn is_name(&self, piece: &Piece<'_>, at: usize) -> bool {
        piece.kind == Kind::Word
            && piece.capital
            && (piece.tag.is_proper() || (at > 0 && self.is_inner_capital(piece, at)))
            && !piece.classes.intersects(Classes::MONTH | Classes::WEEKDAY)
            && (at > 0 || !piece.classes.intersects(Classes::OPENER))
    }

    /// Whether a capital in mid-sentence may be that of a name, whatever its tag.
    pub(super) fn is_inner_capital(&self, piece: &Piece<'_>, at: usize) -> bool {
        piece.tag.is_noun()
            || (!self.opens(at)
                && !piece.tag.is_verb()
                && !piece.tag.is_adverb()
                && !matches!(
                    piece.tag,
                    Tag::In | Tag::Dt | Tag::Md | Tag::To | Tag::Prp | Tag::PrpPoss | Tag::Cd
                ))
    }

    /// Whether a number has the figures that a year may have.
    fn may_be_year(&self, number: &Number) -> bool {
        let span = self.list[number.pieces.start].span;
        let nought = self.text.as_bytes().get(span.start as usize) == Some(&b'0');
        (span.len() == 4) & (1000.0..=2200.0).contains(&number.value) & !nought
    }

    /// Whether one that [`Self::may_be_year`] is one.
    fn is_year(&self, number: &Number, bounded: bool, plural: bool) -> bool {
        let (start, end) = (number.pieces.start, number.pieces.end);
        let before_year = start > 0
            && (self.is(start - 1, Role::BeforeYear)
                || self.get(start - 1).is_some_and(|p| p.classes.intersects(Classes::MONTH | Classes::TIME)));
        let determined = start > 0
            && self.get(start - 1).is_some_and(|p| matches!(p.tag, Tag::Dt | Tag::PrpPoss | Tag::Pos));
        let joined = self.kind(end) == Some(Kind::Hyphen) && !self.spaced(end);
        if !(1900.0..=2100.0).contains(&number.value) {
            return before_year && !plural && !joined && !bounded;
        }
        !joined && (!bounded || before_year) && (!plural || before_year || determined)
    }

    /// Whether a capitalised noun in the singular heads what follows: 787 Dreamliner, 90049 ZIP Code; not 14 FBI agents.
    pub(super) fn names_what_follows(&self, at: usize) -> bool {
        let names = |i: usize| {
            self.get(i).is_some_and(|p| {
                p.kind == Kind::Word
                    && p.space
                    && p.capital
                    && matches!(p.tag, Tag::Nnp | Tag::Nn)
                    && !p.classes.intersects(Classes::MONTH | Classes::WEEKDAY | Classes::PERSON)
            })
        };
        if !names(at) || self.opens(at - 1) {
            return false;
        }
        let mut end = at;
        while names(end) {
            end += 1;
        }
        let goes_on = self.get(end).is_some_and(|p| {
            p.kind == Kind::Word
                && (p.tag.is_noun() || p.tag.is_adjective() || matches!(p.tag, Tag::Pos | Tag::Cc))
                || p.kind == Kind::Digits
        });
        !goes_on && !matches!(self.kind(end), Some(Kind::Hyphen | Kind::Slash))
    }

    /// Whether capitalised words and the noun of a street follow.
    pub(super) fn names_street(&self, at: usize) -> bool {
        let name = |i: usize| self.get(i).is_some_and(|p| p.capital && p.space);
        // 22 Avenue Foch
        if name(at) && self.is(at, Role::Street) && name(at + 1) && !self.is_plural(at + 1) {
            return true;
        }
        let mut end = at;
        // 9 E 71st St: a street may go by a rank
        let ranked = |i: usize| self.kind(i) == Some(Kind::Digits) && self.is(i + 1, Role::OrdinalEnding);
        while (name(end) || ranked(end)) && end < at + 5 {
            if end > at && self.is(end, Role::Street) {
                return true;
            }
            end += 1 + usize::from(ranked(end));
        }
        false
    }

    /// Whether a bare number stands in the phrase that another one counts: two new 737 jets.
    pub(super) fn is_within(&self, number: &Number, counted: Span) -> bool {
        let start = number.pieces.start;
        let adjective = |i: usize| self.kind(i) == Some(Kind::Word) && self.list[i].tag.is_adjective();
        let first = (0..start).rev().find(|&i| !adjective(i));
        number.form == Form::Plain
            && first.is_some_and(|i| i + 1 < start && self.list[i].span.end == counted.end)
    }

    /// Whether a number that a name stands before may be one side's score: "beat Lindmark 3-2".
    pub(super) fn may_be_score(&self, number: &Number, why: &Rule) -> bool {
        let numbered = number.pieces.start.checked_sub(1).and_then(|i| self.get(i));
        why.id == rule::NAMED.id
            && number.value < 100.0
            && !numbered.is_some_and(|p| p.classes.contains(Classes::NUMBERED) || p.kind == Kind::Period)
    }

    /// Whether the word "one" counts nothing here.
    pub(super) fn is_bare_one(&self, number: &Number, bounded: bool) -> bool {
        let end = number.pieces.end;
        let joined = || self.kind(end) == Some(Kind::Hyphen) && !self.spaced(end) && !self.spaced(end + 1);
        number.form == Form::One && !bounded && !joined()
    }
}
