//! What each token of a sentence shows before any of them is tagged: its code among the features, its outlook to the
//! tokens left of it, its set of tags and its case, and its tag where it can have but one.
//!
//! Takes tokens; fills a [`Sights`], which is kept from sentence to sentence. Leaves what depends on the tags of other
//! tokens to [`super::walk`].

use super::Tag;
use crate::lexicon::{Case, TagSet, Tagger};
use crate::text::{Flags, Token, TokenKind};

/// What a token shows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sight {
    /// a number for its word, or for what else it is
    pub(super) code: u32,
    /// a number for what it may be: its set of tags, or its ending
    pub(super) outlook: u32,
    /// a number for the tags that its word may have in its case: [`Sight::set`] and [`Sight::case`]
    pub(super) own: u32,
    /// the only tag that it can have; [`Tag::None`] where there is a choice
    pub(super) tag: Tag,
}

impl Sight {
    /// The tags that its word may have.
    #[inline]
    pub(super) fn set(&self) -> TagSet {
        TagSet((self.own >> 2) as u8)
    }

    /// Its case.
    #[inline]
    pub(super) fn case(&self) -> Case {
        match self.own & 3 {
            0 => Case::Lower,
            1 => Case::Capital,
            _ => Case::Uncertain,
        }
    }

    /// A number for its word in its case.
    #[inline]
    pub(super) fn word(&self) -> u32 {
        self.code << 2 | self.own & 3
    }
}

/// What stands before a sentence.
const BEFORE: Sight = Sight { code: 1, outlook: 0, own: 0, tag: Tag::None };
/// What stands after it.
const AFTER: Sight = Sight { code: 2, ..BEFORE };

/// Tokens to either side that a token's features ask for.
const BESIDE: usize = 2;

/// A token's sight in the midst of its neighbours'.
pub(super) type Window = [Sight; 2 * BESIDE + 1];

/// Marks after which a capital may be its place's.
const PLACING: u32 = kinds(&[
    TokenKind::DoubleQuote,
    TokenKind::SingleQuote,
    TokenKind::Colon,
    TokenKind::Semicolon,
    TokenKind::Period,
    TokenKind::Question,
    TokenKind::Exclamation,
    TokenKind::Ellipsis,
    TokenKind::Dash,
    TokenKind::Open,
    TokenKind::Bullet,
]);

const fn kinds(kinds: &[TokenKind]) -> u32 {
    let (mut set, mut i) = (0, 0);
    while i < kinds.len() {
        set |= 1 << kinds[i] as u32;
        i += 1;
    }
    set
}

/// What the tokens of a sentence show: room that a whole article's sentences share.
#[derive(Clone, Debug, Default)]
pub struct Sights {
    list: Vec<Sight>,
}

impl Sights {
    /// Looks at the tokens of a sentence.
    pub(super) fn look(&mut self, text: &str, tagger: &Tagger, tokens: &[Token], headline: bool) {
        if self.list.len() < tokens.len() + 2 * BESIDE {
            self.list.resize(tokens.len() + 2 * BESIDE, BEFORE);
        }
        let cases = tagger.cases();
        // what opens a sentence has its capital from its place
        let mut placed = true;
        for (sight, token) in self.list[BESIDE..].iter_mut().zip(tokens) {
            let case = if !token.flags.contains(Flags::CAPITAL) {
                Case::Lower as u32
            } else if headline || placed {
                Case::Uncertain as u32
            } else {
                Case::Capital as u32
            };
            placed = PLACING >> token.kind as u32 & 1 != 0;
            let known = cases.get(token.word.index());
            let code = known.map(|_| token.word.0 + 64);
            if token.kind != TokenKind::Word {
                let kind = token.kind as u32;
                let tag = mark(text, token);
                *sight = Sight { code: code.unwrap_or(3 + kind), outlook: 1 + kind, own: case, tag };
                continue;
            }
            let set = known.map_or(TagSet::OPEN, |sets| TagSet(sets[case as usize % sets.len()]));
            let outlook = if set == TagSet::OPEN {
                ending(token.span.of(text).as_bytes(), 2) << 2 | case
            } else {
                64 + u32::from(set.0)
            };
            let look = token.flags & (Flags::CAPITAL | Flags::HYPHEN);
            *sight = Sight {
                code: code.unwrap_or(32 + u32::from(look.bits())),
                outlook,
                own: u32::from(set.0) << 2 | case,
                tag: Tag::numbered(tagger.only(set)),
            };
        }
        for sight in self.list[BESIDE..].iter_mut().skip(tokens.len()).take(BESIDE) {
            *sight = AFTER;
        }
    }

