//! `onrecord check`: articles with what is expected of them beside them.
//!
//! A fixture is `NAME.txt`, or `NAME.article.json` where the article has a title, date and the like, and beside it
//! `NAME.json`, the record that is expected, without `engine`, or `NAME.expect.toml`, what must be found at least, or
//! both. A confidence may differ a little; all else of a record is held. Only `--bless` writes.

mod expect;
mod fixture;
mod report;
mod test;
mod wanted;

use self::expect::{Expectations, Unmet};
use self::fixture::{Fixture, find, with_ending};
use super::args::{CheckArgs, Global, Report};
use super::compare::{Difference, compare};
use super::console;
use super::exit::{Done, Exit};
use super::outputs;
use crate::error::{Error, Result};
use crate::input::{self, File, Format, Place, Settings};
use crate::output::{Destination, pretty};
use crate::pipeline::{Article, Pipeline};
use crate::record::{OffsetUnit, Options, Record};
use crate::whole;
use rayon::prelude::*;
use serde_json::Value;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) use self::expect::schema as expect_schema;
pub(super) use self::report::tell;

/// How far a confidence may lie from the expected one: it moves a little whenever the weights are learnt anew, and no
/// fixture is about that. `onrecord diff` tells every change.
const CONFIDENCE_MARGIN: f64 = 0.15;

/// A fixture and what became of it.
struct Case {
    /// its path without ending
    name: PathBuf,
    /// the file that it is about
    file: PathBuf,
    findings: Vec<Finding>,
    written: bool,
}

/// What is wrong with a fixture.
enum Finding {
    Differs(Difference),
    Unmet(Unmet),
    /// It cannot be compared.
    Fails(Error),
}

/// Runs the command.
pub(super) fn run(args: &CheckArgs, global: &Global) -> Done {
    if args.bless && !args.force && in_ci() {
        let message = "--bless writes what comes out as what is expected, and this is a CI run (CI is set), where nobody \
                       reads the difference; bless where you can review it, or add --force";
        return Err(Error::usage(message).into());
    }
    global.start_threads()?;
    // fixtures count in code points, whatever the records of a run do
    let pipeline =
        global.pipeline()?.with_options(Options { offsets: OffsetUnit::Chars, ..Options::default() });
    let fixtures = find(&args.fixtures)?;
    if let Some(report) = &args.report_file {
        let mut parts = fixtures.values().flat_map(|f| [&f.article, &f.expected, &f.partial]).flatten();
        if parts.any(|part| outputs::is_one(part, report)) {
            let message = "is a fixture; write the report to another file";
            return Err(Error::usage(message).in_file(report).into());
        }
    }
    let cases: Vec<_> =
        fixtures.par_iter().map(|(name, fixture)| check(name, fixture, &pipeline, args.bless)).collect();
    let mut out = anstream::stdout().lock();
    let to_people = args.report == Report::Human || args.report_file.is_some();
    if to_people {
        out.write_all(report::human(&cases).as_bytes())?;
        for error in cases.iter().flat_map(|case| &case.findings).filter_map(|f| match f {
            Finding::Fails(e) => Some(e),
            _ => None,
        }) {
            console::error(&error.to_string());
        }
    }
    let machine = match args.report {
        Report::Human => report::human(&cases),
        Report::Junit => report::junit(&cases),
        Report::Github => report::github(&cases),
        Report::Sarif => report::sarif(&cases),
    };
    match &args.report_file {
        Some(path) => write(path, &machine)?,
        None if !to_people => out.write_all(machine.as_bytes())?,
        None => {}
    }
    out.flush()?;
    if !global.quiet {
        console::note(&closing(&cases));
    }
    Ok(if cases.iter().any(|case| !case.findings.is_empty()) { Exit::Differs } else { Exit::Done })
}

/// Checks a folder of fixtures. Returns the report for people, how many fail, and how many there are.
pub(super) fn check_fixtures(folder: &Path, pipeline: &Pipeline) -> Result<(String, usize, usize)> {
    let fixtures = find(&[folder.to_owned()])?;
    let cases: Vec<_> = fixtures.par_iter().map(|(name, f)| check(name, f, pipeline, false)).collect();
    let mut report = report::human(&cases);
    for finding in cases.iter().flat_map(|case| &case.findings) {
        if let Finding::Fails(e) = finding {
            let _ = writeln!(report, "{}", console::plain(&e.to_string()));
        }
    }
    Ok((report, cases.iter().filter(|c| !c.findings.is_empty()).count(), cases.len()))
}

