//! Many patterns over one line: which is the first that matches it whole, or as a prefix.
//!
//! Nearly every line is prose that no pattern matches, and one automaton of all the patterns has more states than it
//! can keep. So each pattern is asked only of lines that hold a string without which it cannot match (how it begins,
//! or something within it), and compiled only when it is first asked.

use super::needle::{Needles, holds};
use regex::bytes::{Regex, RegexBuilder};
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Class, Hir, HirKind};
use serde::{Deserialize, Serialize};
use std::sync::OnceLock;

/// The longest pattern, in bytes.
const LONGEST: usize = 1_000;
/// What is put around a pattern so that it means a whole line.
const WRAPPING: usize = 6;
/// The most bytes that a pattern compiles to.
const SIZE: usize = 1 << 20;
/// How deep groups and repetitions of a pattern may stand in one another.
const NESTED: u32 = 50;
/// The most patterns of a set.
const MOST: usize = 4_000;

/// Patterns in their order.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Patterns {
    list: Vec<Pattern>,
    starts: Needles,
    inside: Needles,
    /// patterns that need no string
    always: Vec<u32>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Pattern {
    source: String,
    /// the bytes that a line may begin with for it to match, a bit each
    first: [u32; 8],
    #[serde(skip)]
    regex: OnceLock<Option<Regex>>,
}

/// Strings, and the pattern that each belongs to.
type Strings = Vec<(Vec<u8>, u32)>;

impl Patterns {
    /// Takes patterns that must match from a line's first byte on, and to its last where they say so.
    ///
    /// # Errors
    /// What is wrong with a pattern that cannot be read.
    pub(super) fn new(sources: impl IntoIterator<Item = String>, whole: bool) -> Result<Self, String> {
        let mut patterns = Self::default();
        let (mut starts, mut inside) = (Vec::new(), Vec::new());
        for (i, source) in sources.into_iter().enumerate() {
            let mut parser =
                regex_syntax::ParserBuilder::new().unicode(false).utf8(false).nest_limit(NESTED).build();
            if i == MOST {
                return Err(format!("there are more than {MOST}; leave some out"));
            }
            let hir = parser.parse(&source).map_err(|e| e.to_string())?;
            patterns.index(&hir, i as u32, &mut starts, &mut inside);
            let mut first = [0; 8];
            if begins(&hir, &mut first) && !whole {
                first = [u32::MAX; 8];
            }
            let source = format!("^(?:{source}){}", if whole { "$" } else { "" });
            patterns.list.push(Pattern { source, first, regex: OnceLock::new() });
        }
        patterns.always.dedup();
        patterns.starts = Needles::new(starts, true);
        patterns.inside = Needles::new(inside, false);
        Ok(patterns)
    }

    fn index(&mut self, hir: &Hir, pattern: u32, starts: &mut Strings, inside: &mut Strings) {
        match (hir.kind(), needed(hir)) {
            (HirKind::Alternation(parts), _) => {
                parts.iter().for_each(|part| self.index(part, pattern, starts, inside));
            }
            (_, Some((true, strings))) => starts.extend(strings.into_iter().map(|s| (s, pattern))),
            (_, Some((false, strings))) => inside.extend(strings.into_iter().map(|s| (s, pattern))),
            _ => self.always.push(pattern),
        }
    }

    /// Whether a pattern may match a line that begins so; told without a look at the rest of it.
    #[inline]
    pub(super) fn may_match(&self, start: [u8; 4]) -> bool {
        !self.always.is_empty() || !self.inside.is_empty() || self.starts.may_begin(start)
    }

    /// The first pattern that matches a line.
    pub(super) fn first(&self, line: &[u8]) -> Option<usize> {
        let mut first: Option<u32> = None;
        // a pattern is found by each of its strings that the line holds
        let mut asked = None;
        let mut ask = |pattern| {
            if first.is_none_or(|f| f > pattern) && asked != Some(pattern) {
                asked = Some(pattern);
                if self.list[pattern as usize].is_match(line) {
                    first = Some(pattern);
                }
            }
        };
        self.always.iter().for_each(|&pattern| ask(pattern));
        self.starts.found(line, &mut ask);
        self.inside.found(line, &mut ask);
        first.map(|f| f as usize)
    }
}

impl Pattern {
    fn is_match(&self, line: &[u8]) -> bool {
        if line.first().is_some_and(|&byte| !holds(&self.first, usize::from(byte))) {
            return false;
        }
        let regex = self.regex.get_or_init(|| compiled(&self.source).ok());
        regex.as_ref().is_some_and(|r| r.is_match(line))
    }
}

/// Adds the bytes that a match may begin with; says whether it may be empty, so that what follows counts too.
fn begins(hir: &Hir, first: &mut [u32; 8]) -> bool {
    let mut add = |byte: u8| first[usize::from(byte / 32)] |= 1 << (byte % 32);
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => true,
        HirKind::Literal(literal) => {
            literal.0.first().into_iter().for_each(|&byte| add(byte));
            literal.0.is_empty()
        }
        HirKind::Class(Class::Bytes(class)) => {
            class.ranges().iter().flat_map(|r| r.start()..=r.end()).for_each(add);
            false
        }
        HirKind::Class(Class::Unicode(_)) => {
            *first = [u32::MAX; 8];
            false
        }
        HirKind::Repetition(repetition) => begins(&repetition.sub, first) || repetition.min == 0,
        HirKind::Capture(capture) => begins(&capture.sub, first),
        HirKind::Concat(parts) => parts.iter().all(|part| begins(part, first)),
        HirKind::Alternation(parts) => parts.iter().filter(|part| begins(part, first)).count() > 0,
    }
}

/// The error is the last line of what the compiler says: the reason, without the drawing.
pub(super) fn compiled(pattern: &str) -> Result<Regex, String> {
    if pattern.len() > LONGEST + WRAPPING {
        return Err(format!("it is longer than {LONGEST} bytes; part it"));
    }
    RegexBuilder::new(pattern)
        .unicode(false)
        .size_limit(SIZE)
        .nest_limit(NESTED)
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
    }

    #[test]
    fn patterns_have_limits() {
        assert!(compiled(&"a".repeat(LONGEST + WRAPPING)).is_ok());
        assert!(
            compiled(&"a".repeat(LONGEST + WRAPPING + 1))
                .unwrap_err()
                .contains("it is longer than 1000 bytes; part it")
        );
        let nested = |n: usize| format!("{}a{}", "(?:".repeat(n), ")".repeat(n));
        assert!(
            compiled(&nested(NESTED as usize)).is_ok() && compiled(&nested(NESTED as usize + 1)).is_err()
        );
        assert!(compiled("[a-z]{9}").is_ok() && compiled("(?:[a-z]{90}){900}").is_err());
        let many = |n: usize| Patterns::new(vec!["a".to_owned(); n], true);
        assert!(
            many(MOST).is_ok()
                && many(MOST + 1).is_err_and(|e| e.contains("there are more than 4000; leave some out"))
        );
        assert_eq!(Patterns::default().first(b"x"), None);
    }
}
