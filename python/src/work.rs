//! Articles → records, by as many threads as are asked for, handed over in the articles' order.
//!
//! Threads live as long as the call: a pool that outlived it would hang in a process forked from this one, and Spark's
//! workers are forked.

use crate::error::Stop;
use onrecord::record::RecordView;
use onrecord::{Article, Pipeline, Result};
use pyo3::prelude::*;
use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How often it is looked up whether the caller was interrupted.
pub(crate) const TICK: Duration = Duration::from_millis(100);

/// So many threads are the most: each holds an article, and more than there are processors do not help.
const THREADS: usize = 1_024;

/// How many threads a call means: without a number, one a processor.
pub(crate) fn threads(asked: Option<usize>) -> Result<usize> {
    match asked {
        None | Some(0) => Ok(std::thread::available_parallelism().map_or(1, usize::from)),
        Some(threads) if threads > THREADS => Err(onrecord::Error::usage(format!(
            "threads={threads} is more than {THREADS}; None means one for each processor"
        ))),
        Some(threads) => Ok(threads),
    }
}

/// What is made of one article's record. No text should make a rule fail; should one, it must not take the other articles along.
pub(crate) fn run<T>(
    pipeline: &Pipeline,
    article: &Article,
    make: impl FnOnce(RecordView<'_>) -> T,
) -> Result<T> {
    catch_unwind(AssertUnwindSafe(|| pipeline.read(article, make)))
        .map_err(|_| onrecord::Error::fault(&article.id))
}

/// Asks at times whether a signal came, where Python may be asked at all.
pub(crate) struct Ticks {
    last: Instant,
    asks: bool,
}

impl Ticks {
    /// Within a call from Python, the interpreter left free.
    pub(crate) fn of_call() -> Self {
        Self { last: Instant::now(), asks: true }
    }

    /// Within a call from whoever reads a stream, who may hold the interpreter on another thread and wait for us.
    pub(crate) fn of_stream() -> Self {
        Self { last: Instant::now(), asks: false }
    }

    fn tick(&mut self) -> std::result::Result<(), Stop> {
        if self.asks && self.last.elapsed() >= TICK {
            self.last = Instant::now();
            Python::attach(|py| py.check_signals()).map_err(Stop::Signal)?;
        }
        Ok(())
    }
}

/// Reads and runs the articles of a range, makes something of each record, and hands it over in order.
pub(crate) fn each<M: Send>(
    pipeline: &Pipeline,
    threads: usize,
    range: Range<usize>,
    mut ticks: Ticks,
    article: impl Fn(usize) -> Result<Article> + Sync,
    make: impl Fn(RecordView<'_>) -> M + Sync,
    mut take: impl FnMut(usize, Result<M>) -> std::result::Result<(), Stop>,
) -> std::result::Result<(), Stop> {
    let record = |row| article(row).and_then(|article| run(pipeline, &article, &make));
    let threads = threads.min(range.len());
    if threads <= 1 {
        return range.into_iter().try_for_each(|row| {
            ticks.tick()?;
            take(row, record(row))
        });
    }
    let next = AtomicUsize::new(range.start);
    let (sender, receiver) = channel();
    std::thread::scope(|scope| {
        for started in 0..threads {
            let (sender, next, record, end) = (sender.clone(), &next, &record, range.end);
            let work = move || {
                loop {
                    let row = next.fetch_add(1, Ordering::Relaxed);
                    if row >= end || sender.send((row, record(row))).is_err() {
                        return;
                    }
                }
            };
            // where the system has no room for another thread, those that there are do it
            if std::thread::Builder::new().spawn_scoped(scope, work).is_err() {
                if started > 0 {
                    break;
                }
                return range.clone().try_for_each(|row| {
                    ticks.tick()?;
                    take(row, record(row))
                });
            }
        }
        drop(sender);
        let done = in_order(&receiver, range.clone(), &mut ticks, &mut take);
        // what is at work is finished, nothing more is begun
        next.store(range.end, Ordering::Relaxed);
        done
    })
}

fn in_order<M>(
    receiver: &Receiver<(usize, Result<M>)>,
    range: Range<usize>,
    ticks: &mut Ticks,
    take: &mut impl FnMut(usize, Result<M>) -> std::result::Result<(), Stop>,
) -> std::result::Result<(), Stop> {
    let mut waiting: Vec<Option<Result<M>>> = range.clone().map(|_| None).collect();
    let mut at = 0;
    while at < waiting.len() {
        ticks.tick()?;
        match receiver.recv_timeout(TICK) {
            Ok((row, record)) => waiting[row - range.start] = Some(record),
            Err(RecvTimeoutError::Timeout) => continue,
            Err(RecvTimeoutError::Disconnected) => return Ok(()),
        }
        while let Some(record) = waiting.get_mut(at).and_then(Option::take) {
            take(range.start + at, record)?;
            at += 1;
        }
    }
    Ok(())
}
