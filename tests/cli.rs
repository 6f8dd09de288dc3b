//! The command line, by files: each `tests/cli/NAME.toml` makes a folder of inputs, runs commands in it one after
//! another, and says what they print, with which code they end, and which files they leave.
//!
//! In expected text `[..]` stands for anything within a line, and a line `...` for any lines. What is not said is not
//! looked at. A test never writes its expectations.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const ONRECORD: &str = env!("CARGO_BIN_EXE_onrecord");

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    /// text files that are there before
    #[serde(default)]
    files: BTreeMap<String, String>,
    /// files that are no text
    #[serde(default)]
    bytes: BTreeMap<String, Vec<u8>>,
    run: Vec<Run>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    args: Vec<String>,
    #[serde(default)]
    stdin: String,
    /// variables of the environment; CI is set in none but these
    #[serde(default)]
    env: BTreeMap<String, String>,
    #[serde(default)]
    status: i32,
    stdout: Option<String>,
    stderr: Option<String>,
    /// files that are there after, and what they hold
    #[serde(default)]
    after: BTreeMap<String, String>,
    /// files that are not
    #[serde(default)]
    absent: Vec<String>,
}

fn onrecord(folder: &Path, args: &[String], stdin: &str) -> Output {
    call(folder, args, stdin, &BTreeMap::new())
}

fn call(folder: &Path, args: &[String], stdin: &str, env: &BTreeMap<String, String>) -> Output {
    let mut child = Command::new(ONRECORD)
        .args(args)
        .current_dir(folder)
        .env_remove("CLICOLOR_FORCE")
        .env_remove("CI")
        .envs(env)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // a command that does not read its input may be gone by now
    let _ = child.stdin.take().unwrap().write_all(stdin.as_bytes());
    child.wait_with_output().unwrap()
}

/// Whether a line is as expected, `[..]` standing for anything.
fn line_is(want: &str, got: &str) -> bool {
    let mut parts = want.split("[..]");
    let Some(mut rest) = parts.next().and_then(|first| got.strip_prefix(first)) else { return false };
    let parts: Vec<_> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some(at) = rest.find(part) else { return false };
        rest = &rest[at + part.len()..];
    }
    rest.len() >= last.len() && rest.ends_with(last)
}

/// Whether lines are as expected, a line `...` standing for any lines.
fn lines_are(want: &[&str], got: &[&str]) -> bool {
    match want.split_first() {
        None => got.is_empty(),
        Some((&"...", rest)) => (0..=got.len()).any(|n| lines_are(rest, &got[n..])),
        Some((line, rest)) => {
            got.split_first().is_some_and(|(first, others)| line_is(line, first) && lines_are(rest, others))
        }
    }
}

fn compare(what: &str, want: &str, got: &str) -> Result<(), String> {
    let (lines, found): (Vec<_>, Vec<_>) = (want.lines().collect(), got.lines().collect());
    if lines_are(&lines, &found) {
        Ok(())
    } else {
        Err(format!("{what}\n--- expected\n{want}--- got\n{got}---"))
    }
}

fn run(case: &Case) -> Result<(), String> {
    let folder = tempfile::tempdir().unwrap();
    let texts = case.files.iter().map(|(name, text)| (name, text.as_bytes()));
    for (name, bytes) in texts.chain(case.bytes.iter().map(|(name, bytes)| (name, &bytes[..]))) {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    for step in &case.run {
        let output = call(folder.path(), &step.args, &step.stdin, &step.env);
        let call = step.args.join(" ");
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        if output.status.code() != Some(step.status) {
            return Err(format!("{call}: {}, expected {}\n{out}{err}", output.status, step.status));
        }
        for (what, want, got) in [("stdout", &step.stdout, &out), ("stderr", &step.stderr, &err)] {
            if let Some(want) = want {
                compare(&format!("{call}: {what}"), want, got)?;
            }
        }
        for (name, want) in &step.after {
            let got =
                std::fs::read_to_string(folder.path().join(name)).map_err(|e| format!("{name}: {e}"))?;
            compare(&format!("{call}: {name}"), want, &got)?;
        }
        if let Some(name) = step.absent.iter().find(|name| folder.path().join(name).exists()) {
            return Err(format!("{call}: {name} should not be there"));
        }
    }
    Ok(())
}

#[test]
fn files() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(!paths.is_empty());
    let mut failures = Vec::new();
    for path in paths {
        let text = std::fs::read_to_string(&path).unwrap();
        let case: Case = toml::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", path.display()));
        if let Err(what) = run(&case) {
            failures.push(format!("{}: {what}", path.file_name().unwrap().to_string_lossy()));
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n\n"));
}

/// Articles of many lengths, so that threads finish out of order.
fn articles() -> String {
    let sentence = "“We saw 12 boats,” said Ana Brandt, who runs the ferry. ";
    (0..400)
        .map(|i| format!("{{\"id\": {i}, \"text\": \"{}\"}}\n", sentence.repeat(1 + (i * 37) % 40)))
        .collect()
}

#[test]
fn any_number_of_threads_writes_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let articles = articles();
    let with = |threads: &str| {
        let args = ["extract", "-", "-q", "--threads", threads].map(str::to_owned);
        let output = onrecord(folder.path(), &args, "");
        assert_eq!(output.status.code(), Some(1), "an empty standard input is told");
        std::fs::write(folder.path().join("in.jsonl"), &articles).unwrap();
        let args = ["extract", "in.jsonl", "-q", "--threads", threads].map(str::to_owned);
        onrecord(folder.path(), &args, "").stdout
    };
    let one = with("1");
    assert_eq!(one.iter().filter(|b| **b == b'\n').count(), 400);
    assert!(one == with("2") && one == with("7"));
}

#[test]
fn a_reader_that_has_enough_ends_it_quietly() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("in.jsonl"), articles()).unwrap();
    let mut child = Command::new(ONRECORD)
        .args(["extract", "in.jsonl"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}
