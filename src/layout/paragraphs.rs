//! Text → paragraphs, whether parted by blank lines, by single line breaks, or hard-wrapped at some column.
//!
//! Which of them an article does is read off its lines: in hard-wrapped text nearly every line break stands where the
//! next word would not have fitted.

use super::survey::Survey;
use crate::span::Span;
use memchr::memchr2;
use std::borrow::Cow;

/// Lines that an editor wrapped raggedly are no longer than this.
const WIDEST: usize = 110;
/// Nor is such text wrapped whose lines are all shorter than this.
const NARROWEST: usize = 30;
/// Wider lines that break inside a sentence are prose where each has more words than this.
const PROSE: usize = 8;

/// A paragraph: one line or several that were wrapped.
#[derive(Clone, Copy, Debug)]
pub(super) struct Paragraph {
    /// from its first to its last character that is not white space
    pub(super) span: Span,
    /// columns before its first line
    pub(super) indent: u32,
    /// the least columns before any of its lines
    pub(super) hanging: u32,
    /// how many lines it takes
    pub(super) lines: u32,
    /// its lines have no white space but plain spaces, and no zero-width characters
    pub(super) plain: bool,
}

#[derive(Clone, Copy)]
struct Line {
    span: Span,
    indent: u32,
    /// it has no white space but plain spaces, and no zero-width characters
    plain: bool,
    /// it is of ASCII
    ascii: bool,
    /// a blank line stands before it
    parted: bool,
}

/// Cuts a text into paragraphs that hold every character of it but white space.
pub(super) fn cut(text: &str, survey: &Survey) -> Vec<Paragraph> {
    let lines = lines(text, survey);
    let wrapped = is_wrapped(text, &lines);
    let mut paragraphs: Vec<Paragraph> = Vec::with_capacity(lines.len());
    let mut stanza = 0;
    for (i, line) in lines.iter().enumerate() {
        if line.parted {
            stanza = i;
        }
        let before = (!line.parted && i > 0).then(|| &lines[i - 1]);
        let joins = before.is_some_and(|before| match wrapped {
            Some(width) => carries_on_wrapped(text, before, line, width),
            None => carries_on(text, &lines[stanza], before, line),
        });
        match paragraphs.last_mut() {
            Some(last) if joins => {
                last.span.end = line.span.end;
                last.hanging = last.hanging.min(line.indent);
                last.lines += 1;
                last.plain &= line.plain;
            }
            _ => paragraphs.push(Paragraph {
                span: line.span,
                indent: line.indent,
                hanging: line.indent,
                lines: 1,
                plain: line.plain,
            }),
        }
    }
    paragraphs
}

/// Zero-width characters part no paragraphs and make none.
fn is_blank(s: &str) -> bool {
    s.chars().all(|c| c.is_whitespace() || is_ignorable(c))
}

/// Zero-width and bidirectional marks.
pub(super) fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

/// A text without the zero-width characters that it begins with.
#[inline]
pub(super) fn visible(s: &str) -> &str {
    match s.as_bytes().first() {
        Some(b) if !b.is_ascii() => s.trim_start_matches(is_ignorable),
        _ => s,
    }
}

/// What a paragraph says: without the zero-width characters before it, and with one plain space for each break of its
/// lines and for each other character of white space.
pub(super) struct Said<'a> {
    text: Cow<'a, str>,
    /// where it begins in the article
    start: u32,
    /// places of what it says from which on the article's are further by so much
    steps: Vec<(u32, u32)>,
}

impl<'a> Said<'a> {
    #[inline]
    pub(super) fn of(text: &'a str, paragraph: &Paragraph) -> Self {
        let Paragraph { span, lines, plain, .. } = *paragraph;
        if plain && lines == 1 {
            return Self { text: Cow::Borrowed(span.of(text)), start: span.start, steps: Vec::new() };
        }
        Self::of_any(text, span, plain)
    }

    #[inline(never)]
    fn of_any(text: &'a str, span: Span, plain: bool) -> Self {
        let raw = visible(span.of(text));
        let start = span.end - raw.len() as u32;
        let (mut said, mut steps) = (String::with_capacity(raw.len()), Vec::new());
        let mut rest = raw;
        let other_space = |rest: &str| {
            if plain {
                memchr2(b'\n', b'\r', rest.as_bytes())
            } else {
                rest.find(|c: char| c != ' ' && c.is_whitespace())
            }
        };
        while let Some(at) = other_space(rest) {
            let breaks = rest[at..].len() - rest[at..].trim_start().len();
            let stretch = &rest[at..at + breaks];
            let mut taken = stretch.chars().next().map_or(1, char::len_utf8);
            let mut before = &rest[..at];
            if stretch.contains(['\n', '\r']) {
                before = before.trim_end_matches(' ');
                taken = stretch.len() + (at - before.len());
            }
            said.push_str(before);
            said.push(' ');
            rest = &rest[before.len() + taken..];
            steps.push((said.len() as u32, (raw.len() - rest.len() - said.len()) as u32));
        }
        said.push_str(rest);
        Self { text: Cow::Owned(said), start, steps }
    }

