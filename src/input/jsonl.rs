//! JSON Lines: one article a line, an object with a text and what is known of it.

use super::{Articles, Format, Stream, article, unreadable, without_bom};
use crate::error::{Error, Result};
use crate::pipeline::Article;
use serde_json::{Map, Value};
use std::io::BufRead;

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    about: "one article a line: {\"id\": …, \"text\": …, \"title\": …, \"url\": …, \"date\": …, \"publisher\": …, \"authors\": …}",
    extensions: &["jsonl", "ndjson"],
    begins: |bytes| bytes.trim_ascii_start().starts_with(b"{"),
    read,
};

fn read(stream: Stream) -> Articles {
    Box::new(Lines { stream, line: 0, buffer: Vec::new(), broken: false })
}

struct Lines {
    stream: Stream,
    line: usize,
    buffer: Vec<u8>,
    /// reading failed: there is no next line
    broken: bool,
}

impl Iterator for Lines {
    type Item = Result<Article>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.broken {
            self.buffer.clear();
            self.line += 1;
            let place = |e: Error| e.in_file(&self.stream.name).at_line(self.line);
            match self.stream.bytes.read_until(b'\n', &mut self.buffer) {
                Ok(0) => return None,
                Ok(_) => {}
                Err(e) => {
                    self.broken = true;
                    return Some(Err(place(unreadable(&e))));
                }
            }
            let line = if self.line == 1 { without_bom(&self.buffer) } else { &self.buffer };
            if !line.trim_ascii().is_empty() {
                return Some(parse(line).map_err(place));
            }
        }
        None
    }
}

fn parse(line: &[u8]) -> Result<Article> {
    let line = std::str::from_utf8(line).map_err(|e| {
        Error::input(format!(
            "the line is not UTF-8 from byte {} on; convert the file, perhaps by: iconv -f WINDOWS-1252 -t UTF-8",
            e.valid_up_to() + 1
        ))
    })?;
    article(serde_json::from_str::<Map<String, Value>>(line).map_err(|e| broken(line, &e))?)
}

fn broken(line: &str, e: &serde_json::Error) -> Error {
    // serde_json counts lines within what it was given: always the first here
    let what = e.to_string();
    let what = what.split(" at line ").next().unwrap_or_default();
    if e.is_data() {
        return Error::input("the line is JSON but no object; each line must be {\"text\": \"…\", …}");
    }
    let hint = if line.trim() == "{" || line.trim() == "[" {
        "one object must stand on one line; for a file of pretty-printed JSON say --from json"
    } else {
        "mend the line or remove it"
    };
    Error::input(format!("broken JSON at column {}: {what}; {hint}", e.column()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &'static [u8]) -> Vec<String> {
        let stream = Stream { name: "a.jsonl".into(), id: String::new(), bytes: Box::new(bytes) };
        read(stream)
            .map(|a| match a {
                Ok(a) => format!("{}={}", a.id, a.text),
                Err(e) => e.to_string(),
            })
            .collect()
    }

    #[test]
    fn bad_lines_are_named_and_the_rest_goes_on() {
        let got = lines(
            b"\xEF\xBB\xBF{\"id\":\"a\",\"text\":\"x\"}\r\n\n{\"id\": \n[1]\n{\"id\":\"b\",\"text\":\"\xFF\"}\n{\"ID\":7,\"body\":\"y\"}",
        );
        let want = [
            "a=x",
            "a.jsonl:3: broken JSON at column ",
            "a.jsonl:4: the line is JSON but no object",
            "a.jsonl:5: the line is not UTF-8 from byte 19 on",
            "7=y",
        ];
        assert_eq!(got.len(), want.len(), "{got:?}");
        for (got, want) in got.iter().zip(want) {
            assert!(got.starts_with(want), "{got} should start with {want}");
        }
    }
}
