//! What is weighed at a token: features as numbers, each of which owns a row of weights and a turn in it.
//!
//! A feature's number is its row and its turn; the weight of tag `t` stands in the row at `turn + t`. So all the
//! weights that one feature asks for share a cache line, and no key is stored: features are hashed into a fixed table
//! (Weinberger et al. 2009), in training as in use.
//!
//! Owns [`Feature`] and those who meet a token's features one after the other: [`Features`] lists them for the trainer
//! and where many tags are weighed, [`Few`] adds up the weights of two or three tags as they come. Leaves what the
//! features are to [`super::walk`].

use crate::lexicon::{ROW, ROWS, Weights};

/// The tags with the lowest numbers, which nearly all of the open classes are; where there are many to weigh, these
/// are weighed together, as so many neighbours in a row.
const FIRST: usize = 16;

/// A feature at a token.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Feature(pub u32);

impl Feature {
    /// The feature of a kind with its two values.
    #[inline(always)]
    fn new(kind: usize, a: u32, b: u32) -> Self {
        let key = (u64::from(a) << 32 | u64::from(b))
            .wrapping_add((kind as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mixed = (key ^ key >> 29).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ mixed >> 32).wrapping_mul(0x94d0_49bb_1331_11eb);
        Self((mixed >> 32) as u32)
    }

    /// Where the weight of a tag stands among all the weights.
    #[inline]
    pub fn place(self, tag: u32) -> usize {
        self.row() + self.turn(tag)
    }

    /// Where its row begins among all the weights.
    #[inline(always)]
    fn row(self) -> usize {
        self.0 as usize & ((ROWS - 1) * ROW)
    }

    /// Where in its row the weight of a tag stands.
    #[inline(always)]
    fn turn(self, tag: u32) -> usize {
        self.0.wrapping_add(tag) as usize % ROW
    }
}

/// Someone who meets the features at a token.
pub(super) trait Meet {
    /// Meets the feature of a kind with its two values. The kinds come in order, from 1.
    fn meet(&mut self, kind: usize, a: u32, b: u32);
}

/// The features at a token.
#[derive(Clone, Debug)]
pub struct Features {
    /// by kind
    list: [Feature; Self::MOST],
    length: usize,
}

impl Meet for Features {
    #[inline(always)]
    fn meet(&mut self, kind: usize, a: u32, b: u32) {
        self.list[(kind - 1) % Self::MOST] = Feature::new(kind, a, b);
        self.length = kind;
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
        &self.list[..self.length.min(Self::MOST)]
    }

    /// Of a set of tags, as bits, the one with the greatest sum of weights; the first of equals.
    pub(super) fn best(&self, weights: &Weights, set: u64) -> u8 {
        let mut low = Neighbours::default();
        let mut high = Few::<2>::new(weights, set >> FIRST << FIRST);
        // which weights go from their row's end to its beginning is as good as random: these are put aside
        let (mut straight, mut bent) = ([Feature(0); Self::MOST], [Feature(0); Self::MOST]);
        let mut length = [0; 2];
        for &feature in self.as_slice() {
            high.add(feature);
            straight[length[0] % Self::MOST] = feature;
            bent[length[1] % Self::MOST] = feature;
            let bends = feature.turn(0) > ROW - FIRST;
            length[0] += usize::from(!bends);
            length[1] += usize::from(bends);
        }
        straight.iter().take(length[0]).for_each(|f| low.add_straight(weights, *f));
        bent.iter().take(length[1]).for_each(|f| low.add_bent(weights, *f));
        let low = low.scores();
        let mut best = (0, 0);
        let mut rest = set;
        while rest != 0 {
            let tag = rest.trailing_zeros();
            rest &= rest - 1;
            let score = if let Some(score) = low.get(tag as usize) {
                u32::from(*score)
            } else if let Some(i) = high.tags.iter().position(|t| *t == tag) {
                high.scores[i]
            } else {
                self.as_slice().iter().map(|f| weight(weights, *f, tag)).sum()
            };
            if score > best.1 {
                best = (tag, score);
            }
        }
        best.0 as u8
    }
}

/// The scores of the [`FIRST`] tags, all of them added up at once: sixteen bits each, those of even and of odd tags
/// apart, four to a number. No compiler need see that so many neighbours can be added together.
#[derive(Default)]
struct Neighbours {
    low: [u64; 2],
    high: [u64; 2],
}

impl Neighbours {
    /// Adds weights that stand one behind the other.
    #[inline(always)]
    fn add_straight(&mut self, weights: &Weights, feature: Feature) {
        let weights = row(weights, feature).get(feature.turn(0)..).and_then(<[u8]>::first_chunk);
        self.add(weights.map_or(0, |weights| u128::from_le_bytes(*weights)));
    }

