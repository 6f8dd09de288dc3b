//! How fast each room reads the corpus, in MB/s, beside `split_word_bound_indices` over the same text.
//!
//! `cargo bench` prints the table; `cargo bench -- --seconds 20` takes longer and is steadier. For a profiler or an
//! instruction counter (`benches/instructions`), which prints nothing: `-- --load` reads nothing, `-- --once` reads the
//! corpus once, and `-- --counted` reads it twice, the second time within [`counted`] and one function a room.
//!
//! Every round runs all rooms over the whole corpus, one after another, so that a busy machine slows all of them alike;
//! of each room and article the fastest round counts, which other work on the machine has disturbed least. The last
//! column is what the reader of a table on another machine needs: the speed as a share of that of Unicode word
//! boundaries in the same run.

#![allow(clippy::print_stdout, reason = "it is a command that prints a table")]

use onrecord::record::Parts;
use onrecord::{Article, Lexicon, Pipeline};
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};
use unicode_segmentation::UnicodeSegmentation;

const DEFAULT_SECONDS: f64 = 5.0;
const ROWS: [&str; 12] = [
    "layout",
    "text: tokens, sentences",
    "text: tags, chunks",
    "quote",
    "attribution",
    "source",
    "quantity",
    "claim",
    "record",
    "JSON",
    "whole pipeline, to JSON",
    "split_word_bound_indices",
];
const WHOLE: usize = 10;
const BASELINE: usize = 11;

fn corpus() -> Vec<Article> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let entries = std::fs::read_dir(&folder).expect("corpus/ lies beside Cargo.toml");
    let mut files: Vec<_> = entries.map(|e| e.expect("an entry").path()).collect();
    files.retain(|f| f.extension().is_some_and(|e| e == "txt"));
    files.sort();
    let read = |f| Article::new("bench", std::fs::read_to_string(f).expect("UTF-8"));
    files.iter().map(read).collect()
}

/// Times one step.
fn time<T>(total: &mut Duration, step: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = black_box(step());
    *total += start.elapsed();
    result
}

type Times = [Duration; ROWS.len()];

/// A function for each room that is never inlined, so that an instruction counter can tell the rooms apart by name.
mod room {
    use onrecord::attribution::Attribution;
    use onrecord::claim::Claims;
    use onrecord::layout::Layout;
    use onrecord::quantity::Quantity;
    use onrecord::quote::Quotes;
    use onrecord::record::{self, Options, Parts, Record};
    use onrecord::source::Cast;
    use onrecord::text::{self, Document};
    use onrecord::{Article, Lexicon};

    #[inline(never)]
    pub fn layout(text: &str, lexicon: &Lexicon) -> Layout {
        onrecord::layout::blocks(text, lexicon)
    }
    #[inline(never)]
    pub fn split<'a>(text: &'a str, layout: &Layout, lexicon: &Lexicon) -> Document<'a> {
        text::split(text, layout, lexicon)
    }
    #[inline(never)]
    pub fn annotate<'a>(split: Document<'a>, lexicon: &Lexicon) -> Document<'a> {
        text::annotate(split, lexicon)
    }
    #[inline(never)]
    pub fn quote(document: &Document<'_>, lexicon: &Lexicon) -> Quotes {
        onrecord::quote::find(document, lexicon)
    }
    #[inline(never)]
    pub fn attribution(document: &Document<'_>, quotes: &Quotes, lexicon: &Lexicon) -> Vec<Attribution> {
        onrecord::attribution::find(document, &quotes.list, lexicon)
    }
    #[inline(never)]
    pub fn source(
        document: &Document<'_>,
        quotes: &Quotes,
        attributions: &[Attribution],
        lexicon: &Lexicon,
    ) -> Cast {
        onrecord::source::resolve(document, &quotes.list, attributions, lexicon)
    }
    #[inline(never)]
    pub fn quantity(document: &Document<'_>, lexicon: &Lexicon) -> Vec<Quantity> {
        onrecord::quantity::find(document, lexicon)
    }
    #[inline(never)]
    pub fn claim(
        document: &Document<'_>,
        quantities: &[Quantity],
        attributions: &[Attribution],
        cast: &Cast,
        lexicon: &Lexicon,
    ) -> Claims {
        onrecord::claim::find(document, quantities, attributions, cast, lexicon)
    }
    #[inline(never)]
    pub fn record(article: &Article, parts: &Parts<'_>, lexicon: &Lexicon) -> Record {
        record::write(&article.id, &article.meta, parts, lexicon.digest(), &Options::default())
    }
    #[inline(never)]
    pub fn json(record: &Record) -> Vec<u8> {
        record.to_json()
    }
}

