//! `onrecord extract`: articles in, records out.

use super::args::{ExtractArgs, Global};
use super::console::{self, Progress};
use super::exit::{Done, Exit, Failure};
use super::ordered::ordered;
use crate::error::{Error, Result};
use crate::input::{self, Found, Place};
use crate::output::{self, Destination, Piece};
use crate::pipeline::{Article, Pipeline};
use crate::record::{OffsetUnit, Only, Options, Record};
use serde::Serialize;
use std::io::{IsTerminal, Write};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use std::time::Instant;

/// Everything that the arguments ask for, checked.
struct Job {
    found: Found,
    from: Option<&'static input::Format>,
    to: &'static output::Format,
    destination: Destination,
    pipeline: Pipeline,
    limit: usize,
    errors: Option<PathBuf>,
    max_errors: Option<usize>,
    summary: Option<PathBuf>,
    quiet: bool,
}

/// What a run counted.
#[derive(Clone, Debug, Default, Serialize)]
struct Counts {
    articles: u64,
    failed: u64,
    characters: u64,
    blocks: u64,
    sentences: u64,
    sources: u64,
    attributions: u64,
    quotes: u64,
    claims: u64,
    figures: u64,
    diagnostics: u64,
}

/// Runs the command.
pub(super) fn run(args: &ExtractArgs, global: &Global) -> Done {
    global.start_threads()?;
    Job::new(args, global)?.run()
}

impl Job {
    fn new(args: &ExtractArgs, global: &Global) -> Result<Self> {
        let from = input::Format::named(&args.from);
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
        for path in args.errors.iter().chain(&args.summary) {
            if path.as_os_str() == "-" && destination == Destination::Stdout {
                return Err(Error::usage(
                    "records go to standard output; name a file for --errors and --summary",
                ));
            }
        }
        let mut only = Only::empty();
        for name in &args.only {
            only |= Only::from_name(&name.to_ascii_uppercase()).unwrap_or(Only::empty());
        }
        let only = if only.is_empty() { Only::all() } else { only };
        let options = Options { offsets: global.offsets, with_text: global.with_text, only };
        let found = input::find(&inputs, from)?;
        if let Destination::Path(path) = &destination {
            not_among(path, &found)?;
        }
        Ok(Self {
            found,
            from,
            to,
            destination,
            pipeline: global.pipeline()?.with_options(options),
            limit: args.limit.unwrap_or(usize::MAX),
            errors: args.errors.clone(),
            max_errors: args.max_errors,
            summary: args.summary.clone(),
            quiet: global.quiet,
        })
    }

    fn run(self) -> Done {
        let start = Instant::now();
        let mut sink = (self.to.open)(&self.destination)?;
        let mut errors = self.errors.as_ref().map(|path| Destination::new(Some(path)).open()).transpose()?;
        let bytes = Arc::new(AtomicU64::new(0));
        let total = if self.found.files.iter().any(|f| f.size == 0) {
            0
        } else {
            self.found.files.iter().map(|f| f.size).sum()
        };
        let progress = Progress::new(total, bytes.clone(), self.quiet);
        let mut counts = Counts::default();
        let mut too_many = false;
        let (from, limit) = (self.from, self.limit);
        let broken = self.found.errors.into_iter().map(Err);
        let mut articles =
            broken.chain(self.found.files.into_iter().flat_map(move |file| input::open(&file, from, &bytes)));
        let mut left = limit;
        let articles = std::iter::from_fn(move || {
            let next = if left == 0 { None } else { articles.next() };
            left -= usize::from(matches!(next, Some(Ok(_))));
            next
        });
        let work = |article: Result<Article>| article.and_then(|a| one(&self.pipeline, self.to, &a));
        let take = |batch: Vec<Result<(Piece, Counts)>>,
                    drained: bool|
         -> std::result::Result<ControlFlow<()>, Failure> {
            for result in batch {
                match result {
                    Ok((piece, of_piece)) => {
                        sink.put(&piece)?;
                        counts.add(&of_piece);
                    }
                    Err(e) => {
                        counts.failed += 1;
                        progress.error(&e);
                        if let Some(errors) = &mut errors {
                            writeln!(errors, "{}", as_json(&e))?;
                        }
                        if self.max_errors.is_some_and(|most| counts.failed > most as u64) {
                            too_many = true;
                            return Ok(ControlFlow::Break(()));
                        }
                    }
                }
            }
            if drained {
                sink.flush()?;
            }
            progress.update(counts.articles);
            Ok(ControlFlow::Continue(()))
        };
        let done = ordered(articles, work, take);
        progress.finish();
        done?;
        if let Some(errors) = errors {
            errors.finish()?;
        }
        if too_many {
            drop(sink);
            let kept = match self.destination {
                Destination::Path(path) if !self.to.folder => format!("{} is not written", path.display()),
                _ => "what was written before stays".to_owned(),
            };
            let message = format!("gave up after {} failures (--max-errors); {kept}", counts.failed);
            return Err(Error::input(message).into());
        }
        sink.finish()?;
        if let Some(path) = &self.summary {
            let json = serde_json::to_string_pretty(&counts).unwrap_or_default();
            let mut out = Destination::new(Some(path)).open()?;
            writeln!(out, "{json}")?;
            out.finish()?;
        }
        if !self.quiet {
            counts.tell(self.found.skipped, start.elapsed().as_secs_f64());
        }
        Ok(if counts.failed > 0 { Exit::Differs } else { Exit::Done })
    }
}

