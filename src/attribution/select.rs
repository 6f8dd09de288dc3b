//! Candidates → attributions: the likeliest reading of each cue, quotations that go on, modes and nesting.

use super::candidate::Candidate;
use super::content::Frame;
use super::rank::Weights;
use super::scene::{Phrase, Scene};
use super::{Attribution, Cue, Mention};
use crate::lexicon::Classes;
use crate::quote::Quote;
use crate::span::{AttributionId, QuoteId, SentenceId, Span};
use crate::text::TokenKind;
use crate::vocabulary::{BlockKind, Mode, QuoteRole, Stance};
use std::ops::Range;

/// Keeps the likeliest candidate of each cue above the threshold, and makes attributions of them.
pub(super) fn select(
    scene: &Scene<'_>,
    mut candidates: Vec<Candidate>,
    weights: &Weights,
) -> Vec<Attribution> {
    candidates.retain(|c| c.score >= weights.threshold());
    let mut kept = best_readings(candidates);
    drop_inner_infinitives(&mut kept);
    end_before_reports(scene, &mut kept);
    continue_quotations(scene, &mut kept);
    super::relay::find(scene, &mut kept);
    kept.sort_by_key(|c| {
        let source = c.source.as_ref().map_or(u32::MAX, |s| s.tokens.start);
        (source.min(c.content_start()).min(if c.cue.is_empty() { u32::MAX } else { c.cue.start }), c.head)
    });
    let mut list: Vec<Attribution> = kept.iter().map(|c| attribution(scene, c, weights)).collect();
    nest(&kept, &mut list);
    list
}

/// One candidate a cue, and none whose content is the same as a likelier one's.
fn best_readings(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    // likelier ones first; the sort is stable, so that on a tie the earlier sieve's stays
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score));
    let mut kept: Vec<Candidate> = Vec::with_capacity(candidates.len());
    let mut by_head: rustc_hash::FxHashSet<u32> = rustc_hash::FxHashSet::default();
    let mut by_content: rustc_hash::FxHashMap<u32, Vec<usize>> = rustc_hash::FxHashMap::default();
    for c in candidates {
        if !by_head.insert(c.head) {
            continue;
        }
        let same = by_content.entry(c.content_start()).or_default();
        // two cues for one content: "said", "told"; a cue within the other's content is nested and stays
        let clash = same.iter().any(|&k| {
            let other: &Candidate = &kept[k];
            other.content.first() == c.content.first() && !other.holds(c.head) && !c.holds(other.head)
        });
        if clash {
            continue;
        }
        same.push(kept.len());
        kept.push(c);
    }
    kept
}

/// "declined to name a price": the infinitive is the content of the verb before it, and only seldom a statement of its
/// own; never where that verb says that it was not said.
fn drop_inner_infinitives(kept: &mut Vec<Candidate>) {
    let outer: rustc_hash::FxHashMap<u32, bool> = kept
        .iter()
        .filter(|c| c.frame == Frame::Infinitive)
        .map(|c| (c.content_start(), c.stance == Stance::Deny))
        .collect();
    kept.retain(|c| match outer.get(&c.cue.start) {
        Some(&refused) if !c.cue.is_empty() => c.score >= 0.5 && !refused,
        _ => true,
    });
}

