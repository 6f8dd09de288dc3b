//! Passives: "was criticised by", "is expected to", "was told that"; and participles after their noun.

use super::super::candidate::Candidate;
use super::super::content::Frame;
use super::super::part::Named;
use super::super::ranges::Ranges;
use super::super::rank::Ends;
use super::super::scene::Scene;
use super::super::word::words;
use super::inserted::{AS_CLAUSE, around_as};
use super::verb::bounds;
use crate::lexicon::{Cue, CuePos, Frames};
use crate::rule::{Rule, Stage};
use crate::text::{Chunk, Tag, TokenKind};
use crate::vocabulary::AttributionKind;

static PASSIVE_BY: Named = Named::of(Rule {
    id: "passive-by",
    stage: Stage::Attribution,
    reason: "The by-phrase of a passive names the source; its subject is what the attitude or decision is about.",
    examples: &["The plan was criticized by the mayor.", "A toll backed by the council will rise."],
    near_misses: &["The bridge was crossed by the mayor."],
});
static PASSIVE: Named = Named::of(Rule {
    id: "passive",
    stage: Stage::Attribution,
    reason: "A passive without a by-phrase hides its source: what is expected, said or believed is subject and rest.",
    examples: &["The bridge is expected to reopen in May.", "It was reported that the bridge would reopen."],
    near_misses: &["The bridge was repaired in May."],
});

/// From this weight on a passive verb's by-phrase may name anything: "shown by the figures".
const LEAST_WEIGHT: f32 = 0.4;

pub(super) const RULES: &[&Rule] = &[&PASSIVE_BY.rule, &PASSIVE.rule];

