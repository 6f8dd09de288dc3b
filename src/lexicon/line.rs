//! Short lines that are no prose: patterns of share bars, credits, time stamps and the like, as data.

use super::overlay::{Place, overlaid, overlay};
use super::pattern::{Patterns, compiled};
use crate::error::{Error, Result};
use crate::vocabulary::BlockKind;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// A line of more bytes is prose.
const LONGEST: usize = 240;
/// So many bytes of a line are made plain at once.
const BLOCK: usize = 16;
/// The highest bit of each of these: set in what is no ASCII.
const HIGH: u128 = (u128::MAX / 255) << 7;
/// Room for a plain line, and for a block that begins at its last byte.
type Buffer = [u8; LONGEST + BLOCK];
/// So many of a paragraph's bytes are asked how it begins.
const OPENING: usize = 100;

/// Short lines that are no part of the article's prose.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Lines")]
pub(super) struct RawLines {
    /// The entries; of two that match, the first counts.
    #[serde(default)]
    pub(super) line: Vec<RawLine>,
}

/// Lines of one sort.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "Line")]
pub(super) struct RawLine {
    /// Unique in its file. The id of an embedded entry replaces that entry.
    #[schemars(with = "String")]
    pub(super) id: Spanned<String>,
    /// Takes the embedded entry of this id away.
    #[serde(default)]
    pub(super) disabled: bool,
    /// What such a line is; by default boilerplate.
    pub(super) kind: Option<BlockKind>,
    /// Regular expressions over bytes that match a whole line of at most 240 bytes, once its letters are small, its
    /// quotation marks and dashes straight, and brackets, bullets and stops at its ends taken off.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) patterns: Vec<Spanned<String>>,
    /// Regular expressions of how paragraphs of any length begin, within their first 100 bytes.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) opens: Vec<Spanned<String>>,
    /// Lines that must be of this sort; `onrecord rules check` runs them.
    #[serde(default)]
    #[schemars(with = "Vec<String>")]
    pub(super) examples: Vec<Spanned<String>>,
    /// Texts that must not be one.
    #[serde(default, rename = "near-misses")]
    #[schemars(with = "Vec<String>")]
    pub(super) near_misses: Vec<Spanned<String>>,
}

/// What short lines are, by their patterns.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Lines {
    set: Patterns,
    /// the kind of each pattern
    kinds: Vec<BlockKind>,
    openings: Patterns,
    opening_kinds: Vec<BlockKind>,
}

impl Lines {
    /// What a line or paragraph is, or nothing where it may be prose.
    pub fn kind(&self, line: &str) -> Option<BlockKind> {
        let mut buffer = [0; LONGEST + BLOCK];
        let letter = line.as_bytes().first().is_some_and(u8::is_ascii_alphanumeric);
        let bare = if letter { line } else { line.trim_start_matches(is_edge) };
        if self.may_open(bare) {
            let opening = plain(floor(bare, OPENING), &mut buffer);
            if let Some(i) = self.openings.first(opening) {
                return Some(self.opening_kinds[i]);
            }
        }
        if line.len() > LONGEST {
            return None;
        }
        let line = if line.starts_with('<') { line } else { bare };
        let line = line.trim_end_matches(|c| is_edge(c) && c != '>' || matches!(c, '.' | '…'));
        let line = plain(line, &mut buffer);
        self.set.first(line).map(|i| self.kinds[i])
    }

    /// Whether a pattern of how paragraphs begin may match; told by four bytes, where they are ASCII.
    #[inline]
    fn may_open(&self, line: &str) -> bool {
        match line.as_bytes().first_chunk::<4>() {
            Some(four) if four.is_ascii() => self.openings.may_match(four.map(plain_byte)),
            _ => true,
        }
    }
}

/// What may stand around a line that is no part of it.
#[inline]
fn is_edge(c: char) -> bool {
    if c.is_ascii_alphanumeric() {
        return false;
    }
    let mark = matches!(
        c,
        '[' | ']' | '(' | ')' | '*' | '•' | '>' | '<' | '»' | '«' | '→' | '▶' | '►' | '_' | '-' | '–' | '—'
    );
    c.is_whitespace() || mark
}

