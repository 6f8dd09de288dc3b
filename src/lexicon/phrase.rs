//! Forms of one word or more, found by their first word.

use super::{Begins, Lexicon, WordId};
use serde::{Deserialize, Serialize};

/// A form and what it stands for.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Phrase<T> {
    /// Its words after the first.
    pub rest: Box<[WordId]>,
    /// What it stands for.
    pub value: T,
}

/// Where the phrases lie that begin with one word: a range of a [`Phrases`] each; and what they are, in short.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
pub(super) struct Starts {
    pub(super) numbers: (u32, u32),
    pub(super) units: (u32, u32),
    pub(super) bounds: (u32, u32),
    pub(super) changes: (u32, u32),
    pub(super) begins: Begins,
}

/// Phrases by first word, the longest first; of the same length, in the order of the file.
#[derive(Clone, Debug)]
pub(super) struct Phrases<T> {
    list: Vec<(WordId, Phrase<T>)>,
}

impl<T> Default for Phrases<T> {
    fn default() -> Self {
        Self { list: Vec::new() }
    }
}

impl<T> Phrases<T> {
    pub(super) fn push(&mut self, words: &[WordId], value: T) {
        if let Some((&first, rest)) = words.split_first() {
            self.list.push((first, Phrase { rest: rest.into(), value }));
        }
    }

    /// Sorts, and hands out the range of each first word; returns the phrases alone.
    pub(super) fn finish(mut self, mut found: impl FnMut(WordId, (u32, u32))) -> Vec<Phrase<T>> {
        self.list.sort_by_key(|(first, p)| (*first, usize::MAX - p.rest.len()));
        let mut start = 0;
        while start < self.list.len() {
            let first = self.list[start].0;
            let end = start + self.list[start..].iter().take_while(|(f, _)| *f == first).count();
            found(first, (start as u32, end as u32));
            start = end;
        }
        self.list.into_iter().map(|(_, p)| p).collect()
    }
}

/// What an apostrophe parts from a word has at most so many letters: 's, 'll.
const LONGEST_CLITIC: usize = 2;

/// Cuts a form as the words of an article are cut for the reading of numbers: at `_` and hyphens, and around marks.
/// A currency's letters stay with its dollar sign.
pub(super) fn cut(form: &str) -> Vec<&str> {
    let mut words = Vec::new();
    for part in form.split(['_', '-']).filter(|p| !p.is_empty()) {
        if part.ends_with('$') || part.starts_with('$') {
            words.push(part);
            continue;
        }
        let mut start = 0;
        for (at, c) in part.char_indices() {
            // o'clock is one word, the year's are two
            let inside = || part[at + 1..].chars().take_while(|c| c.is_alphabetic()).count() > LONGEST_CLITIC;
            if c.is_alphanumeric() || at > 0 && (c == '.' || c == '\'' && inside()) {
                continue;
            }
            if start < at {
                words.push(&part[start..at]);
            }
            words.push(&part[at..at + c.len_utf8()]);
            start = at + c.len_utf8();
        }
        if start < part.len() {
            words.push(&part[start..]);
        }
    }
    words
}

impl Lexicon {
    /// Makes room for a form's words and returns their numbers.
    pub(super) fn intern_form(&mut self, form: &str) -> Vec<WordId> {
        cut(form)
            .into_iter()
            .map(|w| super::load::add(self, &w.to_lowercase(), super::Classes::empty()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_forms_as_articles_are_cut() {
        for (form, want) in [
            ("per_cent", "per cent"),
            ("km/h", "km / h"),
            ("lb-ft", "lb ft"),
            ("°C", "° C"),
            ("US$", "US$"),
            ("u.s._dollar", "u.s. dollar"),
            ("m²", "m²"),
            ("o'clock", "o'clock"),
            ("year's_end", "year ' s end"),
        ] {
            assert_eq!(cut(form).join(" "), want);
        }
    }
}
