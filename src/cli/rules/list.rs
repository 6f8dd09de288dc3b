//! `onrecord rules list`: all rules, for a terminal, for machines, or as a page of the book.

use crate::cli::args::RulesFormat;
use crate::cli::console::{BOLD, DIM};
use crate::pipeline;
use crate::rule::{Rule, Stage};
use serde_json::json;
use std::fmt::Write as _;

/// The rules in the order of the rooms.
pub(super) fn list(format: RulesFormat) -> String {
    match format {
        RulesFormat::Human => human(),
        RulesFormat::Json => machine(),
        RulesFormat::Markdown => markdown(),
    }
}

fn human() -> String {
    let width = pipeline::rules().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in pipeline::rules() {
        let (id, stage) = (rule.id, rule.stage.name());
        let _ = writeln!(out, "{BOLD}{id:<width$}{BOLD:#}  {DIM}{stage:<11}{DIM:#}  {}", rule.reason);
    }
    out
}

fn machine() -> String {
    let rules: Vec<_> = pipeline::rules()
        .map(|rule| {
            json!({
                "id": rule.id, "stage": rule.stage.name(), "reason": rule.reason, "examples": rule.examples,
                "near_misses": rule.near_misses,
            })
        })
        .collect();
    format!("{:#}\n", serde_json::Value::from(rules))
}

/// What each stage's rules do, above them.
fn about(stage: Stage) -> &'static str {
    match stage {
        Stage::Layout => "How lines become blocks: headline, byline, caption, paragraph, boilerplate.",
        Stage::Sentence => "Where sentences end.",
        Stage::Quote => "Which quotation marks belong together, and what they mean.",
        Stage::Attribution => {
            "Who said what. An attribution's `rule` is one of these; of all readings that rules propose, the likeliest \
             stay."
        }
        Stage::Source => "Whom a mention means.",
        Stage::Quantity => "What a number is worth. A claim's `rule` is one of these or of the next.",
        Stage::Claim => "What a number counts, and who vouches for it.",
    }
}

fn markdown() -> String {
    let mut out = String::from(
        "# Rules\n\nEvery attribution and every claim of a record names the rule that made it. Each rule has a reason, \
         examples in which it fires, and near-misses in which it must not; the tests run all of them. This page is \
         written by `onrecord rules list --format markdown`.\n",
    );
    let mut stage = None;
    for rule in pipeline::rules() {
        if stage != Some(rule.stage) {
            stage = Some(rule.stage);
            let name = rule.stage.name();
            let _ = write!(out, "\n## {}{}\n\n{}\n", name[..1].to_uppercase(), &name[1..], about(rule.stage));
        }
        section(rule, &mut out);
    }
    out
}

fn section(rule: &Rule, out: &mut String) {
    let _ = write!(out, "\n### {}\n\n{}\n", rule.id, text(rule.reason));
    for (heading, texts) in [("Fires in", rule.examples), ("Not in", rule.near_misses)] {
        if !texts.is_empty() {
            let _ = write!(out, "\n{heading}:\n\n");
        }
        for example in texts {
            let _ = writeln!(out, "- {}", text(&example.replace('\n', " ⏎ ")));
        }
    }
}

/// Text that Markdown leaves as it is.
fn text(plain: &str) -> String {
    let mut out = String::with_capacity(plain.len());
    for c in plain.trim().chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '*' | '_' | '`' | '[' | ']' | '\\' | '#' | '|' | '~' | '$' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}
