//! Files, folders, globs and standard input → articles.
//!
//! Owns the table of input formats, [`FORMATS`]: to add one is one file here and one row there; `--from`, its help
//! and its detection follow. Takes what [`find`] lists; returns articles one by one, so that memory holds only
//! those at work. An article or file that cannot be read is an error in the stream, which then goes on. Leaves the
//! articles' text exactly as it was read.

mod fields;
mod find;
mod json;
mod jsonl;
mod text;

pub use self::fields::article;
pub use self::find::{File, Found, Place, find};

use crate::error::{Error, Result};
use crate::pipeline::Article;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Articles in the order of the input, or why one could not be read.
pub type Articles = Box<dyn Iterator<Item = Result<Article>> + Send>;

/// An input format: a row of [`FORMATS`].
#[derive(Debug)]
pub struct Format {
    /// What `--from` calls it.
    pub name: &'static str,
    /// What it is, for the help.
    pub about: &'static str,
    /// The endings of file names, in lower case, that mean it.
    pub extensions: &'static [&'static str],
    /// Whether a file of another ending, or standard input, begins like it.
    pub begins: fn(&[u8]) -> bool,
    /// Reads the articles of an opened input.
    pub read: fn(Stream) -> Articles,
}

/// Every input format, in the order in which first bytes are asked: `text` takes what no other does.
pub const FORMATS: &[Format] = &[json::FORMAT, jsonl::FORMAT, text::FORMAT];

impl Format {
    /// The format that `--from` calls so.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|f| f.name == name)
    }

    /// The format that the ending of a file's name means.
    pub fn of_name(path: &Path) -> Option<&'static Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        FORMATS.iter().find(|f| f.extensions.contains(&extension.as_str()))
    }

    /// The format that begins like these bytes.
    pub fn of_bytes(bytes: &[u8]) -> &'static Self {
        FORMATS.iter().find(|f| (f.begins)(bytes)).unwrap_or(&text::FORMAT)
    }
}

/// An opened input.
pub struct Stream {
    /// What messages call it.
    pub name: PathBuf,
    /// The id of its article, where it holds but one.
    pub id: String,
    /// Its bytes.
    pub bytes: Box<dyn BufRead + Send>,
}

/// Counts what passes, for the progress bar.
struct Counted<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

const BUFFER: usize = 1 << 17;

/// Opens one input and reads its articles in the format given, else in the one that its name or beginning means.
/// `count` grows by the bytes read.
pub fn open(file: &File, format: Option<&'static Format>, count: &Arc<AtomicU64>) -> Articles {
    match stream(file, format, count) {
        Ok((stream, format)) => (format.read)(stream),
        Err(e) => Box::new(std::iter::once(Err(e))),
    }
}

fn stream(
    file: &File,
    format: Option<&'static Format>,
    count: &Arc<AtomicU64>,
) -> Result<(Stream, &'static Format)> {
    let name = file.place.name();
    let inner: Box<dyn Read + Send> = match &file.place {
        Place::Stdin => Box::new(io::stdin()),
        Place::Path(path) => Box::new(std::fs::File::open(path).map_err(|e| unreadable(&e).in_file(path))?),
    };
    let mut bytes = BufReader::with_capacity(BUFFER, Counted { inner, count: count.clone() });
    let first = bytes.fill_buf().map_err(|e| unreadable(&e).in_file(&name))?;
    if first.is_empty() {
        return Err(Error::input("the file is empty; remove it or leave it out").in_file(&name));
    }
    let format =
        format.or_else(|| Format::of_name(&name)).unwrap_or_else(|| Format::of_bytes(without_bom(first)));
    Ok((Stream { name, id: file.id.clone(), bytes: Box::new(bytes) }, format))
}

fn without_bom(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes)
}

fn unreadable(e: &io::Error) -> Error {
    let remedy = match e.kind() {
        io::ErrorKind::PermissionDenied => "; give yourself the right to read it: chmod u+r",
        io::ErrorKind::NotFound => "; check the path",
        io::ErrorKind::IsADirectory => "; name the folder itself or the files in it",
        _ => "",
    };
    Error::input(format!("cannot be read ({e}){remedy}"))
}

/// The bytes as text, or where they cease to be UTF-8 and what to do.
fn utf8(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        let bytes = e.as_bytes();
        let from = match bytes {
            [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => "UTF-16",
            _ => "WINDOWS-1252",
        };
        let line = 1 + memchr::memchr_iter(b'\n', &bytes[..at]).count();
        Error::input(format!(
            "is not UTF-8 (byte 0x{:02X} at offset {at}); convert it, perhaps by: iconv -f {from} -t UTF-8",
            bytes[at]
        ))
        .at_line(line)
    })
}

/// What an article's text must be: something to read, and short enough for the record's offsets.
fn check_text(text: &str) -> Result<()> {
    if text.trim().is_empty() {
        return Err(Error::input("there is no text, only white space; remove it or leave it out"));
    }
    if u32::try_from(text.len()).is_err() {
        return Err(Error::input("the text is longer than 4 GB; split it into articles"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_name_and_beginning() {
        for (name, want) in
            [("a.txt", "text"), ("A.JSONL", "jsonl"), ("b.ndjson", "jsonl"), ("c.json", "json")]
        {
            assert_eq!(Format::of_name(Path::new(name)).unwrap().name, want, "{name}");
        }
        assert!(Format::of_name(Path::new("x.dat")).is_none());
        for (bytes, want) in [
            ("{\"text\": \"a\"}\n", "jsonl"),
            (" \n[{\"text\"", "json"),
            ("{\n  \"text\": 1}", "json"),
            ("[1] A note.", "text"),
            ("Rain fell.", "text"),
        ] {
            assert_eq!(Format::of_bytes(bytes.as_bytes()).name, want, "{bytes}");
        }
    }

    #[test]
    fn bad_bytes_are_placed() {
        let e = utf8(b"one\ntw\xE9".to_vec()).unwrap_err();
        assert_eq!(e.line(), Some(2));
        assert!(e.message().contains("0xE9 at offset 6"), "{e}");
        assert!(utf8(b"\xFF\xFEa\0".to_vec()).unwrap_err().message().contains("UTF-16"));
    }
}