    #[inline]
    pub(super) fn str(&self) -> &str {
        &self.text
    }

    /// A place of what it says, as one of the article.
    pub(super) fn place(&self, at: u32) -> u32 {
        let passed = self.steps.partition_point(|step| step.0 <= at);
        self.start + at + passed.checked_sub(1).map_or(0, |last| self.steps[last].1)
    }
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

fn lines(text: &str, survey: &Survey) -> Vec<Line> {
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
    fn columns(&self, text: &str) -> usize {
        if self.ascii { self.span.len() } else { self.span.of(text).chars().count() }
    }

    /// How many columns it would take with the first word of the next line.
    fn columns_with(&self, next: &Self, text: &str) -> usize {
        let after = next.span.of(text);
        let word = after.split(char::is_whitespace).next().unwrap_or(after);
        self.columns(text) + 1 + word.chars().count()
    }

    /// Whether it has more than one word.
    fn has_space(&self, text: &str) -> bool {
        self.span.of(text).contains(char::is_whitespace)
    }
}

/// Whether a line ends as a paragraph may: with a stop, closing marks included.
fn ends_sentence(s: &str) -> bool {
    s.trim_end_matches(['"', '”', '’', '\'', ')', ']', '»']).ends_with(['.', '!', '?', '…', ':'])
}

fn starts_lower(s: &str) -> bool {
    if let Some(first) = s.as_bytes().first().filter(|b| b.is_ascii()) {
        return first.is_ascii_lowercase();
    }
    s.chars().find(|c| !is_ignorable(*c)).is_some_and(char::is_lowercase)
}

/// The width at which the article's lines are wrapped; `None` where a line break parts paragraphs.
fn is_wrapped(text: &str, lines: &[Line]) -> Option<usize> {
    if lines.windows(2).all(|w| w[1].parted) {
        return None;
    }
    strict_width(text, lines).or_else(|| ragged_width(text, lines))
}

/// The width of text that a program wrapped: at every break the next word would have gone beyond the longest line.
fn strict_width(text: &str, lines: &[Line]) -> Option<usize> {
    let mut width = 0;
    for line in lines {
        let columns = line.columns(text);
        // a word that is longer than the width has a line of its own
        if columns > width && line.has_space(text) {
            width = columns;
        }
    }
    let (mut breaks, mut lower, mut inside, mut wordy) = (0, 0, 0, 0);
    for w in lines.windows(2).filter(|w| !w[1].parted) {
        if w[0].columns_with(&w[1], text) <= width {
            return None;
        }
        let (before, after) = (w[0].span.of(text), w[1].span.of(text));
        breaks += 1;
        lower += usize::from(starts_lower(after));
        inside += usize::from(!ends_sentence(before));
        wordy += usize::from(before.split_whitespace().nth(PROSE).is_some());
    }
    // lists of names and headlines may have lines of one length, but they do not go on with a small letter
    let prose = lower * 4 >= breaks && lower > 0;
    let wide = width > WIDEST && inside == breaks && wordy == breaks;
    (inside * 2 >= breaks && prose || wide).then_some(width)
}

/// The width of text that an editor wrapped.
fn ragged_width(text: &str, lines: &[Line]) -> Option<usize> {
    let inner = || lines.windows(2).filter(|w| !w[1].parted);
    let breaks = inner().count();
    // the width is that of the longest line that another one follows
    let mut width = 0;
    for w in inner() {
        width = width.max(w[0].columns(text));
    }
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let (mut full, mut lower) = (0, 0);
    for w in inner() {
        full += usize::from(w[0].columns_with(&w[1], text) + 2 >= width);
        lower += usize::from(starts_lower(w[1].span.of(text)));
    }
    // ragged text, wrapped by an editor at some time and edited since, still breaks inside sentences
    (full * 10 >= breaks * 8 && breaks >= 3 || lower * 4 >= breaks && full * 2 >= breaks).then_some(width)
}

/// In wrapped text: a line carries on the one before unless it is an item of a list, is set in anew, or the one before
/// had room left and ends a sentence.
fn carries_on_wrapped(text: &str, before: &Line, line: &Line, width: usize) -> bool {
    let (above, below) = (before.span.of(text), line.span.of(text));
    if below.starts_with('>') && !above.starts_with('>') {
        return false;
    }
    if line.indent >= before.indent + 2 && ends_sentence(above) {
        return false;
    }
    let room = before.columns_with(line, text);
    if super::item::is_item(below) {
        // a dash, or a number that ends a sentence, may stand at a line's start by chance, where the one before was full
        let dash = below.starts_with(['-', '–', '—']);
        let number = super::item::number(below) > 0 && !ends_sentence(above) && !above.ends_with(';');
        return room > width && (dash || number);
    }
    let forced = room <= width && ends_sentence(above);
    let short = room + 8 < width;
    !(forced || short && !starts_lower(below))
}

/// In text whose line breaks part paragraphs: a line carries on the one before only where it goes on in the midst of
/// a sentence that began like one.
fn carries_on(text: &str, first: &Line, before: &Line, line: &Line) -> bool {
    let (above, below) = (before.span.of(text), line.span.of(text));
    starts_lower(below)
        && !starts_lower(first.span.of(text))
        && !ends_sentence(above)
        && !super::item::is_item(below)
        && above.len() > 8
        && below.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<Paragraph> {
        super::cut(text, &Survey::of(text))
    }

    fn cut_at(text: &str) -> Vec<&str> {
        cut(text).iter().map(|p| p.span.of(text)).collect()
    }

    #[test]
    fn paragraphs_are_parted_in_three_ways() {
        assert_eq!(cut_at("One.\n\nTwo.\r\n\r\nThree.\n \u{a0}\nFour."), ["One.", "Two.", "Three.", "Four."]);
        assert_eq!(cut_at("One is here.\nTwo is here.\nThree."), ["One is here.", "Two is here.", "Three."]);
        let wrapped = "The mayor of Lindow said on Monday that the old\nbridge would stay shut until the spring, when the\nmoney for the new one is\
                       \nthere.\nNobody was hurt, she said, and nobody would have to\nwait for long.";
        assert_eq!(cut(wrapped).len(), 2);
        assert_eq!(cut_at("features\ncontact manager\nevents, activities\n").len(), 3);
        assert_eq!(cut_at("It was a cold \nnight in the city."), ["It was a cold \nnight in the city."]);
    }

    #[test]
    fn text_that_a_program_wrapped_is_joined_at_any_width() {
        let narrow =
            "The mayor of Lindow\nsaid on Monday that\nthe old bridge\nwould stay shut.\n\nIt rained.";
        assert_eq!(cut(narrow).len(), 2);
        let line = "The mayor of Lindow said on Monday that the old bridge over the Orla would stay shut until the spring because of";
        assert!(line.len() > WIDEST);
        assert_eq!(cut(&format!("Bridge stays shut\n\n{line}\nAna Brandt.")).len(), 2);
        assert_eq!(cut(&format!("Bridge stays shut\n\n{line} it.\nAna Brandt.")).len(), 3);
        // lines that are alike in length but do not go on
        assert_eq!(cut("Ana Brandt\nJohn Lind\nMary Okoye\nBo Wu").len(), 4);
        // a number that ends a sentence opens no item; one after a sentence does
        let number =
            "He was killed on a road\nabove the river on May\n24. His brother has the\nfirm, and it is well.";
        assert_eq!(cut(number).len(), 1);
        let item = "The council wants these\nthings of the mayor now.\n24. The bridge is to be\nmended at once by him.";
        assert_eq!(cut(item).len(), 2);
    }

    #[test]
    fn what_is_said_has_plain_spaces_and_its_places_are_known() {
        let text = "x\n\u{feff}By\u{a0}Ana \r\n  Brandt,\tLindow";
        let said = Said::of_any(text, Span::from(2..text.len()), false);
        assert_eq!(said.str(), "By Ana Brandt, Lindow");
        for word in ["By", "Ana", "Brandt", "Lindow"] {
            let at = said.str().find(word).unwrap() as u32;
            let (start, end) = (said.place(at) as usize, said.place(at + word.len() as u32) as usize);
            assert_eq!(&text[start..end], word);
        }
    }

    #[test]
    fn zero_width_characters_are_held_but_make_no_paragraph() {
        assert_eq!(
            cut_at("\u{feff}One.\n\u{200b}\nTwo.\n\u{200b}"),
            ["\u{feff}One.", "\u{200b}\nTwo.\n\u{200b}"]
        );
        assert_eq!(cut_at("\u{200b}\n"), ["\u{200b}"]);
        assert!(cut_at(" \n\u{a0}\n").is_empty());
    }
}
