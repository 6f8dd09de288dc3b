//! Features by their names: a name is a few parts, each of which is hashed once however many features it stands in.
//!
//! Owns [`Part`] and how parts make a feature's number. What is done with features is [`super::rank`]'s business and
//! the trainer's.

use crate::lexicon::{Lexicon, WordId, spelling};
use std::hint::select_unpredictable;

/// A part of a feature's name: what the feature is, or what it speaks of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'a> {
    name: Name<'a>,
    hash: u64,
}

/// How a part is spelt, which only the trainer asks.
#[derive(Clone, Copy, Debug)]
enum Name<'a> {
    Text(&'a str),
    Word(&'a Lexicon, WordId),
}

/// So many bits a part's hash is turned by for each part that stands before it.
const TURN: u32 = 11;

/// All bits of a spelling over all of a hash.
#[inline]
const fn spread(spelling: u32) -> u64 {
    let hash = (spelling as u64 ^ 1 << 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    hash ^ hash >> 32
}

impl<'a> Part<'a> {
    /// A part of a name; in a `const`, it costs nothing at run time.
    #[inline]
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { name: Name::Text(text), hash: spread(spelling(text.as_bytes())) }
    }

    /// A word of the lexicon, in lower case; "" for one that it does not hold.
    #[inline]
    pub(crate) fn word(lexicon: &'a Lexicon, word: WordId) -> Self {
        Self { name: Name::Word(lexicon, word), hash: spread(lexicon.spelling(word)) }
    }

    /// One of two, by what no branch could foretell.
    #[inline]
    pub(crate) fn either(first: bool, one: Self, other: Self) -> Self {
        let name = if first { one.name } else { other.name };
        Self { name, hash: select_unpredictable(first, one.hash, other.hash) }
    }

    /// As it is spelt.
    pub(crate) fn text(self) -> &'a str {
        match self.name {
            Name::Text(text) => text,
            Name::Word(lexicon, word) => lexicon.word(word),
        }
    }
}

impl<'a> From<&'a str> for Part<'a> {
    #[inline]
    fn from(text: &'a str) -> Self {
        Self::new(text)
    }
}

/// The number of a feature. The parts' hashes are well mixed, so that turned by their places they need but be joined;
/// what a name's literals give is known when the program is built.
#[inline(always)]
pub(crate) const fn number(name: &[Part<'_>]) -> u64 {
    let (mut number, mut i) = (0, 0);
    while i < name.len() {
        number ^= name[i].hash.rotate_left(TURN * i as u32);
        i += 1;
    }
    number
}

/// What takes features.
pub(crate) trait Take {
    /// Takes the feature of a name.
    fn take(&mut self, name: &[Part<'_>]);
}

/// Gives a feature to what takes features: what it is, as one literal or more, and the parts that it speaks of, as
/// strings, [`Part`]s or what makes a [`Part`].
#[allow(unused_macros)]
macro_rules! put {
    ($to:expr, $($what:literal)+ $(, $part:expr)* $(,)?) => {
        $crate::attribution::feature::Take::take(
            $to,
            &[
                $(const { $crate::attribution::feature::Part::new($what) },)+
                $($crate::attribution::feature::Part::from($part)),*
            ],
        )
    };
}
// the build script gives none
#[allow(unused_imports)]
pub(crate) use put;

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn names_have_numbers_of_their_own() {
        let parts = ["", "a", "b", "ab", "abc", "abd", "abcd", "abcdefgh", "abcdefghi", "xbcdefghi", "é"]
            .map(Part::from);
        let mut seen = HashSet::new();
        for a in parts {
            assert!(seen.insert(number(&[a])));
            for b in parts {
                assert!(seen.insert(number(&[a, b])), "{a:?} {b:?}");
            }
        }
        for bits in 0..5 {
            let some = seen.iter().map(|n| n >> (12 * bits) & 0xffff).collect::<HashSet<_>>();
            assert!(some.len() > 120, "{bits}: {}", some.len());
        }
    }
}
