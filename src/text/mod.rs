//! Article → [`Document`]: tokens with their word classes and tags, sentences, chunks. Frozen from here on.
//!
//! Takes the text and its layout. Every character that is not white space lies in exactly one sentence, and no
//! sentence crosses a block. Leaves quotation marks unpaired: that is [`crate::quote`]'s business.

pub mod chunk;
mod cut;
pub(crate) mod key;
mod sentence;
pub(crate) mod set;
pub mod tag;
mod token;

pub use chunk::{Chunk, ChunkKind};
use sentence::Splitter;
pub use tag::Tag;
pub(crate) use tag::Tags;
pub use token::{Flags, Token, TokenKind};

use crate::layout::{Block, Layout};
use crate::lexicon::{Classes, Lexicon};
use crate::rule::Rule;
use crate::span::{BlockId, SentenceId, Span};
use set::Runs;
use std::ops::Range;

/// A sentence: where, which tokens, which block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// From its first to its last character, closing marks included.
    pub span: Span,
    /// Its tokens.
    pub tokens: Range<u32>,
    /// Its block.
    pub block: BlockId,
    /// The classes of its words, together.
    pub classes: Classes,
    /// Its chunks; none if it is not tagged.
    pub chunks: Range<u32>,
    /// Whether its tokens are tagged: only sentences with a cue, a quotation mark or a number are.
    pub tagged: bool,
}

/// An article's text with its tokens and sentences.
#[derive(Clone, Debug, Default)]
pub struct Document<'a> {
    /// The text exactly as it was read.
    pub text: &'a str,
    /// The layout's blocks.
    pub blocks: &'a [Block],
    /// In text order.
    pub tokens: Vec<Token>,
    /// In text order.
    pub sentences: Vec<Sentence>,
    /// The noun phrases and verb groups of the tagged sentences, in text order.
    pub chunks: Vec<Chunk>,
    /// the sentences by their tokens
    sentences_at: Runs,
    /// for each token, its chunk, or [`NO_CHUNK`]
    token_chunks: Vec<u32>,
}

/// What [`Document::token_chunks`] holds for a token in no chunk: no chunk has this number.
const NO_CHUNK: u32 = u32::MAX;

impl<'a> Document<'a> {
    /// The text of a token.
    #[inline]
    pub fn word(&self, token: u32) -> &'a str {
        self.tokens[token as usize].span.of(self.text)
    }

    /// The span from the first to the last of some tokens; empty at 0 for no tokens.
    #[inline]
    pub fn span(&self, tokens: Range<u32>) -> Span {
        if tokens.is_empty() {
            return Span::default();
        }
        self.tokens[tokens.start as usize].span.cover(self.tokens[tokens.end as usize - 1].span)
    }

    /// The sentence that holds a token.
    #[inline]
    pub fn sentence_of(&self, token: u32) -> SentenceId {
        let within = (token as usize) < self.tokens.len();
        SentenceId::from(if within { self.sentences_at.of(token) } else { self.sentences.len() })
    }

    /// The noun phrase or verb group that a token is part of.
    #[inline]
    pub fn chunk_at(&self, token: u32) -> Option<&Chunk> {
        self.chunks.get(*self.token_chunks.get(token as usize)? as usize)
    }

    /// The same where it is such as is sought. Whether a token is part of a chunk is as little to be foreseen as what the
    /// chunk is, so that both are asked at once: of a token in none, the last chunk is looked at.
    #[inline]
    pub(crate) fn chunk_that(&self, token: u32, is: impl Fn(&Chunk) -> bool) -> Option<&Chunk> {
        let at = *self.token_chunks.get(token as usize)?;
        let last = self.chunks.len().checked_sub(1)?;
        let chunk = &self.chunks[last.min(at as usize)];
        ((at != NO_CHUNK) & is(chunk)).then_some(chunk)
    }

    /// The block that a sentence stands in.
    #[inline]
    pub fn block_of(&self, sentence: SentenceId) -> &Block {
        &self.blocks[self.sentences[sentence.index()].block.index()]
    }

    /// The chunks of a sentence by its position.
    #[inline]
    pub fn chunks_in(&self, sentence: usize) -> &[Chunk] {
        let range = self.sentences[sentence].chunks.clone();
        &self.chunks[range.start as usize..range.end as usize]
    }

    /// Its sentences alone: the tokens are let go.
    pub fn into_sentences(self) -> Vec<Sentence> {
        self.sentences
    }

    /// The first token that ends after a byte offset; the number of tokens if none does.
    pub fn token_at(&self, offset: u32) -> u32 {
        self.tokens.partition_point(|t| t.span.end <= offset) as u32
    }

    /// The tokens that lie in a span, wholly or in part.
    pub fn tokens_in(&self, span: Span) -> Range<u32> {
        let start = self.token_at(span.start);
        let end = self.tokens.partition_point(|t| t.span.start < span.end) as u32;
        start..end.max(start)
    }
}

/// The rules by which sentences are found.
pub const RULES: &[Rule] = sentence::RULES;

/// Reads a text into a document.
pub fn read<'a>(text: &'a str, layout: &'a Layout, lexicon: &Lexicon) -> Document<'a> {
    annotate(split(text, layout, lexicon), lexicon)
}

/// The first half of [`read`]: tokens and sentences, no tags. For benches.
pub fn split<'a>(text: &'a str, layout: &'a Layout, lexicon: &Lexicon) -> Document<'a> {
    let mut cutter = cut::Cutter::new(text, lexicon);
    let mut sentences = Vec::new();
    for (b, block) in layout.blocks.iter().enumerate() {
        let first = cutter.tokens.len();
        cutter.block(block.span);
        let tokens = &cutter.tokens[first..];
        Splitter::new(text, tokens, first as u32, &cutter.stops).split(
            BlockId::from(b),
            block,
            &mut sentences,
        );
    }
    let mut tokens = cutter.tokens;
    // both stay until the record is made
    tokens.shrink_to_fit();
    sentences.shrink_to_fit();
    let sentences_at = Runs::new(tokens.len(), sentences.iter().map(|s| s.tokens.start));
    Document { text, blocks: &layout.blocks, tokens, sentences, sentences_at, ..Document::default() }
}

/// The second half of [`read`]: tags and chunks. For benches.
pub fn annotate<'a>(mut document: Document<'a>, lexicon: &Lexicon) -> Document<'a> {
    tag::tag(&mut document, lexicon);
    chunk::chunk(&mut document);
    document
}
