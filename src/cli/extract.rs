//! `onrecord extract`: articles in, records out.
//!
//! Arguments become a [`Job`], everything checked; the job becomes a [`Run`], which takes results in the order of the
//! articles, puts them, and saves how far it is.

use super::args::{ExtractArgs, Global};
use super::console::Progress;
use super::copies::{Seen, Sketch};
use super::counts::Counts;
use super::exit::{Done, Exit, Failure, HEEDED, STOP};
use super::ordered::{End, Give, Told, ordered};
use super::saved::{Place, Saved};
use crate::error::{Error, Result};
use crate::input::{self, Entry, Found, Settings};
use crate::output::{self, Destination, Out, Piece, Sink};
use crate::pipeline::{Article, Pipeline};
use crate::record::{OffsetUnit, Only, Options};
use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::{Duration, Instant};

/// Everything that the arguments ask for, checked.
struct Job {
    found: Found,
    settings: Arc<Settings>,
    to: &'static output::Format,
    destination: Destination,
    pipeline: Pipeline,
    limit: u64,
    choice: Choice,
    skip_duplicates: bool,
    errors: Option<PathBuf>,
    max_errors: u64,
    summary: Option<PathBuf>,
    resume: bool,
    save_every: Duration,
    threads: usize,
    quiet: bool,
    /// what of the call is seen in the output
    call: String,
}

/// Which articles are taken, by their ids alone.
#[derive(Clone, Copy, Debug)]
struct Choice {
    sample: Option<f64>,
    shard: Option<(u32, u32)>,
}

/// What became of one article of the input.
enum Outcome {
    Put(Piece, Counts, Option<Sketch>),
    /// of another shard, or not of the sample
    LeftAside,
    /// a copy of one before it
    Copy,
    /// put by the run that this one goes on from
    Before(Sketch),
    Failed(Error),
}

/// What is done with each article, by whatever thread.
struct Work<'a> {
    pipeline: &'a Pipeline,
    to: &'static output::Format,
    choice: Choice,
    /// where copies are left out
    seen: Option<&'a RwLock<Seen>>,
    /// what lies before was put by an earlier run
    from: Place,
}

/// Runs the command.
pub(super) fn run(args: &ExtractArgs, global: &Global) -> Done {
    Job::new(args, global)?.run()
}

impl Job {
    fn new(args: &ExtractArgs, global: &Global) -> Result<Self> {
        let settings = settings(args)?;
        let destination = Destination::new(args.output.as_deref());
        let to = match (&args.to, &destination) {
            (Some(name), _) => output::Format::named(name),
            (None, Destination::Path(path)) => output::Format::of_name(path),
            (None, Destination::Stdout) => None,
        }
        .unwrap_or(&output::FORMATS[0]);
        if to.code_points && global.offsets != OffsetUnit::Chars {
            return Err(Error::usage(format!("{} counts in code points; leave --offsets out", to.name)));
        }
        let inputs = if args.inputs.is_empty() {
            if std::io::stdin().is_terminal() {
                return Err(Error::usage("no input; name files, folders or globs, or - for standard input"));
            }
            vec![PathBuf::from("-")]
        } else {
            args.inputs.clone()
        };
        let batch = &args.batch;
        for path in batch.errors.iter().chain(&batch.summary) {
            if path.as_os_str() == "-" && destination == Destination::Stdout {
                return Err(Error::usage(
                    "records go to standard output; name a file for --errors and --summary",
                ));
            }
        }
        if batch.resume && !(to.resumable && destination.is_resumable()) {
            return Err(Error::usage(format!(
                "a run that writes {} to {} cannot be gone on with; leave --resume out, or write jsonl or parquet to -o OUT",
                to.name,
                destination.name().display()
            )));
        }
        let mut only = Only::empty();
        for name in &args.only {
            only |= Only::from_name(&name.to_ascii_uppercase()).unwrap_or(Only::empty());
        }
        let only = if only.is_empty() { Only::all() } else { only };
        let any_language = args.choice.any_language;
        let options = Options { offsets: global.offsets, with_text: global.with_text, only, any_language };
        let found = input::find(&inputs, settings.format)?;
        if let Destination::Path(path) = &destination {
            not_among(path, &found)?;
        }
        let choice = Choice { sample: args.choice.sample, shard: args.choice.shard };
        let skip_duplicates = args.choice.skip_duplicates;
        let call = format!(
            "{} to {}, {options:?}, {choice:?}, skip {skip_duplicates}, limit {:?}, errors {}, {:?}, {:?}",
            args.from,
            to.name,
            args.choice.limit,
            batch.errors.is_some(),
            args.fields,
            destination.name(),
        );
        Ok(Self {
            found,
            settings: Arc::new(settings),
            to,
            destination,
            pipeline: global.pipeline()?.with_options(options),
            limit: args.choice.limit.unwrap_or(u64::MAX),
            choice,
            skip_duplicates,
            errors: batch.errors.clone(),
            max_errors: batch.max_errors.unwrap_or(u64::MAX),
            summary: batch.summary.clone(),
            resume: batch.resume,
            save_every: Duration::try_from_secs_f64(batch.save_every).unwrap_or(Duration::MAX),
            threads: global.threads(),
            quiet: global.quiet,
            call,
        })
    }

