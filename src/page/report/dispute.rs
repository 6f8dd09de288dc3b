//! Figures on which one article, or several articles, do not agree.

use super::sketch::Sketch;
use super::tally::{Month, claimant, clipped};
use crate::page::show::{excerpt, value};
use crate::record::{Claim, Offsets, Record};
use crate::vocabulary::{Bound, ChangeRole, ClaimKind};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// How many figures of single articles are kept, the most disputed ones.
const WITHIN: usize = 60;
/// How many things that articles count are told apart.
const THINGS: usize = 12_000;
/// How many passages of one figure are kept.
const PASSAGES: usize = 6;
/// How far from its true value a number may be that is given as "about".
const ABOUT: f64 = 0.1;

/// What a claim says of a figure, and where.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Passage {
    pub(super) article: String,
    pub(super) outlet: String,
    pub(super) claim: u32,
    pub(super) span: Offsets,
    pub(super) value: String,
    pub(super) who: String,
}

fn passage(record: &Record, outlet: &str, claim: &Claim) -> Passage {
    Passage {
        article: record.id.chars().take(300).collect(),
        outlet: outlet.to_owned(),
        claim: claim.id,
        span: claim.span,
        value: value(claim),
        who: claimant(record, claim).map(|s| excerpt(&s.name, 80)).unwrap_or_default(),
    }
}

/// A figure of one article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Disputed {
    /// how many sides it has, and how far apart they are, in per mille of the highest
    pub(super) sides: usize,
    pub(super) apart: u64,
    /// the earlier of two alike wins
    order: Reverse<u64>,
    pub(super) of: String,
    pub(super) passages: Vec<Passage>,
}

/// The most disputed figures of single articles.
#[derive(Debug, Default)]
pub(super) struct Within {
    heap: BinaryHeap<Reverse<Disputed>>,
    /// how many there were
    pub(super) count: u64,
}

impl Within {
    pub(super) fn add(&mut self, record: &Record, outlet: &str) {
        for figure in record.figures.iter().filter(|f| !f.agree) {
            self.count += 1;
            let claims = || figure.claims.iter().filter_map(|&id| record.claims.get(id as usize));
            let sides = claims().count();
            let apart = apart(figure.low, figure.high);
            let order = Reverse(self.count);
            if self.heap.len() >= WITHIN
                && self.heap.peek().is_some_and(|least| (sides, apart) <= (least.0.sides, least.0.apart))
            {
                continue;
            }
            let passages = claims().take(PASSAGES).map(|claim| passage(record, outlet, claim)).collect();
            let of = excerpt(&figure.of, 120);
            self.heap.push(Reverse(Disputed { sides, apart, order, of, passages }));
            if self.heap.len() > WITHIN {
                self.heap.pop();
            }
        }
    }

    /// The most disputed first.
    pub(super) fn top(&self) -> Vec<&Disputed> {
        let mut list: Vec<_> = self.heap.iter().map(|r| &r.0).collect();
        list.sort_unstable_by(|a, b| b.cmp(a));
        list
    }
}

/// How far apart two numbers are, in per mille of the greater.
fn apart(low: f64, high: f64) -> u64 {
    let most = low.abs().max(high.abs());
    if most > 0.0 && most.is_finite() { ((high - low).abs() / most * 1000.0) as u64 } else { 0 }
}

