//! Article → blocks: headline, byline, dateline, caption, heading, paragraph, list item, turn, block quote, boilerplate.
//!
//! Takes the text as it was read. Returns a [`Layout`] whose blocks hold every character that is not white space,
//! each in exactly one block: `top.rs` what is around the story, `body.rs` what is in it. Leaves words and sentences to
//! [`crate::text`].

mod body;
mod dateline;
mod front;
mod item;
mod line;
mod paragraphs;
mod shape;
mod survey;
mod top;
mod turn;
mod wrap;

use self::paragraphs::{Paragraph, Said};
use self::survey::Survey;
use crate::lexicon::Lexicon;
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
