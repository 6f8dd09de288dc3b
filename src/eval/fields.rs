//! How often each field of an attribution is right, against annotations that tell all of them.
//!
//! Takes the [`Annotation`]s of an article and its record; returns [`Fields`], counts over articles, and the
//! [`Mistake`]s. Attributions of one another are those that share a word of the cue and of the content; where neither
//! has a cue of words, contents that overlap by half. One to one, best overlap first.

use super::annotation::Annotation;
use super::words::{Words, dice, ratio, same_source, shared};
use super::{Annotated, Figure, Parts};
use crate::record::{Attribution, Record};
use crate::vocabulary::{AttributionKind, Stance};
use std::fmt::Display;

/// The fields that are compared, in the order in which they are shown.
pub const FIELDS: [&str; 10] =
    ["source", "content", "name", "named", "kind", "stance", "negated", "addressee", "relay", "parent"];

/// How often a field is right.
#[derive(Clone, Copy, Debug, Default)]
pub struct Tally {
    /// Attributions that were compared.
    pub compared: usize,
    /// Those in which the field is right.
    pub right: usize,
    /// Those in which the annotation has something other than the usual: a stance that is not neutral, an addressee.
    pub gold: usize,
    /// Those in which the record has.
    pub predicted: usize,
    /// Those in which both have, and the same.
    pub both: usize,
}

impl Tally {
    fn add(&mut self, gold: bool, predicted: bool, right: bool) {
        self.compared += 1;
        self.right += usize::from(right);
        self.gold += usize::from(gold);
        self.predicted += usize::from(predicted);
        self.both += usize::from(gold && predicted && right);
    }

    /// The share that is right, in per cent.
    pub fn accuracy(&self) -> f64 {
        100.0 * ratio(self.right, self.compared)
    }

    /// Precision and recall of what is other than the usual.
    pub fn figure(&self) -> Figure {
        Figure::new(ratio(self.both, self.predicted), ratio(self.both, self.gold))
    }
}

/// Counts over articles.
#[derive(Clone, Debug, Default)]
pub struct Fields {
    /// Attributions that a reader must find.
    pub gold: usize,
    /// Attributions of the records, without those on which readers differ.
    pub predicted: usize,
    detected: usize,
    tallies: [Tally; FIELDS.len()],
}

/// Where record and annotation differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistake {
    /// The field; `missed` or `extra` where one side has no such attribution at all.
    pub field: &'static str,
    /// Cue and content.
    pub about: String,
    /// What the annotation has.
    pub want: String,
    /// What the record has.
    pub got: String,
}

impl Fields {
    /// Precision and recall of attributions.
    pub fn detect(&self) -> Figure {
        Figure::new(ratio(self.detected, self.predicted), ratio(self.detected, self.gold))
    }

    /// The tally of each field.
    pub fn tallies(&self) -> impl Iterator<Item = (&'static str, &Tally)> {
        FIELDS.into_iter().zip(&self.tallies)
    }

