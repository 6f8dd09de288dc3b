//! The tables that a record becomes → Arrow schemas.
//!
//! Describes no column itself: the flat tables are [`TABLES`], the nested one is [`NESTED`], both of which the Parquet
//! writers read too. Types are the same: text, 64-bit integers, doubles, booleans, lists, structs.

use arrow_schema::{DataType, Field, Fields};
use onrecord::output::table::{Kind, NESTED, TABLES};
use onrecord::{Error, Result};
use std::sync::{Arc, LazyLock};

/// What of a record becomes rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// a row an article, the whole record as lists and structs
    Nested,
    /// a row an article, the record as the line of JSON that the command line writes
    Json,
    /// the rows of one of [`TABLES`]
    Flat(usize),
}

impl Shape {
    /// The shape that a call names.
    pub(crate) fn named(table: Option<&str>) -> Result<Self> {
        let Some(name) = table else { return Ok(Self::Nested) };
        if name == "json" {
            return Ok(Self::Json);
        }
        TABLES.iter().position(|t| t.name == name).map(Self::Flat).ok_or_else(|| {
            let names: Vec<_> = TABLES.iter().map(|t| t.name).collect();
            Error::usage(format!(
                "there is no table {name:?}; say {}, json, or None for whole records",
                names.join(", ")
            ))
        })
    }

    /// Its columns.
    pub(crate) fn fields(self) -> Fields {
        static RECORD: LazyLock<Fields> = LazyLock::new(|| message(NESTED).into());
        let text = |name| Field::new(name, DataType::Utf8, false);
        match self {
            Self::Nested => RECORD.clone(),
            Self::Json => Fields::from(vec![text("id"), text("record")]),
            Self::Flat(i) => TABLES[i].columns.iter().map(|(name, kind)| flat(name, *kind)).collect(),
        }
    }

    /// Where the article's id stands among the columns.
    pub(crate) fn key(self) -> &'static str {
        if let Self::Flat(_) = self { "article_id" } else { "id" }
    }
}

fn flat(name: &str, kind: Kind) -> Field {
    let of = match kind {
        Kind::Text | Kind::TextOrNull => DataType::Utf8,
        Kind::Int | Kind::IntOrNull => DataType::Int64,
        Kind::Float | Kind::FloatOrNull => DataType::Float64,
        Kind::Bool | Kind::BoolOrNull => DataType::Boolean,
    };
    Field::new(name, of, kind.is_optional())
}

/// Reads a message of Parquet's notation: `message NAME { required group NAME (LIST) { … } … }`.
fn message(notation: &str) -> Vec<Field> {
    let spaced = notation.replace('{', " { ").replace('}', " } ").replace(';', " ; ");
    let mut words = spaced.split_whitespace().skip(3);
    fields(&mut words)
}

/// The fields up to the bracket that closes, as deep as the notation goes.
fn fields<'a>(words: &mut impl Iterator<Item = &'a str>) -> Vec<Field> {
    let mut fields = Vec::new();
    while let Some(repetition) = words.next().filter(|word| *word != "}") {
        let (Some(of), Some(name)) = (words.next(), words.next()) else { break };
        let (mut is_list, mut inner) = (false, Vec::new());
        for word in words.by_ref() {
            match word {
                "(LIST)" => is_list = true,
                "{" => {
                    inner = self::fields(words);
                    break;
                }
                ";" => break,
                _ => {}
            }
        }
        let of = match of {
            "int64" => DataType::Int64,
            "double" => DataType::Float64,
            "boolean" => DataType::Boolean,
            "group" if is_list => DataType::List(element(inner)),
            "group" => DataType::Struct(inner.into()),
            _ => DataType::Utf8,
        };
        fields.push(Field::new(name, of, repetition == "optional"));
    }
    fields
}

/// A list is written as a group with a repeated group of one field.
fn element(mut repeated: Vec<Field>) -> Arc<Field> {
    let group = repeated.pop().map(|field| field.data_type().clone());
    match group {
        Some(DataType::Struct(inner)) if inner.len() == 1 => inner[0].clone(),
        _ => Arc::new(Field::new("element", DataType::Null, true)),
    }
}

/// The fields with room for rows of articles that failed: nothing but their key and why.
pub(crate) fn with_errors(fields: &Fields) -> Fields {
    let error = Field::new("error", DataType::Utf8, true);
    fields.iter().map(|field| field.as_ref().clone().with_nullable(true)).chain([error]).collect()
}
