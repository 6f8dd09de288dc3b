//! The clause that reports direct speech: `Lee said` and `said Lee` beside a quotation.
//!
//! Takes a stretch of tokens beside a quotation; returns its verb of saying, as the tags have it, or, where they have
//! no verb, as the words have it: beside a quotation "Lee notes" and "said Devine" are a subject and a verb even if the
//! tagger took them for one noun. Leaves what was said to [`super::speech`].

use super::super::scene::{Phrase, Scene};
use super::super::word::words;
use crate::lexicon::{Classes, Cue, CuePos, Frames, Inflection};
use crate::text::{Chunk, ChunkKind, Tag, TokenKind};
use crate::vocabulary::Form;
use std::ops::Range;

/// How many tokens a subject may have that only words tell.
const LONGEST_SUBJECT: u32 = 16;
/// How many words a name with its titles may have.
const LONGEST_NAME: u32 = 8;

/// How far back from a quotation the verb that introduces it is looked for, in tokens.
const FARTHEST: u32 = 24;

/// A verb of saying: its entry, its tokens, its head.
#[derive(Clone)]
pub(super) struct Verb<'a> {
    pub(super) cue: &'a Cue,
    pub(super) tokens: Range<u32>,
    pub(super) head: u32,
}

/// The first cue entry of a verb group's head that may introduce direct speech.
pub(super) fn speech_cue<'a>(scene: &Scene<'a>, group: &Chunk) -> Option<&'a Cue> {
    scene
        .cues(group.head, CuePos::Verb)
        .map(|(_, cue, _)| cue)
        .max_by_key(|c| c.frames.contains(Frames::QUOTE))
}

/// The first verb group of a stretch, before any colon, semicolon or further quotation.
pub(super) fn first_group<'a>(scene: &Scene<'a>, start: u32, ceiling: u32) -> Option<&'a Chunk> {
    let mut i = start;
    while i < ceiling {
        if matches!(scene.kind(i), TokenKind::Semicolon | TokenKind::Colon) || scene.quote_at(i).is_some() {
            return None;
        }
        if let Some(chunk) = scene.doc.chunk_at(i) {
            // a relative clause of the source has its own verb
            let relative = i > start && matches!(scene.tag(i - 1), Tag::Wp | Tag::Wdt);
            let participle = matches!(scene.tag(chunk.head), Tag::Vbg | Tag::Vbn);
            // "…,” Lee has said"
            let perfect = participle && chunk.is_finite() && !chunk.is_passive();
            if chunk.kind == ChunkKind::Verb && !relative && (perfect || !participle) {
                return Some(chunk);
            }
            i = chunk.tokens.end;
        } else {
            i += 1;
        }
    }
    None
}

/// The last verb group before `end`, no further than [`FARTHEST`] tokens back and past no quotation.
pub(super) fn last_group<'a>(scene: &Scene<'a>, floor: u32, end: u32) -> Option<&'a Chunk> {
    let mut i = end;
    while i > floor && end - i <= FARTHEST {
        i -= 1;
        if scene.quote_at(i).is_some() || matches!(scene.kind(i), TokenKind::Semicolon) {
            return None;
        }
        if let Some(chunk) = scene.doc.chunk_at(i) {
            i = chunk.tokens.start;
            if chunk.kind == ChunkKind::Verb {
                // "told the mayors who had come, “…”": a relative clause of the addressee has its own verb
                let relative = i > floor + 1
                    && scene.reads(i - 1, words!("who"))
                    && scene.tag(i - 2).is_noun()
                    && speech_cue(scene, chunk).is_none_or(|c| !c.frames.contains(Frames::QUOTE));
                if !relative {
                    return Some(chunk);
                }
            }
        }
    }
    None
}

/// The finite form of a verb of saying that a token may be, whatever its tag.
fn saying<'a>(scene: &Scene<'a>, t: u32) -> Option<Verb<'a>> {
    let (_, cue, _) = scene.cues(t, CuePos::Verb).find(|(_, cue, form)| {
        cue.frames.contains(Frames::QUOTE) && matches!(form.inflection, Inflection::Third | Inflection::Past)
    })?;
    Some(Verb { cue, tokens: t..t + 1, head: t })
}

/// Verb and source of a reporting clause that starts at `start`, by words alone: `said Devine`, `the page reads`, `the
/// mayor, Ana Lee, tweeted Sunday` where the tagger took the past tense for a participle.
pub(super) fn by_words<'a>(scene: &Scene<'a>, start: u32, ceiling: u32) -> Option<(Verb<'a>, Phrase)> {
    if let Some(verb) = saying(scene, start) {
        return Some((verb, name_after(scene, start + 1, ceiling)?));
    }
    let limit = ceiling.min(start + LONGEST_SUBJECT);
    for t in start + 1..limit {
        if scene.quote_at(t).is_some() || matches!(scene.kind(t), TokenKind::Semicolon | TokenKind::Colon) {
            return None;
        }
        let Some(verb) = saying(scene, t) else { continue };
        let alone = scene.doc.chunk_at(t).is_none_or(|c| c.tokens.end == t + 1);
        let goes_on = t + 1 < ceiling
            && !scene.is_break(t + 1)
            && !matches!(scene.tag(t + 1), Tag::In | Tag::To)
            && !scene.tag(t + 1).is_adverb()
            && !scene.noun_phrase_starting(t + 1, ceiling).is_some_and(|np| scene.is_time(np));
        if alone && !goes_on {
            return Some((verb, subject_by_words(scene, start..t)?));
        }
    }
    None
}

