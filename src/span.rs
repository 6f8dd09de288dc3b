//! Spans and ids: the one way in which every room points into the article's text.
//!
//! Owns [`Span`] and the id newtypes. Offsets are bytes of the original text everywhere inside; the record
//! converts them once, on the way out.

use std::fmt;
use std::ops::Range;

/// A half-open range `[start, end)` of byte offsets into an article's text.
///
/// Invariant: `start <= end`, and both lie on character boundaries of the text that the span was made for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Span {
    /// first byte
    pub start: u32,
    /// one past the last byte
    pub end: u32,
}

impl Span {
    /// The span `[start, end)`.
    ///
    /// # Panics
    /// In debug builds, when `start > end`.
    #[inline]
    pub fn new(start: u32, end: u32) -> Self {
        debug_assert!(start <= end, "span {start}..{end} is reversed");
        Self { start, end }
    }

    /// The smallest span that holds both.
    #[inline]
    pub fn cover(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }

    /// Length in bytes.
    #[inline]
    pub fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether it holds no byte.
    #[inline]
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside.
    #[inline]
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the byte offset lies inside.
    #[inline]
    pub fn holds(self, offset: u32) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether the two share a byte.
    #[inline]
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The text of the span.
    #[inline]
    pub fn of(self, text: &str) -> &str {
        &text[self.start as usize..self.end as usize]
    }

    /// The bytes of the span: enough to compare it with words of ASCII, and no character's edge is looked for.
    #[inline]
    pub(crate) fn bytes(self, text: &str) -> &[u8] {
        &text.as_bytes()[self.start as usize..self.end as usize]
    }

    /// The span without white space at its ends.
    pub fn trim(self, text: &str) -> Self {
        let s = self.of(text);
        let start = self.start + (s.len() - s.trim_start().len()) as u32;
        let end = self.end - (s.len() - s.trim_end().len()) as u32;
        if start >= end { Self { start: self.start, end: self.start } } else { Self { start, end } }
    }
}

impl From<Range<usize>> for Span {
    fn from(r: Range<usize>) -> Self {
        Self::new(r.start as u32, r.end as u32)
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

/// Which of some spans hold a place, asked in text order: what is open there is kept from place to place.
#[derive(Debug, Default)]
pub struct Holders {
    /// with their ids, by start
    spans: Vec<(Span, usize)>,
    /// how many of them start before the last place
    started: usize,
    /// those that had not ended before it
    open: Vec<(Span, usize)>,
    /// where that place starts
    last: u32,
}

impl Holders {
    /// The holders among some spans, each with an id.
    pub fn new(spans: impl Iterator<Item = (Span, usize)>) -> Self {
        let mut spans: Vec<_> = spans.collect();
        spans.sort_by_key(|(span, _)| span.start);
        Self { spans, started: 0, open: Vec::new(), last: 0 }
    }

    /// The ids of the spans that hold a place, in no order. A place before the last one is looked for from the start.
    pub fn of(&mut self, place: Span) -> impl Iterator<Item = usize> {
        if place.start < self.last {
            (self.started, self.open) = (0, Vec::new());
        }
        self.last = place.start;
        self.open.retain(|(span, _)| span.end > place.start);
        while let Some(&(span, id)) =
            self.spans.get(self.started).filter(|(span, _)| span.start <= place.start)
        {
            self.started += 1;
            if span.end > place.start {
                self.open.push((span, id));
            }
        }
        self.open.iter().filter(move |(span, _)| span.contains(place)).map(|&(_, id)| id)
    }
}

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);
        impl $name {
            /// The position in its list.
            #[inline]
            pub fn index(self) -> usize { self.0 as usize }
        }
        impl From<usize> for $name {
            #[inline]
            fn from(i: usize) -> Self { Self(i as u32) }
        }
    )*};
}
id! {
    /// Position of a block in the article's layout.
    BlockId
    /// Position of a sentence in the document.
    SentenceId
    /// Position of a quote in the list of quotes.
    QuoteId
    /// Position of an attribution in the list of attributions.
    AttributionId
    /// Position of a source in the article's cast.
    SourceId
    /// Position of a quantity in the list of quantities.
    QuantityId
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trims_and_slices() {
        let text = " a\u{a0}b \n";
        let all = Span::new(0, text.len() as u32);
        assert_eq!(all.trim(text).of(text), "a\u{a0}b");
        assert!(Span::new(0, 1).trim(text).is_empty());
        assert!(Span::new(1, 4).overlaps(Span::new(3, 5)));
        assert!(!Span::new(1, 3).overlaps(Span::new(3, 5)));
        assert_eq!(Span::new(1, 2).cover(Span::new(4, 6)), Span::new(1, 6));
    }
}
