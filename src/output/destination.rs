//! Where output goes: standard output as it comes, or a file that appears whole or not at all.
//!
//! A file is written beside its place as `NAME.part`, synced, then renamed. What was [saved](Out::save) on the way stays
//! where a run ends early, for another to go on from; the rest of a part is removed. Of two runs that write to one place,
//! the later has it; the earlier is told, and neither writes into the other's part.

use super::terminal::Tame;
use crate::error::{Error, Result};
use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, IsTerminal, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

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

    /// Opens it for writing, from the start or after the bytes that an earlier run saved.
    ///
    /// # Errors
    /// A usage error where the file cannot be made, or holds less than was saved.
    pub fn open(&self, saved: Option<u64>) -> Result<Out> {
        match self {
            Self::Stdout if io::stdout().is_terminal() => {
                let out = Tame::new(io::stdout());
                Ok(Out::Direct(BufWriter::with_capacity(BUFFER, Box::new(out))))
            }
            Self::Stdout => Ok(Out::Direct(BufWriter::with_capacity(BUFFER, Box::new(io::stdout())))),
            Self::Path(path) => Out::file(path, saved).map_err(|e| cannot_write(&e).in_file(path)),
        }
    }

    /// Whether it is a file or folder of its own, which a run can go on with.
    pub fn is_resumable(&self) -> bool {
        match self {
            Self::Stdout => false,
            // a device or a named pipe is written to, never replaced
            Self::Path(path) => std::fs::metadata(path).map_or(true, |m| m.is_file() || m.is_dir()),
        }
    }
}

/// `PATH` with something after its name.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(ending);
    path.with_file_name(name)
}

/// Why a file or folder cannot be written, with the remedy.
pub(super) fn cannot_write(e: &io::Error) -> Error {
    let remedy = match e.kind() {
        io::ErrorKind::NotFound => "; make its folder first",
        io::ErrorKind::PermissionDenied => "; choose a place where you may write",
        io::ErrorKind::IsADirectory => "; it is a folder: name a file in it",
        io::ErrorKind::NotADirectory => "; a part of the path is a file: choose another",
        io::ErrorKind::UnexpectedEof => "; what was saved of it is not all there: run without --resume",
        _ => "",
    };
    Error::usage(format!("cannot be written ({e}){remedy}"))
}

/// Parts at work that an interrupt removes.
static UNFINISHED: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

fn unfinished() -> MutexGuard<'static, Vec<PathBuf>> {
    UNFINISHED.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Removes the parts of outputs that are neither finished nor saved. For an interrupted run; nothing may be written
/// after.
pub fn remove_unfinished() {
    for path in unfinished().drain(..) {
        remove(&path);
    }
}

/// Removes a file, or a folder with all that is in it, if it is there.
pub(super) fn remove(path: &Path) {
    let _ = std::fs::remove_file(path).or_else(|_| std::fs::remove_dir_all(path));
}

/// Takes a part for one that an interrupt removes.
#[cfg(feature = "formats")]
pub(super) fn remember_unfinished(part: &Path) {
    unfinished().push(part.to_owned());
}

/// Takes a part for one that stays; false where it was one already.
pub(super) fn forget_unfinished(part: &Path) -> bool {
    let mut unfinished = unfinished();
    let found = unfinished.iter().position(|path| path == part);
    found.map(|i| unfinished.swap_remove(i)).is_some()
}

/// An opened destination.
pub enum Out {
    /// What is written is out: standard output, a device, a pipe.
    Direct(BufWriter<Box<dyn Write>>),
    /// A part beside the file that it will become.
    File(Part),
}

/// A part of a file, which is removed unless it is saved or finished.
pub struct Part {
    file: BufWriter<File>,
    part: PathBuf,
    path: PathBuf,
}

