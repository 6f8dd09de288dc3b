//! The arguments, as clap reads them: inert. Each command turns its own into a job.

use crate::error::{Error, Result};
use crate::lexicon::Lexicon;
use crate::pipeline::Pipeline;
use crate::record::{OffsetUnit, Only};
use crate::{input, output};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum, ValueHint};
use std::path::PathBuf;

const EXAMPLES: &str = "\
Examples:
  onrecord extract article.txt            one article, its record on standard output
  onrecord extract news/ -o news.jsonl    a folder of articles
  zcat news.jsonl.gz | onrecord extract | jq .claims
  onrecord explain article.txt            the article with what was found, and why

Exit codes:
  0    done
  1    done, but something differs or some article failed
  2    the call is wrong, or nothing could be done
  130  interrupted";

/// Who said what, and how many: quotes, attributions and numeric claims from news, as structured JSON.
#[derive(Debug, Parser)]
#[command(name = "onrecord", version, after_help = EXAMPLES, arg_required_else_help = true, max_term_width = 110)]
pub(super) struct Cli {
    #[command(flatten)]
    pub(super) global: Global,
    #[command(subcommand)]
    pub(super) command: Command,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Extract(Box<ExtractArgs>),
    Check(CheckArgs),
    Diff(DiffArgs),
    Explain(ExplainArgs),
    View(ViewArgs),
    Report(ReportArgs),
    /// Show the rules, or check a folder of your own
    #[command(subcommand)]
    Rules(RulesCommand),
    Schema(SchemaArgs),
    Eval(EvalArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell
        shell: clap_complete::Shell,
    },
    Man(ManArgs),
}

/// The same everywhere.
#[derive(Args, Debug)]
#[command(next_help_heading = "Everywhere")]
pub(super) struct Global {
    /// Lay the TOML files of this folder over the built-in rules
    #[arg(long, value_name = "DIR", global = true, value_hint = ValueHint::DirPath)]
    pub(super) rules: Option<PathBuf>,
    /// The unit of every offset and of `length`
    #[arg(long, value_name = "UNIT", global = true, default_value = "chars", value_parser = offset_units())]
    pub(super) offsets: OffsetUnit,
    /// Put the article's text into its record
    #[arg(long, global = true)]
    pub(super) with_text: bool,
    /// How many threads work; 0 means one for each processor. The output is the same with any number
    #[arg(long, value_name = "N", global = true, default_value_t = 0, hide_default_value = true, value_parser = threads, allow_negative_numbers = true)]
    pub(super) threads: usize,
    /// No progress bar and no closing line; errors are still told
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
    /// When to colour; NO_COLOR is heeded
    #[arg(long, value_name = "WHEN", global = true)]
    pub(super) color: Option<Color>,
}

impl Global {
    /// The pipeline with the rules that were asked for.
    pub(super) fn pipeline(&self) -> Result<Pipeline> {
        Ok(match &self.rules {
            Some(folder) => Pipeline::new(Lexicon::with_rules(folder)?),
            None => Pipeline::default(),
        })
    }

    /// Sets how many threads rayon's pool has. To be called once, before any work.
    pub(super) fn start_threads(&self) -> Result<()> {
        rayon::ThreadPoolBuilder::new().num_threads(self.threads).build_global().map_err(|e| {
            Error::usage(format!("{} threads cannot be started ({e}); ask for fewer", self.threads))
        })
    }

    /// How many threads are to work.
    pub(super) fn threads(&self) -> usize {
        match self.threads {
            0 => std::thread::available_parallelism().map_or(1, usize::from),
            n => n,
        }
    }
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Color {
    /// Where a terminal shows it
    Auto,
    /// Also into a pipe
    Always,
    /// Nowhere
    Never,
}

impl Color {
    pub(super) fn apply(self) {
        match self {
            Self::Auto => anstream::ColorChoice::Auto,
            Self::Always => anstream::ColorChoice::AlwaysAnsi,
            Self::Never => anstream::ColorChoice::Never,
        }
        .write_global();
    }
}

/// Read articles and write their records
#[derive(Args, Debug)]
pub(super) struct ExtractArgs {
    /// Files, folders, globs, or - for standard input; compressed by gzip or zstd or not
    #[arg(value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub(super) inputs: Vec<PathBuf>,
    /// Write to this file (for brat and parquet: this folder) instead of standard output; it appears when the run is done
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::AnyPath)]
    pub(super) output: Option<PathBuf>,
    /// The format of the input
    #[arg(long, value_name = "FORMAT", default_value = "auto", value_parser = from_formats())]
    pub(super) from: String,
    /// The format of the output; by default what OUT's ending says, else jsonl
    #[arg(long, value_name = "FORMAT", value_parser = to_formats())]
    pub(super) to: Option<String>,
    /// Fill only these lists of the record; the others stay empty
    #[arg(long, value_name = "LISTS", value_delimiter = ',', value_parser = lists())]
    pub(super) only: Vec<String>,
    #[command(flatten)]
    pub(super) fields: FieldArgs,
    #[command(flatten)]
    pub(super) choice: ChoiceArgs,
    #[command(flatten)]
    pub(super) batch: BatchArgs,
}

