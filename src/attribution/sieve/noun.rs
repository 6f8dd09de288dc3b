//! Nouns of saying, thinking and wanting: "the claim that", "her support for", "made a promise to".

use super::super::candidate::Candidate;
use super::super::content::Frame;
use super::super::part::Named;
use super::super::rank::Ends;
use super::super::scene::Scene;
use super::super::word::{among, words};
use super::verb::bounds;
use crate::lexicon::{Classes, CuePos, Frames};
use crate::rule::{Rule, Stage};
use crate::text::{Chunk, Tag, TokenKind};
use crate::vocabulary::Form;

static NOUN_CUE: Named = Named::of(Rule {
    id: "noun-cue",
    stage: Stage::Attribution,
    reason: "A noun of saying or thinking takes its content as the verb would; its possessor or by-phrase is the source.",
    examples: &["The mayor's claim that the bridge was safe was wrong."],
    near_misses: &["The mayor's bridge was safe."],
});
static LIGHT_VERB: Named = Named::of(Rule {
    id: "light-verb",
    stage: Stage::Attribution,
    reason: "Verb and noun are one cue where the verb says little: make a claim, express concern, give warning.",
    examples: &[
        "The mayor made a promise to reopen the bridge.",
        "Residents expressed concern about the toll.",
    ],
    near_misses: &["The mayor made a model of the bridge."],
});

pub(super) const RULES: &[&Rule] = &[&NOUN_CUE.rule, &LIGHT_VERB.rule];

pub(super) fn find<'a>(
    scene: &Scene<'a>,
    s: usize,
    chunk: &'a Chunk,
    ends: &Ends<'_>,
    out: &mut Vec<Candidate<'a>>,
) {
    let head = chunk.head;
    let Some((_, cue, _)) = scene.cues(head, CuePos::Noun).next() else { return };
    let bounds = bounds(scene, s, head);
    if !bounds.contains(&head) || chunk.tokens.end > bounds.end {
        return;
    }
    let mut start = chunk.tokens.start;
    let mut end = chunk.tokens.end;
    let mut source = None;
    let mut rule = &NOUN_CUE;
    // the possessor within the phrase
    if let Some(last) =
        (chunk.tokens.start..head).rev().find(|&i| matches!(scene.tag(i), Tag::PrpPoss | Tag::Pos))
    {
        let at = if scene.tag(last) == Tag::Pos && last > chunk.tokens.start { last - 1 } else { last };
        let mut phrase = scene.phrase(chunk.tokens.start..last + 1, at);
        phrase.form = Form::Possessive;
        source = Some(phrase);
        start = last + 1;
    }
    // the light verb before it lends its subject
    if let Some(group) = start.checked_sub(1).filter(|&p| p >= bounds.start).and_then(|p| scene.verb_group(p))
        && source.is_none()
        && group.tokens.end == chunk.tokens.start
        && (scene.is(group.head, Classes::LIGHT_VERB) || scene.is(group.head, Classes::BE))
        && !group.is_passive()
    {
        source = scene.subject_of(group, bounds.start);
        start = scene.cue_start(group, bounds.start);
        if !scene.is(group.head, Classes::BE) {
            rule = &LIGHT_VERB;
        }
    }
    // "criticism from Lee", "a call by the union"
    if end + 1 < bounds.end
        && source.is_none()
        && scene.reads(end, words!("by" | "from"))
        && let Some(np) = scene.noun_phrase_starting(end + 1, bounds.end)
    {
        source = Some(scene.extended(&np, np.end));
        end = np.end;
    }
    let Some((frame, from, cue_end)) = right(scene, cue, end, bounds.end) else { return };
    let mut stop = scene.content_end(from, bounds.end, frame, head, ends);
    // "Lee's support for the toll | surprised voters": a phrase that opens its clause has the clause's verb behind it
    let opens = chunk.tokens.start <= bounds.start
        || scene.is_break(chunk.tokens.start - 1)
        || scene.is_subordinator(chunk.tokens.start - 1);
    if opens {
        stop = match frame {
            Frame::Preposition => scene.outer_verb(from, stop),
            Frame::That | Frame::Infinitive => behind_clause(scene, from, stop),
            _ => stop,
        };
    }
    if stop <= from {
        return;
    }
    let cue_tokens = start..if end == chunk.tokens.end { cue_end } else { chunk.tokens.end };
    let negated = scene.is_negated(cue_tokens.clone());
    let plain = Candidate::of_entry(rule, s, frame, cue, (cue_tokens, head), (from..stop).into());
    out.push(Candidate { source, negated, ..plain });
}

/// "Lee's claim that she won the vote | was false": where the verb of the clause around it stands behind a clause's own.
fn behind_clause(scene: &Scene<'_>, from: u32, stop: u32) -> u32 {
    let verb = (from..stop).find_map(|t| scene.verb_group(t).filter(|g| g.tokens.start >= from));
    let Some(verb) = verb else { return stop };
    // "that he said he was ill" has two of its own
    let clausal = Frames::THAT | Frames::CLAUSE;
    if scene.cues(verb.head, CuePos::Verb).any(|(_, cue, _)| cue.frames.intersects(clausal)) {
        return stop;
    }
    let end = verb.tokens.end;
    if end >= stop {
        return stop;
    }
    match scene.verb_group(end).filter(|g| g.is_finite() && g.tokens.start == end) {
        Some(next) => next.tokens.start,
        None => scene.outer_verb(end, stop),
    }
}

/// The frame after a noun cue, where its content starts, and where the cue ends.
fn right(scene: &Scene<'_>, cue: &crate::lexicon::Cue, i: u32, ceiling: u32) -> Option<(Frame, u32, u32)> {
    if i + 1 >= ceiling {
        return None;
    }
    let tag = scene.tag(i);
    let word = scene.spelling(i);
    if among(word, words!("that")) {
        return Some((Frame::That, i, i));
    }
    if tag == Tag::To && scene.tag(i + 1) == Tag::Vb {
        return Some((Frame::Infinitive, i, i));
    }
    if matches!(tag, Tag::Wrb | Tag::Wp) || among(word, words!("whether")) {
        return Some((Frame::Wh, i, i));
    }
    if matches!(tag, Tag::In | Tag::To) && (cue.takes(word)) {
        return Some((Frame::Preposition, i + 1, i + 1));
    }
    if scene.kind(i) == TokenKind::Colon {
        return Some((Frame::Colon, i + 1, i + 1));
    }
    // "his advice was to stay", "the message is that"
    if scene.is(i, Classes::BE) && scene.tag(i).is_verb() {
        let next = i + 1;
        if scene.reads(next, words!("that")) {
            return Some((Frame::That, next, next));
        }
        if scene.tag(next) == Tag::To && next + 1 < ceiling {
            return Some((Frame::Infinitive, next, next));
        }
        if scene.quote_at(next).is_some() && scene.quote_at(next) != scene.quote_at(i) {
            return Some((Frame::Quote, next, next));
        }
    }
    if scene.quote_at(i).is_some() && scene.quote_at(i) != scene.quote_at(i - 1) {
        return Some((Frame::Quote, i, i));
    }
    None
}
