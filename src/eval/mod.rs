//! Precision, recall and F1 of attributions against annotated text.
//!
//! Owns the measure. Takes the annotated attributions of an article (brat standoff, as the PolNeAR corpus has them)
//! and those of its record; returns [`Scores`]. All offsets are code points. What brat standoff does not tell (kind,
//! stance, nesting and the like) is read by [`annotation`] and measured by [`fields`].
//!
//! Comparison is on words (runs of letters and digits, with apostrophes inside), so that quotation marks and white
//! space at a span's edges do not count. A predicted attribution and a gold one are the same where the word overlap
//! of their contents (Dice) is at least a half; one to one, best overlap first.

pub mod annotation;
pub mod claims;
pub mod fields;
pub mod groups;
mod words;

pub use self::words::measure_by;

use self::words::{Words, dice, ratio, same_cue, same_source, shared};
use crate::record::{Attribution, Offsets, Record};
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Serialize;

/// An attribution's three parts, each as its spans in code points; an absent part has none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Annotated {
    /// Who.
    pub source: Vec<Offsets>,
    /// The words that attribute.
    pub cue: Vec<Offsets>,
    /// What.
    pub content: Vec<Offsets>,
}

/// Reads brat standoff: every event with the roles Source, Cue and Content. Lines of other sorts are passed over.
pub fn read_brat(standoff: &str) -> Vec<Annotated> {
    let mut bound: FxHashMap<&str, Vec<Offsets>> = FxHashMap::default();
    let mut events: Vec<&str> = Vec::new();
    for line in standoff.lines() {
        let mut fields = line.split('\t');
        let (Some(id), Some(body)) = (fields.next(), fields.next()) else { continue };
        if id.starts_with('T') {
            let places = body.split_once(' ').map_or("", |(_, places)| places);
            let span = |place: &str| {
                let (start, end) = place.trim().split_once(' ')?;
                Some([start.parse().ok()?, end.parse().ok()?])
            };
            bound.insert(id, places.split(';').filter_map(span).collect());
        } else if id.starts_with('E') {
            events.push(body);
        }
    }
    let attribution = |event: &&str| {
        let mut a = Annotated::default();
        for (role, id) in event.split_whitespace().filter_map(|part| part.split_once(':')) {
            let part = match role.trim_end_matches(|c: char| c.is_ascii_digit()) {
                "Source" => &mut a.source,
                "Cue" => &mut a.cue,
                "Content" => &mut a.content,
                _ => continue,
            };
            part.extend(bound.get(id).into_iter().flatten());
            part.sort_unstable();
        }
        a
    };
    events.iter().map(attribution).collect()
}

/// All of a record's attributions, nested ones too.
pub fn drawn(record: &Record) -> Vec<(Annotated, &Attribution)> {
    let annotated = |a: &Attribution| Annotated {
        source: a.source.iter().map(|s| s.span).collect(),
        cue: a.cue.iter().map(|c| c.span).collect(),
        content: a.content.spans.clone(),
    };
    record.attributions.iter().map(|a| (annotated(a), a)).collect()
}

/// A record's attributions as annotators draw them: those whose cue stands in another's content are left out, since
/// PolNeAR annotates outermost attributions only. With the attribution that each is drawn from.
pub fn outermost(record: &Record) -> Vec<(Annotated, &Attribution)> {
    let list = &record.attributions;
    let nested = |i: usize| {
        let Some(cue) = &list[i].cue else { return false };
        let inside = |&[start, end]: &Offsets| start <= cue.span[0] && cue.span[1] <= end;
        list.iter().enumerate().any(|(j, other)| i != j && other.content.spans.iter().any(inside))
    };
    drawn(record).into_iter().enumerate().filter(|(i, _)| !nested(*i)).map(|(_, drawn)| drawn).collect()
}

/// An attribution of the gold and the predicted one that is it, by their positions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Position in the gold.
    pub gold: usize,
    /// Position among the predicted.
    pub predicted: usize,
    /// Whether source and cue are right too.
    pub full: bool,
}

/// Precision, recall and F1, in per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Figure {
    /// Of what was predicted, how much is right.
    pub p: f64,
    /// Of what is right, how much was predicted.
    pub r: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

impl Figure {
    /// Of shares.
    pub(crate) fn new(p: f64, r: f64) -> Self {
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        Self { p: 100.0 * p, r: 100.0 * r, f1: 100.0 * f1 }
    }
}

/// Counts over articles.
#[derive(Clone, Debug, Default)]
pub struct Scores {
    /// Attributions of the gold that have content.
    pub gold: usize,
    /// Attributions predicted.
    pub predicted: usize,
    detect: usize,
    exact: usize,
    speaker: usize,
    full: usize,
    /// of quoted contents: all, detected, and with the right source; on either side
    gold_quoted: [usize; 3],
    predicted_quoted: [usize; 3],
    /// of words in content, source, cue: in both, predicted, gold
    words: [[usize; 3]; 3],
}

impl Scores {
    /// The figures by name, in the order in which they are shown.
    ///
    /// *detect*: the contents overlap by half. *exact*: they hold the same words. *speaker*: detect, and the sources
    /// agree. *full*: speaker, and the cues share a word. *words*: each word of the article in or out. *quoted*:
    /// contents that hold a quotation mark and five words or more.
    pub fn figures(&self) -> Vec<(&'static str, Figure)> {
        let of = |n: usize| Figure::new(ratio(n, self.predicted), ratio(n, self.gold));
        let words =
            |[both, predicted, gold]: [usize; 3]| Figure::new(ratio(both, predicted), ratio(both, gold));
        let (p, g) = (self.predicted_quoted, self.gold_quoted);
        let quoted = |i: usize| Figure::new(ratio(p[i], p[0]), ratio(g[i], g[0]));
        vec![
            ("detect", of(self.detect)),
            ("exact", of(self.exact)),
            ("speaker", of(self.speaker)),
            ("full", of(self.full)),
            ("words:content", words(self.words[0])),
            ("words:source", words(self.words[1])),
            ("words:cue", words(self.words[2])),
            ("quoted:detect", quoted(1)),
            ("quoted:speaker", quoted(2)),
        ]
    }

