//! Fields of an item against what is wanted of them.
//!
//! Words match where they stand whole in the record's, in any case, with any white space and either sort of quotation mark.

use crate::cli::compare::short;
use serde::Serialize;

/// Which fields of an item are not as wanted: key, and what stands there.
pub(super) type Faults = Vec<(&'static str, String)>;

/// Collects what is not as wanted.
#[derive(Default)]
pub(super) struct Test(pub(super) Faults);

impl Test {
    /// Words that must stand in one of some texts.
    pub(super) fn words(&mut self, key: &'static str, want: Option<&String>, texts: &[Option<&str>]) {
        let Some(want) = want else { return };
        if !texts.iter().flatten().any(|text| stands(want, text)) {
            let found = texts.iter().flatten().next().map(|text| format!("“{}”", short(text)));
            self.0.push((key, found.unwrap_or_else(|| "none".to_owned())));
        }
    }

    pub(super) fn same<T: PartialEq + Serialize + Copy>(
        &mut self,
        key: &'static str,
        want: Option<T>,
        found: Option<T>,
    ) {
        if want.is_some() && want != found {
            let found = serde_json::to_value(found).unwrap_or_default();
            let found = found.as_str().map_or_else(|| found.to_string(), str::to_owned);
            self.0.push((key, if found == "null" { "none".to_owned() } else { found }));
        }
    }

    pub(super) fn text(&mut self, key: &'static str, want: Option<&String>, found: Option<&str>) {
        if want.is_some_and(|want| Some(want.as_str()) != found) {
            self.0.push((key, found.map_or_else(|| "none".to_owned(), |found| format!("“{found}”"))));
        }
    }

    pub(super) fn number(&mut self, key: &'static str, want: Option<f64>, found: Option<f64>) {
        let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * a.abs().max(b.abs());
        if want.is_some_and(|want| !found.is_some_and(|found| near(want, found))) {
            self.0.push((key, found.map_or_else(|| "none".to_owned(), |n| n.to_string())));
        }
    }
}

/// Small letters, plain quotation marks, single spaces.
fn plain(text: &str) -> String {
    let straight = |c: char| match c {
        '‘' | '’' => '\'',
        '“' | '”' => '"',
        c => c,
    };
    let text: String = text.chars().map(straight).flat_map(char::to_lowercase).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether words stand whole within a text.
fn stands(words: &str, text: &str) -> bool {
    let (words, text) = (plain(words), plain(text));
    let edge = |c: Option<char>, inner: Option<char>| {
        !(c.is_some_and(char::is_alphanumeric) && inner.is_some_and(char::is_alphanumeric))
    };
    text.match_indices(&words).any(|(at, _)| {
        edge(text[..at].chars().next_back(), words.chars().next())
            && edge(text[at + words.len()..].chars().next(), words.chars().next_back())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_whole() {
        for (words, text, want) in [
            ("diplomat", "A Western Diplomat", true),
            ("plom", "a diplomat", false),
            ("don't  go", "“Don’t\ngo,” he said", true),
            ("10", "100", false),
            ("$5", "for $5 each", true),
            ("", "x", true),
        ] {
            assert_eq!(stands(words, text), want, "{words}");
        }
    }
}
