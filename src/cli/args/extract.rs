//! The arguments of `extract`: what is read, of which articles, and how a long run goes.

use super::values::{from_formats, lists, mapping, seconds, shard, share, size, to_formats};
use clap::{Args, ValueHint};
use std::path::PathBuf;

/// Read articles and write their records
#[derive(Args, Debug)]
pub(in crate::cli) struct ExtractArgs {
    /// Files, folders, globs, or - for standard input; compressed by gzip or zstd or not
    #[arg(value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) inputs: Vec<PathBuf>,
    /// Write to this file (for brat and parquet: this folder) instead of standard output; it appears when the run is done
    #[arg(short, long, value_name = "OUT", value_hint = ValueHint::AnyPath)]
    pub(in crate::cli) output: Option<PathBuf>,
    /// The format of the input
    #[arg(long, value_name = "FORMAT", default_value = "auto", value_parser = from_formats())]
    pub(in crate::cli) from: String,
    /// The format of the output; by default what OUT's ending says, else jsonl
    #[arg(long, value_name = "FORMAT", value_parser = to_formats())]
    pub(in crate::cli) to: Option<String>,
    /// Fill only these lists of the record; the others stay empty
    #[arg(long, value_name = "LISTS", value_delimiter = ',', value_parser = lists())]
    pub(in crate::cli) only: Vec<String>,
    #[command(flatten)]
    pub(in crate::cli) fields: FieldArgs,
    #[command(flatten)]
    pub(in crate::cli) choice: ChoiceArgs,
    #[command(flatten)]
    pub(in crate::cli) batch: BatchArgs,
}

/// What is read of the input.
#[derive(Args, Debug)]
#[command(next_help_heading = "Fields and texts")]
pub(in crate::cli) struct FieldArgs {
    /// The field that holds the text; a.b goes into objects
    #[arg(long, value_name = "FIELD")]
    pub(in crate::cli) text_field: Option<String>,
    /// The field that holds the id
    #[arg(long, value_name = "FIELD")]
    pub(in crate::cli) id_field: Option<String>,
    /// Take a part of the article from a field: meta.publisher=outlet
    #[arg(long, value_name = "PART=FIELD", value_delimiter = ',', value_parser = mapping)]
    pub(in crate::cli) map: Vec<(String, String)>,
    /// Pass these fields through into meta.extra
    #[arg(long, value_name = "FIELD", value_delimiter = ',')]
    pub(in crate::cli) keep: Vec<String>,
    /// The encoding of texts that are not UTF-8, such as windows-1252
    #[arg(long, value_name = "LABEL")]
    pub(in crate::cli) encoding: Option<String>,
    /// Refuse articles longer than this, as they stand in the input
    #[arg(long, value_name = "SIZE", default_value = "16M", value_parser = size, allow_negative_numbers = true)]
    pub(in crate::cli) max_article: usize,
}

/// Which articles of the input are taken.
#[derive(Args, Debug)]
#[command(next_help_heading = "Which articles")]
pub(in crate::cli) struct ChoiceArgs {
    /// Stop after this many articles
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(in crate::cli) limit: Option<u64>,
    /// Take a share of the articles, always the same ones: 0.01 or 1%
    #[arg(long, value_name = "SHARE", value_parser = share, allow_negative_numbers = true)]
    pub(in crate::cli) sample: Option<f64>,
    /// Take one of N parts of the articles, split by their ids: 1/4 to 4/4 together are all
    #[arg(long, value_name = "I/N", value_parser = shard, allow_negative_numbers = true)]
    pub(in crate::cli) shard: Option<(u32, u32)>,
    /// Also read articles that are not in English
    #[arg(long)]
    pub(in crate::cli) any_language: bool,
    /// Leave out copies of an article that came before among the last hundred thousand: the same text but for white
    /// space, or nearly the same words. A shard sees its own articles alone
    #[arg(long)]
    pub(in crate::cli) skip_duplicates: bool,
}

/// How a long run goes.
#[derive(Args, Debug)]
#[command(next_help_heading = "Long runs")]
pub(in crate::cli) struct BatchArgs {
    /// Write what failed to this file, as JSON lines
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) errors: Option<PathBuf>,
    /// Give up when more than this many articles failed
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    pub(in crate::cli) max_errors: Option<u64>,
    /// Write what was counted to this file, as JSON
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub(in crate::cli) summary: Option<PathBuf>,
    /// Go on where an earlier run of the same call was ended; where none was, begin
    #[arg(long)]
    pub(in crate::cli) resume: bool,
    /// Save how far the run is every so many seconds
    #[arg(long, value_name = "SECONDS", default_value_t = 5.0, value_parser = seconds, allow_negative_numbers = true)]
    pub(in crate::cli) save_every: f64,
}
