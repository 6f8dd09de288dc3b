//! What goes wrong on real disks and in real dumps costs what is lost and nothing else.

use super::{articles, ends, onrecord};

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
    assert!(told.contains("in/d.txt") && (readable || told.contains("in/b.txt: cannot be read")), "{told}");
}
