//! A record → Python objects, of the keys and shape of the JSON: dicts, lists, strings, numbers, None.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyList, PyString};
use rustc_hash::FxHashMap;
use serde::ser::{self, Serialize};
use std::cell::RefCell;
use std::fmt;

/// The record as a dict.
pub(crate) fn dict<'py>(py: Python<'py>, record: &onrecord::Record) -> PyResult<Bound<'py, PyAny>> {
    let words = Words { py, seen: RefCell::default() };
    record.serialize(&words).map_err(|e| e.0)
}

/// Keys and the words of closed vocabularies, each made once a record.
struct Words<'py> {
    py: Python<'py>,
    seen: RefCell<FxHashMap<(usize, usize), Bound<'py, PyString>>>,
}

impl<'py> Words<'py> {
    /// Static words are told by where they stand, which costs less than to compare them.
    fn word(&self, word: &'static str) -> Bound<'py, PyString> {
        let place = (word.as_ptr() as usize, word.len());
        self.seen.borrow_mut().entry(place).or_insert_with(|| PyString::intern(self.py, word)).clone()
    }
}

#[derive(Debug)]
struct Failure(PyErr);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl ser::Error for Failure {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(PyValueError::new_err(message.to_string()))
    }
}

impl From<PyErr> for Failure {
    fn from(e: PyErr) -> Self {
        Self(e)
    }
}

struct Items<'a, 'py> {
    words: &'a Words<'py>,
    items: Vec<Bound<'py, PyAny>>,
}

struct Pairs<'a, 'py> {
    words: &'a Words<'py>,
    dict: Bound<'py, PyDict>,
    key: Option<Bound<'py, PyAny>>,
}

type Made<'py> = Result<Bound<'py, PyAny>, Failure>;

macro_rules! numbers {
    ($($name:ident $type:ty)*) => {$(
        fn $name(self, value: $type) -> Made<'py> {
            let Ok(number) = value.into_pyobject(self.py);
            Ok(number.into_any())
        }
    )*};
}

impl<'a, 'py> ser::Serializer for &'a Words<'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;
    type SerializeSeq = Items<'a, 'py>;
    type SerializeTuple = Items<'a, 'py>;
    type SerializeTupleStruct = Items<'a, 'py>;
    type SerializeTupleVariant = ser::Impossible<Self::Ok, Failure>;
    type SerializeMap = Pairs<'a, 'py>;
    type SerializeStruct = Pairs<'a, 'py>;
    type SerializeStructVariant = ser::Impossible<Self::Ok, Failure>;

    numbers! {
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64
        serialize_u8 u8 serialize_u16 u16 serialize_u32 u32 serialize_u64 u64
        serialize_f32 f32 serialize_f64 f64
    }

    fn serialize_bool(self, value: bool) -> Made<'py> {
        let Ok(truth) = value.into_pyobject(self.py);
        Ok(truth.to_owned().into_any())
    }

    fn serialize_char(self, value: char) -> Made<'py> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Made<'py> {
        Ok(PyString::new(self.py, value).into_any())
    }

    fn serialize_bytes(self, value: &[u8]) -> Made<'py> {
        let bytes = pyo3::types::PyBytes::new(self.py, value);
        Ok(bytes.into_any())
    }

    fn serialize_none(self) -> Made<'py> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Made<'py> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Made<'py> {
        Ok(self.py.None().into_bound(self.py))
    }

    fn serialize_unit_struct(self, _: &'static str) -> Made<'py> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Made<'py> {
        Ok(self.word(variant).into_any())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Made<'py> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: &T,
    ) -> Made<'py> {
        Err(ser::Error::custom(variant))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items<'a, 'py>, Failure> {
        Ok(Items { words: self, items: Vec::with_capacity(length.unwrap_or_default()) })
    }

    fn serialize_tuple(self, length: usize) -> Result<Items<'a, 'py>, Failure> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _: &'static str, length: usize) -> Result<Items<'a, 'py>, Failure> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant, Failure> {
        Err(ser::Error::custom(variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Pairs<'a, 'py>, Failure> {
        Ok(Pairs { words: self, dict: PyDict::new(self.py), key: None })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Pairs<'a, 'py>, Failure> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant, Failure> {
        Err(ser::Error::custom(variant))
    }
}

macro_rules! lists {
    ($($of:ident $item:ident)*) => {$(
        impl<'py> ser::$of for Items<'_, 'py> {
            type Ok = Bound<'py, PyAny>;
            type Error = Failure;

            fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
                self.items.push(value.serialize(self.words)?);
                Ok(())
            }

            fn end(self) -> Made<'py> {
                Ok(PyList::new(self.words.py, self.items)?.into_any())
            }
        }
    )*};
}
lists! { SerializeSeq serialize_element SerializeTuple serialize_element SerializeTupleStruct serialize_field }

impl<'py> ser::SerializeStruct for Pairs<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), Failure> {
        Ok(self.dict.set_item(self.words.word(key), value.serialize(self.words)?)?)
    }

    fn end(self) -> Made<'py> {
        Ok(self.dict.into_any())
    }
}

impl<'py> ser::SerializeMap for Pairs<'_, 'py> {
    type Ok = Bound<'py, PyAny>;
    type Error = Failure;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Failure> {
        self.key = Some(key.serialize(self.words)?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Failure> {
        let key = self.key.take();
        Ok(self.dict.set_item(key, value.serialize(self.words)?)?)
    }

    fn end(self) -> Made<'py> {
        Ok(self.dict.into_any())
    }
}
