//! Numbers that are no quantities: dates, years, clock times, ordinals, names, telephone numbers.

use super::numeral::whole;
use super::piece::{Kind, Pieces, bits};
use crate::lexicon::{Classes, NumberRole as Role};
use crate::rule::{Rule, Stage};
use std::ops::RangeInclusive;

macro_rules! exclusions {
    ($($const:ident $id:literal $reason:literal $examples:expr, $near:expr;)*) => {
        $(pub(super) const $const: Rule = Rule { id: $id, stage: Stage::Quantity, reason: $reason, examples: &$examples, near_misses: &$near };)*
        /// The rules by which numbers are left out: their examples yield no claim, their near-misses do.
        pub const EXCLUSIONS: &[Rule] = &[$($const),*];
    };
}

exclusions! {
    IDIOM "number-idiom"
        "Set phrases hold a number and count nothing."
        ["They looked at one another.", "The shop is open 24/7."],
        ["They looked at one hundred pictures."];
    CLOCK "clock-time"
        "A time of day tells when, not how many."
        ["The ferry left at 10:30.", "She rose at 5 a.m. on Monday.", "He called at 6pm.", "She rose at ten to five.", "By six o’clock it was over.", "It rang at 6 o'clock."],
        ["The ferry carried 30 people.", "The ferry carried ten to fifteen people."];
    DATE "calendar-date"
        "A number beside a month is a day or a year."
        ["The vote is on March 14.", "He was born on 4 July 1950.", "The law took effect on Oct. 3, 2011."],
        ["In March 14 houses burned down."];
    YEAR "year"
        "Four digits from 1000 to 2100 with no comma, unit or plural noun are a year."
        ["The bridge was built in 1932.", "The 2014 election was close."],
        ["The bridge is 1932 feet long.", "The flood drove out 2,014 families."];
    DECADE "decade"
        "Digits with an s are a decade or the plural of a name."
        ["She grew up in the 1970s.", "They flew the 747s."],
        ["She grew up with 7 sisters."];
    ORDINAL "ordinal"
        "A rank tells which, not how many."
        ["It was the 20th race.", "He finished third.", "It was the twenty-fifth race.", "It was the hundred and first race.", "It was the two hundredth race."],
        ["It was a race of 20 boats.", "They taught twenty fifth graders.", "They ran a thirty-second film."];
    JOINED "joined-name"
        "A number joined to letters before it, to letters that are no unit, by full stops to more digits, or to a letter in brackets, is part of a name; so is one of seventeen to forty digits that nothing parts."
        ["The F-16 took off.", "They closed the I-95.", "An old A320 landed.", "They tested 2.0.1 at home.", "She emptied her 403(b) early.", "The post 756642903469031424 was shared."],
        ["A 16-foot boat took off."];
    NAMED "named-number"
        "A bare number after a capitalised name, or after a word such as section or flight, tells which one."
        ["He drove a Boeing 737 home.", "The court cited Section 427.", "They read page 12.", "It left Runway 09."],
        ["He drove 737 miles home.", "They beat Lindmark 3-2."];
    GIVEN_PER "given-per"
        "A number after per tells what another one is given per."
        ["The death rate per 1,000 births fell."],
        ["The death rate fell after 1,000 births."];
    NAME "number-name"
        "A number word with a capital in mid-sentence belongs to a name."
        ["She plays in the Big Ten.", "He led the Five Star Movement."],
        ["She plays in ten bands."];
    TELEPHONE "telephone-number"
        "Groups of digits joined by hyphens are a number to call, where there are three or the second is of four; so are groups parted by spaces, where a nought or plus opens the first."
        ["Call 555-010-4477 for help.", "Call 555-0142 for help.", "Call 01632 960 114 for help.", "Call +1 555 0188 for help."],
        ["They won by 55-44.", "The fund gained +1 percent."];
    LISTED "list-number"
        "A number that opens a block, with a full stop or bracket, numbers the block."
        ["1. Wash the rice."],
        ["12 people washed the rice."];
    ADDRESS "street-address"
        "A number before a street's name is a house."
        ["She lives at 14 Elm Street."],
        ["She lives 14 miles from Elm Street."];
    FIGURES "order-of-size"
        "Five figures or double digits tell an order of size, not a number."
        ["He earned a six-figure sum.", "They saw double-digit growth."],
        ["He earned six dollars."];
    ONE "bare-one"
        "One alone is a pronoun or a stronger article; it counts where it is bounded, joined to a noun, or set against another number."
        ["One man stood up.", "That was one of the ideas."],
        ["At least one man stood up.", "One man and two women stood up."];
}

