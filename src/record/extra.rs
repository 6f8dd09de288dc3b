//! Values of JSON that others hand in, read within bounds: what a value takes in memory is charged before it is made.
//!
//! An object of one field takes eighty times its text, so that a bound on the text alone bounds little. Depth is bounded
//! by serde_json itself, at 128.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::cell::Cell;
use std::collections::BTreeMap;
use std::fmt;

/// What the values of a record's `meta.extra` may take, in bytes of memory.
pub(crate) const EXTRA: usize = 64 << 20;

/// The first field of an object takes a node of a tree with room for eleven.
const NODE: usize = 640;
/// Every field takes its name and value, in nodes that may be half full.
const FIELD: usize = 2 * (size_of::<String>() + size_of::<Value>());
/// A list's room doubles as it grows.
const ITEM: usize = 2 * size_of::<Value>();

/// How much memory values may still take.
pub(crate) struct Budget {
    left: Cell<usize>,
    is_spent: Cell<bool>,
}

impl Budget {
    /// Room for so many bytes.
    pub(crate) fn new(bytes: usize) -> Self {
        Self { left: Cell::new(bytes), is_spent: Cell::new(false) }
    }

    /// Whether something did not fit.
    pub(crate) fn is_spent(&self) -> bool {
        self.is_spent.get()
    }

    /// Takes some of it.
    pub(crate) fn charge<E: Error>(&self, bytes: usize) -> Result<(), E> {
        match self.left.get().checked_sub(bytes) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => {
                self.is_spent.set(true);
                Err(E::custom("the fields take too much memory"))
            }
        }
    }

    /// Charges a field of an object that already has so many.
    pub(crate) fn field<E: Error>(&self, name: &str, before: usize) -> Result<(), E> {
        self.charge(if before == 0 { NODE } else { FIELD } + name.len())
    }
}

/// Reads one value.
#[derive(Clone, Copy)]
pub(crate) struct Bounded<'a>(pub(crate) &'a Budget);

impl<'de> DeserializeSeed<'de> for Bounded<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Bounded<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.0.charge(value.len())?;
        Ok(value.into())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.0.charge(value.len())?;
        Ok(value.into())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(self)? {
            self.0.charge(ITEM)?;
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(name) = fields.next_key::<String>()? {
            self.0.field(&name, object.len())?;
            object.insert(name, fields.next_value_seed(self)?);
        }
        Ok(Value::Object(object))
    }
}

/// The fields that a record holds beside its own.
pub(super) fn extra<'de, D: Deserializer<'de>>(deserializer: D) -> Result<BTreeMap<String, Value>, D::Error> {
    struct Fields<'a>(Bounded<'a>);

    impl<'de> Visitor<'de> for Fields<'_> {
        type Value = BTreeMap<String, Value>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut fields: A) -> Result<Self::Value, A::Error> {
            let mut object = BTreeMap::new();
            while let Some(name) = fields.next_key::<String>()? {
                self.0.0.field(&name, object.len())?;
                object.insert(name, fields.next_value_seed(self.0)?);
            }
            Ok(object)
        }
    }

    deserializer.deserialize_map(Fields(Bounded(&Budget::new(EXTRA))))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str, bytes: usize) -> Option<Value> {
        let budget = Budget::new(bytes);
        let value = Bounded(&budget).deserialize(&mut serde_json::Deserializer::from_str(json));
        assert!(
            value.as_ref().err().is_none_or(|e| e.to_string().starts_with("the fields take too much memory"))
        );
        assert_eq!(value.is_err(), budget.is_spent(), "{json}");
        value.ok()
    }

    #[test]
    fn values_are_those_of_serde_json() {
        let json = r#"{"a": [1, -2, 2.5, "x\n", null, true, {}], "b": {"c": 18446744073709551615}}"#;
        assert_eq!(read(json, 1 << 20), Some(serde_json::from_str(json).unwrap()));
    }

    #[test]
    fn what_takes_too_much_is_refused() {
        let list = format!("[{}0]", "0,".repeat(99));
        assert!(read(&list, 100 * ITEM).is_some() && read(&list, 100 * ITEM - 1).is_none());
        let objects = format!("[{}{{}}]", "{\"a\":0},".repeat(99));
        assert!(read(&objects, 100 * ITEM + 99 * (NODE + 1)).is_some());
        assert!(read(&objects, 100 * ITEM + 99 * (NODE + 1) - 1).is_none());
        assert!(read("\"abc\"", 3).is_some() && read("\"abc\"", 2).is_none());
    }
}
