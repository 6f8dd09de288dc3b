//! The spans of a record in bytes, whatever the unit that it counts in: converted here apart from the product's own code.

use onrecord::record::OffsetUnit;
use serde_json::Value;

/// A record as JSON with all its spans in bytes and its unit and length forgotten; none where an offset is no place
/// between two characters.
pub fn in_bytes(record: &Value, text: &str, unit: OffsetUnit) -> Option<Value> {
    let width = |c: char| match unit {
        OffsetUnit::Bytes => c.len_utf8(),
        OffsetUnit::Chars => 1,
        OffsetUnit::Utf16 => c.len_utf16(),
    };
    let mut bytes = vec![Some(0)];
    let mut at = 0;
    for c in text.chars() {
        at += c.len_utf8();
        bytes.resize(bytes.len() + width(c) - 1, None);
        bytes.push(Some(at));
    }
    let mut record = record.clone();
    let head = record.as_object_mut()?;
    assert_eq!(head["length"].as_u64()? as usize, bytes.len() - 1, "length in {unit:?}");
    head.remove("length");
    head.remove("offsets");
    convert(&mut record, &bytes)?;
    Some(record)
}

fn convert(value: &mut Value, bytes: &[Option<usize>]) -> Option<()> {
    match value {
        Value::Object(object) => {
            for (key, value) in object.iter_mut() {
                match key.as_str() {
                    "meta" => {}
                    "span" | "number" => span(value, bytes)?,
                    "spans" | "mentions" => {
                        value.as_array_mut()?.iter_mut().try_for_each(|s| span(s, bytes))?
                    }
                    _ => convert(value, bytes)?,
                }
            }
            Some(())
        }
        Value::Array(list) => list.iter_mut().try_for_each(|v| convert(v, bytes)),
        _ => Some(()),
    }
}

fn span(span: &mut Value, bytes: &[Option<usize>]) -> Option<()> {
    for offset in span.as_array_mut()? {
        *offset = (*bytes.get(offset.as_u64()? as usize)?)?.into();
    }
    Some(())
}
