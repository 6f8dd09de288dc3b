//! Bytes → tokens, in one pass, one look-up a word.
//!
//! Words are cut as the Penn Treebank cuts them, for the tagger's sake: clitics stand alone ("do" "n't", "Ann" "'s"),
//! hyphenated words and numbers with their grouping stay whole, an abbreviation keeps its full stop. Owns what stands
//! between words: white space and the marks that are one byte; `mark.rs` the others. `word.rs` cuts words, first those that are nothing but letters of ASCII;
//! `address.rs` those that may be addresses; `number.rs` numbers; `quote.rs` what an apostrophe begins.

mod address;
mod mark;
mod number;
mod quote;
mod word;

use super::{Flags, Tag, Token, TokenKind};
use crate::lexicon::{Classes, Lexicon, WordId};
use crate::portion::grown;
use crate::span::Span;

/// Zero-width and bidirectional marks: they part no words and count as nothing.
fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// What a byte begins.
#[derive(Clone, Copy)]
enum Begins {
    Letter,
    Digit,
    Space,
    /// a mark by itself, whatever stands around it (of full stops nearly all); whether a sentence may end at it
    Mark(TokenKind, Flags, bool),
    /// anything else of ASCII
    Ascii,
    /// a character that is none of ASCII
    Other,
}

const BEGINS: [Begins; 256] = {
    let mut begins = [Begins::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        begins[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Begins::Letter,
            b'0'..=b'9' => Begins::Digit,
            b' ' => Begins::Space,
            b',' => Begins::Mark(TokenKind::Comma, Flags::empty(), false),
            b'.' => Begins::Mark(TokenKind::Period, Flags::empty(), true),
            b'"' => Begins::Mark(TokenKind::DoubleQuote, Flags::empty(), false),
            b'(' | b'[' | b'{' => Begins::Mark(TokenKind::Open, Flags::OPENING, true),
            b')' | b']' | b'}' => Begins::Mark(TokenKind::Close, Flags::empty(), false),
            b';' => Begins::Mark(TokenKind::Semicolon, Flags::empty(), false),
            b'?' => Begins::Mark(TokenKind::Question, Flags::empty(), true),
            b'!' => Begins::Mark(TokenKind::Exclamation, Flags::empty(), true),
            b'/' => Begins::Mark(TokenKind::Slash, Flags::empty(), false),
            b'*' => Begins::Mark(TokenKind::Bullet, Flags::empty(), false),
            0..0x80 => Begins::Ascii,
            _ => Begins::Other,
        };
        byte += 1;
    }
    begins
};

/// The length of the negation that an auxiliary may end in.
const NOT: usize = 3;
/// A word that is an auxiliary and a negation in one: cannot.
const NEGATED: Classes = Classes::AUXILIARY.union(Classes::NEGATION);

/// Cuts a text's blocks, one after another.
pub(super) struct Cutter<'a, 'l> {
    text: &'a str,
    lexicon: &'l Lexicon,
    /// the block's first token
    first: usize,
    /// where the block ends
    end: usize,
    at: usize,
    /// flags of what stood before the next token
    before: Flags,
    /// where the last stretch of what addresses are made of began and ended
    address: (usize, usize),
    /// all the tokens so far
    pub(super) tokens: Vec<Token>,
    /// the tokens at which a sentence of the block may end: marks, abbreviations, and words before a colon
    pub(super) stops: Vec<u32>,
}

impl<'a, 'l> Cutter<'a, 'l> {
    pub(super) fn new(text: &'a str, lexicon: &'l Lexicon) -> Self {
        Self {
            text,
            lexicon,
            first: 0,
            end: 0,
            at: 0,
            before: Flags::empty(),
            address: (0, 0),
            // news has one for each four and a half bytes
            tokens: Vec::with_capacity(text.len() / 4 + 16),
            stops: Vec::new(),
        }
    }

    /// Appends the tokens of a block.
    pub(super) fn block(&mut self, block: Span) {
        self.end = block.end as usize;
        self.at = block.start as usize;
        self.before = Flags::SPACE | Flags::LINE;
        self.stops.clear();
        self.address = (0, 0);
        self.first = self.tokens.len();
        while self.at < self.end {
            self.next();
        }
        if self.tokens.len() == self.first && !block.is_empty() {
            // nothing but zero-width characters: one mark, so that every block has a token and a sentence
            self.at = block.start as usize;
            self.mark(block.end as usize, TokenKind::Symbol, Flags::empty());
        }
    }

    #[inline(always)]
    fn next(&mut self) {
        // two of three tokens are such words; what else there is parts by its first byte, in one step
        if self.short_word() {
            return;
        }
        let byte = self.text.as_bytes()[self.at];
        match BEGINS[usize::from(byte)] {
            Begins::Letter => self.word(),
            Begins::Mark(kind, flags, stop) => self.plain_mark(byte, kind, flags, stop),
            Begins::Digit => self.number(),
            Begins::Space => {
                self.before |= Flags::SPACE;
                self.at += 1;
            }
            Begins::Ascii => self.ascii(byte),
            Begins::Other => self.other(),
        }
    }

    #[inline]
    fn char_at(&self, i: usize) -> Option<char> {
        if i >= self.end {
            return None;
        }
        let b = self.text.as_bytes()[i];
        if b < 0x80 { Some(b as char) } else { self.text[i..self.end].chars().next() }
    }

    #[inline]
    fn byte_at(&self, i: usize) -> u8 {
        if i < self.end { self.text.as_bytes()[i] } else { 0 }
    }

