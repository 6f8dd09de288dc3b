//! What a caller gives → an article, by the same names of fields as the command line's.
//!
//! Takes strings and mappings. What their values mean (which field holds what, what an id is made from, what is refused
//! and in which words) is [`Names`]'s business, so that a record is the same wherever its article came from.

use onrecord::input::Names;
use onrecord::{Article, Result};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// What a call says of the input's fields.
#[derive(Clone, Default)]
pub(crate) struct Fields {
    pub(crate) names: Names,
    /// the field that the caller takes for the text, which must then be there
    pub(crate) text: Option<String>,
    pub(crate) id: Option<String>,
}

impl Fields {
    pub(crate) fn new(
        text: Option<String>,
        id: Option<String>,
        fields: Option<BTreeMap<String, String>>,
        keep: Vec<String>,
    ) -> Result<Self> {
        let mut names = Names::default();
        let mut fields = fields.unwrap_or_default();
        fields.extend(text.map(|field| ("text".to_owned(), field)));
        fields.extend(id.map(|field| ("id".to_owned(), field)));
        for (part, field) in &fields {
            names.set(part, field)?;
        }
        keep.iter().for_each(|field| names.keep(field));
        Ok(Self { names, text: fields.remove("text"), id: fields.remove("id") })
    }

    /// The article that an item of an iterable is: a text, or a mapping with the usual names of fields.
    pub(crate) fn of_item(&self, item: &Bound<'_, PyAny>) -> PyResult<Result<Article>> {
        if let Ok(text) = item.cast::<PyString>() {
            let mut fields = Map::new();
            fields.insert("text".to_owned(), Value::String(string(text)?));
            return Ok(Names::default().article(fields));
        }
        let Ok(mapping) = item.cast::<PyMapping>() else {
            let given = item.get_type().name()?;
            return Err(PyTypeError::new_err(format!(
                "an article is a str, or a mapping with its text and what is known of it; this is {given}"
            )));
        };
        let mut fields = Map::new();
        for pair in mapping.items()?.iter() {
            let (key, value) = pair.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>()?;
            let Ok(key) = key.cast::<PyString>() else { continue };
            let key = string(key)?;
            // a field that nobody asks for is named where the text is missing, and not looked at
            let value = if self.names.wants(&key) { json(&value, 0)? } else { Value::Null };
            fields.insert(key, value);
        }
        Ok(self.names.article(fields))
    }
}

/// The text of a Python string; one with half of a surrogate pair has none.
pub(crate) fn string(text: &Bound<'_, PyString>) -> PyResult<String> {
    Ok(text.to_cow()?.into_owned())
}

/// How deep a value may be nested; what is deeper is left out.
const DEPTH: usize = 32;

/// A Python value as JSON has it. Data frames write a missing value as NaN, None, NA or NaT: null. Dates are written as
/// ISO 8601 has them, other objects as `str` does.
pub(crate) fn json(value: &Bound<'_, PyAny>, depth: usize) -> PyResult<Value> {
    if value.is_none() || depth > DEPTH {
        return Ok(Value::Null);
    }
    if let Ok(text) = value.cast::<PyString>() {
        return Ok(Value::String(string(text)?));
    }
    if let Ok(truth) = value.cast::<PyBool>() {
        return Ok(Value::Bool(truth.is_true()));
    }
    if value.is_instance_of::<PyInt>() {
        return Ok(match value.extract::<i64>() {
            Ok(number) => Value::from(number),
            Err(_) => Value::String(string(&value.str()?)?),
        });
    }
    if let Ok(number) = value.cast::<PyFloat>() {
        return Ok(Value::from(number.value()));
    }
    if let Ok(dict) = value.cast::<PyDict>() {
        let pairs = dict.iter().map(|(key, value)| Ok((string(&key.str()?)?, json(&value, depth + 1)?)));
        return Ok(Value::Object(pairs.collect::<PyResult<_>>()?));
    }
    if value.is_instance_of::<PyList>() || value.is_instance_of::<PyTuple>() {
        let items = value.try_iter()?.map(|item| json(&item?, depth + 1));
        return Ok(Value::Array(items.collect::<PyResult<_>>()?));
    }
    let class = value.get_type().name()?;
    if matches!(class.to_cow()?.as_ref(), "NAType" | "NaTType") {
        return Ok(Value::Null);
    }
    let iso = value.getattr_opt("isoformat")?;
    let text = match iso {
        Some(iso) => iso.call0()?.str()?,
        // numpy's lists and numbers
        None => match value.getattr_opt("tolist")? {
            Some(list) => return json(&list.call0()?, depth + 1),
            None => value.str()?,
        },
    };
    Ok(Value::String(string(&text)?))
}
