//! What an article's record does not hold and an explanation wants: words with tags and classes, the readings that
//! nearly made an attribution, and why a claim has no claimant and a quote no speaker.

use super::{Page, holds};
use crate::attribution::near::{Near, Why, near};
use crate::cli::compare::short;
use crate::cli::console::{DIM, plain};
use crate::lexicon::Lexicon;
use crate::record::{Attribution, Claim, Offsets, Quote};
use crate::span::Span;
use crate::vocabulary::{AttributionKind, Form, Gender, QuoteRole, SourceKind};
use crate::{attribution, layout, quote, text};
use std::fmt::Write as _;

/// A word as the rules see it.
struct Seen {
    span: Span,
    tag: &'static str,
    classes: String,
}

/// An article as the rules see it; offsets are bytes.
pub(super) struct Reading {
    words: Vec<Seen>,
    near: Vec<Near>,
    text: String,
}

impl Reading {
    /// Reads an article as the pipeline does.
    pub(super) fn new(article: &str, lexicon: &Lexicon) -> Self {
        let layout = layout::blocks(article, lexicon);
        let document = text::read(article, &layout, lexicon);
        let quotes = quote::find(&document, lexicon);
        let found = attribution::find(&document, &quotes.list, lexicon);
        let near = near(&document, &quotes.list, lexicon, &found);
        let seen = |t: &text::Token| Seen {
            span: t.span,
            tag: t.tag.name(),
            classes: t.classes.names().collect::<Vec<_>>().join(" "),
        };
        Self { words: document.tokens.iter().map(seen).collect(), near, text: article.to_owned() }
    }

    /// The words of a sentence, a line each; or the one at an offset.
    pub(super) fn tokens(&self, sentence: Offsets, at: Option<usize>, out: &mut String) {
        let from = self.words.partition_point(|w| w.span.end <= sentence[0]);
        let words = self.words[from..].iter().take_while(|w| w.span.start < sentence[1]);
        let words: Vec<_> =
            words.filter(|w| at.is_none_or(|at| holds([w.span.start, w.span.end], at))).collect();
        let shown = |w: &Seen| plain(w.span.of(&self.text)).into_owned();
        let width = words.iter().map(|w| shown(w).chars().count()).max().unwrap_or(0);
        for word in words {
            let (text, tag) = (shown(word), word.tag);
            let line = format!("{text:<width$}  {tag:<5} {}", word.classes);
            let _ = writeln!(out, "      {DIM}{}{DIM:#}", line.trim_end());
        }
    }
}

/// A list in words: "A", "A and B", "A, B and 2 more".
fn listed(names: &[String]) -> String {
    match names {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [a, b] => format!("{a} and {b}"),
        [a, b, more @ ..] => format!("{a}, {b} and {} more", more.len()),
    }
}

