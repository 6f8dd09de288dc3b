//! Records as rows of one nested table: lists as lists, objects as structs, with the names and the shape of the JSON.
//!
//! The table's schema is `record.message`, in Parquet's own notation. Records come as JSON values and are taken apart
//! into columns by that schema alone: a leaf gets, beside each value, how much of the way to it is there (definition
//! level) and which list on the way goes on (repetition level), as S. Melnik et al., Dremel: Interactive Analysis of
//! Web-Scale Datasets (VLDB 2010), have it. A new key of the record is a line there and none here.

use super::column::{Column, Values};
use crate::output::table::NESTED;
use ::parquet::basic::{LogicalType, Repetition};
use ::parquet::data_type::ByteArray;
use ::parquet::errors::Result;
use ::parquet::schema::parser::parse_message_type;
use ::parquet::schema::types::{Type, TypePtr};
use serde_json::Value;
use std::ops::Range;
use std::sync::Arc;

pub(super) fn schema() -> Result<TypePtr> {
    parse_message_type(NESTED).map(Arc::new)
}

/// A field of the schema, with all that is asked of it for each value.
#[derive(Debug)]
struct Field {
    name: String,
    is_optional: bool,
    /// the columns of the leaves at or below it
    columns: Range<usize>,
    shape: Shape,
}

#[derive(Debug)]
enum Shape {
    Leaf,
    Struct(Vec<Field>),
    List(Box<Field>),
}

/// Where a value stands: the levels of what holds it.
#[derive(Clone, Copy, Debug, Default)]
struct Levels {
    /// of those on the way that may be lacking, how many are there
    definition: i16,
    /// the list that goes on with this value; 0 for the first value of a row
    repetition: i16,
    /// how many lists hold it
    lists: i16,
}

/// The rows of the nested table, by columns.
#[derive(Debug)]
pub(super) struct Records {
    root: Field,
    pub(super) columns: Vec<Column>,
}

impl Records {
    pub(super) fn new(schema: &Type) -> Self {
        let mut columns = Vec::new();
        let root = field(schema, Levels::default(), &mut columns);
        Self { root, columns }
    }

    /// Puts a record as a row. What the schema lacks is left out.
    pub(super) fn put(&mut self, record: Value) {
        put(&self.root, record, Levels::default(), &mut self.columns);
    }
}

/// Reads a field of the schema and makes the columns below it. It goes as deep as the schema does.
fn field(of: &Type, mut levels: Levels, columns: &mut Vec<Column>) -> Field {
    let info = of.get_basic_info();
    let is_optional = info.has_repetition() && info.repetition() == Repetition::OPTIONAL;
    levels.definition += i16::from(is_optional);
    let first = columns.len();
    let logical = info.logical_type_ref();
    let shape = if of.is_primitive() {
        columns.push(Column::new(of.get_physical_type(), levels.definition > 0, levels.lists > 0));
        Shape::Leaf
    } else if logical == Some(&LogicalType::List) {
        // a list is written as a group with a repeated group of one field: Parquet's rule
        let element = &of.get_fields()[0].get_fields()[0];
        levels = Levels { definition: levels.definition + 1, lists: levels.lists + 1, ..levels };
        Shape::List(Box::new(field(element, levels, columns)))
    } else {
        Shape::Struct(of.get_fields().iter().map(|inner| field(inner, levels, columns)).collect())
    };
    Field { name: info.name().to_owned(), is_optional, columns: first..columns.len(), shape }
}

fn put(field: &Field, value: Value, mut levels: Levels, columns: &mut [Column]) {
    if field.is_optional {
        if value.is_null() {
            return lack(field, levels, columns);
        }
        levels.definition += 1;
    }
    match &field.shape {
        Shape::Leaf => leaf(&mut columns[field.columns.start], value, levels),
        Shape::Struct(fields) => {
            let mut value = value;
            for inner in fields {
                let value = value.get_mut(&inner.name).map(Value::take);
                put(inner, value.unwrap_or_default(), levels, columns);
            }
        }
        Shape::List(element) => match value {
            Value::Array(values) if !values.is_empty() => {
                levels = Levels { definition: levels.definition + 1, lists: levels.lists + 1, ..levels };
                for value in values {
                    put(element, value, levels, columns);
                    levels.repetition = levels.lists;
                }
            }
            _ => lack(field, levels, columns),
        },
    }
}