pub(super) fn find<'a>(
    scene: &Scene<'a>,
    s: usize,
    chunk: &'a Chunk,
    ends: &Ends<'_>,
    out: &mut Vec<Candidate<'a>>,
) {
    let lone = chunk.tokens.len() == 1 && scene.tag(chunk.head) == Tag::Vbn;
    let bounds = bounds(scene, s, chunk.head);
    let participle = lone && scene.is_reduced_passive(chunk, &bounds);
    if !chunk.is_passive() && !participle {
        return;
    }
    let Some((_, cue, _)) = scene.cues(chunk.head, CuePos::Verb).next() else { return };
    if is_perfect(scene, chunk, cue) {
        return;
    }
    let end = chunk.tokens.end;
    if !bounds.contains(&chunk.head) || end > bounds.end {
        return;
    }
    let from = scene.cue_start(chunk, bounds.start);
    let subject = scene.subject(from, bounds.start);
    // "Asked whether she would stay, Lee laughed": what opens a sentence ends at its comma
    let bounds = if participle && from == bounds.start {
        let outside = |&t: &u32| scene.kind(t) == TokenKind::Comma && scene.quote_at(t).is_none();
        bounds.start..(end..bounds.end).find(outside).unwrap_or(bounds.end)
    } else {
        bounds
    };
    let mut c = Candidate::of_entry(&PASSIVE, s, Frame::Passive, cue, (from..end, chunk.head), Ranges::new());
    c.negated = scene.is_negated(chunk.tokens.clone());
    // "was asked whether", "was told that": the subject is whom it was said to
    let told = cue.frames.contains(Frames::ADDRESSEE);
    if end < bounds.end
        && scene.reads(end, words!("by"))
        && let Some(np) = scene.noun_phrase_starting(end + 1, bounds.end)
        && !scene.is_time(np.clone())
    {
        let mut source = scene.extended(&np, scene.extent_after(np.end, bounds.end));
        // "accused by the paper of lying", "praised by the union for her work": what for is no part of who
        let what_for = |&t: &u32| match scene.lower(t) {
            "of" => t + 1 < bounds.end && scene.tag(t + 1) == Tag::Vbg,
            "for" => true,
            _ => false,
        };
        let own = source.head + 1..source.tokens.end;
        if let Some(cut) = { own }.filter(|&t| scene.tag(t) == Tag::In).find(what_for) {
            source.tokens.end = cut;
        }
        let rest = source.tokens.end;
        // "As reported by the Courier, …"
        if from > bounds.start && scene.reads(from - 1, words!("as")) {
            let content = around_as(scene, &bounds, from - 1, rest);
            if !content.is_empty() {
                let c = Candidate { rule: &AS_CLAUSE, frame: Frame::After, content, ..c };
                out.push(Candidate { source: Some(source), ..c });
            }
            return;
        }
        // "Asked by Lee whether …": the subject is whom it was said to
        if told
            && rest + 1 < bounds.end
            && (matches!(scene.tag(rest), Tag::Wrb | Tag::Wp | Tag::Wdt)
                || scene.reads(rest, words!("if" | "whether" | "that" | "about")))
        {
            c.addressee = subject.map(|s| s.tokens);
            c.content.push(rest..scene.content_end(rest, bounds.end, Frame::Wh, c.head, ends));
            (c.frame, c.source) = (Frame::Wh, Some(source));
            out.push(c);
            return;
        }
        let Some(subject) = subject else { return };
        // "the road was blocked by carts": a thing takes no decision, unless the verb is mostly one of speech
        if cue.weight < LEAST_WEIGHT && scene.animacy(&source, false).text() == "thing" {
            return;
        }
        c.content.push(subject.tokens);
        if rest < bounds.end
            && matches!(scene.tag(rest), Tag::In | Tag::To)
            && !scene.reads(rest, words!("by"))
        {
            c.content.push(rest..scene.content_end(rest, bounds.end, Frame::Noun, c.head, ends));
        }
        (c.rule, c.frame, c.cue, c.source) = (&PASSIVE_BY, Frame::PassiveBy, from..end, Some(source));
        out.push(c);
        return;
    }
    if participle {
        return;
    }
    let expletive = subject.as_ref().is_some_and(|p| scene.reads(p.head, words!("it")));
    // "was approved on Monday": the time is no part of what was; but "is expected on Monday"
    let ahead = matches!(cue.kind, AttributionKind::Belief | AttributionKind::Intention);
    let dated = !ahead
        && end + 1 < bounds.end
        && scene.tag(end) == Tag::In
        && scene.is_time_alone(end + 1, bounds.end);
    let takes_rest = end < bounds.end
        && !dated
        && !scene.is_break(end)
        && (scene.tag(end) == Tag::To
            || matches!(scene.tag(end), Tag::In | Tag::Wrb | Tag::Wp | Tag::Wdt | Tag::Vbg)
            || scene.noun_phrase(end).is_some()
            || scene.quote_at(end).is_some()
            || scene.tag(end).is_adjective());
    if let Some(p) = &subject
        && !expletive
    {
        if told {
            c.addressee = Some(p.tokens.clone());
        } else {
            c.content.push(p.tokens.clone());
        }
    }
    if takes_rest {
        let mut start = end;
        if matches!(scene.tag(end), Tag::In)
            && (told && !scene.is_subordinator(end) || cue.takes(scene.spelling(end)))
            && end + 1 < bounds.end
        {
            c.cue.end = end + 1;
            start = end + 1;
        }
        c.content.push(start..scene.content_end(start, bounds.end, Frame::Passive, c.head, ends));
    }
    if !c.content.is_empty() {
        out.push(c);
    }
}

/// "He's said he will run": before a clause or its end, "’s" and a verb of saying that has no addressee are a perfect.
pub(super) fn is_perfect(scene: &Scene<'_>, chunk: &Chunk, cue: &Cue) -> bool {
    let first = chunk.tokens.start;
    let end = chunk.tokens.end;
    let clause = || {
        (end as usize) < scene.doc.tokens.len()
            && (scene.reads(end, words!("that"))
                || scene.noun_phrase(end).is_some_and(|n| n.tokens.start == end))
    };
    chunk.is_passive()
        && scene.lower(first).starts_with(['\'', '’'])
        && first > 0
        && !scene.reads(first - 1, words!("it"))
        && cue.frames.intersects(Frames::CLAUSE | Frames::THAT)
        && !cue.frames.contains(Frames::ADDRESSEE)
        && clause()
}
