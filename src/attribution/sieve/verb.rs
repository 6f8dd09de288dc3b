//! Active verbs: who says, thinks, wants or decides what.

use super::super::candidate::Candidate;
use super::super::content::Frame;
use super::super::ranges::Ranges;
use super::super::rank::Ends;
use super::super::scene::{Phrase, Scene};
use super::inserted::{AS_CLAUSE, CONTENT_SOURCE_CUE, RELATIVE_OBJECT};
use crate::lexicon::{Classes, Cue, CuePos, Frames};
use crate::rule::{Rule, Stage};
use crate::text::{Chunk, ChunkKind, Tag, TokenKind};
use crate::vocabulary::{Form, QuoteRole};
use std::ops::Range;

static CUE_THAT: Rule = Rule {
    id: "cue-that",
    stage: Stage::Attribution,
    reason: "A that-clause after a verb of saying, thinking or showing is what its subject says, thinks or shows.",
    examples: &[
        "The mayor said that the bridge would stay shut.",
        "Brandt argued that the toll was too high.",
    ],
    near_misses: &["The bridge that the mayor built stayed shut."],
};
static CUE_CLAUSE: Rule = Rule {
    id: "cue-clause",
    stage: Stage::Attribution,
    reason: "The conjunction may be missing: a clause right after such a verb is its content.",
    examples: &["The mayor said the bridge would stay shut.", "He believes the toll is too high."],
    near_misses: &["The mayor said nothing."],
};
static CUE_INFINITIVE: Rule = Rule {
    id: "cue-infinitive",
    stage: Stage::Attribution,
    reason: "A to-infinitive after a verb of intention is what its subject intends.",
    examples: &["The mayor promised to reopen the bridge.", "The council plans to raise the toll."],
    near_misses: &["The mayor had to leave."],
};
static CUE_OBJECT: Rule = Rule {
    id: "cue-object",
    stage: Stage::Attribution,
    reason: "The object of a verb of attitude, denial, praise or decision is what the attitude is about.",
    examples: &["The mayor denied the report.", "The council approved the new toll on Tuesday."],
    near_misses: &["The mayor crossed the bridge."],
};
static CUE_PREPOSITION: Rule = Rule {
    id: "cue-preposition",
    stage: Stage::Attribution,
    reason: "Some verbs take their content by a preposition: complain about, call for, refer to.",
    examples: &["The mayor complained about the toll.", "The union called for a strike."],
    near_misses: &["The mayor drove to the bridge."],
};
static CUE_QUESTION: Rule = Rule {
    id: "cue-question",
    stage: Stage::Attribution,
    reason: "A clause with a question word after such a verb is its content.",
    examples: &[
        "The mayor explained why the bridge was shut.",
        "Residents wonder whether the toll will rise.",
    ],
    near_misses: &["The mayor left when the bridge was shut."],
};
static CUE_QUOTED: Rule = Rule {
    id: "cue-quoted",
    stage: Stage::Attribution,
    reason: "Quoted words right after such a verb are its content.",
    examples: &["The mayor promised “a bridge for everyone” in an interview."],
    near_misses: &["The mayor crossed “the Hook” at noon."],
};
pub(super) const RULES: &[&Rule] = &[
    &CUE_THAT,
    &CUE_CLAUSE,
    &CUE_INFINITIVE,
    &CUE_OBJECT,
    &CUE_PREPOSITION,
    &CUE_QUESTION,
    &CUE_QUOTED,
    &CONTENT_SOURCE_CUE,
    &AS_CLAUSE,
    &RELATIVE_OBJECT,
];

/// Tokens from a verb beyond which its clause is not looked for.
const FARTHEST: u32 = 24;

/// Where a verb's content may lie: inside the quotation that holds the verb, or outside any.
pub(in super::super) fn bounds(scene: &Scene<'_>, s: usize, at: u32) -> Range<u32> {
    let body = scene.body(s);
    match scene.quote_at(at) {
        Some(q) => {
            let quote = &scene.quotes[q].tokens;
            let last = quote.end - 1;
            let end = if matches!(scene.kind(last), TokenKind::DoubleQuote | TokenKind::SingleQuote) {
                last
            } else {
                quote.end
            };
            let mut end = end.min(body.end);
            while end > quote.start + 1
                && matches!(
                    scene.kind(end - 1),
                    TokenKind::Period | TokenKind::Comma | TokenKind::Question | TokenKind::Exclamation
                )
            {
                end -= 1;
            }
            (quote.start + 1).max(body.start)..end
        }
        None => body,
    }
}

