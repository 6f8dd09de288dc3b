//! Tokens of a block → sentences.

use super::{Document, Sentence, TokenKind};
use crate::lexicon::{Classes, Lexicon};
use crate::span::BlockId;

/// Splits the block whose tokens start at `first` into sentences.
pub(super) fn split(document: &mut Document<'_>, block: BlockId, first: u32, _lexicon: &Lexicon) {
    let last = document.tokens.len() as u32;
    let mut start = first;
    for i in first..last {
        let ends = matches!(
            document.tokens[i as usize].kind,
            TokenKind::Period | TokenKind::Question | TokenKind::Exclamation
        );
        if ends || i + 1 == last {
            let tokens = start..i + 1;
            let classes =
                tokens.clone().fold(Classes::empty(), |c, t| c | document.tokens[t as usize].classes);
            let span = document.span(tokens.clone());
            document.sentences.push(Sentence { span, tokens, block, classes, tagged: false });
            start = i + 1;
        }
    }
}
