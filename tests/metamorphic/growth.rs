//! Articles that go on: a paragraph more, and the whole of it again.

use crate::differences::{self, PLAIN, Reading};
use crate::story::{self, Story};
use crate::{Count, corpus, holds, read};
use onrecord::Record;
use onrecord::record::BlockKind;
use proptest::prelude::*;
use serde_json::Value;

/// For each source of a record, the one of another that has its first mention.
fn same_sources(before: &Record, after: &Record, moved: u32) -> Vec<Option<u32>> {
    let found = |mention: &[u32; 2]| {
        let mention = [mention[0] + moved, mention[1] + moved];
        after.sources.iter().find(|s| s.mentions.contains(&mention)).map(|s| s.id)
    };
    before.sources.iter().map(|s| s.mentions.first().and_then(found)).collect()
}

fn renumber(value: &mut Value, ids: &[Option<u32>]) {
    if let Some(id) = value.as_u64() {
        *value = ids[id as usize].into();
    }
}

/// A record's attributions and claims, with their sources' numbers as they are in another.
fn with_sources(record: &Record, reading: &Reading<'_>, ids: Option<&[Option<u32>]>) -> Value {
    let mut value = reading.of(record);
    if let Some(ids) = ids {
        for attribution in value["attributions"].as_array_mut().unwrap() {
            renumber(&mut attribution["relay"], ids);
            if let Some(id) = attribution["source"].get_mut("ref") {
                renumber(id, ids);
            }
        }
        for claim in value["claims"].as_array_mut().unwrap() {
            renumber(&mut claim["claimant"], ids);
        }
    }
    value
}

/// Takes away where it was not known before whom or what something means, so that nothing is said against its being known
/// now.
fn learn(before: &Value, after: &mut Value) {
    for (list, path) in [("attributions", "/source/ref"), ("claims", "/claimant"), ("claims", "/figure")] {
        let (Some(a), Some(b)) = (before[list].as_array(), after[list].as_array_mut()) else { continue };
        for (a, b) in a.iter().zip(b) {
            if let (Some(Value::Null), Some(now)) = (a.pointer(path), b.pointer_mut(path)) {
                *now = Value::Null;
            }
        }
    }
}

/// What an appended paragraph changed before it. Sources may have got fuller names, a gender, further mentions; what is
/// said of someone whom only the new paragraph names may now be known to be theirs; figures may hold further claims.
/// Where it speaks again of those who speak before, that is evidence, and moves the confidence of what was read of them.
fn of_appending(text: &str, paragraph: &str, evidence: bool) -> Vec<String> {
    let before = read(text);
    let after = read(&format!("{}\n\n{paragraph}", text.trim_end()));
    let ids = same_sources(&before, &after, 0);
    let lost = before.sources.iter().zip(&ids).filter(|(_, id)| id.is_none());
    let mut found: Vec<String> = lost.map(|(s, _)| format!("{} is no source any more", s.name)).collect();
    for (source, id) in before.sources.iter().zip(&ids) {
        let Some(now) = id.map(|id| &after.sources[id as usize]) else { continue };
        if now.name != source.name {
            // a fuller name makes another of what stood for the shorter one: "the board" of the Lakeside Water Board
            continue;
        }
        // a mention may turn out to be of someone whom the new paragraph names
        let named_later = |mention: &[u32; 2]| {
            let of = after.sources.iter().find(|s| s.mentions.contains(mention));
            of.is_some_and(|s| s.mentions.iter().any(|m| m[0] > before.length))
        };
        let kept = |mention: &[u32; 2]| now.mentions.contains(mention) || named_later(mention);
        let gone: Vec<_> = source.mentions.iter().filter(|m| !kept(m)).collect();
        if !gone.is_empty() {
            found.push(format!("{} loses mentions at {gone:?}", source.name));
        }
    }
    let mut wanted = with_sources(&before, &PLAIN, Some(&ids));
    let mut got = with_sources(&after, &PLAIN, None);
    for list in ["blocks", "sentences", "attributions", "quotes", "claims", "diagnostics"] {
        let length = wanted[list].as_array().unwrap().len();
        got[list].as_array_mut().unwrap().truncate(length);
    }
    learn(&wanted, &mut got);
    // figures are numbered by their first claims, and grow
    let figures = |value: &mut Value| {
        value["claims"].as_array_mut().unwrap().iter_mut().for_each(|c| c["figure"] = Value::Null);
    };
    figures(&mut wanted);
    figures(&mut got);
    if evidence {
        for record in [&mut wanted, &mut got] {
            record["attributions"]
                .as_array_mut()
                .unwrap()
                .iter_mut()
                .for_each(|a| a["confidence"] = Value::Null);
        }
    }
    for list in ["blocks", "sentences", "attributions", "quotes", "claims", "diagnostics"] {
        found.extend(
            differences::between(&wanted[list], &got[list]).into_iter().map(|d| format!("{list}{d}")),
        );
    }
    found
}

