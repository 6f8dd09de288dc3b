//! Extents that overlap in any way → marks that nest, by one sweep over their boundaries.
//!
//! A quote may stand in a content, a claim in a quote, and any of them may cross another. Elements cannot cross: where
//! a mark ends within another that began later, the later one is closed with it and opened again.

use std::ops::Range;

/// How deep marks nest; what would lie deeper is not marked, so that no text makes a page without end.
const DEPTH: usize = 24;

/// A stretch of text to be marked, in bytes, with its place in the caller's list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    pub(super) start: usize,
    pub(super) end: usize,
    /// of two of the same extent, the one of the lower rank is the outer
    pub(super) rank: u8,
    pub(super) mark: usize,
}

/// A step of writing marked text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Text(Range<usize>),
    /// a mark begins, or begins again
    Open(usize),
    /// the innermost mark ends, or ends for now
    Close,
}

/// The steps that write `range` with the extents that touch it.
pub(super) fn steps(range: Range<usize>, extents: &[Extent]) -> Vec<Step> {
    let clip = |e: &Extent| Extent { start: e.start.max(range.start), end: e.end.min(range.end), ..*e };
    let mut extents: Vec<Extent> = extents.iter().map(clip).filter(|e| e.start < e.end).collect();
    extents.sort_unstable_by_key(|e| (e.start, std::cmp::Reverse(e.end), e.rank, e.mark));
    let mut steps = Vec::with_capacity(4 * extents.len() + 1);
    let mut open: Vec<Extent> = Vec::new();
    let mut next = extents.into_iter().peekable();
    let mut at = range.start;
    while at < range.end {
        let ends = open.iter().map(|e| e.end);
        let to = ends.chain(next.peek().map(|e| e.start)).min().unwrap_or(range.end);
        if to > at {
            steps.push(Step::Text(at..to));
            at = to;
        }
        if let Some(outer) = open.iter().position(|e| e.end == at) {
            let closed = open.split_off(outer);
            steps.extend(closed.iter().map(|_| Step::Close));
            for again in closed.into_iter().filter(|e| e.end > at) {
                steps.push(Step::Open(again.mark));
                open.push(again);
            }
        }
        while let Some(extent) = next.next_if(|e| e.start == at) {
            if open.len() < DEPTH {
                steps.push(Step::Open(extent.mark));
                open.push(extent);
            }
        }
    }
    steps.extend(open.iter().map(|_| Step::Close));
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text with each mark as `<N>…</>`.
    fn marked(text: &str, extents: &[(usize, usize)]) -> String {
        let extent =
            |(mark, &(start, end)): (usize, &(usize, usize))| Extent { start, end, rank: mark as u8, mark };
        let extents: Vec<_> = extents.iter().enumerate().map(extent).collect();
        let steps = steps(0..text.len(), &extents);
        let written = steps.into_iter().map(|step| match step {
            Step::Text(range) => text[range].to_owned(),
            Step::Open(mark) => format!("<{mark}>"),
            Step::Close => "</>".to_owned(),
        });
        written.collect()
    }

    #[test]
    fn marks_nest_whatever_the_extents_do() {
        for (extents, want) in [
            (&[][..], "abcdef"),
            (&[(0, 6)], "<0>abcdef</>"),
            (&[(1, 5), (2, 3)], "a<0>b<1>c</>de</>f"),
            (&[(1, 4), (2, 6)], "a<0>b<1>cd</></><1>ef</>"),
            (&[(1, 3), (3, 5)], "a<0>bc</><1>de</>f"),
            (&[(1, 3), (1, 3)], "a<0><1>bc</></>def"),
            (&[(1, 3), (1, 5)], "a<1><0>bc</>de</>f"),
            (&[(0, 3), (1, 4), (2, 5)], "<0>a<1>b<2>c</></></><1><2>d</></><2>e</>f"),
            (&[(2, 2), (5, 99), (4, 3)], "abcde<1>f</>"),
        ] {
            assert_eq!(marked("abcdef", extents), want, "{extents:?}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let extents: Vec<_> = (0..500).map(|i| (i, 1000 - i)).collect();
        let text = "x".repeat(1000);
        assert_eq!(marked(&text, &extents).matches("</>").count(), DEPTH);
    }
}
