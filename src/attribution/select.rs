//! Candidates → those that stay: the likeliest reading of each cue, and quotations that go on with it.

use super::candidate::Candidate;
use super::content::Frame;
use super::scene::Scene;
use crate::portion::SHORT;
use crate::quote::Quote;
use crate::text::TokenKind;
use crate::text::set::TokenSet;
use crate::vocabulary::{BlockKind, QuoteRole, Stance};
use std::ops::Range;

/// Keeps the likeliest candidate of each cue at or above the threshold, in text order.
pub(super) fn select<'a>(
    scene: &Scene<'a>,
    candidates: Vec<Candidate<'a>>,
    threshold: f32,
) -> Vec<Candidate<'a>> {
    let order = best_readings(scene, &candidates, threshold);
    let mut kept = retained(candidates, &order);
    drop(order);
    drop_inner_infinitives(&mut kept);
    end_before_reports(scene, &mut kept);
    continue_quotations(scene, &mut kept);
    super::relay::find(scene, &mut kept);
    kept.sort_by_cached_key(|c| {
        let source = c.source.as_ref().map_or(u32::MAX, |s| s.tokens.start);
        let cue = if c.cue.is_empty() { u32::MAX } else { c.cue.start };
        u64::from(source.min(c.content_start()).min(cue)) << 32 | u64::from(c.head)
    });
    kept
}

/// No candidate.
const NONE: u32 = u32::MAX;

/// One candidate a cue, and none whose content is the same as a likelier one's: their positions, the likelier ones first.
pub(super) fn best_readings(scene: &Scene<'_>, candidates: &[Candidate<'_>], threshold: f32) -> Vec<u32> {
    // probabilities are in the order of their bits; on a tie the earlier sieve's comes first
    let mut order = vec![0; candidates.len()];
    let mut likely = 0;
    for (i, c) in (0u32..).zip(candidates) {
        order[likely] = u64::from(!c.score.to_bits()) << 32 | u64::from(i);
        likely += usize::from(c.score >= threshold);
    }
    order.truncate(likely);
    if order.is_empty() {
        return Vec::new();
    }
    order.sort_unstable();
    let tokens = scene.doc.tokens.len();
    let mut read = TokenSet::new(tokens);
    // for each token the last kept candidate whose content starts there; for each kept one the one kept before it
    let mut last_at = vec![NONE; tokens + 1];
    let mut before: Vec<u32> = Vec::with_capacity(order.len());
    let mut kept: Vec<u32> = Vec::with_capacity(order.len());
    for i in order {
        let c = &candidates[i as u32 as usize];
        if read.contains(c.head) {
            continue;
        }
        read.insert(c.head);
        // two cues for one content: "said", "told"; a cue within the other's content is nested and stays
        let last = &mut last_at[(c.content_start() as usize).min(tokens)];
        let mut same = *last;
        while let Some(other) = kept.get(same as usize).map(|&k| &candidates[k as usize])
            && !(other.content.first() == c.content.first() && !other.holds(c.head) && !c.holds(other.head))
        {
            same = before[same as usize];
        }
        if same == NONE {
            before.push(std::mem::replace(last, kept.len() as u32));
            kept.push(i as u32);
        }
    }
    kept
}

/// The candidates with some positions, in the order of these; of many, for which a second list costs more, in the room that all of them had: a second list of
/// them would be as large.
fn retained<'a>(mut candidates: Vec<Candidate<'a>>, order: &[u32]) -> Vec<Candidate<'a>> {
    if candidates.len() <= SHORT {
        return order.iter().map(|&i| candidates[i as usize].clone()).collect();
    }
    let mut places = vec![NONE; candidates.len()];
    for (place, &i) in (0..).zip(order) {
        places[i as usize] = place;
    }
    let mut place = places.iter();
    candidates.retain(|_| place.next().is_some_and(|&place| place != NONE));
    candidates.shrink_to_fit();
    places.retain(|&place| place != NONE);
    for i in 0..places.len() {
        // each turn puts one where it belongs
        while places[i] as usize != i {
            let place = places[i] as usize;
            candidates.swap(i, place);
            places.swap(i, place);
        }
    }
    candidates
}

