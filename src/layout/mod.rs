//! Article → blocks: headline, byline, dateline, caption, heading, paragraph, list item, turn, block quote, boilerplate.
//!
//! Takes the text as it was read. Returns a [`Layout`] whose blocks hold every character that is not white space,
//! each in exactly one block. Leaves words and sentences to [`crate::text`].

mod front;
mod item;
mod paragraphs;
mod shape;
mod survey;
mod turn;

use self::paragraphs::{Paragraph, Said};
use self::shape::Shape;
use self::survey::Survey;
use crate::lexicon::{Classes, Lexicon};
use crate::rule::{Rule, Stage};
use crate::span::Span;
use crate::vocabulary::BlockKind;

/// A piece of the article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// From its first to its last character that is not white space.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
    /// What opens it and is not part of its prose: a turn's speaker with the colon, a paragraph's dateline, a list
    /// item's bullet. Empty where nothing does. It starts at `span.start`.
    pub label: Span,
}

/// An article's blocks, in text order, and what they tell of the article.
#[derive(Clone, Debug, Default)]
pub struct Layout {
    /// In text order, disjoint.
    pub blocks: Vec<Block>,
    /// The headline without the publisher's suffix.
    pub title: Option<Span>,
    /// The publisher, from the headline's suffix or a dateline.
    pub publisher: Option<Span>,
    /// The names of a byline.
    pub authors: Vec<Span>,
    /// A date, from a dateline or byline.
    pub date: Option<Span>,
}

/// The rules by which blocks are found. Blocks carry no rule in the record, so the unit tests hold the examples.
pub const RULES: &[Rule] = &[
    rule(
        "wrapped-lines",
        "Lines are one paragraph where nearly every break stands at the column at which words wrap.",
    ),
    rule(
        "short-line",
        "Share bars, credits, time stamps and the like are known by the patterns of data/boilerplate.toml.",
    ),
    rule(
        "headline",
        "The first short paragraph that is no sentence of a story; a publisher's name after a bar or dash is no part of the title.",
    ),
    rule("byline", "Names after \"By\" near the top or at the end; names with a newsroom's job or house."),
    rule(
        "dateline",
        "Place, date and agency up to a dash; before a paragraph's text it is the paragraph's label.",
    ),
    rule(
        "turn-label",
        "A speaker's label with a colon, where labels come again or belong to several persons.",
    ),
    rule("list-item", "A bullet, or a number next to a neighbour's number."),
    rule("block-quote", "A paragraph marked \">\", or set in where most are not."),
    rule("heading", "A short line between paragraphs without a stop and capitalised, or all in capitals."),
    rule(
        "linked-headlines",
        "Headlines without a stop that follow a line like \"Related stories\" belong to other articles.",
    ),
];

const fn rule(id: &'static str, reason: &'static str) -> Rule {
    Rule { id, stage: Stage::Layout, reason, examples: &[], near_misses: &[] }
}

/// A headline has at most so many bytes and words.
const LONGEST_HEADLINE: usize = 220;
const LONGEST_HEADLINE_WORDS: u32 = 30;
/// A first paragraph that ends in a full stop is a headline only if it has at most so many words.
const LONGEST_STOPPED_HEADLINE: u32 = 15;
/// One of two sentences has at most so many words.
const LONGEST_DOUBLE_HEADLINE: u32 = 12;
/// A heading has at most so many bytes and words.
const LONGEST_HEADING: usize = 90;
const LONGEST_HEADING_WORDS: u32 = 12;
/// A byline stands among so many first paragraphs.
const FRONT: usize = 6;
/// A caption that ends in a credit has at most so many bytes, its credit so many.
const LONGEST_CAPTION: usize = 700;
const LONGEST_CREDIT: usize = 110;

/// Finds the blocks of an article's text.
pub fn blocks(text: &str, lexicon: &Lexicon) -> Layout {
    let paragraphs = paragraphs::cut(text, &Survey::of(text));
    let texts: Vec<Said<'_>> = paragraphs.iter().map(|p| Said::of(text, p)).collect();
    let mut reader = Reader { lexicon, paragraphs: &paragraphs, texts: &texts, layout: Layout::default() };
    reader.read();
    reader.layout
}

