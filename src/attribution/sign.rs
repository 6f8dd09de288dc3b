//! What tokens show that is asked again and again, a bit for each token and sign: what is asked of a stretch of tokens is
//! one mask, and from one token that matters to the next is one step.
//!
//! Takes tokens; returns [`Signs`], made in one pass that asks nothing that a processor could guess wrong. What signs mean
//! is the business of those who ask.

use super::turned::{bits_turned, bytes_turned};
use crate::lexicon::Classes;
use crate::text::{Tag, Token, TokenKind};
use std::ops::Range;

/// What a token shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// a finite verb
    Finite,
    /// a content may end before it, or goes in or out of brackets or a quotation
    Turn,
    /// a mark that parts clauses
    Break,
    /// a comma
    Comma,
    /// a word of time
    Time,
    /// that, or what may stand beside one in a phrase: "last", "the", "3"
    Timely,
    /// an adverb or what floats as one between subject and verb
    Adverbial,
    /// a negation
    Negation,
    /// a verb in any form, or a modal
    Verbal,
    /// the verb of a clause, which may be a bare one where no "to" stands before it, or what opens an aside
    Clausal,
    /// a relative pronoun
    Who,
    /// the -ing form of a verb that may be a cue
    Citing,
    /// a modal or "to"
    Modal,
    /// a colon
    Colon,
    /// a word or number
    Word,
    /// what attributes without verb or noun
    Phrase,
    /// in a quotation, which the scene knows
    Quoted,
}

/// How many signs there are.
const SIGNS: usize = Sign::Quoted as usize + 1;

/// How many tokens one block of bits stands for.
const BLOCK: usize = u64::BITS as usize;

/// The classes of words that by themselves may attribute.
pub(super) const PHRASES: Classes = Classes::CUE_OTHER.union(Classes::HEARSAY);

/// Words of time.
const TIME: Classes = Classes::WEEKDAY.union(Classes::MONTH).union(Classes::TIME);

impl Sign {
    const fn bit(self) -> u16 {
        1 << self as u8
    }
}

/// Whether a mark parts clauses.
#[inline]
pub(super) fn parts(mark: TokenKind) -> bool {
    KINDS[mark as usize] & Sign::Break.bit() != 0
}

/// Whether words of a tag join or lead what a content may end before.
#[inline]
pub(super) fn leads(tag: Tag) -> bool {
    TAGS[tag as usize] & Sign::Turn.bit() != 0
}

/// What each tag tells by itself.
static TAGS: [u16; Tag::ALL.len()] = {
    const fn told(tag: Tag) -> u16 {
        match tag {
            Tag::Vbd | Tag::Vbp | Tag::Vbz => Sign::Finite.bit() | Sign::Verbal.bit() | Sign::Clausal.bit(),
            Tag::Md => Sign::Finite.bit() | Sign::Verbal.bit() | Sign::Clausal.bit() | Sign::Modal.bit(),
            Tag::Vb => Sign::Verbal.bit() | Sign::Clausal.bit(),
            Tag::Vbg => Sign::Verbal.bit() | Sign::Citing.bit(),
            Tag::Vbn => Sign::Verbal.bit(),
            Tag::Cc | Tag::In | Tag::Wrb => Sign::Turn.bit(),
            Tag::To => Sign::Turn.bit() | Sign::Modal.bit(),
            Tag::Wdt | Tag::Wp | Tag::WpPoss => Sign::Turn.bit() | Sign::Who.bit(),
            Tag::Dt | Tag::Cd | Tag::Jj | Tag::Pos => Sign::Timely.bit(),
            Tag::Rb | Tag::Rbr | Tag::Rbs => Sign::Adverbial.bit(),
            _ => 0,
        }
    }
    let (mut all, mut i) = ([0; Tag::ALL.len()], 0);
    while i < all.len() {
        all[i] = told(Tag::ALL[i]);
        i += 1;
    }
    all
};

/// What each tag tells behind "to", where a bare verb makes no clause.
static INFINITIVES: [u16; Tag::ALL.len()] = {
    let mut all = TAGS;
    all[Tag::Vb as usize] &= !Sign::Clausal.bit();
    all
};

