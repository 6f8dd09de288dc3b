//! Tokens → names: every stretch of the article that names a person, a body or a place.
//!
//! Takes the [`Document`]; returns the [`Name`]s in text order. A name is a run of capitalised words, with the small
//! words that hold it together; titles in front are told apart from it. Where capitals tell nothing (the first word
//! of a sentence, headlines), tags, the lexicon and the article's other sentences decide. Leaves which names are one
//! and the same to [`super::cluster`].

use crate::lexicon::{Classes, Lexicon};
use crate::text::{Document, Flags, Tag, Token, TokenKind};
use crate::vocabulary::{BlockKind, Gender, SourceKind};
use rustc_hash::{FxHashSet, FxHasher};
use std::hash::Hasher;
use std::ops::Range;

/// A name as it stands at one place.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Name {
    /// the name alone, without title and suffix
    pub(super) tokens: Range<u32>,
    /// with the titles and modifiers in front and the suffix behind
    pub(super) whole: Range<u32>,
    /// what it is, as far as the words tell
    pub(super) kind: SourceKind,
    /// gender that the title tells
    pub(super) title_gender: Option<Gender>,
    /// gender that the first name tells
    pub(super) name_gender: Option<Gender>,
    /// 's follows
    pub(super) possessive: bool,
    /// it qualifies the noun after it: the [Brandt] campaign
    pub(super) modifier: bool,
    /// a title stands before it
    pub(super) titled: bool,
    /// a common noun with a capital: a name only where it is someone's surname
    pub(super) doubtful: bool,
}

/// The longest run that is looked at: anything longer is a heading in capitals.
const LONGEST: usize = 14;

/// How the words of a sentence are written.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Plain,
    /// nearly every word has a capital
    Title,
}

pub(super) struct Finder<'d, 'a> {
    document: &'d Document<'a>,
    lexicon: &'d Lexicon,
    /// words that have a capital within a plain sentence
    known: FxHashSet<&'a str>,
    /// the same, whatever their case
    folded: FxHashSet<u64>,
    names: Vec<Name>,
}

/// A small word that may stand inside the name of a body: "of", "for", "and" …
pub(super) fn is_link(document: &Document<'_>, i: u32) -> bool {
    document.tokens[i as usize].is(Classes::COORDINATOR)
        || matches!(document.word(i), "of" | "for" | "at" | "on")
}

/// A word's hash whatever its case.
pub(super) fn fold(word: &str) -> u64 {
    let mut hasher = FxHasher::default();
    for b in word.bytes() {
        hasher.write_u8(b.to_ascii_lowercase());
    }
    hasher.finish()
}

/// The gender of a word that both genders share is open.
pub(super) fn gender(classes: Classes, female: Classes, male: Classes) -> Option<Gender> {
    match (classes.intersects(female), classes.intersects(male)) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}

const NAMELIKE: Classes = Classes::FIRST_NAME_FEMALE
    .union(Classes::FIRST_NAME_MALE)
    .union(Classes::PLACE)
    .union(Classes::OUTLET)
    .union(Classes::TITLE)
    .union(Classes::DEMONYM);
const FIRST_NAME: Classes = Classes::FIRST_NAME_FEMALE.union(Classes::FIRST_NAME_MALE);
const BODY: Classes = Classes::ORGANISATION.union(Classes::COMPANY).union(Classes::OUTLET);
const COMMON: Classes = Classes::OFFICE
    .union(Classes::KIN)
    .union(Classes::GROUP)
    .union(Classes::PERSON)
    .union(Classes::ANONYMOUS)
    .union(Classes::DOCUMENT)
    .union(Classes::TIME);
const NEVER: Classes = Classes::PERSONAL
    .union(Classes::POSSESSIVE)
    .union(Classes::RELATIVE)
    .union(Classes::DEFINITE)
    .union(Classes::AUXILIARY);

/// Finds the names of a document.
pub(super) fn find(document: &Document<'_>, lexicon: &Lexicon) -> Vec<Name> {
    let mut finder = Finder {
        document,
        lexicon,
        known: FxHashSet::default(),
        folded: FxHashSet::default(),
        names: Vec::new(),
    };
    let styles: Vec<Style> = (0..document.sentences.len()).map(|s| finder.style(s)).collect();
    for (s, style) in styles.iter().enumerate() {
        if *style == Style::Plain {
            finder.learn(s);
        }
    }
    for (s, style) in styles.iter().enumerate() {
        if document.block_of(s.into()).kind.is_read() {
            finder.sentence(s, *style);
        }
    }
    finder.names
}

