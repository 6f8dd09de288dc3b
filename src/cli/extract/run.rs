//! A run under way: takes what became of the articles, in their order, puts it, and saves how far it is.

use super::work::Outcome;
use crate::cli::console::{Progress, note};
use crate::cli::copies::{Seen, Sketch};
use crate::cli::counts::Counts;
use crate::cli::exit::{Done, Exit, Failure};
use crate::cli::ordered::Told;
use crate::cli::saved::{Place, Saved};
use crate::error::Error;
use crate::output::{Out, Sink};
use std::io::Write;
use std::ops::ControlFlow;
use std::path::Path;
use std::sync::{PoisonError, RwLock};
use std::time::{Duration, Instant};

/// A run under way: what takes the results.
pub(super) struct Run<'a> {
    /// where copies are left out
    pub(super) seen: Option<&'a RwLock<Seen>>,
    /// none where an earlier run had finished it
    pub(super) sink: Option<Box<dyn Sink>>,
    pub(super) errors: Option<Out>,
    /// the output that can be gone on with
    pub(super) file: Option<&'a Path>,
    pub(super) save_every: Duration,
    pub(super) last_save: Instant,
    pub(super) limit: u64,
    pub(super) max_errors: u64,
    pub(super) too_many: bool,
    pub(super) progress: Progress,
    pub(super) saved: Saved,
}

/// Whether the run goes on.
pub(super) type Taken = std::result::Result<ControlFlow<()>, Failure>;

impl Run<'_> {
    pub(super) fn take(&mut self, told: Told<(Place, Outcome)>) -> Taken {
        let Some(sink) = &mut self.sink else { return Ok(ControlFlow::Break(())) };
        let counts = &mut self.saved.counts;
        if let Told::Result((place, outcome), drained) = told {
            match outcome {
                Outcome::Put(piece, of_piece, sketch) => {
                    if is_new(self.seen, sketch) {
                        sink.put(piece)?;
                        counts.add(&of_piece);
                    } else {
                        counts.duplicates += 1;
                    }
                }
                Outcome::LeftAside if place <= self.saved.place => {}
                Outcome::LeftAside => counts.left_aside += 1,
                Outcome::Copy => counts.duplicates += 1,
                Outcome::Before(sketch) => {
                    is_new(self.seen, Some(sketch));
                }
                Outcome::Failed(e) => {
                    counts.failed += 1;
                    self.progress.error(&e);
                    if let Some(errors) = &mut self.errors {
                        writeln!(errors, "{}", as_json(&e))?;
                    }
                    if counts.failed > self.max_errors {
                        self.too_many = true;
                        return Ok(ControlFlow::Break(()));
                    }
                }
            }
            if drained {
                sink.flush()?;
            }
            self.saved.place = place.max(self.saved.place);
            if counts.articles >= self.limit {
                return Ok(ControlFlow::Break(()));
            }
        }
        self.progress.update(self.saved.counts.articles, self.saved.counts.failed);
        if self.last_save.elapsed() >= self.save_every {
            self.save()?;
        }
        Ok(ControlFlow::Continue(()))
    }

    /// Saves how far it is, where that can be told.
    fn save(&mut self) -> std::io::Result<()> {
        let (Some(file), Some(sink)) = (self.file, &mut self.sink) else { return Ok(()) };
        if sink.is_whole() {
            self.saved.output = sink.save()?;
            self.saved.errors = self.errors.as_mut().map_or(Ok(0), Out::save)?;
            self.saved.write(file)?;
            self.last_save = Instant::now();
        }
        Ok(())
    }

    pub(super) fn interrupted(mut self) -> Done {
        self.save()?;
        note(match self.file {
            Some(_) => "interrupted; the same call with --resume goes on from here",
            None => "interrupted; what was not finished is removed",
        });
        Ok(Exit::Interrupted)
    }

    pub(super) fn finish(mut self) -> std::result::Result<Counts, Failure> {
        if let Some(sink) = &mut self.sink {
            sink.seal()?;
        }
        self.saved.done = true;
        // only a run that has saved before needs to say that it is done
        if self.saved.output > 0 || self.saved.errors > 0 {
            self.save()?;
        }
        if let Some(errors) = self.errors {
            errors.finish()?;
        }
        if let Some(sink) = self.sink {
            sink.finish()?;
        }
        if let Some(file) = self.file {
            Saved::remove(file);
        }
        Ok(self.saved.counts)
    }
}

/// Remembers an article, unless it is a copy of one that came before it.
fn is_new(seen: Option<&RwLock<Seen>>, sketch: Option<Sketch>) -> bool {
    let (Some(seen), Some(sketch)) = (seen, sketch) else { return true };
    let mut seen = seen.write().unwrap_or_else(PoisonError::into_inner);
    let new = !seen.has(&sketch);
    if new {
        seen.remember(sketch);
    }
    new
}

fn as_json(e: &Error) -> serde_json::Value {
    serde_json::json!({
        "file": e.file().map(|f| f.to_string_lossy()),
        "line": e.line(),
        "offset": e.offset(),
        "id": e.article(),
        "error": e.message(),
    })
}