/// "He admitted that it was “a mistake,” the Times reported": a clause that reports what stands before it belongs to the
/// whole sentence, never to a content within what it reports. Contents that ran into one end before it.
fn end_before_reports(scene: &Scene<'_>, kept: &mut Vec<Candidate>) {
    // "saying that the loss — as Lee told us — was small": an aside between dashes ends nothing
    let end = scene.doc.tokens.len() as u32;
    let within_dashes =
        |t: u32| t < end && scene.kind(t) == TokenKind::Dash && scene.past_aside(t, end).is_some();
    let reports = |c: &Candidate| {
        !c.cue.is_empty()
            && matches!(c.frame, Frame::Quote | Frame::After | Frame::Prepositional)
            && c.content.first().is_some_and(|r| r.end <= c.cue.start && !within_dashes(r.end))
            && scene.quote_at(c.head).is_none()
    };
    let mut found: Vec<(usize, u32, Range<u32>)> = kept
        .iter()
        .filter(|c| reports(c))
        .map(|c| {
            let said = c.content.iter().take_while(|r| r.end <= c.cue.start).last();
            (c.sentence, c.head, c.content_start()..said.map_or(c.cue.start, |r| r.end))
        })
        .collect();
    found.sort_unstable_by_key(|f| (f.0, f.1));
    for c in kept.iter_mut() {
        let from = found.partition_point(|f| f.0 < c.sentence);
        let (cue, head) = (c.cue.start, c.head);
        for (_, reporter, said) in found[from..].iter().take_while(|f| f.0 == c.sentence) {
            if *reporter == head || !c.holds(*reporter) {
                continue;
            }
            let end = if said.start <= cue { said.end } else { said.start };
            if let Some(r) = c.content.iter_mut().find(|r| r.contains(reporter)) {
                r.end = if end > r.start { scene.trim_end(r.start, end) } else { r.start };
            }
            c.content.retain(|r| !r.is_empty());
        }
    }
    kept.retain(|c| !c.content.is_empty());
}

/// Quotations that stand alone as sentences right after someone's words in the same paragraph, or as whole paragraphs
/// after a paragraph that ends in someone's words, go on with that content.
fn continue_quotations(scene: &Scene<'_>, kept: &mut [Candidate]) {
    let mut taken = vec![false; scene.quotes.len()];
    for c in kept.iter() {
        for &q in scene.quotes_from(c.content_start()) {
            let start = scene.quotes[q as usize].tokens.start;
            if c.content.last().is_some_and(|r| r.end <= start) {
                break;
            }
            taken[q as usize] |= c.holds(start);
        }
    }
    for (quote, taken) in scene.quotes.iter().zip(taken) {
        if taken || quote.nested || quote.role != QuoteRole::Speech {
            continue;
        }
        let s = scene.doc.sentence_of(quote.tokens.start).index();
        let sentence = scene.sentence(s);
        if sentence.tokens.start != quote.tokens.start
            || s == 0
            || scene.doc.blocks[sentence.block.index()].kind == BlockKind::Blockquote
            || super::sieve::has_own_cue(scene, quote.tokens.clone())
        {
            continue;
        }
        let before = &scene.doc.sentences[s - 1];
        if before.block != sentence.block && !fills_paragraph(scene, quote) {
            continue;
        }
        // the last attribution of the sentence before, or the one whose quotation ended there
        let holder = kept.iter_mut().filter(|c| {
            let last = c.content.last().map_or(0, |r| r.end);
            let outer = !c.cue.is_empty() && scene.quote_at(c.head).is_none();
            outer
                && (c.sentence == s - 1 || before.tokens.contains(&last.saturating_sub(1)))
                && last <= quote.tokens.start
        });
        // "“…,” Lee said, referring to the toll. “…”": whose words were quoted goes on, not what they referred to
        if let Some(c) = holder.max_by_key(|c| (c.frame == Frame::Quote, c.cue.end)) {
            c.content.push(quote.tokens.clone());
        }
    }
}

/// How many tokens a quotation has at least that may go on from the paragraph before: a shorter one is a heading.
const SHORTEST_PARAGRAPH: usize = 8;

/// Whether a quotation is the whole of its paragraph, in marks like those before it.
fn fills_paragraph(scene: &Scene<'_>, quote: &Quote) -> bool {
    let last = scene.doc.sentence_of(quote.tokens.end - 1).index();
    let block = scene.sentence(last).block;
    let alone = quote.tokens.end >= scene.body(last).end
        && scene.doc.sentences.get(last + 1).is_none_or(|n| n.block != block);
    alone
        && quote.tokens.len() >= SHORTEST_PARAGRAPH
        && scene.doc.blocks[block.index()].kind == BlockKind::Paragraph
        && scene.kind(quote.tokens.start) != TokenKind::SingleQuote
}

