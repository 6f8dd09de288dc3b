//! Turns of a transcript: "BRANDT: …", "Q. …".
//!
//! A label alone proves nothing ("UPDATE: …"); a transcript shows in labels that come again or belong to several
//! speakers.

use crate::lexicon::{Classes, Lexicon, swar};
use memchr::memchr;

/// A speaker's label has at most so many bytes and words.
const LONGEST_LABEL: usize = 60;
const LONGEST_NAME: usize = 7;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// BRANDT:
    Upper,
    /// Ana Brandt:
    Title,
    /// Q. or Q:
    Letter,
}

/// What may be a turn's label at a paragraph's start.
#[derive(Clone, Copy)]
pub(super) struct Label<'a> {
    name: &'a str,
    style: Style,
    /// bytes up to the words of the turn
    pub(super) length: usize,
    /// a title, or a name with a first name, shows it to be a person
    person: bool,
}

/// Reads a label.
pub(super) fn label<'a>(s: &'a str, lexicon: &Lexicon) -> Option<Label<'a>> {
    let letter = s.as_bytes().first().is_some_and(u8::is_ascii_alphabetic);
    let bare = if letter { s } else { s.trim_start_matches(['"', '“', '\'', '‘']) };
    let quote = s.len() - bare.len();
    let bytes = bare.as_bytes();
    if let [b'Q' | b'A', b'.' | b':', rest @ ..] = bytes {
        // "A. Lind" is a name: what follows must be more than that
        if rest.first() == Some(&b' ') && bare[2..].split_whitespace().count() >= 1 {
            let space = bare[2..].len() - bare[2..].trim_start().len();
            return Some(Label {
                name: &bare[..1],
                style: Style::Letter,
                length: quote + 2 + space,
                person: false,
            });
        }
        return None;
    }
    let head = &bytes[..bytes.len().min(LONGEST_LABEL)];
    // few paragraphs have one there
    if !swar::holds(head, b':') {
        return None;
    }
    let colon = memchr(b':', head)?;
    let name = bare.get(..colon)?;
    let rest = &bare[colon + 1..];
    let space = rest.len() - rest.trim_start().len();
    if space == 0 || !rest.chars().any(char::is_alphabetic) {
        // "Lind: 46" is a row of a table
        return None;
    }
    let words = name.split_whitespace().count();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if words == 0 || words > LONGEST_NAME || letters < 2 {
        return None;
    }
    let allowed = |c: char| {
        c.is_alphanumeric()
            || c.is_whitespace()
            || matches!(c, '.' | ',' | '(' | ')' | '-' | '’' | '\'' | '/' | '&')
    };
    if !name.chars().all(allowed) || name.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let upper = !name.chars().any(char::is_lowercase);
    let title = words <= 4 && name.split_whitespace().all(|w| w.starts_with(char::is_uppercase));
    let style = if upper {
        Style::Upper
    } else if title {
        Style::Title
    } else {
        return None;
    };
    let classes = |w: &str| lexicon.classes(lexicon.find(w.trim_matches([',', '(', ')'])));
    let person = name.split_whitespace().any(|w| classes(w).intersects(Classes::TITLE | Classes::OFFICE))
        || words >= 2
            && name.split_whitespace().next().is_some_and(|w| classes(w).intersects(Classes::FIRST_NAME));
    Some(Label { name, style, length: quote + colon + 1 + space, person })
}

/// Which of the article's labels are speakers'.
#[derive(Default)]
pub(super) struct Speakers<'a> {
    seen: Vec<(Label<'a>, u32)>,
}

impl<'a> Speakers<'a> {
    /// Counts a label.
    pub(super) fn add(&mut self, label: Label<'a>) {
        let room = self.seen.len() < 64;
        match self.seen.iter_mut().find(|(l, _)| l.name == label.name) {
            Some((_, n)) => *n += 1,
            // an article with more labels than this is a table
            None if room => self.seen.push((label, 1)),
            None => {}
        }
    }

    /// Whether a label opens a turn: with letters, both a question and an answer; in capitals, one that comes again
    /// beside another, or several persons; else two that come again.
    pub(super) fn is_speaker(&self, label: &Label<'a>) -> bool {
        let alike = || self.seen.iter().filter(|(l, _)| l.style == label.style);
        let again = alike().filter(|(_, n)| *n >= 2).count();
        let turns: u32 = alike().map(|(_, n)| n).sum();
        match label.style {
            Style::Letter => alike().count() == 2 || again > 0,
            Style::Upper => {
                alike().count() >= 2 && (again >= 1 && turns >= 3 || alike().all(|(l, _)| l.person))
                    || again == 1 && turns >= 3
            }
            Style::Title => {
                let this = self.seen.iter().any(|(l, n)| l.name == label.name && *n >= 2);
                again >= 2 && this && (label.person || turns >= 8)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turns(paragraphs: &[&str]) -> usize {
        let lexicon = Lexicon::embedded();
        let mut speakers = Speakers::default();
        let labels: Vec<_> = paragraphs.iter().filter_map(|p| label(p, &lexicon)).collect();
        for l in &labels {
            speakers.add(*l);
        }
        labels.iter().filter(|l| speakers.is_speaker(l)).count()
    }

    #[test]
    fn transcripts_show_in_several_labels() {
        assert_eq!(turns(&["BRANDT: It rained.", "LIND: Did it?", "BRANDT: It did."]), 3);
        assert_eq!(turns(&["“BRANDT: It rained.", "“LIND: Did it?", "“BRANDT: It did.”"]), 3);
        assert_eq!(turns(&["MR. LIND: It rained.", "MS. BRANDT: Did it?"]), 2);
        assert_eq!(turns(&["Q. Did it rain?", "A. It did."]), 2);
        assert_eq!(turns(&["Q: Did it rain?", "A: It did."]), 2);
        assert_eq!(turns(&["UPDATE: It rained.", "It stopped."]), 0);
        assert_eq!(turns(&["Brandt said: It rained.", "Pros: It rained.", "Cons: It did not."]), 0);
        assert_eq!(turns(&["A. Lind left.", "It rained."]), 0);
    }
}
