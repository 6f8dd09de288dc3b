//! Pieces → numbers: numerals, number words and mixtures of both, fractions, vague plurals, multipliers.
//!
//! Values are exact to the f64 of the decimal as written: "4.35 million" is read as 4.35e6, never as a product.

use super::piece::{Kind, Pieces, fullwidth};
use crate::lexicon::NumberRole as Role;
use crate::span::Span;
use crate::text::Tag;
use std::ops::Range;

/// What a number is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// digits alone, neither grouped nor with decimals: may be a year or a name's number
    Plain,
    /// digits with grouping, decimals or a magnitude
    Numeral,
    Words,
    /// the word "one" alone
    One,
    /// two-thirds, half, 3/4
    Fraction,
    /// one in five
    Share,
    /// thousands, several hundred
    Vague,
    /// twice, doubled, threefold, six times as
    Multiplier,
}

/// A number as it stands in the pieces.
#[derive(Clone, Debug)]
pub(super) struct Number {
    pub(super) pieces: Range<usize>,
    pub(super) value: f64,
    pub(super) form: Form,
    /// its numeral and the power of ten that it was scaled by, if it is no more than that
    pub(super) numeral: Option<(Span, i32)>,
    /// whether a magnitude stands in it
    pub(super) scaled: bool,
    /// the size of its last magnitude; 1 where it has none
    pub(super) scale: f64,
}

impl Number {
    fn new(pieces: Range<usize>, value: f64, form: Form) -> Self {
        Self { pieces, value, form, numeral: None, scaled: false, scale: 1.0 }
    }
}

/// The value of a numeral, scaled by a power of ten; infinite where it is beyond f64.
pub(super) fn scaled(numeral: &str, exponent: i32) -> f64 {
    let grouped = numeral.matches('.').count() > 1;
    let mut digits: String = numeral
        .chars()
        .filter_map(|c| match c {
            '0'..='9' => Some(c),
            '.' if !grouped => Some(c),
            _ => fullwidth(c),
        })
        .collect();
    if exponent != 0 {
        digits.push('e');
        digits.push_str(&exponent.to_string());
    }
    digits.parse().unwrap_or(f64::INFINITY)
}

fn exponent(magnitude: f64) -> i32 {
    magnitude.log10().round() as i32
}

