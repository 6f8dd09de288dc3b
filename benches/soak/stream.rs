//! One process for the whole time, reading an endless archive from a pipe as fast as it can.

use crate::feed::Feed;
use crate::ledger::Ledger;
use crate::watch::{self, Samples};
use crate::{MAX_ARTICLE, ONRECORD};
use std::fmt;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Of so many records one is read in full.
const EVERY: u64 = 50;

/// How it went.
pub(crate) struct Streamed {
    ledger: Ledger,
    samples: Samples,
    seconds: f64,
    processor: f64,
    pub(crate) faults: Vec<String>,
}

pub(crate) fn run(end: Instant, threads: u64, seed: u64, texts: &[String]) -> Streamed {
    let start = Instant::now();
    let (threads, most) = (threads.to_string(), MAX_ARTICLE.to_string());
    let mut child = Command::new(&*ONRECORD)
        .args(["extract", "-", "--from", "tar", "-q", "--threads", &threads, "--max-article", &most])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program runs");
    let process = child.id();
    let (input, output, told) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
    let ledger = Mutex::new(Ledger::default());
    let done = AtomicBool::new(false);
    let (samples, processor) = std::thread::scope(|scope| {
        let ledger = &ledger;
        scope.spawn(move || records(output.expect("piped"), ledger));
        scope.spawn(move || errors(told.expect("piped"), ledger));
        let done = &done;
        let watcher = scope.spawn(move || watched(process, done));
        let mut feed = Feed::new(seed, texts);
        let mut archive = tar::Builder::new(BufWriter::with_capacity(1 << 16, input.expect("piped")));
        while Instant::now() < end {
            let file = feed.file();
            ledger.lock().expect("no panic").fed(&file);
            let mut header = tar::Header::new_ustar();
            header.set_size(file.bytes.len() as u64);
            header.set_mode(0o644);
            if let Err(e) = archive.append_data(&mut header, &file.name, &*file.bytes) {
                ledger.lock().expect("no panic").faults.push(format!("the program reads no more: {e}"));
                break;
            }
        }
        done.store(true, Ordering::Relaxed);
        let watched = watcher.join().expect("no panic");
        // the archive's end closes the pipe
        let closed = archive.into_inner().and_then(|mut pipe| pipe.flush());
        closed.unwrap_or_else(|e| ledger.lock().expect("no panic").faults.push(format!("no end: {e}")));
        watched
    });
    let status = child.wait().expect("the program ends");
    let mut ledger = ledger.into_inner().expect("no panic");
    ledger.settle();
    let mut faults = std::mem::take(&mut ledger.faults);
    faults.extend(samples.growth());
    faults.extend(ended(status));
    Streamed { ledger, samples, seconds: start.elapsed().as_secs_f64(), processor, faults }
}

/// Some articles fail, so the program ends with 1.
pub(crate) fn ended(status: ExitStatus) -> Option<String> {
    (!matches!(status.code(), Some(0 | 1))).then(|| format!("the program ended with {status}"))
}

fn records(output: impl Read, ledger: &Mutex<Ledger>) {
    let mut lines = BufReader::with_capacity(1 << 16, output);
    let (mut line, mut n) = (String::new(), 0);
    loop {
        line.clear();
        match lines.read_line(&mut line) {
            Ok(0) => return,
            Ok(_) => {}
            Err(e) => {
                return ledger.lock().expect("no panic").faults.push(format!("a record is no text: {e}"));
            }
        }
        n += 1;
        record(&line, n % EVERY == 0, &mut ledger.lock().expect("no panic"));
    }
}

/// Accounts for a line of records; `whole` reads all of it.
pub(crate) fn record(line: &str, whole: bool, ledger: &mut Ledger) {
    // ids of articles that are fed hold nothing that JSON escapes
    let id = line.split_once("\"id\":\"").and_then(|(_, rest)| rest.split('"').next());
    ledger.record(id.unwrap_or(line));
    if whole && let Err(e) = serde_json::from_str::<onrecord::Record>(line) {
        ledger.faults.push(format!("a record that cannot be read back: {e}: {line}"));
    }
}

fn errors(told: impl Read, ledger: &Mutex<Ledger>) {
    for line in BufReader::new(told).lines() {
        let line = line.unwrap_or_else(|e| format!("no text: {e}"));
        let mut ledger = ledger.lock().expect("no panic");
        if ledger.faults.len() > 40 {
            continue;
        }
        // error: FILE:LINE: MESSAGE
        let place = line.strip_prefix("error: ").and_then(|rest| rest.split_once(':'));
        match place {
            Some((file, message)) => {
                let message = message.split_once(": ").filter(|(n, _)| n.parse::<u64>().is_ok());
                let whole = place.map_or("", |(_, m)| m);
                ledger.error(file, message.map_or(whole, |(_, m)| m));
            }
            None => ledger.faults.push(format!("told: {line}")),
        }
    }
}

fn watched(process: u32, done: &AtomicBool) -> (Samples, f64) {
    let (mut samples, mut processor) = (Samples::default(), 0.0);
    while !done.load(Ordering::Relaxed) {
        std::thread::sleep(Duration::from_secs(1));
        samples.0.extend(watch::sample(process));
        processor = watch::seconds(process).unwrap_or(processor);
    }
    (samples, processor)
}

impl fmt::Display for Streamed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "one process, {:.0} seconds, {:.0} of processor time", self.seconds, self.processor)?;
        writeln!(f, "  {}", self.ledger.figures().replace('\n', "\n  "))?;
        write!(f, "  memory and open files at {}", self.samples)
    }
}
