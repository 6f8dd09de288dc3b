//! How a run is divided: over threads, over shards, over calls in any order. The records are the same.

use crate::corpus;
use std::path::Path;
use std::process::Command;

/// The records of a run over files of a folder.
fn run(folder: &Path, args: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    let output = command.args(["extract", "--quiet"]).args(args).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn sorted(records: &[u8]) -> Vec<&[u8]> {
    let mut lines: Vec<&[u8]> = records.split_inclusive(|&b| b == b'\n').collect();
    lines.sort_unstable();
    lines
}

/// A folder with the articles of corpus/, each a file; their names.
fn folder() -> (tempfile::TempDir, Vec<String>) {
    let folder = tempfile::tempdir().unwrap();
    let name = |(name, text): (String, String)| {
        let name = format!("{name}.txt");
        std::fs::write(folder.path().join(&name), text).unwrap();
        name
    };
    let names = corpus().into_iter().map(name).collect();
    (folder, names)
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let (folder, names) = folder();
    let one = run(folder.path(), &[".", "--threads", "1"]);
    assert_eq!(sorted(&one).len(), names.len());
    for threads in ["2", "3", "4", "16"] {
        assert!(
            run(folder.path(), &[".", "--threads", threads]) == one,
            "{threads} threads write other bytes"
        );
    }
}

#[test]
fn shards_joined_are_the_whole_in_its_order() {
    let (folder, _) = folder();
    let whole = run(folder.path(), &["."]);
    for shards in [1, 2, 3, 7, 64] {
        let parts: Vec<Vec<u8>> =
            (1..=shards).map(|i| run(folder.path(), &[".", "--shard", &format!("{i}/{shards}")])).collect();
        let joined = parts.concat();
        assert_eq!(sorted(&joined), sorted(&whole), "{shards} shards");
        // a shard leaves articles out and moves none
        for part in parts {
            let mut all = whole.split_inclusive(|&b| b == b'\n');
            assert!(part.split_inclusive(|&b| b == b'\n').all(|record| all.any(|r| r == record)));
        }
    }
}

#[test]
fn shards_and_threads_commute() {
    let (folder, _) = folder();
    for i in ["1/3", "2/3", "3/3"] {
        let one = run(folder.path(), &[".", "--shard", i, "--threads", "1"]);
        assert!(run(folder.path(), &[".", "--shard", i, "--threads", "4"]) == one, "shard {i}");
    }
}

#[test]
fn any_order_of_files_gives_each_article_the_same_record() {
    let (folder, mut names) = folder();
    let whole = run(folder.path(), &["."]);
    names.reverse();
    let reversed = run(folder.path(), &names.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(sorted(&reversed), sorted(&whole));
    let middle = names.len() / 3;
    names.rotate_left(middle);
    let rotated = run(folder.path(), &names.iter().map(String::as_str).collect::<Vec<_>>());
    assert_eq!(sorted(&rotated), sorted(&whole));
    // and of articles in one file
    let text = |name: &String| std::fs::read_to_string(folder.path().join(name)).unwrap();
    let line = |name: &String| serde_json::json!({"id": name, "text": text(name)}).to_string() + "\n";
    let write = |names: &[String]| {
        std::fs::write(folder.path().join("in.jsonl"), names.iter().map(line).collect::<String>()).unwrap();
        run(folder.path(), &["in.jsonl"])
    };
    let before = write(&names);
    names.sort();
    assert_eq!(sorted(&write(&names)), sorted(&before));
}
