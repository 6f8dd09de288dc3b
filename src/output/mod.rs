//! Records → files and standard output.
//!
//! Owns the table of output formats, [`FORMATS`]: to add one is one file here and one row there; `--to` and its help
//! follow. A record is encoded by whatever thread made it ([`Format::encode`]) and put in the order of the articles
//! ([`Sink::put`]). A file appears under its name only when the run is done ([`Sink::finish`]).

mod brat;
mod destination;
mod json;
mod jsonl;
mod pretty;

pub use self::destination::{Destination, remove_unfinished};
pub use self::pretty::pretty;

use crate::error::Result;
use crate::pipeline::Article;
use crate::record::Record;
use std::io;
use std::path::Path;

/// An output format: a row of [`FORMATS`].
#[derive(Debug)]
pub struct Format {
    /// What `--to` calls it.
    pub name: &'static str,
    /// What it is, for the help.
    pub about: &'static str,
    /// The endings of file names, in lower case, that mean it.
    pub extensions: &'static [&'static str],
    /// Whether it writes a folder of files rather than one file or standard output.
    pub folder: bool,
    /// Whether its offsets are code points whatever the run asks for.
    pub code_points: bool,
    /// What is to be put for one article. Runs on many threads at once.
    pub encode: fn(&Article, &Record) -> Piece,
    /// Opens the destination.
    pub open: fn(&Destination) -> Result<Box<dyn Sink>>,
}

/// Every output format; the first is the one where nothing says otherwise.
pub const FORMATS: &[Format] = &[jsonl::FORMAT, json::FORMAT, brat::FORMAT];

impl Format {
    /// The format that `--to` calls so.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|f| f.name == name)
    }

    /// The format that the ending of a file's name means.
    pub fn of_name(path: &Path) -> Option<&'static Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        FORMATS.iter().find(|f| f.extensions.contains(&extension.as_str()))
    }
}

/// One article's share of the output.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The article's id, which names its files in a folder.
    pub id: String,
    /// The bytes of each part: one for a single file, one for each file of a folder.
    pub parts: Vec<Vec<u8>>,
}

/// Where pieces go, in the order of the articles.
pub trait Sink {
    /// Puts the next piece.
    ///
    /// # Errors
    /// What the system says; a broken pipe means that the reader has had enough.
    fn put(&mut self, piece: &Piece) -> io::Result<()>;

    /// Sends what is buffered on its way, for a reader that waits.
    ///
    /// # Errors
    /// As for [`Sink::put`].
    fn flush(&mut self) -> io::Result<()>;

    /// Completes the output and gives it its name.
    ///
    /// # Errors
    /// As for [`Sink::put`].
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// The compact JSON of a record.
fn compact(record: &Record) -> Vec<u8> {
    // a record has string keys and finite numbers: serde_json cannot fail on it
    serde_json::to_vec(record).unwrap_or_default()
}
