//! What is held at a time for each byte of a text, news or hostile, and for each byte of the longest article that a
//! reader takes, whatever it is fed. `docs/limits.md` says why the bounds are what they are.
//!
//! One test alone, so that what is counted is its own. `ONRECORD_PRINT=1 cargo test --test memory -- --nocapture` prints
//! what was measured.

#![allow(clippy::print_stdout, reason = "it prints what it measures where one asks")]

#[path = "../../benches/shared/articles.rs"]
mod articles;
#[path = "../../benches/shared/hostile.rs"]
mod hostile;

use onrecord::input::{self, File, Limits, Place, Settings};
use onrecord::record::Options;
use onrecord::{Article, Pipeline};
use std::io::Write;
use std::sync::Arc;

#[global_allocator]
static ALLOCATOR: dhat::Alloc = dhat::Alloc;

/// The most that may be held for each byte of a text, news and nearly all else: with the record's JSON, and without. Of
/// that the record itself, in which every byte may be a result, is a part.
const BOUNDS: [u32; 2] = [24, 24];
/// The kinds of which more is held.
const BEYOND: &[(&str, [u32; 2])] = &[
    ("straight-quotes", [68, 68]),
    ("curly-quotes", [69, 46]),
    ("apostrophes", [34, 34]),
    ("brackets", [30, 30]),
    ("square-brackets", [30, 30]),
    ("only-commas", [27, 27]),
    ("numbers", [88, 83]),
    ("grouped", [58, 54]),
    ("percents", [88, 85]),
    ("ranges", [34, 34]),
    ("short-lines", [107, 107]),
    ("paragraphs", [31, 31]),
    ("one-surname", [33, 33]),
    ("pronouns", [44, 44]),
    ("cues", [41, 41]),
    ("said-that", [97, 34]),
    ("mayor-said", [30, 30]),
];
/// The share of a bound that is reached at least.
const TOLD: f64 = 0.9;
/// What a reader may hold beside a multiple of the longest article: its buffers, and the tables of an unpacker.
const FIXED: usize = 4 << 20;
/// The multiple: the article as it was read, decoded, and as its text; a page's tree is bounded by its elements.
const COPIES: usize = 8;

/// The most that is held while something is done, in bytes.
fn held(work: impl FnOnce()) -> usize {
    let profiler = dhat::Profiler::builder().testing().build();
    work();
    let most = dhat::HeapStats::get().max_bytes;
    drop(profiler);
    most
}

fn print(line: &str) {
    if std::env::var_os("ONRECORD_PRINT").is_some() {
        println!("{line}");
    }
}

#[test]
fn memory_is_bounded() {
    texts();
    readers();
}

fn texts() {
    let pipeline = Pipeline::default().with_options(Options { any_language: true, ..Options::default() });
    let corpus = articles::corpus();
    // what is made once is no article's
    corpus.iter().for_each(|a| drop(pipeline.run(a)));
    let mut too_much = Vec::new();
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/limits.md")).unwrap();
    for (kind, [all, work]) in BEYOND {
        assert!(
            page.contains(&format!("| {kind} | {all} | {work} |")),
            "docs/limits.md does not tell {kind}"
        );
    }
    let mut check = |kind: &str, article: &Article| {
        let bounds = BEYOND.iter().find(|(name, _)| *name == kind).map_or(BOUNDS, |(_, bounds)| *bounds);
        let bytes = article.text.len() as f64;
        let all = held(|| drop(pipeline.read(article, |record| record.into_json())));
        let work = held(|| pipeline.read(article, |_| ()));
        let [all, work] = [all, work].map(|most| most as f64 / bytes);
        print(&format!("{kind:<20} {all:>8.1} with its JSON, {work:>8.1} without"));
        if all > f64::from(bounds[0]) || work > f64::from(bounds[1]) {
            too_much.push(format!("{kind}: {all:.1} and {work:.1} bytes a byte, above {bounds:?}"));
        }
        // the page tells what is held, not what was once
        if bounds != BOUNDS && all < f64::from(bounds[0]) * TOLD {
            too_much.push(format!("{kind}: {all:.1} bytes a byte, far below {bounds:?}: lower it"));
        }
    };
    for article in &corpus {
        check("news", article);
    }
    for (name, piece) in hostile::KINDS {
        let article = Article::new("hostile", hostile::text(*piece, 64 << 10));
        check(name, &article);
    }
    assert!(too_much.is_empty(), "{too_much:#?}");
}

fn gz(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).unwrap();
    out.finish().unwrap()
}

/// Files of eight megabytes, or that become so, read with articles of at most 64 kB.
fn readers() {
    const MOST: usize = 64 << 10;
    let folder = tempfile::tempdir().unwrap();
    let rain = "Rain fell. ".repeat((8 << 20) / 11);
    let header = |length: usize| {
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2024-05-01T06:00:00Z\r\n\
             WARC-Target-URI: https://post.example/1\r\nContent-Length: {length}\r\n"
        )
    };
    let objects = "{\"a\":0},".repeat(8_000);
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("line.txt", rain.clone().into_bytes()),
        ("line.jsonl", format!("{{\"text\":\"{rain}\"}}").into_bytes()),
        ("element.json", format!("[{{\"text\":\"{rain}\"}}]").into_bytes()),
        ("objects.jsonl", format!("{{\"text\":[{objects}0]}}\n").into_bytes()),
        ("blank.jsonl", vec![b'\n'; 1 << 18]),
        ("open.json", format!("[{}", "[".repeat(8 << 20)).into_bytes()),
        ("field.csv", format!("id,text\n1,\"{rain}\"\n").into_bytes()),
        ("columns.csv", format!("text{}\n", ",".repeat(8 << 20)).into_bytes()),
        ("row.csv", format!("id,text\n{}\n", ",".repeat(60_000)).into_bytes()),
        ("bomb.txt.gz", gz(rain.as_bytes())),
        ("bomb.jsonl.zst", zstd::encode_all(&vec![b'a'; 64 << 20][..], 1).unwrap()),
        ("page.html", format!("<html>{}", "<b>".repeat(20_000)).into_bytes()),
        ("attributes.html", format!("<html><p {}>", "a ".repeat(30_000)).into_bytes()),
        ("header.warc", format!("{}X: {rain}", header(9)).into_bytes()),
        ("body.warc", format!("{}\r\n{rain}", header(usize::MAX)).into_bytes()),
        ("cut.warc", format!("{}\r\n{}", header(MOST), &rain[..100]).into_bytes()),
    ];
    let mut too_much = Vec::new();
    for (name, bytes) in files {
        let path = folder.path().join(name);
        std::fs::write(&path, &bytes).unwrap();
        let file = File { place: Place::Path(path), id: "a".to_owned(), size: 0 };
        let limits = Limits { fields: MOST, headers: MOST as u64, elements: 1_000, ..Limits::default() };
        let settings = Arc::new(Settings { max_article: MOST, limits, ..Settings::default() });
        let most = held(|| drop(input::articles(&file, &settings)));
        print(&format!("{name:<20} {most:>10} bytes, {:>6.1} articles", most as f64 / MOST as f64));
        if most > FIXED + COPIES * MOST {
            too_much.push(format!("{name}: {most} bytes"));
        }
    }
    assert!(too_much.is_empty(), "{too_much:#?}");
}
