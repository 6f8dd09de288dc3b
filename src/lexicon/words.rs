//! The table of words: one look-up a word, in lower case, without allocation.

use super::{packed, swar};
use serde::{Deserialize, Serialize};

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

    /// Position in a table whose first place is for unknown words: which words are unknown no branch could foretell, so that
    /// they have a place like the others.
    #[inline]
    pub(super) fn behind_unknown(self) -> usize {
        self.0.wrapping_add(1) as usize
    }

    /// One bit of 64 that it shares with few words: a set of such bits tells nearly always that it holds no such word.
    #[inline]
    pub const fn bit(self) -> u64 {
        1 << (self.0 % u64::BITS)
    }
}

/// Lower-case words and their numbers.
///
/// An open-addressed table of words' numbers, each with some bits of its word's hash, so that hardly ever a second word is
/// looked at. Keys stand in the words' order, the frequent ones together: what news asks for stays near. A key holds a
/// word's first eight bytes: a word of eight or fewer, as nearly all are, is found without a look at its text. All the
/// words are one string, so that none is allocated by itself.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Words {
    text: String,
    /// where each word ends in `text`
    #[serde(with = "packed")]
    ends: Vec<u32>,
    /// each word's [`spelling`] behind that of an unknown one: its place is [`WordId::behind_unknown`]
    #[serde(with = "packed")]
    spellings: Vec<u32>,
    /// each word's key
    #[serde(with = "packed")]
    keys: Vec<Key>,
    /// a power of two, at most half of them full: zero, or in as many bits as count them one more than a word's number,
    /// and before these the [`Key::hash`] without its first so many bits
    #[serde(with = "packed")]
    slots: Vec<u32>,
}

/// What a word is looked up by: all of it, if it has at most eight bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Key {
    /// its first eight bytes
    pub(super) head: u64,
    /// its length, or [`LONG`] and a hash of what follows those
    pub(super) rest: u32,
}

/// The length up to which a key is all of a word.
const SHORT: usize = 8;
/// Set in keys that are not.
const LONG: u32 = 1 << 31;
/// An odd number whose bits look random.
const MIX: u64 = 0x9e37_79b9_7f4a_7c15;

impl Key {
    /// Of a word whose bytes `eight` gives from an offset on, in lower case, and zeros past its end.
    #[inline]
    fn of(length: usize, eight: impl Fn(usize) -> u64) -> Self {
        let head = eight(0);
        if length <= SHORT {
            return Self { head, rest: length as u32 };
        }
        let mut hash = 0;
        for at in (SHORT..length).step_by(8) {
            hash = (hash ^ eight(at)).wrapping_mul(MIX).rotate_left(32);
        }
        Self { head, rest: hash as u32 | LONG }
    }

    /// Where it is looked for first, as a fraction of 2^32.
    #[inline(always)]
    fn hash(self) -> u32 {
        let rest = if self.rest & LONG == 0 { 0 } else { u64::from(self.rest) };
        ((self.head ^ rest).wrapping_mul(MIX) >> 32) as u32
    }
}

/// The longest word in bytes that is looked up.
const LONGEST: usize = 48;

/// What tells a word's spelling from another's by 32 bits that depend on all of its bytes; known when the program is
/// built where the word is. Eight bytes at a time; what is left over as two halves that may overlap.
#[inline]
pub const fn spelling(bytes: &[u8]) -> u32 {
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
    ((hash ^ hash >> 32).wrapping_mul(MIXER) >> 32) as u32
}

/// An odd number of well mixed bits.
const MIXER: u64 = 0x9e37_79b9_7f4a_7c15;

#[inline]
const fn mix(hash: u64, more: u64) -> u64 {
    (hash.rotate_left(23) ^ more).wrapping_mul(MIXER)
}

impl Default for Words {
    fn default() -> Self {
        Self {
            text: String::new(),
            ends: Vec::new(),
            spellings: vec![spelling(b"")],
            keys: Vec::new(),
            slots: Vec::new(),
        }
    }
}

impl Words {
    /// Makes room for so many more words.
    pub(super) fn reserve(&mut self, words: usize) {
        self.ends.reserve(words);
        self.spellings.reserve(words);
        self.keys.reserve(words);
        self.text.reserve(words * 9);
        self.grow((self.ends.len() + words) * 2);
    }

    fn grow(&mut self, least: usize) {
        let size = least.next_power_of_two().max(64);
        if size <= self.slots.len() {
            return;
        }
        self.slots = vec![0; size];
        for word in 0..self.keys.len() {
            self.put(word);
        }
    }

    /// How many bits count the slots.
    #[inline(always)]
    fn bits(&self) -> u32 {
        self.slots.len().trailing_zeros()
    }

    fn put(&mut self, word: usize) {
        let (bits, mask) = (self.bits(), self.slots.len() - 1);
        let hash = self.keys[word].hash();
        let mut at = (hash >> (u32::BITS - bits)) as usize;
        while self.slots[at] != 0 {
            at = (at + 1) & mask;
        }
        self.slots[at] = hash << bits | (word as u32 + 1);
    }

    /// The word of a key; of a long one, the one whose text past its head is the `same`.
    #[inline(always)]
    fn get(&self, key: Key, same: impl Fn(&[u8]) -> bool) -> WordId {
        let Some(mask) = self.slots.len().checked_sub(1) else { return WordId::UNKNOWN };
        let (bits, hash) = (self.bits(), key.hash());
        let mut at = (hash >> (u32::BITS - bits)) as usize;
        loop {
            // nearly always the first slot is the word's, so that this is asked before whether there is any
            let slot = self.slots[at & mask];
            let word = slot ^ hash << bits;
            if word >> bits == 0 {
                // of an empty slot, none
                let word = WordId(word.wrapping_sub(1));
                if self.keys.get(word.index()) == Some(&key)
                    && (key.rest & LONG == 0 || same(&self.word(word).as_bytes()[SHORT..]))
                {
                    return word;
                }
            }
            if slot == 0 {
                return WordId::UNKNOWN;
            }
            at += 1;
        }
    }

