//! A folder of a user's own rules, looked at entry by entry: all that is wrong with it, not only the first thing.
//!
//! Takes the folder; returns [`Pack`]: what is wrong, what is odd, the examples that entries give and the forms that
//! they hope to find in texts. Whether the examples hold and texts are ever cut into such forms, the caller sees by
//! running articles.

use super::cue::RawCue;
use super::line::{RawLine, RawLines};
use super::load::{FILES, Overlaid, Place, RawCues, RawList, RawLists, RawMeasure, check_names};
use super::number::{RawBound, RawBounds, RawChange, RawChanges, RawNumber, RawNumbers};
use super::pattern::compiled;
use super::unit::{RawPrefix, RawUnit, RawUnits};
use super::{Classes, CuePos, Frames, Lexicon};
use crate::error::{Error, Result};
use crate::vocabulary::{BlockKind, Bound, Direction};
use crate::whole;
use regex_syntax::hir::{Hir, HirKind};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::de::DeserializeOwned;
use std::path::{Path, PathBuf};
use toml::Spanned;

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

/// An entry of any file.
trait Entry: Overlaid {
    /// What is wrong or odd: offset, whether wrong, message.
    fn faults(&self) -> Vec<(usize, bool, String)>;
    fn examples(&self) -> (&[Spanned<String>], &[Spanned<String>]) {
        (&[], &[])
    }
    fn makes(&self) -> Option<Makes> {
        None
    }
    /// What it hopes to find in texts, with its offset in the file.
    fn forms(&self, _file: &str) -> Vec<(usize, String)> {
        Vec::new()
    }
}

/// Words parted by white space, as texts write them.
fn words(text: &str) -> Vec<String> {
    text.split_whitespace().map(|w| w.replace('_', " ")).collect()
}

/// What is odd of an entry whose words are told in one string.
fn without_words(at: usize, words: &str) -> Vec<(usize, bool, String)> {
    let none = words.trim().is_empty();
    none.then(|| (at, false, "has no `words`, so it never matches; give some or remove it".to_owned()))
        .into_iter()
        .collect()
}

/// What an entry lacks that needs words and one field.
fn worded(
    id: &Spanned<String>,
    words: &str,
    given: bool,
    key: &str,
    example: &str,
) -> Vec<(usize, bool, String)> {
    let at = id.span().start;
    let mut faults = without_words(at, words);
    faults.extend((!given).then(|| missing(at, key, example)));
    faults
}

fn missing(at: usize, key: &str, example: &str) -> (usize, bool, String) {
    (at, true, format!("has no `{key}`; give one, such as {example}"))
}

impl Entry for RawCue {
    fn faults(&self) -> Vec<(usize, bool, String)> {
        let at = self.id.span().start;
        let (cue, forms) = match self.build() {
            Ok(built) => built,
            Err(message) => return vec![(at, true, message)],
        };
        let mut faults = Vec::new();
        if !(0.0..=1.0).contains(&self.weight) {
            let message = format!("the weight {} is no share; it lies between 0 and 1", self.weight);
            faults.push((at, true, message));
        }
        if cue.frames.is_empty() {
            faults.push((
                at,
                false,
                "has no `frames`, so it never attributes; give some, such as \"that\"".to_owned(),
            ));
        }
        let framed = cue.frames.contains(Frames::PREPOSITION);
        if framed && cue.prepositions.is_empty() {
            faults.push((
                at,
                false,
                "has the frame \"preposition\" and no `prepositions`; give some".to_owned(),
            ));
        } else if !framed && !cue.prepositions.is_empty() && matches!(cue.pos, CuePos::Verb) {
            let message =
                "has `prepositions` without the frame \"preposition\", so they count nothing; add it";
            faults.push((at, false, message.to_owned()));
        }
        // the first says it of all forms
        let strange = |form: &&String| form.chars().any(char::is_uppercase) || form.contains(['_', ' ']);
        if let Some(form) = forms.iter().map(|(form, _)| form).find(strange) {
            let why = if form.contains(['_', ' ']) {
                "a cue is one word; name its head alone"
            } else {
                "cues are looked up in small letters; write it so"
            };
            faults.push((at, false, format!("never matches {form:?}: {why}")));
        }
        faults
    }

