//! Records → files and standard output.
//!
//! Owns the table of output formats, [`FORMATS`]: to add one is one file here and one row there; `--to` and its help
//! follow. A record is encoded by whatever thread made it ([`Format::encode`]) and put in the order of the articles
//! ([`Sink::put`]). A file appears under its name only when the run is done ([`Sink::finish`]); what is saved on the way
//! ([`Sink::save`]) can be gone on with, and the bytes are those of a run that went through.

mod brat;
mod destination;
mod json;
mod jsonl;
mod packed;
#[cfg(feature = "formats")]
mod parquet;
mod pretty;
pub mod table;
pub(crate) mod terminal;

#[cfg(feature = "cli")]
pub(crate) use self::destination::folder_of;
pub use self::destination::{Destination, Out, beside, remove_unfinished};
pub use self::pretty::pretty;

use crate::error::Result;
use crate::pipeline::Article;
use crate::record::{Record, RecordView};
use std::io;
use std::path::Path;

/// Opens a destination; after what was saved, where that is given.
pub type Open = fn(&Destination, Option<u64>) -> Result<Box<dyn Sink>>;

/// An output format: a row of [`FORMATS`].
#[derive(Debug)]
pub struct Format {
    /// What `--to` calls it.
    pub name: &'static str,
    /// What it is, for the help.
    pub about: &'static str,
    /// The endings of file names, in lower case, that mean it; `.gz` and `.zst` may follow where it is packed.
    pub extensions: &'static [&'static str],
    /// Whether it writes a folder of files rather than one file or standard output.
    pub folder: bool,
    /// Whether it is compressed where the file's name ends in `.gz` or `.zst`.
    pub packed: bool,
    /// Whether a run that ended early can be gone on with.
    pub resumable: bool,
    /// Whether its offsets are code points whatever the run asks for.
    pub code_points: bool,
    /// What is to be put for one article. Runs on many threads at once.
    pub encode: fn(&Article, RecordView<'_>) -> Piece,
    /// Opens the destination; after what was saved, where that is given.
    pub open: Open,
}

/// Every output format; the first is the one where nothing says otherwise.
#[cfg(feature = "formats")]
pub const FORMATS: &[Format] = &[jsonl::FORMAT, json::FORMAT, parquet::FLAT, parquet::NESTED, brat::FORMAT];
/// Every output format; the first is the one where nothing says otherwise.
#[cfg(not(feature = "formats"))]
pub const FORMATS: &[Format] = &[jsonl::FORMAT, json::FORMAT, brat::FORMAT];

impl Format {
    /// The format that `--to` calls so.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|f| f.name == name)
    }

    /// The format that the ending of a file's name means.
    pub fn of_name(path: &Path) -> Option<&'static Self> {
        let of = |path: &Path| {
            let extension = path.extension()?.to_str()?.to_ascii_lowercase();
            FORMATS.iter().find(|f| f.extensions.contains(&extension.as_str()))
        };
        of(path).or_else(|| {
            let packed =
                matches!(path.extension()?.to_str()?.to_ascii_lowercase().as_str(), "gz" | "zst" | "zstd");
            of(&path.with_extension("")).filter(|f| packed && f.packed)
        })
    }
}

/// One article's share of the output.
#[derive(Debug)]
pub enum Piece {
    /// A piece of the one file.
    Bytes(Vec<u8>),
    /// Files of its own in a folder, named by the article's id.
    Files(String, Vec<Vec<u8>>),
    /// The record itself, for formats that write many at once.
    Record(Box<Record>),
    /// The record as JSON, and its size, for formats that go by the record's keys.
    Json(serde_json::Value, usize),
}

impl Piece {
    /// How many bytes it holds on to, about.
    pub fn size(&self) -> usize {
        match self {
            Self::Bytes(bytes) => bytes.len(),
            Self::Files(_, files) => files.iter().map(Vec::len).sum(),
            Self::Record(record) => room(record),
            Self::Json(_, size) => *size,
        }
    }
}

/// How many bytes a record holds on to, about, whether its strings are its own or not.
fn room<S>(record: &Record<S>) -> usize {
    4 * record.length as usize + 200 * (record.attributions.len() + record.claims.len())
}

/// Where pieces go, in the order of the articles.
pub trait Sink {
    /// Puts the next piece.
    ///
    /// # Errors
    /// What the system says; a broken pipe means that the reader has had enough.
    fn put(&mut self, piece: Piece) -> io::Result<()>;

    /// Sends what is buffered on its way, for a reader that waits.
    ///
    /// # Errors
    /// As for [`Sink::put`].
    fn flush(&mut self) -> io::Result<()>;

    /// Whether everything put so far can be saved: no piece is half within something that is written at once.
    fn is_whole(&self) -> bool {
        false
    }

    /// Makes sure that everything put so far stays, and says how far that is, in the format's own unit.
    ///
    /// # Errors
    /// As for [`Sink::put`].
    fn save(&mut self) -> io::Result<u64> {
        Ok(0)
    }

    /// Nothing more will be put: the output is made whole.
    ///
    /// # Errors
    /// As for [`Sink::put`].
    fn seal(&mut self) -> io::Result<()> {
        Ok(())
    }

    /// Completes the output and gives it its name.
    ///
    /// # Errors
    /// As for [`Sink::put`].
    fn finish(self: Box<Self>) -> io::Result<()>;
}
