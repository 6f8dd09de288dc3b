//! Noun phrases: where one begins and ends around its head.
//!
//! Takes the [`Document`] and its names, both shared by all who ask. Leaves what a whole mention is to
//! [`super::reading`].

use super::name::Name;
use super::table::Marked;
use crate::attribution::Mention;
use crate::lexicon::Classes;
use crate::text::{Document, Flags, Tag, Token, TokenKind};
use std::ops::Range;

/// The phrases of one document.
#[derive(Clone, Copy)]
pub(super) struct Phrases<'d, 'a> {
    pub(super) document: &'d Document<'a>,
    pub(super) names: &'d [Name],
    pub(super) places: &'d Places,
}

/// Which name holds each token by its words, titles and suffix: one more than its position, and in the last two bits how
/// many names before that one has it for a word of its own, counted from 1; 0 where none does.
#[derive(Debug, Default)]
pub(super) struct Places(Marked);

/// So many names before the one that holds a token by a title may have it for a word of their own: "Lindmark Party Chairman
/// Bo Lind" names the party as well.
const SHARED: usize = 2;

impl Places {
    /// Makes it the places of names that stand in text order, in a document of so many tokens. Of two names that overlap,
    /// the later one holds all from where it begins.
    pub(super) fn place(&mut self, names: &[Name], tokens: usize) {
        let held = names.iter().enumerate().flat_map(|(n, name)| {
            let Range { start, end } = name.whole;
            let end = names.get(n + 1).map_or(end, |next| end.min(next.whole.start));
            let before = &names[n - SHARED.min(n)..n];
            let shares = before.last().is_some_and(|b| b.tokens.end > start);
            (start..end).map(move |token| {
                let mut own = u32::from(name.tokens.contains(&token));
                if shares && own == 0 {
                    let shared = before.iter().rev().position(|b| b.tokens.contains(&token));
                    own = shared.map_or(0, |shared| shared as u32 + 2);
                }
                (token, (n as u32 + 1) << 2 | own)
            })
        });
        self.0.mark(tokens, held);
    }

    /// The bits of the tokens `[64 × block, 64 × block + 64)` that names have.
    pub(super) fn block(&self, block: usize) -> u64 {
        self.0.block(block)
    }

    /// What is held of a token; 0 where no name has it.
    #[inline]
    fn of(&self, token: u32) -> u32 {
        self.0.get(token).map_or(0, |place| place as u32)
    }
}

/// How many tokens a phrase is followed to the left and to the right.
const REACH: u32 = 12;

pub(super) const PEOPLE: Classes = Classes::PEOPLE.union(Classes::TITLE);

impl Phrases<'_, '_> {
    #[inline]
    pub(super) fn token(&self, i: u32) -> &Token {
        &self.document.tokens[i as usize]
    }

    /// The name whose own words hold a token.
    #[inline]
    pub(super) fn name_at(&self, token: u32) -> Option<usize> {
        let place = self.places.of(token);
        let own = place & 3;
        (own != 0).then(|| (place >> 2).saturating_sub(own) as usize)
    }

    /// The name whose words, titles or suffix hold a token.
    #[inline]
    pub(super) fn name_around(&self, token: u32) -> Option<usize> {
        (self.places.of(token) as usize >> 2).checked_sub(1)
    }

    /// The tokens of a mention, of which its head is one.
    pub(super) fn tokens_of(&self, mention: &Mention) -> Range<u32> {
        let tokens = &self.document.tokens;
        let (mut start, mut end) = (mention.head as usize, mention.head as usize + 1);
        if !tokens.get(start).is_some_and(|t| mention.span.contains(t.span)) {
            return self.document.tokens_in(mention.span);
        }
        // a few steps where a search in the whole article takes more
        while start > 0 && tokens[start - 1].span.end > mention.span.start {
            start -= 1;
        }
        while tokens.get(end).is_some_and(|t| t.span.start < mention.span.end) {
            end += 1;
        }
        start as u32..end as u32
    }

    #[inline]
    pub(super) fn is_preposition(&self, i: u32) -> bool {
        let t = self.token(i);
        if t.tag == Tag::None {
            return t.kind == TokenKind::Word
                && t.span.len() <= 4
                && matches!(self.document.word(i), "of" | "for" | "at" | "on" | "in" | "from");
        }
        (t.kind == TokenKind::Word) & matches!(t.tag, Tag::In | Tag::To)
    }

