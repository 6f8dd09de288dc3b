//! Copies of one wire story: the same text but for white space, or nearly the same words.
//!
//! A text is sketched by one-permutation MinHash (Li, Owen and Zhang, 2012) over its runs of five words: of each of 32
//! classes of runs the least hash. The share of classes in which two sketches agree estimates the share of runs that
//! two texts have in common. Sketches are found again by eight bands of four classes each. The last hundred thousand
//! articles are remembered, so that memory is bounded: copies come near one another.

use rustc_hash::{FxHashMap, FxHasher};
use std::collections::VecDeque;
use std::hash::Hasher;

/// How many articles are remembered.
const REMEMBERED: usize = 100_000;
/// More than are ever at work at once.
const AHEAD: usize = 50_000;
const CLASSES: usize = 32;
const BAND: usize = 4;
/// In how many of the classes copies agree: over four fifths.
const AGREE: usize = 26;
/// Texts shorter than this have too few runs to be judged by them.
const WORDS: usize = 40;
const RUN: usize = 5;

/// What is remembered of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sketch {
    /// of the text without white space
    exact: u64,
    least: Option<Box<[u32; CLASSES]>>,
}

impl Sketch {
    pub(super) fn of(text: &str) -> Self {
        let mut exact = FxHasher::default();
        let mut least = Box::new([u32::MAX; CLASSES]);
        let mut run = [0_u64; RUN];
        let mut words = 0;
        for word in text.split_whitespace() {
            exact.write(word.as_bytes());
            let mut hasher = FxHasher::default();
            let letters = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase);
            let mut any = false;
            letters.for_each(|c| {
                hasher.write_u32(c as u32);
                any = true;
            });
            if !any {
                continue;
            }
            run[words % RUN] = hasher.finish();
            words += 1;
            if words >= RUN {
                // in the run's own order, whichever slot it begins in
                let of_run = (0..RUN).fold(0, |h, i| mixed(h ^ run[(words + i) % RUN]));
                let class = (of_run >> 59) as usize;
                least[class] = least[class].min(of_run as u32);
            }
        }
        Self { exact: exact.finish(), least: (words >= WORDS).then_some(least) }
    }

    fn bands(&self) -> impl Iterator<Item = u64> {
        let least = self.least.iter().flat_map(|least| least.chunks_exact(BAND).enumerate());
        // a band without runs says nothing
        let told = least.filter(|(_, band)| band.iter().all(|least| *least != u32::MAX));
        told.map(|(number, band)| band.iter().fold(number as u64, |h, least| mixed(h ^ u64::from(*least))))
    }

    fn is_copy_of(&self, other: &Self) -> bool {
        if self.exact == other.exact {
            return true;
        }
        let (Some(a), Some(b)) = (&self.least, &other.least) else { return false };
        a.iter().zip(b.iter()).filter(|(a, b)| a == b).count() >= AGREE
    }
}

fn mixed(h: u64) -> u64 {
    let h = (h ^ (h >> 31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (h ^ (h >> 29)).wrapping_mul(0xbf58_476d_1ce4_e5b9)
}

/// The articles remembered.
#[derive(Default)]
pub(super) struct Seen {
    sketches: VecDeque<Sketch>,
    /// the number of the first of `sketches`
    first: u32,
    exact: FxHashMap<u64, u32>,
    bands: FxHashMap<u64, u32>,
}

impl Seen {
    /// Whether it is a copy of one of those remembered.
    pub(super) fn has(&self, sketch: &Sketch) -> bool {
        self.has_after(0, sketch)
    }

    /// Whether it will be a copy when its turn comes, ahead of which some are still at work: those that may be
    /// forgotten till then do not count.
    pub(super) fn will_have(&self, sketch: &Sketch) -> bool {
        self.has_after((self.sketches.len() + AHEAD).saturating_sub(REMEMBERED), sketch)
    }

    fn has_after(&self, forgotten: usize, sketch: &Sketch) -> bool {
        let copy = |number: &u32| {
            let place = number.wrapping_sub(self.first) as usize;
            place >= forgotten && self.sketches.get(place).is_some_and(|before| sketch.is_copy_of(before))
        };
        self.exact.get(&sketch.exact).is_some_and(copy)
            || sketch.bands().any(|band| self.bands.get(&band).is_some_and(copy))
    }

    /// Remembers one, and forgets the oldest where there are too many.
    pub(super) fn remember(&mut self, sketch: Sketch) {
        let number = self.first.wrapping_add(self.sketches.len() as u32);
        // the first stays: what is a copy now is one as long as that is remembered
        self.exact.entry(sketch.exact).or_insert(number);
        for band in sketch.bands() {
            self.bands.entry(band).or_insert(number);
        }
        self.sketches.push_back(sketch);
        if self.sketches.len() > REMEMBERED
            && let Some(old) = self.sketches.pop_front()
        {
            let oldest = self.first;
            self.first = self.first.wrapping_add(1);
            if self.exact.get(&old.exact) == Some(&oldest) {
                self.exact.remove(&old.exact);
            }
            for band in old.bands() {
                if self.bands.get(&band) == Some(&oldest) {
                    self.bands.remove(&band);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(n: u64, words: usize) -> Vec<String> {
        (0..words as u64).map(|i| format!("w{}", mixed(n * 1_000_003 + i) % 5_000)).collect()
    }

    #[test]
    fn copies_are_known_and_others_are_not() {
        let mut seen = Seen::default();
        for n in 0..500 {
            let sketch = Sketch::of(&article(n, 300).join(" "));
            assert!(!seen.has(&sketch), "{n}");
            seen.remember(sketch);
        }
        let mut near = 0;
        for n in 0..500 {
            let words = article(n, 300);
            assert!(seen.has(&Sketch::of(&words.join("\n\n "))));
            // another headline, and a line of the client's at the end
            let copy =
                format!("A line above {n} of it all. {} © The Post of {n}", words.join(" ").to_uppercase());
            near += usize::from(seen.has(&Sketch::of(&copy)));
            // half of another story
            let half = [&words[..150], &article(n + 10_000, 150)].concat();
            assert!(!seen.has(&Sketch::of(&half.join(" "))), "{n}");
        }
        assert!(near > 480, "{near}");
    }

    #[test]
    fn short_texts_are_copies_only_when_they_are_the_same() {
        let mut seen = Seen::default();
        seen.remember(Sketch::of("Rain fell on Tuesday."));
        assert!(seen.has(&Sketch::of("Rain fell\n on  Tuesday.")));
        assert!(!seen.has(&Sketch::of("Rain fell on Monday.")));
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let mut seen = Seen::default();
        for n in 0..REMEMBERED + 10 {
            seen.remember(Sketch::of(&format!("Story {n}.")));
        }
        assert!(!seen.has(&Sketch::of("Story 9.")) && seen.has(&Sketch::of("Story 10.")));
        assert!(seen.has(&Sketch::of("Story 50.")) && !seen.will_have(&Sketch::of("Story 50.")));
        assert!(seen.will_have(&Sketch::of("Story 99999.")));
        assert_eq!((seen.exact.len(), seen.sketches.len()), (REMEMBERED, REMEMBERED));
    }
}
