//! What is wrong or odd of one entry, the examples that it gives and the forms that it hopes to find.
//!
//! Takes an entry as it was read; leaves where it stands, and what others stand beside it, to [`super::file`].

use super::Makes;
use crate::lexicon::cue::RawCue;
use crate::lexicon::line::RawLine;
use crate::lexicon::load::RawList;
use crate::lexicon::number::{RawBound, RawChange, RawNumber};
use crate::lexicon::overlay::Overlaid;
use crate::lexicon::pattern::compiled;
use crate::lexicon::unit::{RawPrefix, RawUnit};
use crate::lexicon::{CuePos, Frames};
use crate::vocabulary::BlockKind;
use regex_syntax::hir::{Hir, HirKind};
use toml::Spanned;

/// An entry of any file.
pub(super) trait Entry: Overlaid {
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
