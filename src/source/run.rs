//! Tokens → names: every stretch of the article that names a person, a body or a place.
//!
//! Takes the [`Document`]; returns the [`Name`]s in text order. A name is a run of capitalised words, with the small
//! words that hold it together. Where capitals tell nothing (the first word of a sentence, headlines), tags, the
//! lexicon and the article's other sentences decide. What holds a run together beside capitals is
//! [`super::link`]'s business, what is title and what is name within it, and what the name
//! is a name of, is [`super::name`]'s business; which names are one and the same, [`super::cluster`]'s.

use super::name::{BODY, COMMON, Name};
use super::table;
use crate::lexicon::{Classes, Lexicon};
use crate::span::Span;
use crate::text::key::{ByKey, exact, fold};
use crate::text::set::TokenSet;
use crate::text::{Document, Flags, Tag, Token, TokenKind};
use crate::vocabulary::BlockKind;
use std::ops::Range;

/// The longest run that is looked at: anything longer is a heading in capitals.
pub(super) const LONGEST: usize = 14;

/// How the words of a sentence are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Style {
    Plain,
    /// nearly every word has a capital
    Title,
}

pub(super) struct Finder<'d, 'a> {
    pub(super) document: &'d Document<'a>,
    pub(super) lexicon: &'d Lexicon,
    /// the words that begin with a capital
    pub(super) capitals: &'d TokenSet,
    /// those of them that do not begin their sentence
    within: &'d TokenSet,
    /// keys of the words that have a capital within a plain sentence
    known: &'d mut ByKey,
    /// the same, whatever their case; empty where no sentence in title case has a word in capitals
    folded: &'d mut ByKey,
    pub(super) names: &'d mut Vec<Name>,
}

/// What the search needs room for.
#[derive(Debug, Default)]
pub(super) struct Room {
    styles: Vec<Style>,
    within: TokenSet,
    known: ByKey,
    folded: ByKey,
}

const NAMELIKE: Classes = Classes::FIRST_NAME_FEMALE
    .union(Classes::FIRST_NAME_MALE)
    .union(Classes::PLACE)
    .union(Classes::OUTLET)
    .union(Classes::TITLE)
    .union(Classes::DEMONYM);
pub(super) const NEVER: Classes = Classes::PERSONAL
    .union(Classes::POSSESSIVE)
    .union(Classes::RELATIVE)
    .union(Classes::DEFINITE)
    .union(Classes::AUXILIARY);

/// Behind these a sentence opens as it does at its start.
const OPEN: u32 =
    TokenKind::bits(&[TokenKind::Colon, TokenKind::DoubleQuote, TokenKind::Bullet, TokenKind::Ellipsis]);
/// Behind these, and all that is no mark, it does not.
const SHUT: u32 = TokenKind::bits(&[
    TokenKind::Word,
    TokenKind::Number,
    TokenKind::Url,
    TokenKind::Handle,
    TokenKind::Hashtag,
    TokenKind::Comma,
    TokenKind::Open,
    TokenKind::Slash,
]);

/// Finds the names of a document by its words with a capital.
pub(super) fn find(
    document: &Document<'_>,
    lexicon: &Lexicon,
    capitals: &TokenSet,
    room: &mut Room,
    names: &mut Vec<Name>,
) {
    let Room { styles, within, known, folded } = room;
    within.copy(capitals);
    document.sentences.iter().for_each(|sentence| within.remove(sentence.tokens.start));
    let words = document.tokens.len();
    known.reset(table::room(words / 16));
    folded.reset(0);
    names.clear();
    names.reserve(words / 16);
    let mut finder = Finder { document, lexicon, capitals, within, known, folded, names };
    styles.clear();
    styles.extend((0..document.sentences.len()).map(|s| finder.style(s)));
    finder.learn_all(styles, |f, word| f.known.or_insert(exact(document.text, word), 0));
    // hardly any heading that has its words' first letters in capitals has a word all of capitals besides
    let title = |(_, style): &(_, &Style)| **style == Style::Title;
    let mut headings = document.sentences.iter().zip(&*styles).filter(title);
    if headings.any(|(sentence, _)| sentence.tokens.clone().any(|i| finder.is_in_capitals(i))) {
        finder.folded.reset(table::room(words / 16));
        finder.learn_all(styles, |f, word| f.folded.or_insert(fold(document.text, word), 0));
    }
    for (s, &style) in styles.iter().enumerate() {
        if document.block_of(s.into()).kind.is_read() {
            finder.sentence(s, style);
        }
    }
}

