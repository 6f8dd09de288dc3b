//! The table of weights: feature → weight, the threshold and the calibration.
//!
//! Takes `data/attribution.weights`, a text file with a line a feature, which the trainer writes; `build.rs` compiles
//! it into the table that the program embeds. Names are hashed and not kept.

use super::feature::Number;
use once_cell::sync::Lazy;

static WEIGHTS: Lazy<Weights> =
    Lazy::new(|| Weights::unpack(crate::embedded::WEIGHTS).expect("the embedded data are tested"));

/// The weights that were learnt.
///
/// An open-addressed table, at most half full. The hashes' upper halves stand together, and apart from the weights:
/// most look-ups find nothing, and end at the hashes.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    /// the upper half of each feature's hash; 0 where there is none
    keys: Vec<u32>,
    values: Vec<f32>,
    /// candidates at or above it are kept
    threshold: f32,
    /// pairs of score and share of right ones, ascending
    calibration: Vec<(f32, f32)>,
}

impl Default for Weights {
    fn default() -> Self {
        Self { keys: vec![0], values: vec![0.0], threshold: 0.5, calibration: Vec::new() }
    }
}

/// The number of a feature, by its name: parts parted by spaces.
pub(crate) fn feature(name: &str) -> u64 {
    name.split(' ').fold(Number::EMPTY, |number, part| number.and(&[part.into()])).get()
}

/// A hash's upper half, which is what the table keeps.
#[inline]
fn key(feature: u64) -> u32 {
    ((feature >> 32) as u32).max(1)
}

impl Weights {
    /// Reads `weight<TAB>part part …` lines; `threshold` and `calibration` lines stand at the top.
    pub fn read(text: &str) -> Self {
        let mut weights = Self::default();
        let mut list = Vec::new();
        for line in text.lines() {
            let Some((value, name)) = line.split_once('\t') else { continue };
            let Ok(value) = value.parse::<f32>() else { continue };
            if name == "threshold" {
                weights.threshold = value;
            } else if let Some(score) = name.strip_prefix("calibration ") {
                weights.calibration.push((score.parse().unwrap_or(0.0), value));
            } else {
                list.push((feature(name), value));
            }
        }
        let slots = (list.len() * 2 + 1).next_power_of_two();
        (weights.keys, weights.values) = (vec![0; slots], vec![0.0; slots]);
        for (feature, value) in list {
            let place = weights.place(feature);
            (weights.keys[place], weights.values[place]) = (key(feature), value);
        }
        weights
    }

    /// The weights that the program was built with.
    pub fn embedded() -> &'static Self {
        &WEIGHTS
    }

    /// Where a feature stands, or the empty place where it would.
    #[inline]
    fn place(&self, feature: u64) -> usize {
        let mask = self.keys.len() - 1;
        let mut at = feature as usize & mask;
        while self.keys[at] != key(feature) && self.keys[at] != 0 {
            at = (at + 1) & mask;
        }
        at
    }

    /// The weight of a feature; 0 for one that was not learnt.
    #[inline]
    pub(crate) fn of(&self, feature: u64) -> f32 {
        let at = self.place(feature);
        if self.keys[at] == 0 { 0.0 } else { self.values[at] }
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

    /// What [`Weights::embedded`] reads: the threshold, the calibration with its length before it, keys, values.
    #[allow(dead_code, reason = "build.rs calls it, and a test")]
    pub(crate) fn compiled(&self) -> Vec<u8> {
        let mut bytes = self.threshold.to_le_bytes().to_vec();
        bytes.extend((self.calibration.len() as u32).to_le_bytes());
        for (score, share) in &self.calibration {
            bytes.extend(score.to_le_bytes());
            bytes.extend(share.to_le_bytes());
        }
        bytes.extend(self.keys.iter().flat_map(|key| key.to_le_bytes()));
        bytes.extend(self.values.iter().flat_map(|value| value.to_le_bytes()));
        bytes
    }

    fn unpack(bytes: &[u8]) -> Option<Self> {
        let (threshold, bytes) = bytes.split_first_chunk()?;
        let (length, bytes) = bytes.split_first_chunk()?;
        let (calibration, bytes) = bytes.split_at_checked(u32::from_le_bytes(*length) as usize * 8)?;
        let slots = bytes.len() / 8;
        let (keys, values) = bytes.split_at_checked(slots * 4)?;
        let pair = |b: &[u8; 8]| {
            let both = u64::from_le_bytes(*b);
            (f32::from_bits(both as u32), f32::from_bits((both >> 32) as u32))
        };
        slots.is_power_of_two().then(|| Self {
            keys: keys.as_chunks().0.iter().map(|b| u32::from_le_bytes(*b)).collect(),
            values: values.as_chunks().0.iter().map(|b| f32::from_le_bytes(*b)).collect(),
            threshold: f32::from_le_bytes(*threshold),
            calibration: calibration.as_chunks().0.iter().map(pair).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_are_read_and_packed() {
        let text = "# made by hand\n0.25\tthreshold\n0.3\tcalibration 0.2\n0.7\tcalibration 0.6\n-1.57\trule a b\n0.07\tbias\n";
        let weights = Weights::read(text);
        for (name, want) in [("rule a b", -1.57), ("bias", 0.07), ("rule a", 0.0), ("", 0.0)] {
            assert_eq!(weights.of(feature(name)), want, "{name}");
        }
        assert_eq!(weights.threshold(), 0.25);
        assert_eq!(
            [0.1, 0.2, 0.4, 0.9].map(|p| (weights.calibrated(p) * 10.0).round()),
            [3.0, 3.0, 5.0, 7.0]
        );
        assert_eq!(Weights::unpack(&weights.compiled()), Some(weights));
        assert_eq!(Weights::unpack(b"12345678"), None);
        assert_eq!(Weights::default().of(feature("bias")), 0.0);
        assert_eq!(Weights::default().calibrated(0.4), 0.4);
    }

    #[test]
    fn embedded_data_load() {
        let read = Weights::read(include_str!("../../data/attribution.weights"));
        assert!(read.compiled() == crate::embedded::WEIGHTS && &read == Weights::embedded());
    }
}