    fn run(self) -> Done {
        let start = Instant::now();
        let engine = self.pipeline.engine();
        let file = match &self.destination {
            Destination::Path(path) if self.to.resumable && self.destination.is_resumable() => Some(&**path),
            _ => None,
        };
        let fresh = Saved::start(engine.clone(), self.call, &self.found.files);
        let before = match file {
            Some(path) if self.resume => fresh.find(path)?,
            _ => None,
        };
        if let (None, Some(path)) = (&before, file) {
            Saved::remove(path);
        }
        let resumed = before.is_some();
        let saved = before.unwrap_or(fresh);
        let at = |n: u64| resumed.then_some(n);
        let errors_to = self.errors.as_ref().map(|path| Destination::new(Some(path)));
        let bytes = Arc::new(AtomicU64::new(0));
        let sizes = self.found.files.iter().map(|f| f.size);
        let total = if sizes.clone().any(|size| size == 0) { 0 } else { sizes.sum() };
        // a run that was ended between the last byte and the names has no more to do than to give them
        let renamed = |d: &Destination| {
            saved.done && matches!(d, Destination::Path(p) if !output::beside(p, ".part").exists())
        };
        let sink = (!renamed(&self.destination)).then(|| (self.to.open)(&self.destination, at(saved.output)));
        let errors = errors_to.filter(|to| !renamed(to)).map(|to| to.open(at(saved.errors)));
        let seen = self.skip_duplicates.then(|| RwLock::new(Seen::default()));
        let mut run = Run {
            seen: seen.as_ref(),
            sink: sink.transpose()?,
            errors: errors.transpose()?,
            file,
            save_every: self.save_every,
            last_save: start,
            limit: self.limit,
            max_errors: self.max_errors,
            too_many: false,
            progress: Progress::new(total, bytes.clone(), self.quiet),
            saved,
        };
        let end = if run.saved.done {
            End::Done
        } else {
            HEEDED.store(true, Ordering::SeqCst);
            let from = run.saved.place;
            // copies of what was put before must be known
            let first = if seen.is_some() { Place::default() } else { from };
            let feed = feed(self.found.errors, self.found.files, self.settings, bytes.clone(), first);
            let work = Work {
                pipeline: &self.pipeline,
                to: self.to,
                choice: self.choice,
                seen: seen.as_ref(),
                from,
            };
            let work = |(place, entry): (Place, Entry)| {
                let outcome = work.outcome(place, entry);
                let size = if let Outcome::Put(piece, ..) = &outcome { piece.size() } else { 0 };
                ((place, outcome), size)
            };
            let end = if run.saved.counts.articles >= run.limit {
                Ok(End::Done)
            } else {
                ordered(self.threads, &STOP, feed, work, |told| run.take(told))
            };
            HEEDED.store(false, Ordering::SeqCst);
            run.progress.finish();
            end?
        };
        if end == End::Stopped {
            return run.interrupted();
        }
        if run.too_many {
            let kept = match &self.destination {
                Destination::Path(path) if !self.to.folder => format!("{} is not written", path.display()),
                _ => "what was written before stays".to_owned(),
            };
            let message =
                format!("gave up after {} failures (--max-errors); {kept}", run.saved.counts.failed);
            return Err(Error::input(message).into());
        }
        let counts = run.finish()?;
        let seconds = start.elapsed().as_secs_f64();
        if let Some(path) = &self.summary {
            let mut out = Destination::new(Some(path)).open(None)?;
            let read = bytes.load(Ordering::Relaxed);
            out.write_all(counts.summary(&engine, self.found.skipped, read, seconds).as_bytes())?;
            out.finish()?;
        }
        if !self.quiet {
            counts.tell(self.found.skipped, seconds);
        }
        Ok(if counts.failed > 0 { Exit::Differs } else { Exit::Done })
    }
}