pub(super) fn find<'a>(scene: &Scene<'a>, s: usize, ends: &Ends<'_>, out: &mut Vec<Candidate<'a>>) {
    let sentence = scene.sentence(s);
    if !sentence.classes.intersects(Classes::CUE_VERB) {
        return;
    }
    for chunk in scene.doc.chunks_in(s) {
        if !scene.is(chunk.head, Classes::CUE_VERB) || chunk.kind != ChunkKind::Verb || chunk.is_passive() {
            continue;
        }
        let Some((_, cue, _)) = scene.cues(chunk.head, CuePos::Verb).next() else { continue };
        let bounds = bounds(scene, s, chunk.head);
        if !bounds.contains(&chunk.head) || chunk.tokens.end > bounds.end {
            continue;
        }
        // a participle before "by" is passive: "the plan backed by Lee"; elsewhere the tagger may have taken a past
        // tense for one, and the weights know how often
        if scene.is_reduced_passive(chunk, &bounds)
            && chunk.tokens.end < bounds.end
            && scene.lower(chunk.tokens.end) == "by"
        {
            continue;
        }
        let reader = Reader { scene, s, ends, cue, group: chunk, bounds };
        reader.read(out);
    }
}

/// What reads one verb group that may be a cue: here what stands to its right, in `inserted` what stands before it.
pub(super) struct Reader<'a, 's> {
    pub(super) scene: &'s Scene<'a>,
    pub(super) s: usize,
    pub(super) ends: &'s Ends<'s>,
    pub(super) cue: &'a Cue,
    pub(super) group: &'a Chunk,
    pub(super) bounds: Range<u32>,
}

