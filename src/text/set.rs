//! Sets of a document's tokens, a bit for each, so that a reader goes from one that matters to the next.
//!
//! Owns [`TokenSet`], and [`Runs`] for what tiles the tokens. Which tokens matter is the rooms' business.

use crate::portion::filled;

/// No token: greater than any.
pub(crate) const NO_TOKEN: u32 = u32::MAX;

/// A set of a document's tokens, a bit for each.
#[derive(Clone, Debug, Default)]
pub(crate) struct TokenSet {
    blocks: Vec<u64>,
    /// a bit for each block that holds any, so that where none is near the next is not far
    filled: Vec<u64>,
}

impl TokenSet {
    /// How many tokens one block of bits stands for.
    pub(crate) const BLOCK: usize = u64::BITS as usize;

    /// None of so many tokens.
    pub(crate) fn new(tokens: usize) -> Self {
        let blocks = tokens / Self::BLOCK + 1;
        Self { blocks: vec![0; blocks], filled: vec![0; blocks.div_ceil(Self::BLOCK)] }
    }

    /// Makes it hold none of so many tokens, in the room that it has.
    pub(crate) fn reset(&mut self, tokens: usize) {
        let blocks = tokens / Self::BLOCK + 1;
        filled(&mut self.blocks, blocks, 0);
        filled(&mut self.filled, blocks.div_ceil(Self::BLOCK), 0);
    }

    /// Makes it hold what another holds.
    pub(crate) fn copy(&mut self, other: &Self) {
        self.blocks.clone_from(&other.blocks);
        self.filled.clone_from(&other.filled);
    }

    /// Takes a token out.
    #[inline]
    pub(crate) fn remove(&mut self, token: u32) {
        let block = token as usize / Self::BLOCK;
        let bits = self.blocks[block] & !(1 << (token % u64::BITS));
        self.blocks[block] = bits;
        self.filled[block / Self::BLOCK] &= !(u64::from(bits == 0) << (block % Self::BLOCK));
    }

    /// Adds a token.
    #[inline]
    pub(crate) fn insert(&mut self, token: u32) {
        let block = token as usize / Self::BLOCK;
        self.blocks[block] |= 1 << (token % u64::BITS);
        self.filled[block / Self::BLOCK] |= 1 << (block % Self::BLOCK);
    }

    /// Sets the bits of the tokens `[64 × block, 64 × block + 64)`, of which it held none.
    #[inline]
    pub(crate) fn set_block(&mut self, block: usize, bits: u64) {
        self.blocks[block] = bits;
        self.filled[block / Self::BLOCK] |= u64::from(bits != 0) << (block % Self::BLOCK);
    }

    /// Whether it holds a token.
    #[inline]
    pub(crate) fn contains(&self, token: u32) -> bool {
        let block = self.blocks.get(token as usize / Self::BLOCK);
        block.is_some_and(|bits| bits >> (token % u64::BITS) & 1 != 0)
    }

    /// The first token of the set from `token` on; [`NO_TOKEN`] where there is none.
    #[inline]
    pub(crate) fn next(&self, token: u32) -> u32 {
        let block = token as usize / Self::BLOCK;
        let Some(&bits) = self.blocks.get(block) else { return NO_TOKEN };
        let bits = bits & (u64::MAX << (token % u64::BITS));
        if bits != 0 {
            return (block * Self::BLOCK) as u32 + bits.trailing_zeros();
        }
        self.first_from(block + 1)
    }

    /// The first token of the set from a block on.
    fn first_from(&self, block: usize) -> u32 {
        let mut at = block / Self::BLOCK;
        let mut past = u64::MAX << (block % Self::BLOCK);
        while let Some(&filled) = self.filled.get(at) {
            if filled & past != 0 {
                let block = at * Self::BLOCK + (filled & past).trailing_zeros() as usize;
                return (block * Self::BLOCK) as u32 + self.blocks[block].trailing_zeros();
            }
            (at, past) = (at + 1, u64::MAX);
        }
        NO_TOKEN
    }
}

/// Runs that tile a document's tokens, such as its sentences: a bit for each token that begins one, so that which run
/// holds a token costs a count of bits, and hardly any memory.
#[derive(Clone, Debug, Default)]
pub(crate) struct Runs {
    /// the bits of 64 tokens, and how many runs begin before them
    blocks: Vec<(u64, u32)>,
}

impl Runs {
    /// Of so many tokens, by the first token of each run, in their order. None is empty, and the first begins at 0.
    pub(crate) fn new(tokens: usize, starts: impl Iterator<Item = u32>) -> Self {
        let mut blocks = vec![(0u64, 0); tokens / TokenSet::BLOCK + 1];
        for start in starts {
            blocks[start as usize / TokenSet::BLOCK].0 |= 1 << (start % u64::BITS);
        }
        let mut before = 0;
        for (bits, sum) in &mut blocks {
            *sum = before;
            before += bits.count_ones();
        }
        Self { blocks }
    }

    /// The position of the run that holds a token.
    #[inline]
    pub(crate) fn of(&self, token: u32) -> usize {
        let (bits, before) = self.blocks[token as usize / TokenSet::BLOCK];
        let here = bits & u64::MAX >> (u64::BITS - 1 - token % u64::BITS);
        (before + here.count_ones()) as usize - 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_hold_their_tokens() {
        let starts = [0, 1, 63, 64, 65, 128, 200];
        let runs = Runs::new(300, starts.into_iter());
        for token in 0..300 {
            let want = starts.iter().filter(|&&start| start <= token).count() - 1;
            assert_eq!(runs.of(token), want, "{token}");
        }
    }

    #[test]
    fn sets_find_the_next_token() {
        let mut set = TokenSet::new(200);
        assert_eq!(set.next(0), NO_TOKEN);
        for token in [3, 63, 64, 199] {
            set.insert(token);
            assert!(set.contains(token));
        }
        for (from, want) in [(0, 3), (4, 63), (64, 64), (65, 199), (200, NO_TOKEN), (5000, NO_TOKEN)] {
            assert_eq!(set.next(from), want, "{from}");
        }
        let mut copy = TokenSet::default();
        copy.copy(&set);
        copy.remove(63);
        copy.remove(64);
        assert_eq!((copy.next(4), set.next(4)), (199, 63));
        copy.reset(100);
        assert_eq!(copy.next(0), NO_TOKEN);
        let mut far = TokenSet::new(1 << 20);
        for token in [5, 70_000, 1 << 20] {
            far.insert(token);
        }
        far.set_block(9, 2);
        for (from, want) in [(0, 5), (6, 577), (578, 70_000), (70_001, 1 << 20), ((1 << 20) + 1, NO_TOKEN)] {
            assert_eq!(far.next(from), want, "{from}");
        }
    }
}
