//! Which tokens the contents of some candidates hold, and which of them more than one content holds.

use crate::text::set::TokenSet;
use std::ops::Range;

/// How often each of a document's tokens is covered: not, once, or more often.
pub(super) struct Cover {
    /// a block of tokens each: those that are covered, and those that are so more than once
    blocks: Vec<[u64; 2]>,
}

impl Cover {
    /// Of so many tokens by some ranges of them.
    pub(super) fn new<'r>(tokens: usize, ranges: impl Iterator<Item = &'r Range<u32>>) -> Self {
        let mut cover = Self { blocks: vec![[0; 2]; tokens / TokenSet::BLOCK + 1] };
        ranges.for_each(|range| cover.add(range));
        cover
    }

    fn add(&mut self, range: &Range<u32>) {
        let mut from = range.start;
        while from < range.end {
            let (block, first) = (from as usize / TokenSet::BLOCK, from % u64::BITS);
            let count = (range.end - from).min(u64::BITS - first);
            let bits = u64::MAX >> (u64::BITS - count) << first;
            let [once, again] = &mut self.blocks[block];
            *again |= *once & bits;
            *once |= bits;
            from += count;
        }
    }

    /// Whether a token is covered more often than so: never (`false`) or once (`true`).
    #[inline]
    pub(super) fn exceeds(&self, token: u32, once: bool) -> bool {
        self.blocks[token as usize / TokenSet::BLOCK][usize::from(once)] >> (token % u64::BITS) & 1 != 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_covered_as_often_as_they_are() {
        let ranges = [3..5, 4..200, 63..64, 64..64];
        let cover = Cover::new(200, ranges.iter());
        for token in 0..200 {
            let count = ranges.iter().filter(|r| r.contains(&token)).count();
            assert_eq!(cover.exceeds(token, false), count > 0, "{token}");
            assert_eq!(cover.exceeds(token, true), count > 1, "{token}");
        }
    }
}
