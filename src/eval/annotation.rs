//! Annotations that tell more than brat standoff does: who a source is, kind, stance, negation, addressee, relay and
//! nesting.
//!
//! Takes an annotation file (TOML) and its article; returns the [`Annotation`]s with their places in code points. The
//! file names places by their words, so that a reader can check it against the article without counting characters;
//! `corpus/annotated/README.md` has the format and what is annotated how.

use super::Annotated;
use super::words::Words;
use crate::error::{Error, Result};
use crate::record::Offsets;
use crate::vocabulary::{AttributionKind, Stance};
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::ops::Range;

/// An attribution as a reader annotated it.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    /// Source, cue and content.
    pub parts: Annotated,
    /// The words that must stand in the resolved source's name; none where it stays open who that is.
    pub name: Option<String>,
    /// What sort it is.
    pub kind: AttributionKind,
    /// What the cue lets the reader think of the content.
    pub stance: Stance,
    /// Whether the cue is negated.
    pub negated: bool,
    /// To whom; empty where the article does not say.
    pub addressee: Vec<Offsets>,
    /// The words that must stand in the name of the further source.
    pub relay: Option<String>,
    /// Position of the attribution in whose content this one stands.
    pub parent: Option<usize>,
    /// Whether careful readers differ about it: it may be found or not.
    pub optional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    attributions: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: Option<String>,
    source: Option<String>,
    name: Option<String>,
    cue: Option<String>,
    content: Pieces,
    kind: Option<AttributionKind>,
    #[serde(default)]
    stance: Stance,
    #[serde(default)]
    negated: bool,
    addressee: Option<String>,
    relay: Option<String>,
    parent: Option<String>,
    #[serde(default)]
    optional: bool,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Pieces {
    One(String),
    Several(Vec<String>),
}

impl Pieces {
    fn list(&self) -> &[String] {
        match self {
            Self::One(piece) => std::slice::from_ref(piece),
            Self::Several(pieces) => pieces,
        }
    }
}

/// Reads an article's annotation file and finds the places that it names.
///
/// # Errors
/// No such TOML, words that do not stand in the article after the entry before, an unknown parent.
pub fn read(annotation: &str, text: &str) -> Result<Vec<Annotation>> {
    let file: File =
        toml::from_str(annotation).map_err(|e| Error::usage(format!("is no annotation file ({e})")))?;
    let article = Article::new(text);
    let mut ids: FxHashMap<&str, usize> = FxHashMap::default();
    let mut list = Vec::with_capacity(file.attributions.len());
    let mut from = 0;
    for (i, entry) in file.attributions.iter().enumerate() {
        let placed = article.place(entry, from)?;
        from = placed.first();
        let parent = match entry.parent.as_deref() {
            Some(id) => Some(*ids.get(id).ok_or_else(|| {
                Error::usage(format!("no entry before {:?} has the id {id:?}", entry.content.list()))
            })?),
            None => None,
        };
        if let Some(id) = &entry.id {
            ids.insert(id, i);
        }
        let spans = |ranges: &[Range<u32>]| ranges.iter().map(|r| article.span(r)).collect::<Vec<_>>();
        list.push(Annotation {
            parts: Annotated {
                source: spans(&placed.source),
                cue: spans(&placed.cue),
                content: spans(&placed.content),
            },
            name: entry.name.clone(),
            kind: entry.kind.unwrap_or(AttributionKind::Statement),
            stance: entry.stance,
            negated: entry.negated,
            addressee: spans(&placed.addressee),
            relay: entry.relay.clone(),
            parent,
            optional: entry.optional,
        });
    }
    Ok(list)
}

/// An entry's places, in words.
#[derive(Default)]
struct Placed {
    source: Vec<Range<u32>>,
    cue: Vec<Range<u32>>,
    content: Vec<Range<u32>>,
    addressee: Vec<Range<u32>>,
}

impl Placed {
    fn first(&self) -> u32 {
        let parts = [&self.cue, &self.content];
        parts.into_iter().flatten().map(|r| r.start).min().unwrap_or(0)
    }
}

