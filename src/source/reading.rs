//! Mentions → readings: which name, noun, pronoun or coordination a source mention's phrase is about.
//!
//! Takes the tokens of a mention; returns its [`Reading`], cut before what merely comments on it. Leaves who that is
//! to [`super::walk`].

use super::name::Name;
use super::phrase::{PEOPLE, Phrases};
use crate::lexicon::Classes;
use crate::text::{Flags, Tag, TokenKind};
use crate::vocabulary::SourceKind;
use std::ops::Range;

/// What a mention's phrase is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Reading {
    /// a name, by its position
    Name(usize),
    /// a noun with its phrase, cut before what merely comments on it
    Noun { head: u32, phrase: Range<u32> },
    /// several joined by a conjunction
    Group(Box<Joined>),
    /// a personal or possessive pronoun
    Pronoun(u32),
    /// who, which, that
    Relative(u32),
    /// some, others, everyone
    Indefinite { head: u32, phrase: Range<u32> },
}

/// Several that are joined by a conjunction.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Joined {
    pub(super) phrase: Range<u32>,
    /// the last token of each
    pub(super) parts: Vec<u32>,
}

impl Reading {
    /// The token at which all that the mention needs has been read.
    pub(super) fn answered_at(&self, names: &[Name]) -> u32 {
        match self {
            Self::Name(n) => names[*n].tokens.end - 1,
            Self::Noun { head, .. } | Self::Indefinite { head, .. } => *head,
            Self::Group(joined) => joined.parts.iter().copied().max().unwrap_or(0),
            Self::Pronoun(i) | Self::Relative(i) => *i,
        }
    }
}

impl Phrases<'_, '_> {
    /// Reads the tokens of a mention.
    pub(super) fn read(&self, tokens: Range<u32>, hint: u32) -> Option<Reading> {
        let tokens = self.strip(tokens)?;
        let first = self.token(tokens.start);
        if tokens.len() == 1 {
            if let Some(n) = self.name_at(tokens.start) {
                return Some(Reading::Name(n));
            }
            if first.is(Classes::PERSONAL | Classes::POSSESSIVE) && !first.is(Classes::RELATIVE) {
                return Some(Reading::Pronoun(tokens.start));
            }
            let relative = first.is(Classes::RELATIVE);
            if relative && !matches!(first.tag, Tag::Dt) {
                return Some(Reading::Relative(tokens.start));
            }
            if first.is(Classes::INDEFINITE) {
                return Some(Reading::Indefinite { head: tokens.start, phrase: tokens });
            }
            return Some(Reading::Noun { head: tokens.start, phrase: tokens });
        }
        if let Some(group) = self.coordination(tokens.clone()) {
            return Some(group);
        }
        let cut = self.cut(tokens.clone());
        let np = self.first_phrase(cut.clone());
        let last = np.end - 1;
        if let Some(n) = self.name_around(last) {
            let name = &self.names[n];
            let whole = name.whole.end == np.end || name.tokens.end == np.end;
            if whole
                && !(name.modifier
                    && name.tokens.end == np.end
                    && np.end < tokens.end
                    && self.is_noun(np.end))
            {
                return Some(Reading::Name(n));
            }
        }
        // the mayor, Ana Brandt, …; a woman named Ana Brandt
        if let Some(n) = self.name_in_apposition(last, &cut, &tokens) {
            return Some(Reading::Name(n));
        }
        // former chief of staff Ana Brandt: the name closes a description that runs through a preposition
        if let Some(n) = self.name_around(cut.end - 1) {
            let name = &self.names[n];
            let before = name.whole.start;
            let described = before > np.end
                && self.is_noun(before - 1)
                && !self.token(before - 1).is(Classes::OFFICE)
                && self.token(last).is(Classes::OFFICE)
                && !self.token(last).is(Classes::PLURAL);
            if described && name.kind == SourceKind::Person && name.tokens.len() > 1 && !name.modifier {
                return Some(Reading::Name(n));
            }
        }
        let head = (np.start..np.end).rev().find(|&i| self.is_noun(i)).unwrap_or(if np.contains(&hint) {
            hint
        } else {
            last
        });
        let head_token = self.token(head);
        if head_token.is(Classes::INDEFINITE) && !self.is_noun(head)
            || (np.len() == 1 && self.token(np.start).is(Classes::INDEFINITE))
        {
            return Some(Reading::Indefinite { head: np.start, phrase: cut });
        }
        if np.len() == 1 && head_token.is(Classes::PERSONAL) {
            return Some(Reading::Pronoun(head));
        }
        Some(Reading::Noun { head, phrase: cut })
    }

