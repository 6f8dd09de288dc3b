//! The tables of a corpus: sources, outlets, months, cues, kinds of claims.

use super::tally::{STANCES, Shares, Tally};
use super::{CUES, MONTHS, OUTLETS, SOURCES};
use crate::page::show::{count, excerpt, name};

/// A table that can be sorted and filtered.
pub(super) struct Table {
    pub(super) anchor: &'static str,
    pub(super) title: &'static str,
    pub(super) note: String,
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Vec<Cell>>,
}

pub(super) struct Column {
    pub(super) name: String,
    pub(super) number: bool,
}

/// A cell: what it shows, what it is sorted by, and the length of its bar in per cent.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) by: String,
    pub(super) bar: Option<String>,
}

impl Cell {
    fn text(text: String) -> Self {
        Self { by: String::new(), text, bar: None }
    }

    fn count(n: u64) -> Self {
        Self { text: count(n), by: n.to_string(), bar: None }
    }

    /// A count that may be too high.
    fn counted(n: u64, error: u64) -> Self {
        let sign = if error > 0 { "≈ " } else { "" };
        Self { text: format!("{sign}{}", count(n)), by: n.to_string(), bar: None }
    }

    fn of_most(self, n: u64, most: u64) -> Self {
        Self { bar: Some(format!("{:.1}", 100.0 * n as f64 / most.max(1) as f64)), ..self }
    }

    fn share(n: u64, of: u64) -> Self {
        let by = if of == 0 { "-1".to_owned() } else { format!("{:.4}", n as f64 / of as f64) };
        Self { text: percent(n, of), by, bar: None }
    }
}

/// A share as it is printed.
pub(super) fn percent(n: u64, of: u64) -> String {
    match of {
        0 => "–".to_owned(),
        _ => format!("{:.0}%", 100.0 * n as f64 / of as f64),
    }
}

fn columns(names: &[&str], texts: usize) -> Vec<Column> {
    names
        .iter()
        .enumerate()
        .map(|(i, name)| Column { name: (*name).to_owned(), number: i >= texts })
        .collect()
}

/// How many of how many are shown.
fn shown(rows: usize, of: usize, what: &str) -> String {
    if rows < of {
        format!("The first {} of {} {what}.", count(rows as u64), count(of as u64))
    } else {
        String::new()
    }
}

/// All tables that have rows.
pub(super) fn all(tally: &Tally) -> Vec<Table> {
    let mut all = vec![sources(tally), outlets(tally), months(tally), cues(tally), kinds(tally)];
    all.retain(|t| !t.rows.is_empty());
    all
}

fn sources(tally: &Tally) -> Table {
    let top = tally.sources.top(SOURCES, |c| c.count);
    let most = top.first().map_or(1, |t| t.1.count);
    let rows: Vec<_> = top
        .iter()
        .map(|(key, c)| {
            let (who, kind) = key.split_once('\t').unwrap_or((key, ""));
            let v = &c.value;
            vec![
                Cell::text(excerpt(who, 100)),
                Cell::text(kind.to_owned()),
                Cell::text(if v.named { "named" } else { "unnamed" }.to_owned()),
                Cell::counted(c.count, c.error).of_most(c.count, most),
                Cell::count(v.articles),
                Cell::share(
                    v.direct,
                    v.direct + v.mixed + c.count.saturating_sub(c.error + v.direct + v.mixed),
                ),
                Cell::count(v.claims),
            ]
        })
        .collect();
    Table {
        anchor: "sources",
        title: "Sources",
        note: shown(rows.len(), tally.sources.len(), "sources"),
        columns: columns(&["Source", "Kind", "Named", "Statements", "Articles", "Direct", "Numbers"], 3),
        rows,
    }
}

/// The cells that a part of the corpus has.
fn shares(s: &Shares) -> Vec<Cell> {
    let mut cells = vec![
        Cell::count(s.statements),
        Cell::share(s.direct, s.statements),
        Cell::share(s.indirect(), s.statements),
        Cell::share(s.named, s.statements),
        Cell::share(s.unnamed, s.statements),
    ];
    cells.extend(s.stances[1..].iter().map(|&n| Cell::share(n, s.statements)));
    cells.push(Cell::count(s.claims));
    cells.push(Cell::share(s.given, s.claims));
    cells
}

