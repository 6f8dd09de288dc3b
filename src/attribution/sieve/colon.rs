//! Words between quotation marks after a clause and a colon, whatever the clause's verb.
//!
//! Called by the sieve of speech for a quotation that no verb of saying introduces, or a passive does.

use super::super::candidate::Candidate;
use super::super::content::Frame;
use super::super::part::Named;
use super::super::rank::Ends;
use super::super::scene::{Phrase, Scene};
use super::super::word::words;
use super::speech::content_after;
use crate::lexicon::CuePos;
use crate::quote::Quote;
use crate::rule::{Rule, Stage};
use crate::text::{Chunk, TokenKind};
use crate::vocabulary::{AttributionKind, QuoteRole};

pub(super) static COLON_QUOTE: Named = Named::of(Rule {
    id: "colon-quote",
    stage: Stage::Attribution,
    reason: "A clause that ends in a colon before a quotation introduces it, whatever its verb: its subject speaks, or the agent of its passive.",
    examples: &[
        "The mayor shuffled her papers: “The bridge will stay shut until the spring.”",
        "The crowd was greeted by the mayor: “The bridge will stay shut until the spring.”",
    ],
    near_misses: &["The mayor shuffled her papers. “The Bridge” is a song."],
});

/// The agent of a passive that ends right before `end`: "was greeted by her brother", "is summed up by this line".
pub(super) fn agent(scene: &Scene<'_>, group: &Chunk, end: u32) -> Option<Phrase> {
    let by = group.tokens.end;
    if !group.is_passive() || by + 1 >= end || !scene.reads(by, words!("by")) {
        return None;
    }
    let np = scene.noun_phrase_starting(by + 1, end)?;
    let source = scene.subject_after(np.start, end)?;
    (source.tokens.end == end && !scene.is_time(np)).then_some(source)
}

/// `The town was greeted by its new mayor: “…”`: the words are the agent's, not the subject's.
pub(super) fn by_agent<'a>(
    scene: &Scene<'a>,
    s: usize,
    quote: &Quote,
    (group, anchor): (&Chunk, u32),
    source: Phrase,
    ends: &Ends<'_>,
    out: &mut Vec<Candidate<'a>>,
) {
    if quote.role != QuoteRole::Speech || scene.kind(anchor - 1) != TokenKind::Colon {
        return;
    }
    let content = content_after(scene, quote, group.head, ends);
    let cue = scene.cue_start(group, scene.sentence(s).tokens.start)..group.tokens.end + 1;
    let plain = match scene.cues(group.head, CuePos::Verb).next() {
        Some((_, entry, _)) => {
            Candidate::of_entry(&COLON_QUOTE, s, Frame::Quote, entry, (cue, group.head), content)
        }
        None => {
            let lemma = scene.doc.word(group.head).to_lowercase();
            Candidate::new(&COLON_QUOTE, s, Frame::Quote, lemma.into(), cue, content)
        }
    };
    let negated = scene.is_negated(group.tokens.clone());
    let kind = AttributionKind::Statement;
    // a colon, then words between marks: nothing else can be meant, however rare it is
    out.push(Candidate { source: Some(source), kind, head: group.head, negated, floor: 0.7, ..plain });
}

/// `Lee had a question for the crowd: “…”`: the colon says that the words are the subject's.
pub(super) fn colon_quote<'a>(
    scene: &Scene<'a>,
    s: usize,
    quote: &Quote,
    (group, anchor): (&Chunk, u32),
    ends: &Ends<'_>,
    out: &mut Vec<Candidate<'a>>,
) {
    let floor = scene.sentence(s).tokens.start;
    let Some(source) = scene.subject_of(group, floor) else { return };
    let content = content_after(scene, quote, group.head, ends);
    let cue = scene.cue_start(group, floor)..anchor;
    let lemma = scene.doc.word(group.head).to_lowercase();
    let plain = Candidate::new(&COLON_QUOTE, s, Frame::Quote, lemma.into(), cue, content);
    let negated = scene.is_negated(group.tokens.clone());
    out.push(Candidate { source: Some(source), head: group.head, negated, ..plain });
}
