//! The numbers of an article: the table of claims, and figures on which it disagrees, side by side.

use super::confidence;
use crate::page::show::{excerpt, name, number, value};
use crate::record::{Claim, Record};
use crate::vocabulary::{ChangeRole, Direction};

/// A row of the table of claims.
pub(super) struct Number {
    pub(super) id: u32,
    pub(super) keys: String,
    pub(super) text: String,
    pub(super) value: String,
    pub(super) kind: String,
    pub(super) of: String,
    pub(super) when: String,
    pub(super) change: String,
    pub(super) claimant: Option<(u32, String)>,
    pub(super) rule: String,
    pub(super) confidence: String,
}

/// A figure whose claims cannot all be true.
pub(super) struct Dispute {
    pub(super) of: String,
    pub(super) low: String,
    pub(super) high: String,
    pub(super) sides: Vec<Side>,
}

/// What one claim says of a figure.
pub(super) struct Side {
    pub(super) claim: u32,
    pub(super) value: String,
    pub(super) who: String,
    /// where it lies between the lowest and the highest, in per cent
    pub(super) from: String,
    pub(super) width: String,
}

pub(super) fn numbers(record: &Record) -> Vec<Number> {
    record.claims.iter().map(|claim| row(record, claim)).collect()
}

fn claimant(record: &Record, claim: &Claim) -> Option<(u32, String)> {
    let id = claim.claimant?;
    Some((id, excerpt(&record.sources.get(id as usize)?.name, 80)))
}

fn row(record: &Record, claim: &Claim) -> Number {
    Number {
        id: claim.id,
        keys: match claim.attribution {
            Some(a) => format!("c{} s{a}", claim.id),
            None => format!("c{}", claim.id),
        },
        text: excerpt(&claim.text, 120),
        value: if claim.negated { format!("not {}", value(claim)) } else { value(claim) },
        kind: name(claim.kind.word()),
        of: claim.of.as_ref().map(|of| excerpt(&of.text, 80)).unwrap_or_default(),
        when: claim.when.as_ref().map(|when| excerpt(&when.text, 60)).unwrap_or_default(),
        change: claim.change.map_or_else(String::new, |change| {
            let way = match change.direction {
                Direction::Up => "up",
                Direction::Down => "down",
            };
            match change.role {
                ChangeRole::Amount => format!("{way} by this"),
                ChangeRole::From => format!("{way} from this"),
                ChangeRole::To => format!("{way} to this"),
            }
        }),
        claimant: claimant(record, claim),
        rule: excerpt(&claim.rule, 60),
        confidence: confidence(claim.confidence),
    }
}

/// The figures on which the article's claims do not agree.
pub(super) fn disputes(record: &Record) -> Vec<Dispute> {
    let apart = record.figures.iter().filter(|f| !f.agree);
    apart
        .map(|figure| {
            let unit = |n: f64| match &*figure.unit {
                "" => number(n),
                "%" => number(n) + "%",
                unit => format!("{} {}", number(n), excerpt(unit, 30)),
            };
            let extent = (figure.high - figure.low).abs();
            // a tenth is left free on either side, for labels and for what has no end
            let place = |n: f64| match extent {
                e if e > 0.0 && e.is_finite() => 10.0 + 80.0 * ((n - figure.low) / e).clamp(0.0, 1.0),
                _ => 50.0,
            };
            let claims = figure.claims.iter().filter_map(|&id| record.claims.get(id as usize));
            let mut sides: Vec<(f64, Side)> = claims
                .map(|claim| {
                    let low = claim.value.or(claim.low).or(claim.high).unwrap_or(figure.low);
                    let high = claim.value.or(claim.high).unwrap_or(low);
                    let side = Side {
                        claim: claim.id,
                        value: value(claim),
                        who: claimant(record, claim).map_or_else(|| "the article itself".to_owned(), |c| c.1),
                        from: format!("{:.1}", place(low)),
                        width: format!("{:.1}", place(high) - place(low)),
                    };
                    (low, side)
                })
                .collect();
            sides.sort_by(|a, b| a.0.total_cmp(&b.0));
            Dispute {
                of: excerpt(&figure.of, 120),
                low: unit(figure.low),
                high: unit(figure.high),
                sides: sides.into_iter().map(|s| s.1).collect(),
            }
        })
        .collect()
}
