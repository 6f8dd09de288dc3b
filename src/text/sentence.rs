//! Tokens of a block → sentences.
//!
//! One pass. A mark that may end a sentence is taken with the marks that repeat it and the closing quotation marks
//! and brackets after it; what comes next decides. Abbreviations say in `data/abbreviations.toml` how a sentence may
//! end at them.

use super::{Document, Flags, Sentence, Token, TokenKind};
use crate::lexicon::Classes;
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

/// How far a closing bracket may be for the sentences in between to count as an aside.
const LONGEST_ASIDE: usize = 80;
/// No sentence has more tokens, so that what later rooms do within one takes a bounded time. Nobody writes a longer one;
/// text without stops (tables, lists of names) is cut here.
const LONGEST: usize = 400;

/// Splits the block whose tokens start at `first` into sentences. Their spans tile the block but for white space.
pub(super) fn split(document: &mut Document<'_>, block: BlockId, first: u32) {
    let last = document.tokens.len() as u32;
    let span = document.blocks[block.index()].span;
    let mut splitter =
        Splitter { text: document.text, tokens: &document.tokens[first as usize..], list: None };
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut from = span.start;
    while start < splitter.tokens.len() {
        let end = splitter.end_of_sentence(start);
        let tokens = first + start as u32..first + end as u32;
        // zero-width characters belong to no token; they go with the sentence that they stand before
        let to = if tokens.end == last { span.end } else { splitter.tokens[end - 1].span.end };
        let classes = splitter.tokens[start..end].iter().fold(Classes::empty(), |c, t| c | t.classes);
        let whole = Span::new(from, to).trim(document.text);
        sentences.push(Sentence { span: whole, tokens, block, classes, tagged: false, chunks: 0..0 });
        from = to;
        start = end;
    }
    document.sentences.append(&mut sentences);
}

/// The label of a list's item: 1. 2) (a) •
#[derive(Clone, Copy, PartialEq)]
struct Enumerator {
    /// 1 for "1" and "a"; 0 for a bullet
    value: u32,
    letter: bool,
    /// the mark after it
    mark: TokenKind,
    /// how many tokens it takes
    tokens: usize,
}

impl Enumerator {
    fn is_followed_by(&self, next: &Self) -> bool {
        self.letter == next.letter
            && self.mark == next.mark
            && (next.value == self.value + 1 || self.value == 0 && next.value == 0)
    }
}

struct Splitter<'a> {
    text: &'a str,
    tokens: &'a [Token],
    /// the last enumerator of a list that runs through the block
    list: Option<Enumerator>,
}

