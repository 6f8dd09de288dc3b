//! Text → paragraphs, whether parted by blank lines, by single line breaks, or hard-wrapped at some column.
//!
//! Which of them an article does is read off its lines: in hard-wrapped text nearly every line break stands where the
//! next word would not have fitted.

use super::line::lines;
use super::survey::Survey;
use super::wrap::{carries_on, carries_on_wrapped, is_wrapped};
use crate::span::Span;
use memchr::memchr2;
use std::borrow::Cow;

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

#[cfg(test)]
mod tests {
    use super::super::wrap::WIDEST;
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
