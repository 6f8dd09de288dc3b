//! What stands at an article's front: the headline's publisher, the byline's names, the dateline's extent.

use super::shape::sets;
use crate::lexicon::{Classes, Lexicon, NumberRole};
use crate::span::Span;
use memchr::{memchr_iter, memchr2_iter, memrchr_iter};

/// A publisher's name has at most so many words.
const LONGEST_PUBLISHER: usize = 5;
/// A byline has at most so many bytes.
const LONGEST_BYLINE: usize = 200;
/// Names without "By" have at most so many words, and so many of them begin with a small letter.
const LONGEST_NAMES: usize = 10;
const SMALL_IN_NAMES: usize = 3;
/// A name has at most so many words.
const LONGEST_NAME: usize = 4;
/// A dateline ends within so many bytes.
const LONGEST_DATELINE: usize = 110;

fn class(lexicon: &Lexicon, word: &str) -> Classes {
    lexicon.classes(lexicon.find(word))
}

/// Offset of a part in its whole.
fn offset(whole: &str, part: &str) -> u32 {
    (part.as_ptr() as usize - whole.as_ptr() as usize) as u32
}

fn capitalised(word: &str) -> bool {
    word.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

/// Parts a headline from its publisher's suffix: "… – Lindow Examiner", "… | Reuters". Returns where the title ends
/// and where the publisher begins.
pub(super) fn publisher(headline: &str, lexicon: &Lexicon) -> Option<(usize, usize)> {
    const SEPARATORS: [&str; 8] = [" | ", " – ", " — ", " - ", " :: ", " » ", " • ", " · "];
    let (end, start) = memrchr_iter(b' ', headline.as_bytes()).find_map(|at| {
        // the bytes that come after the space in any of them
        if !matches!(headline.as_bytes().get(at + 1), Some(b'|' | b'-' | b':' | 0xc2 | 0xe2)) {
            return None;
        }
        let here = SEPARATORS.iter().find(|separator| headline[at..].starts_with(**separator))?;
        Some((at, at + here.len()))
    })?;
    let suffix = headline[start..].trim_end_matches('.').trim();
    let words = suffix.split_whitespace().count();
    if words == 0 || words > LONGEST_PUBLISHER || headline[..end].split_whitespace().count() < 3 {
        return None;
    }
    let site = words == 1 && suffix.contains('.') && !suffix.ends_with('.');
    let known = class(lexicon, suffix).contains(Classes::OUTLET)
        || suffix
            .trim_start_matches("The ")
            .split_whitespace()
            .last()
            .is_some_and(|w| class(lexicon, w).intersects(Classes::OUTLET | Classes::PUBLISHER));
    let bar = matches!(headline[end..start].trim(), "|" | "::" | "»");
    let all_capital = suffix.split_whitespace().all(|w| capitalised(w) || w.chars().count() <= 3);
    (all_capital && (known || bar) || site).then_some((end, start))
}

/// Whether a paragraph opens with "By" and is all names.
pub(super) fn is_byline(s: &str, lexicon: &Lexicon) -> bool {
    s.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by ")) && authors(s, lexicon).is_some()
}

/// Whether a short sentence reads as one of a story: with the articles and forms of "be" and "have" that a headline
/// leaves out. One headline in thirty does so, and a third of such sentences.
pub(super) fn is_told(s: &str, lexicon: &Lexicon) -> bool {
    let (mut articles, mut verbs) = (0, 0);
    for word in s.split_whitespace() {
        let word = lexicon.find(word.trim_matches(|c: char| !c.is_alphanumeric()));
        let article =
            lexicon.numbers(word).iter().any(|n| n.rest.is_empty() && n.value.role == NumberRole::Article);
        articles += u32::from(article || lexicon.classes(word).contains(Classes::DEFINITE));
        verbs += u32::from(lexicon.classes(word).intersects(Classes::BE | Classes::HAVE));
    }
    articles > 1 || articles == 1 && verbs > 0
}

/// Whether it is plain, without a closer look, that a paragraph has more words than names without "By" may have, or more
/// of them that begin with a small letter.
fn is_long(s: &str) -> bool {
    // of most paragraphs the beginning tells it, which is looked at without a branch, of whatever length they are
    s.as_bytes().first_chunk::<64>().is_some_and(|head| has_many(head)) || has_many(s.as_bytes())
}

/// The same of at most [`LONGEST_BYLINE`] bytes.
#[inline(always)]
fn has_many(bytes: &[u8]) -> bool {
    let (mut words, mut small) = (0u8, 0u8);
    for (&space, &b) in bytes.iter().zip(bytes.get(1..).unwrap_or_default()) {
        let begins = space == b' ';
        // there are fewer than 256
        words = words.wrapping_add(u8::from(begins & b.is_ascii_graphic()));
        small = small.wrapping_add(u8::from(begins & b.is_ascii_lowercase()));
    }
    usize::from(words) >= LONGEST_NAMES || usize::from(small) > SMALL_IN_NAMES
}

/// Whether it is plain, without a closer look, that no name opens a paragraph: more words with capitals stand there than
/// names have, or one that begins small and is no particle of a name. Words of up to three letters may cut a name short.
fn opens_no_name(s: &str, lexicon: &Lexicon) -> bool {
    for (n, word) in s.split(' ').enumerate() {
        if word.is_empty() || word == "AND" || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
            return false;
        }
        if word.as_bytes()[0].is_ascii_lowercase() {
            return (n == 1 || word.len() > 3) && !class(lexicon, word).contains(Classes::NAME_PARTICLE);
        }
        if n == LONGEST_NAME {
            return true;
        }
    }
    false
}

