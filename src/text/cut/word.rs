//! Words. Nearly all are a few letters of ASCII up to a space, comma or full stop, and are read eight bytes at a time;
//! the others are walked character by character.

use super::quote::Clitic;
use super::{Cutter, is_apostrophe, is_hyphen, is_ignorable};
use crate::lexicon::{Classes, swar};
use crate::text::{Flags, TokenKind};
use unicode_segmentation::UnicodeSegmentation;

/// A run of letters that are not all ASCII is taken for a word no further than so many bytes: scripts without spaces
/// would else be walked anew for each word of a sentence.
const LONGEST_RUN: usize = 96;

/// Whether a byte after letters of ASCII ends their word, whatever follows.
const ENDS: [bool; 256] = {
    let mut ends = [false; 256];
    let bytes = b" ,\n\"()?!;\r\t\0";
    let mut i = 0;
    while i < bytes.len() {
        ends[bytes[i] as usize] = true;
        i += 1;
    }
    ends
};

/// Letters of ASCII, at most sixteen of them, in their places from the lowest byte on.
#[derive(Clone, Copy)]
struct Letters {
    head: u64,
    tail: u64,
    length: usize,
}

impl Letters {
    /// Those with which some text begins; sixteen may be more.
    #[inline]
    fn of(bytes: &[u8]) -> Self {
        let head = swar::load(bytes);
        let length = swar::letters(head);
        if length < 8 {
            return Self { head: swar::first(head, length), tail: 0, length };
        }
        let tail = swar::load(&bytes[8..]);
        let more = swar::letters(tail);
        Self { head, tail: swar::first(tail, more), length: 8 + more }
    }

    #[inline]
    fn flags(self) -> Flags {
        // no branch: one word in six has a capital
        let capital = self.head & u64::from(b' ') == 0;
        let capitals = (self.length > 1) & ((self.head | self.tail) & swar::SMALL == 0);
        let bit = |is: bool, flag: Flags| if is { flag } else { Flags::empty() };
        bit(capital, Flags::CAPITAL) | bit(capitals, Flags::CAPITALS)
    }

    #[inline]
    fn lower(self) -> Self {
        Self { head: swar::lower(self.head), tail: swar::lower(self.tail), ..self }
    }

    /// The same with a full stop; at most fifteen letters.
    #[inline]
    fn stopped(mut self) -> Self {
        let half = if self.length < 8 { &mut self.head } else { &mut self.tail };
        *half |= u64::from(b'.') << (self.length % 8 * 8);
        self.length += 1;
        self
    }
}

impl Cutter<'_, '_> {
    /// Puts a word of at most eight letters with nothing else to it; says no where there is none, or more to it.
    #[inline(always)]
    pub(super) fn short_word(&mut self) -> bool {
        // no letter stands right behind a block, so that its end need not be asked for
        let Some(nine) = self.text.as_bytes()[self.at..].first_chunk::<9>() else { return false };
        let eight = swar::load(nine);
        let length = swar::letters(eight);
        let next = nine[length];
        if (length == 0) | !ENDS[usize::from(next)] {
            let letters = Letters { head: swar::first(eight, length), tail: 0, length };
            return next == b'.' && length > 0 && self.before_stop(letters, self.at + length);
        }
        let mask = swar::letters_mask(eight);
        let letters = Letters { head: eight & mask, tail: 0, length };
        let word = self.lexicon.words().find_short((eight | swar::SMALL) & mask, length);
        self.push_found(self.at + length, word, TokenKind::Word, letters.flags());
        true
    }

    /// A word of up to fifteen letters with nothing else to it, or any other.
    pub(super) fn word(&mut self) {
        let letters = Letters::of(&self.text.as_bytes()[self.at..self.end]);
        let end = self.at + letters.length;
        if (1..16).contains(&letters.length) {
            let next = self.byte_at(end);
            if ENDS[usize::from(next)] || self.is_parted(end, next) {
                let small = letters.lower();
                let word = self.lexicon.words().find_halves(small.head, small.tail, small.length);
                return self.push_found(end, word, TokenKind::Word, letters.flags());
            }
            if next == b'.' && self.before_stop(letters, end) {
                return;
            }
        }
        self.any_word();
    }

    /// Whether a colon or a genitive parts a word from what follows, as is plain without a closer look: no address.
    #[inline]
    fn is_parted(&self, end: usize, next: u8) -> bool {
        let genitive =
            |at| self.byte_at(at).eq_ignore_ascii_case(&b's') && ENDS[usize::from(self.byte_at(at + 1))];
        match next {
            b':' => self.byte_at(end + 1) != b'/',
            b'\'' => genitive(end + 1),
            0xe2 => self.text[end..].starts_with('’') && genitive(end + '’'.len_utf8()),
            _ => false,
        }
    }

