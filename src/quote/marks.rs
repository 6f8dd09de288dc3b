//! Tokens → quotation marks: of which family each is, and which way it points by its shape and by its place.

use crate::portion::grown;
use crate::text::{Document, Flags, Token, TokenKind};
use std::ops::Range;

/// Marks that pair with one another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Family {
    Double,
    Single,
    Guillemet,
}

/// Which way a mark points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Direction {
    Open,
    Close,
    /// its place does not tell
    Either,
}

/// A quotation mark of a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) token: u32,
    pub(super) family: Family,
    /// what its glyph says; `Either` for a straight mark
    pub(super) shape: Direction,
    /// what its neighbours say
    pub(super) place: Direction,
    /// stands close after a number, so that it may mean feet or inches
    pub(super) after_number: bool,
    /// position of the partner among the block's marks
    pub(super) partner: Option<u32>,
    /// whether pairing took it for an opening mark
    pub(super) opens: bool,
    /// neither opens nor closes: an apostrophe, feet or inches
    pub(super) idle: bool,
}

/// Appends the quotation marks among a block's tokens.
pub(super) fn read(document: &Document<'_>, tokens: Range<u32>, marks: &mut Vec<Mark>) {
    let all = &document.tokens[tokens.start as usize..tokens.end as usize];
    let mut read = 0;
    while let Some(next) = all[read..].iter().position(is_mark) {
        let (i, token) = (tokens.start + (read + next) as u32, &all[read + next]);
        read += next + 1;
        let (family, shape) = match document.word(i) {
            "“" | "„" | "``" => (Family::Double, Direction::Open),
            "”" => (Family::Double, Direction::Close),
            "«" => (Family::Guillemet, Direction::Open),
            "»" => (Family::Guillemet, Direction::Close),
            "‘" | "‚" | "`" => (Family::Single, Direction::Open),
            "‹" => (Family::Single, Direction::Open),
            "›" => (Family::Single, Direction::Close),
            // the typographic closing mark is the apostrophe too
            "’" | "'" => (Family::Single, Direction::Either),
            _ => (Family::Double, Direction::Either),
        };
        let before = (i > tokens.start).then(|| &document.tokens[i as usize - 1]);
        let after = (i + 1 < tokens.end).then(|| &document.tokens[i as usize + 1]);
        let previous = marks.last().filter(|m| m.token + 1 == i).map(|m| m.place);
        let place = place(token, before, after, previous);
        let after_number = !token.flags.contains(Flags::SPACE)
            && before.is_some_and(|t| t.kind == TokenKind::Number)
            && shape != Direction::Open;
        grown(marks).push(Mark {
            token: i,
            family,
            shape,
            place,
            after_number,
            partner: None,
            opens: false,
            idle: false,
        });
    }
}

impl Mark {
    /// Whether the glyph is a typewriter's, the same for opening and closing.
    pub(super) fn is_straight(&self) -> bool {
        self.shape == Direction::Either
    }
}

#[inline]
pub(super) fn is_mark(token: &Token) -> bool {
    matches!(token.kind, TokenKind::DoubleQuote | TokenKind::SingleQuote)
}

/// Which way the neighbours make a mark point. `previous` is the place of a mark right before it.
fn place(
    token: &Token,
    before: Option<&Token>,
    after: Option<&Token>,
    previous: Option<Direction>,
) -> Direction {
    let (Some(before), Some(after)) = (before, after) else {
        return match (before, after) {
            (None, Some(_)) => Direction::Open,
            (Some(_), None) => Direction::Close,
            _ => Direction::Either,
        };
    };
    let space_before = token.flags.contains(Flags::SPACE);
    let space_after = after.flags.contains(Flags::SPACE);
    let ends = matches!(
        after.kind,
        TokenKind::Comma
            | TokenKind::Period
            | TokenKind::Colon
            | TokenKind::Semicolon
            | TokenKind::Question
            | TokenKind::Exclamation
            | TokenKind::Close
    );
    match (space_before, space_after) {
        (true, false) if ends => Direction::Either,
        (true, false) => Direction::Open,
        (false, true) if before.kind == TokenKind::Open => Direction::Open,
        (false, true) => Direction::Close,
        (true, true) => Direction::Either,
        (false, false) => {
            if let Some(previous) = previous {
                return previous;
            }
            match before.kind {
                TokenKind::Open | TokenKind::Slash | TokenKind::Hyphen => Direction::Open,
                TokenKind::Dash if after.is_wordlike() => Direction::Open,
                _ if ends || matches!(after.kind, TokenKind::Dash | TokenKind::Hyphen | TokenKind::Slash) => {
                    Direction::Close
                }
                _ if is_mark(after) => Direction::Close,
                _ => Direction::Either,
            }
        }
    }
}
