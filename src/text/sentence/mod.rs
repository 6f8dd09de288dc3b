//! Tokens of a block → sentences.
//!
//! One pass from stop to stop, as the cutter of tokens noted them. A mark that may end a sentence is taken with the marks
//! that repeat it and the closing quotation marks and brackets after it (`mark.rs`); what comes next decides (`end.rs`).
//! Abbreviations say in `data/abbreviations.toml` how a sentence may end at them. `item.rs` knows the labels of lists.

mod end;
mod item;
mod mark;

use self::item::Enumerator;
use super::{Flags, Sentence, Token, TokenKind};
use crate::layout::Block;
use crate::lexicon::Classes;
use crate::portion::grown;
use crate::rule::{Rule, Stage};
use crate::span::{BlockId, Span};

/// Sentences carry no rule in the record, so the unit tests hold the examples.
pub(super) const RULES: &[Rule] = &[
    rule(
        "end-mark",
        "A full stop, question or exclamation mark ends a sentence unless a small letter follows.",
    ),
    rule("abbreviation", "An abbreviation ends a sentence as its list in data/abbreviations.toml says."),
    rule(
        "ellipsis",
        "An ellipsis ends a sentence where a word follows that opens one, or where it is set close to the word before.",
    ),
    rule("closing-marks", "Closing quotation marks and brackets belong to the sentence that they close."),
    rule("cue-after-quote", "A quote that ends in a mark goes on with a named speaker and a verb of saying."),
    rule("aside", "Sentences in brackets within a sentence do not end it."),
    rule("enumeration", "A list's next number or letter opens a sentence, and its full stop ends none."),
];

const fn rule(id: &'static str, reason: &'static str) -> Rule {
    Rule { id, stage: Stage::Sentence, reason, examples: &[], near_misses: &[] }
}

/// No sentence has more tokens, so that what later rooms do within one takes a bounded time. Nobody writes a longer one;
/// text without stops (tables, lists of names) is cut here.
const LONGEST: usize = 400;

/// Splits a block into sentences. All positions count from its first token.
pub(super) struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// the block's first token
    first: u32,
    /// the tokens ahead at which a sentence may end, counted from the document's first
    stops: &'a [u32],
    /// the last enumerator of a list that runs through the block
    list: Option<Enumerator>,
    /// how many double and single marks stood in the [`WINDOW`](mark::WINDOW) before where that was last asked
    quotes: [(usize, usize); 2],
    /// from the last bracket on, none closes before this token
    unclosed: usize,
}

impl<'a> Splitter<'a> {
    /// Takes a block's tokens, how many stand before them in the document, and those at which a sentence may end.
    pub(super) fn new(text: &'a str, tokens: &'a [Token], first: u32, stops: &'a [u32]) -> Self {
        Self { text, tokens, first, stops, list: None, quotes: [(0, 0); 2], unclosed: 0 }
    }

    /// Appends the sentences of the block. They tile its span but for white space, and none ends within its label.
    pub(super) fn split(mut self, id: BlockId, block: &Block, sentences: &mut Vec<Sentence>) {
        let span = block.span;
        let in_label = |t: &&Token| t.span.start < block.label.end;
        let label = if block.label.is_empty() { 0 } else { self.tokens.iter().take_while(in_label).count() };
        let (mut start, mut from) = (0, span.start);
        while start < self.tokens.len() {
            let end = self.end_of_sentence(start, if start == 0 { label } else { start });
            let words = &self.tokens[start..end];
            // zero-width characters belong to no token; they go with the sentence that they stand before
            let to = if end == self.tokens.len() { span.end } else { words[words.len() - 1].span.end };
            grown(sentences).push(Sentence {
                span: self.trimmed(from, to, words),
                tokens: self.first + start as u32..self.first + end as u32,
                block: id,
                classes: classes(words),
                tagged: false,
                chunks: 0..0,
            });
            (start, from) = (end, to);
        }
    }

    /// The span of some words without white space at its ends.
    #[inline]
    fn trimmed(&self, from: u32, to: u32, words: &[Token]) -> Span {
        match words {
            // one byte that is in no token is white space; and no token begins or ends with any
            [first, .., last] if first.span.start <= from + 1 && last.span.end == to => {
                Span::new(first.span.start, to)
            }
            _ => Span::new(from, to).trim(self.text),
        }
    }