    /// Counts an article in. Returns which attributions are the same.
    pub fn add(&mut self, text: &str, gold: &[Annotated], predicted: &[Annotated]) -> Vec<Pair> {
        let words = Words::new(text);
        let read = |list: &[Annotated]| list.iter().map(|a| Parts::new(a, &words)).collect::<Vec<_>>();
        let (gold, predicted) = (read(gold), read(predicted));
        self.count_words(&gold, &predicted);

        let with_content = |a: &&Parts| !a.content.is_empty();
        self.gold += gold.iter().filter(with_content).count();
        self.gold_quoted[0] += gold.iter().filter(with_content).filter(|a| a.quoted).count();
        self.predicted += predicted.iter().filter(with_content).count();
        self.predicted_quoted[0] += predicted.iter().filter(with_content).filter(|a| a.quoted).count();

        let mut pairs = Vec::new();
        for (i, g) in gold.iter().enumerate() {
            for (j, p) in predicted.iter().enumerate() {
                let overlap = dice(&g.content, &p.content);
                if overlap >= 0.5 {
                    let speaker = same_source(&g.source, &p.source, &words);
                    pairs.push((overlap, speaker, shared(&g.cue, &p.cue), i, j));
                }
            }
        }
        pairs.sort_by(|a, b| {
            b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then(b.2.cmp(&a.2)).then((a.3, a.4).cmp(&(b.3, b.4)))
        });
        let mut used = vec![false; gold.len()];
        let mut matched = vec![false; predicted.len()];
        let mut same = Vec::new();
        for (_, speaker, _, i, j) in pairs {
            if used[i] || matched[j] {
                continue;
            }
            (used[i], matched[j]) = (true, true);
            let (g, p) = (&gold[i], &predicted[j]);
            let full = speaker && same_cue(&g.cue, &p.cue);
            same.push(Pair { gold: i, predicted: j, full });
            self.detect += 1;
            self.exact += usize::from(g.content == p.content);
            self.speaker += usize::from(speaker);
            self.full += usize::from(full);
            for (quoted, counts) in
                [(g.quoted, &mut self.gold_quoted), (p.quoted, &mut self.predicted_quoted)]
            {
                counts[1] += usize::from(quoted);
                counts[2] += usize::from(quoted && speaker);
            }
        }
        same
    }

    fn count_words(&mut self, gold: &[Parts], predicted: &[Parts]) {
        let parts: [fn(&Parts) -> &Vec<u32>; 3] = [|a| &a.content, |a| &a.source, |a| &a.cue];
        for (part, counts) in parts.into_iter().zip(&mut self.words) {
            let all = |list: &[Parts]| list.iter().flat_map(part).copied().collect::<FxHashSet<u32>>();
            let (g, p) = (all(gold), all(predicted));
            counts[0] += g.intersection(&p).count();
            counts[1] += p.len();
            counts[2] += g.len();
        }
    }
}

/// An attribution as the numbers of its words.
struct Parts {
    source: Vec<u32>,
    cue: Vec<u32>,
    content: Vec<u32>,
    quoted: bool,
}

impl Parts {
    fn new(a: &Annotated, words: &Words) -> Self {
        let content = words.of(&a.content);
        let quoted = content.len() >= 5 && words.quotes(&a.content);
        Self { source: words.of(&a.source), cue: words.of(&a.cue), content, quoted }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "“It rained for 12 hours,” said the mayor's aide.";

    #[test]
    fn brat_is_read() {
        let standoff = "T1\tSource 31 47\tthe mayor's aide\nT2\tCue 26 30\tsaid\nT3\tContent 0 10;11 25\t…\n\
                        E1\tAttribution:T2 Source:T1 Cue:T2 Content:T3\n#1\tAnnotatorNotes T3\tx\n";
        let want =
            Annotated { source: vec![[31, 47]], cue: vec![[26, 30]], content: vec![[0, 10], [11, 25]] };
        assert_eq!(read_brat(standoff), [want]);
    }

    #[test]
    fn counts_are_those_worked_out_by_hand() {
        let gold = Annotated { source: vec![[31, 47]], cue: vec![[26, 30]], content: vec![[0, 25]] };
        let near = Annotated { source: vec![[42, 46]], cue: vec![[26, 30]], content: vec![[4, 25]] };
        let wrong = Annotated { source: vec![], cue: vec![], content: vec![[31, 47]] };
        let mut scores = Scores::default();
        let pairs = scores.add(TEXT, &[gold], &[wrong, near]);
        assert_eq!(pairs, [Pair { gold: 0, predicted: 1, full: true }]);
        let figures: FxHashMap<_, _> = scores.figures().into_iter().collect();
        assert_eq!((figures["detect"].p, figures["detect"].r), (50.0, 100.0));
        assert!((figures["detect"].f1 - 200.0 / 3.0).abs() < 1e-9);
        assert_eq!(figures["exact"].f1, 0.0);
        assert_eq!(figures["full"].r, 100.0);
        assert_eq!(figures["quoted:speaker"].r, 100.0);
        assert_eq!(figures["quoted:speaker"].p, 0.0, "four words are no quotation");
        // "aide" of "the mayor's aide", nothing of what is wrong
        assert_eq!(figures["words:source"].p, 100.0);
        assert!((figures["words:source"].r - 100.0 / 3.0).abs() < 1e-9);
    }
}
