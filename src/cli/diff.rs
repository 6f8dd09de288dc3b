//! `onrecord diff`: two files of records, article by article.

use super::args::{DiffArgs, Global};
use super::check::tell;
use super::compare::{Matter, compare};
use super::console;
use super::exit::{Done, Exit};
use crate::error::{Error, Result};
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;

/// Runs the command.
pub(super) fn run(args: &DiffArgs, global: &Global) -> Done {
    let old = records(&args.old)?;
    let new = records(&args.new)?;
    let mut out = anstream::stdout().lock();
    let mut differ = 0;
    // per list: missing, unexpected, changed
    let mut totals: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for (id, expected) in &old {
        let Some(actual) = new.get(id) else { continue };
        let text = expected["text"].as_str().or(actual["text"].as_str());
        let text = text.filter(|_| expected["offsets"] == "chars" && actual["offsets"] == "chars");
        let differences = compare(expected, actual, text, 0.0);
        if differences.is_empty() {
            continue;
        }
        differ += 1;
        for difference in &differences {
            let column = match difference.matter {
                Matter::Missing => 0,
                Matter::Unexpected => 1,
                Matter::Changed(_) => 2,
            };
            totals.entry(difference.list).or_default()[column] += 1;
        }
        let mut report = String::new();
        tell(id, &differences, &mut report);
        out.write_all(report.as_bytes())?;
    }
    let mut alone = 0;
    for (these, others, where_) in [(&old, &new, "old"), (&new, &old, "new")] {
        for id in these.keys().filter(|id| !others.contains_key(*id)) {
            alone += 1;
            writeln!(out, "{}: only in the {where_} file", console::plain(id))?;
        }
    }
    out.flush()?;
    if !global.quiet {
        let mut line = format!(
            "{} articles in both, {differ} differ",
            old.keys().filter(|id| new.contains_key(*id)).count()
        );
        for (list, [missing, unexpected, changed]) in totals {
            line.push_str(&format!("; {list} -{missing} +{unexpected} ~{changed}"));
        }
        console::note(&line);
    }
    Ok(if differ + alone > 0 { Exit::Differs } else { Exit::Done })
}

/// The records of a file by their ids.
pub(super) fn records(path: &Path) -> Result<BTreeMap<String, Value>> {
    let unreadable =
        |e: std::io::Error| Error::usage(format!("cannot be read ({e}); check the path")).in_file(path);
    let file = std::fs::File::open(path).map_err(unreadable)?;
    let mut records = BTreeMap::new();
    for (i, line) in BufReader::new(file).lines().enumerate() {
        let line = line.map_err(unreadable)?;
        if line.trim().is_empty() {
            continue;
        }
        let wrong = |what: String| {
            let remedy = "it must hold records as `onrecord extract --to jsonl` writes them";
            Error::usage(format!("{what}; {remedy}")).in_file(path).at_line(i + 1)
        };
        let record: Value = serde_json::from_str(&line).map_err(|e| wrong(format!("broken JSON ({e})")))?;
        let Some(id) = record["id"].as_str().filter(|_| record["schema"].is_string()) else {
            return Err(wrong("no record".to_owned()));
        };
        records.insert(id.to_owned(), record);
    }
    Ok(records)
}
