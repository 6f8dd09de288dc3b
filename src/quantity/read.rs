//! One pass over a sentence's pieces: bound, number, unit, range, change, put together into quantities.

use super::Quantity;
use super::number::{Form, Number, scaled};
use super::piece::{Kind, Pieces};
use super::rules as rule;
use super::unit::{Per, UnitAt, composes};
use crate::layout::Block;
use crate::lexicon::{BoundSide, ChangePos, Classes, NumberRole as Role, UnitKind};
use crate::rule::Rule;
use crate::span::{SentenceId, Span};
use crate::text::Tag;
use crate::vocabulary::{BlockKind, Bound, ChangeRole, ClaimKind, Direction};

/// A number with its unit, before it is joined to another or bounded.
#[derive(Clone, Debug)]
struct Single {
    /// first piece, a currency's sign included
    start: usize,
    /// one past the last piece of the number with its percent sign
    number_end: usize,
    /// one past the last piece of the unit
    end: usize,
    number: Number,
    value: f64,
    unit: Option<u32>,
    /// whether the unit stands before the number
    sign: bool,
    rule: &'static Rule,
}

/// A word of movement that what follows may belong to.
#[derive(Clone, Copy, Debug)]
struct Movement {
    direction: Direction,
    pos: ChangePos,
    at: usize,
    end: usize,
}

/// A bound that what follows may belong to.
#[derive(Clone, Copy, Debug)]
struct Pending {
    bound: Bound,
    start: usize,
}

struct Reader<'p, 'a> {
    pieces: &'p Pieces<'a>,
    sentence: SentenceId,
    headline: bool,
    movement: Option<Movement>,
    /// numbers "one" that count only where the sentence counts something else
    ones: Vec<Quantity>,
}

