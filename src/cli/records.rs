//! Files of records, as `onrecord extract --to jsonl` writes them: read line by line, compressed or not.

use crate::error::{Error, Result};
use crate::input;
use serde::Deserialize;
use serde_json::Value;
use std::io::{BufRead, Read};
use std::path::Path;

/// A line of more bytes is no record.
const LONGEST: u64 = 256 << 20;

/// The lines of a file of records.
pub(super) struct Lines<'a> {
    path: &'a Path,
    bytes: Box<dyn BufRead>,
    number: usize,
}

/// One record, not read but for its id.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// The article's id.
    pub(super) id: String,
    /// Its JSON.
    pub(super) json: String,
    /// Line of the file, from 1.
    pub(super) number: usize,
}

#[derive(Deserialize)]
struct Head {
    schema: String,
    id: String,
}

impl<'a> Lines<'a> {
    /// Opens a file of records.
    pub(super) fn open(path: &'a Path) -> Result<Self> {
        let bytes = input::unpacked(path).map_err(|e| Error::usage(e.message()).in_file(path))?;
        Ok(Self { path, bytes, number: 0 })
    }

    /// The next record.
    pub(super) fn next(&mut self) -> Result<Option<Line>> {
        loop {
            let mut json = String::new();
            let unreadable =
                |e: std::io::Error| Error::usage(format!("cannot be read ({e})")).in_file(self.path);
            let read = self.bytes.by_ref().take(LONGEST).read_line(&mut json).map_err(unreadable)?;
            if read == 0 {
                return Ok(None);
            }
            self.number += 1;
            if read as u64 == LONGEST && !json.ends_with('\n') {
                return Err(self.wrong(self.number, &format!("a line of more than {LONGEST} bytes")));
            }
            if json.trim().is_empty() {
                continue;
            }
            let head: Head = serde_json::from_str(&json)
                .map_err(|e| self.wrong(self.number, &format!("no record ({e})")))?;
            if !head.schema.starts_with("onrecord/") {
                return Err(self.wrong(self.number, &format!("a record of the schema {:?}", head.schema)));
            }
            return Ok(Some(Line { id: head.id, json, number: self.number }));
        }
    }

    /// All of a record.
    pub(super) fn value(&self, line: &Line) -> Result<Value> {
        serde_json::from_str(&line.json).map_err(|e| self.wrong(line.number, &format!("broken JSON ({e})")))
    }

    /// The file.
    pub(super) fn path(&self) -> &Path {
        self.path
    }

    fn wrong(&self, line: usize, what: &str) -> Error {
        let message = format!("{what}; it must hold records as `onrecord extract --to jsonl` writes them");
        Error::usage(message).in_file(self.path).at_line(line)
    }
}
