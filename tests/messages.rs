//! Every message is provoked by a test: what the sources can say, and what tests expect it to say, are held together.
//!
//! Takes the string literals of `src/` that are sentences (four words or more, outside tests, attributes and the fields
//! of [`SPARED`]) and looks for each among the expectations: output in `tests/cli/*.toml`, literals of tests in Rust,
//! diagnostics in `fixtures/`. Those suites fail where what they expect is not said, so a message that is found there
//! is one that is said. A new message without a test fails here, by file and line.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Fields and calls whose text is no message: what a rule says of itself is run by `tests/rules.rs`, what a format or
/// column says of itself is in the help and the schemas, and what follows `expect` cannot be provoked.
const SPARED: &[&str] = &[
    "rule",
    "rules",
    "exclusions",
    "reason",
    "examples",
    "near_misses",
    "about",
    "expect",
    "unreachable",
    "debug_assert",
    "assert",
];

/// What no test can provoke, or what is no message: file, how the text begins, why.
const EXEMPT: &[(&str, &str, &str)] = &[
    ("cli/args/mod.rs", "{} threads cannot be started", "needs a machine without room for a thread"),
    ("cli/check/fixture.rs", "cannot be looked into", "needs a folder that root may not read"),
    ("cli/console.rs", "{articles} articles, {errors} failed", "progress, after seconds, on a terminal"),
    ("cli/eval/inputs.rs", "cannot be read ({e}); name a folder", "needs a folder that root may not read"),
    (
        "cli/explain/reading.rs",
        "no claimant: “{}” stays open",
        "no article is known that leaves a source open",
    ),
    ("cli/extract/mod.rs", "no input; name files", "needs a terminal as standard input"),
    ("cli/extract/mod.rs", "{} to {}, {options:?}", "a call, to be compared with itself"),
    ("cli/records.rs", "a line of more than", "needs a record of 256 MB"),
    ("cli/read.rs", "a rule failed on an article", "a panic, which no text may bring about"),
    ("error.rs", "article {id:?}: a rule failed on it", "a panic, which no text may bring about"),
    ("cli/rules/check.rs", "Rain fell over the valley", "a text that is tried"),
    ("cli/rules/check.rs", "Snow fell later", "a text that is tried"),
    ("cli/rules/check.rs", "They saw it{form}", "a text that is tried"),
    ("cli/rules/check.rs", "They are at 5 {form}", "a text that is tried"),
    ("cli/rules/check.rs", "They counted a 12-{form}", "a text that is tried"),
    ("cli/rules/check.rs", "They counted 12 million {form}", "a text that is tried"),
    ("input/csv.rs", "broken CSV: the row cannot be read", "the reader has room for any row"),
    ("input/names.rs", "text maintext", "names of fields"),
    ("input/names.rs", "url URL", "names of fields"),
    ("input/names.rs", "date publish_date", "names of fields"),
    ("input/names.rs", "source-hostname", "names of fields"),
    ("input/names.rs", "authors author", "names of fields"),
    ("input/names.rs", "language lang", "names of fields"),
    ("input/mod.rs", "the text is longer than 4 GB", "needs an article of 4 GB"),
    (
        "input/parquet/mod.rs",
        "its pages are damaged",
        "a panic of the reader, which no known file brings about",
    ),
    (
        "input/parquet/thrift.rs",
        "a number in a header",
        "one of many damages, each told as damage; tests take them by chance",
    ),
    ("input/parquet/thrift.rs", "a header has a field of no kind", "likewise"),
    ("input/parquet/thrift.rs", "a header ends too soon", "likewise"),
    ("input/parquet/thrift.rs", "its headers stand in one another", "likewise"),
    ("input/parquet/column.rs", "rows are read by a tree", "what the reader may ask for and does not"),
    ("input/stream.rs", "its reader failed", "a panic, which no known file brings about"),
    ("input/stream.rs", "requires too much memory", "what zstd says, to be told anew"),
    ("input/stream.rs", "is compressed with a window", "needs a window of more than 128 MB"),
    ("lexicon/pattern.rs", "there are more than {MOST}", "needs thousands of patterns"),
    ("record/extra.rs", "the fields take too much", "told anew by the reader of objects"),
    ("input/stream.rs", "is compressed, and this build", "a build without `formats`"),
    ("input/tar.rs", "a member's name cannot be read", "any bytes are a name but on Windows"),
    ("language.rs", "afr af aka", "codes of languages"),
    ("lexicon/line.rs", "the patterns of short lines do not compile", "each has compiled before"),
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn files(folder: &str, extension: &str) -> Vec<PathBuf> {
    let all = walkdir::WalkDir::new(root().join(folder)).sort_by_file_name().into_iter();
    all.map(|e| e.unwrap().into_path()).filter(|p| p.extension().is_some_and(|e| e == extension)).collect()
}

/// String literals of a source, each with its line: those of its tests, or those of all else.
fn literals(source: &str, tests: bool) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    gather(source.parse().unwrap(), tests, false, &mut found);
    found
}

