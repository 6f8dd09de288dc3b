//! Another name for someone, the same throughout the article: the source has the new name, and nothing else changes.
//!
//! The new name is of the old one's shape: as many words, a first name that tells the same gender, a surname that means
//! nothing.

use crate::differences::{self, PLAIN, Reading};
use crate::story::{self, MEN, WOMEN};
use crate::wrapping::unwrapped;
use crate::{Count, corpus, holds, read};
use onrecord::lexicon::Classes;
use onrecord::record::SourceKind;
use onrecord::{Lexicon, Pipeline};
use proptest::prelude::*;
use proptest::sample::select;

/// Words of a text that become others.
type Renaming = Vec<(String, String)>;

/// A text with its words renamed, and the offset in it of each character of the text.
fn renamed(text: &str, renaming: &Renaming) -> (String, Vec<u32>) {
    let mut out = String::new();
    let mut offsets = Vec::new();
    let mut written = 0;
    let letter = |c: char| c.is_alphabetic();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let length =
            if letter(first) { rest.find(|c| !letter(c)).unwrap_or(rest.len()) } else { first.len_utf8() };
        let (word, after) = rest.split_at(length);
        let new = renaming.iter().find(|(old, _)| old == word).map_or(word, |(_, new)| new);
        let (before, now) = (word.chars().count() as u32, new.chars().count() as u32);
        // within a word, only its ends have places
        offsets.extend((0..before).map(|i| written + i.min(now)));
        written += now;
        out.push_str(new);
        rest = after;
    }
    offsets.push(written);
    (out, offsets)
}

fn of_renaming(text: &str, renaming: &Renaming) -> Vec<String> {
    let (after, offsets) = renamed(text, renaming);
    let words = |words: &str| renamed(words, renaming).0;
    let moved = Reading { offset: &|at| offsets[at as usize], words: &words };
    differences::of((&read(text), &moved), (&read(&after), &PLAIN))
}

/// Surnames that mean nothing.
fn surnames() -> impl Strategy<Value = String> {
    let start = select(
        &["B", "Br", "D", "Dr", "F", "G", "H", "K", "Kr", "L", "M", "N", "P", "R", "T", "Tr", "V", "Z"][..],
    );
    let middle = select(&["a", "e", "i", "o", "u"][..]);
    let joint = select(&["ld", "nd", "rr", "st", "v", "z", "lk", "mb", "rn", "tt"][..]);
    let end = select(&["a", "en", "er", "o", "ic", "sen", "ton", "ov", "ek", "ard", "uin"][..]);
    (start, middle, joint, end)
        .prop_map(|(a, b, c, d)| format!("{a}{b}{c}{d}"))
        .prop_filter("it is no word", |name| !Pipeline::default().lexicon().find(name).is_known())
}

#[test]
fn in_stories() {
    let cases = (story::stories(), select(WOMEN), select(MEN), surnames());
    let cases = cases.prop_filter("the new name is another", |(story, woman, man, last)| {
        story.people.iter().all(|p| p.first != *woman && p.first != *man && p.last != last)
    });
    holds(cases, |(story, woman, man, last)| {
        let [someone, _] = story.people;
        let first = if someone.woman { woman } else { man };
        let renaming =
            vec![(someone.first.to_owned(), first.to_owned()), (someone.last.to_owned(), last.clone())];
        of_renaming(&story.text(), &renaming)
    });
}

/// The renamings of an article: for each person with a first name and a surname of no other meaning.
/// They are also renamed in capitals; who goes by initials in labels is left out.
fn renamings(text: &str, lexicon: &Lexicon) -> Vec<Renaming> {
    let plain = |word: &str| word.len() > 2 && word.chars().all(|c| c.is_ascii_alphabetic());
    let gender = |word: &str| {
        lexicon.classes(lexicon.find(word)) & (Classes::FIRST_NAME_FEMALE | Classes::FIRST_NAME_MALE)
    };
    let mut all = Vec::new();
    for source in read(text).sources.iter().filter(|s| s.kind == SourceKind::Person && s.named) {
        let Some((first, last)) = source.name.split_once(' ') else { continue };
        let meant = lexicon.find(last).is_known() || lexicon.find(&last.to_lowercase()).is_known();
        let initials = format!("\n{}{}:", &first[..first.len().min(1)], &last[..last.len().min(1)]);
        if !plain(first) || !plain(last) || meant || text.contains(&initials) {
            continue;
        }
        let names: &[&str] = match gender(first) {
            Classes::FIRST_NAME_FEMALE => WOMEN,
            Classes::FIRST_NAME_MALE => MEN,
            _ => continue,
        };
        let Some(new) = names.iter().find(|n| !text.contains(**n)) else { continue };
        for surname in ["Drazen", "Kolden", "Vambic"] {
            if !text.contains(surname) {
                let mut renaming =
                    vec![(first.to_owned(), (*new).to_owned()), (last.to_owned(), surname.to_owned())];
                let capitals = |(old, new): &(String, String)| (old.to_uppercase(), new.to_uppercase());
                renaming.extend(renaming.clone().iter().map(capitals));
                all.push(renaming);
            }
        }
    }
    all
}

#[test]
fn in_the_corpus() {
    let pipeline = Pipeline::default();
    let of = |(name, text): (String, String)| {
        // a name of another length would need other breaks of lines
        let text = unwrapped(&text);
        let all = renamings(&text, pipeline.lexicon());
        all.into_iter().map(move |renaming| (name.clone(), text.clone(), renaming)).collect::<Vec<_>>()
    };
    let cases: Vec<_> = corpus().into_iter().flat_map(of).collect();
    Count::of(&cases, |(name, text, renaming)| {
        of_renaming(text, renaming).into_iter().map(|f| format!("{name} {renaming:?}: {f}")).collect()
    })
    .at_least(91.0);
}
