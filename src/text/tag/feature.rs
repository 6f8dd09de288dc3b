//! What is weighed at a token: features as numbers, each of which owns a row of weights and a turn in it.
//!
//! A feature's number is its row and its turn; the weight of tag `t` stands in the row at `turn + t`. So all the
//! weights that one feature asks for share a cache line, and no key is stored: features are hashed into a fixed table
//! (Weinberger et al. 2009), in training as in use.
//!
//! Owns [`Feature`] and those who meet a token's features one after the other: [`Features`] lists them for the trainer
//! and where many tags are weighed, [`Few`] adds up the weights of two or three tags as they come. Leaves what the
//! features are to [`super::walk`].

use crate::lexicon::{ROW, ROWS, Row};

/// Bits of a feature's number that are its turn.
const TURN: u32 = ROW.trailing_zeros();

/// The tags with the lowest numbers, which nearly all of the open classes are; where there are many to weigh, these
/// are weighed together, as so many neighbours in a row.
const FIRST: usize = 16;

/// A feature at a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Feature(pub u32);

impl Feature {
    /// The feature of a kind with its two values.
    #[inline(always)]
    pub(super) fn new(kind: u64, a: u32, b: u32) -> Self {
        let key = (u64::from(a) << 32 | u64::from(b)).wrapping_add(kind.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mixed = (key ^ key >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 32).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self((mixed >> 32) as u32)
    }

    /// Its row, and where in it the weight of a tag stands.
    #[inline(always)]
    pub fn place(self, tag: u32) -> (usize, usize) {
        ((self.0 >> TURN) as usize % ROWS, self.0.wrapping_add(tag) as usize % ROW)
    }
}

/// Someone who meets the features at a token.
pub(super) trait Meet {
    /// Meets the next.
    fn meet(&mut self, feature: Feature);
}

/// The features at a token.
#[derive(Clone, Debug)]
pub struct Features {
    list: [Feature; Self::MOST],
    length: usize,
}

impl Meet for Features {
    #[inline(always)]
    fn meet(&mut self, feature: Feature) {
        if let Some(slot) = self.list.get_mut(self.length) {
            *slot = feature;
            self.length += 1;
        }
    }
}

impl Features {
    /// More than any token has.
    const MOST: usize = 32;

    /// None yet.
    #[inline]
    pub fn new() -> Self {
        Self { list: [Feature(0); Self::MOST], length: 0 }
    }

    /// All of them.
    #[inline]
    pub fn as_slice(&self) -> &[Feature] {
        &self.list[..self.length]
    }

    /// Of a set of tags, as bits, the one with the greatest sum of weights; the first of equals.
    pub(super) fn best(&self, rows: &[Row; ROWS], set: u64) -> u8 {
        let mut low = Neighbours::default();
        let high = set >> FIRST << FIRST;
        let mut two = Few::<2>::new(rows, high);
        for &feature in self.as_slice() {
            low.meet(rows, feature);
            two.meet(feature);
        }
        let mut best = (0, i32::MIN);
        let mut rest = set;
        while rest != 0 {
            let tag = rest.trailing_zeros();
            let score = if (tag as usize) < FIRST {
                low.score(tag) - self.length as i32 * NOUGHT
            } else if let Some(i) = two.tags.iter().position(|t| *t == tag) {
                two.scores[i]
            } else {
                self.as_slice().iter().map(|f| weight(rows, *f, tag)).sum()
            };
            if score > best.1 {
                best = (tag, score);
            }
            rest &= rest - 1;
        }
        best.0 as u8
    }
}

/// The scores of the [`FIRST`] tags, all of them added up at once: sixteen bits each, those of even and of odd tags
/// apart, four to a number. No compiler need see that so many neighbours can be added together.
#[derive(Default)]
struct Neighbours([[u64; 2]; 2]);

/// What is added to a weight so that no sum of weights is negative.
const NOUGHT: i32 = 128;

impl Neighbours {
    #[inline(always)]
    fn meet(&mut self, rows: &[Row; ROWS], feature: Feature) {
        const SIGNS: u64 = 0x8080_8080_8080_8080;
        const EVEN: u64 = 0x00ff_00ff_00ff_00ff;
        let (row, turn) = feature.place(0);
        let row = &rows[row];
        let both = match row[turn..].first_chunk::<FIRST>() {
            Some(weights) => u128::from_le_bytes(*weights),
            // from the row's end to its beginning
            None => {
                let (end, turn) = (ROW - FIRST, 8 * (turn + FIRST - ROW));
                let part = |from: usize| row[from..].first_chunk().map_or(0, |w| u128::from_le_bytes(*w));
                part(end) >> turn | part(0) << (u128::BITS as usize - turn)
            }
        };
        for (half, weights) in [both as u64, (both >> 64) as u64].into_iter().enumerate() {
            let weights = weights ^ SIGNS;
            self.0[half][0] += weights & EVEN;
            self.0[half][1] += weights >> 8 & EVEN;
        }
    }

