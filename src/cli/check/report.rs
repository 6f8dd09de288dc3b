//! What `onrecord check` found, for whom it is told: people, JUnit, GitHub, SARIF. Article text is hostile in each.

use super::{Case, Finding};
use crate::cli::compare::{Difference, Matter};
use crate::cli::console::{ADDED, BOLD, CHANGED, DIM, REMOVED, line, plain};
use serde_json::json;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// A finding as machines want it.
struct Row {
    rule: &'static str,
    file: PathBuf,
    line: Option<usize>,
    column: Option<usize>,
    message: String,
}

/// What a machine's report calls each sort of finding, and what that means.
const SORTS: [(&str, &str); 5] = [
    ("gone", "An expected item of the record is not found any more."),
    ("new", "An item of the record is found that is not expected."),
    ("changed", "An item of the record is found with other values than expected."),
    ("unmet", "What NAME.expect.toml wants is not so."),
    ("broken", "A fixture cannot be compared: a file is missing or cannot be read."),
];

fn row(case: &Case, finding: &Finding) -> Row {
    match finding {
        Finding::Differs(d) => {
            // a line within a JSON document is no line of its file
            let place = d.place.as_ref().filter(|_| case.file.extension().is_some_and(|e| e == "txt"));
            let passage = d.place.as_ref().map(|p| format!(" — in “{}”", p.passage)).unwrap_or_default();
            Row {
                rule: d.verb(),
                file: case.file.clone(),
                line: place.map(|p| p.line),
                column: place.map(|p| p.column),
                message: d.sentence() + &passage,
            }
        }
        Finding::Unmet(u) => Row {
            rule: "unmet",
            file: u.file.clone(),
            line: Some(u.line),
            column: None,
            message: u.nearest.iter().fold(u.message.clone(), |m, nearest| format!("{m}; {nearest}")),
        },
        Finding::Fails(e) => Row {
            rule: "broken",
            file: e.file().map_or_else(|| case.file.clone(), Path::to_owned),
            line: e.line(),
            column: None,
            message: e.message().to_owned(),
        },
    }
}

fn rows(cases: &[Case]) -> impl Iterator<Item = Row> {
    cases.iter().flat_map(|case| case.findings.iter().map(move |f| row(case, f)))
}

/// For a terminal. What could not be compared is told apart, as an error.
pub(super) fn human(cases: &[Case]) -> String {
    let mut out = String::new();
    for case in cases {
        let differences: Vec<_> = case
            .findings
            .iter()
            .filter_map(|f| match f {
                Finding::Differs(d) => Some(d),
                _ => None,
            })
            .collect();
        let unmet: Vec<_> = case
            .findings
            .iter()
            .filter_map(|f| match f {
                Finding::Unmet(u) => Some(u),
                _ => None,
            })
            .collect();
        if differences.is_empty() && unmet.is_empty() {
            continue;
        }
        tell(&case.name.display().to_string(), &differences, &mut out);
        for u in unmet {
            let _ = writeln!(out, "  {REMOVED}{:<8}{REMOVED:#} {}", "unmet", plain(&u.message));
            for nearest in &u.nearest {
                let _ = writeln!(out, "           {}", plain(nearest));
            }
            let _ =
                writeln!(out, "           {DIM}{}:{}{DIM:#}", plain(&u.file.display().to_string()), u.line);
        }
    }
    out
}

/// Writes an article's differences for people.
pub(in crate::cli) fn tell(name: &str, differences: &[&Difference], out: &mut String) {
    let _ = writeln!(out, "{BOLD}{}{BOLD:#}", line(name));
    for d in differences {
        let style = match d.matter {
            Matter::Missing => REMOVED,
            Matter::Unexpected => ADDED,
            Matter::Changed(_) => CHANGED,
        };
        let _ =
            writeln!(out, "  {style}{:<8}{style:#} {DIM}{}{DIM:#} {}", d.verb(), d.noun(), plain(&d.item));
        for line in d.details() {
            let _ = writeln!(out, "           {}", plain(&line));
        }
        if let Some(place) = &d.place {
            let _ = writeln!(out, "           {DIM}line {}: {}{DIM:#}", place.line, plain(&place.passage));
        }
    }
}