/// What each kind tells by itself.
static KINDS: [u16; 32] = {
    const PARTS: u16 = Sign::Break.bit() | Sign::Turn.bit();
    let mut all = [0; 32];
    all[TokenKind::Comma as usize] = PARTS | Sign::Comma.bit();
    all[TokenKind::Semicolon as usize] = PARTS;
    all[TokenKind::Colon as usize] = PARTS | Sign::Colon.bit();
    all[TokenKind::Dash as usize] = PARTS | Sign::Clausal.bit();
    all[TokenKind::Hyphen as usize] = PARTS;
    all[TokenKind::Period as usize] = PARTS;
    all[TokenKind::Question as usize] = PARTS;
    all[TokenKind::Exclamation as usize] = PARTS;
    all[TokenKind::Open as usize] = PARTS | Sign::Clausal.bit();
    all[TokenKind::Close as usize] = PARTS;
    all[TokenKind::Ellipsis as usize] = PARTS;
    all[TokenKind::Word as usize] = Sign::Word.bit();
    all[TokenKind::Number as usize] = Sign::Word.bit();
    all
};

/// What a token shows where it stands; `tags` is what its tag tells there.
#[inline]
fn shown(token: &Token, tags: &[u16; Tag::ALL.len()]) -> u16 {
    let of = |classes: Classes, bits: u16| if token.is(classes) { bits } else { 0 };
    let citing = of(Classes::CUE_VERB, Sign::Citing.bit()) | !Sign::Citing.bit();
    tags[token.tag as usize] & citing
        | KINDS[token.kind as usize]
        | of(TIME, Sign::Time.bit() | Sign::Timely.bit())
        | of(Classes::FLOATING, Sign::Adverbial.bit())
        | of(Classes::NEGATION, Sign::Negation.bit())
        | of(PHRASES, Sign::Phrase.bit())
}

/// The signs of a document's tokens.
pub(super) struct Signs {
    /// 64 tokens each; two more than there are, so that what stands behind a token can be read whatever it is
    blocks: Vec<[u64; SIGNS]>,
}

impl Signs {
    pub(super) fn new(tokens: &[Token]) -> Self {
        let mut blocks = Vec::with_capacity(tokens.len() / BLOCK + 3);
        let mut tags = &TAGS;
        for tokens in tokens.chunks(BLOCK) {
            let mut shows = [[0u8; BLOCK]; 2];
            let [low, high] = &mut shows;
            for ((token, low), high) in tokens.iter().zip(low).zip(high) {
                [*low, *high] = shown(token, tags).to_le_bytes();
                tags = if token.tag == Tag::To { &INFINITIVES } else { &TAGS };
            }
            let mut block = [0; SIGNS];
            for (signs, shows) in block.as_chunks_mut().0.iter_mut().zip(&shows) {
                for (eight, shows) in signs.iter_mut().zip(shows.as_chunks().0) {
                    *eight = bits_turned(u64::from_le_bytes(*shows));
                }
                bytes_turned(signs);
            }
            blocks.push(block);
        }
        blocks.resize(tokens.len() / BLOCK + 3, [0; SIGNS]);
        Self { blocks }
    }

    /// Has a token show a sign.
    pub(super) fn insert(&mut self, sign: Sign, token: u32) {
        self.blocks[token as usize / BLOCK][sign as usize] |= 1 << (token % u64::BITS);
    }

    /// Has some tokens show a sign.
    pub(super) fn fill(&mut self, sign: Sign, tokens: &Range<u32>) {
        let mut from = tokens.start;
        while from < tokens.end {
            let first = from % u64::BITS;
            let count = (tokens.end - from).min(u64::BITS - first);
            self.blocks[from as usize / BLOCK][sign as usize] |= u64::MAX >> (u64::BITS - count) << first;
            from += count;
        }
    }

    /// Which of 64 tokens show a sign, from one of the document's on or from its end.
    #[inline]
    pub(super) fn from(&self, sign: Sign, token: u32) -> u64 {
        let at = token as usize / BLOCK;
        let (next, here) = (self.blocks[at + 1][sign as usize], self.blocks[at][sign as usize]);
        here >> (token % u64::BITS) | next << 1 << (!token % u64::BITS)
    }

    /// The first token with any of some signs from `token` to before `end`, else `end`.
    #[inline]
    pub(super) fn next<const N: usize>(&self, signs: [Sign; N], token: u32, end: u32) -> u32 {
        let found = |at| signs.into_iter().fold(0, |all, sign| all | self.from(sign, at));
        let mut at = token.min(end);
        while end - at >= u64::BITS {
            let found = found(at);
            if found != 0 {
                return at + found.trailing_zeros();
            }
            at += u64::BITS;
        }
        // the end counts as one that is found, so that whether there is another need not be asked
        at + (found(at) | 1 << (end - at)).trailing_zeros()
    }

    /// The tokens of a range with any of some signs, from left to right.
    #[inline]
    pub(super) fn each<const N: usize>(
        &self,
        signs: [Sign; N],
        tokens: &Range<u32>,
    ) -> impl Iterator<Item = u32> {
        let Range { start: mut next, end } = *tokens;
        std::iter::from_fn(move || {
            let token = self.next(signs, next, end);
            next = token + 1;
            (token < end).then_some(token)
        })
    }

