//! `onrecord rules check DIR`: all that is wrong or odd about a folder of rules; its examples and fixtures run.

use crate::cli::args::Global;
use crate::cli::check::check_fixtures;
use crate::cli::compare::short;
use crate::cli::console;
use crate::cli::exit::{Done, Exit};
use crate::error::Error;
use crate::layout;
use crate::lexicon::Lexicon;
use crate::lexicon::pack::{self, At, Example, Makes, Pack, Wanted};
use crate::pipeline::{Article, Pipeline};
use crate::record::{OffsetUnit, Options, Record};
use crate::text;
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// Where a folder of rules keeps articles with what is expected of them.
const FIXTURES: &str = "fixtures";

/// Tells all that is wrong with a folder; strict, what is odd fails too.
pub(super) fn check(folder: &Path, strict: bool, global: &Global) -> Done {
    if !folder.is_dir() {
        return Err(Error::usage("is no folder; name one with files such as cues.toml")
            .in_file(folder)
            .into());
    }
    global.start_threads()?;
    let pack = pack::read(folder)?;
    let (mut errors, mut warnings) = (0, 0);
    let mut tell = |at: &At, wrong: bool, message: &str| {
        let place = at.line.map_or(String::new(), |line| format!("{line}:"));
        let line = format!("{}:{place} {message}", at.file.display());
        if wrong || strict {
            errors += 1;
            console::error(&line);
        } else {
            warnings += 1;
            console::warning(&line);
        }
    };
    if !holds_rules(folder) {
        let at = At { file: folder.to_owned(), line: None };
        tell(&at, false, "the folder holds no file of rules, such as cues.toml; check the path");
    }
    pack.remarks.iter().for_each(|r| tell(&r.at, r.wrong, &r.message));
    let mut closing = counts(&pack);
    let mut fixtures_fail = false;
    if pack.remarks.iter().all(|r| !r.wrong) {
        match Lexicon::with_rules(folder) {
            Ok(lexicon) => {
                let options =
                    Options { offsets: OffsetUnit::Chars, any_language: true, ..Options::default() };
                let pipeline = Pipeline::new(lexicon).with_options(options);
                for example in &pack.examples {
                    if let Some(why) = fails(example, &pipeline) {
                        tell(&example.at, true, &why);
                    }
                }
                for wanted in &pack.wanted {
                    if let Some(why) = never(wanted, &pipeline) {
                        tell(&wanted.at, false, &why);
                    }
                }
                let fixtures = folder.join(FIXTURES);
                if fixtures.is_dir() {
                    let (report, failed, all) = check_fixtures(&fixtures, &pipeline)?;
                    anstream::stdout().lock().write_all(report.as_bytes())?;
                    fixtures_fail = failed > 0;
                    let _ = write!(closing, "; {} of {all} fixtures as expected", all - failed);
                }
                let _ = write!(closing, "; digest {}", pipeline.lexicon().digest());
            }
            Err(e) => {
                let at = At { file: e.file().unwrap_or(folder).to_owned(), line: e.line() };
                tell(&at, true, e.message());
            }
        }
    }
    if !global.quiet {
        let verdict = if errors > 0 || fixtures_fail { "not sound" } else { "sound" };
        console::note(&format!("the rules are {verdict}: {errors} errors, {warnings} warnings; {closing}"));
    }
    Ok(if errors > 0 || fixtures_fail { Exit::Differs } else { Exit::Done })
}

/// Whether any file of a folder may be one of rules.
fn holds_rules(folder: &Path) -> bool {
    let names = std::fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    names.into_iter().any(|path| path.extension().is_some_and(|e| e == "toml"))
}

fn counts(pack: &Pack) -> String {
    let [new, replaced, removed] = pack.counts;
    let mut out = format!("entries: {new} new, {replaced} replace embedded ones, {removed} take one away");
    if !pack.examples.is_empty() {
        let _ = write!(out, "; {} examples run", pack.examples.len());
    }
    out
}

/// What stands around a line that is asked what it is.
const AROUND: [&str; 2] =
    ["Rain fell over the valley on Monday, and more of it is coming.", "Snow fell later in the week."];

/// Why an example does not hold.
fn fails(example: &Example, pipeline: &Pipeline) -> Option<String> {
    let text = match example.makes {
        Makes::Line(_) => format!("{}\n\n{}\n\n{}\n", AROUND[0], example.text, AROUND[1]),
        _ => example.text.clone(),
    };
    let record = pipeline.run(&Article::new("example", text));
    if counts_in(&record, &example.makes) == example.must {
        return None;
    }
    let (what, found) = (what(&example.makes), found(&record, &example.makes));
    let text = short(&example.text);
    Some(if example.must {
        format!("{:?} makes no {what} of its example “{text}”; there is {found}", example.id)
    } else {
        format!("{:?} makes {what} of its near-miss “{text}”; there is {found}", example.id)
    })
}

