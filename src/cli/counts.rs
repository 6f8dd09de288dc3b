//! What a run counted: its closing line, and the summary of `--summary`.

use super::console;
use crate::record::RecordView;
use serde::{Deserialize, Serialize};

/// What a run counted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Counts {
    /// records written
    pub(super) articles: u64,
    pub(super) failed: u64,
    /// of another shard, or not of the sample
    pub(super) left_aside: u64,
    /// copies of others, not written
    pub(super) duplicates: u64,
    /// written, with empty lists
    pub(super) not_english: u64,
    pub(super) characters: u64,
    pub(super) blocks: u64,
    pub(super) sentences: u64,
    pub(super) sources: u64,
    pub(super) attributions: u64,
    pub(super) quotes: u64,
    pub(super) claims: u64,
    pub(super) figures: u64,
    pub(super) diagnostics: u64,
}

#[derive(Serialize)]
struct Summary<'a> {
    engine: &'a str,
    #[serde(flatten)]
    counts: &'a Counts,
    files_of_other_kinds: usize,
    bytes_read: u64,
    seconds: f64,
}

impl Counts {
    pub(super) fn of(record: &RecordView<'_>) -> Self {
        Self {
            articles: 1,
            not_english: u64::from(record.diagnostics.iter().any(|d| d.code == "not-english")),
            characters: record.length.into(),
            blocks: record.blocks.len() as u64,
            sentences: record.sentences.len() as u64,
            sources: record.sources.len() as u64,
            attributions: record.attributions.len() as u64,
            quotes: record.quotes.len() as u64,
            claims: record.claims.len() as u64,
            figures: record.figures.len() as u64,
            diagnostics: record.diagnostics.len() as u64,
            ..Self::default()
        }
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.failed += other.failed;
        self.left_aside += other.left_aside;
        self.duplicates += other.duplicates;
        self.not_english += other.not_english;
        self.characters += other.characters;
        self.blocks += other.blocks;
        self.sentences += other.sentences;
        self.sources += other.sources;
        self.attributions += other.attributions;
        self.quotes += other.quotes;
        self.claims += other.claims;
        self.figures += other.figures;
        self.diagnostics += other.diagnostics;
    }

    /// The summary as JSON.
    pub(super) fn summary(&self, engine: &str, other_files: usize, bytes: u64, seconds: f64) -> String {
        let seconds = (seconds * 1000.0).round() / 1000.0;
        let summary =
            Summary { engine, counts: self, files_of_other_kinds: other_files, bytes_read: bytes, seconds };
        serde_json::to_string_pretty(&summary).unwrap_or_default() + "\n"
    }

    /// Tells the closing line.
    pub(super) fn tell(&self, other_files: usize, seconds: f64) {
        let plural = |n: u64, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let mut parts = vec![
            plural(self.articles, "article"),
            plural(self.quotes, "quote"),
            plural(self.attributions, "attribution"),
            plural(self.claims, "claim"),
        ];
        if self.failed > 0 {
            parts.push(format!("{} failed", self.failed));
        }
        if self.not_english > 0 {
            parts.push(format!("{} not in English", self.not_english));
        }
        if self.duplicates > 0 {
            parts.push(format!("{} left out", plural(self.duplicates, "duplicate")));
        }
        if self.left_aside > 0 {
            parts.push(format!("{} left to others", plural(self.left_aside, "article")));
        }
        if other_files > 0 {
            parts.push(format!("{} of other kinds left aside", plural(other_files as u64, "file")));
        }
        console::note(&format!("{}; {seconds:.1} s", parts.join(", ")));
    }
}
