//! Names of one word → the entity that each is short for: a surname, a first name, a body's last word, initials.
//!
//! Takes the names of several words as [`super::cluster`] has gathered them, of which this is a part.

use super::cluster::Clusters;
use super::entity::{Entity, EntityId};
use super::name::Name;
use crate::lexicon::Classes;
use crate::text::Flags;
use crate::vocabulary::SourceKind;

/// How far back, in tokens, a full name still makes its bearer the one whom the surname alone means.
const NEAR: u32 = 80;

/// How far back the full name of a body may stand that "the Council" takes up.
const TAKEN_UP: u32 = 400;

/// How many entities are held against the initials that label a turn: who speaks is named early on.
const SPEAKERS: usize = 512;

impl Clusters<'_, '_> {
    /// A name of one word.
    pub(super) fn short(&mut self, n: usize) {
        let names = self.names;
        let name = &names[n];
        let at = name.tokens.start;
        let word = self.key(at);
        let mut best: Option<(i64, EntityId)> = None;
        let mut any = false;
        for e in self.namesakes(word) {
            any = true;
            if let Some(score) = self.short_for(name, word, e)
                // the first of those who fit alike
                && best.is_none_or(|(s, _)| score >= s)
            {
                best = Some((score, e));
            }
        }
        if !any && let Some(e) = self.speaker_by_initials(at) {
            best = self.short_for(name, word, e).map(|score| (score, e));
        }
        match best {
            Some((_, e)) => {
                self.join(n, e, word, word);
                self.entities[e].short += 1;
            }
            None if name.doubtful => {}
            None => {
                let e = self.add(n, word, word);
                self.index(word, e);
            }
        }
    }

    /// "AB: …" in an interview with Ana Brandt: the one person who has the initials that label a turn.
    fn speaker_by_initials(&self, at: u32) -> Option<EntityId> {
        let token = &self.document.tokens[at as usize];
        if !token.flags.contains(Flags::CAPITALS) {
            return None;
        }
        let sentence = &self.document.sentences[self.document.sentence_of(at).index()];
        if !self.document.blocks[sentence.block.index()].label.contains(token.span) {
            return None;
        }
        let mut bearers =
            (0..self.entities.len().min(SPEAKERS)).filter(|&e| self.bears(&self.entities[e], at));
        bearers.next().filter(|_| bearers.next().is_none())
    }

    /// Whether a word is a person's initials.
    fn bears(&self, entity: &Entity, initials: u32) -> bool {
        entity.is_person() && self.initials(&entity.tokens).eq(self.word(initials).chars())
    }

    /// How well a name of one word stands for an entity; none if it cannot.
    fn short_for(&self, name: &Name, word: u64, e: EntityId) -> Option<i64> {
        let (entity, named) = (&self.entities[e], &self.room.named[e]);
        let at = name.tokens.start;
        let token = &self.document.tokens[at as usize];
        let tokens = entity.tokens.clone();
        let labelled = || token.flags.contains(Flags::CAPITALS) && tokens.len() > 1 && self.bears(entity, at);
        let surname = word == named.last_word || labelled();
        let first = !surname && tokens.len() > 1 && word == named.first_word && self.same(at, tokens.start);
        if matches!((name.title_gender, entity.gender), (Some(x), Some(y)) if x != y) {
            return None;
        }
        if name.doubtful && !(surname && entity.is_person() && tokens.len() > 1) {
            return None;
        }
        if name.titled && !surname {
            return None;
        }
        if tokens.len() > 1 {
            match entity.kind {
                // a place's name within a body's name does not stand for the body
                SourceKind::Organisation if first || surname => {
                    let outlet = token.is(Classes::OUTLET);
                    let common = token.word.is_known() && !outlet;
                    // "the Committee", spoken of a moment before by its full name
                    let before = at
                        .checked_sub(1)
                        .is_some_and(|b| self.document.tokens[b as usize].is(Classes::DEFINITE));
                    // "the House" is not the White House, which has a name of its own
                    let taken_up = common
                        && before
                        && !entity.listed
                        && surname
                        && token.is(Classes::ORGANISATION | Classes::PUBLISHER)
                        && named.last < at
                        && at - named.last < TAKEN_UP;
                    if taken_up {
                        return Some(500 - i64::from(at - named.last));
                    }
                    if common || name.kind == SourceKind::Person || surname && !outlet && tokens.len() > 3 {
                        return None;
                    }
                }
                SourceKind::Place if first || surname => return None,
                SourceKind::Person
                    if first
                        && (name.kind == SourceKind::Place || name.modifier && token.is(Classes::PLACE)) =>
                {
                    return None;
                }
                SourceKind::Person if token.is(Classes::PLACE) && !name.titled && !surname => return None,
                _ => {}
            }
        }
        let before = named.last <= at;
        let gap = i64::from(at.abs_diff(named.last));
        let full_near = named.first <= at && at - named.first < NEAR;
        let mut score = if before { 1_000 } else { 0 };
        score += 40 * i64::from(entity.short.min(8));
        score -= gap.min(900) / 2;
        score += if surname { 200 } else { 0 };
        score += if full_near && before { 60 } else { 0 };
        Some(score)
    }
}
