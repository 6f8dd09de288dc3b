//! JSON → the fields of an article's object that are asked for; the others are skipped, not held.
//!
//! What the fields may take in memory is bounded by the length of their JSON: see [`Limits::fields`].

use super::limits::{FIELDS_A_BYTE, Limits};
use super::{Error, Names};
use crate::record::extra::{Bounded, Budget};
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// So many of the other fields are named, for the message of an article that has no text.
const NAMED: usize = 12;

/// Why there are no fields.
pub(super) enum Fault {
    /// It is no object.
    NoObject,
    /// They take too much memory.
    Large(Error),
    /// It is no JSON.
    Broken(serde_json::Error),
}

/// Reads an object's fields; those that no one asks for are null.
pub(super) fn read(json: &str, names: &Names, limits: &Limits) -> Result<Map<String, Value>, Fault> {
    let most = limits.fields + FIELDS_A_BYTE * json.len();
    let budget = Budget::new(most);
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let fields = Fields { names, budget: &budget }.deserialize(&mut deserializer);
    let fields = fields.and_then(|fields| deserializer.end().map(|()| fields));
    fields.map_err(|e| match () {
        () if budget.is_spent() => Fault::Large(Error::input(format!(
            "the article's fields would take more than {most} bytes of memory; leave out lists of numbers and objects \
             that hold no text"
        ))),
        () if e.is_data() => Fault::NoObject,
        () => Fault::Broken(e),
    })
}

struct Fields<'a> {
    names: &'a Names,
    budget: &'a Budget,
}

impl<'de> DeserializeSeed<'de> for Fields<'_> {
    type Value = Map<String, Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
        let mut fields = Map::new();
        let mut others = 0;
        while let Some(name) = entries.next_key::<String>()? {
            // JSON-LD wraps its article
            let value = if name == "@graph" || self.names.wants(&name) {
                self.budget.field(&name, fields.len())?;
                entries.next_value_seed(Bounded(self.budget))?
            } else {
                entries.next_value::<IgnoredAny>()?;
                others += 1;
                if others > NAMED {
                    continue;
                }
                Value::Null
            };
            fields.insert(name, value);
        }
        Ok(fields)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(json: &str) -> Result<String, &'static str> {
        match read(json, &Names::default(), &Limits { fields: 0, ..Limits::default() }) {
            Ok(fields) => Ok(Value::Object(fields).to_string()),
            Err(Fault::NoObject) => Err("no object"),
            Err(Fault::Large(_)) => Err("large"),
            Err(Fault::Broken(_)) => Err("broken"),
        }
    }

    #[test]
    fn only_what_is_asked_for_is_held() {
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        let json = format!("{{\"words\": {deep}, \"text\": \"Rain fell on the town of Orla.\", \"w\": 1}}");
        let want = "{\"text\":\"Rain fell on the town of Orla.\",\"w\":null,\"words\":null}";
        assert_eq!(fields(&json).as_deref(), Ok(want));
        let text = format!("{{\"text\": {deep}}}");
        assert_eq!(fields(&text), Err("broken"), "deeper than is read");
        assert_eq!(fields("[1]"), Err("no object"));
        assert_eq!(fields(&format!("{{\"text\": \"{}\"}} x", "Rain fell. ".repeat(9))), Err("broken"));
        let many = format!("{{\"text\": [{}{{}}]}}", "{\"a\":0},".repeat(1000));
        assert_eq!(fields(&many), Err("large"));
        let paragraphs = format!("{{\"text\": [{}\"\"]}}", "\"Rain fell.\",".repeat(10_000));
        assert!(fields(&paragraphs).is_ok());
    }
}
