//! Signatures: a quotation that stands alone, then a dash and the name of whose words they are.
//!
//! Letters, pull quotes and collections of voices name the speaker so. Takes a sentence in which a quotation of speech
//! ends; proposes the name after the dash, on the same line or alone on the next.

use super::super::candidate::Candidate;
use super::super::content::Frame;
use super::super::part::Named;
use super::super::rank::Ends;
use super::super::scene::{Phrase, Scene};
use crate::rule::{Rule, Stage};
use crate::text::{Tag, TokenKind};
use crate::vocabulary::{Form, QuoteRole};
use std::ops::Range;

/// How many tokens a signature may have: a name, an office, a place.
const LONGEST: usize = 12;
/// How many words its name may have.
const LONGEST_NAME: usize = 6;

static SIGNATURE: Named = Named::of(Rule {
    id: "signature",
    stage: Stage::Attribution,
    reason: "A quotation that fills its paragraph, then a dash and a name: the words are that name's.",
    examples: &[
        "“The bridge was all that we had, and they let it fall.” — Ana Brandt, ferry pilot",
        "The town remembers.\n\n\"The river took the mill, and it will take the bridge.\"\n\n- Bo Lind.",
    ],
    near_misses: &["“The bridge will fall” — Brandt left the room.", "“The River” — Dorn, 1962"],
});

pub(super) const RULES: &[&Rule] = &[&SIGNATURE.rule];

pub(super) fn find<'a>(scene: &Scene<'a>, s: usize, _ends: &Ends<'_>, out: &mut Vec<Candidate<'a>>) {
    let sentence = scene.sentence(s);
    for &q in scene.quotes_from_sentence(s) {
        let quote = &scene.quotes[q as usize];
        if quote.tokens.end > sentence.tokens.end {
            break;
        }
        let opener = scene.sentence(scene.doc.sentence_of(quote.tokens.start).index());
        let block = scene.doc.blocks[opener.block.index()].span;
        let fills = quote.span.start == block.start;
        if quote.role != QuoteRole::Speech || !fills {
            continue;
        }
        // on the same line, else alone on the next
        let (at, rest) = if quote.tokens.end < sentence.tokens.end {
            (s, quote.tokens.end..scene.body(s).end)
        } else {
            let Some(next) = scene.doc.sentences.get(s + 1) else { continue };
            let alone = next.block != sentence.block
                && scene.doc.sentences.get(s + 2).is_none_or(|n| n.block != next.block);
            if !alone {
                continue;
            }
            (s + 1, scene.body(s + 1))
        };
        let Some(source) = signer(scene, &rest) else { continue };
        let cue = rest.start..rest.start + 1;
        let content = quote.tokens.clone().into();
        let plain = Candidate::new(&SIGNATURE, at, Frame::Colon, "—".into(), cue, content);
        out.push(Candidate { source: Some(source), weight: 0.9, floor: 0.6, ..plain });
    }
}

/// The name and what describes it after a dash.
fn signer(scene: &Scene<'_>, rest: &Range<u32>) -> Option<Phrase> {
    if rest.len() < 2
        || rest.len() > LONGEST
        || !matches!(scene.kind(rest.start), TokenKind::Dash | TokenKind::Hyphen | TokenKind::Bullet)
    {
        return None;
    }
    let start = rest.start + 1;
    let stop = (start..rest.end).find(|&t| !scene.token(t).is_wordlike()).unwrap_or(rest.end);
    let capital = |t: u32| scene.token(t).is_capital();
    let name = start..stop;
    // the tagger, which has no clause to go by, may see a verb in a name, but not in a small word
    let verb = rest.clone().any(|t| scene.tag(t).is_finite() && !capital(t));
    let number = rest.clone().any(|t| scene.tag(t) == Tag::Cd);
    let fits = (1..=LONGEST_NAME).contains(&name.len()) && capital(start) && capital(stop - 1);
    (fits && !verb && !number).then(|| Phrase { tokens: start..rest.end, head: stop - 1, form: Form::Name })
}
