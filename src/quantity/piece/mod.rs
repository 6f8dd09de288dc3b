//! Tokens → pieces: what the grammar of numbers reads.
//!
//! A token may hold several parts of a quantity ("3,000-strong", "52-48", "48.2m", "10-year-old"), so that tokens with
//! a digit or hyphen are cut further here. Everything else is one piece a token, with the token's own look-up.

mod fill;

use self::fill::Places;
use crate::lexicon::{Begins, Classes, Lexicon, NumberRole, NumberWord, WordId};
use crate::span::Span;
use crate::text::Tag;
use std::ops::Range;

/// What a piece is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// a numeral with its grouping and decimals, no sign: 1,234.5
    Digits,
    /// ½, or a superscript
    Fraction,
    Word,
    Hyphen,
    Dash,
    Currency,
    Percent,
    Slash,
    Comma,
    Period,
    Colon,
    /// ' ’ ′
    Apostrophe,
    /// " ” ″
    Quote,
    Open,
    Close,
    Other,
}

/// A word, numeral or mark.
#[derive(Clone, Copy, Debug)]
pub(super) struct Piece<'a> {
    pub(super) span: Span,
    pub(super) token: u32,
    pub(super) kind: Kind,
    pub(super) word: WordId,
    /// white space stands before it
    pub(super) space: bool,
    pub(super) capital: bool,
    /// the tag of its token, where it is all of its token
    pub(super) tag: Tag,
    pub(super) classes: Classes,
    /// what its word may begin
    pub(super) begins: &'a Begins,
    /// a number may begin here: a numeral, a sign before one, or a word of a role that opens one, with what it needs behind
    /// it. Where it is not set none does; where it is none may either
    pub(super) opens_number: bool,
}

/// Room for the pieces of most sentences.
const PIECES: usize = 128;

impl Kind {
    /// Whether it is one of some kinds, given by their [`bits`].
    #[inline]
    pub(super) fn is_of(self, kinds: u32) -> bool {
        kinds >> self as u32 & 1 != 0
    }
}

/// A bit for each of some kinds.
pub(super) const fn bits(kinds: &[Kind]) -> u32 {
    let (mut set, mut i) = (0, 0);
    while i < kinds.len() {
        set |= 1 << kinds[i] as u32;
        i += 1;
    }
    set
}

/// What may join two numbers.
pub(super) const DASHES: u32 = bits(&[Kind::Hyphen, Kind::Dash]);
/// The pieces of a sentence, with what is asked of them.
pub(super) struct Pieces<'a> {
    pub(super) list: Vec<Piece<'a>>,
    /// the pieces at which anything may begin that the reader looks for (numbers, signs of money, bounds before a number,
    /// movements, idioms), and semicolons, from the last to the first. None of them stands behind the last at which a
    /// number or the sign before it may: what follows opens no quantity
    pub(super) telling: Places,
    /// the classes of its words, together
    pub(super) classes: Classes,
    pub(super) text: &'a str,
    pub(super) lexicon: &'a Lexicon,
    /// room for the pieces before any token is cut, and for the places of marks and of what may have to be cut
    whole: Vec<Piece<'a>>,
    marks: Places,
    cuts: Places,
    /// the numbers of marks that were asked for, each at a place that its bytes and length tell
    known: [(u64, WordId); KNOWN],
}

/// How many marks' numbers are kept: an article has a dozen of them.
const KNOWN: usize = 64;

impl<'a> Pieces<'a> {
    pub(super) fn new(text: &'a str, lexicon: &'a Lexicon) -> Self {
        Self {
            list: Vec::with_capacity(PIECES),
            telling: Places::default(),
            classes: Classes::empty(),
            text,
            lexicon,
            whole: Vec::with_capacity(PIECES),
            marks: Places::default(),
            cuts: Places::default(),
            // no text has these bytes
            known: [(u64::MAX, WordId::UNKNOWN); KNOWN],
        }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    #[inline]
    pub(super) fn get(&self, i: usize) -> Option<&Piece<'a>> {
        self.list.get(i)
    }

    #[inline]
    pub(super) fn kind(&self, i: usize) -> Option<Kind> {
        self.list.get(i).map(|p| p.kind)
    }

    /// The text of a piece; "" where there is none. Never inlined: many ask, each seldom, and what slicing checks is foretold
    /// where all of them ask at one place.
    #[inline(never)]
    pub(super) fn str(&self, i: usize) -> &'a str {
        self.list.get(i).map_or("", |p| p.span.of(self.text))
    }

    /// Whether white space parts the piece from the one before it. The sentence's ends count as white space.
    pub(super) fn spaced(&self, i: usize) -> bool {
        i == 0 || self.list.get(i).is_none_or(|p| p.space)
    }

    /// Whether a piece is a number word of one role. Only what a single word says.
    #[inline]
    pub(super) fn is(&self, i: usize, role: NumberRole) -> bool {
        self.list.get(i).is_some_and(|piece| piece.begins.alone.contains(role))
    }

    /// The value of a piece as a number word of one role.
    #[inline]
    pub(super) fn role(&self, i: usize, role: NumberRole) -> Option<f64> {
        // nearly always none, which the caller is told without a call
        if self.is(i, role) { self.value(self.list[i].word, role) } else { None }
    }

    #[inline(never)]
    fn value(&self, word: WordId, role: NumberRole) -> Option<f64> {
        let words = self.lexicon.numbers(word);
        words.iter().find(|p| p.rest.is_empty() && p.value.role == role).map(|p| p.value.value)
    }

    /// Whether a number may begin at a piece.
    #[inline]
    pub(super) fn may_open_number(&self, i: usize) -> bool {
        self.list.get(i).is_some_and(|p| p.opens_number)
    }

    /// Whether a phrase of number words of one role begins here; where it ends.
    pub(super) fn phrase(&self, i: usize, role: NumberRole) -> Option<usize> {
        let piece = self.list.get(i).filter(|p| p.begins.first.contains(role))?;
        let is = |n: &NumberWord| n.role == role;
        self.lexicon.numbers(piece.word).iter().filter(|p| is(&p.value)).find_map(|p| self.rest(i, &p.rest))
    }

    /// Matches the further words of a phrase after its first piece: one space or hyphen, or nothing, may part words.
    /// Returns the position after the last.
    #[inline]
    pub(super) fn rest(&self, first: usize, rest: &[WordId]) -> Option<usize> {
        let Some(&want) = rest.first() else { return Some(first + 1) };
        // nearly every phrase that is no match is none at its second word
        let next = self.get(first + 1)?;
        if next.word == want || matches!(next.kind, Kind::Hyphen | Kind::Period) {
            self.rest_from(first + 1, rest)
        } else {
            None
        }
    }

    fn rest_from(&self, second: usize, rest: &[WordId]) -> Option<usize> {
        let mut at = second;
        for &want in rest {
            let hyphen = |k: Option<Kind>| matches!(k, Some(Kind::Hyphen | Kind::Period));
            if hyphen(self.kind(at)) && !self.spaced(at) && self.get(at)?.word != want {
                at += 1;
            }
            if self.get(at)?.word != want {
                return None;
            }
            at += 1;
        }
        Some(at)
    }

    pub(super) fn span(&self, pieces: Range<usize>) -> Span {
        self.list[pieces.start].span.cover(self.list[pieces.end - 1].span)
    }
}
