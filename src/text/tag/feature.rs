//! What is weighed at a token: features as numbers, each of which owns a row of weights and a turn in it.
//!
//! A feature's number is its row and its turn; the weight of tag `t` stands in the row at `turn + t`. So all the
//! weights that one feature asks for share a cache line, and no key is stored: features are hashed into a fixed table
//! (Weinberger et al. 2009), in training as in use.

use crate::lexicon::{ROW, Row};

/// Bits of a feature's number that are its turn.
const TURN: u32 = ROW.trailing_zeros();

/// A feature at a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Feature(pub u32);

impl Feature {
    /// Where its weight for a tag stands in a table of so many rows.
    #[inline]
    pub fn place(self, rows: usize, tag: u8) -> (usize, usize) {
        ((self.0 >> TURN) as usize & (rows - 1), (self.0 as usize + tag as usize) % ROW)
    }

    /// Adds its weight for each of some tags to their scores.
    #[inline]
    pub fn weigh(self, rows: &[Row], tags: &[u8], scores: &mut [i32]) {
        let row = &rows[self.place(rows.len(), 0).0];
        for (score, &tag) in scores.iter_mut().zip(tags) {
            *score += i32::from(row[(self.0 as usize + tag as usize) % ROW] as i8);
        }
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
}

impl Default for Features {
    fn default() -> Self {
        Self::new()
    }
}
