//! The record as compact JSON: what serde_json writes, byte for byte, in a third of the time.
//!
//! Takes a [`Record`], returns bytes. A record is mostly keys and short strings; serde_json looks at each of their
//! bytes for what must be escaped. Here keys are copied, and strings are looked at by sixteen bytes.

use super::Record;
use serde::ser::{self, Impossible, Serialize, Serializer};
use serde_json::{Error, Result};

impl Record {
    /// The record as one line of JSON, without the line's end.
    pub fn to_json(&self) -> Vec<u8> {
        let mut json = Vec::with_capacity(1 << 14);
        // a record has string keys: nothing can fail
        self.serialize(Json(&mut json)).map(|()| json).unwrap_or_default()
    }
}

/// Writes a value.
struct Json<'a>(&'a mut Vec<u8>);

/// Writes what a list or an object holds.
struct Within<'a> {
    json: &'a mut Vec<u8>,
    /// what stands before the next item: the bracket that opens, or a comma
    before: u8,
    close: u8,
}

impl<'a> Within<'a> {
    fn list(json: &'a mut Vec<u8>) -> Self {
        Self { json, before: b'[', close: b']' }
    }

    fn object(json: &'a mut Vec<u8>) -> Self {
        Self { json, before: b'{', close: b'}' }
    }

    #[inline]
    fn item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.json.push(std::mem::replace(&mut self.before, b','));
        value.serialize(Json(self.json))
    }

    /// Inlined, so that a key is copied by a few instructions that know its length.
    #[inline(always)]
    fn field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<()> {
        self.json.reserve(key.len() + 4);
        self.json.push(std::mem::replace(&mut self.before, b','));
        self.json.push(b'"');
        self.json.extend_from_slice(key.as_bytes());
        self.json.push(b'"');
        self.json.push(b':');
        value.serialize(Json(self.json))
    }

    fn finish(self) -> Result<()> {
        if self.before != b',' {
            self.json.push(self.before);
        }
        self.json.push(self.close);
        Ok(())
    }
}

/// Whether a byte cannot stand in a string as it is.
#[inline]
fn is_escaped(byte: u8) -> bool {
    byte < 0x20 || byte == b'"' || byte == b'\\'
}

/// How many bytes at the start can stand as they are.
#[inline]
fn plain(bytes: &[u8]) -> usize {
    let (blocks, _) = bytes.as_chunks::<16>();
    let clean = |block: &[u8; 16]| !block.iter().fold(false, |any, &byte| any | is_escaped(byte));
    let start = 16 * blocks.iter().take_while(|block| clean(block)).count();
    start + bytes[start..].iter().take_while(|byte| !is_escaped(**byte)).count()
}

fn string(json: &mut Vec<u8>, text: &str) {
    json.push(b'"');
    let mut rest = text.as_bytes();
    loop {
        let (clean, after) = rest.split_at(plain(rest));
        json.extend_from_slice(clean);
        let Some((&byte, after)) = after.split_first() else { break };
        match byte {
            b'"' => json.extend_from_slice(b"\\\""),
            b'\\' => json.extend_from_slice(b"\\\\"),
            b'\n' => json.extend_from_slice(b"\\n"),
            b'\r' => json.extend_from_slice(b"\\r"),
            b'\t' => json.extend_from_slice(b"\\t"),
            0x08 => json.extend_from_slice(b"\\b"),
            0x0c => json.extend_from_slice(b"\\f"),
            _ => {
                let digit = |n: u8| b"0123456789abcdef"[usize::from(n & 15)];
                json.extend_from_slice(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte)]);
            }
        }
        rest = after;
    }
    json.push(b'"');
}

macro_rules! integers {
    ($($name:ident $type:ty)*) => {$(
        #[inline]
        fn $name(self, value: $type) -> Result<()> {
            self.0.extend_from_slice(itoa::Buffer::new().format(value).as_bytes());
            Ok(())
        }
    )*};
}

impl<'a> Serializer for Json<'a> {
    type Ok = ();
    type Error = Error;
    type SerializeSeq = Within<'a>;
    type SerializeTuple = Within<'a>;
    type SerializeTupleStruct = Within<'a>;
    type SerializeTupleVariant = Impossible<(), Error>;
    type SerializeMap = Within<'a>;
    type SerializeStruct = Within<'a>;
    type SerializeStructVariant = Impossible<(), Error>;

    integers! {
        serialize_i8 i8 serialize_i16 i16 serialize_i32 i32 serialize_i64 i64
        serialize_u8 u8 serialize_u16 u16 serialize_u64 u64
    }

