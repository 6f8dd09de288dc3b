//! Folders and files → the fixtures in them, by the path of their name.

use crate::error::{Error, Result};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// An article and what is expected of it: the files of one name.
#[derive(Clone, Debug, Default)]
pub(super) struct Fixture {
    /// `NAME.txt` or `NAME.article.json`.
    pub(super) article: Option<PathBuf>,
    /// `NAME.json`, the whole record.
    pub(super) expected: Option<PathBuf>,
    /// `NAME.expect.toml`, parts of it.
    pub(super) partial: Option<PathBuf>,
}

/// What the file of a name is by its ending. An ending stands before those that it ends in.
#[derive(Clone, Copy)]
enum Part {
    Article,
    Expected,
    Partial,
}

const ENDINGS: [(&str, Part); 4] = [
    (".article.json", Part::Article),
    (".expect.toml", Part::Partial),
    (".txt", Part::Article),
    (".json", Part::Expected),
];

/// The fixtures of folders and single files.
pub(super) fn find(inputs: &[PathBuf]) -> Result<BTreeMap<PathBuf, Fixture>> {
    let mut fixtures: BTreeMap<PathBuf, Fixture> = BTreeMap::new();
    for input in inputs {
        let mut found = false;
        let meta = std::fs::metadata(input)
            .map_err(|e| Error::usage(format!("cannot be read ({e}); check the path")).in_file(input))?;
        if meta.is_dir() {
            for entry in WalkDir::new(input).sort_by_file_name() {
                let entry = entry.map_err(|e| Error::usage(format!("cannot be looked into ({e})")))?;
                if entry.file_type().is_file() {
                    found |= put(entry.path(), &mut fixtures)?.is_some();
                }
            }
        } else if let Some(name) = put(input, &mut fixtures)? {
            found = true;
            // one file of a fixture stands for all
            for (ending, _) in ENDINGS {
                let path = with_ending(&name, ending);
                if path.is_file() {
                    put(&path, &mut fixtures)?;
                }
            }
        }
        if !found {
            let message = "holds no fixture: NAME.txt or NAME.article.json, with the expected record NAME.json or \
                           what is expected at least, NAME.expect.toml";
            return Err(Error::usage(message).in_file(input));
        }
    }
    Ok(fixtures)
}

/// A fixture's file.
pub(super) fn with_ending(name: &Path, ending: &str) -> PathBuf {
    let mut path = name.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

/// Puts a file where it belongs; returns the name of its fixture.
fn put(path: &Path, fixtures: &mut BTreeMap<PathBuf, Fixture>) -> Result<Option<PathBuf>> {
    let found = path.file_name().and_then(|file| {
        let file = file.to_str()?;
        ENDINGS.iter().find_map(|(ending, part)| Some((file.strip_suffix(ending)?, *part)))
    });
    let Some((stem, part)) = found else { return Ok(None) };
    let name = path.with_file_name(stem);
    let fixture = fixtures.entry(name.clone()).or_default();
    let slot = match part {
        Part::Article => &mut fixture.article,
        Part::Expected => &mut fixture.expected,
        Part::Partial => &mut fixture.partial,
    };
    if let Some(other) = slot.as_ref().filter(|other| *other != path) {
        let message = format!("is the article of the same fixture as {}; keep one of them", other.display());
        return Err(Error::usage(message).in_file(path));
    }
    *slot = Some(path.to_owned());
    Ok(Some(name))
}
