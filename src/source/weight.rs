//! How much a mention weighs as an antecedent by where it stands and what it is, and which of those that are weighed leads.
//!
//! Owns the weights and [`Leader`]. Which mentions are weighed is [`super::pronoun`]'s business.

use super::pronoun::Marks;
use super::table::NONE;
use std::hint::select_unpredictable;

/// Over how many sentences mentions are looked back on at the most.
pub(super) const FARTHEST: u32 = 12;

/// By how much the likeliest must lead the field at the most, whoever asks, and what rounding may take of that.
pub(super) const LEAD: f32 = 0.25;
const MARGIN: f32 = 0.01;

/// How much more the person whom the article is about weighs where a noun is asked for.
pub(super) const FAME: f32 = 0.5;
pub(super) const FAMOUS: f32 = 3.0;

/// The most that a mention of the same sentence weighs: what fits best, a subject and source that is a pronoun, spoken of
/// most often.
pub(super) const MOST: f32 = 0.9 + 2.1 + 0.625 + MARGIN;

/// By how much less a mention so many sentences before weighs.
static FALLS: [f32; FARTHEST as usize + 1] = {
    let (mut falls, mut distance) = ([0.0; FARTHEST as usize + 1], 0);
    while distance < falls.len() {
        falls[distance] = fallen(distance);
        distance += 1;
    }
    falls
};

const fn fallen(distance: usize) -> f32 {
    let (near, far) = if distance < 4 { (distance, 0) } else { (4, distance - 4) };
    -0.9 * near as f32 - 0.25 * far as f32
}

/// How much a mention counts so many sentences and blocks before the pronoun, by its marks.
static WEIGHTS: [[[f32; 64]; 4]; FARTHEST as usize + 1] = weights();

const fn has(marks: usize, mark: Marks) -> bool {
    marks & mark.bits() as usize != 0
}

const fn weights() -> [[[f32; 64]; 4]; FARTHEST as usize + 1] {
    let mut weights = [[[0.0; 64]; 4]; FARTHEST as usize + 1];
    let mut at = 0;
    while at < weights.len() * 4 * 64 {
        let (distance, blocks, marks) = (at / 256, at / 64 % 4, at % 64);
        let mut weight = fallen(distance);
        weight -= 0.2 * blocks as f32;
        if has(marks, Marks::SUBJECT) {
            weight += 1.0;
        }
        if has(marks, Marks::SOURCE) {
            weight += 0.9;
        }
        if has(marks, Marks::DEPENDENT) {
            weight -= 0.6;
        }
        if has(marks, Marks::OBLIQUE) {
            weight -= 0.5;
        }
        if has(marks, Marks::PRONOUN) {
            weight += 0.2;
        }
        if has(marks, Marks::QUOTED) {
            weight -= 2.0;
        }
        weights[distance][blocks][marks] = weight;
        at += 1;
    }
    weights
}

/// How much a mention so many sentences and blocks before weighs by its marks.
#[inline]
pub(super) fn of(distance: u32, blocks: u32, marks: u8) -> f32 {
    WEIGHTS[distance as usize][blocks as usize][usize::from(marks)]
}

/// By how much a mention so many sentences before weighs less than one in the same sentence.
#[inline]
pub(super) fn fall(distance: u32) -> f32 {
    FALLS[distance as usize]
}

/// The likeliest of those that have been weighed, and how likely the next one is: of each, by its best mention. Scores are
/// whole numbers in the order of what they stand for: of two floating ones the greater is chosen by a branch, and nobody
/// can foretell which it is.
pub(super) struct Leader {
    entity: u32,
    score: i32,
    second: i32,
}

/// A whole number for a score and back, the greater the score the greater the number.
#[inline]
fn whole(score: f32) -> i32 {
    let bits = (score + 0.0).to_bits() as i32;
    bits ^ (bits >> 31 & i32::MAX)
}

#[inline]
fn floating(score: i32) -> f32 {
    f32::from_bits((score ^ (score >> 31 & i32::MAX)) as u32)
}

impl Leader {
    /// Nobody has been weighed.
    pub(super) fn none() -> Self {
        Self { entity: NONE, score: whole(f32::NEG_INFINITY), second: whole(f32::MIN) }
    }

    /// Weighs another mention.
    #[inline]
    pub(super) fn weigh(&mut self, entity: u32, score: f32) {
        let score = whole(score);
        let behind = self.second.max(score.min(self.score));
        self.second = select_unpredictable(entity == self.entity, self.second, behind);
        self.entity = select_unpredictable(score > self.score, entity, self.entity);
        self.score = self.score.max(score);
    }

    /// Whether mentions that weigh so much at most can neither take the lead nor be what it is measured by: all that is
    /// asked of a lead is whether it is [`LEAD`] at the most.
    #[inline]
    pub(super) fn is_sure(&self, at_most: f32) -> bool {
        at_most <= floating(self.second) || at_most < floating(self.score) - (LEAD + MARGIN)
    }

    /// Who that is; [`NONE`] where nobody has been weighed.
    pub(super) fn entity(&self) -> u32 {
        self.entity
    }

    /// By how much it beats the next one.
    pub(super) fn lead(&self) -> f32 {
        floating(self.score) - floating(self.second)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_scores_are_in_the_order_of_floating_ones() {
        let scores = [f32::NEG_INFINITY, f32::MIN, -2.5, -0.1, 0.0, 1e-6, 0.3, 2.0, f32::MAX];
        assert!(scores.map(whole).is_sorted());
        assert_eq!(scores.map(|score| floating(whole(score))), scores);
        assert_eq!(whole(-0.0), whole(0.0));
    }

    #[test]
    fn the_best_mention_of_another_is_what_a_lead_is_measured_by() {
        let mut leader = Leader::none();
        assert_eq!(leader.entity(), NONE);
        for (entity, score) in [(1, 0.5), (2, 0.25), (1, 1.0), (3, 0.75), (1, -1.0)] {
            leader.weigh(entity, score);
        }
        assert_eq!((leader.entity(), leader.lead()), (1, 0.25));
        // what weighs less by more than any lead that is asked for changes nothing
        assert!(!leader.is_sure(0.8) && leader.is_sure(0.7));
    }
}