    /// Makes a token's only tag that of a name.
    pub(super) fn name(&mut self, at: usize) {
        if let Some(sight) = self.list.get_mut(at + BESIDE) {
            sight.tag = Tag::Nnp;
        }
    }

    /// What a token and its neighbours show.
    #[inline]
    pub(super) fn around(&self, at: usize) -> &Window {
        const NONE: &Window = &[AFTER; 2 * BESIDE + 1];
        self.list.get(at..).and_then(<[Sight]>::first_chunk).unwrap_or(NONE)
    }

    /// What a token shows.
    #[inline]
    pub(super) fn at(&self, at: usize) -> &Sight {
        self.list.get(at + BESIDE).unwrap_or(&AFTER)
    }
}

/// The tag of a mark or number; none where other tokens or its letters decide.
fn mark(text: &str, token: &Token) -> Tag {
    use TokenKind::*;
    match token.kind {
        Word | DoubleQuote | SingleQuote => Tag::None,
        Number => {
            let digits = |b: &u8| b.is_ascii_digit() || matches!(b, b',' | b'.');
            if token.span.of(text).as_bytes().iter().all(digits) { Tag::Cd } else { Tag::None }
        }
        Comma => Tag::Comma,
        Period | Question | Exclamation => Tag::Period,
        Colon | Semicolon | Ellipsis | Dash | Hyphen | Slash | Bullet => Tag::Colon,
        Open => Tag::LeftBracket,
        Close => Tag::RightBracket,
        Currency => Tag::Dollar,
        Percent | Url | Hashtag => Tag::Nn,
        Handle => Tag::Nnp,
        Symbol if matches!(token.span.of(text), "&" | "+") => Tag::Cc,
        Symbol => Tag::Sym,
    }
}

/// Whether nearly every longer word has a capital, so that a capital tells nothing.
pub(super) fn is_headline(tokens: &[Token]) -> bool {
    let (mut capital, mut small) = (0, 0);
    for token in tokens {
        if token.kind == TokenKind::Word && token.span.len() > 3 {
            if token.flags.contains(Flags::CAPITAL) {
                capital += 1;
            } else {
                small += 1;
                if small * 6 > tokens.len() {
                    return false;
                }
            }
        }
    }
    capital >= 4 && capital >= small * 6
}

/// The last bytes of a word in lower case, as a number; 0 for none.
#[inline]
pub(super) fn ending(form: &[u8], bytes: usize) -> u32 {
    mix(&form[form.len() - bytes.min(form.len())..])
}

/// The last byte of a word, its last two, and so on, each as [`ending`] tells them.
#[inline]
pub(super) fn endings(form: &[u8]) -> [u32; 5] {
    match form.last_chunk::<5>() {
        Some(last) => {
            let last = last.map(|b| b.to_ascii_lowercase());
            [1, 2, 3, 4, 5].map(|bytes| mix_small(&last[5 - bytes..]))
        }
        None => [ending(form, 1), ending(form, 2), ending(form, 3), ending(form, 4), ending(form, 5)],
    }
}

/// The first bytes of a word in lower case, as a number.
#[inline]
pub(super) fn beginning(form: &[u8], bytes: usize) -> u32 {
    mix(&form[..bytes.min(form.len())])
}

#[inline]
fn mix(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |mixed, byte| mix_in(mixed, byte.to_ascii_lowercase()))
}

/// The same of bytes in lower case.
#[inline(always)]
fn mix_small(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |mixed, &byte| mix_in(mixed, byte))
}

#[inline(always)]
fn mix_in(mixed: u32, byte: u8) -> u32 {
    (mixed.rotate_left(5) ^ u32::from(byte)).wrapping_mul(0x9e37_79b9)
}
