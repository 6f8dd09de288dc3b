//! The words: typed entries from `data/*.toml`, embedded, overlaid by the user's own, one look-up a word.
//!
//! Owns [`Lexicon`]. Takes TOML; returns entries. A folder of the same file names overlays the embedded data: an
//! entry of the same id replaces, `disabled = true` removes, a new id appends.

mod class;
mod cue;
mod inflect;
mod line;
mod load;
mod needle;
mod number;
mod overlay;
pub mod pack;
mod packed;
mod pattern;
mod phrase;
pub mod schema;
pub(crate) mod swar;
mod tagger;
mod unit;
mod words;

pub use class::Classes;
pub use cue::{Cue, CuePos, Frames};
pub use inflect::Inflection;
pub use line::Lines;
pub(crate) use line::floor;
pub use number::{
    Begins, BoundPhrase, BoundSide, ChangePos, ChangeWord, NumberRole, NumberWord, Roles, Sides,
};
pub use phrase::Phrase;
pub use tagger::{Case, ROW, ROWS, TagSet, Tagger, Weights};
pub use unit::{Unit, UnitForm, UnitKind};
pub use words::{WordId, Words, spelling};

use crate::error::Result;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// What one look-up of a word tells.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// Its classes.
    pub classes: Classes,
    /// Its cue entries: a range of [`Lexicon::cue_forms`].
    cues: (u32, u32),
}

/// A form of a cue entry.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct CueForm {
    /// Position in [`Lexicon::cues`].
    pub cue: u32,
    /// Which form.
    pub inflection: Inflection,
}

/// All the words that the rules know.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Lexicon {
    #[serde(skip, default = "Tagger::embedded")]
    tagger: Tagger,
    words: Words,
    /// what each word is, behind what an unknown one is
    #[serde(with = "packed")]
    entries: Vec<Word>,
    cues: Vec<Cue>,
    cue_forms: Vec<CueForm>,
    /// Where a word's number, unit, bound and change phrases lie: a position among the starts; 0 for none, as the last
    /// of the table. Apart from the entries, so that the many words that begin none are told by a table small enough to
    /// stay near.
    #[serde(with = "packed")]
    starts_at: Vec<u32>,
    starts: Vec<phrase::Starts>,
    numbers: Vec<Phrase<NumberWord>>,
    units: Vec<Unit>,
    unit_forms: Vec<Phrase<UnitForm>>,
    bounds: Vec<Phrase<BoundPhrase>>,
    changes: Vec<Phrase<ChangeWord>>,
    lines: Lines,
    digest: String,
}

impl Lexicon {
    /// The embedded words.
    ///
    /// # Panics
    /// Never in a built program: a test loads the embedded data.
    pub fn embedded() -> Self {
        postcard::from_bytes(crate::embedded::LEXICON).expect("the embedded data are tested")
    }

    /// The same, from the embedded TOML.
    #[allow(dead_code, reason = "build.rs calls it, and a test")]
    pub(crate) fn parsed() -> Result<Self> {
        load::load(Tagger::embedded(), None)
    }

    /// What [`Lexicon::embedded`] reads; the tagger's tables, which nothing overlays, are a file of their own.
    #[allow(dead_code, reason = "build.rs calls it, and a test")]
    pub(crate) fn compiled(&self) -> postcard::Result<Vec<u8>> {
        postcard::to_allocvec(self)
    }

    /// The embedded words overlaid by the TOML files of a folder.
    ///
    /// # Errors
    /// A usage error naming file and line where an entry is not what it should be.
    pub fn with_rules(folder: &Path) -> Result<Self> {
        load::load(Tagger::embedded(), Some(folder))
    }

    /// The words that say nothing of who a source is, for whoever measures; those of the folder over the embedded ones.
    ///
    /// # Errors
    /// A usage error naming file and line.
    pub fn function_words(folder: Option<&Path>) -> Result<Vec<String>> {
        load::function_words(folder)
    }

    /// The embedded words with another tagger's tables: for its trainer.
    pub fn with_tagger(tagger: Tagger) -> Self {
        load::load(tagger, None).expect("the embedded data are tested")
    }

    /// The tagger's tables; its vocabulary stands first among the words.
    #[inline]
    pub fn tagger(&self) -> &Tagger {
        &self.tagger
    }

    /// Eight hexadecimal digits that change when any entry does.
    pub fn digest(&self) -> &str {
        &self.digest
    }

    /// What short lines are that are no prose.
    pub fn lines(&self) -> &Lines {
        &self.lines
    }

    /// The number of a word written in any case.
    #[inline]
    pub fn find(&self, word: &str) -> WordId {
        self.words.find(word)
    }

    /// The word of a number, in lower case; "" for an unknown one.
    #[inline]
    pub fn word(&self, id: WordId) -> &str {
        self.words.word(id)
    }

    /// What tells its spelling from another word's.
    #[inline]
    pub fn spelling(&self, id: WordId) -> u32 {
        self.words.spelling(id)
    }

    /// The classes of a word by its number.
    #[inline]
    pub fn classes(&self, id: WordId) -> Classes {
        self.entries.get(id.behind_unknown()).map_or(Classes::empty(), |e| e.classes)
    }

    /// The cue entries that a word is a form of.
    #[inline]
    pub fn cue_forms(&self, id: WordId) -> &[CueForm] {
        match self.entries.get(id.behind_unknown()) {
            Some(e) => &self.cue_forms[e.cues.0 as usize..e.cues.1 as usize],
            None => &[],
        }
    }

    /// A cue entry by its position.
    #[inline]
    pub fn cue(&self, position: u32) -> &Cue {
        &self.cues[position as usize]
    }

    /// All the cue entries.
    pub fn cues(&self) -> &[Cue] {
        &self.cues
    }

    #[inline]
    fn starts(&self, id: WordId) -> &phrase::Starts {
        // the first place belongs to the words that begin no phrase: those past the last that begins one have it too, so
        // that nothing is asked of a word but where it stands, which no branch could foretell
        let last = self.starts_at.len().saturating_sub(1);
        let at = std::hint::select_unpredictable(id.index() < last, id.index(), last);
        &self.starts[self.starts_at[at] as usize]
    }

    /// What a word may begin of numbers, units, bounds and movements.
    #[inline]
    pub fn begins(&self, id: WordId) -> &Begins {
        &self.starts(id).begins
    }

    /// The number words that begin with a word, longest first.
    #[inline]
    pub fn numbers(&self, id: WordId) -> &[Phrase<NumberWord>] {
        let (start, end) = self.starts(id).numbers;
        &self.numbers[start as usize..end as usize]
    }

    /// The forms of units that begin with a word, longest first.
    #[inline]
    pub fn unit_forms(&self, id: WordId) -> &[Phrase<UnitForm>] {
        let (start, end) = self.starts(id).units;
        &self.unit_forms[start as usize..end as usize]
    }

    /// The bounds that begin with a word, longest first.
    #[inline]
    pub fn bounds(&self, id: WordId) -> &[Phrase<BoundPhrase>] {
        let (start, end) = self.starts(id).bounds;
        &self.bounds[start as usize..end as usize]
    }

    /// The words of movement that begin with a word, longest first.
    #[inline]
    pub fn changes(&self, id: WordId) -> &[Phrase<ChangeWord>] {
        let (start, end) = self.starts(id).changes;
        &self.changes[start as usize..end as usize]
    }

    /// All the units.
    pub fn units(&self) -> &[Unit] {
        &self.units
    }

    /// The table of words.
    pub fn words(&self) -> &Words {
        &self.words
    }
}
