//! Active verbs: who says, thinks, wants or decides what.
//!
//! Reads each verb group that may be a cue: what stands to its right by [`super::clause`], what stands before it by
//! [`super::inserted`].

use super::super::candidate::Candidate;
use super::super::content::Frame;
use super::super::part::Named;
use super::super::ranges::Ranges;
use super::super::rank::Ends;
use super::super::scene::{Phrase, Scene};
use super::super::word::words;
use super::inserted::{AS_CLAUSE, CONTENT_SOURCE_CUE, RELATIVE_OBJECT};
use super::passive::is_perfect;
use crate::lexicon::{Classes, Cue, CuePos, Frames};
use crate::rule::{Rule, Stage};
use crate::text::{Chunk, Tag, TokenKind};
use crate::vocabulary::{AttributionKind, Form, Stance};
use std::ops::Range;

pub(super) static CUE_THAT: Named = Named::of(Rule {
    id: "cue-that",
    stage: Stage::Attribution,
    reason: "A that-clause after a verb of saying, thinking or showing is what its subject says, thinks or shows.",
    examples: &[
        "The mayor said that the bridge would stay shut.",
        "Brandt argued that the toll was too high.",
    ],
    near_misses: &["The bridge that the mayor built stayed shut."],
});
pub(super) static CUE_CLAUSE: Named = Named::of(Rule {
    id: "cue-clause",
    stage: Stage::Attribution,
    reason: "The conjunction may be missing: a clause right after such a verb is its content.",
    examples: &["The mayor said the bridge would stay shut.", "He believes the toll is too high."],
    near_misses: &["The mayor said nothing."],
});
pub(super) static CUE_INFINITIVE: Named = Named::of(Rule {
    id: "cue-infinitive",
    stage: Stage::Attribution,
    reason: "A to-infinitive after a verb of intention is what its subject intends.",
    examples: &["The mayor promised to reopen the bridge.", "The council plans to raise the toll."],
    near_misses: &["The mayor had to leave."],
});
pub(in super::super) static CUE_OBJECT: Named = Named::of(Rule {
    id: "cue-object",
    stage: Stage::Attribution,
    reason: "The object of a verb of attitude, denial, praise or decision is what the attitude is about.",
    examples: &["The mayor denied the report.", "The council approved the new toll on Tuesday."],
    near_misses: &["The mayor crossed the bridge."],
});
pub(super) static CUE_PREPOSITION: Named = Named::of(Rule {
    id: "cue-preposition",
    stage: Stage::Attribution,
    reason: "Some verbs take their content by a preposition: complain about, call for, refer to.",
    examples: &["The mayor complained about the toll.", "The union called for a strike."],
    near_misses: &["The mayor drove to the bridge."],
});
pub(super) static CUE_QUESTION: Named = Named::of(Rule {
    id: "cue-question",
    stage: Stage::Attribution,
    reason: "A clause with a question word after such a verb is its content.",
    examples: &[
        "The mayor explained why the bridge was shut.",
        "Residents wonder whether the toll will rise.",
    ],
    near_misses: &["The mayor left when the bridge was shut."],
});
pub(super) static CUE_QUOTED: Named = Named::of(Rule {
    id: "cue-quoted",
    stage: Stage::Attribution,
    reason: "Quoted words right after such a verb are its content.",
    examples: &["The mayor promised “a bridge for everyone” in an interview."],
    near_misses: &["The mayor crossed “the Hook” at noon."],
});
pub(super) const RULES: &[&Rule] = &[
    &CUE_THAT.rule,
    &CUE_CLAUSE.rule,
    &CUE_INFINITIVE.rule,
    &CUE_OBJECT.rule,
    &CUE_PREPOSITION.rule,
    &CUE_QUESTION.rule,
    &CUE_QUOTED.rule,
    &CONTENT_SOURCE_CUE.rule,
    &AS_CLAUSE.rule,
    &RELATIVE_OBJECT.rule,
];

/// How many tokens what tells more of an addressee may have.
const LONGEST_ASIDE: u32 = 16;

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

