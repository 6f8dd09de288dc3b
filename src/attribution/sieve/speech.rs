//! Quotations and the words beside them that say whose they are.

use super::super::candidate::Candidate;
use super::super::content::Frame;
use super::super::rank::Ends;
use super::super::scene::{Phrase, Scene};
use crate::lexicon::{Cue, CuePos, Frames};
use crate::rule::{Rule, Stage};
use crate::text::{Chunk, ChunkKind, Tag, TokenKind};
use crate::vocabulary::{AttributionKind, QuoteRole, Stance};
use std::ops::Range;

static QUOTE_SOURCE_CUE: Rule = Rule {
    id: "quote-source-cue",
    stage: Stage::Attribution,
    reason: "A quotation followed by a noun phrase and a verb of saying is the words of that noun phrase.",
    examples: &[
        "“The bridge will stay shut,” Mayor Ana Brandt said.",
        "“We lost everything,” he told reporters on Monday.",
    ],
    near_misses: &["“The Bridge,” he left behind, sold well."],
};

static QUOTE_CUE_SOURCE: Rule = Rule {
    id: "quote-cue-source",
    stage: Stage::Attribution,
    reason: "After a quotation, verb and subject may be inverted.",
    examples: &[
        "“The bridge will stay shut,” said Ana Brandt, the mayor of Dorn.",
        "“Why now?” asked the judge.",
    ],
    near_misses: &["“The Bridge” opened doors for the band."],
};

static SOURCE_CUE_QUOTE: Rule = Rule {
    id: "source-cue-quote",
    stage: Stage::Attribution,
    reason: "A verb of saying that ends right before a quotation introduces it.",
    examples: &[
        "Brandt said: “The bridge will stay shut.”",
        "In a letter, the minister wrote, “We cannot wait any longer for help.”",
    ],
    near_misses: &["The bridge, called “the Hook,” will stay shut."],
};

pub(super) const RULES: &[&Rule] = &[&QUOTE_SOURCE_CUE, &QUOTE_CUE_SOURCE, &SOURCE_CUE_QUOTE];

/// Reads the quotations that end in sentence `s`, or start in it after a cue.
pub(super) fn find(scene: &Scene<'_>, s: usize, ends: &Ends<'_>, out: &mut Vec<Candidate>) {
    let sentence = scene.sentence(s).tokens.clone();
    for &q in scene.quotes_from(sentence.start) {
        let (i, quote) = (q as usize, &scene.quotes[q as usize]);
        if quote.tokens.start >= sentence.end {
            break;
        }
        if sentence.contains(&(quote.tokens.end - 1)) && quote.tokens.end < sentence.end {
            after_quote(scene, s, i, out);
        }
        if sentence.contains(&quote.tokens.start) && quote.tokens.start > sentence.start {
            before_quote(scene, s, i, quote.tokens.start, ends, out);
        }
    }
    // "Lee wrote:" with the quotation in the next sentence or paragraph
    let last = sentence.end - 1;
    if matches!(scene.kind(last), TokenKind::Colon | TokenKind::Comma)
        && let Some(&next) = scene.quotes_from(sentence.end).first()
        && scene.quotes[next as usize].tokens.start == sentence.end
        && scene.quotes[next as usize].role == QuoteRole::Speech
    {
        before_quote(scene, s, next as usize, sentence.end, ends, out);
    }
}

/// The first cue entry of a verb group's head that may introduce direct speech.
fn speech_cue<'a>(scene: &Scene<'a>, group: &Chunk) -> Option<&'a Cue> {
    scene
        .cues(group.head, CuePos::Verb)
        .map(|(_, cue, _)| cue)
        .max_by_key(|c| c.frames.contains(Frames::QUOTE))
}

