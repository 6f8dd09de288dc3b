//! Where a content may turn: the marks and words before which it may end, and the verbs that its clause needs.
//!
//! Takes tokens; returns sets of them, made in one pass, along which [`super::content`] goes from place to place.

use crate::text::set::TokenSet;
use crate::text::{Tag, Token, TokenKind};

/// Whether a mark parts clauses.
#[inline]
pub(super) fn parts(mark: TokenKind) -> bool {
    matches!(
        mark,
        TokenKind::Comma
            | TokenKind::Semicolon
            | TokenKind::Colon
            | TokenKind::Dash
            | TokenKind::Hyphen
            | TokenKind::Period
            | TokenKind::Question
            | TokenKind::Exclamation
            | TokenKind::Open
            | TokenKind::Close
            | TokenKind::Ellipsis
    )
}

/// Whether words of a tag join or lead what a content may end before.
#[inline]
pub(super) fn leads(tag: Tag) -> bool {
    matches!(tag, Tag::Cc | Tag::In | Tag::To | Tag::Wdt | Tag::Wp | Tag::Wrb | Tag::WpPoss)
}

/// The finite verbs, and the marks and words before which a content may end.
pub(super) fn sets(tokens: &[Token]) -> (TokenSet, TokenSet) {
    let (mut finite, mut turns) = (TokenSet::new(tokens.len()), TokenSet::new(tokens.len()));
    for (block, tokens) in tokens.chunks(TokenSet::BLOCK).enumerate() {
        let (mut verbs, mut ends) = (0, 0);
        for t in tokens.iter().rev() {
            verbs = verbs << 1 | u64::from(t.tag.is_finite());
            ends = ends << 1 | u64::from(leads(t.tag) | parts(t.kind));
        }
        finite.set_block(block, verbs);
        turns.set_block(block, ends);
    }
    (finite, turns)
}
