//! Tokens → which of them the room looks at: one pass, by what each token's bits say, so that all that follows skips
//! the rest.
//!
//! Takes the [`Document`]; returns sets of tokens. Leaves what stands there to [`super::run`], [`super::describe`] and
//! [`super::walk`].

use crate::lexicon::Classes;
use crate::text::set::TokenSet;
use crate::text::{Document, Tag, TokenKind};

/// Common nouns for someone or something that can speak.
pub(super) const NOUNS: Classes = Classes::OFFICE
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
    /// nouns that may be the head of a phrase that mentions someone, and pronouns that tell a gender
    pub(super) mentions: TokenSet,
    /// words that tell a gender
    pub(super) gendered: TokenSet,
    /// verbs that begin with no capital
    pub(super) verbs: TokenSet,
}

impl Scan {
    /// Looks at every token once.
    pub(super) fn look(&mut self, document: &Document<'_>) {
        let Self { capitals, mentions, gendered, verbs } = self;
        for set in [&mut *capitals, &mut *mentions, &mut *gendered, &mut *verbs] {
            set.reset(document.tokens.len());
        }
        for (block, tokens) in document.tokens.chunks(TokenSet::BLOCK).enumerate() {
            let (mut capital, mut verb, mut noun, mut head, mut pronoun, mut sex) = (0, 0, 0, 0, 0, 0);
            for t in tokens.iter().rev() {
                let word = t.kind == TokenKind::Word;
                capital = capital << 1 | u64::from(t.is_capital() & word);
                verb = verb << 1 | u64::from((t.tag.is_verb() | (t.tag == Tag::Md)) & word);
                let (named, untagged) = (t.is(NOUNS), t.tag == Tag::None);
                noun = noun << 1
                    | u64::from((t.tag.is_noun() | untagged & named & !t.is(Classes::CUE_VERB)) & word);
                head = head << 1 | u64::from(named);
                pronoun = pronoun << 1 | u64::from(t.is(PRONOUNS));
                sex = sex << 1 | u64::from(t.is(GENDERED));
            }
            capitals.set_block(block, capital);
            // the head of a phrase is its last noun, unless a name is what follows
            mentions.set_block(block, noun & head & !((noun & !capital) >> 1) | pronoun & sex);
            gendered.set_block(block, sex);
            verbs.set_block(block, verb & !capital);
        }
        // another sentence's noun follows no head
        for sentence in &document.sentences {
            let last = sentence.tokens.end.saturating_sub(1);
            if document.tokens.get(last as usize).is_some_and(|t| t.is(NOUNS)) {
                mentions.insert(last);
            }
        }
    }
}
