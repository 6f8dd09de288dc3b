//! What the sieves look at: the document, its quotes and words, and the questions they ask of a token's surroundings.
//!
//! Owns [`Scene`] and [`Phrase`]. Answers by tags and chunks; decides nothing about attribution.

use super::cued::Cued;
use super::rank::Weights;
use super::sign::{Sign, Signs, parts};
use crate::lexicon::{Classes, Cue, CueForm, CuePos, Lexicon};
use crate::quote::Quote;
use crate::text::{Chunk, ChunkKind, Document, Flags, Sentence, Tag, Tags, Token, TokenKind};
use crate::vocabulary::{Form, QuoteRole};
use std::cell::Cell;
use std::ops::Range;

/// A noun phrase that may be a source: its tokens, its head, its form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Phrase {
    pub(super) tokens: Range<u32>,
    pub(super) head: u32,
    pub(super) form: Form,
}

/// The position of the first answer that is yes, without a jump for each; one is.
#[inline]
pub(super) fn first_of<const N: usize>(answers: [bool; N]) -> usize {
    let bits = answers.into_iter().rev().fold(0u32, |bits, yes| bits << 1 | u32::from(yes));
    (bits.trailing_zeros() as usize).min(N - 1)
}

/// Of so many places, by their last bits, what was decided is kept.
const DECIDED: usize = 128;

/// No quote.
const NONE: u32 = u32::MAX;

pub(super) struct Scene<'a> {
    pub(super) doc: &'a Document<'a>,
    pub(super) quotes: &'a [Quote],
    pub(super) lexicon: &'a Lexicon,
    pub(super) weights: &'a Weights,
    /// for each token the outermost quotation of speech or a fragment of it that holds it; of no token where there is none
    quote_of: Vec<u32>,
    /// the quotations of speech and fragments that no other holds, by their place
    outer: Vec<u32>,
    /// what tokens show; where a quotation begins or ends a content turns, too
    pub(super) signs: Signs,
    /// the chunks whose heads may be cues
    pub(super) cued: Cued,
    outlines: Vec<Outline>,
    /// what was decided of places where contents may end, by all that told it
    pub(super) decided: [Cell<([u64; 2], bool)>; DECIDED],
}

/// What is asked of a sentence again and again.
struct Outline {
    /// its tokens without label and final mark
    body: Range<u32>,
    /// position of the first outer quotation that ends after its first token
    quotes: u32,
}

impl<'a> Scene<'a> {
    pub(super) fn new(
        doc: &'a Document<'a>,
        quotes: &'a [Quote],
        lexicon: &'a Lexicon,
        weights: &'a Weights,
    ) -> Self {
        // most articles that are long and say little have no quotation
        let tokens = if quotes.is_empty() { 0 } else { doc.tokens.len() };
        let mut quote_of = vec![NONE; tokens];
        let mut outer = Vec::with_capacity(quotes.len());
        for (i, quote) in quotes.iter().enumerate() {
            if quote.nested || !matches!(quote.role, QuoteRole::Speech | QuoteRole::Fragment) {
                continue;
            }
            let end = (quote.tokens.end as usize).min(quote_of.len());
            quote_of[quote.tokens.start as usize..end].fill(i as u32);
            outer.push(i as u32);
        }
        let mut signs = Signs::new(&doc.tokens);
        for &q in &outer {
            let Range { start, end } = quotes[q as usize].tokens;
            // what goes on past its second token is gone through as a whole
            let tokens = doc.tokens.len() as u32;
            signs.fill(Sign::Quoted, &(start..end.min(tokens)));
            [start, start + 1, end].into_iter().for_each(|t| signs.insert(Sign::Turn, t.min(tokens)));
        }
        let mut scene = Self {
            doc,
            quotes,
            lexicon,
            weights,
            quote_of,
            outer,
            signs,
            cued: Cued::new(doc),
            outlines: Vec::with_capacity(doc.sentences.len()),
            decided: [const { Cell::new(([u64::MAX; 2], false)) }; DECIDED],
        };
        let mut first = 0;
        for sentence in &doc.sentences {
            let over = |&q: &u32| quotes[q as usize].tokens.end <= sentence.tokens.start;
            while scene.outer.get(first).is_some_and(over) {
                first += 1;
            }
            scene.outlines.push(Outline { body: scene.trimmed(sentence), quotes: first as u32 });
        }
        scene
    }

