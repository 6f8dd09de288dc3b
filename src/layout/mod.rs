//! Article → blocks: headline, byline, dateline, caption, heading, paragraph, list item, turn, block quote, boilerplate.
//!
//! Takes the text as it was read. Returns a [`Layout`] whose blocks hold every character that is not white space,
//! each in exactly one block. Leaves words and sentences to [`crate::text`].

use crate::lexicon::Lexicon;
use crate::rule::Rule;
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

/// The rules by which blocks are found.
pub const RULES: &[Rule] = &[];

/// Finds the blocks of an article's text.
pub fn blocks(text: &str, _lexicon: &Lexicon) -> Layout {
    // every stretch between blank lines is a paragraph
    let mut layout = Layout::default();
    let mut start = 0;
    for piece in text.split_inclusive("\n\n") {
        let span = Span::from(start..start + piece.len()).trim(text);
        start += piece.len();
        if !span.is_empty() {
            layout.blocks.push(Block {
                span,
                kind: BlockKind::Paragraph,
                label: Span::new(span.start, span.start),
            });
        }
    }
    layout
}
