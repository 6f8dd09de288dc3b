//! A tar archive: its members are read as the files of a folder are, by their names' endings, one after another.

use super::fence::Fence;
use super::stream::{Flow, Give, Stream, nested, unreadable};
use super::{Entry, Format, Settings, plain_name};
use crate::error::Error;
use std::io::{self, BufReader, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

pub(super) const FORMAT: Format = Format {
    name: "tar",
    about: "an archive of files in the other formats",
    extensions: &["tar", "tgz"],
    begins: |bytes| bytes.get(257..262) == Some(b"ustar"),
    plain: false,
    read,
};

/// A member, which must not end before its size is reached.
struct Member<R> {
    inner: R,
    left: u64,
}

impl<R: Read> Read for Member<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.left = self.left.saturating_sub(n as u64);
        if n == 0 && self.left > 0 && !buffer.is_empty() {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the archive ends within the file"));
        }
        Ok(n)
    }
}

/// What a member's bytes are filled up to.
const BLOCK: u64 = 512;

/// The path without what would lead out of the archive's own name.
fn below_root(path: &Path) -> PathBuf {
    path.components().filter(|c| matches!(c, Component::Normal(_) | Component::ParentDir)).collect()
}

fn read(stream: &mut Stream<'_>, give: &mut Give<'_>) -> Flow {
    let name = stream.name.clone();
    // members say what they are; --from speaks of the archive
    let settings = Arc::new(Settings { format: None, ..Settings::clone(stream.settings) });
    let id = std::mem::take(&mut stream.id);
    let (bytes, marks) = Fence::new(&mut *stream.bytes, &settings.limits);
    let mut archive = ::tar::Archive::new(bytes);
    let entries = match archive.entries() {
        Ok(entries) => entries,
        Err(e) => return give(Entry::failed(unreadable(&e).in_file(&name))),
    };
    for member in entries {
        let member = match member {
            Ok(member) => member,
            Err(e) => return give(Entry::failed(unreadable(&e).in_file(&name))),
        };
        // what a sparse file holds is not what it says to be long; the next header stands behind what it holds
        let is_sparse = member.header().entry_type().is_gnu_sparse();
        let size = if is_sparse { member.header().entry_size().unwrap_or(0) } else { member.size() };
        marks.pass(member.raw_file_position().max(marks.at()).saturating_add(size).saturating_add(BLOCK));
        let path = match member.path() {
            Ok(path) => path.into_owned(),
            Err(e) => {
                give(Entry::failed(
                    Error::input(format!("a member's name cannot be read ({e})")).in_file(&name),
                ))?;
                continue;
            }
        };
        let hidden = path
            .components()
            .any(|c| matches!(c, Component::Normal(n) if n.as_encoded_bytes().first() == Some(&b'.')));
        let known = Format::of_name(&path).is_some_and(|f| !matches!(f.name, "tar" | "parquet"));
        if hidden || !known || !(member.header().entry_type().is_file() || is_sparse) {
            continue;
        }
        let whole: Arc<Path> = name.join(below_root(&path)).into();
        if is_sparse {
            let message = "is a sparse file, which may say to be of any length; unpack the archive, and name the folder";
            give(Entry::failed(Error::input(message).in_file(&whole)))?;
            continue;
        }
        let left = member.size();
        let below: Vec<_> = plain_name(&path)
            .with_extension("")
            .components()
            .filter_map(|c| {
                if let Component::Normal(n) = c { Some(n.to_string_lossy().into_owned()) } else { None }
            })
            .collect();
        let id = format!("{id}/{}", below.join("/"));
        nested(&whole, &id, Box::new(BufReader::new(Member { inner: member, left })), None, &settings, give)?;
    }
    Flow::Continue(())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{begin, told};
    use super::*;

    fn archive() -> Vec<u8> {
        let mut archive = ::tar::Builder::new(Vec::new());
        for (name, bytes) in [
            ("day/one.txt", "Rain."),
            ("day/.hidden.txt", "x"),
            ("day/picture.png", "x"),
            ("day/two.jsonl", "{\"id\": 2, \"text\": \"Snow.\"}\n{\"id\": 3, \"text\": \"Hail.\"}\n"),
            ("day/empty.txt", ""),
            ("four.txt", "Fog."),
        ] {
            let mut header = ::tar::Header::new_ustar();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            archive.append_data(&mut header, name, bytes.as_bytes()).unwrap();
        }
        archive.into_inner().unwrap()
    }

    #[test]
    fn members_are_read_by_their_names() {
        let bytes = archive();
        assert_eq!(Format::of_bytes(&bytes).name, "tar");
        let want =
            ["a/day/one=Rain.", "2=Snow.", "3=Hail.", "a/day/empty.txt: the file is empty", "a/four=Fog."];
        begin(&told(&FORMAT, Settings::default(), &bytes), &want);
    }

    #[test]
    fn an_archive_cut_short_is_told() {
        let bytes = archive();
        let hail = bytes.windows(4).position(|w| w == b"Hail").unwrap();
        let got = told(&FORMAT, Settings::default(), &bytes[..hail]);
        begin(&got[..2], &["a/day/one=Rain.", "2=Snow."]);
        assert!(got[2].contains("cut short"), "{got:?}");
    }
}
