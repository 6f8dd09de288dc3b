//! Many patterns over one line: which is the first that matches it whole, or as a prefix.
//!
//! Nearly every line is prose that no pattern matches, and one automaton of all the patterns has more states than it
//! can keep. So each pattern is asked only of lines that hold a string without which it cannot match (how it begins,
//! or something within it), and compiled only when it is first asked.

use aho_corasick::automaton::OverlappingState;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, Anchored, Input, StartKind};
use regex::bytes::{Regex, RegexBuilder};
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Hir, HirKind};
use std::sync::OnceLock;

/// Patterns in their order.
#[derive(Clone, Debug, Default)]
pub(super) struct Patterns {
    list: Vec<Pattern>,
    starts: Needles,
    inside: Needles,
    /// patterns that need no string
    always: Vec<u32>,
}

#[derive(Clone, Debug)]
struct Pattern {
    source: String,
    regex: OnceLock<Option<Regex>>,
}

/// Strings, and the pattern that each belongs to.
#[derive(Clone, Debug, Default)]
struct Needles {
    strings: Vec<Vec<u8>>,
    patterns: Vec<u32>,
    automaton: Option<AhoCorasick>,
}

impl Needles {
    fn add(&mut self, strings: Vec<Vec<u8>>, pattern: u32) {
        self.patterns.extend(strings.iter().map(|_| pattern));
        self.strings.extend(strings);
    }

    fn build(&mut self, anchored: Anchored) -> Result<(), String> {
        let start = if anchored.is_anchored() { StartKind::Anchored } else { StartKind::Unanchored };
        let strings = std::mem::take(&mut self.strings);
        let automaton = AhoCorasickBuilder::new().start_kind(start).prefilter(false).build(strings);
        self.automaton = Some(automaton.map_err(|e| e.to_string())?);
        Ok(())
    }

    /// The patterns of the strings that the line holds.
    fn found<'a>(&'a self, line: &'a [u8], anchored: Anchored) -> impl Iterator<Item = u32> + 'a {
        let mut state = OverlappingState::start();
        std::iter::from_fn(move || {
            let input = Input::new(line).anchored(anchored);
            // no error comes: the automaton was built for this kind of search
            self.automaton.as_ref()?.try_find_overlapping(input, &mut state).ok()?;
            state.get_match().map(|m| self.patterns[m.pattern().as_usize()])
        })
    }
}

impl Patterns {
    /// Takes patterns that must match from a line's first byte on, and to its last where they say so.
    ///
    /// # Errors
    /// What is wrong with a pattern that cannot be read.
    pub(super) fn new(sources: impl IntoIterator<Item = String>, whole: bool) -> Result<Self, String> {
        let mut patterns = Self::default();
        for (i, source) in sources.into_iter().enumerate() {
            let mut parser = regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build();
            let hir = parser.parse(&source).map_err(|e| e.to_string())?;
            patterns.index(&hir, i as u32);
            let source = format!("^(?:{source}){}", if whole { "$" } else { "" });
            patterns.list.push(Pattern { source, regex: OnceLock::new() });
        }
        patterns.always.dedup();
        patterns.starts.build(Anchored::Yes)?;
        patterns.inside.build(Anchored::No)?;
        Ok(patterns)
    }

    fn index(&mut self, hir: &Hir, pattern: u32) {
        match (hir.kind(), needed(hir)) {
            (HirKind::Alternation(parts), _) => parts.iter().for_each(|part| self.index(part, pattern)),
            (_, Some((true, strings))) => self.starts.add(strings, pattern),
            (_, Some((false, strings))) => self.inside.add(strings, pattern),
            _ => self.always.push(pattern),
        }
    }

    /// The first pattern that matches a line.
    pub(super) fn first(&self, line: &[u8]) -> Option<usize> {
        let starts = self.starts.found(line, Anchored::Yes);
        let inside = self.inside.found(line, Anchored::No);
        let mut first: Option<u32> = None;
        // a pattern is found by each of its strings that the line holds
        let mut asked = None;
        for pattern in self.always.iter().copied().chain(starts).chain(inside) {
            if first.is_some_and(|f| f <= pattern) || asked == Some(pattern) {
                continue;
            }
            asked = Some(pattern);
            if self.list[pattern as usize].is_match(line) {
                first = Some(pattern);
            }
        }
        first.map(|f| f as usize)
    }
}

impl Pattern {
    fn is_match(&self, line: &[u8]) -> bool {
        let regex = self.regex.get_or_init(|| compiled(&self.source).ok());
        regex.as_ref().is_some_and(|r| r.is_match(line))
    }
}

/// The error is the last line of what the compiler says: the reason, without the drawing.
pub(super) fn compiled(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(pattern)
        .unicode(false)
        .build()
        .map_err(|e| e.to_string().lines().last().unwrap_or_default().trim().to_owned())
}

/// Strings one of which any match begins with (`true`) or holds. What is within counts where the start tells nothing.
fn needed(hir: &Hir) -> Option<(bool, Vec<Vec<u8>>)> {
    let parts = match hir.kind() {
        HirKind::Concat(parts) => parts.as_slice(),
        _ => std::slice::from_ref(hir),
    };
    let mut best: Option<(usize, Vec<Vec<u8>>)> = None;
    for i in 0..parts.len() {
        let mut strings = Extractor::new().extract(&Hir::concat(parts[i..].to_vec()));
        strings.dedup();
        let shortest = strings.min_literal_len().unwrap_or(0);
        let Some(found) = strings.literals().filter(|_| shortest > 0) else { continue };
        if best.as_ref().is_none_or(|(length, _)| *length < shortest) {
            best = Some((shortest, found.iter().map(|l| l.as_bytes().to_vec()).collect()));
        }
        if i == 0 {
            return best.map(|(_, strings)| (true, strings));
        }
    }
    best.map(|(_, strings)| (false, strings))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_that_matches_counts() {
        let sources =
            ["(read|see) more.*", r"\w+ (left|right) of", "[^a-z]*|x", "(a )?b|.*c d.*|.*", "see .*"];
        let all = || sources.iter().map(|s| (*s).to_owned());
        for (whole, line, want) in [
            (true, "see more", Some(0)),
            (true, "mill left of", Some(1)),
            (true, "12", Some(2)),
            (true, "x", Some(2)),
            (true, "see it", Some(3)),
            (false, "mill left of it", Some(1)),
        ] {
            assert_eq!(Patterns::new(all(), whole).unwrap().first(line.as_bytes()), want, "{line}");
        }
        let none = Patterns::new(all().take(3), true).unwrap();
        assert_eq!(none.first(b"mill left of it"), None);
        assert!(Patterns::new(["(".to_owned()], true).is_err());
        assert_eq!(Patterns::default().first(b"x"), None);
    }
}
