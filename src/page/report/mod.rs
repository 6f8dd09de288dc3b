//! The page of a corpus: who is quoted, how, by whom; what is counted, and where articles disagree.
//!
//! A [`Tally`] takes records one after another, in memory that does not grow with them; [`page`] shows what it counted.

mod dispute;
mod plot;
mod sketch;
mod table;
mod tally;

pub use self::tally::Tally;

use self::plot::{Bars, NUMBERS, SPEECH, bars, columns};
use self::table::Table;
use super::show::{count, excerpt, name};
use super::view::claim_anchor;
use super::{STYLE, policy};
use askama::Template;

/// How many rows the tables have at most.
const SOURCES: usize = 200;
const OUTLETS: usize = 150;
const MONTHS: usize = 240;
const CUES: usize = 150;
const DISPUTES: usize = 50;
/// How many bars a plot has at most.
const BARS: usize = 12;

const OWN_STYLE: &str = include_str!("../../../templates/report.css");
const SCRIPT: &str = include_str!("../../../templates/report.js");
/// SHA-256 of the script, in base64; a test says what it must be.
pub(super) const SCRIPT_DIGEST: &str = "UkgNU8Gj5aK/XP/Hez8TeStOfTl52w1CJpR58E395Hw=";

/// What the page is told beside what was counted.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// The page's headline.
    pub title: Option<String>,
    /// The address of the page that shows an article, with `{id}`, `{start}`, `{end}` and `{anchor}` for its parts;
    /// the anchor of the claim follows it where the pattern has none.
    pub view: Option<String>,
    /// How many inputs could not be read.
    pub failed: u64,
}

#[derive(Template)]
#[template(path = "report.html")]
struct ReportPage<'a> {
    title: String,
    style: &'a str,
    own: &'a str,
    script: &'a str,
    policy: &'a str,
    totals: Vec<(&'static str, String)>,
    plots: Vec<Plot>,
    tables: Vec<Table>,
    disputes: Vec<Disputes>,
    notes: Vec<String>,
    engine: String,
}

/// A plot with what it shows.
struct Plot {
    title: &'static str,
    /// the parts of its bars, by the class of their colour
    legend: &'static [(&'static str, &'static str)],
    svg: String,
    note: String,
}

/// Figures of one sort on which there is no agreement.
struct Disputes {
    anchor: &'static str,
    title: &'static str,
    note: String,
    figures: Vec<Disputed>,
}

struct Disputed {
    of: String,
    facts: String,
    sides: Vec<Side>,
}

struct Side {
    value: String,
    who: String,
    place: String,
    href: Option<String>,
}

const MODES: &[(&str, &str)] = &[("p0", "direct"), ("p1", "partly quoted"), ("p2", "indirect")];
const NAMED: &[(&str, &str)] = &[("p0", "named"), ("p1", "unnamed"), ("p2", "no source found")];

/// The whole page.
pub fn page(tally: &Tally, settings: &Settings) -> String {
    let all = &tally.all;
    let totals = vec![
        ("articles", count(all.articles)),
        ("statements", count(all.statements)),
        ("quoted directly", table::percent(all.direct, all.statements)),
        ("by named sources", table::percent(all.named, all.statements)),
        ("numbers", count(all.claims)),
        ("given by a source", table::percent(all.given, all.claims)),
    ];
    let mut notes = vec![
        "A statement is whatever the text attributes to someone: said, believed, wanted, decided. Sources are told apart \
         by name and kind alone: one person under two names is two sources, two people of one name are one."
            .to_owned(),
    ];
    if settings.failed > 0 {
        notes.push(format!("{} inputs could not be read and are not counted.", count(settings.failed)));
    }
    let approximate = [
        ("sources", tally.sources.floor()),
        ("outlets", tally.outlets.floor()),
        ("cue verbs", tally.cues.floor()),
    ];
    for (what, floor) in approximate.into_iter().filter(|(_, floor)| *floor > 0) {
        notes.push(format!(
            "Counts of {what} are approximate, since there are more than are told apart at one time: a count marked ≈ may \
             be too high by up to {}, never too low; what is not listed was seen at most that often.",
            count(floor)
        ));
    }
    if !tally.across.is_exact() {
        notes.push(
            "Figures that several articles give were looked for among the most frequent ones; rare ones may be missing."
                .to_owned(),
        );
    }
    let page = ReportPage {
        title: settings.title.as_ref().map_or_else(|| "Who is on record".to_owned(), |t| excerpt(t, 160)),
        style: STYLE,
        own: OWN_STYLE,
        script: SCRIPT,
        policy: &policy(SCRIPT_DIGEST),
        totals,
        plots: plots(tally),
        tables: table::all(tally),
        disputes: disputes(tally, settings),
        notes,
        engine: excerpt(&tally.engine, 60),
    };
    page.render().unwrap_or_default()
}

