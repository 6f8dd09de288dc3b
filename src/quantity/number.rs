//! Pieces → numbers: numerals, number words and mixtures of both. `fraction.rs` reads fractions, `multiple.rs` multiples and
//! vague plurals.
//!
//! Values are exact to the f64 of the decimal as written: "4.35 million" is read as 4.35e6, never as a product.

use super::numeral::{exponent, is_grouped, scaled};
use super::piece::{Kind, Pieces, bits};
use crate::lexicon::{NumberRole as Role, Roles};
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

/// Whether a number is one of digits or words, no part or multiple of something.
pub(super) fn is_cardinal(form: Form) -> bool {
    matches!(form, Form::Plain | Form::Numeral | Form::Words)
}

impl Number {
    pub(super) fn new(pieces: Range<usize>, value: f64, form: Form) -> Self {
        Self { pieces, value, form, numeral: None, scaled: false, scale: 1.0 }
    }

    /// Multiplies it by a magnitude that stands apart from it: 75 dollars million, 120 MEUR.
    pub(super) fn multiply(&mut self, size: f64, text: &str) {
        match &mut self.numeral {
            Some((span, power)) => {
                *power += exponent(size);
                self.value = scaled(span.of(text), *power);
            }
            None => self.value *= size,
        }
        self.scaled = true;
        self.scale *= size;
    }
}

/// The roles of words that are cardinals by themselves, and those of words that are something else, too.
const CARDINAL: Roles = Roles::of(&[Role::Small, Role::Tens]);
const NO_CARDINAL: Roles = Roles::of(&[
    Role::Sign,
    Role::Multiplier,
    Role::Hundred,
    Role::Magnitude,
    Role::Dozen,
    Role::Vague,
    Role::SomeOf,
    Role::Fraction,
    Role::Article,
]);

/// The marks that a number does not go on after.
const ENDS: u32 = bits(&[Kind::Comma, Kind::Period, Kind::Colon, Kind::Open, Kind::Close]);
/// The roles of words that may go on with a numeral or cardinal.
const GOES_ON: Roles = Roles::of(&[
    Role::Small,
    Role::Tens,
    Role::Hundred,
    Role::Magnitude,
    Role::Short,
    Role::Dozen,
    Role::Vague,
    Role::Fraction,
    Role::Fold,
    Role::And,
    Role::Over,
    Role::Times,
    Role::Point,
    Role::Ordinal,
]);