fn candidate(
    scene: &Scene<'_>,
    rule: &'static Rule,
    s: usize,
    cue: &Cue,
    (group, tokens): (&Chunk, Range<u32>),
    source: Phrase,
    content: Vec<Range<u32>>,
) -> Candidate {
    let plain = Candidate::of_entry(rule, s, Frame::Quote, cue, (tokens, group.head), content);
    // a verb of thinking or wanting beside a quotation tells how it was said
    let kind = if cue.kind == AttributionKind::Question { cue.kind } else { AttributionKind::Statement };
    Candidate { source: Some(source), kind, negated: scene.is_negated(group.tokens.clone()), ..plain }
}

/// `“…,” Lee said` and `“…,” said Lee`.
fn after_quote(scene: &Scene<'_>, s: usize, q: usize, out: &mut Vec<Candidate>) {
    let quote = &scene.quotes[q];
    let ceiling = scene.body(s).end;
    let start = scene.past_marks(quote.tokens.end, ceiling);
    if start >= ceiling {
        return;
    }
    // the first verb group before the next clause
    let Some(group) = first_group(scene, start, ceiling) else { return };
    let Some(cue) = speech_cue(scene, group) else { return };
    let inverted = scene.cue_start(group, start) == start
        && !matches!(scene.tag(group.head), Tag::Vbg | Tag::Vbn | Tag::Vb);
    if inverted {
        let Some(source) = scene.subject_after(group.tokens.end, ceiling) else { return };
        let addressee_free = group.tokens.clone();
        let content = with_continuation(scene, s, q, source.tokens.end);
        out.push(candidate(scene, &QUOTE_CUE_SOURCE, s, cue, (group, addressee_free), source, content));
        return;
    }
    let from = scene.cue_start(group, start);
    let Some(source) = scene.subject(from, start) else { return };
    if source.tokens.start != start {
        return;
    }
    let (end, addressee) = cue_end(scene, cue, group, ceiling);
    let content = with_continuation(scene, s, q, end);
    let mut c = candidate(scene, &QUOTE_SOURCE_CUE, s, cue, (group, from..end), source, content);
    c.addressee = addressee;
    out.push(c);
}

/// The end of the cue and the addressee: "told reporters on Monday".
fn cue_end(scene: &Scene<'_>, cue: &Cue, group: &Chunk, ceiling: u32) -> (u32, Option<Range<u32>>) {
    if cue.frames.contains(Frames::ADDRESSEE)
        && let Some(np) = scene.noun_phrase_starting(group.tokens.end, ceiling)
        && !scene.is_time(np.clone())
    {
        // the addressee stands inside what would be the cue's span; the cue ends before it
        return (group.tokens.end, Some(np));
    }
    scene.cue_end_with_manner(group.tokens.end, ceiling)
}

/// The first verb group of a stretch, before any colon, semicolon or further quotation.
fn first_group<'a>(scene: &Scene<'a>, start: u32, ceiling: u32) -> Option<&'a Chunk> {
    let mut i = start;
    while i < ceiling {
        if matches!(scene.kind(i), TokenKind::Semicolon | TokenKind::Colon) || scene.quote_at(i).is_some() {
            return None;
        }
        if let Some(chunk) = scene.doc.chunk_at(i) {
            // a relative clause of the source has its own verb
            let relative = i > start && matches!(scene.tag(i - 1), Tag::Wp | Tag::Wdt);
            if chunk.kind == ChunkKind::Verb
                && !relative
                && !matches!(scene.tag(chunk.head), Tag::Vbg | Tag::Vbn)
            {
                return Some(chunk);
            }
            i = chunk.tokens.end;
        } else {
            i += 1;
        }
    }
    None
}

