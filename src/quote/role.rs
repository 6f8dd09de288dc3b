//! A quote's shape and neighbours → its role.

use super::Quote;
use crate::lexicon::Classes;
use crate::text::{Document, Flags, Token, TokenKind};
use crate::vocabulary::{BlockKind, QuoteRole};

/// A quote of so many words is someone's words, whatever stands around it.
const LONG: usize = 9;
/// A title, nickname or scare quote has at most so many words.
const LONGEST_TITLE: usize = 12;
const LONGEST_NICKNAME: usize = 3;
const LONGEST_SCARE: usize = 2;

struct Shape<'a> {
    document: &'a Document<'a>,
    quote: &'a Quote,
    /// first and one past the last token between the marks
    inner: (u32, u32),
    words: usize,
}

/// The role of a quote of the list.
pub(super) fn of(document: &Document<'_>, list: &[Quote], i: usize) -> QuoteRole {
    let quote = &list[i];
    let block = document.block_of(document.sentence_of(quote.tokens.start));
    if quote.paragraphs > 1 || block.kind == BlockKind::Blockquote && quote.tokens.len() > 3 && !quote.nested
    {
        return QuoteRole::Speech;
    }
    let opens = super::marks::is_mark(&document.tokens[quote.tokens.start as usize]);
    let inner = (
        quote.tokens.start + u32::from(opens),
        quote.tokens.end - u32::from(quote.closed && quote.tokens.len() > 1),
    );
    let words = (inner.0..inner.1).filter(|&t| document.tokens[t as usize].is_wordlike()).count();
    let shape = Shape { document, quote, inner, words };
    // where every word has a capital, capitals tell nothing
    let capitals_tell = !matches!(block.kind, BlockKind::Headline | BlockKind::Heading);
    if capitals_tell && shape.is_nickname() {
        QuoteRole::Nickname
    } else if shape.is_title(capitals_tell) {
        QuoteRole::Title
    } else if shape.is_speech() {
        QuoteRole::Speech
    } else if shape.is_scare() {
        QuoteRole::Scare
    } else {
        QuoteRole::Fragment
    }
}

impl Shape<'_> {
    fn token(&self, i: u32) -> Option<&Token> {
        self.document.tokens.get(i as usize)
    }

    fn inner(&self) -> impl Iterator<Item = &Token> {
        self.document.tokens[self.inner.0 as usize..self.inner.1.max(self.inner.0) as usize].iter()
    }

    /// The token before the quote in the same sentence or one that runs into it.
    fn before(&self) -> Option<&Token> {
        let start = self.quote.tokens.start;
        let sentence = &self.document.sentences[self.document.sentence_of(start).index()];
        (start > sentence.tokens.start).then(|| self.token(start - 1)).flatten()
    }

    /// The token after the quote in the sentence in which it ends.
    fn after(&self) -> Option<&Token> {
        let end = self.quote.tokens.end;
        let sentence = &self.document.sentences[self.document.sentence_of(end - 1).index()];
        (end < sentence.tokens.end).then(|| self.token(end)).flatten()
    }

    fn last(&self) -> Option<TokenKind> {
        (self.inner.1 > self.inner.0).then(|| self.token(self.inner.1 - 1)).flatten().map(|t| t.kind)
    }

    /// Joe "Bugs" Moran; nicknamed "Bugs".
    fn is_nickname(&self) -> bool {
        let name = |t: Option<&Token>| t.is_some_and(|t| t.kind == TokenKind::Word && t.is_capital());
        let marks = self.last().is_some_and(|k| {
            matches!(k, TokenKind::Comma | TokenKind::Period | TokenKind::Question | TokenKind::Exclamation)
        });
        let capital = self.inner().find(|t| t.is_wordlike()).is_some_and(Token::is_capital);
        self.words > 0
            && self.words <= LONGEST_NICKNAME
            && capital
            && !marks
            && name(self.before())
            && name(self.after())
            && !self.before().is_some_and(|t| t.is(Classes::OPENER))
            && !self.before().is_some_and(|t| t.is(Classes::CUE_VERB))
    }

    /// The words are capitalised as in a title, and the neighbours name a work or do not speak.
    fn is_title(&self, capitals_tell: bool) -> bool {
        if self.words == 0 || self.words > LONGEST_TITLE {
            return false;
        }
        let mut capitals = 0;
        for token in self.inner().filter(|t| t.kind == TokenKind::Word) {
            let small = token.span.len() <= 4 || token.flags.is_empty();
            if token.is_capital() {
                capitals += 1;
            } else if !small {
                return false;
            }
        }
        let first = self.inner().find(|t| t.is_wordlike());
        if !first.is_some_and(|t| t.is_capital() || t.flags.contains(Flags::DIGIT)) {
            return false;
        }
        let lower = self.words - capitals;
        let titled = capitals >= 2 && lower <= capitals || self.words == 1 && capitals == 1;
        titled && self.work_is_near()
            || capitals_tell
                && capitals >= 2
                && lower <= capitals
                && !self.is_introduced()
                && !self.sentence_inside()
    }

    /// A noun for a work, or a verb that names, stands within three tokens before, or right after.
    fn work_is_near(&self) -> bool {
        let start = self.quote.tokens.start;
        let near = (start.saturating_sub(3)..start)
            .any(|i| self.token(i).is_some_and(|t| t.is(Classes::WORK | Classes::NAMING)));
        near || self.after().is_some_and(|t| t.is(Classes::WORK))
    }

    /// A comma or colon, or a verb of saying, leads into the quote; or the quote opens its sentence.
    fn is_introduced(&self) -> bool {
        self.before()
            .is_none_or(|t| matches!(t.kind, TokenKind::Comma | TokenKind::Colon) || t.is(Classes::CUE_VERB))
    }

    fn sentence_inside(&self) -> bool {
        self.last().is_some_and(|k| matches!(k, TokenKind::Question | TokenKind::Exclamation))
    }

    fn is_speech(&self) -> bool {
        let ends = self.last().is_some_and(TokenKind::ends_speech);
        let capital = self.inner().find(|t| t.is_wordlike()).is_some_and(Token::is_capital);
        let several = self.document.sentence_of(self.quote.tokens.start)
            != self.document.sentence_of(self.quote.tokens.end - 1);
        several && self.words > 2
            || self.words >= LONG
            || self.before().is_none() && ends
            || self.is_introduced() && capital && (ends || self.words > 2)
            || self.words >= 4 && self.has_clause()
    }

    /// A subject pronoun with a verb beside it.
    fn has_clause(&self) -> bool {
        (self.inner.0..self.inner.1).any(|i| {
            let (Some(a), Some(b)) = (self.token(i), self.token(i + 1)) else { return false };
            i + 1 < self.inner.1
                && a.is(Classes::PERSONAL)
                && !a.is(Classes::POSSESSIVE)
                && (b.tag.is_finite() || b.is(Classes::AUXILIARY))
        })
    }

    /// A word or two that no one in the sentence is said to have used.
    fn is_scare(&self) -> bool {
        if self.words > LONGEST_SCARE {
            return false;
        }
        let sentence = &self.document.sentences[self.document.sentence_of(self.quote.tokens.start).index()];
        let cue = Classes::CUE_VERB | Classes::CUE_NOUN | Classes::CUE_OTHER | Classes::NAMING;
        !sentence.classes.intersects(cue)
            || !sentence.tokens.clone().any(|i| {
                !(self.quote.tokens.start <= i && i < self.quote.tokens.end)
                    && self.token(i).is_some_and(|t| t.is(cue))
            })
    }
}
