//! Whether lines are wrapped, and at which width; which of them carry on the one before.

use super::item;
use super::line::Line;
use super::paragraphs::is_ignorable;

/// Lines that an editor wrapped raggedly are no longer than this.
pub(super) const WIDEST: usize = 110;
/// Nor is such text wrapped whose lines are all shorter than this.
const NARROWEST: usize = 30;
/// Wider lines that break inside a sentence are prose where each has more words than this.
const PROSE: usize = 8;

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
pub(super) fn is_wrapped(text: &str, lines: &[Line]) -> Option<usize> {
    if lines.windows(2).all(|w| w[1].parted) {
        return None;
    }
    strict_width(text, lines).or_else(|| ragged_width(text, lines))
}

/// The width of text that a program wrapped: at every break the next word would have gone beyond the longest line.
fn strict_width(text: &str, lines: &[Line]) -> Option<usize> {
    let mut width = 0;
    for line in lines {
        // it has no more columns than bytes, and most have fewer of these than the widest has columns
        if line.span.len() <= width {
            continue;
        }
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
        wordy += usize::from(width > WIDEST && before.split_whitespace().nth(PROSE).is_some());
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
pub(super) fn carries_on_wrapped(text: &str, before: &Line, line: &Line, width: usize) -> bool {
    let (above, below) = (before.span.of(text), line.span.of(text));
    if below.starts_with('>') && !above.starts_with('>') {
        return false;
    }
    if line.indent >= before.indent + 2 && ends_sentence(above) {
        return false;
    }
    let room = before.columns_with(line, text);
    if item::is_item(below) {
        // a dash, or a number that ends a sentence, may stand at a line's start by chance, where the one before was full
        let dash = below.starts_with(['-', '–', '—']);
        let number = item::number(below) > 0 && !ends_sentence(above) && !above.ends_with(';');
        return room > width && (dash || number);
    }
    let forced = room <= width && ends_sentence(above);
    let short = room + 8 < width;
    !(forced || short && !starts_lower(below))
}

/// In text whose line breaks part paragraphs: a line carries on the one before only where it goes on in the midst of
/// a sentence that began like one.
pub(super) fn carries_on(text: &str, first: &Line, before: &Line, line: &Line) -> bool {
    let (above, below) = (before.span.of(text), line.span.of(text));
    starts_lower(below)
        && !starts_lower(first.span.of(text))
        && !ends_sentence(above)
        && !item::is_item(below)
        && above.len() > 8
        && below.contains(char::is_whitespace)
}
