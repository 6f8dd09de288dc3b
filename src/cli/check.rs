//! `onrecord check`: articles with their expected records beside them.
//!
//! A fixture is `NAME.txt`, or `NAME.article.json` where the article has a title, date and the like, and beside it
//! `NAME.json`, the record that is expected, without `engine`. A confidence may differ a little; all else is held. Only
//! `--bless` writes.

use super::args::{CheckArgs, Global, Report};
use super::compare::{Difference, Matter, compare};
use super::console;
use super::exit::{Done, Exit};
use crate::error::{Error, Result};
use crate::input::{self, File, Format, Place, Settings};
use crate::output::{Destination, pretty};
use crate::pipeline::{Article, Pipeline};
use rayon::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use walkdir::WalkDir;

/// How far a confidence may lie from the expected one: it moves a little whenever the weights are learnt anew, and no
/// fixture is about that. `onrecord diff` tells every change.
const CONFIDENCE_MARGIN: f64 = 0.15;

/// An article and its expected record: the files of one name.
#[derive(Clone, Debug, Default)]
struct Fixture {
    article: Option<PathBuf>,
    expected: Option<PathBuf>,
}

/// What became of a fixture.
enum Outcome {
    Same,
    Differs(Vec<Difference>),
    Written,
}

/// Runs the command.
pub(super) fn run(args: &CheckArgs, global: &Global) -> Done {
    global.start_threads()?;
    let pipeline = global.pipeline()?;
    let fixtures = find(&args.fixtures)?;
    let outcomes: Vec<_> = fixtures
        .par_iter()
        .map(|(name, fixture)| (name, check(name, fixture, &pipeline, args.bless)))
        .collect();
    let (mut differ, mut failed, mut written) = (0, 0, 0);
    let mut report = String::new();
    for (name, outcome) in outcomes {
        match outcome {
            Ok(Outcome::Same) => {}
            Ok(Outcome::Written) => written += 1,
            Ok(Outcome::Differs(differences)) => {
                differ += 1;
                match args.report {
                    Report::Human => tell(&name.display().to_string(), &differences, &mut report),
                }
            }
            Err(e) => {
                failed += 1;
                console::error(&e.to_string());
            }
        }
    }
    let mut out = anstream::stdout().lock();
    out.write_all(report.as_bytes())?;
    out.flush()?;
    if !global.quiet {
        let mut line = format!("{} fixtures, {differ} differ", fixtures.len());
        for (n, what) in [(failed, "failed"), (written, "written")] {
            if n > 0 {
                let _ = write!(line, ", {n} {what}");
            }
        }
        if differ > 0 {
            line.push_str("; where the new record is right: onrecord check --bless, and review the diff");
        }
        console::note(&line);
    }
    Ok(if differ + failed > 0 { Exit::Differs } else { Exit::Done })
}

/// The fixtures by the path of their name.
fn find(inputs: &[PathBuf]) -> Result<BTreeMap<PathBuf, Fixture>> {
    let mut fixtures: BTreeMap<PathBuf, Fixture> = BTreeMap::new();
    for input in inputs {
        let before = fixtures.len();
        let meta = std::fs::metadata(input)
            .map_err(|e| Error::usage(format!("cannot be read ({e}); check the path")).in_file(input))?;
        if meta.is_dir() {
            for entry in WalkDir::new(input).sort_by_file_name() {
                let entry = entry.map_err(|e| Error::usage(format!("cannot be looked into ({e})")))?;
                if entry.file_type().is_file() {
                    put(entry.path(), &mut fixtures);
                }
            }
        } else if let Some(name) = put(input, &mut fixtures) {
            // one file of a fixture stands for both
            for ending in [".txt", ".article.json", ".json"] {
                let path = with_ending(&name, ending);
                if path.is_file() {
                    put(&path, &mut fixtures);
                }
            }
        }
        if fixtures.len() == before {
            let message =
                "holds no fixture: NAME.txt or NAME.article.json, with the expected record NAME.json";
            return Err(Error::usage(message).in_file(input));
        }
    }
    Ok(fixtures)
}

