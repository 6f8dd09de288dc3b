//! The tagger's tables: which tags a word may have, and the weights that choose among them.
//!
//! Owns [`Tagger`]. Its vocabulary comes first in the lexicon's table of words, so that a [`WordId`] below
//! [`Tagger::len`] indexes its tables. Tags are numbers here; [`crate::text`] gives them names. The tables are made
//! by the example `train_tagger` and read in place: loading parses no word and copies no weight.

use super::Words;
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

/// The weights: rows of bytes, each so much more than nought as it is more than 128. A feature owns a row and a turn in
/// it; see [`crate::text::tag`].
pub type Weights = [u8; ROWS * ROW];

/// Weights a row.
pub const ROW: usize = 64;

/// How many rows there are: a power of two.
pub const ROWS: usize = 1 << 14;

/// What the tagger knows of words, and its weights.
#[derive(Clone, Debug)]
pub struct Tagger {
    words: Cow<'static, str>,
    length: u32,
    /// the tags of each set as bits
    sets: Vec<u64>,
    /// for each set, its tag if it has but one, else 0
    only: [u8; 256],
    /// for each word, its set in each case
    cases: Cow<'static, [u8]>,
    weights: Cow<'static, [u8]>,
}

/// Bytes that begin where a line of the cache does.
#[repr(C, align(64))]
struct Aligned<T: ?Sized>(T);

static WORDS: &str = include_str!("../../data/tagger/words.txt");
/// The weights come first, so that no row lies in two lines of the cache.
static MODEL: &Aligned<[u8]> = &Aligned(*include_bytes!("../../data/tagger/model.bin"));

impl Tagger {
    /// The embedded tables.
    ///
    /// # Panics
    /// Never in a built program: a test loads the embedded data.
    pub fn embedded() -> Self {
        Self::read(WORDS, &MODEL.0).expect("the embedded data are tested")
    }

    /// Tables as the trainer makes them, without weights: words in lower case, the set of each word in each [`Case`].
    pub fn new(words: &[String], sets: Vec<u64>, cases: Vec<[u8; 3]>) -> Self {
        Self {
            words: words.iter().map(|w| format!("{w}\n")).collect::<String>().into(),
            length: words.len() as u32,
            only: only(&sets),
            sets,
            cases: cases.into_iter().chain([[0; 3]]).flatten().collect(),
            weights: vec![128; ROWS * ROW].into(),
        }
    }

    /// The same words with other weights: [`ROWS`] rows of them.
    #[must_use]
    pub fn with_weights(&self, mut weights: Vec<u8>) -> Self {
        weights.resize(ROWS * ROW, 128);
        Self { weights: weights.into(), ..self.clone() }
    }

    /// The two files: the words, one a line; and the weights, the sets with their number before them, each word's sets.
    pub fn files(&self) -> (String, Vec<u8>) {
        let mut model = self.weights.to_vec();
        model.push(self.sets.len() as u8);
        for set in &self.sets {
            model.extend(set.to_le_bytes());
        }
        model.extend(&*self.cases);
        (self.words.clone().into_owned(), model)
    }

    fn read(words: &'static str, model: &'static [u8]) -> Option<Self> {
        let length = words.bytes().filter(|&b| b == b'\n').count();
        let (weights, model) = model.split_at_checked(ROWS * ROW)?;
        let (&sets, model) = model.split_first()?;
        let (sets, cases) = model.split_at_checked(sets as usize * 8)?;
        let sets: Vec<u64> = sets.as_chunks::<8>().0.iter().map(|b| u64::from_le_bytes(*b)).collect();
        (cases.len() == (length + 1) * 3).then(|| Self {
            words: words.into(),
            length: length as u32,
            only: only(&sets),
            sets,
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

    /// For each word, its set in each [`Case`]; [`TagSet::OPEN`] where it is not known well. After the last word, what a
    /// word has that is not known at all.
    #[inline]
    pub fn cases(&self) -> &[[u8; 3]] {
        self.cases.as_chunks().0
    }

    /// The tag of a set that has but one; 0 for the others.
    #[inline]
    pub fn only(&self, set: TagSet) -> u8 {
        self.only[set.0 as usize]
    }

    /// The tags of a set, as bits.
    #[inline]
    pub fn tags(&self, set: TagSet) -> u64 {
        self.sets.get(set.0 as usize).copied().unwrap_or(0)
    }

    /// The weights.
    #[inline]
    pub fn weights(&self) -> &Weights {
        self.weights.first_chunk().expect("no fewer are ever read or made")
    }
}

/// For each set, its tag if it has but one, else 0.
fn only(sets: &[u64]) -> [u8; 256] {
    let mut only = [0; 256];
    for (only, set) in only.iter_mut().zip(sets).filter(|(_, set)| set.is_power_of_two()) {
        *only = set.trailing_zeros() as u8;
    }
    only
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_read_back() {
        let made = Tagger::new(&["a".into(), "b".into()], vec![6, 4], vec![[0, 1, 1], [1, 0, 0]]);
        let (words, model) = made.with_weights(vec![7; ROWS * ROW]).files();
        let read = Tagger::read(words.leak(), model.leak()).unwrap();
        assert_eq!((read.len(), read.weights()[ROWS * ROW - 1]), (2, 7));
        assert_eq!(read.cases(), [[0, 1, 1], [1, 0, 0], [0, 0, 0]]);
        assert_eq!((read.tags(TagSet(0)), read.tags(TagSet(1)), read.tags(TagSet(2))), (6, 4, 0));
        assert_eq!((read.only(TagSet(0)), read.only(TagSet(1)), read.only(TagSet(255))), (0, 2, 0));
    }

    #[test]
    fn embedded_data_load() {
        let tagger = Tagger::embedded();
        let mut words = Words::default();
        tagger.intern(&mut words);
        assert_eq!(words.len(), tagger.len() as usize, "a word stands twice");
    }
}
