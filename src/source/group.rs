//! Coordinations: whether a mention's phrase joins several by a conjunction, and where each of them ends.
//!
//! Takes the tokens of a mention; returns [`Reading::Group`], of which [`super::reading`] asks before any other reading.

use super::phrase::{PEOPLE, Phrases};
use super::reading::{Joined, Reading};
use crate::lexicon::Classes;
use crate::text::{Tag, TokenKind};
use crate::vocabulary::SourceKind;
use std::ops::Range;

impl Phrases<'_, '_> {
    /// Several joined by a conjunction at the top of the phrase.
    pub(super) fn coordination(&self, tokens: Range<u32>) -> Option<Reading> {
        let mut parts = Vec::new();
        let mut joined = None;
        let mut origin: Option<u32> = None;
        for i in tokens.clone().skip(1) {
            if self.name_around(i).is_some_and(|n| self.names[n].whole.start < i) {
                continue;
            }
            let t = self.token(i);
            if t.kind == TokenKind::Comma && joined.is_none() {
                let named = self
                    .name_around(i + 1)
                    .is_some_and(|n| !self.names[n].possessive && !self.names[n].modifier);
                let list =
                    named || i + 1 < tokens.end && self.is_coordinator(i + 1) || self.is_list(i, tokens.end);
                if !list {
                    break;
                }
                parts.push(i - 1);
            } else if self.is_coordinator(i) && i + 1 < tokens.end {
                let before =
                    if self.token(i - 1).kind == TokenKind::Comma { i.saturating_sub(2) } else { i - 1 };
                // "his wife and campaign manager Ana Brandt" is one person
                if self.is_role_of_one(tokens.start, before, i, tokens.end) {
                    break;
                }
                let noun = self.is_noun(before)
                    || self.token(before).is(Classes::PERSONAL)
                    || self.token(before).kind == TokenKind::Close;
                if !noun || parts.is_empty() && self.is_shared_modifier(i, &tokens) {
                    break;
                }
                let before = origin.take().map_or(before, |of| of - 1);
                if parts.last() != Some(&before) {
                    parts.push(before);
                }
                joined = Some(i);
            } else if joined.is_none() && self.is_origin(i, &tokens) {
                // "Ana Brandt of Lindmark and Bo Lind of Haven": where they come from parts no list
                origin = Some(i);
            } else if self.is_preposition(i)
                || t.is(Classes::RELATIVE)
                || self.is_finite(i) && !self.is_noun(i)
                || matches!(t.kind, TokenKind::Open | TokenKind::Dash | TokenKind::Comma)
            {
                if joined.is_some() {
                    parts.push(i - 1);
                    return Some(Reading::Group(Box::new(Joined {
                        phrase: self.cut_group(tokens, i),
                        parts,
                    })));
                }
                break;
            }
        }
        joined?;
        parts.push(tokens.end - 1);
        (parts.len() > 1).then(|| Reading::Group(Box::new(Joined { phrase: tokens, parts })))
    }

    /// Whether two descriptions share the name behind the second.
    fn is_role_of_one(&self, start: u32, before: u32, cc: u32, end: u32) -> bool {
        let role = self.token(before).is(PEOPLE)
            && !self.token(before).is(Classes::PLURAL)
            && self.name_around(before).is_none();
        let determined = before > start && self.is_determiner(start);
        let name = (cc + 1..end).find_map(|i| self.name_around(i).filter(|&n| !self.names[n].modifier));
        role && determined
            && name.is_some_and(|n| {
                let first = self.names[n].whole.start;
                first > cc + 1
                    && self.token(first - 1).is(PEOPLE)
                    && !(cc + 1..first).any(|i| self.is_determiner(i) || self.is_preposition(i))
            })
    }

    /// "of" and a place behind a person's name, before a conjunction.
    fn is_origin(&self, i: u32, tokens: &Range<u32>) -> bool {
        let person = |n: usize| self.names[n].kind == SourceKind::Person && self.names[n].whole.end == i;
        if !self.is_preposition(i) || !self.name_around(i - 1).is_some_and(person) {
            return false;
        }
        let Some(place) = self.name_around(i + 1) else { return false };
        let end = self.names[place].whole.end;
        end + 1 < tokens.end && self.is_coordinator(end) && self.name_around(end + 1).is_some()
    }

    /// A group's phrase keeps what is said of all, and ends before a comment.
    fn cut_group(&self, tokens: Range<u32>, at: u32) -> Range<u32> {
        let comment = (at..tokens.end)
            .find(|&i| matches!(self.token(i).kind, TokenKind::Comma | TokenKind::Open | TokenKind::Dash));
        tokens.start..comment.unwrap_or(tokens.end)
    }

    /// "the north and the south wings": one head after the conjunction for what stands before it, unless names or
    /// plurals are joined.
    fn is_shared_modifier(&self, cc: u32, tokens: &Range<u32>) -> bool {
        let before = self.token(cc - 1);
        if self.name_around(cc - 1).is_some()
            || before.is(Classes::PLURAL | PEOPLE)
            || matches!(before.tag, Tag::Nns | Tag::Nnps)
        {
            return false;
        }
        cc + 2 < tokens.end
            && self.is_noun(cc + 2)
            && self.name_around(cc + 1).is_none()
            && !self.is_determiner(cc + 1)
    }

    /// Whether a comma parts the members of a list that ends in a conjunction, all of them short.
    fn is_list(&self, comma: u32, end: u32) -> bool {
        let mut commas = 1;
        for i in comma + 1..end {
            if self.token(i).kind == TokenKind::Comma {
                commas += 1;
                if i + 1 < end && self.is_coordinator(i + 1) {
                    return true;
                }
            }
            if self.is_preposition(i) || self.token(i).is(Classes::RELATIVE) {
                return false;
            }
        }
        commas > 2
    }
}
