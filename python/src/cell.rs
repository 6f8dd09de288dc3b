//! The rows of a batch that another library made → fields of articles.

use crate::article::Fields;
use crate::capsule::checked;
use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowTimestampType, Date32Type, Date64Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type,
    Int64Type, TimestampMicrosecondType, TimestampMillisecondType, TimestampNanosecondType,
    TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, RecordBatch, make_array};
use arrow_schema::{DataType, Schema, TimeUnit};
use onrecord::{Article, Error, Result};
use serde_json::{Map, Value};

/// The columns of a batch that hold something of an article.
pub(crate) struct Rows {
    columns: Vec<(String, ArrayRef)>,
    /// why no row can be read
    broken: Option<String>,
    length: usize,
}

/// That a schema has what the call takes for text and id, and of types that can be read.
pub(crate) fn check(schema: &Schema, fields: &Fields) -> Result<()> {
    for named in fields.text.iter().chain(&fields.id) {
        let first = named.split('.').next().unwrap_or(named);
        if schema.field_with_name(named).is_err() && schema.field_with_name(first).is_err() {
            let names: Vec<_> = schema.fields().iter().map(|f| f.name().as_str()).collect();
            return Err(Error::usage(format!("there is no column {named:?}; there is {}", names.join(", "))));
        }
    }
    let names = schema.fields().iter().map(|f| f.name());
    let is_text =
        |name: &String| fields.names.article([(name.clone(), "x".into())].into_iter().collect()).is_ok();
    if fields.text.is_none() && !names.clone().any(is_text) {
        // what is said of a line of JSON that has these fields
        fields.names.article(names.map(|name| (name.clone(), Value::Null)).collect())?;
    }
    for field in schema.fields().iter().filter(|f| fields.names.wants(f.name())) {
        if !is_readable(field.data_type()) {
            let (name, of) = (field.name(), field.data_type());
            return Err(Error::usage(format!(
                "column {name:?} is {of}, which is no text; cast it, or leave it out"
            )));
        }
    }
    Ok(())
}

impl Rows {
    pub(crate) fn new(batch: &RecordBatch, fields: &Fields) -> Self {
        let (mut columns, mut broken) = (Vec::new(), None);
        for (field, column) in batch.schema().fields().iter().zip(batch.columns()) {
            if fields.names.wants(field.name()) {
                match sound(field.name(), column) {
                    Ok(column) => columns.push((field.name().clone(), column)),
                    Err(e) => broken = Some(e),
                }
            }
        }
        Self { columns, broken, length: batch.num_rows() }
    }

    pub(crate) fn len(&self) -> usize {
        self.length
    }

    /// The article of a row.
    pub(crate) fn article(&self, row: usize, fields: &Fields) -> Result<Article> {
        let mut wrong = self.broken.as_deref().map(Error::input);
        let cell = |(name, column): &(String, ArrayRef)| {
            let value = value(column, row).unwrap_or_else(|why| {
                wrong = Some(Error::input(format!("column {name:?} {why}")));
                Value::Null
            });
            (name.clone(), value)
        };
        let cells: Map<_, _> = self.columns.iter().map(cell).collect();
        let Some(wrong) = wrong else { return fields.names.article(cells) };
        let article = fields.names.article(cells);
        let id = article.as_ref().map_or_else(Error::article, |article| Some(&article.id));
        Err(match id {
            Some(id) => wrong.of_article(id),
            None => wrong,
        })
    }
}

/// A column that can be read without harm. Text that is not UTF-8 throughout, which Spark lets pass, is read as bytes, so
/// that the rows where it is are told and the others are not lost.
fn sound(name: &str, column: &ArrayRef) -> std::result::Result<ArrayRef, String> {
    let wrong = match checked(column) {
        Ok(()) => return Ok(column.clone()),
        Err(e) => e,
    };
    let bytes = match column.data_type() {
        DataType::Utf8 => DataType::Binary,
        DataType::LargeUtf8 => DataType::LargeBinary,
        DataType::Utf8View => DataType::BinaryView,
        _ => DataType::Null,
    };
    if bytes != DataType::Null
        && let Ok(data) = column.to_data().into_builder().data_type(bytes).build()
    {
        let column = make_array(data);
        if checked(&column).is_ok() {
            return Ok(column);
        }
    }
    Err(format!("column {name:?} is broken ({wrong}); write it again by what made it"))
}

