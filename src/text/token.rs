//! Bytes → tokens, in one pass, one look-up a word.
//!
//! Words are cut as the Penn Treebank cuts them, for the tagger's sake: clitics stand alone ("do" "n't", "Ann" "'s"),
//! hyphenated words and numbers with their grouping stay whole, an abbreviation keeps its full stop. ASCII goes by
//! a byte table; where a run holds other letters, unicode-segmentation says where words end.

use super::Tag;
use crate::lexicon::{Classes, Lexicon, WordId};
use crate::span::Span;
use bitflags::bitflags;
use unicode_segmentation::UnicodeSegmentation;

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum TokenKind {
    Word,
    /// begins with a digit: 12, 1,000, 3.5, 20th, 52-48, 3,000-strong, 10:30
    Number,
    Comma,
    Period,
    Colon,
    Semicolon,
    Question,
    Exclamation,
    /// ... or …
    Ellipsis,
    /// – — --
    Dash,
    /// a hyphen that stands alone
    Hyphen,
    /// " “ ” « » `` ''
    DoubleQuote,
    /// ' ‘ ’ ` outside words
    SingleQuote,
    Open,
    Close,
    /// $ £ € US$
    Currency,
    Percent,
    Slash,
    Url,
    /// @name
    Handle,
    /// #topic
    Hashtag,
    Bullet,
    Symbol,
}

bitflags! {
    /// What a token looks like and what stands before it.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
    pub struct Flags: u8 {
        /// its first letter is a capital
        const CAPITAL = 1;
        /// it has two letters or more, all of them capitals
        const CAPITALS = 1 << 1;
        /// it holds a digit
        const DIGIT = 1 << 2;
        /// it holds a hyphen between letters or digits
        const HYPHEN = 1 << 3;
        /// white space stands before it, or the text begins
        const SPACE = 1 << 4;
        /// a line break stands before it
        const LINE = 1 << 5;
        /// a word whose last character is its own full stop
        const STOP = 1 << 6;
        /// it opens a quotation or bracket by its shape: “ ‘ « (
        const OPENING = 1 << 7;
    }
}

/// A word, number or mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// Its number in the lexicon.
    pub word: WordId,
    /// Its classes.
    pub classes: Classes,
    /// What it is made of.
    pub kind: TokenKind,
    /// What it looks like.
    pub flags: Flags,
    /// Its part of speech; [`Tag::None`] in sentences that are not tagged.
    pub tag: Tag,
}

impl TokenKind {
    /// Whether what is said can end in it right before the closing mark: “…,” “…?” “…—”
    #[inline]
    pub(crate) fn ends_speech(self) -> bool {
        matches!(
            self,
            Self::Comma
                | Self::Period
                | Self::Question
                | Self::Exclamation
                | Self::Ellipsis
                | Self::Dash
                | Self::SingleQuote
        )
    }
}

impl Token {
    /// Whether it has any of the classes.
    #[inline]
    pub fn is(&self, classes: Classes) -> bool {
        self.classes.intersects(classes)
    }

    /// Whether it begins with a capital.
    #[inline]
    pub fn is_capital(&self) -> bool {
        self.flags.contains(Flags::CAPITAL)
    }

    /// Whether it is a word or number rather than a mark.
    #[inline]
    pub fn is_wordlike(&self) -> bool {
        matches!(
            self.kind,
            TokenKind::Word | TokenKind::Number | TokenKind::Url | TokenKind::Handle | TokenKind::Hashtag
        )
    }
}

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

/// The length of the negation that an auxiliary may end in.
const NOT: usize = 3;

struct Cutter<'a, 'l> {
    text: &'a str,
    end: usize,
    at: usize,
    /// flags of what stood before the next token
    before: Flags,
    lexicon: &'l Lexicon,
    out: &'l mut Vec<Token>,
}

/// Appends the tokens of a block.
pub(super) fn tokenize(text: &str, block: Span, lexicon: &Lexicon, out: &mut Vec<Token>) {
    let mut cutter = Cutter {
        text,
        end: block.end as usize,
        at: block.start as usize,
        before: Flags::SPACE | Flags::LINE,
        lexicon,
        out,
    };
    let before = cutter.out.len();
    while cutter.at < cutter.end {
        cutter.next();
    }
    if cutter.out.len() == before && !block.is_empty() {
        // nothing but zero-width characters: one mark, so that every block has a token and a sentence
        cutter.at = block.start as usize;
        cutter.push(block.end as usize, TokenKind::Symbol, Flags::empty());
    }
}

