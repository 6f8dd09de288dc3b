//! Columns of values that gather until they are written, with the levels that place them in rows.

use crate::output::table::{self, Kind, Kind::*};
use ::parquet::basic::{LogicalType, Repetition, Type as Physical};
use ::parquet::column::writer::ColumnWriter;
use ::parquet::data_type::ByteArray;
use ::parquet::errors::Result;
use ::parquet::file::writer::SerializedColumnWriter;
use ::parquet::schema::types::{Type, TypePtr};
use std::sync::Arc;

/// A column of a flat table, as the file's schema has it.
pub(super) fn schema(name: &str, kind: Kind) -> Result<TypePtr> {
    let physical = physical(kind);
    let logical = (physical == Physical::BYTE_ARRAY).then_some(LogicalType::String);
    let repetition = if kind.is_optional() { Repetition::OPTIONAL } else { Repetition::REQUIRED };
    let column =
        Type::primitive_type_builder(name, physical).with_repetition(repetition).with_logical_type(logical);
    column.build().map(Arc::new)
}

fn physical(kind: Kind) -> Physical {
    match kind {
        Text | TextOrNull => Physical::BYTE_ARRAY,
        Int | IntOrNull => Physical::INT64,
        Float | FloatOrNull => Physical::DOUBLE,
        Bool | BoolOrNull => Physical::BOOLEAN,
    }
}

/// The values of a column, nulls left out.
#[derive(Debug)]
pub(super) enum Values {
    Text(Vec<ByteArray>),
    Int(Vec<i64>),
    Float(Vec<f64>),
    Bool(Vec<bool>),
}

/// The values of a column and where they stand.
#[derive(Debug)]
pub(super) struct Column {
    pub(super) values: Values,
    /// for columns that may lack values: how many of the things on the way to the value that may be lacking are there;
    /// in a flat table 1 where there is a value and 0 where there is none
    pub(super) definition: Option<Vec<i16>>,
    /// for columns within lists: which of the lists on the way goes on here, 0 where a row begins
    pub(super) repetition: Option<Vec<i16>>,
}

impl Column {
    pub(super) fn new(of: Physical, is_defined: bool, is_repeated: bool) -> Self {
        let values = match of {
            Physical::INT64 => Values::Int(Vec::new()),
            Physical::DOUBLE => Values::Float(Vec::new()),
            Physical::BOOLEAN => Values::Bool(Vec::new()),
            _ => Values::Text(Vec::new()),
        };
        Self { values, definition: is_defined.then(Vec::new), repetition: is_repeated.then(Vec::new) }
    }

    pub(super) fn has_values(&self) -> bool {
        match &self.values {
            Values::Text(values) => !values.is_empty(),
            Values::Int(values) => !values.is_empty(),
            Values::Float(values) => !values.is_empty(),
            Values::Bool(values) => !values.is_empty(),
        }
    }

    pub(super) fn write(&self, writer: &mut SerializedColumnWriter<'_>) -> Result<()> {
        let (defined, repeated) = (self.definition.as_deref(), self.repetition.as_deref());
        match (&self.values, writer.untyped()) {
            (Values::Text(v), ColumnWriter::ByteArrayColumnWriter(w)) => {
                w.write_batch(v, defined, repeated)?
            }
            (Values::Int(v), ColumnWriter::Int64ColumnWriter(w)) => w.write_batch(v, defined, repeated)?,
            (Values::Float(v), ColumnWriter::DoubleColumnWriter(w)) => w.write_batch(v, defined, repeated)?,
            (Values::Bool(v), ColumnWriter::BoolColumnWriter(w)) => w.write_batch(v, defined, repeated)?,
            _ => 0,
        };
        Ok(())
    }
}

/// The rows of one flat table, by columns.
#[derive(Debug)]
pub(super) struct Rows {
    pub(super) columns: Vec<Column>,
    at: usize,
}

impl Rows {
    pub(super) fn new(columns: &[(&str, Kind)]) -> Self {
        let column = |kind: Kind| Column::new(physical(kind), kind.is_optional(), false);
        Self { columns: columns.iter().map(|(_, kind)| column(*kind)).collect(), at: 0 }
    }
}

macro_rules! put {
    ($name:ident, $variant:ident, $from:ty, $into:expr) => {
        fn $name(&mut self, value: Option<$from>) -> &mut Self {
            let column = &mut self.columns[self.at];
            self.at += 1;
            if let Some(defined) = &mut column.definition {
                defined.push(i16::from(value.is_some()));
            }
            match (&mut column.values, value) {
                (Values::$variant(values), Some(value)) => values.push($into(value)),
                (_, None) => {}
                _ => debug_assert!(false, "a value of another kind than the column's"),
            }
            self
        }
    };
}

impl table::Rows for Rows {
    /// Its copies share the bytes.
    type Key = ByteArray;

    fn key_of(id: String) -> ByteArray {
        ByteArray::from(id.into_bytes())
    }

    fn key(&mut self, id: &ByteArray) -> &mut Self {
        if let Values::Text(values) = &mut self.columns[self.at].values {
            values.push(id.clone());
        }
        self.at += 1;
        self
    }

    put!(text_or, Text, String, |s: String| ByteArray::from(s.into_bytes()));
    put!(int_or, Int, u32, i64::from);
    put!(float_or, Float, f64, std::convert::identity);
    put!(bool_or, Bool, bool, std::convert::identity);

    fn end(&mut self) {
        debug_assert_eq!(self.at, self.columns.len(), "a row has a value for each column");
        self.at = 0;
    }
}
