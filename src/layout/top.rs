//! What stands around the story: share bars and credits anywhere, the headline, bylines and datelines.
//!
//! Takes paragraphs; gives blocks their kinds and the layout its title, publisher, authors and date.

use super::dateline::{Dateline, dateline};
use super::shape::Shape;
use super::{Reader, front, item, turn};
use crate::lexicon::Classes;
use crate::span::Span;
use crate::vocabulary::BlockKind;

/// A headline has at most so many bytes and words.
pub(super) const LONGEST_HEADLINE: usize = 220;
const LONGEST_HEADLINE_WORDS: u32 = 30;
/// A first paragraph that ends in a full stop is a headline only if it has at most so many words.
const LONGEST_STOPPED_HEADLINE: u32 = 15;
/// One of two sentences has at most so many words.
const LONGEST_DOUBLE_HEADLINE: u32 = 12;
/// A byline stands among so many first paragraphs.
const FRONT: usize = 6;
/// A caption that ends in a credit has at most so many bytes, its credit so many.
const LONGEST_CAPTION: usize = 700;
const LONGEST_CREDIT: usize = 110;

impl Reader<'_> {
    /// Share bars, credits, time stamps: what the data's patterns know.
    pub(super) fn lines(&mut self) {
        for i in 0..self.paragraphs.len() {
            let s = self.str(i);
            if let Some(kind) = self.lexicon.lines().kind(s) {
                self.set(i, kind);
                if kind == BlockKind::Byline && self.layout.authors.is_empty() {
                    self.name_authors(i);
                }
            } else if self.ends_in_credit(s) {
                self.set(i, BlockKind::Caption);
            }
        }
    }

    fn name_authors(&mut self, i: usize) {
        if let Some(names) = front::authors(self.str(i), self.lexicon) {
            self.layout.authors = names.into_iter().map(|n| self.lift(i, n)).collect();
        }
    }

    /// "… in Lindow. (Examiner Photo/Bo Lind)"
    fn ends_in_credit(&self, s: &str) -> bool {
        if s.len() > LONGEST_CAPTION {
            return false;
        }
        if !matches!(s.as_bytes().last(), Some(b'.' | b')')) {
            return false;
        }
        let s = s.trim_end_matches('.');
        if !s.ends_with(')') {
            return false;
        }
        let Some(open) = s.rfind('(') else { return false };
        let credit = &s[open + 1..s.len() - 1];
        let lower = credit.to_ascii_lowercase();
        credit.len() <= LONGEST_CREDIT
            && (credit.contains('/') || self.names_credit(&lower))
            && self.lexicon.lines().kind(credit) == Some(BlockKind::Caption)
    }

    fn names_credit(&self, credit: &str) -> bool {
        credit
            .split(|c: char| !c.is_alphanumeric())
            .any(|w| self.lexicon.classes(self.lexicon.find(w)).contains(Classes::CREDIT))
    }

    /// The first paragraph, where it is short and looks like no sentence of a story.
    pub(super) fn headline(&mut self) {
        let first = (0..self.paragraphs.len())
            .find(|&i| !matches!(self.layout.blocks[i].kind, BlockKind::Boilerplate | BlockKind::Dateline));
        let Some(i) = first.filter(|&i| i + 1 < self.paragraphs.len()) else { return };
        let s = self.str(i);
        let kind = self.layout.blocks[i].kind;
        if s.len() > LONGEST_HEADLINE || !matches!(kind, BlockKind::Paragraph | BlockKind::Caption) {
            return;
        }
        let suffix = front::publisher(s, self.lexicon);
        if kind == BlockKind::Caption && suffix.is_none()
            || turn::label(s, self.lexicon).is_some_and(|l| l.length < 4)
            || front::is_byline(s, self.lexicon)
        {
            return;
        }
        let title = suffix.map_or(s, |(end, _)| &s[..end]);
        let shape = Shape::of(title);
        let stopped = !shape.is_open() && !matches!(shape.end, '?' | '!');
        let short = shape.words <= if stopped { LONGEST_STOPPED_HEADLINE } else { LONGEST_HEADLINE_WORDS };
        let titled = shape.is_title_case() && shape.words <= LONGEST_HEADLINE_WORDS;
        let dated = |d: &Dateline| stopped || d.agency.is_some() || d.date.is_some();
        let opens_story = dateline(s, self.lexicon).as_ref().is_some_and(dated)
            || item::is_item(s)
            || stopped && !titled && front::is_told(s, self.lexicon);
        let several = shape.several && !titled && (stopped || shape.words > LONGEST_DOUBLE_HEADLINE)
            || stopped
                && !titled
                && (i + 1..(i + 5).min(self.paragraphs.len())).all(|p| self.str(p).len() < s.len());
        if suffix.is_none() && (!(short || titled) || several || shape.words < 2 || opens_story) {
            return;
        }
        let count = |mark: char| s.chars().filter(|&c| c == mark).count();
        // a quote that runs on into the next paragraph
        let running = count('“') != count('”')
            || count('"') % 2 == 1
            || s.starts_with(['‘', '\'']) && !s.ends_with(['’', '\'']);
        if matches!(shape.end, ':' | ',') || running {
            return;
        }
        self.set(i, BlockKind::Headline);
        let whole = Span::new(0, s.len() as u32);
        let title = suffix.map_or(whole, |(end, _)| Span::from(0..end)).trim(s);
        self.layout.title = Some(self.lift(i, title));
        self.layout.publisher = suffix.map(|(_, start)| self.lift(i, Span::from(start..s.len()).trim(s)));
    }

    /// The byline: near the top, or the last of all.
    pub(super) fn front(&mut self) {
        let n = self.paragraphs.len();
        let mut prose = false;
        for i in (0..n.min(FRONT)).chain((n.max(FRONT + 2) - 2)..n) {
            let s = self.str(i);
            if !self.is_open(i) {
                continue;
            }
            if i < FRONT && prose {
                continue;
            }
            if let Some(names) = front::authors(s, self.lexicon) {
                self.set(i, BlockKind::Byline);
                if self.layout.authors.is_empty() {
                    self.layout.authors = names.into_iter().map(|name| self.lift(i, name)).collect();
                }
                continue;
            }
            // "Examiner Staff Writer" under the names
            let below = i > 0 && self.layout.blocks[i - 1].kind == BlockKind::Byline;
            if below && i < FRONT && front::is_job(s, self.lexicon) {
                self.set(i, BlockKind::Byline);
                continue;
            }
            // a name alone right under the headline
            let under = i > 0 && i <= 2 && self.layout.blocks[i - 1].kind == BlockKind::Headline;
            if under && s.len() < 60 && !s.ends_with('.') && self.is_known_name(s) {
                self.set(i, BlockKind::Byline);
                self.layout.authors = vec![self.lift(i, Span::from(0..s.len()).trim(s))];
            }
            prose |= s.len() > LONGEST_HEADLINE;
        }
    }

    fn is_known_name(&self, s: &str) -> bool {
        let first = s.split_whitespace().next().unwrap_or("");
        let classes = self.lexicon.classes(self.lexicon.find(first));
        front::is_name(s, self.lexicon)
            && classes.intersects(Classes::FIRST_NAME)
            && s.split_whitespace().count() <= 3
    }

    /// Datelines, alone or at a paragraph's start; dates of time stamps.
    pub(super) fn datelines(&mut self) {
        for i in 0..self.paragraphs.len() {
            let s = self.str(i);
            if self.layout.blocks[i].kind == BlockKind::Dateline {
                if self.layout.date.is_none()
                    && i < FRONT
                    && s.bytes().filter(u8::is_ascii_digit).count() >= 4
                {
                    self.layout.date = Some(self.lift(i, date_in(s)));
                }
                continue;
            }
            if !self.is_open(i) {
                continue;
            }
            let Some(dateline) = dateline(s, self.lexicon) else { continue };
            if dateline.length == s.len() {
                self.set(i, BlockKind::Dateline);
            } else {
                self.set_label(i, BlockKind::Paragraph, dateline.length);
            }
            if self.layout.publisher.is_none() {
                self.layout.publisher = dateline.agency.map(|a| self.lift(i, a));
            }
            if self.layout.date.is_none() {
                self.layout.date = dateline.date.map(|d| self.lift(i, d));
            }
        }
    }
}

/// The date of a time stamp: without a word like "Published" before it.
fn date_in(s: &str) -> Span {
    let start = s
        .find(':')
        .filter(|&at| at < 14 && !s[..at].bytes().any(|b| b.is_ascii_digit()))
        .map_or(0, |at| at + 1);
    Span::from(start..s.len()).trim(s)
}
