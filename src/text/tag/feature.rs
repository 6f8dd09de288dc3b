//! What is weighed at a token: features as numbers, each of which owns a row of weights and a turn in it.
//!
//! A feature's number is its row and its turn; the weight of tag `t` stands in the row at `turn + t`. So all the
//! weights that one feature asks for share a cache line, and no key is stored: features are hashed into a fixed table
//! (Weinberger et al. 2009), in training as in use.

use crate::lexicon::{ROW, Row};

/// Bits of a feature's number that are its turn.
const TURN: u32 = ROW.trailing_zeros();

/// How many tags are at most weighed one by one.
const FEW: u32 = 3;

/// The tags with the lowest numbers, which nearly all of the open classes are; where there are many to weigh, these
/// are weighed together, as so many neighbours in a row.
const FIRST: usize = 16;

/// The best tag so far.
struct Best {
    tag: u8,
    score: i32,
}

impl Best {
    #[inline]
    fn meet(&mut self, tag: u8, score: i32) {
        if score > self.score {
            *self = Self { tag, score };
        }
    }
}

/// A feature at a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Feature(pub u32);

impl Feature {
    /// Where its weight for a tag stands in a table of so many rows.
    #[inline]
    pub fn place(self, rows: usize, tag: u8) -> (usize, usize) {
        ((self.0 >> TURN) as usize & (rows - 1), (self.0 as usize + tag as usize) % ROW)
    }

    /// Its row of weights, and its turn in it.
    #[inline]
    fn row(self, rows: &[Row]) -> (&Row, usize) {
        (&rows[(self.0 >> TURN) as usize & (rows.len() - 1)], self.0 as usize % ROW)
    }
}

/// The features at a token.
#[derive(Clone, Debug)]
pub struct Features {
    list: [Feature; Self::MOST],
    length: usize,
    kind: u64,
}

impl Features {
    /// More than any token has.
    const MOST: usize = 48;

    /// None yet.
    #[inline]
    pub fn new() -> Self {
        Self { list: [Feature(0); Self::MOST], length: 0, kind: 0 }
    }

    /// Appends the next kind of feature with its two values.
    #[inline]
    pub(super) fn push(&mut self, a: u32, b: u32) {
        self.kind += 1;
        let key =
            (u64::from(a) << 32 | u64::from(b)).wrapping_add(self.kind.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mixed = (key ^ key >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 32).wrapping_mul(0x94d0_49bb_1331_11eb);
        if let Some(slot) = self.list.get_mut(self.length) {
            *slot = Feature((mixed >> 32) as u32);
            self.length += 1;
        }
    }

    /// All of them.
    #[inline]
    pub fn as_slice(&self) -> &[Feature] {
        &self.list[..self.length]
    }

    /// Of a set of tags, as bits, the one with the greatest sum of weights; the first of equals.
    #[inline]
    pub(super) fn best(&self, rows: &[Row], mut set: u64) -> u8 {
        let mut best = Best { tag: 0, score: i32::MIN };
        if set.count_ones() > FEW {
            self.meet_first(rows, set, &mut best);
            set = set >> FIRST << FIRST;
        }
        while set != 0 {
            let tag = set.trailing_zeros() as u8;
            best.meet(tag, self.sum(rows, tag));
            set &= set - 1;
        }
        best.tag
    }

    /// The sum of the weights for a tag: in a register, and so that no row waits for another. They hardly ever lie in
    /// the nearest cache; the first tag fetches them for all.
    #[inline]
    fn sum(&self, rows: &[Row], tag: u8) -> i32 {
        let weight = |feature: &Feature| {
            let (row, turn) = feature.row(rows);
            i32::from(row[(turn + tag as usize) % ROW] as i8)
        };
        self.as_slice().iter().map(weight).sum()
    }

    /// Meets the tags of a set that are below [`FIRST`], all of them at once, feature by feature.
    #[expect(clippy::needless_range_loop, reason = "two arrays of one length: a few vector instructions")]
    fn meet_first(&self, rows: &[Row], set: u64, best: &mut Best) {
        let mut scores = [0i16; FIRST];
        for feature in self.as_slice() {
            let (row, turn) = feature.row(rows);
            if let Some(weights) = row[turn..].first_chunk::<FIRST>() {
                for i in 0..FIRST {
                    scores[i] += i16::from(weights[i] as i8);
                }
            } else {
                for i in 0..FIRST {
                    scores[i] += i16::from(row[(turn + i) % ROW] as i8);
                }
            }
        }
        for i in 0..FIRST {
            if set >> i & 1 != 0 {
                best.meet(i as u8, i32::from(scores[i]));
            }
        }
    }
}

impl Default for Features {
    fn default() -> Self {
        Self::new()
    }
}
