//! What each room allocates: blocks and bytes per article of the corpus, and the most that is held at a time.
//!
//! `cargo bench --bench allocations` prints the table. The counts are the same on every run and machine of one width.

#![allow(clippy::print_stdout, reason = "it is a command that prints a table")]

#[path = "shared/articles.rs"]
mod articles;
#[path = "shared/rooms.rs"]
mod rooms;

use onrecord::Pipeline;
use rooms::{Observer, ROOMS};

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// Blocks and bytes that each room has allocated.
#[derive(Default)]
struct Counter([(u64, u64); ROOMS.len()]);

impl Observer for Counter {
    fn step<T>(&mut self, room: usize, step: impl FnOnce() -> T) -> T {
        let before = dhat::HeapStats::get();
        let result = step();
        let after = dhat::HeapStats::get();
        self.0[room].0 += after.total_blocks - before.total_blocks;
        self.0[room].1 += after.total_bytes - before.total_bytes;
        result
    }
}

fn main() {
    let articles = articles::corpus();
    let pipeline = Pipeline::default();
    // what is made once is not an article's
    articles.iter().for_each(|a| drop(pipeline.run(a)));
    let mut counter = Counter::default();
    let mut most = Vec::new();
    for article in &articles {
        let _profiler = dhat::Profiler::builder().testing().build();
        rooms::walk(article, pipeline.lexicon(), &mut counter);
        most.push(dhat::HeapStats::get().max_bytes as f64 / article.text.len() as f64);
    }
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    println!("{:<26} {:>18} {:>14}", "", "blocks an article", "bytes a byte");
    let row = |name: &str, (blocks, allocated): (u64, u64)| {
        let blocks = blocks as f64 / articles.len() as f64;
        println!("{name:<26} {blocks:>18.1} {:>14.2}", allocated as f64 / bytes as f64);
    };
    ROOMS.iter().zip(counter.0).for_each(|(name, counts)| row(name, counts));
    row("whole", counter.0.iter().fold((0, 0), |sum, c| (sum.0 + c.0, sum.1 + c.1)));
    let mean = most.iter().sum::<f64>() / most.len() as f64;
    println!(
        "held at a time, as a multiple of the text: {mean:.1} in the mean, {:.1} at most",
        most.iter().fold(0.0, |a: f64, &b| a.max(b))
    );
}
