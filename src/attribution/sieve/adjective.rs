//! Adjectives of attitude and certainty: "is confident that", "is wary of", "it is clear that".

use super::super::candidate::Candidate;
use super::super::content::Frame;
use super::super::part::Named;
use super::super::rank::Ends;
use super::super::scene::Scene;
use super::super::sign::Sign;
use super::super::word::{among, words};
use super::verb::bounds;
use crate::lexicon::{Classes, CuePos};
use crate::rule::{Rule, Stage};
use crate::text::{ChunkKind, Tag};

static ADJECTIVE_CUE: Named = Named::of(Rule {
    id: "adjective-cue",
    stage: Stage::Attribution,
    reason: "An adjective of certainty or attitude with a content of its own gives it to the subject of its verb.",
    examples: &["The mayor is confident that the bridge is safe.", "Residents were skeptical of the plan."],
    near_misses: &["The mayor is tall."],
});

pub(super) const RULES: &[&Rule] = &[&ADJECTIVE_CUE.rule];

pub(super) fn find<'a>(scene: &Scene<'a>, s: usize, ends: &Ends<'_>, out: &mut Vec<Candidate<'a>>) {
    let sentence = scene.sentence(s);
    for t in scene.signs.each([Sign::Phrase], &sentence.tokens) {
        let token = scene.token(t);
        if !token.is(Classes::CUE_OTHER)
            || !(token.tag.is_adjective() || matches!(token.tag, Tag::Vbn | Tag::Rb))
        {
            continue;
        }
        let Some((_, cue, _)) = scene.cues(t, CuePos::Adjective).next() else { continue };
        let bounds = bounds(scene, s, t);
        if !bounds.contains(&t) || t + 1 >= bounds.end {
            continue;
        }
        let i = t + 1;
        let (tag, word) = (scene.tag(i), scene.spelling(i));
        let (frame, from, end) = if among(word, words!("that")) {
            (Frame::That, i, i)
        } else if tag == Tag::To && i + 1 < bounds.end && scene.tag(i + 1) == Tag::Vb {
            (Frame::Infinitive, i, i)
        } else if matches!(tag, Tag::Wrb | Tag::Wp) || among(word, words!("whether" | "if")) {
            (Frame::Wh, i, i)
        } else if tag == Tag::In && cue.takes(word) && i + 1 < bounds.end {
            (Frame::Preposition, i + 1, i + 1)
        } else if matches!(tag, Tag::Prp)
            || scene.noun_phrase(i).is_some_and(|n| n.tokens.start == i) && !scene.tag(i).is_noun()
        {
            (Frame::Clause, i, i)
        } else {
            continue;
        };
        // the copula before it, adverbs between
        let mut b = t;
        while b > bounds.start && scene.tag(b - 1).is_adverb() && scene.verb_group(b - 1).is_none() {
            b -= 1;
        }
        let Some(group) = b.checked_sub(1).filter(|&p| p >= bounds.start).and_then(|p| scene.verb_group(p))
        else {
            continue;
        };
        if group.kind != ChunkKind::Verb {
            continue;
        }
        let source = scene.subject_of(group, bounds.start).filter(|p| !scene.reads(p.head, words!("it")));
        let stop = scene.content_end(from, bounds.end, frame, t, ends);
        if stop <= from {
            continue;
        }
        let cue_tokens = scene.cue_start(group, bounds.start)..end;
        let negated = scene.is_negated(cue_tokens.clone());
        let plain = Candidate::of_entry(&ADJECTIVE_CUE, s, frame, cue, (cue_tokens, t), (from..stop).into());
        out.push(Candidate { source, negated, ..plain });
    }
}
