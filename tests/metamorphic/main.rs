//! What must not change, or must change so and no other way, when an article is set in another manner, goes on, comes
//! twice or speaks of others: over the articles of corpus/ and over invented ones. And numbers, whose values another
//! reckoning knows.
//!
//! Each file owns the properties of one kind of change; [`differences`] compares records; [`story`] invents articles.
//! Where a property holds of nearly all articles but not of all, it is counted, and the test holds a floor: see
//! [`Count`]. The cases are the same on every run; `PROPTEST_CASES=5000` tries more of the invented articles.

#![allow(clippy::print_stdout, reason = "it prints the shares that it counts where one asks")]

#[path = "../shared/corpus.rs"]
mod corpus;
mod differences;
mod growth;
mod names;
mod numbers;
mod order;
mod story;
mod surface;
mod wrapping;

use corpus::corpus;
use onrecord::record::Options;
use onrecord::{Article, Pipeline, Record};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rayon::prelude::*;

/// A text's record, with offsets in code points.
fn read(text: &str) -> Record {
    let options = Options { any_language: true, ..Options::default() };
    Pipeline::default().with_options(options).run(&Article::new("a", text))
}

/// The same cases on every run.
fn runner() -> TestRunner {
    let config = Config { failure_persistence: None, max_shrink_iters: 2000, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// Holds a property of every invented article, and shrinks one of which it does not hold.
fn holds<S: Strategy>(strategy: S, differences: impl Fn(S::Value) -> Vec<String>) {
    let test = |value| {
        let found = differences(value);
        prop_assert!(found.is_empty(), "{found:#?}");
        Ok(())
    };
    runner().run(&strategy, test).unwrap_or_else(|e| panic!("{e}"));
}

/// Some values of a strategy, the same on every run.
fn some<S: Strategy>(strategy: S, count: usize) -> Vec<S::Value> {
    let mut runner = runner();
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

/// So many cases of which a property does not hold are shown.
const FEW: usize = 5;

/// Of how many cases a property holds that need not hold of all.
struct Count {
    cases: usize,
    broken: Vec<String>,
}

impl Count {
    /// Tries every case; each says what does not hold of it.
    fn of<T: Sync>(cases: &[T], differences: impl Fn(&T) -> Vec<String> + Sync) -> Self {
        assert!(!cases.is_empty());
        let broken =
            |case: &T| Some(differences(case)).filter(|found| !found.is_empty()).map(|f| f.join("\n  "));
        Self { cases: cases.len(), broken: cases.par_iter().filter_map(broken).collect() }
    }

    /// Panics where the property holds of a lesser share of the cases than the floor, in per cent. `METAMORPHIC_SHOW=1`
    /// and `--nocapture` show each case of which it does not hold.
    #[track_caller]
    fn at_least(&self, floor: f64) {
        let share = 100.0 * (self.cases - self.broken.len()) as f64 / self.cases as f64;
        let shown = if std::env::var_os("METAMORPHIC_SHOW").is_some() { self.broken.len() } else { FEW };
        println!("holds of {share:.2}% of {} cases", self.cases);
        for broken in self.broken.iter().take(shown) {
            println!("- {broken}");
        }
        assert!(share >= floor, "holds of {share:.2}% of {} cases, wanted {floor}%", self.cases);
    }

    /// Panics where the property does not hold of every case.
    #[track_caller]
    fn all(&self) {
        self.at_least(100.0);
    }
}
