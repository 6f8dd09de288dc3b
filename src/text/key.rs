//! Words → keys: a word's hash as it is written or whatever its case, and positions by key.
//!
//! Takes spans of a text. What a word means is the lexicon's business; here two words are the same if their letters are,
//! whether the lexicon holds them or not.

use crate::lexicon::swar::{HIGH, ONES};
use crate::portion::filled;
use crate::span::Span;

/// A position for each of some keys.
#[derive(Debug)]
pub(crate) struct ByKey {
    /// each a key and one more than its position, or 0 where it is free; at most half of them full; a power of two
    slots: Vec<[u64; 2]>,
    used: usize,
}

impl Default for ByKey {
    fn default() -> Self {
        Self::new(0)
    }
}

impl ByKey {
    /// Without keys, and with room for so many before it grows.
    pub(crate) fn new(room: usize) -> Self {
        Self { slots: vec![[0; 2]; Self::slots(room)], used: 0 }
    }

    /// Makes it one without keys, with room for so many before it grows.
    pub(crate) fn reset(&mut self, room: usize) {
        filled(&mut self.slots, Self::slots(room), [0; 2]);
        self.used = 0;
    }

    /// How many slots there are for so many keys.
    fn slots(room: usize) -> usize {
        (room * 2).next_power_of_two().max(16)
    }

    #[inline]
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut i = key as usize & mask;
        loop {
            let [other, at] = self.slots[i];
            // free or its own: as a minimum it is one branch, which nearly always goes the same way
            if at.min(other ^ key) == 0 {
                return i;
            }
            i = (i + 1) & mask;
        }
    }

    /// The position of a key.
    #[inline]
    pub(crate) fn get(&self, key: u64) -> Option<usize> {
        (self.slots[self.slot(key)][1] as usize).checked_sub(1)
    }

    /// Whether a key has a position.
    #[inline]
    pub(crate) fn contains(&self, key: u64) -> bool {
        self.slots[self.slot(key)][1] != 0
    }

    /// The position of a key, which is `at` if it has none yet.
    #[inline]
    pub(crate) fn or_insert(&mut self, key: u64, at: usize) -> usize {
        let i = self.slot(key);
        let slot = &mut self.slots[i];
        let free = slot[1] == 0;
        let position = if free { at as u64 + 1 } else { slot[1] };
        *slot = [key, position];
        self.used += usize::from(free);
        if self.used * 2 > self.slots.len() {
            self.grow();
        }
        position as usize - 1
    }

    #[cold]
    fn grow(&mut self) {
        let more = vec![[0; 2]; self.slots.len() * 2];
        for slot in std::mem::replace(&mut self.slots, more).into_iter().filter(|slot| slot[1] != 0) {
            let i = self.slot(slot[0]);
            self.slots[i] = slot;
        }
    }
}

const MIX: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd1b5_4a32_d192_ed03];

/// Eight bytes with their capital letters of ASCII made small.
#[inline]
fn lower(bytes: u64) -> u64 {
    let seven = bytes & !HIGH;
    // the eighth bit of each byte: whether it is past 'Z', and whether it is 'A' or past it
    let past = seven + (0x7f - b'Z' as u64) * ONES;
    let from = seven + (0x80 - b'A' as u64) * ONES;
    bytes | (!bytes & HIGH & (from ^ past)) >> 2
}

#[inline]
fn mix(low: u64, high: u64) -> u64 {
    let mixed = u128::from(low ^ MIX[0]) * u128::from(high ^ MIX[1]);
    mixed as u64 ^ (mixed >> 64) as u64
}

/// What is kept of sixteen bytes whose first are a word's, by one less than the word's length.
static KEPT: [[u64; 2]; 16] = {
    let (mut kept, mut length) = ([[u64::MAX; 2]; 16], 1);
    while length <= 16 {
        let bits = u128::MAX >> (128 - 8 * length);
        kept[length - 1] = [bits as u64, (bits >> 64) as u64];
        length += 1;
    }
    kept
};

#[inline]
fn key(text: &str, word: Span, change: fn(u64) -> u64) -> u64 {
    let bytes = text.as_bytes().get(word.start as usize..).and_then(|text| text.first_chunk::<16>());
    // nearly every word is read by two loads, whatever its length: what stands behind it is cut off
    match (bytes, KEPT.get(word.len().wrapping_sub(1))) {
        (Some(bytes), Some([low, high])) => {
            let bytes = u128::from_le_bytes(*bytes);
            mix(change(bytes as u64 & low), change((bytes >> 64) as u64 & high))
        }
        _ => key_of_bytes(word.of(text).as_bytes(), change),
    }
}

