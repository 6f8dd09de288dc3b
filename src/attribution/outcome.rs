//! Kept candidates → attributions: spans, the quotes of a content, its mode, and what stands in whose content.

use super::candidate::Candidate;
use super::rank::Weights;
use super::scene::{Phrase, Scene};
use super::sign::Sign;
use super::word::words;
use super::{Attribution, Cue, Mention};
use crate::lexicon::{Classes, Lexicon};
use crate::portion::emptied;
use crate::span::{AttributionId, QuoteId, SentenceId, Span};
use crate::text::TokenKind;
use crate::vocabulary::{Mode, QuoteRole};
use std::borrow::Cow;

/// Makes attributions of the kept candidates, in their order.
pub(super) fn attributions<'a>(
    scene: &Scene<'_>,
    kept: Vec<Candidate<'_>>,
    weights: &Weights,
    lexicon: &'a Lexicon,
) -> Vec<Attribution<'a>> {
    let mut parents = parents(&kept).into_iter();
    emptied(kept).into_list(|c| {
        let lemma = own(lexicon, &c);
        attribution(scene, c, lemma, parents.next().flatten(), weights)
    })
}

/// A lemma as the lexicon's own word, so that attributions stay when the tokens go.
fn own<'a>(lexicon: &'a Lexicon, c: &Candidate<'_>) -> Cow<'a, str> {
    if c.word.is_known() {
        return Cow::Borrowed(lexicon.word(c.word));
    }
    let word = lexicon.word(lexicon.find(&c.lemma));
    if *word == *c.lemma { Cow::Borrowed(word) } else { Cow::Owned(c.lemma.to_string()) }
}

/// "Nobody said", "neither side said", "not all agreed": the source itself is negated.
fn denies(scene: &Scene<'_>, source: &Phrase) -> bool {
    let first = source.tokens.start;
    let floor = scene.sentence(scene.doc.sentence_of(first).index()).tokens.start;
    scene.is(first, Classes::NEGATION) || first > floor && scene.reads(first - 1, words!("not"))
}

fn mention(scene: &Scene<'_>, phrase: &Phrase) -> Mention {
    Mention { span: scene.doc.span(phrase.tokens.clone()), head: phrase.head, form: phrase.form }
}

fn attribution<'a>(
    scene: &Scene<'_>,
    c: Candidate<'_>,
    lemma: Cow<'a, str>,
    parent: Option<AttributionId>,
    weights: &Weights,
) -> Attribution<'a> {
    let mut content: Vec<Span> = Vec::with_capacity(c.content.len());
    for r in c.content.iter() {
        let span = scene.doc.span(r.clone());
        if !span.is_empty() && content.last().is_none_or(|l: &Span| l.end <= span.start) {
            content.push(span);
        }
    }
    if content.is_empty() {
        content.push(scene.doc.span(c.content[0].clone()));
    }
    let mode = mode(scene, &c);
    let negated = c.negated || c.source.as_ref().is_some_and(|p| denies(scene, p));
    let cue = (!c.cue.is_empty()).then(|| Cue {
        span: scene.doc.span(c.cue.clone()),
        tokens: c.cue.clone(),
        lemma,
        stance: c.stance,
        negated,
    });
    Attribution {
        sentence: SentenceId::from(c.sentence),
        mode,
        kind: c.kind,
        source: c.source.as_ref().map(|p| mention(scene, p)),
        cue,
        quotes: quotes_in(scene, &content),
        content,
        addressee: c.addressee.map(|r| scene.doc.span(r)),
        relay: c.relay.as_ref().map(|p| mention(scene, p)),
        parent,
        rule: c.rule.id,
        confidence: weights.calibrated(c.score),
    }
}

/// The quotes that lie in a content.
fn quotes_in(scene: &Scene<'_>, content: &[Span]) -> Vec<QuoteId> {
    let mut found = Vec::new();
    if scene.quotes.is_empty() {
        return found;
    }
    for span in content {
        let from = scene.quotes.partition_point(|q| q.span.start < span.start);
        for (i, q) in scene.quotes.iter().enumerate().skip(from) {
            if q.span.start >= span.end {
                break;
            }
            if span.contains(q.span) && matches!(q.role, QuoteRole::Speech | QuoteRole::Fragment) {
                found.push(QuoteId::from(i));
            }
        }
    }
    found
}

/// Whether all, some or none of the content's words stand in quotation marks.
fn mode(scene: &Scene<'_>, c: &Candidate<'_>) -> Mode {
    let (mut inside, mut outside) = (false, false);
    // what the cue itself is quoted in does not count
    let own = if c.cue.is_empty() { None } else { scene.quote_at(c.head) };
    let said = |t: u32| matches!(scene.kind(t), TokenKind::Word | TokenKind::Number);
    for r in c.content.iter() {
        if !scene.holds_quotation(r) {
            outside = outside || scene.signs.any(Sign::Word, r);
            continue;
        }
        // whole within another's quotation
        if let Some(q) = scene.quote_at(r.start)
            && Some(q) != own
            && r.end <= scene.quotes[q].tokens.end
        {
            inside = inside || scene.signs.any(Sign::Word, r);
            continue;
        }
        for t in r.clone().filter(|&t| said(t)) {
            match scene.quote_at(t) {
                Some(q) if Some(q) != own => inside = true,
                _ => outside = true,
            }
            if inside && outside {
                return Mode::Mixed;
            }
        }
    }
    match (inside, outside) {
        (true, false) => Mode::Direct,
        (true, true) => Mode::Mixed,
        _ => Mode::Indirect,
    }
}

/// How many contents that start before a token are looked at for one that holds it.
const NEAREST: usize = 64;

/// A stretch of a content.
struct Stretch {
    start: u32,
    end: u32,
    /// which candidate's
    of: usize,
    /// how many tokens that candidate's content has
    size: u32,
    /// where the last content ends of this one and those that start before it
    reach: u32,
}

/// For each candidate the one with the smallest content that holds its cue (or, without a cue, its content's start).
fn parents(kept: &[Candidate<'_>]) -> Vec<Option<AttributionId>> {
    // contents by their first token; those that may hold a token start before it
    let mut stretches = Vec::with_capacity(kept.iter().map(|c| c.content.len()).sum());
    for (of, c) in kept.iter().enumerate() {
        let size = c.content.tokens();
        let reach = c.content.iter().map(|r| r.end).fold(0, u32::max);
        stretches.extend(c.content.iter().map(|r| Stretch { start: r.start, end: r.end, of, size, reach }));
    }
    stretches.sort_unstable_by_key(|s| (s.start, s.of));
    let mut reach = 0;
    for s in &mut stretches {
        reach = reach.max(s.reach);
        s.reach = reach;
    }
    let parent = |(i, c): (usize, &Candidate<'_>)| {
        let at = if c.cue.is_empty() { c.content_start() } else { c.head };
        let own = (c.content.tokens(), i);
        let to = stretches.partition_point(|s| s.start <= at);
        let near = stretches[..to].iter().rev().take(NEAREST).take_while(|s| s.reach > at);
        let holds = |s: &&Stretch| s.end > at || kept[s.of].content.len() > 1 && kept[s.of].holds(at);
        near.filter(holds)
            .map(|s| (s.size, s.of))
            .filter(|&k| k > own)
            .min()
            .map(|k| AttributionId::from(k.1))
    };
    kept.iter().enumerate().map(parent).collect()
}
