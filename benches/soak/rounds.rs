//! Round after round, a folder of files is read by a process that is killed at random moments and gone on with, until it
//! is through.

use crate::feed::Feed;
use crate::ledger::Ledger;
use crate::{MAX_ARTICLE, ONRECORD, stream, watch};
use std::fmt;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Files of a round's folder.
const FILES: usize = 80;
/// So many files may be open at once: standard streams, output, errors, the input at work, what the runtime holds.
const MOST_OPEN: u64 = 24;

/// How they went.
#[derive(Default)]
pub(crate) struct Rounds {
    rounds: u64,
    kills: u64,
    resumed: u64,
    open: u64,
    ledger: Ledger,
    pub(crate) faults: Vec<String>,
}

pub(crate) fn run(end: Instant, seed: u64, texts: &[String]) -> Rounds {
    let mut rounds = Rounds::default();
    let mut feed = Feed::new(seed, texts);
    while Instant::now() < end && rounds.faults.is_empty() {
        rounds.round(&mut feed);
    }
    if rounds.open > MOST_OPEN {
        rounds.faults.push(format!("{} files were open at once, of {FILES} read one by one", rounds.open));
    }
    rounds
}

impl Rounds {
    fn round(&mut self, feed: &mut Feed) {
        self.rounds += 1;
        let folder = tempfile::tempdir().expect("a folder");
        let at = folder.path();
        std::fs::create_dir(at.join("in")).expect("a folder");
        for i in 0..FILES {
            let file = if i % 20 == 7 { feed.missing() } else { feed.file() };
            self.ledger.fed(&file);
            let path = at.join("in").join(&file.name);
            match i % 40 {
                // a link to nowhere
                7 => std::os::unix::fs::symlink("nowhere", path),
                // an empty file, or one with its articles
                _ => std::fs::write(path, &file.bytes),
            }
            .expect("a file");
        }
        for _ in 0..feed.below(5) {
            self.killed(at, feed);
        }
        let mut child = command(at).spawn().expect("the program runs");
        while child.try_wait().expect("a child").is_none() {
            self.open = self.open.max(watch::sample(child.id()).map_or(0, |s| s.files));
            std::thread::sleep(Duration::from_millis(50));
        }
        self.faults.extend(stream::ended(child.wait().expect("it ended")));
        self.account(at);
    }

    /// Begins or goes on, and is killed.
    fn killed(&mut self, at: &Path, feed: &mut Feed) {
        let mut child = command(at).spawn().expect("the program runs");
        std::thread::sleep(Duration::from_millis(20 + feed.below(1500) as u64));
        let early = child.try_wait().expect("a child").is_none();
        child.kill().expect("a child");
        child.wait().expect("it ended");
        self.kills += u64::from(early);
        self.resumed += u64::from(early && at.join("out.jsonl.resume").exists());
    }

    fn account(&mut self, at: &Path) {
        let read = |name: &str| std::fs::read_to_string(at.join(name)).unwrap_or_default();
        for (n, line) in read("out.jsonl").lines().enumerate() {
            stream::record(line, n % 50 == 0, &mut self.ledger);
        }
        for line in read("errors.jsonl").lines() {
            let error: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
            let field = |key: &str| error[key].as_str().unwrap_or_default().to_owned();
            self.ledger.error(&field("file"), &field("error"));
        }
        self.ledger.settle();
        self.faults.append(&mut self.ledger.faults);
    }
}

fn command(at: &Path) -> Command {
    let most = MAX_ARTICLE.to_string();
    let mut command = Command::new(&*ONRECORD);
    command.args(["extract", "in", "-q", "-o", "out.jsonl", "--errors", "errors.jsonl", "--threads", "1"]);
    command.args(["--resume", "--save-every", "0.05", "--max-article", &most]).current_dir(at);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

impl fmt::Display for Rounds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { rounds, kills, resumed, open, ledger, .. } = self;
        writeln!(
            f,
            "{rounds} folders, {kills} kills, {resumed} of them gone on with, at most {open} files open"
        )?;
        write!(f, "  {}", ledger.figures().replace('\n', "\n  "))
    }
}
