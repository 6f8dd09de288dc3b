//! How fast each room reads the corpus, beside `split_word_bound_indices` over the same text.
//!
//! `cargo bench` prints the table; `cargo bench -- --seconds 20` takes longer and is steadier, `-- --threads` adds how
//! much faster two threads are than one. For a profiler or an instruction counter (`benches/instructions`), which prints
//! nothing: `-- --load` reads nothing, `-- --once` reads the corpus once, and `-- --counted` reads it twice, the second
//! time within [`counted`].
//!
//! Every round runs all rooms over the whole corpus, one after another, so that a busy machine slows all of them alike;
//! of each room and article the fastest round counts, which other work on the machine has disturbed least. The last
//! column is what the reader of a table on another machine needs: the speed as a share of that of Unicode word
//! boundaries in the same run.

#![allow(clippy::print_stdout, reason = "it is a command that prints a table")]

#[path = "shared/articles.rs"]
mod articles;
#[path = "shared/rooms.rs"]
mod rooms;

use onrecord::{Article, Lexicon, Pipeline};
use rayon::prelude::*;
use rooms::{Observer, ROOMS};
use std::hint::black_box;
use std::time::{Duration, Instant};
use unicode_segmentation::UnicodeSegmentation;

const DEFAULT_SECONDS: f64 = 5.0;
/// The rows after those of the rooms.
const WHOLE: [&str; 3] = ["whole pipeline", "whole pipeline, to JSON", "split_word_bound_indices"];
const ROWS: usize = ROOMS.len() + WHOLE.len();
const BASELINE: usize = ROWS - 1;

/// The time that each row took over an article.
type Times = [Duration; ROWS];

struct Clock(Times);

impl Observer for Clock {
    fn step<T>(&mut self, room: usize, step: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let result = black_box(step());
        self.0[room] += start.elapsed();
        result
    }
}

/// Walks all rooms over all articles: what an instruction counter counts.
#[inline(never)]
fn counted(articles: &[Article], lexicon: &Lexicon) {
    for article in articles {
        black_box(rooms::walk(article, lexicon, &mut Clock(Times::default())));
    }
}

/// The same of the baseline.
#[inline(never)]
fn baseline(articles: &[Article]) {
    for article in articles {
        black_box(word_bounds(article));
    }
}

fn word_bounds(article: &Article) -> usize {
    article.text.split_word_bound_indices().map(|(i, _)| i).sum()
}

/// The fastest time of each row, over each article.
fn fastest(articles: &[Article], pipeline: &Pipeline, seconds: f64) -> (Vec<Times>, u32) {
    let mut best = vec![[Duration::MAX; ROWS]; articles.len()];
    let (start, mut rounds) = (Instant::now(), 0);
    while rounds < 3 || start.elapsed().as_secs_f64() < seconds {
        // walks apart, so that each meets the caches as a run over many articles does
        for (best, article) in best.iter_mut().zip(articles) {
            let mut clock = Clock(Times::default());
            rooms::walk(article, pipeline.lexicon(), &mut clock);
            for (best, t) in best.iter_mut().zip(clock.0).take(ROOMS.len()) {
                *best = t.min(*best);
            }
        }
        let mut row = |row: usize, step: &dyn Fn(&Article)| {
            for (best, article) in best.iter_mut().zip(articles) {
                let start = Instant::now();
                step(article);
                best[row] = best[row].min(start.elapsed());
            }
        };
        row(ROOMS.len(), &|article| drop(black_box(pipeline.run(article))));
        row(ROOMS.len() + 1, &|article| drop(black_box(pipeline.read(article, |record| record.to_json()))));
        row(BASELINE, &|article| {
            black_box(word_bounds(article));
        });
        rounds += 1;
    }
    (best, rounds)
}

/// How many times as fast two threads read as one does: the median of nine pairs.
fn scaling(articles: &[Article], pipeline: &Pipeline) -> f64 {
    // enough work that no thread waits long for the other at the end
    let articles: Vec<&Article> = articles.iter().cycle().take(articles.len() * 40).collect();
    let time = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let start = Instant::now();
        pool.install(|| {
            articles.par_iter().for_each(|a| drop(black_box(pipeline.read(a, |record| record.to_json()))))
        });
        start.elapsed().as_secs_f64()
    };
    let mut times: Vec<f64> = (0..9).map(|_| time(1) / time(2)).collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let has = |name: &str| args.iter().any(|a| a == name);
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1));
    let seconds = value("--seconds").and_then(|s| s.parse().ok()).unwrap_or(DEFAULT_SECONDS);
    let articles = articles::corpus();
    let pipeline = Pipeline::default();
    if has("--load") {
        return;
    }
    if has("--once") {
        articles
            .iter()
            .for_each(|article| drop(black_box(pipeline.read(article, |record| record.to_json()))));
        return;
    }
    if has("--counted") {
        // patterns are compiled when first asked for: not what a byte costs
        articles.iter().for_each(|article| drop(black_box(pipeline.run(article))));
        counted(&articles, pipeline.lexicon());
        baseline(&articles);
        return;
    }
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    let tokens: usize =
        articles.iter().map(|a| rooms::walk(a, pipeline.lexicon(), &mut Clock(Times::default()))).sum();
    let (best, rounds) = fastest(&articles, &pipeline, seconds);
    let total = |row: usize| best.iter().map(|times| times[row]).sum::<Duration>().as_secs_f64();
    let rooms: f64 = (0..ROOMS.len()).map(total).sum();
    println!(
        "{} articles, {:.0} KB, {tokens} tokens, {rounds} rounds, one thread",
        articles.len(),
        bytes as f64 / 1e3
    );
    println!("{:<26} {:>9} {:>9} {:>9} {:>7} {:>9}", "", "MB/s", "ns/byte", "ns/token", "share", "ratio");
    for (row, name) in ROOMS.iter().chain(&WHOLE).enumerate() {
        let seconds = total(row);
        let share =
            if row < ROOMS.len() { format!("{:.1}%", 100.0 * seconds / rooms) } else { String::new() };
        println!(
            "{name:<26} {:>9.1} {:>9.2} {:>9.1} {share:>7} {:>9.3}",
            bytes as f64 / 1e6 / seconds,
            seconds * 1e9 / bytes as f64,
            seconds * 1e9 / tokens as f64,
            total(BASELINE) / seconds
        );
    }
    if has("--threads") {
        println!("two threads read {:.2} times as fast as one", scaling(&articles, &pipeline));
    }
}
