//! The tables that the whole room asks: sets of tokens, positions by token, positions by word.
//!
//! Takes token numbers and the keys of words; returns positions in the lists of whoever asks. Each is one array, since
//! nearly every rule asks of nearly every token.

use crate::span::Span;

/// No token: greater than any.
pub(super) const NONE: u32 = u32::MAX;

/// A set of a document's tokens, a bit for each.
#[derive(Clone, Debug, Default)]
pub(super) struct TokenSet(Vec<u64>);

impl TokenSet {
    /// None of so many tokens.
    pub(super) fn new(tokens: usize) -> Self {
        Self(vec![0; tokens / 64 + 1])
    }

    /// Adds a token.
    #[inline]
    pub(super) fn insert(&mut self, token: u32) {
        self.0[token as usize / 64] |= 1 << (token % 64);
    }

    /// Sets the bits of the tokens `[64 × block, 64 × block + 64)`.
    #[inline]
    pub(super) fn set_block(&mut self, block: usize, bits: u64) {
        self.0[block] = bits;
    }

    /// Whether it holds a token.
    #[inline]
    pub(super) fn contains(&self, token: u32) -> bool {
        self.0.get(token as usize / 64).is_some_and(|bits| bits & (1 << (token % 64)) != 0)
    }

    /// The first token of the set from `token` on; [`NONE`] where there is none.
    #[inline]
    pub(super) fn next(&self, token: u32) -> u32 {
        let block = token as usize / 64;
        let Some(&bits) = self.0.get(block) else { return NONE };
        let bits = bits & (u64::MAX << (token % 64));
        if bits != 0 {
            return (block * 64) as u32 + bits.trailing_zeros();
        }
        match self.0[block + 1..].iter().position(|&bits| bits != 0) {
            Some(k) => ((block + 1 + k) * 64) as u32 + self.0[block + 1 + k].trailing_zeros(),
            None => NONE,
        }
    }
}

/// A position for some of a document's tokens.
#[derive(Debug, Default)]
pub(super) struct ByToken(Vec<u32>);

impl ByToken {
    /// None for any of so many tokens.
    pub(super) fn new(tokens: usize) -> Self {
        Self(vec![0; tokens])
    }

    /// The position of a token.
    #[inline]
    pub(super) fn get(&self, token: u32) -> Option<usize> {
        // 0 stands for none, as fresh memory has it
        (*self.0.get(token as usize)? as usize).checked_sub(1)
    }

    /// Gives a token a position.
    #[inline]
    pub(super) fn set(&mut self, token: u32, at: usize) {
        self.0[token as usize] = at as u32 + 1;
    }
}

/// A position for each of some keys, which are hashes already.
#[derive(Debug)]
pub(super) struct ByKey {
    /// at most half full; a power of two
    slots: Vec<Slot>,
    used: usize,
}

#[derive(Clone, Copy, Debug)]
struct Slot {
    key: u64,
    at: u32,
}

const FREE: Slot = Slot { key: 0, at: NONE };

impl ByKey {
    /// Without keys, and with room for so many before it grows.
    pub(super) fn new(room: usize) -> Self {
        Self { slots: vec![FREE; (room * 2).next_power_of_two().max(16)], used: 0 }
    }

    #[inline]
    fn slot(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut i = key as usize & mask;
        while self.slots[i].at != NONE && self.slots[i].key != key {
            i = (i + 1) & mask;
        }
        i
    }

    /// The position of a key.
    #[inline]
    pub(super) fn get(&self, key: u64) -> Option<usize> {
        let at = self.slots[self.slot(key)].at;
        (at != NONE).then_some(at as usize)
    }

    /// Whether a key has a position.
    #[inline]
    pub(super) fn contains(&self, key: u64) -> bool {
        self.slots[self.slot(key)].at != NONE
    }

    /// The position of a key, which is `at` if it has none yet.
    #[inline]
    pub(super) fn or_insert(&mut self, key: u64, at: usize) -> usize {
        let i = self.slot(key);
        if self.slots[i].at != NONE {
            return self.slots[i].at as usize;
        }
        self.slots[i] = Slot { key, at: at as u32 };
        self.used += 1;
        if self.used * 2 > self.slots.len() {
            self.grow();
        }
        at
    }

    #[cold]
    fn grow(&mut self) {
        let more = vec![FREE; self.slots.len() * 2];
        for slot in std::mem::replace(&mut self.slots, more) {
            if slot.at != NONE {
                let i = self.slot(slot.key);
                self.slots[i] = slot;
            }
        }
    }
}

const MIX: [u64; 2] = [0x9e37_79b9_7f4a_7c15, 0xd1b5_4a32_d192_ed03];

/// A word is read so many bytes at a time; nearly every one is read at once.
const BLOCK: usize = 16;

/// The bytes of a text from `start` on up to `end`, a block of them at most, zero after `end`.
#[inline]
fn block(text: &[u8], start: usize, end: usize) -> u128 {
    let length = (end - start).min(BLOCK);
    let mut block = [0; BLOCK];
    if let Some(bytes) = text.get(start..start + BLOCK) {
        block.copy_from_slice(bytes);
        let after = 8 * (BLOCK - length) as u32;
        return u128::from_le_bytes(block) << after >> after;
    }
    block[..length].copy_from_slice(&text[start..start + length]);
    u128::from_le_bytes(block)
}

/// Eight bytes with their capital letters of ASCII made small.
#[inline]
fn lower(bytes: u64) -> u64 {
    const ONES: u64 = u64::MAX / 255;
    let seven = bytes & (0x7f * ONES);
    // the eighth bit of each byte: whether it is past 'Z', and whether it is 'A' or past it
    let past = seven + (0x7f - b'Z' as u64) * ONES;
    let from = seven + (0x80 - b'A' as u64) * ONES;
    bytes | (!bytes & (0x80 * ONES) & (from ^ past)) >> 2
}

#[inline]
fn key(text: &str, word: Span, change: impl Fn(u64) -> u64) -> u64 {
    let (mut at, end) = (word.start as usize, word.end as usize);
    let mut key = 0;
    while at < end {
        let block = block(text.as_bytes(), at, end);
        let low = change(block as u64) ^ MIX[0] ^ key;
        let high = change((block >> 64) as u64) ^ MIX[1];
        let mixed = u128::from(low) * u128::from(high);
        key = mixed as u64 ^ (mixed >> 64) as u64;
        at += BLOCK;
    }
    key
}

/// The key of a word as it is written.
#[inline]
pub(super) fn exact(text: &str, word: Span) -> u64 {
    key(text, word, |bytes| bytes)
}

/// The key of a word whatever the case of its ASCII letters.
#[inline]
pub(super) fn fold(text: &str, word: Span) -> u64 {
    key(text, word, lower)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_find_the_next_token() {
        let mut set = TokenSet::new(200);
        assert_eq!(set.next(0), NONE);
        for token in [3, 63, 64, 199] {
            set.insert(token);
            assert!(set.contains(token));
        }
        for (from, want) in [(0, 3), (4, 63), (64, 64), (65, 199), (200, NONE), (5000, NONE)] {
            assert_eq!(set.next(from), want, "{from}");
        }
    }

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
