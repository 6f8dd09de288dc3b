//! Records that no run wrote: spans beyond the text, ids of nothing, any float. What reads as a record is written and read
//! back the same, and `view` and `report` show it without falling over.
//!
//! Bytes that begin with `{` are a record's JSON; others say which leaves of a real record to overwrite with what.

#![no_main]

use arbitrary::Unstructured;
use libfuzzer_sys::fuzz_target;
use onrecord::page::{report, view};
use onrecord::record::OffsetUnit;
use onrecord::{Article, Record};
use serde_json::Value;
use std::sync::LazyLock;

const ARTICLE: &str = "River rises\n\nBy Ana Brandt\n\nORLA — Mayor Ilse Marten said on Monday that more than 1,200 people left \
    their homes. “We have 3 boats,” she said. “It is “enough”.”\n\nPolice put the number at 900 to 1,000 people. 😀 “No,” he \
    told them.";

static BASES: LazyLock<[Value; 3]> = LazyLock::new(|| {
    let article = Article::new("a", ARTICLE);
    onrecord_fuzz::UNITS
        .map(|unit: OffsetUnit| serde_json::to_value(onrecord_fuzz::record(&article, unit)).unwrap())
});

/// Overwrites leaves of a record with numbers, strings and nulls.
fn corrupted(bytes: &[u8]) -> arbitrary::Result<Value> {
    let mut bytes = Unstructured::new(bytes);
    let mut record = BASES[bytes.int_in_range(0..=2)?].clone();
    while !bytes.is_empty() {
        let mut at = &mut record;
        while let Value::Object(_) | Value::Array(_) = at {
            let (step, length) = (bytes.arbitrary::<u8>()? as usize, length(at));
            if length == 0 {
                break;
            }
            at = match at {
                Value::Object(object) => object.values_mut().nth(step % length),
                Value::Array(list) => list.get_mut(step % length),
                _ => None,
            }
            .expect("below the length");
        }
        let choice = bytes.arbitrary::<u8>()?;
        overwrite(at, choice, &mut bytes)?;
    }
    Ok(record)
}

fn length(value: &Value) -> usize {
    value.as_array().map(Vec::len).or(value.as_object().map(|o| o.len())).unwrap_or(0)
}

fn overwrite(leaf: &mut Value, choice: u8, bytes: &mut Unstructured<'_>) -> arbitrary::Result<()> {
    *leaf = match (&leaf, choice % 4) {
        (Value::Number(_), 0) => bytes.arbitrary::<u8>()?.into(),
        (Value::Number(_), 1) => bytes.arbitrary::<u32>()?.into(),
        (Value::Number(_), 2) => bytes.arbitrary::<f64>()?.into(),
        (Value::Number(n), _) => (n.as_f64().unwrap_or(0.0) + 1.0).into(),
        (Value::String(_), 0) => bytes.arbitrary::<&str>()?.into(),
        (Value::String(s), 1) => s.to_uppercase().into(),
        (Value::Bool(b), _) => (!b).into(),
        (Value::Array(_), 0) => vec![bytes.arbitrary::<u32>()?, bytes.arbitrary::<u32>()?].into(),
        (Value::Null, 0) => bytes.arbitrary::<u32>()?.into(),
        (Value::Null, 1) => bytes.arbitrary::<&str>()?.into(),
        _ => Value::Null,
    };
    Ok(())
}

fuzz_target!(|bytes: &[u8]| {
    let record = if bytes.first() == Some(&b'{') {
        serde_json::from_slice::<Record>(bytes).ok()
    } else {
        corrupted(bytes).ok().and_then(|value| serde_json::from_value(value).ok())
    };
    let Some(mut record) = record else { return };
    let json = record.to_json();
    let back: Record = serde_json::from_slice(&json).unwrap();
    assert!(back == record, "{back:?} is not {record:?}");
    let text = record.text.take().unwrap_or_else(|| ARTICLE.to_owned());
    let section = view::article(&record, &text, record.length as usize % 3);
    assert!(!section.slug.is_empty());
    assert!(view::page(&[section]).trim_end().ends_with("</html>"));
    let mut tally = report::Tally::default();
    tally.add(&record);
    tally.add(&record);
    let settings =
        report::Settings { title: record.meta.title.clone(), view: record.meta.url.clone(), failed: 0 };
    assert!(report::page(&tally, &settings).trim_end().ends_with("</html>"));
});
