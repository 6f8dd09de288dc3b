//! What each token of a sentence shows before any of them is weighed: its code among the features, its outlook to the
//! tokens left of it, its set of tags and its case. What can have but one tag is given it here.
//!
//! Takes tokens; fills a [`Sights`], which is kept from sentence to sentence and lists the tokens that are still to be
//! decided. Leaves what depends on the tags of other tokens to [`super::walk`]. Whether a token is a word, has a choice
//! or turns the clause is as good as random, so that nothing is asked here by a branch that can be told by arithmetic.

use super::{Tag, Tags};
use crate::lexicon::{Case, TagSet, Tagger};
use crate::span::Span;
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
const BEFORE: Sight = Sight { code: 1, outlook: 0, own: 0 };
/// What stands after it.
const AFTER: Sight = Sight { code: 2, ..BEFORE };

/// Tokens to either side that a token's features ask for.
const BESIDE: usize = 2;

/// A token's sight in the midst of its neighbours'.
pub(super) type Window = [Sight; 2 * BESIDE + 1];

/// Marks after which a capital may be its place's.
const PLACING: u32 = TokenKind::bits(&[
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

/// The tag of each kind of mark, as a number; 0 for words, numbers and quotation marks.
const MARKS: [u8; 32] = {
    use TokenKind::*;
    let mut tags = [0; 32];
    let marks: [(&[TokenKind], Tag); 9] = [
        (&[Comma], Tag::Comma),
        (&[Period, Question, Exclamation], Tag::Period),
        (&[Colon, Semicolon, Ellipsis, Dash, Hyphen, Slash, Bullet], Tag::Colon),
        (&[Open], Tag::LeftBracket),
        (&[Close], Tag::RightBracket),
        (&[Currency], Tag::Dollar),
        (&[Percent, Url, Hashtag], Tag::Nn),
        (&[Handle], Tag::Nnp),
        (&[Symbol], Tag::Sym),
    ];
    let mut m = 0;
    while m < marks.len() {
        let mut k = 0;
        while k < marks[m].0.len() {
            tags[marks[m].0[k] as usize] = marks[m].1 as u8;
            k += 1;
        }
        m += 1;
    }
    tags
};

/// A token that has a choice of tags, or whose place tells its tag.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Open {
    /// its position in the sentence
    pub(super) at: u32,
    /// one more than the position of the last token before it that is known to turn the clause; 0 for none
    pub(super) turn: u32,
}

/// What the tokens of a sentence show: room that a whole article's sentences share.
#[derive(Clone, Debug, Default)]
pub struct Sights {
    list: Vec<Sight>,
    /// what is to be decided, in the order of the text, and room for more
    open: Vec<Open>,
    /// how many are to be decided
    opens: usize,
}

impl Sights {
    /// Looks at the tokens of a sentence, and gives those a tag that can have but one. A token whose tag is in `turning`
    /// turns the clause.
    pub(super) fn look(
        &mut self,
        text: &str,
        tagger: &Tagger,
        tokens: &mut [Token],
        headline: bool,
        turning: Tags,
    ) {
        let room = tokens.len() + 2 * BESIDE;
        if self.list.len() < room {
            self.list.resize(room, BEFORE);
            self.open.resize(room, Open::default());
        }
        let cases = tagger.cases();
        let (mut opens, mut turn) = (0, 0);
        // what opens a sentence has its capital from its place
        let mut placed = true;
        let sights = self.list[BESIDE..].iter_mut().zip(tokens.iter_mut());
        for (at, (sight, token)) in sights.enumerate() {
            let kind = token.kind as u32;
            let is_word = token.kind == TokenKind::Word;
            // Lower, Capital and Uncertain are 0, 1 and 2
            let case = u32::from(token.is_capital()) << u32::from(headline | placed);
            placed = PLACING >> kind & 1 != 0;
            let known = token.word.index() < cases.len() - 1;
            let sets = &cases[token.word.index().min(cases.len() - 1)];
            let set = sets[case as usize % sets.len()] & u8::from(is_word).wrapping_neg();
            let look = u32::from((token.flags & (Flags::CAPITAL | Flags::HYPHEN)).bits());
            // a word's kind is 0
            let other = 3 + kind + u32::from(is_word) * (29 + look);
            let code = if known { token.word.0 + 64 } else { other };
            let mut outlook = 1 + kind + u32::from(is_word) * 63 + u32::from(set);
            if is_word & (set == TagSet::OPEN.0) {
                outlook = mix_small(tail::<2>(text, token.span)) << 2 | case;
            }
            *sight = Sight { code, outlook, own: u32::from(set) << 2 | case };
            // the first set has many tags, so that one of the two is 0
            let mut tag = Tag::numbered(tagger.only(TagSet(set)) | MARKS[kind as usize % MARKS.len()]);
            if matches!(token.kind, TokenKind::Number | TokenKind::Symbol) {
                tag = written(token.span.of(text)).unwrap_or(tag);
            }
            token.tag = tag;
            self.open[opens] = Open { at: at as u32, turn };
            opens += usize::from(tag == Tag::None);
            turn = if turning.has(tag) { at as u32 + 1 } else { turn };
        }
        self.opens = opens;
        for sight in self.list[BESIDE..].iter_mut().skip(tokens.len()).take(BESIDE) {
            *sight = AFTER;
        }
    }

    /// The token that is to be decided as the `n`th.
    #[inline]
    pub(super) fn open(&self, n: usize) -> Option<Open> {
        self.open[..self.opens].get(n).copied()
    }

    /// The position of the token that is to be decided as the `n`th of so many tokens; their number where there is none.
    #[inline]
    pub(super) fn place(&self, n: usize, tokens: usize) -> usize {
        self.open(n).map_or(tokens, |open| open.at as usize)
    }

    /// Makes a token one that is decided.
    pub(super) fn close(&mut self, at: usize) {
        if let Some(n) = self.open[..self.opens].iter().position(|open| open.at as usize == at) {
            self.open.copy_within(n + 1..self.opens, n);
            self.opens -= 1;
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

/// The tag of a number or symbol that is written so; none where its kind or other tokens tell it.
fn written(form: &str) -> Option<Tag> {
    match form {
        "&" | "+" => Some(Tag::Cc),
        _ if form.bytes().all(|b| b.is_ascii_digit() || matches!(b, b',' | b'.')) => Some(Tag::Cd),
        _ => None,
    }
}

/// Whether nearly every longer word has a capital, so that a capital tells nothing.
pub(super) fn is_headline(tokens: &[Token]) -> bool {
    let (mut capital, mut all) = (0, 0);
    for token in tokens {
        let long = (token.kind == TokenKind::Word) & (token.span.len() > 3);
        all += u32::from(long);
        capital += u32::from(long & token.is_capital());
    }
    capital >= 4 && capital >= (all - capital) * 6
}

/// The last bytes of a word in lower case, as a number; 0 for none.
#[inline]
pub(super) fn ending(form: &[u8], bytes: usize) -> u32 {
    mix(&form[form.len() - bytes.min(form.len())..])
}

/// The last byte of a word, its last two, and so on, each as [`ending`] tells them.
#[inline]
pub(super) fn endings(text: &str, word: Span) -> [u32; 5] {
    // what is missing of a shorter word is zero, which mixed in before all else changes nothing
    let [a, b, c, d, e] = tail(text, word);
    [
        mix_small([e]),
        mix_small([d, e]),
        mix_small([c, d, e]),
        mix_small([b, c, d, e]),
        mix_small([a, b, c, d, e]),
    ]
}

/// The last bytes of a word in lower case, at most eight, and zero before a shorter one. How long words are is as good as
/// random, so that what stands before them is read, too, and left out by a shift.
#[inline]
fn tail<const N: usize>(text: &str, word: Span) -> [u8; N] {
    const EIGHT: usize = size_of::<u64>();
    let bytes = &text.as_bytes()[..word.end as usize];
    let eight = match bytes.last_chunk() {
        Some(eight) => u64::from_be_bytes(*eight),
        // the text begins here
        None => bytes.iter().fold(0, |eight, &byte| eight << 8 | u64::from(byte)),
    };
    let before = EIGHT - word.len().clamp(1, EIGHT);
    let eight = (eight & u64::MAX >> (8 * before)).to_be_bytes();
    std::array::from_fn(|i| eight[EIGHT - N + i].to_ascii_lowercase())
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
fn mix_small<const N: usize>(bytes: [u8; N]) -> u32 {
    bytes.into_iter().fold(0, mix_in)
}

#[inline(always)]
fn mix_in(mixed: u32, byte: u8) -> u32 {
    (mixed.rotate_left(5) ^ u32::from(byte)).wrapping_mul(0x9e37_79b9)
}
