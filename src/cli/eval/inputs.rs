//! What is measured against what: folders of annotations, and files of records.

use crate::cli::records::Lines;
use crate::error::{Error, Result};
use crate::record::{OffsetUnit, Record};
use crate::whole;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// How annotations are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    /// brat standoff: source, cue and content
    Brat,
    /// TOML that tells every field
    Fields,
}

/// Annotated articles.
pub(super) struct Gold {
    pub(super) format: Format,
    /// text and annotation by the article's name
    pub(super) files: BTreeMap<String, (PathBuf, PathBuf)>,
}

/// A file's text.
pub(super) fn read(path: &Path) -> Result<String> {
    whole::read(path, whole::FILE).map_err(|e| Error::usage(format!("cannot be read ({e})")).in_file(path))
}

/// The texts of a folder with their annotations; of several annotators the first in the order of names.
pub(super) fn gold(folder: &Path) -> Result<Gold> {
    let or_itself =
        |name: &str| Some(folder.join(name)).filter(|p| p.is_dir()).unwrap_or_else(|| folder.to_owned());
    let annotations = or_itself("attributions");
    let texts = [or_itself("text"), folder.join("..")];
    let entries = std::fs::read_dir(&annotations).map_err(|e| {
        Error::usage(format!("cannot be read ({e}); name a folder of annotations")).in_file(folder)
    })?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let has = |ending: &str| paths.iter().any(|p| p.extension().is_some_and(|e| e == ending));
    let (format, ending) = match (has("ann"), has("toml")) {
        (true, _) => (Format::Brat, "ann"),
        (false, true) => (Format::Fields, "toml"),
        (false, false) => {
            return Err(Error::usage(
                "holds neither .ann nor .toml files; name a folder of brat standoff or of annotations",
            )
            .in_file(folder));
        }
    };
    let mut files = BTreeMap::new();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == ending)) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = |stem: &str| texts.iter().map(|t| t.join(format!("{stem}.txt"))).find(|p| p.is_file());
        // PolNeAR ends the name with the annotator's number
        let short = stem.rsplit_once('_').map_or("", |(name, _)| name);
        let Some((name, text)) =
            text(&stem).map(|t| (stem.as_str(), t)).or_else(|| text(short).map(|t| (short, t)))
        else {
            return Err(
                Error::usage("has no text of that name beside it, above it, nor in text/").in_file(path)
            );
        };
        files.entry(name.to_owned()).or_insert((text, path.clone()));
    }
    Ok(Gold { format, files })
}

/// The records of a file by their ids.
pub(super) fn records(path: &Path) -> Result<BTreeMap<String, Record>> {
    let mut lines = Lines::open(path)?;
    let mut records = BTreeMap::new();
    while let Some(line) = lines.next()? {
        let wrong = |what: String| Error::usage(what).in_file(path).at_line(line.number);
        let record: Record = serde_json::from_str(&line.json).map_err(|e| {
            wrong(format!("no record ({e}); it must hold what `onrecord extract --to jsonl` writes"))
        })?;
        if record.offsets != OffsetUnit::Chars {
            return Err(wrong("annotations count code points; extract without --offsets".to_owned()));
        }
        records.insert(record.id.clone(), record);
    }
    Ok(records)
}
