//! Columns of values that gather until they are written.

use ::parquet::basic::{LogicalType, Repetition, Type as Physical};
use ::parquet::column::writer::ColumnWriter;
use ::parquet::data_type::ByteArray;
use ::parquet::errors::Result;
use ::parquet::file::writer::SerializedColumnWriter;
use ::parquet::schema::types::{Type, TypePtr};
use std::sync::Arc;

/// What a column holds; the second of each pair may be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    TextOrNull,
    Int,
    IntOrNull,
    Float,
    FloatOrNull,
    Bool,
    BoolOrNull,
}

use Kind::*;

impl Kind {
    pub(super) fn schema(self, name: &str) -> Result<TypePtr> {
        let (physical, logical) = match self {
            Text | TextOrNull => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
            Int | IntOrNull => (Physical::INT64, None),
            Float | FloatOrNull => (Physical::DOUBLE, None),
            Bool | BoolOrNull => (Physical::BOOLEAN, None),
        };
        let repetition = if self.is_optional() { Repetition::OPTIONAL } else { Repetition::REQUIRED };
        let column = Type::primitive_type_builder(name, physical)
            .with_repetition(repetition)
            .with_logical_type(logical);
        column.build().map(Arc::new)
    }

    fn is_optional(self) -> bool {
        matches!(self, TextOrNull | IntOrNull | FloatOrNull | BoolOrNull)
    }
}

#[derive(Debug)]
enum Values {
    Text(Vec<ByteArray>),
    Int(Vec<i64>),
    Float(Vec<f64>),
    Bool(Vec<bool>),
}

#[derive(Debug)]
struct Column {
    values: Values,
    /// 1 where there is a value and 0 where there is none, for columns that may lack some
    present: Option<Vec<i16>>,
}

/// The rows of one table, by columns. A row is put value by value in the columns' order, then ended.
#[derive(Debug)]
pub(super) struct Rows {
    columns: Vec<Column>,
    at: usize,
    pub(super) count: usize,
}

macro_rules! put {
    ($name:ident, $or_null:ident, $variant:ident, $from:ty, $into:expr) => {
        pub(super) fn $name(&mut self, value: $from) -> &mut Self {
            self.$or_null(Some(value))
        }

        pub(super) fn $or_null(&mut self, value: Option<$from>) -> &mut Self {
            let column = &mut self.columns[self.at];
            self.at += 1;
            if let Some(present) = &mut column.present {
                present.push(i16::from(value.is_some()));
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

impl Rows {
    pub(super) fn new(columns: &[(&str, Kind)]) -> Self {
        let column = |kind: Kind| Column {
            values: match kind {
                Text | TextOrNull => Values::Text(Vec::new()),
                Int | IntOrNull => Values::Int(Vec::new()),
                Float | FloatOrNull => Values::Float(Vec::new()),
                Bool | BoolOrNull => Values::Bool(Vec::new()),
            },
            present: kind.is_optional().then(Vec::new),
        };
        Self { columns: columns.iter().map(|(_, kind)| column(*kind)).collect(), at: 0, count: 0 }
    }

    put!(text, text_or, Text, String, |s: String| ByteArray::from(s.into_bytes()));
    put!(int, int_or, Int, u32, i64::from);
    put!(float, float_or, Float, f64, std::convert::identity);
    put!(bool, bool_or, Bool, bool, std::convert::identity);

    /// The key, which many rows share without copies.
    pub(super) fn key(&mut self, id: &ByteArray) -> &mut Self {
        if let Values::Text(values) = &mut self.columns[self.at].values {
            values.push(id.clone());
        }
        self.at += 1;
        self
    }

    pub(super) fn end(&mut self) {
        debug_assert_eq!(self.at, self.columns.len(), "a row has a value for each column");
        self.at = 0;
        self.count += 1;
    }

    /// Writes the column of this number.
    pub(super) fn write(&self, number: usize, writer: &mut SerializedColumnWriter<'_>) -> Result<()> {
        let column = &self.columns[number];
        let present = column.present.as_deref();
        match (&column.values, writer.untyped()) {
            (Values::Text(v), ColumnWriter::ByteArrayColumnWriter(w)) => w.write_batch(v, present, None)?,
            (Values::Int(v), ColumnWriter::Int64ColumnWriter(w)) => w.write_batch(v, present, None)?,
            (Values::Float(v), ColumnWriter::DoubleColumnWriter(w)) => w.write_batch(v, present, None)?,
            (Values::Bool(v), ColumnWriter::BoolColumnWriter(w)) => w.write_batch(v, present, None)?,
            _ => 0,
        };
        Ok(())
    }
}
