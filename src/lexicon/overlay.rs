//! The files of rules: the embedded ones, and a user's laid over them, entry by entry.
//!
//! Takes a folder; returns the entries of one kind with the place that each came from, later ones over earlier ones by
//! id. What entries mean is the business of those who ask for them.

use crate::error::{Error, Result, line_at};
use crate::whole;
use rustc_hash::FxHashMap;
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use toml::Spanned;

/// The embedded files. A user's folder may hold any of these names.
pub(super) const FILES: &[(&str, &str)] = &[
    ("cues.toml", include_str!("../../data/cues.toml")),
    ("grammar.toml", include_str!("../../data/grammar.toml")),
    ("lists.toml", include_str!("../../data/lists.toml")),
    ("names.toml", include_str!("../../data/names.toml")),
    ("people.toml", include_str!("../../data/people.toml")),
    ("bodies.toml", include_str!("../../data/bodies.toml")),
    ("places.toml", include_str!("../../data/places.toml")),
    ("abbreviations.toml", include_str!("../../data/abbreviations.toml")),
    ("numbers.toml", include_str!("../../data/numbers.toml")),
    ("units.toml", include_str!("../../data/units.toml")),
    ("bounds.toml", include_str!("../../data/bounds.toml")),
    ("changes.toml", include_str!("../../data/changes.toml")),
    ("times.toml", include_str!("../../data/times.toml")),
    ("quotes.toml", include_str!("../../data/quotes.toml")),
    ("boilerplate.toml", include_str!("../../data/boilerplate.toml")),
    ("measure.toml", include_str!("../../data/measure.toml")),
];

/// One file's text and where it came from, for messages.
pub(super) struct Place {
    pub(super) path: PathBuf,
    pub(super) text: String,
}

impl Place {
    pub(super) fn line(&self, offset: usize) -> usize {
        line_at(&self.text, offset)
    }

    pub(super) fn error(&self, offset: usize, message: impl Into<String>) -> Error {
        Error::usage(message).in_file(&self.path).at_line(self.line(offset))
    }

    /// The error of an entry that lacks a field.
    pub(super) fn missing(&self, id: &Spanned<String>, field: &str, example: &str) -> Error {
        self.error(
            id.span().start,
            format!("{:?} has no `{field}`; give one, such as {example}", id.get_ref()),
        )
    }

    pub(super) fn parse<T: DeserializeOwned>(&self) -> Result<T> {
        toml::from_str(&self.text).map_err(|e| {
            let at = e.span().map_or(0, |s| s.start);
            self.error(at, format!("{}; mend the entry or remove it", e.message().trim()))
        })
    }
}

/// The embedded file and, where the user has one of that name, the user's.
pub(super) fn places(name: &str, embedded: &str, folder: Option<&Path>) -> Result<Vec<Place>> {
    let mut places = vec![Place { path: PathBuf::from("data").join(name), text: embedded.to_owned() }];
    if let Some(folder) = folder {
        let path = folder.join(name);
        match whole::read(&path, whole::RULES) {
            Ok(text) => places.push(Place { path, text }),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(Error::usage(format!("cannot be read ({e})")).in_file(&path)),
        }
    }
    Ok(places)
}

/// Entries by id, later ones over earlier ones, in the order in which ids first came.
struct Overlay<T> {
    at: FxHashMap<String, usize>,
    list: Vec<Option<T>>,
}

impl<T> Overlay<T> {
    fn new() -> Self {
        Self { at: FxHashMap::default(), list: Vec::new() }
    }

    /// Puts an entry, or removes it with `None`. Says whether the id was there before.
    fn put(&mut self, id: &str, entry: Option<T>) -> bool {
        if let Some(&i) = self.at.get(id) {
            self.list[i] = entry;
            true
        } else {
            self.at.insert(id.to_owned(), self.list.len());
            self.list.push(entry);
            false
        }
    }

    fn into_entries(self) -> impl Iterator<Item = T> {
        self.list.into_iter().flatten()
    }
}

/// An entry that a user's entry of the same id replaces or removes.
pub(super) trait Overlaid {
    fn id(&self) -> &Spanned<String>;
    fn is_disabled(&self) -> bool;
}

/// The entries of one kind in all places, later ones over earlier ones, each with the place it came from.
pub(super) fn overlay<File: DeserializeOwned, T: Overlaid>(
    places: &[Place],
    entries: impl Fn(File) -> Vec<T>,
) -> Result<Vec<(T, &Place)>> {
    let mut overlay = Overlay::new();
    for place in places {
        let mut seen = rustc_hash::FxHashSet::default();
        for entry in entries(place.parse::<File>()?) {
            let id = entry.id().get_ref().clone();
            if !seen.insert(id.clone()) {
                let message = format!("the id {id:?} stands twice in this file");
                return Err(place.error(entry.id().span().start, message));
            }
            let entry = if entry.is_disabled() { None } else { Some((entry, place)) };
            overlay.put(&id, entry);
        }
    }
    Ok(overlay.into_entries().collect())
}

/// The files of a folder that go by no name of rules.
pub(super) fn check_names(folder: &Path) -> Result<Vec<Error>> {
    let entries = std::fs::read_dir(folder).map_err(|e| {
        Error::usage(format!("the rules folder cannot be read ({e}); check the path")).in_file(folder)
    })?;
    let mut strange = Vec::new();
    for entry in entries.flatten() {
        let path = entry.path();
        let name = entry.file_name();
        if path.extension().is_some_and(|e| e == "toml") && !FILES.iter().any(|(f, _)| *f == name) {
            let known: Vec<_> = FILES.iter().map(|(f, _)| *f).collect();
            let message = format!("no rules go by this file name; the names are {}", known.join(", "));
            strange.push(Error::usage(message).in_file(&path));
        }
    }
    strange.sort_by(|a, b| a.file().cmp(&b.file()));
    Ok(strange)
}

/// Entries that have an id and may be taken away.
macro_rules! overlaid {
    ($($name:ident)*) => {$(
        impl $crate::lexicon::overlay::Overlaid for $name {
            fn id(&self) -> &toml::Spanned<String> { &self.id }
            fn is_disabled(&self) -> bool { self.disabled }
        }
    )*};
}
pub(super) use overlaid;