/// What is read of the input.
#[derive(Args, Debug)]
#[command(next_help_heading = "Fields and texts")]
pub(super) struct FieldArgs {
    /// The field that holds the text; a.b goes into objects
    #[arg(long, value_name = "FIELD")]
    pub(super) text_field: Option<String>,
    /// The field that holds the id
    #[arg(long, value_name = "FIELD")]
    pub(super) id_field: Option<String>,
    /// Take a part of the article from a field: meta.publisher=outlet
    #[arg(long, value_name = "PART=FIELD", value_delimiter = ',', value_parser = mapping)]
    pub(super) map: Vec<(String, String)>,
    /// Pass these fields through into meta.extra
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    pub(super) keep: Vec<String>,
    /// The encoding of texts that are not UTF-8, such as windows-1252
    #[arg(long, value_name = "LABEL")]
    pub(super) encoding: Option<String>,
    /// Refuse articles longer than this, as they stand in the input
    #[arg(long, value_name = "SIZE", default_value = "16M", value_parser = size, allow_negative_numbers = true)]
    pub(super) max_article: usize,
}

/// Which articles of the input are taken.
#[derive(Args, Debug)]
#[command(next_help_heading = "Which articles")]
pub(super) struct ChoiceArgs {
    /// Stop after this many articles
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(super) limit: Option<u64>,
    /// Take a share of the articles, always the same ones: 0.01 or 1%
    #[arg(long, value_name = "SHARE", value_parser = share, allow_negative_numbers = true)]
    pub(super) sample: Option<f64>,
    /// Take one of N parts of the articles, split by their ids: 1/4 to 4/4 together are all
    #[arg(long, value_name = "I/N", value_parser = shard, allow_negative_numbers = true)]
    pub(super) shard: Option<(u32, u32)>,
    /// Also read articles that are not in English
    #[arg(long)]
    pub(super) any_language: bool,
    /// Leave out copies of an article that came before among the last hundred thousand: the same text but for white
    /// space, or nearly the same words. A shard sees its own articles alone
    #[arg(long)]
    pub(super) skip_duplicates: bool,
}

/// How a long run goes.
#[derive(Args, Debug)]
#[command(next_help_heading = "Long runs")]
pub(super) struct BatchArgs {
    /// Write what failed to this file, as JSON lines
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) errors: Option<PathBuf>,
    /// Give up when more than this many articles failed
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(super) max_errors: Option<u64>,
    /// Write what was counted to this file, as JSON
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) summary: Option<PathBuf>,
    /// Go on where an earlier run of the same call was ended; where none was, begin
    #[arg(long)]
    pub(super) resume: bool,
    /// Save how far the run is every so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 5.0, value_parser = seconds, allow_negative_numbers = true)]
    pub(super) save_every: f64,
}

fn mapping(text: &str) -> std::result::Result<(String, String), String> {
    let parts = text.split_once('=').filter(|(part, field)| !part.is_empty() && !field.is_empty());
    let (part, field) = parts.ok_or("it is PART=FIELD, such as meta.publisher=outlet")?;
    Ok((part.to_owned(), field.to_owned()))
}

fn size(text: &str) -> std::result::Result<usize, String> {
    let digits = text.trim_end_matches(['k', 'K', 'm', 'M', 'g', 'G', 'i', 'B', 'b']);
    let shift = match text[digits.len()..].to_ascii_lowercase().trim_end_matches('b').trim_end_matches('i') {
        "" => 0,
        "k" => 10,
        "m" => 20,
        "g" => 30,
        _ => return Err("it is a number of bytes, perhaps with k, M or G".to_owned()),
    };
    digits
        .parse::<usize>()
        .ok()
        .and_then(|n| n.checked_shl(shift).filter(|size| size >> shift == n && n > 0))
        .filter(|size| u32::try_from(*size).is_ok())
        .ok_or_else(|| "it is a number of bytes up to 4G, such as 16M".to_owned())
}

