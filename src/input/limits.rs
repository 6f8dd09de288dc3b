//! How much of anything a reader takes: one bound a thing, so that no input, however it is made, costs more memory than
//! a few times the longest article, or more time than its length.
//!
//! `docs/limits.md` tells them, and what happens beyond each; a test holds the page to the numbers here.

use crate::error::Error;
use std::fmt;
use std::io;

/// The longest article that is read where nothing else is said, in bytes.
pub const MAX_ARTICLE: usize = 16 << 20;

/// How much of anything a reader takes. What a run may well want to change has an option of the command line:
/// `--max-article`; the rest is for those who call the library, and for tests.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of memory that an article's fields may take as values beside [`FIELDS_A_BYTE`] for each byte of its JSON.
    pub fields: usize,
    /// Columns of a CSV file.
    pub columns: usize,
    /// Bytes that CSV rows without an end may make be read again, beside eight times the file.
    pub again: u64,
    /// Bytes of the headers that stand before a record of a WARC file, a member of a tar, or a page of a Parquet file.
    pub headers: u64,
    /// How many times over a compressed file, or a Parquet file, may expand, above [`Limits::expanded`] bytes.
    pub ratio: u64,
    /// Bytes to which a file may expand whatever its size.
    pub expanded: u64,
    /// Elements that stand in one another on a page.
    pub depth: u32,
    /// Elements of a page.
    pub elements: usize,
    /// Steps that the parser of a page may take: for each element and each error as many as elements stand in one another.
    pub steps: u64,
    /// Pairs of attributes of one element on a page, of all elements together: what it costs to tell whether names stand
    /// twice.
    pub attributes: u64,
    /// Bytes of a page of a Parquet file, unpacked.
    pub page: u64,
    /// Bytes that the pages of all columns of a Parquet file, and the rows made of them, may take at a time; and its footer.
    pub unpacked: u64,
    /// Bytes of the footer of a Parquet file.
    pub footer: u64,
    /// Groups that stand in one another in the schema of a Parquet file.
    pub groups: usize,
}

/// Bytes of memory that an article's fields may take for each byte of its JSON.
pub const FIELDS_A_BYTE: usize = 16;

/// See [`Limits::fields`].
pub const FIELDS: usize = 1 << 20;
/// See [`Limits::columns`].
pub const COLUMNS: usize = 4_096;
/// See [`Limits::again`].
pub const AGAIN: u64 = 64 << 20;
/// See [`Limits::headers`].
pub const HEADERS: u64 = 1 << 20;
/// See [`Limits::ratio`].
pub const RATIO: u64 = 2_000;
/// See [`Limits::expanded`].
pub const EXPANDED: u64 = 256 << 20;
/// See [`Limits::depth`]. Browsers build no deeper tree either.
pub const DEPTH: u32 = 512;
/// See [`Limits::elements`].
pub const ELEMENTS: usize = 100_000;
/// See [`Limits::steps`].
pub const STEPS: u64 = 30_000_000;
/// See [`Limits::attributes`].
pub const ATTRIBUTES: u64 = 500_000_000;
/// See [`Limits::page`].
pub const PAGE: u64 = 256 << 20;
/// See [`Limits::unpacked`].
pub const UNPACKED: u64 = 512 << 20;
/// See [`Limits::footer`].
pub const FOOTER: u64 = 64 << 20;
/// See [`Limits::groups`].
pub const GROUPS: usize = 64;

impl Default for Limits {
    fn default() -> Self {
        Self {
            fields: FIELDS,
            columns: COLUMNS,
            again: AGAIN,
            headers: HEADERS,
            ratio: RATIO,
            expanded: EXPANDED,
            depth: DEPTH,
            elements: ELEMENTS,
            steps: STEPS,
            attributes: ATTRIBUTES,
            page: PAGE,
            unpacked: UNPACKED,
            footer: FOOTER,
            groups: GROUPS,
        }
    }
}

/// That an article is refused for its length.
pub(super) fn too_long(most: usize) -> Error {
    Error::input(format!("the article is longer than {most} bytes; raise --max-article, or leave it out"))
}

/// A limit that a stream has gone beyond: what it tells stands by itself, and is neither damage nor a bad disk.
#[derive(Debug)]
pub(super) struct Beyond(pub(super) String);

impl fmt::Display for Beyond {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Beyond {}

impl Beyond {
    /// As readers of streams tell it.
    #[cfg(feature = "formats")]
    pub(super) fn io(message: impl Into<String>) -> io::Error {
        io::Error::other(Self(message.into()))
    }

    /// What a reader, or what it was wrapped by, tells of a limit.
    pub(super) fn told(e: &io::Error) -> Option<&Self> {
        let mut inner: &(dyn std::error::Error + 'static) = e.get_ref()?;
        // errors wrap one another a few times at most
        for _ in 0..8 {
            if let Some(beyond) = inner.downcast_ref::<Self>() {
                return Some(beyond);
            }
            inner = match inner.downcast_ref::<io::Error>() {
                Some(io) => io.get_ref()?,
                None => inner.source()?,
            };
        }
        None
    }
}