/// Verb and source of a clause that opens its sentence and ends at `end`, before a quotation, by words alone: `Said Lee,
/// “…”`, `Another tweeted, “…”`.
pub(super) fn before_by_words<'a>(scene: &Scene<'a>, start: u32, end: u32) -> Option<(Verb<'a>, Phrase)> {
    if end < start + 2 || end > start + LONGEST_SUBJECT {
        return None;
    }
    if let Some(verb) = saying(scene, start) {
        let source = name_after(scene, start + 1, end)?;
        return Some((verb, source));
    }
    let verb = saying(scene, end - 1)?;
    Some((verb, subject_by_words(scene, start..end - 1)?))
}

/// The phrase between a quotation and its verb of saying: nothing but the subject stands there, with its appositions.
pub(super) fn subject_by_words(scene: &Scene<'_>, tokens: Range<u32>) -> Option<Phrase> {
    let mut tokens = tokens;
    let parted = tokens.end > tokens.start && scene.kind(tokens.end - 1) == TokenKind::Comma;
    while tokens.end > tokens.start + 1
        && (scene.tag(tokens.end - 1).is_adverb() || scene.kind(tokens.end - 1) == TokenKind::Comma)
    {
        tokens.end -= 1;
    }
    // "But he added": what joins the clause to the one before is no part of who
    while tokens.len() > 1
        && (scene.tag(tokens.start) == Tag::Cc || scene.is(tokens.start, Classes::COORDINATOR))
    {
        tokens.start += 1;
    }
    let first = scene.noun_phrase(tokens.start).filter(|n| n.tokens.start == tokens.start);
    if tokens.is_empty()
        || first.is_none() && !scene.token(tokens.start).is_capital()
        || matches!(scene.tag(tokens.start), Tag::In | Tag::To | Tag::Wp | Tag::Wdt | Tag::WpPoss)
        // "Touring the port, Lee said": what opens the sentence is no part of who
        || matches!(scene.tag(tokens.start), Tag::Vbg | Tag::Vbn)
            && tokens.clone().any(|t| scene.kind(t) == TokenKind::Comma)
    {
        return None;
    }
    let mut relative = false;
    for t in tokens.clone() {
        relative |= matches!(scene.tag(t), Tag::Wp | Tag::Wdt | Tag::WpPoss);
        if scene.tag(t).is_finite() && !relative || scene.tag(t) == Tag::Wrb {
            return None;
        }
    }
    // "Reed, Lee said, “is kind”": no second comma closes an apposition
    let comma = |t: &u32| scene.kind(*t) == TokenKind::Comma;
    if let Some(last) = tokens.clone().rev().find(comma).filter(|_| !parted) {
        let who = scene.tag(last + 1) == Tag::Prp || scene.token(last + 1).is_capital();
        let joined = (last + 1..tokens.end).any(|t| scene.is(t, Classes::COORDINATOR));
        if who && !joined {
            return scene.noun_phrase_ending(tokens.end, last + 1);
        }
    }
    let head = match first {
        // the noun phrase took the verb in: its head is the word before
        Some(n) if n.tokens.contains(&tokens.end) => tokens.end - 1,
        // the tagger cut a name in two
        Some(n) if n.tokens.end < tokens.end && scene.token(n.tokens.end).is_capital() => n.tokens.end,
        Some(n) => n.head,
        None => tokens.clone().take_while(|&t| scene.token(t).is_wordlike()).last()?,
    };
    Some(scene.phrase(tokens, head))
}

/// The name right after an inverted verb of saying, as far as the next mark.
pub(super) fn name_after(scene: &Scene<'_>, start: u32, ceiling: u32) -> Option<Phrase> {
    let limit = ceiling.min(start + LONGEST_NAME + 1);
    let stop = (start..limit).find(|&t| !scene.token(t).is_wordlike()).unwrap_or(limit);
    let head = stop.checked_sub(1).filter(|&h| h >= start)?;
    let verbal = (start..stop).any(|t| scene.tag(t).is_finite());
    let fits = stop - start <= LONGEST_NAME && !verbal && scene.token(head).is_capital();
    fits.then_some(Phrase { tokens: start..stop, head, form: Form::Name })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::attribution::rank::Weights;
    use crate::{Lexicon, layout, quote, text};

    /// Text after a quotation; verb and source that its words tell, or "".
    #[test]
    fn clauses_are_read_by_their_words() {
        for (after, want) in [
            ("said Devine, waving.", "said: Devine"),
            ("said retired Capt. Bo Lind.", "said: retired Capt. Bo Lind"),
            ("one rider tweeted.", "tweeted: one rider"),
            ("the page reads.", "reads: the page"),
            ("the mayor, Ana Brandt, added.", "added: the mayor, Ana Brandt"),
            ("opened doors for the band.", ""),
            ("which the mayor wrote.", ""),
            ("he left the room.", ""),
        ] {
            let article = format!("“We will wait,” {after}");
            let lexicon = Lexicon::embedded();
            let layout = layout::blocks(&article, &lexicon);
            let document = text::read(&article, &layout, &lexicon);
            let quotes = quote::find(&document, &lexicon);
            let scene = Scene::new(&document, &quotes.list, &lexicon, Weights::embedded());
            let start = quotes.list[0].tokens.end;
            let got = by_words(&scene, start, scene.body(0).end).map_or(String::new(), |(verb, source)| {
                format!("{}: {}", document.word(verb.head), document.span(source.tokens).of(&article))
            });
            assert_eq!(got, want, "{article}");
        }
    }
}
