//! TOML → [`Lexicon`]: the embedded files, then the user's, with errors that name file and line.

use super::cue::RawCue;
use super::overlay::{FILES, Place, check_names, overlaid, overlay, places};
use super::phrase::{Phrases, Starts};
use super::{
    BoundSide, Classes, CueForm, Lexicon, NumberRole, Tagger, Word, WordId, Words, line, number, unit,
};
use crate::error::Result;
use schemars::JsonSchema;
use serde::Deserialize;
use std::hash::Hasher;
use std::path::Path;
use toml::Spanned;

/// Word lists and the classes that their words have.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Lists")]
pub(super) struct RawLists {
    /// The lists.
    #[serde(default)]
    pub(super) list: Vec<RawList>,
}

/// A list of words of one sort.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "List")]
pub(super) struct RawList {
    /// Unique in its file. The id of an embedded list replaces that list.
    #[schemars(with = "String")]
    pub(super) id: Spanned<String>,
    /// Takes the embedded list of this id away.
    #[serde(default)]
    pub(super) disabled: bool,
    /// What its words are.
    #[schemars(schema_with = "super::schema::classes")]
    pub(super) classes: Option<Spanned<Vec<String>>>,
    /// Words parted by white space, in any case; `_` stands for a space inside one.
    #[schemars(with = "String")]
    pub(super) words: Option<Spanned<String>>,
}

/// Words that attribute.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Cues")]
pub(super) struct RawCues {
    /// The entries, one a word and part of speech.
    #[serde(default)]
    pub(super) cue: Vec<RawCue>,
}

/// How `onrecord eval` measures.
#[derive(Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
#[schemars(rename = "Measure")]
pub(super) struct RawMeasure {
    /// Words that tell nothing of who a source is, parted by white space: two sources are the same where they share
    /// another word than these.
    pub(super) function_words: String,
}

pub(super) fn load(tagger: Tagger, folder: Option<&Path>) -> Result<Lexicon> {
    if let Some(folder) = folder {
        check_names(folder)?.into_iter().next().map_or(Ok(()), Err)?;
    }
    let mut words = Words::default();
    tagger.intern(&mut words);
    let entries = vec![Word::default(); 1 + words.len()];
    let mut lexicon = Lexicon {
        tagger,
        words,
        entries,
        cues: Vec::new(),
        cue_forms: Vec::new(),
        // the first place among the starts belongs to all the words that begin no phrase
        starts: vec![Starts::default()],
        starts_at: Vec::new(),
        numbers: Vec::new(),
        units: Vec::new(),
        unit_forms: Vec::new(),
        bounds: Vec::new(),
        changes: Vec::new(),
        lines: line::Lines::default(),
        digest: String::new(),
    };
    let (mut numbers, mut units) = (Phrases::default(), Phrases::default());
    let (mut bounds, mut changes) = (Phrases::default(), Phrases::default());
    let mut hasher = rustc_hash::FxHasher::default();
    let mut forms: Vec<(WordId, CueForm)> = Vec::new();
    for (name, embedded) in FILES {
        let places = places(name, embedded, folder)?;
        for place in &places {
            hasher.write(place.text.as_bytes());
        }
        match *name {
            "cues.toml" => load_cues(&places, &mut lexicon, &mut forms)?,
            "numbers.toml" => number::load_numbers(&places, &mut lexicon, &mut numbers)?,
            "units.toml" => unit::load_units(&places, &mut lexicon, &mut units)?,
            "bounds.toml" => number::load_bounds(&places, &mut lexicon, &mut bounds)?,
            "changes.toml" => number::load_changes(&places, &mut lexicon, &mut changes)?,
            "boilerplate.toml" => lexicon.lines = line::load_lines(&places)?,
            // read where it is used; here it only has to be right
            "measure.toml" => places.iter().try_for_each(|place| place.parse::<RawMeasure>().map(drop))?,
            _ => load_lists(&places, &mut lexicon)?,
        }
    }
    lexicon.numbers = numbers.finish(|word, range| lexicon.starts_of(word).numbers = range);
    lexicon.unit_forms = units.finish(|word, range| lexicon.starts_of(word).units = range);
    lexicon.bounds = bounds.finish(|word, range| lexicon.starts_of(word).bounds = range);
    lexicon.changes = changes.finish(|word, range| lexicon.starts_of(word).changes = range);
    lexicon.sum_up_starts();
    forms.sort_by_key(|(w, _)| *w);
    for (i, (word, form)) in forms.iter().enumerate() {
        let entry = &mut lexicon.entries[word.behind_unknown()];
        if entry.cues.0 == entry.cues.1 {
            entry.cues.0 = i as u32;
        }
        entry.cues.1 = i as u32 + 1;
        lexicon.cue_forms.push(*form);
    }
    lexicon.digest = format!("{:08x}", (hasher.finish() >> 32) as u32 ^ hasher.finish() as u32);
    Ok(lexicon)
}

