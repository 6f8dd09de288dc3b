//! The page of articles: each with its text marked, its cast, its numbers and the figures on which it disagrees.
//!
//! An article is rendered by itself ([`article`]), by whatever thread; [`page`] joins them under a table of contents.

mod cast;
mod figures;
mod marks;
mod text;

use self::cast::Person;
use self::figures::{Dispute, Number};
use self::text::{Piece, Row};
use super::show::{Bytes, count, excerpt, name, shown, slug};
use super::{STYLE, policy};
use crate::record::Record;
use askama::Template;

/// How many statements of one paragraph light up without the script.
const LOCAL: usize = 16;

const OWN_STYLE: &str = include_str!("../../../templates/view.css");
const SCRIPT: &str = include_str!("../../../templates/view.js");
/// SHA-256 of the script, in base64; a test says what it must be.
const SCRIPT_DIGEST: &str = "r3x9Bne7C2tDbx+3ua6D7vwcmx1rULkzn/eCiQkrQaM=";

/// An article's part of the page.
#[derive(Clone, Debug)]
pub struct Section {
    /// The name that links lead to.
    pub slug: String,
    /// What the table of contents calls it.
    pub title: String,
    /// Publisher and date.
    pub origin: String,
    /// Attributions, sources and claims.
    pub counts: [u64; 3],
    /// Figures on which it disagrees.
    pub disputes: u64,
    html: String,
}

impl Section {
    fn statements(&self) -> String {
        count(self.counts[0])
    }

    fn sources(&self) -> String {
        count(self.counts[1])
    }

    fn claims(&self) -> String {
        count(self.counts[2])
    }
}

#[derive(Template)]
#[template(path = "article.html")]
struct ArticlePage<'a> {
    slug: &'a str,
    title: &'a str,
    origin: &'a str,
    authors: String,
    url: Option<&'a str>,
    id: String,
    headline: Option<Row<'a>>,
    rows: Vec<Row<'a>>,
    cast: Vec<Person>,
    numbers: Vec<Number>,
    disputes: Vec<Dispute>,
    remarks: Vec<Remark>,
    statements: u64,
    engine: String,
}

/// A diagnostic of the record.
struct Remark {
    code: String,
    message: String,
}

#[derive(Template)]
#[template(path = "view.html")]
struct ViewPage<'a> {
    title: &'a str,
    style: &'a str,
    own: &'a str,
    script: &'a str,
    policy: &'a str,
    local: usize,
    sections: &'a [Section],
    totals: [String; 4],
}

/// Where a claim of an article stands in its page: what follows `#`.
pub fn claim_anchor(article: &str, claim: u32) -> String {
    format!("{}.c{claim}", slug(article))
}

/// Renders one article. `text` is what its record's offsets point into; `number` tells apart articles of one id.
pub fn article(record: &Record, text: &str, number: usize) -> Section {
    let mut slug = slug(&record.id);
    if number > 0 {
        slug.push_str(&format!("~{}", number + 1));
    }
    let bytes = Bytes::new(text, record.offsets);
    let meta = &record.meta;
    let title = match &meta.title {
        Some(title) if !title.trim().is_empty() => excerpt(title, 160),
        _ => excerpt(&record.id, 160),
    };
    let origin: Vec<_> =
        [&meta.publisher, &meta.date].into_iter().flatten().map(|s| excerpt(s, 80)).collect();
    let origin = origin.join(" · ");
    let disputes = figures::disputes(record);
    let counts = [record.attributions.len(), record.sources.len(), record.claims.len()].map(|n| n as u64);
    let many = disputes.len() as u64;
    let mut rows = text::rows(record, text, &bytes, &slug);
    let headline = rows.first().is_some_and(|row| row.kind == "headline").then(|| rows.remove(0));
    let page = ArticlePage {
        slug: &slug,
        title: &title,
        origin: &origin,
        authors: excerpt(&meta.authors.join(", "), 160),
        // any other scheme could be a script
        url: meta.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://")),
        id: excerpt(&record.id, 200),
        headline,
        rows,
        cast: cast::cast(record),
        numbers: figures::numbers(record),
        disputes,
        remarks: record
            .diagnostics
            .iter()
            .map(|d| Remark { code: shown(&d.code).into_owned(), message: shown(&d.message).into_owned() })
            .collect(),
        statements: counts[0],
        engine: excerpt(&record.engine, 60),
    };
    let html = page.render().unwrap_or_default();
    Section { slug, title, origin, counts, disputes: many, html }
}

/// The whole page.
pub fn page(sections: &[Section]) -> String {
    let sum = |i: usize| sections.iter().map(|s| s.counts[i]).sum::<u64>();
    let title = match sections {
        [one] => one.title.clone(),
        _ => format!("{} articles on record", count(sections.len() as u64)),
    };
    let page = ViewPage {
        title: &title,
        style: STYLE,
        own: OWN_STYLE,
        script: SCRIPT,
        policy: &policy(SCRIPT_DIGEST),
        local: LOCAL,
        sections,
        totals: [sections.len() as u64, sum(0), sum(1), sum(2)].map(count),
    };
    page.render().unwrap_or_default()
}

/// The number that readers count an id by, from one; a record that no run wrote may hold any id.
fn ordinal(id: u32) -> u32 {
    id.saturating_add(1)
}

/// A confidence as it is printed.
fn confidence(value: f64) -> String {
    format!("{value:.2}")
}

/// "direct statement", "indirect belief".
fn sort(a: &crate::record::Attribution) -> String {
    format!("{} {}", name(a.mode.word()), name(a.kind.word()))
}
