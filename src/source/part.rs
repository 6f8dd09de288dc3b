//! What part a mention plays in its sentence: whether it is the subject of a verb, stands behind a preposition, or belongs
//! to another noun.
//!
//! Takes a mention's phrase and the token that stands for it. Asked only of mentions that a later pronoun looks back on.

use super::phrase::Phrases;
use crate::lexicon::Classes;
use crate::text::{Tag, TokenKind};
use std::ops::Range;

/// The part of a mention in its sentence.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part {
    /// the subject of a finite verb
    pub(super) subject: bool,
    /// 's, or qualifying a noun
    pub(super) dependent: bool,
    /// behind a preposition
    pub(super) oblique: bool,
}

impl Phrases<'_, '_> {
    /// The part of a phrase in its sentence; `token` is its head, or the pronoun.
    pub(super) fn part(&self, token: u32, phrase: &Range<u32>, pronoun: bool, sentence: &Range<u32>) -> Part {
        let owned = match self.document.tokens.get(phrase.end as usize) {
            Some(t) if phrase.end < sentence.end => {
                t.tag == Tag::Pos
                    || self.name_at(token).is_some_and(|n| self.names[n].possessive || self.names[n].modifier)
            }
            _ => false,
        };
        let dependent = owned
            || pronoun
                && self.token(token).is(Classes::POSSESSIVE)
                && self.is_possessive_here(token, sentence);
        let oblique = phrase.start > sentence.start && self.is_preposition(phrase.start - 1);
        let subject = !oblique && !dependent && self.is_subject(phrase, sentence);
        Part { subject, dependent, oblique }
    }

    /// "her" before a noun owns it; "his" always does.
    fn is_possessive_here(&self, token: u32, sentence: &Range<u32>) -> bool {
        match self.token(token).tag {
            Tag::PrpPoss => true,
            Tag::None => {
                token + 1 < sentence.end
                    && self.token(token + 1).kind == TokenKind::Word
                    && !self.token(token).is(Classes::PERSONAL)
            }
            _ => false,
        }
    }

    /// Whether a finite verb follows the phrase, at once or behind an adverb or a comment between commas.
    fn is_subject(&self, phrase: &Range<u32>, sentence: &Range<u32>) -> bool {
        // "Brandt of Lindmark said"
        let mut i = self.end(phrase.end - 1, sentence.end);
        let mut skipped = 0;
        while i < sentence.end && skipped < 4 {
            let t = self.token(i);
            if self.is_finite(i) {
                return true;
            }
            if !(t.tag.is_adverb() || t.kind == TokenKind::DoubleQuote || t.is(Classes::RELATIVE)) {
                break;
            }
            i += 1;
            skipped += 1;
        }
        // "Brandt, the mayor, said"
        let comma = i < sentence.end && self.token(i).kind == TokenKind::Comma;
        comma
            && phrase.start <= sentence.start + 1
            && (i + 1..sentence.end.min(i + 25)).any(|k| {
                self.token(k).kind == TokenKind::Comma && k + 1 < sentence.end && self.is_finite(k + 1)
            })
    }
}
