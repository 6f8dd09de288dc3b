//! Short lines that are no prose: patterns of share bars, credits, time stamps and the like, as data.

use super::load::{Overlaid, Place, overlay};
use crate::error::{Error, Result};
use crate::vocabulary::BlockKind;
use regex::bytes::{RegexSet, RegexSetBuilder};
use serde::Deserialize;
use toml::Spanned;

/// A line of more bytes is prose.
const LONGEST: usize = 240;

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
    #[serde(default)]
    patterns: Vec<Spanned<String>>,
}

/// What short lines are, by their patterns.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    set: RegexSet,
    /// the kind of each pattern
    kinds: Vec<BlockKind>,
}

impl Lines {
    /// What a line is, or nothing where it may be prose.
    pub fn kind(&self, line: &str) -> Option<BlockKind> {
        if line.len() > LONGEST {
            return None;
        }
        let edge = |c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    '[' | ']' | '(' | ')' | '*' | '•' | '>' | '<' | '»' | '«' | '→' | '▶' | '►' | '_'
                )
        };
        let line = if line.starts_with('<') { line } else { line.trim_start_matches(edge) };
        let line = line.trim_end_matches(|c| edge(c) && c != '>' || matches!(c, '.' | '…'));
        let mut buffer = [0; LONGEST];
        let line = plain(line, &mut buffer);
        self.set.matches(line).iter().next().map(|i| self.kinds[i])
    }
}

/// Small ASCII letters, straight quotation marks and dashes, plain spaces; never longer than the line.
fn plain<'b>(line: &str, buffer: &'b mut [u8; LONGEST]) -> &'b [u8] {
    let mut length = 0;
    for c in line.chars() {
        let straight = match c {
            '‘' | '’' => '\'',
            '“' | '”' => '"',
            '–' | '—' | '‑' => '-',
            '\u{a0}' | '\t' => ' ',
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
    let mut kinds = Vec::new();
    let mut patterns = Vec::new();
    let entries = overlay(places, |f: RawLines| f.line)?;
    for (raw, _) in &entries {
        for pattern in &raw.patterns {
            kinds.push(raw.kind.unwrap_or(BlockKind::Boilerplate));
            patterns.push(format!("^(?:{})$", pattern.get_ref()));
        }
    }
    match compiled(&patterns) {
        Ok(set) => Ok(Lines { set, kinds }),
        Err(whole) => {
            // one of them is at fault: say which
            for (raw, place) in &entries {
                for pattern in &raw.patterns {
                    if let Err(why) = compiled(&[pattern.get_ref().clone()]) {
                        let message = format!("this is no regular expression: {why}");
                        return Err(place.error(pattern.span().start, message));
                    }
                }
            }
            Err(Error::usage(format!("the patterns of short lines do not compile: {whole}")))
        }
    }
}

/// The error is the last line of what the compiler says: the reason, without the drawing.
fn compiled(patterns: &[String]) -> std::result::Result<RegexSet, String> {
    RegexSetBuilder::new(patterns)
        .unicode(false)
        .size_limit(64 << 20)
        .build()
        .map_err(|e| e.to_string().lines().last().unwrap_or_default().trim().to_owned())
}
