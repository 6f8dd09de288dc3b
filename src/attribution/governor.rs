//! Whose: the subject of a verb group of any form, its own or that of the verb that it depends on.
//!
//! A conjunct, participle or infinitive goes by the verb before it, one of saying by the one that spoke before. Asks
//! [`super::subject`] for the subjects that verbs have of their own.

use super::scene::{Phrase, Scene};
use super::word::words;
use crate::lexicon::{Classes, CuePos, Frames};
use crate::text::{Chunk, ChunkKind, Tag, Tags, TokenKind};
use crate::vocabulary::Form;
use std::ops::Range;

/// How far behind a participle the verb may stand whose subject it tells of, in tokens.
const FARTHEST: u32 = 16;

/// Past tenses and participles, which the tagger takes for one another.
const PAST: Tags = Tags::of(&[Tag::Vbd, Tag::Vbn]);

impl Scene<'_> {
    /// The subject of a verb group of any form: a finite verb's own; a conjunct's, a participle's or an infinitive's
    /// is the subject of the verb that it depends on.
    pub(super) fn subject_of(&self, group: &Chunk, floor: u32) -> Option<Phrase> {
        let from = self.cue_start(group, floor);
        if self.is_impersonal(group, floor) {
            return None;
        }
        let own = self.subject(from, floor);
        let first = self.tag(group.tokens.start);
        let dependent = matches!(first, Tag::Vbg | Tag::Vbn | Tag::To | Tag::Vb);
        if !dependent {
            return own
                .or_else(|| self.speaking_subject(group, from, floor))
                .or_else(|| self.governing_subject(from, floor));
        }
        // "emailed supporters saying": whom one writes to does not say it
        let addressed = |subject: &Phrase| {
            let verb = subject.tokens.start.checked_sub(1).filter(|&t| t > floor);
            verb.and_then(|t| self.verb_group(t)).is_some_and(|g| {
                self.cues(g.head, CuePos::Verb).any(|(_, cue, _)| cue.frames.contains(Frames::QUOTE))
            })
        };
        if first == Tag::Vbg
            && let Some(subject) = own.clone()
            && from > floor
            && self.noun_phrase_before(from, floor).is_some()
            && !self.is_time(subject.tokens.clone())
            && !(self.speaks(group) && addressed(&subject))
        {
            // "a report saying", "officials citing": the noun before; but "met reporters, saying" goes by the comma
            return Some(subject);
        }
        // "…, people close to Lee say": a plural's present at the end of a clause looks like an infinitive
        let end = group.tokens.end;
        if first == Tag::Vb
            && group.tokens.len() == 1
            && (end as usize) < self.doc.tokens.len()
            && self.is_break(end)
            && let Some(subject) = &own
            && (subject.tokens.start == floor || self.kind(subject.tokens.start - 1) == TokenKind::Comma)
        {
            return own;
        }
        let speaker = if first == Tag::Vbg { self.speaking_subject(group, from, floor) } else { None };
        match speaker.or_else(|| self.governing_subject(from, floor)) {
            Some(subject) => Some(subject),
            // a lone "participle" with a subject is a past tense that the tagger took for one
            None if first == Tag::Vbn && own.is_some() => own,
            // "A report, citing officials, said": the noun phrase before the aside
            None if first == Tag::Vbg
                && from > floor + 1
                && self.tag(from - 1) != Tag::In
                && self.noun_phrase_before(from - 1, floor).is_some() =>
            {
                self.noun_phrase_ending(from - 1, floor)
            }
            // "Citing the storm, Lee said": the subject of the first finite verb after the comma
            None => self.following_subject(group.tokens.end),
        }
    }

    /// "Lee said that the deal was dead, adding that …", "Lee said it was early but added, “…”": one speaks on after
    /// what one said before. The subject of the verb of saying before another.
    fn speaking_subject(&self, group: &Chunk, from: u32, floor: u32) -> Option<Phrase> {
        self.speaks(group).then(|| self.governor(from, floor, |g| self.speaks(g))).flatten()
    }

    /// Whether a verb group is one of saying.
    pub(super) fn speaks(&self, group: &Chunk) -> bool {
        self.cues(group.head, CuePos::Verb).any(|(_, cue, _)| cue.is_of_saying())
    }

    /// "It is worth noting that …": nobody's gerund after "it is" and an adjective.
    fn is_impersonal(&self, group: &Chunk, floor: u32) -> bool {
        let from = group.tokens.start;
        if !((self.tag(from) == Tag::Vbg) & (from >= floor + 3) & self.tag(from.max(1) - 1).is_adjective()) {
            return false;
        }
        let be = (floor + 1..from - 1).rev().take(3).find(|&t| !self.tag(t).is_adverb());
        be.is_some_and(|be| {
            self.is(be, Classes::BE)
                && self
                    .verb_group(be)
                    .is_some_and(|g| g.tokens.start > floor && self.reads(g.tokens.start - 1, words!("it")))
        })
    }

    /// Whether a verb group is a lone past participle that passes for a passive: not the only verb of its sentence,
    /// for then it is a past tense that the tagger took for a participle.
    pub(super) fn is_reduced_passive(&self, group: &Chunk, bounds: &Range<u32>) -> bool {
        if self.tag(group.head) != Tag::Vbn || group.tokens.len() != 1 {
            return false;
        }
        let next_by = group.tokens.end < bounds.end && self.reads(group.tokens.end, words!("by"));
        let s = self.doc.sentence_of(group.head).index();
        let others = self.doc.chunks_in(s).iter().any(|c| {
            c.kind == ChunkKind::Verb
                && c.is_finite()
                && bounds.contains(&c.head)
                && self.quote_at(c.head) == self.quote_at(group.head)
        });
        next_by || others
    }

    /// "A man suspected of theft fled", "the firm ordered to pay said no": whether a lone participle, whatever its tag, tells
    /// of the noun before it, since another verb follows that has no subject of its own.
    pub(super) fn is_reduced_relative(&self, group: &Chunk, ceiling: u32) -> bool {
        let (start, end) = (group.tokens.start, group.tokens.end);
        if start == 0 || end + 2 >= ceiling {
            return false;
        }
        // that all of it holds is seldom, that one of it does as good as random
        let past = (end - start == 1) & PAST.has(self.tag(start)) & self.tag(start - 1).is_noun();
        let infinitive = (self.tag(end) == Tag::To) & (self.tag(end + 1) == Tag::Vb);
        let phrase = self.reads(end, words!("of" | "for" | "with" | "about"));
        if !(past & (infinitive | phrase)) {
            return false;
        }
        let frames =
            self.cues(group.head, CuePos::Verb).fold(Frames::empty(), |all, (_, cue, _)| all | cue.frames);
        let told = frames.contains(Frames::ADDRESSEE);
        // who responds with something, or says something about it, may say a clause
        let what_for = phrase && (told || !frames.contains(Frames::QUOTE));
        if !what_for && !(told && infinitive) {
            return false;
        }
        let behind = end + 1..ceiling.min(end + FARTHEST);
        self.verb_behind_phrases(behind, self.quote_at(start), true).is_some()
    }

    fn direct_subject(&self, group: &Chunk, floor: u32) -> Option<Phrase> {
        let from = self.cue_start(group, floor);
        self.subject(from, floor).or_else(|| {
            // "“…,” said Lee, adding": the subject of an inverted verb stands after it
            let after_quote = from > floor
                && (self.quote_at(from - 1).is_some() || self.kind(from - 1) == TokenKind::Comma);
            let end = self.doc.sentences[self.doc.sentence_of(group.head).index()].tokens.end;
            after_quote.then(|| self.subject_after(group.tokens.end, end)).flatten()
        })
    }

    /// The subject of the nearest finite verb group before `from` that has one of its own and stands outside quotations and
    /// relative clauses that a comma closed.
    fn governing_subject(&self, from: u32, floor: u32) -> Option<Phrase> {
        self.governor(from, floor, |_| true)
    }

    /// The same among the verb groups that fit.
    fn governor(&self, from: u32, floor: u32, fits: impl Fn(&Chunk) -> bool) -> Option<Phrase> {
        let mut i = from;
        let mut tries = 0;
        // "the union sued after the city had cut the grant, saying": a participle behind a comma goes on with the main
        // clause
        let set_off = from > floor && self.tag(from) == Tag::Vbg && self.kind(from - 1) == TokenKind::Comma;
        let mut subordinate = None;
        while i > floor && tries < 4 {
            i -= 1;
            if self.kind(i) == TokenKind::Semicolon
                || self.quote_at(i) != self.quote_at(from) && self.quote_at(i).is_none()
            {
                return None;
            }
            // what stands inside a quotation governs nothing outside
            if let Some(q) = self.quote_at(i).filter(|_| self.quote_at(i) != self.quote_at(from)) {
                i = self.quotes[q].tokens.start.max(floor);
                continue;
            }
            let Some(chunk) = self.doc.chunk_at(i) else { continue };
            i = chunk.tokens.start;
            if chunk.kind != ChunkKind::Verb
                || !chunk.is_finite() && !self.is(chunk.tokens.start, Classes::BE)
                || !fits(chunk)
            {
                continue;
            }
            tries += 1;
            // "Lee, who left in May and said": no comma closed the clause
            let joined = || {
                from > floor
                    && self.is(from - 1, Classes::COORDINATOR)
                    && self.tag(chunk.head) == self.tag(from)
                    && !(chunk.tokens.end..from).any(|t| self.kind(t) == TokenKind::Comma)
            };
            if let Some(subject) = self.direct_subject(chunk, floor)
                && (subject.form != Form::Relative || joined())
            {
                let opener = subject.tokens.start.checked_sub(1).filter(|&t| set_off && t > floor);
                if opener.is_some_and(|t| {
                    self.tag(t) == Tag::In && self.is_subordinator(t) && !self.reads(t, words!("that"))
                }) {
                    subordinate = subordinate.or(Some(subject));
                    continue;
                }
                return Some(subject);
            }
        }
        subordinate
    }

    fn following_subject(&self, from: u32) -> Option<Phrase> {
        let ceiling = self.doc.sentences[self.doc.sentence_of(from.saturating_sub(1)).index()].tokens.end;
        let own = self.quote_at(from.saturating_sub(1));
        let comma = (from..ceiling).find(|&i| self.kind(i) == TokenKind::Comma)?;
        let mut i = comma + 1;
        while i < ceiling {
            // "Opening by saying, “We …”": who speaks within what is said is not who says it
            if let Some(q) = self.quote_at(i).filter(|_| self.quote_at(i) != own) {
                if self.quotes[q].tokens.start > comma {
                    return None;
                }
                i = self.quotes[q].tokens.end;
            } else if let Some(chunk) = self.doc.chunk_at(i) {
                if chunk.kind == ChunkKind::Verb {
                    return self.subject(self.cue_start(chunk, comma + 1), comma + 1);
                }
                i = chunk.tokens.end;
            } else {
                i += 1;
            }
        }
        None
    }
}
