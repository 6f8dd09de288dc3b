//! What the words at a number say of it: a bound before or after, an age, a movement and the number's part in it.

use super::Quantity;
use super::number::Form;
use super::piece::{Kind, bits};
use super::read::{Movement, Pending, Reader, Single};
use super::rules as rule;
use crate::lexicon::{BoundSide, ChangePos, Classes, NumberRole as Role, Roles, UnitKind};
use crate::rule::Rule;
use crate::text::Tag;
use crate::vocabulary::{Bound, ChangeRole, ClaimKind, Direction};

/// The roles of words behind an age that go on with it: 65 and older.
const JOINING: Roles = Roles::of(&[Role::And, Role::Or]);
/// The roles of words that may stand before an age.
const BEFORE_AGE: Roles = Roles::of(&[Role::Those, Role::Level, Role::And]);
/// The marks that may stand before one in apposition: Ana Brandt, 45, left.
const BEFORE_AGE_ALONE: u32 = bits(&[Kind::Comma, Kind::Open]);

impl Reader<'_, '_> {
    /// "Cases tripled to 1,863": a verb that multiplies is a movement, of which the multiple is the amount.
    pub(super) fn multiplied(&mut self, at: usize, bounded: bool, quantity: &mut Quantity) {
        let piece = &self.pieces.list[at];
        // "over double the size" bounds no verb
        if bounded || quantity.kind != ClaimKind::Multiplier || !piece.tag.is_verb() {
            return;
        }
        let direction = Direction::Up;
        quantity.change = Some((direction, ChangeRole::Amount));
        self.movement = Some(Movement { direction, pos: ChangePos::Verb, at, end: at + 1 });
    }

    /// The movement that a quantity marks: its amount, or the level it comes from or goes to.
    pub(super) fn change(
        &self,
        start: usize,
        number: usize,
        end: usize,
        quantity: &Quantity,
    ) -> Option<(Direction, ChangeRole)> {
        let p = self.pieces;
        let level = !matches!(
            quantity.kind,
            ClaimKind::Count | ClaimKind::Duration | ClaimKind::Age | ClaimKind::Score
        );
        if quantity.kind == ClaimKind::Percent
            && let plus @ ("+" | "−" | "-") = p.str(number)
        {
            return Some((if plus == "+" { Direction::Up } else { Direction::Down }, ChangeRole::Amount));
        }
        let before = start.checked_sub(1);
        let role = |r: Role| before.is_some_and(|b| p.is(b, r));
        if let Some(m) = self.movement.filter(|m| start - m.at.min(start) <= 14) {
            let near = start - m.end.min(start);
            // raised $5 million, half of it from a dozen donors
            let origin = m.pos == ChangePos::Transitive && near > 3 && !p.is(end, Role::To);
            if role(Role::From) && !origin {
                return Some((m.direction, ChangeRole::From));
            }
            if role(Role::To) || before.is_some_and(|b| p.list[b].tag == Tag::To) {
                return Some((m.direction, ChangeRole::To));
            }
            if near == 1
                && before
                    .is_some_and(|b| p.list[b].tag == Tag::In && !p.is(b, Role::By) && !p.is(b, Role::Of))
            {
                return level.then_some((m.direction, ChangeRole::To));
            }
            // "the cut saves $5": a noun's amount stands right behind it
            let most = if m.pos == ChangePos::Noun { 0 } else { 1 };
            // "raised $5 million": what was gathered
            let gathered = m.pos == ChangePos::Transitive && near == 0;
            if role(Role::By)
                || (near <= most && level && !gathered && !self.is_attributive(start, end, quantity))
            {
                return Some((m.direction, ChangeRole::Amount));
            }
        }
        // 5% higher, a 5-point rise
        if level || quantity.joined.is_some() {
            let hyphen = usize::from(p.kind(end) == Some(Kind::Hyphen));
            for at in end + hyphen..end + hyphen + 2 {
                let Some(piece) = p.get(at).filter(|x| x.kind == Kind::Word) else { break };
                let changes = if piece.begins.change { p.lexicon.changes(piece.word) } else { &[] };
                let found = changes.iter().find(|c| {
                    c.rest.is_empty()
                        && match c.value.pos {
                            ChangePos::Noun => piece.tag.is_noun(),
                            ChangePos::Adverb => {
                                at == end && matches!(piece.tag, Tag::Jjr | Tag::Rbr | Tag::Rb)
                            }
                            ChangePos::Verb | ChangePos::Transitive => false,
                        }
                });
                if let Some(change) = found {
                    return Some((change.value.direction, ChangeRole::Amount));
                }
                if !piece.tag.is_adjective() {
                    break;
                }
            }
        }
        // a rise of 5%
        let noun = before.filter(|_| role(Role::Of) && level)?.checked_sub(1)?;
        let piece = p.get(noun)?;
        let change = p
            .lexicon
            .changes(piece.word)
            .iter()
            .find(|c| c.rest.is_empty() && c.value.pos == ChangePos::Noun)?;
        piece.tag.is_noun().then_some((change.value.direction, ChangeRole::Amount))
    }

