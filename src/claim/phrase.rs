//! Noun phrases around a token, by tags: what stands after a number, before a verb, after "of".

use crate::lexicon::{Lexicon, NumberRole as Role};
use crate::text::{Document, Tag, TokenKind};
use std::ops::Range;

/// Reads noun phrases of one document.
pub(super) struct Phrases<'d, 'a> {
    pub(super) document: &'d Document<'a>,
    pub(super) lexicon: &'d Lexicon,
}

impl Phrases<'_, '_> {
    pub(super) fn tag(&self, t: u32) -> Tag {
        self.document.tokens.get(t as usize).map_or(Tag::None, |t| t.tag)
    }

    pub(super) fn kind(&self, t: u32) -> Option<TokenKind> {
        self.document.tokens.get(t as usize).map(|t| t.kind)
    }

    pub(super) fn role(&self, t: u32, role: Role) -> bool {
        self.document.tokens.get(t as usize).is_some_and(|t| {
            self.lexicon.numbers(t.word).iter().any(|p| p.rest.is_empty() && p.value.role == role)
        })
    }

    /// Adjectives and nouns from a token on: the head is the last noun. None where no noun stands. A conjunction joins
    /// two modifiers ("low- and middle-income") and, in a list, further heads are left to it.
    pub(super) fn nouns(&self, from: u32, end: u32) -> Option<Range<u32>> {
        let mut at = from;
        let mut last = None;
        while at < end {
            let token = &self.document.tokens[at as usize];
            let tag = token.tag;
            let word = token.kind == TokenKind::Word || token.kind == TokenKind::Number;
            if word && tag.is_noun() {
                last = Some(at);
            } else if word
                && (tag.is_adjective() || matches!(tag, Tag::Vbn | Tag::Vbg | Tag::Cd | Tag::Rb | Tag::Rbs))
            {
                // a participle or adverb modifies only before a noun; after one it begins a clause
                if last.is_some() && !tag.is_adjective() && tag != Tag::Cd {
                    break;
                }
                if last.is_some() && tag.is_adjective() && !self.tag(at + 1).is_noun() {
                    break;
                }
            } else if tag == Tag::Pos && last.is_some() {
            } else if (tag == Tag::Cc || token.kind == TokenKind::Comma) && last.is_none() && at > from {
                // old and new houses
                if !self.tag(at + 1).is_adjective() && !self.tag(at + 1).is_noun() {
                    break;
                }
            } else if matches!(token.kind, TokenKind::DoubleQuote | TokenKind::SingleQuote)
                && last.is_none()
                && at == from
            {
            } else {
                break;
            }
            at += 1;
        }
        let last = last?;
        // a closing possessive's noun belongs to what is possessed, which never came
        let mut start = from;
        while start < last
            && !self.tag(start).is_noun()
            && !self.tag(start).is_adjective()
            && !matches!(self.tag(start), Tag::Vbn | Tag::Vbg | Tag::Cd)
        {
            start += 1;
        }
        Some(start..last + 1)
    }

    /// A noun phrase with its determiner skipped.
    pub(super) fn noun_phrase(&self, from: u32, end: u32) -> Option<Range<u32>> {
        let mut at = from;
        while at < end && (matches!(self.tag(at), Tag::Dt | Tag::PrpPoss | Tag::Pdt)) {
            at += 1;
        }
        self.nouns(at, end)
    }

    /// The noun phrase that ends right before a token, going back over nouns and modifiers; at least `start`.
    pub(super) fn nouns_before(&self, to: u32, start: u32) -> Option<Range<u32>> {
        let mut at = to;
        while at > start {
            let tag = self.tag(at - 1);
            if !(tag.is_noun() || tag.is_adjective() || tag == Tag::Pos || tag == Tag::Cd && at < to) {
                break;
            }
            at -= 1;
        }
        while at < to && matches!(self.tag(at), Tag::Pos) {
            at += 1;
        }
        (at < to && self.tag(to - 1).is_noun()).then_some(at..to)
    }

    /// The subject of the verb group that a token follows: the noun phrase before it, over prepositional phrases to
    /// the first head. `start` is where the clause may begin.
    pub(super) fn subject(&self, of: u32, start: u32) -> Option<Range<u32>> {
        let mut verb = of;
        let mut seen = false;
        // back over the verb group and what may stand between it and the number
        while verb > start {
            let tag = self.tag(verb - 1);
            let kind = self.kind(verb - 1);
            if tag.is_verb() || tag == Tag::Md {
                seen = true;
            } else if seen && !(tag.is_adverb() || tag == Tag::To) {
                break;
            } else if !seen
                && (kind == Some(TokenKind::Comma) || tag == Tag::Cc || tag == Tag::Wdt || tag == Tag::Wp)
            {
                return None;
            } else if of - verb > 8 {
                return None;
            }
            verb -= 1;
        }
        if !seen {
            return None;
        }
        // the head: before any preposition of the phrase
        let mut at = verb;
        if at > start && matches!(self.tag(at - 1), Tag::Wdt | Tag::Wp) {
            at -= 1;
            if at > start && self.kind(at - 1) == Some(TokenKind::Comma) {
                at -= 1;
            }
        }
        let mut found = None;
        while let Some(range) = self.nouns_before(at, start) {
            at = range.start;
            found = Some(range);
            while at > start && matches!(self.tag(at - 1), Tag::Dt | Tag::PrpPoss) {
                at -= 1;
            }
            if at > start && self.tag(at - 1) == Tag::In && self.tag(at.wrapping_sub(2)).is_noun() {
                at -= 1;
            } else {
                break;
            }
        }
        found
    }
}
