//! Long lists of small things of one size, as bytes: to be read by a copy.

use super::words::Key;
use super::{Classes, Word};
use serde::de::{Error, Visitor};
use serde::{Deserializer, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// Something of a fixed number of bytes.
pub(super) trait Packed: Sized {
    fn pack(list: &[Self]) -> Vec<u8>;
    fn unpack(bytes: &[u8]) -> Vec<Self>;
}

/// What two functions make bytes of and read from bytes.
macro_rules! packed {
    ($type:ty, $size:literal, $pack:expr, $unpack:expr) => {
        impl Packed for $type {
            fn pack(list: &[Self]) -> Vec<u8> {
                let pack: fn(&Self) -> [u8; $size] = $pack;
                list.iter().flat_map(pack).collect()
            }
            fn unpack(bytes: &[u8]) -> Vec<Self> {
                bytes.as_chunks::<$size>().0.iter().map($unpack).collect()
            }
        }
    };
}

packed!(u32, 4, |n| n.to_le_bytes(), |b| Self::from_le_bytes(*b));
packed!(
    Key,
    12,
    |key| {
        let mut bytes = [0; 12];
        bytes[..8].copy_from_slice(&key.head.to_le_bytes());
        bytes[8..].copy_from_slice(&key.rest.to_le_bytes());
        bytes
    },
    |b| {
        let mut wide = [0; 16];
        wide[..12].copy_from_slice(b);
        let both = u128::from_le_bytes(wide);
        Self { head: both as u64, rest: (both >> 64) as u32 }
    }
);
packed!(
    Word,
    16,
    |word| {
        let cues = u64::from(word.cues.0) | u64::from(word.cues.1) << 32;
        (u128::from(word.classes.bits()) | u128::from(cues) << 64).to_le_bytes()
    },
    |b| {
        let both = u128::from_le_bytes(*b);
        let cues = (both >> 64) as u64;
        Self { classes: Classes::from_bits_retain(both as u64), cues: (cues as u32, (cues >> 32) as u32) }
    }
);

pub(super) fn serialize<T: Packed, S: Serializer>(list: &[T], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_bytes(&T::pack(list))
}

pub(super) fn deserialize<'de, T: Packed, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    deserializer.deserialize_bytes(Unpack(PhantomData))
}

struct Unpack<T>(PhantomData<T>);

impl<T: Packed> Visitor<'_> for Unpack<T> {
    type Value = Vec<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("bytes")
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Vec<T>, E> {
        Ok(T::unpack(bytes))
    }
}