fn share(text: &str) -> std::result::Result<f64, String> {
    let (digits, by) = text.strip_suffix('%').map_or((text, 1.0), |digits| (digits, 100.0));
    let share = digits.parse::<f64>().map(|n| n / by);
    share
        .ok()
        .filter(|s| *s > 0.0 && *s <= 1.0)
        .ok_or_else(|| "it is above 0 and at most 1, or 100%".to_owned())
}

fn margin(text: &str) -> std::result::Result<f64, String> {
    let margin = text.parse().ok().filter(|m: &f64| (0.0..=1.0).contains(m));
    margin.ok_or_else(|| "it is from 0 to 1, such as 0.05".to_owned())
}

fn seconds(text: &str) -> std::result::Result<f64, String> {
    let seconds = text.parse().ok().filter(|s: &f64| s.is_finite() && *s >= 0.0);
    seconds.ok_or_else(|| "it is a number of seconds, such as 5 or 0.5".to_owned())
}

/// So many threads are the most: each holds an article, and more than there are processors do not help.
const THREADS: usize = 1_024;

fn threads(text: &str) -> std::result::Result<usize, String> {
    let threads = text.parse().ok().filter(|n| *n <= THREADS);
    threads.ok_or_else(|| format!("it is a number up to {THREADS}; 0 means one for each processor"))
}

fn shard(text: &str) -> std::result::Result<(u32, u32), String> {
    let (i, n) = text.split_once('/').unwrap_or_default();
    match (i.parse(), n.parse()) {
        (Ok(i), Ok(n)) if 0 < i && i <= n => Ok((i, n)),
        _ => Err("it is I/N with I from 1 to N, such as 2/8".to_owned()),
    }
}

/// Run articles and compare with the records expected of them
///
/// A fixture is NAME.txt, or NAME.article.json where the article has fields, and beside it NAME.json, the record that is
/// expected, without `engine`, or NAME.expect.toml, what must be found at least, or both. Confidences up to 0.15 apart
/// are alike; all else is held.
#[derive(Args, Debug)]
pub(super) struct CheckArgs {
    /// Folders of fixtures, or single ones
    #[arg(value_name = "FIXTURES", required = true, value_hint = ValueHint::AnyPath)]
    pub(super) fixtures: Vec<PathBuf>,
    /// Write the records as they are now into the expected ones; refused in CI
    #[arg(long)]
    pub(super) bless: bool,
    /// Bless in CI all the same
    #[arg(long, requires = "bless")]
    pub(super) force: bool,
    /// For whom the differences are told
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub(super) report: Report,
    /// Write the report to this file, and tell people on standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(super) report_file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Report {
    /// In words, for a terminal
    Human,
    /// JUnit's XML, which every CI service reads
    Junit,
    /// Annotations on the lines of the article, in a workflow of GitHub Actions
    Github,
    /// SARIF 2.1.0, for code scanning
    Sarif,
}

/// Compare two runs over a corpus, article by article
///
/// Tells what appeared, vanished and changed, counted by list, rule and kind, with samples. Passages are shown where the
/// records hold their text (extract --with-text). Memory stays bounded where both files have the same order.
#[derive(Args, Debug)]
pub(super) struct DiffArgs {
    /// Records before, as JSON lines; compressed by gzip or zstd or not
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) old: PathBuf,
    /// Records after
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) new: PathBuf,
    /// Show so many samples of each sort of difference
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(super) samples: usize,
    /// Confidences up to this far apart are alike
    #[arg(long, value_name = "MARGIN", default_value_t = 0.0, value_parser = margin, allow_negative_numbers = true)]
    pub(super) margin: f64,
    /// For whom the differences are told
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(super) format: DiffFormat,
    /// So much of either file may wait for its counterpart in the other
    #[arg(long, value_name = "SIZE", default_value = "256M", value_parser = size)]
    pub(super) hold: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum DiffFormat {
    /// In words, for a terminal
    Human,
    /// One JSON object
    Json,
}