impl Lexicon {
    /// Gives a word further classes.
    pub(super) fn mark(&mut self, word: WordId, classes: Classes) {
        self.entries[word.behind_unknown()].classes |= classes;
    }

    fn starts_of(&mut self, word: WordId) -> &mut Starts {
        if self.starts_at.len() <= word.index() {
            self.starts_at.resize(word.index() + 1, 0);
        }
        let at = &mut self.starts_at[word.index()];
        if *at == 0 {
            *at = self.starts.len() as u32;
            self.starts.push(Starts::default());
        }
        &mut self.starts[*at as usize]
    }

    /// Notes with each first word what its phrases are.
    fn sum_up_starts(&mut self) {
        for start in &mut self.starts {
            let begins = &mut start.begins;
            for phrase in &self.numbers[start.numbers.0 as usize..start.numbers.1 as usize] {
                begins.first.insert(phrase.value.role);
                if phrase.rest.is_empty() {
                    begins.alone.insert(phrase.value.role);
                }
                if phrase.value.role == NumberRole::Idiom {
                    begins.note_opening(&phrase.rest);
                }
            }
            let units = &self.unit_forms[start.units.0 as usize..start.units.1 as usize];
            begins.unit = !units.is_empty();
            for sign in units.iter().filter(|form| form.value.before) {
                begins.sign = true;
                begins.note_opening(&sign.rest);
            }
            for bound in &self.bounds[start.bounds.0 as usize..start.bounds.1 as usize] {
                begins.bounds.insert(bound.value.side);
                if bound.value.side == BoundSide::Before {
                    begins.note_opening(&bound.rest);
                }
            }
            for change in &self.changes[start.changes.0 as usize..start.changes.1 as usize] {
                begins.change = true;
                begins.note_opening(&change.rest);
            }
        }
        // whatever word is past the last that begins a phrase is read as this one
        self.starts_at.push(0);
    }
}

pub(super) fn add(lexicon: &mut Lexicon, word: &str, classes: Classes) -> WordId {
    let id = lexicon.words.intern(word);
    let at = id.behind_unknown();
    if lexicon.entries.len() <= at {
        lexicon.entries.resize(at + 1, Word::default());
    }
    lexicon.entries[at].classes |= classes;
    id
}

impl RawList {
    /// What its words are, or which of the names is none.
    pub(super) fn classes(&self) -> std::result::Result<Classes, String> {
        let mut classes = Classes::empty();
        for name in self.classes.iter().flat_map(Spanned::get_ref) {
            classes |= Classes::named(name).ok_or_else(|| {
                let known: Vec<_> = Classes::all().names().collect();
                format!("unknown class {name:?}; the classes are {}", known.join(", "))
            })?;
        }
        Ok(classes)
    }
}