/// A byline's part without the place or house after the name: "Ana Brandt in Lindow", "Ana Brandt for the Examiner".
fn without_place(part: &str) -> &str {
    const CUTS: [&str; 8] = [" in ", " for ", " of ", " at ", " – ", " - ", " — ", " / "];
    memchr_iter(b' ', part.as_bytes())
        .find(|&at| CUTS.iter().any(|cut| part[at..].starts_with(cut)))
        .map_or(part, |at| &part[..at])
}

/// The names of a byline, or nothing where the paragraph is none. Spans count from the paragraph's first byte.
pub(super) fn authors(s: &str, lexicon: &Lexicon) -> Option<Vec<Span>> {
    if s.len() > LONGEST_BYLINE {
        return None;
    }
    const LEADS: [&str; 7] =
        ["written by ", "story by ", "posted by ", "words by ", "reporting by ", "by ", "by: "];
    // the letters that any of them begins with
    let may_lead = s.as_bytes().first().is_some_and(|b| matches!(b | 0x20, b'w' | b's' | b'p' | b'r' | b'b'));
    let leads = |lead: &&str| {
        s.len() > lead.len() && s.get(..lead.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(lead))
    };
    let lead = if may_lead { LEADS.iter().copied().find(leads) } else { None };
    let by = lead.is_some();
    let rest = lead.map_or(s, |lead| s[lead.len()..].trim_start());
    if !by && is_long(s) {
        return None;
    }
    if !by && opens_no_name(s, lexicon) {
        return None;
    }
    let parts = || {
        rest.split([',', ';', '|', '·', '•', '(', ')', '\n'])
            .flat_map(|p| p.split(" and "))
            .flat_map(|p| p.split(" AND "))
            .flat_map(|p| p.split(" & "))
            .map(|part| {
                let part = part.trim().trim_end_matches('.').trim();
                part.strip_prefix("and ").unwrap_or(part)
            })
            .filter(|part| !part.is_empty())
    };
    // without "By" the first part must be a name, as that of few headlines is
    if !by && !parts().next().is_some_and(|part| is_name(without_place(part), lexicon)) {
        return None;
    }
    let words = s.split_whitespace().count();
    if words > 24 {
        return None;
    }
    let lower = rest
        .split_whitespace()
        .filter(|w| w.starts_with(char::is_lowercase) && w.len() > 3)
        .filter(|w| !class(lexicon, w.trim_matches(|c: char| !c.is_alphanumeric())).intersects(JOB))
        .count();
    let small = rest.split_whitespace().filter(|w| w.starts_with(char::is_lowercase)).count();
    if lower > 2 || !by && (words > LONGEST_NAMES || small > SMALL_IN_NAMES) {
        return None;
    }
    let mut names = Vec::new();
    let mut job = false;
    for part in parts() {
        let name = without_place(part);
        if !job && is_name(name, lexicon) {
            names.push(Span::from(offset(s, name) as usize..offset(s, name) as usize + name.len()));
        } else {
            job |= part
                .split_whitespace()
                .any(|w| class(lexicon, w.trim_matches(|c: char| !c.is_alphanumeric())).intersects(JOB));
            if names.is_empty() && !by {
                return None;
            }
        }
    }
    let first = |span: &Span| {
        let name = span.of(s);
        let word = name.split_whitespace().next().unwrap_or("");
        class(lexicon, word).intersects(Classes::FIRST_NAME)
    };
    let sure = by || job && names.iter().any(first);
    (sure && !names.is_empty()).then_some(names)
}