/// What is no part of a name that its number goes on to, where it stands right behind that.
const APART: u32 = bits(&[Kind::Comma, Kind::Close, Kind::Percent, Kind::Colon, Kind::Hyphen, Kind::Dash]);

/// What neither joins a number to what is behind it nor stands behind a list's.
const ENDS: u32 = bits(&[Kind::Comma, Kind::Percent]);

/// As many digits as identifiers of posts and pictures have; nobody counts so far without parting them.
const IDENTIFIER: RangeInclusive<usize> = 17..=40;

impl Pieces<'_> {
    /// Whether what begins at a piece is a number that is no quantity: where it ends, and the rule that says so.
    pub(super) fn excluded(&self, at: usize) -> Option<(usize, &'static Rule)> {
        if let Some(end) = self.phrase(at, Role::Idiom) {
            return Some((end, &IDIOM));
        }
        // the others are of numbers
        if !self.may_open_number(at) {
            return None;
        }
        if self.stands_free(at) {
            return None;
        }
        if at > 0
            && self.is(at - 1, Role::At)
            && let Some(end) = self.hands(at)
        {
            return Some((end, &CLOCK));
        }
        if let Some(end) = self.telephone(at) {
            return Some((end, &TELEPHONE));
        }
        if self.kind(at)? != Kind::Digits {
            let hour = self.small(at).is_some_and(|h| h <= 12.0) && self.is(at + 1, Role::Clock);
            return hour.then_some((at + 2, &CLOCK));
        }
        self.identifier(at)
            .or_else(|| self.joined(at))
            .or_else(|| self.clock(at))
            .or_else(|| self.slashes(at))
            .or_else(|| self.hyphens(at))
            .or_else(|| self.date(at))
            .or_else(|| self.listed(at))
    }

    /// Whether it is plain from its neighbours that a number is none of these, as of most: all of them are asked at once.
    #[inline]
    fn stands_free(&self, at: usize) -> bool {
        let (Some(before), Some(here), Some(next)) =
            (self.get(at.wrapping_sub(1)), self.get(at), self.get(at + 1))
        else {
            return false;
        };
        if here.kind == Kind::Word {
            return !before.begins.alone.contains(Role::At) & !next.begins.alone.contains(Role::Clock);
        }
        let apart = (next.space & (next.kind == Kind::Word)) | next.kind.is_of(ENDS);
        let month = (before.classes | next.classes).contains(Classes::MONTH) | (before.kind == Kind::Period);
        let short = here.span.len() < *IDENTIFIER.start();
        let nought = self.text.as_bytes().get(here.span.start as usize) == Some(&b'0');
        (at > 1)
            & (here.kind == Kind::Digits)
            & here.space
            & apart
            & !next.begins.alone.contains(Role::Clock)
            & !month
            & short
            & !nought
    }

    /// +44 1632 960 114, 01632 960 114: groups of digits parted by spaces, the first with a nought or plus before it.
    fn telephone(&self, at: usize) -> Option<usize> {
        let plus = self.kind(at) == Some(Kind::Other) && self.str(at) == "+" && !self.spaced(at + 1);
        let plus = usize::from(plus);
        let plain = |i: usize| self.digits(i).is_some_and(|d| d.bytes().all(|b| b.is_ascii_digit()));
        let first = at + plus;
        // nearly all are told by their first figure
        let nought =
            |i: usize| self.list.get(i).is_some_and(|p| self.text.as_bytes()[p.span.start as usize] == b'0');
        if plus == 0 && !nought(first)
            || !plain(first)
            || plus == 0 && !(self.str(first).starts_with('0') && self.str(first).len() > 2)
        {
            return None;
        }
        let mut end = first + 1;
        while plain(end) && self.spaced(end) && self.str(end).len() > 1 {
            end += 1;
        }
        (end > first + 1).then_some(end)
    }

    pub(super) fn integer(&self, at: usize) -> Option<u32> {
        let digits = self.str(at);
        (self.kind(at)? == Kind::Digits && digits.len() <= 4).then(|| whole(digits.as_bytes())).flatten()
    }

    /// id="756642903469031424": what a program counts by.
    fn identifier(&self, at: usize) -> Option<(usize, &'static Rule)> {
        let piece = &self.list[at];
        let digits = piece.span;
        let tagged = || !piece.space && self.text[..digits.start as usize].ends_with("=\"");
        let long =
            IDENTIFIER.contains(&digits.len()) && digits.of(self.text).bytes().all(|b| b.is_ascii_digit());
        (long || tagged()).then_some((at + 1, &JOINED))
    }

    /// Letters joined before or after the digits.
    fn joined(&self, at: usize) -> Option<(usize, &'static Rule)> {
        let tight = |i: usize| i < self.len() && !self.spaced(i);
        if tight(at) && at > 0 {
            match self.kind(at - 1) {
                Some(Kind::Hyphen) if tight(at - 1) && self.kind(at - 2) == Some(Kind::Word) => {
                    let signed = self.is(at - 2, Role::Sign);
                    let bounded =
                        self.lexicon.bounds(self.list[at - 2].word).iter().any(|b| b.rest.is_empty());
                    let number = self.number_word(at - 2);
                    if !signed && !bounded && !number {
                        return Some((at + 1, &JOINED));
                    }
                }
                // a name's number whose hyphen a space parts from the name
                Some(Kind::Hyphen)
                    if self.get(at.wrapping_sub(2)).is_some_and(|p| p.capital && p.tag.is_noun())
                        && self.unit_at(at + 1, true, true, 1.0).is_none() =>
                {
                    return Some((at + 1, &JOINED));
                }
                Some(Kind::Digits | Kind::Word | Kind::Colon) => return Some((at + 1, &JOINED)),
                Some(Kind::Apostrophe) if self.str(at + 1) == "s" || at == 1 || self.spaced(at - 1) => {
                    return Some((at + 2, &DECADE));
                }
                _ => {}
            }
        }
        let next = at + 1;
        // nothing is joined behind most
        if !tight(next) || self.list[next].kind.is_of(APART) {
            return None;
        }
        // 401(k), 527(c)(3): a paragraph of a law
        let letter = |i: usize| {
            tight(i)
                && tight(i + 1)
                && self.str(i).len() == 1
                && self.str(i).bytes().all(|b| b.is_ascii_lowercase())
        };
        if tight(next)
            && self.kind(next) == Some(Kind::Open)
            && letter(next + 1)
            && self.kind(next + 2) == Some(Kind::Close)
        {
            return Some((next + 3, &JOINED));
        }
        let stop = |i: usize| self.kind(i) == Some(Kind::Period) && tight(i);
        let digits = |i: usize| self.kind(i) == Some(Kind::Digits) && tight(i);
        // 2.0.1 is cut into 2.0 and .1
        let mut end = next;
        while digits(end) || stop(end) && digits(end + 1) {
            end += 1;
        }
        if end > next {
            return Some((end, &JOINED));
        }
        if tight(next) && self.kind(next) == Some(Kind::Word) {
            if self.str(next) == "s" {
                return Some((next + 1, &DECADE));
            }
            if self.is(next, Role::OrdinalEnding) {
                return Some((next + 1, &ORDINAL));
            }
            if self.is(next, Role::Clock) {
                return Some((next + 1, &CLOCK));
            }
            let generation = self.str(next) == "G" && self.str(at).len() == 1;
            let known = self.is(next, Role::Short)
                || self.multiplying_word(next)
                || self.unit_at(next, true, true, 1.0).is_some()
                || self.str(next) == "x10"
                || (matches!(self.str(next), "e" | "E")
                    && matches!(self.str(next + 1), "+" | "-" | "−")
                    && tight(next + 1)
                    && digits(next + 2));
            if generation || !known {
                return Some((next + 1, &JOINED));
            }
        }
        let apostrophe = self.kind(next) == Some(Kind::Apostrophe) || self.str(next) == "′";
        if tight(next) && apostrophe && self.str(next + 1) == "s" {
            return Some((next + 2, &DECADE));
        }
        None
    }

    fn number_word(&self, at: usize) -> bool {
        [Role::Small, Role::Tens, Role::Hundred, Role::Magnitude, Role::To].iter().any(|&r| self.is(at, r))
    }

    fn multiplying_word(&self, at: usize) -> bool {
        [Role::Hundred, Role::Magnitude, Role::Dozen, Role::Fold].iter().any(|&r| self.is(at, r))
    }

    fn listed(&self, at: usize) -> Option<(usize, &'static Rule)> {
        if at > 1 {
            return None;
        }
        let bracket = at == 1 && self.kind(0) == Some(Kind::Open);
        let marked = match self.kind(at + 1) {
            Some(Kind::Period) => at == 0 && self.len() > 2 && self.spaced(at + 2),
            Some(Kind::Close) => at == 0 || bracket,
            _ => false,
        };
        (marked && self.integer(at)? < 100).then_some((at + 2, &LISTED))
    }
}
