//! Where output goes: standard output as it comes, or a file that appears whole or not at all.

use crate::error::{Error, Result};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

const BUFFER: usize = 1 << 17;

/// Where a run's output goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// Standard output.
    Stdout,
    /// A file, or a folder for the formats that write one.
    Path(PathBuf),
}

impl Destination {
    /// From `-o`: nothing and `-` mean standard output.
    pub fn new(path: Option<&Path>) -> Self {
        match path {
            Some(path) if path.as_os_str() != "-" => Self::Path(path.to_owned()),
            _ => Self::Stdout,
        }
    }

    /// What messages call it.
    pub fn name(&self) -> PathBuf {
        match self {
            Self::Stdout => PathBuf::from("<stdout>"),
            Self::Path(path) => path.clone(),
        }
    }

    /// Opens it for writing.
    ///
    /// # Errors
    /// A usage error where the file cannot be made.
    pub fn open(&self) -> Result<Out> {
        match self {
            Self::Stdout => Ok(Out::Direct(BufWriter::with_capacity(BUFFER, Box::new(io::stdout())))),
            Self::Path(path) => Out::file(path).map_err(|e| cannot_write(&e).in_file(path)),
        }
    }
}

/// Why a file or folder cannot be written, with the remedy.
pub(super) fn cannot_write(e: &io::Error) -> Error {
    let remedy = match e.kind() {
        io::ErrorKind::NotFound => "; make its folder first",
        io::ErrorKind::PermissionDenied => "; choose a place where you may write",
        io::ErrorKind::IsADirectory => "; it is a folder: name a file in it",
        io::ErrorKind::NotADirectory => "; a part of the path is a file: choose another",
        _ => "",
    };
    Error::usage(format!("cannot be written ({e}){remedy}"))
}

/// Temporary files at work, which an interrupt removes.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Removes the temporary files of outputs that are not finished. For an interrupted run; nothing may be written after.
pub fn remove_unfinished() {
    for path in UNFINISHED.lock().unwrap_or_else(std::sync::PoisonError::into_inner).drain(..) {
        let _ = std::fs::remove_file(path);
    }
}

/// An opened destination.
pub enum Out {
    /// What is written is out: standard output, a device, a pipe.
    Direct(BufWriter<Box<dyn Write>>),
    /// A temporary file beside the one that it will become.
    File(Unfinished),
}

/// A temporary file that is removed unless it is finished.
pub struct Unfinished {
    file: BufWriter<File>,
    temporary: PathBuf,
    path: PathBuf,
}

impl Out {
    fn file(path: &Path) -> io::Result<Self> {
        let path = match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            // a device or a named pipe is written to, never replaced
            Ok(meta) if !meta.is_file() => {
                let file = OpenOptions::new().write(true).open(path)?;
                return Ok(Self::Direct(BufWriter::with_capacity(BUFFER, Box::new(file))));
            }
            // a link stays a link
            Ok(_) => std::fs::canonicalize(path)?,
            Err(_) => path.to_owned(),
        };
        let mut name = std::ffi::OsString::from(".");
        name.push(path.file_name().ok_or(io::ErrorKind::InvalidInput)?);
        name.push(format!(".{}.unfinished", std::process::id()));
        let temporary = path.with_file_name(name);
        let file = BufWriter::with_capacity(BUFFER, File::create(&temporary)?);
        UNFINISHED.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(temporary.clone());
        Ok(Self::File(Unfinished { file, temporary, path }))
    }

    /// Completes the output: a file gets its name.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Self::Direct(mut out) => out.flush(),
            Self::File(mut unfinished) => {
                unfinished.file.flush()?;
                std::fs::rename(&unfinished.temporary, &unfinished.path)
            }
        }
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Direct(out) => out.write(bytes),
            Self::File(unfinished) => unfinished.file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Direct(out) => out.flush(),
            Self::File(_) => Ok(()),
        }
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        // once renamed it is gone, and there is nothing to remove
        let _ = std::fs::remove_file(&self.temporary);
        UNFINISHED
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .retain(|path| *path != self.temporary);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.jsonl");
        std::fs::write(&path, "old").unwrap();
        let open = || Destination::new(Some(&path)).open().unwrap();
        let mut out = open();
        out.write_all(b"half").unwrap();
        drop(out);
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
        let mut out = open();
        out.write_all(b"new").unwrap();
        out.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "new");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        let inside = Destination::Path(path.join("x"));
        assert!(inside.open().is_err());
    }
}