impl Finder<'_, '_> {
    #[inline]
    pub(super) fn token(&self, i: u32) -> &Token {
        &self.document.tokens[i as usize]
    }

    fn style(&self, s: usize) -> Style {
        let sentence = &self.document.sentences[s];
        let tokens = &sentence.tokens;
        let headline =
            matches!(self.document.block_of(s.into()).kind, BlockKind::Headline | BlockKind::Heading);
        if !headline && !sentence.tagged {
            return Style::Plain;
        }
        // a sentence in title case has two words with a capital besides its first
        let second = self.within.next(tokens.start);
        if second >= tokens.end || self.within.next(second + 1) >= tokens.end {
            return Style::Plain;
        }
        // "Ana Brandt met Bo Lind on Monday" has many capitals, but headings in title case give their verbs one
        let verb = |t: &Token| {
            (t.tag.is_verb() | (t.tag == Tag::Md)) & (t.kind == TokenKind::Word) & !t.is_capital()
        };
        if self.document.tokens[tokens.start as usize + 1..tokens.end as usize].iter().any(verb) {
            return Style::Plain;
        }
        let (mut capitals, mut words) = (0, 0);
        for i in tokens.clone().skip(1) {
            let t = self.token(i);
            let word = (t.kind == TokenKind::Word) & (t.span.len() > 3);
            words += usize::from(word);
            capitals += usize::from(word & t.is_capital());
        }
        let share = if headline { 55 } else { 75 };
        if words >= 3 && capitals * 100 >= words * share { Style::Title } else { Style::Plain }
    }

    /// Whether the token opens its sentence, so that its capital tells nothing.
    #[inline]
    pub(super) fn is_first(&self, i: u32, start: u32) -> bool {
        // what stands before tells nearly always, and which way is no branch
        let before = 1u32 << self.token(i.saturating_sub(1)).kind as u32;
        if (i > start) & (before & (OPEN | SHUT) == 0) {
            return self.is_first_behind_marks(i, start);
        }
        (i <= start) | (before & OPEN != 0)
    }

    /// The same of a token behind a mark that tells nothing.
    #[cold]
    fn is_first_behind_marks(&self, i: u32, start: u32) -> bool {
        let kinds = (start..i).rev().map(|before| 1u32 << self.token(before).kind as u32);
        { kinds }.find(|kind| kind & (OPEN | SHUT) != 0).is_none_or(|kind| kind & OPEN != 0)
    }

    /// Notes the words of all plain sentences whose capital tells that they are names.
    fn learn_all(&mut self, styles: &[Style], note: impl Fn(&mut Self, Span) -> usize) {
        let mut start = 0;
        for (sentence, _) in
            self.document.sentences.iter().zip(styles).filter(|(_, style)| **style == Style::Title)
        {
            self.learn(start..sentence.tokens.start, &note);
            start = sentence.tokens.end;
        }
        self.learn(start..self.document.tokens.len() as u32, &note);
    }

    /// The same of those among some tokens, in one go: where one of their sentences ends need not be asked.
    fn learn(&mut self, tokens: Range<u32>, note: impl Fn(&mut Self, Span) -> usize) {
        let mut i = self.within.next(tokens.start);
        while i < tokens.end {
            let t = self.token(i);
            let before = 1u32 << self.token(i.saturating_sub(1)).kind as u32;
            let first = if before & (OPEN | SHUT) == 0 {
                let sentence = &self.document.sentences[self.document.sentence_of(i).index()];
                self.is_first_behind_marks(i, sentence.tokens.start)
            } else {
                before & OPEN != 0
            };
            if !(t.is(NEVER) | first) {
                let word = t.span;
                note(self, word);
            }
            i = self.within.next(i + 1);
        }
    }

    /// Whether the article has the word with a capital within a plain sentence.
    fn is_known(&self, i: u32) -> bool {
        self.known.contains(exact(self.document.text, self.token(i).span))
    }

    /// Whether a token can stand in a name.
    #[inline]
    pub(super) fn is_name_word(&self, i: u32, range: &Range<u32>, style: Style) -> bool {
        self.capitals.contains(i) && self.is_name_capital(i, range, style)
    }

