//! Records → columns of Arrow arrays, value by value, by the shape of the columns alone.
//!
//! A record is serialised straight into the builders of its columns: no value in between, no key looked up where the
//! record's order is the columns'.

use arrow_array::builder::{BooleanBuilder, StringBuilder};
use arrow_array::{ArrayRef, Float64Array, Int64Array, ListArray, StructArray, new_null_array};
use arrow_buffer::{NullBufferBuilder, OffsetBuffer, ScalarBuffer};
use arrow_schema::{ArrowError, DataType};
use onrecord::output::table;
use serde::ser::{self, Impossible, Serialize, SerializeMap, SerializeStruct};
use serde_json::{Map, Value};
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

type Put = Result<(), Full>;

macro_rules! integers {
    ($($name:ident $type:ty)*) => {$(
        #[inline]
        fn $name(self, value: $type) -> Put {
            match self {
                Column::Int { values, there } => {
                    values.push(value as i64);
                    there.append_non_null();
                }
                Column::Float { values, there } => {
                    values.push(value as f64);
                    there.append_non_null();
                }
                other => other.text(&value.to_string())?,
            }
            Ok(())
        }
    )*};
}

impl<'a> ser::Serializer for &'a mut Column {
    type Ok = ();
    type Error = Full;
    type SerializeSeq = Elements<'a>;
    type SerializeTuple = Elements<'a>;
    type SerializeTupleStruct = Elements<'a>;
    type SerializeTupleVariant = Impossible<(), Full>;
    type SerializeMap = Json<'a>;
    type SerializeStruct = Members<'a>;
    type SerializeStructVariant = Impossible<(), Full>;

    integers! {
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64
    }

    fn serialize_bool(self, value: bool) -> Put {
        if let Column::Bool(values) = self {
            values.append_value(value);
            return Ok(());
        }
        self.text(if value { "true" } else { "false" })
    }

    fn serialize_f32(self, value: f32) -> Put {
        self.serialize_f64(value.into())
    }

    fn serialize_f64(self, value: f64) -> Put {
        if let Column::Float { values, there } = self {
            values.push(value);
            there.append_non_null();
            return Ok(());
        }
        self.text(&value.to_string())
    }

    fn serialize_char(self, value: char) -> Put {
        self.text(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Put {
        self.text(value)
    }

    fn serialize_bytes(self, _: &[u8]) -> Put {
        self.none()
    }

    fn serialize_none(self) -> Put {
        self.none()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Put {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Put {
        self.none()
    }

    fn serialize_unit_struct(self, _: &'static str) -> Put {
        self.none()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Put {
        self.text(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Put {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        value: &T,
    ) -> Put {
        value.serialize(self)
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Elements<'a>, Full> {
        Ok(Elements(self))
    }

    fn serialize_tuple(self, _: usize) -> Result<Elements<'a>, Full> {
        Ok(Elements(self))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Elements<'a>, Full> {
        Ok(Elements(self))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Full> {
        Err(Full)
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Json<'a>, Full> {
        Ok(Json { column: self, map: Map::new(), key: String::new() })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Members<'a>, Full> {
        Ok(Members { column: self, at: 0 })
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        _: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Full> {
        Err(Full)
    }
}

/// Puts the elements of a list.
pub(crate) struct Elements<'a>(&'a mut Column);

macro_rules! lists {
    ($($of:ident $item:ident)*) => {$(
        impl ser::$of for Elements<'_> {
            type Ok = ();
            type Error = Full;

            #[inline]
            fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Put {
                match self.0 {
                    Column::List { element, .. } => value.serialize(&mut **element),
                    _ => Ok(()),
                }
            }

            fn end(self) -> Put {
                if let Column::List { ends, there, element } = self.0 {
                    ends.push(i32::try_from(element.len()).map_err(|_| Full)?);
                    there.append_non_null();
                    return Ok(());
                }
                self.0.none()
            }
        }
    )*};
}
lists! { SerializeSeq serialize_element SerializeTuple serialize_element SerializeTupleStruct serialize_field }

/// Puts the members of a struct, which come in the columns' order; what has no column is left out.
pub(crate) struct Members<'a> {
    column: &'a mut Column,
    at: usize,
}

impl SerializeStruct for Members<'_> {
    type Ok = ();
    type Error = Full;

    #[inline]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Put {
        let Column::Struct { names, columns, .. } = &mut *self.column else { return Ok(()) };
        let Some(skipped) = names[self.at..].iter_mut().position(|name| name.is(key)) else { return Ok(()) };
        columns[self.at..self.at + skipped].iter_mut().for_each(Column::null);
        self.at += skipped + 1;
        value.serialize(&mut columns[self.at - 1])
    }

    fn end(self) -> Put {
        let Column::Struct { there, columns, .. } = self.column else { return self.column.none() };
        columns[self.at..].iter_mut().for_each(Column::null);
        there.append_non_null();
        Ok(())
    }
}

/// Puts a map, whose keys are the input's, as JSON: `meta.extra`.
pub(crate) struct Json<'a> {
    column: &'a mut Column,
    map: Map<String, Value>,
    key: String,
}

impl SerializeMap for Json<'_> {
    type Ok = ();
    type Error = Full;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Put {
        if let Ok(Value::String(key)) = serde_json::to_value(key) {
            self.key = key;
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Put {
        let value = serde_json::to_value(value).unwrap_or_default();
        self.map.insert(std::mem::take(&mut self.key), value);
        Ok(())
    }

    fn end(self) -> Put {
        self.column.text(&Value::Object(self.map).to_string())
    }
}

/// The rows of a flat table; of one that is not wanted nothing is kept.
pub(crate) struct Rows {
    pub(crate) columns: Vec<Column>,
    pub(crate) is_wanted: bool,
    /// whether a value found no room
    pub(crate) is_full: bool,
    at: usize,
}

impl Rows {
    pub(crate) fn new(columns: Vec<Column>, is_wanted: bool) -> Self {
        Self { columns, is_wanted, is_full: false, at: 0 }
    }

    #[inline]
    fn put<T: Serialize>(&mut self, value: T) -> &mut Self {
        if self.is_wanted {
            self.is_full |= value.serialize(&mut self.columns[self.at]).is_err();
            self.at += 1;
        }
        self
    }
}

impl table::Rows for Rows {
    type Key = String;

    fn key_of(id: String) -> String {
        id
    }

    fn key(&mut self, id: &String) -> &mut Self {
        self.put(id)
    }

    fn text_or(&mut self, value: Option<String>) -> &mut Self {
        self.put(value)
    }

    fn int_or(&mut self, value: Option<u32>) -> &mut Self {
        self.put(value)
    }

    fn float_or(&mut self, value: Option<f64>) -> &mut Self {
        self.put(value)
    }

    fn bool_or(&mut self, value: Option<bool>) -> &mut Self {
        self.put(value)
    }

    fn end(&mut self) {
        self.at = 0;
    }
}
