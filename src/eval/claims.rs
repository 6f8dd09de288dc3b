//! How often claims are right, against records that were corrected by hand.
//!
//! A claim of the one record is that of the other whose bare number overlaps it.

use super::Figure;
use super::words::ratio;
use crate::record::{Claim, Record};
use std::collections::BTreeMap;

/// What is compared of claims that are both there.
pub const PARTS: [&str; 5] = ["value", "bound", "unit", "of", "claimant"];

/// Counts of claims of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// In the gold.
    pub gold: usize,
    /// Predicted.
    pub predicted: usize,
    /// In both.
    pub found: usize,
    /// Of these, those of which a part is right: [`PARTS`].
    pub right: [usize; 5],
}

impl Tally {
    /// How often they are found.
    pub fn figure(&self) -> Figure {
        Figure::new(ratio(self.found, self.predicted), ratio(self.found, self.gold))
    }

    /// Of those found, the share of which each part is right, in per cent.
    pub fn right(&self) -> [f64; 5] {
        self.right.map(|n| 100.0 * ratio(n, self.found))
    }
}

/// Counts by kind; a claim counts in the gold's kind where it is in both.
#[derive(Clone, Debug, Default)]
pub struct Claims {
    by: BTreeMap<String, Tally>,
}

fn claimant<'r>(claim: &Claim, record: &'r Record) -> Option<&'r str> {
    record.sources.get(claim.claimant? as usize).map(|s| s.name.as_str())
}

impl Claims {
    /// Counts an article in.
    pub fn add(&mut self, gold: &Record, predicted: &Record) {
        let mut taken = vec![false; predicted.claims.len()];
        for g in &gold.claims {
            let overlaps = |p: &Claim| g.number[0] < p.number[1] && p.number[0] < g.number[1];
            let found = (0..taken.len()).find(|&i| !taken[i] && overlaps(&predicted.claims[i]));
            let tally = self.by.entry(g.kind.word().to_owned()).or_default();
            tally.gold += 1;
            let Some(i) = found else { continue };
            taken[i] = true;
            let p = &predicted.claims[i];
            tally.predicted += 1;
            tally.found += 1;
            let words = |c: &Claim| c.of.as_ref().map(|of| of.text.to_lowercase());
            let parts = [
                (g.value, g.low, g.high) == (p.value, p.low, p.high),
                g.bound == p.bound,
                g.unit == p.unit && g.per == p.per,
                words(g) == words(p),
                claimant(g, gold) == claimant(p, predicted),
            ];
            for (n, right) in tally.right.iter_mut().zip(parts) {
                *n += usize::from(right);
            }
        }
        for (i, p) in predicted.claims.iter().enumerate() {
            if !taken[i] {
                self.by.entry(p.kind.word().to_owned()).or_default().predicted += 1;
            }
        }
    }

    /// The kinds by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Tally)> {
        self.by.iter().map(|(kind, tally)| (kind.as_str(), tally))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Article, Pipeline};

    #[test]
    fn parts_are_compared_where_both_have_the_claim() {
        let read = |text: &str| Pipeline::default().run(&Article::new("a", text));
        let gold = read("Ana Brandt said 40 people drowned and 12 boats sank.");
        let mut predicted = gold.clone();
        predicted.claims[0].value = Some(41.0);
        predicted.claims.remove(1);
        let mut claims = Claims::default();
        claims.add(&gold, &predicted);
        let (kind, tally) = claims.iter().next().unwrap();
        assert_eq!((kind, tally.gold, tally.predicted, tally.found), ("count", 2, 1, 1));
        assert_eq!(tally.right, [0, 1, 1, 1, 1]);
    }
}
