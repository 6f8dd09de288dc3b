//! How values are written on a page: text that cannot act, numbers as people read them, names that can be linked to.

use crate::record::{Claim, OffsetUnit};
use crate::vocabulary::Bound;
use std::borrow::Cow;
use std::fmt::Write as _;

/// The text as a page may show it: control characters become their visible pictures, and those that would turn the
/// direction of what follows are spelled out. White space stays; escaping is the template's.
pub(super) fn shown(text: &str) -> Cow<'_, str> {
    let acts = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t' | '\r'))
            || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
            || matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{FDD0}'..='\u{FDEF}')
    };
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if !acts(c) => out.push(c),
            '\0'..='\x1f' => out.push(char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}')),
            '\x7f' => out.push('\u{2421}'),
            _ => {
                let _ = write!(out, "⟨U+{:04X}⟩", c as u32);
            }
        }
    }
    Cow::Owned(out)
}

/// The beginning of a text, on one line, of at most `most` characters.
pub(super) fn excerpt(text: &str, most: usize) -> String {
    let mut short = String::new();
    let mut room = most;
    for word in text.split_whitespace() {
        let length = word.chars().count();
        if length + usize::from(!short.is_empty()) > room {
            if short.is_empty() {
                short.extend(word.chars().take(most.saturating_sub(1)));
            }
            short.push('…');
            break;
        }
        if !short.is_empty() {
            short.push(' ');
            room -= 1;
        }
        short.push_str(word);
        room -= length;
    }
    shown(&short).into_owned()
}

/// A number with commas between thousands, and a word for what is above a million.
pub(super) fn number(value: f64) -> String {
    let size = value.abs();
    let words = [(1e12, " trillion"), (1e9, " billion"), (1e6, " million")];
    match words.iter().find(|(factor, _)| size >= *factor) {
        _ if size >= 1e15 || (size > 0.0 && size < 1e-4) => format!("{value:e}"),
        Some((factor, word)) => grouped(value / factor, 3) + word,
        None => grouped(value, 4),
    }
}

/// A whole number with commas between thousands.
pub(super) fn count(n: u64) -> String {
    grouped(n as f64, 0)
}

fn grouped(value: f64, most_decimals: usize) -> String {
    let mut text = format!("{value:.most_decimals$}");
    if text.contains('.') {
        text.truncate(text.trim_end_matches('0').trim_end_matches('.').len());
    }
    let digits = text.trim_start_matches('-').split('.').next().unwrap_or_default().len();
    let first = text.len() - text.trim_start_matches('-').len();
    for at in (1..digits).filter(|at| at % 3 == 0) {
        text.insert(first + digits - at, ',');
    }
    text
}

/// The value of a claim as people read it: "> 1,200", "5 to 7 percent", "$3.5 billion".
pub(super) fn value(claim: &Claim) -> String {
    let sign = match claim.bound {
        Bound::Equal => "",
        Bound::About => "about ",
        Bound::Above => "> ",
        Bound::AtLeast => "≥ ",
        Bound::Below => "< ",
        Bound::AtMost => "≤ ",
    };
    let amount = match (claim.value, claim.low, claim.high) {
        (Some(value), ..) => number(value),
        (None, Some(low), Some(high)) => format!("{} to {}", number(low), number(high)),
        (None, Some(low), None) => format!("from {}", number(low)),
        (None, None, Some(high)) => format!("to {}", number(high)),
        (None, None, None) => String::new(),
    };
    let mut text = match &*claim.unit {
        "" => format!("{sign}{amount}"),
        "%" => format!("{sign}{amount}%"),
        unit => format!("{sign}{amount} {}", shown(unit)),
    };
    if let Some(per) = &claim.per {
        let _ = write!(text, " per {}", shown(per));
    }
    text
}

/// The snake-case word of a vocabulary, as one writes it.
pub(super) fn name(word: &str) -> String {
    word.replace('_', " ")
}

/// A name made of an article's id that can stand in an `id`, in a link and in a URL; different ids give different ones.
pub(super) fn slug(id: &str) -> String {
    const MOST: usize = 60;
    let mut slug = String::from("a-");
    for byte in id.bytes() {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' => slug.push(byte as char),
            _ => {
                let _ = write!(slug, "_{byte:02X}");
            }
        }
        if slug.len() > MOST {
            slug.truncate(MOST);
            let _ = write!(slug, ".{:016x}", crate::input::fnv1a(0, id.bytes()));
            break;
        }
    }
    slug
}

/// From a record's offsets to bytes of its text. Offsets behind the end mean the end.
pub(super) struct Bytes<'a> {
    text: &'a str,
    /// the byte at which each unit begins; none where units are bytes
    starts: Option<Vec<u32>>,
}

impl<'a> Bytes<'a> {
    pub(super) fn new(text: &'a str, unit: OffsetUnit) -> Self {
        let starts = match unit {
            OffsetUnit::Bytes => None,
            _ if text.is_ascii() => None,
            OffsetUnit::Chars => Some(text.char_indices().map(|(at, _)| at as u32).collect()),
            OffsetUnit::Utf16 => {
                let units = |(at, c): (usize, char)| std::iter::repeat_n(at as u32, c.len_utf16());
                Some(text.char_indices().flat_map(units).collect())
            }
        };
        Self { text, starts }
    }

    /// The byte of an offset, on a character's boundary.
    pub(super) fn at(&self, offset: u32) -> usize {
        let end = self.text.len();
        let mut at = match &self.starts {
            None => (offset as usize).min(end),
            Some(starts) => starts.get(offset as usize).map_or(end, |&at| at as usize),
        };
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_shown_can_act() {
        assert_eq!(shown("a\0b\x1b[1m\u{202E}c\u{7f}\u{85}"), "a␀b␛[1m⟨U+202E⟩c␡⟨U+0085⟩");
        assert!(matches!(shown("“é”\n\tעברית"), Cow::Borrowed(_)));
    }

    #[test]
    fn excerpts_end_at_words() {
        assert_eq!(excerpt("one\n two  three", 20), "one two three");
        assert_eq!(excerpt("one two three", 8), "one two…");
        assert_eq!(excerpt("Donaudampfschiff", 6), "Donau…");
        assert_eq!(excerpt("", 6), "");
    }

    #[test]
    fn numbers_are_read() {
        for (value, want) in [
            (0.0, "0"),
            (950.0, "950"),
            (1200.0, "1,200"),
            (-12345.5, "-12,345.5"),
            (0.25, "0.25"),
            (3.5e9, "3.5 billion"),
            (20_000_000.0, "20 million"),
            (1e18, "1e18"),
            (100_000.0, "100,000"),
        ] {
            assert_eq!(number(value), want);
        }
        assert_eq!(count(1_234_567), "1,234,567");
    }

    #[test]
    fn slugs_are_safe_and_differ() {
        assert_eq!(slug("harbor-1"), "a-harbor-1");
        assert_eq!(slug("a b/é"), "a-a_20b_2F_C3_A9");
        let long = |end: &str| slug(&("x".repeat(200) + end));
        assert!(long("1") != long("2") && long("1").len() < 90);
    }

    #[test]
    fn offsets_of_every_unit_find_their_byte() {
        let text = "é𝄞x";
        for (unit, offset, byte) in [
            (OffsetUnit::Chars, 2, 6),
            (OffsetUnit::Utf16, 3, 6),
            (OffsetUnit::Bytes, 3, 2),
            (OffsetUnit::Bytes, 99, 7),
            (OffsetUnit::Chars, 99, 7),
        ] {
            assert_eq!(Bytes::new(text, unit).at(offset), byte, "{unit:?} {offset}");
        }
    }
}
