//! The tables that the whole room asks: positions by token. Sets of tokens are the text's.
//!
//! Takes token numbers; returns positions in the lists of whoever asks. Each is one array, since nearly every rule asks of
//! nearly every token.

use crate::text::set::NO_TOKEN;

/// No token: greater than any.
pub(super) const NONE: u32 = NO_TOKEN;

/// A position for some of a document's tokens, given in any order.
#[derive(Debug, Default)]
pub(super) struct ByToken(Vec<u32>);

impl ByToken {
    /// None for any of so many tokens.
    pub(super) fn new(tokens: usize) -> Self {
        Self(vec![0; tokens])
    }

    /// Whether a token has a position.
    #[inline]
    pub(super) fn contains(&self, token: u32) -> bool {
        self.0.get(token as usize).is_some_and(|&at| at != 0)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_have_their_positions() {
        let mut table = ByToken::new(200);
        for (token, at) in [(3, 7), (63, 9), (63, 0), (199, 2)] {
            table.set(token, at);
        }
        for (token, want) in [(0, None), (3, Some(7)), (63, Some(0)), (199, Some(2)), (5000, None)] {
            assert_eq!(table.get(token), want, "{token}");
            assert_eq!(table.contains(token), want.is_some(), "{token}");
        }
    }
}
