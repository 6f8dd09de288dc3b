//! The same figures by group: by mode, by kind, by whatever an attribution's groups are called.
//!
//! Recall is of the gold's group, precision of the predicted one's: an attribution that is indirect in the gold and
//! mixed in the record counts in both.

use super::words::ratio;
use super::{Figure, Pair};
use crate::record::Offsets;
use crate::vocabulary::Mode;
use std::collections::BTreeMap;

/// Counts of one group.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// In the gold.
    pub gold: usize,
    /// Predicted.
    pub predicted: usize,
    /// Of the gold and of the predicted, those that are detected.
    pub detected: [usize; 2],
    /// Of the gold and of the predicted, those that are right in full.
    pub full: [usize; 2],
}

impl Group {
    fn figure(&self, [gold, predicted]: [usize; 2]) -> Figure {
        Figure::new(ratio(predicted, self.predicted), ratio(gold, self.gold))
    }

    /// Contents that overlap by half.
    pub fn detect(&self) -> Figure {
        self.figure(self.detected)
    }

    /// Source and cue are right too.
    pub fn full(&self) -> Figure {
        self.figure(self.full)
    }
}

/// Counts by group.
#[derive(Clone, Debug, Default)]
pub struct Groups {
    by: BTreeMap<String, Group>,
}

impl Groups {
    /// Counts an article in: the groups of its gold and predicted attributions, in the order of those that were paired.
    pub fn add(&mut self, gold: &[Option<String>], predicted: &[Option<String>], pairs: &[Pair]) {
        for (side, groups) in [gold, predicted].into_iter().enumerate() {
            for (i, group) in groups.iter().enumerate() {
                let Some(name) = group else { continue };
                let group = self.by.entry(name.clone()).or_default();
                *(if side == 0 { &mut group.gold } else { &mut group.predicted }) += 1;
                let place = |p: &&Pair| if side == 0 { p.gold == i } else { p.predicted == i };
                if let Some(pair) = pairs.iter().find(place) {
                    group.detected[side] += 1;
                    group.full[side] += usize::from(pair.full);
                }
            }
        }
    }

    /// The groups by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Group)> {
        self.by.iter().map(|(name, group)| (name.as_str(), group))
    }
}

/// How much of a content is quoted, by its letters: for annotations that do not say.
pub fn mode(text: &[char], content: &[Offsets]) -> Mode {
    let (mut inside, mut outside) = (false, false);
    for &[start, end] in content {
        let (start, end) = ((start as usize).min(text.len()), (end as usize).min(text.len()));
        // a mark right before the span belongs to it
        let mut quoted = start > 0 && matches!(text[start - 1], '“' | '"' | '«');
        for c in &text[start..end.max(start)] {
            match c {
                '“' | '«' => quoted = true,
                '”' | '»' => quoted = false,
                '"' => quoted = !quoted,
                c if c.is_alphanumeric() => *(if quoted { &mut inside } else { &mut outside }) = true,
                _ => {}
            }
        }
    }
    match (inside, outside) {
        (true, false) => Mode::Direct,
        (true, true) => Mode::Mixed,
        (false, _) => Mode::Indirect,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn modes_are_told_by_letters_within_marks() {
        for (text, content, want) in [
            ("“It rained,” she said", [[0, 12]], Mode::Direct),
            ("“It rained,” she said", [[1, 10]], Mode::Direct),
            ("She said it “rained hard”", [[9, 25]], Mode::Mixed),
            ("She said it rained", [[9, 18]], Mode::Indirect),
            ("\"It rained,\" she said", [[0, 12]], Mode::Direct),
            ("short", [[0, 90]], Mode::Indirect),
        ] {
            let chars: Vec<char> = text.chars().collect();
            assert_eq!(mode(&chars, &content), want, "{text}");
        }
    }

    #[test]
    fn either_side_counts_in_its_own_group() {
        let name = |text: &str| Some(text.to_owned());
        let mut groups = Groups::default();
        let pairs = [Pair { gold: 0, predicted: 1, full: true }];
        groups.add(&[name("a"), name("a")], &[name("a"), name("b")], &pairs);
        let by: Vec<_> = groups.iter().map(|(n, g)| (n, g.detect().p, g.full().r)).collect();
        assert_eq!(by, [("a", 0.0, 50.0), ("b", 100.0, 0.0)]);
    }
}
