//! Tags → chunks: base noun phrases and verb groups, in one pass over each tagged sentence.
//!
//! A noun phrase runs from its first determiner to its head noun, genitives before the head included ("the
//! president's chief spokesman"); what follows the head (of-phrases, appositions, relative clauses) and what "and"
//! joins are phrases of their own. A verb group runs from its first auxiliary, with adverbs and negation inside, to
//! its main verb and that verb's particles. An infinitive with "to" is a group of its own ("wants | to leave") unless
//! the verb before it is an auxiliary or as good as one ("is going to leave", "has been trying to leave": the lexicon's
//! class `semi-auxiliary`). Tokens in no chunk are prepositions, conjunctions, marks, and adjectives and adverbs that
//! stand alone.
//!
//! ```
//! use onrecord::text::chunk::ChunkKind;
//! use onrecord::{Lexicon, layout, text};
//!
//! let lexicon = Lexicon::embedded();
//! let article = "The mayor's two aides have not been told “anything”.";
//! let layout = layout::blocks(article, &lexicon);
//! let document = text::read(article, &layout, &lexicon);
//! let [aides, told, ..] = &document.chunks[..] else { panic!() };
//! assert_eq!(document.span(aides.tokens.clone()).of(article), "The mayor's two aides");
//! assert_eq!((aides.kind, document.word(aides.head)), (ChunkKind::Noun, "aides"));
//! assert_eq!(document.span(told.tokens.clone()).of(article), "have not been told");
//! assert_eq!((document.word(told.first), document.word(told.head)), ("have", "told"));
//! assert!(told.is_finite() && told.is_passive() && told.is_negated());
//! ```
//!
//! Owns [`Chunk`] and the walk over a sentence; where a verb group ends is told by [`verb`], where a noun phrase ends by
//! [`noun`]. Takes tokens with their tags; writes [`Document::chunks`] and [`Sentence::chunks`](super::Sentence::chunks). Leaves
//! clauses and who is the subject of what to the rooms that ask.

mod noun;
mod shape;
mod verb;

use super::tag::{GOVERNING, Tags};
use super::{Document, NO_CHUNK, Tag, Token};
use crate::lexicon::Classes;
use bitflags::bitflags;
use shape::Shapes;
use std::ops::Range;

/// What a chunk is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChunkKind {
    /// a base noun phrase; a pronoun or a number that stands alone is one, too
    Noun,
    /// a verb group
    Verb,
}

bitflags! {
    /// What a verb group is in its clause.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct VerbForm: u16 {
        /// its first verb agrees with a subject or is a modal: "says", "has said", "would say"
        const FINITE = 1;
        /// "to" with a verb: "to say", "to have said"
        const INFINITIVE = 1 << 1;
        /// a bare verb: an imperative, or what follows "let them" or "does he"
        const BARE = 1 << 2;
        /// begins with an -ing form: "saying", "having said"
        const GERUND = 1 << 3;
        /// begins with a past participle: "quoted", "accused"
        const PARTICIPLE = 1 << 4;
        /// be or get with a past participle
        const PASSIVE = 1 << 5;
        /// have with a past participle
        const PERFECT = 1 << 6;
        /// be with an -ing form
        const PROGRESSIVE = 1 << 7;
        /// holds a modal
        const MODAL = 1 << 8;
        /// holds a negation
        const NEGATED = 1 << 9;
    }
}

/// A base noun phrase or a verb group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chunk {
    /// All its tokens.
    pub tokens: Range<u32>,
    /// Its head: the last noun (or the pronoun, number, determiner that stands for one), or the main verb.
    pub head: u32,
    /// A verb group's first verb, modal or "to"; a noun phrase's first token.
    pub first: u32,
    /// What it is.
    pub kind: ChunkKind,
    /// What a verb group is; empty for noun phrases.
    pub form: VerbForm,
}

impl Chunk {
    /// Whether it is a noun phrase.
    #[inline]
    pub fn is_noun(&self) -> bool {
        self.kind == ChunkKind::Noun
    }

    /// Whether it is a verb group.
    #[inline]
    pub fn is_verb(&self) -> bool {
        self.kind == ChunkKind::Verb
    }

    /// Whether it is a verb group that agrees with a subject.
    #[inline]
    pub fn is_finite(&self) -> bool {
        self.form.contains(VerbForm::FINITE)
    }

