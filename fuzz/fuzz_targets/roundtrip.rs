//! An article with anything in its fields → record → JSON → record → JSON: the same bytes, whoever writes and reads.

#![no_main]

use arbitrary::{Arbitrary, Unstructured};
use libfuzzer_sys::fuzz_target;
use onrecord::input::{Content, Flow, Format, Settings, Stream};
use onrecord::record::{Meta, Only, Options};
use onrecord::{Article, Pipeline, Record};
use serde_json::Value;
use std::path::Path;
use std::sync::Arc;

/// Whatever may stand in an article's fields.
#[derive(Arbitrary, Debug)]
struct Fields<'a> {
    unit: u8,
    only: u8,
    with_text: bool,
    id: &'a str,
    title: Option<&'a str>,
    url: Option<&'a str>,
    date: Option<&'a str>,
    publisher: Option<&'a str>,
    authors: Vec<&'a str>,
    language: Option<&'a str>,
    extra: Vec<(&'a str, Extra<'a>)>,
}

#[derive(Arbitrary, Debug)]
enum Extra<'a> {
    Null,
    Bool(bool),
    Integer(i64),
    Unsigned(u64),
    Float(f64),
    Text(&'a str),
    List(Vec<Option<&'a str>>),
}

impl From<Extra<'_>> for Value {
    fn from(extra: Extra<'_>) -> Self {
        match extra {
            Extra::Null => Self::Null,
            Extra::Bool(b) => b.into(),
            Extra::Integer(n) => n.into(),
            Extra::Unsigned(n) => n.into(),
            Extra::Float(x) => x.into(),
            Extra::Text(s) => s.into(),
            Extra::List(list) => list.into(),
        }
    }
}

fn run(bytes: &[u8]) -> arbitrary::Result<()> {
    let mut all = Unstructured::new(bytes);
    let f = Fields::arbitrary(&mut all)?;
    let some = |s: Option<&str>| s.map(str::to_owned);
    let meta = Meta {
        title: some(f.title),
        url: some(f.url),
        date: some(f.date),
        publisher: some(f.publisher),
        authors: f.authors.into_iter().map(str::to_owned).collect(),
        language: some(f.language),
        extra: f.extra.into_iter().map(|(key, value)| (key.to_owned(), value.into())).collect(),
    };
    let text = onrecord_fuzz::text(all.take_rest());
    let offsets = onrecord_fuzz::UNITS[f.unit as usize % 3];
    let only = if f.only == 0 { Only::all() } else { Only::from_bits_truncate(f.only) };
    let options = Options { offsets, with_text: f.with_text, only, any_language: true };
    let article = Article { id: f.id.to_owned(), text, meta };
    let pipeline = Pipeline::default().with_options(options);
    let record = pipeline.run(&article);
    let json = record.to_json();
    assert!(pipeline.read(&article, |lent| lent.to_json()) == json, "what is lent is written otherwise");
    assert!(serde_json::to_vec(&record).unwrap() == json, "serde writes another record");
    let read: Record = serde_json::from_slice(&json).unwrap();
    assert!(read == record, "serde reads another record: {read:?} is not {record:?}");
    assert!(read.to_json() == json, "the second JSON is not the first");
    let from_input = by_input(&json);
    assert!(from_input == record, "input reads another record: {from_input:?} is not {record:?}");

    Ok(())
}

/// The record as `view` and `report` read it: a line of a file.
fn by_input(json: &[u8]) -> Record {
    let settings = Arc::new(Settings { records: true, ..Settings::default() });
    let mut bytes = json;
    let name = Path::new("a").into();
    let mut stream = Stream { name, id: "a".to_owned(), bytes: &mut bytes, file: None, settings: &settings };
    let mut found = Vec::new();
    let _ = (Format::named("jsonl").unwrap().read)(&mut stream, &mut |entry| {
        found.push(entry.read_either());
        Flow::Continue(())
    });
    match (found.pop(), found.pop()) {
        (Some(Ok(Content::Record(record))), None) => *record,
        (Some(Err(e)), _) => panic!("a record is refused: {e}: {}", String::from_utf8_lossy(json)),
        _ => panic!("no record of its own: {}", String::from_utf8_lossy(json)),
    }
}

fuzz_target!(|bytes: &[u8]| {
    // too few bytes make no article
    let _ = run(bytes);
});
