//! Records → columns of Arrow arrays, value by value, by the shape of the columns alone.
//!
//! A record is serialised straight into the builders of its columns: no value in between, no key looked up where the
//! record's order is the columns'.

mod rows;
mod serialize;

pub(crate) use self::rows::Rows;
use arrow_array::builder::{BooleanBuilder, StringBuilder};
use arrow_array::{ArrayRef, Float64Array, Int64Array, ListArray, StructArray, new_null_array};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType};
use serde::ser;
use std::fmt;
use std::sync::Arc;

/// A column, or what holds columns.
pub(crate) enum Column {
    Text(StringBuilder),
    Int { values: Vec<i64>, there: NullBufferBuilder },
    Float { values: Vec<f64>, there: NullBufferBuilder },
    Bool(BooleanBuilder),
    List { ends: Vec<i32>, there: NullBufferBuilder, element: Box<Column> },
    Struct { names: Vec<Name>, there: NullBufferBuilder, columns: Vec<Column> },
}

/// The name of a struct's column.
pub(crate) struct Name {
    name: String,
    /// the record's key of this name as it was met last
    key: &'static str,
}

impl Name {
    /// A key that stands where it stood the last time need not be compared letter by letter.
    #[inline]
    fn is(&mut self, key: &'static str) -> bool {
        if std::ptr::eq(self.key, key) {
            return true;
        }
        if self.name != key {
            return false;
        }
        self.key = key;
        true
    }
}

impl Column {
    pub(crate) fn new(of: &DataType) -> Self {
        match of {
            DataType::Int64 => Self::Int { values: Vec::new(), there: NullBufferBuilder::new(64) },
            DataType::Float64 => Self::Float { values: Vec::new(), there: NullBufferBuilder::new(64) },
            DataType::Boolean => Self::Bool(BooleanBuilder::new()),
            DataType::List(element) => Self::List {
                ends: vec![0],
                there: NullBufferBuilder::new(64),
                element: Box::new(Self::new(element.data_type())),
            },
            DataType::Struct(fields) => Self::Struct {
                names: fields.iter().map(|f| Name { name: f.name().clone(), key: "" }).collect(),
                there: NullBufferBuilder::new(64),
                columns: fields.iter().map(|f| Self::new(f.data_type())).collect(),
            },
            _ => Self::Text(StringBuilder::new()),
        }
    }

    /// Puts that there is nothing.
    pub(crate) fn null(&mut self) {
        match self {
            Self::Text(values) => values.append_null(),
            Self::Int { values, there } => {
                values.push(0);
                there.append_null();
            }
            Self::Float { values, there } => {
                values.push(0.0);
                there.append_null();
            }
            Self::Bool(values) => values.append_null(),
            Self::List { ends, there, .. } => {
                ends.extend_from_within(ends.len() - 1..);
                there.append_null();
            }
            Self::Struct { there, columns, .. } => {
                columns.iter_mut().for_each(Self::null);
                there.append_null();
            }
        }
    }

    fn none(&mut self) -> Put {
        self.null();
        Ok(())
    }

    /// Puts a text; says whether there was room for it.
    pub(crate) fn text(&mut self, text: &str) -> Result<(), Full> {
        let Self::Text(values) = self else { return self.none() };
        if values.values_slice().len() + text.len() > i32::MAX as usize {
            return Err(Full);
        }
        values.append_value(text);
        Ok(())
    }

    pub(crate) fn len(&self) -> usize {
        use arrow_array::builder::ArrayBuilder;
        match self {
            Self::Text(values) => values.len(),
            Self::Int { values, .. } => values.len(),
            Self::Float { values, .. } => values.len(),
            Self::Bool(values) => values.len(),
            Self::List { ends, .. } => ends.len() - 1,
            Self::Struct { there, .. } => there.len(),
        }
    }

    /// Fills up with nulls to a length.
    pub(crate) fn fill(&mut self, length: usize) {
        (self.len()..length).for_each(|_| self.null());
    }

    /// What was put, as an array of the type that the column was made for.
    pub(crate) fn finish(self, of: &DataType) -> Result<ArrayRef, ArrowError> {
        Ok(match (self, of) {
            (Self::Text(mut values), _) => Arc::new(values.finish()),
            (Self::Int { values, mut there }, _) => {
                Arc::new(Int64Array::try_new(values.into(), there.finish())?)
            }
            (Self::Float { values, mut there }, _) => {
                Arc::new(Float64Array::try_new(values.into(), there.finish())?)
            }
            (Self::Bool(mut values), _) => Arc::new(values.finish()),
            (Self::List { ends, mut there, element }, DataType::List(field)) => {
                let ends = OffsetBuffer::new(ScalarBuffer::from(ends));
                let values = element.finish(field.data_type())?;
                Arc::new(ListArray::try_new(field.clone(), ends, values, there.finish())?)
            }
            (Self::Struct { mut there, columns, .. }, DataType::Struct(fields)) => {
                let columns = columns.into_iter().zip(fields).map(|(c, f)| c.finish(f.data_type()));
                Arc::new(StructArray::try_new(
                    fields.clone(),
                    columns.collect::<Result<_, _>>()?,
                    there.finish(),
                )?)
            }
            (column, _) => new_null_array(of, column.len()),
        })
    }
}

/// That one column holds as much as a batch can: 2 GB of text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Full;

impl fmt::Display for Full {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the batch's records are more than one batch can hold (2 GB in a column); slice it, or give a stream")
    }
}

impl std::error::Error for Full {}

impl ser::Error for Full {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

/// Whether something found room.
type Put = Result<(), Full>;