struct Reader<'a> {
    lexicon: &'a Lexicon,
    paragraphs: &'a [Paragraph],
    /// what each paragraph says: the byte order mark and its like before it are in the block, and no part of that
    texts: &'a [Said<'a>],
    layout: Layout,
}

impl<'a> Reader<'a> {
    fn read(&mut self) {
        let empty = |p: &Paragraph| Block {
            span: p.span,
            kind: BlockKind::Paragraph,
            label: Span::new(p.span.start, p.span.start),
        };
        self.layout.blocks = self.paragraphs.iter().map(empty).collect();
        if self.paragraphs.len() < 2 {
            // a lone block is a paragraph
            return;
        }
        // a block that one of these knows is not asked by the next
        self.lines();
        self.headline();
        self.front();
        self.datelines();
        self.turns();
        self.items();
        self.block_quotes();
        self.headings();
        self.links();
    }

    #[inline]
    fn str(&self, i: usize) -> &'a str {
        self.texts[i].str()
    }

    fn is_open(&self, i: usize) -> bool {
        self.layout.blocks[i].kind == BlockKind::Paragraph && self.layout.blocks[i].label.is_empty()
    }

    fn set(&mut self, i: usize, kind: BlockKind) {
        self.layout.blocks[i].kind = kind;
    }

    fn set_label(&mut self, i: usize, kind: BlockKind, length: usize) {
        let block = &mut self.layout.blocks[i];
        block.kind = kind;
        block.label = Span::new(block.span.start, self.texts[i].place(length as u32));
    }

    /// A span that counts from a paragraph's first byte, as one of the article.
    fn lift(&self, i: usize, span: Span) -> Span {
        let said = &self.texts[i];
        Span::new(said.place(span.start), said.place(span.end))
    }

    /// Share bars, credits, time stamps: what the data's patterns know.
    fn lines(&mut self) {
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
    fn headline(&mut self) {
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
        let dated = |d: &front::Dateline| stopped || d.agency.is_some() || d.date.is_some();
        let opens_story = front::dateline(s, self.lexicon).as_ref().is_some_and(dated)
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
    fn front(&mut self) {
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
    fn datelines(&mut self) {
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
            let Some(dateline) = front::dateline(s, self.lexicon) else { continue };
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

    fn turns(&mut self) {
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
    fn items(&mut self) {
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
    fn block_quotes(&mut self) {
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
    fn headings(&mut self) {
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
    fn links(&mut self) {
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

/// The date of a time stamp: without a word like "Published" before it.
fn date_in(s: &str) -> Span {
    let start = s
        .find(':')
        .filter(|&at| at < 14 && !s[..at].bytes().any(|b| b.is_ascii_digit()))
        .map_or(0, |at| at + 1);
    Span::from(start..s.len()).trim(s)
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind::*;

    fn read(text: &str) -> Layout {
        let layout = blocks(text, &Lexicon::embedded());
        let mut at = 0;
        for block in &layout.blocks {
            assert!(text[at..block.span.start as usize].chars().all(char::is_whitespace), "{text}");
            assert!(block.label.is_empty() || block.label.start == block.span.start, "{text}");
            at = block.span.end as usize;
        }
        assert!(text[at..].chars().all(char::is_whitespace), "{text}");
        layout
    }

    fn kinds(text: &str) -> Vec<BlockKind> {
        read(text).blocks.iter().map(|b| b.kind).collect()
    }

    const STORY: &str = "The bridge over the Orla will stay shut until the spring, the mayor said on Monday, because nobody has yet \
                         found the money to mend it and the river is too high for the divers.";

    #[test]
    fn front_matter() {
        let text = format!(
            "\u{feff}Bridge Stays Shut – Lindow Examiner\r\n\r\nBy Ana Brandt and John Lind\r\n\r\nOct. 16, 2024\r\n\r\n{STORY}"
        );
        let layout = read(&text);
        assert_eq!(kinds(&text), [Headline, Byline, Dateline, Paragraph]);
        assert_eq!(layout.title.unwrap().of(&text), "Bridge Stays Shut");
        assert_eq!(layout.publisher.unwrap().of(&text), "Lindow Examiner");
        let authors: Vec<_> = layout.authors.iter().map(|a| a.of(&text)).collect();
        assert_eq!(authors, ["Ana Brandt", "John Lind"]);
        assert_eq!(layout.date.unwrap().of(&text), "Oct. 16, 2024");
    }

    #[test]
    fn a_dateline_that_opens_a_paragraph_is_its_label() {
        let text = format!("Bridge stays shut\n\nLINDOW, Oct. 16 (Reuters) - {STORY}");
        let layout = read(&text);
        assert_eq!(layout.blocks[1].kind, Paragraph);
        assert_eq!(layout.blocks[1].label.of(&text), "LINDOW, Oct. 16 (Reuters) - ");
        assert_eq!(layout.publisher.unwrap().of(&text), "Reuters");
    }

    #[test]
    fn kinds_between_paragraphs() {
        for (middle, want) in [
            ("What the Divers Saw", Heading),
            ("WHAT THE DIVERS SAW.", Heading),
            ("Share on Facebook Twitter Email", Boilerplate),
            ("Read more: Divers find a bell", Boilerplate),
            ("[Click here to see the pictures.]", Boilerplate),
            ("Sign up for our daily newsletter", Boilerplate),
            ("Follow Ana Brandt on Twitter @anabrandt.", Boilerplate),
            ("© 2024 Lindow Examiner. All rights reserved.", Boilerplate),
            ("* * *", Boilerplate),
            ("The bridge on Monday. (AP Photo/Bo Lind)", Caption),
            ("Photo: Bo Lind", Caption),
            ("LINDOW, Oct. 16 (Reuters) -", Dateline),
            ("Updated Oct. 16, 2024 5:30 p.m.", Dateline),
            ("• The river is high.", ListItem),
            ("> The river is high, and it will stay high.", Blockquote),
            // prose, however short
            ("It rained.", Paragraph),
            ("The mayor shared the story on Facebook.", Paragraph),
            ("“Read more,” she said.", Paragraph),
            ("Follow the money, she said.", Paragraph),
            ("Here is what the divers saw:", Paragraph),
            ("By Friday, the river had fallen.", Paragraph),
            ("Lind contributed $5,000 to the fund.", Paragraph),
            ("Publishers posted 12 percent growth.", Paragraph),
            ("Sign the letter or leave, she told them.", Paragraph),
            ("— Ana Brandt", Paragraph),
        ] {
            let text = format!("Bridge stays shut\n\n{STORY}\n\n{middle}\n\n{STORY}");
            assert_eq!(kinds(&text), [Headline, Paragraph, want, Paragraph], "{middle}");
        }
    }

    #[test]
    fn turns_and_numbered_items() {
        let turns = format!("{STORY}\n\nBRANDT: It rained.\n\nLIND: Did it?\n\nBRANDT: It did.\n\n{STORY}");
        assert_eq!(kinds(&turns), [Paragraph, Turn, Turn, Turn, Paragraph]);
        let layout = read(&turns);
        assert_eq!(layout.blocks[1].label.of(&turns), "BRANDT: ");
        let items = format!("{STORY}\n1. The river is high.\n2. The bridge is old.\n{STORY}");
        assert_eq!(kinds(&items), [Paragraph, ListItem, ListItem, Paragraph]);
    }

    #[test]
    fn odd_texts() {
        assert!(kinds("").is_empty());
        assert!(kinds(" \n\r\n\u{a0}").is_empty());
        assert_eq!(kinds("Bridge Stays Shut"), [Paragraph]);
        assert_eq!(kinds("\u{200b}"), [Paragraph]);
        for text in
            ["(", ")", "> ", "- \n-", "Q. \nA. ", ": \n: ", "By \nBy ", "— —\n(", "\u{feff}\n\u{feff}- x"]
        {
            read(text);
        }
    }
}
