//! Stages' results → the record. Numbers the lists, slices the text and converts the offsets.
//!
//! Its strings are borrowed: nearly all are slices of the article, and most records are written as soon as they are made.

use super::offsets::OffsetMap;
use super::*;
use crate::attribution::Attribution as Found;
use crate::claim::Claims;
use crate::layout::Layout;
use crate::portion::emptied;
use crate::quote::Quotes;
use crate::source::Cast;
use crate::span::{SourceId, Span};
use crate::text;
use std::borrow::Cow;

/// What the rooms made of one article. Of the document only the sentences: its tokens, which take the most room, go
/// before the record is made, and each room's list goes when that of the record is made of it.
#[derive(Debug)]
#[allow(missing_docs)]
pub struct Parts<'a> {
    pub article: &'a str,
    pub layout: &'a Layout,
    pub sentences: Vec<text::Sentence>,
    pub quotes: Quotes,
    pub attributions: Vec<Found<'a>>,
    pub cast: Cast,
    pub claims: Claims<'a>,
}

fn two_decimals(x: f32) -> f64 {
    (f64::from(x) * 100.0).round() / 100.0
}

struct Writer<'a> {
    text: &'a str,
    map: OffsetMap,
}

impl<'a> Writer<'a> {
    fn slice(&self, span: Span) -> Cow<'a, str> {
        span.of(self.text).into()
    }

    fn excerpt(&self, span: Span) -> Excerpt<Cow<'a, str>> {
        Excerpt { span: self.map.span(span), text: self.slice(span) }
    }

    /// The slices of spans, joined by one space.
    fn joined(&self, spans: &[Span]) -> Cow<'a, str> {
        match spans {
            [span] => self.slice(*span),
            _ => spans.iter().map(|s| s.of(self.text)).collect::<Vec<_>>().join(" ").into(),
        }
    }
}

/// What a record's `engine` says: the version, and the digest of the rules.
pub fn engine(digest: &str) -> String {
    format!("{}+{digest}", env!("CARGO_PKG_VERSION"))
}

/// Writes the record of one article. `digest` names the rules that the stages ran with.
pub fn write<'a>(
    id: &'a str,
    meta: &'a Meta,
    parts: Parts<'a>,
    digest: &str,
    options: &Options,
) -> RecordView<'a> {
    let Parts { article, layout, sentences, quotes, attributions, cast, claims } = parts;
    let w = Writer { text: article, map: OffsetMap::new(article, options.offsets) };
    let want = |list: Only| options.only.contains(list);
    let Quotes { list, diagnostics: warnings } = quotes;
    let mut record = empty(id, filled(meta, layout, &w), &w, digest, options);
    if want(Only::DIAGNOSTICS) {
        record.diagnostics = diagnostics(warnings, claims.diagnostics, &w);
    }
    if want(Only::BLOCKS) {
        record.blocks = blocks(layout, &w);
    }
    if want(Only::SENTENCES) {
        record.sentences = w.sentences(sentences);
    }
    if want(Only::QUOTES) {
        record.quotes = w.quotes(list, &attributions);
    }
    let Cast { sources, speakers, relays } = cast;
    if want(Only::ATTRIBUTIONS) {
        record.attributions = w.attributions(attributions, &speakers, &relays);
    }
    if want(Only::SOURCES) {
        record.sources = w.sources(sources);
    }
    if want(Only::CLAIMS) {
        record.claims = w.claims(claims.list);
    }
    if want(Only::FIGURES) {
        record.figures = figures(claims.figures);
    }
    record
}

/// The record of an article in a language that is not read: everything known of it, and no lists.
pub fn unread<'a>(
    id: &'a str,
    meta: &'a Meta,
    text: &'a str,
    language: &str,
    digest: &str,
    options: &Options,
) -> RecordView<'a> {
    let w = Writer { text, map: OffsetMap::new(text, options.offsets) };
    let mut meta = meta.view();
    meta.language.get_or_insert_with(|| language.to_owned().into());
    let mut record = empty(id, meta, &w, digest, options);
    if options.only.contains(Only::DIAGNOSTICS) {
        let message =
            format!("the article is not in English ({language}) and was not read; --any-language reads it");
        let (span, code) = ([0, record.length], "not-english".into());
        record.diagnostics.push(Diagnostic { span, code, message: message.into() });
    }
    record
}

/// The record of an article without lists.
fn empty<'a>(
    id: &'a str,
    meta: Meta<Cow<'a, str>>,
    w: &Writer<'a>,
    digest: &str,
    options: &Options,
) -> RecordView<'a> {
    Record {
        schema: SCHEMA.into(),
        engine: engine(digest).into(),
        id: id.into(),
        offsets: options.offsets,
        length: w.map.at(w.text.len() as u32),
        meta,
        text: options.with_text.then_some(w.text.into()),
        blocks: Vec::new(),
        sentences: Vec::new(),
        sources: Vec::new(),
        attributions: Vec::new(),
        quotes: Vec::new(),
        claims: Vec::new(),
        figures: Vec::new(),
        diagnostics: Vec::new(),
    }
}

/// The input's own fields win; layout fills what they lack.
fn filled<'a>(meta: &'a Meta, layout: &Layout, w: &Writer<'a>) -> Meta<Cow<'a, str>> {
    let mut meta = meta.view();
    let fill = |slot: &mut Option<Cow<'a, str>>, found: Option<Span>| {
        if slot.is_none() {
            *slot = found.map(|s| w.slice(s));
        }
    };
    fill(&mut meta.title, layout.title);
    fill(&mut meta.publisher, layout.publisher);
    fill(&mut meta.date, layout.date);
    if meta.authors.is_empty() {
        meta.authors = layout.authors.iter().map(|&s| w.slice(s)).collect();
    }
    meta.language.get_or_insert(Cow::Borrowed("en"));
    meta
}

