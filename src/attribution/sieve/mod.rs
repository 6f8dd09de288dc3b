//! The sieves, in order. Each reads sentences, quotations or chunks, one at a time, and proposes candidates; none takes back
//! what an earlier one proposed. Where two read the same cue, the likelier reading stays, and on a tie the earlier sieve's.

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
use super::cued::Cues;
use super::rank::Ends;
use super::scene::Scene;
use crate::lexicon::Classes;
use crate::rule::Rule;
use crate::text::Chunk;
use crate::text::key::{ByKey, exact};
use crate::vocabulary::{BlockKind, Form};

/// Share of right ones from which a cue's content counts as likely.
const SURE: f32 = 0.8;

/// A sieve: its rules, what it looks at, and what it does with that.
struct Sieve {
    rules: &'static [&'static Rule],
    looks: Looks,
}

/// What a sieve looks at.
enum Looks {
    /// each sentence that has what it reads
    Sentences(Reads, for<'a> fn(&Scene<'a>, usize, &Ends<'_>, &mut Vec<Candidate<'a>>)),
    /// each chunk of a kind, with its sentence
    Chunks(Cues, for<'a> fn(&Scene<'a>, usize, &'a Chunk, &Ends<'_>, &mut Vec<Candidate<'a>>)),
}

/// What a sieve reads in a sentence.
#[derive(Clone, Copy)]
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
    Sieve { rules: speech::RULES, looks: Looks::Sentences(Reads::Quotations, speech::find) },
    // a label before a colon needs no verb, and no verb sieve would see it
    Sieve { rules: label::RULES, looks: Looks::Sentences(Reads::Labels, label::find) },
    // a name after a dash needs no verb either, and stands after what was said
    Sieve { rules: signature::RULES, looks: Looks::Sentences(Reads::Quotations, signature::find) },
    // fixed phrases before single verbs: "according" is also a form of "accord"
    Sieve {
        rules: prepositional::RULES,
        looks: Looks::Sentences(Reads::Words(prepositional::ASKED), prepositional::find),
    },
    // passives before actives: "was told" has no speaker for a subject
    Sieve { rules: passive::RULES, looks: Looks::Chunks(Cues::Passives, passive::find) },
    Sieve { rules: verb::RULES, looks: Looks::Chunks(Cues::Verbs, verb::find) },
    // nouns and adjectives after verbs: "made the claim" belongs to the noun, "claims" may be either
    Sieve { rules: noun::RULES, looks: Looks::Chunks(Cues::Nouns, noun::find) },
    Sieve {
        rules: adjective::RULES,
        looks: Looks::Sentences(Reads::Words(Classes::CUE_OTHER), adjective::find),
    },
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

/// What matters of a sentence to the choice of its sieves: whether it is read, has a quotation in it or right behind it, may
/// have a label.
#[derive(Clone, Copy)]
struct Asked {
    read: bool,
    quoted: bool,
    labelled: bool,
}

/// Proposes candidates for every sentence that is read, a sieve after the other: which of a sentence's sieves have
/// something to read is as good as random, so that each goes through a list of what it reads.
pub(super) fn propose<'a>(scene: &Scene<'a>, ends: &Ends<'_>) -> Vec<Candidate<'a>> {
    let mut candidates = Vec::with_capacity(scene.cued.count(Cues::Verbs));
    let sentences = &scene.doc.sentences;
    let asked: Vec<Asked> = (0..sentences.len()).map(|s| asked(scene, s)).collect();
    // the sentences that a sieve reads, and room for more
    let mut list = vec![0u32; sentences.len()];
    for sieve in SIEVES {
        match sieve.looks {
            Looks::Sentences(reads, find) => {
                let mut count = 0;
                for ((s, sentence), asked) in (0..).zip(sentences).zip(&asked) {
                    list[count] = s;
                    count += usize::from(match reads {
                        Reads::Words(classes) => asked.read & sentence.classes.intersects(classes),
                        Reads::Quotations => asked.quoted,
                        Reads::Labels => asked.labelled,
                    });
                }
                list[..count].iter().for_each(|&s| find(scene, s as usize, ends, &mut candidates));
            }
            Looks::Chunks(cues, find) => {
                for chunk in scene.cued.each(cues, scene.doc) {
                    let s = scene.doc.sentence_of(chunk.head).index();
                    if asked[s].read {
                        find(scene, s, chunk, ends, &mut candidates);
                    }
                }
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

/// What matters of a sentence to the choice of its sieves.
fn asked(scene: &Scene<'_>, s: usize) -> Asked {
    let sentence = &scene.doc.sentences[s];
    let block = scene.doc.blocks[sentence.block.index()].kind;
    let read = sentence.tagged & block.is_read();
    let quoted = read & scene.has_quotation_near(s);
    let heading = matches!(block, BlockKind::Turn | BlockKind::Headline | BlockKind::Heading);
    Asked { read, quoted, labelled: read & (quoted | heading) }
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