    /// Whether an article before a measure or sum belongs to the noun after it: he added a 30 degree turn.
    fn is_attributive(&self, start: usize, end: usize, quantity: &Quantity) -> bool {
        let p = self.pieces;
        let article = start > 0 && p.is(start - 1, Role::Article);
        let noun = p.get(end).is_some_and(|x| {
            x.kind == Kind::Word
                && (x.tag.is_noun() || x.tag.is_adjective())
                && !x.classes.intersects(Classes::TIME | Classes::WEEKDAY | Classes::MONTH)
        });
        article && noun && quantity.kind != ClaimKind::Count
    }

    /// Whether "up" or "down" at a piece goes with the verb before it and tells no movement: gave up 5 yards.
    pub(super) fn is_particle(&self, at: usize) -> bool {
        let p = self.pieces;
        at > 0
            && !p.list[at - 1].capital
            && p.list[at].tag != Tag::Jjr
            && p.list[at].tag != Tag::Rbr
            && p.list[at - 1].tag.is_verb()
            && !p.list[at - 1].classes.contains(Classes::BE)
            && p.lexicon.changes(p.list[at - 1].word).is_empty()
            && !p.is(at - 1, Role::Motion)
    }

    /// Whether the quantity is an age: where it ends then, and why.
    pub(super) fn age(
        &self,
        start: usize,
        end: usize,
        single: &Single,
        unit: Option<UnitKind>,
        found: &[Quantity],
    ) -> Option<(usize, ClaimKind, &'static Rule)> {
        let p = self.pieces;
        let hyphen = usize::from(p.kind(end) == Some(Kind::Hyphen) && !p.spaced(end));
        if unit == Some(UnitKind::Duration)
            || (unit.is_none() && p.kind(end) == Some(Kind::Word) && matches!(p.str(end), "yo" | "y"))
        {
            let after = p.phrase(end + hyphen, Role::Old)?;
            return Some((after, ClaimKind::Age, &rule::AGE));
        }
        if unit.is_some() || !(0.0..125.0).contains(&single.value) || single.number.scaled {
            return None;
        }
        if !self.may_be_age(start, single.start, end) {
            return None;
        }
        if self.is_over_age(start, single.start) && !p.is_plural(end) {
            return Some((end, ClaimKind::Age, &rule::AGED));
        }
        if self.is_age_group(start, single.end, end) {
            return Some((end, ClaimKind::Age, &rule::AGED));
        }
        // a bare number whose noun does not follow
        let noun =
            p.get(end).is_some_and(|x| x.kind == Kind::Word && (x.tag.is_noun() || x.tag.is_adjective()));
        let aged = (1..=3).any(|n| start >= n && p.phrase(start - n, Role::Aged) == Some(start));
        // aged 22 share a car: a singular does not go with the number
        let counted = p.is_plural(end) || (noun && p.is_plural(end + 1));
        if aged && !counted && p.kind(end) != Some(Kind::Hyphen) {
            return Some((end, ClaimKind::Age, &rule::AGED));
        }
        if !noun && (self.is_level_of_age(start) || self.follows_age(start, found)) {
            return Some((end, ClaimKind::Age, &rule::AGED));
        }
        let name = |i: usize| {
            p.get(i).is_some_and(|x| {
                x.kind == Kind::Word
                    && x.capital
                    && (x.tag.is_noun() || !x.classes.intersects(Classes::OPENER | Classes::ADVERB))
                    && !x.classes.intersects(Classes::MONTH | Classes::WEEKDAY)
            })
        };
        // she is 35, he will be 60
        let be = start >= 1 && p.is(start - 1, Role::Level) && p.list[start - 1].tag.is_verb();
        let person = be
            && ((start.saturating_sub(4)..start - 1).any(|i| {
                p.list[i].classes.contains(Classes::PERSONAL) && p.list[i].classes.contains(Classes::PERSON)
            }) || start > 1
                && p.list[start - 2].tag == Tag::Nn
                && p.list[start - 2].classes.contains(Classes::PERSON)
            // Ana Brandt, who is 74
            || start > 1 && p.list[start - 2].tag == Tag::Wp
            // Ana Brandt is 74
            || start > 2 && name(start - 2) && p.list[start - 3].classes.intersects(Classes::FIRST_NAME));
        // "is 12 ahead" is no age
        let stops =
            !noun && p.get(end).is_none_or(|x| x.tag != Tag::Cd && !x.tag.is_adverb()) && single.value >= 1.0;
        if person && stops && matches!(single.number.form, Form::Plain | Form::Words) {
            return Some((end, ClaimKind::Age, &rule::AGED));
        }
        // a girl, 9, and her mother; Brandt, now 45, …
        let someone = |i: usize| {
            let of = Classes::PERSON | Classes::KIN | Classes::OFFICE;
            p.get(i).is_some_and(|x| {
                x.tag == Tag::Nn && x.classes.intersects(of) && !x.classes.contains(Classes::GROUP)
            })
        };
        let now = usize::from(start >= 3 && p.str(start - 1) == "now");
        let opens = start >= 2 + now
            && matches!(p.kind(start - now - 1), Some(Kind::Comma | Kind::Open))
            && (name(start - now - 2) || someone(start - now - 2));
        // "(3.)" is a rank
        let bracketed = start > 0 && p.kind(start - 1) == Some(Kind::Open);
        let closes = match p.kind(end) {
            Some(Kind::Close) => bracketed,
            Some(Kind::Comma | Kind::Period) => !bracketed,
            None => true,
            _ => false,
        };
        let plain = matches!(single.number.form, Form::Plain) && single.value >= 1.0;
        (opens && closes && plain && end == single.end).then_some((end, ClaimKind::Age, &rule::APPOSITION))
    }

