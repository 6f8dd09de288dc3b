//! Weights by the averaged perceptron, with the features and the table of use.

use crate::silver::{Article, Cut, Gold};
use onrecord::Lexicon;
use onrecord::lexicon::{ROW, ROWS, Tagger, WordId};
use onrecord::text::tag::{Choice, Feature, Sights, Tag, Walk};
use onrecord::text::{Flags, Token};

const EPOCHS: u32 = 8;
/// One sentence in so many is learnt a second time with other capitals.
const VARIED: usize = 6;

/// Words that stand so often or less are hidden at one place in [`HIDDEN`], so that unknown words are learnt from.
const RARE: u32 = 5;
const HIDDEN: usize = 3;

/// A weight with its sum over all the steps so far.
#[derive(Clone, Copy, Default)]
struct Weight {
    now: f32,
    since: u32,
    sum: f64,
}

struct Sentence<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    gold: Vec<Option<Tag>>,
    /// made from another by [`vary`]
    varied: bool,
}

struct Perceptron {
    weights: Vec<Weight>,
    step: u32,
}

impl Perceptron {
    fn score(&self, features: &[Feature], tag: u8) -> f32 {
        features.iter().map(|f| self.weights[f.place(u32::from(tag))].now).sum()
    }

    fn change(&mut self, features: &[Feature], tag: u8, by: f32) {
        for feature in features {
            let weight = &mut self.weights[feature.place(u32::from(tag))];
            weight.sum += f64::from(weight.now) * f64::from(self.step - weight.since);
            weight.since = self.step;
            weight.now += by;
        }
    }

    /// Goes over a sentence, mends the weights where they err, and counts where.
    fn learn(&mut self, sentence: &mut Sentence<'_>, tagger: &Tagger, sights: &mut Sights) -> u32 {
        let mut wrong = 0;
        let mut walk = Walk::new(sentence.text, tagger, &mut sentence.tokens, sights);
        if walk.is_headline() && !sentence.varied {
            // the annotation takes most words of a headline for names; made headlines have better tags
            return 0;
        }
        while let Some(i) = walk.position() {
            let tag = match walk.choice() {
                Choice::Sure(tag) => tag,
                Choice::Among(set) => {
                    self.step += 1;
                    let features = walk.features();
                    let features = features.as_slice();
                    let mut best = (f32::NEG_INFINITY, 0);
                    for tag in (0..64).filter(|t| set >> t & 1 == 1) {
                        let score = self.score(features, tag);
                        if score > best.0 {
                            best = (score, tag);
                        }
                    }
                    if let Some(gold) =
                        sentence.gold[i].filter(|g| *g as u8 != best.1 && set >> *g as u8 & 1 == 1)
                    {
                        wrong += 1;
                        self.change(features, gold as u8, 1.0);
                        self.change(features, best.1, -1.0);
                    }
                    Tag::ALL[best.1 as usize]
                }
            };
            walk.accept(tag);
        }
        wrong
    }

    /// The averages as bytes, of which 128 is nought: scaled so that all but a few in ten thousand fit, and those clipped.
    fn bytes(&self) -> Vec<u8> {
        let average =
            |w: &Weight| (w.sum + f64::from(w.now) * f64::from(self.step - w.since)) / f64::from(self.step);
        let averages: Vec<f64> = self.weights.iter().map(average).collect();
        let mut sizes: Vec<f64> = averages.iter().map(|a| a.abs()).filter(|a| *a > 0.0).collect();
        sizes.sort_by(f64::total_cmp);
        let largest = sizes.get(sizes.len() * 9995 / 10000).copied().unwrap_or(1.0);
        println!("{} weights of {}, clipped at {largest:.2}", sizes.len(), averages.len());
        averages.iter().map(|a| ((a / largest * 127.0).round().clamp(-127.0, 127.0) + 128.0) as u8).collect()
    }
}

/// Learns the weights for a vocabulary's tables.
pub fn learn(articles: &[Article], lexicon: &Lexicon) -> Tagger {
    let tagger = lexicon.tagger();
    let mut sentences = sentences(articles, lexicon);
    let mut perceptron = Perceptron { weights: vec![Weight::default(); ROWS * ROW], step: 0 };
    let mut sights = Sights::default();
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    for epoch in 1..=EPOCHS {
        for i in (1..sentences.len()).rev() {
            random ^= random << 13;
            random ^= random >> 7;
            random ^= random << 17;
            sentences.swap(i, (random % (i as u64 + 1)) as usize);
        }
        let wrong: u32 = sentences.iter_mut().map(|s| perceptron.learn(s, tagger, &mut sights)).sum();
        println!("epoch {epoch}: {wrong} wrong");
    }
    tagger.with_weights(perceptron.bytes())
}

fn sentences<'a>(articles: &'a [Article], lexicon: &Lexicon) -> Vec<Sentence<'a>> {
    let mut list: Vec<Sentence<'a>> = Vec::new();
    let mut cuts: Vec<Cut> = articles.iter().map(|a| a.cut(lexicon)).collect();
    let mut counts = vec![0u32; lexicon.words().len()];
    let count = |word: WordId| if word.is_known() { word.index() } else { 0 };
    for token in cuts.iter().flat_map(|c| &c.tokens) {
        counts[count(token.word)] += 1;
    }
    let rare = cuts.iter_mut().flat_map(|c| &mut c.tokens).filter(|t| counts[count(t.word)] <= RARE);
    rare.step_by(HIDDEN).for_each(|t| t.word = WordId::UNKNOWN);
    for (article, cut) in articles.iter().zip(cuts) {
        for sentence in &cut.sentences {
            let range = sentence.tokens.start as usize..sentence.tokens.end as usize;
            let tokens = cut.tokens[range.clone()].to_vec();
            let gold =
                cut.gold[range].iter().map(|g| if let Gold::Exact(tag) = g { Some(*tag) } else { None });
            list.push(Sentence { text: &article.text, gold: gold.collect(), tokens, varied: false });
            if list.len().is_multiple_of(VARIED) {
                let manner = list.len() / VARIED;
                list.push(vary(list.last().expect("it was just pushed"), manner));
            }
        }
    }
    list
}

/// The same sentence with other capitals, as headlines and careless writing have them.
fn vary<'a>(sentence: &Sentence<'a>, manner: usize) -> Sentence<'a> {
    let mut tokens = sentence.tokens.clone();
    for token in &mut tokens {
        let long = token.span.len() > 3;
        match manner % 4 {
            // A Headline in Title Case
            0 | 1 if long => token.flags |= Flags::CAPITAL,
            0 | 1 => {}
            2 if token.span.len() > 1 => token.flags |= Flags::CAPITAL | Flags::CAPITALS,
            2 => token.flags |= Flags::CAPITAL,
            _ => token.flags &= !(Flags::CAPITAL | Flags::CAPITALS),
        }
    }
    Sentence { text: sentence.text, tokens, gold: sentence.gold.clone(), varied: true }
}
