//! Features by their names: a name is a few parts, each of which is hashed once however many features it stands in.
//!
//! Owns [`Part`] and how parts make a feature's number. What is done with features is [`super::rank`]'s business and
//! the trainer's.

/// A part of a feature's name: what the feature is, or what it speaks of.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part<'a> {
    text: &'a str,
    hash: u64,
}

/// An odd number of well mixed bits.
const MIXER: u64 = 0x9e37_79b9_7f4a_7c15;

/// So many bits a part's hash is turned by for each part that stands before it.
const TURN: u32 = 11;

#[inline]
const fn mix(hash: u64, more: u64) -> u64 {
    (hash.rotate_left(23) ^ more).wrapping_mul(MIXER)
}

/// Eight bytes at a time; what is left over as two halves that may overlap. All its bits depend on all of the bytes.
#[inline]
const fn hash(bytes: &[u8]) -> u64 {
    let mut hash = MIXER ^ bytes.len() as u64;
    let mut rest = bytes;
    while let Some((eight, after)) = rest.split_first_chunk() {
        hash = mix(hash, u64::from_le_bytes(*eight));
        rest = after;
    }
    let left = if let (Some(first), Some(last)) = (rest.first_chunk(), rest.last_chunk()) {
        (u32::from_le_bytes(*first) as u64) << 32 | u32::from_le_bytes(*last) as u64
    } else if let [first, .., last] = rest {
        (*first as u64) << 16 | (rest[rest.len() / 2] as u64) << 8 | *last as u64
    } else if let [only] = rest {
        *only as u64
    } else {
        0
    };
    let hash = mix(hash, left);
    let hash = (hash ^ hash >> 32).wrapping_mul(MIXER);
    hash ^ hash >> 32
}

impl<'a> Part<'a> {
    /// A part of a name; in a `const`, it costs nothing at run time.
    #[inline]
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text, hash: hash(text.as_bytes()) }
    }

    /// As it is spelt.
    pub(crate) fn text(self) -> &'a str {
        self.text
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