/// The text of an article from its first paragraph on, and where that begins, in characters.
fn body(text: &str) -> (&str, usize) {
    let record = read(text);
    let prose = |kind| !matches!(kind, BlockKind::Headline | BlockKind::Byline | BlockKind::Dateline);
    let start = record.blocks.iter().find(|b| prose(b.kind)).map_or(0, |b| b.span[0] as usize);
    let at = text.char_indices().nth(start).map_or(text.len(), |(i, _)| i);
    (text[at..].trim_end(), start)
}

/// Keys of a claim that do not tell of the claim itself but of its place among others.
const PLACES: [&str; 5] = ["id", "sentence", "attribution", "claimant", "figure"];

/// The claims at and after a place, as if it were the first: without their places among others, and with the name of
/// whoever vouches for them. Those without a name go by the words of the place: "her team" may be "the team" again.
fn claims_from(record: &Record, start: u32, end: u32) -> Vec<Value> {
    let moved = Reading { offset: &|at| at.saturating_sub(start), ..PLAIN };
    let all = moved.of(record);
    let inside = |c: &onrecord::record::Claim| start <= c.span[0] && c.span[0] < end;
    let here = all["claims"].as_array().unwrap().iter().zip(&record.claims).filter(|(_, c)| inside(c));
    here.map(|(value, claim)| {
        let mut value = value.clone();
        for key in PLACES {
            value[key] = Value::Null;
        }
        let claimant = claim.claimant.map(|id| &record.sources[id as usize]);
        value["claimant"] = claimant.filter(|s| s.named).map(|s| s.name.clone()).into();
        value
    })
    .collect()
}

/// What the claims of an article's body differ in from those of the same body come again at its end.
fn of_doubling(text: &str) -> Vec<String> {
    let text = text.trim_end();
    let (body, start) = body(text);
    let length = text.chars().count() as u32;
    let after = read(&format!("{text}\n\n{body}"));
    let first = claims_from(&after, start as u32, length);
    let second = claims_from(&after, length + 2, u32::MAX);
    differences::between(&Value::Array(first), &Value::Array(second))
}

/// An article and a paragraph, and whether it is about the same people or about others.
fn continued() -> impl Strategy<Value = (Story, String, bool)> {
    (story::stories(), story::person(), story::person(), any::<bool>())
        .prop_filter("others are others", |(story, c, d, _)| {
            let known =
                |p: &story::Person| story.people.iter().any(|q| q.last == p.last || q.first == p.first);
            !known(c) && !known(d) && c.last != d.last && c.first != d.first
        })
        .prop_flat_map(|(story, c, d, same)| {
            let people = if same { story.people } else { [c, d] };
            (Just(story), story::paragraph(people), Just(same))
        })
}

#[test]
fn a_paragraph_more_of_stories() {
    holds(continued(), |(story, paragraph, same)| of_appending(&story.text(), &paragraph, same));
}

/// An article up to the end of its last paragraph of prose. What stands below, headings with nothing under them, lists of
/// links, notes of the newsroom, is known by its standing at the end.
fn up_to_prose(text: &str) -> &str {
    let record = read(text);
    let prose = |b: &&onrecord::record::Block| b.kind == BlockKind::Paragraph && b.span[1] - b.span[0] > 100;
    let end = record.blocks.iter().rev().find(prose).map_or(0, |b| b.span[1] as usize);
    let at = text.char_indices().nth(end).map_or(text.len(), |(i, _)| i);
    &text[..at]
}

#[test]
fn a_paragraph_more_of_the_corpus() {
    let paragraphs = [
        "It rained.",
        "Ruth Tamberly, who runs the mill, said that 340 sheep had been moved to higher ground before the river rose.",
        "Nobody was hurt, and the road through the valley was open again by the evening, though few cars used it.",
    ];
    let cases: Vec<_> =
        corpus().into_iter().flat_map(|a| paragraphs.map(|paragraph| (a.clone(), paragraph))).collect();
    Count::of(&cases, |((name, text), paragraph)| {
        of_appending(up_to_prose(text), paragraph, false)
            .into_iter()
            .map(|f| format!("{name}: {f}"))
            .collect()
    })
    .all();
}

#[test]
fn the_whole_of_stories_again() {
    holds(story::stories(), |story| of_doubling(&story.text()));
}

#[test]
fn the_whole_of_the_corpus_again() {
    Count::of(&corpus(), |(name, text)| {
        of_doubling(text).into_iter().map(|f| format!("{name}: {f}")).collect()
    })
    .at_least(96.0);
}
