//! The figures of an evaluation, as tables for people and as JSON.

use crate::cli::console::{BOLD, DIM};
use crate::eval::claims::{Claims, PARTS};
use crate::eval::fields::{Fields, Mistake};
use crate::eval::groups::Groups;
use crate::eval::{Figure, Scores};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// All that is measured where annotations tell source, cue and content.
#[derive(Default)]
pub(super) struct Outlines {
    pub(super) scores: Scores,
    pub(super) calibration: Calibration,
    pub(super) modes: Groups,
    pub(super) kinds: Groups,
    /// of records alone
    pub(super) claims: Claims,
}

/// How often results of a confidence are right.
#[derive(Default)]
pub(super) struct Calibration {
    /// by tenths of confidence: how many, how many right, the sum of confidences
    tenths: [(usize, usize, f64); 10],
    /// the same by rule
    rules: BTreeMap<String, (usize, usize, f64)>,
}

impl Calibration {
    pub(super) fn add(&mut self, confidence: f64, rule: &str, right: bool) {
        let tenth = &mut self.tenths[((confidence * 10.0 + 1e-9) as usize).min(9)];
        for tally in [tenth, self.rules.entry(rule.to_owned()).or_default()] {
            *tally = (tally.0 + 1, tally.1 + usize::from(right), tally.2 + confidence);
        }
    }

    /// For each rule: its id, how many results, their mean confidence, the share that is right.
    fn by_rule(&self) -> impl Iterator<Item = (&str, usize, f64, f64)> {
        self.rules
            .iter()
            .map(|(rule, &(n, right, sum))| (rule.as_str(), n, sum / n as f64, right as f64 / n as f64))
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

/// For a terminal.
pub(super) fn table(articles: usize, all: &Outlines) -> String {
    let Outlines { scores, calibration, modes, kinds, claims } = all;
    let mut out = String::new();
    let _ = writeln!(out, "articles {articles}, gold {}, predicted {}", scores.gold, scores.predicted);
    let _ = writeln!(out, "{DIM}{:16}{:>7}{:>7}{:>7}{DIM:#}", "", "P", "R", "F1");
    for (name, Figure { p, r, f1 }) in scores.figures() {
        let _ = writeln!(out, "{name:16}{p:7.1}{r:7.1}{BOLD}{f1:7.1}{BOLD:#}");
    }
    if calibration.rows().next().is_some() {
        let _ = writeln!(out, "\n{DIM}{:16}{:>7}{:>7}{:>7}{DIM:#}", "confidence", "n", "mean", "right");
        for (from, n, mean, right) in calibration.rows() {
            let _ = writeln!(out, "{:16}{n:7}{mean:7.2}{right:7.2}", format!("{from:.1} and above"));
        }
        let _ = writeln!(out, "\n{DIM}{:20}{:>3}{:>7}{:>7}{DIM:#}", "rule", "n", "mean", "right");
        for (rule, n, mean, right) in calibration.by_rule() {
            let _ = writeln!(out, "{rule:18}{n:5}{mean:7.2}{right:7.2}");
        }
    }
    for (heading, groups) in [("mode", modes), ("kind", kinds)] {
        if groups.iter().next().is_none() {
            continue;
        }
        let columns = ["gold", "pred", "detect P", "R", "F1", "full P", "R", "F1"];
        let _ = write!(out, "\n{DIM}{heading:14}");
        for (column, width) in columns.into_iter().zip([6, 6, 10, 7, 7, 9, 7, 7]) {
            let _ = write!(out, "{column:>width$}");
        }
        let _ = writeln!(out, "{DIM:#}");
        for (name, group) in groups.iter() {
            let (d, f) = (group.detect(), group.full());
            // annotations of outlines tell no kind
            if group.gold == 0 {
                let (none, n) = ("–", group.predicted);
                let _ = writeln!(
                    out,
                    "{name:14}{none:>6}{n:6}{:10.1}{none:>7}{none:>7}{:9.1}{none:>7}{none:>7}",
                    d.p, f.p
                );
                continue;
            }
            let _ = writeln!(
                out,
                "{name:14}{:6}{:6}{:10.1}{:7.1}{BOLD}{:7.1}{BOLD:#}{:9.1}{:7.1}{BOLD}{:7.1}{BOLD:#}",
                group.gold, group.predicted, d.p, d.r, d.f1, f.p, f.r, f.f1
            );
        }
    }
    if claims.iter().next().is_some() {
        let _ =
            write!(out, "\n{DIM}{:14}{:>6}{:>6}{:>7}{:>7}{:>7}", "claims", "gold", "pred", "P", "R", "F1");
        for part in PARTS {
            let _ = write!(out, "{part:>9}");
        }
        let _ = writeln!(out, "{DIM:#}");
        for (kind, tally) in claims.iter() {
            let Figure { p, r, f1 } = tally.figure();
            let (gold, predicted) = (tally.gold, tally.predicted);
            let _ = write!(out, "{kind:14}{gold:6}{predicted:6}{p:7.1}{r:7.1}{BOLD}{f1:7.1}{BOLD:#}");
            for share in tally.right() {
                let _ = write!(out, "{share:9.1}");
            }
            out.push('\n');
        }
    }
    out
}

/// For machines.
pub(super) fn json(articles: usize, all: &Outlines) -> String {
    let Outlines { scores, calibration, modes, kinds, claims } = all;
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
    let groups = |groups: &Groups| -> serde_json::Map<String, serde_json::Value> {
        let each = |(name, g): (&str, &crate::eval::groups::Group)| {
            let value = serde_json::json!({
                "gold": g.gold, "predicted": g.predicted, "detect": g.detect(), "full": g.full(),
            });
            (name.to_owned(), value)
        };
        groups.iter().map(each).collect()
    };
    let claims: serde_json::Map<_, _> = claims
        .iter()
        .map(|(kind, tally)| {
            let right: serde_json::Map<_, _> =
                PARTS.iter().zip(tally.right()).map(|(part, n)| ((*part).to_owned(), n.into())).collect();
            let value = serde_json::json!({
                "gold": tally.gold, "predicted": tally.predicted, "found": tally.figure(), "right": right,
            });
            (kind.to_owned(), value)
        })
        .collect();
    let all = serde_json::json!({
        "articles": articles, "gold": scores.gold, "predicted": scores.predicted, "figures": figures,
        "calibration": rows, "rules": rules, "modes": groups(modes), "kinds": groups(kinds), "claims": claims,
    });
    format!("{all:#}\n")
}

/// For a terminal, of every field.
pub(super) fn fields_table(
    articles: usize,
    fields: &Fields,
    mistakes: &[(&str, Mistake)],
    errors: bool,
) -> String {
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

/// For machines, of every field.
pub(super) fn fields_json(articles: usize, fields: &Fields) -> String {
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
