//! A difference as people read it: "lost its source “the mayor”", "its value changed from 12 to 120".

use super::{ABSENT, Change, Difference, Matter};

/// What the record's keys are called, where the key itself is not the word for it.
const NOUNS: &[(&str, &str)] = &[
    ("of", "thing counted"),
    ("when", "time"),
    ("per", "rate"),
    ("low", "lower end"),
    ("high", "upper end"),
    ("base", "value in the base unit"),
    ("ref", "who is meant"),
    ("relay", "further source"),
    ("parent", "outer attribution"),
    ("refers_to", "who is meant"),
    ("number", "bare number"),
    ("span", "extent"),
    ("spans", "extent"),
];

/// The record's lists in the singular.
const ITEMS: &[(&str, &str)] = &[
    ("blocks", "block"),
    ("sentences", "sentence"),
    ("sources", "source"),
    ("attributions", "attribution"),
    ("quotes", "quote"),
    ("claims", "claim"),
    ("figures", "figure"),
    ("diagnostics", "diagnostic"),
];

fn word(table: &'static [(&str, &str)], key: &str) -> Option<&'static str> {
    table.iter().find(|(k, _)| *k == key).map(|(_, noun)| *noun)
}

impl Difference {
    /// What sort of thing differs: "attribution", "record".
    pub(in crate::cli) fn noun(&self) -> &'static str {
        word(ITEMS, self.list).unwrap_or(self.list)
    }

    /// What became of it, in one word.
    pub(in crate::cli) fn verb(&self) -> &'static str {
        match self.matter {
            Matter::Missing => "gone",
            Matter::Unexpected => "new",
            Matter::Changed(_) => "changed",
        }
    }

    /// In one sentence, with the item.
    pub(in crate::cli) fn sentence(&self) -> String {
        let head = match (&self.matter, self.list) {
            (_, "record") => self.item.clone(),
            (Matter::Missing, _) => format!("this {} is gone: {}", self.noun(), self.item),
            (Matter::Unexpected, _) => format!("this {} is new: {}", self.noun(), self.item),
            (Matter::Changed(_), _) => format!("this {} changed: {}", self.noun(), self.item),
        };
        let details = self.details();
        if details.is_empty() { head } else { format!("{head}: {}", details.join("; ")) }
    }

    /// What changed about it, a line each.
    pub(in crate::cli) fn details(&self) -> Vec<String> {
        let Matter::Changed(changes) = &self.matter else { return Vec::new() };
        let mut lines = Vec::new();
        let mut rest = &changes[..];
        while let Some(first) = rest.first() {
            // of the record itself every key is a matter of its own
            let part = match self.list {
                "record" => first.key.as_str(),
                _ => first.key.split('.').next().unwrap_or_default(),
            };
            let belongs = |c: &Change| {
                c.key.strip_prefix(part).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            let (these, others) = rest.split_at(rest.iter().take_while(|c| belongs(c)).count().max(1));
            tell(part, these, &mut lines);
            rest = others;
        }
        lines
    }
}

/// Tells what became of one part of an item: of all the keys that begin with it.
fn tell(part: &str, changes: &[Change], lines: &mut Vec<String>) {
    let noun = word(NOUNS, part).unwrap_or(part);
    let value = |key: &str| changes.iter().find(|c| c.key == format!("{part}.{key}"));
    let whole = changes.iter().find(|c| c.key == part);
    let words = ["text", "value", "name"].iter().find_map(|key| value(key));
    match whole {
        // an object against null
        Some(c) if c.new == "null" && c.old == ABSENT => {
            lines.push(format!("lost its {noun} {}", words.map_or(String::new(), |w| shown(&w.old))));
        }
        Some(c) if c.old == "null" && c.new == ABSENT => {
            lines.push(format!("got a {noun}: {}", words.map_or(String::new(), |w| shown(&w.new))));
        }
        Some(c) if c.new == "null" => lines.push(format!("lost its {noun} {}", shown(&c.old))),
        Some(c) if c.old == "null" => lines.push(format!("got a {noun}: {}", shown(&c.new))),
        Some(c) => lines.push(format!("its {noun} changed from {} to {}", shown(&c.old), shown(&c.new))),
        None => {
            if let Some(c) = words {
                lines.push(format!("its {noun} changed from {} to {}", shown(&c.old), shown(&c.new)));
            }
            for c in changes {
                let below = c.key.strip_prefix(part).unwrap_or(&c.key).trim_start_matches('.');
                // where words changed, so did their place
                if words.is_some_and(|w| w.key == c.key || matches!(below, "span" | "spans")) {
                    continue;
                }
                let (old, new) = (shown(&c.old), shown(&c.new));
                lines.push(match below {
                    "ref" => format!("its {noun} now means {new}, not {old}"),
                    _ => format!(
                        "its {noun}: {} changed from {old} to {new}",
                        word(NOUNS, below).unwrap_or(below)
                    ),
                });
            }
        }
    }
}

/// A value of the record, for reading: texts in quotation marks, whole numbers without a point.
fn shown(json: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(json) {
        Ok(serde_json::Value::String(text)) => format!("“{}”", super::short(&text)),
        Ok(serde_json::Value::Number(n)) => n.as_f64().map_or_else(|| json.to_owned(), |n| n.to_string()),
        Ok(serde_json::Value::Null) => "nothing".to_owned(),
        Ok(_) => super::short(json),
        // what an id points at is no JSON
        Err(_) if json == ABSENT => "nothing".to_owned(),
        Err(_) => format!("“{json}”"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_are_told_in_words() {
        for (changes, want) in [
            (&[("value", "12.0", "120.0")][..], "its value changed from 12 to 120"),
            (&[("claimant", "Ana Brandt", "null")], "lost its claimant “Ana Brandt”"),
            (
                &[("source", "—", "null"), ("source.ref", "A", "—"), ("source.text", "\"she\"", "—")],
                "lost its source “she”",
            ),
            (&[("cue", "null", "—"), ("cue.text", "—", "\"said\"")], "got a cue: “said”"),
            (
                &[
                    ("source.ref", "A", "B"),
                    ("source.span", "[0,1]", "[0,2]"),
                    ("source.text", "\"a\"", "\"b\""),
                ],
                "its source now means “B”, not “A”",
            ),
            (&[("unit", "\"mile\"", "\"\"")], "its unit changed from “mile” to “”"),
            (&[("of.span", "[0,1]", "[2,3]")], "its thing counted: extent changed from [0,1] to [2,3]"),
        ] {
            let change = |(key, old, new): &(&str, &str, &str)| Change {
                key: (*key).to_owned(),
                old: (*old).to_owned(),
                new: (*new).to_owned(),
            };
            let matter = Matter::Changed(changes.iter().map(change).collect());
            let d = Difference { list: "claims", ..Difference::of_record("x", Vec::new()) };
            let lines = Difference { matter, ..d }.details();
            assert!(lines.iter().any(|line| line == want), "{lines:?}");
        }
    }
}
