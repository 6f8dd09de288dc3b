//! Stages' results → the record. Numbers the lists, slices the text and converts the offsets.

use super::offsets::OffsetMap;
use super::*;
use crate::attribution::Attribution as Found;
use crate::claim::Claims;
use crate::layout::Layout;
use crate::quote::Quotes;
use crate::source::Cast;
use crate::span::Span;
use crate::text::Document;

/// What the rooms made of one article.
#[derive(Clone, Copy)]
#[allow(missing_docs)]
pub struct Parts<'a> {
    pub article: &'a str,
    pub layout: &'a Layout,
    pub document: &'a Document<'a>,
    pub quotes: &'a Quotes,
    pub attributions: &'a [Found],
    pub cast: &'a Cast,
    pub claims: &'a Claims,
}

fn two_decimals(x: f32) -> f64 {
    (f64::from(x) * 100.0).round() / 100.0
}

struct Writer<'a> {
    text: &'a str,
    map: OffsetMap<'a>,
}

impl Writer<'_> {
    fn slice(&self, span: Span) -> String {
        span.of(self.text).to_owned()
    }

    fn excerpt(&self, span: Span) -> Excerpt {
        Excerpt { span: self.map.span(span), text: self.slice(span) }
    }
}

/// What a record's `engine` says: the version, and the digest of the rules.
pub fn engine(digest: &str) -> String {
    format!("{}+{digest}", env!("CARGO_PKG_VERSION"))
}

/// Writes the record of one article. `digest` names the rules that the stages ran with.
pub fn write(id: &str, meta: &Meta, parts: &Parts<'_>, digest: &str, options: &Options) -> Record {
    let w = Writer { text: parts.article, map: OffsetMap::new(parts.article, options.offsets) };
    let only = options.only;
    let want = |list: Only| only.contains(list);
    let diagnostics = parts.quotes.diagnostics.iter().chain(&parts.claims.diagnostics);
    Record {
        schema: SCHEMA.to_owned(),
        engine: engine(digest),
        id: id.to_owned(),
        offsets: options.offsets,
        length: w.map.at(parts.article.len() as u32),
        meta: filled(meta, parts, &w),
        text: options.with_text.then(|| parts.article.to_owned()),
        blocks: if want(Only::BLOCKS) { blocks(parts, &w) } else { Vec::new() },
        sentences: if want(Only::SENTENCES) { sentences(parts, &w) } else { Vec::new() },
        sources: if want(Only::SOURCES) { sources(parts, &w) } else { Vec::new() },
        attributions: if want(Only::ATTRIBUTIONS) { attributions(parts, &w) } else { Vec::new() },
        quotes: if want(Only::QUOTES) { quotes(parts, &w) } else { Vec::new() },
        claims: if want(Only::CLAIMS) { claims(parts, &w) } else { Vec::new() },
        figures: if want(Only::FIGURES) { figures(parts) } else { Vec::new() },
        diagnostics: if want(Only::DIAGNOSTICS) {
            diagnostics
                .map(|d| Diagnostic {
                    span: w.map.span(d.span),
                    code: d.code.to_owned(),
                    message: d.message.clone(),
                })
                .collect()
        } else {
            Vec::new()
        },
    }
}

/// The input's own fields win; layout fills what they lack.
/// The record of an article in a language that is not read: everything known of it, and no lists.
pub fn unread(id: &str, meta: &Meta, text: &str, language: &str, digest: &str, options: &Options) -> Record {
    let length = OffsetMap::new(text, options.offsets).at(text.len() as u32);
    let message =
        format!("the article is not in English ({language}) and was not read; --any-language reads it");
    let diagnostic = Diagnostic { span: [0, length], code: "not-english".to_owned(), message };
    let mut meta = meta.clone();
    meta.language.get_or_insert_with(|| language.to_owned());
    Record {
        schema: SCHEMA.to_owned(),
        engine: engine(digest),
        id: id.to_owned(),
        offsets: options.offsets,
        length,
        meta,
        text: options.with_text.then(|| text.to_owned()),
        blocks: Vec::new(),
        sentences: Vec::new(),
        sources: Vec::new(),
        attributions: Vec::new(),
        quotes: Vec::new(),
        claims: Vec::new(),
        figures: Vec::new(),
        diagnostics: options.only.contains(Only::DIAGNOSTICS).then_some(diagnostic).into_iter().collect(),
    }
}

