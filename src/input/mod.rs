//! Files, folders, globs and standard input → articles.
//!
//! Owns the table of input formats, [`FORMATS`]: to add one is one file here and one row there; `--from`, its help
//! and its detection follow. A reader cuts its stream into [`Entry`]s, one an article, in the order of the input, and
//! gives them away one by one; what an article costs to make (JSON, HTML, CSV) is paid by whoever calls
//! [`Entry::read`], on whatever thread. Memory holds the entry at work and no more: one longer than
//! [`Settings::max_article`] is refused. What cannot be read is an entry that fails, and the rest goes on. Texts are
//! left exactly as they were read.

mod body;
#[cfg(feature = "formats")]
mod csv;
mod digest;
#[cfg(feature = "formats")]
mod dom;
#[cfg(feature = "formats")]
mod encoding;
#[cfg(feature = "formats")]
mod fence;
mod fields;
mod find;
mod held;
#[cfg(feature = "formats")]
mod html;
mod json;
mod jsonl;
pub mod limits;
mod names;
mod object;
#[cfg(feature = "formats")]
mod parquet;
mod records;
mod stream;
#[cfg(feature = "formats")]
mod tar;
mod text;
#[cfg(feature = "formats")]
mod warc;

#[cfg(feature = "pages")]
pub(crate) use self::digest::fnv1a;
pub use self::fields::article;
pub use self::find::{File, Found, Place, find};
pub use self::limits::{Limits, MAX_ARTICLE};
pub use self::names::Names;
pub use self::stream::{Flow, Give, Stream, read, unpacked};

use self::limits::too_long;

use crate::error::{Error, Result};
use crate::pipeline::Article;
use crate::record::Record;
use std::path::Path;
use std::sync::Arc;

/// An input format: a row of [`FORMATS`].
#[derive(Debug)]
pub struct Format {
    /// What `--from` calls it.
    pub name: &'static str,
    /// What it is, for the help.
    pub about: &'static str,
    /// The endings of file names, in lower case, that mean it; `.gz` and `.zst` may follow.
    pub extensions: &'static [&'static str],
    /// Whether a file of another ending, or standard input, begins like it.
    pub begins: fn(&[u8]) -> bool,
    /// Whether it is text throughout, so that `--encoding` speaks of the whole stream.
    pub plain: bool,
    /// Cuts an opened input into entries.
    pub read: fn(&mut Stream<'_>, &mut Give<'_>) -> Flow,
}

/// Every input format, in the order in which first bytes are asked: `text` takes what no other does.
#[cfg(feature = "formats")]
pub const FORMATS: &[Format] = &[
    warc::FORMAT,
    parquet::FORMAT,
    tar::FORMAT,
    html::FORMAT,
    json::FORMAT,
    jsonl::FORMAT,
    csv::FORMAT,
    text::FORMAT,
];
/// Every input format, in the order in which first bytes are asked: `text` takes what no other does.
#[cfg(not(feature = "formats"))]
pub const FORMATS: &[Format] = &[json::FORMAT, jsonl::FORMAT, text::FORMAT];

/// Endings of compressed files, which say nothing of what is in them.
const COMPRESSED: [&str; 3] = ["gz", "zst", "zstd"];

/// The name without the ending that compression adds.
fn plain_name(path: &Path) -> std::path::PathBuf {
    match path.extension().and_then(|e| e.to_str()) {
        Some(e) if COMPRESSED.contains(&e.to_ascii_lowercase().as_str()) => path.with_extension(""),
        _ => path.to_owned(),
    }
}

impl Format {
    /// The format that `--from` calls so.
    pub fn named(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|f| f.name == name)
    }

    /// The format that the ending of a file's name means.
    pub fn of_name(path: &Path) -> Option<&'static Self> {
        let extension = plain_name(path).extension()?.to_str()?.to_ascii_lowercase();
        FORMATS.iter().find(|f| f.extensions.contains(&extension.as_str()))
    }

    /// The format that begins like these bytes.
    pub fn of_bytes(bytes: &[u8]) -> &'static Self {
        FORMATS.iter().find(|f| (f.begins)(bytes)).unwrap_or(&text::FORMAT)
    }
}

/// What a run says of its input.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The format; `None` where names and first bytes tell.
    pub format: Option<&'static Format>,
    /// Which field holds what.
    pub names: Names,
    /// The longest article that is read, in bytes as it stands in the input.
    pub max_article: usize,
    /// The bounds of everything else.
    pub limits: Limits,
    /// Whether objects that are records already are read as such.
    pub records: bool,
    /// The encoding of texts; `None` means UTF-8, and what is not is refused.
    #[cfg(feature = "formats")]
    pub encoding: Option<&'static encoding_rs::Encoding>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            format: None,
            names: Names::default(),
            max_article: MAX_ARTICLE,
            limits: Limits::default(),
            records: false,
            #[cfg(feature = "formats")]
            encoding: None,
        }
    }
}

/// What an entry turns out to be.
#[allow(
    clippy::large_enum_variant,
    reason = "it is looked into as soon as it is made; a box is an allocation an article"
)]
pub enum Content {
    /// An article, still to be run.
    Article(Article),
    /// The record of one, where [`Settings::records`] allows.
    Record(Box<Record>),
}