/// The quotation and the one that goes on after the cue: `“…,” he said. “…”`.
fn with_continuation(scene: &Scene<'_>, s: usize, q: usize, cue_end: u32) -> Vec<Range<u32>> {
    let quote = &scene.quotes[q];
    let mut content = vec![quote.tokens.clone()];
    // an earlier part of the same sentence: “…” and “…,” he said
    let sentence = scene.sentence(s).tokens.clone();
    if quote.role == QuoteRole::Fragment && quote.tokens.start > sentence.start {
        content[0].start = sentence.start;
    }
    let Some(next) = scene.quotes[q + 1..].iter().find(|n| !n.nested) else { return content };
    if !matches!(next.role, QuoteRole::Speech) || next.tokens.start < cue_end {
        return content;
    }
    let between = cue_end..next.tokens.start;
    let marks = between.clone().all(|t| {
        matches!(
            scene.kind(t),
            TokenKind::Comma | TokenKind::Period | TokenKind::Colon | TokenKind::Semicolon | TokenKind::Dash
        )
    });
    let same_block = scene.doc.sentences[s].block
        == scene.doc.sentences[scene.doc.sentence_of(next.tokens.start).index()].block;
    if marks && same_block && !has_own_cue(scene, next.tokens.clone()) {
        content.push(next.tokens.clone());
    }
    content
}

/// Whether a verb of saying follows a quotation in its own sentence.
pub(in super::super) fn has_own_cue(scene: &Scene<'_>, quote: Range<u32>) -> bool {
    let s = scene.doc.sentence_of(quote.end - 1).index();
    let ceiling = scene.body(s).end;
    let start = scene.past_marks(quote.end, ceiling);
    start < ceiling
        && scene.quote_at(start).is_none()
        && first_group(scene, start, ceiling.min(start + 12))
            .is_some_and(|g| speech_cue(scene, g).is_some_and(|c| c.frames.contains(Frames::QUOTE)))
}

/// `Lee said, “…”`
fn before_quote(
    scene: &Scene<'_>,
    s: usize,
    q: usize,
    anchor: u32,
    ends: &Ends<'_>,
    out: &mut Vec<Candidate>,
) {
    let quote = &scene.quotes[q];
    let floor = scene.sentence(s).tokens.start;
    let mut end = anchor;
    while end > floor && matches!(scene.kind(end - 1), TokenKind::Comma | TokenKind::Colon | TokenKind::Dash)
    {
        end -= 1;
    }
    let marked = end < quote.tokens.start;
    // the last verb group before the marks
    let mut i = end;
    let group = loop {
        if i <= floor {
            return;
        }
        i -= 1;
        if scene.quote_at(i).is_some() || matches!(scene.kind(i), TokenKind::Semicolon) {
            return;
        }
        if let Some(chunk) = scene.doc.chunk_at(i) {
            if chunk.kind == ChunkKind::Verb {
                break chunk;
            }
            i = chunk.tokens.start;
        }
        if end - i > 24 {
            return;
        }
    };
    let Some(cue) = speech_cue(scene, group) else { return };
    if !marked && quote.role == QuoteRole::Fragment && group.tokens.end != end {
        return;
    }
    // without a comma or colon the quotation must stand right after the verb
    if !marked && group.tokens.end != end {
        return;
    }
    let from = scene.cue_start(group, floor);
    let Some(source) = scene.subject_of(group, floor) else { return };
    let (mut cue_end, addressee) = cue_end(scene, cue, group, end);
    if addressee.is_none() && cue_end < end && !scene.is_break(cue_end) {
        cue_end = end;
    }
    if scene.kind(quote.tokens.start - 1) == TokenKind::Colon && cue_end == quote.tokens.start - 1 {
        cue_end += 1;
    }
    let sentence_end = scene.body(scene.doc.sentence_of(quote.tokens.start).index()).end;
    let ceiling = sentence_end.max(quote.tokens.end);
    let content_end = if quote.tokens.end >= sentence_end {
        quote.tokens.end
    } else {
        scene.content_end(quote.tokens.start, ceiling, Frame::Quote, group.head, ends).max(quote.tokens.end)
    };
    let mut c = candidate(
        scene,
        &SOURCE_CUE_QUOTE,
        s,
        cue,
        (group, from..cue_end),
        source,
        vec![quote.tokens.start..content_end],
    );
    c.addressee = addressee;
    c.stance = if c.stance == Stance::Neutral { cue.stance } else { c.stance };
    out.push(c);
}
