//! The way through the rooms, with a function for each room that is never inlined, so that whoever counts can tell the
//! rooms apart by name.

use onrecord::attribution::Attribution;
use onrecord::claim::Claims;
use onrecord::layout::Layout;
use onrecord::quantity::Quantity;
use onrecord::quote::Quotes;
use onrecord::record::{self, Options, Parts, RecordView};
use onrecord::source::Cast;
use onrecord::text::{self, Document};
use onrecord::{Article, Lexicon};

/// The rooms in the order of [`walk`].
pub(crate) const ROOMS: [&str; 10] = [
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
];

/// What looks on at each step: a clock, a counter.
pub(crate) trait Observer {
    /// Runs the step of the room with this position in [`ROOMS`].
    fn step<T>(&mut self, room: usize, step: impl FnOnce() -> T) -> T;
}

/// Takes an article through all rooms. Returns the number of its tokens.
pub(crate) fn walk(article: &Article, lexicon: &Lexicon, observer: &mut impl Observer) -> usize {
    let text = article.text.as_str();
    let layout = observer.step(0, || layout(text, lexicon));
    let split = observer.step(1, || split(text, &layout, lexicon));
    let document = observer.step(2, || annotate(split, lexicon));
    let quotes = observer.step(3, || quote(&document, lexicon));
    let attributions = observer.step(4, || attribution(&document, &quotes, lexicon));
    let cast = observer.step(5, || source(&document, &quotes, &attributions, lexicon));
    let quantities = observer.step(6, || quantity(&document, lexicon));
    let claims = observer.step(7, || claim(&document, quantities, &attributions, &cast, lexicon));
    let tokens = document.tokens.len();
    let record = observer.step(8, || {
        let sentences = document.into_sentences();
        let parts = Parts { article: text, layout: &layout, sentences, quotes, attributions, cast, claims };
        record(article, parts, lexicon)
    });
    observer.step(9, || json(&record));
    tokens
}

#[inline(never)]
fn layout(text: &str, lexicon: &Lexicon) -> Layout {
    onrecord::layout::blocks(text, lexicon)
}

#[inline(never)]
fn split<'a>(text: &'a str, layout: &'a Layout, lexicon: &Lexicon) -> Document<'a> {
    text::split(text, layout, lexicon)
}

#[inline(never)]
fn annotate<'a>(split: Document<'a>, lexicon: &Lexicon) -> Document<'a> {
    text::annotate(split, lexicon)
}

#[inline(never)]
fn quote(document: &Document<'_>, lexicon: &Lexicon) -> Quotes {
    onrecord::quote::find(document, lexicon)
}

#[inline(never)]
fn attribution<'a>(document: &Document<'_>, quotes: &Quotes, lexicon: &'a Lexicon) -> Vec<Attribution<'a>> {
    onrecord::attribution::find(document, &quotes.list, lexicon)
}

#[inline(never)]
fn source(document: &Document<'_>, quotes: &Quotes, attributions: &[Attribution], lexicon: &Lexicon) -> Cast {
    onrecord::source::resolve(document, &quotes.list, attributions, lexicon)
}

#[inline(never)]
fn quantity<'a>(document: &Document<'a>, lexicon: &'a Lexicon) -> Vec<Quantity<'a>> {
    onrecord::quantity::find(document, lexicon)
}

#[inline(never)]
fn claim<'a>(
    document: &Document<'a>,
    quantities: Vec<Quantity<'a>>,
    attributions: &[Attribution],
    cast: &Cast,
    lexicon: &'a Lexicon,
) -> Claims<'a> {
    onrecord::claim::find(document, quantities, attributions, cast, lexicon)
}

#[inline(never)]
fn record<'a>(article: &'a Article, parts: Parts<'a>, lexicon: &Lexicon) -> RecordView<'a> {
    record::write(&article.id, &article.meta, parts, lexicon.digest(), &Options::default())
}

#[inline(never)]
fn json(record: &RecordView<'_>) -> Vec<u8> {
    record.to_json()
}
