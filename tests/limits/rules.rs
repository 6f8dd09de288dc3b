//! The limits of rules and of other files that are read whole.

use super::onrecord;
use std::path::Path;

const RULES: usize = 8 << 20;

fn told(folder: &Path, args: &[&str]) -> (Option<i32>, String) {
    let output = onrecord(folder, args);
    let text = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8_lossy(&text).chars().take(2_000).collect())
}

#[test]
fn files_of_rules_have_a_length() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::create_dir(at.join("rules")).unwrap();
    std::fs::write(at.join("a.txt"), "Rain fell, Ana Brandt said.").unwrap();
    let file = at.join("rules/lists.toml");
    std::fs::write(&file, "#".repeat(RULES)).unwrap();
    let (code, text) = told(at, &["extract", "a.txt", "--rules", "rules", "-q"]);
    assert_eq!(code, Some(0), "{text}");
    std::fs::write(&file, "#".repeat(RULES + 1)).unwrap();
    for args in [&["extract", "a.txt", "--rules", "rules", "-q"][..], &["rules", "check", "rules"]] {
        let (code, text) = told(at, args);
        assert!(
            code != Some(0)
                && text.contains(&format!("is longer than {RULES} bytes; split it or leave things out")),
            "{text}"
        );
    }
}

#[test]
fn rules_may_be_nested_without_end() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::create_dir(at.join("rules")).unwrap();
    std::fs::write(at.join("a.txt"), "Rain fell, Ana Brandt said.").unwrap();
    for deep in [
        format!("x = {}", "[".repeat(200_000)),
        format!("x = {}", "{a=".repeat(200_000)),
        format!("[{}a]\nb = 1", "a.".repeat(200_000)),
        format!("{}a = 1", "a.".repeat(200_000)),
    ] {
        std::fs::write(at.join("rules/lists.toml"), &deep).unwrap();
        std::fs::write(at.join("a.expect.toml"), &deep).unwrap();
        for args in [
            &["extract", "a.txt", "--rules", "rules", "-q"][..],
            &["rules", "check", "rules"],
            &["check", "a.txt", "-q"],
        ] {
            let (code, text) = told(at, args);
            assert!(matches!(code, Some(1 | 2)), "{code:?} {args:?}: {text}");
        }
    }
}

#[test]
fn patterns_have_a_length_and_a_size() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::create_dir(at.join("rules")).unwrap();
    std::fs::write(at.join("a.txt"), "Rain fell, Ana Brandt said.").unwrap();
    let with = |pattern: &str| {
        let text = format!("[[line]]\nid = \"x\"\npatterns = ['{pattern}']\n");
        std::fs::write(at.join("rules/boilerplate.toml"), text).unwrap();
        told(at, &["extract", "a.txt", "--rules", "rules", "-q"])
    };
    assert_eq!(with(&"a".repeat(1_000)).0, Some(0));
    for (pattern, what) in [
        ("a".repeat(1_007), "it is longer than 1000 bytes; part it"),
        ("(?:[a-z]{99}){999}".to_owned(), "size limit"),
        (format!("{}a{}", "(".repeat(400), ")".repeat(400)), "nest"),
        ("[".to_owned(), "unclosed"),
    ] {
        let (code, text) = with(&pattern);
        assert!(code == Some(2) && text.contains("boilerplate.toml:3"), "{text}");
        assert!(text.contains(what), "{text}");
    }
}

/// A pipe in the place of a file would be waited for without end.
#[test]
#[cfg(unix)]
fn what_is_no_plain_file_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    std::fs::create_dir(at.join("rules")).unwrap();
    std::fs::write(at.join("a.txt"), "Rain fell, Ana Brandt said.").unwrap();
    let pipes = ["rules/cues.toml", "a.expect.toml", "a.json", "b.txt"];
    let made = std::process::Command::new("mkfifo").args(pipes).current_dir(at).status().unwrap();
    assert!(made.success());
    for args in [&["extract", "a.txt", "--rules", "rules", "-q"][..], &["rules", "check", "rules"]] {
        let (code, text) = told(at, args);
        assert!(
            matches!(code, Some(1 | 2)) && text.contains("is no plain file; name one"),
            "{code:?} {args:?}: {text}"
        );
    }
    let (code, text) = told(at, &["check", ".", "-q"]);
    assert!(matches!(code, Some(1 | 2)), "{code:?}: {text}");
}
