//! The tables that the whole room asks: positions by token. Sets of tokens are the text's.
//!
//! Takes token numbers; returns positions in the lists of whoever asks. Each is one array, since nearly every rule asks of
//! nearly every token.

use crate::portion::filled;
use crate::text::set::{NO_TOKEN, TokenSet};

/// No token: greater than any.
pub(super) const NONE: u32 = NO_TOKEN;

/// Room for twice as many keys as an article has for one of its length, so that few of them meet; of a long one for hardly
/// more than it has, since room is memory.
pub(super) fn room(keys: usize) -> usize {
    keys + keys.min(512)
}

/// A position for some of a document's tokens, told in the order of the tokens: a bit a token, and a list of the positions
/// of those that have one.
#[derive(Clone, Debug, Default)]
pub(super) struct Marked {
    /// the bits of 64 tokens, and how many tokens before them have a position
    blocks: Vec<(u64, u32)>,
    positions: Vec<u32>,
}

impl Marked {
    /// Makes it those of a document of so many tokens, each with its position, in the order of tokens; of several of one
    /// token the first counts.
    pub(super) fn mark(&mut self, tokens: usize, marked: impl Iterator<Item = (u32, u32)>) {
        filled(&mut self.blocks, tokens / TokenSet::BLOCK + 1, (0, 0));
        self.positions.clear();
        marked.for_each(|(token, at)| {
            let (block, bit) = (token as usize / TokenSet::BLOCK, 1u64 << (token % u64::BITS));
            if let Some((bits, _)) = self.blocks.get_mut(block)
                && *bits & bit == 0
            {
                *bits |= bit;
                self.positions.push(at);
            }
        });
        let mut before = 0;
        for (bits, sum) in self.blocks.iter_mut() {
            *sum = before;
            before += bits.count_ones();
        }
    }

    /// The bits of the tokens `[64 × block, 64 × block + 64)`.
    pub(super) fn block(&self, block: usize) -> u64 {
        self.blocks.get(block).map_or(0, |&(bits, _)| bits)
    }

    /// The position of a token.
    #[inline]
    pub(super) fn get(&self, token: u32) -> Option<usize> {
        let (bits, before) = *self.blocks.get(token as usize / TokenSet::BLOCK)?;
        let bit = 1u64 << (token % u64::BITS);
        if bits & bit == 0 {
            return None;
        }
        let at = before + (bits & (bit - 1)).count_ones();
        self.positions.get(at as usize).map(|&position| position as usize)
    }
}

/// A position for some of a document's tokens, given in any order.
#[derive(Debug, Default)]
pub(super) struct ByToken(Vec<u32>);

impl ByToken {
    /// Makes it give none to any of so many tokens.
    pub(super) fn reset(&mut self, tokens: usize) {
        filled(&mut self.0, tokens, 0);
    }

    /// The position of a token.
    #[inline]
    pub(super) fn get(&self, token: u32) -> Option<usize> {
        // 0 stands for none
        (*self.0.get(token as usize)? as usize).checked_sub(1)
    }

    /// Gives a token a position.
    #[inline]
    pub(super) fn set(&mut self, token: u32, at: usize) {
        self.0[token as usize] = at as u32 + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marked_tokens_have_their_positions() {
        let marked = [(3, 7), (63, 0), (63, 9), (64, 5), (199, 2), (5000, 1)];
        let mut table = Marked::default();
        // what was marked before is forgotten
        table.mark(300, [(2, 8), (64, 3)].into_iter());
        table.mark(200, marked.into_iter());
        for (token, want) in
            [(0, None), (2, None), (3, Some(7)), (63, Some(0)), (64, Some(5)), (199, Some(2)), (5000, None)]
        {
            assert_eq!(table.get(token), want, "{token}");
        }
    }

    #[test]
    fn tokens_have_their_positions() {
        let mut table = ByToken::default();
        table.reset(200);
        for (token, at) in [(3, 7), (63, 9), (63, 0), (199, 2)] {
            table.set(token, at);
        }
        for (token, want) in [(0, None), (3, Some(7)), (63, Some(0)), (199, Some(2)), (5000, None)] {
            assert_eq!(table.get(token), want, "{token}");
        }
    }
}
