//! Which word a token is: compared by 32 bits that tell its spelling from others', without a look at its letters.
//!
//! Owns [`words!`] and the questions about words that the sieves ask of the [`Scene`].

use super::scene::Scene;

/// Words by what tells them from others, so that a token is compared without a look at its letters.
macro_rules! words {
    ($($word:literal)|+) => { const { [$($crate::lexicon::spelling($word.as_bytes())),+] } };
}
pub(super) use words;

/// Whether a word is one of some; no jump for each, for which one it is cannot be foreseen.
#[inline]
pub(super) fn among<const N: usize>(word: u32, words: [u32; N]) -> bool {
    words.into_iter().fold(false, |any, other| any | (word == other))
}

impl<'a> Scene<'a> {
    /// What tells a token's word from others, if the lexicon holds it.
    #[inline]
    pub(super) fn spelling(&self, i: u32) -> u32 {
        self.lexicon.spelling(self.token(i).word)
    }

    /// Whether a token is one of some words, in any case: [`words!`] makes them.
    #[inline]
    pub(super) fn reads<const N: usize>(&self, i: u32, words: [u32; N]) -> bool {
        among(self.spelling(i), words)
    }

    /// The word in lower case if the lexicon holds it, else "".
    #[inline]
    pub(super) fn lower(&self, i: u32) -> &'a str {
        self.lexicon.word(self.token(i).word)
    }
}
