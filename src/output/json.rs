//! One JSON document for people to read: a list of the records, also where there is but one or none.

use super::destination::Out;
use super::{Destination, Format, Piece, Sink, compact, pretty};
use crate::error::Result;
use std::io::{self, Write};

pub(super) const FORMAT: Format = Format {
    name: "json",
    about: "one document: a list of the records, laid out for reading",
    extensions: &["json"],
    folder: false,
    code_points: false,
    encode: |article, record| {
        let compact = compact(record);
        Piece {
            id: article.id.clone(),
            parts: vec![pretty(&String::from_utf8_lossy(&compact), 1).into_bytes()],
        }
    },
    open,
};

fn open(destination: &Destination) -> Result<Box<dyn Sink>> {
    Ok(Box::new(List { out: destination.open()?, begun: false }))
}

struct List {
    out: Out,
    begun: bool,
}

impl Sink for List {
    fn put(&mut self, piece: &Piece) -> io::Result<()> {
        self.out.write_all(if self.begun { b",\n  " } else { b"[\n  " })?;
        self.begun = true;
        piece.parts.iter().try_for_each(|part| self.out.write_all(part))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })?;
        self.out.finish()
    }
}
