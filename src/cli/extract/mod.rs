//! `onrecord extract`: articles in, records out.
//!
//! Arguments become a [`Job`], everything checked; the job reads and works on the articles (`work.rs`), while a [`Run`]
//! takes the results in the order of the articles, puts them, and saves how far it is (`run.rs`).

mod run;
mod work;

use self::run::Run;
use self::work::{Choice, Outcome, Work, feed};
use super::args::{ExtractArgs, Global};
use super::console::Progress;
use super::copies::Seen;
use super::exit::{Done, Exit, HEEDED, STOP};
use super::ordered::{End, ordered};
use super::outputs;
use super::saved::{Place, Saved};
use crate::error::{Error, Result};
use crate::input::{self, Entry, Found, Settings};
use crate::output::{self, Destination};
use crate::pipeline::Pipeline;
use crate::record::{OffsetUnit, Only, Options};
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};
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
                "a run that writes {} to {} cannot be gone on with; leave --resume out, or write jsonl, parquet or nested to -o OUT",
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
        let mut written: Vec<&Path> = batch.errors.iter().chain(&batch.summary).map(|path| &**path).collect();
        if let Destination::Path(path) = &destination {
            written.insert(0, path);
            if to.folder {
                outputs::check_folder(path, &found)?;
            }
        }
        outputs::check(&written, &found)?;
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
