//! Quotations and the words beside them that say whose they are.

use super::super::candidate::Candidate;
use super::super::content::Frame;
use super::super::part::Named;
use super::super::ranges::Ranges;
use super::super::rank::Ends;
use super::super::scene::{Phrase, Scene};
use super::colon::{COLON_QUOTE, agent, by_agent, colon_quote};
use super::reporting::{
    Verb, before_by_words, by_words, first_group, last_group, name_after, speech_cue, subject_by_words,
};
use crate::lexicon::Frames;
use crate::quote::Quote;
use crate::rule::{Rule, Stage};
use crate::text::{Tag, TokenKind};
use crate::vocabulary::{AttributionKind, QuoteRole, Stance};
use std::ops::Range;

static QUOTE_SOURCE_CUE: Named = Named::of(Rule {
    id: "quote-source-cue",
    stage: Stage::Attribution,
    reason: "A quotation followed by a noun phrase and a verb of saying is the words of that noun phrase.",
    examples: &[
        "“The bridge will stay shut,” Mayor Ana Brandt said.",
        "“We lost everything,” he told reporters on Monday.",
    ],
    near_misses: &["“The Bridge,” he left behind, sold well."],
});

static QUOTE_CUE_SOURCE: Named = Named::of(Rule {
    id: "quote-cue-source",
    stage: Stage::Attribution,
    reason: "After a quotation, verb and subject may be inverted.",
    examples: &[
        "“The bridge will stay shut,” said Ana Brandt, the mayor of Dorn.",
        "“Why now?” asked the judge.",
    ],
    near_misses: &["“The Bridge” opened doors for the band."],
});

static SOURCE_CUE_QUOTE: Named = Named::of(Rule {
    id: "source-cue-quote",
    stage: Stage::Attribution,
    reason: "A verb of saying that ends right before a quotation introduces it.",
    examples: &[
        "Brandt said: “The bridge will stay shut.”",
        "In a letter, the minister wrote, “We cannot wait any longer for help.”",
    ],
    near_misses: &["The bridge, called “the Hook,” will stay shut."],
});

/// How many tokens may stand between a cue and the quotation that goes on after it in the same sentence.
const LONGEST_ASIDE: usize = 10;

pub(super) const RULES: &[&Rule] =
    &[&QUOTE_SOURCE_CUE.rule, &QUOTE_CUE_SOURCE.rule, &SOURCE_CUE_QUOTE.rule, &COLON_QUOTE.rule];

/// Reads the quotations that end in sentence `s`, or start in it after a cue.
pub(super) fn find<'a>(scene: &Scene<'a>, s: usize, ends: &Ends<'_>, out: &mut Vec<Candidate<'a>>) {
    let sentence = scene.sentence(s).tokens.clone();
    for &q in scene.quotes_from_sentence(s) {
        let (i, quote) = (q as usize, &scene.quotes[q as usize]);
        if quote.tokens.start >= sentence.end {
            break;
        }
        if sentence.contains(&(quote.tokens.end - 1)) && quote.tokens.end < sentence.end {
            after_quote(scene, s, i, out);
        }
        if sentence.contains(&quote.tokens.start) && quote.tokens.start > sentence.start {
            before_quote(scene, s, i, quote.tokens.start, ends, out);
        }
    }
    // "Lee wrote:" with the quotation in the next sentence or paragraph
    if let Some(&next) = scene.quotes_from(sentence.end).first()
        && scene.quotes[next as usize].tokens.start == sentence.end
        && scene.quotes[next as usize].role == QuoteRole::Speech
        && (matches!(scene.kind(sentence.end - 1), TokenKind::Colon | TokenKind::Comma)
            || says_what_follows(scene, s))
    {
        before_quote(scene, s, next as usize, sentence.end, ends, out);
    }
}

