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

#[inline]
const fn mix(hash: u64, more: u64) -> u64 {
    (hash.rotate_left(23) ^ more).wrapping_mul(MIXER)
}

/// Eight bytes at a time; what is left over as two halves that may overlap.
#[inline]
const fn hash(bytes: &[u8]) -> u64 {
    let mut hash = bytes.len() as u64;
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

/// The number of a feature, part by part.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Number(u64);

impl Number {
    /// Of no part.
    pub(crate) const EMPTY: Self = Self(MIXER);

    /// With further parts.
    #[inline]
    pub(crate) const fn and(self, parts: &[Part<'_>]) -> Self {
        let (mut number, mut i) = (self.0, 0);
        while i < parts.len() {
            number = mix(number, parts[i].hash);
            i += 1;
        }
        Self(number)
    }

    /// All its bits depend on all of the name.
    #[inline]
    pub(crate) const fn get(self) -> u64 {
        self.0 ^ self.0 >> 32
    }
}

/// What takes features.
pub(crate) trait Take {
    /// Takes the feature of a name.
    fn take(&mut self, name: &[Part<'_>]);
}

/// Gives a feature to what takes features: what it is, as a literal, and the parts that it speaks of, as strings or
/// [`Part`]s.
#[allow(unused_macros)]
macro_rules! put {
    ($to:expr, $what:literal $(, $part:expr)* $(,)?) => {
        $crate::attribution::feature::Take::take(
            $to,
            &[
                const { $crate::attribution::feature::Part::new($what) }
                $(, $crate::attribution::feature::Part::from($part))*
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
            assert!(seen.insert(Number::EMPTY.and(&[a]).get()));
            for b in parts {
                assert!(seen.insert(Number::EMPTY.and(&[a]).and(&[b]).get()), "{a:?} {b:?}");
            }
        }
        assert!(seen.iter().map(|n| n >> 48).collect::<HashSet<_>>().len() > 120);
        assert!(seen.iter().map(|n| n & 0xffff).collect::<HashSet<_>>().len() > 120);
    }
}
