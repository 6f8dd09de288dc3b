//! Articles and records of the input, in order, for the commands that show them.
//!
//! What is a record already is taken as it is, what is an article is run; both by all cores. What fails is told and
//! counted, and the rest goes on.

use super::args::Global;
use super::console::Progress;
use super::exit::{Failure, HEEDED, STOP};
use super::ordered::{End, Told, ordered};
use crate::error::Error;
use crate::input::{self, Content, Entry, Format, Settings};
use crate::output;
use crate::record::{OffsetUnit, Options, Record};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// The longest record or article that is read, in bytes.
const MOST: usize = 256 << 20;

/// How it ended.
pub(super) struct Read {
    /// How many were taken.
    pub(super) taken: u64,
    /// How many failed.
    pub(super) failed: u64,
    /// Whether it was told to stop.
    pub(super) stopped: bool,
}

/// Reads all inputs: `work` makes something of each record, on any thread, and `take` gets what it made, in order. The
/// record of an article that was run holds its text.
pub(super) fn records<R: Send>(
    inputs: &[PathBuf],
    from: Option<&str>,
    output: &Path,
    global: &Global,
    work: impl Fn(Box<Record>) -> Result<R, Error> + Sync,
    mut take: impl FnMut(R),
) -> Result<Read, Failure> {
    let format = from.and_then(Format::named);
    let found = input::find(inputs, format)?;
    super::outputs::check(&[output], &found)?;
    let settings = Arc::new(Settings { format, records: true, max_article: MOST, ..Settings::default() });
    let options = Options { offsets: OffsetUnit::Bytes, with_text: true, ..Options::default() };
    let pipeline = global.pipeline()?.with_options(options);
    let bytes = Arc::new(AtomicU64::new(0));
    let sizes = found.files.iter().map(|f| f.size);
    let total = if sizes.clone().any(|size| size == 0) { 0 } else { sizes.sum() };
    let progress = Progress::new(total, bytes.clone(), global.quiet);
    let (errors, files) = (found.errors, found.files);
    let feed = move |give: &mut super::ordered::Give<'_, Entry>| {
        let mut broken = errors.into_iter().map(Entry::failed);
        if broken.try_for_each(|entry| give(entry, 0)).is_break() {
            return;
        }
        for file in &files {
            let mut next = |entry: Entry| {
                let size = entry.size;
                give(entry, size)
            };
            if input::read(file, &settings, &bytes, &mut next).is_break() {
                return;
            }
        }
    };
    let one = |entry: Entry| {
        let size = entry.size;
        let done = catch_unwind(AssertUnwindSafe(|| match entry.read_either()? {
            Content::Record(record) => work(record),
            Content::Article(article) => work(Box::new(pipeline.run(&article))),
        }));
        let done = done.unwrap_or_else(|_| {
            Err(Error::input(
                "a rule failed on an article, which is a fault of onrecord; please report it with the text",
            ))
        });
        // what was made of it is held until its turn comes
        (done, size)
    };
    let mut read = Read { taken: 0, failed: 0, stopped: false };
    HEEDED.store(true, Ordering::SeqCst);
    let end = ordered(global.threads(), &STOP, feed, one, |told| {
        match told {
            Told::Result(Ok(made), _) => {
                read.taken += 1;
                take(made);
            }
            Told::Result(Err(e), _) => {
                read.failed += 1;
                progress.error(&e);
            }
            Told::Idle => {}
        }
        progress.update(read.taken, read.failed);
        Ok::<_, Failure>(ControlFlow::Continue(()))
    });
    HEEDED.store(false, Ordering::SeqCst);
    progress.finish();
    read.stopped = end? == End::Stopped;
    if read.stopped {
        output::remove_unfinished();
        super::console::note("interrupted; no page is written");
    }
    Ok(read)
}
