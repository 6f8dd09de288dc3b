//! `onrecord eval`: records against annotated text.

use super::args::{EvalArgs, Global};
use super::console::{self, BOLD, DIM};
use super::exit::{Done, Exit};
use crate::error::{Error, Result};
use crate::eval::annotation;
use crate::eval::fields::{Fields, Mistake};
use crate::eval::{Figure, Scores, outermost, read_brat};
use crate::record::{OffsetUnit, Record};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

/// Runs the command.
pub(super) fn run(args: &EvalArgs, global: &Global) -> Done {
    let gold = gold(&args.gold)?;
    let records = records(&args.predictions)?;
    if !global.quiet {
        let without = gold.files.keys().filter(|name| !records.contains_key(*name)).count();
        let unmatched = records.keys().filter(|id| !gold.files.contains_key(*id)).count();
        for (n, what) in
            [(without, "annotated articles have no record"), (unmatched, "records no annotation")]
        {
            if n > 0 {
                console::note(&format!("{n} {what}"));
            }
        }
    }
    let text = match gold.format {
        Format::Brat => outlines(&gold, &records, args.json)?,
        Format::Fields => by_field(&gold, &records, args)?,
    };
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}

/// How annotations are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Format {
    /// brat standoff: source, cue and content
    Brat,
    /// TOML that tells every field
    Fields,
}

struct Gold {
    format: Format,
    /// text and annotation by the article's name
    files: BTreeMap<String, (PathBuf, PathBuf)>,
}

fn read(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).map_err(|e| Error::usage(format!("cannot be read ({e})")).in_file(path))
}

/// Source, cue and content of outermost attributions, and whether confidences hold.
fn outlines(gold: &Gold, records: &BTreeMap<String, Record>, as_json: bool) -> Result<String> {
    let mut scores = Scores::default();
    let mut calibration = Calibration::default();
    for (name, (text, standoff)) in &gold.files {
        let annotated = read_brat(&read(standoff)?);
        let found = records.get(name).map(outermost).unwrap_or_default();
        let (outlines, attributions): (Vec<_>, Vec<_>) = found.into_iter().unzip();
        let right = scores.add(&read(text)?, &annotated, &outlines);
        for (attribution, right) in attributions.into_iter().zip(right) {
            calibration.add(attribution.confidence, &attribution.rule, right);
        }
    }
    let n = gold.files.len();
    Ok(if as_json { json(n, &scores, &calibration) } else { table(n, &scores, &calibration) })
}

/// Every field of every attribution.
fn by_field(gold: &Gold, records: &BTreeMap<String, Record>, args: &EvalArgs) -> Result<String> {
    let mut fields = Fields::default();
    let mut mistakes = Vec::new();
    for (name, (text, annotations)) in &gold.files {
        let text = read(text)?;
        let annotated = annotation::read(&read(annotations)?, &text).map_err(|e| e.in_file(annotations))?;
        if let Some(record) = records.get(name) {
            mistakes.extend(fields.add(&text, &annotated, record).into_iter().map(|m| (name.as_str(), m)));
        }
    }
    let n = gold.files.len();
    Ok(if args.json { fields_json(n, &fields) } else { fields_table(n, &fields, &mistakes, args.errors) })
}

/// The texts of a folder with their annotations; of several annotators the first in the order of names.
fn gold(folder: &Path) -> Result<Gold> {
    let or_itself =
        |name: &str| Some(folder.join(name)).filter(|p| p.is_dir()).unwrap_or_else(|| folder.to_owned());
    let annotations = or_itself("attributions");
    let texts = [or_itself("text"), folder.join("..")];
    let entries = std::fs::read_dir(&annotations).map_err(|e| {
        Error::usage(format!("cannot be read ({e}); name a folder of annotations")).in_file(folder)
    })?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let has = |ending: &str| paths.iter().any(|p| p.extension().is_some_and(|e| e == ending));
    let (format, ending) = match (has("ann"), has("toml")) {
        (true, _) => (Format::Brat, "ann"),
        (false, true) => (Format::Fields, "toml"),
        (false, false) => {
            return Err(Error::usage(
                "holds neither .ann nor .toml files; name a folder of brat standoff or of annotations",
            )
            .in_file(folder));
        }
    };
    let mut files = BTreeMap::new();
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == ending)) {
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let text = |stem: &str| texts.iter().map(|t| t.join(format!("{stem}.txt"))).find(|p| p.is_file());
        // PolNeAR ends the name with the annotator's number
        let short = stem.rsplit_once('_').map_or("", |(name, _)| name);
        let Some((name, text)) =
            text(&stem).map(|t| (stem.as_str(), t)).or_else(|| text(short).map(|t| (short, t)))
        else {
            return Err(
                Error::usage("has no text of that name beside it, above it, nor in text/").in_file(path)
            );
        };
        files.entry(name.to_owned()).or_insert((text, path.clone()));
    }
    Ok(Gold { format, files })
}

fn records(path: &Path) -> Result<BTreeMap<String, Record>> {
    let unreadable =
        |e: std::io::Error| Error::usage(format!("cannot be read ({e}); check the path")).in_file(path);
    let mut records = BTreeMap::new();
    for (i, line) in BufReader::new(std::fs::File::open(path).map_err(unreadable)?).lines().enumerate() {
        let line = line.map_err(unreadable)?;
        let wrong = |what: String| Error::usage(what).in_file(path).at_line(i + 1);
        let record: Record = serde_json::from_str(&line).map_err(|e| {
            wrong(format!("no record ({e}); it must hold what `onrecord extract --to jsonl` writes"))
        })?;
        if record.offsets != OffsetUnit::Chars {
            return Err(wrong("annotations count code points; extract without --offsets".to_owned()));
        }
        records.insert(record.id.clone(), record);
    }
    Ok(records)
}