impl<'a> Finder<'_, 'a> {
    fn token(&self, i: u32) -> &Token {
        &self.document.tokens[i as usize]
    }

    fn style(&self, s: usize) -> Style {
        let sentence = &self.document.sentences[s];
        let headline =
            matches!(self.document.block_of(s.into()).kind, BlockKind::Headline | BlockKind::Heading);
        let (mut capitals, mut words) = (0, 0);
        for i in sentence.tokens.clone().skip(1) {
            let t = self.token(i);
            if t.kind == TokenKind::Word && t.span.len() > 3 {
                words += 1;
                capitals += usize::from(t.is_capital());
            }
        }
        let share = if headline { 55 } else { 75 };
        if words >= 3 && capitals * 100 >= words * share { Style::Title } else { Style::Plain }
    }

    /// Whether the token opens its sentence, so that its capital tells nothing.
    fn is_first(&self, i: u32, start: u32) -> bool {
        let mut before = i;
        while before > start && !self.token(before - 1).is_wordlike() {
            before -= 1;
            let t = self.token(before);
            if matches!(
                t.kind,
                TokenKind::Colon | TokenKind::DoubleQuote | TokenKind::Bullet | TokenKind::Ellipsis
            ) {
                return true;
            }
            if matches!(t.kind, TokenKind::Comma | TokenKind::Open | TokenKind::Slash) {
                return false;
            }
        }
        before == start
    }

    fn learn(&mut self, s: usize) {
        let tokens = self.document.sentences[s].tokens.clone();
        for i in tokens.clone() {
            let t = &self.document.tokens[i as usize];
            if t.kind == TokenKind::Word && t.is_capital() && !t.is(NEVER) && !self.is_first(i, tokens.start)
            {
                self.known.insert(self.document.word(i));
                self.folded.insert(fold(self.document.word(i)));
            }
        }
    }

    /// Whether a token can stand in a name.
    fn is_name_word(&self, i: u32, range: &Range<u32>, style: Style) -> bool {
        let t = self.token(i);
        if t.kind != TokenKind::Word || !t.is_capital() {
            return false;
        }
        let word = self.document.word(i);
        if t.is(NEVER)
            && !(t.flags.contains(Flags::CAPITALS) && t.is(BODY | Classes::PLACE) && word.len() < 4)
        {
            return false;
        }
        if t.is(Classes::WEEKDAY) || t.is(Classes::MONTH) && !t.is(FIRST_NAME) {
            return false;
        }
        let next_is_name = || {
            i + 1 < range.end
                && self.token(i + 1).kind == TokenKind::Word
                && self.token(i + 1).is_capital()
                && !self.token(i + 1).is(NEVER)
        };
        match style {
            Style::Title => {
                self.known.contains(word)
                    || t.is(FIRST_NAME | Classes::PLACE | Classes::OUTLET) && !t.is(Classes::OPENER)
                    || t.is(Classes::TITLE) && next_is_name()
                    || t.flags.contains(Flags::CAPITALS) && t.is(BODY)
                    || self.is_known_in_capitals(word)
            }
            Style::Plain if !self.is_first(i, range.start) => {
                !t.is(Classes::OPENER) || self.known.contains(word) && t.tag.is_proper()
            }
            Style::Plain => {
                if t.is(Classes::OPENER | Classes::COORDINATOR | Classes::SUBORDINATOR) && !t.is(FIRST_NAME) {
                    return false;
                }
                let likely = t.tag == Tag::None || t.tag.is_proper() || t.tag.is_adjective();
                if self.known.contains(word) && !t.is(COMMON) || t.is(NAMELIKE) && likely {
                    return true;
                }
                if t.is(COMMON) {
                    return next_is_name() || self.known.contains(word) && t.tag.is_proper();
                }
                // "Said Brandt": a verb that opens its sentence
                if t.is(Classes::CUE_VERB) && !t.is(FIRST_NAME) && !self.known.contains(word) {
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
    fn is_known_in_capitals(&self, word: &str) -> bool {
        word.len() > 2 && word.bytes().all(|b| b.is_ascii_uppercase()) && self.folded.contains(&fold(word))
    }

    fn sentence(&mut self, s: usize, style: Style) {
        let range = self.document.sentences[s].tokens.clone();
        let mut i = range.start;
        while i < range.end {
            if !self.is_name_word(i, &range, style) {
                i += 1;
                continue;
            }
            let end = self.end_of_run(i, &range, style);
            self.split(i, end, &range);
            i = end;
        }
    }

    /// One past the run of name words that starts at `start`.
    fn end_of_run(&self, start: u32, range: &Range<u32>, style: Style) -> u32 {
        let mut end = start + 1;
        while end < range.end && ((end - start) as usize) < LONGEST {
            let t = self.token(end);
            let next = |k: u32| end + k < range.end && self.is_name_word(end + k, range, style);
            if self.is_name_word(end, range, style) {
                end += 1;
            } else if t.is(Classes::NAME_PARTICLE)
                && t.kind == TokenKind::Word
                && !t.is(Classes::DEFINITE)
                && next(1)
            {
                end += 2;
            } else if self.is_link(end) && style == Style::Plain && next(1) && self.links(start, end, range) {
                end += 2;
            } else if self.is_link(end)
                && style == Style::Plain
                && self.token(end - 1).is(BODY)
                && end + 1 < range.end
                && self.token(end + 1).is(Classes::DEFINITE)
                && next(2)
                && !t.is(Classes::COORDINATOR)
                && self.document.word(end) != "in"
                && self.document.word(end) != "on"
            {
                end += 3;
            } else {
                break;
            }
        }
        end
    }

    /// A small word that may stand inside the name of a body.
    fn is_link(&self, i: u32) -> bool {
        is_link(self.document, i)
    }

    /// Whether the small word at `link` holds the run before it and the name word after it together.
    fn links(&self, start: u32, link: u32, range: &Range<u32>) -> bool {
        let (before, after) = (self.token(link - 1), self.token(link + 1));
        if self.token(link).is(Classes::COORDINATOR) {
            // Centre for Coasts and Tides, Lind and Exchange Commission: one body only if what follows ends like
            // one, and what precedes is not a name that can stand alone
            if before.is(BODY | Classes::PLACE | FIRST_NAME | Classes::TITLE | Classes::DEMONYM)
                || after.is(FIRST_NAME | Classes::TITLE | Classes::OUTLET)
            {
                return false;
            }
            let within = (start..link).any(|i| self.is_link(i));
            let mut last = link + 1;
            while last + 1 < range.end
                && self.token(last + 1).is_capital()
                && self.token(last + 1).kind == TokenKind::Word
            {
                last += 1;
            }
            return within
                || last > link + 1 && self.token(last).is(BODY)
                || self.token(last).is(BODY) && link == start + 1;
        }
        let of = self.document.word(link) == "of";
        if of {
            return before.is(BODY | Classes::TITLE | Classes::DOCUMENT)
                && (!before.is(Classes::TITLE)
                    || after.is(Classes::ORGANISATION) && !after.is(Classes::PLACE));
        }
        let title = before.is(Classes::TITLE | Classes::OFFICE);
        match self.document.word(link) {
            "for" => before.is(BODY | Classes::GROUP | Classes::PERSON) && !title || before.tag == Tag::Nnps,
            "at" => {
                before.is(BODY | Classes::PLACE)
                    && (start..link).any(|i| self.token(i).is(Classes::ORGANISATION))
                    && after.is(Classes::PLACE)
            }
            "on" => {
                before.is(Classes::ORGANISATION) && link > start + 1
                    || before.is(Classes::ORGANISATION) && after.tag.is_proper() && !after.is(Classes::PLACE)
            }
            _ => false,
        }
    }

    /// Tells title, name and suffix of the run `[start, end)` apart.
    fn split(&mut self, start: u32, end: u32, range: &Range<u32>) {
        let mut end = end;
        let mut name_end = end;
        while name_end > start + 1 && self.token(name_end - 1).is(Classes::NAME_SUFFIX) {
            name_end -= 1;
        }
        // "Brandt, Jr." and the like stand behind a comma
        if end + 1 < range.end
            && self.token(end).kind == TokenKind::Comma
            && self.token(end + 1).is(Classes::NAME_SUFFIX)
        {
            end += 2;
        }
        let document = self.document;
        let whole_text = document.span(start..name_end).of(document.text);
        let listed = self.lexicon.classes(self.lexicon.find(whole_text));
        let body_last =
            self.token(name_end - 1).is(Classes::ORGANISATION | Classes::COMPANY | Classes::OUTLET);
        let many = name_end > start + 1;
        if many && listed.intersects(Classes::DEMONYM) {
            return;
        }
        if listed.intersects(Classes::OUTLET | Classes::ORGANISATION | Classes::PLACE)
            && (many || !self.is_first_name_here(start, range))
        {
            let kind = if listed.intersects(Classes::OUTLET | Classes::ORGANISATION)
                && !(listed.intersects(Classes::PLACE) && !many)
            {
                SourceKind::Organisation
            } else {
                SourceKind::Place
            };
            if !many
                && listed.intersects(Classes::ORGANISATION)
                && !listed.intersects(Classes::OUTLET | Classes::PLACE)
                && !self.is_proper_alone(start, range)
            {
                return;
            }
            self.push(start..name_end, start..end, kind, range);
            return;
        }
        let title = self.last_title(start, name_end, body_last);
        let mut first = title.map_or(start, |t| t + 1);
        if title.is_none() {
            // Republican Ana Brandt, Lindmark Mayor Ana Brandt: what stands before a first name is no part of the name
            let mut at = first;
            while at + 2 < name_end && !self.token(at).is(FIRST_NAME) {
                at += 1;
            }
            if at > first
                && self.token(at).is(FIRST_NAME)
                && !body_last
                && (first..at).all(|i| {
                    self.token(i).is(Classes::DEMONYM | Classes::PERSON | Classes::OFFICE | Classes::PLACE)
                })
            {
                first = at;
            }
        }
        if first >= name_end {
            return; // a title alone: the noun is read as a role
        }
        if title.is_some() && title > Some(start) {
            // Lindmark Party Chairman Bo Lind: the body in front is named too
            let mut body = title.unwrap_or(start);
            while body > start
                && self.token(body - 1).is(Classes::TITLE | Classes::OFFICE)
                && !self.token(body - 1).is(Classes::ORGANISATION)
            {
                body -= 1;
            }
            if body > start
                && !(start..body)
                    .all(|i| self.token(i).is(Classes::DEMONYM | Classes::TITLE | Classes::OFFICE))
            {
                self.push_modifier(start..body);
            }
        }
        let titled = title.is_some();
        let count = name_end - first;
        let first_token = *self.token(first);
        let mut doubtful = false;
        let kind = if titled && !body_last {
            SourceKind::Person
        } else if body_last && count > 1 {
            SourceKind::Organisation
        } else if count > 1 && first_token.is(FIRST_NAME)
            || self.has_initial(first, name_end)
            || name_end < end
        {
            if self.after_the(start) && !titled { SourceKind::Unknown } else { SourceKind::Person }
        } else if count == 1
            && first_token.is(Classes::DEMONYM | Classes::GROUP | Classes::PERSON | Classes::OFFICE)
        {
            if first_token.is(Classes::DEMONYM | Classes::GROUP | Classes::PLURAL) {
                return;
            }
            doubtful = true;
            SourceKind::Person
        } else if first_token.flags.contains(Flags::CAPITALS) && count == 1 {
            SourceKind::Unknown
        } else if count == 1 && first_token.is(FIRST_NAME) && !self.after_the(start) {
            SourceKind::Person
        } else if (2..=3).contains(&count)
            && !self.after_the(start)
            && (first..name_end).all(|i| {
                !self.is_link(i) && !self.token(i).is(Classes::PLACE | Classes::DOCUMENT | Classes::TIME)
            })
        {
            SourceKind::Person
        } else {
            SourceKind::Unknown
        };
        self.push(first..name_end, start..end, kind, range);
        if doubtful {
            if let Some(name) = self.names.last_mut() {
                name.doubtful = true;
            }
        }
    }

    fn has_initial(&self, first: u32, end: u32) -> bool {
        (first..end.saturating_sub(1)).any(|i| {
            let t = self.token(i);
            t.flags.contains(Flags::STOP) && t.span.len() <= 4 && !t.is(Classes::PLACE)
        })
    }

    fn after_the(&self, start: u32) -> bool {
        start > 0 && self.token(start - 1).is(Classes::DEFINITE)
    }

    /// A place that is a first name too, here followed by a surname-like word or preceded by nothing telling.
    fn is_first_name_here(&self, i: u32, range: &Range<u32>) -> bool {
        self.token(i).is(FIRST_NAME)
            && i + 1 < range.end
            && !self.token(i).is(Classes::PLACE)
            && self.token(i + 1).tag.is_finite()
    }

    /// A common noun with a capital ("House", "Congress") names a body only where it is no sentence's first word
    /// or is tagged as a name.
    fn is_proper_alone(&self, i: u32, range: &Range<u32>) -> bool {
        let t = self.token(i);
        t.flags.contains(Flags::CAPITALS) || t.tag.is_proper() || !self.is_first(i, range.start)
    }

    /// The last title of a run that a name follows.
    fn last_title(&self, start: u32, end: u32, body_last: bool) -> Option<u32> {
        let mut found = None;
        let mut i = start;
        while i + 1 < end {
            let t = self.token(i);
            let next = self.token(i + 1);
            let strong = t.is(Classes::TITLE) && !(t.is(FIRST_NAME) && i == start && end - start == 2);
            let weak = t.is(Classes::OFFICE | Classes::PERSON | Classes::KIN)
                && !t.is(FIRST_NAME)
                && next.is(FIRST_NAME);
            if strong || weak {
                found = Some(i);
                if self.is_link(i + 1) {
                    // Secretary of State Ana Brandt
                    let name = (i + 2..end).find(|&k| {
                        k > i + 2
                            && (self.token(k).is(FIRST_NAME) || self.token(k).flags.contains(Flags::STOP))
                    });
                    match name {
                        Some(k) if k < end => {
                            found = Some(k - 1);
                            i = k;
                        }
                        _ => return Some(end - 1),
                    }
                }
            }
            i += 1;
        }
        // Justice Department, General Hospital: a title within a body's name
        if body_last && found.is_some_and(|f| !self.token(f + 1).is(FIRST_NAME)) { None } else { found }
    }

    fn push_modifier(&mut self, tokens: Range<u32>) {
        let document = self.document;
        let listed = self.lexicon.classes(self.lexicon.find(document.span(tokens.clone()).of(document.text)));
        let kind =
            if listed.intersects(Classes::PLACE) { SourceKind::Place } else { SourceKind::Organisation };
        self.names.push(Name {
            tokens: tokens.clone(),
            whole: tokens,
            kind,
            title_gender: None,
            name_gender: None,
            possessive: false,
            modifier: true,
            titled: false,
            doubtful: false,
        });
    }

    fn push(&mut self, tokens: Range<u32>, whole: Range<u32>, kind: SourceKind, range: &Range<u32>) {
        let title = (whole.start..tokens.start).fold(Classes::empty(), |c, i| c | self.token(i).classes);
        let next = (whole.end < range.end).then(|| self.token(whole.end));
        let possessive = next.is_some_and(|t| {
            t.tag == Tag::Pos
                || self.document.word(whole.end).ends_with(['s', '\'', '’'])
                    && self.document.word(whole.end).starts_with(['\'', '’'])
                    && !t.flags.contains(Flags::SPACE)
                    && t.kind == TokenKind::Word
        });
        let modifier = next.is_some_and(|t| {
            t.kind == TokenKind::Word
                && !t.is_capital()
                && match t.tag {
                    Tag::Nn | Tag::Nns => !t.is(Classes::CUE_VERB) || t.is(COMMON | Classes::ORGANISATION),
                    Tag::None => t.is(COMMON | Classes::ORGANISATION) && !t.is(Classes::CUE_VERB),
                    _ => false,
                }
        });
        let first = *self.token(tokens.start);
        let name_gender =
            if kind == SourceKind::Person && (tokens.len() > 1 || first.is(FIRST_NAME) && title.is_empty()) {
                gender(first.classes, Classes::FIRST_NAME_FEMALE, Classes::FIRST_NAME_MALE)
            } else {
                None
            };
        self.names.push(Name {
            titled: whole.start < tokens.start,
            tokens,
            whole,
            kind,
            title_gender: gender(title, Classes::FEMALE, Classes::MALE),
            name_gender,
            possessive,
            modifier,
            doubtful: false,
        });
    }
}
