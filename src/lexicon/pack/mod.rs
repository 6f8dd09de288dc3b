//! A folder of a user's own rules, looked at entry by entry: all that is wrong with it, not only the first thing.
//!
//! Takes the folder; returns [`Pack`]: what is wrong, what is odd, the examples that entries give and the forms that
//! they hope to find in texts. Whether the examples hold and texts are ever cut into such forms, the caller sees by
//! running articles.

mod entry;
mod file;

use self::file::File;
use super::Lexicon;
use super::line::RawLines;
use super::load::{RawCues, RawLists, RawMeasure};
use super::number::{RawBounds, RawChanges, RawNumbers};
use super::overlay::{FILES, Place, check_names};
use super::unit::RawUnits;
use crate::error::{Error, Result};
use crate::vocabulary::{BlockKind, Bound, Direction};
use crate::whole;
use rustc_hash::FxHashMap;
use std::path::{Path, PathBuf};

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1; none where it is about the file.
    pub line: Option<usize>,
}

/// What there is to say of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Where.
    pub at: At,
    /// Whether it is wrong, rather than odd.
    pub wrong: bool,
    /// What, with the remedy.
    pub message: String,
}

/// What an entry makes where it counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Makes {
    /// Attributions by a cue of this lemma.
    Cue(String),
    /// Claims in this unit.
    Unit(String),
    /// Claims with this bound.
    Bound(Bound),
    /// Claims that move this way.
    Change(Direction),
    /// Claims in whose text one of these words stands.
    Number(Vec<String>),
    /// A block of this kind.
    Line(BlockKind),
}

/// A text that an entry gives as its example.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// Where it stands.
    pub at: At,
    /// The entry's id.
    pub id: String,
    /// The text.
    pub text: String,
    /// Whether the entry must count in it, or must not.
    pub must: bool,
    /// What it makes where it counts.
    pub makes: Makes,
}

/// A form that an entry hopes to find in texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    /// Where it stands.
    pub at: At,
    /// As texts write it.
    pub form: String,
    /// Whether it comes after a number, as units do: what makes of it.
    pub unit: Option<String>,
}

/// A folder of rules.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// What there is to say.
    pub remarks: Vec<Remark>,
    /// What entries give as examples.
    pub examples: Vec<Example>,
    /// What entries hope to find.
    pub wanted: Vec<Wanted>,
    /// How many entries are new, replace an embedded one, take one away.
    pub counts: [usize; 3],
}

/// Reads a folder of rules and says all that there is to say.
///
/// # Errors
/// The folder cannot be read.
pub fn read(folder: &Path) -> Result<Pack> {
    let mut pack = Pack::default();
    for e in check_names(folder)? {
        pack.tell(&e);
    }
    let embedded = Lexicon::embedded();
    let mut listed = FxHashMap::default();
    for (name, embedded_text) in FILES {
        let path = folder.join(name);
        let text = match whole::read(&path, whole::RULES) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => continue,
            Err(e) => {
                pack.tell(&Error::usage(format!("cannot be read ({e})")).in_file(&path));
                continue;
            }
        };
        let place = Place { path, text };
        let table = |text: &str| text.parse::<toml::Table>().unwrap_or_default();
        let ours = table(embedded_text);
        let mut file = File { place: &place, theirs: table(&place.text), ours, pack: &mut pack };
        let read = match *name {
            "cues.toml" => file.parse(|f: RawCues| f.cue, "cue").map(|cues| file.beside(&cues, &embedded)),
            "numbers.toml" => file.parse(|f: RawNumbers| f.number, "number").map(drop),
            "bounds.toml" => file.parse(|f: RawBounds| f.bound, "bound").map(drop),
            "changes.toml" => file.parse(|f: RawChanges| f.change, "change").map(drop),
            "boilerplate.toml" => file.parse(|f: RawLines| f.line, "line").map(drop),
            "measure.toml" => place.parse::<RawMeasure>().map(drop),
            "units.toml" => file
                .parse(|f: RawUnits| f.prefix, "prefix")
                .and_then(|_| file.parse(|f: RawUnits| f.unit, "unit"))
                .map(drop),
            _ => file
                .parse(|f: RawLists| f.list, "list")
                .map(|lists| file.repeated(&lists, &embedded, &mut listed)),
        };
        if let Err(e) = read {
            pack.tell(&e);
        }
    }
    Ok(pack)
}

impl Pack {
    fn tell(&mut self, e: &Error) {
        let at = At { file: e.file().map_or_else(PathBuf::new, Path::to_owned), line: e.line() };
        self.remarks.push(Remark { at, wrong: true, message: e.message().to_owned() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remarks(files: &[(&str, &str)]) -> Vec<String> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        let pack = read(folder.path()).unwrap();
        let told = |r: &Remark| {
            let file = r.at.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            format!("{file}:{}: {}", r.at.line.unwrap_or(0), r.message)
        };
        pack.remarks.iter().map(told).collect()
    }

    #[test]
    fn all_that_is_odd_is_told() {
        let cues = "[[cue]]\nid = \"Blurt\"\nframes = [\"that\"]\n[[cue]]\nid = \"saay\"\ndisabled = true\n\
                    [[cue]]\nid = \"grunt_out\"\n[[cue]]\nid = \"say/2\"\nframes = [\"that\"]\n";
        let lists = "[[list]]\nid = \"mine\"\nclasses = [\"title\"]\nwords = \"\"\"\nmagister\nMr. magister\n\"\"\"\n";
        let lines = "[[line]]\nid = \"a\"\npatterns = ['Read more', '(“x”|y)', '“x”', '(?i)Read', '(']\n";
        let got = remarks(&[
            ("cues.toml", cues),
            ("people.toml", lists),
            ("boilerplate.toml", lines),
            ("cue.toml", ""),
        ]);
        for want in [
            "cue.toml:0: no rules go by this file name",
            "cues.toml:2: \"Blurt\" never matches \"Blurt\": cues are looked up in small letters",
            "cues.toml:5: takes \"saay\" away, but no embedded entry has this id; do you mean \"say\"?",
            "cues.toml:8: \"grunt_out\" has no `frames`",
            "cues.toml:8: \"grunt_out\" never matches \"grunt_out\": a cue is one word",
            "cues.toml:10: \"say/2\" shadows the embedded cue \"say\"",
            "people.toml:6: \"Mr.\" has the classes of \"mine\" already",
            "people.toml:6: \"magister\" stands twice",
            "boilerplate.toml:3: \"a\" never matches: it wants \"Read more\", but a line's letters are made small",
            "boilerplate.toml:3: \"a\" never matches: it wants \"“x”\", but a line's quotation marks",
            "boilerplate.toml:3: \"a\" this is no regular expression",
        ] {
            assert!(got.iter().any(|line| line.starts_with(want)), "{want}\n{got:#?}");
        }
        assert_eq!(got.iter().filter(|line| line.contains("never matches: it wants")).count(), 2, "{got:#?}");
    }
}