fn with_ending(name: &Path, ending: &str) -> PathBuf {
    let mut path = name.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

/// Puts a file where it belongs; returns the name of its fixture.
fn put(path: &Path, fixtures: &mut BTreeMap<PathBuf, Fixture>) -> Option<PathBuf> {
    let file = path.file_name()?.to_str()?;
    let (stem, is_article) = [(".article.json", true), (".txt", true), (".json", false)]
        .iter()
        .find_map(|(ending, is_article)| Some((file.strip_suffix(ending)?, *is_article)))?;
    let name = path.with_file_name(stem);
    let fixture = fixtures.entry(name.clone()).or_default();
    let slot = if is_article { &mut fixture.article } else { &mut fixture.expected };
    *slot = Some(path.to_owned());
    Some(name)
}

fn check(name: &Path, fixture: &Fixture, pipeline: &Pipeline, bless: bool) -> Result<Outcome> {
    let expected = with_ending(name, ".json");
    let Some(path) = &fixture.article else {
        let message = "an expected record without its article; add NAME.txt beside it or remove it";
        return Err(Error::input(message).in_file(&expected));
    };
    let article = read(path, name)?;
    let (written, actual) = record(pipeline, &article);
    if bless {
        let old = std::fs::read_to_string(&expected).unwrap_or_default();
        if old == written {
            return Ok(Outcome::Same);
        }
        let write = |path: &Path| -> std::io::Result<()> {
            let mut out = Destination::Path(path.to_owned()).open(None).map_err(std::io::Error::other)?;
            out.write_all(written.as_bytes())?;
            out.finish()
        };
        write(&expected).map_err(|e| Error::output(format!("cannot be written ({e})")).in_file(&expected))?;
        return Ok(Outcome::Written);
    }
    let Some(expected) = &fixture.expected else {
        let message = "has no expected record beside it; make one: onrecord check --bless, and review it";
        return Err(Error::input(message).in_file(path));
    };
    let text = std::fs::read_to_string(expected)
        .map_err(|e| Error::input(format!("cannot be read ({e})")).in_file(expected))?;
    let expected = serde_json::from_str::<Value>(&text).map_err(|e| {
        Error::input(format!("broken JSON ({e}); mend it by hand")).in_file(expected).at_line(e.line())
    })?;
    let differences = compare(&expected, &actual, Some(&article.text), CONFIDENCE_MARGIN);
    Ok(if differences.is_empty() { Outcome::Same } else { Outcome::Differs(differences) })
}

fn read(path: &Path, name: &Path) -> Result<Article> {
    let stem = name.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let format = Format::of_name(path);
    let file = File { place: Place::Path(path.to_owned()), id: stem.clone(), size: 0 };
    let settings = Arc::new(Settings { format, ..Settings::default() });
    let mut articles = input::articles(&file, &settings).into_iter();
    let none = || Error::input("holds no article; a fixture is one").in_file(path);
    let article = articles.next().ok_or_else(none)??;
    if articles.next().is_some() {
        return Err(Error::input("holds several articles; a fixture is one").in_file(path));
    }
    // whatever the article's own id, the fixture goes by its name
    Ok(Article { id: stem, ..article })
}

/// The record as a file of expectations holds it, and as it compares.
fn record(pipeline: &Pipeline, article: &Article) -> (String, Value) {
    let mut record = pipeline.run(article);
    record.engine.clear();
    let json = serde_json::to_string(&record).unwrap_or_default();
    // the engine changes with every rule; the first such text is the key itself, since only the schema's name
    // stands before it
    let json = json.replacen(r#""engine":"","#, "", 1);
    // through text, as the expected one came, so that numbers are read alike
    let value = serde_json::from_str(&json).unwrap_or_default();
    (pretty(&json, 0) + "\n", value)
}

/// Writes an article's differences for people.
pub(super) fn tell(name: &str, differences: &[Difference], out: &mut String) {
    use console::{ADDED, BOLD, CHANGED, DIM, REMOVED, plain};
    let _ = writeln!(out, "{BOLD}{}{BOLD:#}", plain(name));
    for difference in differences {
        let (style, word) = match difference.matter {
            Matter::Missing => (REMOVED, "missing"),
            Matter::Unexpected => (ADDED, "unexpected"),
            Matter::Changed(_) => (CHANGED, "changed"),
        };
        let list = difference.list;
        let _ =
            writeln!(out, "  {style}{word:<10}{style:#} {DIM}{list:<12}{DIM:#} {}", plain(&difference.item));
        if let Matter::Changed(changes) = &difference.matter {
            for (key, old, new) in changes {
                let _ = writeln!(
                    out,
                    "      {key}: {REMOVED}{}{REMOVED:#} → {ADDED}{}{ADDED:#}",
                    plain(old),
                    plain(new)
                );
            }
        }
    }
}