    /// Most are offsets of a few digits: made in a register, and eight bytes copied of which as many are kept as there are digits.
    #[inline]
    fn serialize_u32(self, value: u32) -> Result<()> {
        let (mut digits, mut rest) = (0u64, value);
        let mut length = 0;
        loop {
            digits = digits << 8 | u64::from(b'0' as u32 + rest % 10);
            length += 1;
            rest /= 10;
            if rest == 0 {
                break;
            }
            if length == 8 {
                return self.serialize_u64(u64::from(value));
            }
        }
        let end = self.0.len() + length;
        self.0.extend_from_slice(&digits.to_le_bytes());
        self.0.truncate(end);
        Ok(())
    }

    fn serialize_bool(self, value: bool) -> Result<()> {
        self.0.extend_from_slice(if value { b"true" } else { b"false" });
        Ok(())
    }

    fn serialize_f32(self, value: f32) -> Result<()> {
        serde_json::to_writer(self.0, &value)
    }

    fn serialize_f64(self, value: f64) -> Result<()> {
        serde_json::to_writer(self.0, &value)
    }

    fn serialize_char(self, value: char) -> Result<()> {
        self.serialize_str(value.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, value: &str) -> Result<()> {
        string(self.0, value);
        Ok(())
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<()> {
        self.collect_seq(value)
    }

    fn serialize_none(self) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<()> {
        self.0.extend_from_slice(b"null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<()> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<()> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<()> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<()> {
        let mut object = Within::object(self.0);
        object.field(variant, value)?;
        object.finish()
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Within<'a>> {
        Ok(Within::list(self.0))
    }

    fn serialize_tuple(self, _: usize) -> Result<Within<'a>> {
        Ok(Within::list(self.0))
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Within<'a>> {
        Ok(Within::list(self.0))
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeTupleVariant> {
        Err(ser::Error::custom(variant))
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Within<'a>> {
        Ok(Within::object(self.0))
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Within<'a>> {
        Ok(Within::object(self.0))
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Self::SerializeStructVariant> {
        Err(ser::Error::custom(variant))
    }
}

macro_rules! lists {
    ($($of:ident $item:ident)*) => {$(
        impl ser::$of for Within<'_> {
            type Ok = ();
            type Error = Error;
            #[inline]
            fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
                self.item(value)
            }
            fn end(self) -> Result<()> {
                self.finish()
            }
        }
    )*};
}
lists! { SerializeSeq serialize_element SerializeTuple serialize_element SerializeTupleStruct serialize_field }

impl ser::SerializeStruct for Within<'_> {
    type Ok = ();
    type Error = Error;

    #[inline(always)]
    fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<()> {
        self.field(key, value)
    }

    fn end(self) -> Result<()> {
        self.finish()
    }
}

impl ser::SerializeMap for Within<'_> {
    type Ok = ();
    type Error = Error;

    /// Keys of a record's maps are strings.
    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<()> {
        self.item(key)
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<()> {
        self.json.push(b':');
        value.serialize(Json(self.json))
    }

    fn end(self) -> Result<()> {
        self.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Article, Pipeline};

    /// What both write must be the same.
    fn same(record: &Record) {
        let (ours, theirs) = (record.to_json(), serde_json::to_vec(record).unwrap());
        assert_eq!(String::from_utf8_lossy(&ours), String::from_utf8_lossy(&theirs));
    }

    #[test]
    fn as_serde_json_writes() {
        let text = "“We lost 3.5 million,” Ana Brandt said.\n\nShe \"denied\" it:\t5 to 7 of 12 boats \\ rafts sank.";
        let mut record = Pipeline::default().run(&Article::new("a/\"1\"\u{7f}", text));
        assert!(!record.claims.is_empty() && !record.attributions.is_empty());
        same(&record);
        record.text = Some((0..300).filter_map(char::from_u32).collect());
        let json =
            r#"{"a": [1, -2, 1e300, 0.1, null, true, {}], "é\n": {"b": [], "c": "\u0001 fifteen bytes…"}}"#;
        record.meta.extra = serde_json::from_str(json).unwrap();
        record.claims[0].value = Some(f64::NAN);
        same(&record);
        for length in [0, 9, 10, 1_234_567, 99_999_999, 100_000_000, u32::MAX] {
            record.length = length;
            same(&record);
        }
        for length in 0..40 {
            record.id = format!("{}\"{}", "x".repeat(length), "y".repeat(40 - length));
            same(&record);
        }
    }
}
