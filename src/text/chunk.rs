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
//! let document = text::read(article, &layout::blocks(article, &lexicon), &lexicon);
//! let [aides, told, ..] = &document.chunks[..] else { panic!() };
//! assert_eq!(document.span(aides.tokens.clone()).of(article), "The mayor's two aides");
//! assert_eq!((aides.kind, document.word(aides.head)), (ChunkKind::Noun, "aides"));
//! assert_eq!(document.span(told.tokens.clone()).of(article), "have not been told");
//! assert_eq!((document.word(told.first), document.word(told.head)), ("have", "told"));
//! assert!(told.is_finite() && told.is_passive() && told.is_negated());
//! ```
//!
//! Takes tokens with their tags; writes [`Document::chunks`] and [`Sentence::chunks`](super::Sentence::chunks). Leaves
//! clauses and who is the subject of what to the rooms that ask.

use super::{Document, NO_CHUNK, Tag, Token, TokenKind};
use crate::lexicon::Classes;
use bitflags::bitflags;
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
    pub fn is_noun(&self) -> bool {
        self.kind == ChunkKind::Noun
    }

    /// Whether it is a verb group.
    pub fn is_verb(&self) -> bool {
        self.kind == ChunkKind::Verb
    }

    /// Whether it is a verb group that agrees with a subject.
    pub fn is_finite(&self) -> bool {
        self.form.contains(VerbForm::FINITE)
    }

    /// Whether it is a verb group in the passive.
    pub fn is_passive(&self) -> bool {
        self.form.contains(VerbForm::PASSIVE)
    }

    /// Whether it is a verb group with a negation.
    pub fn is_negated(&self) -> bool {
        self.form.contains(VerbForm::NEGATED)
    }
}

/// Finds the chunks of the tagged sentences.
pub(super) fn chunk(document: &mut Document<'_>) {
    let Document { tokens, sentences, chunks, token_chunks, .. } = document;
    token_chunks.resize(tokens.len(), NO_CHUNK);
    for sentence in sentences {
        let from = chunks.len() as u32;
        if sentence.tagged {
            let reader = Reader { tokens, end: sentence.tokens.end as usize };
            let mut at = sentence.tokens.start as usize;
            while at < reader.end {
                // every attempt looks ahead over adverbs and premodifiers at most, which no later one reads again
                match reader.verb_group(at).or_else(|| reader.noun_phrase(at)) {
                    Some(found) => {
                        let range = at..found.tokens.end as usize;
                        at = range.end;
                        token_chunks[range].fill(chunks.len() as u32);
                        chunks.push(found);
                    }
                    None => at += 1,
                }
            }
        }
        sentence.chunks = from..chunks.len() as u32;
    }
}

struct Reader<'a> {
    tokens: &'a [Token],
    end: usize,
}

