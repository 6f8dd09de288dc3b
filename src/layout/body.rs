//! What stands in the story beside its paragraphs: turns, items, block quotes, headings, links to other articles.

use super::shape::{self, Shape};
use super::top::LONGEST_HEADLINE;
use super::{Block, Reader, item, turn};
use crate::span::Span;
use crate::vocabulary::BlockKind;

/// A heading has at most so many bytes and words.
const LONGEST_HEADING: usize = 90;
const LONGEST_HEADING_WORDS: u32 = 12;
impl Reader<'_> {
    pub(super) fn turns(&mut self) {
        let mut speakers = turn::Speakers::default();
        let mut labels = Vec::new();
        for i in 0..self.paragraphs.len() {
            if let Some(label) = self.is_open(i).then(|| turn::label(self.str(i), self.lexicon)).flatten() {
                speakers.add(label);
                labels.push((i, label));
            }
        }
        for (i, label) in labels {
            if speakers.is_speaker(&label) {
                self.set_label(i, BlockKind::Turn, label.length);
            }
        }
    }

    /// Items with bullets; with numbers, where a neighbour's number is next to theirs.
    pub(super) fn items(&mut self) {
        let number = |s: &str| (item::number(s) > 0).then(|| item::value(s)).flatten();
        let numbers: Vec<Option<u32>> = self.texts.iter().map(|said| number(said.str())).collect();
        for i in 0..self.paragraphs.len() {
            // no item begins with a letter of ASCII but a small one with a mark after it
            let letter = self.str(i).as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
            if letter && numbers[i].is_none() || !self.is_open(i) {
                continue;
            }
            let bullet = item::bullet(self.str(i));
            if item::is_signature(self.str(i)) {
                continue;
            }
            if bullet > 0 {
                self.set_label(i, BlockKind::ListItem, bullet);
                continue;
            }
            let Some(value) = numbers[i] else { continue };
            let near = i.saturating_sub(8)..(i + 9).min(numbers.len());
            if numbers[near].iter().flatten().any(|n| n.abs_diff(value) == 1) {
                self.set_label(i, BlockKind::ListItem, item::number(self.str(i)));
            }
        }
    }

    /// Paragraphs marked ">" or set in on the left, where most are not.
    pub(super) fn block_quotes(&mut self) {
        let set_in = self.paragraphs.iter().filter(|p| p.hanging >= 2).count();
        // where paragraphs open with an indent, a single line that is set in is one of them
        let indented = self.paragraphs.iter().any(|p| p.lines > 1 && p.indent >= p.hanging + 2);
        let few = set_in * 10 <= self.paragraphs.len() * 4;
        for i in 0..self.paragraphs.len() {
            if !self.is_open(i) {
                continue;
            }
            let s = self.str(i);
            if let Some(rest) = s.strip_prefix('>').filter(|r| !r.trim().is_empty()) {
                let length = s.len() - rest.trim_start_matches(|c: char| c == '>' || c.is_whitespace()).len();
                self.set_label(i, BlockKind::Blockquote, length);
            } else if few
                && self.paragraphs[i].hanging >= 2
                && s.len() > 60
                && !(indented && self.paragraphs[i].lines == 1)
            {
                self.set(i, BlockKind::Blockquote);
            }
        }
    }

    /// Short lines between paragraphs that end in no stop and are capitalised, or are all in capitals.
    pub(super) fn headings(&mut self) {
        let mut below = false;
        for i in (1..self.paragraphs.len()).rev() {
            if !self.is_open(i) {
                below |= matches!(
                    self.layout.blocks[i].kind,
                    BlockKind::ListItem | BlockKind::Turn | BlockKind::Blockquote
                );
                continue;
            }
            let s = self.str(i);
            if s.len() <= LONGEST_HEADING && below && self.is_heading(s) {
                self.set(i, BlockKind::Heading);
            }
            below = true;
        }
    }

    fn is_heading(&self, s: &str) -> bool {
        if shape::is_told(s) {
            return false;
        }
        let shape = Shape::of(s);
        let titled = shape.is_title_case() || shape.long == 1 && shape.long_capital == 1;
        let dashed = |c: char| matches!(c, '-' | '–' | '—');
        s.len() > 4
            && !item::is_signature(s)
            && s.starts_with(dashed) == s.trim_end_matches('.').ends_with(dashed)
            && (1..=LONGEST_HEADING_WORDS).contains(&shape.words)
            && shape.has_upper
            && !shape.quoted
            && (s.starts_with(dashed)
                || shape.is_open() && (titled || shape.words <= 6 && s.starts_with(char::is_uppercase))
                || shape.is_upper() && shape.end != ':')
    }

    /// The headlines of other articles that follow a line like "Related stories".
    pub(super) fn links(&mut self) {
        let n = self.paragraphs.len();
        let listed =
            |b: &Block| matches!(b.kind, BlockKind::ListItem | BlockKind::Boilerplate | BlockKind::Byline);
        let end = n - self.layout.blocks.iter().rev().take_while(|b| listed(b)).count();
        let mut linking = false;
        for i in 0..n {
            let kind = self.layout.blocks[i].kind;
            if kind == BlockKind::Boilerplate {
                linking = true;
                continue;
            }
            let s = self.str(i);
            let link = linking
                && matches!(kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::ListItem)
                && s.len() <= LONGEST_HEADLINE
                && {
                    let shape = Shape::of(s);
                    let last = i >= end && kind == BlockKind::ListItem;
                    shape.is_open() && (shape.is_title_case() && shape.words >= 4 || last)
                };
            if link {
                self.set(i, BlockKind::Boilerplate);
                self.layout.blocks[i].label =
                    Span::new(self.layout.blocks[i].span.start, self.layout.blocks[i].span.start);
            } else {
                linking = false;
            }
        }
    }
}
