//! What machines read: JSON lines, Parquet, JUnit, SARIF, commands of GitHub Actions.

use super::{acts, articles, ends, folder, text};
use serde_json::Value;
use std::path::Path;

#[test]
fn a_record_is_a_line() {
    let folder = folder();
    let lines = articles().lines().count();
    for args in [&[][..], &["--with-text", "--keep", "note"]] {
        let call = [&["extract", "in.jsonl", "-q", "--any-language"], args].concat();
        let out = String::from_utf8(ends(folder.path(), &call, 0).stdout).unwrap();
        assert_eq!(out.lines().count(), lines);
        for (line, article) in out.split_terminator('\n').zip(articles().lines()) {
            assert!(!line.contains(|c: char| c < ' '), "{line}");
            let (record, article): (Value, Value) =
                (serde_json::from_str(line).unwrap(), serde_json::from_str(article).unwrap());
            // an article without an id gets one
            assert!(article["id"] == "" || record["id"] == article["id"]);
            assert!(args.is_empty() || record["text"] == article["text"]);
            assert!(args.is_empty() || record["meta"]["extra"]["note"] == article["note"]);
        }
    }
}

/// Columns hold what stood there, and nothing ends them.
#[test]
fn parquet_holds_what_stood_there() {
    let folder = folder();
    let at = folder.path();
    ends(at, &["extract", "in.jsonl", "-q", "--any-language", "--with-text", "-o", "out.parquet"], 0);
    let back = ends(at, &["extract", "out.parquet", "-q", "--any-language", "--with-text"], 0).stdout;
    let back = String::from_utf8(back).unwrap();
    let texts = |lines: &str| -> Vec<Value> {
        lines.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["text"].take()).collect()
    };
    assert_eq!(texts(&back), texts(&articles()));
}

/// Fixtures whose articles are hostile, and of which nothing is as expected: their names are hostile, too.
fn fixtures() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path();
    for (i, piece) in super::PIECES.iter().enumerate() {
        let name = match i {
            0 => "a,b:c%0A&<\"'>".to_owned(),
            1 => "a\u{1b}[31m\n::error::pwn".to_owned(),
            2 => "-rf".to_owned(),
            _ => format!("f{i}"),
        };
        let sub = at.join(name);
        std::fs::create_dir(&sub).unwrap();
        std::fs::write(sub.join("x.txt"), text("wide")).unwrap();
        ends(&sub, &["check", "x.txt", "--bless", "--force", "-q"], 0);
        std::fs::write(sub.join("x.txt"), text(piece).replace("900", "901")).unwrap();
        if i == 3 {
            std::fs::write(sub.join("x.json"), "{\"\u{1b}[31m<b>\": }").unwrap();
        }
    }
    folder
}

fn report(at: &Path, format: &str) -> String {
    String::from_utf8(ends(at, &["check", ".", "-q", "--report", format], 1).stdout).unwrap()
}

#[test]
fn reports_of_checks_are_what_they_are() {
    let folder = fixtures();
    let at = folder.path();
    let sarif: Value = serde_json::from_str(&report(at, "sarif")).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert!(results.len() > 100);
    for result in results {
        let message = result["message"]["text"].as_str().unwrap();
        assert!(!message.contains(acts), "{message:?}");
        let uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap();
        let allowed = |c: char| c.is_ascii_alphanumeric() || "-_.~/%".contains(c);
        assert!(uri.chars().all(allowed) && !uri.contains(".."), "{uri}");
    }

    let junit = report(at, "junit");
    let xml = roxmltree::Document::parse(&junit).unwrap();
    let cases = xml.descendants().filter(|n| n.has_tag_name("testcase")).count();
    assert_eq!(cases, super::PIECES.len());
    for node in xml.descendants().filter(roxmltree::Node::is_element) {
        let name = node.tag_name().name();
        assert!(matches!(name, "testsuites" | "testsuite" | "testcase" | "failure" | "error"), "{name}");
        assert!(!node.text().unwrap_or_default().contains(acts));
    }
    assert!(xml.descendants().any(|n| n.text().is_some_and(|t| t.contains("<script>pwn()</script>"))));

    let github = report(at, "github");
    assert_eq!(github.lines().count(), results.len());
    for line in github.lines() {
        assert!(line.starts_with("::error file=") && !line.contains(acts), "{line:?}");
        let (command, _) = line[2..].split_once("::").unwrap();
        let keys: Vec<_> =
            command["error ".len()..].split(',').map(|p| p.split_once('=').unwrap().0).collect();
        assert!(keys.iter().all(|k| matches!(*k, "file" | "line" | "col" | "title")), "{line}");
    }
    assert!(!github.contains("##["), "a command of the older spelling");

    super::console::check(&report(at, "human"), "check");
}