/// The time that each room took over an article.
fn rooms(article: &Article, lexicon: &Lexicon) -> Times {
    let mut t = [Duration::ZERO; ROWS.len()];
    let text = article.text.as_str();
    let layout = time(&mut t[0], || room::layout(text, lexicon));
    let split = time(&mut t[1], || room::split(text, &layout, lexicon));
    let document = time(&mut t[2], || room::annotate(split, lexicon));
    let quotes = time(&mut t[3], || room::quote(&document, lexicon));
    let attributions = time(&mut t[4], || room::attribution(&document, &quotes, lexicon));
    let cast = time(&mut t[5], || room::source(&document, &quotes, &attributions, lexicon));
    let quantities = time(&mut t[6], || room::quantity(&document, lexicon));
    let claims = time(&mut t[7], || room::claim(&document, &quantities, &attributions, &cast, lexicon));
    let parts = Parts {
        article: text,
        layout: &layout,
        document: &document,
        quotes: &quotes,
        attributions: &attributions,
        cast: &cast,
        claims: &claims,
    };
    let record = time(&mut t[8], || room::record(article, &parts, lexicon));
    time(&mut t[9], || room::json(&record));
    t
}

/// Walks all rooms over all articles: what an instruction counter counts.
#[inline(never)]
fn counted(articles: &[Article], lexicon: &Lexicon) {
    for article in articles {
        black_box(rooms(article, lexicon));
    }
}

fn whole(article: &Article, pipeline: &Pipeline) -> Duration {
    let mut t = Duration::ZERO;
    time(&mut t, || pipeline.run(article).to_json());
    t
}

fn word_bounds(article: &Article) -> Duration {
    let mut t = Duration::ZERO;
    time(&mut t, || article.text.split_word_bound_indices().map(|(i, _)| i).sum::<usize>());
    t
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1));
    let seconds = value("--seconds").and_then(|s| s.parse().ok()).unwrap_or(DEFAULT_SECONDS);
    let articles = corpus();
    let pipeline = Pipeline::default();
    let bytes: usize = articles.iter().map(|a| a.text.len()).sum();
    if args.iter().any(|a| a == "--load") {
        return;
    }
    if args.iter().any(|a| a == "--once") {
        for article in &articles {
            black_box(pipeline.run(article).to_json());
        }
        return;
    }
    if args.iter().any(|a| a == "--counted") {
        // patterns are compiled when first asked for: not what a byte costs
        for article in &articles {
            black_box(rooms(article, pipeline.lexicon()));
        }
        counted(&articles, pipeline.lexicon());
        return;
    }
    let mut best = vec![[Duration::MAX; ROWS.len()]; articles.len()];
    let (start, mut rounds) = (Instant::now(), 0);
    while rounds < 3 || start.elapsed().as_secs_f64() < seconds {
        // three walks, so that each meets the caches as a run over many articles does
        for (best, article) in best.iter_mut().zip(&articles) {
            for (best, t) in best.iter_mut().zip(rooms(article, pipeline.lexicon())).take(WHOLE) {
                *best = t.min(*best);
            }
        }
        for (best, article) in best.iter_mut().zip(&articles) {
            best[WHOLE] = best[WHOLE].min(whole(article, &pipeline));
        }
        for (best, article) in best.iter_mut().zip(&articles) {
            best[BASELINE] = best[BASELINE].min(word_bounds(article));
        }
        rounds += 1;
    }
    let total = |row: usize| best.iter().map(|times| times[row]).sum::<Duration>().as_secs_f64();
    println!(
        "{} articles, {:.0} KB, {rounds} rounds, one thread\n{:<26} {:>9} {:>9} {:>9}",
        articles.len(),
        bytes as f64 / 1e3,
        "",
        "MB/s",
        "ns/byte",
        "ratio"
    );
    for (row, name) in ROWS.iter().enumerate() {
        let seconds = total(row);
        println!(
            "{name:<26} {:>9.1} {:>9.2} {:>9.3}",
            bytes as f64 / 1e6 / seconds,
            seconds * 1e9 / bytes as f64,
            total(BASELINE) / seconds
        );
    }
}