/// The key of a long word, or of one at the end of its text.
#[inline(never)]
fn key_of_bytes(word: &[u8], change: fn(u64) -> u64) -> u64 {
    let eight = |bytes: &[u8]| bytes.iter().rev().fold(0, |eight, &byte| eight << 8 | u64::from(byte));
    word.chunks(16).fold(0, |key, chunk| {
        let (low, high) = chunk.split_at(chunk.len().min(8));
        mix(change(eight(low)) ^ key, change(eight(high)))
    })
}

/// Whether a word holds a byte of ASCII.
#[inline]
pub(crate) fn holds(text: &str, word: Span, byte: u8) -> bool {
    const ONES: u128 = u128::MAX / 255;
    let bytes = text.as_bytes().get(word.start as usize..).and_then(|text| text.first_chunk::<16>());
    match (bytes, KEPT.get(word.len().wrapping_sub(1))) {
        (Some(bytes), Some(&[low, high])) => {
            // the first byte that is 0 here, and none before it, has its eighth bit
            let bytes = u128::from_le_bytes(*bytes) ^ (u128::from(byte) * ONES);
            let found = bytes.wrapping_sub(ONES) & !bytes & (ONES << 7);
            found & (u128::from(high) << 64 | u128::from(low)) != 0
        }
        _ => word.of(text).as_bytes().contains(&byte),
    }
}

/// The key of a word as it is written.
#[inline]
pub(crate) fn exact(text: &str, word: Span) -> u64 {
    key(text, word, std::convert::identity)
}

/// The key of a word whatever the case of its ASCII letters.
#[inline]
pub(crate) fn fold(text: &str, word: Span) -> u64 {
    key(text, word, lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_find_their_positions_however_many() {
        let text: String = (0..3000).map(|i| format!("w{i:04}")).collect();
        let word = |i: u32| Span::new(i * 5, i * 5 + 5);
        let mut index = ByKey::new(0);
        for i in 0..3000 {
            assert_eq!(index.or_insert(exact(&text, word(i)), i as usize), i as usize);
            assert_eq!(index.or_insert(exact(&text, word(i)), 7000), i as usize);
        }
        assert!((0..3000).all(|i| index.get(exact(&text, word(i))) == Some(i as usize)));
        assert!(!index.contains(exact("w3000", Span::new(0, 5))));
        index.reset(4);
        assert!((0..3000).all(|i| !index.contains(exact(&text, word(i)))));
    }

    #[test]
    fn small_letters_are_those_of_ascii() {
        for b in 0..=u8::MAX {
            let bytes = [b, b'@', b'[', b'a', b, 0xc1, b'Z', b];
            let want = bytes.map(|b| b.to_ascii_lowercase());
            assert_eq!(lower(u64::from_le_bytes(bytes)).to_le_bytes(), want, "{b}");
        }
    }

    #[test]
    fn bytes_are_found_within_words_alone() {
        let text = ". U.N. Ö.x /-.- a-word-of-more-than-sixteen-bytes. .";
        for (start, end) in (0..text.len()).flat_map(|start| (start..text.len()).map(move |end| (start, end)))
        {
            let Some(word) = text.get(start..end) else { continue };
            let span = Span::new(start as u32, end as u32);
            assert_eq!(holds(text, span, b'.'), word.contains('.'), "{word}");
        }
    }

    #[test]
    fn folded_keys_ignore_case_and_place() {
        for (a, b) in [
            ("Lind", "LIND"),
            ("O’Brien", "o’brien"),
            ("Sixteen-lettered", "SIXTEEN-LETTERED"),
            ("More-than-sixteen-lettered", "MORE-THAN-SIXTEEN-lettered"),
        ] {
            let padded = format!("  {b}, and so on for some more bytes");
            let (whole, within) = (Span::new(0, a.len() as u32), Span::new(2, 2 + b.len() as u32));
            assert_eq!(fold(a, whole), fold(&padded, within), "{a}");
            assert_ne!(exact(a, whole), exact(&padded, within), "{a}");
            assert_ne!(fold(a, whole), fold(a, Span::new(0, a.len() as u32 - 1)), "{a}");
        }
    }
}