    /// Whether it is a verb group in the passive.
    #[inline]
    pub fn is_passive(&self) -> bool {
        self.form.contains(VerbForm::PASSIVE)
    }

    /// Whether it is a verb group with a negation.
    #[inline]
    pub fn is_negated(&self) -> bool {
        self.form.contains(VerbForm::NEGATED)
    }
}

/// Finds the chunks of the tagged sentences.
pub(super) fn chunk(document: &mut Document<'_>) {
    let Document { tokens, sentences, chunks, token_chunks, .. } = document;
    // a chunk has two tokens or more, with what stands in none
    let room = tokens.len() / 2;
    let mut shapes = Shapes::default();
    for sentence in sentences {
        let from = chunks.len() as u32;
        if sentence.tagged {
            if token_chunks.is_empty() {
                token_chunks.resize(tokens.len() + ROW, NO_CHUNK);
                chunks.reserve(room);
            }
            shapes.look(&tokens[sentence.tokens.start as usize..sentence.tokens.end as usize]);
            let first = sentence.tokens.start as usize;
            let reader = Reader { tokens: &tokens[..sentence.tokens.end as usize], first, shapes: &shapes };
            let mut at = first;
            while let Some(start) = reader.next_start(at) {
                // every attempt looks ahead over adverbs and premodifiers at most, which no later one reads again
                let Some(found) = reader.begins(start) else {
                    at = start + 1;
                    continue;
                };
                at = found.tokens.end as usize;
                fill(token_chunks, start, at, chunks.len() as u32);
                chunks.push(found);
            }
        }
        sentence.chunks = from..chunks.len() as u32;
    }
    token_chunks.truncate(tokens.len());
    chunks.shrink_to_fit();
}

/// So many tokens are told at once which chunk holds them.
const ROW: usize = 4;

/// Tells the tokens from a place to another which chunk holds them, and those behind that none does. Nearly all chunks are
/// shorter than a row, so that their lengths need not be foretold.
#[inline]
fn fill(token_chunks: &mut [u32], start: usize, end: usize, chunk: u32) {
    if let Some(row) = token_chunks.get_mut(start..).and_then(<[u32]>::first_chunk_mut::<ROW>) {
        *row = [chunk; ROW];
    }
    if end > start + ROW {
        token_chunks[start + ROW..end].fill(chunk);
    }
    if let Some(row) = token_chunks.get_mut(end..).and_then(<[u32]>::first_chunk_mut::<ROW>) {
        *row = [NO_CHUNK; ROW];
    }
}

/// What stands for a noun phrase by itself.
const ALONE: Tags = Tags::of(&[Tag::Prp, Tag::Ex, Tag::Wp, Tag::Wdt]);

/// A tagged sentence.
struct Reader<'a> {
    /// the tokens up to its end
    tokens: &'a [Token],
    /// its first token
    first: usize,
    shapes: &'a Shapes,
}

impl Reader<'_> {
    /// The first place from `at` on where a chunk may begin.
    #[inline]
    fn next_start(&self, mut at: usize) -> Option<usize> {
        while at < self.tokens.len() {
            let starts = self.shapes.window(at - self.first).starts();
            if starts != 0 {
                return Some(at + starts.trailing_zeros() as usize / 8);
            }
            at += shape::WINDOW;
        }
        None
    }

    /// The chunk that begins at a token: its tag tells what can.
    #[inline]
    fn begins(&self, at: usize) -> Option<Chunk> {
        let tag = self.tag(at);
        if ALONE.has(tag) {
            Some(noun::phrase(at, at + 1, at))
        } else if GOVERNING.has(tag) {
            self.verb_group(at)
        } else if tag.is_adverb() {
            self.verb_group(at).or_else(|| self.noun_phrase(at))
        } else {
            self.noun_phrase(at)
        }
    }

    /// The tag at a place; [`Tag::None`] beyond the sentence.
    #[inline]
    fn tag(&self, at: usize) -> Tag {
        self.tokens.get(at).map_or(Tag::None, |t| t.tag)
    }

    /// Whether the token at a place has any of the classes.
    #[inline]
    fn is(&self, at: usize, classes: Classes) -> bool {
        self.tokens.get(at).is_some_and(|t| t.is(classes))
    }

    /// The first token from a place that is no adverb; a long row of adverbs is given up.
    #[inline]
    fn past_adverbs(&self, from: usize) -> usize {
        let mut at = from;
        while self.tag(at).is_adverb() && at < from + LOOK_AHEAD {
            at += 1;
        }
        at
    }
}