/// What is written must not be read: a run would destroy its own input, or the next one take records for articles.
fn not_among(output: &Path, found: &Found) -> Result<()> {
    let Ok(whole) = std::fs::canonicalize(output) else { return Ok(()) };
    for file in &found.files {
        if let Place::Path(path) = &file.place
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

/// One article's share of the output.
fn one(pipeline: &Pipeline, to: &output::Format, article: &Article) -> Result<(Piece, Counts)> {
    // no text should make a rule fail; should one, it must not take the other articles along
    catch_unwind(AssertUnwindSafe(|| {
        let record = pipeline.run(article);
        ((to.encode)(article, &record), Counts::of(&record))
    }))
    .map_err(|_| {
        Error::input(format!(
            "article {:?}: a rule failed on it, which is a fault of onrecord; please report it with the text",
            article.id
        ))
    })
}

fn as_json(e: &Error) -> serde_json::Value {
    serde_json::json!({
        "file": e.file().map(|f| f.to_string_lossy()),
        "line": e.line(),
        "error": e.message(),
    })
}

impl Counts {
    fn of(record: &Record) -> Self {
        Self {
            articles: 1,
            failed: 0,
            characters: record.length.into(),
            blocks: record.blocks.len() as u64,
            sentences: record.sentences.len() as u64,
            sources: record.sources.len() as u64,
            attributions: record.attributions.len() as u64,
            quotes: record.quotes.len() as u64,
            claims: record.claims.len() as u64,
            figures: record.figures.len() as u64,
            diagnostics: record.diagnostics.len() as u64,
        }
    }

    fn add(&mut self, other: &Self) {
        self.articles += other.articles;
        self.failed += other.failed;
        self.characters += other.characters;
        self.blocks += other.blocks;
        self.sentences += other.sentences;
        self.sources += other.sources;
        self.attributions += other.attributions;
        self.quotes += other.quotes;
        self.claims += other.claims;
        self.figures += other.figures;
        self.diagnostics += other.diagnostics;
    }

    fn tell(&self, skipped: usize, seconds: f64) {
        let plural = |n: u64, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
        let mut parts = vec![
            plural(self.articles, "article"),
            plural(self.quotes, "quote"),
            plural(self.attributions, "attribution"),
            plural(self.claims, "claim"),
        ];
        if self.failed > 0 {
            parts.push(format!("{} failed", self.failed));
        }
        if skipped > 0 {
            parts.push(format!("{} of other kinds left aside", plural(skipped as u64, "file")));
        }
        console::note(&format!("{}; {seconds:.1} s", parts.join(", ")));
    }
}