    fn examples(&self) -> (&[Spanned<String>], &[Spanned<String>]) {
        (&self.examples, &self.near_misses)
    }

    fn makes(&self) -> Option<Makes> {
        self.build().ok().map(|(cue, _)| Makes::Cue(cue.lemma.into()))
    }

    fn forms(&self, _: &str) -> Vec<(usize, String)> {
        let at = self.id.span().start;
        let forms = self.build().map(|(_, forms)| forms).unwrap_or_default();
        let mut forms: Vec<_> = forms.into_iter().map(|(form, _)| (at, form)).collect();
        forms.dedup();
        // what cannot match for its letters is told already
        forms.retain(|(_, form)| !form.contains(['_', ' ']) && !form.chars().any(char::is_uppercase));
        forms
    }
}

impl Entry for RawList {
    fn faults(&self) -> Vec<(usize, bool, String)> {
        let at = self.id.span().start;
        let place = self.classes.as_ref().map_or(at, |c| c.span().start);
        let mut faults = match self.classes() {
            Err(message) => vec![(place, true, message)],
            Ok(classes) if classes.is_empty() => vec![(
                place,
                false,
                "has no `classes`, so its words mean nothing; give some, such as [\"title\"]".to_owned(),
            )],
            Ok(_) => Vec::new(),
        };
        let words = self.words.as_ref().map_or("", |words| words.get_ref());
        faults.extend(without_words(at, words));
        faults
    }

    fn forms(&self, file: &str) -> Vec<(usize, String)> {
        let Some(text) = &self.words else { return Vec::new() };
        let (span, text) = (text.span(), text.get_ref());
        // the string as the file writes it, marks and escapes included
        let raw = file.get(span.clone()).unwrap_or_default();
        let mut lead = 0;
        let mut forms = Vec::new();
        for word in text.split_whitespace() {
            if let Some(at) = raw[lead..].find(word) {
                lead += at;
                forms.push((span.start + lead, word.replace('_', " ")));
                lead += word.len();
            } else {
                forms.push((span.start + lead, word.replace('_', " ")));
            }
        }
        forms
    }
}

impl Entry for RawNumber {
    fn faults(&self) -> Vec<(usize, bool, String)> {
        worded(&self.id, &self.words, self.role.is_some(), "role", "\"small\"")
    }

    fn examples(&self) -> (&[Spanned<String>], &[Spanned<String>]) {
        (&self.examples, &self.near_misses)
    }

    fn makes(&self) -> Option<Makes> {
        Some(Makes::Number(words(&self.words)))
    }
}

impl Entry for RawBound {
    fn faults(&self) -> Vec<(usize, bool, String)> {
        worded(&self.id, &self.words, self.bound.is_some(), "bound", "\">=\"")
    }

    fn examples(&self) -> (&[Spanned<String>], &[Spanned<String>]) {
        (&self.examples, &self.near_misses)
    }

    fn makes(&self) -> Option<Makes> {
        self.bound.map(Makes::Bound)
    }
}

impl Entry for RawChange {
    fn faults(&self) -> Vec<(usize, bool, String)> {
        worded(&self.id, &self.words, self.direction.is_some(), "direction", "\"up\"")
    }

    fn examples(&self) -> (&[Spanned<String>], &[Spanned<String>]) {
        (&self.examples, &self.near_misses)
    }

    fn makes(&self) -> Option<Makes> {
        self.direction.map(Makes::Change)
    }
}

