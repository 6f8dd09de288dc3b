//! A value of a record → its column, as serde walks it.

use super::{Column, Full, Put};
use serde::ser::{self, Impossible, Serialize, SerializeMap, SerializeStruct};
use serde_json::{Map, Value};

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
