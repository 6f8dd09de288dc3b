//! Small words and apostrophes within names: what holds "Centre for Coasts and Tides" or "Shipwrights' Union" together.
//!
//! Takes the first word of a run; says where the run ends. Part of [`Finder`].

use super::name::{BODY, is_link};
use super::run::{Finder, LONGEST, NEVER, Style};
use crate::lexicon::Classes;
use crate::text::{Flags, Tag, TokenKind};
use std::ops::Range;

impl Finder<'_, '_> {
    /// "Dorn Street Journal/NBC": whether a stroke parts bodies that did something together, and not two persons.
    fn joins_bodies(&self, stroke: u32) -> bool {
        let body = |i: u32| self.token(i).is(BODY) || self.token(i).flags.contains(Flags::CAPITALS);
        !self.token(stroke + 1).flags.contains(Flags::SPACE) && (body(stroke - 1) || body(stroke + 1))
    }

    /// One past the run of name words that starts at `start`.
    pub(super) fn end_of_run(&self, start: u32, range: &Range<u32>, style: Style) -> u32 {
        let mut end = start + 1;
        while end < range.end && ((end - start) as usize) < LONGEST {
            // whatever goes on with a run brings a capital, behind two small words at most
            if self.capitals.next(end) > end + 2 {
                break;
            }
            let t = self.token(end);
            let next = |k: u32| end + k < range.end && self.is_name_word(end + k, range, style);
            if self.is_name_word(end, range, style) {
                end += 1;
                continue;
            }
            // hardly any other word is one that a name goes on with
            let link = self.is_link(end);
            if !(link | (t.kind == TokenKind::Slash) | (t.tag == Tag::Pos) | t.is(Classes::NAME_PARTICLE)) {
                break;
            }
            if t.kind == TokenKind::Slash && next(1) && self.joins_bodies(end) {
                end += 2;
            } else if t.is(Classes::NAME_PARTICLE)
                && t.kind == TokenKind::Word
                && !t.is(Classes::DEFINITE)
                && next(1)
            {
                end += 2;
            } else if link && style == Style::Plain && next(1) && self.links(start, end, range) {
                end += 2;
            } else if style == Style::Plain
                && (next(1) || next(2) && self.is_link(end + 1))
                && self.owns_within_body(end, range)
            {
                end += if next(1) { 2 } else { 3 };
            } else if link
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
    pub(super) fn is_link(&self, i: u32) -> bool {
        is_link(self.document, i)
    }

    /// "Shipwrights' Union", "Shipwrights' and Caulkers' Union": the apostrophe of a plural within the name of a body.
    fn owns_within_body(&self, mark: u32, range: &Range<u32>) -> bool {
        let owner = |mark: u32| {
            let t = self.token(mark);
            let plural = |w: u32| {
                matches!(self.token(w).tag, Tag::Nns | Tag::Nnps) || self.document.word(w).ends_with('s')
            };
            t.tag == Tag::Pos && t.span.len() < 4 && !t.flags.contains(Flags::SPACE) && plural(mark - 1)
        };
        if !owner(mark) || self.document.word(mark).ends_with('s') {
            return false;
        }
        let mut i = mark + 1;
        let mut last = i;
        while i < range.end && ((i - mark) as usize) < LONGEST {
            let t = self.token(i);
            if t.kind == TokenKind::Word && t.is_capital() && !t.is(NEVER) {
                last = i;
            } else if !(self.is_link(i) || owner(i)) {
                break;
            }
            i += 1;
        }
        self.token(last).is(Classes::ORGANISATION)
    }

    /// Whether the small word at `link` holds the run before it and the name word after it together.
    fn links(&self, start: u32, link: u32, range: &Range<u32>) -> bool {
        let (before, after) = (self.token(link - 1), self.token(link + 1));
        // Lind & Sons
        if self.document.word(link) == "&" {
            return true;
        }
        if self.token(link).is(Classes::COORDINATOR) {
            // Centre for Coasts and Tides, Lind and Exchange Commission: one body only if what follows ends like
            // one, and what precedes is not a name that can stand alone
            if before.is(BODY | Classes::PLACE | Classes::FIRST_NAME | Classes::TITLE | Classes::DEMONYM)
                || after.is(Classes::FIRST_NAME | Classes::TITLE | Classes::OUTLET)
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
}
