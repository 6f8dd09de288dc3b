//! Weights learnt from annotated news: how likely a candidate is an attribution, whether a content stops here, and
//! whether a phrase after the verb belongs to the cue.
//!
//! A logistic model over named features. The weights are data (`data/attribution.weights`, written by the trainer
//! under `examples/`): a line a feature. Names are hashed and never stored; the trainer has them spelt
//! out.

use super::feature::{Number, Part, Take};
pub use super::weights::Weights;

/// The features that are looked up together, so that one need not wait for another's place in the table.
const TOGETHER: usize = 16;

/// The sum of the weights of the features that it takes.
pub(super) struct Sum<'a> {
    weights: &'a Weights,
    /// what all the names begin with
    first: Number,
    waiting: [u64; TOGETHER],
    length: usize,
    sum: f32,
}

impl Sum<'_> {
    fn meet(&mut self) {
        for &feature in &self.waiting[..self.length] {
            self.sum += self.weights.of(feature);
        }
        self.length = 0;
    }
}

impl Take for Sum<'_> {
    #[inline]
    fn take(&mut self, name: &[Part<'_>]) {
        if self.length == TOGETHER {
            self.meet();
        }
        self.waiting[self.length] = self.first.and(name).get();
        self.length += 1;
    }
}

impl Weights {
    /// The sum of the weights of some features.
    pub(super) fn sum(&self, features: impl FnOnce(&mut Sum<'_>)) -> f32 {
        self.sum_within(Number::EMPTY, features)
    }

    /// The same for names that have parts in common at their start.
    fn sum_within(&self, first: Number, features: impl FnOnce(&mut Sum<'_>)) -> f32 {
        let mut sum = Sum { weights: self, first, waiting: [0; TOGETHER], length: 0, sum: 0.0 };
        features(&mut sum);
        sum.meet();
        sum.sum
    }

    /// The probability that features, by their names, speak of something right.
    pub fn probability<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> f32 {
        logistic(names.into_iter().map(|name| self.of(super::weights::feature(name))).sum())
    }
}

/// The probability of log odds.
pub(super) fn logistic(odds: f32) -> f32 {
    1.0 / (1.0 + (-odds).exp())
}

/// Where contents end.
pub struct Ends<'a>(pub(super) &'a Weights);

impl Ends<'_> {
    /// Whether a content stops where these features hold.
    pub(super) fn stop(&self, features: impl FnOnce(&mut Sum<'_>)) -> bool {
        const END: Number = Number::EMPTY.and(&[Part::new("end")]);
        self.0.sum_within(END, features) > 0.0
    }
}

/// Log odds of a third: a word of the cue is worth having from half the F1 on that cues reach.
const WORTH: f32 = -0.7;

/// Which phrases after a verb of saying belong to the cue: "in a statement" more often than "at a rally".
impl Weights {
    /// Whether a phrase of these features belongs to the cue before it.
    pub(super) fn manner(&self, features: &[[Part<'_>; 3]]) -> bool {
        self.sum(|sum| features.iter().for_each(|f| sum.take(f))) > WORTH
    }
}

/// Lengths as words.
pub(super) struct Bucket;

impl Bucket {
    pub(super) fn of(n: u32) -> &'static str {
        match n {
            0 => "0",
            1 => "1",
            2 => "2",
            3..=4 => "3-4",
            5..=7 => "5-7",
            8..=12 => "8-12",
            13..=20 => "13-20",
            21..=35 => "21-35",
            _ => "36+",
        }
    }
}
