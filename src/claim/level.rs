//! What a level or a movement is of: the noun that a preposition, a colon, "up" or a dimension sets beside the number, the
//! object of a verb that moves it, the subject of one that tells how much it is.
//!
//! Part of [`super::counted`].

use super::counted::At;
use crate::lexicon::{ChangePos, Classes, NumberRole as Role};
use crate::text::{Tag, TokenKind};
use std::ops::Range;

/// How far a verb may stand before what it moves something by or to, in tokens.
const FAR: u32 = 15;

impl At<'_, '_> {
    /// A tax cut of $275,000, unemployment at 3.9%: the noun before the preposition.
    pub(super) fn before_preposition(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        let t = self.first.checked_sub(1).filter(|&t| t > self.start)?;
        let range =
            (p.role(t, Role::Of) || p.role(t, Role::At)).then(|| p.nouns_before(t, self.start)).flatten()?;
        // estimated by police at 5,000
        let by = range.start.checked_sub(1).filter(|&b| b > self.start && p.role(b, Role::By));
        if by.is_some_and(|b| p.is(b - 1, Classes::CUE_VERB)) {
            return None;
        }
        // a mother of three: of children
        if p.role(t, Role::Of) && p.is(range.end - 1, Classes::KIN) {
            return None;
        }
        // a margin of error of 3 points
        let of = range.start.checked_sub(1).filter(|&o| p.role(o, Role::Of));
        let whole = of.and_then(|o| p.nouns_before(o, self.start));
        Some(whole.map_or(range.start, |w| w.start)..range.end)
    }

    /// Cut spending by a third, its forecast for the year to 3%: the object of the verb that moves it.
    pub(super) fn moved(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        let parts = |t: u32| p.role(t, Role::By) || p.role(t, Role::To) || p.role(t, Role::From);
        let mut by = self.first.checked_sub(1).filter(|&t| t > self.start && parts(t))?;
        // brought the rate down to 3%
        by -= u32::from(p.is_movement(by - 1));
        let floor = self.start.max(by.saturating_sub(FAR));
        let moves = |&t: &u32| p.tag(t).is_verb() && p.moves(t, &[ChangePos::Verb, ChangePos::Transitive]);
        let apart = |t: u32| p.tag(t).is_finite() || matches!(p.tag(t), Tag::Comma | Tag::Colon);
        let mut object = (floor..by).rev().find(|t| moves(t) || apart(*t)).filter(moves)? + 1;
        object += u32::from(p.is_movement(object));
        if p.tag(object) == Tag::Cd {
            return None;
        }
        while object < by && matches!(p.tag(object), Tag::Dt | Tag::PrpPoss | Tag::Pdt) {
            object += 1;
        }
        // spending is a noun here, whatever its tag
        let gerund = (object + 1 == by && p.tag(object) == Tag::Vbg).then_some(object..by);
        let range = p.nouns(object, by).or(gerund)?;
        if p.is_time(&range) || p.is_unit(range.end - 1) { None } else { Some(p.numbered(range, by)) }
    }

    /// Shares, up 4%; pulled the sector 0.7 percent lower; Dow +0.2%: the noun before what tells the movement.
    pub(super) fn risen(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        let before = self.first.checked_sub(1).filter(|&t| t >= self.start)?;
        let found = if before > self.start && p.is_movement(before) {
            let to = before - u32::from(p.kind(before - 1) == Some(TokenKind::Comma));
            // companies such as Holm, up 4%: the name, not the companies
            let named = |r: &Range<u32>| {
                r.start > self.start && matches!(p.document.word(r.start - 1), "as" | "like" | "including")
            };
            p.nouns_before(to, self.start).filter(named).or_else(|| {
                let whole = p.whole_before(to, self.start)?;
                // shares have been on a tear, up 4%: the shares
                let dt = whole.start > self.start && p.tag(whole.start - 1) == Tag::Dt;
                let link = whole.start.saturating_sub(1 + u32::from(dt));
                let object = to < before
                    && link > self.start
                    && p.tag(link) == Tag::In
                    && (p.tag(link - 1).is_verb() || p.tag(link - 1).is_adverb());
                if object { p.subject(link, self.start) } else { Some(whole) }
            })
        } else if p.role(before, Role::By) {
            // Holm was down 2%, Lindow by 4%
            let number = |t: u32| p.kind(t) == Some(TokenKind::Number) || p.is_unit(t);
            let next = |r: &Range<u32>| {
                r.start > self.start + 1
                    && matches!(p.tag(r.start - 1), Tag::Comma | Tag::Cc | Tag::Colon)
                    && number(r.start - 2)
            };
            p.nouns_before(before, self.start).filter(next)
        } else if p.is_movement(self.after) || self.is_signed() {
            p.nouns_before(self.first, self.start)
        } else {
            None
        };
        found.filter(|r| !p.is_time(r))
    }

