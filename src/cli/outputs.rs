//! What a run may write to: nothing that it reads, and no two things to one file. A run would destroy its own input, or
//! the next one take records for articles.

use crate::error::{Error, Result};
use crate::input::{Found, Place};
use crate::output::{beside, folder_of};
use std::ffi::OsString;
use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// What stands beside an output while it is not finished.
const BESIDE: [&str; 2] = [".part", ".resume"];

/// Refuses outputs that are one file, or are read.
///
/// # Errors
/// A usage error that names the file.
pub(super) fn check(outputs: &[&Path], found: &Found) -> Result<()> {
    let mut written: Vec<PathBuf> = Vec::new();
    // a device is no place where anything is lost
    for output in outputs.iter().filter(|output| !is_device(output)) {
        let names = names(output);
        if names.iter().any(|name| written.iter().any(|other| same_name(name, other))) {
            let message = "is written to twice; name another file for each of -o, --errors and --summary";
            return Err(Error::usage(message).in_file(output));
        }
        for name in &names {
            if let Ok(meta) = std::fs::metadata(name) {
                not_among(name, &meta, output, found)?;
            }
        }
        written.extend(names);
    }
    Ok(())
}

/// Refuses a folder of outputs in which an input lies: what is written there may have its name.
///
/// # Errors
/// A usage error that names the folder.
pub(super) fn check_folder(output: &Path, found: &Found) -> Result<()> {
    let Ok(folder) = std::fs::canonicalize(output) else { return Ok(()) };
    // most inputs have the folder of the one before
    let mut clear: Option<&Path> = None;
    for file in &found.files {
        let Place::Path(path) = &file.place else { continue };
        let parent = folder_of(path);
        if clear == Some(parent) {
            continue;
        }
        if std::fs::canonicalize(parent).is_ok_and(|parent| parent.starts_with(&folder)) {
            let message = "is a folder that is read; write to another, outside of it";
            return Err(Error::usage(message).in_file(output));
        }
        clear = Some(parent);
    }
    Ok(())
}

/// Whether both are one file that is there.
pub(super) fn is_one(a: &Path, b: &Path) -> bool {
    std::fs::metadata(b).is_ok_and(|meta| is_same(a, b, &meta))
}

fn is_device(path: &Path) -> bool {
    path.as_os_str() == "-" || std::fs::metadata(path).is_ok_and(|m| !m.is_file() && !m.is_dir())
}

/// The file, and what stands beside it while it is not finished.
fn names(output: &Path) -> Vec<PathBuf> {
    let whole = std::fs::canonicalize(output).unwrap_or_else(|_| output.to_owned());
    let beside = BESIDE.map(|ending| beside(&whole, ending));
    [whole].into_iter().chain(beside).collect()
}

/// Whether both are one file, or would be.
fn same_name(a: &Path, b: &Path) -> bool {
    let place = |path: &Path| -> Option<(PathBuf, OsString)> {
        let folder = folder_of(path);
        Some((std::fs::canonicalize(folder).ok()?, path.file_name()?.to_owned()))
    };
    a == b || place(a).is_some_and(|a| place(b) == Some(a))
}

fn not_among(name: &Path, meta: &Metadata, output: &Path, found: &Found) -> Result<()> {
    for file in &found.files {
        // of a million files few are as long; the length of some is not known
        if let Place::Path(path) = &file.place
            && (file.size == meta.len() || file.size == 0)
            && is_same(path, name, meta)
        {
            let message =
                "is input and output at once; write to another file, outside the folder that is read";
            return Err(Error::usage(message).in_file(output));
        }
    }
    Ok(())
}

/// Whether both names, or links, lead to one file.
fn is_same(path: &Path, name: &Path, meta: &Metadata) -> bool {
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let _ = name;
        std::fs::metadata(path).is_ok_and(|other| (other.dev(), other.ino()) == (meta.dev(), meta.ino()))
    }
    #[cfg(not(unix))]
    {
        let _ = meta;
        let whole = std::fs::canonicalize(name);
        std::fs::canonicalize(path).is_ok_and(|path| whole.is_ok_and(|whole| whole == path))
    }
}
