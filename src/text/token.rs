//! What a token is: where it stands, what it is made of, what it looks like, and what the lexicon tells of it.
//!
//! [`super::cut`] makes tokens; the rooms below read them.

use super::Tag;
use crate::lexicon::{Classes, WordId};
use crate::span::Span;
use bitflags::bitflags;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum TokenKind {
    Word,
    /// begins with a digit: 12, 1,000, 3.5, 20th, 52-48, 3,000-strong, 10:30
    Number,
    Comma,
    Period,
    Colon,
    Semicolon,
    Question,
    Exclamation,
    /// ... or …
    Ellipsis,
    /// – — --
    Dash,
    /// a hyphen that stands alone
    Hyphen,
    /// " “ ” « » `` ''
    DoubleQuote,
    /// ' ‘ ’ ` outside words
    SingleQuote,
    Open,
    Close,
    /// $ £ € US$
    Currency,
    Percent,
    Slash,
    Url,
    /// @name
    Handle,
    /// #topic
    Hashtag,
    Bullet,
    Symbol,
}

bitflags! {
    /// What a token looks like and what stands before it.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct Flags: u8 {
        /// its first letter is a capital
        const CAPITAL = 1;
        /// it has two letters or more, all of them capitals
        const CAPITALS = 1 << 1;
        /// it holds a digit
        const DIGIT = 1 << 2;
        /// it holds a hyphen between letters or digits
        const HYPHEN = 1 << 3;
        /// white space stands before it, or the text begins
        const SPACE = 1 << 4;
        /// a line break stands before it
        const LINE = 1 << 5;
        /// a word whose last character is its own full stop
        const STOP = 1 << 6;
        /// it opens a quotation or bracket by its shape: “ ‘ « (
        const OPENING = 1 << 7;
    }
}

/// A word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// Its number in the lexicon.
    pub word: WordId,
    /// Its classes.
    pub classes: Classes,
    /// What it is made of.
    pub kind: TokenKind,
    /// What it looks like.
    pub flags: Flags,
    /// Its part of speech; [`Tag::None`] in sentences that are not tagged.
    pub tag: Tag,
}

impl TokenKind {
    /// Some kinds, a bit for each by its number.
    pub(crate) const fn bits(kinds: &[Self]) -> u32 {
        let (mut set, mut i) = (0, 0);
        while i < kinds.len() {
            set |= 1 << kinds[i] as u32;
            i += 1;
        }
        set
    }

    /// Whether it is a word or number rather than a mark.
    #[inline]
    pub fn is_wordlike(self) -> bool {
        matches!(self, Self::Word | Self::Number | Self::Url | Self::Handle | Self::Hashtag)
    }

    /// Whether what is said can end in it right before the closing mark: “…,” “…?” “…—”
    #[inline]
    pub(crate) fn ends_speech(self) -> bool {
        matches!(
            self,
            Self::Comma
                | Self::Period
                | Self::Question
                | Self::Exclamation
                | Self::Ellipsis
                | Self::Dash
                | Self::SingleQuote
        )
    }
}

impl Token {
    /// Whether it has any of the classes.
    #[inline]
    pub fn is(&self, classes: Classes) -> bool {
        self.classes.intersects(classes)
    }

    /// Whether it begins with a capital.
    #[inline]
    pub fn is_capital(&self) -> bool {
        self.flags.contains(Flags::CAPITAL)
    }

    /// Whether it is a word or number rather than a mark.
    #[inline]
    pub fn is_wordlike(&self) -> bool {
        self.kind.is_wordlike()
    }
}
