//! How a sentence's tokens are made pieces: whole at first, marks looked up, few cut; then what each may begin.

use super::{KNOWN, Kind, PIECES, Piece, Pieces, bits};
use crate::lexicon::{Begins, Classes, NumberRole, Roles, WordId, swar};
use crate::portion::grown;
use crate::quantity::numeral::{self, fullwidth};
use crate::span::Span;
use crate::text::{Document, Flags, Sentence, Token, TokenKind};
use std::hint::select_unpredictable;

/// The roles of words that a number may begin with.
const OPENS_NUMBER: Roles = Roles::of(&[
    NumberRole::Sign,
    NumberRole::Multiplier,
    NumberRole::Small,
    NumberRole::Tens,
    NumberRole::Hundred,
    NumberRole::Magnitude,
    NumberRole::Dozen,
    NumberRole::Vague,
    NumberRole::SomeOf,
    NumberRole::Fraction,
]);

/// The roles of words with which an article makes a number: a hundred, a dozen, a few hundred, a third.
const AFTER_ARTICLE: Roles = Roles::of(&[
    NumberRole::Hundred,
    NumberRole::Magnitude,
    NumberRole::Dozen,
    NumberRole::SomeOf,
    NumberRole::Fraction,
]);

/// What a token is to a reader of numbers, by the number of its kind. A table, since neighbours' kinds look random.
const KINDS: [Kind; 32] = {
    use TokenKind as T;
    let mut kinds = [Kind::Other; 32];
    kinds[T::Word as usize] = Kind::Word;
    kinds[T::Number as usize] = Kind::Digits;
    kinds[T::Hyphen as usize] = Kind::Hyphen;
    kinds[T::Dash as usize] = Kind::Dash;
    kinds[T::Currency as usize] = Kind::Currency;
    kinds[T::Percent as usize] = Kind::Percent;
    kinds[T::Slash as usize] = Kind::Slash;
    kinds[T::Comma as usize] = Kind::Comma;
    kinds[T::Period as usize] = Kind::Period;
    kinds[T::Colon as usize] = Kind::Colon;
    kinds[T::SingleQuote as usize] = Kind::Apostrophe;
    kinds[T::DoubleQuote as usize] = Kind::Quote;
    kinds[T::Open as usize] = Kind::Open;
    kinds[T::Close as usize] = Kind::Close;
    kinds
};

/// What has the word that its token has.
const WORDED: u32 = bits(&[Kind::Word, Kind::Currency, Kind::Percent]);
/// Marks that are looked up by what they are: some are units, signs or bounds.
const MARKS: u32 = bits(&[Kind::Other, Kind::Apostrophe, Kind::Quote, Kind::Slash]);
/// What opens a number by itself.
const FIGURES: u32 = bits(&[Kind::Digits, Kind::Fraction]);
/// What may be a sign before digits.
const SIGNS: u32 = bits(&[Kind::Hyphen, Kind::Dash, Kind::Other]);
/// What may part the words of a phrase.
const JOINTS: u32 = bits(&[Kind::Hyphen, Kind::Period]);

/// Places in a sentence, noted without a branch: each is written down, and counts where it is one of them.
#[derive(Debug, Default)]
pub(in crate::quantity) struct Places {
    list: Vec<u32>,
    count: usize,
}

impl Places {
    /// None, and room for so many.
    fn clear(&mut self, room: usize) {
        self.count = 0;
        if self.list.len() < room {
            self.list.resize(room.max(PIECES), 0);
        }
    }

    #[inline(always)]
    fn note(&mut self, place: usize, counts: bool) {
        self.list[self.count] = place as u32;
        self.count += usize::from(counts);
    }

    #[inline]
    pub(in crate::quantity) fn get(&self) -> &[u32] {
        &self.list[..self.count]
    }
}

impl Piece<'_> {
    /// All of a token, without what its word tells.
    #[inline(always)]
    fn whole(token: &Token, t: u32, kind: Kind) -> Self {
        Self {
            span: token.span,
            token: t,
            kind,
            word: WordId::UNKNOWN,
            space: token.flags.contains(Flags::SPACE),
            capital: token.is_capital(),
            tag: token.tag,
            classes: token.classes,
            begins: &Begins::NOTHING,
            opens_number: false,
        }
    }
}

