//! The extent of a cue: auxiliaries, negation and adverbs before its head, particles, manner and time after it.

use super::feature::Part;
use super::part::Bucket;
use super::scene::Scene;
use super::sign::Sign;
use super::word::words;
use crate::lexicon::Classes;
use crate::text::{Chunk, Flags, Tag, TokenKind};
use std::ops::Range;

/// Tokens after a cue's verb beyond which no further phrase is taken up.
const LONGEST_MANNER: u32 = 6;

/// What stands between a verb and its content.
pub(super) struct Manner {
    /// where the cue ends: before the first phrase that annotators leave out
    pub(super) cue: u32,
    /// where all of it ends
    pub(super) end: u32,
    /// "to reporters"
    pub(super) addressee: Option<Range<u32>>,
}

impl Scene<'_> {
    /// The first token of the cue of a verb group: adverbs that stand between subject and group belong to it.
    pub(super) fn cue_start(&self, group: &Chunk, floor: u32) -> u32 {
        self.signs.run_before(Sign::Adverbial, group.tokens.start, floor)
    }

    /// What tells how, where, when and to whom was spoken, from the end of the verb as far as the next comma or mark.
    pub(super) fn manner(&self, from: u32, ceiling: u32) -> Manner {
        let mut end = from;
        let mut cue = None;
        let mut addressee = None;
        // a cue is a few words: what goes on longer is the article telling more
        while end < ceiling && end - from < LONGEST_MANNER {
            let tag = self.tag(end);
            if tag.is_adverb() || tag == Tag::Rp {
                end += 1;
            } else if tag == Tag::In || tag == Tag::To {
                let Some(np) = self.noun_phrase_starting(end + 1, ceiling) else { break };
                // "said after the attacks." but not "said after the attacks had ended"
                let closes = np.end >= ceiling || self.is_break(np.end);
                if self.is_subordinator(end) && !closes && !self.is_time(np.clone()) {
                    break;
                }
                if tag == Tag::To && addressee.is_none() {
                    addressee = Some(np.clone());
                }
                if cue.is_none() && !self.weights.manner(&self.manner_features(end, np.clone(), ceiling)) {
                    cue = Some(end);
                }
                end = np.end;
            } else if let Some(np) = self.noun_phrase_starting(end, ceiling)
                && self.is_time(np.clone())
                // "said Monday is a holiday"
                && (np.end >= ceiling || !self.tag(np.end).is_finite())
            {
                end = np.end;
            } else if self.kind(end) == TokenKind::Comma
                && end > from
                && self.tag(end - 1).is_proper()
                && let Some(np) = self.noun_phrase_starting(end + 1, ceiling)
                && np.clone().all(|t| self.tag(t).is_proper())
                && (np.end == ceiling || !self.tag(np.end).is_finite())
                && (self.is(np.start, Classes::PLACE) || self.token(np.end - 1).flags.contains(Flags::STOP))
            {
                // "in Dorn, Ohio," before what was said
                end = np.end;
                if end < ceiling
                    && self.kind(end) == TokenKind::Comma
                    && end + 1 < ceiling
                    && self.reads(end + 1, words!("that"))
                {
                    end += 1;
                }
            } else {
                break;
            }
        }
        Manner { cue: cue.unwrap_or(end), end, addressee }
    }

    /// What tells whether the phrase of a preposition and a noun phrase belongs to the cue before it.
    pub(super) fn manner_features(
        &self,
        preposition: u32,
        np: Range<u32>,
        ceiling: u32,
    ) -> [[Part<'_>; 3]; 4] {
        const MANNER: Part<'_> = Part::new("manner");
        let word = self.word(preposition);
        let head = self.noun_phrase(np.start).map_or(np.end - 1, |n| n.head);
        let noun = if self.is_time(np.clone()) {
            const { Part::new("TIME") }
        } else if self.tag(head).is_proper() {
            const { Part::new("NAME") }
        } else {
            self.word(head)
        };
        let next = if np.end >= ceiling {
            const { Part::new("END") }
        } else if self.quote_at(np.end).is_some() && self.quote_at(np.end) != self.quote_at(preposition) {
            const { Part::new("QUOTE") }
        } else {
            self.tag(np.end).into()
        };
        [
            [MANNER, word, const { Part::new("") }],
            [MANNER, word, noun],
            [MANNER, const { Part::new("next") }, next],
            [MANNER, const { Part::new("length") }, Bucket(np.end - np.start).into()],
        ]
    }

    /// The phrases after a verb that may belong to its cue, one after the other, with their features: for the
    /// trainer.
    pub(super) fn manner_places(&self, from: u32, ceiling: u32) -> Vec<(u32, [[Part<'_>; 3]; 4])> {
        let mut places = Vec::new();
        let mut end = from;
        while end < ceiling && end - from < LONGEST_MANNER {
            let tag = self.tag(end);
            if tag.is_adverb() {
                end += 1;
                continue;
            }
            let Some(np) = self.noun_phrase_starting(end + 1, ceiling) else { break };
            if !matches!(tag, Tag::In | Tag::To) || self.is_subordinator(end) && !self.is_time(np.clone()) {
                break;
            }
            places.push((end, self.manner_features(end, np.clone(), ceiling)));
            end = np.end;
        }
        places
    }

    /// Whether the verb group is negated by itself or by its subject ("no one said").
    pub(super) fn is_negated(&self, tokens: Range<u32>) -> bool {
        self.signs.any(Sign::Negation, &tokens)
    }

    /// The token after any marks that may stand between a cue and direct speech: `said, "…`, `said: "…`.
    pub(super) fn past_marks(&self, from: u32, ceiling: u32) -> u32 {
        let mut i = from;
        // a single mark left over closes a quotation within the one that ended: ''…'''
        while i < ceiling
            && (matches!(self.kind(i), TokenKind::Comma | TokenKind::Colon | TokenKind::Dash)
                || self.kind(i) == TokenKind::SingleQuote && self.quote_at(i).is_none())
        {
            i += 1;
        }
        i
    }
}
