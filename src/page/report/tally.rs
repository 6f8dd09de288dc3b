//! What is counted over a corpus, one record after another, in memory that does not grow with it.

use super::dispute::{Across, Within};
use super::sketch::Sketch;
use crate::record::{Attribution, Claim, Record, Source};
use crate::vocabulary::{Mode, Stance};
use std::collections::BTreeMap;

/// How many sources, outlets and cues are told apart; see [`Sketch`].
const SOURCES: usize = 40_000;
const OUTLETS: usize = 4_000;
const CUES: usize = 8_000;
/// How many months are told apart: two centuries.
const MONTHS: usize = 2_400;

/// The stances in the order of their columns.
pub(super) const STANCES: [Stance; 7] = [
    Stance::Neutral,
    Stance::Assert,
    Stance::Deny,
    Stance::Doubt,
    Stance::Concede,
    Stance::Accuse,
    Stance::Praise,
];

/// Counts of a part of the corpus.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Shares {
    pub(super) articles: u64,
    pub(super) statements: u64,
    pub(super) direct: u64,
    pub(super) mixed: u64,
    pub(super) named: u64,
    pub(super) unnamed: u64,
    pub(super) claims: u64,
    /// claims for which a source vouches
    pub(super) given: u64,
    pub(super) stances: [u64; STANCES.len()],
}

/// What is counted of a source.
#[derive(Clone, Debug, Default)]
pub(super) struct Voice {
    pub(super) articles: u64,
    pub(super) direct: u64,
    pub(super) mixed: u64,
    pub(super) claims: u64,
    pub(super) named: bool,
    /// the article in which it spoke last
    last: u64,
}

/// What is counted of a cue.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Verb {
    pub(super) direct: u64,
    pub(super) negated: u64,
    pub(super) stances: [u64; STANCES.len()],
}

/// What is counted of a kind of claims.
#[derive(Clone, Debug)]
pub(super) struct Kind {
    pub(super) claims: u64,
    pub(super) given: u64,
    pub(super) vague: u64,
    pub(super) units: Sketch<()>,
}

impl Default for Kind {
    fn default() -> Self {
        Self { claims: 0, given: 0, vague: 0, units: Sketch::new(2_000) }
    }
}

/// Everything that is counted.
#[derive(Debug)]
pub struct Tally {
    pub(super) all: Shares,
    pub(super) outlets: Sketch<Shares>,
    pub(super) months: BTreeMap<Month, Shares>,
    /// articles whose month is not told, or beyond the months that are told apart
    pub(super) no_month: u64,
    pub(super) sources: Sketch<Voice>,
    pub(super) cues: Sketch<Verb>,
    pub(super) kinds: BTreeMap<String, Kind>,
    pub(super) within: Within,
    pub(super) across: Across,
    pub(super) engine: String,
}

/// A year and a month.
pub(super) type Month = (u16, u8);

impl Default for Tally {
    fn default() -> Self {
        Self {
            all: Shares::default(),
            outlets: Sketch::new(OUTLETS),
            months: BTreeMap::new(),
            no_month: 0,
            sources: Sketch::new(SOURCES),
            cues: Sketch::new(CUES),
            kinds: BTreeMap::new(),
            within: Within::default(),
            across: Across::default(),
            engine: String::new(),
        }
    }
}

impl Tally {
    /// Counts a record.
    pub fn add(&mut self, record: &Record) {
        let shares = Shares::of(record);
        self.all.add(&shares);
        if self.engine != record.engine {
            self.engine.clone_from(&record.engine);
        }
        let outlet = outlet(record);
        self.outlets.add(outlet, 1).add(&shares);
        let month = record.meta.date.as_deref().and_then(month);
        match month {
            Some(month) if self.months.len() < MONTHS || self.months.contains_key(&month) => {
                self.months.entry(month).or_default().add(&shares);
            }
            _ => self.no_month += 1,
        }
        for a in &record.attributions {
            if let Some(source) = source(record, a) {
                let voice = self.sources.add(&key(source), 1);
                voice.direct += u64::from(a.mode == Mode::Direct);
                voice.mixed += u64::from(a.mode == Mode::Mixed);
                voice.named = source.named;
                if voice.last != self.all.articles {
                    voice.last = self.all.articles;
                    voice.articles += 1;
                }
            }
            if let Some(cue) = &a.cue {
                let verb = self.cues.add(&clipped(&cue.lemma), 1);
                verb.direct += u64::from(a.mode == Mode::Direct);
                verb.negated += u64::from(cue.negated);
                verb.stances[stance(cue.stance)] += 1;
            }
        }
        for claim in &record.claims {
            let kind = self.kinds.entry(crate::page::show::name(claim.kind.word())).or_default();
            kind.claims += 1;
            kind.given += u64::from(claim.claimant.is_some());
            kind.vague += u64::from(claim.bound != crate::vocabulary::Bound::Equal);
            if !claim.unit.is_empty() {
                kind.units.add(&clipped(&claim.unit), 1);
            }
            if let Some(source) = claimant(record, claim) {
                // a number is no statement more: it counts where the source is counted already
                self.sources.add(&key(source), 0).claims += 1;
            }
        }
        self.within.add(record, outlet);
        self.across.add(record, outlet, month);
    }
}

