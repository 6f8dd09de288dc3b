//! What a tagged token can be in a chunk: a byte for each, so that eight of them are looked at in one number.
//!
//! Owns [`Shapes`] and [`Window`]. Takes a tagged sentence. How long a phrase is is as good as random, and a loop over it
//! costs a wrongly foretold branch at its end; the bits of a window tell lengths by counting.

use crate::lexicon::Classes;
use crate::lexicon::swar::ONES;
use crate::text::tag::{ADJECTIVES, ADVERBS, GOVERNING, NOUNS, PROPER, Tags};
use crate::text::{Tag, Token};

/// Tokens in a window.
pub(super) const WINDOW: usize = 8;

/// A noun.
const NOUN: u8 = 1;
/// A noun that may go on a phrase: not "the minister | Monday".
const JOINS: u8 = 1 << 1;
const ADJECTIVE: u8 = 1 << 2;
/// A determiner that any noun phrase may begin with.
const DETERMINER: u8 = 1 << 3;
/// What may go on a name: "Flight 12", "Smith & Sons".
const ADDS: u8 = 1 << 4;
const PROPER_NOUN: u8 = 1 << 5;
/// An adjective that may be all of its phrase: "many think".
const QUANTIFIER: u8 = 1 << 6;
/// A chunk may begin here.
const START: u8 = 1 << 7;

const STARTS: Tags = NOUNS.and(ADJECTIVES).and(GOVERNING).and(ADVERBS).and(super::ALONE).and(Tags::of(&[
    Tag::Dt,
    Tag::Pdt,
    Tag::PrpPoss,
    Tag::WpPoss,
    Tag::Cd,
    Tag::Dollar,
    Tag::Hash,
]));
const SUPERLATIVES: Tags = Tags::of(&[Tag::Jjs, Tag::Rbs]);
const ADDING: Tags = ADJECTIVES.and(Tags::of(&[Tag::Colon, Tag::Cd, Tag::Cc]));

/// What each tag tells.
const BY_TAG: [u8; 64] = {
    let of: [(Tags, u8); 7] = [
        (NOUNS, NOUN | JOINS),
        (ADJECTIVES, ADJECTIVE),
        (Tags::of(&[Tag::Dt, Tag::PrpPoss]), DETERMINER),
        (ADDING, ADDS),
        (PROPER, PROPER_NOUN),
        (Tags::of(&[Tag::Jj, Tag::Jjs]), QUANTIFIER),
        (STARTS, START),
    ];
    let mut all = [0; 64];
    let mut i = 0;
    while i < of.len() {
        let mut tag = 0;
        while tag < all.len() {
            all[tag] |= of[i].1 * (of[i].0.bits() >> tag & 1) as u8;
            tag += 1;
        }
        i += 1;
    }
    all
};

/// The shapes of a sentence's tokens: room that all sentences of an article share.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    list: Vec<u8>,
}

/// The shapes of the tokens from a place on, the first of them in the lowest bits.
#[derive(Clone, Copy)]
pub(super) struct Window(u64);

impl Shapes {
    /// Looks at the tokens of a sentence.
    pub(super) fn look(&mut self, tokens: &[Token]) {
        if self.list.len() < tokens.len() + WINDOW {
            self.list.resize(tokens.len() + WINDOW, 0);
        }
        let (shapes, behind) = self.list.split_at_mut(tokens.len());
        for (i, token) in tokens.iter().enumerate() {
            let parted = token.is(Classes::WEEKDAY.union(Classes::ADVERB));
            let indefinite = token.is(Classes::INDEFINITE);
            let not = u8::from(parted) * JOINS + u8::from(!indefinite) * QUANTIFIER;
            shapes[i] = BY_TAG[token.tag as usize % BY_TAG.len()] & !not;
            // a preposition opens a phrase: "at least 20"
            if SUPERLATIVES.has(token.tag) && i > 0 && tokens[i - 1].tag == Tag::In {
                shapes[i - 1] |= START;
            }
        }
        behind[..WINDOW].fill(0);
    }

    /// The shapes from a place on.
    #[inline]
    pub(super) fn window(&self, at: usize) -> Window {
        let eight = self.list.get(at..).and_then(<[u8]>::first_chunk);
        Window(eight.map_or(0, |eight| u64::from_le_bytes(*eight)))
    }
}

/// A bit in each byte.
const fn each(bit: u8) -> u64 {
    ONES * bit as u64
}

impl Window {
    /// Where chunks may begin: the highest bit of a token's byte.
    #[inline]
    pub(super) fn starts(self) -> u64 {
        self.0 & each(START)
    }

    /// How many tokens from the first on have a bit.
    #[inline]
    fn run(self, bit: u8) -> u32 {
        (!self.0 & each(bit)).trailing_zeros() / 8
    }

    /// So many tokens further on.
    #[inline]
    fn past(self, tokens: u32) -> Self {
        Self(self.0.checked_shr(8 * tokens).unwrap_or(0))
    }

    /// Of a noun phrase that is a determiner or none, adjectives or none, and nouns, where its head stands after its
    /// first token; none where it may be made of other words, too, or is too long to tell.
    #[inline]
    pub(super) fn plain_phrase(self) -> Option<usize> {
        let determiner = u32::from(self.0 as u8 & DETERMINER != 0);
        let adjectives = self.past(determiner).run(ADJECTIVE);
        let nouns = self.past(determiner + adjectives);
        let head = determiner + adjectives + nouns.past(1).run(JOINS);
        let [head_shape, after, ..] = self.past(head).0.to_le_bytes();
        let goes_on = (after & ADDS != 0) & (head_shape & PROPER_NOUN != 0);
        let plain = (nouns.0 as u8 & NOUN != 0) & !goes_on & (self.0 as u8 & QUANTIFIER == 0);
        let seen = (head + 2 <= WINDOW as u32) & (adjectives < super::LOOK_AHEAD as u32);
        (plain & seen).then_some(head as usize)
    }
}
