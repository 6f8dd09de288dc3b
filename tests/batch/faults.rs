//! What goes wrong on real disks and in real dumps costs what is lost and nothing else.

use super::{articles, ends, onrecord};
use std::io::Write;

/// The shards of a run, put together, are the whole run, and so are their failures.
#[test]
fn shards_together_are_the_whole() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("in.jsonl"), articles(300)).unwrap();
    let lines = |args: &[&str], errors: &str| {
        let out = ends(at, &[&["extract", "in.jsonl", "-q", "--errors", errors], args].concat(), 1).stdout;
        let text =
            [String::from_utf8(out).unwrap(), std::fs::read_to_string(at.join(errors)).unwrap()].concat();
        let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
        lines.sort();
        lines
    };
    let whole = lines(&[], "e");
    let mut shards: Vec<_> =
        (1..=4).flat_map(|i| lines(&["--shard", &format!("{i}/4")], &format!("e{i}"))).collect();
    shards.sort();
    assert!(whole == shards && whole.len() == 300);
}

/// Whatever is read is there afterwards, by whatever name it is written to.
#[test]
#[cfg(unix)]
fn nothing_that_is_read_is_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let (text, lines) = ("Rain fell on 12 people.", articles(3));
    std::fs::write(at.join("a.txt"), text).unwrap();
    std::fs::write(at.join("a.jsonl"), &lines).unwrap();
    std::fs::write(at.join("o.part"), text).unwrap();
    std::os::unix::fs::symlink("a.jsonl", at.join("link.jsonl")).unwrap();
    std::fs::hard_link(at.join("a.jsonl"), at.join("hard.jsonl")).unwrap();
    let both = "is input and output at once; write to another file, outside the folder that is read";
    let twice = "is written to twice; name another file for each of -o, --errors and --summary";
    let within = "is a folder that is read; write to another, outside of it";
    for (args, want) in [
        (&["extract", "link.jsonl", "-o", "a.jsonl"][..], both),
        (&["extract", "a.jsonl", "-o", "link.jsonl"], both),
        (&["extract", "hard.jsonl", "-o", "./a.jsonl"], both),
        (&["extract", "a.txt", "--errors", "a.txt"], both),
        (&["extract", ".", "--summary", "./a.txt"], both),
        (&["extract", "o.part", "--from", "text", "-o", "o"], both),
        (&["view", "a.txt", "-o", "a.txt"], both),
        (&["report", "link.jsonl", "-o", "a.jsonl"], both),
        (&["extract", "a.txt", "-o", "x", "--errors", "x"], twice),
        (&["extract", "a.txt", "-o", "x", "--summary", "./x"], twice),
        (&["extract", "a.txt", "--errors", "x", "--summary", "x"], twice),
        (&["extract", "a.txt", "-o", "x", "--errors", "x.part"], twice),
        (&["extract", "a.jsonl", "-o", ".", "--to", "brat"], within),
        (&["extract", ".", "-o", ".", "--to", "brat"], within),
    ] {
        let told = String::from_utf8(ends(at, args, 2).stderr).unwrap();
        assert!(told.contains(want), "{args:?}: {told}");
        assert_eq!(std::fs::read_to_string(at.join("a.txt")).unwrap(), text, "{args:?}");
        assert_eq!(std::fs::read_to_string(at.join("a.jsonl")).unwrap(), lines, "{args:?}");
        assert_eq!(std::fs::read_dir(at).unwrap().count(), 5, "{args:?}");
    }
    // a device takes all of it
    ends(at, &["extract", "a.txt", "-o", "/dev/null", "--errors", "/dev/null", "--summary", "/dev/null"], 0);
}

