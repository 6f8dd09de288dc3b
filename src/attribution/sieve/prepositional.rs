//! Fixed phrases that attribute without a verb: "according to", "in the view of", and adverbs of hearsay.

use super::super::candidate::Candidate;
use super::super::content::Frame;
use super::super::part::Named;
use super::super::ranges::Ranges;
use super::super::rank::Ends;
use super::super::scene::{Phrase, Scene};
use super::super::sign::{PHRASES, Sign};
use super::super::word::words;
use super::verb::bounds;
use crate::lexicon::{Classes, CuePos};
use crate::rule::{Rule, Stage};
use crate::text::{Tag, TokenKind};
use crate::vocabulary::{AttributionKind, Stance};
use std::ops::Range;

static ACCORDING_TO: Named = Named::of(Rule {
    id: "according-to",
    stage: Stage::Attribution,
    reason: "\"According to X\" gives the clause that it stands in to X.",
    examples: &[
        "According to the mayor, the bridge will stay shut.",
        "The bridge will stay shut, according to two officials.",
    ],
    near_misses: &["The mayor quickly left the bridge."],
});
static IN_VIEW_OF: Named = Named::of(Rule {
    id: "in-view-of",
    stage: Stage::Attribution,
    reason: "\"In X's view\" and \"in the words of X\" give the clause to X.",
    examples: &[
        "In the words of the mayor, the bridge is a wreck.",
        "In her opinion, the bridge is a wreck.",
    ],
    near_misses: &["In view of the storm, the bridge was shut."],
});
static IN_POLL: Named = Named::of(Rule {
    id: "in-poll",
    stage: Stage::Attribution,
    reason: "What stands \"in a poll\" is what the poll found.",
    examples: &["In a recent survey, half of the town wanted the bridge shut."],
    near_misses: &["In the latest storm, Brandt lost her roof."],
});
static HEARSAY: Named = Named::of(Rule {
    id: "hearsay",
    stage: Stage::Attribution,
    reason: "An adverb like \"reportedly\" gives its clause to someone who is not named.",
    examples: &["The mayor reportedly crossed the bridge at night."],
    near_misses: &["The mayor quickly crossed the bridge at night."],
});

pub(super) const RULES: &[&Rule] = &[&ACCORDING_TO.rule, &IN_VIEW_OF.rule, &IN_POLL.rule, &HEARSAY.rule];

/// What a sentence has that is read.
pub(super) const ASKED: Classes = PHRASES.union(Classes::CUE_NOUN).union(Classes::DOCUMENT);

pub(super) fn find<'a>(scene: &Scene<'a>, s: usize, ends: &Ends<'_>, out: &mut Vec<Candidate<'a>>) {
    let sentence = scene.sentence(s);
    // "in" matters only where a view or poll may stand behind it
    let viewed = sentence.classes.intersects(Classes::VIEWPOINT | Classes::POLL);
    if !viewed && !sentence.classes.intersects(PHRASES) {
        return;
    }
    let also = if viewed { Sign::Turn } else { Sign::Phrase };
    for t in scene.signs.each([Sign::Phrase, also], &sentence.tokens) {
        let token = scene.token(t);
        if !token.is(PHRASES) && !(viewed && token.tag == Tag::In) {
            continue;
        }
        if token.is(Classes::CUE_OTHER)
            && let Some((_, cue, _)) = scene.cues(t, CuePos::Preposition).next()
        {
            let bounds = bounds(scene, s, t);
            let mut end = t + 1;
            if end < bounds.end && cue.takes(scene.spelling(end)) {
                end += 1;
            } else if !cue.prepositions.is_empty() {
                continue;
            }
            // "according to show insiders": what the tagger takes for a verb is the noun's
            let Some(np) =
                (end..bounds.end.min(end + 3)).find_map(|t| scene.noun_phrase_starting(t, bounds.end))
            else {
                continue;
            };
            let head = scene.noun_phrase(np.start).map_or(np.start, |n| n.head);
            let np = end..np.end;
            let form = scene.form(&np, head);
            let source =
                Phrase { tokens: np.start..prepositional_extent(scene, np.end, bounds.end), head, form };
            let mut start = t;
            while start > bounds.start && scene.tag(start - 1).is_adverb() {
                start -= 1;
            }
            push(scene, &ACCORDING_TO, s, source, start..end, (&cue.lemma, cue.weight), &bounds, ends, out);
        } else if viewed && token.tag == Tag::In && scene.reads(t, words!("in")) {
            in_view(scene, s, t, ends, out);
        } else if token.is(Classes::HEARSAY) && token.tag.is_adverb() {
            hearsay(scene, s, t, out);
        }
    }
}

