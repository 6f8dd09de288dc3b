//! Learns the weights of `data/attribution.weights` from annotated articles.
//!
//! `cargo run --release --example train_attribution -- TRAIN [DEV] -o data/attribution.weights`
//!
//! TRAIN and DEV are folders with `text/*.txt` and `attributions/*.ann` (brat standoff: events of Source, Cue and
//! Content spans, code-point offsets). Two logistic models are learnt, one after the other, without any
//! chance, so that the same articles give the same file: where contents end, then which candidates are
//! right (source, cue and content, by words). With DEV it prints precision and recall there at several thresholds.

#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::type_complexity,
    reason = "it is a command, and nobody imports it"
)]

use onrecord::attribution::rank::Weights;
use onrecord::attribution::train::{Sample, samples};
use onrecord::eval::read_brat;
use onrecord::record::Offsets;
use onrecord::span::Span;
use onrecord::{Lexicon, layout, quote, text};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

const ROUNDS: usize = 300;
/// how strongly weights are held near zero: of the candidates, of the ends
const RIDGE: f64 = 20.0;
const RIDGE_ENDS: f64 = 2.0;
/// features seen less often get no weight
const LEAST: u32 = 2;
/// candidates at or above it are kept: where recall is worth the precision that it costs on DEV
const THRESHOLD: f64 = 0.25;
const FOLDS: usize = 10;

/// A gold attribution, in bytes.
struct Gold {
    source: Vec<Span>,
    cue: Vec<Span>,
    content: Vec<Span>,
}

struct Article {
    text: String,
    gold: Vec<Gold>,
    words: Vec<Span>,
}

fn read(folder: &Path) -> Vec<Article> {
    let mut files: Vec<_> =
        std::fs::read_dir(folder.join("attributions")).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    let mut seen = HashSet::new();
    let mut articles = Vec::new();
    for file in files {
        let name = file.file_stem().unwrap().to_string_lossy().into_owned();
        let stem = name.rsplit_once('_').unwrap().0.to_owned();
        // the first annotator of an article
        if !seen.insert(stem.clone()) {
            continue;
        }
        let text = std::fs::read_to_string(folder.join("text").join(format!("{stem}.txt"))).unwrap();
        let bytes: Vec<u32> = text.char_indices().map(|(i, _)| i as u32).chain([text.len() as u32]).collect();
        let standoff = std::fs::read_to_string(&file).unwrap();
        let spans = |list: &[Offsets]| {
            list.iter().map(|&[a, b]| Span::new(bytes[a as usize], bytes[b as usize])).collect()
        };
        let gold = read_brat(&standoff)
            .iter()
            .map(|g| Gold { source: spans(&g.source), cue: spans(&g.cue), content: spans(&g.content) })
            .collect();
        articles.push(Article { words: words(&text), text, gold });
    }
    articles
}

/// Runs of letters and digits, apostrophes inside: what comparison counts.
fn words(text: &str) -> Vec<Span> {
    let word = regex::Regex::new(r"\w+(?:['’]\w+)*").unwrap();
    word.find_iter(text).map(|m| Span::from(m.range())).collect()
}

