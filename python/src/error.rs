//! `onrecord.Error`: the crate's error as a Python exception, with the message that the command line gives.

use onrecord::error::ErrorKind;
use pyo3::create_exception;
use pyo3::exceptions::{PyKeyboardInterrupt, PyValueError};
use pyo3::prelude::*;

create_exception!(
    onrecord,
    Error,
    PyValueError,
    "What could not be done, where, and what to do about it.\n\n\
     The message is the one that the command line gives. `file`, `line` and `article` say where, or are None;\n\
     `kind` is \"usage\" (the call is wrong), \"input\" (an article is) or \"output\"."
);

/// The exception that tells an error.
pub(crate) fn raise(py: Python<'_>, error: &onrecord::Error) -> PyErr {
    let exception = Error::new_err(error.to_string());
    let value = exception.value(py);
    let kind = match error.kind() {
        ErrorKind::Usage => "usage",
        ErrorKind::Output => "output",
        _ => "input",
    };
    let told = value
        .setattr("kind", kind)
        .and_then(|()| value.setattr("file", error.file().map(|f| f.to_string_lossy().into_owned())))
        .and_then(|()| value.setattr("line", error.line()))
        .and_then(|()| value.setattr("article", error.article()));
    told.err().unwrap_or(exception)
}

/// What ends work that was under way.
pub(crate) enum Stop {
    Error(onrecord::Error),
    /// a signal's handler raised: Ctrl-C
    Signal(PyErr),
}

impl Stop {
    pub(crate) fn raise(self, py: Python<'_>) -> PyErr {
        match self {
            Self::Error(e) => raise(py, &e),
            Self::Signal(e) => e,
        }
    }

    /// For whoever reads a stream, who can be told a message alone.
    pub(crate) fn message(&self) -> String {
        match self {
            Self::Error(e) => e.to_string(),
            Self::Signal(e) => Python::attach(|py| {
                if e.is_instance_of::<PyKeyboardInterrupt>(py) {
                    "interrupted".to_owned()
                } else {
                    e.to_string()
                }
            }),
        }
    }
}

impl From<onrecord::Error> for Stop {
    fn from(e: onrecord::Error) -> Self {
        Self::Error(e)
    }
}
