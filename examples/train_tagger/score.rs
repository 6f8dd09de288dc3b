//! How many tokens are right, and how long a token takes.

use crate::silver::{Article, Cut, Gold};
use onrecord::Lexicon;
use onrecord::text::tag::{Choice, Sights, Tag, Walk};
use std::collections::BTreeMap;
use std::time::Instant;

/// How often the tagger runs for its time to be taken; the best counts, since other work disturbs.
const RUNS: u32 = 20;

/// Prints the share of right tags, by how the tag was come by, and the time.
pub fn print(articles: &[Article], lexicon: &Lexicon) {
    let mut cuts: Vec<Cut> = articles.iter().map(|a| a.cut(lexicon)).collect();
    let (mut exact, mut other, mut nothing) = ((0, 0), (0, 0), 0);
    let mut ways = BTreeMap::from([("sure", (0, 0)), ("weighed", (0, 0)), ("unknown", (0, 0))]);
    let mut confusions: BTreeMap<(Tag, Tag, String), u32> = BTreeMap::new();
    let mut cuts_otherwise: BTreeMap<String, u32> = BTreeMap::new();
    for (article, cut) in articles.iter().zip(&mut cuts) {
        let way = run(article, cut, lexicon);
        for (i, (token, gold)) in cut.tokens.iter().zip(&cut.gold).enumerate() {
            match gold {
                Gold::Exact(tag) => {
                    count(&mut exact, token.tag == *tag);
                    count(ways.entry(way[i]).or_default(), token.tag == *tag);
                    if token.tag != *tag {
                        let word = token.span.of(&article.text).to_lowercase();
                        *confusions.entry((*tag, token.tag, word)).or_default() += 1;
                    }
                }
                Gold::Overlap(tags) if tags.is_empty() => nothing += 1,
                Gold::Overlap(tags) => {
                    count(&mut other, tags.contains(&token.tag));
                    let word = token.span.of(&article.text).to_lowercase();
                    *cuts_otherwise.entry(word).or_default() += 1;
                }
            }
        }
    }
    println!("cut alike     {}", share(exact));
    for (way, counts) in ways {
        println!("  {way:<11} {}", share(counts));
    }
    println!("cut otherwise {} (right: the tag of a part)", share(other));
    println!(
        "all           {}; beside these {nothing} without a counterpart",
        share((exact.0 + other.0, exact.1 + other.1))
    );
    time(articles, &mut cuts, lexicon);
    let most = std::env::var("ERRORS").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    list(&confusions, most);
    let mut words: Vec<_> = cuts_otherwise.into_iter().collect();
    words.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    let words: Vec<String> = words.iter().take(most * 2).map(|(w, n)| format!("{w} {n}")).collect();
    println!("cut otherwise: {}", words.join(", "));
}

fn count(counts: &mut (u32, u32), right: bool) {
    counts.0 += u32::from(right);
    counts.1 += 1;
}

fn share((right, all): (u32, u32)) -> String {
    format!("{right} of {all} right, {:.2}%", 100.0 * f64::from(right) / f64::from(all.max(1)))
}

/// Tags every sentence of an article and says how each tag was come by.
fn run(article: &Article, cut: &mut Cut, lexicon: &Lexicon) -> Vec<&'static str> {
    // most tokens show their tag
    let mut ways = vec!["sure"; cut.tokens.len()];
    let (mut sights, mut again) = (Sights::default(), Sights::default());
    for sentence in &cut.sentences {
        let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
        let mut tokens = cut.tokens[range.clone()].to_vec();
        let mut walk = Walk::new(&article.text, lexicon.tagger(), &mut tokens, &mut sights);
        Walk::new(&article.text, lexicon.tagger(), &mut cut.tokens[range.clone()], &mut again).run();
        while let Some(i) = walk.position() {
            let at = range.start + i;
            ways[at] = match walk.choice() {
                Choice::Sure(_) => "sure",
                Choice::Among(_) if cut.tokens[at].word.0 >= lexicon.tagger().len() => "unknown",
                Choice::Among(_) => "weighed",
            };
            walk.accept(cut.tokens[at].tag);
        }
    }
    ways
}

fn time(articles: &[Article], cuts: &mut [Cut], lexicon: &Lexicon) {
    let mut best = f64::INFINITY;
    let mut sights = Sights::default();
    let tokens: usize = cuts.iter().map(|c| c.tokens.len()).sum();
    for _ in 0..RUNS {
        let start = Instant::now();
        for (article, cut) in articles.iter().zip(&mut *cuts) {
            for sentence in &cut.sentences {
                let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
                Walk::new(&article.text, lexicon.tagger(), &mut cut.tokens[range], &mut sights).run();
            }
        }
        best = best.min(start.elapsed().as_nanos() as f64 / tokens.max(1) as f64);
    }
    println!("{best:.0} ns a token, best of {RUNS}");
    let start = Instant::now();
    let again = Lexicon::embedded();
    println!(
        "{:.2} ms to load a lexicon of {} words",
        start.elapsed().as_secs_f64() * 1e3,
        again.words().len()
    );
}

fn list(confusions: &BTreeMap<(Tag, Tag, String), u32>, most: usize) {
    let mut pairs: BTreeMap<(Tag, Tag), (u32, Vec<(u32, &str)>)> = BTreeMap::new();
    for ((gold, got, word), n) in confusions {
        let pair = pairs.entry((*gold, *got)).or_default();
        pair.0 += n;
        pair.1.push((*n, word));
    }
    let mut pairs: Vec<_> = pairs.into_iter().collect();
    pairs.sort_by_key(|(_, (n, _))| std::cmp::Reverse(*n));
    for ((gold, got), (n, mut words)) in pairs.into_iter().take(most) {
        words.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
        let words: Vec<String> = words.iter().take(12).map(|(n, w)| format!("{w} {n}")).collect();
        println!("{n:5}  {} for {}: {}", got.name(), gold.name(), words.join(", "));
    }
}
