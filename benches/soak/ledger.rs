//! What came of what was fed: each article is on record or failed, once.

use crate::feed::File;
use std::collections::{BTreeMap, HashMap, HashSet};

/// A file of which not everything is told yet.
struct Open {
    articles: usize,
    cut: bool,
    records: HashSet<usize>,
    errors: usize,
}

/// Accounts of one run.
#[derive(Default)]
pub(crate) struct Ledger {
    open: HashMap<u64, Open>,
    pub(crate) files: u64,
    pub(crate) articles: u64,
    pub(crate) bytes: u64,
    pub(crate) records: u64,
    /// articles that lay behind the cut of a file
    pub(crate) lost: u64,
    pub(crate) errors: BTreeMap<String, u64>,
    pub(crate) faults: Vec<String>,
}

impl Ledger {
    /// Notes a file that is fed.
    pub(crate) fn fed(&mut self, file: &File) {
        self.files += 1;
        self.articles += file.articles as u64;
        self.bytes += file.bytes.len() as u64;
        let open = Open { articles: file.articles, cut: file.cut, records: HashSet::new(), errors: 0 };
        self.open.insert(file.number, open);
    }

    /// A record came out.
    pub(crate) fn record(&mut self, id: &str) {
        self.records += 1;
        let name = id.rsplit('/').next().unwrap_or(id);
        let (file, place) = name.split_once('-').unwrap_or((name, "0"));
        let number = file.strip_prefix('m').and_then(|n| n.parse().ok());
        let Some(((number, open), place)) =
            number.and_then(|n| Some((n, self.open.get_mut(&n)?))).zip(place.parse::<usize>().ok())
        else {
            return self.fault(format!("a record of {id:?}, which is not awaited"));
        };
        if place >= open.articles || !open.records.insert(place) {
            return self.fault(format!("a second record of {id:?}"));
        }
        self.close(number);
    }

    /// An error was told: `place` names the file, `message` says what it was.
    pub(crate) fn error(&mut self, place: &str, message: &str) {
        *self.errors.entry(kind(message)).or_default() += 1;
        let name = place.rsplit('/').next().unwrap_or(place);
        let number = name.strip_prefix('m').and_then(|n| n.split('.').next()?.parse().ok());
        let Some((number, open)) = number.and_then(|n: u64| Some((n, self.open.get_mut(&n)?))) else {
            return self.fault(format!("an error of {place:?}, which is not awaited: {message}"));
        };
        open.errors += 1;
        self.close(number);
    }

    /// Forgets a whole file of which everything is told; one more word of it is a fault then.
    fn close(&mut self, number: u64) {
        let open = &self.open[&number];
        if !open.cut && open.records.len() + open.errors == open.articles {
            self.open.remove(&number);
        }
    }

    fn fault(&mut self, what: String) {
        if self.faults.len() < 20 {
            self.faults.push(what);
        }
    }

    /// Settles the accounts when nothing more comes.
    pub(crate) fn settle(&mut self) {
        for (number, open) in std::mem::take(&mut self.open) {
            let told = open.records.len() + open.errors;
            if !open.cut {
                self.fault(format!("file {number}: of {} articles {told} are accounted for", open.articles));
                continue;
            }
            // the last error is the cut's own; what is told before it are the first articles, each once
            let before = told.saturating_sub(1);
            let first = open.records.iter().all(|&i| i < before);
            if open.errors == 0 || !first || before > open.articles {
                self.fault(format!(
                    "file {number}, cut short: records {:?}, {} errors",
                    open.records, open.errors
                ));
            }
            self.lost += (open.articles - before.min(open.articles)) as u64;
        }
    }

    /// One line of figures, and the errors by kind.
    pub(crate) fn figures(&self) -> String {
        let failed: u64 = self.errors.values().sum();
        let mut out = format!(
            "{} files, {} articles, {:.1} MB fed; {} records, {failed} errors, {} articles behind a cut",
            self.files,
            self.articles,
            self.bytes as f64 / 1e6,
            self.records,
            self.lost
        );
        for (kind, n) in &self.errors {
            out += &format!("\n  {n:>8} {kind}");
        }
        out
    }
}

/// A message without what differs from case to case.
fn kind(message: &str) -> String {
    let head = message.split([';', '(']).next().unwrap_or_default();
    let head = head.split(" at ").next().unwrap_or_default();
    let mut out = String::new();
    for c in head.chars() {
        if !c.is_ascii_digit() {
            out.push(c);
        } else if !out.ends_with('N') {
            out.push('N');
        }
    }
    out.trim().to_owned()
}
