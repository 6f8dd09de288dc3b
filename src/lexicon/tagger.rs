//! The tagger's tables: which tags a word may have, and the weights that choose among them.
//!
//! Owns [`Tagger`]. Its vocabulary comes first in the lexicon's table of words, so that a [`WordId`] below
//! [`Tagger::len`] indexes its tables. Tags are numbers here; [`crate::text`] gives them names. The tables are made
//! by the example `train_tagger` and read in place: loading parses no word and copies no weight.

use super::{WordId, Words};
use std::borrow::Cow;

/// What a word's case tells in its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// written without a capital
    Lower,
    /// a capital that the word itself calls for
    Capital,
    /// a capital that its place calls for: it opens a sentence, or stands in a headline
    Uncertain,
}

/// The number of a set of tags; the sets are the tagger's ambiguity classes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TagSet(pub u8);

impl TagSet {
    /// Any tag of an open class: what an unknown word may have.
    pub const OPEN: Self = Self(0);
}

/// A row of weights. A feature owns a row and a turn in it; see [`crate::text::tag`].
pub type Row = [u8; ROW];

/// Bytes a row.
pub const ROW: usize = 64;

/// What the tagger knows of words, and its weights.
#[derive(Clone, Debug)]
pub struct Tagger {
    words: Cow<'static, str>,
    length: u32,
    /// the tags of each set as bits
    sets: Vec<u64>,
    /// for each word, its set in each case
    cases: Cow<'static, [u8]>,
    /// rows of signed bytes, a power of two of them
    weights: Cow<'static, [u8]>,
}

static WORDS: &str = include_str!("../../data/tagger/words.txt");
static MODEL: &[u8] = include_bytes!("../../data/tagger/model.bin");

impl Tagger {
    /// The embedded tables.
    ///
    /// # Panics
    /// Never in a built program: a test loads the embedded data.
    pub fn embedded() -> Self {
        Self::read(WORDS, MODEL).expect("the embedded data are tested")
    }

    /// Tables as the trainer makes them: words in lower case, the set of each word in each [`Case`], rows of weights.
    pub fn new(words: &[String], sets: Vec<u64>, cases: Vec<[u8; 3]>, weights: Vec<u8>) -> Self {
        Self {
            words: words.iter().map(|w| format!("{w}\n")).collect::<String>().into(),
            length: words.len() as u32,
            sets,
            cases: cases.concat().into(),
            weights: weights.into(),
        }
    }

    /// The same words with other weights.
    #[must_use]
    pub fn with_weights(&self, weights: Vec<u8>) -> Self {
        Self { weights: weights.into(), ..self.clone() }
    }

    /// The two files: the words, one a line; and the sets with their number before them, each word's sets, the weights.
    pub fn files(&self) -> (String, Vec<u8>) {
        let mut model = vec![self.sets.len() as u8];
        for set in &self.sets {
            model.extend(set.to_le_bytes());
        }
        model.extend(&*self.cases);
        model.extend(&*self.weights);
        (self.words.clone().into_owned(), model)
    }

    fn read(words: &'static str, model: &'static [u8]) -> Option<Self> {
        let length = words.bytes().filter(|&b| b == b'\n').count();
        let (&sets, model) = model.split_first()?;
        let (sets, model) = model.split_at_checked(sets as usize * 8)?;
        let (cases, weights) = model.split_at_checked(length * 3)?;
        let rows = weights.len() / ROW;
        (rows.is_power_of_two() && weights.len() == rows * ROW).then(|| Self {
            words: words.into(),
            length: length as u32,
            sets: sets.as_chunks::<8>().0.iter().map(|b| u64::from_le_bytes(*b)).collect(),
            cases: cases.into(),
            weights: weights.into(),
        })
    }

    /// Puts the vocabulary into a table of words that is still empty.
    pub(super) fn intern(&self, table: &mut Words) {
        debug_assert!(table.is_empty());
        table.reserve(self.length as usize * 2);
        for word in self.words.lines() {
            table.intern(word);
        }
    }

    /// How many words it knows.
    pub fn len(&self) -> u32 {
        self.length
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// The set of a word; [`TagSet::OPEN`] for one that it does not know well.
    #[inline]
    pub fn set_of(&self, word: WordId, case: Case) -> TagSet {
        let known = word.0 < self.length;
        let set = known.then(|| self.cases.get(word.index() * 3 + case as usize)).flatten();
        set.map_or(TagSet::OPEN, |&set| TagSet(set))
    }

    /// The tags of a set, as bits.
    #[inline]
    pub fn tags(&self, set: TagSet) -> u64 {
        self.sets.get(set.0 as usize).copied().unwrap_or(0)
    }

    /// The rows of weights.
    #[inline]
    pub fn rows(&self) -> &[Row] {
        self.weights.as_chunks::<ROW>().0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_read_back() {
        let made =
            Tagger::new(&["a".into(), "b".into()], vec![6, 2], vec![[0, 1, 1], [1, 0, 0]], vec![7; 128]);
        let (words, model) = made.files();
        let read = Tagger::read(words.leak(), model.leak()).unwrap();
        assert_eq!((read.len(), read.rows().len()), (2, 2));
        assert_eq!(read.set_of(WordId(0), Case::Capital), TagSet(1));
        assert_eq!(read.set_of(WordId(2), Case::Lower), TagSet::OPEN);
        assert_eq!(read.set_of(WordId::UNKNOWN, Case::Uncertain), TagSet::OPEN);
        assert_eq!(read.tags(TagSet(1)), 2);
    }

    #[test]
    fn embedded_data_load() {
        let tagger = Tagger::embedded();
        let mut words = Words::default();
        tagger.intern(&mut words);
        assert_eq!(words.len(), tagger.len() as usize, "a word stands twice");
    }
}