    /// Adds weights that go from their row's end to its beginning.
    #[inline(always)]
    fn add_bent(&mut self, weights: &Weights, feature: Feature) {
        let row = row(weights, feature);
        let part = |from: usize| row[from..].first_chunk().map_or(0, |w| u128::from_le_bytes(*w));
        let bits = 8 * (feature.turn(0) + FIRST - ROW);
        self.add(part(ROW - FIRST) >> bits | part(0) << (u128::BITS as usize - bits));
    }

    #[inline(always)]
    fn add(&mut self, sixteen: u128) {
        add(&mut self.low, sixteen as u64);
        add(&mut self.high, (sixteen >> 64) as u64);
    }

    /// The scores of the [`FIRST`] tags.
    fn scores(&self) -> [u16; FIRST] {
        let mut scores = [0; FIRST];
        for i in 0..4 {
            let score = |sums: u64| (sums >> (16 * i)) as u16;
            scores[2 * i] = score(self.low[0]);
            scores[2 * i + 1] = score(self.low[1]);
            scores[2 * i + 8] = score(self.high[0]);
            scores[2 * i + 9] = score(self.high[1]);
        }
        scores
    }
}

/// Adds eight weights to the sums of the even and of the odd ones.
#[inline(always)]
fn add(sums: &mut [u64; 2], weights: u64) {
    const EVEN: u64 = 0x00ff_00ff_00ff_00ff;
    sums[0] += weights & EVEN;
    sums[1] += weights >> 8 & EVEN;
}

impl Default for Features {
    fn default() -> Self {
        Self::new()
    }
}

/// The row of a feature.
#[inline(always)]
fn row(weights: &Weights, feature: Feature) -> &[u8] {
    let start = feature.row();
    &weights[start..start + ROW]
}

/// The weight of a feature for a tag.
#[inline(always)]
fn weight(weights: &Weights, feature: Feature, tag: u32) -> u32 {
    u32::from(row(weights, feature)[feature.turn(tag)])
}

/// The scores of a few tags: in registers, and so that no row waits for another. They hardly ever lie in the nearest
/// cache.
pub(super) struct Few<'a, const N: usize> {
    weights: &'a Weights,
    tags: [u32; N],
    scores: [u32; N],
}

impl<'a, const N: usize> Few<'a, N> {
    /// The first `N` tags of a set.
    #[inline(always)]
    pub(super) fn new(weights: &'a Weights, mut set: u64) -> Self {
        let mut tags = [0; N];
        for tag in &mut tags {
            *tag = set.trailing_zeros();
            set &= set.wrapping_sub(1);
        }
        Self { weights, tags, scores: [0; N] }
    }

    /// Adds the weights of a feature.
    #[inline(always)]
    fn add(&mut self, feature: Feature) {
        for i in 0..N {
            self.scores[i] += weight(self.weights, feature, self.tags[i]);
        }
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
    fn meet(&mut self, kind: usize, a: u32, b: u32) {
        self.add(Feature::new(kind, a, b));
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
        let weights = lexicon.tagger().weights();
        for at in 0..2000 {
            let mut list = Features::new();
            let mut few = Few::<3>::new(weights, 1 << 3 | 1 << (at % 9 + 5) | 1 << (at % 20 + 20));
            let mut two = Few::<2>::new(weights, 1 << 3 | 1 << (at % 40 + 5));
            for kind in 1..=20 {
                list.meet(kind, at, at % 7);
                few.meet(kind, at, at % 7);
                two.meet(kind, at, at % 7);
            }
            assert_eq!(
                few.best(),
                list.best(weights, few.tags.iter().fold(0, |set, t| set | 1 << t)),
                "{at}"
            );
            assert_eq!(
                two.best(),
                list.best(weights, two.tags.iter().fold(0, |set, t| set | 1 << t)),
                "{at}"
            );
        }
    }
}
