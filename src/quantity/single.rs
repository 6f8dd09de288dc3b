//! A number with its currency's sign before it or its unit after it.

use super::Quantity;
use super::number::{Form, Number};
use super::numeral::scaled;
use super::piece::{Kind, Pieces};
use super::read::{Reader, Single};
use super::rules as rule;
use super::unit::UnitAt;
use crate::lexicon::{Classes, NumberRole as Role, UnitKind};
use crate::text::Tag;
use crate::vocabulary::{Bound, ClaimKind};
use std::borrow::Cow;

impl<'a> Reader<'_, 'a> {
    /// The number that begins at a piece, with its currency's sign before it or its unit after it.
    pub(super) fn single(&self, at: usize) -> Option<Single> {
        let p = self.pieces;
        let money = p.money_before(at).filter(|m| {
            let letters = p.kind(m.end - 1) == Some(Kind::Word) && p.str(m.end - 1).len() <= 2;
            !letters || !p.spaced(m.end) || p.str(m.end - 1).contains(|c: char| c.is_lowercase())
        });
        if let Some(money) = money
            && let Some(mut number) = p.number(money.end, true)
            && !matches!(number.form, Form::Multiplier | Form::Share | Form::Vague | Form::One)
        {
            if money.size != 1.0 {
                number.multiply(money.size, p.text);
            }
            let after = number.pieces.end;
            self.part_thousands(&mut number, money, after);
            let qualified = p.money_qualified(number.pieces.end);
            let end = qualified.map_or(number.pieces.end, |q| q.end);
            return Some(Single {
                start: at,
                number_end: number.pieces.end,
                end,
                value: number.value,
                unit: Some(qualified.unwrap_or(money).unit),
                sign: true,
                rule: &rule::MONEY_SIGN,
                number,
            });
        }
        let mut number = p.number(at, false)?;
        let mut following = p.unit_after(&number);
        if let Some((end, value)) = p.feet_and_inches(&number, following) {
            let unit = p.lexicon.units().iter().position(|u| &*u.name == "foot").map(|u| u as u32);
            return Some(Single {
                start: at,
                number_end: end,
                end,
                value,
                unit,
                sign: false,
                rule: &rule::HEIGHT,
                number,
            });
        }
        let before = number.pieces.end;
        self.million_or_meter(&mut number);
        let after = number.pieces.end;
        if after != before {
            following = p.unit_after(&number);
        }
        let unit = match number.form {
            Form::Vague => {
                let of = p.is(after, Role::Of);
                p.unit_at(after + usize::from(of), false, true, number.value)
                    .filter(|&u| p.unit(u).kind != UnitKind::Percent && (of || number.pieces.len() > 1))
            }
            Form::Fraction => return Some(self.part_of_unit(at, number)),
            Form::Multiplier | Form::Share => None,
            _ => following.or_else(|| {
                // five or more years
                let (end, _) = self.bound_after(at, number.pieces.end)?;
                p.unit_at(end, false, false, number.value)
            }),
        };
        let mut single = self.with_unit(at, number, unit);
        self.add_cents(&mut single);
        Some(single)
    }

    pub(super) fn with_unit(&self, start: usize, mut number: Number, unit: Option<UnitAt>) -> Single {
        let p = self.pieces;
        if let Some(unit) = unit.filter(|u| u.size != 1.0) {
            number.multiply(unit.size, p.text);
        }
        if let Some(unit) = unit {
            self.part_thousands(&mut number, unit, unit.end);
        }
        // times is said of a multiple, but the multiple is its number alone
        let times = number.form == Form::Multiplier && p.is(number.pieces.end, Role::Times);
        let kind = unit.map(|u| p.unit(u).kind);
        let rule = match (kind, number.form) {
            (Some(UnitKind::Money), _) => &rule::MONEY_WORD,
            (Some(UnitKind::Percent), _) => &rule::PERCENT,
            (Some(UnitKind::Measure), _) => &rule::MEASURE,
            (Some(UnitKind::Duration), _) => &rule::DURATION,
            (None, Form::Fraction) => &rule::FRACTION,
            (None, Form::Share) => &rule::SHARE,
            (None, Form::Vague) => &rule::VAGUE,
            (None, Form::Multiplier) => &rule::MULTIPLIER,
            (None, Form::One) => &rule::ONE_BOUNDED,
            _ => &rule::COUNT,
        };
        let end = unit.map_or(number.pieces.end + usize::from(times), |u| u.end);
        let number_end = if kind == Some(UnitKind::Percent) { end } else { number.pieces.end };
        Single {
            start,
            number_end,
            end,
            value: number.value,
            unit: unit.map(|u| u.unit),
            sign: false,
            rule,
            number,
        }
    }

    /// 12.500 euros: a full stop before three digits parts thousands where the currency is used so; not in what is paid
    /// per something, which may be told to a tenth of a cent.
    fn part_thousands(&self, number: &mut Number, unit: UnitAt, end: usize) {
        let p = self.pieces;
        let Some((span, 0)) = number.numeral.filter(|_| p.unit(unit).stops) else { return };
        let parts = span.of(p.text).split_once('.');
        let thousands =
            parts.is_some_and(|(a, b)| (1..4).contains(&a.len()) && b.len() == 3 && !a.starts_with('0'));
        if thousands && !number.scaled && p.per(end).is_none() {
            number.value = scaled(span.of(p.text), 3);
            number.numeral = Some((span, 3));
        }
    }

    /// Half a mile, a quarter century, half of 1 percent.
    pub(super) fn part_of_unit(&self, start: usize, number: Number) -> Single {
        let p = self.pieces;
        let of = usize::from(p.is(number.pieces.end, Role::Of));
        let at = number.pieces.end + of;
        if let Some(whole) = p
            .number(at, false)
            .filter(|n| of == 1 && matches!(n.form, Form::Plain | Form::One | Form::Numeral | Form::Words))
            && let Some(unit) = p.unit_after(&whole).filter(|&u| p.unit(u).kind == UnitKind::Percent)
        {
            let value = number.value * whole.value;
            return Single {
                start,
                number_end: unit.end,
                end: unit.end,
                value,
                unit: Some(unit.unit),
                sign: false,
                rule: &rule::PERCENT,
                number,
            };
        }
        // a day and a half
        let and = start >= 3 && p.is(start - 1, Role::And) && p.is(start - 3, Role::Article);
        if and
            && number.value == 0.5
            && let Some(unit) = p.unit_at(start - 2, false, true, 1.5).filter(|u| u.end == start - 1)
        {
            let whole = Number::new(start - 3..number.pieces.end, 1.5, Form::Words);
            return Single {
                end: whole.pieces.end,
                number_end: whole.pieces.end,
                ..self.with_unit(start - 3, whole, Some(unit))
            };
        }
        let article = usize::from(p.is(at, Role::Article));
        let unit = if article == 1 {
            p.unit_at(at + 1, false, true, number.value)
        } else if of == 0 {
            p.unit_after(&number)
        } else {
            None
        };
        self.with_unit(start, number, unit)
    }

    /// 5m: millions before a plural noun, a currency or another measure, else meters.
    pub(super) fn million_or_meter(&self, number: &mut Number) {
        let p = self.pieces;
        let at = number.pieces.end;
        // few numbers are followed by any such letter
        if !p.is(at, Role::Short) {
            return;
        }
        let Some((span, 0)) = number.numeral else { return };
        let Some(size) = p.role(at, Role::Short).filter(|&s| p.str(at) == "m" && !p.spaced(at) && s == 1e6)
        else {
            return;
        };
        let adjective = p.get(at + 1).is_some_and(|x| x.tag.is_adjective() && x.space);
        // 3.2m likes: no verb follows a length
        let plural = |i: usize| {
            p.is_plural(i)
                || p.get(i)
                    .is_some_and(|x| x.tag == Tag::Vbz && x.space && !x.classes.contains(Classes::AUXILIARY))
        };
        let counted = plural(at + 1) || (adjective && p.is_plural(at + 2));
        let money = p.unit_at(at + 1, false, true, 1.0).is_some_and(|u| p.unit(u).kind == UnitKind::Money);
        // 5m km
        let letters =
            p.get(at + 1).is_some_and(|x| x.kind == Kind::Word && x.span.len() > 1 && x.tag.is_noun());
        let measured = letters
            && p.spaced(at + 1)
            && p.unit_at(at + 1, true, true, 1.0).is_some_and(|u| p.unit(u).kind == UnitKind::Measure);
        if counted || money || measured {
            number.value = scaled(span.of(p.text), 6);
            number.numeral = Some((span, 6));
            number.scaled = true;
            number.scale = size;
            number.form = Form::Numeral;
            number.pieces.end = at + 1;
        }
    }

    /// Thirteen dollars and forty-five cents, 15 dollars 50, 75 dollars million.
    fn add_cents(&self, single: &mut Single) {
        let p = self.pieces;
        let Some(major) = single.unit.map(|u| &p.lexicon.units()[u as usize]) else { return };
        let whole = major.base.as_ref().is_some_and(|(_, factor, _)| *factor == 1.0);
        if major.kind != UnitKind::Money || !whole || single.number.scaled {
            return;
        }
        if let Some(size) = p.role(single.end, Role::Magnitude) {
            single.number.multiply(size, p.text);
            single.value = single.number.value;
            single.end += 1;
            single.number_end = single.end;
            return;
        }
        let at = single.end + usize::from(p.is(single.end, Role::And));
        let Some(cents) = p.number(at, false) else { return };
        if cents.scaled || !(1.0..100.0).contains(&cents.value) || cents.value.fract() != 0.0 {
            return;
        }
        let unit = p.unit_after(&cents);
        let minor = unit.is_some_and(|u| {
            let unit = p.unit(u);
            unit.base.as_ref().is_some_and(|(b, factor, _)| *factor == 0.01 && **b == *major.name)
        });
        let bare = at == single.end
            && unit.is_none()
            && cents.value >= 10.0
            && p.get(cents.pieces.end).is_none_or(|x| {
                matches!(x.tag, Tag::Jjr | Tag::Rbr) || x.kind != Kind::Word && x.kind != Kind::Hyphen
            });
        if minor || bare {
            single.value = (single.value * 100.0 + cents.value) / 100.0;
            single.end = unit.map_or(cents.pieces.end, |u| u.end);
            single.number_end = single.end;
        }
    }

    pub(super) fn blank(&self, single: &Single) -> Quantity<'a> {
        let p = self.pieces;
        let unit = single.unit.map(|u| &p.lexicon.units()[u as usize]);
        let kind = match (single.number.form, unit.map(|u| u.kind)) {
            (_, Some(UnitKind::Money)) => ClaimKind::Money,
            (_, Some(UnitKind::Percent)) => ClaimKind::Percent,
            (_, Some(UnitKind::Duration)) => ClaimKind::Duration,
            (_, Some(UnitKind::Measure)) => ClaimKind::Measure,
            (Form::Fraction | Form::Share, None) => ClaimKind::Ratio,
            (Form::Multiplier, None) => ClaimKind::Multiplier,
            _ => ClaimKind::Count,
        };
        Quantity {
            sentence: self.sentence,
            span: p.span(single.start..single.end),
            number: p.span(single.start..single.number_end),
            tokens: p.list[single.start].token..p.list[single.end - 1].token + 1,
            joined: None,
            value: Some(single.value).filter(|v| v.is_finite()),
            low: None,
            high: None,
            bound: Bound::Equal,
            kind,
            unit: unit.map_or(Cow::Borrowed(""), |u| Cow::Borrowed(&*u.name)),
            per: None,
            restates: false,
            base: unit
                .and_then(|u| u.to_base(single.value))
                .filter(|(v, _)| v.is_finite())
                .map(|(value, name)| (value, name.into())),
            change: None,
            rule: single.rule.id,
            // by its last rule
            confidence: 0.0,
        }
    }
}

impl Quantity<'_> {
    pub(super) fn unit_id(&self, pieces: &Pieces<'_>) -> Option<u32> {
        pieces.lexicon.units().iter().position(|u| *u.name == *self.unit).map(|u| u as u32)
    }
}