fn of(words: &[Span], spans: &[Span]) -> Vec<u32> {
    let mut found = Vec::new();
    for s in spans {
        let mut i = words.partition_point(|w| w.end <= s.start);
        while i < words.len() && words[i].start < s.end {
            found.push(i as u32);
            i += 1;
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}

fn shared(a: &[u32], b: &[u32]) -> usize {
    a.iter().filter(|x| b.binary_search(x).is_ok()).count()
}

fn dice(a: &[u32], b: &[u32]) -> f64 {
    if a.is_empty() && b.is_empty() { 1.0 } else { 2.0 * shared(a, b) as f64 / (a.len() + b.len()) as f64 }
}

fn same(gold: &[u32], pred: &[u32]) -> bool {
    if gold.is_empty() || pred.is_empty() {
        return gold.is_empty() && pred.is_empty();
    }
    let common = shared(gold, pred);
    common > 0
        && pred.len() <= 2 * gold.len() + 4
        && (dice(gold, pred) >= 0.5 || common == gold.len().min(pred.len()))
}

/// A logistic model over named features.
#[derive(Default)]
struct Model {
    index: HashMap<String, usize>,
    weights: Vec<f64>,
    counts: Vec<u32>,
}

impl Model {
    fn ids(&mut self, features: &[String]) -> Vec<usize> {
        features
            .iter()
            .map(|f| {
                let next = self.index.len();
                let i = *self.index.entry(f.clone()).or_insert(next);
                if i == self.weights.len() {
                    self.weights.push(0.0);
                    self.counts.push(0);
                }
                self.counts[i] += 1;
                i
            })
            .collect()
    }

    /// Minimises the logistic loss plus half of `ridge` times the squared weights, over all samples at once:
    /// Nesterov's accelerated gradient (with O'Donoghue and Candès's restart), each weight's step bounded by its
    /// curvature. No chance is involved, so that the same samples give the same weights.
    fn learn(&mut self, samples: &[(Vec<usize>, bool)], ridge: f64) {
        let n = self.weights.len();
        let known = |f: usize| self.counts[f] >= LEAST;
        // the logistic loss curves by a quarter at most, and a row of k features couples k weights
        let mut curvature = vec![ridge; n];
        for (ids, _) in samples {
            let coupled = 0.25 * ids.len() as f64;
            ids.iter().for_each(|&f| curvature[f] += coupled);
        }
        let mut weights = vec![0.0; n];
        let mut ahead = weights.clone();
        let mut momentum = 1.0f64;
        for _ in 0..ROUNDS {
            let mut gradient: Vec<f64> = ahead.iter().map(|w| ridge * w).collect();
            for (ids, right) in samples {
                let sum: f64 = ids.iter().filter(|&&f| known(f)).map(|&f| ahead[f]).sum();
                let slope = 1.0 / (1.0 + (-sum).exp()) - f64::from(u8::from(*right));
                ids.iter().for_each(|&f| gradient[f] += slope);
            }
            let mut uphill = 0.0;
            let next: Vec<f64> =
                (0..n).map(|f| if known(f) { ahead[f] - gradient[f] / curvature[f] } else { 0.0 }).collect();
            for f in 0..n {
                uphill += gradient[f] * (next[f] - weights[f]);
            }
            let faster =
                if uphill > 0.0 { 1.0 } else { (1.0 + (1.0 + 4.0 * momentum * momentum).sqrt()) / 2.0 };
            let carry = if uphill > 0.0 { 0.0 } else { (momentum - 1.0) / faster };
            for f in 0..n {
                ahead[f] = next[f] + carry * (next[f] - weights[f]);
            }
            (weights, momentum) = (next, faster);
        }
        self.weights = weights;
    }

    fn lines(&self, into: &mut BTreeMap<String, f64>) {
        for (name, &i) in &self.index {
            if self.weights[i].abs() >= 0.02 {
                into.insert(name.clone(), self.weights[i]);
            }
        }
    }
}

fn text_of(lines: &BTreeMap<String, f64>, head: &str) -> String {
    let mut out = String::from(head);
    for (name, weight) in lines {
        out.push_str(&format!("{weight:.2}\t{name}\n"));
    }
    out
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let out = args.iter().position(|a| a == "-o").map(|i| args[i + 1].clone());
    let folders: Vec<&String> = args.iter().take_while(|a| *a != "-o").collect();
    let train = read(Path::new(folders[0]));
    let lexicon = Lexicon::embedded();

    let all = |articles: &[Article], weights: &Weights| -> Vec<Vec<Sample>> {
        articles
            .iter()
            .map(|a| {
                let layout = layout::blocks(&a.text, &lexicon);
                let document = text::read(&a.text, &layout, &lexicon);
                let quotes = quote::find(&document, &lexicon);
                samples(&document, &quotes.list, &lexicon, weights)
            })
            .collect()
    };

    // where contents end
    let mut ends = Model::default();
    let mut places = Vec::new();
    for (article, list) in train.iter().zip(all(&train, &Weights::default())) {
        for sample in list {
            let Some(cue) = sample.cue else { continue };
            let Some(&content) = sample.content.last() else { continue };
            let gold = article.gold.iter().find(|g| {
                g.cue.iter().any(|c| c.overlaps(cue))
                    && g.content.last().is_some_and(|c| {
                        let (a, b) = (of(&article.words, &[*c]), of(&article.words, &[content]));
                        !a.is_empty() && a.first() == b.first()
                    })
            });
            let Some(gold) = gold else { continue };
            let end = of(&article.words, &[*gold.content.last().unwrap()]).last().copied();
            for (offset, features) in &sample.ends {
                let here =
                    of(&article.words, &[Span::new(content.start.min(*offset), *offset)]).last().copied();
                let stops = here == end;
                if !features.is_empty() {
                    places.push((ends.ids(features), stops));
                }
                if here >= end {
                    break;
                }
            }
        }
    }
    ends.learn(&places, RIDGE_ENDS);
    let right = places
        .iter()
        .filter(|(ids, y)| (ids.iter().map(|&f| ends.weights[f]).sum::<f64>() > 0.0) == *y)
        .count();
    eprintln!(
        "ends: {} places, {} stops, {:.1}% right on train",
        places.len(),
        places.iter().filter(|p| p.1).count(),
        100.0 * right as f64 / places.len() as f64
    );
    let mut lines = BTreeMap::new();
    ends.lines(&mut lines);

    // which phrases after a verb belong to the cue
    let mut manner = Model::default();
    let mut places = Vec::new();
    for (article, list) in train.iter().zip(all(&train, &Weights::read(&text_of(&lines, "")))) {
        let mut seen = HashSet::new();
        for sample in list.iter().filter(|s| !s.manner.is_empty()) {
            let Some(cue) = sample.cue else { continue };
            let found = article.gold.iter().find(|g| g.cue.iter().any(|c| c.overlaps(cue)));
            let Some(gold) = found.filter(|_| seen.insert(sample.head)) else { continue };
            for (offset, features) in &sample.manner {
                let inside = gold.cue.iter().any(|c| c.start <= *offset && *offset < c.end);
                places.push((manner.ids(features), inside));
                if !inside {
                    break;
                }
            }
        }
    }
    manner.learn(&places, RIDGE_ENDS);
    manner.lines(&mut lines);

    // which candidates are right
    let weights = Weights::read(&text_of(&lines, ""));
    let mut model = Model::default();
    // for each outer candidate its features, whether it is right, its article and the token of its cue
    let mut learnt: Vec<(Vec<usize>, bool)> = Vec::new();
    let mut places: Vec<(usize, u32)> = Vec::new();
    let mut by_rule: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for (a, (article, list)) in train.iter().zip(all(&train, &weights)).enumerate() {
        for (sample, (outer, _, full)) in label(article, &list) {
            if outer {
                let count = by_rule.entry(sample.rule).or_default();
                *count = (count.0 + 1, count.1 + usize::from(full));
                learnt.push((model.ids(&sample.features), full));
                places.push((a, sample.head));
            }
        }
    }
    let calibration = calibrate(&model, &learnt, &places);
    model.learn(&learnt, RIDGE);
    model.lines(&mut lines);
    eprintln!(
        "candidates: {} of which {} right; {} weights",
        learnt.len(),
        learnt.iter().filter(|l| l.1).count(),
        lines.len()
    );
    for (rule, (all, right)) in by_rule {
        eprintln!("  {rule:20} {all:6} candidates, {:.0}% right", 100.0 * right as f64 / all as f64);
    }
    let mut head =
        format!("# Written by examples/train_attribution.rs; do not edit.\n{THRESHOLD}\tthreshold\n");
    for (score, share) in calibration {
        head.push_str(&format!("{share:.3}\tcalibration {score:.3}\n"));
    }
    let head = &head;
    let weights = Weights::read(&text_of(&lines, head));
    if let Some(dev) = folders.get(1) {
        let dev = read(Path::new(dev));
        let total: usize = dev.iter().map(|a| a.gold.iter().filter(|g| !g.content.is_empty()).count()).sum();
        let mut scored = Vec::new();
        let mut reach = (0, 0);
        for (article, list) in dev.iter().zip(all(&dev, &weights)) {
            let labelled = label(article, &list);
            let mut best: HashMap<u32, (f32, bool, bool)> = HashMap::new();
            let mut found = HashSet::new();
            for (sample, (outer, detect, full)) in &labelled {
                if let Some(d) = detect {
                    found.insert(*d);
                    reach.1 += usize::from(*full);
                }
                if !outer {
                    continue;
                }
                let p = weights.probability(sample.features.iter().map(String::as_str));
                let entry = best.entry(sample.head).or_insert((-1.0, false, false));
                if p > entry.0 {
                    *entry = (p, detect.is_some(), *full);
                }
            }
            reach.0 += found.len();
            scored.extend(best.into_values());
        }
        eprintln!("dev: gold {total}, reachable by some candidate {} ({} full candidates)", reach.0, reach.1);
        for t in [0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9] {
            let kept: Vec<_> = scored.iter().filter(|s| s.0 >= t).collect();
            let (d, f) =
                (kept.iter().filter(|s| s.1).count() as f64, kept.iter().filter(|s| s.2).count() as f64);
            let (p, r) = (d / kept.len() as f64, d / total as f64);
            let (pf, rf) = (f / kept.len() as f64, f / total as f64);
            eprintln!(
                "  at {t:.2}: kept {:5}  detect P {:.1} R {:.1} F {:.1}   full P {:.1} R {:.1} F {:.1}",
                kept.len(),
                100.0 * p,
                100.0 * r,
                200.0 * p * r / (p + r),
                100.0 * pf,
                100.0 * rf,
                200.0 * pf * rf / (pf + rf)
            );
        }
    }
    if let Some(out) = out {
        std::fs::write(out, text_of(&lines, head)).unwrap();
    }
}

/// What a score is worth: the share of right ones among kept candidates of that score, in articles that the model
/// did not learn from. Pairs of score and share, both ascending.
fn calibrate(model: &Model, learnt: &[(Vec<usize>, bool)], places: &[(usize, u32)]) -> Vec<(f64, f64)> {
    let mut scored: Vec<(f64, bool)> = Vec::new();
    for fold in 0..FOLDS {
        let n = model.weights.len();
        let mut part = Model { index: HashMap::new(), weights: vec![0.0; n], counts: model.counts.clone() };
        let rest: Vec<_> =
            (0..learnt.len()).filter(|&i| places[i].0 % FOLDS != fold).map(|i| learnt[i].clone()).collect();
        part.learn(&rest, RIDGE);
        // the likeliest candidate of each cue, as selection keeps it
        let mut best: BTreeMap<(usize, u32), (f64, bool)> = BTreeMap::new();
        for i in (0..learnt.len()).filter(|&i| places[i].0 % FOLDS == fold) {
            let sum: f64 = learnt[i].0.iter().map(|&f| part.weights[f]).sum();
            let p = 1.0 / (1.0 + (-sum).exp());
            let entry = best.entry(places[i]).or_insert((-1.0, false));
            if p > entry.0 {
                *entry = (p, learnt[i].1);
            }
        }
        scored.extend(best.into_values().filter(|b| b.0 >= THRESHOLD));
    }
    scored.sort_by(|a, b| a.0.total_cmp(&b.0));
    // pool adjacent violators over bins of equal size
    let mut pools: Vec<(f64, f64, f64)> = Vec::new();
    for bin in scored.chunks((scored.len() / 40).max(1)) {
        let n = bin.len() as f64;
        pools.push((bin.iter().map(|b| b.0).sum(), bin.iter().filter(|b| b.1).count() as f64, n));
        while let [.., a, b] = &pools[..]
            && a.1 / a.2 > b.1 / b.2
        {
            let merged = (a.0 + b.0, a.1 + b.1, a.2 + b.2);
            pools.truncate(pools.len() - 2);
            pools.push(merged);
        }
    }
    pools.iter().map(|p| (p.0 / p.2, p.1 / p.2)).collect()
}

/// For each sample: whether it stands outside every gold content, which gold one it detects, whether it is fully right.
fn label<'a>(article: &Article, list: &'a [Sample]) -> Vec<(&'a Sample, (bool, Option<usize>, bool))> {
    let gold: Vec<[Vec<u32>; 3]> = article
        .gold
        .iter()
        .map(|g| [of(&article.words, &g.source), of(&article.words, &g.cue), of(&article.words, &g.content)])
        .collect();
    list.iter()
        .map(|s| {
            let source = of(&article.words, s.source.as_slice());
            let cue = of(&article.words, s.cue.as_slice());
            let content = of(&article.words, &s.content);
            let mut detect: Option<(f64, usize, bool)> = None;
            for (i, g) in gold.iter().enumerate().filter(|(_, g)| !g[2].is_empty()) {
                let d = dice(&g[2], &content);
                if d >= 0.5 {
                    let cues = if g[1].is_empty() || cue.is_empty() {
                        g[1].is_empty() && cue.is_empty()
                    } else {
                        shared(&g[1], &cue) > 0 && cue.len() <= 2 * g[1].len() + 4
                    };
                    let full = same(&g[0], &source) && cues;
                    if detect.is_none_or(|(b, _, f)| (full, d) > (f, b)) {
                        detect = Some((d, i, full));
                    }
                }
            }
            let outer =
                s.cue.is_none_or(|c| !article.gold.iter().any(|g| g.content.iter().any(|x| x.contains(c))));
            (s, (outer || detect.is_some(), detect.map(|d| d.1), detect.is_some_and(|d| d.2)))
        })
        .collect()
}
