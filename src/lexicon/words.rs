//! The table of words: one look-up a word.

use rustc_hash::FxHashMap;

/// The number of a word in the lexicon.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
#[derive(Clone, Debug, Default)]
pub struct Words {
    ids: FxHashMap<Box<str>, WordId>,
    list: Vec<Box<str>>,
}

const LONGEST: usize = 48;

impl Words {
    /// The number of a lower-case word, given anew if need be.
    pub(super) fn intern(&mut self, word: &str) -> WordId {
        if let Some(&id) = self.ids.get(word) {
            return id;
        }
        let id = WordId(self.list.len() as u32);
        self.list.push(word.into());
        self.ids.insert(word.into(), id);
        id
    }

    /// The number of a word written in any case. A typographic apostrophe counts as a straight one.
    #[inline]
    pub fn find(&self, word: &str) -> WordId {
        let bytes = word.as_bytes();
        if bytes.len() > LONGEST {
            return WordId::UNKNOWN;
        }
        if !word.is_ascii() {
            return self.find_unicode(word);
        }
        let mut buffer = [0u8; LONGEST];
        let lower = &mut buffer[..bytes.len()];
        for (to, from) in lower.iter_mut().zip(bytes) {
            *to = from.to_ascii_lowercase();
        }
        let Ok(lower) = std::str::from_utf8(lower) else { return WordId::UNKNOWN };
        self.ids.get(lower).copied().unwrap_or(WordId::UNKNOWN)
    }

    #[cold]
    fn find_unicode(&self, word: &str) -> WordId {
        let lower: String =
            word.chars().flat_map(|c| if c == '’' { '\'' } else { c }.to_lowercase()).collect();
        self.ids.get(lower.as_str()).copied().unwrap_or(WordId::UNKNOWN)
    }

    /// The word of a number, in lower case.
    pub fn word(&self, id: WordId) -> &str {
        self.list.get(id.index()).map_or("", |w| w)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }
}