fn settings(args: &ExtractArgs) -> Result<Settings> {
    let fields = &args.fields;
    let mut settings = Settings {
        format: input::Format::named(&args.from),
        max_article: fields.max_article,
        ..Settings::default()
    };
    let named = [("text", &fields.text_field), ("id", &fields.id_field)];
    let named = named.into_iter().filter_map(|(part, field)| Some((part, field.as_ref()?)));
    for (part, field) in named.chain(fields.map.iter().map(|(part, field)| (part.as_str(), field))) {
        settings.names.set(part, field)?;
    }
    fields.keep.iter().for_each(|field| settings.names.keep(field));
    if let Some(label) = &fields.encoding {
        settings.set_encoding(label)?;
    }
    Ok(settings)
}

/// What is written must not be read: a run would destroy its own input, or the next one take records for articles.
fn not_among(output: &Path, found: &Found) -> Result<()> {
    let Ok(whole) = std::fs::canonicalize(output) else { return Ok(()) };
    for file in &found.files {
        if let input::Place::Path(path) = &file.place
            && path.file_name() == output.file_name()
            && std::fs::canonicalize(path).is_ok_and(|path| path == whole)
        {
            let message =
                "is input and output at once; write to another file, outside the folder that is read";
            return Err(Error::usage(message).in_file(output));
        }
    }
    Ok(())
}

