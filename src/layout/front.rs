//! What stands at an article's front: the headline's publisher, the byline's names, the dateline's extent.

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
    let begins = |of: fn(&u8) -> bool| s.as_bytes().windows(2).filter(|w| w[0] == b' ' && of(&w[1])).count();
    begins(u8::is_ascii_graphic) >= LONGEST_NAMES || begins(u8::is_ascii_lowercase) > SMALL_IN_NAMES
}

/// The names of a byline, or nothing where the paragraph is none. Spans count from the paragraph's first byte.
pub(super) fn authors(s: &str, lexicon: &Lexicon) -> Option<Vec<Span>> {
    if s.len() > LONGEST_BYLINE {
        return None;
    }
    let mut rest = s;
    let mut by = false;
    for lead in ["written by ", "story by ", "posted by ", "words by ", "reporting by ", "by ", "by: "] {
        if rest.len() > lead.len()
            && rest.is_char_boundary(lead.len())
            && rest[..lead.len()].eq_ignore_ascii_case(lead)
        {
            rest = rest[lead.len()..].trim_start();
            by = true;
            break;
        }
    }
    if !by && is_long(s) {
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
    for part in rest
        .split([',', ';', '|', '·', '•', '(', ')', '\n'])
        .flat_map(|p| p.split(" and "))
        .flat_map(|p| p.split(" AND "))
        .flat_map(|p| p.split(" & "))
    {
        let part = part.trim().trim_end_matches('.').trim();
        let part = part.strip_prefix("and ").unwrap_or(part);
        if part.is_empty() {
            continue;
        }
        // "Ana Brandt in Lindow", "Ana Brandt for the Examiner"
        const CUTS: [&str; 8] = [" in ", " for ", " of ", " at ", " – ", " - ", " — ", " / "];
        let name = memchr_iter(b' ', part.as_bytes())
            .find(|&at| CUTS.iter().any(|cut| part[at..].starts_with(cut)))
            .map_or(part, |at| &part[..at]);
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
        let particle = class(lexicon, word).contains(Classes::NAME_PARTICLE);
        let plain = word.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '\'' | '’' | '-' | '‑'));
        if !plain || !(capitalised(word) || particle) {
            return false;
        }
        let classes = class(lexicon, word);
        named |= classes.intersects(Classes::FIRST_NAME);
        let other = Classes::MONTH.union(Classes::WEEKDAY).union(Classes::OPENER).union(JOB);
        if classes.intersects(other) && !named {
            return false;
        }
    }
    (2..=4).contains(&words)
}

/// A dateline that opens a paragraph.
pub(super) struct Dateline {
    /// bytes up to the text, the dash and the space after it included
    pub(super) length: usize,
    pub(super) agency: Option<Span>,
    pub(super) date: Option<Span>,
}

/// Reads "KYIV, Oct. 16 (Reuters) -" at a paragraph's start. `alone` allows the dash to be missing at its end.
pub(super) fn dateline(s: &str, lexicon: &Lexicon) -> Option<Dateline> {
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
