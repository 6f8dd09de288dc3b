//! A few ranges of tokens, in place: a content is seldom more than two, and a candidate should cost no allocation.

use std::ops::{Deref, DerefMut, Range};

/// Ranges of tokens, in the order in which they were put in.
#[derive(Clone, Debug)]
pub(super) enum Ranges {
    /// so many of them
    Few(u8, [Range<u32>; FEW]),
    /// a turn of many paragraphs, a quotation that goes on; boxed, since few are that and all have its room
    #[allow(clippy::box_collection, reason = "a box is a third of a list")]
    Many(Box<Vec<Range<u32>>>),
}

const FEW: usize = 2;

impl Ranges {
    /// No range.
    pub(super) const fn new() -> Self {
        Self::Few(0, [0..0, 0..0])
    }

    /// Puts in another.
    #[inline]
    pub(super) fn push(&mut self, range: Range<u32>) {
        match self {
            Self::Few(length, few) if (*length as usize) < FEW => {
                few[*length as usize] = range;
                *length += 1;
            }
            Self::Few(_, few) => {
                let mut many = few.to_vec();
                many.push(range);
                *self = Self::Many(Box::new(many));
            }
            Self::Many(many) => many.push(range),
        }
    }

    /// How many tokens they have, together; of a few, the one that is not there has none.
    #[inline]
    pub(super) fn tokens(&self) -> u32 {
        let count = |r: &Range<u32>| r.end.saturating_sub(r.start);
        match self {
            Self::Few(_, [first, second]) => count(first) + count(second),
            Self::Many(many) => many.iter().map(count).sum(),
        }
    }

    /// Whether a token lies in one of them.
    #[inline]
    pub(super) fn hold(&self, token: u32) -> bool {
        self.any(|r| (r.start <= token) & (token < r.end))
    }

    /// Whether something that holds of no empty range holds of any of them.
    #[inline]
    pub(super) fn any(&self, holds: impl Fn(&Range<u32>) -> bool) -> bool {
        match self {
            Self::Few(_, [first, second]) => holds(first) | holds(second),
            Self::Many(many) => many.iter().any(holds),
        }
    }

    /// Leaves out empty ones.
    pub(super) fn drop_empty(&mut self) {
        if self.iter().any(Range::is_empty) {
            *self = self.iter().filter(|r| !r.is_empty()).cloned().collect();
        }
    }
}

impl Extend<Range<u32>> for Ranges {
    fn extend<T: IntoIterator<Item = Range<u32>>>(&mut self, ranges: T) {
        ranges.into_iter().for_each(|r| self.push(r));
    }
}

impl FromIterator<Range<u32>> for Ranges {
    fn from_iter<T: IntoIterator<Item = Range<u32>>>(ranges: T) -> Self {
        let mut all = Self::new();
        all.extend(ranges);
        all
    }
}

impl From<Range<u32>> for Ranges {
    #[inline]
    fn from(range: Range<u32>) -> Self {
        Self::Few(1, [range, 0..0])
    }
}

impl Deref for Ranges {
    type Target = [Range<u32>];

    #[inline]
    fn deref(&self) -> &[Range<u32>] {
        match self {
            Self::Few(length, few) => &few[..(*length as usize).min(FEW)],
            Self::Many(many) => many,
        }
    }
}

impl DerefMut for Ranges {
    #[inline]
    fn deref_mut(&mut self) -> &mut [Range<u32>] {
        match self {
            Self::Few(length, few) => &mut few[..(*length as usize).min(FEW)],
            Self::Many(many) => many,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_or_many_they_are_what_was_put_in() {
        let mut ranges = Ranges::new();
        assert!(ranges.is_empty());
        for n in 0..9 {
            ranges.push(n..n + n % 2);
            assert_eq!(ranges.len(), n as usize + 1);
            assert_eq!(ranges.last(), Some(&(n..n + n % 2)));
            assert_eq!(ranges.tokens(), n.div_ceil(2));
            assert_eq!(ranges.hold(n), n % 2 == 1);
        }
        ranges.drop_empty();
        assert_eq!(&*ranges, [1..2, 3..4, 5..6, 7..8]);
        ranges[0].end = 3;
        assert_eq!(Ranges::from(1..3)[..], ranges[..1]);
    }
}