fn plots(tally: &Tally) -> Vec<Plot> {
    let mut plots = Vec::new();
    let voices = tally.sources.top(BARS, |c| c.count);
    let modes =
        |count: u64, direct: u64, mixed: u64| vec![direct, mixed, count.saturating_sub(direct + mixed)];
    let rows: Vec<_> = voices
        .iter()
        .map(|(key, c)| {
            let name = key.split('\t').next().unwrap_or_default();
            (name.to_owned(), modes(c.count, c.value.direct, c.value.mixed))
        })
        .collect();
    let label =
        format!("Statements of the {} most quoted sources; the table of sources has the figures", rows.len());
    plots.push(Plot {
        title: "Who is quoted most",
        legend: MODES,
        svg: bars(&Bars { label, rows, colours: &SPEECH }),
        note: "statements by source".to_owned(),
    });
    let verbs = tally.cues.top(BARS, |c| c.count).into_iter();
    let rows = verbs
        .map(|(lemma, c)| (table::cue(lemma), vec![c.value.direct, 0, c.count - c.value.direct]))
        .collect();
    plots.push(Plot {
        title: "By which words",
        legend: &[("p0", "direct"), ("p2", "partly quoted or indirect")],
        svg: bars(&Bars {
            label: "The most frequent cues; the table of cues has the figures".into(),
            rows,
            colours: &SPEECH,
        }),
        note: "statements by cue".to_owned(),
    });
    let stances = tally::STANCES.iter().zip(tally.all.stances).skip(1);
    let mut rows: Vec<_> = stances.map(|(stance, n)| (name(stance.word()), vec![0, n])).collect();
    rows.sort_by(|a, b| b.1.cmp(&a.1));
    plots.push(Plot {
        title: "With what stance",
        legend: &[],
        svg: bars(&Bars {
            label: "Statements by stance; the tables of outlets and months have shares".into(),
            rows,
            colours: &SPEECH,
        }),
        note: "statements whose cue is not neutral".to_owned(),
    });
    let mut kinds: Vec<_> = tally.kinds.iter().map(|(kind, k)| (kind.clone(), vec![k.claims])).collect();
    kinds.sort_by(|a, b| b.1.cmp(&a.1));
    plots.push(Plot {
        title: "What is counted",
        legend: &[],
        svg: bars(&Bars {
            label: "Claims by kind; the table of claims has the figures".into(),
            rows: kinds,
            colours: &NUMBERS,
        }),
        note: "numeric claims by kind".to_owned(),
    });
    let months = || tally.months.iter().rev().take(MONTHS).collect::<Vec<_>>().into_iter().rev();
    if tally.months.len() > 1 {
        let by = |parts: fn(&tally::Shares) -> Vec<u64>| {
            months().map(|(&(y, m), s)| (format!("{y}-{m:02}"), parts(s))).collect::<Vec<_>>()
        };
        let rows = by(|s| vec![s.direct, s.mixed, s.indirect()]);
        plots.push(Plot {
            title: "Direct against indirect",
            legend: MODES,
            svg: columns(&Bars {
                label: "Share of direct statements by month; the table of months has the figures".into(),
                rows,
                colours: &SPEECH,
            }),
            note: "share of statements by month".to_owned(),
        });
        let rows = by(|s| vec![s.named, s.unnamed, s.statements - s.named - s.unnamed]);
        plots.push(Plot {
            title: "Named against unnamed",
            legend: NAMED,
            svg: columns(&Bars {
                label: "Share of named sources by month; the table of months has the figures".into(),
                rows,
                colours: &SPEECH,
            }),
            note: "share of statements by month".to_owned(),
        });
    }
    plots.retain(|p| p.svg.contains("<rect"));
    plots
}

