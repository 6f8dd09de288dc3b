//! Names as they stand: what is title, name and suffix in a run of capitals, and what the name is a name of.
//!
//! Takes the runs that [`super::run`] finds; makes [`Name`]s of them. Leaves which names are one and the same to
//! [`super::cluster`].

use super::run::Finder;
use crate::lexicon::Classes;
use crate::text::{Document, Flags, Tag, TokenKind};
use crate::vocabulary::{Gender, SourceKind};
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
    /// the lexicon has it whole
    pub(super) listed: bool,
    /// a common noun with a capital: a name only where it is someone's surname
    pub(super) doubtful: bool,
}

/// A small word that may stand inside the name of a body: "of", "for", "and" …
#[inline]
pub(super) fn is_link(document: &Document<'_>, i: u32) -> bool {
    let token = &document.tokens[i as usize];
    token.is(Classes::COORDINATOR)
        || token.span.len() <= 3 && matches!(token.span.bytes(document.text), b"of" | b"for" | b"at" | b"on")
}

/// The gender of a word that both genders share is open.
#[inline]
pub(super) fn gender(classes: Classes, female: Classes, male: Classes) -> Option<Gender> {
    match (classes.intersects(female), classes.intersects(male)) {
        (true, false) => Some(Gender::Female),
        (false, true) => Some(Gender::Male),
        _ => None,
    }
}

pub(super) const BODY: Classes = Classes::ORGANISATION.union(Classes::COMPANY).union(Classes::OUTLET);
pub(super) const COMMON: Classes = Classes::OFFICE
    .union(Classes::KIN)
    .union(Classes::GROUP)
    .union(Classes::PERSON)
    .union(Classes::ANONYMOUS)
    .union(Classes::DOCUMENT)
    .union(Classes::TIME);

impl Finder<'_, '_> {
    /// Tells title, name and suffix of the run `[start, end)` apart.
    pub(super) fn split(&mut self, start: u32, end: u32, range: &Range<u32>) {
        let mut end = end;
        let mut name_end = end;
        while self.token(name_end - 1).is(Classes::NAME_SUFFIX) && name_end > start + 1 {
            name_end -= 1;
        }
        // "Brandt, Jr." and the like stand behind a comma
        if end + 1 < range.end
            && (self.token(end).kind == TokenKind::Comma) & self.token(end + 1).is(Classes::NAME_SUFFIX)
        {
            end += 2;
        }
        let listed = self.listed(start..name_end);
        let body_last =
            self.token(name_end - 1).is(Classes::ORGANISATION | Classes::COMPANY | Classes::OUTLET)
                && !self.has_initial_before_last(start, name_end);
        let many = name_end > start + 1;
        // the Lindmark Post
        let outlet = many && self.after_the(start) && self.token(name_end - 1).is(Classes::PUBLISHER);
        let body_last = body_last || outlet;
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
            if let Some(name) = self.names.last_mut() {
                name.listed = true;
            }
            return;
        }
        let title = self.last_title(start, name_end, body_last);
        let mut first = title.map_or(start, |t| t + 1);
        if title.is_none() {
            // Republican Ana Brandt, Lindmark Mayor Ana Brandt: what stands before a first name is no part of the name
            let mut at = first;
            while at + 2 < name_end && !self.token(at).is(Classes::FIRST_NAME) {
                at += 1;
            }
            if at > first
                && self.token(at).is(Classes::FIRST_NAME)
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
        } else if count > 1 && (body_last || self.is_body_of(first, name_end)) {
            SourceKind::Organisation
        } else if count > 1 && first_token.is(Classes::FIRST_NAME)
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
        } else if count == 1 && first_token.is(Classes::TIME) && first_token.is(Classes::FIRST_NAME) {
            // since Easter, in Summer
            return;
        } else if count == 1 && first_token.is(Classes::FIRST_NAME) && !self.after_the(start) {
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
        if doubtful && let Some(name) = self.names.last_mut() {
            name.doubtful = true;
        }
    }

    /// The classes that the lexicon gives to words together: White House, New York.
    fn listed(&self, tokens: Range<u32>) -> Classes {
        if tokens.len() == 1 {
            return self.token(tokens.start).classes;
        }
        self.lexicon.classes(self.lexicon.find(self.document.span(tokens).of(self.document.text)))
    }

    /// "Department of Ports": a body, and what it is of.
    fn is_body_of(&self, first: u32, end: u32) -> bool {
        (first + 1..end).any(|i| {
            self.token(i - 1).is(Classes::ORGANISATION)
                && !self.token(i - 1).is(Classes::FIRST_NAME | Classes::PERSON | Classes::OFFICE)
                && self.document.word(i) == "of"
        })
    }

    fn has_initial(&self, first: u32, end: u32) -> bool {
        (first..end.saturating_sub(1)).any(|i| {
            let t = self.token(i);
            t.flags.contains(Flags::STOP) && t.span.len() <= 4 && !t.is(Classes::PLACE)
        })
    }

    /// "Robert S. Ford": after a first name and an initial stands a surname, whatever else it names.
    fn has_initial_before_last(&self, start: u32, end: u32) -> bool {
        end - start >= 3
            && self.token(end - 3).is(Classes::FIRST_NAME)
            && self.token(end - 2).flags.contains(Flags::STOP)
            && self.token(end - 2).span.len() == 2
    }

    fn after_the(&self, start: u32) -> bool {
        start > 0 && self.token(start - 1).is(Classes::DEFINITE)
    }

    /// A place that is a first name too, here followed by a surname-like word or preceded by nothing telling.
    fn is_first_name_here(&self, i: u32, range: &Range<u32>) -> bool {
        self.token(i).is(Classes::FIRST_NAME)
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
            let strong =
                t.is(Classes::TITLE) && !(t.is(Classes::FIRST_NAME) && i == start && end - start == 2);
            let weak = t.is(Classes::OFFICE | Classes::PERSON | Classes::KIN)
                && !t.is(Classes::FIRST_NAME)
                && next.is(Classes::FIRST_NAME);
            if strong || weak {
                found = Some(i);
                if self.is_link(i + 1) {
                    // Secretary of State Ana Brandt
                    let name = (i + 2..end).find(|&k| {
                        k > i + 2
                            && (self.token(k).is(Classes::FIRST_NAME)
                                || self.token(k).flags.contains(Flags::STOP))
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
        if body_last && found.is_some_and(|f| !self.token(f + 1).is(Classes::FIRST_NAME)) {
            None
        } else {
            found
        }
    }

    fn push_modifier(&mut self, tokens: Range<u32>) {
        let listed = self.listed(tokens.clone());
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
            listed: false,
        });
    }

    fn push(&mut self, tokens: Range<u32>, whole: Range<u32>, kind: SourceKind, range: &Range<u32>) {
        let title = (whole.start..tokens.start).fold(Classes::empty(), |c, i| c | self.token(i).classes);
        let next = (whole.end < range.end).then(|| self.token(whole.end));
        let possessive = next.is_some_and(|t| {
            t.tag == Tag::Pos
                || t.kind == TokenKind::Word
                    && !t.flags.contains(Flags::SPACE)
                    && self.document.word(whole.end).starts_with(['\'', '’'])
                    && self.document.word(whole.end).ends_with(['s', '\'', '’'])
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
        let name_gender = if kind == SourceKind::Person
            && (tokens.len() > 1 || first.is(Classes::FIRST_NAME) && title.is_empty())
        {
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
            listed: false,
        });
    }
}