/// The function words of a file like `data/measure.toml`.
pub(super) fn function_words(folder: Option<&Path>) -> Result<Vec<String>> {
    let (name, embedded) =
        FILES.iter().find(|(name, _)| *name == "measure.toml").copied().unwrap_or_default();
    let places = places(name, embedded, folder)?;
    let measure = places.last().map(Place::parse::<RawMeasure>).transpose()?.unwrap_or_default();
    Ok(measure.function_words.split_whitespace().map(str::to_owned).collect())
}

overlaid! { RawList RawCue }

fn load_lists(places: &[Place], lexicon: &mut Lexicon) -> Result<()> {
    for (list, place) in overlay(places, |f: RawLists| f.list)? {
        let at = || list.classes.as_ref().map_or(list.id.span().start, |c| c.span().start);
        let classes = list.classes().map_err(|m| place.error(at(), m))?;
        for word in list.words.iter().flat_map(|words| words.get_ref().split_whitespace()) {
            add(lexicon, &word.to_lowercase().replace('_', " "), classes);
        }
    }
    Ok(())
}

fn load_cues(places: &[Place], lexicon: &mut Lexicon, forms: &mut Vec<(WordId, CueForm)>) -> Result<()> {
    for (raw, place) in overlay(places, |f: RawCues| f.cue)? {
        let (mut cue, cue_words) = raw.build().map_err(|m| place.error(raw.id.span().start, m))?;
        let class = match cue.pos {
            super::CuePos::Verb => Classes::CUE_VERB,
            super::CuePos::Noun => Classes::CUE_NOUN,
            _ => Classes::CUE_OTHER,
        };
        for (word, inflection) in cue_words {
            let id = add(lexicon, &word, class);
            // the dictionary form is the first
            cue.word = if cue.word.is_known() { cue.word } else { id };
            forms.push((id, CueForm { cue: lexicon.cues.len() as u32, inflection }));
        }
        lexicon.cues.push(cue);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overlaid(files: &[(&str, &str)]) -> Result<Lexicon> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        load(Tagger::embedded(), Some(folder.path()))
    }

    fn has_cue(lexicon: &Lexicon, word: &str) -> bool {
        !lexicon.cue_forms(lexicon.find(word)).is_empty()
    }

    #[test]
    fn embedded_data_load() {
        let lexicon = Lexicon::embedded();
        assert!(has_cue(&lexicon, "SAID"));
        assert_eq!(lexicon.digest().len(), 8);
        // the compiled tables are those of the files, and hold all of them
        let parsed = Lexicon::parsed().unwrap().compiled().unwrap();
        assert!(parsed == crate::embedded::LEXICON && parsed == lexicon.compiled().unwrap());
    }

    #[test]
    fn overlay_replaces_removes_and_appends() {
        let plain = Lexicon::embedded();
        assert!(!has_cue(&plain, "vociferated"));
        let text =
            "[[cue]]\nid = \"vociferate\"\nframes = [\"quote\"]\n[[cue]]\nid = \"say\"\ndisabled = true\n";
        let own = overlaid(&[("cues.toml", text)]).unwrap();
        assert!(has_cue(&own, "vociferated"));
        assert!(!has_cue(&own, "said"));
        assert_ne!(own.digest(), plain.digest());
    }

    #[test]
    fn errors_name_file_and_line() {
        for (name, text, want) in [
            (
                "cues.toml",
                "\n[[cue]]\nid = \"x\"\nframes = [\"quota\"]\n",
                "cues.toml:3: unknown frame \"quota\"",
            ),
            (
                "lists.toml",
                "[[list]]\nid = \"x\"\nclasses = [\"nope\"]\n",
                "lists.toml:3: unknown class \"nope\"",
            ),
            ("cues.toml", "[[cue]]\nid = \"x\"\ncolour = 1\n", "cues.toml:3: unknown field `colour`"),
            ("cue.toml", "", "cue.toml: no rules go by this file name"),
        ] {
            let message = overlaid(&[(name, text)]).unwrap_err().to_string();
            assert!(message.contains(want), "{message}");
        }
    }
}