/// "Lee said in a statement." and nothing else, with a quotation to follow in the paragraph: the full stop stands for a
/// colon.
fn says_what_follows(scene: &Scene<'_>, s: usize) -> bool {
    let body = scene.body(s);
    let same_block = scene.doc.sentences.get(s + 1).is_some_and(|next| next.block == scene.sentence(s).block);
    same_block
        && body.end < scene.sentence(s).tokens.end
        && last_group(scene, body.start, body.end).is_some_and(|g| {
            speech_cue(scene, g).is_some_and(|c| c.is_of_saying() && c.frames.contains(Frames::AFTER))
                && g.is_finite()
                && g.tokens.end < body.end
                && scene.manner(g.tokens.end, body.end).end == body.end
                && scene.subject_of(g, body.start).is_some_and(|p| p.tokens.start == body.start)
        })
}

fn candidate<'a>(
    scene: &Scene<'a>,
    rule: &'static Named,
    s: usize,
    (verb, tokens): (&Verb<'a>, Range<u32>),
    source: Phrase,
    content: Ranges,
) -> Candidate<'a> {
    let plain = Candidate::of_entry(rule, s, Frame::Quote, verb.cue, (tokens, verb.head), content);
    // a verb of thinking or wanting beside a quotation tells how it was said
    let asks = verb.cue.kind == AttributionKind::Question;
    let kind = if asks { verb.cue.kind } else { AttributionKind::Statement };
    Candidate { source: Some(source), kind, negated: scene.is_negated(verb.tokens.clone()), ..plain }
}

/// `“…,” Lee said` and `“…,” said Lee`.
fn after_quote<'a>(scene: &Scene<'a>, s: usize, q: usize, out: &mut Vec<Candidate<'a>>) {
    let quote = &scene.quotes[q];
    let ceiling = scene.body(s).end;
    let start = scene.past_marks(quote.tokens.end, ceiling);
    if start >= ceiling {
        return;
    }
    // the first verb group before the next clause
    let tagged = first_group(scene, start, ceiling)
        .and_then(|g| Some((g, Verb { cue: speech_cue(scene, g)?, tokens: g.tokens.clone(), head: g.head })));
    let speaks = tagged.as_ref().is_some_and(|(_, v)| v.cue.frames.contains(Frames::QUOTE));
    if !speaks && let Some((verb, source)) = by_words(scene, start, ceiling) {
        let rule = if verb.head == start { &QUOTE_CUE_SOURCE } else { &QUOTE_SOURCE_CUE };
        let content = with_continuation(scene, s, q, verb.head.max(source.tokens.end - 1) + 1);
        let tokens = verb.tokens.clone();
        out.push(candidate(scene, rule, s, (&verb, tokens), source, content));
        return;
    }
    let Some((group, verb)) = tagged else { return };
    let inverted = scene.cue_start(group, start) == start
        && !matches!(scene.tag(group.head), Tag::Vbg | Tag::Vbn | Tag::Vb);
    // “The Hook” opened doors, the “Hook” that Lee has praised: speech before such verbs ends in a mark
    let marked = start > quote.tokens.end || scene.is_break(quote.tokens.end.saturating_sub(2));
    if !marked && (inverted || scene.tag(group.head) == Tag::Vbn) {
        return;
    }
    if inverted {
        let named = || name_after(scene, group.tokens.end, ceiling);
        let Some(source) = scene.subject_after(group.tokens.end, ceiling).or_else(named) else { return };
        let content = with_continuation(scene, s, q, source.tokens.end);
        let tokens = group.tokens.clone();
        out.push(candidate(scene, &QUOTE_CUE_SOURCE, s, (&verb, tokens), source, content));
        return;
    }
    let from = scene.cue_start(group, start);
    let whole = || subject_by_words(scene, start..from);
    let Some(source) = scene.subject(from, start).filter(|p| p.tokens.start == start).or_else(whole) else {
        return;
    };
    let (end, said, addressee) = cue_end(scene, &verb, ceiling);
    let content = with_continuation(scene, s, q, said);
    let mut c = candidate(scene, &QUOTE_SOURCE_CUE, s, (&verb, from..end), source, content);
    c.addressee = addressee;
    out.push(c);
}

