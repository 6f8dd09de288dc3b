//! What is marked in an article's text: contents, quotes, sources, cues and claims, each with what it says of itself.

use super::{ordinal, sort};
use crate::page::show::{Bytes, name, shown, value};
use crate::page::sweep::Extent;
use crate::record::Record;
use crate::vocabulary::Mode;

/// A marked stretch.
pub(super) struct Mark {
    /// its sort and its shape
    pub(super) class: &'static str,
    /// the attribution that it belongs to
    pub(super) statement: Option<u32>,
    /// the anchor that its first piece has, below the article's
    pub(super) anchor: Option<String>,
    /// the anchor in the article that it leads to
    pub(super) href: Option<String>,
    /// what lights up with it: the first is what it lights
    pub(super) keys: String,
    /// the number of a statement, at its first content
    pub(super) number: Option<u32>,
    /// what a pointer that rests on it is told
    pub(super) title: String,
}

/// All marks of a record, and where they stand.
pub(super) fn all(record: &Record, bytes: &Bytes<'_>) -> (Vec<Mark>, Vec<Extent>) {
    let mut marks = Vec::new();
    let mut extents = Vec::new();
    let mut put = |span: [u32; 2], rank: u8, mark: Mark| {
        let (start, end) = (bytes.at(span[0]), bytes.at(span[1]));
        if start < end {
            extents.push(Extent { start, end, rank, mark: marks.len() });
            marks.push(mark);
        }
    };
    for a in &record.attributions {
        let who = a.source.as_ref().and_then(|s| s.refers_to);
        let keys = match who {
            Some(source) => format!("s{} p{source}", a.id),
            None => format!("s{}", a.id),
        };
        let by = format!("{}, rule {}, confidence {:.2}", sort(a), shown(&a.rule), a.confidence);
        let class = match a.mode {
            Mode::Direct => "said direct",
            Mode::Mixed => "said mixed",
            Mode::Indirect => "said indirect",
        };
        for (i, span) in a.content.spans.iter().enumerate() {
            put(
                *span,
                0,
                Mark {
                    class,
                    statement: Some(a.id),
                    anchor: (i == 0).then(|| format!("s{}", a.id)),
                    href: None,
                    keys: keys.clone(),
                    number: (i == 0).then_some(ordinal(a.id)),
                    title: format!("Statement {}: {by}", ordinal(a.id)),
                },
            );
        }
        if let Some(source) = &a.source {
            let name = who.and_then(|id| record.sources.get(id as usize)).map(|s| shown(&s.name));
            put(
                source.span,
                2,
                Mark {
                    class: "source",
                    statement: Some(a.id),
                    anchor: None,
                    href: who.filter(|&id| (id as usize) < record.sources.len()).map(|id| format!("p{id}")),
                    keys,
                    number: None,
                    title: match name {
                        Some(name) => format!("Source of statement {}: {name} ({by})", ordinal(a.id)),
                        None => format!("Source of statement {} ({by})", ordinal(a.id)),
                    },
                },
            );
        }
        if let Some(cue) = &a.cue {
            let not = if cue.negated { "not " } else { "" };
            put(
                cue.span,
                3,
                Mark {
                    class: "cue",
                    statement: Some(a.id),
                    anchor: None,
                    href: None,
                    keys: format!("s{}", a.id),
                    number: None,
                    title: format!("Cue: {not}{}, {} ({by})", shown(&cue.lemma), name(cue.stance.word())),
                },
            );
        }
    }
    for quote in &record.quotes {
        put(
            quote.span,
            1,
            Mark {
                class: "quote",
                statement: quote.attribution,
                anchor: Some(format!("q{}", quote.id)),
                href: None,
                keys: quote.attribution.map_or_else(|| format!("q{}", quote.id), |a| format!("s{a}")),
                number: None,
                title: match quote.attribution {
                    Some(a) => format!("Quotation ({}) of statement {}", name(quote.role.word()), ordinal(a)),
                    None => format!("Quotation ({})", name(quote.role.word())),
                },
            },
        );
    }
    for claim in &record.claims {
        let keys = match claim.attribution {
            Some(a) => format!("c{} s{a}", claim.id),
            None => format!("c{}", claim.id),
        };
        put(
            claim.span,
            4,
            Mark {
                class: "claim",
                statement: claim.attribution,
                anchor: Some(format!("c{}", claim.id)),
                href: Some(format!("k{}", claim.id)),
                keys,
                number: None,
                title: format!(
                    "Number: {}, {}, rule {}, confidence {:.2}",
                    value(claim),
                    name(claim.kind.word()),
                    shown(&claim.rule),
                    claim.confidence
                ),
            },
        );
    }
    (marks, extents)
}