/// "declined to name a price": the infinitive is the content of the verb before it, and only seldom a statement of its
/// own; never where that verb says that it was not said.
fn drop_inner_infinitives(kept: &mut Vec<Candidate<'_>>) {
    let mut outer: Vec<(u32, bool)> = kept
        .iter()
        .filter(|c| c.frame == Frame::Infinitive)
        .map(|c| (c.content_start(), c.stance == Stance::Deny))
        .collect();
    // of two with the same content the less likely one tells
    outer.sort_by_key(|o| o.0);
    kept.retain(|c| {
        let to = outer.partition_point(|o| o.0 <= c.cue.start);
        match outer[..to].last() {
            Some(&(start, refused)) if start == c.cue.start && !c.cue.is_empty() => {
                c.score >= 0.5 && !refused
            }
            _ => true,
        }
    });
}

/// "He admitted that it was “a mistake,” the Times reported": a clause that reports what stands before it belongs to the
/// whole sentence, never to a content within what it reports. Contents that ran into one end before it.
fn end_before_reports(scene: &Scene<'_>, kept: &mut Vec<Candidate<'_>>) {
    // "saying that the loss — as Lee told us — was small": an aside between dashes ends nothing
    let end = scene.doc.tokens.len() as u32;
    let within_dashes =
        |t: u32| t < end && scene.kind(t) == TokenKind::Dash && scene.past_aside(t, end).is_some();
    let reports = |c: &Candidate<'_>| {
        !c.cue.is_empty()
            && matches!(c.frame, Frame::Quote | Frame::After | Frame::Prepositional)
            && c.content.first().is_some_and(|r| r.end <= c.cue.start && !within_dashes(r.end))
            && scene.quote_at(c.head).is_none()
    };
    let mut found: Vec<(usize, u32, Range<u32>)> = Vec::with_capacity(kept.len());
    found.extend(kept.iter().filter(|c| reports(c)).map(|c| {
        let said = c.content.iter().take_while(|r| r.end <= c.cue.start).last();
        (c.sentence, c.head, c.content_start()..said.map_or(c.cue.start, |r| r.end))
    }));
    found.sort_unstable_by_key(|f| (f.0, f.1));
    for c in kept.iter_mut() {
        let from = found.partition_point(|f| f.0 < c.sentence);
        let (cue, head) = (c.cue.start, c.head);
        for (_, reporter, said) in found[from..].iter().take_while(|f| f.0 == c.sentence) {
            if *reporter == head || !c.holds(*reporter) {
                continue;
            }
            let end = if said.start <= cue { said.end } else { said.start };
            if let Some(r) = c.content.iter_mut().find(|r| r.contains(reporter)) {
                r.end = if end > r.start { scene.trim_end(r.start, end) } else { r.start };
            }
            c.content.drop_empty();
        }
    }
    kept.retain(|c| !c.content.is_empty());
}

/// The kept candidates by the sentences that their cues stand in or their contents end in.
struct Holders {
    /// for each sentence the last entry
    last: Vec<u32>,
    /// candidates, each with the entry before it
    entries: Vec<(u32, u32)>,
}

impl Holders {
    fn new(scene: &Scene<'_>, kept: &[Candidate<'_>]) -> Self {
        let last = vec![NONE; scene.doc.sentences.len()];
        let mut holders = Self { last, entries: Vec::with_capacity(kept.len() * 2) };
        for (k, c) in kept.iter().enumerate() {
            let end = scene.doc.sentence_of(c.content.last().map_or(0, |r| r.end).saturating_sub(1)).index();
            holders.put(c.sentence, k);
            if end != c.sentence {
                holders.put(end, k);
            }
        }
        holders
    }

    fn put(&mut self, sentence: usize, k: usize) {
        if let Some(last) = self.last.get_mut(sentence) {
            let before = std::mem::replace(last, self.entries.len() as u32);
            self.entries.push((k as u32, before));
        }
    }

    /// The candidates of a sentence.
    fn of(&self, sentence: usize) -> impl Iterator<Item = usize> {
        let mut entry = self.last[sentence];
        std::iter::from_fn(move || {
            let &(k, before) = self.entries.get(entry as usize)?;
            entry = before;
            Some(k as usize)
        })
    }
}

