//! One article's way: read with its place in the input, taken or left aside, run, encoded.
//!
//! [`feed`] runs on the reading thread, [`Work`] on whatever thread is free. What became of an article goes to the run as
//! its [`Outcome`], in the order of the articles.

use crate::cli::copies::{Seen, Sketch};
use crate::cli::counts::Counts;
use crate::cli::ordered::Give;
use crate::cli::saved::Place;
use crate::error::Error;
use crate::input::{self, Entry, Settings, fnv1a};
use crate::output::{self, Piece};
use crate::pipeline::{Article, Pipeline};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, PoisonError, RwLock};

/// Which articles are taken, by their ids alone.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub(super) sample: Option<f64>,
    pub(super) shard: Option<(u32, u32)>,
}

/// What became of one article of the input.
pub(super) enum Outcome {
    Put(Piece, Counts, Option<Sketch>),
    /// of another shard, or not of the sample
    LeftAside,
    /// a copy of one before it
    Copy,
    /// put by the run that this one goes on from
    Before(Sketch),
    Failed(Error),
}

/// What is done with each article, by whatever thread.
pub(super) struct Work<'a> {
    pub(super) pipeline: &'a Pipeline,
    pub(super) to: &'static output::Format,
    pub(super) choice: Choice,
    /// where copies are left out
    pub(super) seen: Option<&'a RwLock<Seen>>,
    /// what lies before was put by an earlier run
    pub(super) from: Place,
}

/// Reads all inputs, each article with its place; what lies before `from` is passed over.
pub(super) fn feed(
    errors: Vec<Error>,
    files: Vec<input::File>,
    settings: Arc<Settings>,
    bytes: Arc<AtomicU64>,
    from: Place,
) -> impl FnOnce(&mut Give<'_, (Place, Entry)>) + Send + 'static {
    move |give| {
        let mut broken = errors.into_iter().map(Entry::failed);
        for file in from.file..=files.len() {
            let mut articles = 0;
            let mut next = |entry: Entry| {
                articles += 1;
                let size = entry.size;
                let place = Place { file, articles };
                if place <= from { ControlFlow::Continue(()) } else { give((place, entry), size) }
            };
            let flow = match file.checked_sub(1) {
                None => broken.try_for_each(&mut next),
                Some(i) => input::read(&files[i], &settings, &bytes, &mut next),
            };
            if flow.is_break() {
                return;
            }
        }
    }
}

impl Work<'_> {
    /// One article's way.
    pub(super) fn outcome(&self, place: Place, entry: Entry) -> Outcome {
        // no text should make a rule fail; should one, it must not take the other articles along
        let mut id = String::new();
        let done = catch_unwind(AssertUnwindSafe(|| match entry.read() {
            Ok(article) => {
                id.clone_from(&article.id);
                if self.choice.takes(&article.id) { self.put(place, &article) } else { Outcome::LeftAside }
            }
            // so that of several shards one tells it, and of a run gone on with the first
            Err(e) if place > self.from && self.choice.takes(&e.to_string()) => Outcome::Failed(e),
            Err(_) => Outcome::LeftAside,
        }));
        done.unwrap_or_else(|_| Outcome::Failed(Error::fault(&id)))
    }

    fn put(&self, place: Place, article: &Article) -> Outcome {
        let sketch = self.seen.map(|_| Sketch::of(&article.text));
        if let (Some(seen), Some(sketch)) = (self.seen, &sketch) {
            if place <= self.from {
                return Outcome::Before(sketch.clone());
            }
            if seen.read().unwrap_or_else(PoisonError::into_inner).will_have(sketch) {
                return Outcome::Copy;
            }
        }
        let (piece, counts) = self.pipeline.read(article, |record| {
            let counts = Counts::of(&record);
            ((self.to.encode)(article, record), counts)
        });
        Outcome::Put(piece, counts, sketch)
    }
}

impl Choice {
    pub(super) fn takes(self, id: &str) -> bool {
        let (shard, sample) = (self.shard, self.sample);
        if shard.is_none() && sample.is_none() {
            return true;
        }
        // finished by a mixing of its bits
        let hash = |seed: u64| {
            let hash = fnv1a(seed, id.bytes());
            let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
            hash ^ (hash >> 33)
        };
        // the two by different seeds: a sample of a shard is a sample
        shard.is_none_or(|(i, n)| hash(0) % u64::from(n) == u64::from(i) - 1)
            && sample.is_none_or(|share| (hash(1) as f64) < share * u64::MAX as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_a_partition_and_samples_a_share() {
        let ids: Vec<String> = (0..10_000).map(|i| format!("article-{i}")).collect();
        let takes = |sample, shard, id: &String| Choice { sample, shard }.takes(id);
        for id in &ids {
            assert_eq!((1..=7).filter(|i| takes(None, Some((*i, 7)), id)).count(), 1);
        }
        let of = |sample, shard| ids.iter().filter(|id| takes(sample, shard, id)).count();
        for i in 1..=4 {
            let (shard, both) = (of(None, Some((i, 4))), of(Some(0.1), Some((i, 4))));
            assert!((2_350..2_650).contains(&shard) && (200..300).contains(&both), "{shard} {both}");
        }
        assert_eq!(of(Some(1.0), None), 10_000);
    }
}