    /// Puts a word of letters that a full stop follows, with it or both of them; says no where more may belong to the word.
    #[inline(never)]
    fn before_stop(&mut self, letters: Letters, stop: usize) -> bool {
        let small = letters.lower();
        let www = small.length == 3 && small.head == u64::from_le_bytes(*b"www\0\0\0\0\0");
        let next = self.byte_at(stop + 1);
        // U+2000 to U+203F are marks and spaces
        let marks = next == 0xe2 && self.byte_at(stop + 2) == 0x80;
        if www || next.is_ascii_alphabetic() || !next.is_ascii() && !marks {
            return false;
        }
        let flags = letters.flags();
        let words = self.lexicon.words();
        if next != b'.' {
            let stopped = small.stopped();
            let word = words.find_halves(stopped.head, stopped.tail, stopped.length);
            let initial =
                letters.length == 1 && flags.contains(Flags::CAPITAL) && letters.head != u64::from(b'I');
            if initial || self.is_abbreviation(self.lexicon.classes(word), stop, flags) {
                self.stops.push(self.tokens.len() as u32);
                self.push_found(stop + 1, word, TokenKind::Word, flags | Flags::STOP);
                return true;
            }
        }
        let word = words.find_halves(small.head, small.tail, small.length);
        self.push_found(stop, word, TokenKind::Word, flags);
        if next != b'.' && self.at == stop {
            self.stop(stop + 1, TokenKind::Period, Flags::empty());
        }
        true
    }

    /// A word of any characters.
    #[inline(never)]
    fn any_word(&mut self) {
        let start = self.at;
        let mut at = start;
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
                if !ascii && at - start > LONGEST_RUN {
                    break;
                }
            }
            let Some(c) = self.char_at(at) else { break };
            let after = at + c.len_utf8();
            let next = self.char_at(after).unwrap_or(' ');
            if !ascii && at - start > LONGEST_RUN {
                break;
            } else if is_hyphen(c) && next.is_alphanumeric() {
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
                && self.classes_of(&letters[..code]).contains(Classes::CURRENCY)
            {
                return self.push(start + code, TokenKind::Currency, Flags::empty());
            }
        }
        if self.byte_at(at) == b'.' && self.byte_at(at + 1) != b'.' {
            let one_letter = self.text[part..at].chars().nth(1).is_none();
            let initial = part == start && flags.contains(Flags::CAPITAL) && letters != "I";
            let classes = || self.classes_of(&self.text[start..=at]);
            if (one_letter && (part > start || initial)) || self.is_abbreviation(classes(), at, flags) {
                flags |= Flags::STOP;
                at += 1;
                self.stops.push(self.tokens.len() as u32);
            }
        }
        let numeric = flags.contains(Flags::HYPHEN) && self.has_number_part(start, at);
        self.push(at, TokenKind::Word, flags);
        if let Some(token) = self.tokens.last_mut().filter(|_| numeric) {
            token.classes |= Classes::NUMBER;
        }
    }

    /// Whether a hyphenated word begins or ends with the word of a number: three-year, twenty-five.
    fn has_number_part(&self, start: usize, end: usize) -> bool {
        let number = |part: &str| self.classes_of(part).contains(Classes::NUMBER);
        let word = &self.text[start..end];
        word.split(is_hyphen).next().is_some_and(number) || word.rsplit(is_hyphen).next().is_some_and(number)
    }

    /// Whether the full stop at `stop` belongs to the word before it, which has these classes with it.
    fn is_abbreviation(&self, classes: Classes, stop: usize, flags: Flags) -> bool {
        let digit_follows = || {
            let rest =
                self.text[stop + 1..self.end].trim_start_matches(|c: char| c == '#' || c.is_whitespace());
            rest.starts_with(|c: char| c.is_ascii_digit())
        };
        // "Brandt v. Dorn": the parties of a case
        let parties = || {
            let next = self.text[stop + 1..self.end].trim_start();
            self.text[..stop].ends_with(" v")
                && next.starts_with(char::is_uppercase)
                && self.tokens.last().is_some_and(|before| before.flags.contains(Flags::CAPITAL))
        };
        classes.contains(Classes::ABBREVIATION)
            && (!classes.contains(Classes::ABBREVIATION_CAPITAL) || flags.contains(Flags::CAPITAL))
            && (!classes.contains(Classes::ABBREVIATION_NUMBER) || digit_follows() || parties())
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
