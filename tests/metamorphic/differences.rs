//! What parts two records, once the offsets and strings of one are read as those of the other.

use onrecord::Record;
use serde_json::Value;

/// How offsets and strings of a record are read before it is compared.
pub(crate) struct Reading<'a> {
    /// an offset of the record → the one that it is compared as
    pub(crate) offset: &'a dyn Fn(u32) -> u32,
    /// a slice of the text, or a name made of one → what it is compared as
    pub(crate) words: &'a dyn Fn(&str) -> String,
}

/// A record as it stands.
pub(crate) const PLAIN: Reading<'static> = Reading { offset: &|at| at, words: &|words| words.to_owned() };

impl Reading<'_> {
    /// A record's JSON in this reading.
    pub(crate) fn of(&self, record: &Record) -> Value {
        let mut value = serde_json::to_value(record).unwrap();
        self.read(&mut value, "");
        value
    }

    fn read(&self, value: &mut Value, key: &str) {
        match value {
            Value::Object(fields) => fields.iter_mut().for_each(|(key, value)| self.read(value, key)),
            Value::Array(list) => list.iter_mut().for_each(|value| self.read(value, key)),
            Value::String(words) => *words = (self.words)(words),
            Value::Number(n) if matches!(key, "span" | "spans" | "mentions" | "number" | "length") => {
                let at = n.as_u64().unwrap() as u32;
                *value = (self.offset)(at).into();
            }
            _ => {}
        }
    }
}

/// Where two values differ, at most one place an entry of a list, and what stands there.
pub(crate) fn between(before: &Value, after: &Value) -> Vec<String> {
    let mut found = Vec::new();
    walk(before, after, String::new(), &mut found);
    found.truncate(6);
    found
}

fn walk(before: &Value, after: &Value, path: String, found: &mut Vec<String>) {
    match (before, after) {
        (Value::Object(a), Value::Object(b)) => {
            for (key, value) in a {
                walk(value, b.get(key).unwrap_or(&Value::Null), format!("{path}.{key}"), found);
            }
        }
        (Value::Array(a), Value::Array(b)) => {
            let same = a.iter().zip(b).take_while(|(x, y)| x == y).count();
            let path = format!("{path}[{same} of {}, {}]", a.len(), b.len());
            match (a.get(same), b.get(same)) {
                (Some(x), Some(y)) if a.len() == b.len() => walk(x, y, path, found),
                (None, None) => {}
                (x, y) => {
                    let show = |v: Option<&Value>| v.map_or("nothing".to_owned(), Value::to_string);
                    found.push(format!("{path}: {}  BECAME  {}", show(x), show(y)));
                }
            }
        }
        _ if before != after => found.push(format!("{path}: {before}  BECAME  {after}")),
        _ => {}
    }
}

/// What parts the records of two texts, each in its reading.
pub(crate) fn of(before: (&Record, &Reading<'_>), after: (&Record, &Reading<'_>)) -> Vec<String> {
    between(&before.1.of(before.0), &after.1.of(after.0))
}
