//! A JSON document: one article, or a list of them.

use super::{Articles, Format, Stream, article, jsonl, unreadable, utf8, without_bom};
use crate::error::{Error, Result};
use crate::pipeline::Article;
use serde_json::{Map, Value};
use std::io::{BufRead, Read};
use std::path::Path;

pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "one document: an article's object, or a list of them; fields as in jsonl",
    extensions: &["json"],
    // an object that breaks its first line after the brace is pretty-printed; jsonl has it whole on one line
    begins: |bytes| match bytes.trim_ascii_start() {
        [b'[', rest @ ..] => rest.trim_ascii_start().starts_with(b"{"),
        [b'{', rest @ ..] => {
            rest.trim_ascii_start().len() < rest.len()
                && rest.iter().find(|b| !matches!(b, b' ' | b'\t' | b'\r')) == Some(&b'\n')
        }
        _ => false,
    },
    read,
};

fn read(mut stream: Stream) -> Articles {
    let name = stream.name.clone();
    // many a file of JSON lines is called .json
    let first = stream.bytes.fill_buf().map(without_bom).unwrap_or_default();
    if !(FORMAT.begins)(first) && (jsonl::FORMAT.begins)(first) {
        return (jsonl::FORMAT.read)(stream);
    }
    match values(&mut stream) {
        Ok(values) => Box::new(values.into_iter().enumerate().map(move |(i, v)| one(v, i + 1, &name))),
        Err(e) => Box::new(std::iter::once(Err(e.in_file(&name)))),
    }
}

fn values(stream: &mut Stream) -> Result<Vec<Value>> {
    let mut bytes = Vec::new();
    stream.bytes.read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
    let bytes = without_bom(&bytes);
    let text = utf8(bytes.to_vec())?;
    let value = serde_json::from_str(&text).map_err(|e| {
        let what = e.to_string();
        let what = what.split(" at line ").next().unwrap_or_default();
        Error::input(format!(
            "broken JSON at column {}: {what}; mend it, or say --from jsonl where each line is an object",
            e.column()
        ))
        .at_line(e.line())
    })?;
    Ok(match value {
        Value::Array(list) => list,
        one => vec![one],
    })
}

fn one(value: Value, number: usize, file: &Path) -> Result<Article> {
    let object = match value {
        Value::Object(object) => object,
        _ => Map::new(),
    };
    article(object)
        .map_err(|e| Error::input(format!("article {number} of the document: {}", e.message())).in_file(file))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(text: &'static str) -> Vec<String> {
        let stream = Stream { name: "a.json".into(), id: String::new(), bytes: Box::new(text.as_bytes()) };
        read(stream).map(|a| a.map_or_else(|e| e.to_string(), |a| a.id)).collect()
    }

    #[test]
    fn a_document_a_list_and_lines() {
        assert_eq!(ids("{\n \"id\": 1, \"text\": \"x\"}"), ["1"]);
        assert_eq!(ids("[{\"id\": 1, \"text\": \"x\"}, {\"id\": 2, \"text\": \"y\"}]"), ["1", "2"]);
        assert_eq!(ids("{\"id\": 1, \"text\": \"x\"}\n{\"id\": 2, \"text\": \"y\"}\n"), ["1", "2"]);
        assert_eq!(ids("[]"), Vec::<String>::new());
        assert!(ids("[1,\n 2")[0].starts_with("a.json:2: broken JSON at column"));
        assert!(ids("[1]")[0].contains("article 1 of the document: has no text"));
    }
}
