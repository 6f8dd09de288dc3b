//! Relays: the further source that a source cites, "the paper reported, citing an official".
//!
//! Takes the kept candidates; gives the one that the participle belongs to its relay, and drops what was read into the
//! participle itself: to cite someone for what one says is not to say something else.

use super::candidate::Candidate;
use super::scene::{Phrase, Scene};
use super::sign::Sign;
use crate::lexicon::{Classes, CuePos, Frames};
use crate::text::Tag;
use std::ops::Range;

/// How many tokens may stand between a source and its participle: a comma and an adverb.
const GAP: u32 = 3;

/// Finds the relays of the sentences that have candidates.
pub(super) fn find(scene: &Scene<'_>, kept: &mut Vec<Candidate<'_>>) {
    // the candidates by their sentences: sorted when the first is asked for, since few articles have a relay
    let mut by_sentence: Vec<(usize, usize)> = Vec::new();
    let mut dropped = Vec::new();
    let all = 0..scene.doc.tokens.len() as u32;
    for t in scene.signs.each([Sign::Citing], &all).filter(|&t| is_citing(scene, t)) {
        let s = scene.doc.sentence_of(t).index();
        let Some(relay) = cited(scene, t, &scene.sentence(s).tokens) else { continue };
        if by_sentence.is_empty() {
            by_sentence = kept.iter().enumerate().map(|(k, c)| (c.sentence, k)).collect();
            by_sentence.sort_unstable();
        }
        let from = by_sentence.partition_point(|own| own.0 < s);
        let holder = by_sentence[from..]
            .iter()
            .take_while(|own| own.0 == s)
            .map(|&(_, k)| (k, &kept[k]))
            .filter(|(_, c)| c.head != t && c.source.is_some() && !c.cue.is_empty())
            .filter_map(|(k, c)| Some((distance(c, t)?, k)))
            .min();
        if let Some((_, k)) = holder {
            kept[k].relay = Some(Box::new(relay));
            dropped.push(t);
        }
    }
    if !dropped.is_empty() {
        kept.retain(|c| c.cue.is_empty() || dropped.binary_search(&c.head).is_err());
    }
}

fn is_citing(scene: &Scene<'_>, t: u32) -> bool {
    scene.cues(t, CuePos::Verb).any(|(_, cue, _)| cue.frames.contains(Frames::RELAY))
}

/// The phrase behind the participle, where it is someone or something that speaks.
fn cited(scene: &Scene<'_>, t: u32, sentence: &Range<u32>) -> Option<Phrase> {
    let np = scene.noun_phrase_starting(t + 1, sentence.end)?;
    let mut end = scene.extent_after(np.end, sentence.end);
    // "people familiar with the talks"
    if end + 1 < sentence.end && scene.tag(end).is_adjective() && scene.tag(end + 1) == Tag::In {
        end = scene.extent_after(end + 1, sentence.end);
    }
    let phrase = scene.extended(&np, end);
    let speaks = Classes::ANONYMOUS
        | Classes::OFFICE
        | Classes::GROUP
        | Classes::ORGANISATION
        | Classes::DOCUMENT
        | Classes::PERSON
        | Classes::OUTLET;
    (scene.is(phrase.head, speaks) || scene.token(phrase.head).is_capital()).then_some(phrase)
}

/// How far a candidate is from a participle that belongs to its source: right behind the source, or behind the cue.
fn distance(c: &Candidate<'_>, t: u32) -> Option<u32> {
    let source = c.source.as_ref()?;
    if source.tokens.contains(&t) || source.tokens.end <= t && t - source.tokens.end < GAP {
        return Some(0);
    }
    (c.cue.end <= t).then(|| t - c.cue.end + 1)
}