/// Quotations that stand alone as sentences right after someone's words in the same paragraph, or as whole paragraphs
/// after a paragraph that ends in someone's words, go on with that content.
fn continue_quotations(scene: &Scene<'_>, kept: &mut [Candidate<'_>]) {
    if scene.quotes.is_empty() {
        return;
    }
    let mut taken = vec![false; scene.quotes.len()];
    for c in kept.iter() {
        for &q in scene.quotes_from(c.content_start()) {
            let start = scene.quotes[q as usize].tokens.start;
            if c.content.last().is_some_and(|r| r.end <= start) {
                break;
            }
            taken[q as usize] |= c.holds(start);
        }
    }
    let mut holders = Holders::new(scene, kept);
    for (quote, taken) in scene.quotes.iter().zip(taken) {
        if taken || quote.nested || quote.role != QuoteRole::Speech {
            continue;
        }
        let s = scene.doc.sentence_of(quote.tokens.start).index();
        let sentence = scene.sentence(s);
        if sentence.tokens.start != quote.tokens.start
            || s == 0
            || scene.doc.blocks[sentence.block.index()].kind == BlockKind::Blockquote
            || super::sieve::has_own_cue(scene, quote.tokens.clone())
        {
            continue;
        }
        let before = &scene.doc.sentences[s - 1];
        if before.block != sentence.block && !fills_paragraph(scene, quote) {
            continue;
        }
        // the last attribution of the sentence before, or the one whose quotation ended there
        let fits = |&k: &usize| {
            let c = &kept[k];
            let last = c.content.last().map_or(0, |r| r.end);
            let outer = !c.cue.is_empty() && scene.quote_at(c.head).is_none();
            outer
                && (c.sentence == s - 1 || before.tokens.contains(&last.saturating_sub(1)))
                && last <= quote.tokens.start
        };
        // "“…,” Lee said, referring to the toll. “…”": whose words were quoted goes on, not what they referred to
        let rank = |&k: &usize| (kept[k].frame == Frame::Quote, kept[k].cue.end, k);
        if let Some(k) = holders.of(s - 1).filter(fits).max_by_key(rank) {
            kept[k].content.push(quote.tokens.clone());
            holders.put(scene.doc.sentence_of(quote.tokens.end - 1).index(), k);
        }
    }
}

/// How many tokens a quotation has at least that may go on from the paragraph before: a shorter one is a heading.
const SHORTEST_PARAGRAPH: usize = 8;

/// Whether a quotation is the whole of its paragraph, in marks like those before it.
fn fills_paragraph(scene: &Scene<'_>, quote: &Quote) -> bool {
    let last = scene.doc.sentence_of(quote.tokens.end - 1).index();
    let block = scene.sentence(last).block;
    let alone = quote.tokens.end >= scene.body(last).end
        && scene.doc.sentences.get(last + 1).is_none_or(|n| n.block != block);
    alone
        && quote.tokens.len() >= SHORTEST_PARAGRAPH
        && scene.doc.blocks[block.index()].kind == BlockKind::Paragraph
        && scene.kind(quote.tokens.start) != TokenKind::SingleQuote
}

#[cfg(test)]
mod tests {
    use super::super::sieve::OBJECT;
    use super::*;

    #[test]
    fn those_retained_stand_in_their_order() {
        for count in [10, SHORT as u32 + 100] {
            let candidate = |head: u32| {
                let tokens = head..head + 1;
                Candidate::new(&OBJECT, 0, Frame::Quote, "say".into(), tokens.clone(), tokens.into())
            };
            let last_first = (0..count).rev().filter(|i| i % 3 == 0);
            let order: Vec<u32> = last_first.chain((0..count).filter(|i| i % 3 == 1)).collect();
            let kept = retained((0..count).map(candidate).collect(), &order);
            assert!(kept.iter().map(|c| c.head).eq(order), "{count}");
        }
    }
}