/// Reads all inputs, each article with its place; what lies before `from` is passed over.
fn feed(
    errors: Vec<Error>,
    files: Vec<input::File>,
    settings: Arc<Settings>,
    bytes: Arc<AtomicU64>,
    from: Place,
) -> impl FnOnce(&mut Give<'_, (Place, Entry)>) + Send + 'static {
    move |give| {
        let mut broken = errors.into_iter().map(Entry::failed);
        for file in from.file..=files.len() {
            let mut articles = 0;
            let mut next = |entry: Entry| {
                articles += 1;
                let size = entry.size;
                let place = Place { file, articles };
                if place <= from { ControlFlow::Continue(()) } else { give((place, entry), size) }
            };
            let flow = match file.checked_sub(1) {
                None => broken.try_for_each(&mut next),
                Some(i) => input::read(&files[i], &settings, &bytes, &mut next),
            };
            if flow.is_break() {
                return;
            }
        }
    }
}

impl Work<'_> {
    /// One article's way.
    fn outcome(&self, place: Place, entry: Entry) -> Outcome {
        // no text should make a rule fail; should one, it must not take the other articles along
        let mut id = String::new();
        let done = catch_unwind(AssertUnwindSafe(|| match entry.read() {
            Ok(article) => {
                id.clone_from(&article.id);
                if self.choice.takes(&article.id) { self.put(place, &article) } else { Outcome::LeftAside }
            }
            // so that of several shards one tells it, and of a run gone on with the first
            Err(e) if place > self.from && self.choice.takes(&e.to_string()) => Outcome::Failed(e),
            Err(_) => Outcome::LeftAside,
        }));
        done.unwrap_or_else(|_| {
            Outcome::Failed(
                Error::input(format!(
                    "article {id:?}: a rule failed on it, which is a fault of onrecord; please report it with the text"
                ))
                .of_article(&id),
            )
        })
    }

    fn put(&self, place: Place, article: &Article) -> Outcome {
        let sketch = self.seen.map(|_| Sketch::of(&article.text));
        if let (Some(seen), Some(sketch)) = (self.seen, &sketch) {
            if place <= self.from {
                return Outcome::Before(sketch.clone());
            }
            if seen.read().unwrap_or_else(PoisonError::into_inner).will_have(sketch) {
                return Outcome::Copy;
            }
        }
        let record = self.pipeline.run(article);
        let counts = Counts::of(&record);
        Outcome::Put((self.to.encode)(article, record), counts, sketch)
    }
}

impl Choice {
    fn takes(self, id: &str) -> bool {
        let (shard, sample) = (self.shard, self.sample);
        if shard.is_none() && sample.is_none() {
            return true;
        }
        // FNV-1a, finished by a mixing of its bits: the same on every machine and in every version
        let hash = |seed: u64| {
            let start = 0xcbf2_9ce4_8422_2325 ^ seed;
            let hash = id.bytes().fold(start, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
            let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
            hash ^ (hash >> 33)
        };
        // the two by different seeds: a sample of a shard is a sample
        shard.is_none_or(|(i, n)| hash(0) % u64::from(n) == u64::from(i) - 1)
            && sample.is_none_or(|share| (hash(1) as f64) < share * u64::MAX as f64)
    }
}

/// A run under way: what takes the results.
struct Run<'a> {
    /// where copies are left out
    seen: Option<&'a RwLock<Seen>>,
    /// none where an earlier run had finished it
    sink: Option<Box<dyn Sink>>,
    errors: Option<Out>,
    /// the output that can be gone on with
    file: Option<&'a Path>,
    save_every: Duration,
    last_save: Instant,
    limit: u64,
    max_errors: u64,
    too_many: bool,
    progress: Progress,
    saved: Saved,
}

type Taken = std::result::Result<ControlFlow<()>, Failure>;

impl Run<'_> {
    fn take(&mut self, told: Told<(Place, Outcome)>) -> Taken {
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

    fn interrupted(mut self) -> Done {
        self.save()?;
        super::console::note(match self.file {
            Some(_) => "interrupted; the same call with --resume goes on from here",
            None => "interrupted; what was not finished is removed",
        });
        Ok(Exit::Interrupted)
    }

    fn finish(mut self) -> std::result::Result<Counts, Failure> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shards_are_a_partition_and_samples_a_share() {
        let ids: Vec<String> = (0..10_000).map(|i| format!("article-{i}")).collect();
        let takes = |sample, shard, id: &String| Choice { sample, shard }.takes(id);
        for id in &ids {
            assert_eq!((1..=7).filter(|i| takes(None, Some((*i, 7)), id)).count(), 1);
        }
        let of = |sample, shard| ids.iter().filter(|id| takes(sample, shard, id)).count();
        for i in 1..=4 {
            let (shard, both) = (of(None, Some((i, 4))), of(Some(0.1), Some((i, 4))));
            assert!((2_350..2_650).contains(&shard) && (200..300).contains(&both), "{shard} {both}");
        }
        assert_eq!(of(Some(1.0), None), 10_000);
    }
}
