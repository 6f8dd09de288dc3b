//! What stands at an article's front: the headline's publisher, the byline's names.

use crate::lexicon::{Classes, Lexicon, NumberRole};
use crate::span::Span;
use memchr::{memchr_iter, memrchr_iter};

/// A publisher's name has at most so many words.
const LONGEST_PUBLISHER: usize = 5;
/// A byline has at most so many bytes.
const LONGEST_BYLINE: usize = 200;
/// Names without "By" have at most so many words, and so many of them begin with a small letter.
const LONGEST_NAMES: usize = 10;
const SMALL_IN_NAMES: usize = 3;
/// A name has at most so many words.
const LONGEST_NAME: usize = 4;
pub(super) fn class(lexicon: &Lexicon, word: &str) -> Classes {
    lexicon.classes(lexicon.find(word))
}

/// Offset of a part in its whole.
pub(super) fn offset(whole: &str, part: &str) -> u32 {
    (part.as_ptr() as usize - whole.as_ptr() as usize) as u32
}

pub(super) fn capitalised(word: &str) -> bool {
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
    s.len() <= 60
        && (1..=6).contains(&s.split_whitespace().count())
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

#[cfg(test)]
mod tests {
    use super::*;

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
