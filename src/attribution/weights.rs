//! The table of weights: feature → weight, the threshold and the calibration.
//!
//! Takes `data/attribution.weights`, a text file with a line a feature, which the trainer writes; `build.rs` compiles
//! it into the table that the program embeds. Names are hashed and not kept.

use super::feature::{Part, number};
use once_cell::sync::Lazy;

static WEIGHTS: Lazy<Weights> =
    Lazy::new(|| Weights::unpack(crate::embedded::WEIGHTS).expect("the embedded data are tested"));

/// Room for so many features, two thirds of it taken.
const PLACES: usize = 1 << 15;
/// Groups of about ten features.
const GROUPS: usize = 1 << 11;

/// The weights that were learnt.
///
/// A feature's number tells its group, and the group's factor spreads its features over places that no other feature
/// stands at (hash and displace: Belazzougui, Botelho, Dietzfelbinger 2009). So a look-up is one place, whether the
/// feature has a weight or not, and asks nothing that a processor could guess wrong.
#[derive(Clone, Debug, PartialEq)]
pub struct Weights {
    factors: Box<[u32; GROUPS]>,
    places: Box<[Place; PLACES]>,
    /// candidates at or above it are kept
    threshold: f32,
    /// pairs of score and share of right ones, ascending
    calibration: Vec<(f32, f32)>,
}

/// A feature's weight, or nothing: an empty place weighs nothing whatever is sought there.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
struct Place {
    /// the upper half of the feature's number
    key: u32,
    /// of the weight
    bits: u32,
}

/// What weights are looked up in, so near at hand that each look-up is a place and no way to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Table<'a> {
    factors: &'a [u32; GROUPS],
    places: &'a [Place; PLACES],
}

impl Table<'_> {
    /// The weight of a feature; 0 for one that was not learnt.
    #[inline(always)]
    pub(super) fn of(self, feature: u64) -> f32 {
        let found = self.places[place(feature, self.factors[group(feature)])];
        // all bits or none, and no jump, for which features have weights cannot be foreseen
        let other = u64::from(found.key ^ key(feature));
        f32::from_bits(found.bits & (other.wrapping_sub(1) >> 32) as u32)
    }
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            factors: filled(Vec::new()),
            places: filled(Vec::new()),
            threshold: 0.5,
            calibration: Vec::new(),
        }
    }
}

/// A table of what is given, and of empty values behind it.
fn filled<T: Copy + Default, const N: usize>(mut given: Vec<T>) -> Box<[T; N]> {
    given.resize(N, T::default());
    given.into_boxed_slice().try_into().unwrap_or_else(|_| unreachable!("it was given that length"))
}

/// The number of a feature, by its name: parts parted by spaces.
pub(crate) fn feature(name: &str) -> u64 {
    number(&name.split(' ').map(Part::from).collect::<Vec<_>>())
}

/// A number's upper half, which is what the table keeps.
#[inline]
fn key(feature: u64) -> u32 {
    (feature >> 32) as u32
}

/// The group of a feature.
#[inline]
fn group(feature: u64) -> usize {
    (feature >> (u64::BITS - GROUPS.ilog2())) as usize
}

/// The place of a feature by its group's factor.
#[inline]
fn place(feature: u64, factor: u32) -> usize {
    ((feature as u32).wrapping_mul(factor) >> (u32::BITS - PLACES.ilog2())) as usize
}

impl Weights {
    /// Reads `weight<TAB>part part …` lines; `threshold` and `calibration` lines stand at the top.
    ///
    /// # Panics
    /// Where there are more features than the table has room for.
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
        weights.lay(list);
        weights
    }

    /// Lays features out, the largest groups first, while there is much room.
    fn lay(&mut self, list: Vec<(u64, f32)>) {
        assert!(list.len() < PLACES / 8 * 7, "{} features are more than there is room for", list.len());
        let mut groups = vec![Vec::new(); GROUPS];
        for (feature, weight) in list {
            groups[group(feature)].push((feature, weight));
        }
        groups.sort_by_key(|members: &Vec<_>| std::cmp::Reverse(members.len()));
        let mut taken = vec![false; PLACES];
        for members in groups.into_iter().filter(|g| !g.is_empty()) {
            let spreads = |factor: &u32| {
                let mut places: Vec<usize> = members.iter().map(|m| place(m.0, *factor)).collect();
                places.sort_unstable();
                places.windows(2).all(|w| w[0] != w[1]) && places.iter().all(|&p| !taken[p])
            };
            let factor = (0..u32::MAX / 2).map(|i| i.wrapping_mul(0x9e37_79ba) | 1).find(spreads);
            let factor = factor.expect("no two features have the same number");
            self.factors[group(members[0].0)] = factor;
            for (feature, weight) in members {
                let at = place(feature, factor);
                taken[at] = true;
                self.places[at] = Place { key: key(feature), bits: weight.to_bits() };
            }
        }
    }

    /// The weights that the program was built with.
    pub fn embedded() -> &'static Self {
        &WEIGHTS
    }

    /// The weight of a feature; 0 for one that was not learnt.
    pub(crate) fn of(&self, feature: u64) -> f32 {
        self.table().of(feature)
    }

    /// What weights are looked up in.
    #[inline]
    pub(super) fn table(&self) -> Table<'_> {
        Table { factors: &self.factors, places: &self.places }
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

    /// What [`Weights::embedded`] reads: the threshold, the calibration with its length before it, factors, places.
    #[allow(dead_code, reason = "build.rs calls it, and a test")]
    pub(crate) fn compiled(&self) -> Vec<u8> {
        let mut bytes = self.threshold.to_le_bytes().to_vec();
        bytes.extend((self.calibration.len() as u32).to_le_bytes());
        for (score, share) in &self.calibration {
            bytes.extend(score.to_le_bytes());
            bytes.extend(share.to_le_bytes());
        }
        bytes.extend(self.factors.iter().flat_map(|factor| factor.to_le_bytes()));
        bytes.extend(self.places.iter().flat_map(|p| [p.key.to_le_bytes(), p.bits.to_le_bytes()]).flatten());
        bytes
    }

    fn unpack(bytes: &[u8]) -> Option<Self> {
        let (threshold, bytes) = bytes.split_first_chunk()?;
        let (length, bytes) = bytes.split_first_chunk()?;
        let (calibration, bytes) = bytes.split_at_checked(u32::from_le_bytes(*length) as usize * 8)?;
        let (factors, places) = bytes.split_at_checked(GROUPS * 4)?;
        let pair = |b: &[u8; 8]| {
            let both = u64::from_le_bytes(*b);
            (both as u32, (both >> 32) as u32)
        };
        let point = |b: &[u8; 8]| (f32::from_bits(pair(b).0), f32::from_bits(pair(b).1));
        let place = |b: &[u8; 8]| Place { key: pair(b).0, bits: pair(b).1 };
        (places.len() == PLACES * 8).then(|| Self {
            factors: filled(factors.as_chunks().0.iter().map(|b| u32::from_le_bytes(*b)).collect()),
            places: filled(places.as_chunks().0.iter().map(place).collect()),
            threshold: f32::from_le_bytes(*threshold),
            calibration: calibration.as_chunks().0.iter().map(point).collect(),
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