/// Show an article with what was found in it, by which rules, and what nearly was
///
/// Each sentence with its attributions, claims and quotes; then, dimmed, the readings that a rule proposed and that were
/// dropped, with the reason. Control characters of the article are shown as pictures; none reaches the terminal.
#[derive(Args, Debug)]
pub(super) struct ExplainArgs {
    /// A file, or - for standard input
    #[arg(value_hint = ValueHint::FilePath)]
    pub(super) article: PathBuf,
    /// The format of the input
    #[arg(long, value_name = "FORMAT", value_parser = from_formats())]
    pub(super) from: Option<String>,
    /// Only what lies at this offset (in the unit of --offsets), with the rules' reasons
    #[arg(long, value_name = "OFFSET", allow_negative_numbers = true)]
    pub(super) at: Option<usize>,
    /// Show the numeric claims as a table
    #[arg(long)]
    pub(super) claims: bool,
    /// Show each word's tag and classes
    #[arg(long)]
    pub(super) tokens: bool,
    /// Also tell the readings that were hardly likely
    #[arg(long)]
    pub(super) all: bool,
}

/// Make a page that shows articles with what was found in them
///
/// One HTML file that needs no network and can be read without script: quotes, sources, cues and numbers marked in the
/// text, each with its rule and confidence; who says what; the numbers with who gives them; figures that disagree, side
/// by side. Records are shown as they are, if they hold their text (--with-text); articles are run.
#[derive(Args, Debug)]
pub(super) struct ViewArgs {
    /// Articles or records with text: files, folders, globs, or - for standard input
    #[arg(value_name = "INPUT", required = true, value_hint = ValueHint::AnyPath)]
    pub(super) inputs: Vec<PathBuf>,
    /// Write the page to this file instead of standard output
    #[arg(short, long, value_name = "PAGE", value_hint = ValueHint::FilePath)]
    pub(super) output: Option<PathBuf>,
    /// The format of the input
    #[arg(long, value_name = "FORMAT", value_parser = from_formats())]
    pub(super) from: Option<String>,
}

/// Make a page that counts over a corpus: who is quoted, how, by whom, and where figures disagree
///
/// One HTML file that needs no network and can be read without script: the most quoted sources, named against unnamed,
/// direct against indirect, cues and their stance, by outlet and month; claims by kind; figures on which articles
/// disagree. Memory does not grow with the corpus; where a count is approximate the page says so. Articles are run.
#[derive(Args, Debug)]
pub(super) struct ReportArgs {
    /// Records or articles: files, folders, globs, or - for standard input; compressed by gzip or zstd or not
    #[arg(value_name = "RECORDS", required = true, value_hint = ValueHint::AnyPath)]
    pub(super) records: Vec<PathBuf>,
    /// Write the page to this file instead of standard output
    #[arg(short, long, value_name = "PAGE", value_hint = ValueHint::FilePath)]
    pub(super) output: Option<PathBuf>,
    /// Link passages to the page that shows their article, such as page.html or articles/{id}.html, both made by
    /// `onrecord view`; {id}, {start}, {end} and {anchor} stand for the article's id, the offsets and the claim's place
    #[arg(long, value_name = "URL")]
    pub(super) view: Option<String>,
    /// The page's headline
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
    /// The format of the input
    #[arg(long, value_name = "FORMAT", value_parser = from_formats())]
    pub(super) from: Option<String>,
}

