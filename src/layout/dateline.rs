//! Datelines: the place, date and agency that open a story.

use super::front::{capitalised, class, offset};
use super::shape::sets;
use crate::lexicon::{Classes, Lexicon, floor};
use crate::span::Span;
use memchr::memchr2_iter;

/// A dateline ends within so many bytes.
const LONGEST_DATELINE: usize = 110;

/// A dateline that opens a paragraph.
pub(super) struct Dateline {
    /// bytes up to the text, the dash and the space after it included
    pub(super) length: usize,
    pub(super) agency: Option<Span>,
    pub(super) date: Option<Span>,
}

/// What a byte is to the opening of a paragraph, a bit each: a space; a small letter that begins a word which is neither
/// "and" nor "de"; what may end the name of a place.
const OPENING: [u8; 256] = {
    let mut all = [0; 256];
    let mut at = 0;
    while at < 256 {
        let b = at as u8;
        let small = b.is_ascii_lowercase() && b != b'a' && b != b'd';
        all[at] =
            (b == b' ') as u8 | (small as u8) << 1 | (matches!(b, b',' | b'(' | b'-' | 0x80..) as u8) << 2;
        at += 1;
    }
    all
};

/// Whether a paragraph opens with words one of which begins small, as most do, so that no place opens it: places are all
/// in capitals, or each of their words begins with one but "and" and "de".
fn is_told_on(s: &str) -> bool {
    let quote = match s.as_bytes() {
        // ‘ “
        [0xe2, 0x80, 0x98 | 0x9c, ..] => 3,
        _ => 0,
    };
    let Some(head) = s.as_bytes()[quote..].first_chunk::<40>() else { return false };
    let [spaces, smalls, ends] = sets(head, &OPENING);
    (spaces << 1 & smalls).trailing_zeros() < ends.trailing_zeros()
}

/// Reads "KYIV, Oct. 16 (Reuters) -" at a paragraph's start. `alone` allows the dash to be missing at its end.
pub(super) fn dateline(s: &str, lexicon: &Lexicon) -> Option<Dateline> {
    if is_told_on(s) {
        return None;
    }
    let window = floor(s, LONGEST_DATELINE);
    let (head, length) = match dash(window) {
        Some((at, after)) => (&s[..at], after),
        // alone in its paragraph, with an agency or a date
        None if window.len() == s.len() && (s.ends_with(')') || s.contains(',')) => (s, s.len()),
        None => return None,
    };
    let head = head.trim_end();
    let (place, agency) = match head.rfind('(') {
        Some(open) if head.ends_with(')') => (head[..open].trim_end(), Some(&head[open + 1..head.len() - 1])),
        Some(_) => return None,
        None => (head, None),
    };
    let agency = agency.filter(|a| !a.is_empty() && a.split_whitespace().count() <= 4);
    let outlet = agency.is_some_and(|a| {
        let last = a.split([' ', '/']).next().unwrap_or(a);
        class(lexicon, a).contains(Classes::OUTLET)
            || class(lexicon, last).contains(Classes::OUTLET)
            || a.chars().filter(|c| c.is_alphabetic()).count() >= 2 && !a.chars().any(char::is_lowercase)
    });
    let whole = length == s.len();
    if place.is_empty() {
        let agency = agency.filter(|_| outlet && !whole)?;
        return Some(Dateline { length, agency: Some(part(s, agency)), date: None });
    }
    let mut parts = place.split(',');
    let city = parts.next()?.trim();
    let mut date: Option<Span> = None;
    let mut qualified = false;
    for p in parts {
        let p = p.trim().trim_end_matches(':');
        let mut words = p.split_whitespace();
        let first = words.next()?;
        let year = p.len() == 4 && p.bytes().all(|b| b.is_ascii_digit());
        if class(lexicon, first).contains(Classes::MONTH) && p.bytes().any(|b| b.is_ascii_digit()) {
            date = Some(part(s, p));
        } else if year && date.is_some() {
            date = date.map(|d| d.cover(part(s, p)));
        } else if class(lexicon, p).contains(Classes::WEEKDAY)
            || capitalised(p) && p.split_whitespace().count() <= 3
        {
            qualified = true;
        } else {
            return None;
        }
    }
    let words = city.split([' ', '/']).filter(|w| !w.is_empty()).count();
    let letters = city.chars().filter(|c| c.is_alphabetic()).count();
    let upper =
        city.chars().all(|c| !c.is_lowercase()) && letters >= 3 && !city.bytes().any(|b| b.is_ascii_digit());
    let titled = city.split(' ').all(|w| capitalised(w) || w == "and" || w == "de");
    let known = class(lexicon, city).contains(Classes::PLACE);
    let sure = outlet && (upper || titled) || date.is_some() && (upper || titled && known);
    let alone = whole && dash(s).is_none();
    let fits = words <= 4 && if alone { sure } else { sure || upper && (known || qualified || letters >= 5) };
    fits.then(|| Dateline { length, agency: agency.filter(|_| outlet).map(|a| part(s, a)), date })
}

fn part(whole: &str, part: &str) -> Span {
    let at = offset(whole, part) as usize;
    Span::from(at..at + part.len())
}

/// The first dash that parts a dateline from its text: its offset, and that of the text.
fn dash(s: &str) -> Option<(usize, usize)> {
    let bytes = s.as_bytes();
    // long dashes begin with 0xe2, as other marks do
    let (at, after) = memchr2_iter(b'-', 0xe2, bytes).find_map(|i| {
        let after = match bytes[i..] {
            [b'-', ..] if i > 0 && matches!(bytes[i - 1], b' ' | b')') => {
                i + bytes[i..].iter().take_while(|&&b| b == b'-').count()
            }
            // – — ―
            [0xe2, 0x80, 0x93..=0x95, ..] => i + 3,
            _ => return None,
        };
        let spaced = bytes[i] != b'-' || s[after..].chars().next().is_none_or(char::is_whitespace);
        spaced.then_some((i, after))
    })?;
    let rest = &s[after..];
    Some((at, after + rest.len() - rest.trim_start().len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn datelines() {
        let lexicon = Lexicon::embedded();
        for (text, want) in [
            ("KYIV, Oct. 16 (Reuters) - It rained.", "KYIV, Oct. 16 (Reuters) - "),
            ("WASHINGTON (AP) — It rained.", "WASHINGTON (AP) — "),
            ("BRUSSELS - It rained.", "BRUSSELS - "),
            ("LOUISVILLE, Ky. (AP) — It rained.", "LOUISVILLE, Ky. (AP) — "),
            ("MEXICO CITY, Feb. 8 (UPI) -- It rained.", "MEXICO CITY, Feb. 8 (UPI) -- "),
            ("Paris (CNN) — It rained.", "Paris (CNN) — "),
            ("(Reuters) - It rained.", "(Reuters) - "),
            ("KYIV, Oct. 16 (Reuters) -", "KYIV, Oct. 16 (Reuters) -"),
            ("Trump - who is tall - left.", ""),
            ("The GOP - a party - left.", ""),
            ("It rained.", ""),
            ("Ana Brandt (center) — who knew? — left.", ""),
        ] {
            let n = dateline(text, &lexicon).map_or(0, |d| d.length);
            assert_eq!(&text[..n], want, "{text}");
        }
    }
}