fn blocks(layout: &Layout, w: &Writer<'_>) -> Vec<Block> {
    layout.blocks.iter().map(|b| Block { span: w.map.span(b.span), kind: b.kind }).collect()
}

fn diagnostics<'a>(
    mut found: Vec<crate::quote::Diagnostic>,
    more: Vec<crate::quote::Diagnostic>,
    w: &Writer<'a>,
) -> Vec<Diagnostic<Cow<'a, str>>> {
    let one = |d: crate::quote::Diagnostic| Diagnostic {
        span: w.map.span(d.span),
        code: d.code.into(),
        message: d.message.into(),
    };
    found.extend(more);
    emptied(found).into_list(one)
}

fn figures<'a>(found: Vec<crate::claim::Figure<'a>>) -> Vec<Figure<Cow<'a, str>>> {
    let one = |(i, f): (usize, crate::claim::Figure<'a>)| Figure {
        id: i as u32,
        of: f.of,
        unit: f.unit,
        claims: f.claims,
        low: f.low,
        high: f.high,
        agree: f.agree,
    };
    found.into_iter().enumerate().map(one).collect()
}

/// Tells what makes a result of a list its number.
fn numbered<T, U>(one: impl Fn((usize, T)) -> U) -> impl FnMut(T) -> U {
    let mut number = 0..;
    move |item| one((number.next().unwrap_or_default(), item))
}

/// A room's list → the record's. Each takes the list, so that it is held no longer than that.
impl<'a> Writer<'a> {
    fn sentences(&self, found: Vec<text::Sentence>) -> Vec<Sentence> {
        found.iter().map(|s| Sentence { span: self.map.span(s.span), block: s.block.0 }).collect()
    }

    fn sources(&self, found: Vec<crate::source::Source>) -> Vec<Source<Cow<'a, str>>> {
        let one = |(i, s): (usize, crate::source::Source)| Source {
            id: i as u32,
            name: s.name.into(),
            kind: s.kind,
            named: s.named,
            gender: s.gender,
            description: s.description.map(Cow::from),
            mentions: s.mentions.into_iter().map(|m| self.map.span(m)).collect(),
        };
        emptied(found).into_list(numbered(one))
    }

    fn attributions(
        &self,
        found: Vec<Found<'a>>,
        speakers: &[Option<SourceId>],
        relays: &[Option<SourceId>],
    ) -> Vec<Attribution<Cow<'a, str>>> {
        let one = |(i, a): (usize, Found<'a>)| Attribution {
            id: i as u32,
            sentence: a.sentence.0,
            mode: a.mode,
            kind: a.kind,
            source: a.source.map(|m| SourceMention {
                span: self.map.span(m.span),
                text: self.slice(m.span),
                refers_to: speakers[i].map(|s| s.0),
                form: m.form,
            }),
            cue: a.cue.map(|c| Cue {
                span: self.map.span(c.span),
                text: self.slice(c.span),
                lemma: c.lemma,
                stance: c.stance,
                negated: c.negated,
            }),
            content: Content {
                text: self.joined(&a.content),
                spans: a.content.into_iter().map(|s| self.map.span(s)).collect(),
            },
            addressee: a.addressee.map(|s| self.excerpt(s)),
            relay: relays[i].map(|s| s.0),
            parent: a.parent.map(|p| p.0),
            quotes: a.quotes.into_iter().map(|q| q.0).collect(),
            rule: a.rule.into(),
            confidence: two_decimals(a.confidence),
        };
        emptied(found).into_list(numbered(one))
    }

    fn quotes(
        &self,
        found: Vec<crate::quote::Quote>,
        attributions: &[Found<'_>],
    ) -> Vec<Quote<Cow<'a, str>>> {
        let mut holder = vec![None; found.len()];
        for (i, a) in attributions.iter().enumerate() {
            for q in &a.quotes {
                // the innermost attribution holds the quote: it comes later in the list
                holder[q.index()] = Some(i as u32);
            }
        }
        let one = |(i, q): (usize, crate::quote::Quote)| Quote {
            id: i as u32,
            span: self.map.span(q.span),
            text: self.slice(q.span),
            role: q.role,
            attribution: holder[i],
            paragraphs: q.paragraphs,
            closed: q.closed,
        };
        emptied(found).into_list(numbered(one))
    }

    fn claims(&self, found: Vec<crate::claim::Claim<'a>>) -> Vec<Claim<Cow<'a, str>>> {
        let one = |(i, c): (usize, crate::claim::Claim<'a>)| Claim {
            id: i as u32,
            sentence: c.sentence.0,
            span: self.map.span(c.span),
            number: self.map.span(c.number),
            text: self.slice(c.span),
            value: c.value,
            low: c.low,
            high: c.high,
            bound: c.bound,
            kind: c.kind,
            unit: c.unit,
            per: c.per,
            base: c.base.map(|(value, unit)| Base { value, unit }),
            of: c.of.map(|s| self.excerpt(s)),
            when: c.when.map(|s| self.excerpt(s)),
            change: c.change.map(|(direction, role)| Change { direction, role }),
            negated: c.negated,
            claimant: c.claimant.map(|s| s.0),
            attribution: c.attribution.map(|a| a.0),
            figure: c.figure,
            rule: c.rule.into(),
            confidence: two_decimals(c.confidence),
        };
        emptied(found).into_list(numbered(one))
    }
}
