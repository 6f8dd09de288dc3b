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
const MENTIONS: Classes = NOUNS.union(Classes::PERSONAL).union(Classes::POSSESSIVE);
const GENDERED: Classes = Classes::FEMALE.union(Classes::MALE);

/// The tokens that matter here.
pub(super) struct Scan {
    /// words that begin with a capital
    pub(super) capitals: TokenSet,
    /// nouns and pronouns that may mention someone
    pub(super) mentions: TokenSet,
    /// words that tell a gender
    pub(super) gendered: TokenSet,
    /// verbs that begin with no capital
    pub(super) verbs: TokenSet,
}

impl Scan {
    /// Looks at every token once.
    pub(super) fn new(document: &Document<'_>) -> Self {
        let set = || TokenSet::new(document.tokens.len());
        let mut scan = Self { capitals: set(), mentions: set(), gendered: set(), verbs: set() };
        for (block, tokens) in document.tokens.chunks(64).enumerate() {
            let (mut capitals, mut mentions, mut gendered, mut verbs) = (0, 0, 0, 0);
            for t in tokens.iter().rev() {
                let word = t.kind == TokenKind::Word;
                capitals = capitals << 1 | u64::from(t.is_capital() & word);
                let verb = t.tag.is_verb() | (t.tag == Tag::Md);
                verbs = verbs << 1 | u64::from(verb & word & !t.is_capital());
                mentions = mentions << 1 | u64::from(t.is(MENTIONS));
                gendered = gendered << 1 | u64::from(t.is(GENDERED));
            }
            scan.capitals.set_block(block, capitals);
            scan.mentions.set_block(block, mentions);
            scan.gendered.set_block(block, gendered);
            scan.verbs.set_block(block, verbs);
        }
        scan
    }
}