    #[inline]
    pub(super) fn token(&self, i: u32) -> &Token {
        &self.doc.tokens[i as usize]
    }

    #[inline]
    pub(super) fn tag(&self, i: u32) -> Tag {
        self.doc.tokens[i as usize].tag
    }

    #[inline]
    pub(super) fn kind(&self, i: u32) -> TokenKind {
        self.doc.tokens[i as usize].kind
    }

    #[inline]
    pub(super) fn is(&self, i: u32, classes: Classes) -> bool {
        self.doc.tokens[i as usize].is(classes)
    }

    /// The position of the outermost quote that holds a token.
    #[inline]
    pub(super) fn quote_at(&self, i: u32) -> Option<usize> {
        let q = *self.quote_of.get(i as usize)?;
        (q != NONE).then_some(q as usize)
    }

    /// Positions of the outer quotations that end after a token, in text order.
    #[inline]
    pub(super) fn quotes_from(&self, token: u32) -> &[u32] {
        let Some(outline) = self.outlines.get(self.doc.sentence_of(token).index()) else { return &[] };
        // outer quotations do not overlap, so they are sorted by their ends, too
        let mut quotes = &self.outer[outline.quotes as usize..];
        while let [first, rest @ ..] = quotes
            && self.quotes[*first as usize].tokens.end <= token
        {
            quotes = rest;
        }
        quotes
    }

    /// The same of those that end after a sentence's first token.
    #[inline]
    pub(super) fn quotes_from_sentence(&self, s: usize) -> &[u32] {
        &self.outer[self.outlines[s].quotes as usize..]
    }

    /// Whether an outer quotation stands in a sentence, in part at least, or right behind it.
    #[inline]
    pub(super) fn has_quotation_near(&self, s: usize) -> bool {
        let next = self.quotes_from_sentence(s).first();
        next.is_some_and(|&q| self.quotes[q as usize].tokens.start <= self.doc.sentences[s].tokens.end)
    }

    /// The first token from `start` to before `end` at which a content may end or goes in or out of brackets or a
    /// quotation, else `end`; `at_verbs` tells that it may end before a finite verb.
    #[inline]
    pub(super) fn next_turn(&self, start: u32, end: u32, at_verbs: bool) -> u32 {
        let also = if at_verbs { Sign::Finite } else { Sign::Turn };
        self.signs.next([Sign::Turn, also], start, end)
    }

    /// Whether some of the tokens are quoted speech.
    #[inline]
    pub(super) fn holds_quotation(&self, tokens: &Range<u32>) -> bool {
        self.signs.any(Sign::Quoted, tokens)
    }

