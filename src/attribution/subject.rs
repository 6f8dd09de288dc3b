//! Who: the noun phrase that is the subject of a verb group, or that follows an inverted verb, with its extent.
//!
//! The extent is what annotators draw: determiner, title, name, "of"-phrases, appositions and age; a relative clause
//! only where it stands without commas. A relative pronoun stands for itself.

use super::scene::{Phrase, Scene};
use crate::lexicon::{Classes, CuePos, Frames};
use crate::text::{Chunk, ChunkKind, Tag, TokenKind};
use crate::vocabulary::Form;
use std::ops::Range;

/// Share of right ones from which a verb that may stand by quotations is one of saying.
pub(super) const SPOKEN: f32 = 0.7;

/// How many tokens an aside between dashes or brackets may have.
const LONGEST_ASIDE: u32 = 24;

/// How far back a subject is looked for.
const REACH: u32 = 60;

impl Scene<'_> {
    /// The subject of the verb group that starts at `verb`, looking back no further than `floor`.
    pub(super) fn subject(&self, verb: u32, floor: u32) -> Option<Phrase> {
        let floor = floor.max(verb.saturating_sub(REACH));
        let mut end = verb;
        // adverbs and parentheses of one word between subject and verb
        while end > floor && (self.tag(end - 1).is_adverb() || self.is(end - 1, Classes::FLOATING)) {
            end -= 1;
        }
        if end <= floor {
            return None;
        }
        let last = end - 1;
        if matches!(self.tag(last), Tag::Wp | Tag::Wdt) || self.is_relative_that(last, floor) {
            return Some(self.phrase(last..last + 1, last));
        }
        match self.kind(last) {
            TokenKind::Comma | TokenKind::Dash | TokenKind::Close => {
                self.subject_before_parenthesis(last, floor)
            }
            _ => self.noun_phrase_ending(end, floor).map(|np| self.with_name(np, floor)),
        }
    }

    /// "Ann Lee, the mayor of Dorn said": an office is the apposition of the name that opens the sentence before it,
    /// the second comma forgotten.
    fn with_name(&self, office: Phrase, floor: u32) -> Phrase {
        let comma = office.tokens.start.saturating_sub(1);
        let unnamed = office.form == Form::Role && self.is(office.head, Classes::OFFICE);
        if !unnamed || comma <= floor || self.kind(comma) != TokenKind::Comma {
            return office;
        }
        let name = self.noun_phrase_before(comma, floor).filter(|n| {
            let alone = n.tokens.start == floor && n.tokens.end == comma && n.tokens.len() > 1;
            alone
                && n.tokens.clone().all(|t| self.token(t).is_capital() && self.tag(t).is_proper())
                && !self.is(n.head, Classes::PLACE | Classes::ORGANISATION)
                && !self.is_time(n.tokens.clone())
        });
        match name {
            Some(n) => Phrase { tokens: n.tokens.start..office.tokens.end, head: n.head, form: Form::Name },
            None => office,
        }
    }

    /// "that" right after a noun and right before a verb: a relative pronoun whatever its tag.
    fn is_relative_that(&self, i: u32, floor: u32) -> bool {
        self.lower(i) == "that" && i > floor && self.tag(i - 1).is_noun()
    }

    /// The full noun phrase whose last token stands right before `end`.
    pub(super) fn noun_phrase_ending(&self, end: u32, floor: u32) -> Option<Phrase> {
        let whole_end = end;
        let mut end = end;
        // "Rep. Lee (D-Ohio)": the phrase before the brackets
        if end > floor + 2 && self.kind(end - 1) == TokenKind::Close {
            let open = (floor..end - 1).rev().take(8).find(|&i| self.kind(i) == TokenKind::Open)?;
            end = open;
        }
        let bracketed = end < whole_end;
        let mut base = self.noun_phrase_before(end, floor)?;
        // "A jury on Friday found", "the mayor Monday said": the time is no part of who
        if self.is_time(base.tokens.clone()) && base.tokens.start > floor {
            let before = base.tokens.start - 1;
            let mut cut = if self.tag(before) == Tag::In { before } else { base.tokens.start };
            // "a survey released Friday found": a past tense between a noun and the verb is a participle
            if let Some(verb) = self
                .verb_group(before)
                .filter(|v| v.tokens.len() == 1 && matches!(self.tag(v.head), Tag::Vbn | Tag::Vbd))
                && verb.tokens.start > floor
                && self.noun_phrase_before(verb.tokens.start, floor).is_some()
            {
                cut = verb.tokens.start;
            }
            if let Some(np) = self.noun_phrase_before(cut, floor) {
                let participle =
                    cut < before && self.tag(cut) != Tag::In || cut == before && self.tag(cut).is_verb();
                (base, end) = (np, if participle { end } else { cut });
            }
        }
        let (mut start, mut head) = (base.tokens.start, base.head);
        // "the head of the agency", "officials in Kyiv": the head is the first noun phrase of the chain
        while let Some((s, h)) = self.attachment(start, floor) {
            (start, head) = (s, h);
        }
        // "Ann Lee and Bob Ray", "A, B and C"
        let mut whole = start;
        while let Some(s) = self.coordinate(whole, floor) {
            whole = s;
        }
        // "both traders", where the tagger took the word for a conjunction
        if whole > floor && self.is(whole - 1, Classes::FLOATING) && self.tag(head).is_noun() {
            whole -= 1;
        }
        let mut phrase = self.phrase(whole..end, head);
        if bracketed {
            phrase.tokens.end = whole_end;
        }
        Some(phrase)
    }

    /// The noun phrase that the prepositional, participial or relative phrase before `start` is attached to.
    fn attachment(&self, start: u32, floor: u32) -> Option<(u32, u32)> {
        let before = start.checked_sub(1).filter(|&p| p > floor)?;
        let preposition = matches!(self.tag(before), Tag::In | Tag::To) && !self.is_subordinator(before);
        // "the head of the agency", "a source close to the company"
        let mut at = if preposition { before } else { start };
        if preposition {
            if let Some(np) = self.noun_phrase_before(at, floor) {
                return Some((np.tokens.start, np.head));
            }
            // "many of them"
            if self.lower(before) == "of" && at > floor && self.tag(at - 1).is_adjective() {
                return Some((at - 1, at - 1));
            }
            // taggers take "close" for an adverb
            if at > floor && (self.tag(at - 1).is_adjective() || self.tag(at - 1).is_adverb()) {
                at -= 1;
                return self.noun_phrase_before(at, floor).map(|np| (np.tokens.start, np.head));
            }
        }
        let mut verb = self.verb_group(at.checked_sub(1)?).filter(|v| v.tokens.start > floor)?;
        // "an official who spoke up to explain the plan": the infinitive hangs on the verb of the relative clause
        if self.tag(verb.first) == Tag::To {
            verb = self
                .verb_group(verb.tokens.start - 1)
                .filter(|v| v.is_finite() && v.tokens.start > floor && self.is_who(v.tokens.start - 1))?;
        }
        let first = verb.tokens.start;
        // "70 percent of registered voters": a participle right after a preposition qualifies the noun
        let qualifies = verb.tokens.len() == 1
            && matches!(self.tag(first), Tag::Vbn | Tag::Vbd)
            && matches!(self.tag(first - 1), Tag::In)
            && !self.is_subordinator(first - 1);
        if qualifies {
            return self.noun_phrase(start).map(|np| (first, np.head));
        }
        // "officials briefed on the matter", "a group representing farmers"
        if matches!(self.tag(first), Tag::Vbn | Tag::Vbg) {
            return self.noun_phrase_before(first, floor).map(|np| (np.tokens.start, np.head));
        }
        // "two deputies who attended the meeting"
        let pronoun = first - 1;
        if matches!(self.tag(pronoun), Tag::Wp | Tag::Wdt) || self.is_relative_that(pronoun, floor) {
            return self.noun_phrase_before(pronoun, floor).map(|np| (np.tokens.start, np.head));
        }
        None
    }

    fn is_who(&self, i: u32) -> bool {
        matches!(self.tag(i), Tag::Wp | Tag::Wdt)
    }

    pub(super) fn is_subordinator(&self, i: u32) -> bool {
        self.is(i, Classes::SUBORDINATOR)
    }

    /// Where the coordination starts that the phrase at `start` is the last member of.
    fn coordinate(&self, start: u32, floor: u32) -> Option<u32> {
        let mut conjunction = start.checked_sub(1).filter(|&c| c > floor)?;
        // "traders and even some fishermen"
        while conjunction > floor + 1 && self.tag(conjunction).is_adverb() {
            conjunction -= 1;
        }
        let near = conjunction + 1 == start;
        let listed = near && self.kind(conjunction) == TokenKind::Comma;
        let and = self.is(conjunction, Classes::COORDINATOR);
        if !and && !listed {
            return None;
        }
        let mut end = conjunction;
        if and && end > floor && self.kind(end - 1) == TokenKind::Comma {
            end -= 1;
        }
        if listed && !self.is_list_member(start) {
            return None;
        }
        let np = self.noun_phrase_before(end, floor)?;
        let mut first = np.tokens.start;
        while let Some((s, _)) = self.attachment(first, floor) {
            first = s;
        }
        // the first member must not be the object of a verb or a preposition
        if first > floor {
            let before = first - 1;
            let governed = self.tag(before).is_verb()
                || matches!(self.tag(before), Tag::In | Tag::To) && !self.is_subordinator(before);
            if governed {
                return None;
            }
        }
        Some(first)
    }

    /// Whether the phrase at `start` goes on as a list: "A, B and C" seen from B.
    fn is_list_member(&self, start: u32) -> bool {
        let Some(np) = self.noun_phrase(start) else { return false };
        let after = np.tokens.end;
        (after as usize) < self.doc.tokens.len()
            && (self.is(after, Classes::COORDINATOR)
                || self.kind(after) == TokenKind::Comma
                    && (after as usize + 1) < self.doc.tokens.len()
                    && self.is(after + 1, Classes::COORDINATOR))
    }

    /// The subject before a parenthesis that ends at `close`: "Ann Lee, the mayor of Dorn, said".
    fn subject_before_parenthesis(&self, close: u32, floor: u32) -> Option<Phrase> {
        let mark = self.kind(close);
        let opens = |k: TokenKind| match mark {
            TokenKind::Close => k == TokenKind::Open,
            _ => k == mark,
        };
        let mut segment_end = close;
        let mut best: Option<(Phrase, Range<u32>)> = None;
        let mut i = close;
        while i > floor {
            i -= 1;
            if !opens(self.kind(i)) {
                continue;
            }
            let segment = i + 1..segment_end;
            if !self.is_parenthesis(&segment) {
                break;
            }
            // "which, citing officials, said": the relative pronoun before the aside
            if i > floor && matches!(self.tag(i - 1), Tag::Wp | Tag::Wdt) {
                return Some(self.phrase(i - 1..i, i - 1));
            }
            let relative = matches!(self.tag(segment.start), Tag::Wp | Tag::Wdt | Tag::WpPoss | Tag::Vbg);
            if let Some(mut np) =
                self.noun_phrase_ending(i, floor).filter(|np| !self.starts_with_time(np.tokens.start))
            {
                let before = np.tokens.start;
                let governed = before > floor
                    && matches!(self.tag(before - 1), Tag::In | Tag::To)
                    && !self.is_subordinator(before - 1);
                let inner = np.tokens.clone();
                if !governed {
                    // an incidental relative clause or participle stays out, an apposition stays in
                    if !relative {
                        np.tokens.end = close + 1;
                    }
                    let better = best
                        .as_ref()
                        .is_none_or(|(b, _)| self.token(np.head).is_capital() || b.head > np.head);
                    if better {
                        best = Some((np, inner));
                    }
                }
            }
            segment_end = i;
            if mark == TokenKind::Close {
                break;
            }
        }
        best.map(|(p, inner)| {
            let form = self.form(&inner, p.head);
            Phrase { form, ..p }
        })
    }

    /// "after it ruled last July in favor of the toll, Lee …": a phrase that opens with a time is no source.
    fn starts_with_time(&self, start: u32) -> bool {
        self.noun_phrase(start).is_some_and(|np| self.is_time(np.tokens.clone()))
    }

    /// Whether a stretch between two commas or dashes can be an aside: no clause of its own unless a relative one.
    fn is_parenthesis(&self, segment: &Range<u32>) -> bool {
        if segment.is_empty() {
            return false;
        }
        if matches!(self.tag(segment.start), Tag::Wp | Tag::Wdt | Tag::WpPoss) {
            return true;
        }
        if self.tag(segment.start) == Tag::Cc && !self.noun_only(segment) {
            return false;
        }
        !segment.clone().any(|i| {
            // a "verb" with a capital is part of a name
            self.tag(i).is_finite() && !self.token(i).is_capital() && !self.after_relative(segment.start, i)
                || self.kind(i) == TokenKind::DoubleQuote
                    && self.quote_at(i).is_some_and(|q| self.quotes[q].tokens.len() > 6)
        })
    }

    fn noun_only(&self, segment: &Range<u32>) -> bool {
        !segment.clone().any(|i| self.tag(i).is_verb())
    }

    /// Whether a relative pronoun stands between `start` and `verb`.
    fn after_relative(&self, start: u32, verb: u32) -> bool {
        (start..verb).rev().take(10).any(|i| matches!(self.tag(i), Tag::Wp | Tag::Wdt | Tag::WpPoss))
    }

    /// The phrase that an inverted verb is followed by: "said Ann Lee, the mayor of Dorn". Ends before `ceiling`.
    pub(super) fn subject_after(&self, start: u32, ceiling: u32) -> Option<Phrase> {
        let mut from = start;
        while from < ceiling && self.tag(from).is_adverb() {
            from += 1;
        }
        if from >= ceiling {
            return None;
        }
        let np = self.noun_phrase(from).filter(|c| c.tokens.start == from && c.tokens.end <= ceiling)?;
        let head = np.head;
        let tokens = from..self.extent_after(np.tokens.end, ceiling);
        let form = self.form(&np.tokens, head);
        Some(Phrase { tokens, head, form })
    }

    /// How far a source phrase goes whose base ends at `end`: "of"-phrases, conjuncts, appositions, age, relative
    /// clause without comma.
    pub(super) fn extent_after(&self, end: u32, ceiling: u32) -> u32 {
        let mut end = end;
        loop {
            if end >= ceiling {
                return end;
            }
            let tag = self.tag(end);
            let next = end + 1;
            if matches!(tag, Tag::In) && !self.is_subordinator(end) || tag == Tag::To {
                // prepositional phrase, unless it tells the time or place of saying: "said Lee on Monday"
                let Some(np) = self.noun_phrase_starting(next, ceiling) else { return end };
                if self.is_time(np.clone())
                    || tag == Tag::To && self.lower(end) == "to" && self.is(np.start, Classes::GROUP)
                {
                    return end;
                }
                end = np.end;
            } else if self.lower(end) == "and" && self.noun_phrase_starting(next, ceiling).is_some() {
                let np = self.noun_phrase_starting(next, ceiling).unwrap_or(next..next);
                // "said Lee and left": a verb after the phrase means a new clause
                if np.end < ceiling && self.tag(np.end).is_finite() {
                    return end;
                }
                end = np.end;
            } else if self.kind(end) == TokenKind::Comma {
                let Some(e) = self.apposition_after(next, ceiling) else { return end };
                end = e;
            } else if matches!(tag, Tag::Wp) || matches!(tag, Tag::Vbn | Tag::Vbg) {
                // "said a man who lives nearby", "said officials briefed on the plan"
                let mut e = next;
                while e < ceiling && !self.is_break(e) && self.quote_at(e).is_none() {
                    e += 1;
                }
                end = e;
            } else {
                return end;
            }
        }
    }

    /// The token after an aside between dashes or brackets that opens at `i`.
    pub(super) fn past_aside(&self, i: u32, ceiling: u32) -> Option<u32> {
        let closing = match self.kind(i) {
            TokenKind::Dash => TokenKind::Dash,
            TokenKind::Open => TokenKind::Close,
            _ => return None,
        };
        let mut inner = (i + 1..ceiling.min(i + LONGEST_ASIDE))
            .take_while(|&t| !matches!(self.kind(t), TokenKind::Period | TokenKind::Semicolon));
        let end = inner.find(|&t| self.kind(t) == closing)?;
        (end + 1 < ceiling).then_some(end + 1)
    }

    /// The tokens of the noun phrase that starts at `start`.
    pub(super) fn noun_phrase_starting(&self, start: u32, ceiling: u32) -> Option<Range<u32>> {
        if start >= ceiling {
            return None;
        }
        let np = self.noun_phrase(start).filter(|c| c.tokens.start == start)?;
        Some(start..np.tokens.end.min(ceiling))
    }

    /// Whether a noun phrase tells a time: "Monday", "Oct. 3", "last week".
    pub(super) fn is_time(&self, tokens: Range<u32>) -> bool {
        tokens.clone().all(|i| {
            self.is(i, Classes::WEEKDAY | Classes::MONTH | Classes::TIME)
                || matches!(self.tag(i), Tag::Dt | Tag::Cd | Tag::Jj | Tag::Pos)
        }) && tokens.clone().any(|i| self.is(i, Classes::WEEKDAY | Classes::MONTH | Classes::TIME))
    }

    /// The end of an apposition, age or relative clause that starts after a comma; none if something else starts.
    pub(super) fn apposition_after(&self, start: u32, ceiling: u32) -> Option<u32> {
        if start >= ceiling {
            return None;
        }
        let relative = matches!(self.tag(start), Tag::Wp | Tag::WpPoss | Tag::Wdt);
        let opens = relative
            || self.noun_phrase(start).is_some_and(|c| c.tokens.start == start)
            || self.tag(start) == Tag::Cd;
        if !opens || self.tag(start) == Tag::Prp || self.is(start, Classes::WEEKDAY) {
            return None;
        }
        let mut e = start;
        let mut finite = false;
        while e < ceiling {
            if matches!(
                self.kind(e),
                TokenKind::Comma
                    | TokenKind::Semicolon
                    | TokenKind::Colon
                    | TokenKind::Dash
                    | TokenKind::Open
            ) || self.quote_at(e).is_some()
            {
                break;
            }
            finite |= self.tag(e).is_finite() && !self.after_relative(start, e);
            e += 1;
        }
        (relative || !finite).then_some(e)
    }
}

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
        self.cues(group.head, CuePos::Verb)
            .any(|(_, cue, _)| cue.frames.contains(Frames::QUOTE) && cue.weight >= SPOKEN)
    }

    /// "It is worth noting that …": nobody's gerund after "it is" and an adjective.
    fn is_impersonal(&self, group: &Chunk, floor: u32) -> bool {
        let from = group.tokens.start;
        if self.tag(from) != Tag::Vbg || from < floor + 3 || !self.tag(from - 1).is_adjective() {
            return false;
        }
        let be = (floor + 1..from - 1).rev().take(3).find(|&t| !self.tag(t).is_adverb());
        be.is_some_and(|be| {
            self.is(be, Classes::BE)
                && self
                    .verb_group(be)
                    .is_some_and(|g| g.tokens.start > floor && self.lower(g.tokens.start - 1) == "it")
        })
    }

    /// Whether a verb group is a lone past participle that passes for a passive: not the only verb of its sentence,
    /// for then it is a past tense that the tagger took for a participle.
    pub(super) fn is_reduced_passive(&self, group: &Chunk, bounds: &Range<u32>) -> bool {
        if self.tag(group.head) != Tag::Vbn || group.tokens.len() != 1 {
            return false;
        }
        let next_by = group.tokens.end < bounds.end && self.lower(group.tokens.end) == "by";
        let s = self.doc.sentence_of(group.head).index();
        let others = self.doc.chunks_in(s).iter().any(|c| {
            c.kind == ChunkKind::Verb
                && c.is_finite()
                && bounds.contains(&c.head)
                && self.quote_at(c.head) == self.quote_at(group.head)
        });
        next_by || others
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
            if let Some(subject) = self.direct_subject(chunk, floor)
                && subject.form != Form::Relative
            {
                return Some(subject);
            }
        }
        None
    }

    fn following_subject(&self, from: u32) -> Option<Phrase> {
        let ceiling = self.doc.sentences[self.doc.sentence_of(from.saturating_sub(1)).index()].tokens.end;
        let comma = (from..ceiling).find(|&i| self.kind(i) == TokenKind::Comma)?;
        let mut i = comma + 1;
        while i < ceiling {
            if let Some(chunk) = self.doc.chunk_at(i) {
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
