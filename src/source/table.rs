//! The tables that the whole room asks: sets of tokens, and positions by token.
//!
//! Takes token numbers; returns positions in the lists of whoever asks. Each is one array, since nearly every rule asks of
//! nearly every token.

use std::cell::RefCell;

/// No token: greater than any.
pub(super) const NONE: u32 = u32::MAX;

/// A set of a document's tokens, a bit for each.
#[derive(Clone, Debug, Default)]
pub(super) struct TokenSet(Vec<u64>);

impl TokenSet {
    /// None of so many tokens.
    pub(super) fn new(tokens: usize) -> Self {
        Self(vec![0; tokens / 64 + 1])
    }

    /// Adds a token.
    #[inline]
    pub(super) fn insert(&mut self, token: u32) {
        self.0[token as usize / 64] |= 1 << (token % 64);
    }

    /// Sets the bits of the tokens `[64 × block, 64 × block + 64)`.
    #[inline]
    pub(super) fn set_block(&mut self, block: usize, bits: u64) {
        self.0[block] = bits;
    }

    /// Whether it holds a token.
    #[inline]
    pub(super) fn contains(&self, token: u32) -> bool {
        self.0.get(token as usize / 64).is_some_and(|bits| bits & (1 << (token % 64)) != 0)
    }

    /// The first token of the set from `token` on; [`NONE`] where there is none.
    #[inline]
    pub(super) fn next(&self, token: u32) -> u32 {
        let block = token as usize / 64;
        let Some(&bits) = self.0.get(block) else { return NONE };
        let bits = bits & (u64::MAX << (token % 64));
        if bits != 0 {
            return (block * 64) as u32 + bits.trailing_zeros();
        }
        match self.0[block + 1..].iter().position(|&bits| bits != 0) {
            Some(k) => ((block + 1 + k) * 64) as u32 + self.0[block + 1 + k].trailing_zeros(),
            None => NONE,
        }
    }
}

/// A position for some of a document's tokens. Its memory goes on to the next article that a thread reads.
#[derive(Debug, Default)]
pub(super) struct ByToken(Vec<u32>);

/// How many arrays a thread keeps, and of how many tokens at the most.
const SPARE: usize = 8;
const LONGEST_SPARE: usize = 1 << 16;

thread_local! {
    static SPARES: RefCell<Vec<Vec<u32>>> = const { RefCell::new(Vec::new()) };
}

impl ByToken {
    /// None for any of so many tokens.
    pub(super) fn new(tokens: usize) -> Self {
        let mut positions = SPARES.with_borrow_mut(Vec::pop).unwrap_or_default();
        positions.clear();
        positions.resize(tokens, 0);
        Self(positions)
    }

    /// The position of a token.
    #[inline]
    pub(super) fn get(&self, token: u32) -> Option<usize> {
        // 0 stands for none, as memory that has been cleared has it
        (*self.0.get(token as usize)? as usize).checked_sub(1)
    }

    /// Gives a token a position.
    #[inline]
    pub(super) fn set(&mut self, token: u32, at: usize) {
        self.0[token as usize] = at as u32 + 1;
    }
}

impl Drop for ByToken {
    fn drop(&mut self) {
        let positions = std::mem::take(&mut self.0);
        SPARES.with_borrow_mut(|spares| {
            if spares.len() < SPARE && positions.capacity() <= LONGEST_SPARE {
                spares.push(positions);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_find_the_next_token() {
        let mut set = TokenSet::new(200);
        assert_eq!(set.next(0), NONE);
        for token in [3, 63, 64, 199] {
            set.insert(token);
            assert!(set.contains(token));
        }
        for (from, want) in [(0, 3), (4, 63), (64, 64), (65, 199), (200, NONE), (5000, NONE)] {
            assert_eq!(set.next(from), want, "{from}");
        }
    }
}
