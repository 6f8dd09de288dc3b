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

/// Whether links made of this lead to a page: any scheme but these could be a script.
fn leads_to_a_page(view: &str) -> bool {
    let scheme = view.split(['/', '?', '#']).next().and_then(|start| start.split_once(':'));
    scheme.is_none_or(|(scheme, _)| ["https", "http", "file"].iter().any(|s| scheme.eq_ignore_ascii_case(s)))
        && !view.starts_with(|c: char| c.is_control() || c.is_whitespace())
}

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
    if let Some(view) = args.view.as_deref().filter(|view| !leads_to_a_page(view)) {
        let message =
            format!("--view {view:?} leads to no page; say a path, or begin with https:// or http://");
        return Err(Error::usage(message).into());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_pages_alone() {
        for view in [
            "page.html",
            "v/{id}.html",
            "https://x.example/{id}?a=b:c",
            "HTTP://x.example",
            "a/b:c",
            "{id}.html",
        ] {
            assert!(leads_to_a_page(view), "{view}");
        }
        for view in [
            "javascript:alert(1)",
            "JavaScript:{id}",
            "data:text/html,x",
            "vbscript:x",
            " javascript:x",
            "java\tscript:x",
            "{id}:x",
        ] {
            assert!(!leads_to_a_page(view), "{view}");
        }
    }
}
