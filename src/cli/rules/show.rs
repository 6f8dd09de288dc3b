//! `onrecord rules show`: a rule with its reason and examples, a cue, a unit, a word.

use crate::cli::args::Global;
use crate::cli::console::{BOLD, DIM, plain};
use crate::error::Error;
use crate::lexicon::{Cue, Lexicon, Unit};
use crate::pipeline;
use crate::rule::Rule;
use std::fmt::Write as _;

/// All that goes by an id.
pub(super) fn show(id: &str, global: &Global) -> Result<String, Error> {
    let mut out = String::new();
    for rule in pipeline::rules().filter(|rule| rule.id == id) {
        show_rule(rule, &mut out);
    }
    let pipeline = global.pipeline()?;
    let lexicon = pipeline.lexicon();
    // a cue goes by its id, or by its lemma for all its parts of speech
    for cue in lexicon.cues().iter().filter(|cue| cue.id == id || &*cue.lemma == id) {
        show_cue(cue, &mut out);
    }
    for unit in lexicon.units().iter().filter(|unit| &*unit.name == id) {
        show_unit(unit, &mut out);
    }
    show_word(id, lexicon, &mut out);
    if out.is_empty() {
        let near = pipeline::rules()
            .map(|rule| rule.id)
            .filter(|rule| id.split('-').any(|part| part.len() > 2 && rule.contains(part)))
            .take(8)
            .collect::<Vec<_>>();
        let remedy = if near.is_empty() {
            "`onrecord rules list` shows all rules; a cue goes by its dictionary form".to_owned()
        } else {
            format!("do you mean {}?", near.join(", "))
        };
        return Err(Error::usage(format!("no rule, cue, unit or word goes by {id:?}; {remedy}")));
    }
    Ok(out)
}

fn show_rule(rule: &Rule, out: &mut String) {
    let _ =
        writeln!(out, "{BOLD}{}{BOLD:#} {DIM}{} rule{DIM:#}\n{}", rule.id, rule.stage.name(), rule.reason);
    for (heading, texts) in [("fires in", rule.examples), ("not in", rule.near_misses)] {
        for text in texts {
            let _ = writeln!(out, "  {DIM}{heading:<8}{DIM:#}  {}", plain(&text.replace('\n', " ⏎ ")));
        }
    }
}

fn rows(rows: &[(&str, String)], out: &mut String) {
    for (key, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "  {DIM}{key:<12}{DIM:#}  {}", plain(value));
    }
}

fn show_cue(cue: &Cue, out: &mut String) {
    let frames: Vec<_> =
        cue.frames.iter_names().map(|(frame, _)| frame.to_ascii_lowercase().replace('_', "-")).collect();
    let pos = format!("{:?}", cue.pos).to_ascii_lowercase();
    let _ = writeln!(out, "{BOLD}{}{BOLD:#} {DIM}cue, {pos}{DIM:#}", plain(&cue.id));
    let values = [
        ("kind", cue.kind.word().to_owned()),
        ("stance", cue.stance.word().to_owned()),
        ("frames", frames.join(" ")),
        ("prepositions", cue.prepositions.join(" ")),
        ("weight", format!("{} (how often an occurrence is a cue)", cue.weight)),
    ];
    rows(&values, out);
}

fn show_unit(unit: &Unit, out: &mut String) {
    let _ = writeln!(out, "{BOLD}{}{BOLD:#} {DIM}unit{DIM:#}", plain(&unit.name));
    let base = unit.base.as_ref().map(|(base, factor, offset)| match offset {
        0.0 => format!("{factor} {base}"),
        offset => format!("{factor} {base}, and {offset} added"),
    });
    let values = [
        ("kind", format!("{:?}", unit.kind).to_ascii_lowercase()),
        ("dimension", unit.dimension.to_string()),
        ("base", base.unwrap_or_default()),
    ];
    rows(&values, out);
}

/// What one look-up of a word tells.
fn show_word(word: &str, lexicon: &Lexicon, out: &mut String) {
    let id = lexicon.find(word);
    let classes: Vec<_> = lexicon.classes(id).names().collect();
    let forms: Vec<_> = lexicon
        .cue_forms(id)
        .iter()
        .map(|f| format!("{} ({})", lexicon.cue(f.cue).id, format!("{:?}", f.inflection).to_lowercase()))
        .collect();
    if !classes.is_empty() {
        let _ = writeln!(out, "{BOLD}{}{BOLD:#} {DIM}word{DIM:#}", plain(word));
        rows(&[("classes", classes.join(" ")), ("form of", forms.join(", "))], out);
    }
}
