//! A run that is killed at any moment and gone on with ends with the bytes of one that went through.

use super::{articles, command, ends};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// A random number below `n`; where it fails, the moments do not matter enough to be told.
fn random(n: u64) -> u64 {
    use std::hash::{BuildHasher, RandomState};
    RandomState::new().hash_one(SystemTime::now()) % n
}

/// All files at or below a path, with their bytes.
fn files(path: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(path).into_iter().map(|e| e.unwrap());
    entries
        .filter(|e| e.file_type().is_file())
        .map(|e| (e.path().strip_prefix(path).unwrap().to_owned(), std::fs::read(e.path()).unwrap()))
        .collect()
}

fn killed(out: &str, more: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("in.jsonl"), articles(1_500)).unwrap();
    let call = |out: &'static str, errors: &'static str, resume: bool| {
        let mut args = vec!["extract", "in.jsonl", "-q", "--errors", errors, "-o", out];
        args.extend(resume.then_some(["--resume", "--save-every", "0.02"]).into_iter().flatten());
        args.extend_from_slice(more);
        args
    };
    std::fs::create_dir(at.join("whole")).unwrap();
    std::fs::create_dir(at.join("killed")).unwrap();
    let whole: &'static str = format!("whole/{out}").leak();
    let other: &'static str = format!("killed/{out}").leak();
    let start = Instant::now();
    ends(at, &call(whole, "whole.errors", false), 1);
    let takes = start.elapsed().as_millis() as u64;

    let (mut kills, mut resumed) = (0u64, 0);
    // on a machine that grew busy since, a run may take long to save at all: then it is given more time
    while kills < 20 || resumed == 0 && kills < 200 {
        let mut child = command(at, &call(other, "killed.errors", true)).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(random(takes / 3 + 1) * (1 + kills / 20)));
        let early = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        if early {
            kills += 1;
            resumed += u32::from(at.join(format!("{other}.resume")).exists());
        } else {
            // it was done: the next begins anew
            assert!(files(&at.join(whole)) == files(&at.join(other)), "killed {kills} times");
        }
    }
    assert!(resumed > 0, "no kill met a run that had saved");
    ends(at, &call(other, "killed.errors", true), 1);
    assert!(
        files(&at.join(whole)) == files(&at.join(other)),
        "killed {kills} times, {resumed} of them gone on with"
    );
    assert!(files(&at.join("whole.errors")) == files(&at.join("killed.errors")));
    let left: Vec<_> =
        std::fs::read_dir(at.join("killed")).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, [out], "nothing else is left");
}

/// Who asks a run to end, by whichever signal, gets one that is saved and gone on with.
#[test]
#[cfg(unix)]
fn a_run_that_is_asked_to_end_is_saved() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("in.jsonl"), articles(1_500)).unwrap();
    let start = Instant::now();
    ends(at, &["extract", "in.jsonl", "-q", "-o", "whole.jsonl"], 1);
    let takes = start.elapsed();
    for signal in ["TERM", "INT"] {
        let asked = (0..50).any(|_| {
            let child = command(at, &["extract", "in.jsonl", "-q", "-o", "out.jsonl"])
                .stderr(std::process::Stdio::piped())
                .spawn()
                .unwrap();
            std::thread::sleep(takes / 3);
            let id = child.id().to_string();
            std::process::Command::new("kill").args(["-s", signal, &id]).status().unwrap();
            let output = child.wait_with_output().unwrap();
            let told = String::from_utf8(output.stderr).unwrap();
            // it may have been done before, or not have begun
            output.status.code() == Some(130)
                && told.contains("interrupted; the same call with --resume goes on from here")
                && at.join("out.jsonl.resume").exists()
        });
        assert!(asked, "SIG{signal} met no run");
        ends(at, &["extract", "in.jsonl", "-q", "-o", "out.jsonl", "--resume"], 1);
        let read = |name: &str| std::fs::read(at.join(name)).unwrap();
        assert!(read("out.jsonl") == read("whole.jsonl"), "SIG{signal}");
    }
}

/// Of two runs that write to one place the later has it, and the earlier is told.
#[test]
#[cfg(unix)]
fn two_runs_do_not_write_into_one_file() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("b.jsonl"), "{\"id\":\"b\",\"text\":\"Rain fell on 12 people.\"}\n").unwrap();
    // a pipe keeps the first at work for as long as it takes
    let mut first = command(at, &["extract", "-", "-o", "out.jsonl", "--from", "jsonl"])
        .stdin(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let begun = Instant::now();
    while !at.join("out.jsonl.part").exists() {
        assert!(begun.elapsed() < Duration::from_secs(60));
        std::thread::sleep(Duration::from_millis(5));
    }
    ends(at, &["extract", "b.jsonl", "-q", "-o", "out.jsonl"], 0);
    let second = std::fs::read(at.join("out.jsonl")).unwrap();
    std::io::Write::write_all(&mut first.stdin.take().unwrap(), articles(3).as_bytes()).unwrap();
    let output = first.wait_with_output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("another run writes to") && told.contains("try another place"), "{told}");
    assert_eq!(std::fs::read(at.join("out.jsonl")).unwrap(), second);
    assert_eq!(std::fs::read_dir(at).unwrap().count(), 2);
}

