//! `onrecord eval`: records against annotated text.

mod inputs;
mod tables;

use self::inputs::{Format, Gold, gold, read, records};
use self::tables::{Outlines, fields_json, fields_table, json, table};
use super::args::{EvalArgs, Global};
use super::console;
use super::exit::{Done, Exit};
use crate::error::{Error, Result};
use crate::eval::annotation;
use crate::eval::fields::Fields;
use crate::eval::groups::mode;
use crate::eval::{Annotated, drawn, measure_by, outermost, read_brat};
use crate::record::{Attribution, Record};
use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

/// Runs the command.
pub(super) fn run(args: &EvalArgs, global: &Global) -> Done {
    if let Some(folder) = &global.rules {
        measure_by(folder)?;
    }
    let text = if args.gold.is_dir() {
        let gold = gold(&args.gold)?;
        let names = gold.files.keys().cloned().collect();
        match (gold.format, args.predictions.is_dir()) {
            (Format::Brat, true) => brat_with_brat(&gold, args, global)?,
            (Format::Fields, true) => {
                let message =
                    "holds annotations, and those of the gold tell every field; name a file of records";
                return Err(Error::usage(message).in_file(&args.predictions).into());
            }
            (format, false) => {
                let found = records(&args.predictions)?;
                unmatched(&names, &found.keys().cloned().collect(), global);
                match format {
                    Format::Brat => outlines(&gold, &found, args.json)?,
                    Format::Fields => by_field(&gold, &found, args)?,
                }
            }
        }
    } else {
        records_with_records(args, global)?
    };
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}

/// Tells of articles that stand on one side alone.
fn unmatched(gold: &BTreeSet<String>, predicted: &BTreeSet<String>, global: &Global) {
    for (n, what) in [
        (gold.difference(predicted).count(), "annotated articles have no record"),
        (predicted.difference(gold).count(), "records no annotation"),
    ] {
        if n > 0 && !global.quiet {
            console::note(&format!("{n} {what}"));
        }
    }
}

/// The mode of each, by what is quoted of it.
fn modes(text: &str, list: &[Annotated]) -> Vec<Option<String>> {
    let chars: Vec<char> = text.chars().collect();
    list.iter().map(|a| Some(mode(&chars, &a.content).word().to_owned())).collect()
}

/// Counts an article in: its gold and what was predicted of it, with the attributions where records hold them.
fn count(
    all: &mut Outlines,
    text: &str,
    gold: (&[Annotated], &[&Attribution]),
    predicted: (&[Annotated], &[&Attribution]),
) {
    let pairs = all.scores.add(text, gold.0, predicted.0);
    all.modes.add(&modes(text, gold.0), &modes(text, predicted.0), &pairs);
    let kinds =
        |list: &[&Attribution]| list.iter().map(|a| Some(a.kind.word().to_owned())).collect::<Vec<_>>();
    // annotations of outlines tell no kind: then it is told of what is predicted alone
    all.kinds.add(&kinds(gold.1), &kinds(predicted.1), &pairs);
    for (i, a) in predicted.1.iter().enumerate() {
        let right = pairs.iter().any(|p| p.predicted == i && p.full);
        all.calibration.add(a.confidence, &a.rule, right);
    }
}

/// Source, cue and content of outermost attributions, and whether confidences hold.
fn outlines(gold: &Gold, records: &BTreeMap<String, Record>, as_json: bool) -> Result<String> {
    let mut all = Outlines::default();
    for (name, (text, standoff)) in &gold.files {
        let annotated = read_brat(&read(standoff)?);
        let (found, attributions): (Vec<_>, Vec<_>) =
            records.get(name).map(outermost).unwrap_or_default().into_iter().unzip();
        count(&mut all, &read(text)?, (&annotated, &[]), (&found, &attributions));
    }
    let n = gold.files.len();
    Ok(if as_json { json(n, &all) } else { table(n, &all) })
}

/// The same of two folders of brat standoff.
fn brat_with_brat(gold: &Gold, args: &EvalArgs, global: &Global) -> Result<String> {
    let predicted = inputs::gold(&args.predictions)?;
    let names = |g: &Gold| g.files.keys().cloned().collect();
    unmatched(&names(gold), &names(&predicted), global);
    let mut all = Outlines::default();
    for (name, (text, standoff)) in &gold.files {
        let found = match predicted.files.get(name) {
            Some((_, standoff)) => read_brat(&read(standoff)?),
            None => Vec::new(),
        };
        count(&mut all, &read(text)?, (&read_brat(&read(standoff)?), &[]), (&found, &[]));
    }
    let n = gold.files.len();
    Ok(if args.json { json(n, &all) } else { table(n, &all) })
}

/// Two files of records, nested attributions and claims too: a run against its corrected copy.
fn records_with_records(args: &EvalArgs, global: &Global) -> Result<String> {
    let (gold, predicted) = (records(&args.gold)?, records(&args.predictions)?);
    unmatched(&gold.keys().cloned().collect(), &predicted.keys().cloned().collect(), global);
    let mut all = Outlines::default();
    for (id, gold) in &gold {
        let found = predicted.get(id);
        let text = gold.text.as_ref().or_else(|| found.and_then(|found| found.text.as_ref()));
        let Some(text) = text else {
            let message = format!(
                "no record of {id:?} holds its text, by whose words is measured; extract --with-text"
            );
            return Err(Error::usage(message).in_file(&args.gold));
        };
        let (gold_drawn, gold_said): (Vec<_>, Vec<_>) = drawn(gold).into_iter().unzip();
        let (drawn, said): (Vec<_>, Vec<_>) = found.map(drawn).unwrap_or_default().into_iter().unzip();
        count(&mut all, text, (&gold_drawn, &gold_said), (&drawn, &said));
        if let Some(found) = found {
            all.claims.add(gold, found);
        }
    }
    let n = gold.len();
    Ok(if args.json { json(n, &all) } else { table(n, &all) })
}

/// Every field of every attribution.
fn by_field(gold: &Gold, records: &BTreeMap<String, Record>, args: &EvalArgs) -> Result<String> {
    let mut fields = Fields::default();
    let mut mistakes = Vec::new();
    for (name, (text, annotations)) in &gold.files {
        let text = read(text)?;
        let annotated = annotation::read(&read(annotations)?, &text).map_err(|e| e.in_file(annotations))?;
        if let Some(record) = records.get(name) {
            mistakes.extend(fields.add(&text, &annotated, record).into_iter().map(|m| (name.as_str(), m)));
        }
    }
    let n = gold.files.len();
    Ok(if args.json { fields_json(n, &fields) } else { fields_table(n, &fields, &mistakes, args.errors) })
}
