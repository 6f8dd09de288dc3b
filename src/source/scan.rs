//! Tokens → which of them the room looks at: one pass, by what each token's bits say, so that all that follows skips
//! the rest.
//!
//! Takes the [`Document`]; returns sets of tokens. Leaves what stands there to [`super::run`], [`super::describe`] and
//! [`super::walk`].

use super::name::Name;
use super::phrase::Places;
use crate::lexicon::Classes;
use crate::text::set::TokenSet;
use crate::text::{Document, Tag, Token, TokenKind};

/// Common nouns for someone or something that can speak.
const NOUNS: Classes = Classes::OFFICE
    .union(Classes::KIN)
    .union(Classes::PERSON)
    .union(Classes::ANONYMOUS)
    .union(Classes::GROUP)
    .union(Classes::ORGANISATION)
    .union(Classes::DOCUMENT);
const PRONOUNS: Classes = Classes::PERSONAL.union(Classes::POSSESSIVE);
const GENDERED: Classes = Classes::FEMALE.union(Classes::MALE);

/// The tokens that matter here.
#[derive(Debug, Default)]
pub(super) struct Scan {
    /// words that begin with a capital
    pub(super) capitals: TokenSet,
    /// words that tell a gender
    pub(super) gendered: TokenSet,
    /// nouns for those who can speak, each the head of its phrase and in no name
    pub(super) heads: TokenSet,
    /// the tokens that may mention someone: names, nouns, pronouns, and what is asked for
    pub(super) telling: TokenSet,
    /// by 64 tokens, what heads and telling tokens are made of
    words: Vec<Words>,
}

/// The bits of 64 tokens.
#[derive(Clone, Copy, Debug)]
struct Words {
    /// nouns
    nouns: u64,
    /// those of them that may stand for someone who can speak
    speakers: u64,
    /// pronouns that tell a gender
    pronouns: u64,
}

impl Scan {
    /// Looks at every token once.
    pub(super) fn look(&mut self, document: &Document<'_>) {
        self.capitals.reset(document.tokens.len());
        self.gendered.reset(document.tokens.len());
        self.words.clear();
        for (block, tokens) in document.tokens.chunks(TokenSet::BLOCK).enumerate() {
            let (mut capitals, mut nouns, mut speakers, mut pronouns, mut gendered) = (0, 0, 0, 0, 0);
            let mut untagged = false;
            for t in tokens.iter().rev() {
                let word = t.kind == TokenKind::Word;
                capitals = capitals << 1 | u64::from(t.is_capital() & word);
                nouns = nouns << 1 | u64::from(t.tag.is_noun() & word);
                untagged |= (t.tag == Tag::None) & word;
                speakers = speakers << 1 | u64::from(t.is(NOUNS));
                pronouns = pronouns << 1 | u64::from(t.is(PRONOUNS));
                gendered = gendered << 1 | u64::from(t.is(GENDERED));
            }
            if untagged {
                nouns |= untagged_nouns(tokens);
            }
            self.capitals.set_block(block, capitals);
            self.gendered.set_block(block, gendered);
            self.words.push(Words { nouns, speakers: speakers & nouns, pronouns: pronouns & gendered });
        }
    }

    /// Tells heads and telling tokens, but for what is asked for, once names are known.
    pub(super) fn tell(&mut self, document: &Document<'_>, names: &[Name], places: &Places) {
        self.heads.reset(document.tokens.len());
        self.telling.reset(document.tokens.len());
        // nouns in no name, of which the last of a row is the head
        let nouns =
            |block: usize| self.words.get(block).map_or(0, |words| words.nouns & !places.block(block));
        let mut here = nouns(0);
        for (block, words) in self.words.iter().enumerate() {
            let next = nouns(block + 1);
            let heads = here & words.speakers & !(here >> 1 | next << (u64::BITS - 1));
            self.heads.set_block(block, heads);
            self.telling.set_block(block, heads | words.pronouns);
            here = next;
        }
        // what follows the last one is another sentence's
        for sentence in &document.sentences {
            let last = sentence.tokens.end.saturating_sub(1);
            if document.tokens.get(last as usize).is_some_and(|t| t.is(NOUNS)) {
                let (block, bit) = (last as usize / TokenSet::BLOCK, last % u64::BITS);
                if nouns(block) & self.words[block].speakers & 1 << bit != 0 {
                    self.heads.insert(last);
                    self.telling.insert(last);
                }
            }
        }
        names.iter().for_each(|name| self.telling.insert(name.tokens.start));
    }
}

/// The bits of those of 64 tokens that are nouns though they have no tag.
#[cold]
fn untagged_nouns(tokens: &[Token]) -> u64 {
    let noun = |t: &Token| {
        let speaker = t.is(NOUNS) && !t.is(Classes::CUE_VERB);
        t.tag == Tag::None && t.kind == TokenKind::Word && speaker
    };
    tokens.iter().rev().fold(0, |nouns, t| nouns << 1 | u64::from(noun(t)))
}