/// Whether a record holds what an entry makes.
fn counts_in(record: &Record, makes: &Makes) -> bool {
    let mut claims = record.claims.iter();
    match makes {
        Makes::Cue(lemma) => record.attributions.iter().flat_map(|a| &a.cue).any(|c| c.lemma == *lemma),
        Makes::Unit(unit) => claims.any(|c| c.unit == *unit || c.per.as_ref() == Some(unit)),
        Makes::Bound(bound) => claims.any(|c| c.bound == *bound),
        Makes::Change(direction) => claims.any(|c| c.change.is_some_and(|c| c.direction == *direction)),
        Makes::Number(words) => {
            claims.any(|c| words.iter().any(|w| c.text.to_lowercase().contains(&w.to_lowercase())))
        }
        // the first and the last block stand around the line
        Makes::Line(kind) => record.blocks.iter().any(|b| b.kind == *kind),
    }
}

fn what(makes: &Makes) -> String {
    match makes {
        Makes::Cue(lemma) => format!("attribution by “{lemma}”"),
        Makes::Unit(unit) => format!("claim in “{unit}”"),
        Makes::Bound(bound) => format!("claim bounded by {}", bound.word()),
        Makes::Change(direction) => format!("claim that goes {}", direction.word()),
        Makes::Number(_) => "claim of its words".to_owned(),
        Makes::Line(kind) => format!("line of the kind {}", kind.word()),
    }
}

fn found(record: &Record, makes: &Makes) -> String {
    let list: Vec<String> = match makes {
        Makes::Cue(_) => {
            let cue =
                |a: &crate::record::Attribution| a.cue.as_ref().map_or("no cue", |c| &c.lemma).to_owned();
            record
                .attributions
                .iter()
                .map(|a| format!("“{}” by {}", short(&a.content.text), cue(a)))
                .collect()
        }
        Makes::Line(_) => record.blocks.iter().map(|b| b.kind.word().to_owned()).collect(),
        _ => record
            .claims
            .iter()
            .map(|c| format!("“{}” {} {}", short(&c.text), c.bound.word(), c.unit).trim_end().to_owned())
            .collect(),
    };
    if list.is_empty() { "none".to_owned() } else { list.join(", ") }
}

/// Why no text ever holds a form.
fn never(wanted: &Wanted, pipeline: &Pipeline) -> Option<String> {
    let form = &wanted.form;
    if let Some(unit) = &wanted.unit {
        return no_unit(form, unit, pipeline);
    }
    if form.contains(' ') {
        return None;
    }
    let lexicon = pipeline.lexicon();
    let id = lexicon.find(form);
    if !id.is_known() {
        return Some(format!("{form:?} never matches: it is longer than any word that is looked up"));
    }
    let mut capital = form.chars();
    let capital: String = capital.next().into_iter().flat_map(char::to_uppercase).chain(capital).collect();
    // an abbreviation's stop and an apostrophe belong to the word only before what they go with
    let texts = [
        format!("They saw {form} there."),
        format!("Then {form} 5 came."),
        format!("Then {capital} Brandt came."),
        format!("{capital} it was"),
        format!("They saw 5{form} there."),
        format!("They saw it{form} there."),
        format!("They are at 5 {form} on 5 {capital} here."),
    ];
    let holds = |text: &String| {
        let blocks = layout::blocks(text, lexicon);
        text::read(text, &blocks, lexicon).tokens.iter().any(|t| t.word == id)
    };
    if texts.iter().any(holds) {
        return None;
    }
    Some(format!(
        "{form:?} never matches: no text is cut into such a word; name the part that stands between marks"
    ))
}

/// Why a number before a form makes no claim in its unit.
fn no_unit(form: &str, unit: &str, pipeline: &Pipeline) -> Option<String> {
    let lexicon = pipeline.lexicon();
    let hints = lexicon.units().iter().find(|u| *u.name == *unit).map(|u| &u.hints);
    let hint = hints.and_then(|h| h.first()).map_or(String::new(), |&h| format!(" {}", lexicon.word(h)));
    let mut other = None;
    for text in [
        format!("They counted 12 {form} there{hint}."),
        format!("They counted 12{form} there{hint}."),
        format!("They counted {form}12 there{hint}."),
        format!("They counted a 12-{form} one there{hint}."),
        format!("They counted 12 million {form} there{hint}."),
    ] {
        let record = pipeline.run(&Article::new("form", text));
        if record.claims.iter().any(|c| c.unit == unit || c.per.as_deref() == Some(unit)) {
            return None;
        }
        other = other.or_else(|| record.claims.first().map(|c| c.unit.clone()).filter(|u| !u.is_empty()));
    }
    Some(match other {
        Some(other) => format!(
            "{form:?} never matches for {unit:?}: it is a form of {other:?}, which comes first; give {unit:?} `hints`, or \
             replace {other:?} by an entry of that id"
        ),
        None => format!("{form:?} never matches: “12 {form}” makes no claim in {unit:?}"),
    })
}
