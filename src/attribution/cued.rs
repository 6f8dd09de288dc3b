//! The chunks whose heads may be cues, so that a sieve goes from one to the next and looks at no other.
//!
//! Takes the [`Document`]; owns [`Cued`] and [`Cues`]. What a chunk attributes is the sieves' business.

use crate::lexicon::Classes;
use crate::text::{Chunk, Document, Tag};

/// How many chunks one block of bits stands for.
const BLOCK: usize = u64::BITS as usize;

/// Which chunks.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cues {
    /// the verb groups
    Verbs,
    /// those of them that are passives, or lone participles, which may be
    Passives,
    /// the noun phrases
    Nouns,
}

/// The chunks whose heads may be cues.
pub(super) struct Cued {
    /// a bit for each chunk, 64 chunks a block, by [`Cues`]
    blocks: Vec<[u64; 3]>,
}

impl Cued {
    pub(super) fn new(doc: &Document<'_>) -> Self {
        let block = |chunks: &[Chunk]| {
            let mut bits = [0; 3];
            // nothing here can be foreseen, so nothing jumps
            for chunk in chunks.iter().rev() {
                let head = &doc.tokens[chunk.head as usize];
                let verb = chunk.is_verb() & head.is(Classes::CUE_VERB);
                let lone = (chunk.tokens.end - chunk.tokens.start == 1) & (head.tag == Tag::Vbn);
                let common = (head.tag == Tag::Nn) | (head.tag == Tag::Nns);
                let noun = chunk.is_noun() & head.is(Classes::CUE_NOUN) & common;
                bits[Cues::Verbs as usize] = bits[Cues::Verbs as usize] << 1 | u64::from(verb);
                let passive = verb & (chunk.is_passive() | lone);
                bits[Cues::Passives as usize] = bits[Cues::Passives as usize] << 1 | u64::from(passive);
                bits[Cues::Nouns as usize] = bits[Cues::Nouns as usize] << 1 | u64::from(noun);
            }
            bits
        };
        Self { blocks: doc.chunks.chunks(BLOCK).map(block).collect() }
    }

    /// How many of some there are.
    pub(super) fn count(&self, cues: Cues) -> usize {
        self.blocks.iter().map(|block| block[cues as usize].count_ones() as usize).sum()
    }

    /// Some of a document, in text order.
    #[inline]
    pub(super) fn each<'a>(&self, cues: Cues, doc: &'a Document<'a>) -> impl Iterator<Item = &'a Chunk> {
        let mut at = 0;
        let mut bits = self.blocks.first().map_or(0, |block| block[cues as usize]);
        std::iter::from_fn(move || {
            while bits == 0 {
                at += 1;
                bits = self.blocks.get(at)?[cues as usize];
            }
            let chunk = at * BLOCK + bits.trailing_zeros() as usize;
            bits &= bits - 1;
            Some(&doc.chunks[chunk])
        })
    }
}
