//! Weights learnt from annotated news: how likely a candidate is an attribution, whether a content stops here, and
//! whether a phrase after the verb belongs to the cue.
//!
//! A logistic model over named features. The weights are data (`data/attribution.weights`, written by the trainer
//! under `examples/`): a line a feature. Names are hashed once a feature, never stored; `explain` can name them
//! since candidates spell their features out on demand.

use once_cell::sync::Lazy;
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::Hasher;

static WEIGHTS: Lazy<Weights> = Lazy::new(|| Weights::read(include_str!("../../data/attribution.weights")));

/// The weights that were learnt.
#[derive(Debug, Default)]
pub struct Weights {
    by_feature: FxHashMap<u64, f32>,
    /// candidates at or above it are kept
    threshold: f32,
    /// pairs of score and share of right ones, ascending
    calibration: Vec<(f32, f32)>,
}

/// The number of a feature, by its parts.
#[inline]
pub fn feature(parts: &[&str]) -> u64 {
    let mut hasher = FxHasher::default();
    for part in parts {
        hasher.write(part.as_bytes());
        hasher.write_u8(0xff);
    }
    hasher.finish()
}

impl Weights {
    /// Reads `weight<TAB>part part …` lines; `threshold` and `calibration` lines stand at the top.
    pub fn read(text: &str) -> Self {
        let mut weights = Self { threshold: 0.5, ..Self::default() };
        for line in text.lines() {
            let Some((value, name)) = line.split_once('\t') else { continue };
            let Ok(value) = value.parse::<f32>() else { continue };
            let parts: Vec<&str> = name.split(' ').collect();
            match parts[..] {
                ["threshold"] => weights.threshold = value,
                ["calibration", score] => weights.calibration.push((score.parse().unwrap_or(0.0), value)),
                _ => {
                    weights.by_feature.insert(feature(&parts), value);
                }
            }
        }
        weights
    }

    /// The weights that the program was built with.
    pub fn embedded() -> &'static Self {
        &WEIGHTS
    }

    /// The sum of the weights of some features.
    pub(super) fn sum(&self, features: impl FnOnce(&mut dyn FnMut(&[&str]))) -> f32 {
        let mut sum = 0.0;
        features(&mut |parts| sum += self.by_feature.get(&feature(parts)).copied().unwrap_or(0.0));
        sum
    }

    /// The probability that the features speak of something right.
    pub fn probability(&self, features: impl FnOnce(&mut dyn FnMut(&[&str]))) -> f32 {
        logistic(self.sum(features))
    }

    /// From which probability on a candidate is kept.
    pub fn threshold(&self) -> f32 {
        self.threshold
    }

    /// The share of right ones among candidates of this probability.
    pub fn calibrated(&self, probability: f32) -> f32 {
        let table = &self.calibration;
        let i = table.partition_point(|&(p, _)| p < probability);
        match (i.checked_sub(1).and_then(|j| table.get(j)), table.get(i)) {
            (Some(&(p0, c0)), Some(&(p1, c1))) => c0 + (c1 - c0) * (probability - p0) / (p1 - p0).max(1e-6),
            (Some(&(_, c)), None) | (None, Some(&(_, c))) => c,
            (None, None) => probability,
        }
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