fn share_columns(first: &str) -> Vec<Column> {
    let mut names =
        vec![first.to_owned(), "Articles".into(), "Statements".into(), "Direct".into(), "Indirect".into()];
    names.extend(["By named".into(), "By unnamed".into()]);
    names.extend(STANCES[1..].iter().map(|s| capital(&name(s.word()))));
    names.extend(["Numbers".into(), "Given by a source".into()]);
    names.into_iter().enumerate().map(|(i, name)| Column { name, number: i > 0 }).collect()
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

fn outlets(tally: &Tally) -> Table {
    let top = tally.outlets.top(OUTLETS, |c| c.count);
    let rows: Vec<_> = top
        .iter()
        .map(|(outlet, c)| {
            let mut row = vec![Cell::text(excerpt(outlet, 80)), Cell::counted(c.count, c.error)];
            row.extend(shares(&c.value));
            row
        })
        .collect();
    Table {
        anchor: "outlets",
        title: "Outlets",
        note: shown(rows.len(), tally.outlets.len(), "outlets"),
        columns: share_columns("Outlet"),
        rows,
    }
}

fn months(tally: &Tally) -> Table {
    let months = tally.months.iter().rev().take(MONTHS);
    let rows: Vec<_> = months
        .map(|(&(year, month), s)| {
            let mut row = vec![
                Cell { by: format!("{year}{month:02}"), ..Cell::text(format!("{year}-{month:02}")) },
                Cell::count(s.articles),
            ];
            row.extend(shares(s));
            row
        })
        .collect();
    let mut note = shown(rows.len(), tally.months.len(), "months");
    if tally.no_month > 0 {
        note.push_str(&format!(
            " {} articles tell no month (a date such as 2026-03-05).",
            count(tally.no_month)
        ));
    }
    Table { anchor: "months", title: "Months", note, columns: share_columns("Month"), rows }
}

fn cues(tally: &Tally) -> Table {
    let top = tally.cues.top(CUES, |c| c.count);
    let most = top.first().map_or(1, |t| t.1.count);
    let rows: Vec<_> = top
        .iter()
        .map(|(lemma, c)| {
            let stance = (0..STANCES.len())
                .max_by_key(|&i| (c.value.stances[i], std::cmp::Reverse(i)))
                .unwrap_or_default();
            vec![
                Cell::text(cue(lemma)),
                Cell::text(name(STANCES[stance].word())),
                Cell::counted(c.count, c.error).of_most(c.count, most),
                Cell::share(c.value.direct, c.count),
                Cell::count(c.value.negated),
            ]
        })
        .collect();
    Table {
        anchor: "cues",
        title: "Cues",
        note: shown(rows.len(), tally.cues.len(), "cues"),
        columns: columns(&["Cue", "Stance", "Statements", "Direct", "Negated"], 2),
        rows,
    }
}

/// A cue as it is printed: one that is no word, such as a colon, between marks.
pub(super) fn cue(lemma: &str) -> String {
    let cue = excerpt(lemma, 60);
    if cue.contains(char::is_alphanumeric) { cue } else { format!("“{cue}”") }
}

fn kinds(tally: &Tally) -> Table {
    let mut kinds: Vec<_> = tally.kinds.iter().collect();
    kinds.sort_by(|a, b| b.1.claims.cmp(&a.1.claims).then(a.0.cmp(b.0)));
    let most = kinds.first().map_or(1, |k| k.1.claims);
    let rows = kinds
        .iter()
        .map(|(kind, k)| {
            let units: Vec<_> =
                k.units.top(5, |c| c.count).iter().map(|(unit, _)| excerpt(unit, 30)).collect();
            vec![
                Cell::text((*kind).clone()),
                Cell::text(units.join(", ")),
                Cell::count(k.claims).of_most(k.claims, most),
                Cell::share(k.given, k.claims),
                Cell::share(k.vague, k.claims),
            ]
        })
        .collect();
    Table {
        anchor: "claims",
        title: "Claims by kind",
        note: String::new(),
        columns: columns(&["Kind", "Most frequent units", "Claims", "Given by a source", "Not exact"], 2),
        rows,
    }
}
