//! Small files that are read whole: rules, expectations, annotations. Takes a path, returns the text; what is no plain
//! file, or longer than any such file, is not read. Inputs and records are streams and not for here.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// The longest file of rules, in bytes.
pub(crate) const RULES: u64 = 8 << 20;
/// The longest file of any other sort, in bytes.
#[cfg(feature = "cli")]
pub(crate) const FILE: u64 = 64 << 20;

/// The text of a file of at most so many bytes.
///
/// # Errors
/// What the system says; that it is no plain file, such as a pipe that never ends; that it is longer.
pub(crate) fn read(path: &Path, most: u64) -> io::Result<String> {
    if !std::fs::metadata(path)?.is_file() {
        return Err(io::Error::other("is no plain file; name one"));
    }
    let mut text = String::new();
    File::open(path)?.take(most + 1).read_to_string(&mut text).map_err(|e| match e.kind() {
        io::ErrorKind::InvalidData => io::Error::other("is not UTF-8; save it as UTF-8"),
        _ => e,
    })?;
    if text.len() as u64 > most {
        return Err(io::Error::other(format!("is longer than {most} bytes; split it or leave things out")));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_read_up_to_a_length() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        std::fs::write(&path, "Rain").unwrap();
        assert_eq!(read(&path, 4).unwrap(), "Rain");
        assert!(read(&path, 3).unwrap_err().to_string().contains("longer than 3 bytes"));
        std::fs::write(&path, b"\xFF").unwrap();
        assert!(read(&path, 4).unwrap_err().to_string().contains("is not UTF-8; save it as UTF-8"));
        assert!(read(folder.path(), 9).unwrap_err().to_string().contains("no plain file"));
        assert_eq!(read(&folder.path().join("b"), 9).unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
