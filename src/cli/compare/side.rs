//! One of two records that are compared: its items in words, and with what they point at told by name.
//!
//! Takes a record and its text, if that is known; leaves which items are the same ones to [`super::compare`].

use super::{Difference, LISTS, Matter, Place};
use crate::span::Span;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Keys that hold the position of an item, or several, and the list it is in.
const REFERENCES: &[(&str, &str)] = &[
    ("block", "blocks"),
    ("sentence", "sentences"),
    ("ref", "sources"),
    ("relay", "sources"),
    ("claimant", "sources"),
    ("parent", "attributions"),
    ("attribution", "attributions"),
    ("quotes", "quotes"),
    ("claims", "claims"),
    ("figure", "figures"),
];

/// An item's fields, those within others by their whole path, as JSON.
pub(super) type Flat = BTreeMap<String, String>;

/// One of two records.
pub(super) struct Side<'a> {
    pub(super) record: &'a Value,
    pub(super) text: Option<&'a str>,
    /// what items are called when others point at them, where it is not their own label
    pub(super) names: BTreeMap<(&'static str, usize), String>,
}

impl Side<'_> {
    pub(super) fn items(&self, list: &str) -> &[Value] {
        self.record[list].as_array().map_or(&[][..], Vec::as_slice)
    }

    /// What is the matter with an item of this record.
    pub(super) fn difference(&self, list: &'static str, i: usize, matter: Matter) -> Difference {
        let item = &self.items(list)[i];
        let word = |key: &str| item[key].as_str().map(str::to_owned);
        let kind = word("kind").or_else(|| word("role")).or_else(|| word("code"));
        let place = place(list, item).and_then(|span| self.place(span));
        Difference { list, item: self.label(list, i), matter, rule: word("rule"), kind, place }
    }

    fn place(&self, span: Span) -> Option<Place> {
        let (start, text) = (span.start as usize, self.text?);
        let before: Vec<char> = text.chars().take(start).collect();
        let line = before.iter().filter(|c| **c == '\n').count();
        let column = before.iter().rev().take_while(|c| **c != '\n').count();
        let holds =
            |s: &&Value| offsets(&s["span"]).is_some_and(|s| s.start <= span.start && span.start < s.end);
        let sentence = self.items("sentences").iter().find(holds);
        let passage = sentence.map_or_else(String::new, |s| self.slice(&s["span"]));
        Some(Place { line: line + 1, column: column + 1, passage })
    }

    /// Everything but the lists and the engine.
    pub(super) fn head(&self) -> Flat {
        let mut flat = Flat::new();
        for (key, value) in self.record.as_object().into_iter().flatten() {
            if key != "engine" && !LISTS.contains(&key.as_str()) {
                self.flatten(key, value, &mut flat);
            }
        }
        flat
    }

    pub(super) fn flat(&self, list: &str, i: usize) -> Flat {
        let mut flat = Flat::new();
        for (key, value) in self.items(list)[i].as_object().into_iter().flatten() {
            if key != "id" {
                self.flatten(key, value, &mut flat);
            }
        }
        flat
    }

    pub(super) fn name(&self, list: &'static str, i: usize) -> String {
        self.names.get(&(list, i)).cloned().unwrap_or_else(|| self.label(list, i))
    }

    fn flatten(&self, key: &str, value: &Value, into: &mut Flat) {
        let last = key.rsplit('.').next().unwrap_or(key);
        if let Some((_, list)) = REFERENCES.iter().find(|(name, _)| *name == last) {
            into.insert(key.to_owned(), self.pointed_at(list, value));
            return;
        }
        match value {
            Value::Object(fields) if !fields.is_empty() => {
                // a null and an object are told apart by the object's keys
                for (name, value) in fields {
                    self.flatten(&format!("{key}.{name}"), value, into);
                }
            }
            _ => {
                into.insert(key.to_owned(), value.to_string());
            }
        }
    }

    /// What an id, or a list of ids, points at.
    fn pointed_at(&self, list: &'static str, value: &Value) -> String {
        match value {
            Value::Array(ids) => {
                ids.iter().map(|id| self.pointed_at(list, id)).collect::<Vec<_>>().join(" + ")
            }
            Value::Number(id) => {
                let i = id.as_u64().unwrap_or(u64::MAX) as usize;
                // with --only the list pointed into is empty
                if i < self.items(list).len() { self.name(list, i) } else { format!("{list} {id}") }
            }
            _ => "null".to_owned(),
        }
    }

    /// An item in words.
    pub(super) fn label(&self, list: &str, i: usize) -> String {
        let item = &self.items(list)[i];
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        match list {
            "sources" => text(&item["name"]),
            "attributions" => {
                let mut label = short(&text(&item["content"]["text"]));
                for part in ["source", "cue"] {
                    if let Some(words) = item[part]["text"].as_str() {
                        let _ = write!(label, " · {words}");
                    }
                }
                label
            }
            "quotes" | "claims" => short(&text(&item["text"])),
            "figures" => text(&item["of"]),
            "diagnostics" => format!("{} {}", text(&item["code"]), self.slice(&item["span"])),
            "blocks" => format!("{} {}", text(&item["kind"]), self.slice(&item["span"])),
            _ => self.slice(&item["span"]),
        }
    }

    /// The words of a span where the text is known, else its offsets. Offsets are code points.
    fn slice(&self, span: &Value) -> String {
        match (self.text, offsets(span)) {
            (Some(text), Some(span)) => {
                short(&text.chars().skip(span.start as usize).take(span.len()).collect::<String>())
            }
            _ => span.to_string(),
        }
    }
}

/// By which part an item is found again in the other record.
pub(super) fn place(list: &str, item: &Value) -> Option<Span> {
    match list {
        "sources" => offsets(&item["mentions"][0]),
        "attributions" => offsets(&item["content"]["spans"][0]),
        "claims" => offsets(&item["number"]),
        "figures" => None,
        _ => offsets(&item["span"]),
    }
}

fn offsets(span: &Value) -> Option<Span> {
    let at = |i: usize| span.get(i)?.as_u64().and_then(|n| u32::try_from(n).ok());
    let (start, end) = (at(0)?, at(1)?);
    (start <= end).then(|| Span::new(start, end))
}

/// On one line, and no longer than a line.
pub(in crate::cli) fn short(text: &str) -> String {
    const MOST: usize = 72;
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((at, _)) = words.char_indices().nth(MOST) {
        words.truncate(at);
        words.push('…');
    }
    words
}