impl Reader<'_> {
    fn tag(&self, i: usize) -> Tag {
        if i < self.end { self.tokens[i].tag } else { Tag::None }
    }

    fn is(&self, i: usize, classes: Classes) -> bool {
        i < self.end && self.tokens[i].is(classes)
    }

    /// The first token from `i` that is no adverb; a long row of adverbs is given up.
    fn past_adverbs(&self, from: usize) -> usize {
        let mut i = from;
        while self.tag(i).is_adverb() && i < from + LOOK_AHEAD {
            i += 1;
        }
        i
    }

    /// The verb group that begins here, with the adverbs before its first verb.
    fn verb_group(&self, start: usize) -> Option<Chunk> {
        let first = self.past_adverbs(start);
        let mut form = VerbForm::empty();
        let mut head = first;
        match self.tag(first) {
            Tag::Md => form |= VerbForm::FINITE | VerbForm::MODAL,
            Tag::Vbd | Tag::Vbp | Tag::Vbz => form |= VerbForm::FINITE,
            Tag::Vb => form |= VerbForm::BARE,
            Tag::Vbg => form |= VerbForm::GERUND,
            Tag::Vbn => form |= VerbForm::PARTICIPLE,
            Tag::To => {
                head = self.past_adverbs(first + 1);
                if self.tag(head) != Tag::Vb {
                    return None;
                }
                form |= VerbForm::INFINITIVE;
            }
            _ => return None,
        }
        let mut end = head + 1;
        while let Some((next, more)) = self.next_verb(head, form) {
            // only the last pair tells voice: "has been said" is passive, "was being asked" is not progressive alone
            form |= more;
            head = next;
            end = next + 1;
        }
        while self.tag(end) == Tag::Rp {
            end += 1;
        }
        // a negation after an auxiliary that stands alone: "did not", "is n't"
        if self.is(head, Classes::AUXILIARY) {
            while self.is(end, Classes::NEGATION) && self.tag(end).is_adverb() {
                end += 1;
            }
        }
        if (start..end).any(|i| self.is(i, Classes::NEGATION) && self.tag(i).is_adverb()) {
            form |= VerbForm::NEGATED;
        }
        Some(Chunk {
            tokens: start as u32..end as u32,
            head: head as u32,
            first: first as u32,
            kind: ChunkKind::Verb,
            form,
        })
    }

    /// The verb that this verb is an auxiliary of, and what the two are together.
    fn next_verb(&self, verb: usize, form: VerbForm) -> Option<(usize, VerbForm)> {
        let mut next = self.past_adverbs(verb + 1);
        // "have all said", "were both told"
        if self.is(next, Classes::FLOATING)
            && self.is(verb, Classes::AUXILIARY)
            && self.tag(next + 1).is_verb()
        {
            next = self.past_adverbs(next + 1);
        }
        let next = next;
        let participle = matches!(self.tag(next), Tag::Vbn | Tag::Vbd);
        if self.tag(verb) == Tag::Md {
            // 'd: "he'd gone" beside "he'd go"
            if self.is(verb, Classes::HAVE) && self.tag(next) == Tag::Vbn {
                return Some((next, VerbForm::PERFECT));
            }
            return matches!(self.tag(next), Tag::Vb | Tag::Vbp).then_some((next, VerbForm::empty()));
        }
        if self.tag(next) == Tag::To {
            let main = self.past_adverbs(next + 1);
            let passive = form.contains(VerbForm::PASSIVE);
            let joins = self.is(verb, Classes::SEMI_AUXILIARY) && !passive
                || self.is(verb, Classes::HAVE.union(Classes::BE));
            return (self.tag(main) == Tag::Vb && joins).then_some((main, VerbForm::empty()));
        }
        let is = |classes| self.is(verb, classes);
        if is(Classes::BE) && is(Classes::HAVE) && participle {
            // 's: "it's been", but "it's said"
            let perfect = self.is(next, Classes::BE);
            return Some((next, if perfect { VerbForm::PERFECT } else { VerbForm::PASSIVE }));
        }
        if is(Classes::BE) && participle || is(Classes::GET) && self.tag(next) == Tag::Vbn {
            return Some((next, VerbForm::PASSIVE));
        }
        if is(Classes::BE) && self.tag(next) == Tag::Vbg {
            return Some((next, VerbForm::PROGRESSIVE));
        }
        if is(Classes::HAVE) && participle {
            return Some((next, VerbForm::PERFECT));
        }
        (is(Classes::DO) && matches!(self.tag(next), Tag::Vb | Tag::Vbp)).then_some((next, VerbForm::empty()))
    }

    /// The base noun phrase that begins here.
    fn noun_phrase(&self, start: usize) -> Option<Chunk> {
        if matches!(self.tag(start), Tag::Prp | Tag::Ex | Tag::Wp | Tag::Wdt) {
            return Some(noun(start, start + 1, start));
        }
        let (mut head, mut end) = self.segment(start, true)?;
        // a genitive goes on to what it owns, if that follows
        while self.tag(end) == Tag::Pos && self.tag(head).is_noun() {
            end += 1;
            let Some((owned, after)) = self.segment(end, false) else { break };
            (head, end) = (owned, after);
        }
        Some(noun(start, end, head))
    }

    /// A stretch of determiner, premodifiers and nouns, its determiner only where it opens the phrase: its head and
    /// where it ends.
    fn segment(&self, start: usize, opens: bool) -> Option<(usize, usize)> {
        let mut at = start;
        // the head of a phrase without a noun: "20", "this", "the poor"
        let mut standing = None;
        let mut noun = None;
        while at < self.end {
            let tag = self.tag(at);
            if tag.is_noun() {
                if noun.is_some() && self.is(at, Classes::WEEKDAY.union(Classes::ADVERB)) {
                    // "the minister | Monday"
                    break;
                }
                noun = Some(at);
            } else if noun.is_some() {
                if !self.goes_on(at) {
                    break;
                }
            } else if !self.premodifies(at, start, opens) {
                break;
            } else if matches!(tag, Tag::Cd | Tag::Dt | Tag::Pdt) || tag.is_adjective() && at > start {
                standing = Some(at);
            }
            at += 1;
        }
        match (noun, standing) {
            (Some(head), _) => Some((head, at)),
            (None, head) => head.map(|head| (head, head + 1)),
        }
    }

    /// Whether a token that is no noun may stand after a noun of the phrase.
    fn goes_on(&self, at: usize) -> bool {
        let named = self.tag(at - 1).is_proper();
        match self.tag(at) {
            // "Flight 12", "Aug. 3"
            Tag::Cd => named,
            // "Smith & Sons"
            Tag::Cc => named && self.tokens[at].kind == TokenKind::Symbol && self.tag(at + 1).is_proper(),
            // "State Department top officials"
            tag => tag.is_adjective() && named && self.leads_to_noun(at),
        }
    }

    /// Whether a token that is no noun may stand before the first noun of the phrase.
    fn premodifies(&self, at: usize, start: usize, opens: bool) -> bool {
        let first = at == start && opens;
        let counts = |i| matches!(self.tag(i), Tag::Cd | Tag::Dollar | Tag::Hash);
        match self.tag(at) {
            // "all the", but no determiner after any other word of the phrase
            Tag::Dt | Tag::Pdt | Tag::PrpPoss | Tag::WpPoss => {
                first || at > start && matches!(self.tag(at - 1), Tag::Pdt | Tag::Dt)
            }
            Tag::Cd => true,
            Tag::Dollar | Tag::Hash => counts(at + 1),
            // "at least 20", and "than" in "more than 20"
            Tag::In if at > start => self.tag(at - 1).is_comparative() && counts(at + 1),
            Tag::In => matches!(self.tag(at + 1), Tag::Jjs | Tag::Rbs) && counts(at + 2),
            tag if tag.is_comparative() && self.tag(at + 1) == Tag::In && counts(at + 2) => true,
            // an adjective alone is a phrase only after a determiner: "the poor"
            tag if tag.is_adjective() => {
                at > start && self.is_determiner(at - 1) || counts(at + 1) || self.leads_to_noun(at)
            }
            tag if tag.is_adverb() => {
                let next = self.past_adverbs(at);
                counts(next) || !first && (self.leads_to_noun(next) && !self.tag(next).is_noun())
            }
            // "the growing number", "his proposed new plan", but not "those doubting science"
            Tag::Vbg | Tag::Vbn => {
                let speaks = self.is(at, Classes::CUE_VERB) && self.is(at - 1, Classes::INDEFINITE);
                !first && !speaks && self.leads_to_noun(at + 1)
            }
            // "a small, quiet town", "black and white voters"
            Tag::Comma | Tag::Cc => {
                at > start
                    && self.tag(at - 1).is_adjective()
                    && self.tag(at + 1).is_adjective()
                    && self.leads_to_noun(at + 1)
            }
            _ => false,
        }
    }

    fn is_determiner(&self, i: usize) -> bool {
        matches!(self.tag(i), Tag::Dt | Tag::PrpPoss | Tag::WpPoss | Tag::Pos)
    }

    /// Whether only premodifiers stand from here to the next noun.
    fn leads_to_noun(&self, from: usize) -> bool {
        for i in from..from + LOOK_AHEAD {
            match self.tag(i) {
                tag if tag.is_noun() => return true,
                tag if tag.is_adjective() => {}
                Tag::Cd | Tag::Dollar | Tag::Vbg | Tag::Vbn => {}
                Tag::Comma | Tag::Cc if self.tag(i - 1).is_adjective() && self.tag(i + 1).is_adjective() => {}
                _ => return false,
            }
        }
        false
    }
}

/// How many tokens are looked at beyond the one in hand: premodifiers and adverbs hardly come in longer rows.
const LOOK_AHEAD: usize = 6;

fn noun(start: usize, end: usize, head: usize) -> Chunk {
    Chunk {
        tokens: start as u32..end as u32,
        head: head as u32,
        first: start as u32,
        kind: ChunkKind::Noun,
        form: VerbForm::empty(),
    }
}

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
        let document = text::read(article, &layout::blocks(article, &lexicon), &lexicon);
        for (token, want) in [(0, Some(2)), (2, Some(2)), (3, Some(3)), (4, None), (7, None), (99, None)] {
            assert_eq!(document.chunk_at(token).map(|c| c.head), want, "{token}");
        }
    }
}