/// How far the source of "according to" goes: to the comma that parts it from the clause, appositions included.
fn prepositional_extent(scene: &Scene<'_>, end: u32, ceiling: u32) -> u32 {
    let mut e = end;
    // "an official who spoke to reporters": a relative clause has one finite verb of its own
    let mut relative = false;
    while e < ceiling
        && !(scene.is_break(e) && scene.kind(e) != TokenKind::Open && scene.kind(e) != TokenKind::Close)
        && (relative || !scene.tag(e).is_finite())
    {
        let pronoun = is_relative(scene, e);
        relative = pronoun || relative && !scene.tag(e).is_finite();
        e += 1;
    }
    // "according to Gus Tillery, who kept the gate"
    if e + 1 < ceiling
        && scene.kind(e) == TokenKind::Comma
        && is_relative(scene, e + 1)
        && let Some(a) = scene.apposition_after(e + 1, ceiling)
    {
        return a;
    }
    // "according to the caretaker, Gus Tillery,": a name in apposition to an office, or an office to a name
    if e < ceiling && scene.kind(e) == TokenKind::Comma && e + 1 < ceiling {
        let who = Classes::OFFICE | Classes::PERSON | Classes::KIN | Classes::ANONYMOUS;
        let head = scene.noun_phrase(end - 1).map_or(end - 1, |n| n.head);
        let other = scene.noun_phrase(e + 1).filter(|n| n.tokens.start == e + 1);
        let fits = other.is_some_and(|n| {
            let name = scene.token(n.head).is_capital();
            scene.is(head, who) && name || scene.token(head).is_capital() && !name && scene.is(n.head, who)
        });
        if fits
            && let Some(a) = scene.apposition_after(e + 1, ceiling)
            && (a == ceiling || scene.kind(a) == TokenKind::Comma)
        {
            return a;
        }
    }
    // what precedes a finite verb is that verb's subject, not the source
    if e < ceiling && scene.tag(e).is_finite() && !scene.is_break(e) { scene.extent_after(end, e) } else { e }
}

fn is_relative(scene: &Scene<'_>, i: u32) -> bool {
    matches!(scene.tag(i), Tag::Wp | Tag::Wdt | Tag::WpPoss)
}

/// "in her view", "in the words of Lee", "in a recent poll"
fn in_view<'a>(scene: &Scene<'a>, s: usize, t: u32, ends: &Ends<'_>, out: &mut Vec<Candidate<'a>>) {
    let bounds = bounds(scene, s, t);
    let Some(np) = scene.noun_phrase_starting(t + 1, bounds.end) else { return };
    let Some(chunk) = scene.noun_phrase(np.start) else { return };
    let head = chunk.head;
    if scene.is(head, Classes::VIEWPOINT) {
        // the possessive before the noun
        let possessive = np.start..head;
        if let Some(last) =
            possessive.clone().rev().find(|&i| matches!(scene.tag(i), Tag::PrpPoss | Tag::Pos))
        {
            let at = if scene.tag(last) == Tag::Pos && last > np.start { last - 1 } else { last };
            let mut source = scene.phrase(np.start..last + 1, at);
            source.form = crate::vocabulary::Form::Possessive;
            let lemma = scene.lower(head);
            // one contiguous cue: the noun after the possessor
            push(scene, &IN_VIEW_OF, s, source, last + 1..np.end, (lemma, 0.6), &bounds, ends, out);
        } else if np.end < bounds.end && np.len() > 1 && scene.reads(np.end, words!("of")) {
            let Some(of) = scene.noun_phrase_starting(np.end + 1, bounds.end) else { return };
            let source = scene.extended(&of, prepositional_extent(scene, of.end, bounds.end));
            push(scene, &IN_VIEW_OF, s, source, t..np.end + 1, (scene.lower(head), 0.6), &bounds, ends, out);
        }
    } else if scene.is(head, Classes::POLL) {
        let form = scene.form(&np, head);
        let source = Phrase { tokens: np.start..prepositional_extent(scene, np.end, bounds.end), head, form };
        push(scene, &IN_POLL, s, source, t..t + 1, ("in", 0.5), &bounds, ends, out);
    }
}