impl Pieces<'_> {
    /// The number that begins at a piece. `money` tells that a sign of money stands before it.
    pub(super) fn number(&self, at: usize, money: bool) -> Option<Number> {
        let signed = self.sign(at);
        let start = signed.unwrap_or(at);
        let mut number = self
            .multiplier(start)
            .or_else(|| self.vague(start))
            .or_else(|| self.fraction(start))
            .or_else(|| self.cardinal(start, money))?;
        if signed.is_some() {
            if matches!(number.form, Form::Vague | Form::Multiplier) {
                return None;
            }
            let plus = self.str(at).starts_with(['+', 'p', 'P']);
            number.value *= if plus { 1.0 } else { -1.0 };
            number.numeral = None;
            number.pieces.start = at;
            if number.form == Form::One {
                number.form = Form::Words;
            }
            if number.form == Form::Plain {
                number.form = Form::Numeral;
            }
        }
        if matches!(number.form, Form::Plain | Form::Numeral | Form::Words | Form::One) {
            self.share(&mut number);
            self.times(&mut number);
        }
        Some(number)
    }

    /// The piece after a sign: a hyphen or minus that stands at the number but not at what is before it, or a word.
    fn sign(&self, at: usize) -> Option<usize> {
        let next = at + 1;
        match self.kind(at)? {
            Kind::Hyphen | Kind::Other | Kind::Dash
                if matches!(self.str(at), "-" | "−" | "+" | "–")
                    && !self.spaced(next)
                    && self.kind(next) == Some(Kind::Digits)
                    // a name's number may stand apart from its name: COVID -19
                    && !(at > 0 && self.list[at - 1].capital && self.list[at - 1].tag.is_proper())
                    && (self.spaced(at)
                        || matches!(self.kind(at - 1), Some(Kind::Currency | Kind::Open))) =>
            {
                Some(next)
            }
            Kind::Word if self.role(at, Role::Sign).is_some() => {
                let next = if self.kind(next) == Some(Kind::Hyphen) { next + 1 } else { next };
                let number = self.kind(next) == Some(Kind::Digits) || self.small(next).is_some();
                number.then_some(next)
            }
            _ => None,
        }
    }

    fn small(&self, at: usize) -> Option<f64> {
        self.role(at, Role::Small).or_else(|| self.role(at, Role::Tens))
    }

    fn digits(&self, at: usize) -> Option<&str> {
        (self.kind(at) == Some(Kind::Digits)).then(|| self.str(at))
    }

    /// The piece at, or after a hyphen that stands tight at, if it is a word of a role.
    fn after_hyphen(&self, at: usize, role: Role) -> Option<(usize, f64)> {
        let at = if self.kind(at) == Some(Kind::Hyphen) && !self.spaced(at) { at + 1 } else { at };
        Some((at, self.role(at, role)?))
    }

    /// Twice as many, doubled, threefold, 10-fold.
    fn multiplier(&self, at: usize) -> Option<Number> {
        if let Some(value) = self.role(at, Role::Multiplier) {
            // "scored twice as the crowd sang": how often, not by how much
            if matches!(self.get(at)?.tag, Tag::Rb | Tag::Pdt | Tag::In | Tag::Jj | Tag::Dt)
                && !self.str(at).ends_with("fold")
                && !self.compares(at + 1)
            {
                return None;
            }
            return Some(Number::new(at..at + 1, value, Form::Multiplier));
        }
        let value = self.digits(at).map(|d| scaled(d, 0)).or_else(|| self.small(at))?;
        let (fold, _) = self.after_hyphen(at + 1, Role::Fold)?;
        Some(Number::new(at..fold + 1, value, Form::Multiplier))
    }

    /// Thousands, tens of thousands, several hundred, a few dozen: at least twice the size.
    fn vague(&self, at: usize) -> Option<Number> {
        if let Some(size) = self.role(at, Role::Vague) {
            if self.role(at + 1, Role::Of).is_some()
                && let Some(of) = self.role(at + 2, Role::Vague).filter(|&of| of > size)
            {
                return Some(Number::new(at..at + 3, 2.0 * size * of, Form::Vague));
            }
            // tens and scores are other things too where they are not "of"
            let counts = !matches!(self.str(at), "scores" | "tens") || self.role(at + 1, Role::Of).is_some();
            return counts.then(|| Number::new(at..at + 1, 2.0 * size, Form::Vague));
        }
        let start = at;
        let at = if self.role(at, Role::Article).is_some() { at + 1 } else { at };
        self.role(at, Role::SomeOf)?;
        let mut size = 1.0;
        let mut end = at + 1;
        if self.role(end, Role::Of).is_some() {
            end += 1;
        }
        let first = end;
        while let Some(more) = self.multiplying(end) {
            size *= more;
            end += 1;
        }
        (end > first).then(|| Number::new(start..end, 2.0 * size, Form::Vague))
    }

    fn multiplying(&self, at: usize) -> Option<f64> {
        [Role::Hundred, Role::Magnitude, Role::Dozen].into_iter().find_map(|r| self.role(at, r))
    }

    /// Half, two-thirds, a quarter of, 3/4, ½; half a million, a quarter century.
    fn fraction(&self, at: usize) -> Option<Number> {
        let (mut end, mut value) = self.written_fraction(at).or_else(|| self.fraction_words(at))?;
        // half a million, half-dozen, a quarter million
        let mut next = end;
        if self.kind(next) == Some(Kind::Hyphen) && !self.spaced(next) {
            next += 1;
        }
        if self.role(next, Role::Of).is_some() && self.role(next + 1, Role::Article).is_some() {
            next += 1;
        }
        if self.role(next, Role::Article).is_some() {
            next += 1;
        }
        if let Some(size) =
            self.multiplying(next).filter(|_| next == end || self.kind(next) == Some(Kind::Word))
        {
            value *= size;
            end = next + 1;
            let mut number = Number::new(at..end, value, Form::Words);
            number.scaled = true;
            number.scale = size;
            return Some(number);
        }
        Some(Number::new(at..end, value, Form::Fraction))
    }

    /// ½, 3/4: where it ends and its value.
    fn written_fraction(&self, at: usize) -> Option<(usize, f64)> {
        if self.kind(at)? == Kind::Fraction {
            return vulgar(self.str(at)).map(|v| (at + 1, v));
        }
        let over = self.digits(at)?;
        let slash = self.kind(at + 1) == Some(Kind::Slash) || self.str(at + 1) == "⁄";
        let under = self.digits(at + 2)?;
        if !slash || self.spaced(at + 1) || self.spaced(at + 2) || over.len() > 3 || under.len() > 4 {
            return None;
        }
        if matches!(self.kind(at + 3), Some(Kind::Slash)) && !self.spaced(at + 3) {
            return None;
        }
        let (over, under) = (scaled(over, 0), scaled(under, 0));
        (under > over && under > 0.0).then(|| (at + 3, over / under))
    }

    /// Half, a third, two-thirds, one quarter: where it ends and its value.
    fn fraction_words(&self, at: usize) -> Option<(usize, f64)> {
        if let Some(under) = self.role(at, Role::Fraction) {
            let part = at > 0 && self.role(at - 1, Role::Part).is_some();
            let ordinal = at > 0 && self.role(at - 1, Role::Ordinal).is_some();
            let scales = self.multiplying(at + 1).is_some();
            // this half, the second half, the last half: a part of a game or year
            let half_time = at > 0
                && !part
                && self.role(at + 1, Role::Of).is_none()
                && matches!(self.list[at - 1].tag, Tag::Dt | Tag::Jj)
                && self.role(at - 1, Role::Article).is_none();
            let bare = under == 2.0 && !ordinal && !half_time && !self.str(at).ends_with('s');
            let ends = !matches!(self.get(at + 1), Some(p) if p.kind == Kind::Word && p.tag.is_noun());
            let joined = self.kind(at + 1) == Some(Kind::Hyphen) && !self.spaced(at + 1);
            let whole = !joined || self.multiplying(at + 2).is_some() || self.is_unit_word(at + 2);
            return ((bare && whole) || scales || (part && !ordinal && ends && under > 2.0 && under < 100.0))
                .then_some((at + 1, 1.0 / under));
        }
        let article = self.role(at, Role::Article).is_some();
        let over =
            if article { 1.0 } else { self.small(at).or_else(|| self.digits(at).map(|d| scaled(d, 0)))? };
        let hyphen = self.kind(at + 1) == Some(Kind::Hyphen) && self.spaced(at + 1) == self.spaced(at + 2);
        let word = at + 1 + usize::from(hyphen);
        let under = self.role(word, Role::Fraction)?;
        let plural = self.str(word).ends_with('s');
        if plural == (over == 1.0) && under != 2.0 || over >= under {
            return None;
        }
        // a third party, a quarter ago, three quarters in a row: no fraction without what it is of
        let next = self.get(word + 1);
        let of = self.role(word + 1, Role::Of).is_some();
        let full = of
            || hyphen
            || self.multiplying(word + 1).is_some()
            || self.is_unit_word(word + 1)
            || (under == 2.0 && !plural);
        let free = !matches!(next, Some(p) if p.kind == Kind::Hyphen
            || p.kind == Kind::Word && (p.tag.is_noun() || p.tag.is_adjective()));
        let quarter = self.str(word).to_ascii_lowercase().starts_with("quarter");
        let ends = !matches!(next, Some(p) if p.kind == Kind::Word);
        let summed = at > 0 && self.role(at - 1, Role::And).is_some();
        let small = article && (under == 3.0 || (ends && (under > 5.0 || summed)));
        (full || (free && !article && !quarter) || (free && small) || (free && summed && !article))
            .then(|| (word + 1, over / under))
    }

    /// Whether a piece begins a unit of time or measure: a quarter century, half-mile.
    fn is_unit_word(&self, at: usize) -> bool {
        self.get(at).is_some_and(|p| {
            self.lexicon
                .unit_forms(p.word)
                .iter()
                .any(|f| !f.value.before && !f.value.symbol && f.rest.is_empty())
        })
    }

    /// 48.2 million, two hundred and fifty, a dozen, 3 1/2, one and a half billion.
    fn cardinal(&self, start: usize, money: bool) -> Option<Number> {
        let mut at = start;
        let mut total = 0.0;
        let mut group: Option<f64> = None;
        let mut limit = f64::INFINITY;
        let mut numeral: Option<(Span, i32)> = None;
        let mut simple = true;
        let mut grouped = false;
        let mut short = false;
        if self.role(at, Role::Article).is_some() {
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
                && self.kind(at - 1) == Some(Kind::Word)
                && (group.is_some_and(|g| g % 10.0 == 0.0 && g > 10.0) || self.multiplying(at + 1).is_some());
            let here = at + usize::from(hyphen);
            if let Some(digits) = self.digits(here) {
                let later = at > start;
                let hundreds = self.role(here + 1, Role::Hundred).is_some();
                if later && !(group.is_none() && hundreds && self.kind(at - 1) == Some(Kind::Word)) {
                    break;
                }
                grouped = digits.len() > 4 && digits.contains([',', '\'', '’']) || digits.contains('.');
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
            } else if self.role(here, Role::Hundred).is_some() {
                group = match group {
                    None if at == start => Some(100.0),
                    Some(g) if g < 100.0 => Some(self.rescale(&mut numeral, 2).unwrap_or(g * 100.0)),
                    _ => break,
                };
                at = here + 1;
                (at, group) = self.decimals(at, group);
            } else if let Some(size) = self.role(here, Role::Magnitude) {
                match group {
                    Some(g) => {
                        let part = self.rescale(&mut numeral, exponent(size)).unwrap_or(g * size);
                        total = if size < limit { total + part } else { (total + g) * size };
                    }
                    None if total > 0.0 && size > limit => total *= size,
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
                if at == start && self.spaced(at) && self.role(at.wrapping_sub(1), Role::Part).is_some() {
                    return None;
                }
                total = group.unwrap_or(1.0) * size;
                group = None;
                limit = size;
                simple = false;
                at = here + 1;
                break;
            } else if self.role(here, Role::And).is_some()
                && at > start
                && (group
                    .is_some_and(|g| g >= 100.0 && g % 100.0 == 0.0 && numeral.is_none_or(|(_, e)| e == 2))
                    || (group.is_none()
                        && (limit == 1e3 || limit > 1e3 && self.multiplying(at + 2).is_some())))
                && (self.small(here + 1).is_some() && numeral.is_none_or(|(_, e)| e == 2))
                && self.role(here + 2, Role::Fraction).is_none()
            {
                at = here + 1;
                simple = false;
            } else if self.role(here, Role::And).is_some()
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
        if at == start {
            return None;
        }
        let mut value = total + group.unwrap_or(0.0);
        // and a half, 1/2, ½; after a magnitude, of it
        let and = usize::from(self.role(at, Role::And).is_some());
        let tight = usize::from(self.kind(at) == Some(Kind::Hyphen) && !self.spaced(at));
        let next = at + and + tight;
        let written = self.written_fraction(next).filter(|_| and == 0);
        let words = || self.fraction_words(next).filter(|_| and == 1);
        if !short && let Some((end, part)) = written.or_else(words) {
            value += part * if group.is_none() && limit.is_finite() { limit } else { 1.0 };
            at = end;
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

    /// A numeral scaled by a further power of ten, if the number so far is a numeral.
    fn rescale(&self, numeral: &mut Option<(Span, i32)>, by: i32) -> Option<f64> {
        let (span, exponent) = numeral.as_mut()?;
        *exponent += by;
        Some(scaled(span.of(self.text), *exponent))
    }

    /// Two point five, zero point seventy-one.
    fn decimals(&self, at: usize, group: Option<f64>) -> (usize, Option<f64>) {
        let Some(whole) = group.filter(|_| self.role(at, Role::Point).is_some()) else { return (at, group) };
        let mut digits = String::new();
        let mut end = at + 1;
        while let Some(value) = self.small(end) {
            let tens = self.role(end, Role::Tens).is_some();
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
    fn spaced_groups(&self, at: usize) -> (usize, Span) {
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
    fn short(&self, at: usize, money: bool) -> Option<(usize, f64)> {
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

    /// 1.99×10−30, 1.3x10^6.
    fn power_of_ten(&self, number: &mut Number) {
        let at = number.pieces.end;
        let Some((span, 0)) = number.numeral else { return };
        let ten = match self.str(at) {
            "×" | "x" | "X" if self.str(at + 1) == "10" => at + 2,
            "x10" => at + 1,
            "e" | "E" if !self.spaced(at) && matches!(self.str(at + 1), "+" | "-") => at + 1,
            _ => return,
        };
        let at = ten + usize::from(self.str(ten) == "^");
        let minus = matches!(self.str(at), "-" | "−" | "–");
        let at = at + usize::from(minus || self.str(at) == "+");
        let Some(power) = self.digits(at).and_then(|d| d.parse::<i32>().ok()).filter(|p| *p < 400) else {
            return;
        };
        let power = if minus { -power } else { power };
        number.value = scaled(span.of(self.text), power);
        number.numeral = Some((span, power));
        number.scaled = true;
        number.form = Form::Numeral;
        number.pieces.end = at + 1;
    }

    /// One over twenty, 130 fifths.
    fn divided(&self, number: &mut Number) {
        let at = number.pieces.end;
        let plural = |i: usize| self.str(i).ends_with('s');
        if let Some(under) =
            self.role(at, Role::Fraction).filter(|&u| plural(at) && u != 4.0 && number.numeral.is_none())
        {
            number.value /= under;
            number.pieces.end = at + 1;
            number.form = Form::Fraction;
            return;
        }
        let ends = |i: usize| self.get(i).is_none_or(|p| matches!(p.kind, Kind::Period | Kind::Comma));
        if self.role(at, Role::Over).is_some()
            && let Some(under) = self.cardinal(at + 1, false)
            && ends(under.pieces.end)
            && under.value > 1.0
            && !under.scaled
        {
            number.value /= under.value;
            number.numeral = None;
            number.pieces.end = under.pieces.end;
            number.form = Form::Fraction;
        }
    }

    /// One in five, two out of three: the share of small whole numbers.
    fn share(&self, number: &mut Number) {
        let at = number.pieces.end;
        let Some(next) = self.phrase(at, Role::Divided) else { return };
        let out_of = next > at + 1;
        let plain = |n: &Number| n.value.fract() == 0.0 && n.value >= 1.0;
        let Some(under) = self.cardinal(next, false) else { return };
        let small = number.value <= 10.0 && under.value <= 1000.0 && !under.scaled;
        let year = under.form == Form::Plain && under.value > 1000.0;
        let unit = self
            .get(under.pieces.end)
            .is_some_and(|p| !p.space && p.kind != Kind::Comma && p.kind != Kind::Period);
        // "five in six months" counts; a share is followed by whom it is of, or by nothing
        let duration = self.is_unit_word(under.pieces.end);
        if plain(number)
            && plain(&under)
            && number.value < under.value
            && small
            && !year
            && !unit
            && !duration
            && (out_of || under.value <= 10.0 || under.value % 10.0 == 0.0)
        {
            number.value /= under.value;
            number.pieces.end = under.pieces.end;
            number.form = Form::Share;
            number.numeral = None;
        }
    }

    /// Six times as many, four times the size, 6.5 times earnings.
    fn times(&self, number: &mut Number) {
        let at = number.pieces.end;
        let hyphen = usize::from(self.kind(at) == Some(Kind::Hyphen) && !self.spaced(at));
        let part = number.value.fract() != 0.0;
        if self.role(at + hyphen, Role::Times).is_some() && hyphen == 0 && (part || self.compares(at + 1)) {
            number.form = Form::Multiplier;
        }
    }

    /// Whether a comparison begins at a piece: as many as, the size of, more than, what it was.
    fn compares(&self, at: usize) -> bool {
        let as_what = |p: &super::piece::Piece| p.tag.is_adjective() || p.tag.is_adverb();
        self.role(at, Role::Comparison).is_some()
            && (self.str(at) != "as" || self.get(at + 1).is_some_and(as_what))
    }

    /// Whether a unit follows, perhaps after a hyphen: million-dollar.
    fn is_unit_after(&self, at: usize) -> bool {
        let at = at + usize::from(self.kind(at) == Some(Kind::Hyphen));
        self.is_unit_word(at)
    }

    /// Whether a tag at a piece is that of a plural noun, or the piece is untagged.
    pub(super) fn is_plural(&self, at: usize) -> bool {
        self.get(at).is_some_and(|p| p.kind == Kind::Word && matches!(p.tag, Tag::Nns | Tag::Nnps))
    }
}

/// The value of a vulgar fraction.
fn vulgar(text: &str) -> Option<f64> {
    let (over, under) = match text.chars().next()? {
        '½' => (1, 2),
        '⅓' => (1, 3),
        '⅔' => (2, 3),
        '¼' => (1, 4),
        '¾' => (3, 4),
        '⅕' => (1, 5),
        '⅖' => (2, 5),
        '⅗' => (3, 5),
        '⅘' => (4, 5),
        '⅙' => (1, 6),
        '⅚' => (5, 6),
        '⅛' => (1, 8),
        '⅜' => (3, 8),
        '⅝' => (5, 8),
        '⅞' => (7, 8),
        _ => return None,
    };
    Some(f64::from(over) / f64::from(under))
}

#[cfg(test)]
mod tests {
    use crate::{Article, Pipeline};

    /// Value, or ends of a range, of the first claim.
    fn value(text: &str) -> Option<(f64, f64)> {
        let record = Pipeline::default().run(&Article::new("t", text));
        let claim = record.claims.first()?;
        Some((claim.value.or(claim.low)?, claim.value.or(claim.high)?))
    }

    #[test]
    fn values_are_exact() {
        for (text, want) in [
            ("They sold 4.35 million of them.", 4.35e6),
            ("It cost $48.2m.", 48.2e6),
            ("They sold 816 000 t of it.", 816e3),
            ("They counted 1,00,000 votes.", 1e5),
            ("It cost 1.000.000 euros.", 1e6),
            ("They planted two hundred and fifty trees.", 250.0),
            ("They planted one and a half million trees.", 1.5e6),
            ("They planted half a million trees.", 5e5),
            ("They planted two point five million trees.", 2.5e6),
            ("They planted 3 1/2 acres.", 3.5),
            ("They planted 3½ acres.", 3.5),
            ("They planted twenty-five trees.", 25.0),
            ("They planted a dozen trees.", 12.0),
            ("They planted two dozen trees.", 24.0),
            ("They planted 35 lakh trees.", 35e5),
            ("They planted tens of thousands of trees.", 2e4),
            ("They planted several hundred trees.", 200.0),
            ("They lost three-quarters of it.", 0.75),
            ("They lost ¾ of it.", 0.75),
            ("Three in ten trees died.", 0.3),
            ("It fell to -5 degrees.", -5.0),
            ("It fell to minus 5 degrees.", -5.0),
            ("It fell to −5 degrees.", -5.0),
            ("They planted １２ trees.", 12.0),
            ("It weighs 1.99×10−30 kilograms.", 1.99e-30),
            ("They planted 5m trees.", 5e6),
            ("The wall is 5m tall.", 5.0),
            ("Less than half of 1 percent left.", 0.5),
        ] {
            assert_eq!(value(text), Some((want, want)), "{text}");
        }
    }

    #[test]
    fn ranges_keep_both_ends() {
        for (text, want) in [
            ("They paid $1.2-1.4bn for it.", Some((1.2e9, 1.4e9))),
            ("It takes five to seven days.", Some((5.0, 7.0))),
            ("Between five and six boats sank.", Some((5.0, 6.0))),
            ("It will take three or four years.", Some((3.0, 4.0))),
            ("One to two million trees died.", Some((1e6, 2e6))),
            ("They fined him $500,000 to more than $1 million.", Some((5e5, 1e6))),
            ("The senate voted 52-48.", Some((52.0, 48.0))),
            ("It ran in the 2012–13 season.", None),
            ("It ran from 2012 to 2016.", None),
        ] {
            assert_eq!(value(text), want, "{text}");
        }
    }

    #[test]
    fn a_number_too_large_makes_a_diagnostic() {
        let text = format!("They counted {} trees.", "9".repeat(400));
        let record = Pipeline::default().run(&Article::new("t", text));
        assert!(record.claims.is_empty());
        assert_eq!(record.diagnostics[0].code, "number-too-large");
    }

    #[test]
    fn long_runs_of_numbers_are_read_in_time() {
        for unit in [
            "1",
            "1,",
            "1 ",
            "1-",
            "1 to ",
            "one ",
            "half of ",
            "$1 ",
            "a ",
            "per ",
            "1/",
            "5 feet ",
            "from 1 to ",
        ] {
            let record = Pipeline::default().run(&Article::new("t", unit.repeat(2_000)));
            assert_eq!(record.length, unit.repeat(2_000).chars().count() as u32);
        }
    }
}
