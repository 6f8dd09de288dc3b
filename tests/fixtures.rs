//! The fixtures: each article's record is the one that was read and corrected by hand, and what a near-miss looks
//! like does not come out of it.

use onrecord::pipeline::rules;
use onrecord::rule::{Rule, Stage};
use serde_json::Value;
use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::Command;

fn fixtures() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures")
}

/// The files of a folder and of those below it that have an ending.
fn files(folder: &Path, ending: &str, into: &mut Vec<PathBuf>) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, ending, into);
        } else if path.to_string_lossy().ends_with(ending) {
            into.push(path);
        }
    }
}

#[test]
fn records_are_as_expected() {
    let out = Command::new(env!("CARGO_BIN_EXE_onrecord"))
        .arg("check")
        .arg(fixtures())
        .env("NO_COLOR", "1")
        .output()
        .unwrap();
    let (report, notes) = (String::from_utf8_lossy(&out.stdout), String::from_utf8_lossy(&out.stderr));
    // a record without its article, and an article without its record, fail as a difference does
    assert!(out.status.success(), "onrecord check fixtures:\n{report}{notes}");
}

#[test]
fn every_rule_of_numbers_makes_a_claim() {
    let mut paths = Vec::new();
    files(&fixtures(), ".json", &mut paths);
    let mut fired = HashSet::new();
    for path in &paths {
        let record: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        let claims = record["claims"].as_array().unwrap();
        fired.extend(claims.iter().map(|c| c["rule"].as_str().unwrap().to_owned()));
    }
    let numbers = |r: &&Rule| matches!(r.stage, Stage::Quantity | Stage::Claim);
    let idle: Vec<_> = rules().filter(numbers).map(|r| r.id).filter(|id| !fired.contains(*id)).collect();
    assert!(idle.is_empty(), "in no fixture: {idle:?}");
}

/// So many there are at least; the folders' README tells what each shows.
const FEWEST: usize = 60;

#[test]
fn every_folder_has_articles_of_its_own() {
    let mut all = Vec::new();
    files(&fixtures(), ".txt", &mut all);
    assert!(all.len() >= FEWEST, "{} articles", all.len());
    let readme = std::fs::read_to_string(fixtures().join("README.md")).unwrap();
    for entry in std::fs::read_dir(fixtures()).unwrap() {
        let entry = entry.unwrap();
        if entry.path().is_dir() {
            let name = entry.file_name().into_string().unwrap();
            assert!(readme.contains(&name), "README.md does not tell what {name}/ shows");
            assert!(all.iter().any(|file| file.starts_with(entry.path())), "{name}/ holds no article");
        }
    }
}

fn records() -> Vec<Value> {
    let mut paths = Vec::new();
    files(&fixtures(), ".json", &mut paths);
    paths.retain(|p| !p.to_string_lossy().ends_with(".article.json"));
    paths.iter().map(|p| serde_json::from_str(&std::fs::read_to_string(p).unwrap()).unwrap()).collect()
}

fn list<'r>(record: &'r Value, key: &str) -> std::slice::Iter<'r, Value> {
    record[key].as_array().unwrap().iter()
}

#[test]
fn every_rule_of_attribution_has_a_fixture() {
    let records = records();
    let fired: std::collections::BTreeSet<&str> =
        records.iter().flat_map(|r| list(r, "attributions")).map(|a| a["rule"].as_str().unwrap()).collect();
    let without: Vec<_> = onrecord::pipeline::rules()
        .filter(|r| r.stage == Stage::Attribution && !fired.contains(r.id))
        .map(|r| r.id)
        .collect();
    assert!(without.is_empty(), "no article of fixtures/ shows {without:?}");
}

/// A record does not name the rule by which a source was found, but its work shows.
fn shows(rule: &str, record: &Value) -> bool {
    let speaker = |a: &Value| a["source"]["ref"].as_u64().map(|s| record["sources"][s as usize].clone());
    let mention = |form: &str, holds: &dyn Fn(&str, &Value) -> bool| {
        list(record, "attributions").filter(|a| a["source"]["form"] == form).any(|a| {
            speaker(a).is_some_and(|s| holds(&a["source"]["text"].as_str().unwrap().to_lowercase(), &s))
        })
    };
    let named = |s: &Value| s["named"] == true;
    let last = |s: &Value| s["name"].as_str().unwrap().rsplit(' ').next().unwrap().to_owned();
    match rule {
        "source-name" => mention("name", &|text, s| {
            named(s) && text.len() < s["name"].as_str().unwrap().len() && s["kind"] == "person"
        }),
        "source-title" => {
            let persons: Vec<_> = list(record, "sources").filter(|s| s["kind"] == "person").collect();
            persons.iter().any(|a| persons.iter().any(|b| a["id"] != b["id"] && last(a) == last(b)))
        }
        "source-role" => mention("role", &|text, s| named(s) && !text.contains(&last(s).to_lowercase())),
        "source-pronoun" => mention("pronoun", &|text, s| text == "he" || text == "she" && named(s)),
        "source-relative" => mention("relative", &|_, _| true),
        "source-first-person" => mention("pronoun", &|text, s| text == "i" && s["kind"] == "person"),
        "source-group" => list(record, "sources")
            .any(|s| s["kind"] == "group" && s["name"].as_str().unwrap().contains(" and ")),
        "source-unnamed" => list(record, "sources").any(|s| s["kind"] == "unnamed" && s["named"] == false),
        other => panic!("{other}: say here how its work shows in a record"),
    }
}

#[test]
fn every_rule_of_sources_has_a_fixture() {
    let records = records();
    let without: Vec<_> = onrecord::pipeline::rules()
        .filter(|r| r.stage == Stage::Source && !records.iter().any(|record| shows(r.id, record)))
        .map(|r| r.id)
        .collect();
    assert!(without.is_empty(), "no article of fixtures/ shows {without:?}");
}

/// No near-miss yields an attribution, a source, a figure or speech. Which numbers in them count something, their
/// records tell.
#[test]
fn near_misses_are_silent() {
    let mut records = Vec::new();
    files(&fixtures().join("near-misses"), ".json", &mut records);
    assert!(!records.is_empty());
    for path in records {
        let record: Value = serde_json::from_str(&std::fs::read_to_string(&path).unwrap()).unwrap();
        let name = path.file_stem().unwrap().to_string_lossy().into_owned();
        for list in ["attributions", "sources", "figures"] {
            assert_eq!(record[list], Value::Array(Vec::new()), "{name}: {list}");
        }
        let speech = |quote: &Value| matches!(quote["role"].as_str(), Some("speech" | "fragment"));
        for quote in record["quotes"].as_array().unwrap() {
            assert!(!speech(quote), "{name}: {quote}");
        }
    }
}
