//! One JSON document for people to read: a list of the records, also where there is but one or none.

use super::destination::Out;
use super::{Destination, Format, Piece, Sink, pretty};
use crate::error::Result;
use std::io::{self, Write};

pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "one document: a list of the records, laid out for reading",
    extensions: &["json"],
    folder: false,
    packed: false,
    resumable: false,
    code_points: false,
    encode: |_, record| Piece::Bytes(pretty(&String::from_utf8_lossy(&record.to_json()), 1).into_bytes()),
    open,
};

fn open(destination: &Destination, _: Option<u64>) -> Result<Box<dyn Sink>> {
    Ok(Box::new(List { out: destination.open(None)?, begun: false }))
}

struct List {
    out: Out,
    begun: bool,
}

impl Sink for List {
    fn put(&mut self, piece: Piece) -> io::Result<()> {
        let Piece::Bytes(record) = piece else { return Ok(()) };
        self.out.write_all(if self.begun { b",\n  " } else { b"[\n  " })?;
        self.begun = true;
        self.out.write_all(&record)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })?;
        self.out.finish()
    }
}
