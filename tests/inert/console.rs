//! What is shown on a terminal: explain, diff, check, rules, and every error that quotes what it is about.

use super::{acts, ends, folder, onrecord};

/// Nothing in it acts, on a terminal or in a log of GitHub Actions.
pub(super) fn check(text: &str, what: &str) {
    assert!(!text.is_empty(), "{what}");
    for line in text.lines() {
        assert!(!line.contains(acts), "{what}: {line:?}");
        assert!(!line.trim_start().starts_with("::") && !line.contains("##["), "{what}: {line:?}");
    }
}

fn told(output: &std::process::Output) -> String {
    String::from_utf8([&*output.stdout, &*output.stderr].concat()).unwrap()
}

#[test]
fn explanations_and_differences_do_not_act() {
    let folder = folder();
    let at = folder.path();
    for args in [&[][..], &["--claims"], &["--all"], &["--tokens"]] {
        let output = ends(at, &[&["explain", "in.jsonl"], args].concat(), 0);
        check(&told(&output), &format!("explain {args:?}"));
    }
    // in colour all escapes are ours
    let coloured = ends(at, &["explain", "in.jsonl", "--color", "always"], 0).stdout;
    let coloured = String::from_utf8(coloured).unwrap();
    assert!(coloured.contains("\u{1b}["));
    for rest in coloured.split('\u{1b}').skip(1) {
        let style = rest.strip_prefix('[').and_then(|r| r.split_once('m')).map(|(style, _)| style);
        assert!(style.is_some_and(|s| s.bytes().all(|b| b.is_ascii_digit() || b == b';')), "{rest:.40}");
    }
    ends(at, &["extract", "in.jsonl", "-q", "--any-language", "-o", "a.jsonl"], 0);
    let changed = super::articles().replace("900", "901").replace("1,200", "1,300").replace("Karl", "Ruth");
    std::fs::write(at.join("in.jsonl"), changed).unwrap();
    ends(at, &["extract", "in.jsonl", "-q", "--any-language", "-o", "b.jsonl"], 0);
    let first: String = std::fs::read_to_string(at.join("a.jsonl")).unwrap();
    let first: Vec<_> = first.lines().skip(3).collect();
    std::fs::write(at.join("a.jsonl"), first.join("\n")).unwrap();
    let output = ends(at, &["diff", "a.jsonl", "b.jsonl", "--samples", "50"], 1);
    check(&told(&output), "diff");
    let json =
        String::from_utf8(ends(at, &["diff", "a.jsonl", "b.jsonl", "--format", "json"], 1).stdout).unwrap();
    assert!(!json.contains(|c: char| c < ' ' && c != '\n'));
    for document in serde_json::Deserializer::from_str(&json).into_iter::<serde_json::Value>() {
        document.unwrap();
    }
}

#[test]
fn errors_quote_and_do_not_act() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    let mut lines = String::new();
    for piece in super::PIECES {
        lines.push_str(&serde_json::json!({"id": piece, "words": 1, *piece: 2}).to_string());
        lines.push('\n');
    }
    std::fs::write(at.join("bad.jsonl"), lines).unwrap();
    let output =
        ends(at, &["extract", "bad.jsonl", "-q", "--errors", "errors.jsonl", "--max-errors", "999"], 1);
    let errors = std::fs::read_to_string(at.join("errors.jsonl")).unwrap();
    assert_eq!(errors.lines().count(), super::PIECES.len());
    for line in errors.lines() {
        assert!(!line.contains(|c: char| c < ' '));
        serde_json::from_str::<serde_json::Value>(line).unwrap();
    }
    drop(output);
    check(&told(&onrecord(at, &["extract", "bad.jsonl"])), "extract");
    for args in [&["view", "bad.jsonl", "-o", "x.html"][..], &["diff", "bad.jsonl", "bad.jsonl"]] {
        check(&told(&onrecord(at, args)), &format!("{args:?}"));
    }
    for piece in super::PIECES.iter().filter(|p| !p.contains('\0')) {
        for args in [
            &["extract", piece][..],
            &["extract", "bad.jsonl", "--rules", piece],
            &["check", piece],
            &["rules", "show", piece],
            &["view", piece],
            &["report", "bad.jsonl", "--view", piece],
        ] {
            let output = onrecord(at, args);
            // a usage message of the parser of arguments may quote an argument on lines of its own
            let text = told(&output);
            assert!(!text.contains(acts), "{args:?}: {text:?}");
        }
    }
    std::fs::create_dir(at.join("rules")).unwrap();
    for piece in super::PIECES {
        let key: String =
            piece.chars().flat_map(|c| c.escape_unicode().to_string().chars().collect::<Vec<_>>()).collect();
        // \u{41} is \U00000041 in TOML
        let key = key.replace("\\u{", "\\U").split('}').map(pad).collect::<String>();
        let text =
            format!("\"{key}\" = 1\n[[list]]\nid = \"{key}\"\nclasses = [\"{key}\"]\nwords = \"{key}\"\n");
        std::fs::write(at.join("rules/lists.toml"), &text).unwrap();
        check(&told(&onrecord(at, &["rules", "check", "rules"])), "rules check");
        std::fs::write(at.join("rules/lists.toml"), text.split_once('\n').unwrap().1).unwrap();
        check(&told(&onrecord(at, &["rules", "check", "rules"])), "rules check");
        check(&told(&onrecord(at, &["extract", "bad.jsonl", "--rules", "rules"])), "extract --rules");
    }
}

/// `\U41` as `\U00000041`.
fn pad(escape: &str) -> String {
    escape.strip_prefix("\\U").map_or(String::new(), |hex| format!("\\U{hex:0>8}"))
}

/// Names of files are told as they are, on one line, and nothing in them acts.
#[test]
#[cfg(unix)]
fn names_of_files_do_not_act() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for piece in super::PIECES.iter().filter(|p| !p.contains(['\0', '/'])) {
        std::fs::write(at.join(format!("{piece}.txt")), "").unwrap();
        std::fs::write(at.join(format!("{piece}.jsonl")), "{").unwrap();
    }
    let output = onrecord(at, &["extract", ".", "-q"]);
    let text = told(&output);
    check(&text, "extract");
    assert!(text.lines().all(|line| line.starts_with("error: ")), "{text}");
}