pub(super) fn find<'a>(
    scene: &Scene<'a>,
    s: usize,
    chunk: &'a Chunk,
    ends: &Ends<'_>,
    out: &mut Vec<Candidate<'a>>,
) {
    let Some((_, cue, _)) = scene.cues(chunk.head, CuePos::Verb).next() else { return };
    if chunk.is_passive() && !is_perfect(scene, chunk, cue) {
        return;
    }
    let bounds = bounds(scene, s, chunk.head);
    if !bounds.contains(&chunk.head) || chunk.tokens.end > bounds.end {
        return;
    }
    // a participle before "by" is passive: "the plan backed by Lee"; elsewhere the tagger may have taken a past
    // tense for one, and the weights know how often
    let end = chunk.tokens.end;
    let participle = (scene.tag(chunk.head) == Tag::Vbn) & (chunk.tokens.len() == 1);
    if participle && end < bounds.end && scene.reads(end, words!("by")) {
        return;
    }
    let reader = Reader { scene, s, ends, cue, group: chunk, bounds };
    if !reader.gives_name() && !scene.is_reduced_relative(chunk, reader.bounds.end) {
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
    /// "A man named Lee said no": a participle between an indefinite noun and its name.
    fn gives_name(&self) -> bool {
        let scene = self.scene;
        let (start, end) = (self.group.tokens.start, self.group.tokens.end);
        let indefinite = || {
            scene.noun_phrase_before(start, self.bounds.start).is_some_and(|np| {
                let first = np.tokens.start;
                scene.tag(first) == Tag::Dt && !scene.is(first, Classes::DEFINITE)
            })
        };
        let named = || (end..self.bounds.end).find(|&t| !scene.token(t).is_capital());
        scene.is(self.group.head, Classes::NAMING)
            && self.group.tokens.len() == 1
            && matches!(scene.tag(self.group.head), Tag::Vbn | Tag::Vbd)
            && indefinite()
            && named().is_some_and(|t| t > end && scene.tag(t).is_finite())
    }

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
        // "asked Lee, the mayor, to resign"
        if let Some(a) = &mut addressee
            && a.end + 1 < self.bounds.end
            && scene.kind(a.end) == TokenKind::Comma
        {
            let ceiling = self.bounds.end.min(a.end + LONGEST_ASIDE);
            let close = (a.end + 1..ceiling).find(|&t| scene.kind(t) == TokenKind::Comma);
            let aside = close.filter(|&c| {
                let relative = matches!(scene.tag(a.end + 1), Tag::Wp | Tag::Wdt);
                relative || !(a.end..c).any(|t| scene.tag(t).is_finite())
            });
            if let Some(c) = aside
                && matches!(self.right(c + 1), Some((Frame::That | Frame::Infinitive | Frame::Wh, ..)))
            {
                a.end = c + 1;
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
            // "who favor the toll argue", "people opposing the toll blocked the road"
            let inner = source.as_ref().is_some_and(|p| {
                p.form == Form::Relative
                    || p.tokens.end == from && scene.tag(self.group.tokens.start) == Tag::Vbg
            });
            if inner && matches!(frame, Frame::Noun | Frame::Preposition) {
                stop = scene.outer_verb(start, stop);
            }
            if stop > start && !self.subject_follows(from) {
                let mut frame = frame;
                if raising {
                    frame = Frame::Passive;
                    if let Some(subject) = &source
                        && subject.form != Form::Relative
                        && !scene.reads(subject.head, words!("it"))
                    {
                        content.push(subject.tokens.clone());
                    }
                }
                // "the tax, which critics say could hurt farmers": the pronoun is the clause's subject
                if frame == Frame::Clause
                    && scene.tag(start).is_finite()
                    && let Some(pronoun) = source.as_ref().and_then(|p| p.tokens.start.checked_sub(1))
                    // "What he said is that …" has its verb later
                    && pronoun > self.bounds.start
                    && matches!(scene.tag(pronoun), Tag::Wdt | Tag::Wp)
                {
                    content.push(pronoun..pronoun + 1);
                    // "…, which critics say could hurt farmers, passed"
                    let aside = scene.kind(pronoun - 1) == TokenKind::Comma;
                    let closes = |t: &u32| scene.kind(*t) == TokenKind::Comma && scene.tag(t + 1).is_finite();
                    stop = (start..stop - 1).find(closes).filter(|_| aside).unwrap_or(stop);
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
        rule: &'static Named,
        frame: Frame,
        source: Option<Phrase>,
        cue: Range<u32>,
        content: Ranges,
        addressee: Option<Range<u32>>,
    ) -> Candidate<'a> {
        let plain = Candidate::of_entry(rule, self.s, frame, self.cue, (cue, self.group.head), content);
        let negated = self.scene.is_negated(self.group.tokens.clone());
        // a study suggests by what it shows, the mayor by what she says
        let spoken = self.cue.kind == AttributionKind::Evidence
            && self.cue.is_of_saying()
            && source.as_ref().is_some_and(|p| self.is_someone(p));
        // "charged that the mayor hid files" is said, "charged him with theft" done
        let claimed = self.cue.stance == Stance::Accuse && matches!(frame, Frame::That | Frame::Clause);
        let kind = if spoken || claimed { AttributionKind::Statement } else { plain.kind };
        Candidate { source, negated, addressee, kind, ..plain }
    }

    /// Whether a source is a person or body, as its head alone tells.
    fn is_someone(&self, source: &Phrase) -> bool {
        let head = self.scene.token(source.head);
        head.is(Classes::PEOPLE | Classes::FIRST_PERSON)
            || head.is_capital() && head.tag.is_proper() && !head.is(Classes::DOCUMENT)
    }
}
