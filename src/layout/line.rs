//! Text → lines: where each begins and ends without the white space around it.

use super::paragraphs::is_ignorable;
use super::survey::Survey;
use crate::span::Span;

/// A line that is not blank.
#[derive(Clone, Copy)]
pub(super) struct Line {
    pub(super) span: Span,
    pub(super) indent: u32,
    /// it has no white space but plain spaces, and no zero-width characters
    pub(super) plain: bool,
    /// it is of ASCII
    pub(super) ascii: bool,
    /// a blank line stands before it
    pub(super) parted: bool,
}

/// Zero-width characters part no paragraphs and make none.
fn is_blank(s: &str) -> bool {
    s.chars().all(|c| c.is_whitespace() || is_ignorable(c))
}

/// Gathers lines as their ends are told.
struct Lines<'a> {
    text: &'a str,
    survey: &'a Survey,
    list: Vec<Line>,
    /// where the next line begins
    at: usize,
    /// whether a blank line stands before it
    parted: bool,
    /// zero-width characters on lines of their own go with the line after them, or with the last one
    loose: Option<Span>,
}

impl Lines<'_> {
    #[inline(always)]
    fn end(&mut self, end: usize) {
        let bytes = self.text.as_bytes();
        let at = std::mem::replace(&mut self.at, end + 1);
        if at >= end {
            // an empty line, or the second half of \r\n, which ends nothing
            self.parted |=
                at == end && !(bytes.get(end) == Some(&b'\n') && end > 0 && bytes[end - 1] == b'\r');
            return;
        }
        if !self.survey.is_plain(at, end) || self.loose.is_some() {
            return self.end_of_any(at, end);
        }
        let start = at + bytes[at..end].iter().take_while(|&&b| b == b' ').count();
        let stop = end - bytes[start..end].iter().rev().take_while(|&&b| b == b' ').count();
        if start == stop {
            self.parted = true;
            return;
        }
        self.list.push(Line {
            span: Span::new(start as u32, stop as u32),
            indent: (start - at) as u32,
            plain: true,
            ascii: self.survey.is_ascii(start, stop),
            parted: self.parted,
        });
        self.parted = false;
    }

    /// The same of a line with any characters, not empty.
    #[inline(never)]
    fn end_of_any(&mut self, at: usize, end: usize) {
        let raw = &self.text[at..end];
        let trimmed = raw.trim();
        let lead = raw.len() - raw.trim_start().len();
        let start = at + lead;
        let mut span = Span::from(start..start + trimmed.len());
        if is_blank(trimmed) {
            if !trimmed.is_empty() {
                self.loose = Some(self.loose.map_or(span, |l| l.cover(span)));
            }
            self.parted = true;
            return;
        }
        if let Some(loose) = self.loose.take() {
            span = loose.cover(span);
        }
        let indent = raw[..lead].chars().map(|c| if c == '\t' { 4 } else { 1 }).sum();
        self.list.push(Line { span, indent, plain: false, ascii: false, parted: self.parted });
        self.parted = false;
    }
}

/// The lines of a text that are not blank.
pub(super) fn lines(text: &str, survey: &Survey) -> Vec<Line> {
    let list = Vec::with_capacity(text.len() / 160 + 4);
    let mut lines = Lines { text, survey, list, at: 0, parted: true, loose: None };
    survey.breaks(text.as_bytes(), |at| lines.end(at));
    if lines.at < text.len() {
        lines.end(text.len());
    }
    let Lines { mut list, loose, .. } = lines;
    if let Some(loose) = loose {
        match list.last_mut() {
            Some(last) => {
                last.span.end = loose.end;
                last.plain = false;
                last.ascii = false;
            }
            None => list.push(Line { span: loose, indent: 0, plain: false, ascii: false, parted: true }),
        }
    }
    list
}

impl Line {
    /// How many columns it takes.
    #[inline]
    pub(super) fn columns(&self, text: &str) -> usize {
        if self.ascii { self.span.len() } else { self.span.of(text).chars().count() }
    }

    /// How many columns it would take with the first word of the next line.
    pub(super) fn columns_with(&self, next: &Self, text: &str) -> usize {
        let after = next.span.of(text);
        let word = after.split(char::is_whitespace).next().unwrap_or(after);
        self.columns(text) + 1 + word.chars().count()
    }

    /// Whether it has more than one word.
    pub(super) fn has_space(&self, text: &str) -> bool {
        self.span.of(text).contains(char::is_whitespace)
    }
}
