//! Claims about one and the same quantity → figures: who gives which number, and whether they agree.
//!
//! Precision first: two claims are of one thing where kind and unit are the same, their heads are one noun or nouns for
//! one thing, no modifier of one contradicts the other, one verb is said of both, and they speak of one time and of no two places. A number that
//! tells a part (nine of the boats, 40 percent of the workers) makes none.

use super::phrase::Phrases;
use super::thing::{Head, Thing, Things};
use super::{Claim, Figure};
use crate::portion::{emptied, grown};
use crate::span::Span;
use crate::text::key::ByKey;
use crate::vocabulary::{Bound, ChangeRole, ClaimKind};

/// About how far from its true value a number may be that is given as "about".
const ABOUT: f64 = 0.1;

/// How many groups of one head, and members of a group, a claim is held against.
const MANY: usize = 32;

/// Room is made for so many heads: most articles have fewer.
const FEW: usize = 64;

/// Claims of one quantity so far.
struct Group {
    /// the last of them, from which [`Groups::before`] leads to the others
    last: u32,
    /// how many they are
    count: u32,
    /// the group before it whose head is one noun with this one's, or a noun for one thing
    before: Option<usize>,
}

/// The claims by what they speak of, in the order of their first.
#[derive(Default)]
struct Groups {
    list: Vec<Group>,
    /// by claim, the one before it in its group, or [`NONE`]
    before: Vec<u32>,
}

/// No claim.
const NONE: u32 = u32::MAX;

impl Groups {
    /// The claims of a group, the last first.
    fn members(&self, group: &Group) -> impl Iterator<Item = u32> {
        let before = |&claim: &u32| Some(self.before[claim as usize]).filter(|&before| before != NONE);
        std::iter::successors(Some(group.last), before)
    }
}

/// Gathers the claims that speak of one quantity, and marks each with its figure.
pub(super) fn gather<'a>(
    phrases: Phrases<'_, 'a>,
    claims: &mut [Claim<'a>],
    contents: &[Option<Span>],
) -> Vec<Figure<'a>> {
    let groups = groups(phrases, claims, contents);
    let mut figures = Vec::new();
    for group in groups.list.iter().filter(|g| g.count > 1) {
        let id = figures.len() as u32;
        let mut members = Vec::with_capacity(group.count as usize);
        members.extend(groups.members(group));
        members.reverse();
        for &i in &members {
            claims[i as usize].figure = Some(id);
        }
        figures.push(figure(phrases, claims, members));
    }
    figures
}

fn groups(phrases: Phrases<'_, '_>, claims: &[Claim], contents: &[Option<Span>]) -> Groups {
    // claims whose heads are one noun, or nouns for one thing; most claims have a head of their own
    let mut by_head = ByKey::new(claims.len().min(FEW));
    let mut alike = Vec::new();
    let mut heads: Vec<(usize, Head)> = Vec::with_capacity(claims.len().min(FEW));
    for (i, claim) in claims.iter().enumerate().filter(|(_, c)| may_gather(c)) {
        let Some(head) = claim.of.and_then(|of| Head::of(phrases, claim, of)) else { continue };
        let slot = by_head.or_insert(head.key(), alike.len());
        if slot == alike.len() {
            alike.push((0, None));
        }
        alike[slot].0 += 1;
        grown(&mut heads).push((i, head));
    }
    let mut things = Things::new(phrases, claims, contents);
    // by claim, what it speaks of
    let mut known: Vec<Option<Thing>> = Vec::new();
    let mut groups = Groups::default();
    for (i, head) in emptied(heads) {
        let Some(slot) = by_head.get(head.key()).filter(|&slot| alike[slot].0 > 1) else { continue };
        if known.is_empty() {
            known.resize_with(claims.len(), || None);
            groups.before.resize(claims.len(), NONE);
        }
        let thing = things.read(i, head);
        let latest: Option<usize> = alike[slot].1;
        let before = std::iter::successors(latest, |&g| groups.list[g].before).take(MANY);
        let one = |g: usize| {
            groups.members(&groups.list[g]).take(MANY).all(|j| {
                let other = known[j as usize].as_ref();
                other.is_some_and(|other| things.are_one(&thing, other))
                    && may_be_one(&claims[i], &claims[j as usize])
            })
        };
        let found = { before }.find(|&g| one(g));
        match found {
            Some(group) => {
                let group = &mut groups.list[group];
                groups.before[i] = std::mem::replace(&mut group.last, i as u32);
                group.count += 1;
            }
            None => {
                alike[slot].1 = Some(groups.list.len());
                groups.list.push(Group { last: i as u32, count: 1, before: latest });
            }
        }
        known[i] = Some(thing);
    }
    groups
}

fn may_gather(claim: &Claim) -> bool {
    matches!(
        claim.kind,
        ClaimKind::Count | ClaimKind::Money | ClaimKind::Percent | ClaimKind::Rate | ClaimKind::Measure
    ) && !claim.negated
        && !claim.part
        && !matches!(claim.change, Some((_, ChangeRole::Amount)))
}

/// Whether two numbers may be of one quantity: sizes not worlds apart.
fn may_be_one(a: &Claim, b: &Claim) -> bool {
    let ends = |c: &Claim| {
        let low = c.value.or(c.low).unwrap_or(0.0);
        (low, c.value.or(c.high).unwrap_or(low))
    };
    let ((al, ah), (bl, bh)) = (ends(a), ends(b));
    let far = al > 0.0 && bl > 0.0 && (ah * 20.0 < bl || bh * 20.0 < al);
    // "14 boats and 6 boats" of one sentence are two lots
    let one_sentence = a.sentence == b.sentence && a.value != b.value;
    let roles = !matches!((a.change, b.change), (Some((_, x)), Some((_, y))) if x != y);
    !far && !one_sentence && roles
}

fn figure<'a>(p: Phrases<'_, 'a>, claims: &[Claim<'a>], group: Vec<u32>) -> Figure<'a> {
    let members = || group.iter().map(|&i| &claims[i as usize]);
    let length = |of: &Span| of.of(p.document.text).chars().count();
    let fullest = members().filter_map(|c| c.of).max_by_key(|of| (length(of), u32::MAX - of.start));
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    let (mut floor, mut ceiling) = (f64::NEG_INFINITY, f64::INFINITY);
    let mut strict = false;
    for c in members() {
        let (a, b) = (c.value.or(c.low).unwrap_or(0.0), c.value.or(c.high).unwrap_or(0.0));
        low = low.min(a);
        high = high.max(b);
        let (from, to) = match c.bound {
            Bound::Equal => (a, b),
            Bound::About => (a - a.abs() * ABOUT, b + b.abs() * ABOUT),
            Bound::Above | Bound::AtLeast => (a, f64::INFINITY),
            Bound::Below | Bound::AtMost => (f64::NEG_INFINITY, b),
        };
        strict |= matches!(c.bound, Bound::Above | Bound::Below);
        floor = floor.max(from);
        ceiling = ceiling.min(to);
    }
    Figure {
        of: fullest.map_or("", |of| of.of(p.document.text)).into(),
        unit: members().next().map(|c| c.unit.clone()).unwrap_or_default(),
        claims: group,
        low,
        high,
        agree: floor < ceiling || (floor == ceiling && !strict),
    }
}
