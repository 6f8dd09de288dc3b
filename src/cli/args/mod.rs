//! The arguments, as clap reads them: inert. Each command turns its own into a job.

mod compare;
mod extract;
mod values;

pub(super) use self::compare::{CheckArgs, DiffArgs, DiffFormat, Report};
pub(super) use self::extract::ExtractArgs;
use self::values::{from_formats, offset_units, threads};
use crate::error::{Error, Result};
use crate::lexicon::Lexicon;
use crate::pipeline::Pipeline;
use crate::record::OffsetUnit;
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn arguments_are_well_formed() {
        Cli::command().debug_assert();
    }
}