    /// Whether a bare number has a neighbour by which it may be an age, as few have: all of them are asked at once.
    fn may_be_age(&self, start: usize, number: usize, end: usize) -> bool {
        let p = self.pieces;
        let joined = p.get(end).is_some_and(|x| x.begins.alone.intersects(JOINING));
        let aged = p.list[start.saturating_sub(3)..start].iter().any(|x| x.begins.first.contains(Role::Aged));
        let before = start.checked_sub(1).and_then(|b| p.get(b)).is_some_and(|x| {
            let now = (x.span.len() == 3) & (p.text.as_bytes().get(x.span.start as usize) == Some(&b'n'));
            x.begins.alone.intersects(BEFORE_AGE)
                | x.classes.contains(Classes::PERSON)
                | !x.begins.bounds.is_empty()
                | x.kind.is_of(BEFORE_AGE_ALONE)
                | now
        });
        (start < number) | joined | aged | before
    }

    /// The bound that begins at a piece and stands on a side of its number.
    #[inline]
    pub(super) fn bound(&self, at: usize, side: BoundSide) -> Option<(usize, Bound)> {
        // nearly always none, which the caller is told without a call
        if self.pieces.get(at).is_some_and(|x| x.begins.bounds.contains(side)) {
            self.bound_from(at, side)
        } else {
            None
        }
    }

