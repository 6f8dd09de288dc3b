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

fn told(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).unwrap()
}

/// Whoever interrupts is told what became of the output, and the code is that of the signal.
#[cfg(unix)]
#[test]
fn an_interrupt_is_told() {
    let folder = tempfile::tempdir().unwrap();
    for (args, message) in [
        (&["extract", "-", "-o", "out.json"][..], "interrupted; what was not finished is removed\n"),
        (&["view", "-", "-o", "out.html"], "interrupted; no page is written\n"),
        (&["explain", "-"], "interrupted; what was neither finished nor saved is removed\n"),
    ] {
        let mut child = Command::new(ONRECORD)
            .args(args)
            .current_dir(folder.path())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::thread::sleep(std::time::Duration::from_secs(2));
        let killed = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        assert!(killed.success());
        std::thread::sleep(std::time::Duration::from_millis(300));
        drop(child.stdin.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(130), "{args:?}: {}", told(&output));
        assert_eq!(told(&output), message, "{args:?}");
        assert!(std::fs::read_dir(folder.path()).unwrap().next().is_none(), "{args:?}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let output = Command::new(ONRECORD).arg("schema").stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let want = "error: the output cannot be written (No space left on device (os error 28)); free some space, or write \
                elsewhere; what was written to -o OUT can be gone on with by --resume\n";
    assert_eq!(told(&output), want);
}

/// A page whose elements hold one another by the thousand, and one in an encoding that is not undone.
#[test]
fn pages_that_cannot_be_read_are_told() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("deep.html"), "<div>".repeat(100_000)).unwrap();
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\n\r\n\x8B\xFF\xFE";
    let mut archive = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:5f0b2d6e-6f0c-4a57-9e4b-1c8e2f1d0a11>\r\n\
         WARC-Date: 2026-01-01T00:00:00Z\r\nContent-Length: {}\r\n\r\n",
        head.len()
    )
    .into_bytes();
    archive.extend_from_slice(head);
    archive.extend_from_slice(b"\r\n\r\n");
    std::fs::write(folder.path().join("packed.warc"), archive).unwrap();
    for (name, message) in [
        ("deep.html", " elements in one another, as no article's has; leave it out\n"),
        ("packed.warc", "the page is compressed by brotli; let the crawler unpack what it keeps\n"),
    ] {
        let output = onrecord(folder.path(), &["extract", name, "-q"].map(str::to_owned), "");
        assert_eq!(output.status.code(), Some(1));
        assert!(told(&output).ends_with(message), "{}", told(&output));
    }
}

/// What `explain` says of readings that nearly were, in the sample articles.
#[test]
fn explain_says_why_not() {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    for (name, why) in [
        ("01-coalition-falls-karvonia.txt", ": an attribution around it says the same"),
        ("23-ferry-strike.txt", ": what it says is another's, by cue-that, "),
        ("21-breach-statement.txt", "no speaker: 2 candidates, none likely enough: "),
        ("15-interview-glaciologist.txt", "no speaker: one candidate, not likely enough: "),
    ] {
        let output = onrecord(&corpus, &["explain", name, "--all"].map(str::to_owned), "");
        assert!(String::from_utf8_lossy(&output.stdout).contains(why), "{name}: {why}");
    }
}
