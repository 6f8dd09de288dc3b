//! Labels before a colon: transcript turns, and "Lee: “…”".

use super::super::candidate::Candidate;
use super::super::content::Frame;
use super::super::part::Named;
use super::super::rank::Ends;
use super::super::scene::Scene;
use super::super::sign::Sign;
use crate::lexicon::Classes;
use crate::portion::grown;
use crate::rule::{Rule, Stage};
use crate::text::TokenKind;
use crate::vocabulary::{AttributionKind, BlockKind, Form};
use std::ops::Range;

static TURN: Named = Named::of(Rule {
    id: "turn",
    stage: Stage::Attribution,
    reason: "In a transcript a label with a colon names the speaker of the turn.",
    examples: &[
        "BRANDT: The bridge will stay shut until spring, and I mean that.\n\nLOPEZ: Why was nobody told about it?\n\nBRANDT: Nobody asked. Next question.\n\nLOPEZ: When was it last looked at?",
    ],
    near_misses: &["Note: the bridge is shut."],
});

static LABEL_QUOTE: Named = Named::of(Rule {
    id: "label-quote",
    stage: Stage::Attribution,
    reason: "A name and a colon right before a quotation name its speaker.",
    examples: &["Brandt: “The bridge will stay shut until the spring.”"],
    near_misses: &["One thing is sure: “The Hook” will stay shut."],
});

static HEADLINE_LABEL: Named = Named::of(Rule {
    id: "headline-label",
    stage: Stage::Attribution,
    reason: "In a headline a name and a colon give what follows to the name.",
    examples: &[
        "Brandt: Bridge will stay shut\n\nDORN - The mayor said the bridge would stay shut. It has been shut for weeks.",
    ],
    near_misses: &["Bridge: The facts\n\nDORN - It has been shut for weeks. The river is high."],
});

/// How many tokens a label has at most, its colon among them.
const FARTHEST_COLON: u32 = 10;

pub(super) const RULES: &[&Rule] = &[&TURN.rule, &LABEL_QUOTE.rule, &HEADLINE_LABEL.rule];

pub(super) fn find<'a>(scene: &Scene<'a>, s: usize, _ends: &Ends<'_>, out: &mut Vec<Candidate<'a>>) {
    let sentence = scene.sentence(s);
    let block = &scene.doc.blocks[sentence.block.index()];
    let tokens = sentence.tokens.clone();
    if block.kind == BlockKind::Turn && block.span.start == sentence.span.start && !block.label.is_empty() {
        let label = scene.doc.tokens_in(block.label);
        let names: Vec<u32> = label.clone().filter(|&t| scene.token(t).is_wordlike()).collect();
        let (Some(&first), Some(&last)) = (names.first(), names.last()) else { return };
        let colon = label.clone().rev().find(|&t| scene.kind(t) == TokenKind::Colon);
        let end = scene.doc.tokens_in(block.span).end;
        let start = label.end;
        if start < end {
            let mut phrase = scene.phrase(first..last + 1, last);
            phrase.form = Form::Name;
            push(&TURN, s, Some(phrase), colon, start..end, out);
            let turn = out.last_mut().expect("just pushed");
            if scene.kind(end - 1) == TokenKind::Question {
                turn.kind = AttributionKind::Question;
            }
            turn.content.extend(further_paragraphs(scene, sentence.block.index()));
        }
        return;
    }
    // a colon near the sentence's start with a noun phrase before and a quotation after it
    let near = tokens.end.min(tokens.start + FARTHEST_COLON);
    let colon = scene.signs.next([Sign::Colon], tokens.start, near);
    if colon == near || colon == tokens.start || colon + 1 >= tokens.end {
        return;
    }
    if matches!(block.kind, BlockKind::Headline | BlockKind::Heading) && scene.quote_at(colon + 1).is_none() {
        let named =
            (tokens.start..colon).all(|t| scene.token(t).is_wordlike() || scene.is(t, Classes::COORDINATOR));
        let last = colon - 1;
        let document = scene.is(last, Classes::DOCUMENT);
        let content = colon + 1..scene.body(s).end;
        let fits = colon - tokens.start <= 5 && scene.token(last).is_capital() && !content.is_empty();
        if named && !document && fits {
            let mut source = scene.phrase(tokens.start..colon, last);
            source.form = Form::Name;
            push(&HEADLINE_LABEL, s, Some(source), Some(colon), content, out);
        }
        return;
    }
    let Some(q) = scene.quote_at(colon + 1).filter(|&q| scene.quotes[q].tokens.start == colon + 1) else {
        return;
    };
    let Some(source) = scene.noun_phrase_ending(colon, tokens.start) else { return };
    if source.tokens.start == tokens.start && source.form != Form::Role {
        push(&LABEL_QUOTE, s, Some(source), Some(colon), scene.quotes[q].tokens.clone(), out);
    }
}

/// Paragraphs behind a turn's own go on with it where another turn follows them; what stands behind the last turn may
/// be the article's.
fn further_paragraphs<'s>(scene: &'s Scene<'_>, turn: usize) -> impl Iterator<Item = Range<u32>> + 's {
    let blocks = &scene.doc.blocks[turn + 1..];
    let next = blocks.iter().position(|b| b.kind != BlockKind::Paragraph).unwrap_or(blocks.len());
    let followed = blocks.get(next).is_some_and(|b| b.kind == BlockKind::Turn);
    let own = if followed { &blocks[..next] } else { &[] };
    own.iter()
        .map(|b| scene.doc.tokens_in(b.span))
        // "(She shows me.)" is the reporter's
        .filter(|r| !r.is_empty() && scene.kind(r.start) != TokenKind::Open)
}

fn push<'a>(
    rule: &'static Named,
    s: usize,
    source: Option<super::super::scene::Phrase>,
    colon: Option<u32>,
    content: Range<u32>,
    out: &mut Vec<Candidate<'a>>,
) {
    let cue = colon.map_or(0..0, |c| c..c + 1);
    let floor = if rule.id == TURN.id { 0.9 } else { 0.0 };
    let plain = Candidate::new(rule, s, Frame::Colon, ":".into(), cue, content.into());
    grown(out).push(Candidate { source, weight: 0.9, floor, ..plain });
}