/// For a workflow of GitHub Actions: annotations on the lines of the article.
pub(super) fn github(cases: &[Case]) -> String {
    let data = |text: &str| plain(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A");
    let property = |text: &str| data(text).replace(':', "%3A").replace(',', "%2C");
    let mut out = String::new();
    for row in rows(cases) {
        let _ = write!(out, "::error file={}", property(&row.file.display().to_string()));
        for (key, n) in [("line", row.line), ("col", row.column)] {
            if let Some(n) = n {
                let _ = write!(out, ",{key}={n}");
            }
        }
        let _ = writeln!(out, ",title=onrecord%3A {}::{}", row.rule, data(&row.message));
    }
    out
}

/// As JUnit's XML: a case a fixture.
pub(super) fn junit(cases: &[Case]) -> String {
    let failed = |test: fn(&Finding) -> bool| cases.iter().filter(|c| c.findings.iter().any(test)).count();
    let errors = failed(|f| matches!(f, Finding::Fails(_)));
    // a case is one or the other
    let failures = cases.iter().filter(|c| !c.findings.is_empty()).count() - errors;
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let counts = format!("tests=\"{}\" failures=\"{failures}\" errors=\"{errors}\"", cases.len());
    let _ = writeln!(out, "<testsuites {counts}>\n  <testsuite name=\"onrecord check\" {counts}>");
    for case in cases {
        let folder = case.name.parent().map(|p| p.display().to_string()).unwrap_or_default();
        let name = case.name.file_name().unwrap_or_default().to_string_lossy();
        let _ = write!(
            out,
            "    <testcase classname=\"{}\" name=\"{}\" file=\"{}\"",
            xml(&folder),
            xml(&name),
            xml(&case.file.display().to_string())
        );
        if case.findings.is_empty() {
            out.push_str("/>\n");
            continue;
        }
        out.push_str(">\n");
        let broken = case.findings.iter().any(|f| matches!(f, Finding::Fails(_)));
        let element = if broken { "error" } else { "failure" };
        let messages: Vec<_> = case.findings.iter().map(|f| row(case, f).message).collect();
        let head = match &messages[..] {
            [one] => one.clone(),
            more => format!("{} findings", more.len()),
        };
        let text = xml(&messages.join("\n"));
        let _ = writeln!(out, "      <{element} message=\"{}\">{text}</{element}>", xml(&head));
        out.push_str("    </testcase>\n");
    }
    out.push_str("  </testsuite>\n</testsuites>\n");
    out
}

/// Text for XML 1.0, which allows neither control characters nor the two that are none, however they are written.
fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            '\u{FFFE}' | '\u{FFFF}' => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

/// As SARIF 2.1.0, for code scanning.
pub(super) fn sarif(cases: &[Case]) -> String {
    let results: Vec<_> = rows(cases)
        .map(|row| {
            let mut place = json!({"artifactLocation": {"uri": uri(&row.file)}});
            if let Some(line) = row.line {
                place["region"] = json!({"startLine": line});
                if let Some(column) = row.column {
                    place["region"]["startColumn"] = json!(column);
                }
            }
            json!({
                "ruleId": row.rule,
                "ruleIndex": SORTS.iter().position(|(id, _)| *id == row.rule),
                "level": "error",
                "message": {"text": plain(&row.message)},
                "locations": [{"physicalLocation": place}],
            })
        })
        .collect();
    let rules: Vec<_> =
        SORTS.iter().map(|(id, text)| json!({"id": id, "shortDescription": {"text": text}})).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "onrecord", "version": env!("CARGO_PKG_VERSION"), "rules": rules}},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

/// A path as a relative URI, or an absolute one.
fn uri(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let text = text.strip_prefix("./").unwrap_or(&text);
    let mut out = String::from(if path.is_absolute() { "file://" } else { "" });
    for b in text.bytes() {
        if b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'_' | b'.' | b'~') {
            out.push(b as char);
        } else {
            let _ = write!(out, "%{b:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Error;

    fn cases(message: &str, file: &str) -> Vec<Case> {
        let error = Error::input(message).in_file(Path::new(file)).at_line(3);
        vec![Case {
            name: "f/a".into(),
            file: file.into(),
            findings: vec![Finding::Fails(error)],
            written: false,
        }]
    }

    #[test]
    fn hostile_text_stays_text() {
        let evil = "a]]>&<b c='\"'>\u{0}\u{1b}[31m\u{FFFE}\r\n::error::x % \u{202e}";
        let cases = cases(evil, "f/a,b: c.txt");
        let got = github(&cases);
        assert_eq!(got.lines().count(), 1, "{got}");
        assert!(
            got.starts_with("::error file=f/a%2Cb%3A c.txt,line=3,title=onrecord%3A broken::a]]>&<b"),
            "{got}"
        );
        assert!(got.contains("␍%0A:\u{200b}:error::x %25"), "{got}");
        let got = junit(&cases);
        assert!(got.contains("a]]&gt;&amp;&lt;b c=&apos;&quot;&apos;&gt;␀␛[31m\u{FFFD}␍"), "{got}");
        let got = sarif(&cases);
        let log: serde_json::Value = serde_json::from_str(&got).unwrap();
        let result = &log["runs"][0]["results"][0];
        assert_eq!(
            result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"],
            "f/a%2Cb%3A%20c.txt"
        );
        assert!(!got.contains('\u{202e}') && !got.contains('\u{1b}'));
    }
}
