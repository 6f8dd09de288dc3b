//! Long runs as they go in earnest: killed, interrupted, gone on with, fed with damaged files, short of space; and what
//! other tools read of what is written.

mod crawl;
mod faults;
mod python;
mod resume;
mod tables;

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

const ONRECORD: &str = env!("CARGO_BIN_EXE_onrecord");

fn command(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(ONRECORD);
    command.args(args).current_dir(folder).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn onrecord(folder: &Path, args: &[&str]) -> Output {
    command(folder, args).output().unwrap()
}

/// Runs it, and fails unless it ends with this code.
fn ends(folder: &Path, args: &[&str], code: i32) -> Output {
    let output = onrecord(folder, args);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {told}");
    output
}

/// Articles as JSON lines, `n` of them, of paragraphs of the corpus; every seventeenth is broken, every eleventh a copy
/// of another.
fn articles(n: usize) -> String {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let mut paths: Vec<_> = std::fs::read_dir(corpus).unwrap().map(|e| e.unwrap().path()).collect();
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let texts: Vec<_> = paths.iter().map(|p| std::fs::read_to_string(p).unwrap()).collect();
    let paragraphs: Vec<_> = texts.iter().flat_map(|t| t.split("\n\n")).filter(|p| p.len() > 100).collect();
    let mut lines = String::new();
    for i in 0..n {
        if i % 17 == 3 {
            let _ = writeln!(lines, "{{\"id\": \"{i}\", \"words\": 1}}");
            continue;
        }
        let mut state = (if i % 11 == 7 { i - 5 } else { i }) as u64;
        let mut next = || {
            // Knuth's linear congruential generator
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            paragraphs[(state >> 33) as usize % paragraphs.len()]
        };
        let text = (0..12).map(|_| next()).collect::<Vec<_>>().join("\n\n");
        let article =
            serde_json::json!({"id": i.to_string(), "text": text, "publisher": format!("Post {}", i % 5)});
        let _ = writeln!(lines, "{article}");
    }
    lines
}