#[allow(clippy::too_many_arguments)]
fn push<'a>(
    scene: &Scene<'a>,
    rule: &'static Named,
    s: usize,
    source: Phrase,
    cue: Range<u32>,
    (lemma, weight): (&'a str, f32),
    bounds: &Range<u32>,
    ends: &Ends<'_>,
    out: &mut Vec<Candidate<'a>>,
) {
    let start = cue.start.min(source.tokens.start);
    let end = cue.end.max(source.tokens.end);
    let opening = scene.kind(end.min(scene.sentence(s).tokens.end - 1));
    let at_start = (bounds.start..start).all(|t| {
        scene.tag(t) == Tag::Cc || scene.tag(t).is_adverb() || scene.tag(t) == Tag::In || scene.is_break(t)
    });
    let content = if at_start
        && end < bounds.end
        && matches!(opening, TokenKind::Comma | TokenKind::Dash | TokenKind::Colon)
    {
        let from = end + 1;
        if from >= bounds.end {
            return;
        }
        // a quotation that goes on past the sentence takes the content with it
        let goes_on = scene.quote_at(bounds.end - 1).filter(|_| scene.quote_at(start).is_none());
        Ranges::from(from..goes_on.map_or(bounds.end, |q| scene.quotes[q].tokens.end))
    } else {
        let before = scene.content_before(start, bounds.start);
        let mut content = Ranges::new();
        if !before.is_empty() {
            content.push(before);
        }
        // "…, according to Lee, …": the clause goes on after the aside
        if end < bounds.end
            && scene.kind(end) == TokenKind::Comma
            && start > bounds.start
            && scene.kind(start - 1) == TokenKind::Comma
        {
            let stop = scene.content_end(end + 1, bounds.end, Frame::Clause, cue.start, ends);
            if stop > end + 1 {
                content.push(end + 1..stop);
            }
        }
        content
    };
    if content.is_empty() {
        return;
    }
    let commas = at_start || start > bounds.start && scene.kind(start - 1) == TokenKind::Comma;
    let floor = if rule.id == IN_VIEW_OF.id && commas { 0.5 } else { 0.0 };
    let plain = Candidate::new(rule, s, Frame::Prepositional, lemma.into(), cue, content);
    let kind = kind(scene, rule, &source, lemma);
    out.push(Candidate { source: Some(source), weight, floor, kind, ..plain });
}

/// A poll or estimate is evidence, someone's view a belief; words are words.
fn kind(scene: &Scene<'_>, rule: &'static Named, source: &Phrase, lemma: &str) -> AttributionKind {
    let of_noun = |word| scene.lexicon.cue_forms(word).iter().map(|f| scene.lexicon.cue(f.cue));
    if rule.id == IN_VIEW_OF.id {
        let entry = of_noun(scene.lexicon.find(lemma)).find(|c| c.pos == CuePos::Noun);
        return match entry.map(|c| c.kind) {
            // "in the eyes of" the beholder
            Some(AttributionKind::Perception) => AttributionKind::Belief,
            kind => kind.unwrap_or(AttributionKind::Statement),
        };
    }
    let finding = of_noun(scene.token(source.head).word)
        .any(|c| c.pos == CuePos::Noun && c.kind == AttributionKind::Evidence);
    if finding || scene.is(source.head, Classes::POLL) {
        AttributionKind::Evidence
    } else {
        AttributionKind::Statement
    }
}

fn hearsay<'a>(scene: &Scene<'a>, s: usize, t: u32, out: &mut Vec<Candidate<'a>>) {
    let bounds = bounds(scene, s, t);
    if !bounds.contains(&t) {
        return;
    }
    let before = scene.content_before(t, bounds.start);
    let after = t + 1..bounds.end;
    let content: Ranges = [before, after].into_iter().filter(|r| !r.is_empty()).collect();
    if content.is_empty() {
        return;
    }
    let plain = Candidate::new(&HEARSAY, s, Frame::Passive, scene.lower(t).into(), t..t + 1, content);
    out.push(Candidate { stance: Stance::Doubt, ..plain });
}