    /// Whether a word with a capital can.
    #[inline]
    fn is_name_capital(&self, i: u32, range: &Range<u32>, style: Style) -> bool {
        // nearly all that a capital begins within a sentence
        let told = self.token(i).is(NEVER | Classes::WEEKDAY | Classes::MONTH | Classes::OPENER);
        !(told | (style != Style::Plain) | self.is_first(i, range.start))
            || self.is_name_whatever_capital(i, range, style)
    }

    /// Whether a word with a capital can, if the capital does not tell.
    #[inline(never)]
    fn is_name_whatever_capital(&self, i: u32, range: &Range<u32>, style: Style) -> bool {
        let t = self.token(i);
        let next_is_name =
            || i + 1 < range.end && self.capitals.contains(i + 1) && !self.token(i + 1).is(NEVER);
        // "Will Brandt": an auxiliary has no capital within a sentence
        let christened = || t.is(Classes::FIRST_NAME) && !self.is_first(i, range.start) && next_is_name();
        if t.is(NEVER)
            && !christened()
            && !(t.flags.contains(Flags::CAPITALS) && t.is(BODY | Classes::PLACE) && t.span.len() < 4)
        {
            return false;
        }
        if t.is(Classes::WEEKDAY) || t.is(Classes::MONTH) && !t.is(Classes::FIRST_NAME) {
            return false;
        }
        match style {
            Style::Title => {
                self.is_known(i)
                    || t.is(Classes::FIRST_NAME | Classes::PLACE | Classes::OUTLET) && !t.is(Classes::OPENER)
                    || t.is(Classes::TITLE) && next_is_name()
                    || t.flags.contains(Flags::CAPITALS) && t.is(BODY)
                    || self.is_known_in_capitals(i)
            }
            Style::Plain if !self.is_first(i, range.start) => {
                !t.is(Classes::OPENER) || self.is_known(i) && t.tag.is_proper()
            }
            Style::Plain => {
                if t.is(Classes::OPENER | Classes::COORDINATOR | Classes::SUBORDINATOR)
                    && !t.is(Classes::FIRST_NAME)
                {
                    return false;
                }
                let likely = t.tag == Tag::None || t.tag.is_proper() || t.tag.is_adjective();
                if self.is_known(i) && !t.is(COMMON) || t.is(NAMELIKE) && likely {
                    return true;
                }
                if t.is(COMMON) {
                    return next_is_name() || self.is_known(i) && t.tag.is_proper();
                }
                // "Said Brandt": a verb that opens its sentence
                if t.is(Classes::CUE_VERB) && !t.is(Classes::FIRST_NAME) && !self.is_known(i) {
                    return false;
                }
                match t.tag {
                    Tag::None => next_is_name() || t.word.is_known() && t.is(BODY),
                    tag => tag.is_proper() || next_is_name() && !tag.is_verb() && !tag.is_adverb(),
                }
            }
        }
    }

    /// "BRANDT" where the text has "Brandt".
    fn is_known_in_capitals(&self, i: u32) -> bool {
        self.is_in_capitals(i) && self.folded.contains(fold(self.document.text, self.token(i).span))
    }

    /// Whether a word of three letters or more is written in capitals alone.
    fn is_in_capitals(&self, i: u32) -> bool {
        let word = self.token(i).span;
        word.len() > 2 && word.bytes(self.document.text).iter().all(u8::is_ascii_uppercase)
    }

    fn sentence(&mut self, s: usize, style: Style) {
        let range = self.document.sentences[s].tokens.clone();
        let mut i = self.capitals.next(range.start);
        // what opens a sentence has a capital whatever it is: a name is asked for more there than elsewhere
        if i == range.start {
            let named = self.is_name_whatever_capital(i, &range, style);
            i = self.name(i, named, &range, style);
        }
        while i < range.end {
            let named = self.is_name_capital(i, &range, style);
            i = self.name(i, named, &range, style);
        }
    }

    /// Reads the run that begins at a token, if it does; returns the next word with a capital behind it.
    #[inline]
    fn name(&mut self, i: u32, named: bool, range: &Range<u32>, style: Style) -> u32 {
        let mut end = i + 1;
        if named {
            end = self.end_of_run(i, range, style);
            // "the 9th Circuit"
            let rank = i.checked_sub(1).filter(|&rank| {
                let t = self.token(rank);
                t.kind == TokenKind::Number
                    && rank >= range.start
                    && t.span.of(self.document.text).ends_with(char::is_alphabetic)
            });
            self.split(rank.unwrap_or(i), end, range);
        }
        self.capitals.next(end)
    }
}
