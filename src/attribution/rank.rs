//! Weights learnt from annotated news: how likely a candidate is an attribution, whether a content stops here, and
//! whether a phrase after the verb belongs to the cue.
//!
//! A logistic model over named features. The weights are data (`data/attribution.weights`, written by the trainer
//! under `examples/`): a line a feature. Names are hashed and never stored; the trainer has them spelt
//! out.

use super::feature::{Part, Take, number};
use super::weights::Table;
pub use super::weights::Weights;

/// The sum of the weights of the features that it takes, in that order.
pub(super) struct Sum<'a> {
    weights: Table<'a>,
    sum: f32,
}

impl Take for Sum<'_> {
    #[inline(always)]
    fn take(&mut self, name: &[Part<'_>]) {
        self.sum += self.weights.of(number(name));
    }
}

impl Weights {
    /// The sum of the weights of some features. Whoever names them should be inlined: so the sum stays in a register.
    #[inline]
    pub(super) fn sum(&self, features: impl FnOnce(&mut Sum<'_>)) -> f32 {
        let mut sum = Sum { weights: self.table(), sum: 0.0 };
        features(&mut sum);
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
    #[inline]
    pub(super) fn stop(&self, features: impl FnOnce(&mut Sum<'_>)) -> bool {
        self.0.sum(features) > 0.0
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
