//! Stages' results → the record. Numbers the lists, slices the text and converts the offsets.
//!
//! Its strings are borrowed: nearly all are slices of the article, and most records are written as soon as they are made.

use super::offsets::OffsetMap;
use super::*;
use crate::attribution::Attribution as Found;
use crate::claim::Claims;
use crate::layout::Layout;
use crate::quote::Quotes;
use crate::source::Cast;
use crate::span::Span;
use crate::text::Document;
use std::borrow::Cow;

/// What the rooms made of one article.
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub struct Parts<'a> {
    pub article: &'a str,
    pub layout: &'a Layout,
    pub document: &'a Document<'a>,
    pub quotes: &'a Quotes,
    pub attributions: &'a [Found<'a>],
    pub cast: &'a Cast,
    pub claims: &'a Claims<'a>,
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
    parts: &Parts<'a>,
    digest: &str,
    options: &Options,
) -> RecordView<'a> {
    let w = Writer { text: parts.article, map: OffsetMap::new(parts.article, options.offsets) };
    let want = |list: Only| options.only.contains(list);
    Record {
        meta: filled(meta, parts, &w),
        blocks: if want(Only::BLOCKS) { blocks(parts, &w) } else { Vec::new() },
        sentences: if want(Only::SENTENCES) { sentences(parts, &w) } else { Vec::new() },
        sources: if want(Only::SOURCES) { sources(parts, &w) } else { Vec::new() },
        attributions: if want(Only::ATTRIBUTIONS) { attributions(parts, &w) } else { Vec::new() },
        quotes: if want(Only::QUOTES) { quotes(parts, &w) } else { Vec::new() },
        claims: if want(Only::CLAIMS) { claims(parts, &w) } else { Vec::new() },
        figures: if want(Only::FIGURES) { figures(parts) } else { Vec::new() },
        diagnostics: if want(Only::DIAGNOSTICS) { diagnostics(parts, &w) } else { Vec::new() },
        ..empty(id, Meta::default(), &w, digest, options)
    }
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
fn filled<'a>(meta: &'a Meta, parts: &Parts<'a>, w: &Writer<'a>) -> Meta<Cow<'a, str>> {
    let mut meta = meta.view();
    let layout = parts.layout;
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

fn blocks(parts: &Parts<'_>, w: &Writer<'_>) -> Vec<Block> {
    parts.layout.blocks.iter().map(|b| Block { span: w.map.span(b.span), kind: b.kind }).collect()
}

fn sentences(parts: &Parts<'_>, w: &Writer<'_>) -> Vec<Sentence> {
    parts.document.sentences.iter().map(|s| Sentence { span: w.map.span(s.span), block: s.block.0 }).collect()
}

fn sources<'a>(parts: &Parts<'a>, w: &Writer<'a>) -> Vec<Source<Cow<'a, str>>> {
    let one = |(i, s): (usize, &'a crate::source::Source)| Source {
        id: i as u32,
        name: s.name.as_str().into(),
        kind: s.kind,
        named: s.named,
        gender: s.gender,
        description: s.description.as_deref().map(Cow::from),
        mentions: s.mentions.iter().map(|&m| w.map.span(m)).collect(),
    };
    parts.cast.sources.iter().enumerate().map(one).collect()
}

fn attributions<'a>(parts: &Parts<'a>, w: &Writer<'a>) -> Vec<Attribution<Cow<'a, str>>> {
    let one = |(i, a): (usize, &'a Found<'a>)| Attribution {
        id: i as u32,
        sentence: a.sentence.0,
        mode: a.mode,
        kind: a.kind,
        source: a.source.map(|m| SourceMention {
            span: w.map.span(m.span),
            text: w.slice(m.span),
            refers_to: parts.cast.speakers[i].map(|s| s.0),
            form: m.form,
        }),
        cue: a.cue.as_ref().map(|c| Cue {
            span: w.map.span(c.span),
            text: w.slice(c.span),
            lemma: (&*c.lemma).into(),
            stance: c.stance,
            negated: c.negated,
        }),
        content: Content {
            spans: a.content.iter().map(|&s| w.map.span(s)).collect(),
            text: w.joined(&a.content),
        },
        addressee: a.addressee.map(|s| w.excerpt(s)),
        relay: parts.cast.relays[i].map(|s| s.0),
        parent: a.parent.map(|p| p.0),
        quotes: a.quotes.iter().map(|q| q.0).collect(),
        rule: a.rule.into(),
        confidence: two_decimals(a.confidence),
    };
    parts.attributions.iter().enumerate().map(one).collect()
}

fn quotes<'a>(parts: &Parts<'a>, w: &Writer<'a>) -> Vec<Quote<Cow<'a, str>>> {
    let mut holder = vec![None; parts.quotes.list.len()];
    for (i, a) in parts.attributions.iter().enumerate() {
        for q in &a.quotes {
            // the innermost attribution holds the quote: it comes later in the list
            holder[q.index()] = Some(i as u32);
        }
    }
    let one = |(i, q): (usize, &crate::quote::Quote)| Quote {
        id: i as u32,
        span: w.map.span(q.span),
        text: w.slice(q.span),
        role: q.role,
        attribution: holder[i],
        paragraphs: q.paragraphs,
        closed: q.closed,
    };
    parts.quotes.list.iter().enumerate().map(one).collect()
}

fn claims<'a>(parts: &Parts<'a>, w: &Writer<'a>) -> Vec<Claim<Cow<'a, str>>> {
    let one = |(i, c): (usize, &'a crate::claim::Claim<'a>)| Claim {
        id: i as u32,
        sentence: c.sentence.0,
        span: w.map.span(c.span),
        number: w.map.span(c.number),
        text: w.slice(c.span),
        value: c.value,
        low: c.low,
        high: c.high,
        bound: c.bound,
        kind: c.kind,
        unit: (&*c.unit).into(),
        per: c.per.as_deref().map(Cow::from),
        base: c.base.as_ref().map(|(value, unit)| Base { value: *value, unit: (&**unit).into() }),
        of: c.of.map(|s| w.excerpt(s)),
        when: c.when.map(|s| w.excerpt(s)),
        change: c.change.map(|(direction, role)| Change { direction, role }),
        negated: c.negated,
        claimant: c.claimant.map(|s| s.0),
        attribution: c.attribution.map(|a| a.0),
        figure: c.figure,
        rule: c.rule.into(),
        confidence: two_decimals(c.confidence),
    };
    parts.claims.list.iter().enumerate().map(one).collect()
}

fn figures<'a>(parts: &Parts<'a>) -> Vec<Figure<Cow<'a, str>>> {
    let one = |(i, f): (usize, &'a crate::claim::Figure)| Figure {
        id: i as u32,
        of: f.of.as_str().into(),
        unit: (&*f.unit).into(),
        claims: f.claims.clone(),
        low: f.low,
        high: f.high,
        agree: f.agree,
    };
    parts.claims.figures.iter().enumerate().map(one).collect()
}

fn diagnostics<'a>(parts: &Parts<'a>, w: &Writer<'a>) -> Vec<Diagnostic<Cow<'a, str>>> {
    let one = |d: &'a crate::quote::Diagnostic| Diagnostic {
        span: w.map.span(d.span),
        code: d.code.into(),
        message: d.message.as_str().into(),
    };
    parts.quotes.diagnostics.iter().chain(&parts.claims.diagnostics).map(one).collect()
}
