//! The readings that nearly made an attribution, and why they did not: for whoever explains an article.
//!
//! Takes what [`super::find`] takes and goes the same way; returns what is left out there.

use super::candidate::Candidate;
use super::rank::{Ends, Weights};
use super::scene::Scene;
use super::select::best_readings;
use super::{Attribution, sieve, weigh};
use crate::lexicon::Lexicon;
use crate::quote::Quote;
use crate::span::{SentenceId, Span};
use crate::text::Document;
use rustc_hash::{FxHashMap, FxHashSet};

/// A reading that made no attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Near {
    /// Id of the rule that proposed it.
    pub rule: &'static str,
    /// The cue's sentence.
    pub sentence: SentenceId,
    /// Who, where it has a source.
    pub source: Option<Span>,
    /// The words that attribute, where there are such.
    pub cue: Option<Span>,
    /// What, in text order.
    pub content: Vec<Span>,
    /// How likely it is that it is right.
    pub score: f32,
    /// Why it is none.
    pub why: Why,
}

/// Why a reading made no attribution.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// It is less likely than this, from which readings count.
    Unlikely(f32),
    /// Of its cue another reading is likelier: its rule and score.
    Likelier(&'static str, f32),
    /// Another cue has its content and is likelier: that rule and score.
    Taken(&'static str, f32),
    /// An attribution around it says the same.
    Within,
}

/// The readings that made none of an article's attributions, in text order.
pub fn near(
    document: &Document<'_>,
    quotes: &[Quote],
    lexicon: &Lexicon,
    found: &[Attribution],
) -> Vec<Near> {
    let weights = Weights::embedded();
    let scene = Scene::new(document, quotes, lexicon, weights);
    let mut candidates = sieve::propose(&scene, &Ends(weights));
    weigh(&scene, &mut candidates, weights);
    let kept = best_readings(&scene, &candidates, weights.threshold());
    let kept: Vec<&Candidate<'_>> = kept.iter().map(|&i| &candidates[i as usize]).collect();
    let kept = Kept::new(&kept, found);
    let mut near: Vec<Near> = candidates
        .iter()
        .filter_map(|c| {
            let why = kept.why(c, weights.threshold(), &scene)?;
            let span = |tokens: &std::ops::Range<u32>| scene.doc.span(tokens.clone());
            Some(Near {
                rule: c.rule.id,
                sentence: SentenceId::from(c.sentence),
                source: c.source.as_ref().map(|s| span(&s.tokens)),
                cue: (!c.cue.is_empty()).then(|| span(&c.cue)),
                content: c.content.iter().map(span).collect(),
                score: c.score,
                why,
            })
        })
        .collect();
    near.sort_by_key(|n| (n.cue.or_else(|| n.content.first().copied()).unwrap_or_default().start, n.rule));
    near
}

/// What was kept, by what it is asked for.
struct Kept<'k> {
    by_head: FxHashMap<u32, &'k Candidate<'k>>,
    by_content: FxHashMap<u32, &'k Candidate<'k>>,
    /// where the cues of the attributions begin
    cues: FxHashSet<u32>,
}

impl<'k> Kept<'k> {
    fn new(kept: &[&'k Candidate<'k>], found: &[Attribution]) -> Self {
        Self {
            by_head: kept.iter().map(|&k| (k.head, k)).collect(),
            by_content: kept.iter().rev().map(|&k| (k.content_start(), k)).collect(),
            cues: found.iter().flat_map(|a| &a.cue).map(|c| c.span.start).collect(),
        }
    }

    fn why(&self, c: &Candidate<'_>, threshold: f32, scene: &Scene<'_>) -> Option<Why> {
        if c.score < threshold {
            return Some(Why::Unlikely(threshold));
        }
        if let Some(k) = self.by_head.get(&c.head) {
            let same = k.rule.id == c.rule.id
                && k.content[..] == c.content[..]
                && k.cue == c.cue
                && k.source == c.source;
            if !same {
                return Some(Why::Likelier(k.rule.id, k.score));
            }
            let stays = c.cue.is_empty() || self.cues.contains(&scene.doc.span(c.cue.clone()).start);
            return (!stays).then_some(Why::Within);
        }
        let other = self.by_content.get(&c.content_start());
        Some(other.map_or(Why::Within, |k| Why::Taken(k.rule.id, k.score)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{attribution, layout, quote, text};

    #[test]
    fn what_is_left_out_is_told() {
        let text = "Ana Brandt said that it rained. The review would be finished.";
        let lexicon = Lexicon::embedded();
        let layout = layout::blocks(text, &lexicon);
        let document = text::read(text, &layout, &lexicon);
        let quotes = quote::find(&document, &lexicon);
        let found = attribution::find(&document, &quotes.list, &lexicon);
        assert_eq!(found.len(), 1);
        let near = near(&document, &quotes.list, &lexicon, &found);
        let unlikely =
            near.iter().find(|n| n.cue.is_some_and(|c| c.of(text) == "would be finished")).unwrap();
        assert!(matches!(unlikely.why, Why::Unlikely(threshold) if unlikely.score < threshold));
        assert!(near.iter().all(|n| n.rule != found[0].rule || n.content != found[0].content), "{near:?}");
    }
}
