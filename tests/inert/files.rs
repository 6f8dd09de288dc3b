//! Files whose names are made of ids, and brat's files, whose lines and tabs mean something.

use super::{articles, ends, folder};
use std::collections::BTreeSet;

#[test]
fn ids_are_names_of_files_in_their_folder() {
    let folder = folder();
    let at = folder.path();
    ends(at, &["extract", "in.jsonl", "-q", "--any-language", "--to", "brat", "-o", "deep/er/out"], 0);
    let outside: Vec<_> = walkdir::WalkDir::new(at)
        .into_iter()
        .map(|e| e.unwrap())
        .filter(|e| e.file_type().is_file() && !e.path().starts_with(at.join("deep/er/out")))
        .collect();
    assert_eq!(outside.len(), 1, "{outside:?}");
    let mut seen = BTreeSet::new();
    for entry in std::fs::read_dir(at.join("deep/er/out")).unwrap() {
        let entry = entry.unwrap();
        assert!(entry.file_type().unwrap().is_file());
        let name = entry.file_name().into_string().unwrap();
        assert!(name.len() < 255 && !name.starts_with(['.', '-']), "{name}");
        assert!(name.chars().all(|c| c.is_alphanumeric() || "-_.~".contains(c)), "{name:?}");
        let stem = name.split('.').next().unwrap().to_lowercase();
        assert!(!["con", "prn", "aux", "nul", "com¹", "com1", "lpt1"].contains(&&*stem), "{name}");
        // on a disk that does not tell case apart, too
        assert!(seen.insert(name.to_lowercase()), "{name}");
    }
    assert_eq!(seen.len(), 2 * articles().lines().count());
}

/// As brat's own reader cuts lines, which is as Python does: at more than line feeds.
fn lines(text: &str) -> Vec<&str> {
    let ends = |c: char| {
        matches!(
            c,
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        )
    };
    text.split_terminator(ends).collect()
}

#[test]
fn annotations_are_lines_of_fields() {
    let folder = folder();
    let at = folder.path();
    ends(at, &["extract", "in.jsonl", "-q", "--any-language", "--to", "brat", "-o", "out"], 0);
    let mut bound = 0;
    for entry in std::fs::read_dir(at.join("out")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|e| e != "ann") {
            continue;
        }
        let text: Vec<char> = std::fs::read_to_string(path.with_extension("txt")).unwrap().chars().collect();
        let annotations = std::fs::read_to_string(&path).unwrap();
        for line in lines(&annotations) {
            let fields: Vec<_> = line.split('\t').collect();
            match &line[..1] {
                "T" => {
                    assert_eq!(fields.len(), 3, "{line:?}");
                    let (_, places) = fields[1].split_once(' ').unwrap();
                    let slices = places.split(';').map(|place| {
                        let (start, end) = place.split_once(' ').unwrap();
                        text[start.parse().unwrap()..end.parse().unwrap()].iter().collect::<String>()
                    });
                    assert_eq!(slices.collect::<Vec<_>>().join(" "), fields[2], "{line:?}");
                    bound += 1;
                }
                "E" => assert_eq!(fields.len(), 2, "{line:?}"),
                "#" => assert_eq!(fields.len(), 3, "{line:?}"),
                _ => panic!("no annotation: {line:?}"),
            }
        }
    }
    assert!(bound > 200, "{bound}");
}
