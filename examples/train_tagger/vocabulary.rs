//! Which words the tagger knows, and which tags each may have.

use crate::silver::{Article, Gold};
use onrecord::lexicon::Tagger;
use onrecord::text::TokenKind;
use onrecord::text::tag::{Sights, Tag, Walk};
use std::collections::{BTreeMap, HashMap, HashSet};

/// A word that stands less often is unknown.
const LEAST: u32 = 1;
/// How often a word must stand in a case for its tags there to be taken as all it may have.
const ENOUGH: u32 = 1;
/// A word that stands less often may have tags that it was not seen with, where its kin were.
const SEEN: u32 = 40;
/// The share of a tag that makes it the word's only one.
const DOMINANT: f64 = 0.994;
/// The share below which a tag is taken for the annotation's error.
const STRAY: f64 = 0.003;
/// Sets beyond those that a byte numbers give way to wider ones.
const SETS: usize = 250;

type Counts = BTreeMap<Tag, u32>;

/// Tables with the words of the articles and without weights.
pub fn collect(articles: &[Article]) -> Tagger {
    let empty = Tagger::new(&[], vec![0], vec![]);
    let lexicon = onrecord::Lexicon::with_tagger(empty.clone());
    let mut words: HashMap<String, [Counts; 3]> = HashMap::new();
    let mut sights = Sights::default();
    for article in articles {
        let mut cut = article.cut(&lexicon);
        for sentence in &cut.sentences {
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            let tokens = &mut cut.tokens[range.clone()];
            let forms: Vec<_> = tokens.iter().map(|t| (t.kind, t.span.of(&article.text))).collect();
            let walk = Walk::new(&article.text, &empty, tokens, &mut sights);
            for (i, (kind, form)) in forms.into_iter().enumerate() {
                if let (TokenKind::Word, Gold::Exact(tag)) = (kind, &cut.gold[range.start + i]) {
                    let word = form.to_lowercase().replace('’', "'");
                    *words.entry(word).or_default()[walk.case(i) as usize].entry(*tag).or_default() += 1;
                }
            }
        }
    }
    let kin = Kin::of(&words);
    let mut words: Vec<_> =
        words.into_iter().map(|(w, cases)| (cases.iter().map(total).sum::<u32>(), w, cases)).collect();
    words.retain(|(n, ..)| *n >= LEAST);
    words.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let sets: Vec<[u64; 3]> = words.iter().map(|(_, word, cases)| sets(word, cases, &kin)).collect();
    let numbers = number(&sets);
    let words: Vec<String> = words.into_iter().map(|(_, w, _)| w).collect();
    let mut list = vec![0; numbers.len() + 1];
    for (set, n) in &numbers {
        list[*n as usize] = *set;
    }
    let cases = sets.iter().map(|s| s.map(|set| find(set, &numbers))).collect();
    Tagger::new(&words, list, cases)
}

fn total(counts: &Counts) -> u32 {
    counts.values().sum()
}

fn bit(tag: Tag) -> u64 {
    1 << tag as u8
}

/// The tags that a word may have in each case; 0 where too little is known.
fn sets(word: &str, cases: &[Counts; 3], kin: &Kin) -> [u64; 3] {
    let own: Vec<u64> = cases.iter().map(|counts| set(word, counts, kin)).collect();
    let [lower, capital, uncertain] = own[..] else { return [0; 3] };
    let placed = if uncertain.is_power_of_two() {
        uncertain
    } else {
        // what opens a sentence may be anything that the word is elsewhere
        let (few, many) = (total(&cases[0]).min(total(&cases[1])), total(&cases[0]).max(total(&cases[1])));
        match (lower, capital) {
            (0, 0) => uncertain,
            (0, only) | (only, 0) if few * 50 < many => only | uncertain,
            (0, _) | (_, 0) => 0,
            _ => lower | capital | uncertain,
        }
    };
    [lower, capital, placed]
}

fn set(word: &str, counts: &Counts, kin: &Kin) -> u64 {
    let n = total(counts);
    if n < ENOUGH {
        return 0;
    }
    let dominant = counts.iter().find(|(_, c)| f64::from(**c) >= DOMINANT * f64::from(n));
    let stray = (STRAY * f64::from(n)).max(if n > 100 { 1.0 } else { 0.0 });
    let set = match dominant {
        Some((tag, _)) => bit(*tag),
        None => counts.iter().filter(|(_, c)| f64::from(**c) > stray).fold(0, |s, (t, _)| s | bit(*t)),
    };
    if n < SEEN || dominant.is_none() { set | kin.more(word, set) } else { set }
}