    #[inline]
    pub(super) fn sentence(&self, s: usize) -> &'a Sentence {
        &self.doc.sentences[s]
    }

    /// The sentence's tokens without a label before it and its final mark.
    #[inline]
    pub(super) fn body(&self, s: usize) -> Range<u32> {
        self.outlines[s].body.clone()
    }

    #[inline]
    fn trimmed(&self, sentence: &Sentence) -> Range<u32> {
        let mut tokens = sentence.tokens.clone();
        // a dateline or a turn's label that opens the block is no part of what is said
        let label = self.doc.blocks[sentence.block.index()].label;
        if !label.is_empty() {
            while tokens.start < tokens.end && self.token(tokens.start).span.end <= label.end {
                tokens.start += 1;
            }
        }
        // most end in one mark, others in none
        let one = tokens.end > tokens.start
            && (self.kind(tokens.end - 1) == TokenKind::Period) & self.quote_at(tokens.end - 1).is_none();
        tokens.end -= u32::from(one);
        while tokens.end > tokens.start
            && matches!(
                self.kind(tokens.end - 1),
                TokenKind::Period | TokenKind::Question | TokenKind::Exclamation
            )
            && self.quote_at(tokens.end - 1).is_none()
        {
            tokens.end -= 1;
        }
        tokens
    }

    /// The verb group that holds a token.
    #[inline]
    pub(super) fn verb_group(&self, i: u32) -> Option<&'a Chunk> {
        self.doc.chunk_that(i, |c| c.kind == ChunkKind::Verb)
    }

    /// The noun phrase that a token begins.
    #[inline]
    pub(super) fn phrase_at(&self, i: u32) -> Option<&'a Chunk> {
        self.doc.chunk_that(i, |c| (c.kind == ChunkKind::Noun) & (c.tokens.start == i))
    }

    /// The noun phrase that holds a token.
    #[inline]
    pub(super) fn noun_phrase(&self, i: u32) -> Option<&'a Chunk> {
        self.doc.chunk_that(i, |c| c.kind == ChunkKind::Noun)
    }

    /// The noun phrase that ends right before a token of its sentence.
    #[inline]
    pub(super) fn noun_phrase_before(&self, i: u32, floor: u32) -> Option<&'a Chunk> {
        if i <= floor {
            return None;
        }
        self.doc.chunk_that(i - 1, |c| (c.kind == ChunkKind::Noun) & (c.tokens.start >= floor))
    }

    /// The cue entries of a token that have one of some parts of speech.
    #[inline]
    pub(super) fn cues(&self, i: u32, pos: CuePos) -> impl Iterator<Item = (u32, &'a Cue, CueForm)> {
        let lexicon = self.lexicon;
        lexicon.cue_forms(self.token(i).word).iter().filter_map(move |&f| {
            let cue = lexicon.cue(f.cue);
            (cue.pos == pos).then_some((f.cue, cue, f))
        })
    }

    /// Whether a token ends a clause: a mark that parts.
    #[inline]
    pub(super) fn is_break(&self, i: u32) -> bool {
        parts(self.kind(i))
    }

    /// The form of a noun phrase by its head.
    #[inline]
    pub(super) fn form(&self, tokens: &Range<u32>, head: u32) -> Form {
        const FORMS: [Form; 5] = [Form::Relative, Form::Possessive, Form::Pronoun, Form::Name, Form::Role];
        const RELATIVES: Tags = Tags::of(&[Tag::Wp, Tag::Wdt, Tag::WpPoss]);
        const STANDING_IN: Tags = Tags::of(&[Tag::Dt, Tag::Cd, Tag::Ex]);
        let &Token { tag, flags, .. } = self.token(head);
        let lone = tokens.end.wrapping_sub(tokens.start) == 1;
        FORMS[first_of([
            RELATIVES.has(tag),
            (tag == Tag::PrpPoss) | (self.tag(tokens.end - 1) == Tag::Pos),
            (tag == Tag::Prp) | lone & STANDING_IN.has(tag),
            flags.contains(Flags::CAPITAL) & (tag.is_proper() | (tag == Tag::None)),
            true,
        ])]
    }

    /// The phrase from a base noun phrase's start to `end`; head and form are the base's.
    pub(super) fn extended(&self, base: &Range<u32>, end: u32) -> Phrase {
        let head = self.noun_phrase(base.start).map_or(base.start, |n| n.head);
        Phrase { tokens: base.start..end, head, form: self.form(base, head) }
    }

    /// A phrase of some tokens with a head.
    pub(super) fn phrase(&self, tokens: Range<u32>, head: u32) -> Phrase {
        let form = self.form(&tokens, head);
        Phrase { tokens, head, form }
    }
}