fn disputes(tally: &Tally, settings: &Settings) -> Vec<Disputes> {
    let side = |p: &dispute::Passage| Side {
        value: p.value.clone(),
        who: p.who.clone(),
        place: format!("{}, {} to {}", excerpt(&p.article, 80), p.span[0], p.span[1]),
        href: settings.view.as_ref().map(|pattern| address(pattern, p)),
    };
    let across: Vec<_> = tally
        .across
        .top(DISPUTES)
        .into_iter()
        .map(|thing| Disputed {
            of: excerpt(&thing.of, 120),
            facts: format!("{} articles", count(thing.articles)),
            sides: thing.passages().iter().map(side).collect(),
        })
        .collect();
    let within: Vec<_> = tally
        .within
        .top()
        .into_iter()
        .take(DISPUTES)
        .map(|d| Disputed {
            of: d.of.clone(),
            facts: d
                .passages
                .first()
                .map(|p| p.outlet.clone())
                .filter(|o| o != tally::NO_OUTLET)
                .map(|o| excerpt(&o, 80))
                .unwrap_or_default(),
            sides: d.passages.iter().map(side).collect(),
        })
        .collect();
    let shown = within.len() as u64;
    let mut all = vec![
        Disputes {
            anchor: "between",
            title: "Where articles disagree with each other",
            note: "Articles of one month, or without a date, that count the same thing by the same words and give numbers that cannot all be \
                   true. They may speak of different days or places: read the passages."
                .to_owned(),
            figures: across,
        },
        Disputes {
            anchor: "within",
            title: "Where articles disagree with themselves",
            note: match tally.within.count {
                n if n > shown => format!("Figures for which one article gives several numbers: {shown} of {}, those with most sides first.", count(n)),
                _ => "Figures for which one article gives several numbers that cannot all be true.".to_owned(),
            },
            figures: within,
        },
    ];
    all.retain(|d| !d.figures.is_empty());
    all
}

/// The address of a passage.
fn address(pattern: &str, p: &dispute::Passage) -> String {
    let encoded = |text: &str| {
        text.bytes().fold(String::new(), |mut out, byte| {
            match byte {
                b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' | b'~' => out.push(byte as char),
                _ => out.push_str(&format!("%{byte:02X}")),
            }
            out
        })
    };
    let anchor = claim_anchor(&p.article, p.claim);
    // one pass, so that an id that holds {end} stays what it is
    let mut address = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find('{') {
        address.push_str(&rest[..at]);
        rest = &rest[at..];
        let parts = [
            ("{id}", encoded(&p.article)),
            ("{start}", p.span[0].to_string()),
            ("{end}", p.span[1].to_string()),
            ("{anchor}", anchor.clone()),
        ];
        match parts.into_iter().find(|(name, _)| rest.starts_with(name)) {
            Some((name, part)) => {
                address.push_str(&part);
                rest = &rest[name.len()..];
            }
            None => {
                address.push('{');
                rest = &rest[1..];
            }
        }
    }
    address.push_str(rest);
    if !pattern.contains('#') {
        address.push('#');
        address.push_str(&anchor);
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_made_of_a_pattern() {
        let passage = dispute::Passage {
            article: "a/{end} b".to_owned(),
            outlet: String::new(),
            claim: 3,
            span: [10, 20],
            value: String::new(),
            who: String::new(),
        };
        let anchor = claim_anchor("a/{end} b", 3);
        for (pattern, want) in [
            ("page.html", format!("page.html#{anchor}")),
            ("v/{id}.html", format!("v/a%2F%7Bend%7D%20b.html#{anchor}")),
            ("x?a={id}&from={start}&to={end}#top", "x?a=a%2F%7Bend%7D%20b&from=10&to=20#top".to_owned()),
            ("{other}/#{anchor}", format!("{{other}}/#{anchor}")),
        ] {
            assert_eq!(address(pattern, &passage), want);
        }
    }
}
