//! The table of words: one look-up a word, in lower case, without allocation.

use super::packed;
use rustc_hash::FxHasher;
use serde::{Deserialize, Serialize};
use std::hash::Hasher;

/// The number of a word in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct WordId(pub u32);

impl WordId {
    /// A word that the lexicon does not hold.
    pub const UNKNOWN: Self = Self(u32::MAX);

    /// Whether the lexicon holds it.
    #[inline]
    pub fn is_known(self) -> bool {
        self != Self::UNKNOWN
    }

    /// Position among the words.
    #[inline]
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// Lower-case words and their numbers.
///
/// An open-addressed table over one string that holds all the words: built in a millisecond for tens of thousands
/// of words, since no word is allocated by itself.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Words {
    text: String,
    /// where each word ends in `text`
    #[serde(with = "packed")]
    ends: Vec<u32>,
    /// a power of two; at most half full
    #[serde(with = "packed")]
    slots: Vec<Slot>,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Slot {
    pub(super) hash: u32,
    pub(super) word: WordId,
}

const EMPTY: Slot = Slot { hash: 0, word: WordId::UNKNOWN };

/// The longest word in bytes that is looked up.
const LONGEST: usize = 48;
/// Words are made small by so many bytes at a time.
const BLOCK: usize = 16;

#[inline]
fn hash(word: &[u8]) -> u32 {
    let mut hasher = FxHasher::default();
    hasher.write(word);
    let h = hasher.finish();
    (h ^ (h >> 32)) as u32
}

impl Words {
    /// Makes room for so many more words.
    pub(super) fn reserve(&mut self, words: usize) {
        self.ends.reserve(words);
        self.text.reserve(words * 9);
        self.grow((self.ends.len() + words) * 2);
    }

    fn grow(&mut self, least: usize) {
        let size = least.next_power_of_two().max(64);
        if size <= self.slots.len() {
            return;
        }
        let old = std::mem::replace(&mut self.slots, vec![EMPTY; size]);
        for slot in old {
            if slot.word.is_known() {
                self.put(slot);
            }
        }
    }

    fn put(&mut self, slot: Slot) {
        let mask = self.slots.len() - 1;
        let mut at = slot.hash as usize & mask;
        while self.slots[at].word.is_known() {
            at = (at + 1) & mask;
        }
        self.slots[at] = slot;
    }

    #[inline]
    fn get(&self, word: &[u8], hash: u32) -> WordId {
        if self.slots.is_empty() {
            return WordId::UNKNOWN;
        }
        let mask = self.slots.len() - 1;
        let mut at = hash as usize & mask;
        loop {
            let slot = self.slots[at];
            if !slot.word.is_known() || (slot.hash == hash && self.word(slot.word).as_bytes() == word) {
                return slot.word;
            }
            at = (at + 1) & mask;
        }
    }

    /// The number of a lower-case word, given anew if need be.
    pub(super) fn intern(&mut self, word: &str) -> WordId {
        let hash = hash(word.as_bytes());
        let found = self.get(word.as_bytes(), hash);
        if found.is_known() {
            return found;
        }
        let id = WordId(self.ends.len() as u32);
        self.text.push_str(word);
        self.ends.push(self.text.len() as u32);
        self.grow(self.ends.len() * 2);
        self.put(Slot { hash, word: id });
        id
    }

    /// The number of a word written in any case. A typographic apostrophe counts as a straight one.
    #[inline]
    pub fn find(&self, word: &str) -> WordId {
        let bytes = word.as_bytes();
        if bytes.len() > LONGEST {
            return WordId::UNKNOWN;
        }
        let mut buffer = [0u8; LONGEST];
        buffer[..bytes.len()].copy_from_slice(bytes);
        // whole blocks, most often one, take a few instructions where the bytes of a short word one by one take many
        let blocks = &mut buffer[..bytes.len().next_multiple_of(BLOCK)];
        if !blocks.is_ascii() {
            let Some(length) = lower(word, &mut buffer) else { return WordId::UNKNOWN };
            return self.get(&buffer[..length], hash(&buffer[..length]));
        }
        for block in blocks.chunks_exact_mut(BLOCK) {
            block.make_ascii_lowercase();
        }
        let lower = &buffer[..bytes.len()];
        self.get(lower, hash(lower))
    }

    /// The word of a number, in lower case.
    #[inline]
    pub fn word(&self, id: WordId) -> &str {
        let Some(&end) = self.ends.get(id.index()) else { return "" };
        let start = if id.0 == 0 { 0 } else { self.ends[id.index() - 1] };
        &self.text[start as usize..end as usize]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }
}

/// Writes a word in lower case with straight apostrophes; `None` if it does not fit.
fn lower(word: &str, buffer: &mut [u8; LONGEST]) -> Option<usize> {
    let mut length = 0;
    for c in word.chars() {
        for l in if c == '’' { '\'' } else { c }.to_lowercase() {
            let end = length + l.len_utf8();
            l.encode_utf8(buffer.get_mut(length..end)?);
            length = end;
        }
    }
    Some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_what_was_interned() {
        let mut words = Words::default();
        assert!(words.is_empty());
        assert_eq!(words.find("x"), WordId::UNKNOWN);
        let made: Vec<String> = (0..500).map(|i| format!("w{i}")).collect();
        for (i, w) in made.iter().enumerate() {
            assert_eq!(words.intern(w), WordId(i as u32));
            assert_eq!(words.intern(w), WordId(i as u32));
        }
        assert_eq!(words.len(), 500);
        for (i, w) in made.iter().enumerate() {
            assert_eq!(words.find(&w.to_uppercase()), WordId(i as u32));
            assert_eq!(words.word(WordId(i as u32)), w);
        }
        assert_eq!(words.word(WordId::UNKNOWN), "");
    }

    #[test]
    fn case_and_apostrophes_do_not_count() {
        let mut words = Words::default();
        let (clitic, cafe) = (words.intern("'s"), words.intern("café"));
        for (form, want) in [
            ("'S", clitic),
            ("’s", clitic),
            ("CAFÉ", cafe),
            ("cafe", WordId::UNKNOWN),
            ("", WordId::UNKNOWN),
            (&"é".repeat(40), WordId::UNKNOWN),
            (&"İ".repeat(24), WordId::UNKNOWN),
        ] {
            assert_eq!(words.find(form), want, "{form}");
        }
    }
}