impl Shares {
    fn of(record: &Record) -> Self {
        let mut shares = Self { articles: 1, ..Self::default() };
        for a in &record.attributions {
            shares.statements += 1;
            shares.direct += u64::from(a.mode == Mode::Direct);
            shares.mixed += u64::from(a.mode == Mode::Mixed);
            if let Some(source) = source(record, a) {
                shares.named += u64::from(source.named);
                shares.unnamed += u64::from(!source.named);
            }
            if let Some(cue) = &a.cue {
                shares.stances[stance(cue.stance)] += 1;
            }
        }
        shares.claims = record.claims.len() as u64;
        shares.given = record.claims.iter().filter(|c| c.claimant.is_some()).count() as u64;
        shares
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.statements += other.statements;
        self.direct += other.direct;
        self.mixed += other.mixed;
        self.named += other.named;
        self.unnamed += other.unnamed;
        self.claims += other.claims;
        self.given += other.given;
        for (mine, theirs) in self.stances.iter_mut().zip(other.stances) {
            *mine += theirs;
        }
    }

    pub(super) fn indirect(&self) -> u64 {
        self.statements - self.direct - self.mixed
    }
}

fn stance(stance: Stance) -> usize {
    STANCES.iter().position(|s| *s == stance).unwrap_or_default()
}

fn source<'a>(record: &'a Record, a: &Attribution) -> Option<&'a Source> {
    record.sources.get(a.source.as_ref()?.refers_to? as usize)
}

pub(super) fn claimant<'a>(record: &'a Record, claim: &Claim) -> Option<&'a Source> {
    record.sources.get(claim.claimant? as usize)
}

/// No name is kept longer than this, in bytes.
const LONGEST: usize = 160;

/// A name short enough to be kept.
pub(super) fn clipped(name: &str) -> String {
    let mut end = name.len().min(LONGEST);
    while !name.is_char_boundary(end) {
        end -= 1;
    }
    name[..end].split_whitespace().collect::<Vec<_>>().join(" ")
}

/// One source of the corpus: its name and kind.
fn key(source: &Source) -> String {
    format!("{}\t{}", clipped(&source.name), crate::page::show::name(source.kind.word()))
}

/// Who published it, else the host of its address.
fn outlet(record: &Record) -> &str {
    let host = |url: &'_ str| -> Option<usize> { url.find("://").map(|i| i + 3) };
    let meta = &record.meta;
    let named = meta.publisher.as_deref().map(str::trim).filter(|p| !p.is_empty());
    let of_url = || {
        let url = meta.url.as_deref()?;
        let rest = &url[host(url)?..];
        let host = rest.split(['/', '?', '#', ':']).next()?;
        Some(host.strip_prefix("www.").unwrap_or(host)).filter(|h| !h.is_empty())
    };
    let outlet = named.or_else(of_url).unwrap_or(NO_OUTLET);
    let mut end = outlet.len().min(LONGEST);
    while !outlet.is_char_boundary(end) {
        end -= 1;
    }
    &outlet[..end]
}

/// What stands for the outlet where none is told.
pub(super) const NO_OUTLET: &str = "outlet not known";

/// The month of a date that begins as ISO 8601 has it: 2026-03-05, 2026/3/5, 20260305.
pub(super) fn month(date: &str) -> Option<Month> {
    let date = date.trim();
    let year: u16 = date.get(..4)?.parse().ok()?;
    let rest = date.get(4..)?;
    let digits = match rest.strip_prefix(['-', '/', '.']) {
        Some(rest) => rest.split(|c: char| !c.is_ascii_digit()).next()?,
        None => rest.get(..2).filter(|_| rest.len() >= 4)?,
    };
    let month: u8 = digits.parse().ok()?;
    (1000 <= year && (1..=12).contains(&month) && digits.len() <= 2).then_some((year, month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_read() {
        for (date, want) in [
            ("2026-03-05T10:00:00Z", Some((2026, 3))),
            ("2026/3/5", Some((2026, 3))),
            ("20261105", Some((2026, 11))),
            ("2026-11", Some((2026, 11))),
            ("2026-13-01", None),
            ("1773000000", None),
            ("5 March 2026", None),
            ("", None),
            ("２０２６-03", None),
        ] {
            assert_eq!(month(date), want, "{date}");
        }
    }

    #[test]
    fn outlets_are_publishers_or_hosts() {
        let of = |publisher: Option<&str>, url: Option<&str>| {
            let mut record = crate::Pipeline::default().run(&crate::Article::new("a", "Rain fell."));
            record.meta.publisher = publisher.map(str::to_owned);
            record.meta.url = url.map(str::to_owned);
            outlet(&record).to_owned()
        };
        assert_eq!(of(Some("The Orla Post"), Some("https://x.example/")), "The Orla Post");
        assert_eq!(of(Some(" "), Some("https://www.orla.example:80/a?b")), "orla.example");
        assert_eq!(of(None, Some("nothing")), NO_OUTLET);
    }
}