/// How many words lie between two stretches.
fn gap(a: &Range<u32>, b: &Range<u32>) -> u32 {
    b.start.saturating_sub(a.end).max(a.start.saturating_sub(b.end))
}

fn overlap(a: &Range<u32>, b: &Range<u32>) -> bool {
    a.start < b.end && b.start < a.end
}

/// How many places of a cue around a content are weighed.
const NEAREST: usize = 8;

struct Article {
    words: Words,
    lower: Vec<String>,
}

impl Article {
    fn new(text: &str) -> Self {
        let words = Words::new(text);
        let lower = words.places.iter().map(|&[start, end]| lower(&words.chars, start, end)).collect();
        Self { words, lower }
    }

    fn span(&self, words: &Range<u32>) -> Offsets {
        let place = |i: u32| self.words.places[i as usize];
        [place(words.start)[0], place(words.end - 1)[1]]
    }

    /// Finds an entry's words: content, cue and source as near to each other as can be; cue and content not before the
    /// word `from`.
    fn place(&self, entry: &Entry, from: u32) -> Result<Placed> {
        let find = |what: &str, words: &str, from: u32| {
            let found: Vec<Range<u32>> =
                self.occurrences(words).into_iter().filter(|r| r.start >= from).collect();
            if found.is_empty() {
                let near = self.lower[from as usize..].iter().take(6).cloned().collect::<Vec<_>>().join(" ");
                return Err(Error::usage(format!(
                    "the {what} {words:?} does not stand after “{near} …”, where the entry before begins; entries \
                     stand in text order"
                )));
            }
            Ok(found)
        };
        let optional =
            |what: &str, words: &Option<String>| words.as_ref().map(|w| find(what, w, from)).transpose();
        let pieces = entry.content.list();
        let Some(first_piece) = pieces.first() else { return Err(Error::usage("an entry without content")) };
        let firsts = find("content", first_piece, from)?;
        let cues = optional("cue", &entry.cue)?;
        // a source may be that of the entry before as well
        let sources = entry.source.as_ref().map(|words| find("source", words, 0)).transpose()?;

        let mut best: Option<(u32, Placed)> = None;
        for first in firsts {
            let near = cues.as_ref().map(|cues| {
                let mut near: Vec<_> = cues.iter().filter(|c| !overlap(c, &first)).collect();
                near.sort_by_key(|c| (gap(c, &first), c.start));
                near.truncate(NEAREST);
                near
            });
            let each: Vec<Option<&Range<u32>>> =
                near.map_or_else(|| vec![None], |n| n.into_iter().map(Some).collect());
            for cue in each {
                let by = cue.unwrap_or(&first);
                let source = sources.as_ref().and_then(|list| {
                    let free = |s: &&Range<u32>| cue.is_none_or(|c| !overlap(c, s));
                    list.iter().filter(free).min_by_key(|s| (overlap(s, &first), gap(s, by), s.start))
                });
                let cost = cue.map_or(0, |c| gap(c, &first)) + source.map_or(0, |s| gap(s, by));
                if best.as_ref().is_none_or(|(least, _)| cost < *least) {
                    let list = |r: Option<&Range<u32>>| r.cloned().into_iter().collect::<Vec<_>>();
                    let placed = Placed {
                        source: list(source),
                        cue: list(cue),
                        content: vec![first.clone()],
                        ..Placed::default()
                    };
                    best = Some((cost, placed));
                }
            }
        }
        let Some((_, mut placed)) = best else {
            let cue = entry.cue.as_deref().unwrap_or_default();
            return Err(Error::usage(format!("no cue {cue:?} stands outside {first_piece:?}")));
        };
        for piece in &pieces[1..] {
            let end = placed.content.last().map_or(0, |r| r.end);
            let next = find("content", piece, from)?.into_iter().find(|r| r.start >= end);
            placed.content.push(next.ok_or_else(|| {
                Error::usage(format!("the piece {piece:?} does not follow {first_piece:?}"))
            })?);
        }
        if let Some(found) = optional("addressee", &entry.addressee)? {
            let by = placed.cue.first().unwrap_or(&placed.content[0]).clone();
            let nearest = found.into_iter().min_by_key(|a| {
                (overlap(a, &by) || placed.source.iter().any(|s| overlap(a, s)), gap(a, &by), a.start)
            });
            placed.addressee.extend(nearest);
        }
        Ok(placed)
    }