    /// The end of a run of characters that all satisfy a test.
    #[inline]
    fn run(&self, from: usize, test: impl Fn(char) -> bool) -> usize {
        let mut at = from;
        while let Some(c) = self.char_at(at) {
            if !test(c) {
                break;
            }
            at += c.len_utf8();
        }
        at
    }

    /// The end of a run of one byte.
    fn repeated(&self, byte: u8) -> usize {
        self.at + self.text.as_bytes()[self.at..self.end].iter().take_while(|&&b| b == byte).count()
    }

    /// The classes of some text as a word.
    fn classes_of(&self, word: &str) -> Classes {
        self.lexicon.classes(self.lexicon.find(word))
    }

    /// Puts a token that the lexicon need not be asked for, and goes past a space after it.
    #[inline(always)]
    fn put(&mut self, end: usize, word: WordId, classes: Classes, kind: TokenKind, flags: Flags) {
        let span = Span::new(self.at as u32, end as u32);
        grown(&mut self.tokens).push(Token {
            span,
            word,
            classes,
            kind,
            flags: flags | self.before,
            tag: Tag::None,
        });
        // white space stands behind a block, if anything does
        let spaced = self.text.as_bytes().get(end) == Some(&b' ');
        self.before = if spaced { Flags::SPACE } else { Flags::empty() };
        self.at = end + usize::from(spaced);
    }

    /// Puts a mark.
    #[inline]
    fn mark(&mut self, end: usize, kind: TokenKind, flags: Flags) {
        self.put(end, WordId::UNKNOWN, Classes::empty(), kind, flags);
    }

    /// Puts a mark at which a sentence may end.
    #[inline]
    fn stop(&mut self, end: usize, kind: TokenKind, flags: Flags) {
        self.stops.push(self.tokens.len() as u32);
        self.mark(end, kind, flags);
    }

    /// Puts a word, number or sign by its text.
    fn push(&mut self, end: usize, kind: TokenKind, flags: Flags) {
        let word = self.lexicon.words().find_within(self.text, self.at, end);
        self.push_found(end, word, kind, flags);
    }

    /// Puts a word, number or sign by its number.
    #[inline(always)]
    fn push_found(&mut self, end: usize, word: WordId, kind: TokenKind, flags: Flags) {
        let classes = self.lexicon.classes(word);
        // rare; its length is asked only then, which nobody foretells
        if classes.contains(NEGATED) {
            return self.push_negated(end, word, kind, flags);
        }
        self.put(end, word, classes, kind, flags);
    }

    /// Puts the first of an auxiliary and negation in one, which are two words: can|not
    #[inline(never)]
    fn push_negated(&mut self, end: usize, word: WordId, kind: TokenKind, flags: Flags) {
        if end - self.at > NOT {
            self.push(end - NOT, kind, flags);
        } else {
            self.put(end, word, self.lexicon.classes(word), kind, flags);
        }
    }

    /// Puts a mark that is one byte, but for dots that are more than a full stop.
    #[inline(always)]
    fn plain_mark(&mut self, byte: u8, kind: TokenKind, flags: Flags, stop: bool) {
        let next = self.byte_at(self.at + 1);
        if (byte == b'.') & ((next == b'.') | next.is_ascii_digit()) {
            return self.ascii(byte);
        }
        // noted and taken back where it is none: no branch
        let stops = self.stops.len();
        self.stops.push(self.tokens.len() as u32);
        self.stops.truncate(stops + usize::from(stop));
        self.mark(self.at + 1, kind, flags);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded();
        let mut cutter = Cutter::new(text, &lexicon);
        cutter.block(Span::new(0, text.len() as u32));
        cutter.tokens.iter().map(|t| t.span.of(text).to_owned()).collect()
    }

    #[test]
    fn cuts_as_the_treebank_does() {
        for (text, want) in [
            ("I don't, can’t", "I|do|n't|,|ca|n’t"),
            ("Ann's dogs' bed", "Ann|'s|dogs|'|bed"),
            ("They're O'Neill's", "They|'re|O'Neill|'s"),
            ("We cannot, CANNOT. Can not", "We|can|not|,|CAN|NOT|.|Can|not"),
            ("U.S. at 5 p.m. said", "U.S.|at|5|p.m.|said"),
            ("Mr. J. Smith left.", "Mr.|J.|Smith|left|."),
            ("the end.The next", "the|end|.|The|next"),
            ("$1,000.50 or US$3m, 5%", "$|1,000.50|or|US$|3m|,|5|%"),
            ("a 3,000-strong force, 52-48", "a|3,000-strong|force|,|52-48"),
            ("“Yes,” he said…", "“|Yes|,|”|he|said|…"),
            ("''No,'' she said...", "''|No|,|''|she|said|..."),
            ("so-called — well-known--not", "so-called|—|well-known|--|not"),
            ("see https://a.io/x?y=1. @ann #vote", "see|https://a.io/x?y=1|.|@ann|#vote"),
            ("write to a.b@c.org, www.x.com/y", "write|to|a.b@c.org|,|www.x.com/y"),
            ("Café Zoë's AT&T", "Café|Zoë|'s|AT&T"),
            ("the '90s, 20th at 10:30", "the|'90s|,|20th|at|10:30"),
            ("東京 news", "東|京|news"),
        ] {
            assert_eq!(cut(text).join("|"), want, "{text}");
        }
    }

    #[test]
    fn any_text_is_covered() {
        for text in [
            "a\u{200b}b",
            "'",
            "’",
            "\u{feff}x",
            "$",
            "US$",
            "..",
            "....",
            "-",
            "1.",
            ".5",
            "n't",
            "'t",
            "é’",
            "@",
            "#",
        ] {
            let joined = cut(text).concat();
            assert!(joined.len() <= text.len());
        }
    }
}