/// An article of the input, cut out but not yet read.
pub struct Entry {
    /// How many bytes it holds on to.
    pub size: usize,
    read: Box<dyn FnOnce() -> Result<Content> + Send>,
}

impl Entry {
    fn new(size: usize, read: impl FnOnce() -> Result<Article> + Send + 'static) -> Self {
        Self::either(size, || read().map(Content::Article))
    }

    fn either(size: usize, read: impl FnOnce() -> Result<Content> + Send + 'static) -> Self {
        Self { size, read: Box::new(read) }
    }

    /// An article that is not to be had.
    pub fn failed(error: Error) -> Self {
        Self { size: 0, read: Box::new(|| Err(error)) }
    }

    /// The article.
    ///
    /// # Errors
    /// An input error that names file, line or record, and the remedy.
    pub fn read(self) -> Result<Article> {
        match (self.read)()? {
            Content::Article(article) => Ok(article),
            Content::Record(_) => {
                Err(Error::input("is a record and no article; name the articles themselves"))
            }
        }
    }

    /// The article, or the record of one.
    ///
    /// # Errors
    /// An input error that names file, line or record, and the remedy.
    pub fn read_either(self) -> Result<Content> {
        (self.read)()
    }
}

/// All articles of one input, for callers to whom it is small.
pub fn articles(file: &File, settings: &Arc<Settings>) -> Vec<Result<Article>> {
    let mut articles = Vec::new();
    let _ = read(file, settings, &Arc::default(), &mut |entry| {
        articles.push(entry.read());
        Flow::Continue(())
    });
    articles
}

/// The bytes as text, or where they cease to be UTF-8 and what to do.
fn utf8(bytes: Vec<u8>) -> Result<String> {
    String::from_utf8(bytes).map_err(|e| {
        let at = e.utf8_error().valid_up_to();
        let bytes = e.as_bytes();
        let line = 1 + memchr::memchr_iter(b'\n', &bytes[..at]).count();
        Error::input(format!(
            "is not UTF-8 (byte 0x{:02X} at offset {at}); say what it is, perhaps --encoding windows-1252",
            bytes[at]
        ))
        .at_line(line)
    })
}

/// What an article's text must be: something to read, and short enough for the record's offsets.
fn check_text(text: &str) -> Result<()> {
    // a mark of byte order is no text either
    if text.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}').is_empty() {
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

    /// What a format reads from bytes: `id=text`, or the error.
    pub(super) fn told(format: &Format, settings: Settings, bytes: &[u8]) -> Vec<String> {
        let mut got = Vec::new();
        let mut source = std::io::BufReader::with_capacity(7, bytes);
        let mut stream = Stream {
            name: Path::new("a").into(),
            id: "a".to_owned(),
            bytes: &mut source,
            file: None,
            settings: &Arc::new(settings),
        };
        let _ = (format.read)(&mut stream, &mut |entry| {
            got.push(match entry.read() {
                Ok(a) => format!("{}={}", a.id, a.text),
                Err(e) => e.to_string(),
            });
            Flow::Continue(())
        });
        got
    }

    /// Each thing told begins as it should.
    pub(super) fn begin(got: &[String], want: &[&str]) {
        assert_eq!(got.len(), want.len(), "{got:#?}");
        for (got, want) in got.iter().zip(want) {
            assert!(got.starts_with(want), "{got} should start with {want}");
        }
    }

    #[test]
    fn formats_are_told_by_name_and_beginning() {
        for (name, want) in [
            ("a.txt", "text"),
            ("A.JSONL", "jsonl"),
            ("b.ndjson.gz", "jsonl"),
            ("c.json", "json"),
            ("c.json.zst", "json"),
        ] {
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

    #[cfg(feature = "formats")]
    #[test]
    fn formats_of_dumps_are_told_by_name_and_beginning() {
        for (name, want) in [
            ("a.csv", "csv"),
            ("a.tsv.gz", "csv"),
            ("a.tgz", "tar"),
            ("a.tar.zst", "tar"),
            ("a.parquet", "parquet"),
        ] {
            assert_eq!(Format::of_name(Path::new(name)).unwrap().name, want, "{name}");
        }
        for (bytes, want) in [
            ("PAR1", "parquet"),
            ("WARC/1.0\r\n", "warc"),
            ("\n<!DOCTYPE HTML>", "html"),
            (",id,url,content,title\n0,1", "csv"),
            ("\"ID\"\t\"Article\"\n", "csv"),
            ("Rain, text and tears\nfell.", "text"),
        ] {
            assert_eq!(Format::of_bytes(bytes.as_bytes()).name, want, "{bytes}");
        }
    }

    #[test]
    fn bad_bytes_are_placed() {
        let e = utf8(b"one\ntw\xE9".to_vec()).unwrap_err();
        assert_eq!(e.line(), Some(2));
        assert!(e.message().contains("0xE9 at offset 6"), "{e}");
    }

    #[test]
    fn a_record_is_no_article() {
        let record = crate::Pipeline::default().run(&Article::new("r", "Rain fell."));
        let settings = Settings { records: true, ..Settings::default() };
        let got = told(Format::named("jsonl").unwrap(), settings, &record.to_json());
        assert_eq!(got, ["is a record and no article; name the articles themselves"]);
    }
}