#[test]
#[cfg(unix)]
fn an_unreadable_file_in_the_middle_of_a_folder_is_told() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::create_dir(at.join("in")).unwrap();
    for name in ["a", "b", "c"] {
        std::fs::write(at.join(format!("in/{name}.txt")), "Rain fell.").unwrap();
    }
    std::fs::set_permissions(at.join("in/b.txt"), std::fs::Permissions::from_mode(0o0)).unwrap();
    symlink("nowhere", at.join("in/d.txt")).unwrap();
    let output = onrecord(at, &["extract", "in", "-q"]);
    // root may read whatever its mode says
    let readable = std::fs::read(at.join("in/b.txt")).is_ok();
    assert_eq!(output.status.code(), Some(1));
    let records = output.stdout.iter().filter(|b| **b == b'\n').count();
    assert_eq!(records, if readable { 3 } else { 2 });
    let told = String::from_utf8(output.stderr).unwrap();
    let refused = "in/b.txt: cannot be read (Permission denied (os error 13)); give yourself the right to read it: chmod u+r";
    assert!(told.contains("in/d.txt") && (readable || told.contains(refused)), "{told}");
    // a folder that holds itself is gone through once
    std::fs::create_dir(at.join("loop")).unwrap();
    symlink(".", at.join("loop/back")).unwrap();
    let told = String::from_utf8(onrecord(at, &["extract", "loop", "-q"]).stderr).unwrap();
    let looped = "error: loop/back: cannot be looked into (File system loop found: loop/back points to an ancestor loop); \
                  the rest goes on\n";
    assert!(told.starts_with(looped), "{told}");
    // nothing is written where one may not
    std::fs::create_dir(at.join("shut")).unwrap();
    std::fs::set_permissions(at.join("shut"), std::fs::Permissions::from_mode(0o555)).unwrap();
    let output = onrecord(at, &["extract", "in/a.txt", "-q", "-o", "shut/a.jsonl"]);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(readable || told.ends_with("; choose a place where you may write\n"), "{told}");
}

fn packed(name: &str, bytes: &[u8]) -> Vec<u8> {
    if name.ends_with(".gz") {
        let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    } else {
        zstd::encode_all(bytes, 1).unwrap()
    }
}

/// Compressed files cut short and damaged in the middle: each good article before is on record once, the file is told
/// with its reason, and the file after it is read.
#[test]
fn damaged_compressed_files_cost_what_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let lines: String = (0..30_000_u64)
        .map(|i| format!("{{\"id\": \"{i}\", \"text\": \"Rain fell on day {}.\"}}\n", i * i))
        .collect();
    std::fs::write(at.join("z.txt"), "Snow fell.").unwrap();
    for name in ["a.jsonl.gz", "a.jsonl.zst"] {
        let whole = packed(name, lines.as_bytes());
        let mut damaged = whole.clone();
        let middle = damaged.len() * 4 / 5;
        damaged[middle..middle + 60].iter_mut().for_each(|b| *b ^= 0x5A);
        for bytes in [&whole[..whole.len() * 9 / 10], &damaged] {
            std::fs::write(at.join(name), bytes).unwrap();
            let output = ends(at, &["extract", name, "z.txt", "-q", "--errors", "errors.jsonl"], 1);
            let ids: Vec<String> = String::from_utf8(output.stdout)
                .unwrap()
                .lines()
                .map(|line| {
                    serde_json::from_str::<serde_json::Value>(line).unwrap()["id"]
                        .as_str()
                        .unwrap()
                        .to_owned()
                })
                .collect();
            let (last, before) = ids.split_last().unwrap();
            assert_eq!(last, "z");
            assert!(before.len() > 100 && before.len() < 30_000, "{name}: {}", before.len());
            assert!(before.iter().enumerate().all(|(i, id)| *id == i.to_string()), "{name}");
            let errors = std::fs::read_to_string(at.join("errors.jsonl")).unwrap();
            let error: serde_json::Value = serde_json::from_str(errors.lines().last().unwrap()).unwrap();
            assert_eq!(error["file"], *name);
            assert!(error["error"].as_str().unwrap().contains("fetch or make it again"), "{error}");
        }
    }
}

