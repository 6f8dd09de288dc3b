//! The numeric claims of an explained article: in words, as a table, and by the figures that they speak of.

use super::{Page, holds, reason};
use crate::cli::compare::short;
use crate::cli::console::{BOLD, DIM, plain};
use crate::record::{Claim, ClaimKind};
use anstyle::Style;
use std::fmt::Write as _;

impl Page<'_> {
    pub(super) fn claim(&self, c: &Claim, reasons: bool, out: &mut String) {
        let _ = write!(out, "      {DIM}#{DIM:#} {} = {}", plain(&short(&c.text)), value(c));
        for (word, part) in [("of", self.of(c)), ("by", self.claimant(c))] {
            if !part.is_empty() {
                let _ = write!(out, " {word} {}", plain(&part));
            }
        }
        let _ = writeln!(out, " {DIM}{}; {} {:.2}{DIM:#}", c.kind.word(), c.rule, c.confidence);
        if reasons {
            reason(&c.rule, out);
        }
        if c.claimant.is_none()
            && let Some(why) = self.unclaimed(c)
        {
            let _ = writeln!(out, "          {DIM}{}{DIM:#}", plain(&why));
        }
    }

    fn of(&self, c: &Claim) -> String {
        c.of.as_ref().map(|of| short(&of.text)).unwrap_or_default()
    }

    fn claimant(&self, c: &Claim) -> String {
        c.claimant
            .and_then(|id| self.record.sources.get(id as usize))
            .map(|s| short(&s.name))
            .unwrap_or_default()
    }

    /// The claims as a table.
    pub(super) fn claims(&self, at: Option<usize>) -> String {
        let mut rows = vec![["value", "bound", "unit", "of", "claimant", "sentence"].map(str::to_owned)];
        for c in self.record.claims.iter().filter(|c| at.is_none_or(|at| holds(c.span, at))) {
            let sentence = self.record.sentences.get(c.sentence as usize).map_or([0, 0], |s| s.span);
            let sentence = &self.article.text[sentence[0] as usize..sentence[1] as usize];
            let bound = c.bound.word();
            let number = number(c) + &change(c);
            rows.push([number, bound.to_owned(), unit(c), self.of(c), self.claimant(c), short(sentence)]);
        }
        let rows: Vec<_> = rows.into_iter().map(|row| row.map(|cell| plain(&cell).into_owned())).collect();
        let width = |i: usize| rows.iter().map(|row| row[i].chars().count()).max().unwrap_or(0);
        let widths = [0, 1, 2, 3, 4].map(width);
        let mut out = String::new();
        self.title(&mut out);
        for (i, [value, bound, unit, of, who, sentence]) in rows.iter().enumerate() {
            let style = if i == 0 { DIM } else { Style::new() };
            let [a, b, c, d, e] = widths;
            let _ = writeln!(
                out,
                "{style}{value:<a$}  {bound:<b$}  {unit:<c$}  {of:<d$}  {who:<e$}  {sentence}{style:#}"
            );
        }
        if at.is_none() {
            self.figures(&mut out);
        }
        out
    }

    /// Who gives which number for one and the same quantity.
    pub(super) fn figures(&self, out: &mut String) {
        for figure in self.record.figures.iter().filter(|f| f.claims.len() > 1) {
            let verdict = if figure.agree { "agree" } else { "disagree" };
            let _ = writeln!(
                out,
                "\n{BOLD}{}{BOLD:#} {DIM}the figures {verdict}{DIM:#}",
                plain(&short(&figure.of))
            );
            for claim in figure.claims.iter().filter_map(|&id| self.record.claims.get(id as usize)) {
                let who = match self.claimant(claim) {
                    none if none.is_empty() => "the article".to_owned(),
                    who => who,
                };
                let _ = writeln!(out, "  {:<16} {}", value(claim), plain(&who));
            }
        }
    }
}

/// A claim's value with bound, unit and rate: "> 20000000 people", "5 to 7 mile per hour".
fn value(c: &Claim) -> String {
    let bound = c.bound.word();
    let mut out = if bound == "=" { String::new() } else { format!("{bound} ") };
    out.push_str(&number(c));
    let unit = unit(c);
    if !unit.is_empty() {
        let _ = write!(out, " {unit}");
    }
    out.push_str(&change(c));
    if c.negated { format!("not {out}") } else { out }
}

/// A claim's number, or both ends of a range.
fn number(c: &Claim) -> String {
    let mut out = match (c.value, c.low, c.high) {
        (Some(value), ..) => value.to_string(),
        (None, Some(low), Some(high)) if c.kind == ClaimKind::Score => format!("{low}-{high}"),
        (None, Some(low), Some(high)) => format!("{low} to {high}"),
        _ => String::new(),
    };
    if c.kind == ClaimKind::Multiplier {
        out.push('×');
    }
    out
}

/// The movement that a claim marks: " (up, amount)".
fn change(c: &Claim) -> String {
    c.change.map_or(String::new(), |c| format!(" ({}, {})", c.direction.word(), c.role.word()))
}

/// A claim's unit and what it is given per.
fn unit(c: &Claim) -> String {
    match &c.per {
        Some(per) => format!("{} per {per}", c.unit).trim_start().to_owned(),
        None => c.unit.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_read_as_written() {
        let claim = |more: serde_json::Value| {
            let mut claim = json!({
                "id": 0, "sentence": 0, "span": [0, 1], "number": [0, 1], "text": "", "value": null, "low": null,
                "high": null, "bound": "=", "kind": "count", "unit": "", "per": null, "base": null, "of": null,
                "when": null, "change": null, "negated": false, "claimant": null, "attribution": null,
                "figure": null, "rule": "", "confidence": 1,
            });
            claim.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
            value(&serde_json::from_value(claim).unwrap())
        };
        for (more, want) in [
            (json!({"value": 2e7, "bound": ">"}), "> 20000000"),
            (
                json!({"low": 5, "high": 7.5, "unit": "mile", "per": "hour", "bound": "~"}),
                "~ 5 to 7.5 mile per hour",
            ),
            (json!({"low": 52, "high": 48, "kind": "score"}), "52-48"),
            (json!({"value": 2, "kind": "multiplier"}), "2×"),
            (
                json!({"value": 3.1, "unit": "%", "change": {"direction": "up", "role": "from"}}),
                "3.1 % (up, from)",
            ),
            (json!({"value": 40, "negated": true}), "not 40"),
        ] {
            assert_eq!(claim(more), want);
        }
    }
}