fn filled(meta: &Meta, parts: &Parts<'_>, w: &Writer<'_>) -> Meta {
    let mut meta = meta.clone();
    let layout = parts.layout;
    let fill = |slot: &mut Option<String>, found: Option<Span>| {
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
    meta.language.get_or_insert_with(|| "en".to_owned());
    meta
}

fn blocks(parts: &Parts<'_>, w: &Writer<'_>) -> Vec<Block> {
    parts.layout.blocks.iter().map(|b| Block { span: w.map.span(b.span), kind: b.kind }).collect()
}

fn sentences(parts: &Parts<'_>, w: &Writer<'_>) -> Vec<Sentence> {
    parts.document.sentences.iter().map(|s| Sentence { span: w.map.span(s.span), block: s.block.0 }).collect()
}

fn sources(parts: &Parts<'_>, w: &Writer<'_>) -> Vec<Source> {
    let one = |(i, s): (usize, &crate::source::Source)| Source {
        id: i as u32,
        name: s.name.clone(),
        kind: s.kind,
        named: s.named,
        gender: s.gender,
        description: s.description.clone(),
        mentions: s.mentions.iter().map(|&m| w.map.span(m)).collect(),
    };
    parts.cast.sources.iter().enumerate().map(one).collect()
}

fn attributions(parts: &Parts<'_>, w: &Writer<'_>) -> Vec<Attribution> {
    let one = |(i, a): (usize, &Found)| Attribution {
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
            lemma: c.lemma.to_string(),
            stance: c.stance,
            negated: c.negated,
        }),
        content: Content {
            spans: a.content.iter().map(|&s| w.map.span(s)).collect(),
            text: a.content.iter().map(|&s| s.of(w.text)).collect::<Vec<_>>().join(" "),
        },
        addressee: a.addressee.map(|s| w.excerpt(s)),
        relay: parts.cast.relays[i].map(|s| s.0),
        parent: a.parent.map(|p| p.0),
        quotes: a.quotes.iter().map(|q| q.0).collect(),
        rule: a.rule.to_owned(),
        confidence: two_decimals(a.confidence),
    };
    parts.attributions.iter().enumerate().map(one).collect()
}

fn quotes(parts: &Parts<'_>, w: &Writer<'_>) -> Vec<Quote> {
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

fn claims(parts: &Parts<'_>, w: &Writer<'_>) -> Vec<Claim> {
    let one = |(i, c): (usize, &crate::claim::Claim)| Claim {
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
        unit: c.unit.clone(),
        per: c.per.clone(),
        base: c.base.clone().map(|(value, unit)| Base { value, unit }),
        of: c.of.map(|s| w.excerpt(s)),
        when: c.when.map(|s| w.excerpt(s)),
        change: c.change.map(|(direction, role)| Change { direction, role }),
        negated: c.negated,
        claimant: c.claimant.map(|s| s.0),
        attribution: c.attribution.map(|a| a.0),
        figure: c.figure,
        rule: c.rule.to_owned(),
        confidence: two_decimals(c.confidence),
    };
    parts.claims.list.iter().enumerate().map(one).collect()
}

fn figures(parts: &Parts<'_>) -> Vec<Figure> {
    let one = |(i, f): (usize, &crate::claim::Figure)| Figure {
        id: i as u32,
        of: f.of.clone(),
        unit: f.unit.clone(),
        claims: f.claims.clone(),
        low: f.low,
        high: f.high,
        agree: f.agree,
    };
    parts.claims.figures.iter().enumerate().map(one).collect()
}