impl Pieces<'_> {
    /// Cuts the tokens of a sentence. Each is made one piece first, whatever it is and without a branch, since what stands
    /// beside what looks random; marks, and the few that are cut, come after that.
    pub(in crate::quantity) fn fill(&mut self, document: &Document<'_>, sentence: &Sentence) {
        let first = sentence.tokens.start;
        let tokens = &document.tokens[first as usize..sentence.tokens.end as usize];
        self.classes = sentence.classes;
        self.wholes(tokens, first);
        for i in 0..self.marks.count {
            let at = self.marks.list[i] as usize;
            self.whole[at].word = self.mark(self.whole[at].span);
        }
        self.list.clear();
        let mut from = 0;
        for i in 0..self.cuts.count {
            let at = self.cuts.list[i] as usize;
            if !self.is_plain(&tokens[at]) {
                self.list.extend_from_slice(&self.whole[from..at]);
                self.cut(&tokens[at], first + at as u32);
                from = at + 1;
            }
        }
        if from == 0 {
            std::mem::swap(&mut self.list, &mut self.whole);
        } else {
            self.list.extend_from_slice(&self.whole[from..]);
        }
        self.tell();
    }

    /// Makes each token one piece, and notes which are marks and which may have to be cut.
    fn wholes(&mut self, tokens: &[Token], first: u32) {
        let Self { whole, marks, cuts, .. } = self;
        marks.clear(tokens.len());
        cuts.clear(tokens.len());
        whole.clear();
        whole.extend(tokens.iter().enumerate().map(|(i, token)| {
            let kind = KINDS[token.kind as usize % KINDS.len()];
            let hyphened = (kind == Kind::Word) & token.flags.contains(Flags::HYPHEN);
            marks.note(i, kind.is_of(MARKS));
            cuts.note(i, (kind == Kind::Digits) | hyphened);
            let word = select_unpredictable(kind.is_of(WORDED), token.word, WordId::UNKNOWN);
            Piece { word, ..Piece::whole(token, first + i as u32, kind) }
        }));
    }

    /// Looks up what each piece may begin, and notes at which pieces anything may. Each is asked with the one behind it, and
    /// all of it without a branch: which words open something looks random.
    fn tell(&mut self) {
        let mut numbers = false;
        let (mut digits, mut after_article, mut next) = (false, false, 0u64);
        let Self { list, telling, lexicon, .. } = self;
        telling.clear(list.len());
        for (i, piece) in list.iter_mut().enumerate().rev() {
            let (begins, kind) = (lexicon.begins(piece.word), piece.kind);
            let number = kind.is_of(FIGURES)
                | begins.alone.intersects(OPENS_NUMBER)
                | (kind.is_of(SIGNS) & digits)
                | (begins.alone.contains(NumberRole::Article) & after_article);
            let opens = number | begins.opens | (begins.seconds & next != 0) | (kind == Kind::Other);
            piece.begins = begins;
            piece.opens_number = number;
            numbers |= number | begins.sign;
            telling.note(i, opens & numbers);
            digits = kind == Kind::Digits;
            after_article = (kind == Kind::Hyphen) | begins.alone.intersects(AFTER_ARTICLE);
            // a phrase's second word may stand behind a joint
            next = piece.word.bit() | u64::from(kind.is_of(JOINTS)).wrapping_neg();
        }
    }

    /// The number of a mark.
    fn mark(&mut self, mark: Span) -> WordId {
        let four = self.text.as_bytes().get(mark.start as usize..).and_then(|text| text.first_chunk::<4>());
        match four {
            Some(four) if mark.len() <= 4 => {
                let bytes = swar::first(u64::from(u32::from_le_bytes(*four)), mark.len());
                let key = bytes | (mark.len() as u64) << 32;
                let slot = (key.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as usize % KNOWN;
                if self.known[slot].0 != key {
                    self.known[slot] = (key, self.lexicon.find(mark.of(self.text)));
                }
                self.known[slot].1
            }
            _ => self.lexicon.find(mark.of(self.text)),
        }
    }

    /// Whether a token is a numeral of so few figures, and of nothing else, that it is told at once.
    fn is_plain(&self, token: &Token) -> bool {
        let bytes = &self.text.as_bytes()[token.span.start as usize..token.span.end as usize];
        bytes.len() <= size_of::<u64>() && swar::is_figures(bytes)
    }

    /// Cuts a token with digits or hyphens into numerals, words and marks.
    fn cut(&mut self, token: &Token, t: u32) {
        let text = token.span.of(self.text);
        let base = token.span.start;
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let c = rest.chars().next().unwrap_or(' ');
            let (len, kind) = if c.is_ascii_digit() || c == '.' && numeral::length(rest) > 1 {
                (numeral::length(rest), Kind::Digits)
            } else if fullwidth(c).is_some() {
                (rest.chars().take_while(|&c| fullwidth(c).is_some()).map(char::len_utf8).sum(), Kind::Digits)
            } else if c.is_alphabetic() {
                (word(rest), Kind::Word)
            } else if c.is_numeric() {
                (c.len_utf8(), Kind::Fraction)
            } else {
                let kind = match c {
                    '-' | '\u{2010}' | '\u{2011}' => Kind::Hyphen,
                    '/' => Kind::Slash,
                    ':' => Kind::Colon,
                    ',' => Kind::Comma,
                    '.' => Kind::Period,
                    '\'' | '’' => Kind::Apostrophe,
                    _ => Kind::Other,
                };
                (c.len_utf8(), kind)
            };
            let span = Span::new(base + at as u32, base + (at + len) as u32);
            let whole = len == text.len();
            let word = match kind {
                Kind::Word if whole => token.word,
                Kind::Word => self.lexicon.find(span.of(self.text)),
                _ => WordId::UNKNOWN,
            };
            let classes = if word.is_known() { self.lexicon.classes(word) } else { Classes::empty() };
            self.classes |= classes;
            let (space, capital) = (at == 0 && token.flags.contains(Flags::SPACE), c.is_uppercase());
            grown(&mut self.list).push(Piece {
                span,
                word,
                space,
                capital,
                classes,
                ..Piece::whole(token, t, kind)
            });
            at += len;
        }
    }
}

/// The length of a word: letters, and digits once it has begun ("m2", "km²").
fn word(text: &str) -> usize {
    let superscript = |c: char| c.is_alphanumeric() || matches!(c, '²' | '³');
    text.char_indices().find(|&(_, c)| !superscript(c)).map_or(text.len(), |(i, _)| i)
}