impl Pieces<'_> {
    /// The number that begins at a piece. `money` tells that a sign of money stands before it.
    pub(super) fn number(&self, at: usize, money: bool) -> Option<Number> {
        if !self.may_open_number(at) {
            return None;
        }
        if let Some(number) = self.bare(at) {
            return Some(number);
        }
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

    /// A numeral or a cardinal of one word that nothing goes on with, as most are: none of the other readers need be asked
    /// of it.
    fn bare(&self, at: usize) -> Option<Number> {
        let piece = self.get(at)?;
        let roles = piece.begins.alone;
        let numeral = piece.kind == Kind::Digits;
        let cardinal =
            (piece.kind == Kind::Word) & roles.intersects(CARDINAL) & !roles.intersects(NO_CARDINAL);
        let ends = self.get(at + 1).is_none_or(|next| {
            let (alone, first) = (next.begins.alone, next.begins.first);
            let goes_on = alone.intersects(GOES_ON) | first.contains(Role::Divided);
            // a power of ten has an "x" or "e"
            let power = numeral & (next.span.len() <= 3);
            next.kind.is_of(ENDS) | ((next.kind == Kind::Word) & !goes_on & !power)
        });
        if !((numeral | cardinal) & ends) {
            return None;
        }
        if numeral {
            let digits = self.str(at);
            let form = if is_grouped(digits) { Form::Numeral } else { Form::Plain };
            let mut number = Number::new(at..at + 1, scaled(digits, 0), form);
            number.numeral = Some((piece.span, 0));
            return Some(number);
        }
        let value = self.small(at)?;
        Some(Number::new(at..at + 1, value, if value == 1.0 { Form::One } else { Form::Words }))
    }

    /// The piece after a sign: a hyphen or minus that stands at the number but not at what is before it, or a word.
    fn sign(&self, at: usize) -> Option<usize> {
        let next = at + 1;
        match self.kind(at)? {
            Kind::Hyphen | Kind::Other | Kind::Dash
                if matches!(self.str(at), "-" | "−" | "+" | "–")
                    && !self.spaced(next)
                    && self.kind(next) == Some(Kind::Digits)
                    && !(self.str(at) != "+" && self.is_name_apart(at))
                    && (self.spaced(at)
                        || matches!(self.kind(at - 1), Some(Kind::Currency | Kind::Open))) =>
            {
                Some(next)
            }
            // plus or minus 3 is a bound
            Kind::Word
                if self.is(at, Role::Sign)
                    && (at < 2 || !self.is(at - 1, Role::Or) || !self.is(at - 2, Role::Sign)) =>
            {
                let next = if self.kind(next) == Some(Kind::Hyphen) { next + 1 } else { next };
                let number = self.kind(next) == Some(Kind::Digits) || self.small(next).is_some();
                number.then_some(next)
            }
            _ => None,
        }
    }

    /// Whether the hyphen at a piece joins a whole number to a name that a space parts from it: COVID -19; not Granton -5°.
    fn is_name_apart(&self, at: usize) -> bool {
        at > 0
            && self.list[at - 1].capital
            && self.list[at - 1].tag.is_noun()
            && self.integer(at + 1).is_some()
            && self.kind(at + 2) != Some(Kind::Percent)
            && self.unit_at(at + 2, true, true, 1.0).is_none()
    }

    pub(super) fn small(&self, at: usize) -> Option<f64> {
        self.role(at, Role::Small).or_else(|| self.role(at, Role::Tens))
    }

    pub(super) fn digits(&self, at: usize) -> Option<&str> {
        (self.kind(at) == Some(Kind::Digits)).then(|| self.str(at))
    }

    /// The piece at, or after a hyphen that stands tight at, if it is a word of a role.
    pub(super) fn after_hyphen(&self, at: usize, role: Role) -> Option<(usize, f64)> {
        let at = if self.kind(at) == Some(Kind::Hyphen) && !self.spaced(at) { at + 1 } else { at };
        Some((at, self.role(at, role)?))
    }

    /// Whether a unit follows, perhaps after a hyphen: million-dollar.
    pub(super) fn is_unit_after(&self, at: usize) -> bool {
        let at = at + usize::from(self.kind(at) == Some(Kind::Hyphen));
        self.is_unit_word(at)
    }

    /// Whether a tag at a piece is that of a plural noun, or the piece is untagged.
    pub(super) fn is_plural(&self, at: usize) -> bool {
        self.get(at).is_some_and(|p| p.kind == Kind::Word && matches!(p.tag, Tag::Nns | Tag::Nnps))
    }
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
            ("It cost 12.500 euros.", 12_500.0),
            ("It cost 12.500 dollars.", 12.5),
            ("Fuel cost 1.459 euros a liter.", 1.459),
            ("It cost 120 MEUR.", 120e6),
            ("It cost 75 dollars million.", 75e6),
            ("The $2.5-million plan failed.", 2.5e6),
            ("They planted one-and-a-half million trees.", 1.5e6),
            ("They owe one billion and a half million.", 1_000_500_000.0),
            ("They found 10^6 cells.", 1e6),
            ("The dam holds 3.5×10⁶ m³ of water.", 3.5e6),
            ("It weighs 1.2e+14 kilograms.", 1.2e14),
            ("They lost three twenty-fifths of it.", 0.12),
            ("It takes a day and a half by sea.", 1.5),
            ("They planted two hundred and fifty trees.", 250.0),
            ("They planted one and a half million trees.", 1.5e6),
            ("They planted half a million trees.", 5e5),
            ("They planted two point five million trees.", 2.5e6),
            ("They planted ninety-eight point two zero zero two four thousand trees.", 98_200.24),
            ("They planted 3 1/2 acres.", 3.5),
            ("They planted 3½ acres.", 3.5),
            ("They planted 1⅔ acres.", 5.0 / 3.0),
            ("They planted thirty-two point two million trees.", 32.2e6),
            ("They lost 61/72 of it.", 61.0 / 72.0),
            ("They walked forty-seven km of it.", 47.0),
            ("They walked 316m km of it.", 316e6),
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
            ("It will grow from 24.2 to 33-35 billion euros.", Some((24.2e9, 24.2e9))),
            ("The sum is above 1000 and below 1500.", Some((1000.0, 1500.0))),
            ("Brandt leads 48 to 44 in the poll.", Some((48.0, 48.0))),
            ("In the run-up to the 2014 vote, he left.", None),
            ("A third, from Granton, left.", None),
            ("A half-frozen man left.", None),
            ("She earns in the low six figures.", None),
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
        // digits that nothing parts are an identifier
        let text = format!("They counted {}999 trees.", "999,".repeat(130));
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