/// Which words were seen as verbs and which as nouns, by the word without its ending: what a rare form of theirs may
/// be although it was not seen to be.
#[derive(Default)]
struct Kin {
    verbs: HashSet<String>,
    nouns: HashSet<String>,
}

impl Kin {
    fn of(words: &HashMap<String, [Counts; 3]>) -> Self {
        let mut kin = Self::default();
        for (word, cases) in words {
            let seen =
                |tags: &[Tag]| tags.iter().any(|t| cases.iter().any(|c| c.get(t).is_some_and(|n| *n > 1)));
            if seen(&[Tag::Vb, Tag::Vbp]) {
                kin.verbs.insert(word.clone());
            }
            if seen(&[Tag::Vbz]) {
                kin.verbs.extend(without_s(word));
            }
            if seen(&[Tag::Vbd, Tag::Vbn, Tag::Vbg]) {
                kin.verbs.extend(without_ed(word));
            }
            if seen(&[Tag::Nn]) {
                kin.nouns.insert(word.clone());
            }
            if seen(&[Tag::Nns]) {
                kin.nouns.extend(without_s(word));
            }
        }
        kin
    }

    /// The tags that a word with these may have besides.
    fn more(&self, word: &str, set: u64) -> u64 {
        let has = |tags: &[Tag]| tags.iter().any(|t| set & bit(*t) != 0);
        let mut more = 0;
        if has(&[Tag::Vb, Tag::Vbp]) {
            more |= bit(Tag::Vb) | bit(Tag::Vbp);
        }
        if has(&[Tag::Vbd, Tag::Vbn, Tag::Jj]) && word.ends_with("ed") {
            more |= bit(Tag::Vbd) | bit(Tag::Vbn);
        }
        if has(&[Tag::Vbg, Tag::Nn, Tag::Jj])
            && word.ends_with("ing")
            && without_ed(word).any(|w| self.verbs.contains(&w))
        {
            more |= bit(Tag::Vbg) | bit(Tag::Nn);
        }
        if has(&[Tag::Nn]) && self.verbs.contains(word) {
            more |= bit(Tag::Vb) | bit(Tag::Vbp);
        }
        if has(&[Tag::Vb, Tag::Vbp]) && self.nouns.contains(word) {
            more |= bit(Tag::Nn);
        }
        if has(&[Tag::Nns]) && without_s(word).any(|w| self.verbs.contains(&w)) {
            more |= bit(Tag::Vbz);
        }
        // a plural that was mistaken for a singular
        if has(&[Tag::Nn]) && without_s(word).any(|w| self.nouns.contains(&w)) {
            more |= bit(Tag::Nns);
        }
        if has(&[Tag::Vbz]) && without_s(word).any(|w| self.nouns.contains(&w)) {
            more |= bit(Tag::Nns);
        }
        more
    }
}

/// What a word in -s may be a form of.
fn without_s(word: &str) -> impl Iterator<Item = String> {
    let plain = ["s", "es"].into_iter().filter_map(|e| word.strip_suffix(e)).map(str::to_owned);
    plain.chain(word.strip_suffix("ies").map(|w| format!("{w}y")))
}

/// What a verb in -ed or -ing may be a form of.
fn without_ed(word: &str) -> impl Iterator<Item = String> {
    let stems = ["ed", "ing"].into_iter().filter_map(|e| word.strip_suffix(e));
    stems.flat_map(|w| [w.to_owned(), format!("{w}e")])
}

/// Numbers from 1 for the most frequent sets.
fn number(sets: &[[u64; 3]]) -> BTreeMap<u64, u8> {
    let mut counts: BTreeMap<u64, u32> = BTreeMap::new();
    for set in sets.iter().flatten().filter(|s| **s != 0) {
        *counts.entry(*set).or_default() += 1;
    }
    let mut list: Vec<_> = counts.into_iter().collect();
    list.sort_by_key(|(set, n)| (!set.is_power_of_two(), std::cmp::Reverse(*n), *set));
    list.truncate(SETS);
    list.into_iter().zip(1..).map(|((set, _), n)| (set, n)).collect()
}

/// The set's number, or that of the smallest that holds it; 0 if none does.
fn find(set: u64, numbers: &BTreeMap<u64, u8>) -> u8 {
    let wider = numbers.iter().filter(|(s, _)| **s & set == set).min_by_key(|(s, _)| (s.count_ones(), **s));
    if set == 0 { 0 } else { wider.map_or(0, |(_, n)| *n) }
}