/// Whether a CI service runs this: all of them set CI.
fn in_ci() -> bool {
    std::env::var("CI").is_ok_and(|ci| !matches!(ci.as_str(), "" | "0" | "false"))
}

fn closing(cases: &[Case]) -> String {
    let count = |test: fn(&Finding) -> bool| cases.iter().filter(|c| c.findings.iter().any(test)).count();
    let differ = count(|f| matches!(f, Finding::Differs(_)));
    let mut line = format!("{} fixtures, {differ} differ", cases.len());
    for (n, what) in [
        (count(|f| matches!(f, Finding::Unmet(_))), "lack what is expected"),
        (count(|f| matches!(f, Finding::Fails(_))), "failed"),
        (cases.iter().filter(|c| c.written).count(), "written"),
    ] {
        if n > 0 {
            let _ = write!(line, ", {n} {what}");
        }
    }
    if differ > 0 {
        line.push_str("; where the new record is right: onrecord check --bless, and review the diff");
    }
    line
}

fn check(name: &Path, fixture: &Fixture, pipeline: &Pipeline, bless: bool) -> Case {
    let expected = with_ending(name, ".json");
    let files = [&fixture.article, &fixture.expected, &fixture.partial];
    let file = files.into_iter().flatten().next().unwrap_or(&expected).clone();
    let mut case = Case { name: name.to_owned(), file, findings: Vec::new(), written: false };
    if let Err(e) = fill(&mut case, fixture, &expected, pipeline, bless) {
        case.findings.push(Finding::Fails(e));
    }
    case
}

fn fill(case: &mut Case, fixture: &Fixture, expected: &Path, pipeline: &Pipeline, bless: bool) -> Result<()> {
    let Some(path) = &fixture.article else {
        let what = if fixture.expected.is_some() { "an expected record" } else { "expectations" };
        let message = format!("{what} without its article; add NAME.txt beside it or remove it");
        return Err(Error::input(message).in_file(&case.file));
    };
    let article = read(path, &case.name)?;
    let record = pipeline.run(&article);
    if let Some(partial) = &fixture.partial {
        let unmet = Expectations::read(partial)?.unmet(&record, partial);
        case.findings.extend(unmet.into_iter().map(Finding::Unmet));
    }
    let (written, actual) = expectation(record);
    // who wants parts alone is not given a whole record
    if bless && (fixture.expected.is_some() || fixture.partial.is_none()) {
        if std::fs::read_to_string(expected).unwrap_or_default() != written {
            write(expected, &written)?;
            case.written = true;
        }
        return Ok(());
    }
    let Some(expected) = &fixture.expected else {
        if fixture.partial.is_some() {
            return Ok(());
        }
        let message = "has no expected record beside it; make one: onrecord check --bless, and review it";
        return Err(Error::input(message).in_file(path));
    };
    let text = whole::read(expected, whole::FILE)
        .map_err(|e| Error::input(format!("cannot be read ({e})")).in_file(expected))?;
    let expected = serde_json::from_str::<Value>(&text).map_err(|e| {
        Error::input(format!("broken JSON ({e}); mend it by hand, or write it anew: onrecord check --bless"))
            .in_file(expected)
            .at_line(e.line())
    })?;
    let differences = compare(&expected, &actual, Some(&article.text), CONFIDENCE_MARGIN);
    case.findings.extend(differences.into_iter().map(Finding::Differs));
    Ok(())
}

/// Writes a file whole or not at all.
fn write(path: &Path, text: &str) -> Result<()> {
    let write = || -> std::io::Result<()> {
        let mut out = Destination::Path(path.to_owned()).open(None).map_err(std::io::Error::other)?;
        out.write_all(text.as_bytes())?;
        out.finish()
    };
    write().map_err(|e| Error::output(format!("cannot be written ({e})")).in_file(path))
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
fn expectation(mut record: Record) -> (String, Value) {
    record.engine.clear();
    let json = serde_json::to_string(&record).unwrap_or_default();
    // the engine changes with every rule; the first such text is the key itself, since only the schema's name
    // stands before it
    let json = json.replacen(r#""engine":"","#, "", 1);
    // through text, as the expected one came, so that numbers are read alike
    let value = serde_json::from_str(&json).unwrap_or_default();
    (pretty(&json, 0) + "\n", value)
}
