//! Short lines that are no prose: patterns of share bars, credits, time stamps and the like, as data.

use super::load::{Overlaid, Place, overlay};
use crate::error::{Error, Result};
use crate::vocabulary::BlockKind;
use regex::bytes::{RegexSet, RegexSetBuilder};
use serde::Deserialize;
use toml::Spanned;

/// A line of more bytes is prose.
const LONGEST: usize = 240;
/// So many of a paragraph's bytes are asked how it begins.
const OPENING: usize = 100;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLines {
    #[serde(default)]
    line: Vec<RawLine>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    id: Spanned<String>,
    #[serde(default)]
    disabled: bool,
    kind: Option<BlockKind>,
    /// of whole short lines
    #[serde(default)]
    patterns: Vec<Spanned<String>>,
    /// of how paragraphs of any length begin
    #[serde(default)]
    opens: Vec<Spanned<String>>,
}

/// What short lines are, by their patterns.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    set: RegexSet,
    /// the kind of each pattern
    kinds: Vec<BlockKind>,
    openings: RegexSet,
    opening_kinds: Vec<BlockKind>,
}

impl Lines {
    /// What a line or paragraph is, or nothing where it may be prose.
    pub fn kind(&self, line: &str) -> Option<BlockKind> {
        let mut buffer = [0; LONGEST];
        let opening = plain(floor(line.trim_start_matches(is_edge), OPENING), &mut buffer);
        if let Some(i) = self.openings.matches(opening).iter().next() {
            return Some(self.opening_kinds[i]);
        }
        if line.len() > LONGEST {
            return None;
        }
        let line = if line.starts_with('<') { line } else { line.trim_start_matches(is_edge) };
        let line = line.trim_end_matches(|c| is_edge(c) && c != '>' || matches!(c, '.' | '…'));
        let line = plain(line, &mut buffer);
        self.set.matches(line).iter().next().map(|i| self.kinds[i])
    }
}

/// What may stand around a line that is no part of it.
fn is_edge(c: char) -> bool {
    let mark = matches!(
        c,
        '[' | ']' | '(' | ')' | '*' | '•' | '>' | '<' | '»' | '«' | '→' | '▶' | '►' | '_' | '-' | '–' | '—'
    );
    c.is_whitespace() || mark
}

/// The longest prefix of at most so many bytes.
fn floor(s: &str, most: usize) -> &str {
    let mut end = most.min(s.len());
    while !s.is_char_boundary(end) {
        end -= 1;
    }
    &s[..end]
}

/// Small ASCII letters, straight quotation marks and dashes, plain spaces; never longer than the line.
fn plain<'b>(line: &str, buffer: &'b mut [u8; LONGEST]) -> &'b [u8] {
    let mut length = 0;
    for c in line.chars() {
        let straight = match c {
            '‘' | '’' => '\'',
            '“' | '”' => '"',
            '–' | '—' | '‑' => '-',
            '\u{a0}' | '\t' | '\n' | '\r' => ' ',
            _ => c.to_ascii_lowercase(),
        };
        length += straight.encode_utf8(&mut buffer[length..]).len();
    }
    &buffer[..length]
}

impl Overlaid for RawLine {
    fn id(&self) -> &Spanned<String> {
        &self.id
    }

    fn is_disabled(&self) -> bool {
        self.disabled
    }
}

/// Reads the file's entries and compiles their patterns.
pub(super) fn load_lines(places: &[Place]) -> Result<Lines> {
    let entries = overlay(places, |f: RawLines| f.line)?;
    let (mut lines, mut patterns, mut openings) = (Lines::default(), Vec::new(), Vec::new());
    for (raw, _) in &entries {
        let kind = raw.kind.unwrap_or(BlockKind::Boilerplate);
        for pattern in &raw.patterns {
            lines.kinds.push(kind);
            patterns.push(format!("^(?:{})$", pattern.get_ref()));
        }
        for pattern in &raw.opens {
            lines.opening_kinds.push(kind);
            openings.push(format!("^(?:{})", pattern.get_ref()));
        }
    }
    match (compiled(&patterns), compiled(&openings)) {
        (Ok(set), Ok(openings)) => Ok(Lines { set, openings, ..lines }),
        (Err(why), _) | (_, Err(why)) => Err(at_fault(&entries, &why)),
    }
}

/// The error that names the pattern at fault.
fn at_fault(entries: &[(RawLine, &Place)], why: &str) -> Error {
    for (raw, place) in entries {
        for pattern in raw.patterns.iter().chain(&raw.opens) {
            if let Err(why) = compiled(&[pattern.get_ref().clone()]) {
                return place.error(pattern.span().start, format!("this is no regular expression: {why}"));
            }
        }
    }
    Error::usage(format!("the patterns of short lines do not compile: {why}"))
}

/// The error is the last line of what the compiler says: the reason, without the drawing.
fn compiled(patterns: &[String]) -> std::result::Result<RegexSet, String> {
    RegexSetBuilder::new(patterns)
        .unicode(false)
        .size_limit(64 << 20)
        .build()
        .map_err(|e| e.to_string().lines().last().unwrap_or_default().trim().to_owned())
}
