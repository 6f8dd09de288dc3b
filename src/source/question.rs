//! What is asked: the source mentions of the attributions, each with the token at which it is answered.
//!
//! Takes their [`Reading`]s; tells [`super::walk`] which come next. Leaves the answers to [`super::answer`].

use super::reading::Reading;
use crate::text::set::TokenSet;
use std::ops::Range;

/// A source mention to resolve.
#[derive(Clone, Debug)]
pub(super) struct Asked {
    /// the attribution that it belongs to
    pub(super) attribution: u32,
    /// it is the attribution's relay, not its source
    pub(super) relay: bool,
    pub(super) reading: Reading,
}

/// Which source mentions are answered at each token, asked in text order.
#[derive(Debug, Default)]
pub(super) struct Questions {
    /// the token of each and its position, by token
    list: Vec<(u32, u32)>,
    /// the tokens at which any is answered
    at: TokenSet,
    /// the first that is not answered
    next: usize,
}

impl Questions {
    /// Makes them those that are answered at some tokens of so many.
    pub(super) fn ask(&mut self, answered_at: impl Iterator<Item = u32>, tokens: usize) {
        self.list.clear();
        self.list.extend(answered_at.zip(0..));
        self.list.sort_unstable();
        self.at.reset(tokens);
        self.list.iter().for_each(|&(token, _)| self.at.insert(token));
        self.next = 0;
    }

    /// The tokens at which any is answered.
    pub(super) fn tokens(&self) -> impl Iterator<Item = u32> {
        self.list.iter().map(|&(token, _)| token)
    }

    /// Whether any is answered at a token.
    #[inline]
    pub(super) fn any_at(&self, token: u32) -> bool {
        self.at.contains(token)
    }

    /// Whether one is left that is answered before a token.
    #[inline]
    pub(super) fn any_before(&self, token: u32) -> bool {
        self.list.get(self.next).is_some_and(|&(at, _)| at < token)
    }

    /// The next that is answered at one of some tokens, and at which; those before them are never answered.
    #[inline]
    pub(super) fn next_at(&mut self, tokens: Range<u32>) -> Option<(u32, usize)> {
        while let Some(&(token, question)) = self.list.get(self.next)
            && token < tokens.end
        {
            self.next += 1;
            if token >= tokens.start {
                return Some((token, question as usize));
            }
        }
        None
    }
}