fn is_readable(of: &DataType) -> bool {
    use DataType::*;
    match of {
        List(inner) | LargeList(inner) => is_readable(inner.data_type()),
        Dictionary(_, inner) => is_readable(inner),
        Struct(fields) => fields.iter().all(|f| is_readable(f.data_type())),
        Null | Boolean | Utf8 | LargeUtf8 | Utf8View | Binary | LargeBinary | BinaryView | Date32
        | Date64 | Timestamp(..) => true,
        of => of.is_integer() || matches!(of, Float32 | Float64),
    }
}

/// A value as JSON has it; dates and times as ISO 8601 has them. It goes as deep as the column's type does. Of bytes that
/// are no text it is said what is wrong.
fn value(column: &ArrayRef, row: usize) -> std::result::Result<Value, String> {
    if column.is_null(row) {
        return Ok(Value::Null);
    }
    macro_rules! number {
        ($type:ty) => {
            Value::from(column.as_primitive::<$type>().value(row))
        };
    }
    use DataType::*;
    Ok(match column.data_type() {
        Utf8 => column.as_string::<i32>().value(row).into(),
        LargeUtf8 => column.as_string::<i64>().value(row).into(),
        Utf8View => column.as_string_view().value(row).into(),
        Binary => text(column.as_binary::<i32>().value(row))?,
        LargeBinary => text(column.as_binary::<i64>().value(row))?,
        BinaryView => text(column.as_binary_view().value(row))?,
        Boolean => column.as_boolean().value(row).into(),
        Int8 => number!(Int8Type),
        Int16 => number!(Int16Type),
        Int32 => number!(Int32Type),
        Int64 => number!(Int64Type),
        UInt8 => number!(UInt8Type),
        UInt16 => number!(UInt16Type),
        UInt32 => number!(UInt32Type),
        UInt64 => number!(UInt64Type),
        Float32 => number!(Float32Type),
        Float64 => number!(Float64Type),
        Date32 => date(column.as_primitive::<Date32Type>().value_as_date(row)),
        Date64 => date(column.as_primitive::<Date64Type>().value_as_date(row)),
        Timestamp(unit, zone) => {
            let zone = zone.is_some();
            match unit {
                TimeUnit::Second => time::<TimestampSecondType>(column, row, zone),
                TimeUnit::Millisecond => time::<TimestampMillisecondType>(column, row, zone),
                TimeUnit::Microsecond => time::<TimestampMicrosecondType>(column, row, zone),
                TimeUnit::Nanosecond => time::<TimestampNanosecondType>(column, row, zone),
            }
        }
        List(_) => list(&column.as_list::<i32>().value(row))?,
        LargeList(_) => list(&column.as_list::<i64>().value(row))?,
        Struct(fields) => {
            let columns = column.as_struct().columns();
            let inner = fields.iter().zip(columns);
            let inner = inner.map(|(f, column)| Ok((f.name().clone(), value(column, row)?)));
            Value::Object(inner.collect::<std::result::Result<_, String>>()?)
        }
        Dictionary(..) => {
            let dictionary = column.as_any_dictionary();
            let key = value(&make_array(dictionary.keys().to_data()), row)?;
            key.as_u64().map_or(Ok(Value::Null), |key| value(dictionary.values(), key as usize))?
        }
        _ => Value::Null,
    })
}

fn text(bytes: &[u8]) -> std::result::Result<Value, String> {
    std::str::from_utf8(bytes).map(Value::from).map_err(|e| {
        let at = e.valid_up_to();
        format!(
            "is not UTF-8 (byte 0x{:02X} at offset {at}); decode it first, perhaps from windows-1252",
            bytes[at]
        )
    })
}

fn list(items: &ArrayRef) -> std::result::Result<Value, String> {
    (0..items.len()).map(|i| value(items, i)).collect()
}

fn date(date: Option<impl ToString>) -> Value {
    date.map_or(Value::Null, |d| d.to_string().into())
}

/// Arrow keeps a time that has a zone in UTC.
fn time<T: ArrowTimestampType>(column: &ArrayRef, row: usize, has_zone: bool) -> Value {
    let time = column.as_primitive::<T>().value_as_datetime(row);
    time.map_or(Value::Null, |time| {
        let mark = if has_zone { "Z" } else { "" };
        format!("{}{mark}", time.format("%Y-%m-%dT%H:%M:%S%.f")).into()
    })
}
