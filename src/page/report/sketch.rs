//! Counts by name in bounded memory, however many names there are.
//!
//! The counters of Space-Saving (Metwally, Agrawal and El Abbadi 2005), with the rarest evicted by halves instead of one
//! by one: a name that comes (back) after evictions starts from the highest count that was evicted, since it may have
//! been counted that often. So a count is never too low, and too high by at most its `error`; a name that is not here
//! was seen at most `floor` times. As long as nothing was evicted, all counts are exact.

use rustc_hash::FxHashMap;

/// The counter of a name.
#[derive(Clone, Debug, Default)]
pub(super) struct Counter<V> {
    /// at least how often it was seen, and at most
    pub(super) count: u64,
    pub(super) error: u64,
    /// what else is known of it, since it was last taken in
    pub(super) value: V,
}

/// Counters of at most so many names.
#[derive(Clone, Debug)]
pub(super) struct Sketch<V> {
    most: usize,
    counters: FxHashMap<Box<str>, Counter<V>>,
    floor: u64,
}

impl<V: Default> Sketch<V> {
    pub(super) fn new(most: usize) -> Self {
        Self { most: most.max(2), counters: FxHashMap::default(), floor: 0 }
    }

    /// Counts a name, and lends what is known of it.
    pub(super) fn add(&mut self, name: &str, times: u64) -> &mut V {
        if !self.counters.contains_key(name) {
            if self.counters.len() >= self.most {
                self.evict();
            }
            let fresh = Counter { count: self.floor, error: self.floor, value: V::default() };
            self.counters.insert(name.into(), fresh);
        }
        // it is there: it was just put in if it was not
        let counter = self.counters.entry(name.into()).or_default();
        counter.count += times;
        &mut counter.value
    }

    fn evict(&mut self) {
        let mut counts: Vec<u64> = self.counters.values().map(|c| c.count).collect();
        let half = counts.len() / 2;
        let (_, middle, _) = counts.select_nth_unstable(half);
        self.floor = self.floor.max(*middle);
        let floor = self.floor;
        self.counters.retain(|_, c| c.count > floor);
    }

    /// How often a name may have been seen that is not here; 0 where all counts are exact.
    pub(super) fn floor(&self) -> u64 {
        self.floor
    }

    /// How many names have a counter.
    pub(super) fn len(&self) -> usize {
        self.counters.len()
    }

    /// The names of the highest `rank`, then in their own order.
    pub(super) fn top(&self, most: usize, rank: impl Fn(&Counter<V>) -> u64) -> Vec<(&str, &Counter<V>)> {
        let mut list: Vec<_> = self.counters.iter().map(|(name, c)| (rank(c), &**name, c)).collect();
        list.retain(|(rank, ..)| *rank > 0);
        list.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
        list.into_iter().take(most).map(|(_, name, c)| (name, c)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_names_are_counted_exactly() {
        let mut sketch: Sketch<u64> = Sketch::new(10);
        for name in ["b", "a", "b", "c", "b", "a"] {
            *sketch.add(name, 1) += 1;
        }
        let top: Vec<_> =
            sketch.top(2, |c| c.count).into_iter().map(|(n, c)| (n, c.count, c.error, c.value)).collect();
        assert_eq!(top, [("b", 3, 0, 3), ("a", 2, 0, 2)]);
        assert_eq!((sketch.floor(), sketch.len()), (0, 3));
    }

    #[test]
    fn of_many_names_the_frequent_stay_and_errors_hold() {
        let mut sketch: Sketch<()> = Sketch::new(100);
        let mut truth: FxHashMap<String, u64> = FxHashMap::default();
        for i in 0..100_000_u64 {
            // ten names have half of all, the others come once or twice
            let name = if i % 2 == 0 { format!("often {}", i % 20) } else { format!("rare {}", i % 60_000) };
            sketch.add(&name, 1);
            *truth.entry(name).or_default() += 1;
            assert!(sketch.len() <= 100);
        }
        let top = sketch.top(10, |c| c.count);
        for (name, counter) in top {
            assert!(name.starts_with("often"), "{name}");
            let truth = truth[name];
            assert!(
                counter.count >= truth && counter.count - counter.error <= truth,
                "{name} {counter:?} {truth}"
            );
        }
        assert!(sketch.floor() > 0);
    }
}
