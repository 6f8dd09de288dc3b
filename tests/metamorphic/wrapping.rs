//! How paragraphs are wrapped: a line each, or hard-wrapped at some column.

use crate::differences::{self, PLAIN, Reading};
use crate::{Count, corpus, read, some, story};
use onrecord::Lexicon;
use onrecord::layout;

/// An article with a line a paragraph and blank lines between them, as layout reads its paragraphs.
pub(crate) fn unwrapped(text: &str) -> String {
    let layout = layout::blocks(text, &Lexicon::embedded());
    let line = |b: &layout::Block| b.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
    layout.blocks.iter().map(line).collect::<Vec<_>>().join("\n\n")
}

/// A text whose lines break before the word that would go beyond a column.
pub(crate) fn wrapped(text: &str, width: usize) -> String {
    let wrap = |line: &str| {
        let mut out = String::new();
        let mut column = 0;
        for word in line.split(' ') {
            let length = word.chars().count();
            if column > 0 {
                let full = column + 1 + length > width;
                out.push(if full { '\n' } else { ' ' });
                column = if full { 0 } else { column + 1 };
            }
            out.push_str(word);
            column += length;
        }
        out
    };
    text.split('\n').map(wrap).collect::<Vec<_>>().join("\n")
}

fn spaces(words: &str) -> String {
    words.replace('\n', " ")
}

fn of_everything(text: &str, width: usize) -> Vec<String> {
    let reading = Reading { words: &spaces, ..PLAIN };
    differences::of((&read(text), &reading), (&read(&wrapped(text, width)), &reading))
}

fn articles() -> Vec<(String, String)> {
    corpus().into_iter().map(|(name, text)| (name, unwrapped(&text))).collect()
}

const WIDTHS: [usize; 12] = [24, 30, 36, 45, 60, 66, 72, 80, 100, 120, 160, 250];

#[test]
fn of_the_corpus() {
    let cases: Vec<_> = articles().into_iter().flat_map(|a| WIDTHS.map(|width| (a.clone(), width))).collect();
    let named = |((name, text), width): &((String, String), usize)| {
        of_everything(text, *width).into_iter().map(|f| format!("{name}/{width}: {f}")).collect()
    };
    Count::of(&cases, named).at_least(99.0);
}

#[test]
fn of_stories() {
    let cases = some((story::stories(), 24usize..260), 600);
    let named = |(story, width): &(story::Story, usize)| {
        of_everything(&story.text(), *width).into_iter().map(|f| format!("{width}: {f}")).collect()
    };
    Count::of(&cases, named).at_least(99.0);
}
