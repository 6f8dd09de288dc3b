//! Differences over a corpus: how many of each sort, by list, rule and kind, with samples.

use super::pairs::Alone;
use crate::cli::check::tell;
use crate::cli::compare::{Difference, Matter};
use crate::cli::console::{BOLD, DIM, line, plain};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Which change of an item names its sort, the first that holds.
const ASPECTS: &[(&str, &str)] = &[
    ("source", "source"),
    ("claimant", "claimant"),
    ("value", "value"),
    ("low", "value"),
    ("high", "value"),
    ("bound", "bound"),
    ("unit", "unit"),
    ("of", "thing counted"),
    ("cue", "cue"),
    ("content", "content"),
    ("name", "name"),
    ("kind", "kind"),
    ("mode", "mode"),
    ("role", "role"),
    ("attribution", "attribution"),
    ("parent", "nesting"),
];

/// Differences of one sort.
#[derive(Debug, Default)]
struct Sort {
    n: usize,
    samples: Vec<(String, Difference)>,
}

/// What was counted of two runs.
#[derive(Debug, Default)]
pub(super) struct Tally {
    most: usize,
    /// Articles in both.
    pub(super) both: usize,
    differ: usize,
    pub(super) only_old: Alone,
    pub(super) only_new: Alone,
    /// by list and what became of it
    sorts: BTreeMap<(&'static str, String), Sort>,
    /// by rule, and by list and kind: gone, new, changed, confidence alone
    rules: BTreeMap<String, [usize; 4]>,
    kinds: BTreeMap<(&'static str, String), [usize; 4]>,
}

fn column(d: &Difference) -> usize {
    match d.matter {
        Matter::Missing => 0,
        Matter::Unexpected => 1,
        Matter::Changed(_) => 2 + usize::from(d.is_confidence_alone()),
    }
}

fn sort(d: &Difference) -> String {
    match column(d) {
        2 => {
            let aspect = ASPECTS.iter().find(|(key, _)| d.changes(key)).map_or("otherwise", |(_, name)| name);
            format!("changed {aspect}")
        }
        3 => "changed confidence alone".to_owned(),
        _ => d.verb().to_owned(),
    }
}

impl Tally {
    /// Keeps so many samples of each sort.
    pub(super) fn new(most: usize) -> Self {
        Self { most, ..Self::default() }
    }

    /// Counts the differences of an article in.
    pub(super) fn add(&mut self, id: &str, differences: Vec<Difference>) {
        self.differ += usize::from(!differences.is_empty());
        for d in differences {
            if let Some(rule) = &d.rule {
                self.rules.entry(rule.clone()).or_default()[column(&d)] += 1;
            }
            if let Some(kind) = &d.kind {
                self.kinds.entry((d.list, kind.clone())).or_default()[column(&d)] += 1;
            }
            let sort = self.sorts.entry((d.list, sort(&d))).or_default();
            sort.n += 1;
            if sort.samples.len() < self.most {
                sort.samples.push((id.to_owned(), d));
            }
        }
    }

    /// Whether nothing differs.
    pub(super) fn is_clean(&self) -> bool {
        self.differ + self.only_old.n + self.only_new.n == 0
    }

    /// In one line.
    pub(super) fn closing(&self) -> String {
        let mut line = format!("{} articles in both, {} differ", self.both, self.differ);
        for (n, which) in [(self.only_old.n, "old"), (self.only_new.n, "new")] {
            if n > 0 {
                let _ = write!(line, "; {n} only in the {which} file");
            }
        }
        line
    }

    /// For a terminal: counts, then samples.
    pub(super) fn human(&self) -> String {
        let mut out = String::new();
        if !self.sorts.is_empty() {
            let _ = writeln!(out, "{BOLD}{:<14}{:<26}{:>8}{BOLD:#}", "list", "what", "items");
            for ((list, what), sort) in &self.sorts {
                let _ = writeln!(out, "{list:<14}{what:<26}{:>8}", sort.n);
            }
        }
        let kinds: BTreeMap<String, [usize; 4]> =
            self.kinds.iter().map(|((list, kind), n)| (format!("{list} {kind}"), *n)).collect();
        for (what, counts) in [("rule", &self.rules), ("kind", &kinds)] {
            if !counts.is_empty() {
                let _ = writeln!(
                    out,
                    "\n{BOLD}{what:<26}{:>8}{:>8}{:>9}{:>12}{BOLD:#}",
                    "gone", "new", "changed", "confidence"
                );
            }
            for (name, [gone, new, changed, confidence]) in counts {
                let _ = writeln!(out, "{:<26}{gone:>8}{new:>8}{changed:>9}{confidence:>12}", plain(name));
            }
        }
        for ((list, what), sort) in self.sorts.iter().filter(|(_, sort)| !sort.samples.is_empty()) {
            let of = if sort.samples.len() < sort.n {
                format!(", {} of {}", sort.samples.len(), sort.n)
            } else {
                String::new()
            };
            let _ = writeln!(out, "\n{DIM}{list}, {what}{of}{DIM:#}");
            let mut rest = &sort.samples[..];
            while let Some((id, _)) = rest.first() {
                let (these, others) = rest.split_at(rest.iter().take_while(|(other, _)| other == id).count());
                tell(id, &these.iter().map(|(_, d)| d).collect::<Vec<_>>(), &mut out);
                rest = others;
            }
        }
        for (alone, which) in [(&self.only_old, "old"), (&self.only_new, "new")] {
            let shown = alone.first.len().min(self.most);
            for id in &alone.first[..shown] {
                let _ = writeln!(out, "{}: only in the {which} file", line(id));
            }
            if shown < alone.n {
                let _ = writeln!(out, "{DIM}… {} more only in the {which} file{DIM:#}", alone.n - shown);
            }
        }
        out
    }

    /// For machines.
    pub(super) fn json(&self) -> String {
        let counts = |[gone, new, changed, confidence]: [usize; 4]| json!({"gone": gone, "new": new, "changed": changed, "confidence_alone": confidence});
        let sample = |(id, d): &(String, Difference)| {
            let changes: Vec<Value> = match &d.matter {
                Matter::Changed(changes) => {
                    let part =
                        |text: &str| serde_json::from_str::<Value>(text).unwrap_or_else(|_| json!(text));
                    let change = changes.iter();
                    change.map(|c| json!({"key": c.key, "old": part(&c.old), "new": part(&c.new)})).collect()
                }
                _ => Vec::new(),
            };
            json!({
                "article": id, "item": d.item, "rule": d.rule, "kind": d.kind, "details": d.details(),
                "changes": changes, "line": d.place.as_ref().map(|p| p.line),
                "passage": d.place.as_ref().map(|p| &p.passage),
            })
        };
        let sorts: Vec<Value> = self
            .sorts
            .iter()
            .map(|((list, what), sort)| {
                let samples: Vec<Value> = sort.samples.iter().map(sample).collect();
                json!({"list": list, "what": what, "items": sort.n, "samples": samples})
            })
            .collect();
        let rules: serde_json::Map<_, _> =
            self.rules.iter().map(|(rule, n)| (rule.clone(), counts(*n))).collect();
        let kinds: Vec<Value> = self
            .kinds
            .iter()
            .map(|((list, kind), n)| json!({"list": list, "kind": kind, "counts": counts(*n)}))
            .collect();
        let alone = |a: &Alone| json!({"articles": a.n, "first": a.first});
        let all = json!({
            "articles": {"both": self.both, "differ": self.differ},
            "only_old": alone(&self.only_old), "only_new": alone(&self.only_new),
            "sorts": sorts, "rules": rules, "kinds": kinds,
        });
        format!("{all:#}\n")
    }
}