fn gather(tokens: TokenStream, tests: bool, within_tests: bool, found: &mut Vec<(usize, String)>) {
    let tokens: Vec<_> = tokens.into_iter().collect();
    let is = |i: usize, c: char| matches!(&tokens[i], TokenTree::Punct(p) if p.as_char() == c);
    // the name that a value is given to, or a call is of, until the comma
    let (mut name, mut tested) = (String::new(), false);
    let mut i = 0;
    while i < tokens.len() {
        match &tokens[i] {
            TokenTree::Punct(p) if p.as_char() == '#' => {
                i += usize::from(i + 1 < tokens.len() && is(i + 1, '!'));
                if let Some(TokenTree::Group(g)) = tokens.get(i + 1) {
                    let attribute = g.stream().to_string().replace(' ', "");
                    tested |= attribute == "cfg(test)" || attribute == "test";
                    i += 1;
                }
            }
            TokenTree::Punct(p) if matches!(p.as_char(), ',' | ';') => {
                name.clear();
                tested &= p.as_char() == ',';
            }
            TokenTree::Ident(ident) => {
                let next = tokens.get(i + 1);
                let names = matches!(next, Some(TokenTree::Group(_)))
                    || (i + 1 < tokens.len() && (is(i + 1, ':') || is(i + 1, '!')));
                if names {
                    name = ident.to_string();
                }
            }
            TokenTree::Group(g) => {
                let spared = !tests && SPARED.iter().any(|s| name.starts_with(s));
                if !spared {
                    gather(g.stream(), tests, within_tests || tested, found);
                }
                if g.delimiter() == Delimiter::Brace {
                    tested = false;
                }
            }
            TokenTree::Literal(literal) => {
                let spared = !tests && SPARED.contains(&name.as_str());
                if !spared
                    && (within_tests || tested) == tests
                    && let Ok(text) = syn::parse_str::<syn::LitStr>(&literal.to_string())
                {
                    found.push((literal.span().start().line, text.value()));
                }
            }
            TokenTree::Punct(_) => {}
        }
        i += 1;
    }
}

/// A message as it is printed, its places for values left blank.
fn plain(template: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0_usize;
    for c in template.replace("{{", "(").replace("}}", ")").chars() {
        match c {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
        if c == '}' {
            plain.push(' ');
        }
    }
    plain
}

fn words(text: &str) -> Vec<String> {
    let of = text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    of.map(str::to_lowercase).collect()
}

/// How many words stand in both, in one order.
fn shared(a: &[String], b: &[String]) -> usize {
    let mut row = vec![0; b.len() + 1];
    for x in a {
        let mut before = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { before + 1 } else { above.max(row[j]) };
            before = above;
        }
    }
    row[b.len()]
}

/// Whether an expected text tells a message: two thirds of its words at least, in their order.
fn tells(expected: &[String], message: &[String]) -> bool {
    let least = message.len() * 2;
    expected.len() * 3 >= least && shared(message, expected) * 3 >= least
}

/// Every text that some test expects.
fn expected() -> BTreeSet<String> {
    let mut texts = BTreeSet::new();
    for path in files("tests/cli", "toml") {
        let case: toml::Table = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
        for run in case["run"].as_array().unwrap() {
            let outputs = ["stdout", "stderr"].iter().filter_map(|k| run.get(*k)?.as_str());
            let after = run.get("after").and_then(|a| a.as_table());
            let after = after.into_iter().flat_map(|t| t.values().filter_map(|v| v.as_str()));
            texts.extend(outputs.chain(after).flat_map(str::lines).map(str::to_owned));
        }
    }
    for path in files("src", "rs") {
        texts.extend(
            literals(&std::fs::read_to_string(path).unwrap(), true).into_iter().map(|(_, text)| text),
        );
    }
    for path in files("tests", "rs") {
        // this file names messages that no test expects
        if path.ends_with("messages.rs") {
            continue;
        }
        let source = format!("#[cfg(test)] mod all {{ {} }}", std::fs::read_to_string(&path).unwrap());
        texts.extend(literals(&source, true).into_iter().map(|(_, text)| text));
    }
    // written by the program, as `tests/guide.rs` holds
    for path in files("docs/reference", "md") {
        texts.extend(std::fs::read_to_string(path).unwrap().lines().map(str::to_owned));
    }
    for path in files("fixtures", "json") {
        let text = std::fs::read_to_string(path).unwrap();
        texts.extend(text.lines().filter(|l| l.contains("\"message\":")).map(str::to_owned));
    }
    texts
}

#[test]
fn every_message_is_expected_by_a_test() {
    let expected: Vec<_> = expected().iter().map(|text| words(text)).collect();
    let (mut silent, mut exempt) = (Vec::new(), BTreeSet::new());
    for path in files("src", "rs") {
        let name = path.strip_prefix(root().join("src")).unwrap().to_str().unwrap();
        // words of pages are looked at in a browser: tests/pages.rs and tests/browser
        if name.starts_with("page/") {
            continue;
        }
        for (line, text) in literals(&std::fs::read_to_string(&path).unwrap(), false) {
            let mut rows = EXEMPT.iter().enumerate();
            if let Some((row, _)) =
                rows.find(|(_, (file, begins, _))| *file == name && text.starts_with(begins))
            {
                exempt.insert(row);
                continue;
            }
            for part in text.lines().filter(|part| part.contains(' ')) {
                // what is wrong stands before the remedy, and a test may name it alone
                let (whole, fact) =
                    (words(&plain(part)), words(&plain(part.split([';', ',']).next().unwrap_or(part))));
                let is_told = |of: &[String]| of.len() >= 4 && expected.iter().any(|e| tells(e, of));
                if whole.len() >= 4 && !is_told(&whole) && !is_told(&fact) {
                    silent.push(format!("src/{name}:{line}: {part:?}"));
                }
            }
        }
    }
    let idle: Vec<_> = (0..EXEMPT.len()).filter(|row| !exempt.contains(row)).map(|row| EXEMPT[row]).collect();
    assert!(idle.is_empty(), "exempt, but no longer there: {idle:?}");
    assert!(silent.is_empty(), "{} messages that no test provokes:\n{}", silent.len(), silent.join("\n"));
}