    /// Counts an article in.
    pub fn add(&mut self, text: &str, gold: &[Annotation], record: &Record) -> Vec<Mistake> {
        let words = Words::new(text);
        let found: Vec<Annotated> = record.attributions.iter().map(annotated).collect();
        let wanted: Vec<Parts> = gold.iter().map(|g| Parts::new(&g.parts, &words)).collect();
        let parts: Vec<Parts> = found.iter().map(|a| Parts::new(a, &words)).collect();
        let pairs = pair(&wanted, &parts);
        let mut of_gold = vec![None; gold.len()];
        let mut of_found = vec![None; parts.len()];
        for &(g, p) in &pairs {
            (of_gold[g], of_found[p]) = (Some(p), Some(g));
        }
        let optional = pairs.iter().filter(|&&(g, _)| gold[g].optional).count();
        self.gold += gold.iter().filter(|g| !g.optional).count();
        self.predicted += parts.len() - optional;
        self.detected += pairs.len() - optional;

        let slice = |spans: &[[u32; 2]]| {
            let each = spans.iter().map(|s| {
                let range = (s[0] as usize).min(words.chars.len())..(s[1] as usize).min(words.chars.len());
                words.chars[range].iter().collect::<String>()
            });
            each.collect::<Vec<_>>().join(" + ")
        };
        let about = |a: &Annotated| {
            let content: String = slice(&a.content).chars().take(60).collect();
            format!("[{}] {}", slice(&a.cue), content.replace('\n', " "))
        };
        let mut mistakes = Vec::new();
        for (g, want) in gold.iter().enumerate() {
            if of_gold[g].is_none() && !want.optional {
                let want_source = slice(&want.parts.source);
                mistakes.push(mistake("missed", about(&want.parts), &want_source, &""));
            }
        }
        for (p, got) in found.iter().enumerate() {
            if of_found[p].is_none() {
                let rule = format!("{} ({})", slice(&got.source), record.attributions[p].rule);
                mistakes.push(mistake("extra", about(got), &"", &rule));
            }
        }
        for (g, p) in pairs {
            let (want, got) = (&gold[g], &record.attributions[p]);
            let about = about(&want.parts);
            let [source, content, name, named, kind, stance, negated, addressee, relay, parent] =
                &mut self.tallies;
            let mut check =
                |tally: &mut Tally, field, marks: (bool, bool), right: bool, texts: [String; 2]| {
                    tally.add(marks.0, marks.1, right);
                    if !right {
                        mistakes.push(mistake(field, about.clone(), &texts[0], &texts[1]));
                    }
                };
            let (w, f) = (&wanted[g], &parts[p]);
            let right = same_source(&w.source, &f.source, &words);
            let texts = [slice(&want.parts.source), slice(&found[p].source)];
            check(source, "source", (!w.source.is_empty(), !f.source.is_empty()), right, texts);
            let right = dice(&w.content, &f.content) >= 0.5;
            check(
                content,
                "content",
                (true, true),
                right,
                [slice(&want.parts.content), got.content.text.clone()],
            );

            let speaker = got.source.as_ref().and_then(|s| s.refers_to).map(|s| &record.sources[s as usize]);
            if let (Some(who), false) = (&want.name, f.source.is_empty()) {
                let right = speaker.is_some_and(|s| holds_words(&s.name, who));
                let texts = [who.clone(), speaker.map_or_else(String::new, |s| s.name.clone())];
                check(name, "name", (true, speaker.is_some()), right, texts);
                if let Some(s) = speaker.filter(|_| right) {
                    let want = who.chars().next().is_some_and(char::is_uppercase);
                    check(named, "named", (want, s.named), want == s.named, [who.clone(), s.name.clone()]);
                }
            }
            let usual = AttributionKind::Statement;
            let marks = (want.kind != usual, got.kind != usual);
            check(kind, "kind", marks, want.kind == got.kind, [debug(want.kind), debug(got.kind)]);
            let of_cue = got.cue.as_ref();
            let its = of_cue.map_or(Stance::Neutral, |c| c.stance);
            let marks = (want.stance != Stance::Neutral, its != Stance::Neutral);
            check(stance, "stance", marks, want.stance == its, [debug(want.stance), debug(its)]);
            let its = of_cue.is_some_and(|c| c.negated);
            let texts = [want.negated.to_string(), its.to_string()];
            check(negated, "negated", (want.negated, its), want.negated == its, texts);

            let to: Vec<_> = got.addressee.iter().map(|a| a.span).collect();
            let right = same_source(&words.of(&want.addressee), &words.of(&to), &words);
            let texts = [slice(&want.addressee), slice(&to)];
            check(addressee, "addressee", (!want.addressee.is_empty(), !to.is_empty()), right, texts);
            let further = got.relay.map(|s| record.sources[s as usize].name.clone());
            let right = match (&want.relay, &further) {
                (Some(want), Some(name)) => holds_words(name, want),
                (None, None) => true,
                _ => false,
            };
            let texts = [want.relay.clone().unwrap_or_default(), further.clone().unwrap_or_default()];
            check(relay, "relay", (want.relay.is_some(), further.is_some()), right, texts);
            let outer = got.parent.map(|p| of_found[p as usize]);
            let right = match (want.parent, outer) {
                (Some(want), Some(Some(outer))) => want == outer,
                // what stands in an attribution that was missed can stand in none
                (Some(want), None) => of_gold[want].is_none(),
                (None, None) => true,
                (None, Some(outer)) => outer.is_none(),
                (Some(_), Some(None)) => false,
            };
            let cue_of = |i: Option<usize>| i.map_or_else(String::new, |i| slice(&gold[i].parts.cue));
            let texts = [cue_of(want.parent), cue_of(outer.flatten())];
            check(parent, "parent", (want.parent.is_some(), outer.is_some()), right, texts);
        }
        mistakes
    }
}