impl Out {
    fn file(path: &Path, saved: Option<u64>) -> io::Result<Self> {
        let path = match std::fs::metadata(path) {
            Ok(meta) if meta.is_dir() => return Err(io::ErrorKind::IsADirectory.into()),
            Ok(meta) if !meta.is_file() => {
                let file = OpenOptions::new().write(true).open(path)?;
                return Ok(Self::Direct(BufWriter::with_capacity(BUFFER, Box::new(file))));
            }
            // a link stays a link
            Ok(_) => std::fs::canonicalize(path)?,
            Err(_) => path.to_owned(),
        };
        if path.file_name().is_none() {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        let part = beside(&path, ".part");
        let file = match saved {
            Some(saved) => {
                let mut file = OpenOptions::new().write(true).open(&part).map_err(|e| match e.kind() {
                    io::ErrorKind::NotFound => io::ErrorKind::UnexpectedEof.into(),
                    _ => e,
                })?;
                if file.metadata()?.len() < saved {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
                file.set_len(saved)?;
                file.seek(SeekFrom::End(0))?;
                file
            }
            None => {
                // what another run writes there stays its own
                match std::fs::remove_file(&part) {
                    Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
                    _ => {}
                }
                let file = OpenOptions::new().write(true).create_new(true).open(&part)?;
                unfinished().push(part.clone());
                file
            }
        };
        Ok(Self::File(Part { file: BufWriter::with_capacity(BUFFER, file), part, path }))
    }

    /// Makes sure that everything written so far stays, and says how many bytes that is.
    ///
    /// # Errors
    /// What the system says.
    pub fn save(&mut self) -> io::Result<u64> {
        match self {
            Self::Direct(out) => out.flush().map(|()| 0),
            Self::File(part) => {
                part.file.flush()?;
                part.is_ours()?;
                part.file.get_ref().sync_data()?;
                forget_unfinished(&part.part);
                part.file.stream_position()
            }
        }
    }

    /// Completes the output: a file gets its name.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> io::Result<()> {
        match self {
            Self::Direct(mut out) => out.flush(),
            Self::File(mut part) => {
                part.file.flush()?;
                part.file.get_ref().sync_all()?;
                part.is_ours()?;
                std::fs::rename(&part.part, &part.path)?;
                sync_folder(&part.path);
                Ok(())
            }
        }
    }
}

impl Part {
    /// That no other run has begun to write to the same place: then the part is its, and the file will be.
    fn is_ours(&mut self) -> io::Result<()> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::MetadataExt;
            let ours = self.file.get_ref().metadata()?;
            let there = std::fs::metadata(&self.part);
            if !there.is_ok_and(|there| (there.dev(), there.ino()) == (ours.dev(), ours.ino())) {
                // it is not this run's to remove
                forget_unfinished(&self.part);
                let message = format!(
                    "another run writes to {} too, or has removed what this one wrote",
                    self.path.display()
                );
                return Err(io::Error::other(message));
            }
        }
        Ok(())
    }
}

/// The folder that a path lies in, which is the current one where it names none.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes a rename outlast a power cut, where the system can.
pub(super) fn sync_folder(path: &Path) {
    let _ = File::open(folder_of(path)).and_then(|folder| folder.sync_all());
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Direct(out) => out.write(bytes),
            Self::File(part) => part.file.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Direct(out) => out.flush(),
            Self::File(_) => Ok(()),
        }
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // once saved it stays, once renamed it is not there
        if forget_unfinished(&self.part) {
            let _ = std::fs::remove_file(&self.part);
        }
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
        let open = |saved| Destination::new(Some(&path)).open(saved).unwrap();
        let read = || std::fs::read_to_string(&path).unwrap();
        let mut out = open(None);
        out.write_all(b"half").unwrap();
        drop(out);
        assert_eq!((read().as_str(), std::fs::read_dir(folder.path()).unwrap().count()), ("old", 1));
        let mut out = open(None);
        out.write_all(b"new").unwrap();
        out.finish().unwrap();
        assert_eq!((read().as_str(), std::fs::read_dir(folder.path()).unwrap().count()), ("new", 1));
        let inside = Destination::Path(path.join("x"));
        assert!(inside.open(None).is_err());
    }

    #[test]
    fn what_was_saved_stays_and_is_gone_on_with() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let open = |saved| Destination::new(Some(&path)).open(saved);
        let mut out = open(None).unwrap();
        out.write_all(b"saved").unwrap();
        assert_eq!(out.save().unwrap(), 5);
        out.write_all(b" lost").unwrap();
        drop(out);
        assert!(!path.exists());
        let mut out = open(Some(5)).unwrap();
        out.write_all(b" again").unwrap();
        out.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "saved again");
        std::fs::write(beside(&path, ".part"), "a").unwrap();
        assert!(open(Some(5)).is_err(), "shorter than what was saved");
        std::fs::remove_file(beside(&path, ".part")).unwrap();
        let told = open(Some(5)).err().unwrap().to_string();
        assert!(told.contains("what was saved of it is not all there: run without --resume"), "{told}");
    }

    #[test]
    #[cfg(unix)]
    fn of_two_runs_the_later_has_the_place() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out");
        let open = || Destination::new(Some(&path)).open(None).unwrap();
        let mut first = open();
        first.write_all(b"first").unwrap();
        let mut second = open();
        second.write_all(b"se").unwrap();
        let told = first.save().unwrap_err().to_string();
        assert!(told.contains("another run writes to") && told.contains("out too"), "{told}");
        drop(first);
        let mut third = open();
        third.write_all(b"third").unwrap();
        second.write_all(b"cond").unwrap();
        assert!(second.finish().is_err());
        third.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "third");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
