//! The words of a text, and when two parts of attributions are the same by their words.
//!
//! Takes a text and spans in code points; returns numbers of words. A word is a run of letters and digits with
//! apostrophes inside, so that quotation marks and white space at a span's edges do not count.

use crate::error::Result;
use crate::lexicon::Lexicon;
use crate::record::Offsets;
use rustc_hash::FxHashSet;
use std::path::Path;
use std::sync::OnceLock;

/// The words of a text, where they stand, in code points.
pub(super) struct Words {
    pub(super) places: Vec<Offsets>,
    pub(super) function: Vec<bool>,
    pub(super) chars: Vec<char>,
}

impl Words {
    pub(super) fn new(text: &str) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let is_word = |i: usize| chars.get(i).is_some_and(|c| c.is_alphanumeric() || *c == '_');
        let (mut places, mut function) = (Vec::new(), Vec::new());
        let mut i = 0;
        while i < chars.len() {
            if !is_word(i) {
                i += 1;
                continue;
            }
            let start = i;
            while is_word(i) || (matches!(chars.get(i), Some('\'' | '’')) && is_word(i + 1)) {
                i += 1;
            }
            let word: String = chars[start..i].iter().flat_map(|c| c.to_lowercase()).collect();
            places.push([start as u32, i as u32]);
            function.push(function_words().contains(word.as_str()));
        }
        Self { places, function, chars }
    }

    /// The numbers of the words that the spans touch, in order.
    pub(super) fn of(&self, spans: &[Offsets]) -> Vec<u32> {
        let mut numbers = Vec::new();
        for &[start, end] in spans {
            let first = self.places.partition_point(|place| place[1] <= start);
            let last = self.places.partition_point(|place| place[0] < end);
            numbers.extend(first as u32..last as u32);
        }
        numbers.sort_unstable();
        numbers.dedup();
        numbers
    }

    /// Whether a quotation mark stands in or right beside the spans.
    pub(super) fn quotes(&self, spans: &[Offsets]) -> bool {
        spans.iter().any(|&[start, end]| {
            let end = (end as usize + 1).min(self.chars.len());
            let around = &self.chars[(start as usize).saturating_sub(1).min(end)..end];
            around.iter().any(|c| matches!(c, '“' | '”' | '"'))
                || around.windows(2).any(|w| w == ['\'', '\''])
        })
    }
}

pub(super) fn shared(a: &[u32], b: &[u32]) -> usize {
    let (mut i, mut j, mut n) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n) = (i + 1, j + 1, n + 1),
        }
    }
    n
}

pub(super) fn dice(a: &[u32], b: &[u32]) -> f64 {
    ratio(2 * shared(a, b), a.len() + b.len())
}

/// A prediction may be longer than the gold, but not without measure.
fn not_bloated(gold: &[u32], predicted: &[u32]) -> bool {
    predicted.len() <= 2 * gold.len() + 4
}

pub(super) fn same_source(gold: &[u32], predicted: &[u32], words: &Words) -> bool {
    if gold.is_empty() || predicted.is_empty() {
        return gold.is_empty() && predicted.is_empty();
    }
    let telling: Vec<u32> = gold.iter().copied().filter(|&w| !words.function[w as usize]).collect();
    let telling = if telling.is_empty() { gold } else { &telling };
    let both = shared(gold, predicted);
    shared(telling, predicted) > 0
        && not_bloated(gold, predicted)
        && (dice(gold, predicted) >= 0.5 || both == predicted.len() || both == gold.len())
}

pub(super) fn same_cue(gold: &[u32], predicted: &[u32]) -> bool {
    if gold.is_empty() || predicted.is_empty() {
        return gold.is_empty() && predicted.is_empty();
    }
    shared(gold, predicted) > 0 && not_bloated(gold, predicted)
}

pub(super) fn ratio(part: usize, whole: usize) -> f64 {
    if whole > 0 { part as f64 / whole as f64 } else { 0.0 }
}

static FUNCTION_WORDS: OnceLock<FxHashSet<String>> = OnceLock::new();

/// The words that say nothing of who a source is: the embedded ones, where no others were asked for before.
fn function_words() -> &'static FxHashSet<String> {
    // a test reads the embedded file
    FUNCTION_WORDS.get_or_init(|| Lexicon::function_words(None).unwrap_or_default().into_iter().collect())
}

/// Measures by the function words of a folder of rules from now on. To be called before anything is measured.
///
/// # Errors
/// What is wrong with the folder's file.
pub fn measure_by(folder: &Path) -> Result<()> {
    let words = Lexicon::function_words(Some(folder))?;
    let _ = FUNCTION_WORDS.set(words.into_iter().collect());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "“It rained for 12 hours,” said the mayor's aide.";

    #[test]
    fn words_touch_spans() {
        let words = Words::new(TEXT);
        assert_eq!(words.places.len(), 9);
        assert_eq!(words.of(&[[31, 47]]), [6, 7, 8]);
        assert_eq!(words.of(&[[3, 7], [5, 6]]), [1]);
        assert_eq!(words.function.iter().filter(|f| **f).count(), 2, "for, the");
    }
}