/// The end of the cue, the end of what tells more of the saying, and the addressee: "told reporters on Monday".
fn cue_end(scene: &Scene<'_>, verb: &Verb<'_>, ceiling: u32) -> (u32, u32, Option<Range<u32>>) {
    if verb.cue.frames.contains(Frames::ADDRESSEE)
        && let Some(np) = scene.noun_phrase_starting(verb.tokens.end, ceiling)
        && !scene.is_time(np.clone())
    {
        // the addressee stands inside what would be the cue's span; the cue ends before it
        return (verb.tokens.end, np.end, Some(np));
    }
    let manner = scene.manner(verb.tokens.end, ceiling);
    (manner.cue, manner.end, manner.addressee)
}

/// The quotation and the one that goes on after the cue: `“…,” he said. “…”`.
fn with_continuation(scene: &Scene<'_>, s: usize, q: usize, cue_end: u32) -> Ranges {
    let quote = &scene.quotes[q];
    let mut content = Ranges::from(quote.tokens.clone());
    // an earlier part of the same sentence: “…” and “…,” he said
    let sentence = scene.sentence(s).tokens.clone();
    // "Lee pledged to “do more,” the Courier reported": so is what the quotation completes
    let completes = |t: u32| matches!(scene.tag(t), Tag::To | Tag::In | Tag::Dt | Tag::Md);
    if quote.tokens.start > sentence.start
        && (quote.role == QuoteRole::Fragment || completes(quote.tokens.start - 1))
    {
        content[0].start = sentence.start;
    }
    let Some(next) = scene.quotes[q + 1..].iter().find(|n| !n.nested) else { return content };
    if next.tokens.start < cue_end {
        return content;
    }
    let between = cue_end..next.tokens.start;
    // “It is sad,” he said on Monday, “a waste of money.”: of two parts between commas the other may be a mere phrase
    let ends = scene.sentence(s).tokens.end;
    let carries_on = next.role == QuoteRole::Fragment
        && quote.tokens.len() > 2
        && next.tokens.len() > 1
        && scene.kind(quote.tokens.end - 2) == TokenKind::Comma
        && scene.kind(next.tokens.start - 1) == TokenKind::Comma
        && next.tokens.end >= ends
        && !scene.token(next.tokens.start + 1).is_capital();
    if next.role != QuoteRole::Speech && !carries_on {
        return content;
    }
    let mark = |t: u32| {
        matches!(
            scene.kind(t),
            TokenKind::Comma | TokenKind::Period | TokenKind::Colon | TokenKind::Semicolon | TokenKind::Dash
        )
    };
    // "he told the crowd on Monday, “…”": phrases may stand between, another verb may not
    let aside = scene.sentence(s).tokens.contains(&next.tokens.start)
        && between.len() <= LONGEST_ASIDE
        && between.clone().last().is_some_and(mark)
        && between.clone().all(|t| scene.verb_group(t).is_none() && scene.quote_at(t).is_none());
    let same_block = scene.doc.sentences[s].block
        == scene.doc.sentences[scene.doc.sentence_of(next.tokens.start).index()].block;
    // "“…,” he said, but “…”"
    let joined = |t: u32| mark(t) || scene.tag(t) == Tag::Cc;
    if (aside || between.clone().all(joined)) && same_block && !has_own_cue(scene, next.tokens.clone()) {
        content.push(next.tokens.clone());
    }
    content
}

/// Whether a verb of saying follows a quotation in its own sentence.
pub(in super::super) fn has_own_cue(scene: &Scene<'_>, quote: Range<u32>) -> bool {
    let s = scene.doc.sentence_of(quote.end - 1).index();
    let ceiling = scene.body(s).end;
    let start = scene.past_marks(quote.end, ceiling);
    if start >= ceiling || scene.quote_at(start).is_some() {
        return false;
    }
    let near = ceiling.min(start + 12);
    let Some(group) = first_group(scene, start, near)
        .filter(|g| speech_cue(scene, g).is_some_and(|c| c.frames.contains(Frames::QUOTE)))
    else {
        return by_words(scene, start, near).is_some();
    };
    // after a full stop, "Lee said" with a content of its own is a new sentence: speech before its cue ends in a comma
    let stopped = quote.len() > 2
        && scene.kind(quote.end - 2) == TokenKind::Period
        && group.tokens.start > start
        && start == quote.end;
    let end = scene.manner(group.tokens.end, ceiling).end;
    !stopped || end >= ceiling || scene.is_break(end)
}