    /// The score of one of the [`FIRST`] tags, [`NOUGHT`] more for each feature.
    #[inline]
    fn score(&self, tag: u32) -> i32 {
        i32::from((self.0[tag as usize / 8 % 2][tag as usize % 2] >> (tag % 8 / 2 * 16)) as u16)
    }
}

impl Default for Features {
    fn default() -> Self {
        Self::new()
    }
}

/// The weight of a feature for a tag.
#[inline(always)]
fn weight(rows: &[Row; ROWS], feature: Feature, tag: u32) -> i32 {
    let (row, column) = feature.place(tag);
    i32::from(rows[row][column] as i8)
}

/// The scores of a few tags: in registers, and so that no row waits for another. They hardly ever lie in the nearest
/// cache.
pub(super) struct Few<'a, const N: usize> {
    rows: &'a [Row; ROWS],
    tags: [u32; N],
    scores: [i32; N],
}

impl<'a, const N: usize> Few<'a, N> {
    /// The first `N` tags of a set.
    #[inline(always)]
    pub(super) fn new(rows: &'a [Row; ROWS], mut set: u64) -> Self {
        let tags = std::array::from_fn(|_| {
            let tag = set.trailing_zeros();
            set &= set.wrapping_sub(1);
            tag
        });
        Self { rows, tags, scores: [0; N] }
    }

    /// The tag with the greatest sum of weights; the first of equals.
    #[inline(always)]
    pub(super) fn best(&self) -> u8 {
        let mut best = 0;
        for i in 1..N {
            if self.scores[i] > self.scores[best] {
                best = i;
            }
        }
        self.tags[best] as u8
    }
}

impl<const N: usize> Meet for Few<'_, N> {
    #[inline(always)]
    fn meet(&mut self, feature: Feature) {
        for i in 0..N {
            self.scores[i] += weight(self.rows, feature, self.tags[i]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;

    /// Two tags, three, or many: whichever way they are weighed, the best is the same.
    #[test]
    fn every_way_of_weighing_finds_the_same_tag() {
        let lexicon = Lexicon::embedded();
        let rows = lexicon.tagger().rows();
        let features = |at: u32| (1..=20).map(move |kind| Feature::new(kind, at, at % 7));
        for at in 0..2000 {
            let mut list = Features::new();
            features(at).for_each(|f| list.meet(f));
            let mut few = Few::<3>::new(rows, 1 << 3 | 1 << (at % 9 + 5) | 1 << (at % 20 + 20));
            let mut two = Few::<2>::new(rows, 1 << 3 | 1 << (at % 40 + 5));
            features(at).for_each(|f| few.meet(f));
            features(at).for_each(|f| two.meet(f));
            assert_eq!(few.best(), list.best(rows, few.tags.iter().fold(0, |set, t| set | 1 << t)), "{at}");
            assert_eq!(two.best(), list.best(rows, two.tags.iter().fold(0, |set, t| set | 1 << t)), "{at}");
        }
    }
}
