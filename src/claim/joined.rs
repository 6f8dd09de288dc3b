//! What is joined to a number: by a hyphen, its noun ("a 12-step plan"); behind its noun, what it is given per.
//!
//! Part of [`super::counted`].

use super::counted::{At, Counted};
use super::rules as rule;
use crate::lexicon::{Classes, NumberRole as Role, UnitKind};
use crate::quantity::Quantity;
use crate::span::Span;
use crate::text::{Flags, Tag};
use crate::vocabulary::ClaimKind;

impl<'a> At<'_, 'a> {
    /// Whether the number is joined to its unit by a hyphen: a two-year plan.
    pub(super) fn is_joined(&self) -> bool {
        let last = &self.phrases.document.tokens[self.after as usize - 1];
        last.flags.contains(Flags::HYPHEN)
    }

    /// A 12-step plan counts steps, a 3,000-strong force its members.
    pub(super) fn joined(&self, quantity: &Quantity, joined: Span) -> Option<Span> {
        let p = &self.phrases;
        let after = self.adjacent().map(|r| p.document.span(r));
        let text = p.document.text;
        let word = p.lexicon.find(joined.of(text));
        // a 3,000-strong force, a 12-man crew: those whom the next noun is made of
        let member = p.lexicon.classes(word).intersects(Classes::PERSON | Classes::OFFICE);
        let strong =
            p.lexicon.numbers(word).iter().any(|n| n.rest.is_empty() && n.value.role == Role::Strong);
        // 12-of-18 passes
        let ratio = joined.of(text).bytes().any(|b| b.is_ascii_digit());
        if quantity.kind == ClaimKind::Count && !((strong || member || ratio) && after.is_some()) {
            return Some(joined);
        }
        // 43 percent-owned: what is owned
        let participle = joined.of(text).ends_with("ed") && self.after > self.start;
        let subject = || p.subject(self.first, self.start).map(|r| p.document.span(r));
        after.or_else(|| if participle { subject() } else { Some(joined) })
    }

    /// 12 tests per day: a count with "per" after its noun is a rate.
    pub(super) fn per_noun(&self, at: u32, counted: &mut Counted<'a>) {
        let p = self.phrases;
        let article = p.role(at, Role::Article);
        if at + 1 >= self.end
            || !(article || p.role(at, Role::Per))
            || (article && p.role(at + 2, Role::Then))
        {
            return;
        }
        let word = p.document.tokens[at as usize + 1].word;
        let unit = p
            .lexicon
            .unit_forms(word)
            .iter()
            .find(|f| f.rest.is_empty() && !f.value.symbol && !f.value.before && !f.value.qualifies)
            .map(|f| &p.lexicon.units()[f.value.unit as usize])
            .filter(|u| u.kind == UnitKind::Duration);
        let per = match unit {
            Some(unit) => &*unit.name,
            None if article && p.role(at + 1, Role::PerNoun) => p.document.word(at + 1),
            None if !article => {
                let number = p.tag(at + 1) == Tag::Cd;
                let range = p.nouns(at + 1, self.end).or_else(|| number.then_some(at + 1..at + 2));
                let Some(range) = range else { return };
                p.document.span(range).of(p.document.text)
            }
            None => return,
        };
        counted.per = Some(per.into());
        counted.kind = ClaimKind::Rate;
        counted.rule = Some(&rule::RATE);
    }
}
