//! Weights learnt from annotated news: how likely a candidate is an attribution, whether a content stops here, and
//! whether a phrase after the verb belongs to the cue.
//!
//! A logistic model over named features. The weights are data (`data/attribution.weights`, written by the trainer
//! under `examples/`): a line a feature. Names are hashed once a feature, never stored; `explain` can name them
//! since candidates spell their features out on demand.

pub use super::weights::Weights;
use super::weights::feature;

impl Weights {
    /// The sum of the weights of some features.
    pub(super) fn sum(&self, features: impl FnOnce(&mut dyn FnMut(&[&str]))) -> f32 {
        let mut sum = 0.0;
        features(&mut |parts| sum += self.of(feature(parts)));
        sum
    }

    /// The probability that the features speak of something right.
    pub fn probability(&self, features: impl FnOnce(&mut dyn FnMut(&[&str]))) -> f32 {
        logistic(self.sum(features))
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
    pub(super) fn stop(&self, features: impl FnOnce(&mut dyn FnMut(&[&str]))) -> bool {
        self.0.sum(|add| {
            features(&mut |parts| {
                let mut named = [""; 7];
                named[0] = "end";
                let n = parts.len().min(6);
                named[1..=n].copy_from_slice(&parts[..n]);
                add(&named[..=n]);
            })
        }) > 0.0
    }
}

/// Log odds of a third: a word of the cue is worth having from half the F1 on that cues reach.
const WORTH: f32 = -0.7;

/// Which phrases after a verb of saying belong to the cue: "in a statement" more often than "at a rally".
impl Weights {
    /// Whether a phrase of these features belongs to the cue before it.
    pub(super) fn manner(&self, features: &[[&str; 3]]) -> bool {
        self.sum(|add| features.iter().for_each(|f| add(f))) > WORTH
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