impl Entry for RawUnit {
    fn faults(&self) -> Vec<(usize, bool, String)> {
        let at = self.id.span().start;
        let mut faults = Vec::new();
        if self.words.trim().is_empty() && self.symbols.trim().is_empty() && !self.has_signs() {
            faults.extend(without_words(at, ""));
        }
        faults.extend(self.kind.is_none().then(|| missing(at, "kind", "\"measure\"")));
        if self.base.is_some() && self.factor == 0.0 {
            let message = "has a `base` and no `factor`, so every value of it would be 0 there; give one";
            faults.push((at, true, message.to_owned()));
        }
        faults
    }

    fn examples(&self) -> (&[Spanned<String>], &[Spanned<String>]) {
        (&self.examples, &self.near_misses)
    }

    fn makes(&self) -> Option<Makes> {
        Some(Makes::Unit(self.id.get_ref().clone()))
    }

    fn forms(&self, _: &str) -> Vec<(usize, String)> {
        let at = self.id.span().start;
        words(&self.words).into_iter().chain(words(&self.symbols)).map(|form| (at, form)).collect()
    }
}

impl Entry for RawPrefix {
    fn faults(&self) -> Vec<(usize, bool, String)> {
        Vec::new()
    }
}

impl Entry for RawLine {
    fn faults(&self) -> Vec<(usize, bool, String)> {
        let mut faults = Vec::new();
        for pattern in self.patterns.iter().chain(&self.opens) {
            let at = pattern.span().start;
            match compiled(pattern.get_ref()) {
                Err(why) => faults.push((at, true, format!("this is no regular expression: {why}"))),
                Ok(_) => faults.extend(never(pattern.get_ref()).map(|message| (at, false, message))),
            }
        }
        if self.patterns.is_empty() && self.opens.is_empty() {
            let message = "has neither `patterns` nor `opens`, so it never matches; give some or remove it";
            faults.push((self.id.span().start, false, message.to_owned()));
        }
        faults
    }

    fn examples(&self) -> (&[Spanned<String>], &[Spanned<String>]) {
        (&self.examples, &self.near_misses)
    }

    fn makes(&self) -> Option<Makes> {
        Some(Makes::Line(self.kind.unwrap_or(BlockKind::Boilerplate)))
    }
}

/// Why a pattern never matches a line as it is asked: in small letters, with straight marks.
fn never(pattern: &str) -> Option<String> {
    let mut parser = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build();
    let hir = parser.parse(pattern).ok()?;
    let text = needed(&hir)?;
    let reason = match text.chars().find(|c| c.is_ascii_uppercase() || "‘’“”–—‑\u{a0}".contains(*c))?
    {
        c if c.is_ascii_uppercase() => "a line's letters are made small before it is asked; write small ones",
        '–' | '—' | '‑' => "a line's dashes are made hyphens before it is asked; write -",
        '\u{a0}' => "a line's spaces are made plain before it is asked; write a plain one",
        _ => "a line's quotation marks are made straight before it is asked; write ' or \"",
    };
    Some(format!("never matches: it wants {text:?}, but {reason}"))
}

/// A string with such a letter that every match must hold.
fn needed(hir: &Hir) -> Option<String> {
    // patterns nest no deeper than the parser lets them
    match hir.kind() {
        HirKind::Literal(literal) => {
            let text = String::from_utf8_lossy(&literal.0).into_owned();
            text.contains(|c: char| c.is_ascii_uppercase() || "‘’“”–—‑\u{a0}".contains(c)).then_some(text)
        }
        HirKind::Concat(parts) => parts.iter().find_map(needed),
        HirKind::Capture(capture) => needed(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min > 0 => needed(&repetition.sub),
        HirKind::Alternation(parts) => {
            let all: Option<Vec<_>> = parts.iter().map(needed).collect();
            all.and_then(|all| all.into_iter().next())
        }
        _ => None,
    }
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

/// One file of the folder, beside the embedded one of its name.
struct File<'a> {
    place: &'a Place,
    theirs: toml::Table,
    ours: toml::Table,
    pack: &'a mut Pack,
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

    fn parse<F: DeserializeOwned, T: Entry>(
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
    fn beside(&mut self, cues: &[RawCue], embedded: &Lexicon) {
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
    fn repeated(
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
