//! Fractions in words and figures, quotients, and shares: half, two-thirds, 3/4, one in five.

use super::number::{Form, Number};
use super::numeral::scaled;
use super::piece::{Kind, Pieces};
use crate::lexicon::NumberRole as Role;
use crate::text::Tag;

impl Pieces<'_> {
    /// Half, two-thirds, a quarter of, 3/4, ½; half a million, a quarter century.
    pub(super) fn fraction(&self, at: usize) -> Option<Number> {
        let (mut end, mut value) = self.written_fraction(at).or_else(|| self.fraction_words(at))?;
        // half-frozen, half-brother: a part of a word
        let joined = self.kind(end) == Some(Kind::Hyphen) && !self.spaced(end) && !self.spaced(end + 1);
        if joined
            && self.kind(end - 1) == Some(Kind::Word)
            && self.kind(end + 1) == Some(Kind::Word)
            && self.multiplying(end + 1).is_none()
            && self.unit_at(end + 1, true, true, 1.0).is_none()
        {
            return None;
        }
        // half a million, half-dozen, a quarter million
        let mut next = end;
        if self.kind(next) == Some(Kind::Hyphen) && !self.spaced(next) {
            next += 1;
        }
        if self.is(next, Role::Of) && self.is(next + 1, Role::Article) {
            next += 1;
        }
        if self.is(next, Role::Article) {
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
    pub(super) fn written_fraction(&self, at: usize) -> Option<(usize, f64)> {
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
    pub(super) fn fraction_words(&self, at: usize) -> Option<(usize, f64)> {
        if let Some(under) = self.role(at, Role::Fraction).filter(|&u| u > 1.0) {
            let part = at > 0 && self.is(at - 1, Role::Part);
            let ordinal = at > 0 && self.is(at - 1, Role::Ordinal);
            let hyphen = usize::from(self.kind(at + 1) == Some(Kind::Hyphen) && !self.spaced(at + 1));
            let scales = self.multiplying(at + 1 + hyphen).is_some();
            // this half, the second half, the last half: a part of a game or year
            let half_time = at > 0
                && !part
                && !self.is(at + 1, Role::Of)
                && matches!(self.list[at - 1].tag, Tag::Dt | Tag::Jj)
                && !self.is(at - 1, Role::Article);
            let bare = under == 2.0 && !ordinal && !half_time && !self.str(at).ends_with('s');
            let ends = !matches!(self.get(at + 1), Some(p) if p.kind == Kind::Word && p.tag.is_noun());
            let joined = self.kind(at + 1) == Some(Kind::Hyphen) && !self.spaced(at + 1);
            let whole = !joined || self.multiplying(at + 2).is_some() || self.is_unit_word(at + 2);
            return ((bare && whole) || scales || (part && !ordinal && ends && under > 2.0 && under < 100.0))
                .then_some((at + 1, 1.0 / under));
        }
        let article = self.is(at, Role::Article);
        let hyphen = self.kind(at + 1) == Some(Kind::Hyphen) && self.spaced(at + 1) == self.spaced(at + 2);
        let word = at + 1 + usize::from(hyphen);
        if let Some((end, under)) = self.compound_under(word) {
            let over = self.small(at).or_else(|| self.digits(at).map(|d| scaled(d, 0)))?;
            return (over < under).then(|| (end, over / under));
        }
        let under = self.role(word, Role::Fraction).filter(|&u| u > 1.0)?;
        let over =
            if article { 1.0 } else { self.small(at).or_else(|| self.digits(at).map(|d| scaled(d, 0)))? };
        let plural = self.str(word).ends_with('s');
        if plural == (over == 1.0) && under != 2.0 || over >= under {
            return None;
        }
        // a third party, a quarter ago, three quarters in a row: no fraction without what it is of
        let next = self.get(word + 1);
        let of = self.is(word + 1, Role::Of);
        let full = of
            || hyphen
            || self.multiplying(word + 1).is_some()
            || self.is_unit_word(word + 1)
            || (under == 2.0 && !plural);
        let free = !matches!(next, Some(p) if p.kind == Kind::Hyphen
            || p.kind == Kind::Word && (p.tag.is_noun() || p.tag.is_adjective()));
        let quarter = self.str(word).to_ascii_lowercase().starts_with("quarter");
        let ends = !matches!(next, Some(p) if p.kind == Kind::Word);
        let summed = at > 0 && self.is(at - 1, Role::And);
        // two men were held; a third, Ana Brandt, fled: the third of some
        let apart = at == 0 || !matches!(self.kind(at - 1), Some(Kind::Word));
        if article && apart && self.kind(word + 1) == Some(Kind::Comma) {
            return None;
        }
        let small = article && (under == 3.0 || (ends && (under > 5.0 || summed)));
        (full || (free && !article && !quarter) || (free && small) || (free && summed && !article))
            .then(|| (word + 1, over / under))
    }

    /// Twenty-fifths, thirty firsts: a plural denominator of tens and ones; where it ends and its value.
    pub(super) fn compound_under(&self, at: usize) -> Option<(usize, f64)> {
        let tens = self.role(at, Role::Tens)?;
        let word = at + 1 + usize::from(self.kind(at + 1) == Some(Kind::Hyphen) && !self.spaced(at + 1));
        let ones = self.role(word, Role::Fraction).filter(|&o| o != 2.0 && o < 10.0)?;
        self.str(word).ends_with('s').then_some((word + 1, tens + ones))
    }

    /// One over twenty, 130 fifths.
    pub(super) fn divided(&self, number: &mut Number) {
        let at = number.pieces.end;
        if let Some((end, under)) = self.compound_under(at).filter(|_| number.numeral.is_none()) {
            number.value /= under;
            number.pieces.end = end;
            number.form = Form::Fraction;
            return;
        }
        let plural = |i: usize| self.str(i).ends_with('s');
        if let Some(under) = self
            .role(at, Role::Fraction)
            .filter(|&u| plural(at) && u != 4.0 && u > 1.0 && number.numeral.is_none())
        {
            number.value /= under;
            number.pieces.end = at + 1;
            number.form = Form::Fraction;
            return;
        }
        let ends = |i: usize| self.get(i).is_none_or(|p| matches!(p.kind, Kind::Period | Kind::Comma));
        if self.is(at, Role::Over)
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
    pub(super) fn share(&self, number: &mut Number) {
        let at = number.pieces.end;
        // "Harbour One in three steps": a number that ends a name is no one's share
        let proper = |i: usize| self.get(i).is_some_and(|p| p.capital && p.tag.is_proper());
        let start = number.pieces.start;
        if start > 0 && proper(start - 1) && self.get(start).is_some_and(|p| p.capital) {
            return;
        }
        let Some(next) = self.phrase(at, Role::Divided) else { return };
        let out_of = next > at + 1;
        let plain = |n: &Number| n.value.fract() == 0.0 && n.value >= 1.0;
        let Some(under) = self.cardinal(next, false) else { return };
        let small = number.value <= 10.0 && under.value <= 1000.0 && !under.scaled;
        let year = under.form == Form::Plain && under.value > 1000.0;
        let unit = self
            .get(under.pieces.end)
            .is_some_and(|p| !p.space && p.kind != Kind::Comma && p.kind != Kind::Period);
        // one in 45 children: any number may be the whole where one of its noun is told of
        let one_of = number.form == Form::One && self.is_plural(under.pieces.end);
        // "five in six months" counts; a share is followed by whom it is of, or by nothing
        let duration = self.is_unit_word(under.pieces.end);
        if plain(number)
            && plain(&under)
            && number.value < under.value
            && small
            && !year
            && !unit
            && !duration
            && (out_of || one_of || under.value <= 10.0 || under.value % 10.0 == 0.0)
        {
            number.value /= under.value;
            number.pieces.end = under.pieces.end;
            number.form = Form::Share;
            number.numeral = None;
        }
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