impl Page<'_> {
    /// The readings of a sentence that made no attribution.
    pub(super) fn near(&self, sentence: Offsets, at: Option<usize>, out: &mut String) {
        let text = &self.article.text;
        for n in &self.reading.near {
            let place = n.cue.or_else(|| n.content.first().copied()).unwrap_or_default();
            if !holds(sentence, place.start as usize) || n.score < self.least {
                continue;
            }
            // other readings of a cue that made an attribution matter where one asks for that spot
            if matches!(n.why, Why::Likelier(..)) && self.least > 0.0 {
                continue;
            }
            let spans = n.content.iter().copied().chain(n.source).chain(n.cue);
            if at.is_some_and(|at| !spans.clone().any(|s| holds([s.start, s.end], at))) {
                continue;
            }
            let words = |span: Option<Span>| span.map_or("—".to_owned(), |s| short(s.of(text)));
            let why = match n.why {
                Why::Unlikely(least) => format!("below {least:.2}"),
                Why::Likelier(rule, score) => format!("{rule} reads it likelier, {score:.2}"),
                Why::Taken(rule, score) => format!("what it says is another's, by {rule}, {score:.2}"),
                Why::Within => "an attribution around it says the same".to_owned(),
            };
            let line =
                format!("{} · {} · {}", words(n.source), words(n.cue), words(n.content.first().copied()));
            // rounded down, since what lies a hair below the least is not at it
            let score = (n.score * 100.0).floor() / 100.0;
            let _ = writeln!(out, "    {DIM}not {}; {} {score:.2}: {why}{DIM:#}", plain(&line), n.rule);
        }
    }

    /// Why nobody is found for a quotation.
    pub(super) fn unspoken(&self, quote: &Quote) -> Option<String> {
        if quote.attribution.is_some() || quote.role != QuoteRole::Speech {
            return None;
        }
        let within = |n: &&Near| n.content.iter().any(|s| s.start < quote.span[1] && quote.span[0] < s.end);
        let mut names: Vec<String> = Vec::new();
        for n in self.reading.near.iter().filter(within) {
            let who = n.source.map_or("no one".to_owned(), |s| short(s.of(&self.article.text)));
            let told = format!("{who} ({}, {:.2})", n.rule, n.score);
            if !names.contains(&told) {
                names.push(told);
            }
        }
        Some(match names.len() {
            0 => "no speaker: no rule proposes one".to_owned(),
            1 => format!("no speaker: one candidate, not likely enough: {}", names[0]),
            n => format!("no speaker: {n} candidates, none likely enough: {}", listed(&names)),
        })
    }

    /// Why nobody vouches for a claim but the article; nothing where that goes without saying.
    pub(super) fn unclaimed(&self, claim: &Claim) -> Option<String> {
        let holds_it = |a: &&Attribution| {
            a.content.spans.iter().any(|s| s[0] <= claim.number[0] && claim.number[1] <= s[1])
        };
        let length = |a: &&Attribution| a.content.spans.iter().map(|s| s[1] - s[0]).sum::<u32>();
        let Some(said) = self.record.attributions.iter().filter(holds_it).min_by_key(length) else {
            let quoted = |q: &&Quote| q.span[0] <= claim.number[0] && claim.number[1] <= q.span[1];
            let quote = self.record.quotes.iter().find(quoted)?;
            return self
                .unspoken(quote)
                .map(|why| format!("no claimant: it stands in a quotation with {why}"));
        };
        let id = said.id;
        let Some(source) = &said.source else {
            return Some(format!("no claimant: attribution {id} names no source"));
        };
        if said.kind == AttributionKind::Attitude {
            return Some(format!(
                "no claimant: attribution {id} is an attitude, which vouches for no number"
            ));
        }
        let Some(who) = source.refers_to else {
            let candidates = self.antecedents(&source.text, source.form, source.span);
            return Some(match candidates.len() {
                0 => format!("no claimant: nobody in the article before it can be “{}”", short(&source.text)),
                n => format!(
                    "no claimant: “{}” stays open, {n} candidates: {}",
                    source.text,
                    listed(&candidates)
                ),
            });
        };
        let author = self.record.sources.get(who as usize).is_some_and(|s| s.kind == SourceKind::Author);
        author.then(|| format!("no claimant: the author of the article says so, in attribution {id}"))
    }

    /// Whom a mention could mean: those named before it whose gender does not speak against it.
    fn antecedents(&self, mention: &str, form: Form, span: Offsets) -> Vec<String> {
        let lower = mention.to_lowercase();
        let gender = match form {
            Form::Pronoun | Form::Possessive => self.reading.gender(span),
            _ => None,
        };
        let before = self.record.sources.iter().filter(|s| {
            let person = matches!(s.kind, SourceKind::Person | SourceKind::Unnamed | SourceKind::Unknown);
            person && s.mentions.first().is_some_and(|m| m[0] < span[0]) && s.name.to_lowercase() != lower
        });
        before.filter(|s| s.gender.zip(gender).is_none_or(|(a, b)| a == b)).map(|s| short(&s.name)).collect()
    }
}

impl Reading {
    /// The gender that the first word of a span tells.
    fn gender(&self, span: Offsets) -> Option<Gender> {
        let word = self.words.iter().find(|w| w.span.end > span[0])?;
        let is = |class: &str| word.classes.split(' ').any(|c| c == class);
        match (is("female"), is("male")) {
            (true, false) => Some(Gender::Female),
            (false, true) => Some(Gender::Male),
            _ => None,
        }
    }
}