#[test]
fn killed_jsonl() {
    killed("out.jsonl", &[]);
}

#[test]
fn killed_jsonl_gz() {
    // what came before must be known again to leave copies out
    killed("out.jsonl.gz", &["--skip-duplicates", "--sample", "0.9"]);
}

#[test]
fn killed_parquet() {
    killed("out", &["--to", "parquet"]);
}

#[test]
fn killed_nested() {
    killed("out.parquet", &[]);
}

#[test]
#[cfg(unix)]
fn an_interrupt_is_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("in.jsonl"), articles(3_000)).unwrap();
    ends(at, &["extract", "in.jsonl", "-q", "-o", "whole.jsonl"], 1);
    let child = command(at, &["extract", "in.jsonl", "-q", "-o", "out.jsonl"]).spawn().unwrap();
    while !at.join("out.jsonl.part").exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    std::thread::sleep(Duration::from_millis(100));
    let told = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(told.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130));
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.ends_with("interrupted; the same call with --resume goes on from here\n"), "{told}");
    assert!(!at.join("out.jsonl").exists() && at.join("out.jsonl.resume").exists());
    // under another version, other rules, other options or other inputs there is no going on
    let call = ["extract", "in.jsonl", "-q", "-o", "out.jsonl", "--resume"];
    let refused = |more: &[&str], why: &str| {
        let output = ends(at, &[&call, more].concat(), 2);
        let told = String::from_utf8_lossy(&output.stderr);
        let remedy = "; begin anew without --resume, or leave it to a call like the first\n";
        assert!(told.contains(why) && told.ends_with(remedy), "{told}");
    };
    std::fs::create_dir(at.join("rules")).unwrap();
    std::fs::write(at.join("rules/cues.toml"), "[[cue]]\nid = \"thunder\"\nframes = [\"quote\"]\n").unwrap();
    refused(&["--rules", "rules"], "was left by onrecord");
    refused(&["--only", "claims"], "was left by a call with other options");
    let state = std::fs::read_to_string(at.join("out.jsonl.resume")).unwrap();
    let version = env!("CARGO_PKG_VERSION");
    std::fs::write(at.join("out.jsonl.resume"), state.replace(version, "9.9.9")).unwrap();
    let (_, digest) = state.split_once(version).unwrap();
    let digest = digest.split('"').next().unwrap();
    refused(&[], &format!("was left by onrecord 9.9.9{digest}, and this is {version}{digest}; begin"));
    std::fs::write(at.join("out.jsonl.resume"), "{").unwrap();
    refused(&[], "is no state of a run");
    std::fs::write(at.join("out.jsonl.resume"), b"\xFF").unwrap();
    let told = String::from_utf8(ends(at, &call, 2).stderr).unwrap();
    assert!(
        told.ends_with("cannot be read (is not UTF-8; save it as UTF-8); begin anew without --resume\n"),
        "{told}"
    );
    std::fs::write(at.join("out.jsonl.resume"), &state).unwrap();
    let input = std::fs::read_to_string(at.join("in.jsonl")).unwrap();
    std::fs::write(at.join("in.jsonl"), &input[..input.len() - 1]).unwrap();
    refused(&[], "was left by a call with other inputs, or they have changed");
    std::fs::write(at.join("in.jsonl"), &input).unwrap();
    let part = std::fs::read(at.join("out.jsonl.part")).unwrap();
    std::fs::write(at.join("out.jsonl.part"), &part[..1]).unwrap();
    let told = String::from_utf8(ends(at, &call, 2).stderr).unwrap();
    assert!(told.ends_with("; what was saved of it is not all there: run without --resume\n"), "{told}");
    std::fs::write(at.join("out.jsonl.part"), &part).unwrap();
    ends(at, &call, 1);
    assert!(std::fs::read(at.join("out.jsonl")).unwrap() == std::fs::read(at.join("whole.jsonl")).unwrap());
    assert!(!at.join("out.jsonl.resume").exists() && !at.join("out.jsonl.part").exists());
}

#[test]
#[cfg(unix)]
fn an_interrupt_of_what_cannot_be_gone_on_with_leaves_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("in.jsonl"), articles(3_000)).unwrap();
    let child = command(at, &["extract", "in.jsonl", "-q", "-o", "out.json"]).spawn().unwrap();
    while !at.join("out.json.part").exists() {
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(
        std::process::Command::new("kill")
            .args(["-INT", &child.id().to_string()])
            .status()
            .unwrap()
            .success()
    );
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(std::fs::read_dir(at).unwrap().count(), 1);
}