    /// The last token with a sign from `floor` to before `end`.
    #[inline]
    pub(super) fn last(&self, sign: Sign, floor: u32, end: u32) -> Option<u32> {
        let mut end = end;
        while end > floor {
            // the last of them in the highest bit
            let behind = (end - floor).min(u64::BITS);
            let bits = self.from(sign, end - behind) << (u64::BITS - behind);
            if bits != 0 {
                return Some(end - 1 - bits.leading_zeros());
            }
            end -= behind;
        }
        None
    }

    /// Whether some of a few tokens show a sign.
    #[inline]
    pub(super) fn any(&self, sign: Sign, tokens: &Range<u32>) -> bool {
        let Range { start, end } = *tokens;
        let mut at = start.min(end);
        while end - at >= u64::BITS {
            if self.from(sign, at) != 0 {
                return true;
            }
            at += u64::BITS;
        }
        self.from(sign, at) & first(end - at) != 0
    }

    /// Whether all of some tokens show a sign.
    #[inline]
    pub(super) fn all(&self, sign: Sign, tokens: &Range<u32>) -> bool {
        let Range { start, end } = *tokens;
        let mut at = start.min(end);
        while end - at >= u64::BITS {
            if self.from(sign, at) != u64::MAX {
                return false;
            }
            at += u64::BITS;
        }
        !self.from(sign, at) & first(end - at) == 0
    }

    /// Where the tokens begin that all show a sign and stand right before `end`, at `floor` or behind it.
    #[inline]
    pub(super) fn run_before(&self, sign: Sign, end: u32, floor: u32) -> u32 {
        let mut start = end;
        while start > floor {
            // the last of them in the highest bit; what stands before the floor shows nothing
            let behind = (start - floor).min(u64::BITS - 1);
            let bits = self.from(sign, start - behind) << (u64::BITS - behind);
            let run = (!bits | 1).leading_zeros();
            start -= run;
            if run < u64::BITS - 1 {
                break;
            }
        }
        start
    }
}

/// The first so many of 64 bits, not all of them.
#[inline]
fn first(count: u32) -> u64 {
    (1 << count) - 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Lexicon, layout, text};

    #[test]
    fn signs_are_those_of_their_tokens() {
        let sentence = "The mayor, who never asked to leave on Monday, said: “Why?” - and (soon) left. ";
        let article = sentence.repeat(9);
        let lexicon = Lexicon::embedded();
        let layout = layout::blocks(&article, &lexicon);
        let document = text::read(&article, &layout, &lexicon);
        let signs = Signs::new(&document.tokens);
        let count = document.tokens.len() as u32;
        let of = |t: u32| &document.tokens[t as usize];
        let asked: [(Sign, &dyn Fn(u32) -> bool); 8] = [
            (Sign::Finite, &|t| of(t).tag.is_finite()),
            (Sign::Turn, &|t| leads(of(t).tag) || parts(of(t).kind)),
            (Sign::Comma, &|t| of(t).kind == TokenKind::Comma),
            (Sign::Time, &|t| of(t).is(TIME)),
            (Sign::Adverbial, &|t| of(t).tag.is_adverb() || of(t).is(Classes::FLOATING)),
            (Sign::Negation, &|t| of(t).is(Classes::NEGATION)),
            (Sign::Word, &|t| matches!(of(t).kind, TokenKind::Word | TokenKind::Number)),
            (Sign::Phrase, &|t| of(t).is(PHRASES)),
        ];
        for (sign, shows) in asked {
            for t in 0..count {
                assert_eq!(signs.from(sign, t) & 1 != 0, shows(t), "{sign:?} {t}");
                let next = (t..count).find(|&t| shows(t)).unwrap_or(count);
                assert_eq!(signs.next([sign], t, count), next, "{sign:?} {t}");
                let end = (t + 70).min(count);
                assert_eq!(signs.any(sign, &(t..end)), next < end, "{sign:?} {t}");
                assert_eq!(signs.all(sign, &(t..next)), (t..next).all(shows), "{sign:?} {t}");
                let run = (0..t).rev().find(|&t| !shows(t)).map_or(0, |t| t + 1);
                assert_eq!(signs.run_before(sign, t, 0), run, "{sign:?} {t}");
                let last = (3..t).rev().find(|&t| shows(t));
                assert_eq!(signs.last(sign, 3, t), last, "{sign:?} {t}");
            }
        }
    }
}
