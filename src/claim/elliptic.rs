//! What a quantity counts that leaves its noun out: of whom, another five, the two, compared with 2,700, up 4%.

use super::Claim;
use super::counted::At;
use crate::lexicon::{Classes, NumberRole as Role};
use crate::quantity::Quantity;
use crate::span::Span;
use crate::text::{Tag, TokenKind};
use crate::vocabulary::{ChangeRole, ClaimKind, Direction};

/// How many sentences back "the two" may look for what was counted.
const BACK: u32 = 4;

/// How many claims back an antecedent may stand.
const RECENT: usize = 24;

impl At<'_, '_> {
    /// What the claims before it count: "537 of which", "the two", "compared with $2,700", "thousands since".
    pub(super) fn antecedent(&self, quantity: &Quantity, earlier: &[Claim]) -> Option<Span> {
        let p = &self.phrases;
        let sentence = quantity.sentence;
        let relative = p.role(self.after, Role::Of)
            && matches!(p.tag(self.after + 1), Tag::Wdt | Tag::Wp | Tag::Prp | Tag::Dt);
        let here = earlier.iter().rev().take(RECENT).take_while(|c| c.sentence == sentence);
        let with_of = |c: &&Claim| {
            c.of.is_some() && matches!(c.kind, ClaimKind::Count | ClaimKind::Percent | ClaimKind::Ratio)
        };
        // half of it: no things that were counted
        let mass = p.tag(self.after + 1) == Tag::Prp && !p.is(self.after + 1, Classes::PLURAL);
        if relative && mass {
            return None;
        }
        if relative {
            let comma = self.first.checked_sub(1).filter(|&t| t > self.start);
            return here.clone().find(with_of).and_then(|c| c.of).or_else(|| {
                let comma = comma.filter(|&t| p.kind(t) == Some(TokenKind::Comma));
                let range = comma.and_then(|t| p.nouns_before(t, self.start));
                range.map(|r| p.document.span(r)).or_else(|| {
                    let before = earlier.iter().rev().take(RECENT);
                    let before = before.take_while(|c| c.sentence.0 + 1 >= sentence.0);
                    before
                        .filter(|_| matches!(p.tag(self.after + 1), Tag::Prp | Tag::Dt))
                        .find(with_of)
                        .and_then(|c| c.of)
                })
            });
        }
        let compared =
            (1..=2).any(|n| self.first >= self.start + n && p.role(self.first - n, Role::Compared));
        if compared {
            return here.clone().find(|c| c.unit == quantity.unit && c.of.is_some()).and_then(|c| c.of);
        }
        // from 45% to 47%: both ends of a movement are of one thing
        let end = |change: Option<(Direction, ChangeRole)>| change.filter(|(_, r)| *r != ChangeRole::Amount);
        if let Some((direction, role)) = end(quantity.change) {
            // the other end, the amount of the movement, or a multiple: up 5% to $12, tripled to 90 from 30
            let moves = |c: &&Claim| c.change.is_some_and(|(d, r)| d == direction && r != role);
            let level = |c: &&Claim| c.unit == quantity.unit && c.change.is_none();
            let known = || here.clone().filter(|c| c.of.is_some());
            let other = known().find(moves).or_else(|| known().next().filter(level));
            if let Some(of) = other.and_then(|c| c.of) {
                return Some(of);
            }
        }
        // at 3,412, up 0.4%; 300 boats, 15 percent over the limit: an aside to what stands before the comma
        let comma = self.first.checked_sub(1).filter(|&t| t > self.start);
        let aside = |t: u32| {
            p.kind(t) == Some(TokenKind::Comma)
                || (p.tag(t).is_adverb() || matches!(p.tag(t), Tag::In | Tag::Rp) || p.role(t, Role::Or))
                    && t > self.start
                    && p.kind(t - 1) == Some(TokenKind::Comma)
        };
        if quantity.kind == ClaimKind::Percent && comma.is_some_and(aside) {
            let beside = |c: &&Claim| self.first.saturating_sub(p.token_at(c.span.end, c.sentence)) <= 4;
            if let Some(of) = here.clone().next().filter(beside).and_then(|c| c.of) {
                return Some(of);
            }
        }
        // new quays, each 90 feet wide
        if let Some(each) =
            comma.filter(|&t| p.role(t, Role::Each) && p.kind(t - 1) == Some(TokenKind::Comma))
        {
            return p.nouns_before(each - 1, self.start).map(|r| p.document.span(r));
        }
        if quantity.kind != ClaimKind::Count {
            // ended down 1% at 1,412 points; 90 miles wide and 175 miles long: of what the number beside it is of
            let last = here.clone().next().filter(|c| c.of.is_some())?;
            let between = p.token_at(last.span.end, last.sentence)..self.first;
            let near = (1..=4).contains(&between.len());
            let level = last.change.is_some() && p.role(self.first - 1, Role::At);
            let joins = |t: u32| {
                matches!(p.tag(t), Tag::Cc | Tag::Comma) || p.tag(t).is_adjective() || p.tag(t).is_adverb()
            };
            let parallel = last.kind == quantity.kind
                && between.clone().all(joins)
                && between.clone().any(|t| p.tag(t) == Tag::Cc);
            return if near && (level || parallel) { last.of } else { None };
        }
        // a pick or two
        let or = comma.filter(|&t| p.role(t, Role::Or));
        if let Some(noun) = or.and_then(|t| p.nouns_before(t, self.start)) {
            return Some(p.document.span(noun));
        }
        let near = || earlier.iter().rev().take(RECENT).take_while(|c| c.sentence.0 + BACK > sentence.0);
        let counts = |c: &&Claim| c.kind == ClaimKind::Count && c.of.is_some();
        // the two: those of whom two were spoken of
        let before = self.first.wrapping_sub(1);
        if p.tag(before) == Tag::Dt && !p.role(before, Role::Another) {
            let same = near().filter(counts).find(|c| c.value == quantity.value).and_then(|c| c.of);
            return same;
        }
        // "lists it as 21,090" tells of something new
        if p.tag(before) == Tag::In && p.role(before, Role::Listed) {
            return None;
        }
        // a bare number speaks of what was counted last, in this sentence or the one before; behind a verb, of what the
        // same verb told before: it had 1,317 fires, the other had 883
        let recent = || near().filter(counts).take_while(|c| c.sentence.0 + 1 >= sentence.0);
        let verb = Some(before)
            .filter(|&t| t > self.start && p.tag(t).is_verb())
            .map(|t| p.document.tokens[t as usize].word);
        let same_verb = |c: &&Claim| {
            let first = p.token_at(c.span.start, c.sentence);
            first.checked_sub(1).is_some_and(|t| Some(p.document.tokens[t as usize].word) == verb)
        };
        let beside = |c: &&Claim| c.of.is_some_and(|of| c.span.contains(of));
        let found = recent().find(same_verb).or_else(|| recent().find(beside)).or_else(|| recent().next());
        found.and_then(|c| c.of)
    }
}
