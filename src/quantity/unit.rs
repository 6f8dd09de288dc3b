//! What stands at a number: its unit before or after it, feet with inches, and what it is given per.

use super::Quantity;
use super::number::{Number, is_cardinal};
use super::piece::{Kind, Pieces, bits};
use super::read::{Reader, Single};
use crate::lexicon::{NumberRole as Role, Phrase, Unit, UnitForm, UnitKind, WordId};
use crate::text::Tag;
use crate::text::tag::Tags;
use crate::vocabulary::ClaimKind;
use std::borrow::Cow;

/// How far a word may stand from a form of several units and still decide, in pieces.
const NEAR: usize = 60;

/// The tags of what may stand between a number and its unit.
const MODIFIERS: Tags = Tags::of(&[Tag::Jj, Tag::Jjr, Tag::Jjs, Tag::Vbg, Tag::Vbn]);

/// What the mark of feet may be.
const FEET: u32 = bits(&[Kind::Apostrophe, Kind::Quote, Kind::Other]);

/// A unit as it stands in the pieces.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct UnitAt {
    /// its position in the lexicon
    pub(super) unit: u32,
    /// one past its last piece (or past the sign's, before a number)
    pub(super) end: usize,
    /// what the form multiplies its number by
    pub(super) size: f64,
}