    /// The number of a lower-case word, given anew if need be.
    pub(super) fn intern(&mut self, word: &str) -> WordId {
        let bytes = word.as_bytes();
        let key = Key::of(bytes.len(), |at| swar::load(&bytes[at..]));
        let found = self.get(key, |rest| rest == &bytes[SHORT..]);
        if found.is_known() {
            return found;
        }
        let id = WordId(self.ends.len() as u32);
        self.text.push_str(word);
        self.ends.push(self.text.len() as u32);
        self.spellings.push(spelling(word.as_bytes()));
        self.keys.push(key);
        let slots = self.slots.len();
        self.grow(self.ends.len() * 2);
        if slots == self.slots.len() {
            self.put(id.index());
        }
        id
    }

    /// The number of a word written in any case. A typographic apostrophe counts as a straight one.
    #[inline(never)]
    pub fn find(&self, word: &str) -> WordId {
        let bytes = word.as_bytes();
        if bytes.len() > LONGEST {
            return WordId::UNKNOWN;
        }
        if !bytes.is_ascii() {
            return self.find_folded(word);
        }
        let key = Key::of(bytes.len(), |at| swar::lower(swar::load(&bytes[at..])));
        self.get(key, |rest| rest.eq_ignore_ascii_case(&bytes[SHORT..]))
    }

    /// The same of a part of a text, which is known the faster for what stands behind it.
    #[inline]
    pub(crate) fn find_within(&self, text: &str, from: usize, to: usize) -> WordId {
        const APOSTROPHE: u64 = u64::from_le_bytes(*b"\xe2\x80\x99\0\0\0\0\0");
        if let Some(eight) = text.as_bytes()[from..].first_chunk()
            && to - from <= SHORT
        {
            let mut length = to - from;
            let mut head = swar::first(u64::from_le_bytes(*eight), length);
            if head & 0xff_ffff == APOSTROPHE {
                // the two bytes that it has more than a straight one
                head = head >> 16 & !0xff | u64::from(b'\'');
                length -= 2;
            }
            if head & swar::HIGH == 0 {
                return self.find_short(swar::lower(head), length);
            }
        }
        self.find(&text[from..to])
    }

    /// The number of a word of at most eight bytes, of ASCII in lower case, that is given in one register.
    #[inline(always)]
    pub(crate) fn find_short(&self, head: u64, length: usize) -> WordId {
        self.get(Key { head, rest: length as u32 }, |_| true)
    }

    /// The number of a word of at most sixteen bytes, of ASCII in lower case, that is given in two.
    pub(crate) fn find_halves(&self, head: u64, tail: u64, length: usize) -> WordId {
        if length <= SHORT {
            return self.find_short(head, length);
        }
        let key = Key::of(length, |at| if at == 0 { head } else { tail });
        self.get(key, |rest| rest.len() + SHORT == length && swar::load(rest) == tail)
    }

    /// The number of a word that is not all ASCII.
    #[inline(never)]
    fn find_folded(&self, word: &str) -> WordId {
        let mut buffer = [0u8; LONGEST];
        let Some(length) = lower(word, &mut buffer) else { return WordId::UNKNOWN };
        let folded = &buffer[..length];
        let key = Key::of(length, |at| swar::load(&folded[at..]));
        self.get(key, |rest| rest == &folded[SHORT..])
    }

    /// The word of a number, in lower case.
    #[inline]
    pub fn word(&self, id: WordId) -> &str {
        let Some(&end) = self.ends.get(id.index()) else { return "" };
        let start = if id.0 == 0 { 0 } else { self.ends[id.index() - 1] };
        &self.text[start as usize..end as usize]
    }

    /// The [`spelling`] of a word by its number.
    #[inline]
    pub fn spelling(&self, id: WordId) -> u32 {
        self.spellings.get(id.behind_unknown()).map_or(const { spelling(b"") }, |&spelling| spelling)
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
        let c = if c == '’' { '\'' } else { c };
        if c.is_ascii() {
            *buffer.get_mut(length)? = c.to_ascii_lowercase() as u8;
            length += 1;
            continue;
        }
        for l in c.to_lowercase() {
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
            assert_eq!(words.spelling(WordId(i as u32)), spelling(w.as_bytes()));
        }
        assert_eq!(words.word(WordId::UNKNOWN), "");
        assert_eq!(words.spelling(WordId::UNKNOWN), spelling(b""));
    }

    #[test]
    fn case_and_apostrophes_do_not_count() {
        let mut words = Words::default();
        let (clitic, cafe) = (words.intern("'s"), words.intern("café"));
        let long = words.intern("internationalization");
        for (form, want) in [
            ("'S", clitic),
            ("’s", clitic),
            ("CAFÉ", cafe),
            ("cafe", WordId::UNKNOWN),
            ("Internationalization", long),
            ("internationalisation", WordId::UNKNOWN),
            ("internat", WordId::UNKNOWN),
            ("’x", WordId::UNKNOWN),
            ("’", WordId::UNKNOWN),
            ("'s\0", WordId::UNKNOWN),
            ("", WordId::UNKNOWN),
            (&"é".repeat(40), WordId::UNKNOWN),
            (&"İ".repeat(24), WordId::UNKNOWN),
        ] {
            assert_eq!(words.find(form), want, "{form}");
            let text = format!("é{form}s, and so on");
            assert_eq!(words.find_within(&text, 2, 2 + form.len()), want, "{form}");
        }
    }
}
