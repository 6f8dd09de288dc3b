//! Regular inflection of English verbs and nouns. Irregular forms are data, in the entries.

use serde::{Deserialize, Serialize};

/// The form of a verb or noun in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Inflection {
    Base,
    Third,
    Past,
    PastParticiple,
    Gerund,
    Singular,
    Plural,
}

fn vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// "-s" of a verb or a noun: claims, denies, discusses.
pub(super) fn with_s(word: &str) -> String {
    let b = word.as_bytes();
    let n = b.len();
    if n > 1 && b[n - 1] == b'y' && !vowel(b[n - 2]) {
        format!("{}ies", &word[..n - 1])
    } else if ["s", "x", "z", "ch", "sh"].iter().any(|e| word.ends_with(e)) {
        format!("{word}es")
    } else {
        format!("{word}s")
    }
}

/// Whether a verb doubles its last consonant: one syllable, or stress that the entry tells by listing its forms.
fn doubles(word: &str) -> bool {
    let b = word.as_bytes();
    let n = b.len();
    n >= 3
        && !vowel(b[n - 1])
        && !matches!(b[n - 1], b'w' | b'x' | b'y')
        && vowel(b[n - 2])
        // the u of "qu" is no vowel: quip, quit
        && (!vowel(b[n - 3]) || (b[n - 3] == b'u' && n >= 4 && b[n - 4] == b'q'))
        && b[..n - 2].iter().filter(|&&c| vowel(c)).count() == usize::from(word.contains("qu"))
}

/// "-ed": claimed, denied, argued, quipped.
pub(super) fn with_ed(word: &str) -> String {
    let b = word.as_bytes();
    let n = b.len();
    if word.ends_with('e') {
        format!("{word}d")
    } else if n > 1 && b[n - 1] == b'y' && !vowel(b[n - 2]) {
        format!("{}ied", &word[..n - 1])
    } else if doubles(word) {
        format!("{word}{}ed", b[n - 1] as char)
    } else {
        format!("{word}ed")
    }
}

/// "-ing": claiming, arguing, lying, quipping.
pub(super) fn with_ing(word: &str) -> String {
    let b = word.as_bytes();
    let n = b.len();
    if let Some(stem) = word.strip_suffix("ie") {
        format!("{stem}ying")
    } else if n > 2 && word.ends_with('e') && !matches!(b[n - 2], b'e' | b'o' | b'y') {
        format!("{}ing", &word[..n - 1])
    } else if doubles(word) {
        format!("{word}{}ing", b[n - 1] as char)
    } else {
        format!("{word}ing")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms() {
        for (base, s, ed, ing) in [
            ("claim", "claims", "claimed", "claiming"),
            ("deny", "denies", "denied", "denying"),
            ("argue", "argues", "argued", "arguing"),
            ("agree", "agrees", "agreed", "agreeing"),
            ("quip", "quips", "quipped", "quipping"),
            ("stress", "stresses", "stressed", "stressing"),
            ("repeat", "repeats", "repeated", "repeating"),
            ("answer", "answers", "answered", "answering"),
            ("say", "says", "sayed", "saying"),
            ("vow", "vows", "vowed", "vowing"),
        ] {
            assert_eq!((with_s(base), with_ed(base), with_ing(base)), (s.into(), ed.into(), ing.into()));
        }
    }
}