    /// Where words stand: `first … last` from the first words to the next occurrence of the last, `before [these]
    /// after` those in brackets alone.
    fn occurrences(&self, pattern: &str) -> Vec<Range<u32>> {
        let (open, close) = (pattern.find('['), pattern.find(']'));
        let (before, these, after) = match (open, close) {
            (Some(open), Some(close)) if open < close => {
                (&pattern[..open], &pattern[open + 1..close], &pattern[close + 1..])
            }
            _ => ("", pattern, ""),
        };
        let (first, last) = match these.split_once('…') {
            Some((first, last)) => (split(first), split(last)),
            None => (split(these), Vec::new()),
        };
        let (before, after) = (split(before), split(after));
        let mut found = Vec::new();
        for i in 0..self.lower.len() {
            if !self.stands(&before, i) {
                continue;
            }
            let start = i + before.len();
            if first.is_empty() || !self.stands(&first, start) {
                continue;
            }
            let mut end = start + first.len();
            if !last.is_empty() {
                let Some(at) = (end..self.lower.len()).find(|&k| self.stands(&last, k)) else { continue };
                end = at + last.len();
            }
            if self.stands(&after, end) {
                found.push(start as u32..end as u32);
            }
        }
        found
    }

    fn stands(&self, words: &[String], at: usize) -> bool {
        at + words.len() <= self.lower.len()
            && words.iter().zip(&self.lower[at..]).all(|(want, word)| {
                // "he" stands in "he'd"
                word == want || word.strip_prefix(want.as_str()).is_some_and(|rest| rest.starts_with('\''))
            })
    }
}

fn lower(chars: &[char], start: u32, end: u32) -> String {
    let word = &chars[start as usize..end as usize];
    word.iter().flat_map(|c| c.to_lowercase()).map(|c| if c == '’' { '\'' } else { c }).collect()
}

/// The words of a pattern, as those of an article are cut.
fn split(pattern: &str) -> Vec<String> {
    let words = Words::new(pattern);
    words.places.iter().map(|&[start, end]| lower(&words.chars, start, end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Ana Brandt said it rained. “I think it’s late,” she said. “He told me so,” she said.";

    fn places(annotation: &str) -> Vec<(String, String, String)> {
        let chars: Vec<char> = TEXT.chars().collect();
        let slice = |spans: &[Offsets]| {
            let each = spans.iter().map(|s| chars[s[0] as usize..s[1] as usize].iter().collect::<String>());
            each.collect::<Vec<_>>().join("|")
        };
        let list = read(annotation, TEXT).unwrap();
        list.iter().map(|a| (slice(&a.parts.source), slice(&a.parts.cue), slice(&a.parts.content))).collect()
    }

    #[test]
    fn words_are_found_near_each_other() {
        let found = places(
            r#"attributions = [
            { source = "Ana Brandt", cue = "said", content = "it rained" },
            { source = "she", cue = "said", content = "I think … late", id = "late" },
            { source = "I", cue = "think", content = "it's late", parent = "late" },
            { source = "she", cue = "she [said]", content = ["He told", "so"] },
            ]"#,
        );
        let want = [
            ("Ana Brandt", "said", "it rained"),
            ("she", "said", "I think it’s late"),
            ("I", "think", "it’s late"),
            ("she", "said", "He told|so"),
        ];
        let want = want.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
        assert_eq!(found, want);
    }

    #[test]
    fn what_does_not_stand_there_is_told() {
        for (annotation, message) in [
            (r#"attributions = [{ content = "it snowed" }]"#, "\"it snowed\" does not stand after"),
            (r#"attributions = [{ content = "it rained", parent = "x" }]"#, "has the id \"x\""),
            (r#"attributions = [{ content = [] }]"#, "without content"),
            (r#"attributions = [{ contents = "it rained" }]"#, "unknown field"),
        ] {
            let error = read(annotation, TEXT).unwrap_err();
            assert!(error.message().contains(message), "{}", error.message());
        }
    }
}
