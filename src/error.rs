//! The one public error. Its message names the file, the line or record, and the remedy.

use std::fmt;
use std::path::{Path, PathBuf};

/// Result with onrecord's [`Error`].
pub type Result<T> = std::result::Result<T, Error>;

/// Why something could not be done: where, what, and what to do about it.
#[derive(Debug)]
pub struct Error {
    kind: ErrorKind,
    file: Option<PathBuf>,
    line: Option<usize>,
    offset: Option<u64>,
    article: Option<String>,
    message: String,
}

/// The sort of an [`Error`]; decides the exit code of the command line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The call itself is wrong: a flag, a missing input, a bad rules file. Nothing was done.
    Usage,
    /// One article or one file could not be read or is not what it should be. The run goes on.
    Input,
    /// The output could not be written.
    Output,
}

/// The line, counted from 1, that a byte offset of a text lies in.
pub(crate) fn line_at(text: &str, offset: usize) -> usize {
    1 + text.as_bytes()[..offset.min(text.len())].iter().filter(|&&b| b == b'\n').count()
}

impl Error {
    /// An error of one kind with its message, which should end with the remedy.
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, file: None, line: None, offset: None, article: None, message: message.into() }
    }

    /// The call is wrong.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Usage, message)
    }

    /// An input is wrong.
    pub fn input(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Input, message)
    }

    /// A rule failed on the article of an id, which no text should bring about.
    pub fn fault(id: &str) -> Self {
        Self::input(format!(
            "article {id:?}: a rule failed on it, which is a fault of onrecord; please report it with the text"
        ))
        .of_article(id)
    }

    /// The output cannot be written.
    pub fn output(message: impl Into<String>) -> Self {
        Self::new(ErrorKind::Output, message)
    }

    /// Names the file.
    #[must_use]
    pub fn in_file(mut self, file: &Path) -> Self {
        self.file = Some(file.to_owned());
        self
    }

    /// Names the line, counted from 1.
    #[must_use]
    pub fn at_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// Names the byte of the input, as unpacked, at which the article or line begins.
    #[must_use]
    pub fn at_offset(mut self, offset: u64) -> Self {
        self.offset = Some(offset);
        self
    }

    /// Names the article.
    #[must_use]
    pub fn of_article(mut self, id: &str) -> Self {
        self.article = Some(id.to_owned());
        self
    }

    /// The same with another message.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = message.into();
        self
    }

    /// The sort of error.
    pub fn kind(&self) -> ErrorKind {
        self.kind
    }

    /// The file that it speaks of.
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The line or record, counted from 1.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// The byte of the input, as unpacked, at which the article or line begins.
    pub fn offset(&self) -> Option<u64> {
        self.offset
    }

    /// The article's id, where it is known.
    pub fn article(&self) -> Option<&str> {
        self.article.as_deref()
    }

    /// The message without the place.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}:", file.display())?;
            if let Some(line) = self.line {
                write!(f, "{line}:")?;
            }
            f.write_str(" ")?;
        } else if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