impl<'a> Pieces<'a> {
    pub(super) fn unit(&self, at: UnitAt) -> &'a Unit {
        &self.lexicon.units()[at.unit as usize]
    }

    /// Where a form ends that begins at a piece.
    fn form(&self, at: usize, form: &Phrase<UnitForm>) -> Option<usize> {
        let end = self.rest(at, &form.rest)?;
        let exact = &form.value.exact;
        let mut words = (at..end).filter(|&i| !matches!(self.kind(i), Some(Kind::Hyphen | Kind::Period)));
        let same =
            exact.is_empty() || exact.iter().all(|w| words.next().is_some_and(|i| self.str(i) == &**w));
        same.then_some(end)
    }

    /// The sign or code of a currency that begins at a piece and stands before a number.
    pub(super) fn money_before(&self, at: usize) -> Option<UnitAt> {
        let piece = self.get(at).filter(|p| p.begins.sign)?;
        self.lexicon.unit_forms(piece.word).iter().filter(|f| f.value.before).find_map(|f| {
            let end = self.form(at, f)?;
            // "PS5" is no sum: a code of letters stands at digits, with a space or without
            Some(UnitAt { unit: f.value.unit, end, size: f.value.size })
        })
    }

    /// The currency that follows a sum with a sign: $75 U.S., $10 USD.
    pub(super) fn money_qualified(&self, at: usize) -> Option<UnitAt> {
        let piece = self.get(at).filter(|p| p.begins.unit)?;
        self.lexicon.unit_forms(piece.word).iter().filter(|f| f.value.qualifies).find_map(|f| {
            let end = self.form(at, f)?;
            let names = self
                .get(end)
                .is_some_and(|p| p.kind == Kind::Word && (p.tag.is_noun() || p.tag.is_adjective()));
            (!names).then_some(UnitAt { unit: f.value.unit, end, size: f.value.size })
        })
    }

    /// The unit that begins at a piece after a number, a hyphen between them or not.
    pub(super) fn unit_after(&self, number: &Number) -> Option<UnitAt> {
        let at = number.pieces.end;
        let hyphen = self.kind(at) == Some(Kind::Hyphen) && !self.spaced(at) && !self.spaced(at + 1);
        let at = at + usize::from(hyphen);
        let digits = matches!(self.kind(number.pieces.end - 1), Some(Kind::Digits | Kind::Fraction));
        // forty km: a symbol of several letters is one after words, too
        let letters = |p: &super::piece::Piece| {
            p.kind == Kind::Word && p.span.len() > 1 && p.tag.is_noun() && is_cardinal(number.form)
        };
        let symbol = digits || number.scaled || self.get(at).is_some_and(letters);
        self.unit_at(at, symbol, digits || number.scaled, number.value).or_else(|| self.modified(at))
    }

    /// A plural unit after one adjective or participle: 50 previous years, 517 rushing yards.
    fn modified(&self, at: usize) -> Option<UnitAt> {
        let (modifier, noun) = (self.get(at)?, self.get(at + 1)?);
        let modifies = (modifier.kind == Kind::Word) & !modifier.capital & MODIFIERS.has(modifier.tag);
        if !(modifies & noun.begins.unit) || !self.is_plural(at + 1) {
            return None;
        }
        self.unit_at(at + 1, false, false, 2.0).filter(|&u| {
            let unit = self.unit(u);
            matches!(unit.kind, UnitKind::Duration | UnitKind::Measure) && &*unit.name != "point"
        })
    }

    /// The unit that begins at a piece. `digits` tells that a numeral stands before it, `large` that digits or a magnitude
    /// do. Among units of one form, the one with more hints in the sentence.
    pub(super) fn unit_at(&self, at: usize, digits: bool, large: bool, value: f64) -> Option<UnitAt> {
        let piece = self.get(at).filter(|p| p.begins.unit)?;
        // three $50,000 prizes: the sign is the next number's
        if piece.kind == Kind::Currency && self.kind(at + 1) == Some(Kind::Digits) && !self.spaced(at + 1) {
            return None;
        }
        let mut best: Option<UnitAt> = None;
        for form in self.lexicon.unit_forms(piece.word) {
            let f = &form.value;
            if f.before || f.qualifies || (f.symbol && !digits) || (f.strict && !large) {
                continue;
            }
            let Some(end) = self.form(at, form) else { continue };
            if best.is_some_and(|b| b.end > end) || (f.symbol && !self.is_symbol(at, end, value)) {
                continue;
            }
            let unit = &self.lexicon.units()[f.unit as usize];
            // closed down 0.8 percent at 7,102 points
            if value > 100.0
                && unit.kind == UnitKind::Percent
                && !f.symbol
                && end == at + 1
                && !unit.hints.is_empty()
            {
                continue;
            }
            // one letter is too little to tell a temperature from a name: 777F, 14.7C
            let letter =
                self.str(at).len() == 1 && end == at + 1 && !matches!(self.str(at), "m" | "g" | "°" | "\"");
            if f.symbol && letter && !unit.hints.is_empty() && self.votes(unit, at) == 0 {
                continue;
            }
            let found = UnitAt { unit: f.unit, end, size: f.size };
            // nearly always the only one
            let Some(first) = best else {
                best = Some(found);
                continue;
            };
            let (votes, of_first) = (self.votes(unit, at), self.votes(self.unit(first), at));
            // where nothing speaks for either, the currency that needs no word for it
            let plain = |u: u32| {
                let unit = &self.lexicon.units()[u as usize];
                unit.kind == UnitKind::Money && unit.hints.is_empty()
            };
            let usual = || {
                votes == 0
                    && first.end == end
                    && plain(f.unit)
                    && !plain(first.unit)
                    && self.unit(first).kind == UnitKind::Money
            };
            if votes > of_first || of_first == 0 && usual() {
                best = Some(found);
            }
        }
        best
    }

    /// How much the pieces near by speak for a unit: the nearer one of its hints, the more.
    fn votes(&self, unit: &Unit, at: usize) -> usize {
        if unit.hints.is_empty() {
            return 0;
        }
        let near = at.saturating_sub(NEAR)..self.len().min(at + NEAR);
        // a verb before its measure tells more than the next one's: costs four pounds and weighs two
        let distance = |i: usize| if i < at { at - i } else { i - at + 1 };
        // of most words one bit tells that they are none
        let bits = unit.hints.iter().fold(0, |bits, hint| bits | hint.bit());
        let hints = |word: WordId| word.bit() & bits != 0 && unit.hints.contains(&word);
        near.filter(|&i| hints(self.list[i].word)).map(|i| NEAR + NEAR / distance(i)).sum()
    }

    /// Whether what looks like a symbol is one: "5 in the", "10 a day" and a closing quotation mark are not.
    fn is_symbol(&self, at: usize, end: usize, value: f64) -> bool {
        let Some(piece) = self.get(at) else { return false };
        let next_word = self.get(end).is_some_and(|p| matches!(p.kind, Kind::Word | Kind::Digits) && p.space);
        match self.str(at) {
            "in" | "a" | "A" | "d" | "y" => {
                !next_word || {
                    let next = self.get(end).map_or(Tag::None, |p| p.tag);
                    self.str(at) != "in" && matches!(next, Tag::Cc | Tag::Md | Tag::Vbz | Tag::Vbd)
                }
            }
            // an inch mark stands at its number, and the sentence has not opened a quotation that it might close
            "\"" | "”" => {
                let marks =
                    self.list[at.saturating_sub(NEAR)..at].iter().filter(|p| p.kind == Kind::Quote).count();
                (!piece.space || next_word) && marks % 2 == 0 && value < 1000.0
            }
            "m" => !piece.space || !self.spaced(at) || value < 100_000.0,
            _ => true,
        }
    }

    /// Feet and inches: 6'3", 5 ft 2 in, six-foot-three. Where it ends and the value in feet.
    /// `unit` is the unit after the number.
    pub(super) fn feet_and_inches(&self, number: &Number, unit: Option<UnitAt>) -> Option<(usize, f64)> {
        let at = number.pieces.end;
        let mark = self.kind(at).is_some_and(|kind| kind.is_of(FEET))
            && matches!(self.str(at), "'" | "’" | "′")
            && !self.spaced(at);
        let feet = if mark {
            // 11'6" is marked twice, so that it is no height of a person alone
            let inches = self.kind(at + 1) == Some(Kind::Digits)
                && matches!(self.str(at + 2), "\"" | "”" | "″")
                && !self.spaced(at + 2);
            if !inches && !(3.0..9.0).contains(&number.value) {
                return None;
            }
            at + 1
        } else {
            let unit = unit?;
            if &*self.unit(unit).name != "foot" {
                return None;
            }
            let and = usize::from(self.is(unit.end, Role::And));
            let hyphen = usize::from(self.kind(unit.end) == Some(Kind::Hyphen) && !self.spaced(unit.end));
            unit.end + and.max(hyphen)
        };
        let inches = self.number(feet, false).filter(|n| (0.0..12.0).contains(&n.value) && !n.scaled)?;
        let end = inches.pieces.end;
        let value = number.value + inches.value / 12.0;
        if let Some(unit) = self.unit_after(&inches).filter(|&u| &*self.unit(u).name == "inch") {
            return Some((unit.end, value));
        }
        if matches!(self.str(end), "\"" | "”" | "″") && !self.spaced(end) {
            return Some((end + 1, value));
        }
        // six-foot-three and 6'3 need no inches; "10 feet 5 times" is no height
        let joined = mark || (self.kind(feet - 1) == Some(Kind::Hyphen) && number.value < 9.0);
        joined.then_some((end, value))
    }

    /// What a quantity is given per: where that ends, and the unit, or the words where it is none.
    pub(super) fn per(&self, at: usize) -> Option<(usize, Per)> {
        let hyphen = usize::from(self.kind(at) == Some(Kind::Hyphen) && !self.spaced(at));
        let at = at + hyphen;
        let article = self.is(at, Role::Article);
        let slash = self.kind(at) == Some(Kind::Slash);
        if !(article || slash || self.is(at, Role::Per)) {
            return None;
        }
        let at = at + 1;
        let at = at + usize::from(self.kind(at) == Some(Kind::Hyphen) && !self.spaced(at));
        if let Some(unit) =
            self.unit_at(at, !article, true, 1.0).filter(|&u| self.unit(u).kind != UnitKind::Money)
        {
            let kind = self.unit(unit).kind;
            let time = kind == UnitKind::Duration;
            let noun = self.is(at, Role::PerNoun);
            // "5 miles a second time" and "$5 a pound": an article takes times and what goods are sold by
            // "a year earlier" is a time, not what a sum is paid per
            if article && self.is(unit.end, Role::Then) {
                return None;
            }
            if !article || time || noun {
                return (kind != UnitKind::Percent).then_some((unit.end, Per::Unit(unit.unit)));
            }
        }
        if article {
            return self.role(at, Role::PerNoun).map(|_| (at + 1, Per::Words(at, at + 1)));
        }
        if slash {
            return None;
        }
        // per person, per 100,000 people, per 100,000
        let start = at;
        let number = self.number(at, false).map(|n| n.pieces.end);
        let mut at = number.unwrap_or(at);
        let mut end = number;
        while let Some(p) =
            self.get(at).filter(|p| p.kind == Kind::Word && (p.tag.is_noun() || p.tag.is_adjective()))
        {
            // per 100,000 people last year
            if self.is(at, Role::WhenDeterminer) {
                break;
            }
            at += 1;
            if p.tag.is_noun() {
                end = Some(at);
            }
        }
        end.map(|end| (end, Per::Words(start, end)))
    }
}