    /// Without marks and prepositions at its ends.
    fn strip(&self, mut tokens: Range<u32>) -> Option<Range<u32>> {
        while !tokens.is_empty() && !self.token(tokens.end - 1).is_wordlike() {
            tokens.end -= 1;
        }
        while !tokens.is_empty()
            && (!self.token(tokens.start).is_wordlike() || self.token(tokens.start).tag == Tag::Pos)
        {
            tokens.start += 1;
        }
        while tokens.len() > 1
            && (self.token(tokens.end - 1).tag == Tag::Pos || self.is_clitic(tokens.end - 1))
        {
            tokens.end -= 1;
        }
        // "at least four senators" are a phrase, not an object
        let bounds = |t: u32| matches!(self.token(t).tag, Tag::Jjs | Tag::Rbs);
        while tokens.len() > 1 && self.is_preposition(tokens.start) && !bounds(tokens.start + 1) {
            tokens.start += 1;
        }
        (!tokens.is_empty()).then_some(tokens)
    }

    fn is_clitic(&self, i: u32) -> bool {
        let word = self.document.word(i);
        word.starts_with(['\'', '’']) && word.len() <= 4 && !self.token(i).flags.contains(Flags::SPACE)
    }

    /// Up to the first comma, dash, bracket or relative pronoun that begins a comment.
    fn cut(&self, tokens: Range<u32>) -> Range<u32> {
        for i in tokens.clone().skip(1) {
            let t = self.token(i);
            let stops = match t.kind {
                TokenKind::Comma => {
                    !(self.token(i - 1).tag.is_adjective()
                        && i + 1 < tokens.end
                        && self.token(i + 1).tag.is_adjective())
                        && !self.is_within_date(i)
                }
                TokenKind::Dash | TokenKind::Open | TokenKind::Colon | TokenKind::Semicolon => true,
                _ => false,
            };
            if stops && self.name_around(i).is_none_or(|n| !self.names[n].whole.contains(&(i + 1))) {
                return tokens.start..i;
            }
        }
        tokens
    }

    fn is_within_date(&self, comma: u32) -> bool {
        self.token(comma - 1).kind == TokenKind::Number
            && self.document.tokens.get(comma as usize + 1).is_some_and(|t| t.kind == TokenKind::Number)
    }

    /// Up to the first preposition, verb or relative pronoun: the phrase's core.
    fn first_phrase(&self, tokens: Range<u32>) -> Range<u32> {
        for i in tokens.clone().skip(1) {
            if self.name_around(i).is_some_and(|n| self.names[n].whole.start < i) {
                continue;
            }
            let t = self.token(i);
            let verb = match t.tag {
                Tag::Vbn | Tag::Vbg => {
                    self.is_noun(i - 1)
                        || i + 1 == tokens.end
                        || !self.is_modifier(i + 1) && !self.is_noun(i + 1)
                }
                _ => self.is_finite(i) && !t.tag.is_noun(),
            };
            let relative = t.is(Classes::RELATIVE);
            let determiner = self.is_determiner(i) && !self.is_determiner(i - 1);
            if self.is_preposition(i) || verb || relative || determiner {
                let mut end = i;
                while end > tokens.start + 1 && !self.token(end - 1).is_wordlike() {
                    end -= 1;
                }
                if i == tokens.start + 1 && determiner {
                    continue;
                }
                return tokens.start..end;
            }
        }
        tokens
    }

    /// The full name that stands in apposition behind a description, within the mention.
    fn name_in_apposition(&self, head: u32, cut: &Range<u32>, tokens: &Range<u32>) -> Option<usize> {
        let body = self.token(head).is(Classes::ORGANISATION);
        if !self.token(head).is(PEOPLE) && !body || self.token(head).is(Classes::PLURAL) {
            return None;
        }
        for i in head + 1..tokens.end {
            if self.token(i).is(Classes::NAMING) && i + 1 < tokens.end && i < head + 3 {
                return self.name_around(i + 1);
            }
        }
        if cut.end + 1 < tokens.end && self.token(cut.end).kind == TokenKind::Comma {
            // "his wife, the pianist Ana Brandt"
            let mut at = cut.end + 1;
            while at < tokens.end
                && self.name_around(at).is_none()
                && (self.is_determiner(at) || self.is_modifier(at))
            {
                at += 1;
            }
            let n = self.name_around(at.min(tokens.end - 1))?;
            if at > cut.end + 1 && !self.token(at - 1).is(PEOPLE) {
                return None;
            }
            let whole = &self.names[n].whole;
            let closed = whole.end >= tokens.end || !self.token(whole.end).is_wordlike();
            let person = self.names[n].kind == SourceKind::Person;
            return (closed && !self.names[n].modifier && !(body && person)).then_some(n);
        }
        None
    }
}