/// Puts that there is nothing from here on: a null, or a list without elements.
fn lack(field: &Field, levels: Levels, columns: &mut [Column]) {
    for column in &mut columns[field.columns.clone()] {
        place(column, levels);
    }
}

fn place(column: &mut Column, levels: Levels) {
    if let Some(definition) = &mut column.definition {
        definition.push(levels.definition);
    }
    if let Some(repetition) = &mut column.repetition {
        repetition.push(levels.repetition);
    }
}

/// Puts a value. Where a text is wanted, what is none goes as JSON: `meta.extra` holds what its input held, which has no
/// type of its own. A number or truth value that is none, which no record has, becomes 0 or false.
fn leaf(column: &mut Column, value: Value, levels: Levels) {
    place(column, levels);
    match &mut column.values {
        Values::Text(values) => {
            let text = if let Value::String(text) = value { text } else { value.to_string() };
            values.push(ByteArray::from(text.into_bytes()));
        }
        Values::Int(values) => values.push(value.as_i64().unwrap_or_default()),
        Values::Float(values) => values.push(value.as_f64().unwrap_or_default()),
        Values::Bool(values) => values.push(value.as_bool().unwrap_or_default()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    /// The first column's values, then definition and repetition levels, after these rows.
    fn levels(schema: &str, rows: &[Value]) -> (String, Vec<i16>, Vec<i16>) {
        let mut records = Records::new(&parse_message_type(schema).unwrap());
        rows.iter().for_each(|row| records.put(row.clone()));
        let column = &records.columns[0];
        let levels = |levels: &Option<Vec<i16>>| levels.clone().unwrap_or_default();
        (format!("{:?}", column.values), levels(&column.definition), levels(&column.repetition))
    }

    #[test]
    fn levels_tell_where_values_stand() {
        let flat = "message m { optional int64 a; }";
        let rows = [json!({"a": 1}), json!({"a": null}), json!({})];
        assert_eq!(levels(flat, &rows), ("Int([1])".to_owned(), vec![1, 0, 0], vec![]));

        let inner = "message m { optional group a { required int64 b; } }";
        let rows = [json!({"a": {"b": 1}}), json!({"a": null})];
        assert_eq!(levels(inner, &rows), ("Int([1])".to_owned(), vec![1, 0], vec![]));

        // a list of lists: an empty one, one of an empty one, and one of two
        let lists = "message m { required group a (LIST) { repeated group list {
            required group element (LIST) { repeated group list { optional int64 element; } } } } }";
        let rows = [json!({"a": []}), json!({"a": [[]]}), json!({"a": [[1, null], [2]]})];
        let want = ("Int([1, 2])".to_owned(), vec![0, 1, 3, 2, 3], vec![0, 0, 0, 2, 1]);
        assert_eq!(levels(lists, &rows), want);
    }

    #[test]
    fn every_key_of_the_record_has_a_column_and_no_other_thing_has() {
        fn keys(of: &Type) -> Value {
            if of.is_primitive() {
                return Value::Null;
            }
            let fields = of.get_fields();
            if of.get_basic_info().logical_type_ref() == Some(&LogicalType::List) {
                return keys(&fields[0].get_fields()[0]);
            }
            fields.iter().map(|f| (f.name().to_owned(), keys(f))).collect::<serde_json::Map<_, _>>().into()
        }
        // the same of a JSON schema, whose objects stand apart
        fn wanted(schema: &Value, of: &Value) -> Value {
            let other = |inner: &&Value| inner["type"] != "null";
            let of = of["anyOf"].as_array().and_then(|any| any.iter().find(other)).unwrap_or(of);
            let name = of["$ref"].as_str().and_then(|name| name.strip_prefix("#/$defs/"));
            let of = name.map_or(of, |name| &schema["$defs"][name]);
            match (of["properties"].as_object(), &of["items"]) {
                (Some(inner), _) => inner
                    .iter()
                    .map(|(key, inner)| (key.clone(), wanted(schema, inner)))
                    .collect::<serde_json::Map<_, _>>()
                    .into(),
                (None, Value::Null) => Value::Null,
                (None, items) => wanted(schema, items),
            }
        }
        let json = serde_json::to_value(schemars::schema_for!(crate::record::Record)).unwrap();
        assert_eq!(keys(&schema().unwrap()), wanted(&json, &json));
    }
}
