//! A JSON document: one article, or a list of them, of which only the one at work is held.

use super::held::Held;
use super::object::{self, Fault};
use super::stream::{Flow, Give, Stream, unreadable, without_bom};
use super::{Content, Entry, Format, Settings, fields, jsonl, records, too_long, utf8};
use crate::error::{Error, Result};

pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "one document: an article's object, or a list of them; fields as in jsonl",
    extensions: &["json"],
    // an object that goes on after its first line is a document; jsonl has it whole on one line
    begins: |bytes| match bytes.trim_ascii_start() {
        [b'[', rest @ ..] => rest.trim_ascii_start().starts_with(b"{"),
        object @ [b'{', ..] => {
            let line = memchr::memchr(b'\n', object).map(|end| object[..end].trim_ascii_end());
            line.is_some_and(|line| !line.ends_with(b"}"))
        }
        _ => false,
    },
    plain: true,
    read,
};

fn read(stream: &mut Stream<'_>, give: &mut Give<'_>) -> Flow {
    // many a file of JSON lines is called .json
    let first = stream.bytes.fill_buf().map(without_bom).unwrap_or_default();
    if !(FORMAT.begins)(first) && (jsonl::FORMAT.begins)(first) {
        return (jsonl::FORMAT.read)(stream, give);
    }
    let name = stream.name.clone();
    let mut list = List { held: Held::new(&mut *stream.bytes), most: stream.settings.max_article };
    match list.is_list() {
        Ok(true) => {}
        Ok(false) => {
            let settings = stream.settings.clone();
            return give(match list.rest() {
                Ok(bytes) => Entry::either(bytes.len(), move || {
                    parse(bytes, 1, &settings).map_err(|e| e.in_file(&name))
                }),
                Err(e) => Entry::failed(e.in_file(&name)),
            });
        }
        Err(e) => return give(Entry::failed(e.in_file(&name))),
    }
    for number in 1.. {
        let start = match list.start() {
            Ok(true) => (list.held.line, list.held.offset),
            Ok(false) => break,
            Err(e) => return give(Entry::failed(e.in_file(&name).at_offset(list.held.offset))),
        };
        let name = name.clone();
        let settings = stream.settings.clone();
        match list.element() {
            Ok(bytes) if bytes.len() > list.most => {
                let e = too_long(list.most).in_file(&name);
                give(Entry::failed(e.at_line(start.0).at_offset(start.1)))?;
            }
            Ok(bytes) => give(Entry::either(bytes.len(), move || {
                parse(bytes, start.0, &settings).map_err(|e| {
                    let message = format!("article {number} of the document: {}", e.message());
                    e.with_message(message).in_file(&name).at_offset(start.1)
                })
            }))?,
            // where one element has no end there is no telling where the next begins
            Err(e) => return give(Entry::failed(e.in_file(&name).at_line(start.0).at_offset(start.1))),
        }
    }
    Flow::Continue(())
}

/// Cuts a list into its elements by brackets and strings alone.
struct List<'a> {
    held: Held<'a>,
    most: usize,
}