/// Reads the quantities of a sentence.
pub(super) fn sentence(pieces: &Pieces<'_>, sentence: SentenceId, block: &Block, found: &mut Vec<Quantity>) {
    let headline = matches!(block.kind, BlockKind::Headline | BlockKind::Heading);
    let mut reader = Reader { pieces, sentence, headline, movement: None, ones: Vec::new() };
    let first = found.len();
    let mut pending: Option<Pending> = None;
    let mut at = 0;
    while at < pieces.len() {
        if block.label.end > pieces.list[at].span.start {
            at += 1;
            continue;
        }
        if let Some((end, _)) = pieces.excluded(at) {
            pending = None;
            at = end.max(at + 1);
            continue;
        }
        if let Some(end) = reader.quantity(at, pending, found) {
            pending = None;
            at = end;
            continue;
        }
        let piece = &pieces.list[at];
        let movement = pieces
            .lexicon
            .changes(piece.word)
            .iter()
            .find_map(|c| Some((pieces.rest(at, &c.rest)?, c.value)))
            .filter(|(_, c)| c.pos != ChangePos::Noun);
        let bound = reader.bound(at, BoundSide::Before);
        if let Some((end, bound)) = bound.filter(|(end, _)| movement.is_none_or(|(m, _)| *end > m)) {
            pending = Some(Pending { bound, start: pending.map_or(at, |p| p.start) });
            at = end;
            continue;
        }
        if let Some((end, change)) = movement {
            let noun = change.pos == ChangePos::Verb && piece.tag.is_noun();
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
        if matches!(piece.kind, Kind::Other) && piece.span.of(pieces.text) == ";" {
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

impl Reader<'_, '_> {
    /// The bound that begins at a piece and stands on a side of its number.
    fn bound(&self, at: usize, side: BoundSide) -> Option<(usize, Bound)> {
        let p = self.pieces;
        let piece = p.get(at)?;
        p.lexicon.bounds(piece.word).iter().filter(|b| b.value.side == side).find_map(|b| {
            let end = p.rest(at, &b.rest)?;
            // "the past 5 years", "its top 10": an adjective after a determiner bounds nothing
            let determined = side == BoundSide::Before
                && b.rest.is_empty()
                && at > 0
                && matches!(p.list[at - 1].tag, Tag::Dt | Tag::PrpPoss)
                && !piece.tag.is_verb();
            let estimated = b.value.bound == Bound::About && piece.tag != Tag::Jj;
            (!determined || (estimated && piece.tag.is_adverb())).then_some((end, b.value.bound))
        })
    }

    /// A bound after the number, its unit, or (from the claim's side) the thing counted.
    fn bound_after(&self, at: usize) -> Option<(usize, Bound)> {
        let p = self.pieces;
        let hyphen = usize::from(p.kind(at) == Some(Kind::Hyphen) && !p.spaced(at));
        let (end, bound) = self.bound(at + hyphen, BoundSide::After)?;
        let one_word = end == at + hyphen + 1;
        // 20-plus, 100+; but "20 plus 3" and "the odd 20"
        let tight = hyphen == 1 || !p.spaced(at);
        let number_follows = p.number(end, false).is_some() || p.money_before(end).is_some();
        (!number_follows && (!one_word || tight || matches!(p.str(at), "tops" | "max" | "minimum")))
            .then_some((end, bound))
    }

    /// Reads the quantity that begins at a piece, with the range or score that it may be part of.
    fn quantity(&mut self, at: usize, pending: Option<Pending>, found: &mut Vec<Quantity>) -> Option<usize> {
        let p = self.pieces;
        let mut single = self.single(at)?;
        self.share_unit(&mut single, found);
        let single = single;
        if single.unit.is_none()
            && let Some(rule) = p.excluded_number(&single.number, pending.is_some(), self.headline)
            && !(p.may_be_score(&single.number, rule) && self.joins(&single).is_some_and(|(_, score)| score))
        {
            return Some(single.end);
        }
        let pending = pending.filter(|b| self.holds(b, &single));
        let mut bound = pending.map_or(Bound::Equal, |b| b.bound);
        let mut start = pending.map_or(single.start, |b| b.start);
        let mut quantity = self.blank(&single);
        let mut end = single.end;
        let mut range = false;
        if let Some((second, score)) = self.joins(&single) {
            range = true;
            let (low, high, rule, kind) = if score {
                (single.value, second.value, &rule::TALLY, ClaimKind::Score)
            } else {
                (self.lower_end(&single, &second), second.value, &rule::RANGE, quantity.kind)
            };
            let unit = second.unit.or(single.unit);
            quantity = self.blank(&Single { unit, ..second.clone() });
            quantity.value = None;
            quantity.low = Some(low);
            quantity.high = Some(high);
            quantity.number = p.span(single.start..second.number_end);
            quantity.rule = rule.id;
            if score {
                quantity.kind = kind;
            }
            end = second.end;
            if start == single.start && start > 0 && p.role(start - 1, Role::Between).is_some() {
                start -= 1;
            }
        }
        if range && p.names_street(end) {
            return Some(end);
        }
        if !range && p.is_bare_one(&single.number, pending.is_some()) && single.unit.is_none() {
            return self.one(single, found);
        }
        if !range
            && p.is_bare_one(&single.number, pending.is_some())
            && let Some(unit) = single.unit
            && p.lexicon.units()[unit as usize].kind == UnitKind::Duration
        {
            return Some(single.end);
        }
        let unit =
            (if range { quantity.unit_id(p) } else { single.unit }).map(|u| &p.lexicon.units()[u as usize]);
        let mut rule = if range { None } else { Some(single.rule) };
        // age
        if let Some((after, kind, why)) =
            self.age(start.min(single.start), end, &single, unit.map(|u| u.kind))
        {
            quantity.kind = kind;
            if quantity.unit.is_empty() {
                quantity.unit = "year".to_owned();
                quantity.base = None;
            }
            end = after;
            if !range {
                rule = Some(why);
            }
        }
        // per
        if quantity.kind != ClaimKind::Age
            && let Some((after, per)) =
                p.per(end).filter(|_| unit.is_some() || single.sign || p.role(end, Role::Per).is_some())
        {
            let whole = match per {
                Per::Unit(u) => {
                    let per_unit = &p.lexicon.units()[u as usize];
                    match unit.filter(|u| composes(u, per_unit)) {
                        Some(unit) => {
                            quantity.unit = format!("{} per {}", unit.name, per_unit.name);
                            quantity.base = compose_base(&quantity, unit, per_unit);
                            None
                        }
                        None => Some(per_unit.name.to_string()),
                    }
                }
                Per::Words(from, to) => Some(p.span(from..to).of(p.text).to_owned()),
            };
            if whole.is_some() && matches!(quantity.kind, ClaimKind::Money | ClaimKind::Count) {
                quantity.kind = ClaimKind::Rate;
            }
            quantity.per = whole;
            end = after;
        }
        if let Some((after, later)) = self.bound_after(end) {
            bound = later;
            end = after;
        }
        if single.number.form == Form::Vague {
            bound = if matches!(bound, Bound::Equal | Bound::About) { Bound::AtLeast } else { bound };
        }
        quantity.bound = bound;
        quantity.change = self.change(start, single.start, end, &quantity);
        self.multiplied(single.start, &mut quantity);
        if let Some(rule) = rule {
            quantity.rule = rule.id;
        }
        let joined = p.kind(end) == Some(Kind::Hyphen)
            && !p.spaced(end)
            && !p.spaced(end + 1)
            && p.kind(end + 1) == Some(Kind::Word);
        if joined {
            let token = p.list[end].token;
            let last = p.list[end + 1..].iter().take_while(|x| x.token == token).last();
            quantity.joined = last.map(|l| Span::new(p.list[end + 1].span.start, l.span.end));
            if unit.is_none() && quantity.kind == ClaimKind::Count {
                quantity.rule = rule::JOINED.id;
            }
        }
        quantity.span = p.span(start..end);
        quantity.tokens = p.list[start].token..p.list[end - 1].token + 1;
        found.push(quantity);
        Some(end)
    }

    /// "Cases tripled to 1,863": a verb that multiplies is a movement, of which the multiple is the amount.
    fn multiplied(&mut self, at: usize, quantity: &mut Quantity) {
        let piece = &self.pieces.list[at];
        if quantity.kind != ClaimKind::Multiplier || !piece.tag.is_verb() {
            return;
        }
        let direction = Direction::Up;
        quantity.change = Some((direction, ChangeRole::Amount));
        self.movement = Some(Movement { direction, pos: ChangePos::Verb, at, end: at + 1 });
    }

    /// A number without a unit takes that of the number it stands with: from 4.8 to 4.7 percent, 2 million of the 5 million
    /// pounds, from 208 pounds to 193.
    fn share_unit(&self, single: &mut Single, found: &[Quantity]) {
        let p = self.pieces;
        if single.unit.is_some() || !matches!(single.number.form, Form::Plain | Form::Numeral | Form::Words) {
            return;
        }
        let end = single.end;
        let before = |r: Role| single.start > 0 && p.role(single.start - 1, r).is_some();
        let next = if before(Role::From) && p.role(end, Role::To).is_some() {
            end + 1
        } else if p.role(end, Role::Of).is_some() && single.number.scaled {
            end + 1 + usize::from(p.get(end + 1).is_some_and(|d| d.tag == Tag::Dt))
        } else {
            let noun =
                p.get(end).is_some_and(|x| x.kind == Kind::Word && (x.tag.is_noun() || x.tag.is_adjective()));
            let last =
                found.last().filter(|q| q.sentence == self.sentence && !q.unit.is_empty() && q.per.is_none());
            if let Some(last) = last.filter(|_| before(Role::To) && !noun)
                && matches!(last.change, Some((_, ChangeRole::From)))
                && last.span.end + 24 > p.list[single.start].span.start
            {
                single.unit = last.unit_id(p);
                single.rule = &rule::MEASURE;
            }
            // turnout was 68 percent, up from 61
            if let Some(last) = last.filter(|_| before(Role::From) && !noun)
                && self.movement.is_some_and(|m| m.end + 1 == single.start)
                && last.kind == ClaimKind::Percent
                && last.span.end + 24 > p.list[single.start].span.start
            {
                single.unit = last.unit_id(p);
                single.rule = &rule::MEASURE;
            }
            return;
        };
        if let Some(second) = self.single(next).filter(|s| !s.sign && s.unit.is_some())
            && let Some(unit) = second.unit
            && !matches!(p.lexicon.units()[unit as usize].kind, UnitKind::Duration)
        {
            single.unit = Some(unit);
            single.rule = second.rule;
        }
    }

    /// Whether a bound before a number is one. "The comment about 47 percent" is on them; "that surpasses the $5 million"
    /// names a sum, where "past the $5 million mark" bounds one.
    fn holds(&self, pending: &Pending, single: &Single) -> bool {
        let p = self.pieces;
        let after_noun = pending.start > 0
            && p.list[pending.start].tag == Tag::In
            && pending.bound == Bound::About
            && p.list[pending.start - 1].classes.intersects(Classes::CUE_NOUN | Classes::DOCUMENT)
            && p.list[pending.start - 1].tag.is_noun();
        let the = single.start > 0
            && p.list[single.start - 1].tag == Tag::Dt
            && p.role(single.start - 1, Role::Article).is_none();
        let another = the && pending.bound == Bound::Above && p.role(single.end, Role::Mark).is_none();
        !after_noun && !another
    }

    /// "One" before a noun waits for another number; elsewhere it counts nothing.
    fn one(&mut self, single: Single, _found: &mut [Quantity]) -> Option<usize> {
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
            quantity.confidence = 0.7;
            self.ones.push(quantity);
        }
        Some(end)
    }

    fn blank(&self, single: &Single) -> Quantity {
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
            unit: unit.map_or(String::new(), |u| u.name.to_string()),
            per: None,
            base: unit.and_then(|u| u.to_base(single.value)).filter(|(v, _)| v.is_finite()),
            change: None,
            rule: single.rule.id,
            confidence: confidence(single),
        }
    }

    /// The number that begins at a piece, with its currency's sign before it or its unit after it.
    fn single(&self, at: usize) -> Option<Single> {
        let p = self.pieces;
        let money = p.money_before(at).filter(|m| {
            let letters = p.kind(m.end - 1) == Some(Kind::Word) && p.str(m.end - 1).len() <= 2;
            !letters || !p.spaced(m.end) || p.str(m.end - 1).contains(|c: char| c.is_lowercase())
        });
        if let Some(money) = money
            && let Some(number) = p.number(money.end, true)
            && !matches!(number.form, Form::Multiplier | Form::Share | Form::Vague | Form::One)
        {
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
        if let Some((end, value)) = p.feet_and_inches(&number) {
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
        self.million_or_meter(&mut number);
        let after = number.pieces.end;
        let unit = match number.form {
            Form::Vague => {
                let of = p.role(after, Role::Of).is_some();
                p.unit_at(after + usize::from(of), false, true, number.value)
                    .filter(|&u| p.unit(u).kind != UnitKind::Percent && (of || number.pieces.len() > 1))
            }
            Form::Fraction => return Some(self.part_of_unit(at, number)),
            Form::Multiplier | Form::Share => None,
            _ => p.unit_after(&number),
        };
        Some(self.with_cents(self.with_unit(at, number, unit)))
    }

    /// Thirteen dollars and forty-five cents, 15 dollars 50, 75 dollars million.
    fn with_cents(&self, mut single: Single) -> Single {
        let p = self.pieces;
        let Some(major) = single.unit.map(|u| &p.lexicon.units()[u as usize]) else { return single };
        let whole = major.base.as_ref().is_some_and(|(_, factor, _)| *factor == 1.0);
        if major.kind != UnitKind::Money || !whole || single.number.scaled {
            return single;
        }
        let at = single.end + usize::from(p.role(single.end, Role::And).is_some());
        let Some(cents) = p.number(at, false) else { return single };
        if cents.scaled || !(1.0..100.0).contains(&cents.value) || cents.value.fract() != 0.0 {
            return single;
        }
        let unit = p.unit_after(&cents);
        let minor = unit.is_some_and(|u| {
            let unit = p.unit(u);
            unit.base.as_ref().is_some_and(|(b, factor, _)| *factor == 0.01 && **b == *major.name)
        });
        let bare = at == single.end
            && unit.is_none()
            && cents.value >= 10.0
            && p.get(cents.pieces.end).is_none_or(|x| x.kind != Kind::Word && x.kind != Kind::Hyphen);
        if minor || bare {
            single.value = (single.value * 100.0 + cents.value) / 100.0;
            single.end = unit.map_or(cents.pieces.end, |u| u.end);
            single.number_end = single.end;
        }
        single
    }

    fn with_unit(&self, start: usize, number: Number, unit: Option<UnitAt>) -> Single {
        let p = self.pieces;
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
        let end = unit.map_or(number.pieces.end, |u| u.end);
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

    /// Half a mile, a quarter century, half of 1 percent.
    fn part_of_unit(&self, start: usize, number: Number) -> Single {
        let p = self.pieces;
        let of = usize::from(p.role(number.pieces.end, Role::Of).is_some());
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
        let article = usize::from(p.role(at, Role::Article).is_some());
        let unit = if article == 1 {
            p.unit_at(at + 1, false, true, number.value)
        } else if of == 0 {
            p.unit_after(&number)
        } else {
            None
        };
        self.with_unit(start, number, unit)
    }

    /// 5m: millions before a plural noun or a currency, else meters.
    fn million_or_meter(&self, number: &mut Number) {
        let p = self.pieces;
        let at = number.pieces.end;
        let Some((span, 0)) = number.numeral else { return };
        let Some(size) = p.role(at, Role::Short).filter(|&s| p.str(at) == "m" && !p.spaced(at) && s == 1e6)
        else {
            return;
        };
        let adjective = p.get(at + 1).is_some_and(|x| x.tag.is_adjective() && x.space);
        let counted = p.is_plural(at + 1) || (adjective && p.is_plural(at + 2));
        let money = p.unit_at(at + 1, false, true, 1.0).is_some_and(|u| p.unit(u).kind == UnitKind::Money);
        if counted || money {
            number.value = scaled(span.of(p.text), 6);
            number.numeral = Some((span, 6));
            number.scaled = true;
            number.scale = size;
            number.form = Form::Numeral;
            number.pieces.end = at + 1;
        }
    }

    /// The second number of a range or score that begins with a number, and whether it is a score.
    fn joins(&self, first: &Single) -> Option<(Single, bool)> {
        let p = self.pieces;
        let at = first.end;
        if !matches!(first.number.form, Form::Plain | Form::Numeral | Form::Words | Form::One) {
            return None;
        }
        let before = first.start.checked_sub(1);
        let between = before.is_some_and(|b| p.role(b, Role::Between).is_some());
        let from = before.is_some_and(|b| p.role(b, Role::From).is_some());
        let mut next = at;
        let (mut word, mut or) = (false, false);
        match p.kind(at)? {
            Kind::Hyphen | Kind::Dash => {
                next += 1;
                // 18-to-24-year-olds
                if p.role(next, Role::To).is_some() {
                    next += 1;
                    next += usize::from(p.kind(next) == Some(Kind::Hyphen));
                    word = true;
                } else if p.spaced(at) != p.spaced(next)
                    || (p.spaced(at) && p.kind(at) == Some(Kind::Dash) && p.str(at) == "—")
                {
                    return None;
                }
            }
            Kind::Word if p.role(at, Role::To).is_some() => {
                word = true;
                next += 1;
                next += usize::from(p.kind(next) == Some(Kind::Hyphen) && !p.spaced(next));
                while let Some((end, _)) =
                    self.bound(next, BoundSide::Before).or_else(|| self.bound(next, BoundSide::Clear))
                {
                    if p.role(next, Role::Article).is_some() && p.number(next, false).is_some() {
                        break;
                    }
                    next = end;
                }
            }
            Kind::Word if between && p.role(at, Role::And).is_some() => {
                word = true;
                next += 1;
                next = self.bound(next, BoundSide::Before).map_or(next, |(e, _)| e);
            }
            Kind::Word if p.role(at, Role::Or).is_some() => {
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
            let tally = self.near_tally(first.start, second.end);
            let counted = p.is_plural(second.end);
            if (first.value >= second.value && (tally || !word)) || (tally && !counted) {
                return Some((second, true));
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
            rises && !(from && moved) && !(moved && bare && second.value > low * 5.0)
        } else {
            rises
        };
        ok.then_some((second, false))
    }

    /// Whether a word of movement stands shortly before a piece.
    fn moved(&self, at: usize) -> bool {
        self.movement.is_some_and(|m| m.pos != ChangePos::Noun && at - m.end.min(at) <= 2)
    }

    /// The lower end of a range, which takes the upper end's magnitude where it has none: 1.2-1.4bn, one to two million.
    fn lower_end(&self, first: &Single, second: &Single) -> f64 {
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
    fn near_tally(&self, start: usize, end: usize) -> bool {
        let p = self.pieces;
        (start.saturating_sub(8)..(end + 5).min(p.len())).any(|i| p.role(i, Role::Tally).is_some())
    }

    /// Whether the quantity is an age: where it ends then, and why.
    fn age(
        &self,
        start: usize,
        end: usize,
        single: &Single,
        unit: Option<UnitKind>,
    ) -> Option<(usize, ClaimKind, &'static Rule)> {
        let p = self.pieces;
        let hyphen = usize::from(p.kind(end) == Some(Kind::Hyphen) && !p.spaced(end));
        if unit == Some(UnitKind::Duration) || (unit.is_none() && matches!(p.str(end), "yo" | "y")) {
            let after = p.phrase(end + hyphen, Role::Old)?;
            return Some((after, ClaimKind::Age, &rule::AGE));
        }
        if unit.is_some() || !(0.0..125.0).contains(&single.value) || single.number.scaled {
            return None;
        }
        // a bare number whose noun does not follow
        let noun =
            p.get(end).is_some_and(|x| x.kind == Kind::Word && (x.tag.is_noun() || x.tag.is_adjective()));
        let aged = (1..=2).any(|n| start >= n && p.phrase(start - n, Role::Aged) == Some(start));
        if aged && !noun {
            return Some((end, ClaimKind::Age, &rule::AGED));
        }
        let name =
            |i: usize| p.get(i).is_some_and(|x| x.kind == Kind::Word && x.capital && x.tag.is_proper());
        // she is 35, he will be 60
        let be = start >= 1 && p.role(start - 1, Role::Level).is_some() && p.list[start - 1].tag.is_verb();
        let person = be
            && (start.saturating_sub(4)..start - 1).any(|i| {
                p.list[i].classes.contains(Classes::PERSONAL) && p.list[i].classes.contains(Classes::PERSON)
            });
        let stops = !noun && !p.get(end).is_some_and(|x| x.tag == Tag::Cd) && single.value >= 1.0;
        if person && stops && matches!(single.number.form, Form::Plain | Form::Words) {
            return Some((end, ClaimKind::Age, &rule::AGED));
        }
        let opens =
            start >= 2 && matches!(p.kind(start - 1), Some(Kind::Comma | Kind::Open)) && name(start - 2);
        let closes = matches!(p.kind(end), Some(Kind::Comma | Kind::Close | Kind::Period)) || end == p.len();
        let plain = matches!(single.number.form, Form::Plain) && single.value >= 1.0;
        (opens && closes && plain).then_some((end, ClaimKind::Age, &rule::APPOSITION))
    }

    /// The movement that a quantity marks: its amount, or the level it comes from or goes to.
    fn change(
        &self,
        start: usize,
        number: usize,
        end: usize,
        quantity: &Quantity,
    ) -> Option<(Direction, ChangeRole)> {
        let p = self.pieces;
        let level = !matches!(
            quantity.kind,
            ClaimKind::Count | ClaimKind::Duration | ClaimKind::Age | ClaimKind::Score
        );
        let plus = p.str(number);
        if matches!(plus, "+" | "−" | "-") && quantity.kind == ClaimKind::Percent {
            return Some((if plus == "+" { Direction::Up } else { Direction::Down }, ChangeRole::Amount));
        }
        let before = start.checked_sub(1);
        let role = |r: Role| before.is_some_and(|b| p.role(b, r).is_some());
        if let Some(m) = self.movement.filter(|m| start - m.at.min(start) <= 14) {
            let near = start - m.end.min(start);
            if role(Role::From) {
                return Some((m.direction, ChangeRole::From));
            }
            if role(Role::To) || before.is_some_and(|b| p.list[b].tag == Tag::To) {
                return Some((m.direction, ChangeRole::To));
            }
            if near == 1 && before.is_some_and(|b| p.list[b].tag == Tag::In && p.role(b, Role::By).is_none())
            {
                return level.then_some((m.direction, ChangeRole::To));
            }
            if role(Role::By) || (near <= 1 && level) {
                return Some((m.direction, ChangeRole::Amount));
            }
        }
        // 5% higher, a 5-point rise
        if level || quantity.joined.is_some() {
            let hyphen = usize::from(p.kind(end) == Some(Kind::Hyphen));
            for at in end + hyphen..end + hyphen + 2 {
                let Some(piece) = p.get(at).filter(|x| x.kind == Kind::Word) else { break };
                let found = p.lexicon.changes(piece.word).iter().find(|c| {
                    c.rest.is_empty()
                        && match c.value.pos {
                            ChangePos::Noun => piece.tag.is_noun(),
                            ChangePos::Adverb => {
                                at == end && matches!(piece.tag, Tag::Jjr | Tag::Rbr | Tag::Rb)
                            }
                            ChangePos::Verb => false,
                        }
                });
                if let Some(change) = found {
                    return Some((change.value.direction, ChangeRole::Amount));
                }
                if !piece.tag.is_adjective() {
                    break;
                }
            }
        }
        // a rise of 5%
        let noun = before.filter(|_| role(Role::Of) && level)?.checked_sub(1)?;
        let piece = p.get(noun)?;
        let change = p
            .lexicon
            .changes(piece.word)
            .iter()
            .find(|c| c.rest.is_empty() && c.value.pos == ChangePos::Noun)?;
        piece.tag.is_noun().then_some((change.value.direction, ChangeRole::Amount))
    }
}

impl Quantity {
    fn unit_id(&self, pieces: &Pieces<'_>) -> Option<u32> {
        pieces.lexicon.units().iter().position(|u| *u.name == *self.unit).map(|u| u as u32)
    }
}

/// The base of a unit made of two: factors divide.
fn compose_base(
    quantity: &Quantity,
    unit: &crate::lexicon::Unit,
    per: &crate::lexicon::Unit,
) -> Option<(f64, String)> {
    let value = quantity.value.or(quantity.low)?;
    let (value, name) = unit.to_base(value)?;
    let (divisor, per_name) = per.to_base(1.0)?;
    Some((value / divisor, format!("{name} per {per_name}")))
}

fn confidence(single: &Single) -> f32 {
    match (single.unit.is_some(), single.number.form) {
        (true, Form::Vague) => 0.95,
        (true, _) => 0.97,
        (false, Form::Numeral | Form::Vague) => 0.96,
        (false, Form::Plain) => 0.88,
        (false, Form::Words) => 0.92,
        (false, _) => 0.85,
    }
}