    #[inline]
    pub(super) fn is_coordinator(&self, i: u32) -> bool {
        let t = self.token(i);
        t.tag == Tag::Cc || t.tag == Tag::None && t.is(Classes::COORDINATOR)
    }

    #[inline]
    pub(super) fn is_noun(&self, i: u32) -> bool {
        let t = self.token(i);
        match t.tag {
            Tag::None => {
                t.is(PEOPLE | Classes::ORGANISATION | Classes::DOCUMENT) && !t.is(Classes::CUE_VERB)
                    || self.name_at(i).is_some()
            }
            tag => tag.is_noun(),
        }
    }

    /// Whether a finite verb stands here.
    #[inline]
    pub(super) fn is_finite(&self, i: u32) -> bool {
        let t = self.token(i);
        match t.tag {
            Tag::None => t.is(Classes::AUXILIARY | Classes::CUE_VERB) && !t.is(PEOPLE),
            tag => tag.is_finite(),
        }
    }

    /// Whether a token can stand in a noun phrase before its head.
    #[inline]
    pub(super) fn is_modifier(&self, i: u32) -> bool {
        let t = self.token(i);
        if !matches!(t.kind, TokenKind::Word | TokenKind::Number | TokenKind::Percent | TokenKind::Currency) {
            return false;
        }
        match t.tag {
            Tag::None => {
                t.kind != TokenKind::Word
                    || !t.is(Classes::COORDINATOR
                        | Classes::SUBORDINATOR
                        | Classes::AUXILIARY
                        | Classes::PERSONAL
                        | Classes::RELATIVE
                        | Classes::CUE_VERB
                        | Classes::DEFINITE
                        | Classes::OPENER)
                        && (t.is_capital() || t.word.is_known() || t.flags.contains(Flags::HYPHEN))
            }
            tag => {
                tag.is_noun()
                    || tag.is_adjective()
                    || matches!(tag, Tag::Cd | Tag::Pos | Tag::Vbn | Tag::Fw | Tag::Dollar)
                    || tag == Tag::Vbg && t.span.len() > 4
            }
        }
    }

    #[inline]
    pub(super) fn is_determiner(&self, i: u32) -> bool {
        let t = self.token(i);
        matches!(t.tag, Tag::Dt | Tag::Pdt | Tag::PrpPoss)
            || t.tag == Tag::None && (t.is(Classes::DEFINITE | Classes::POSSESSIVE) || self.is_article(i))
    }

    /// "a" or "an".
    #[inline]
    fn is_article(&self, i: u32) -> bool {
        self.token(i).span.len() <= 2 && matches!(self.document.word(i), "a" | "an" | "A" | "An")
    }

    /// The first token of the noun phrase whose head is `head`, not before `floor`.
    pub(super) fn start(&self, head: u32, floor: u32) -> u32 {
        let mut i = head;
        while i > floor && head - i < REACH {
            if self.is_determiner(i - 1) {
                i -= 1;
                if i > floor && self.token(i - 1).tag == Tag::Pdt {
                    i -= 1;
                }
                return i;
            }
            if !self.is_modifier(i - 1) {
                break;
            }
            i -= 1;
        }
        // a verb form or clitic opens no phrase
        while i < head && matches!(self.token(i).tag, Tag::Vbn | Tag::Vbg | Tag::Pos) {
            i += 1;
        }
        i
    }

    /// One past the phrase of `head` with the prepositional phrases that tell which one is meant, before `ceiling`.
    pub(super) fn end(&self, head: u32, ceiling: u32) -> u32 {
        let mut end = head + 1;
        while end + 1 < ceiling
            && end - head < REACH
            && self.is_preposition(end)
            && self.token(end).tag != Tag::To
        {
            let mut i = end + 1;
            let mut last = None;
            while i < ceiling
                && i - head < REACH
                && (self.is_determiner(i) || self.is_modifier(i))
                && !self.is_finite(i)
            {
                if self.is_noun(i) {
                    last = Some(i + 1);
                }
                i += 1;
            }
            match last {
                Some(l) => end = l,
                None => break,
            }
        }
        end
    }
}