/// How often results of a confidence are right.
#[derive(Default)]
struct Calibration<'a> {
    /// by tenths of confidence: how many, how many right, the sum of confidences
    tenths: [(usize, usize, f64); 10],
    /// the same by rule
    rules: BTreeMap<&'a str, (usize, usize, f64)>,
}

impl<'a> Calibration<'a> {
    fn add(&mut self, confidence: f64, rule: &'a str, right: bool) {
        let tenth = &mut self.tenths[((confidence * 10.0 + 1e-9) as usize).min(9)];
        for tally in [tenth, self.rules.entry(rule).or_default()] {
            *tally = (tally.0 + 1, tally.1 + usize::from(right), tally.2 + confidence);
        }
    }

    /// For each rule: its id, how many results, their mean confidence, the share that is right.
    fn by_rule(&self) -> impl Iterator<Item = (&'a str, usize, f64, f64)> {
        self.rules.iter().map(|(&rule, &(n, right, sum))| (rule, n, sum / n as f64, right as f64 / n as f64))
    }

    /// For each tenth with results: its lower end, how many, their mean confidence, the share that is right.
    fn rows(&self) -> impl Iterator<Item = (f64, usize, f64, f64)> {
        self.tenths
            .iter()
            .enumerate()
            .rev()
            .filter(|(_, t)| t.0 > 0)
            .map(|(i, &(n, right, sum))| (i as f64 / 10.0, n, sum / n as f64, right as f64 / n as f64))
    }
}

fn table(articles: usize, scores: &Scores, calibration: &Calibration<'_>) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "articles {articles}, gold {}, predicted {}", scores.gold, scores.predicted);
    let _ = writeln!(out, "{DIM}{:16}{:>7}{:>7}{:>7}{DIM:#}", "", "P", "R", "F1");
    for (name, Figure { p, r, f1 }) in scores.figures() {
        let _ = writeln!(out, "{name:16}{p:7.1}{r:7.1}{BOLD}{f1:7.1}{BOLD:#}");
    }
    let _ = writeln!(out, "\n{DIM}{:16}{:>7}{:>7}{:>7}{DIM:#}", "confidence", "n", "mean", "right");
    for (from, n, mean, right) in calibration.rows() {
        let _ = writeln!(out, "{:16}{n:7}{mean:7.2}{right:7.2}", format!("{from:.1} and above"));
    }
    let _ = writeln!(out, "\n{DIM}{:20}{:>3}{:>7}{:>7}{DIM:#}", "rule", "n", "mean", "right");
    for (rule, n, mean, right) in calibration.by_rule() {
        let _ = writeln!(out, "{rule:18}{n:5}{mean:7.2}{right:7.2}");
    }
    out
}

fn json(articles: usize, scores: &Scores, calibration: &Calibration<'_>) -> String {
    let figures: serde_json::Map<_, _> =
        scores.figures().into_iter().map(|(name, f)| (name.to_owned(), serde_json::json!(f))).collect();
    let rows: Vec<_> = calibration
        .rows()
        .map(|(from, n, mean, right)| serde_json::json!({"from": from, "n": n, "mean": mean, "right": right}))
        .collect();
    let rules: Vec<_> = calibration
        .by_rule()
        .map(|(rule, n, mean, right)| serde_json::json!({"rule": rule, "n": n, "mean": mean, "right": right}))
        .collect();
    let all = serde_json::json!({
        "articles": articles, "gold": scores.gold, "predicted": scores.predicted, "figures": figures,
        "calibration": rows, "rules": rules,
    });
    format!("{all:#}\n")
}

fn fields_table(articles: usize, fields: &Fields, mistakes: &[(&str, Mistake)], errors: bool) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "articles {articles}, gold {}, predicted {}", fields.gold, fields.predicted);
    let _ = writeln!(out, "{DIM}{:16}{:>7}{:>7}{:>7}{DIM:#}", "", "P", "R", "F1");
    let Figure { p, r, f1 } = fields.detect();
    let _ = writeln!(out, "{:16}{p:7.1}{r:7.1}{BOLD}{f1:7.1}{BOLD:#}", "detect");
    let _ = writeln!(
        out,
        "\n{DIM}{:16}{:>7}{:>7}{:>9}{:>7}{:>7}{:>7}{DIM:#}",
        "field", "n", "right", "marked", "P", "R", "F1"
    );
    for (name, tally) in fields.tallies() {
        let Figure { p, r, f1 } = tally.figure();
        let (n, right, marked) = (tally.compared, tally.accuracy(), tally.gold);
        let _ = writeln!(out, "{name:16}{n:7}{BOLD}{right:7.1}{BOLD:#}{marked:9}{p:7.1}{r:7.1}{f1:7.1}");
    }
    if errors {
        let _ = writeln!(out);
        for (article, Mistake { field, about, want, got }) in mistakes {
            let _ = writeln!(out, "{article}: {field}: {about}\n    want {want:?}, got {got:?}");
        }
    }
    out
}

fn fields_json(articles: usize, fields: &Fields) -> String {
    let of = |tally: &crate::eval::fields::Tally| {
        serde_json::json!({
            "n": tally.compared, "right": tally.accuracy(), "marked": tally.gold, "figure": tally.figure(),
        })
    };
    let each: serde_json::Map<_, _> =
        fields.tallies().map(|(name, tally)| (name.to_owned(), of(tally))).collect();
    let all = serde_json::json!({
        "articles": articles, "gold": fields.gold, "predicted": fields.predicted, "detect": fields.detect(),
        "fields": each,
    });
    format!("{all:#}\n")
}