impl Splitter<'_> {
    fn get(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    fn kind(&self, i: usize) -> Option<TokenKind> {
        self.get(i).map(|t| t.kind)
    }

    fn attached(&self, i: usize) -> bool {
        self.get(i).is_some_and(|t| !t.flags.contains(Flags::SPACE))
    }

    fn word(&self, i: usize) -> &str {
        self.get(i).map_or("", |t| t.span.of(self.text))
    }

    /// One past the last token of the sentence that starts at `start`.
    fn end_of_sentence(&mut self, start: usize) -> usize {
        let mut i = start;
        let enumerator = self.enumerator(start);
        if let Some(e) = enumerator {
            i += e.tokens;
            self.list = Some(e);
        }
        // an ellipsis or mark that opens the sentence ends nothing
        let mut said = false;
        let limit = self.tokens.len().min(start + LONGEST);
        while i < limit {
            let token = &self.tokens[i];
            said |= token.is_wordlike();
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

    /// The enumerator that stands at `i`.
    fn enumerator(&self, i: usize) -> Option<Enumerator> {
        let bullet = usize::from(self.kind(i)? == TokenKind::Bullet);
        let open = usize::from(bullet == 0 && self.kind(i)? == TokenKind::Open);
        let at = i + bullet + open;
        let numbered = self.number_or_letter(at).and_then(|(value, letter)| {
            let mark = self.kind(at + 1).filter(|_| self.attached(at + 1))?;
            let tokens = bullet + open;
            match mark {
                TokenKind::Close => Some(Enumerator { value, letter, mark, tokens: tokens + 2 }),
                TokenKind::Period if open == 0 => {
                    let close = self.kind(at + 2) == Some(TokenKind::Close) && self.attached(at + 2);
                    let mark = if close { TokenKind::Close } else { mark };
                    Some(Enumerator { value, letter, mark, tokens: tokens + 2 + usize::from(close) })
                }
                _ => None,
            }
        });
        let bullet_alone = || {
            let e = Enumerator { value: 0, letter: false, mark: TokenKind::Bullet, tokens: 1 };
            (bullet == 1).then_some(e)
        };
        numbered.or_else(bullet_alone)
    }

    fn number_or_letter(&self, i: usize) -> Option<(u32, bool)> {
        let token = self.get(i)?;
        let word = self.word(i);
        match token.kind {
            TokenKind::Number if word.len() <= 2 => word.parse().ok().map(|n| (n, false)),
            TokenKind::Word => match word.as_bytes() {
                [c @ b'a'..=b'z'] => Some((u32::from(c - b'a') + 1, true)),
                _ => None,
            },
            _ => None,
        }
    }

    /// Whether the next item of the list that runs through the block opens at `i`.
    fn opens_item(&mut self, i: usize) -> bool {
        let Some(list) = self.list else { return false };
        if !matches!(
            self.kind(i),
            Some(TokenKind::Number | TokenKind::Word | TokenKind::Bullet | TokenKind::Open)
        ) {
            return false;
        }
        let Some(next) = self.enumerator(i) else { return false };
        let capital = |t: &Token| t.is_capital() || t.flags.contains(Flags::DIGIT);
        list.is_followed_by(&next) && self.get(i + next.tokens).is_some_and(capital)
    }

    /// Whether a caption's credit opens at `i`: "The old mill Photo: Bo Lind"
    fn opens_credit(&self, i: usize) -> bool {
        self.kind(i + 1) == Some(TokenKind::Colon)
            && self.tokens[i].is(Classes::CREDIT)
            && self.tokens[i].is_capital()
    }

    /// Words left out: [...]
    fn is_omission(&self, i: usize) -> bool {
        self.kind(i + 1) == Some(TokenKind::Ellipsis) && self.kind(i + 2) == Some(TokenKind::Close)
    }

    /// The number of a note in brackets: [12]
    fn is_note(&self, i: usize) -> bool {
        self.kind(i) == Some(TokenKind::Open)
            && self.word(i) == "["
            && self.kind(i + 1) == Some(TokenKind::Number)
            && self.kind(i + 2) == Some(TokenKind::Close)
    }

    /// The closing bracket of an aside that opens at `open`.
    fn end_of_aside(&self, open: usize) -> Option<usize> {
        let mut depth = 0;
        for i in open..self.tokens.len().min(open + LONGEST_ASIDE) {
            match self.tokens[i].kind {
                TokenKind::Open => depth += 1,
                TokenKind::Close => {
                    depth -= 1;
                    if depth == 0 {
                        return Some(i);
                    }
                }
                _ => {}
            }
        }
        None
    }

    /// One past the marks that repeat the one at `i`: "?!", "..", ". . ."
    fn end_of_marks(&self, i: usize) -> usize {
        let mut end = i + 1;
        let dotted = |kind| matches!(kind, Some(TokenKind::Period | TokenKind::Ellipsis));
        loop {
            let next = self.kind(end);
            let repeats = if self.attached(end) {
                dotted(next) || matches!(next, Some(TokenKind::Question | TokenKind::Exclamation))
            } else {
                dotted(next) && dotted(self.kind(end - 1))
            };
            if !repeats {
                break;
            }
            end += 1;
        }
        // a full stop, then an ellipsis that opens what follows: "end. . . . The"
        let stop_and_ellipsis = end - i == 4
            && self.attached(i)
            && self.kind(i) == Some(TokenKind::Period)
            && !self.attached(i + 1)
            && self.get(end).is_some_and(Token::is_capital);
        if stop_and_ellipsis { i + 1 } else { end }
    }

    /// One past the quotation marks and brackets that close at `i`.
    fn end_of_closers(&self, i: usize) -> usize {
        let mut end = i;
        while let Some(token) = self.get(end) {
            if self.is_note(end) {
                end += 3;
                continue;
            }
            let attached = !token.flags.contains(Flags::SPACE);
            let opening = token.flags.contains(Flags::OPENING);
            let closes = match token.kind {
                TokenKind::Close => true,
                TokenKind::DoubleQuote => !opening && (attached || self.closes_by_shape(end)),
                TokenKind::SingleQuote => !opening && attached,
                // the number of a note: "… of the law.12 The …"
                TokenKind::Number => {
                    attached
                        && token.span.len() <= 3
                        && end > 0
                        && matches!(
                            self.tokens[end - 1].kind,
                            TokenKind::Period | TokenKind::Close | TokenKind::DoubleQuote
                        )
                        && end > 1
                        && self.kind(end - 2) != Some(TokenKind::Number)
                }
                _ => false,
            };
            // a straight mark set close on both sides opens what follows: said."It
            let straight = matches!(token.kind, TokenKind::DoubleQuote | TokenKind::SingleQuote)
                && matches!(self.word(end), "\"" | "'" | "''");
            if !closes || straight && self.opens_by_place(end) {
                break;
            }
            end += 1;
        }
        end
    }

    fn closes_by_shape(&self, i: usize) -> bool {
        matches!(self.word(i), "”" | "»")
    }

    /// Whether a straight mark that follows an end mark without space belongs to the next word. An odd number of
    /// such marks before it in the block means that one is open, so that it closes.
    fn opens_by_place(&self, i: usize) -> bool {
        if !self.get(i + 1).is_some_and(|t| t.is_wordlike() && !t.flags.contains(Flags::SPACE)) {
            return false;
        }
        let kind = self.tokens[i].kind;
        let before = self.tokens[..i].iter().rev().take(400).filter(|t| t.kind == kind).count();
        before % 2 == 0
    }

    /// Whether the sentence ends at `end`, after marks in `[from, marks)` and closing marks up to `end`.
    fn ends_at_mark(&self, start: usize, from: usize, marks: usize, end: usize) -> bool {
        let Some(next) = self.get(end) else { return true };
        let quoted = self.tokens[marks..end]
            .iter()
            .any(|t| matches!(t.kind, TokenKind::DoubleQuote | TokenKind::SingleQuote));
        let kind = self.tokens[marks - 1].kind;
        let ellipsis = marks - from > 1 && kind != TokenKind::Question && kind != TokenKind::Exclamation
            || kind == TokenKind::Ellipsis;
        match next.kind {
            TokenKind::Word if !self.is_capital(end) => false,
            TokenKind::Word if ellipsis => self.ends_at_ellipsis(from, marks, end),
            TokenKind::Word => !(quoted && self.cue_follows(end) || self.is_single_i(start, from, end)),
            TokenKind::Number | TokenKind::Currency => {
                !(ellipsis && end == marks && next.flags.contains(Flags::SPACE))
            }
            TokenKind::Url | TokenKind::Handle | TokenKind::Hashtag | TokenKind::Bullet => true,
            TokenKind::DoubleQuote | TokenKind::SingleQuote => {
                let opens = next.flags.contains(Flags::OPENING)
                    || next.flags.contains(Flags::SPACE)
                    || self.attached(end + 1);
                opens && !(ellipsis && self.get(end + 1).is_some_and(|t| !t.is_capital()))
            }
            TokenKind::Open => {
                !ellipsis && self.get(end + 1).is_some_and(|t| t.is_capital() || !t.is_wordlike())
            }
            TokenKind::Dash | TokenKind::Hyphen => {
                !quoted
                    && next.flags.contains(Flags::SPACE)
                    && self.get(end + 1).is_some_and(|t| t.flags.contains(Flags::SPACE) && t.is_capital())
            }
            TokenKind::Ellipsis => next.flags.contains(Flags::SPACE) || kind == TokenKind::Period,
            TokenKind::Period => next.flags.contains(Flags::SPACE),
            TokenKind::Symbol => next.flags.contains(Flags::SPACE),
            _ => false,
        }
    }

    /// A capital, or a name like "iPhone" whose capital comes late.
    fn is_capital(&self, i: usize) -> bool {
        let Some(token) = self.get(i) else { return false };
        token.is_capital() || self.word(i).bytes().any(|b| b.is_ascii_uppercase())
    }

    /// An ellipsis ends a sentence where a word follows that opens one, or where it is set close to the last word
    /// and parted from the next: "I wonder… Trains", not "the … Senate".
    fn ends_at_ellipsis(&self, from: usize, marks: usize, end: usize) -> bool {
        let next = &self.tokens[end];
        if end > marks {
            return true;
        }
        let dots = self.tokens[from].span.cover(self.tokens[marks - 1].span).len();
        next.flags.contains(Flags::SPACE)
            && (next.is(Classes::OPENER) && self.word(end) != "I"
                || self.attached(from)
                || dots == 4
                || marks - from == 4)
    }

    /// The "I" of a name: "Albert I. Jones".
    fn is_single_i(&self, start: usize, stop: usize, next: usize) -> bool {
        let name = |i: usize| {
            self.get(i).is_some_and(|t| t.kind == TokenKind::Word && t.is_capital() && !t.is(Classes::OPENER))
        };
        stop >= start + 2 && self.word(stop - 1) == "I" && name(stop - 2) && name(next)
    }

    /// Whether a named speaker and a verb of saying follow a quote that ends in a mark: "…?" Ana Brandt asked.
    fn cue_follows(&self, next: usize) -> bool {
        if self.tokens[next].is(Classes::OPENER) {
            return false;
        }
        let mut i = next;
        while i < next + 4 && self.get(i).is_some_and(|t| t.kind == TokenKind::Word && t.is_capital()) {
            i += 1;
        }
        let cue = self.get(i).is_some_and(|t| t.is(Classes::CUE_VERB) && !t.is_capital());
        cue && !self.get(i + 1).is_some_and(|t| t.is(Classes::RELATIVE))
    }

    /// Whether the sentence ends at `end`, after the abbreviation at `i` and closing marks.
    fn ends_at_abbreviation(&self, start: usize, i: usize, end: usize) -> bool {
        let Some(next) = self.get(end) else { return false };
        let token = &self.tokens[i];
        let quoted = end > i + 1 && self.tokens[end - 1].kind == TokenKind::DoubleQuote;
        let (word, at) = match next.kind {
            TokenKind::DoubleQuote | TokenKind::SingleQuote | TokenKind::Open if !self.attached(end) => {
                match self.get(end + 1) {
                    Some(t) => (t, end + 1),
                    None => return false,
                }
            }
            _ => (next, end),
        };
        if token.is(Classes::ABBREVIATION_INNER) && end == i + 1 || !self.is_capital(at) {
            return false;
        }
        if matches!(word.kind, TokenKind::Handle | TokenKind::Hashtag | TokenKind::Bullet) {
            return true;
        }
        let opens = word.is(Classes::OPENER) || self.kind(at + 1) == Some(TokenKind::Colon);
        if opens || quoted {
            return true;
        }
        token.is(Classes::ABBREVIATION_FINAL)
            // a time that opens a sentence is no sentence: "At 5 a.m. Ana Brandt left"
            && i > start + 2
            && !word.is(Classes::MONTH | Classes::WEEKDAY)
            && !(word.flags.contains(Flags::CAPITALS) && word.span.len() <= 4)
            && !self.get(at + 1).is_some_and(|t| t.is(Classes::TIME))
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