fn mistake(field: &'static str, about: String, want: &dyn Display, got: &dyn Display) -> Mistake {
    Mistake { field, about, want: want.to_string(), got: got.to_string() }
}

fn debug(value: impl std::fmt::Debug) -> String {
    format!("{value:?}").to_lowercase()
}

fn annotated(a: &Attribution) -> Annotated {
    Annotated {
        source: a.source.iter().map(|s| s.span).collect(),
        cue: a.cue.iter().map(|c| c.span).collect(),
        content: a.content.spans.clone(),
    }
}

/// Pairs of the same attribution: annotated, found.
fn pair(gold: &[Parts], found: &[Parts]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for (i, g) in gold.iter().enumerate() {
        for (j, p) in found.iter().enumerate() {
            let overlap = dice(&g.content, &p.content);
            let cues = shared(&g.cue, &p.cue);
            let without = g.cue.is_empty() && p.cue.is_empty();
            if cues > 0 && overlap > 0.0 || without && overlap >= 0.5 {
                all.push((overlap, cues, i, j));
            }
        }
    }
    all.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
    let (mut used, mut matched) = (vec![false; gold.len()], vec![false; found.len()]);
    let mut pairs = Vec::new();
    for (_, _, i, j) in all {
        if !used[i] && !matched[j] {
            (used[i], matched[j]) = (true, true);
            pairs.push((i, j));
        }
    }
    pairs.sort_unstable();
    pairs
}

/// Whether a name holds all words of another.
fn holds_words(name: &str, wanted: &str) -> bool {
    let words = |text: &str| {
        let w = Words::new(text);
        let each = w.places.iter().map(|p| w.chars[p[0] as usize..p[1] as usize].iter().collect::<String>());
        each.map(|word| word.to_lowercase().replace('’', "'")).collect::<Vec<_>>()
    };
    let name = words(name);
    words(wanted).iter().all(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::annotation::read;
    use super::*;
    use crate::{Article, Pipeline};

    const TEXT: &str =
        "Ana Brandt denied that the bridge was shut. She told reporters that Bo Lind had said it was open.";

    #[test]
    fn fields_are_counted() {
        let gold = read(
            r#"attributions = [
            { source = "Ana Brandt", name = "Ana Brandt", cue = "denied", stance = "deny", content = "that … shut" },
            { source = "She", name = "Bo Lind", cue = "told", content = "that Bo … open", kind = "belief", id = "told" },
            { source = "Bo Lind", name = "Bo Lind", cue = "said", content = "it was open", parent = "told" },
            ]"#,
            TEXT,
        )
        .unwrap();
        let record = Pipeline::default().run(&Article::new("a", TEXT));
        let mut fields = Fields::default();
        let mistakes = fields.add(TEXT, &gold, &record);
        let told: Vec<_> = mistakes.iter().map(|m| (m.field, m.want.as_str(), m.got.as_str())).collect();
        // two of the annotations are wrong on purpose, and one leaves the addressee out
        assert_eq!(
            told,
            [
                ("name", "Bo Lind", "Ana Brandt"),
                ("kind", "belief", "statement"),
                ("addressee", "", "reporters")
            ]
        );
        assert_eq!((fields.gold, fields.predicted, fields.detected), (3, 3, 3));
        let of = |field| fields.tallies().find(|(name, _)| *name == field).unwrap().1;
        assert_eq!((of("parent").right, of("parent").gold, of("parent").both), (3, 1, 1));
        assert_eq!((of("stance").gold, of("stance").both), (1, 1));
        assert!((of("name").accuracy() - 200.0 / 3.0).abs() < 1e-9);
    }
}
