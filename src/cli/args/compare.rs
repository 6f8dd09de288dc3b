//! The arguments of `check` and `diff`, which compare records.

use super::values::{margin, size};
use clap::{Args, ValueEnum, ValueHint};
use std::path::PathBuf;

/// Run articles and compare with the records expected of them
///
/// A fixture is NAME.txt, or NAME.article.json where the article has fields, and beside it NAME.json, the record that is
/// expected, without `engine`, or NAME.expect.toml, what must be found at least, or both. Confidences up to 0.15 apart
/// are alike; all else is held.
#[derive(Args, Debug)]
pub(in crate::cli) struct CheckArgs {
    /// Folders of fixtures, or single ones
    #[arg(value_name = "FIXTURES", required = true, value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) fixtures: Vec<PathBuf>,
    /// Write the records as they are now into the expected ones; refused in CI
    #[arg(long)]
    pub(in crate::cli) bless: bool,
    /// Bless in CI all the same
    #[arg(long, requires = "bless")]
    pub(in crate::cli) force: bool,
    /// For whom the differences are told
    #[arg(long, value_name = "FORM", default_value = "human")]
    pub(in crate::cli) report: Report,
    /// Write the report to this file, and tell people on standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) report_file: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Report {
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
pub(in crate::cli) struct DiffArgs {
    /// Records before, as JSON lines; compressed by gzip or zstd or not
    #[arg(value_hint = ValueHint::FilePath)]
    pub(in crate::cli) old: PathBuf,
    /// Records after
    #[arg(value_hint = ValueHint::FilePath)]
    pub(in crate::cli) new: PathBuf,
    /// Show so many samples of each sort of difference
    #[arg(long, value_name = "N", default_value_t = 5)]
    pub(in crate::cli) samples: usize,
    /// Confidences up to this far apart are alike
    #[arg(long, value_name = "MARGIN", default_value_t = 0.0, value_parser = margin, allow_negative_numbers = true)]
    pub(in crate::cli) margin: f64,
    /// For whom the differences are told
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub(in crate::cli) format: DiffFormat,
    /// So much of either file may wait for its counterpart in the other
    #[arg(long, value_name = "SIZE", default_value = "256M", value_parser = size)]
    pub(in crate::cli) hold: usize,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(in crate::cli) enum DiffFormat {
    /// In words, for a terminal
    Human,
    /// One JSON object
    Json,
}