/// One thing as the articles of a month give it.
#[derive(Clone, Debug, Default)]
pub(super) struct Thing {
    pub(super) of: String,
    pub(super) articles: u64,
    last: u64,
    passages: Vec<Passage>,
    /// the highest of what is given as least, the lowest of what is given as most
    least: f64,
    most: f64,
    /// the lowest and the highest value given
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Thing {
    /// Whether several articles give numbers that cannot all be true.
    pub(super) fn is_disputed(&self) -> bool {
        self.articles > 1 && self.least > self.most && self.passages.len() > 1
    }

    pub(super) fn passages(&self) -> &[Passage] {
        &self.passages
    }

    fn rank(&self) -> u64 {
        if self.is_disputed() { self.articles * 1001 + apart(self.low, self.high) } else { 0 }
    }
}

/// Things that several articles of one month count by the same words.
#[derive(Debug)]
pub(super) struct Across {
    things: Sketch<Thing>,
    articles: u64,
}

impl Default for Across {
    fn default() -> Self {
        Self { things: Sketch::new(THINGS), articles: 0 }
    }
}

impl Across {
    pub(super) fn add(&mut self, record: &Record, outlet: &str, month: Option<Month>) {
        self.articles += 1;
        for claim in &record.claims {
            let Some((of, [least, most])) = specific(claim).zip(extent(claim)) else { continue };
            let (year, month) = month.unwrap_or_default();
            let key = format!("{}\t{}\t{year}-{month}", of.to_lowercase(), claim.unit);
            let thing = self.things.add(&key, 1);
            let shown = claim.value.or(claim.low).unwrap_or_default();
            if thing.articles == 0 {
                *thing = Thing { of, least, most, low: shown, high: shown, ..Thing::default() };
            }
            if thing.last != self.articles {
                thing.last = self.articles;
                thing.articles += 1;
            }
            thing.least = thing.least.max(least);
            thing.most = thing.most.min(most);
            let passage = || passage(record, outlet, claim);
            // of several numbers alike the first is shown
            let told = thing.passages.iter().any(|p| p.value == value(claim));
            if !told && (thing.passages.len() < PASSAGES || shown < thing.low || shown > thing.high) {
                if thing.passages.len() == PASSAGES {
                    thing.passages.pop();
                }
                thing.passages.push(passage());
            }
            thing.low = thing.low.min(shown);
            thing.high = thing.high.max(shown);
        }
    }

    /// What most articles give differently first.
    pub(super) fn top(&self, most: usize) -> Vec<&Thing> {
        self.things.top(most, |c| c.value.rank()).into_iter().map(|(_, c)| &c.value).collect()
    }

    /// Whether things were forgotten for want of room.
    pub(super) fn is_exact(&self) -> bool {
        self.things.floor() == 0
    }
}

/// What a claim counts, where its words are of their own: of two words at least, and the number no mere change.
fn specific(claim: &Claim) -> Option<String> {
    let kind = matches!(
        claim.kind,
        ClaimKind::Count | ClaimKind::Money | ClaimKind::Percent | ClaimKind::Measure | ClaimKind::Rate
    );
    let change = claim.change.is_some_and(|c| c.role != ChangeRole::To);
    let of = clipped(&claim.of.as_ref()?.text);
    (kind && !change && !claim.negated && of.contains(' ')).then_some(of)
}

/// Between what a claim says that the true value lies.
fn extent(claim: &Claim) -> Option<[f64; 2]> {
    let value = match (claim.value, claim.low, claim.high) {
        (Some(value), ..) => value,
        (None, Some(low), Some(high)) => return Some([low, high]),
        _ => return None,
    };
    Some(match claim.bound {
        Bound::Equal => [value, value],
        Bound::About => [value - ABOUT * value.abs(), value + ABOUT * value.abs()],
        Bound::Above | Bound::AtLeast => [value, f64::INFINITY],
        Bound::Below | Bound::AtMost => [f64::NEG_INFINITY, value],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Article, Pipeline};

    fn across(articles: &[(&str, &str)]) -> Vec<(String, u64, Vec<String>)> {
        let mut across = Across::default();
        for (id, text) in articles {
            across.add(&Pipeline::default().run(&Article::new(*id, *text)), "Post", Some((2026, 3)));
        }
        let told =
            |t: &&Thing| (t.of.clone(), t.articles, t.passages().iter().map(|p| p.value.clone()).collect());
        across.top(9).iter().map(told).collect()
    }

    #[test]
    fn articles_are_held_against_each_other() {
        let got = across(&[
            ("a", "Rescuers counted 40 stranded hikers on Monday."),
            ("b", "Police counted 55 stranded hikers on Tuesday."),
            ("c", "Rescuers counted 54 stranded hikers on Monday."),
        ]);
        assert_eq!(got, [("stranded hikers".to_owned(), 3, vec!["40".to_owned(), "55".into(), "54".into()])]);
        let agree = across(&[
            ("a", "Rescuers counted more than 40 stranded hikers."),
            ("b", "Police counted 55 stranded hikers on Tuesday."),
        ]);
        assert!(agree.is_empty(), "{agree:?}");
        let one = across(&[(
            "a",
            "Rescuers counted 40 stranded hikers. Police counted 55 stranded hikers on Tuesday.",
        )]);
        assert!(one.is_empty(), "one article is no two: {one:?}");
    }
}