/// How many tokens are looked at beyond the one in hand: premodifiers and adverbs hardly come in longer rows.
const LOOK_AHEAD: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Lexicon;
    use crate::{layout, text};

    /// Noun phrases in brackets with their head after a slash, verb groups in braces with head and form.
    fn shown(article: &str) -> String {
        let lexicon = Lexicon::embedded();
        let layout = layout::blocks(article, &lexicon);
        let document = text::read(article, &layout, &lexicon);
        let show = |chunk: &Chunk| {
            let all = document.span(chunk.tokens.clone()).of(article);
            let head = document.word(chunk.head);
            match chunk.kind {
                ChunkKind::Noun => format!("[{all}/{head}]"),
                ChunkKind::Verb => {
                    let form: Vec<_> = chunk.form.iter_names().map(|(n, _)| n.to_lowercase()).collect();
                    format!("{{{all}/{head} {}}}", form.join(" "))
                }
            }
        };
        document.chunks.iter().map(show).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn noun_phrases() {
        for (article, want) in [
            (
                "These growing doubts and those saying things got 2 answers.",
                "[These growing doubts/doubts] [those/those] {saying/saying gerund} [things/things] {got/got finite} [2 answers/answers]",
            ),
            (
                "“Yes,” the governor's longtime chief spokesman said.",
                "[the governor's longtime chief spokesman/spokesman] {said/said finite}",
            ),
            (
                "“No,” said Vera Lindqvist, a small, quiet woman of 45.",
                "{said/said finite} [Vera Lindqvist/Lindqvist] [a small, quiet woman/woman] [45/45]",
            ),
            (
                "He gave more than 20 old books and at least $500 to the poor.",
                "[He/He] {gave/gave finite} [more than 20 old books/books] [at least $500/500] [the poor/poor]",
            ),
            (
                "Officials of all the ministries met with Ann and Bob on Monday, “all” said.",
                "[Officials/Officials] [all the ministries/ministries] {met/met finite} [Ann/Ann] [Bob/Bob] [Monday/Monday] [all/all] {said/said finite}",
            ),
            (
                "The growing number of 12 injured people has alarmed my sisters' doctors.",
                "[The growing number/number] [12 injured people/people] {has alarmed/alarmed finite perfect} [my sisters' doctors/doctors]",
            ),
        ] {
            assert_eq!(shown(article), want, "{article}");
        }
    }

    #[test]
    fn verb_groups() {
        for (article, want) in [
            (
                "“It” has never been said.",
                "[It/It] {has never been said/said finite passive perfect negated}",
            ),
            (
                "She has been trying to explain the “plan”.",
                "[She/She] {has been trying to explain/explain finite perfect progressive} [the/the] [plan/plan]",
            ),
            (
                "They wanted to leave 2 towns, citing costs.",
                "[They/They] {wanted/wanted finite} {to leave/leave infinitive} [2 towns/towns] {citing/citing gerund} [costs/costs]",
            ),
            ("He didn't say 3 words.", "[He/He] {didn't say/say finite negated} [3 words/words]"),
            (
                "The 2 men, accused of theft, could not be reached.",
                "[The 2 men/men] {accused/accused participle} [theft/theft] {could not be reached/reached finite passive modal negated}",
            ),
            (
                "She later pointed out 4 errors and is going to be asked.",
                "[She/She] {later pointed out/pointed finite} [4 errors/errors] {is going to be asked/asked finite passive progressive}",
            ),
        ] {
            assert_eq!(shown(article), want, "{article}");
        }
    }

    #[test]
    fn a_long_row_of_adverbs_ends() {
        let article = format!("2 men {}said.", "not ".repeat(5000));
        assert!(shown(&article).starts_with("[2 men/men]"));
    }

    #[test]
    fn finds_the_chunk_at_a_token() {
        let article = "The old man said “no” of 2.";
        let lexicon = Lexicon::embedded();
        let layout = layout::blocks(article, &lexicon);
        let document = text::read(article, &layout, &lexicon);
        for (token, want) in [(0, Some(2)), (2, Some(2)), (3, Some(3)), (4, None), (7, None), (99, None)] {
            assert_eq!(document.chunk_at(token).map(|c| c.head), want, "{token}");
        }
    }
}
