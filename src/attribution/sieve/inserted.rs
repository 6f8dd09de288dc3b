//! Reporting clauses: subject and verb of saying after, within or, with "as", before what they report; and relative
//! clauses, where what they hang on is reported.
//!
//! Called by the sieve of verbs for each group, so that a verb is looked up once.

use super::super::candidate::Candidate;
use super::super::content::Frame;
use super::super::part::Named;
use super::super::ranges::Ranges;
use super::super::scene::{Phrase, Scene};
use super::super::word::words;
use super::verb::Reader;
use crate::rule::{Rule, Stage};
use crate::text::{Tag, TokenKind};
use crate::vocabulary::Form;
use std::ops::Range;

pub(super) static CONTENT_SOURCE_CUE: Named = Named::of(Rule {
    id: "content-source-cue",
    stage: Stage::Attribution,
    reason: "A clause, a comma, then subject and verb of saying: the clause is what was said.",
    examples: &["The bridge will stay shut, the mayor said.", "The toll, she added, is too high."],
    near_misses: &["When he left, the mayor slept."],
});
pub(super) static AS_CLAUSE: Named = Named::of(Rule {
    id: "as-clause",
    stage: Stage::Attribution,
    reason: "\"As X said\" gives the clause that it stands before, after or in to X.",
    examples: &[
        "As the mayor noted, the bridge is a wreck.",
        "The bridge will stay shut, as the Dorn Courier reported on Tuesday.",
    ],
    near_misses: &["The bridge was shut, as the mayor left."],
});
pub(super) static RELATIVE_OBJECT: Named = Named::of(Rule {
    id: "relative-object",
    stage: Stage::Attribution,
    reason: "In a relative clause whose object is the pronoun, the pronoun stands for the content.",
    examples: &["It was a good plan, which she defended."],
    near_misses: &["It was a good plan, which failed."],
});

