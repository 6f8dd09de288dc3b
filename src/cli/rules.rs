//! `onrecord rules`: what can fire, why, and whether a folder of one's own rules is sound.

use super::args::{Global, RulesCommand};
use super::console::{self, BOLD, DIM, plain};
use super::exit::{Done, Exit};
use crate::error::Error;
use crate::lexicon::{Cue, Lexicon};
use crate::pipeline;
use crate::rule::Rule;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// Runs the command.
pub(super) fn run(command: &RulesCommand, global: &Global) -> Done {
    let text = match command {
        RulesCommand::List => list(),
        RulesCommand::Show { id } => show(id, global)?,
        RulesCommand::Check { folder } => return check(folder, global),
    };
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}

fn list() -> String {
    let width = pipeline::rules().map(|rule| rule.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for rule in pipeline::rules() {
        let (id, stage) = (rule.id, rule.stage.name());
        let _ = writeln!(out, "{BOLD}{id:<width$}{BOLD:#}  {DIM}{stage:<11}{DIM:#}  {}", rule.reason);
    }
    out
}

fn show(id: &str, global: &Global) -> Result<String, Error> {
    let mut out = String::new();
    for rule in pipeline::rules().filter(|rule| rule.id == id) {
        show_rule(rule, &mut out);
    }
    let pipeline = global.pipeline()?;
    // a cue goes by its id, or by its lemma for all its parts of speech
    for cue in pipeline.lexicon().cues().iter().filter(|cue| cue.id == id || &*cue.lemma == id) {
        show_cue(cue, &mut out);
    }
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
        return Err(Error::usage(format!("no rule or cue goes by {id:?}; {remedy}")));
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

fn show_cue(cue: &Cue, out: &mut String) {
    let frames: Vec<_> =
        cue.frames.iter_names().map(|(frame, _)| frame.to_ascii_lowercase().replace('_', "-")).collect();
    let pos = format!("{:?}", cue.pos).to_ascii_lowercase();
    let _ = writeln!(out, "{BOLD}{}{BOLD:#} {DIM}cue, {pos}{DIM:#}", cue.id);
    let rows = [
        ("kind", cue.kind.word().to_owned()),
        ("stance", cue.stance.word().to_owned()),
        ("frames", frames.join(" ")),
        ("prepositions", cue.prepositions.join(" ")),
        ("weight", format!("{} (how often an occurrence is a cue)", cue.weight)),
    ];
    for (key, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "  {DIM}{key:<12}{DIM:#}  {value}");
    }
}

fn check(folder: &Path, global: &Global) -> Done {
    if !folder.is_dir() {
        return Err(Error::usage("is no folder; name one with files such as cues.toml")
            .in_file(folder)
            .into());
    }
    match Lexicon::with_rules(folder) {
        Ok(lexicon) => {
            if !global.quiet {
                console::note(&format!("the rules are sound; their digest is {}", lexicon.digest()));
            }
            Ok(Exit::Done)
        }
        Err(e) => {
            console::error(&e.to_string());
            Ok(Exit::Differs)
        }
    }
}