impl Cutter<'_, '_> {
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

    fn push(&mut self, end: usize, kind: TokenKind, flags: Flags) {
        let span = Span::new(self.at as u32, end as u32);
        let word =
            if matches!(kind, TokenKind::Word | TokenKind::Number | TokenKind::Currency | TokenKind::Percent)
            {
                self.lexicon.find(span.of(self.text))
            } else {
                WordId::UNKNOWN
            };
        let classes = if word.is_known() { self.lexicon.classes(word) } else { Classes::empty() };
        if classes.contains(Classes::AUXILIARY.union(Classes::NEGATION)) && span.len() > NOT {
            // auxiliary and negation in one are two words: can|not
            return self.push(end - NOT, kind, flags);
        }
        self.out.push(Token { span, word, classes, kind, flags: flags | self.before, tag: Tag::None });
        self.before = Flags::empty();
        self.at = end;
    }

    fn next(&mut self) {
        // nearly all that stands in a text
        match self.byte_at(self.at) {
            b' ' => {
                self.before |= Flags::SPACE;
                self.at += 1;
                return;
            }
            b'a'..=b'z' | b'A'..=b'Z' => return self.word(),
            _ => {}
        }
        let Some(c) = self.char_at(self.at) else { return };
        let after = self.at + c.len_utf8();
        let next = self.char_at(after).unwrap_or(' ');
        use TokenKind::*;
        match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => {
                self.before |= Flags::SPACE | Flags::LINE;
                self.at = after;
            }
            _ if c.is_whitespace() => {
                self.before |= Flags::SPACE;
                self.at = after;
            }
            _ if is_ignorable(c) => self.at = after,
            _ if c.is_numeric() => self.number(),
            _ if c.is_alphabetic() => self.word(),
            '.' if self.text.as_bytes()[self.at..self.end].starts_with(b"...") => {
                let dots = self.text.as_bytes()[self.at..self.end].iter().take_while(|&&b| b == b'.').count();
                self.push(self.at + dots, Ellipsis, Flags::empty());
            }
            '.' if next.is_ascii_digit() && self.before.contains(Flags::SPACE) => self.number(),
            '.' => self.push(after, Period, Flags::empty()),
            '…' => self.push(after, Ellipsis, Flags::empty()),
            ',' => self.push(after, Comma, Flags::empty()),
            ':' => self.push(after, Colon, Flags::empty()),
            ';' => self.push(after, Semicolon, Flags::empty()),
            '?' => self.push(after, Question, Flags::empty()),
            '!' => self.push(after, Exclamation, Flags::empty()),
            '"' | '”' | '„' | '»' => self.push(after, DoubleQuote, Flags::empty()),
            '“' | '«' => self.push(after, DoubleQuote, Flags::OPENING),
            '`' if next == '`' => self.push(after + 1, DoubleQuote, Flags::OPENING),
            '\'' if next == '\'' => self.push(after + 1, DoubleQuote, Flags::empty()),
            '`' | '‚' | '‹' => self.push(after, SingleQuote, Flags::OPENING),
            '‘' => self.single_quote(after, next, Flags::OPENING),
            '\'' | '’' | '›' => self.single_quote(after, next, Flags::empty()),
            '(' | '[' | '{' => self.push(after, Open, Flags::OPENING),
            ')' | ']' | '}' => self.push(after, Close, Flags::empty()),
            '$' if next.is_ascii_uppercase() => self.sign_with_letters(after),
            '$' | '£' | '€' | '¥' | '₹' | '₽' | '₩' | '₪' | '₺' | '₴' | '¢' | '฿' | '₫' | '₦' =>
            {
                self.push(after, Currency, Flags::empty());
            }
            '%' | '‰' => self.push(after, Percent, Flags::empty()),
            '/' => self.push(after, Slash, Flags::empty()),
            '–' | '—' | '―' | '‒' => self.push(after, Dash, Flags::empty()),
            '-' if next == '-' => {
                let dashes =
                    self.text.as_bytes()[self.at..self.end].iter().take_while(|&&b| b == b'-').count();
                self.push(self.at + dashes, Dash, Flags::empty());
            }
            '-' | '\u{2010}' | '\u{2011}' | '\u{2212}' => self.push(after, Hyphen, Flags::empty()),
            '@' | '#' if next.is_alphanumeric() || next == '_' => {
                let name = |ch: char| ch.is_alphanumeric() || ch == '_';
                let end = self.run(after, name);
                self.push(end, if c == '@' { Handle } else { Hashtag }, Flags::empty());
            }
            '•' | '·' | '⁃' | '▪' | '●' | '◦' | '‣' | '■' | '*' => {
                self.push(after, Bullet, Flags::empty())
            }
            _ => self.push(after, Symbol, Flags::empty()),
        }
    }

    /// A dollar sign before the letters of its country and the number: $US5, $A82.
    fn sign_with_letters(&mut self, after: usize) {
        let end = self.run(after, |c| c.is_ascii_uppercase());
        let joined = end - after <= 3 && self.char_at(end).is_some_and(|c| c.is_ascii_digit());
        self.push(if joined { end } else { after }, TokenKind::Currency, Flags::empty());
    }

    /// The end of a run of characters that all satisfy a test.
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

    /// An apostrophe outside a word: a clitic ('s), an elision ('em, '90s), or a quotation mark.
    fn single_quote(&mut self, after: usize, next: char, shape: Flags) {
        let attached = !self.before.contains(Flags::SPACE) && self.out.last().is_some_and(Token::is_wordlike);
        if attached && next.is_alphabetic() {
            let end = self.run(after, char::is_alphabetic);
            let clitic = &self.text[after..end];
            if ["s", "re", "ve", "ll", "d", "m"].iter().any(|c| clitic.eq_ignore_ascii_case(c)) {
                return self.push(end, TokenKind::Word, Flags::empty());
            }
        }
        if !attached && next.is_alphabetic() {
            // ’em and, from a word processor that took it for a quotation mark, ‘em
            let end = self.run(after, char::is_alphabetic);
            let stem = &self.text[after..end];
            if stem.len() <= 6 && self.is_elision(stem) {
                return self.push(end, TokenKind::Word, Flags::empty());
            }
        }
        if next.is_ascii_digit() {
            let end = self.run(after, |c| c.is_ascii_alphanumeric());
            let years = self.text[after..end].ends_with('s');
            if years || end - after == 2 && shape.is_empty() {
                return self.push(end, TokenKind::Number, Flags::DIGIT);
            }
        }
        self.push(after, TokenKind::SingleQuote, shape);
    }

    fn is_elision(&self, stem: &str) -> bool {
        let mut buffer = [b'\''; 8];
        let Some(room) = buffer.get_mut(1..=stem.len()) else { return false };
        room.copy_from_slice(stem.as_bytes());
        let word = std::str::from_utf8(&buffer[..=stem.len()]).unwrap_or("");
        self.lexicon.classes(self.lexicon.find(word)).contains(Classes::ELISION)
    }

    fn number(&mut self) {
        let mut at = self.at;
        let mut flags = Flags::DIGIT;
        let word = |c: char| c.is_alphanumeric() || is_ignorable(c);
        loop {
            at = self.run(at, |c| c.is_alphanumeric() || is_ignorable(c));
            let Some(c) = self.char_at(at) else { break };
            let after = at + c.len_utf8();
            let Some(next) = self.char_at(after) else { break };
            let before = self.text[..at].chars().next_back().unwrap_or(' ');
            let grouping = matches!(c, ',' | '.' | ':' | '\'' | '’' | '/') && next.is_ascii_digit();
            if at == self.at || (grouping && before.is_ascii_digit()) {
                at = after;
            } else if is_hyphen(c) && word(next) {
                flags |= Flags::HYPHEN;
                at = after;
            } else if c == '.' && (before == 'p' || before == 'a') && matches!(next, 'm') {
                // 5p.m.
                at = after + 1;
                if self.byte_at(at) == b'.' {
                    at += 1;
                }
                break;
            } else {
                break;
            }
        }
        self.push(at, TokenKind::Number, flags);
    }

    fn word(&mut self) {
        let start = self.at;
        let bytes = &self.text.as_bytes()[..self.end];
        let plain = bytes[start..].iter().take_while(|b| b.is_ascii_alphabetic()).count();
        let mut at = start + plain;
        // most words are letters of ASCII up to a space or comma: nothing else can be part of them
        if plain > 0
            && matches!(bytes.get(at), None | Some(b' ' | b',' | b'\n' | b'"' | b')' | b'?' | b'!' | b';'))
        {
            let letters = &bytes[start..at];
            let mut flags = Flags::empty();
            if letters[0].is_ascii_uppercase() {
                flags |= Flags::CAPITAL;
                if plain > 1 && !letters[1..].iter().any(u8::is_ascii_lowercase) {
                    flags |= Flags::CAPITALS;
                }
            }
            return self.push(at, TokenKind::Word, flags);
        }
        let mut flags = Flags::empty();
        let mut ascii = true;
        let mut part = start;
        loop {
            while at < self.end {
                let b = self.text.as_bytes()[at];
                if b.is_ascii_alphanumeric() || b == b'_' {
                    at += 1;
                } else if b >= 0x80 {
                    let Some(c) = self.char_at(at) else { break };
                    if !(c.is_alphanumeric() || is_ignorable(c) || is_combining(c)) {
                        break;
                    }
                    ascii = false;
                    at += c.len_utf8();
                } else {
                    break;
                }
            }
            let Some(c) = self.char_at(at) else { break };
            let after = at + c.len_utf8();
            let next = self.char_at(after).unwrap_or(' ');
            if is_hyphen(c) && next.is_alphanumeric() {
                flags |= Flags::HYPHEN;
                at = after;
            } else if matches!(c, '.' | ',')
                && next.is_ascii_digit()
                && flags.contains(Flags::HYPHEN)
                && self.text.as_bytes()[at - 1].is_ascii_digit()
            {
                // minus-1.4, to-260,000
                at = after;
            } else if is_apostrophe(c) && next.is_alphabetic() {
                match self.clitic(start, at, after) {
                    Clitic::At(cut) => {
                        at = cut;
                        break;
                    }
                    Clitic::Inside => at = after,
                }
            } else if c == '&' && next.is_ascii_uppercase() && at - start <= 3 {
                at = after;
            } else if c == '.' && next.is_alphabetic() && self.dot_inside(start, at, next) {
                at = after;
                part = after;
            } else {
                break;
            }
        }
        if self.url(start, at) {
            return;
        }
        if !ascii {
            at = self.segment(start, at);
            if part >= at {
                part = start;
            }
        }
        if self.byte_at(at) == b'$'
            && at - start <= 3
            && self.text[start..at].bytes().all(|b| b.is_ascii_uppercase())
        {
            return self.push(at + 1, TokenKind::Currency, flags);
        }
        let letters = &self.text[start..at];
        if letters.chars().next().is_some_and(char::is_uppercase) {
            flags |= Flags::CAPITAL;
        }
        if at - start > 1 && !letters.chars().any(char::is_lowercase) {
            flags |= Flags::CAPITALS;
        }
        if letters.bytes().any(|b| b.is_ascii_digit()) {
            flags |= Flags::DIGIT;
            // a currency's code written to its number: USD10m, RM2.70
            let code = letters.bytes().take_while(u8::is_ascii_uppercase).count();
            if (2..=3).contains(&code)
                && letters.as_bytes()[code].is_ascii_digit()
                && self.lexicon.classes(self.lexicon.find(&letters[..code])).contains(Classes::CURRENCY)
            {
                return self.push(start + code, TokenKind::Currency, Flags::empty());
            }
        }
        if self.byte_at(at) == b'.' && self.byte_at(at + 1) != b'.' {
            let one_letter = self.text[part..at].chars().nth(1).is_none();
            let initial = part == start && flags.contains(Flags::CAPITAL) && letters != "I";
            if (one_letter && (part > start || initial)) || self.abbreviated(start, at, flags) {
                flags |= Flags::STOP;
                at += 1;
            }
        }
        let numeric = flags.contains(Flags::HYPHEN) && self.has_number_part(start, at);
        self.push(at, TokenKind::Word, flags);
        if let Some(token) = self.out.last_mut().filter(|_| numeric) {
            token.classes |= Classes::NUMBER;
        }
    }

    /// Whether a hyphenated word begins or ends with the word of a number: three-year, twenty-five.
    fn has_number_part(&self, start: usize, end: usize) -> bool {
        let number = |part: &str| self.lexicon.classes(self.lexicon.find(part)).contains(Classes::NUMBER);
        let word = &self.text[start..end];
        word.split(is_hyphen).next().is_some_and(number) || word.rsplit(is_hyphen).next().is_some_and(number)
    }

    /// Whether the full stop at `stop` makes the word before it a known abbreviation.
    fn abbreviated(&self, start: usize, stop: usize, flags: Flags) -> bool {
        let classes = self.lexicon.classes(self.lexicon.find(&self.text[start..=stop]));
        let digit_follows = || {
            let rest = self.text[stop + 1..self.end].trim_start_matches([' ', '\u{a0}', '#', '\n']);
            rest.starts_with(|c: char| c.is_ascii_digit())
        };
        classes.contains(Classes::ABBREVIATION)
            && (!classes.contains(Classes::ABBREVIATION_CAPITAL) || flags.contains(Flags::CAPITAL))
            && (!classes.contains(Classes::ABBREVIATION_NUMBER) || digit_follows())
    }

    /// What an apostrophe inside a word does: begins a clitic, ends the stem of n't, or belongs to the word.
    fn clitic(&self, start: usize, apostrophe: usize, after: usize) -> Clitic {
        let end = self.run(after, char::is_alphabetic);
        let tail = &self.text[after..end];
        if tail.eq_ignore_ascii_case("t") {
            let stem = &self.text[start..apostrophe];
            if stem.len() > 1 && stem.as_bytes()[stem.len() - 1].eq_ignore_ascii_case(&b'n') {
                // "n't" stands alone: cut before the n, or after the whole where we are already at it
                return if apostrophe - 1 > start { Clitic::At(apostrophe - 1) } else { Clitic::Inside };
            }
            return Clitic::Inside;
        }
        if ["s", "re", "ve", "ll", "d", "m"].iter().any(|c| tail.eq_ignore_ascii_case(c)) {
            return Clitic::At(apostrophe);
        }
        Clitic::Inside
    }

    /// Whether a full stop between letters belongs to the word: U.S, p.m, amazon.com, but not "end.The next".
    fn dot_inside(&self, start: usize, dot: usize, next: char) -> bool {
        let stem = &self.text[start..dot];
        let last_part = stem.rsplit('.').next().unwrap_or(stem);
        let after_next = self.char_at(dot + 1 + next.len_utf8()).unwrap_or(' ');
        if last_part.chars().count() == 1 {
            return !after_next.is_alphabetic() || stem.len() > 1 || next.is_lowercase();
        }
        if next.is_uppercase() {
            // Ann.Lee@example.com, Ph.D.
            let end = self.run(dot + 1, |c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-'));
            let whole = self.lexicon.find(&self.text[start..end]);
            return self.byte_at(end) == b'@' || self.lexicon.classes(whole).contains(Classes::ABBREVIATION);
        }
        next.is_lowercase()
            && !self
                .lexicon
                .classes(self.lexicon.find(&self.text[start..=dot]))
                .contains(Classes::ABBREVIATION)
    }

    /// A web or mail address that begins here, which may go on past what a word holds.
    fn url(&mut self, start: usize, at: usize) -> bool {
        let rest = &self.text[start..self.end];
        let lower = |p: &str| {
            rest.len() >= p.len() && rest.is_char_boundary(p.len()) && rest[..p.len()].eq_ignore_ascii_case(p)
        };
        let scheme =
            matches!(rest.as_bytes().get(at - start), Some(b':')) && (lower("http://") || lower("https://"));
        let mail = self.byte_at(at) == b'@' && self.byte_at(at + 1).is_ascii_alphanumeric();
        let path = self.byte_at(at) == b'/'
            && rest[..at - start].contains('.')
            && !rest[..at - start].ends_with('.');
        if !(scheme || mail || lower("www.") || path) {
            return false;
        }
        let mut end = self
            .run(at, |c| !c.is_whitespace() && !matches!(c, '"' | '“' | '”' | '<' | '>' | ')' | ']' | '»'));
        while end > at
            && matches!(self.text.as_bytes()[end - 1], b'.' | b',' | b';' | b':' | b'?' | b'!' | b'\'')
        {
            end -= 1;
        }
        self.push(end, TokenKind::Url, Flags::empty());
        true
    }

    /// Where the first word of a run ends that is not all ASCII: scripts without spaces part there.
    fn segment(&self, start: usize, end: usize) -> usize {
        let run = &self.text[start..end];
        let joined = |c: char| {
            c.is_ascii() || matches!(c, '\u{a1}'..='\u{24f}' | '’') || is_ignorable(c) || is_combining(c)
        };
        if run.chars().all(joined) {
            return end;
        }
        let first = run.split_word_bounds().next().map_or(run.len(), str::len);
        let hyphenated = run[first..].chars().next().is_some_and(|c| is_hyphen(c) || is_apostrophe(c));
        if hyphenated { end } else { start + first }
    }
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}' | '\u{fe00}'..='\u{fe0f}')
}

enum Clitic {
    /// the word ends here
    At(usize),
    /// the apostrophe is a letter of the word
    Inside,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<String> {
        let lexicon = Lexicon::embedded();
        let mut tokens = Vec::new();
        tokenize(text, Span::new(0, text.len() as u32), &lexicon, &mut tokens);
        tokens.iter().map(|t| t.span.of(text).to_owned()).collect()
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
