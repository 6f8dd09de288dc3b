//! How a text is set: no-break spaces, the shape of quotation marks, the ends of lines. None of it means anything.

use crate::differences::{self, PLAIN, Reading};
use crate::{Count, corpus, holds, read, story};

/// No-break spaces and those of other widths.
const SPACES: [char; 4] = ['\u{a0}', '\u{202f}', '\u{2009}', '\u{3000}'];

fn spaces(words: &str) -> String {
    words.replace(SPACES, " ")
}

fn straight(words: &str) -> String {
    words.replace(['“', '”'], "\"").replace(['‘', '’'], "'")
}

/// A text with every so-manieth space a no-break space.
fn unbroken(text: &str, every: usize) -> String {
    let mut nth = 0;
    let replace = |c: char| {
        nth += usize::from(c == ' ');
        if c == ' ' && nth % every == 0 { '\u{a0}' } else { c }
    };
    text.chars().map(replace).collect()
}

/// What differs between the records of a text and of the same with other characters in the places of some.
fn one_for_one(before: &str, after: &str, words: &dyn Fn(&str) -> String) -> Vec<String> {
    assert_eq!(before.chars().count(), after.chars().count());
    let reading = Reading { words, ..PLAIN };
    differences::of((&read(before), &reading), (&read(after), &reading))
}

fn of_no_break_spaces(text: &str, every: usize) -> Vec<String> {
    one_for_one(text, &unbroken(text, every), &spaces)
}

fn of_straight_marks(text: &str) -> Vec<String> {
    one_for_one(text, &straight(text), &straight)
}

/// Marks of a text as a word processor sets them: opening after white space, brackets and dashes, else closing.
fn curly(text: &str) -> String {
    if text.contains("''") {
        // two straight ones for a double mark have no curly shape
        return text.to_owned();
    }
    let mut before = ' ';
    let mut set = |c: char| {
        let opens = before.is_whitespace() || matches!(before, '(' | '[' | '—' | '–' | '“' | '‘');
        let set = match (c, opens) {
            ('"', true) => '“',
            ('"', false) => '”',
            ('\'', true) => '‘',
            ('\'', false) => '’',
            _ => c,
        };
        before = set;
        set
    };
    text.chars().map(&mut set).collect()
}

fn of_curly_marks(text: &str) -> Vec<String> {
    one_for_one(text, &curly(text), &straight)
}

fn of_line_ends(text: &str) -> Vec<String> {
    // the offset of each character of the text in that with CR LF
    let mut added = 0;
    let mut offsets: Vec<u32> = Vec::new();
    for (i, c) in text.chars().enumerate() {
        offsets.push(i as u32 + added);
        added += u32::from(c == '\n');
    }
    offsets.push(offsets.len() as u32 + added);
    let lines = |words: &str| words.replace("\r\n", "\n");
    let after = read(&text.replace('\n', "\r\n"));
    let moved = Reading { offset: &|at| offsets[at as usize], words: &lines };
    differences::of((&read(text), &moved), (&after, &Reading { words: &lines, ..PLAIN }))
}

/// The articles of corpus/ with line feeds and plain spaces.
fn articles() -> Vec<(String, String)> {
    let plain = |text: String| spaces(&text.replace("\r\n", "\n"));
    corpus().into_iter().map(|(name, text)| (name, plain(text))).collect()
}

fn named(name: &str, found: Vec<String>) -> Vec<String> {
    found.into_iter().map(|f| format!("{name}: {f}")).collect()
}

#[test]
fn no_break_spaces_of_the_corpus() {
    let cases: Vec<_> =
        articles().into_iter().flat_map(|a| [1, 2, 3, 7].map(|every| (a.clone(), every))).collect();
    Count::of(&cases, |((name, text), every)| {
        named(&format!("{name}/{every}"), of_no_break_spaces(text, *every))
    })
    .at_least(98.0);
}

#[test]
fn no_break_spaces_of_stories() {
    holds((story::stories(), 1usize..9), |(story, every)| of_no_break_spaces(&story.text(), every));
}

#[test]
fn straight_marks_of_the_corpus() {
    Count::of(&articles(), |(name, text)| named(name, of_straight_marks(text))).all();
}

#[test]
fn straight_marks_of_stories() {
    holds(story::stories(), |story| of_straight_marks(&story.text()));
}

#[test]
fn curly_marks_of_the_corpus() {
    Count::of(&articles(), |(name, text)| named(name, of_curly_marks(text))).all();
}

#[test]
fn line_ends_of_the_corpus() {
    Count::of(&articles(), |(name, text)| named(name, of_line_ends(text))).all();
}

#[test]
fn line_ends_of_stories() {
    holds(story::stories(), |story| of_line_ends(&story.text()));
}
