//! Cardinal numbers: numerals, number words, and mixtures of both with magnitudes.

use super::number::{Form, Number};
use super::numeral::{exponent, is_grouped, magnified, scaled};
use super::piece::{Kind, Pieces};
use crate::lexicon::{Classes, NumberRole as Role};
use crate::span::Span;
use crate::text::Tag;

/// Words of an ordinal are looked for no further before its last than so many pieces.
const LONGEST_ORDINAL: usize = 8;
/// The largest denominator that a part of a mixed number is looked for with.
const LARGEST_UNDER: u32 = 100;

impl Pieces<'_> {
    /// 48.2 million, two hundred and fifty, a dozen, 3 1/2, one and a half billion.
    pub(super) fn cardinal(&self, start: usize, money: bool) -> Option<Number> {
        let mut at = start;
        let mut total = 0.0;
        let mut group: Option<f64> = None;
        let mut limit = f64::INFINITY;
        let mut numeral: Option<(Span, i32)> = None;
        let mut simple = true;
        let mut grouped = false;
        let mut short = false;
        if self.is(at, Role::Article) {
            self.multiplying(at + 1)?;
            group = Some(1.0);
            simple = false;
            at += 1;
        }
        loop {
            let hyphen = at > start
                && self.kind(at) == Some(Kind::Hyphen)
                && !self.spaced(at)
                && !self.spaced(at + 1)
                && ((self.kind(at - 1) == Some(Kind::Word)
                    && group.is_some_and(|g| g % 10.0 == 0.0 && g > 10.0))
                    || self.multiplying(at + 1).is_some());
            let here = at + usize::from(hyphen);
            // one hundred | thirty-fifths
            if at > start && self.compound_under(here).is_some() {
                break;
            }
            if let Some(digits) = self.digits(here) {
                let later = at > start;
                let hundreds = self.is(here + 1, Role::Hundred);
                if later && !(group.is_none() && hundreds && self.kind(at - 1) == Some(Kind::Word)) {
                    break;
                }
                grouped = is_grouped(digits);
                let (end, span) = self.spaced_groups(here);
                grouped |= end > here + 1;
                numeral = Some((span, 0));
                simple = !later;
                group = Some(scaled(span.of(self.text), 0));
                at = end;
                if let Some((end, size)) = self.short(at, money) {
                    numeral = numeral.map(|(s, _)| (s, exponent(size)));
                    group = None;
                    total = scaled(span.of(self.text), exponent(size));
                    short = true;
                    limit = size;
                    at = end;
                    break;
                }
            } else if let Some(value) = self.role(here, Role::Small) {
                group = match group {
                    None if at == start || limit.is_finite() => Some(value),
                    Some(g) if g >= 100.0 && g % 100.0 == 0.0 && value > 0.0 => Some(g + value),
                    Some(g)
                        if g % 10.0 == 0.0
                            && (20.0..100.0).contains(&(g % 100.0))
                            && (1.0..10.0).contains(&value) =>
                    {
                        Some(g + value)
                    }
                    _ => break,
                };
                simple = false;
                at = here + 1;
                (at, group) = self.decimals(at, group);
            } else if let Some(value) = self.role(here, Role::Tens) {
                group = match group {
                    None if at == start || limit.is_finite() => Some(value),
                    Some(g) if g >= 100.0 && g % 100.0 == 0.0 => Some(g + value),
                    _ => break,
                };
                simple = false;
                at = here + 1;
                (at, group) = self.decimals(at, group);
            } else if self.is(here, Role::Hundred) {
                group = match group {
                    None if at == start => Some(100.0),
                    Some(g) if g < 100.0 => {
                        Some(self.rescale(&mut numeral, 2).unwrap_or_else(|| magnified(g, 100.0)))
                    }
                    _ => break,
                };
                at = here + 1;
                (at, group) = self.decimals(at, group);
            } else if let Some(size) = self.role(here, Role::Magnitude) {
                match group {
                    Some(g) => {
                        let part =
                            self.rescale(&mut numeral, exponent(size)).unwrap_or_else(|| magnified(g, size));
                        total = if size < limit { total + part } else { (total + g) * size };
                    }
                    None if total > 0.0 && size > limit => total = magnified(total, size),
                    // "million-dollar" and "hundred thousand" count as one of them
                    None if at == start && self.is_unit_after(here + 1) => total = size,
                    None => break,
                }
                group = None;
                limit = size;
                at = here + 1;
            } else if let Some(size) = self.role(here, Role::Dozen).or_else(|| {
                // three dozens
                self.role(here, Role::Vague).filter(|&s| s == 12.0 && group.is_some())
            }) {
                if at == start && self.spaced(at) && self.is(at.wrapping_sub(1), Role::Part) {
                    return None;
                }
                total = group.unwrap_or(1.0) * size;
                group = None;
                limit = size;
                simple = false;
                at = here + 1;
                break;
            } else if self.is(here, Role::And)
                && at > start
                && (group
                    .is_some_and(|g| g >= 100.0 && g % 100.0 == 0.0 && numeral.is_none_or(|(_, e)| e == 2))
                    || (group.is_none()
                        && (limit == 1e3 || limit > 1e3 && self.multiplying(at + 2).is_some())))
                && (self.small(here + 1).is_some() && numeral.is_none_or(|(_, e)| e == 2))
                && !self.is(here + 2, Role::Fraction)
            {
                at = here + 1;
                simple = false;
            } else if self.is(here, Role::And)
                && group
                    .is_some_and(|g| g == 300.0 || numeral.is_some_and(|(_, e)| e == 2) && g % 100.0 == 0.0)
                && self.digits(here + 1).is_some_and(|d| d.len() <= 2)
            {
                // 3 hundred and 21
                group = Some(group.unwrap_or(0.0) + scaled(self.str(here + 1), 0));
                numeral = None;
                at = here + 2;
                break;
            } else {
                break;
            }
        }
        if at == start || numeral.is_none() && self.is_ordinal(start, at, group) {
            return None;
        }
        let mut value = total + group.unwrap_or(0.0);
        // and a half, 1/2, ½; after a magnitude, of it
        let hyphen = |i: usize| usize::from(self.kind(i) == Some(Kind::Hyphen) && !self.spaced(i));
        let tight = hyphen(at);
        let and = usize::from(self.is(at + tight, Role::And));
        let next = at + tight + and;
        let next = next + if and == 1 { hyphen(next) } else { 0 };
        let written = self.written_fraction(next).filter(|_| and == 0);
        let words = || self.fraction_words(next).filter(|_| and == 1);
        if !short && let Some((end, part)) = written.or_else(words) {
            let whole = if group.is_none() && limit.is_finite() { limit } else { 1.0 };
            // one billion and a half million
            let smaller = self.role(end, Role::Magnitude).filter(|&size| group.is_none() && size < limit);
            let size = smaller.unwrap_or(whole);
            value = if size == 1.0 { mixed(value, part) } else { value + part * size };
            at = end + usize::from(smaller.is_some());
            numeral = None;
            simple = false;
            if let Some(size) = self.role(at, Role::Magnitude).filter(|_| group.is_some()) {
                value *= size;
                limit = size;
                at += 1;
            }
        }
        let form = match numeral {
            Some((_, 0)) if simple && !grouped => Form::Plain,
            Some(_) => Form::Numeral,
            None if value == 1.0 && at == start + 1 => Form::One,
            None => Form::Words,
        };
        let mut number = Number::new(start..at, value, form);
        number.numeral = numeral.filter(|_| simple);
        number.scaled = limit.is_finite() || numeral.is_some_and(|(_, e)| e > 0);
        number.scale = if limit.is_finite() { limit } else { 1.0 };
        self.power_of_ten(&mut number);
        self.divided(&mut number);
        Some(number)
    }

    /// Whether number words up to `at` are the first of an ordinal's: twenty-fifth, the hundred and first, the two hundredth.
    fn is_ordinal(&self, start: usize, at: usize, group: Option<f64>) -> bool {
        let tight = self.kind(at) == Some(Kind::Hyphen) && !self.spaced(at) && !self.spaced(at + 1);
        // the words of a number before this one are of the same ordinal
        let numeric = |i: usize| {
            self.small(i).or_else(|| self.multiplying(i)).or_else(|| self.role(i, Role::And)).is_some()
                || self.kind(i) == Some(Kind::Hyphen)
        };
        let first = (start.saturating_sub(LONGEST_ORDINAL)..start).rev().take_while(|&i| numeric(i)).last();
        let before = first.unwrap_or(start).checked_sub(1).and_then(|i| self.get(i));
        let definite = before.is_some_and(|p| {
            p.classes.contains(Classes::DEFINITE) || matches!(p.tag, Tag::PrpPoss | Tag::Pos)
        });
        // "twenty fifth graders" are twenty, "the hundred first-time voters" a hundred
        let ranks = |i: usize| {
            let joined = self.kind(i + 1) == Some(Kind::Hyphen) && !self.spaced(i + 1);
            self.is(i, Role::Ordinal) && !self.is_plural(i + 1) && !joined
        };
        let rest = group.unwrap_or(0.0) % 100.0;
        let word = at + usize::from(tight);
        if rest >= 20.0 && rest % 10.0 == 0.0 {
            // a thirty-second film lasts half a minute
            let noun = self.get(word + 1).is_some_and(|p| p.kind == Kind::Word && p.tag.is_noun());
            return if self.is_unit_word(word) {
                self.is(word, Role::Ordinal) && !noun
            } else {
                ranks(word) || tight && self.is(word, Role::Ordinal)
            };
        }
        // the hundred and first, the two hundredth, the one hundred fifth
        let and = usize::from(self.is(word, Role::And));
        let hundreds = rest == 0.0 || self.role(word, Role::Fraction).is_some_and(|size| size >= 100.0);
        let small = self.role(word + and, Role::Fraction).is_none_or(|size| size < 100.0);
        let second = and == 0 && self.is_unit_word(word);
        definite && hundreds && (and == 0 || small) && ranks(word + and) && !second
    }

    /// A numeral scaled by a further power of ten, if the number so far is a numeral.
    pub(super) fn rescale(&self, numeral: &mut Option<(Span, i32)>, by: i32) -> Option<f64> {
        let (span, exponent) = numeral.as_mut()?;
        *exponent += by;
        Some(scaled(span.of(self.text), *exponent))
    }

    /// Two point five, zero point seventy-one.
    pub(super) fn decimals(&self, at: usize, group: Option<f64>) -> (usize, Option<f64>) {
        let Some(whole) = group.filter(|_| self.is(at, Role::Point)) else { return (at, group) };
        let mut digits = String::new();
        let mut end = at + 1;
        while let Some(value) = self.small(end) {
            let tens = self.is(end, Role::Tens);
            let unit = self.after_hyphen(end + 1, Role::Small).filter(|_| tens && digits.is_empty());
            let value = value + unit.map_or(0.0, |(_, v)| v);
            end = unit.map_or(end + 1, |(at, _)| at + 1);
            digits.push_str(&value.to_string());
        }
        if digits.is_empty() || digits.len() > 20 {
            return (at, group);
        }
        (end, format!("{whole}.{digits}").parse().ok().or(group))
    }

    /// 816 000: groups of three after a space that does not break, or after any if they end in noughts.
    pub(super) fn spaced_groups(&self, at: usize) -> (usize, Span) {
        let mut span = self.list[at].span;
        let mut end = at + 1;
        let first = self.str(at);
        if first.len() > 3 || first.starts_with('0') || !first.bytes().all(|b| b.is_ascii_digit()) {
            return (end, span);
        }
        while let Some(next) = self.get(end) {
            let group = self.str(end);
            let whole = group.split('.').next().is_some_and(|g| g.len() == 3) && group.len() != 4;
            let gap = &self.text[span.end as usize..next.span.start as usize];
            let space = match gap {
                "\u{a0}" | "\u{202f}" | "\u{2009}" => true,
                " " => group == "000",
                _ => false,
            };
            if next.kind != Kind::Digits || !whole || !space {
                break;
            }
            span = span.cover(next.span);
            end += 1;
        }
        (end, span)
    }

    /// A magnitude's abbreviation after digits: where it ends and its size. "5m" counts as five million here; where that
    /// may be a length, the reader of units decides.
    pub(super) fn short(&self, at: usize, money: bool) -> Option<(usize, f64)> {
        let piece = self.get(at).filter(|p| p.kind == Kind::Word)?;
        let size = self.role(at, Role::Short)?;
        let text = self.str(at);
        let one_letter = text.len() == 1;
        let capital = piece.capital;
        let tight = !self.spaced(at);
        let followed =
            self.get(at + 1).is_some_and(|p| !p.space && matches!(p.kind, Kind::Slash | Kind::Apostrophe));
        let sure = match text {
            "t" | "g" | "T" | "MN" if !money => false,
            "G" => tight,
            "k" | "K" => tight || money || text == "k",
            "b" => tight || money,
            "B" | "M" => tight || money || capital,
            "m" => money,
            _ => !one_letter || money,
        };
        (sure && !followed).then_some((at + 1, size))
    }

    /// 1.99×10−30, 1.3x10^6, 2×10⁶, 12e+14; a power of its own: 10^6, 10⁶.
    pub(super) fn power_of_ten(&self, number: &mut Number) {
        let at = number.pieces.end;
        let Some((span, 0)) = number.numeral else { return };
        let (base, from) = match self.str(at) {
            "×" | "x" | "X" if self.str(at + 1) == "10" => (10.0, at + 2),
            "x10" => (10.0, at + 1),
            "e" | "E" if !self.spaced(at) && matches!(self.str(at + 1), "+" | "-" | "−") => (10.0, at + 1),
            _ => (number.value, at),
        };
        let Some((end, power)) = self.superscript(from).or_else(|| {
            let at = from + usize::from(self.str(from) == "^" && !self.spaced(from));
            let minus = matches!(self.str(at), "-" | "−" | "–");
            let signed = at + usize::from(minus || self.str(at) == "+");
            let power = self.digits(signed).and_then(|d| d.parse::<i32>().ok()).filter(|p| *p < 400)?;
            (at > number.pieces.end).then_some((signed + 1, if minus { -power } else { power }))
        }) else {
            return;
        };
        if from > at {
            number.value = scaled(span.of(self.text), power);
            number.numeral = Some((span, power));
        } else if self.str(at) == "^" || span.of(self.text) == "10" {
            number.value = base.powi(power);
            number.numeral = None;
        } else {
            // a superscript at any other number is a note's
            return;
        }
        number.scaled = true;
        number.form = Form::Numeral;
        number.pieces.end = end;
    }

    /// The whole number that superscript figures tight at a number write: where it ends and its value.
    fn superscript(&self, start: usize) -> Option<(usize, i32)> {
        if self.str(start).as_bytes().first().is_none_or(u8::is_ascii) {
            return None;
        }
        let minus = self.str(start) == "⁻" && !self.spaced(start);
        let mut at = start + usize::from(minus);
        let mut power = 0i32;
        while let Some(digit) = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|c| self.str(at).chars().eq([c]))
        {
            if self.spaced(at) || power > 99 {
                return None;
            }
            power = power * 10 + digit as i32;
            at += 1;
        }
        (at > start + usize::from(minus)).then_some((at, if minus { -power } else { power }))
    }
}

/// A whole number and a part, as 1 2/3, rounded once: as the quotient that they are together.
fn mixed(whole: f64, part: f64) -> f64 {
    let over = |under: f64| (part * under).round();
    let under = (2..=LARGEST_UNDER).map(f64::from).find(|&under| over(under) / under == part);
    under.map_or(whole + part, |under| (whole * under + over(under)) / under)
}
