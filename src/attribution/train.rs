//! What the trainer of the weights needs: candidates with their features, the places where contents may end, and
//! the phrases that may belong to cues.
//!
//! Not for use in a pipeline: [`super::find`] is.

use super::content::Frame;
use super::feature::{Part, Take};
use super::rank::{Ends, Weights};
use super::scene::Scene;
use super::sieve;
use crate::lexicon::Lexicon;
use crate::quote::Quote;
use crate::span::Span;
use crate::text::Document;

/// A candidate as the trainer sees it.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    /// The source phrase.
    pub source: Option<Span>,
    /// The cue.
    pub cue: Option<Span>,
    /// The content.
    pub content: Vec<Span>,
    /// The token of the cue's head.
    pub head: u32,
    /// The rule.
    pub rule: &'static str,
    /// The names of its features.
    pub features: Vec<String>,
    /// For a content that a boundary model cut: the offset where it starts, and each place where it could have
    /// stopped (the offset of the end of what would be its last token) with that place's features.
    pub ends: Vec<(u32, Vec<String>)>,
    /// The phrases after the cue's verb that may belong to the cue: offset and features of each.
    pub manner: Vec<(u32, Vec<String>)>,
}

fn spelt(name: &[Part<'_>]) -> String {
    name.iter().map(|part| part.text()).collect::<Vec<_>>().join(" ")
}

/// The names of the features that it takes.
#[derive(Default)]
struct Spelt(Vec<String>);

impl Take for Spelt {
    fn take(&mut self, name: &[Part<'_>]) {
        self.0.push(spelt(name));
    }
}

/// Every candidate of a document with its features.
pub fn samples(
    document: &Document<'_>,
    quotes: &[Quote],
    lexicon: &Lexicon,
    weights: &Weights,
) -> Vec<Sample> {
    let scene = Scene::new(document, quotes, lexicon, weights);
    let candidates = sieve::propose(&scene, &Ends(weights));
    candidates
        .iter()
        .map(|c| {
            let mut features = Spelt::default();
            scene.features(c, &mut features);
            scene.within_features(c, &mut features);
            let mut ends = Vec::new();
            let right = c
                .content
                .last()
                .filter(|r| !c.cue.is_empty() && r.start >= c.cue.start && c.frame != Frame::After);
            if let Some(r) = right {
                let ceiling = sieve::bounds(&scene, c.sentence, c.head).end;
                let mut i = r.start + 1;
                while i <= ceiling {
                    let inside = i < ceiling
                        && scene.quote_at(i).is_some()
                        && scene.quote_at(i) == scene.quote_at(i - 1);
                    if !inside && (i == ceiling || scene.may_end(i, r.start, c.frame, c.head, &mut false)) {
                        let mut place = Spelt::default();
                        if i < ceiling {
                            scene.end_features(i, r.start, ceiling, c.frame, c.head, &mut place);
                        }
                        let last = scene.trim_end(r.start, i).max(r.start + 1) - 1;
                        ends.push((document.tokens[last as usize].span.end, place.0));
                    }
                    i += 1;
                }
            }
            // elsewhere what a preposition leads is the content
            let spoken = matches!(
                c.frame,
                Frame::Quote | Frame::Colon | Frame::That | Frame::Clause | Frame::Wh | Frame::After
            );
            let manner = scene.verb_group(c.head).filter(|g| spoken && c.cue.contains(&g.head)).map_or(
                Vec::new(),
                |g| {
                    let ceiling = sieve::bounds(&scene, c.sentence, c.head).end;
                    scene
                        .manner_places(g.tokens.end, ceiling)
                        .into_iter()
                        .map(|(t, f)| {
                            (
                                document.tokens[t as usize].span.start,
                                f.iter().map(|name| spelt(name)).collect(),
                            )
                        })
                        .collect()
                },
            );
            Sample {
                source: c.source.as_ref().map(|p| document.span(p.tokens.clone())),
                cue: (!c.cue.is_empty()).then(|| document.span(c.cue.clone())),
                content: c.content.iter().map(|r| document.span(r.clone())).collect(),
                head: c.head,
                rule: c.rule.id,
                features: features.0,
                ends,
                manner,
            }
        })
        .collect()
}
