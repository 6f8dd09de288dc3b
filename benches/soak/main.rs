//! A soak: for a given time the program is fed shuffled, mutated articles with faults among them, at full load, and is
//! watched meanwhile.
//!
//! `just soak` runs it for an hour; `cargo bench --profile quick --bench soak -- --seconds 60` for a minute. One process
//! reads an endless archive from a pipe (`stream.rs`); beside it others read folders, are killed and gone on with
//! (`rounds.rs`). What is fed is made in `feed.rs`, what came of it is counted in `ledger.rs`, memory and open files are
//! read from /proc in `watch.rs`. It fails where memory grows, a file stays open, or an article is not on record
//! exactly once.

mod feed;
mod ledger;
#[allow(dead_code)]
#[path = "../../tests/invariants/mutate.rs"]
mod mutate;
mod rounds;
mod stream;
mod watch;

use std::process::ExitCode;
use std::sync::LazyLock;
use std::time::{Duration, Instant};

/// The program: `--program PATH`, or the one that was built with this.
static ONRECORD: LazyLock<String> =
    LazyLock::new(|| after("--program").unwrap_or_else(|| env!("CARGO_BIN_EXE_onrecord").to_owned()));

/// No article that is longer is read; some that are fed are longer.
const MAX_ARTICLE: usize = 64 << 10;

/// What follows an option.
fn after(name: &str) -> Option<String> {
    std::env::args().skip_while(|a| a != name).nth(1)
}

/// The number that follows an option, or what is meant where it is not given.
fn option(name: &str, default: u64) -> u64 {
    after(name).map_or(default, |n| n.parse().unwrap_or_else(|_| panic!("{name} {n}: not a number")))
}

#[allow(clippy::print_stdout)]
fn main() -> ExitCode {
    let end = Instant::now() + Duration::from_secs(option("--seconds", 60));
    let (threads, seed) = (option("--threads", 2), option("--seed", 1));
    let texts = feed::corpus();
    let (stream, rounds) = std::thread::scope(|scope| {
        let rounds = scope.spawn(|| rounds::run(end, seed + 1, &texts));
        let stream = stream::run(end, threads, seed, &texts);
        (stream, rounds.join().expect("the rounds end"))
    });
    println!("{stream}\n{rounds}");
    let faults: Vec<_> = stream.faults.iter().chain(&rounds.faults).collect();
    for fault in &faults {
        println!("FAULT {fault}");
    }
    println!("{}", if faults.is_empty() { "sound" } else { "not sound" });
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