    /// A wall 90 feet high; walls, 90 feet high: the noun before a measure with its dimension.
    pub(super) fn described(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        let dimension = p.role(self.after, Role::Dimension);
        let before = self.first.checked_sub(1).filter(|&t| t > self.start && dimension)?;
        let comma = p.kind(before) == Some(TokenKind::Comma);
        p.nouns_before(self.first - u32::from(comma), self.start).filter(|r| !p.is_time(r))
    }

    /// Whether a plus or minus opens the number.
    fn is_signed(&self) -> bool {
        matches!(self.phrases.document.word(self.first), "+" | "-" | "−" | "–")
    }

    /// Gold traded at $1,900, staff went from 166: the subject of a verb that "at" or "from" parts from its level.
    pub(super) fn level_at(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        let parts = |t: u32| p.role(t, Role::At) || p.role(t, Role::From);
        let at = self.first.checked_sub(1).filter(|&t| t > self.start && parts(t))?;
        // unemployment, at 3.9 percent, was the lowest in years
        if p.tag(at - 1).is_verb() {
            return p.subject(at, self.start);
        }
        let aside = p.role(at, Role::At) && p.kind(at - 1) == Some(TokenKind::Comma);
        let opens = |r: &Range<u32>| {
            p.tag(r.end - 1).is_proper() || r.start <= self.start + u32::from(p.tag(self.start) == Tag::Dt)
        };
        if aside { p.whole_before(at - 1, self.start).filter(|r| !p.is_time(r) && opens(r)) } else { None }
    }

    /// Holm 45 percent, 45 for Holm: whose share of votes it is.
    pub(super) fn holder(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        let name = |r: &Range<u32>| p.tag(r.end - 1).is_proper();
        // "Brandt leads Holm 48 to 44": the first is that of who leads
        let paired = p.role(self.after, Role::To) && p.kind(self.after + 1) == Some(TokenKind::Number);
        p.nouns_before(self.first, self.start).filter(|r| name(r) && !paired).or_else(|| {
            if p.role(self.after, Role::For) {
                p.noun_phrase(self.after + 1, self.end).filter(name)
            } else {
                None
            }
        })
    }

    /// Attendance: 3,412. The noun before the colon.
    pub(super) fn labelled(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        let colon = self.first.checked_sub(1).filter(|&t| t > self.start)?;
        if p.kind(colon) != Some(TokenKind::Colon) {
            return None;
        }
        // districts affected: a participle may stand behind its noun
        let participle = matches!(p.tag(colon - 1), Tag::Vbn | Tag::Vbd);
        p.nouns_before(if participle { colon - 1 } else { colon }, self.start).or_else(|| {
            // a word alone is the label whatever its tag: Tests: 12
            let alone = colon == self.start + 1 || p.kind(colon - 2) != Some(TokenKind::Word);
            (alone && p.kind(colon - 1) == Some(TokenKind::Word)).then_some(colon - 1..colon)
        })
    }

    /// The subject, where its verb says what something amounts to.
    pub(super) fn measured(&self) -> Option<Range<u32>> {
        let p = &self.phrases;
        if p.is_level(self.first, self.start) { p.subject(self.first, self.start) } else { None }
    }
}
