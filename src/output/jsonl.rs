//! JSON Lines: one record a line.

use super::destination::Out;
use super::{Destination, Format, Piece, Sink, compact};
use crate::error::Result;
use std::io::{self, Write};

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    about: "one record a line",
    extensions: &["jsonl", "ndjson"],
    folder: false,
    code_points: false,
    encode: |article, record| {
        let mut line = compact(record);
        line.push(b'\n');
        Piece { id: article.id.clone(), parts: vec![line] }
    },
    open,
};

fn open(destination: &Destination) -> Result<Box<dyn Sink>> {
    Ok(Box::new(Lines(destination.open()?)))
}

struct Lines(Out);

impl Sink for Lines {
    fn put(&mut self, piece: &Piece) -> io::Result<()> {
        piece.parts.iter().try_for_each(|part| self.0.write_all(part))
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.0.finish()
    }
}