/// "Nobody said", "neither side said", "not all agreed": the source itself is negated.
fn denies(scene: &Scene<'_>, source: &Phrase) -> bool {
    let first = source.tokens.start;
    let floor = scene.sentence(scene.doc.sentence_of(first).index()).tokens.start;
    scene.is(first, Classes::NEGATION) || first > floor && scene.lower(first - 1) == "not"
}

fn mention(scene: &Scene<'_>, phrase: &Phrase) -> Mention {
    Mention { span: scene.doc.span(phrase.tokens.clone()), head: phrase.head, form: phrase.form }
}

fn attribution(scene: &Scene<'_>, c: &Candidate, weights: &Weights) -> Attribution {
    let mut content: Vec<Span> = Vec::with_capacity(c.content.len());
    for r in &c.content {
        let span = scene.doc.span(r.clone());
        if !span.is_empty() && content.last().is_none_or(|l: &Span| l.end <= span.start) {
            content.push(span);
        }
    }
    if content.is_empty() {
        content.push(scene.doc.span(c.content[0].clone()));
    }
    let quotes = quotes_in(scene, &content);
    let cue = (!c.cue.is_empty()).then(|| Cue {
        span: scene.doc.span(c.cue.clone()),
        tokens: c.cue.clone(),
        lemma: c.lemma.clone(),
        stance: c.stance,
        negated: c.negated || c.source.as_ref().is_some_and(|p| denies(scene, p)),
    });
    Attribution {
        sentence: SentenceId::from(c.sentence),
        mode: mode(scene, c),
        kind: c.kind,
        source: c.source.as_ref().map(|p| mention(scene, p)),
        cue,
        content,
        addressee: c.addressee.clone().map(|r| scene.doc.span(r)),
        relay: c.relay.as_ref().map(|p| mention(scene, p)),
        parent: None,
        quotes,
        rule: c.rule,
        confidence: weights.calibrated(c.score),
    }
}

/// The quotes that lie in a content.
fn quotes_in(scene: &Scene<'_>, content: &[Span]) -> Vec<QuoteId> {
    let mut found = Vec::new();
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
fn mode(scene: &Scene<'_>, c: &Candidate) -> Mode {
    let (mut inside, mut outside) = (false, false);
    // what the cue itself is quoted in does not count
    let own = if c.cue.is_empty() { None } else { scene.quote_at(c.head) };
    for t in c.content.iter().cloned().flat_map(Range::into_iter) {
        if !matches!(scene.kind(t), TokenKind::Word | TokenKind::Number) {
            continue;
        }
        match scene.quote_at(t) {
            Some(q) if Some(q) != own => inside = true,
            _ => outside = true,
        }
    }
    match (inside, outside) {
        (true, false) => Mode::Direct,
        (true, true) => Mode::Mixed,
        _ => Mode::Indirect,
    }
}

/// Sets `parent`: the smallest content that holds the cue (or, without a cue, the content's start).
fn nest(kept: &[Candidate], list: &mut [Attribution]) {
    // contents by their first token; those that may hold a token start before it
    let mut starts: Vec<(u32, usize)> =
        kept.iter().enumerate().flat_map(|(i, c)| c.content.iter().map(move |r| (r.start, i))).collect();
    starts.sort_unstable();
    for (i, c) in kept.iter().enumerate() {
        let at = if c.cue.is_empty() { c.content_start() } else { c.head };
        let to = starts.partition_point(|&(s, _)| s <= at);
        let size = |k: usize| kept[k].content.iter().map(|r| r.len()).sum::<usize>();
        let parent = starts[..to]
            .iter()
            .rev()
            .take(64)
            .map(|&(_, k)| k)
            .filter(|&k| k != i && kept[k].holds(at) && (size(k), k) > (size(i), i))
            .min_by_key(|&k| (size(k), k));
        list[i].parent = parent.map(AttributionId::from);
    }
}