impl<'a> Reader<'a, '_> {
    fn read(&self, out: &mut Vec<Candidate<'a>>) {
        let scene = self.scene;
        let raising = self.cue.frames.contains(Frames::RAISING);
        let source = scene.subject_of(self.group, self.bounds.start);
        let from = scene.cue_start(self.group, self.bounds.start);
        let mut end = self.group.tokens.end;
        // "said Lee": the inverted subject stands where content would
        let mut addressee = None;
        if self.cue.frames.contains(Frames::ADDRESSEE)
            && let Some(np) = scene.noun_phrase_starting(end, self.bounds.end)
            && !scene.is_time(np.clone())
            // "asked which book"
            && !matches!(scene.tag(np.start), Tag::Wdt | Tag::Wp | Tag::WpPoss)
        {
            addressee = Some(np.clone());
        }
        // "told a crowd in Dorn that": what tells more of the addressee stands between, too
        if let Some(a) = &mut addressee
            && !scene.is_break(a.end.min(self.bounds.end - 1))
        {
            let mut to = a.end;
            while to + 1 < self.bounds.end
                && scene.tag(to) == Tag::In
                && !scene.is_subordinator(to)
                && let Some(np) = scene.noun_phrase_starting(to + 1, self.bounds.end)
                && !scene.is_time(np.clone())
            {
                to = np.end;
            }
            if to < self.bounds.end
                && matches!(self.right(to), Some((Frame::That | Frame::Infinitive | Frame::Wh, ..)))
            {
                a.end = to;
            }
        }
        let mut at = addressee.as_ref().map_or(end, |a| a.end);
        let reading = self.right(at).or_else(|| {
            // what tells when, where and how may stand between the cue and its content
            let manner = scene.manner(at, self.bounds.end);
            let past = manner.end;
            if past == at {
                return None;
            }
            let reading = self
                .right(past)
                .filter(|r| !matches!(r.0, Frame::Noun | Frame::SmallClause | Frame::Preposition))?;
            if addressee.is_none() {
                addressee = manner.addressee;
                end = manner.cue;
            }
            at = past;
            Some(reading)
        });
        let reading = reading.or_else(|| self.distant(at));
        let mut content = Ranges::new();
        if let Some((frame, start, rule)) = reading {
            if frame == Frame::Preposition || frame == Frame::Colon {
                end = start;
            }
            let mut stop = scene.content_end(start, self.bounds.end, frame, self.group.head, self.ends);
            let relative = source.as_ref().is_some_and(|p| p.form == Form::Relative);
            if relative && matches!(frame, Frame::Noun | Frame::Preposition) {
                stop = scene.outer_verb(start, stop);
            }
            if stop > start && !self.subject_follows(from) {
                let mut frame = frame;
                if raising {
                    frame = Frame::Passive;
                    if let Some(subject) = &source
                        && subject.form != Form::Relative
                        && scene.lower(subject.head) != "it"
                    {
                        content.push(subject.tokens.clone());
                    }
                }
                content.push(start..stop);
                if frame == Frame::Clause && self.object_alone(start).is_some() {
                    let stop =
                        scene.content_end(start, self.bounds.end, Frame::Noun, self.group.head, self.ends);
                    out.push(self.candidate(
                        &CUE_OBJECT,
                        Frame::Noun,
                        source.clone(),
                        from..end,
                        (start..stop).into(),
                        addressee.clone(),
                    ));
                }
                let source = if raising { None } else { source.clone() };
                out.push(self.candidate(rule, frame, source, from..end, content, addressee.clone()));
            }
        }
        if raising {
            return;
        }
        self.inverted(from, out);
        self.left(source.as_ref(), from, at, addressee, out);
    }

    pub(super) fn candidate(
        &self,
        rule: &'static Rule,
        frame: Frame,
        source: Option<Phrase>,
        cue: Range<u32>,
        content: Ranges,
        addressee: Option<Range<u32>>,
    ) -> Candidate<'a> {
        let plain = Candidate::of_entry(rule, self.s, frame, self.cue, (cue, self.group.head), content);
        let negated = self.scene.is_negated(self.group.tokens.clone());
        Candidate { source, negated, addressee, ..plain }
    }

    /// The frame of what follows at `i`, where the content starts, and the rule.
    fn right(&self, i: u32) -> Option<(Frame, u32, &'static Rule)> {
        let scene = self.scene;
        if i >= self.bounds.end {
            return None;
        }
        let tag = scene.tag(i);
        let own_quote = scene.quote_at(self.group.head);
        if scene.quote_at(i) != own_quote && scene.quote_at(i).is_some() {
            // whole quotations right after the verb are the speech sieve's
            let speech = scene.quote_at(i).is_some_and(|q| scene.quotes[q].role == QuoteRole::Speech);
            return (!speech || i > self.group.tokens.end).then_some((Frame::Quote, i, &CUE_QUOTED));
        }
        if scene.kind(i) == TokenKind::Colon && i + 1 < self.bounds.end {
            if scene.quote_at(i + 1).is_some() && scene.quote_at(i + 1) != own_quote {
                return None;
            }
            return Some((Frame::Colon, i + 1, &CUE_QUOTED));
        }
        let next = (i + 1 < self.bounds.end).then_some(i + 1);
        let word = scene.lower(i);
        if word == "that" && next.is_some() {
            return Some((Frame::That, i, &CUE_THAT));
        }
        // "told them to go", "told them to “go home”"
        let infinitive = |n: u32| {
            let quoted = scene.kind(n) == TokenKind::DoubleQuote && n + 1 < self.bounds.end;
            let n = n + u32::from(quoted);
            scene.tag(n) == Tag::Vb || scene.tag(n).is_adverb()
        };
        if tag == Tag::To && next.is_some_and(infinitive) {
            return Some((Frame::Infinitive, i, &CUE_INFINITIVE));
        }
        if matches!(tag, Tag::Wp | Tag::Wdt | Tag::Wrb | Tag::WpPoss) || matches!(word, "if" | "whether") {
            return Some((Frame::Wh, i, &CUE_QUESTION));
        }
        if (matches!(tag, Tag::In | Tag::To | Tag::Rp)) && self.cue.prepositions.iter().any(|p| **p == *word)
        {
            // "weighed in on the toll"
            let second = |n: u32| {
                n + 1 < self.bounds.end
                    && matches!(scene.tag(n), Tag::In | Tag::To)
                    && self.cue.prepositions.iter().any(|p| **p == *scene.lower(n))
            };
            return next
                .map(|n| if second(n) { n + 1 } else { n })
                .filter(|&n| !scene.is_break(n))
                .map(|n| (Frame::Preposition, n, &CUE_PREPOSITION));
        }
        if let Some(chunk) = scene.doc.chunk_at(i) {
            if chunk.kind == ChunkKind::Noun && chunk.tokens.start == i || scene.tag(i) == Tag::Ex {
                if scene.is_time(chunk.tokens.clone()) {
                    return None;
                }
                return Some(if self.takes_clause() && self.clause_at(i) {
                    (Frame::Clause, i, &CUE_CLAUSE)
                } else if self.cue.frames.contains(Frames::SMALL_CLAUSE) {
                    (Frame::SmallClause, i, &CUE_OBJECT)
                } else {
                    (Frame::Noun, i, &CUE_OBJECT)
                });
            }
            if scene.tag(i) == Tag::Vbg {
                return Some((Frame::Gerund, i, &CUE_OBJECT));
            }
        }
        // "called her “…”": the tagger takes the object for a possessive
        if matches!(tag, Tag::PrpPoss | Tag::Prp)
            && next.is_some_and(|n| scene.noun_phrase(n).is_none_or(|c| c.tokens.start > i))
        {
            return Some((Frame::SmallClause, i, &CUE_OBJECT));
        }
        // "said much of it was lost", "said neither had left": a clause may open with a word that is no phrase by itself
        let opens = !scene.is_break(i)
            && !matches!(tag, Tag::In | Tag::To | Tag::Rp)
            && !(tag == Tag::Cc && scene.is(i, Classes::COORDINATOR));
        if opens && self.takes_clause() && self.clause_at(i) {
            return Some((Frame::Clause, i, &CUE_CLAUSE));
        }
        // "said because the toll is high, trade will fall": a clause that opens with another
        let i = if tag.is_adverb() { i + 1 } else { i };
        let subordinate = i + 1 < self.bounds.end
            && scene.tag(i) == Tag::In
            && scene.is_subordinator(i)
            && self.takes_clause()
            && self.clause_at(i + 1);
        let comma = (i..self.bounds.end.min(i + FARTHEST)).find(|&t| scene.kind(t) == TokenKind::Comma)?;
        (subordinate
            && comma + 1 < self.bounds.end
            && !scene.is(comma + 1, Classes::COORDINATOR)
            && self.clause_at(comma + 1))
        .then_some((Frame::Clause, i, &CUE_CLAUSE))
    }

    /// A clause that more than a few words part from its verb: "said on Monday, during a visit to the port, that …",
    /// "says, win or lose, he is staying".
    fn distant(&self, from: u32) -> Option<(Frame, u32, &'static Rule)> {
        let scene = self.scene;
        if !self.takes_clause() && !self.cue.frames.contains(Frames::WH) {
            return None;
        }
        let mut ceiling = self.bounds.end.min(from + FARTHEST);
        let own_quote = scene.quote_at(self.group.head);
        let mut commas = 0;
        let mut relative = false;
        let mut i = from;
        while i < ceiling {
            if scene.quote_at(i) != own_quote {
                return None;
            }
            let tag = scene.tag(i);
            // "complained at the meeting — parts of which were shown — that …"
            if let Some(past) = scene.past_aside(i, self.bounds.end) {
                ceiling = self.bounds.end.min(ceiling + past - i);
                i = past;
                continue;
            }
            if scene.kind(i) == TokenKind::Comma {
                commas += 1;
                // "wondered, as others do, why"
                relative = i == from && i + 1 < ceiling && scene.is_subordinator(i + 1);
                if commas == 2
                    && scene.kind(from) == TokenKind::Comma
                    && i + 1 < ceiling
                    && self.asks_at(i + 1)
                {
                    return Some((Frame::Wh, i + 1, &CUE_QUESTION));
                }
                // the second of two commas closes an aside; what follows may be the clause
                if scene.kind(from) == TokenKind::Comma
                    && commas == 2
                    && i + 1 < ceiling
                    && scene.lower(i + 1) != "that"
                {
                    let clause = !scene.is(i + 1, Classes::COORDINATOR)
                        && self.takes_clause()
                        && self.clause_at(i + 1);
                    return clause.then_some((Frame::Clause, i + 1, &CUE_CLAUSE));
                }
            } else if scene.is_break(i) {
                return None;
            } else if scene.lower(i) == "that" && tag == Tag::In && self.takes_clause() {
                return (i + 1 < self.bounds.end && i > from).then_some((Frame::That, i, &CUE_THAT));
            } else if matches!(tag, Tag::Wdt | Tag::Wp | Tag::Wrb | Tag::WpPoss) {
                relative = true;
            } else if tag.is_finite() && !relative {
                return None;
            }
            i += 1;
        }
        None
    }

    /// Whether a question starts at a token.
    fn asks_at(&self, i: u32) -> bool {
        matches!(self.scene.tag(i), Tag::Wp | Tag::Wrb) || self.scene.lower(i) == "whether"
    }

    /// Whether the cue takes a clause at all.
    fn takes_clause(&self) -> bool {
        self.cue.frames.intersects(Frames::CLAUSE | Frames::THAT)
    }

    /// "charged the officer with murder and the mayor resigned": what looks like a clause may be an object and a new
    /// clause. Whether the object of a clause reading can be read alone.
    fn object_alone(&self, i: u32) -> Option<u32> {
        let np = self.scene.noun_phrase_starting(i, self.bounds.end)?;
        let verb_next = np.end < self.bounds.end && self.scene.verb_group(np.end).is_some();
        (!verb_next && self.cue.frames.intersects(Frames::NOUN | Frames::SMALL_CLAUSE)).then_some(np.end)
    }

    /// Whether a clause starts at a noun phrase: its verb comes before the next mark.
    fn clause_at(&self, i: u32) -> bool {
        let scene = self.scene;
        let mut t = i;
        let mut from = i;
        let mut relative = false;
        let mut ceiling = self.bounds.end.min(i + 30);
        while t < ceiling {
            // "said the ban — one that he wrote — was wrong", "said Lee (D-Ohio) was wrong"
            if let Some(past) = scene.past_aside(t, self.bounds.end) {
                (from, ceiling) = (from + past - t, self.bounds.end.min(ceiling + past - t));
                t = past;
                continue;
            }
            if scene.is_break(t) && !matches!(scene.kind(t), TokenKind::Comma) {
                return false;
            }
            if scene.kind(t) == TokenKind::Comma && t > from + 12 {
                return false;
            }
            if matches!(scene.tag(t), Tag::Wp | Tag::Wdt) {
                relative = true;
            }
            if let Some(chunk) = scene.doc.chunk_at(t) {
                if chunk.kind == ChunkKind::Verb {
                    let first = scene.tag(chunk.tokens.start);
                    if first.is_finite()
                        || scene.is(chunk.tokens.start, Classes::BE | Classes::AUXILIARY) && first != Tag::Vbg
                    {
                        if !relative {
                            return true;
                        }
                        relative = false;
                    }
                }
                t = chunk.tokens.end.max(t + 1);
            } else {
                if scene.is_subordinator(t) || scene.is(t, Classes::COORDINATOR) && t > from + 8 {
                    return false;
                }
                t += 1;
            }
        }
        false
    }

    /// "The bridge is shut, said Lee": after a whole clause and a comma, whoever stands right after a verb of saying is its
    /// subject, and no content.
    fn subject_follows(&self, from: u32) -> bool {
        let scene = self.scene;
        let floor = self.bounds.start;
        let end = self.group.tokens.end;
        if from < floor + 3
            || !self.cue.frames.intersects(Frames::QUOTE)
            || !scene.tag(self.group.head).is_finite()
            || self.group.tokens.len() > 1
        {
            return false;
        }
        let quoted = scene.kind(from - 1) == TokenKind::DoubleQuote;
        let parted = scene.kind(from - 1 - u32::from(quoted)) == TokenKind::Comma;
        let clause = || {
            let main = (floor..from).find(|&t| scene.tag(t).is_finite());
            main.is_some_and(|t| t > floor && !matches!(scene.tag(t - 1), Tag::Wp | Tag::Wdt))
        };
        let who = Classes::OFFICE | Classes::PERSON | Classes::ANONYMOUS | Classes::ORGANISATION;
        parted
            && scene.noun_phrase(end).is_some_and(|n| {
                let named = scene.token(n.head).is_capital() || scene.is(n.head, who);
                let alone = n.tokens.end >= self.bounds.end || scene.is_break(n.tokens.end);
                n.tokens.start == end && named && alone
            })
            && clause()
    }
}