/// A gigabyte of one letter in a megabyte is refused within the memory of any other run.
#[test]
#[cfg(target_os = "linux")]
fn a_gzip_bomb_is_refused_in_little_memory() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut bomb = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let chunk = vec![b'a'; 1 << 20];
    (0..1024).for_each(|_| bomb.write_all(&chunk).unwrap());
    let bomb = bomb.finish().unwrap();
    for name in ["a.txt.gz", "b.jsonl.gz"] {
        std::fs::write(at.join(name), &bomb).unwrap();
    }
    std::fs::write(at.join("c.txt"), "Rain fell.").unwrap();
    let call = format!("ulimit -v 700000; exec {} extract . -q --threads 2", super::ONRECORD);
    let output = std::process::Command::new("bash").args(["-c", &call]).current_dir(at).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(1), "{told}");
    assert_eq!(
        told.matches("the article is longer than 16777216 bytes; raise --max-article").count(),
        2,
        "{told}"
    );
    assert_eq!(output.stdout.iter().filter(|b| **b == b'\n').count(), 1);
}

/// A disk that is full says so; with room, the run goes on and ends with the bytes of one that was never stopped.
#[test]
#[cfg(target_os = "linux")]
#[allow(clippy::print_stderr)]
fn a_full_disk_is_told_and_gone_on_with() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::write(at.join("in.jsonl"), articles(600)).unwrap();
    std::fs::create_dir(at.join("small")).unwrap();
    let mount = |options: &str| {
        let small = at.join("small");
        let call = ["-t", "tmpfs", "-o", options, "tmpfs"];
        std::process::Command::new("mount").args(call).arg(small).output().is_ok_and(|o| o.status.success())
    };
    if !mount("size=3m") {
        eprintln!("skipped: no small file system can be mounted here");
        return;
    }
    let done = std::panic::catch_unwind(|| {
        for (out, more) in [
            ("out.jsonl", &[][..]),
            ("out.jsonl.zst", &[]),
            ("tables", &["--to", "parquet"]),
            ("out.parquet", &[]),
        ] {
            let whole = at.join(out);
            ends(at, &[&["extract", "in.jsonl", "-q", "-o", out], more].concat(), 1);
            let small = format!("small/{out}");
            let filler = at.join("small/filler");
            let size = walkdir::WalkDir::new(&whole)
                .into_iter()
                .map(|e| e.unwrap().metadata().unwrap().len())
                .sum::<u64>();
            std::fs::write(&filler, vec![0; (3 << 20) - (size / 2).min(1 << 20) as usize]).unwrap();
            let call =
                [&["extract", "in.jsonl", "-q", "-o", &small, "--resume", "--save-every", "0.01"], more]
                    .concat();
            let told = String::from_utf8(ends(at, &call, 2).stderr).unwrap();
            let remedy = "; free some space, or write elsewhere; what was written to -o OUT can be gone on with by --resume";
            assert!(told.contains("No space left") && told.contains(remedy), "{out}: {told}");
            assert!(!at.join(&small).exists());
            std::fs::remove_file(&filler).unwrap();
            assert!(mount("remount,size=60m"));
            ends(at, &call, 1);
            let same = std::process::Command::new("diff")
                .arg("-r")
                .arg(&whole)
                .arg(at.join(&small))
                .status()
                .unwrap();
            assert!(same.success(), "{out}");
            std::process::Command::new("rm").arg("-r").arg(at.join(&small)).status().unwrap();
            assert!(mount("remount,size=3m"));
        }
    });
    std::process::Command::new("umount").arg(at.join("small")).status().unwrap();
    done.unwrap();
}

#[test]
fn other_encodings_and_broken_rows_are_read_or_told() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let csv = b"id,text\n1,\"Caf\xE9 \x93Orla\x94 closed.\"\n2,\"Rain \"fell\".\"\n3,\"Snow fell.\"\n";
    std::fs::write(at.join("a.csv"), csv).unwrap();
    let output = ends(at, &["extract", "a.csv", "-q", "--encoding", "windows-1252", "--with-text"], 1);
    let records = String::from_utf8(output.stdout).unwrap();
    assert!(
        records.contains("\"text\":\"Café “Orla” closed.\"") && records.lines().count() == 2,
        "{records}"
    );
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(told.lines().count(), 1);
    assert!(told.starts_with("error: a.csv:3: broken CSV: a quote stands within a quoted field"), "{told}");
    let output = ends(at, &["extract", "a.csv", "-q"], 1);
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.starts_with("error: a.csv:2: is not UTF-8") && told.contains("--encoding windows-1252"),
        "{told}"
    );
}
