//! The import order of the rooms: a room reads what earlier ones made and never reaches back.

use std::path::{Path, PathBuf};

/// The rooms in the order that data meets them. Each may import from those before it and from itself.
const ROOMS: &[&str] = &[
    "embedded",
    "span",
    "error",
    "whole",
    "portion",
    "vocabulary",
    "rule",
    "lexicon",
    "layout",
    "text",
    "language",
    "quote",
    "attribution",
    "source",
    "quantity",
    "claim",
    "record",
    "pipeline",
    "input",
    "output",
    "page",
    "eval",
    "cli",
];

/// The room of each name that `lib.rs` lends to the whole crate.
const LENT: &[(&str, &str)] = &[
    ("Span", "span"),
    ("Error", "error"),
    ("Result", "error"),
    ("Lexicon", "lexicon"),
    ("Article", "pipeline"),
    ("Pipeline", "pipeline"),
    ("Record", "record"),
];

fn room(name: &str) -> usize {
    let name = LENT.iter().find(|(lent, _)| *lent == name).map_or(name, |(_, room)| *room);
    ROOMS
        .iter()
        .position(|r| *r == name)
        .unwrap_or_else(|| panic!("`{name}` is no room: give it its place in ROOMS"))
}

/// The first names of what a text imports by `crate::…`, each with its line. Comments do not count, nor do the tests
/// at a file's bottom, which may run the whole pipeline.
fn imports(source: &str) -> Vec<(usize, String)> {
    let code = source.split("#[cfg(test)]\nmod ").next().unwrap_or_default();
    let mut found = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let line_start = code[..at].rfind('\n').map_or(0, |i| i + 1);
        let before = &code[line_start..at];
        if before.contains("//") || before.ends_with('$') {
            continue;
        }
        let line = 1 + code[..at].matches('\n').count();
        let after = &code[at + "crate::".len()..];
        match after.strip_prefix('{') {
            Some(group) => found.extend(group_names(group).into_iter().map(|name| (line, name))),
            None => found.push((line, first_name(after))),
        }
    }
    found
}

fn first_name(path: &str) -> String {
    path.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()
}

/// The first names of the paths between braces.
fn group_names(group: &str) -> Vec<String> {
    let (mut depth, mut names, mut start) = (0, Vec::new(), 0);
    for (i, c) in group.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            ',' | '}' if depth == 0 => {
                names.push(first_name(group[start..i].trim()));
                start = i + 1;
                if c == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|e| e.unwrap().into_path());
    files.filter(|f| f.extension().is_some_and(|e| e == "rs")).collect()
}

#[test]
fn rooms_import_from_earlier_ones_alone() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut wrong = Vec::new();
    for path in sources(&src) {
        let file = path.strip_prefix(&src).unwrap();
        let first = file.iter().next().unwrap().to_string_lossy();
        let own = first.strip_suffix(".rs").unwrap_or(&first);
        // the crate's root names every room, and the program only starts the command line
        if ["lib", "main"].contains(&own) {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        for (line, name) in imports(&source) {
            if room(&name) > room(own) {
                wrong.push(format!(
                    "src/{}:{line}: `{own}` imports from `{name}`, a later room",
                    file.display()
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn imports_are_read() {
    let source = "use crate::span::Span;\n// crate::cli\nuse crate::{\n    lexicon::{Cue, Word}, text,\n};\n\
                  fn f() -> crate::Result<()> {}\n#[cfg(test)]\nmod tests { use crate::pipeline::Pipeline; }\n";
    let names: Vec<_> = imports(source).into_iter().map(|(line, name)| format!("{line} {name}")).collect();
    assert_eq!(names, ["1 span", "3 lexicon", "3 text", "6 Result"]);
}