/// The longest prefix of at most so many bytes.
pub(crate) fn floor(s: &str, most: usize) -> &str {
    let mut end = most.min(s.len());
    while !s.is_char_boundary(end) {
        end -= 1;
    }
    &s[..end]
}

#[inline]
fn plain_byte(b: u8) -> u8 {
    // without a branch, so that sixteen are made plain at a time
    let small = b | if b.is_ascii_uppercase() { 0x20 } else { 0 };
    if (b == b'\t') | (b == b'\n') | (b == b'\r') { b' ' } else { small }
}

/// Small ASCII letters, straight quotation marks and dashes, plain spaces; never longer than the line. A block at a time,
/// of which what stands before the first character that is none of ASCII counts.
fn plain<'b>(line: &str, buffer: &'b mut Buffer) -> &'b [u8] {
    let bytes = line.as_bytes();
    let (mut at, mut length) = (0, 0);
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
        let block = match (rest.first_chunk(), bytes.last_chunk()) {
            (Some(block), _) => *block,
            // the last ones, with noughts behind them
            (None, Some(last)) => (u128::from_le_bytes(*last) >> (8 * (BLOCK - rest.len()))).to_le_bytes(),
            (None, None) => {
                let mut block = [0; BLOCK];
                block[..rest.len()].copy_from_slice(rest);
                block
            }
        };
        let wide = u128::from_le_bytes(block) & HIGH;
        let ascii = rest.len().min(wide.trailing_zeros() as usize / 8);
        if let Some(place) = buffer.get_mut(length..).and_then(|free| free.first_chunk_mut::<BLOCK>()) {
            place.iter_mut().zip(&block).for_each(|(to, &b)| *to = plain_byte(b));
        }
        (at, length) = (at + ascii, length + ascii);
        if wide == 0 {
            continue;
        }
        if let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) {
            let straight = match c {
                '‘' | '’' => '\'',
                '“' | '”' => '"',
                '–' | '—' | '‑' => '-',
                '\u{a0}' => ' ',
                _ => c,
            };
            length += straight.encode_utf8(&mut buffer[length..]).len();
            at += c.len_utf8();
        }
    }
    &buffer[..length]
}

overlaid! { RawLine }

/// Reads the file's entries and indexes their patterns.
pub(super) fn load_lines(places: &[Place]) -> Result<Lines> {
    let entries = overlay(places, |f: RawLines| f.line)?;
    let (mut lines, mut patterns, mut openings) = (Lines::default(), Vec::new(), Vec::new());
    for (raw, place) in &entries {
        // the embedded ones are tested
        if !std::ptr::eq(*place, &places[0]) {
            check(raw, place)?;
        }
        let kind = raw.kind.unwrap_or(BlockKind::Boilerplate);
        for pattern in &raw.patterns {
            lines.kinds.push(kind);
            patterns.push(pattern.get_ref().clone());
        }
        for pattern in &raw.opens {
            lines.opening_kinds.push(kind);
            openings.push(pattern.get_ref().clone());
        }
    }
    match (Patterns::new(patterns, true), Patterns::new(openings, false)) {
        (Ok(set), Ok(openings)) => Ok(Lines { set, openings, ..lines }),
        (Err(why), _) | (_, Err(why)) => {
            Err(Error::usage(format!("the patterns of short lines do not compile: {why}")))
        }
    }
}

/// Compiles an entry's patterns, so that the error names the one at fault.
fn check(raw: &RawLine, place: &Place) -> Result<()> {
    for pattern in raw.patterns.iter().chain(&raw.opens) {
        if let Err(why) = compiled(pattern.get_ref()) {
            return Err(place.error(pattern.span().start, format!("this is no regular expression: {why}")));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn embedded_patterns_compile() {
        let text = include_str!("../../data/boilerplate.toml");
        for raw in toml::from_str::<RawLines>(text).unwrap().line {
            for pattern in raw.patterns.iter().chain(&raw.opens) {
                assert!(compiled(pattern.get_ref()).is_ok(), "{}", pattern.get_ref());
            }
        }
    }
}
