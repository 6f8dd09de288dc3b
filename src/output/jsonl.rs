//! JSON Lines: one record a line.

use super::packed::Packed;
use super::{Destination, Format, Piece, Sink};
use crate::error::Result;
use std::io;

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    about: "one record a line; compressed where OUT ends in .gz or .zst",
    extensions: &["jsonl", "ndjson"],
    folder: false,
    packed: true,
    resumable: true,
    code_points: false,
    encode: |_, record| {
        let mut line = record.into_json();
        line.reserve_exact(1);
        line.push(b'\n');
        Piece::Bytes(line)
    },
    open,
};

fn open(destination: &Destination, saved: Option<u64>) -> Result<Box<dyn Sink>> {
    Ok(Box::new(Lines(Packed::open(destination, saved)?)))
}

struct Lines(Packed);

impl Sink for Lines {
    fn put(&mut self, piece: Piece) -> io::Result<()> {
        if let Piece::Bytes(line) = piece { self.0.put(&line) } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }

    fn is_whole(&self) -> bool {
        self.0.is_whole()
    }

    fn save(&mut self) -> io::Result<u64> {
        self.0.save()
    }

    fn seal(&mut self) -> io::Result<()> {
        self.0.seal()
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.0.finish()
    }
}