#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    /// List all rules: id, stage, reason
    List {
        /// For whom; json and markdown have the examples too
        #[arg(long, value_name = "FORMAT", default_value = "human")]
        format: RulesFormat,
    },
    /// Show a rule with its examples and near-misses, or what is known of a cue, a unit, a word
    Show {
        /// A rule's id, as records name it, a cue's, a unit's, or a word
        id: String,
    },
    /// Check a folder of rules that is meant for --rules, and run its examples and fixtures
    ///
    /// Says of every file what is wrong, by line, and warns of entries that never match, that shadow embedded ones or
    /// repeat them. Articles in DIR/fixtures are checked as `onrecord check` does.
    Check {
        /// The folder
        #[arg(value_name = "DIR", value_hint = ValueHint::DirPath)]
        folder: PathBuf,
        /// Warnings are errors
        #[arg(long)]
        strict: bool,
    },
    /// Print the JSON Schema of a file of rules, for editors
    Schema {
        /// cues.toml and the like; without it, the names of all
        #[arg(value_name = "FILE")]
        file: Option<String>,
        /// Write it, or those of all files, into this folder
        #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        output: Option<PathBuf>,
        /// For whom it is printed
        #[arg(long, value_name = "FORMAT", default_value = "json", conflicts_with = "output")]
        format: SchemaFormat,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum RulesFormat {
    /// In words, for a terminal
    Human,
    /// A JSON list
    Json,
    /// A page, as the book has it
    Markdown,
}

/// Print a JSON Schema: of the record, or of files that one writes oneself
#[derive(Args, Debug)]
pub(super) struct SchemaArgs {
    /// Of what
    #[arg(value_name = "OF", default_value = "record")]
    pub(super) of: SchemaOf,
    /// For whom
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    pub(super) format: SchemaFormat,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SchemaFormat {
    /// The schema
    Json,
    /// A page that says the same in words
    Markdown,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum SchemaOf {
    /// The record that `extract` writes
    Record,
    /// NAME.expect.toml, which `check` reads
    Expect,
}

/// Score records against annotated text: precision, recall, F1
///
/// The measures are those of the field's evaluation on PolNeAR: contents match when their words overlap by half.
#[derive(Args, Debug)]
pub(super) struct EvalArgs {
    /// A folder of annotations: NAME.ann (brat standoff) or NAME.toml (every field), with NAME.txt beside, above or in
    /// text/; or records as JSON lines, extracted --with-text and corrected
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(super) gold: PathBuf,
    /// Records as JSON lines, with offsets in code points; or a folder of brat standoff
    #[arg(value_hint = ValueHint::AnyPath)]
    pub(super) predictions: PathBuf,
    /// Print the figures as JSON
    #[arg(long)]
    pub(super) json: bool,
    /// List what differs, where the annotations tell every field
    #[arg(long, conflicts_with = "json")]
    pub(super) errors: bool,
}

/// Print the manual page
#[derive(Args, Debug)]
pub(super) struct ManArgs {
    /// Write a page for each command into this folder
    #[arg(short, long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub(super) output: Option<PathBuf>,
}

fn from_formats() -> PossibleValuesParser {
    let auto = PossibleValue::new("auto").help("what the file's name or its first bytes say");
    let formats = input::FORMATS.iter().map(|f| PossibleValue::new(f.name).help(f.about));
    PossibleValuesParser::new(std::iter::once(auto).chain(formats))
}

fn to_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(output::FORMATS.iter().map(|f| PossibleValue::new(f.name).help(f.about)))
}

fn lists() -> PossibleValuesParser {
    let names = Only::all().iter_names().map(|(name, _)| name.to_ascii_lowercase());
    PossibleValuesParser::new(names.map(PossibleValue::new).collect::<Vec<_>>())
}

fn offset_units() -> impl TypedValueParser<Value = OffsetUnit> {
    PossibleValuesParser::new([
        PossibleValue::new("chars").help("Unicode code points: what Python slices by"),
        PossibleValue::new("bytes").help("UTF-8 bytes: what Rust and Go slice by"),
        PossibleValue::new("utf16").help("UTF-16 code units: what JavaScript and Java slice by"),
    ])
    .map(|name| match name.as_str() {
        "bytes" => OffsetUnit::Bytes,
        "utf16" => OffsetUnit::Utf16,
        _ => OffsetUnit::Chars,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn sizes_shares_and_shards() {
        for (text, want) in [
            ("16M", Some(16 << 20)),
            ("3kB", Some(3072)),
            ("1GiB", Some(1 << 30)),
            ("0", None),
            ("5G", None),
            ("x", None),
            ("1kM", None),
        ] {
            assert_eq!(size(text).ok(), want, "{text}");
        }
        assert_eq!((share("1%"), share("0.5").ok(), share("2").ok()), (Ok(0.01), Some(0.5), None));
        assert_eq!((shard("2/8"), shard("0/8").ok(), shard("9/8").ok()), (Ok((2, 8)), None, None));
    }

    #[test]
    fn threads_and_seconds_are_numbers_that_make_sense() {
        assert_eq!((threads("0"), threads("1024"), threads("1025").ok()), (Ok(0), Ok(1_024), None));
        for text in ["-1", "x", "99999999999999999999"] {
            assert!(threads(text).is_err(), "{text}");
        }
        assert_eq!((seconds("0.5"), seconds("0")), (Ok(0.5), Ok(0.0)));
        assert_eq!((margin("0"), margin("0.05"), margin("1")), (Ok(0.0), Ok(0.05), Ok(1.0)));
        for text in ["-1", "NaN", "inf", "1e400", "x"] {
            assert!(seconds(text).is_err() && margin(text).is_err(), "{text}");
        }
    }

    #[test]
    fn arguments_are_well_formed() {
        Cli::command().debug_assert();
    }
}