impl<'a> Reader<'a, '_> {
    /// Content that stands before source and cue.
    pub(super) fn left(
        &self,
        source: Option<&Phrase>,
        from: u32,
        after: u32,
        addressee: Option<Range<u32>>,
        out: &mut Vec<Candidate<'a>>,
    ) {
        let scene = self.scene;
        let floor = self.bounds.start;
        let Some(source) = source.filter(|p| p.tokens.start < from) else { return };
        let start = source.tokens.start;
        // "…, who said no": a relative clause reports nothing that stands before it
        let own = source.form != Form::Relative;
        let parted =
            own && start > floor && matches!(scene.kind(start - 1), TokenKind::Comma | TokenKind::Dash);
        let as_ = start > floor && scene.reads(start - 1, words!("as"));
        if !parted && !as_ {
            return self.relative(source, from, out);
        }
        let manner = scene.manner(after, self.bounds.end);
        let end = manner.end;
        let closes = end >= self.bounds.end || scene.is_break(end);
        let addressee = addressee.or(manner.addressee);
        if !closes {
            return self.relative(source, from, out);
        }
        if parted {
            let before = scene.content_before(start - 1, floor);
            let cue = from..if addressee.is_some() { self.group.tokens.end } else { manner.cue };
            // "In a letter, he wrote, “…”": what stands before belongs to the cue's clause
            let quoted_next = end + 1 < self.bounds.end
                && scene.quote_at(end + 1).is_some()
                && scene.quote_at(end + 1) != scene.quote_at(self.group.head);
            let adjunct =
                quoted_next && matches!(scene.tag(before.start), Tag::In | Tag::Vbg | Tag::Rb | Tag::Wrb);
            if adjunct {
                return;
            }
            // "Instead, she said, her boss …": a word before the aside is the content's first; "But, she said," is not
            let opening = before.len() == 1 && end < self.bounds.end && scene.kind(end) == TokenKind::Comma;
            // "In a vote last May, half of the town agreed": a mere phrase is no clause
            let phrase = matches!(scene.tag(before.start), Tag::In | Tag::To)
                && !scene.is_subordinator(before.start)
                && !before.clone().any(|t| scene.tag(t).is_verb());
            if (before.len() >= 2 || opening)
                && scene.quote_at(before.end - 1) == scene.quote_at(self.group.head)
            {
                let alone = opening && scene.tag(before.start) == Tag::Cc;
                let mut content = if alone { Ranges::new() } else { before.into() };
                if end < self.bounds.end && scene.kind(end) == TokenKind::Comma {
                    let rest = end + 1..scene.trim_end(end + 1, self.bounds.end);
                    let joined = !rest.is_empty() && scene.tag(rest.start) == Tag::Cc;
                    let goes_on = if joined {
                        self.joins_content(&rest)
                    } else {
                        !rest.is_empty() && !matches!(scene.tag(rest.start), Tag::Vbg | Tag::Wdt | Tag::Wp)
                    };
                    if goes_on {
                        content.push(rest);
                    }
                }
                // "But, she said.": nothing reported here
                if (opening || phrase) && content.len() + usize::from(alone) < 2 {
                    return;
                }
                out.push(self.candidate(
                    &CONTENT_SOURCE_CUE,
                    Frame::After,
                    Some(source.clone()),
                    cue,
                    content,
                    addressee,
                ));
                return;
            }
        }
        if as_ {
            let content = around_as(scene, &self.bounds, start - 1, end);
            if !content.is_empty() {
                out.push(self.candidate(
                    &AS_CLAUSE,
                    Frame::After,
                    Some(source.clone()),
                    from..manner.cue,
                    content,
                    addressee,
                ));
                return;
            }
        }
        self.relative(source, from, out);
    }

    /// "Half of the boats sank, Lee said, and the others were towed": a clause after a conjunction goes on with what was said,
    /// unless it says itself who speaks.
    fn joins_content(&self, rest: &Range<u32>) -> bool {
        let scene = self.scene;
        let mut verbs =
            rest.clone().filter_map(|t| scene.verb_group(t).filter(|g| g.tokens.start == t)).peekable();
        // "he said, and left": what the speaker did next
        let clause = verbs.peek().is_some_and(|g| g.tokens.start > rest.start + 1);
        clause && !verbs.any(|g| scene.quote_at(g.head) == scene.quote_at(self.group.head) && scene.speaks(g))
    }

    /// "…, said Lee": the subject after the verb, the content before it.
    pub(super) fn inverted(&self, from: u32, out: &mut Vec<Candidate<'a>>) {
        let scene = self.scene;
        let floor = self.bounds.start;
        if from <= floor
            || scene.kind(from - 1) != TokenKind::Comma
            || !scene.tag(self.group.head).is_finite()
        {
            return;
        }
        let Some(source) = scene.subject_after(self.group.tokens.end, self.bounds.end) else { return };
        let before = scene.content_before(from - 1, floor);
        if before.len() >= 2 && scene.quote_at(before.end - 1) == scene.quote_at(self.group.head) {
            let cue = self.group.tokens.clone();
            out.push(self.candidate(
                &CONTENT_SOURCE_CUE,
                Frame::After,
                Some(source),
                cue,
                before.into(),
                None,
            ));
        }
    }

    /// "the plan (that) she defended", "which he called a farce": the object stands before the subject.
    fn relative(&self, source: &Phrase, from: u32, out: &mut Vec<Candidate<'a>>) {
        let scene = self.scene;
        let floor = self.bounds.start;
        let start = source.tokens.start;
        if start <= floor || !scene.tag(self.group.tokens.start).is_finite() {
            return;
        }
        let before = start - 1;
        let content = if matches!(scene.tag(before), Tag::Wdt | Tag::Wp) {
            let mut content = Ranges::from(before..start);
            let rest = self.group.tokens.end;
            let stop = scene.content_end(
                rest.min(self.bounds.end.saturating_sub(1)),
                self.bounds.end,
                Frame::Noun,
                self.group.head,
                self.ends,
            );
            if rest < self.bounds.end && !scene.is_break(rest) && stop > rest {
                content.push(rest..stop);
            }
            content
        } else if scene.noun_phrase_before(start, floor).is_some() && source.tokens.len() <= 3 {
            let Some(np) = scene.noun_phrase_ending(start, floor) else { return };
            np.tokens.into()
        } else {
            return;
        };
        let cue = from..self.group.tokens.end;
        out.push(self.candidate(&RELATIVE_OBJECT, Frame::Relative, Some(source.clone()), cue, content, None));
    }
}

/// What an as-clause from the token `as_` to `end` reports: "As Lee said, …", "…, as Lee said, …".
pub(super) fn around_as(scene: &Scene<'_>, bounds: &Range<u32>, as_: u32, end: u32) -> Ranges {
    let floor = bounds.start;
    let mut content = Ranges::new();
    let opens = as_ == floor || scene.kind(as_ - 1) == TokenKind::Open;
    if !opens {
        if !matches!(scene.kind(as_ - 1), TokenKind::Comma | TokenKind::Dash) {
            return content;
        }
        let before = scene.content_before(as_ - 1, floor);
        // "And, as Lee said, …"
        if before.len() > 1 || !before.is_empty() && scene.tag(before.start) != Tag::Cc {
            content.push(before);
        }
    }
    if end < bounds.end && scene.kind(end) == TokenKind::Comma {
        let mut rest = end + 1..scene.trim_end(end + 1, bounds.end);
        // a quotation that goes on past the sentence takes the content with it
        if let Some(q) = scene.quote_at(rest.end - 1).filter(|_| scene.quote_at(as_).is_none()) {
            rest.end = rest.end.max(scene.quotes[q].tokens.end);
        }
        let goes_on = content.is_empty()
            || !rest.is_empty() && !matches!(scene.tag(rest.start), Tag::Vbg | Tag::Cc | Tag::Wdt | Tag::Wp);
        if !rest.is_empty() && goes_on {
            content.push(rest);
        }
    }
    content
}