impl List<'_> {
    fn is_list(&mut self) -> Result<bool> {
        self.held.skip_bom().map_err(|e| unreadable(&e))?;
        let list = self.peek()? == Some(b'[');
        if list {
            self.held.skip(1);
        }
        Ok(list)
    }

    /// The next byte that is not white space.
    fn peek(&mut self) -> Result<Option<u8>> {
        loop {
            let bytes = self.held.bytes();
            let white = bytes.len() - bytes.trim_ascii_start().len();
            self.held.skip(white);
            if let Some(byte) = self.held.bytes().first() {
                return Ok(Some(*byte));
            }
            if !self.held.more().map_err(|e| unreadable(&e))? {
                return Ok(None);
            }
        }
    }

    fn rest(&mut self) -> Result<Vec<u8>> {
        while self.held.bytes().len() <= self.most {
            if !self.held.more().map_err(|e| unreadable(&e))? {
                return Ok(self.held.take(self.held.bytes().len()));
            }
        }
        Err(too_long(self.most))
    }

    /// Goes to the next element; false at the list's end.
    fn start(&mut self) -> Result<bool> {
        loop {
            match self.peek()? {
                Some(b',') => self.held.skip(1),
                Some(b']') => return Ok(false),
                // an element that begins with it would be none, time and again
                Some(b'}') => {
                    let message = "broken JSON: a brace closes what none has opened; mend the list there";
                    return Err(Error::input(message).at_line(self.held.line));
                }
                Some(_) => return Ok(true),
                None => {
                    return Err(Error::input("broken JSON: the list has no end; the file may be cut short")
                        .at_line(self.held.line));
                }
            }
        }
    }

    fn element(&mut self) -> Result<Vec<u8>> {
        let (mut at, mut depth, mut in_string) = (0, 0_usize, false);
        loop {
            while let Some(&byte) = self.held.bytes().get(at) {
                if in_string {
                    match byte {
                        b'"' => in_string = false,
                        b'\\' => at += 1,
                        _ => {
                            let rest = &self.held.bytes()[at..];
                            at += memchr::memchr2(b'"', b'\\', rest).unwrap_or(rest.len());
                            continue;
                        }
                    }
                } else {
                    match byte {
                        b'"' => in_string = true,
                        b'{' | b'[' => depth += 1,
                        b'}' | b']' if depth > 0 => depth -= 1,
                        b',' | b']' | b'}' if depth == 0 => return Ok(self.held.take(at)),
                        _ => {}
                    }
                }
                at += 1;
            }
            if at > self.most {
                return Err(too_long(self.most));
            }
            if !self.held.more().map_err(|e| unreadable(&e))? {
                return Err(Error::input(
                    "broken JSON: an article of the list has no end; the file may be cut short",
                ));
            }
        }
    }
}

fn parse(bytes: Vec<u8>, line: usize, settings: &Settings) -> Result<Content> {
    let further = |e: Error| {
        let in_bytes = e.line().unwrap_or(1);
        e.at_line(line + in_bytes - 1)
    };
    let text = utf8(bytes).map_err(further)?;
    records::either(text.as_bytes(), settings, |names| match object::read(&text, names, &settings.limits) {
        Ok(object) => fields::named(object, names),
        Err(Fault::NoObject) => fields::named(serde_json::Map::new(), names),
        Err(Fault::Large(e)) => Err(further(e)),
        Err(Fault::Broken(e)) => {
            let message = format!(
                "broken JSON at {}; mend it, or say --from jsonl where each line is an object",
                jsonl::fault(&e)
            );
            Err(further(Error::input(message).at_line(e.line())))
        }
    })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{begin, told};
    use super::*;

    #[test]
    fn a_document_a_list_and_lines() {
        for (json, want) in [
            ("{\n \"id\": 1, \"text\": \"x\"}", &["1=x"][..]),
            (
                "[{\"id\": 1, \"text\": \"x]\\\"\"}, {\"id\": 2, \"text\": \"y\", \"l\": [1]}]",
                &["1=x]\"", "2=y"],
            ),
            ("{\"id\": 1, \"text\": \"x\"}\n{\"id\": 2, \"text\": \"y\"}\n", &["1=x", "2=y"]),
            ("[]", &[]),
            (
                "[{\"id\": 1, \"text\": \"x\"}, {\n \"id\": 2 \"text\": 1}]",
                &["1=x", "a:2: article 2 of the document: broken JSON at column 10"],
            ),
            (
                "[{\"id\": 1, \"text\": \"x\"},\n {\"id\": 2",
                &["1=x", "a:2: broken JSON: an article of the list has no end"],
            ),
            ("[{\"id\": 1, \"text\": \"x\"}", &["a:1: broken JSON: an article of the list has no end"]),
            ("[{\"id\": 1, \"text\": \"x\"},", &["1=x", "a:1: broken JSON: the list has no end"]),
            ("[}", &["a:1: broken JSON: a brace closes what none has opened"]),
            (
                "[{\"id\": 1, \"text\": \"x\"}},\n{\"id\": 2, \"text\": \"y\"}]",
                &["1=x", "a:1: broken JSON: a brace closes"],
            ),
            ("[1]", &["a: article 1 of the document: has no text"]),
        ] {
            begin(&told(&FORMAT, Settings::default(), json.as_bytes()), want);
        }
        let short = Settings { max_article: 30, ..Settings::default() };
        let long = format!("[{{\"text\": \"x\"}}, {{\"text\": \"{}\"}}]", "y".repeat(50));
        begin(&told(&FORMAT, short, long.as_bytes()), &["08", "a:1: the article is longer than 30 bytes"]);
    }
}
