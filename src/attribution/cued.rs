//! The chunks whose heads may be cues, so that a sieve goes from one to the next and looks at no other.
//!
//! Takes the [`Document`]; owns [`Cued`]. What a chunk attributes is the sieves' business.

use crate::lexicon::Classes;
use crate::text::set::TokenSet;
use crate::text::{Chunk, Document, Tag};

/// The chunks whose heads may be cues, by their numbers.
pub(super) struct Cued {
    /// the verb groups
    verbs: TokenSet,
    /// those of them that are passives, or lone participles, which may be
    passives: TokenSet,
    /// the noun phrases
    nouns: TokenSet,
}

impl Cued {
    pub(super) fn new(doc: &Document<'_>) -> Self {
        let [mut verbs, mut passives, mut nouns] = [(); 3].map(|()| TokenSet::new(doc.chunks.len()));
        for (block, chunks) in doc.chunks.chunks(TokenSet::BLOCK).enumerate() {
            let mut bits = [0; 3];
            // nothing here can be foreseen, so nothing jumps
            for chunk in chunks.iter().rev() {
                let head = &doc.tokens[chunk.head as usize];
                let verb = chunk.is_verb() & head.is(Classes::CUE_VERB);
                let lone = (chunk.tokens.end - chunk.tokens.start == 1) & (head.tag == Tag::Vbn);
                let common = (head.tag == Tag::Nn) | (head.tag == Tag::Nns);
                let noun = chunk.is_noun() & head.is(Classes::CUE_NOUN) & common;
                bits[0] = bits[0] << 1 | u64::from(verb);
                bits[1] = bits[1] << 1 | u64::from(verb & (chunk.is_passive() | lone));
                bits[2] = bits[2] << 1 | u64::from(noun);
            }
            verbs.set_block(block, bits[0]);
            passives.set_block(block, bits[1]);
            nouns.set_block(block, bits[2]);
        }
        Self { verbs, passives, nouns }
    }

    /// How many verb groups there are.
    pub(super) fn count(&self) -> usize {
        self.verbs.count()
    }

    /// The verb groups of a sentence.
    #[inline]
    pub(super) fn verbs<'a>(&self, doc: &'a Document<'a>, s: usize) -> impl Iterator<Item = &'a Chunk> {
        of(&self.verbs, doc, s)
    }

    /// Those of them that are passives, or lone participles.
    #[inline]
    pub(super) fn passives<'a>(&self, doc: &'a Document<'a>, s: usize) -> impl Iterator<Item = &'a Chunk> {
        of(&self.passives, doc, s)
    }

    /// The noun phrases of a sentence.
    #[inline]
    pub(super) fn nouns<'a>(&self, doc: &'a Document<'a>, s: usize) -> impl Iterator<Item = &'a Chunk> {
        of(&self.nouns, doc, s)
    }
}

#[inline]
fn of<'a>(some: &TokenSet, doc: &'a Document<'a>, s: usize) -> impl Iterator<Item = &'a Chunk> {
    let chunks = &doc.sentences[s].chunks;
    let (mut next, end) = (chunks.start, chunks.end);
    std::iter::from_fn(move || {
        let chunk = some.next(next);
        next = chunk.wrapping_add(1);
        (chunk < end).then(|| &doc.chunks[chunk as usize])
    })
}