/// `Lee said, “…”`
fn before_quote<'a>(
    scene: &Scene<'a>,
    s: usize,
    q: usize,
    anchor: u32,
    ends: &Ends<'_>,
    out: &mut Vec<Candidate<'a>>,
) {
    let quote = &scene.quotes[q];
    let floor = scene.sentence(s).tokens.start;
    let mut end = anchor;
    while end > floor
        && (matches!(scene.kind(end - 1), TokenKind::Comma | TokenKind::Colon | TokenKind::Dash)
            || end == scene.sentence(s).tokens.end && scene.kind(end - 1) == TokenKind::Period)
    {
        end -= 1;
    }
    let marked = end < quote.tokens.start;
    if marked
        && quote.role == QuoteRole::Speech
        && let Some((verb, source)) = before_by_words(scene, floor, end)
    {
        let content = content_after(scene, quote, verb.head, ends);
        let tokens = verb.head..end.max(verb.head + 1);
        let tokens = if verb.head < source.tokens.start { verb.tokens.clone() } else { tokens };
        out.push(candidate(scene, &SOURCE_CUE_QUOTE, s, (&verb, tokens), source, content));
        return;
    }
    let Some(group) = last_group(scene, floor, end) else { return };
    if marked && let Some(source) = agent(scene, group, end) {
        return by_agent(scene, s, quote, (group, anchor), source, ends, out);
    }
    let Some(cue) = speech_cue(scene, group) else {
        if quote.role == QuoteRole::Speech && scene.kind(anchor - 1) == TokenKind::Colon {
            colon_quote(scene, s, quote, (group, anchor), ends, out);
        }
        return;
    };
    let verb = Verb { cue, tokens: group.tokens.clone(), head: group.head };
    // without a comma or colon the quotation must stand right after the verb
    if !marked && group.tokens.end != end {
        return;
    }
    // “…,” he said, “…”: both parts are one content already
    let joined = |c: &Candidate| c.head == verb.head && c.holds(quote.tokens.start);
    if out.iter().rev().take_while(|c| c.sentence == s).any(joined) {
        return;
    }
    let from = scene.cue_start(group, floor);
    let whole = || {
        let opens = from > floor && from - floor <= 16 && scene.tag(group.tokens.start).is_finite();
        opens.then(|| subject_by_words(scene, floor..from)).flatten()
    };
    let Some(source) = scene.subject_of(group, floor).or_else(whole) else { return };
    let (mut cue_end, _, addressee) = cue_end(scene, &verb, end);
    if addressee.is_none() && cue_end < end && !scene.is_break(cue_end) {
        cue_end = end;
    }
    if scene.kind(quote.tokens.start - 1) == TokenKind::Colon && cue_end == quote.tokens.start - 1 {
        cue_end += 1;
    }
    let content = content_after(scene, quote, group.head, ends);
    let mut c = candidate(scene, &SOURCE_CUE_QUOTE, s, (&verb, from..cue_end), source, content);
    c.addressee = addressee;
    c.stance = if c.stance == Stance::Neutral { cue.stance } else { c.stance };
    if !marked {
        // "wants “a total ban”": nothing shows that it was said
        c.kind = cue.kind;
    }
    out.push(c);
}

/// The content that starts with a quotation after its cue.
pub(super) fn content_after(scene: &Scene<'_>, quote: &Quote, cue_head: u32, ends: &Ends<'_>) -> Ranges {
    let sentence_end = scene.body(scene.doc.sentence_of(quote.tokens.start).index()).end;
    let ceiling = sentence_end.max(quote.tokens.end);
    let end = if quote.tokens.end >= sentence_end {
        quote.tokens.end
    } else {
        scene.content_end(quote.tokens.start, ceiling, Frame::Quote, cue_head, ends).max(quote.tokens.end)
    };
    (quote.tokens.start..end).into()
}