    #[inline]
    fn get(&self, i: usize) -> Option<&'a Token> {
        self.tokens.get(i)
    }

    #[inline]
    fn kind(&self, i: usize) -> Option<TokenKind> {
        self.get(i).map(|t| t.kind)
    }

    #[inline]
    fn attached(&self, i: usize) -> bool {
        self.get(i).is_some_and(|t| !t.flags.contains(Flags::SPACE))
    }

    #[inline]
    fn word(&self, i: usize) -> &'a str {
        self.get(i).map_or("", |t| t.span.of(self.text))
    }

    /// The next token from `i` on at which something is to be decided.
    #[inline]
    fn next_stop(&mut self, i: usize) -> usize {
        if self.list.is_some() {
            // any token may open the list's next item
            return i;
        }
        while let [stop, ahead @ ..] = self.stops {
            let stop = (stop - self.first) as usize;
            if stop >= i {
                return stop;
            }
            self.stops = ahead;
        }
        self.tokens.len()
    }

    /// One past the last token of the sentence that starts at `start` and ends at `least` or later.
    fn end_of_sentence(&mut self, start: usize, least: usize) -> usize {
        let mut i = start;
        if let Some(e) = self.enumerator(start) {
            i += e.tokens;
            self.list = Some(e);
        }
        i = i.max(least);
        // an ellipsis or mark that opens the sentence ends nothing
        let mut said = false;
        let limit = self.tokens.len().min(start + LONGEST);
        while i < limit {
            let stop = self.next_stop(i);
            if stop >= limit {
                return limit;
            }
            if stop > i.max(start + 1) && self.opens_credit(stop) {
                return stop;
            }
            said = said || self.tokens[i..=stop].iter().any(Token::is_wordlike);
            i = stop;
            let token = &self.tokens[i];
            match token.kind {
                TokenKind::Open if i > start && self.is_omission(i) => {
                    if self.get(i + 3).is_some_and(|t| t.is_capital() && t.is(Classes::OPENER)) {
                        return i + 3;
                    }
                    i += 2;
                }
                TokenKind::Open if i > start => {
                    // an aside within a sentence may hold sentences of its own
                    i = self.end_of_aside(i).unwrap_or(i);
                }
                TokenKind::Exclamation
                    if token.flags.contains(Flags::SPACE)
                        && self.attached(i + 1)
                        && self.kind(i + 1) == Some(TokenKind::Word) => {} // a click: !Kung
                TokenKind::Period | TokenKind::Question | TokenKind::Exclamation | TokenKind::Ellipsis => {
                    let marks = self.end_of_marks(i);
                    let end = self.end_of_closers(marks);
                    if end == self.tokens.len() || said && self.ends_at_mark(start, i, marks, end) {
                        return end;
                    }
                    i = marks - 1;
                }
                TokenKind::Word if token.flags.contains(Flags::STOP) => {
                    let end = self.end_of_closers(i + 1);
                    if self.ends_at_abbreviation(start, i, end) {
                        return end;
                    }
                }
                _ => {}
            }
            i += 1;
            if i > start + 1 && (self.opens_item(i) || self.opens_credit(i)) {
                return i;
            }
        }
        i.min(self.tokens.len())
    }

    /// Whether a caption's credit opens at `i`: "The old mill Photo: Bo Lind"
    fn opens_credit(&self, i: usize) -> bool {
        self.kind(i + 1) == Some(TokenKind::Colon)
            && self.tokens[i].is(Classes::CREDIT)
            && self.tokens[i].is_capital()
    }
}

/// The classes of words, together: of four at once, of which the last may be asked twice.
fn classes(words: &[Token]) -> Classes {
    let all = |all: Classes, words: &[Token]| words.iter().fold(all, |all, token| all | token.classes);
    match words.last_chunk::<4>() {
        Some(last) => {
            let fours = words.as_chunks::<4>().0.iter();
            fours.fold(all(Classes::empty(), last), |classes, four| all(classes, four))
        }
        None => all(Classes::empty(), words),
    }
}

#[cfg(test)]
mod tests {
    use crate::layout;
    use crate::lexicon::Lexicon;
    use crate::text;

    fn sentences(text: &str) -> String {
        let lexicon = Lexicon::embedded();
        let layout = layout::blocks(text, &lexicon);
        let document = text::read(text, &layout, &lexicon);
        document.sentences.iter().map(|s| s.span.of(text)).collect::<Vec<_>>().join(" ‖ ")
    }

    /// `‖` marks where one sentence ends and the next begins.
    #[test]
    fn sentences_end_where_a_reader_would_end_them() {
        for want in [
            // plain marks
            "It rained. ‖ We left! ‖ Why? ‖ Nobody knows.",
            "Really?! ‖ Yes!! ‖ So it is.",
            // abbreviations
            "Mr. Lind met Sen. Ana Brandt and Dr. J. R. Okoye.",
            "They live in the U.S. ‖ The U.S. Senate met.",
            "He runs Lind Inc. ‖ It sells boats. ‖ Lind Corp. Chairman Bo Lind resigned.",
            "She got up at 5 a.m. ‖ Bo slept.",
            "At 5 a.m. Bo slept.",
            "It opened at 9 p.m. May 5 and 9 p.m. ET elsewhere.",
            "See No. 5 on p. 12. ‖ No. ‖ Never.",
            "They came Oct. 5 from Lansing, Mich., and left.",
            "We chose plan B. ‖ The others slept.",
            // numbers and addresses
            "It cost $3.50. ‖ That is 1.5 times more.",
            "Write to Ana.Brandt@example.org. ‖ Read example.com. ‖ Then call.",
            // quotes and brackets
            "“It rained. ‖ We left,” she said. ‖ “Then it stopped.”",
            "“Why?” he asked. ‖ “No!” ‖ She left.",
            "“Who?” Brandt said.",
            "He left (it rained. It did.) at noon.",
            "He left. ‖ (It rained.) ‖ She stayed.",
            "\"It is done.\" ‖ \"Is it?\"",
            // ellipses
            "I wonder... ‖ And you? ‖ I … wonder.",
            "...and so it goes. ‖ It does.",
            // lists
            "1. Boil water. ‖ 2. Add tea.",
            "1) Boil water ‖ 2) Add tea",
            "• Boil water ‖ • Add tea",
            "a. Boil water ‖ b. Add tea",
        ] {
            let text = want.replace(" ‖ ", " ");
            assert_eq!(sentences(&text), want);
        }
        assert_eq!(sentences("It rained.The sun set."), "It rained. ‖ The sun set.");
    }

    #[test]
    fn zero_width_characters_belong_to_a_sentence() {
        let text = "\u{feff}It rained.\u{200b} \u{200e}We left.\u{200b}";
        assert_eq!(sentences(text), "\u{feff}It rained. ‖ \u{200b} \u{200e}We left.\u{200b}");
        assert_eq!(sentences("\u{200b}"), "\u{200b}");
    }
}