/// What a quantity is given per.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Per {
    /// a unit of the lexicon
    Unit(u32),
    /// the words of some pieces
    Words(usize, usize),
}

/// Whether a unit and the unit it stands per make one unit: mile per hour, pound per square inch; not barrel and day.
pub(super) fn composes(unit: &Unit, per: &Unit) -> bool {
    unit.kind == UnitKind::Measure
        && match per.kind {
            UnitKind::Duration => matches!(&*unit.dimension, "length" | "data"),
            UnitKind::Measure => true,
            _ => false,
        }
}

/// The base of a unit made of two: factors divide.
fn compose_base(quantity: &Quantity, unit: &Unit, per: &Unit) -> Option<(f64, Cow<'static, str>)> {
    let value = quantity.value.or(quantity.low)?;
    let (value, name) = unit.to_base(value)?;
    let (divisor, per_name) = per.to_base(1.0)?;
    Some((value / divisor, format!("{name} per {per_name}").into()))
}

impl<'a> Reader<'_, 'a> {
    /// Gives a quantity that ends at a piece what it is given per: $120 per household per year. Returns where that ends.
    pub(super) fn put_per(
        &self,
        quantity: &mut Quantity<'a>,
        single: &Single,
        unit: Option<&Unit>,
        mut end: usize,
    ) -> usize {
        let p = self.pieces;
        if quantity.kind == ClaimKind::Age {
            return end;
        }
        let is_bare = quantity.kind == ClaimKind::Count && quantity.per.is_none();
        // a bare number takes a time after its article: 1,200 a year
        let bare = |end: usize| p.is(end, Role::Article) && is_bare;
        let given = |end: usize| {
            p.per(end).filter(|(_, per)| {
                let time =
                    matches!(per, Per::Unit(u) if p.lexicon.units()[*u as usize].kind == UnitKind::Duration);
                unit.is_some() || single.sign || p.is(end, Role::Per) || (time && bare(end))
            })
        };
        while let Some((after, per)) = given(end) {
            let name = match per {
                Per::Unit(u) => {
                    let per_unit = &p.lexicon.units()[u as usize];
                    match unit.filter(|u| quantity.per.is_none() && composes(u, per_unit)) {
                        Some(unit) => {
                            quantity.unit = format!("{} per {}", unit.name, per_unit.name).into();
                            quantity.base = compose_base(quantity, unit, per_unit);
                            return after;
                        }
                        None => Cow::Borrowed(&*per_unit.name),
                    }
                }
                Per::Words(from, to) => Cow::Borrowed(p.span(from..to).of(p.text)),
            };
            if matches!(quantity.kind, ClaimKind::Money | ClaimKind::Count) {
                quantity.kind = ClaimKind::Rate;
            }
            end = after;
            if let Some(first) = &mut quantity.per {
                let first = first.to_mut();
                first.push_str(" per ");
                first.push_str(&name);
                break;
            }
            quantity.per = Some(name);
        }
        end
    }
}
