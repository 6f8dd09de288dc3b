//! One file of a folder of rules: its entries beside one another and beside the embedded ones.
//!
//! Takes the file's text; adds what there is to say of it to the [`Pack`]. What an entry by itself has wrong is
//! [`super::entry`]'s.

use super::entry::Entry;
use super::{At, Example, Makes, Pack, Remark, Wanted};
use crate::error::Result;
use crate::lexicon::cue::RawCue;
use crate::lexicon::load::RawList;
use crate::lexicon::overlay::Place;
use crate::lexicon::{Classes, Lexicon};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::de::DeserializeOwned;

/// One file of the folder, beside the embedded one of its name.
pub(super) struct File<'a> {
    pub(super) place: &'a Place,
    pub(super) theirs: toml::Table,
    pub(super) ours: toml::Table,
    pub(super) pack: &'a mut Pack,
}

/// The entry of an id.
fn entry<'t>(table: &'t toml::Table, key: &str, id: &str) -> Option<&'t toml::Value> {
    table.get(key)?.as_array()?.iter().find(|e| e.get("id").and_then(toml::Value::as_str) == Some(id))
}

/// How many letters one must add, drop or change to make one word of another (Levenshtein).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let best = (corner + usize::from(x != *y)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = std::mem::replace(&mut row[j + 1], best);
        }
    }
    row[b.len()]
}

impl File<'_> {
    fn at(&self, offset: usize) -> At {
        At { file: self.place.path.clone(), line: Some(self.place.line(offset)) }
    }

    fn remark(&mut self, offset: usize, wrong: bool, message: String) {
        let at = self.at(offset);
        self.pack.remarks.push(Remark { at, wrong, message });
    }

    pub(super) fn parse<F: DeserializeOwned, T: Entry>(
        &mut self,
        entries: impl Fn(F) -> Vec<T>,
        key: &str,
    ) -> Result<Vec<T>> {
        let entries = entries(self.place.parse::<F>()?);
        let mut seen = FxHashSet::default();
        let mut same = Vec::new();
        for e in &entries {
            let (id, at) = (e.id().get_ref(), e.id().span().start);
            if !seen.insert(id) {
                self.remark(
                    at,
                    true,
                    format!("the id {id:?} stands twice in this file; give one another id"),
                );
            }
            let ours = entry(&self.ours, key, id).cloned();
            let known = ours.is_some();
            self.pack.counts[if e.is_disabled() { 2 } else { usize::from(known) }] += 1;
            if e.is_disabled() {
                if !known {
                    let near = self
                        .nearest(key, id)
                        .map_or(String::new(), |near| format!("; do you mean {near:?}?"));
                    let message = format!("takes {id:?} away, but no embedded entry has this id{near}");
                    self.remark(at, false, message);
                }
                continue;
            }
            if known && ours.as_ref() == entry(&self.theirs, key, id) {
                same.push((at, id.clone()));
                continue;
            }
            for (at, wrong, message) in e.faults() {
                self.remark(at, wrong, format!("{id:?} {message}"));
            }
            let (examples, near_misses) = e.examples();
            for (text, must) in
                examples.iter().map(|t| (t, true)).chain(near_misses.iter().map(|t| (t, false)))
            {
                let Some(makes) = e.makes() else { continue };
                let (at, text) = (self.at(text.span().start), text.get_ref().clone());
                self.pack.examples.push(Example { at, id: id.clone(), text, must, makes });
            }
            let unit = match e.makes() {
                Some(Makes::Unit(name)) => Some(name),
                _ => None,
            };
            for (at, form) in e.forms(&self.place.text) {
                let at = self.at(at);
                self.pack.wanted.push(Wanted { at, form, unit: unit.clone() });
            }
        }
        if let [(at, id), more @ ..] = &same[..] {
            let (at, more) = (*at, more.len());
            let also = if more == 0 { String::new() } else { format!(" and {more} more are") };
            let is = if more == 0 { " is" } else { "" };
            let message =
                format!("{id:?}{is}{also} just as the embedded ones; remove what you do not change");
            self.remark(at, false, message);
        }
        Ok(entries)
    }

    /// The embedded id that an id most likely means.
    fn nearest(&self, key: &str, id: &str) -> Option<String> {
        let ids = self.ours.get(key)?.as_array()?.iter().filter_map(|e| e.get("id")?.as_str());
        let near = ids.map(|other| (distance(id, other), other)).filter(|(n, _)| *n <= 2);
        near.min_by_key(|(n, _)| *n).map(|(_, other)| other.to_owned())
    }

    /// Cues whose word an embedded cue of another id has: both count.
    pub(super) fn beside(&mut self, cues: &[RawCue], embedded: &Lexicon) {
        for cue in cues.iter().filter(|c| !c.disabled) {
            let Ok((built, _)) = cue.build() else { continue };
            let other = embedded
                .cues()
                .iter()
                .find(|e| e.lemma == built.lemma && e.pos == built.pos && e.id != built.id);
            let replaced = |id: &str| cues.iter().any(|c| c.id.get_ref() == id);
            if let Some(other) = other.filter(|other| !replaced(&other.id)) {
                let message = format!(
                    "{:?} shadows the embedded cue {:?}, which has the same word, and both count; give yours that id to \
                     replace it",
                    built.id, other.id
                );
                self.remark(cue.id.span().start, false, message);
            }
        }
    }

    /// Words that have the classes of their list already.
    pub(super) fn repeated(
        &mut self,
        lists: &[RawList],
        embedded: &Lexicon,
        listed: &mut FxHashMap<(String, Classes), String>,
    ) {
        for list in lists.iter().filter(|l| !l.disabled) {
            let (Ok(classes), id) = (list.classes(), list.id.get_ref()) else { continue };
            // a list that replaces an embedded one names its words again
            let replaces = entry(&self.ours, "list", id).is_some();
            if replaces && entry(&self.ours, "list", id) == entry(&self.theirs, "list", id) {
                continue;
            }
            for (at, form) in list.forms(&self.place.text) {
                let word = form.to_lowercase();
                let known = embedded.classes(embedded.find(&word)).contains(classes);
                if let Some(other) = listed.insert((word, classes), id.clone()) {
                    let message = format!("{form:?} stands twice, in {id:?} and in {other:?}; remove one");
                    self.remark(at, false, message);
                } else if known && !replaces && !classes.is_empty() {
                    self.remark(
                        at,
                        false,
                        format!("{form:?} has the classes of {id:?} already; remove it here"),
                    );
                }
            }
        }
    }
}