    #[inline(never)]
    fn bound_from(&self, at: usize, side: BoundSide) -> Option<(usize, Bound)> {
        let p = self.pieces;
        let piece = &p.list[at];
        p.lexicon.bounds(piece.word).iter().filter(|b| b.value.side == side).find_map(|b| {
            let end = p.rest(at, &b.rest)?;
            // "the past 5 years", "its top 10": an adjective after a determiner bounds nothing
            // the run-up to the 2014 season
            let part = side == BoundSide::Before
                && at > 1
                && p.kind(at - 1) == Some(Kind::Hyphen)
                && !p.spaced(at)
                && !p.spaced(at - 1);
            if part {
                return None;
            }
            let determined = side == BoundSide::Before
                && b.rest.is_empty()
                && at > 0
                && matches!(p.list[at - 1].tag, Tag::Dt | Tag::PrpPoss)
                && !p.is(at - 1, Role::Each)
                && !piece.tag.is_verb();
            let estimated = b.value.bound == Bound::About && piece.tag != Tag::Jj;
            (!determined || (estimated && piece.tag.is_adverb())).then_some((end, b.value.bound))
        })
    }

    /// A bound after the number, its unit, or (from the claim's side) the thing counted.
    pub(super) fn bound_after(&self, start: usize, at: usize) -> Option<(usize, Bound)> {
        let p = self.pieces;
        let hyphen = usize::from(p.kind(at) == Some(Kind::Hyphen) && !p.spaced(at));
        let (end, bound) = self.bound(at + hyphen, BoundSide::After)?;
        let determined = start > 0 && matches!(p.list[start - 1].tag, Tag::Dt | Tag::PrpPoss);
        let one_word = end == at + hyphen + 1;
        // 20-plus, 100+; but "20 plus 3" and "the odd 20"
        let tight = hyphen == 1 || !p.spaced(at);
        let number_follows = p.number(end, false).is_some() || p.money_before(end).is_some();
        // a $15 minimum wage, a 10-hour minimum: a noun, or what describes one
        let noun = |i: usize| p.get(i).is_some_and(|x| x.kind == Kind::Word && x.tag.is_noun());
        if one_word
            && p.kind(at) == Some(Kind::Word)
            && !p.list[at].tag.is_adverb()
            && noun(at)
            && (noun(end) || determined)
        {
            return None;
        }
        (!number_follows && (!one_word || tight || matches!(p.str(at), "tops" | "max" | "minimum")))
            .then_some((end, bound))
    }

    /// Whether a bound before a number is one. "The comment about 47 percent" is on them; "that surpasses the $5 million"
    /// names a sum, where "past the $5 million mark" bounds one.
    pub(super) fn holds(&self, pending: &Pending, single: &Single) -> bool {
        let p = self.pieces;
        let after_noun = pending.start > 0
            && p.list[pending.start].tag == Tag::In
            && pending.bound == Bound::About
            && p.list[pending.start - 1].classes.intersects(Classes::CUE_NOUN | Classes::DOCUMENT)
            && p.list[pending.start - 1].tag.is_noun();
        let the = single.start > 0
            && p.list[single.start - 1].tag == Tag::Dt
            && !p.is(single.start - 1, Role::Article);
        let prepositional = pending.bound == Bound::Above
            || (pending.bound == Bound::About && p.list[pending.start].tag == Tag::In);
        let another = the && prepositional && !p.is(single.end, Role::Mark);
        !after_noun && !another
    }
}
