//! `onrecord view`: a page that shows articles with everything that was found in them.

use super::args::{Global, ViewArgs};
use super::console::note;
use super::exit::{Done, Exit};
use super::read;
use crate::error::Error;
use crate::output::Destination;
use crate::page::view;
use rustc_hash::FxHashMap;
use std::io::Write;
use std::path::Path;

/// Runs the command.
pub(super) fn run(args: &ViewArgs, global: &Global) -> Done {
    let destination = Destination::new(args.output.as_deref());
    let output = args.output.as_deref().unwrap_or(Path::new("-"));
    let mut sections = Vec::new();
    let mut seen: FxHashMap<String, usize> = FxHashMap::default();
    let work = |mut record: Box<crate::Record>| {
        let text = record.text.take().ok_or_else(|| {
            let message = format!(
                "the record of {:?} has no text to show; write it with --with-text, or name the article itself",
                record.id
            );
            Error::input(message).of_article(&record.id)
        })?;
        Ok((record, text))
    };
    let read = read::records(&args.inputs, args.from.as_deref(), output, global, work, |(record, text)| {
        // articles of one id are told apart by their number
        let number = seen.entry(record.id.clone()).or_default();
        sections.push(view::article(&record, &text, *number));
        *number += 1;
    })?;
    if read.stopped {
        return Ok(Exit::Interrupted);
    }
    if read.taken == 0 {
        return Err(Error::usage("there is no article to show; no page is written").into());
    }
    let mut out = destination.open(None)?;
    out.write_all(view::page(&sections).as_bytes())?;
    out.finish()?;
    if !global.quiet {
        let articles = if read.taken == 1 { "article" } else { "articles" };
        note(&format!("{} {articles} shown, {} failed", read.taken, read.failed));
    }
    Ok(if read.failed > 0 { Exit::Differs } else { Exit::Done })
}
