//! `onrecord report`: a page that counts over a corpus who is quoted, how, and where figures disagree.

use super::args::{Global, ReportArgs};
use super::console::note;
use super::exit::{Done, Exit};
use super::read;
use crate::error::Error;
use crate::output::Destination;
use crate::page::report::{self, Settings, Tally};
use std::io::Write;
use std::path::Path;

/// Runs the command.
pub(super) fn run(args: &ReportArgs, global: &Global) -> Done {
    let destination = Destination::new(args.output.as_deref());
    let output = args.output.as_deref().unwrap_or(Path::new("-"));
    let mut tally = Tally::default();
    let read =
        read::records(&args.records, args.from.as_deref(), output, global, Ok, |record| tally.add(&record))?;
    if read.stopped {
        return Ok(Exit::Interrupted);
    }
    if read.taken == 0 {
        return Err(Error::usage("there is no record to count; no page is written").into());
    }
    let settings = Settings { title: args.title.clone(), view: args.view.clone(), failed: read.failed };
    let mut out = destination.open(None)?;
    out.write_all(report::page(&tally, &settings).as_bytes())?;
    out.finish()?;
    if !global.quiet {
        let records = if read.taken == 1 { "record" } else { "records" };
        note(&format!("{} {records} counted, {} failed", read.taken, read.failed));
    }
    Ok(if read.failed > 0 { Exit::Differs } else { Exit::Done })
}