/// A short line of capitals that ends in a job or house: "Examiner Staff Writer".
pub(super) fn is_job(s: &str, lexicon: &Lexicon) -> bool {
    let s = s.trim_end_matches('.');
    let words = s.split_whitespace().count();
    s.len() <= 60
        && (1..=6).contains(&words)
        && s.split_whitespace().all(|w| capitalised(w) || w.len() <= 3)
        && s.split_whitespace().last().is_some_and(|w| class(lexicon, w).intersects(JOB))
}

/// What tells a newsroom's job or house: "Staff Writer", "Reuters".
const JOB: Classes = Classes::OFFICE.union(Classes::OUTLET).union(Classes::PUBLISHER);

/// Two to four capitalised words that may be a person's name.
pub(super) fn is_name(s: &str, lexicon: &Lexicon) -> bool {
    let mut words = 0;
    // "Ana Baker" is a name, "Staff Writer" is none
    let mut named = false;
    for word in s.split_whitespace() {
        words += 1;
        if words > LONGEST_NAME {
            return false;
        }
        let classes = class(lexicon, word);
        let particle = classes.contains(Classes::NAME_PARTICLE);
        let plain = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '‑'));
        if !plain || !(capitalised(word) || particle) {
            return false;
        }
        named |= classes.intersects(Classes::FIRST_NAME);
        let other = Classes::MONTH.union(Classes::WEEKDAY).union(Classes::OPENER).union(JOB);
        if classes.intersects(other) && !named {
            return false;
        }
    }
    (2..=LONGEST_NAME).contains(&words)
}

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

/// The longest prefix of at most so many bytes.
fn floor(s: &str, most: usize) -> &str {
    let mut end = most.min(s.len());
    while !s.is_char_boundary(end) {
        end -= 1;
    }
    &s[..end]
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

    #[test]
    fn told() {
        let lexicon = Lexicon::embedded();
        for (text, want) in [
            ("A goat was seen at the mill on Friday.", true),
            ("The dam will be raised, Brandt said.", true),
            ("Council keeps its goats.", false),
            ("Why the bridge fell.", false),
        ] {
            assert_eq!(is_told(text, &lexicon), want, "{text}");
        }
    }

    #[test]
    fn bylines() {
        let lexicon = Lexicon::embedded();
        for (text, want) in [
            ("By Ana Brandt", "Ana Brandt"),
            ("By Ana Brandt, Staff Writer", "Ana Brandt"),
            ("BY ANA BRANDT AND JOHN LIND", "ANA BRANDT|JOHN LIND"),
            ("By Ana Brandt and John van Lind", "Ana Brandt|John van Lind"),
            ("By Ana Brandt, John Lind and Mary Okoye in Lindow", "Ana Brandt|John Lind|Mary Okoye"),
            ("Mary Okoye, Staff Writer", "Mary Okoye"),
            ("By Friday morning, the rain had stopped.", ""),
            ("By 1859, Lind had become rich.", ""),
            ("By Election Day, Lind had lost all hope of winning.", ""),
            ("Mary Okoye, the mayor, left the room.", ""),
        ] {
            let got = authors(text, &lexicon).unwrap_or_default();
            let got: Vec<_> = got.iter().map(|s| s.of(text)).collect();
            assert_eq!(got.join("|"), want, "{text}");
        }
    }

    #[test]
    fn publishers() {
        let lexicon = Lexicon::embedded();
        for (text, want) in [
            ("It rains in Lindow – Washington Examiner", "Washington Examiner"),
            ("It rains in Lindow | Reuters", "Reuters"),
            ("It rains in Lindow - The New York Times", "The New York Times"),
            ("It rains in Lindow - lindow.com", "lindow.com"),
            ("It rains in Lindow - and nobody knows why", ""),
            ("It rains in Lindow - Mayor Brandt", ""),
        ] {
            let got = publisher(text, &lexicon).map_or("", |(_, start)| &text[start..]);
            assert_eq!(got, want, "{text}");
        }
    }
}
