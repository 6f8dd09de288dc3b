//! The sieves, in order. Each reads one sentence (or one quotation) and proposes candidates; none takes back what an
//! earlier one proposed. Where two read the same cue, the likelier reading stays, and on a tie the earlier sieve's.

mod adjective;
mod clause;
mod colon;
mod inserted;
mod label;
mod noun;
mod passive;
mod prepositional;
mod reporting;
mod signature;
mod speech;
mod verb;

pub(super) use self::speech::has_own_cue;
pub(super) use self::verb::{CUE_OBJECT as OBJECT, bounds};
use super::candidate::{Candidate, Context};
use super::cover::Cover;
use super::rank::Ends;
use super::scene::Scene;
use crate::lexicon::Classes;
use crate::rule::Rule;
use crate::text::key::{ByKey, exact};
use crate::vocabulary::{BlockKind, Form};

/// Share of right ones from which a cue's content counts as likely.
const SURE: f32 = 0.8;

/// A sieve: its rules, what a sentence has that it reads, and what it does with one.
struct Sieve {
    rules: &'static [&'static Rule],
    reads: Reads,
    run: for<'a> fn(&Scene<'a>, usize, &Ends<'_>, &mut Vec<Candidate<'a>>),
}

/// What a sieve looks for.
enum Reads {
    /// words of some class
    Words(Classes),
    /// a quotation in the sentence or right behind it
    Quotations,
    /// a quotation, a heading or a turn
    Labels,
}

const SIEVES: &[Sieve] = &[
    // quotation marks are the surest sign, so their sieve reads first
    Sieve { rules: speech::RULES, reads: Reads::Quotations, run: speech::find },
    // a label before a colon needs no verb, and no verb sieve would see it
    Sieve { rules: label::RULES, reads: Reads::Labels, run: label::find },
    // a name after a dash needs no verb either, and stands after what was said
    Sieve { rules: signature::RULES, reads: Reads::Quotations, run: signature::find },
    // fixed phrases before single verbs: "according" is also a form of "accord"
    Sieve {
        rules: prepositional::RULES,
        reads: Reads::Words(prepositional::ASKED),
        run: prepositional::find,
    },
    // passives before actives: "was told" has no speaker for a subject
    Sieve { rules: passive::RULES, reads: Reads::Words(Classes::CUE_VERB), run: passive::find },
    Sieve { rules: verb::RULES, reads: Reads::Words(Classes::CUE_VERB), run: verb::find },
    // nouns and adjectives after verbs: "made the claim" belongs to the noun, "claims" may be either
    Sieve { rules: noun::RULES, reads: Reads::Words(Classes::CUE_NOUN), run: noun::find },
    Sieve { rules: adjective::RULES, reads: Reads::Words(Classes::CUE_OTHER), run: adjective::find },
];

/// All the sieves' rules, in order.
pub(super) const RULES: &[&[&Rule]] = &[
    speech::RULES,
    label::RULES,
    signature::RULES,
    prepositional::RULES,
    passive::RULES,
    verb::RULES,
    noun::RULES,
    adjective::RULES,
];

/// Proposes candidates for every sentence that is read.
pub(super) fn propose<'a>(scene: &Scene<'a>, ends: &Ends<'_>) -> Vec<Candidate<'a>> {
    let mut candidates = Vec::with_capacity(scene.verbs());
    for (s, sentence) in scene.doc.sentences.iter().enumerate() {
        let block = scene.doc.blocks[sentence.block.index()].kind;
        if !sentence.tagged || !block.is_read() {
            continue;
        }
        let near = scene.has_quotation_near(s);
        let label = near || matches!(block, BlockKind::Turn | BlockKind::Headline | BlockKind::Heading);
        for sieve in SIEVES {
            let reads = match sieve.reads {
                Reads::Words(classes) => sentence.classes.intersects(classes),
                Reads::Quotations => near,
                Reads::Labels => label,
            };
            if reads {
                (sieve.run)(scene, s, ends, &mut candidates);
            }
        }
    }
    debug_assert!(
        candidates.iter().all(|c| SIEVES.iter().any(|s| s.rules.iter().any(|r| r.id == c.rule.id)))
    );
    if !candidates.is_empty() {
        situate(scene, &mut candidates);
    }
    candidates
}

/// Tells each candidate of the others: whether a likely one's content holds its cue, whether its source speaks
/// elsewhere, how many stand in its sentence.
fn situate(scene: &Scene<'_>, candidates: &mut [Candidate<'_>]) {
    let mut speakers = ByKey::new(candidates.len() / 8);
    let name = |head: u32| exact(scene.doc.text, scene.token(head).span);
    let mut in_sentence = vec![0u32; scene.doc.sentences.len()];
    for c in candidates.iter() {
        in_sentence[c.sentence] += 1;
        if let Some(source) = &c.source
            && (source.form == Form::Name) & (c.weight >= SURE)
        {
            speakers.or_insert(name(source.head), 0);
        }
    }
    let sure = candidates.iter().filter(|c| c.weight >= SURE);
    let held = Cover::new(scene.doc.tokens.len(), sure.flat_map(|c| c.content.iter()));
    for c in candidates.iter_mut() {
        let own = c.weight >= SURE && c.holds(c.head);
        c.context = Context {
            nested: false,
            within: !c.cue.is_empty() && held.exceeds(c.head, own),
            speaker: c
                .source
                .as_ref()
                .is_some_and(|s| s.form == Form::Name && speakers.contains(name(s.head))),
            rivals: in_sentence[c.sentence] - 1,
        };
    }
}
