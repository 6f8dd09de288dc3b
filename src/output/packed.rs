//! A file of lines, compressed where its name says so.
//!
//! Compressed files are made of independent members (gzip) or frames (zstd), cut by their contents alone, so that the
//! bytes are the same whether a run went through or was gone on with, and any reader sees one stream.

use super::destination::{Destination, Out};
use crate::error::Result;
use std::io::{self, Write};
use std::path::Path;

/// How much goes into a member, before compression.
#[cfg(feature = "formats")]
const MEMBER: usize = 1 << 20;

type Pack = fn(&[u8]) -> io::Result<Vec<u8>>;

/// How a file of this name is compressed.
fn packing(path: &Path) -> Option<Pack> {
    match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
        #[cfg(feature = "formats")]
        "gz" => Some(|bytes| {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
            packed.write_all(bytes)?;
            packed.finish()
        }),
        #[cfg(feature = "formats")]
        "zst" | "zstd" => Some(|bytes| zstd::bulk::compress(bytes, 3)),
        _ => None,
    }
}

/// An opened file.
pub(super) struct Packed {
    out: Out,
    pack: Option<Pack>,
    member: Vec<u8>,
}

impl Packed {
    pub(super) fn open(destination: &Destination, saved: Option<u64>) -> Result<Self> {
        let pack = match destination {
            Destination::Path(path) => packing(path),
            Destination::Stdout => None,
        };
        Ok(Self { out: destination.open(saved)?, pack, member: Vec::new() })
    }

    /// Writes a piece whole: members end between pieces.
    pub(super) fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        if self.pack.is_none() {
            return self.out.write_all(bytes);
        }
        self.member.extend_from_slice(bytes);
        #[cfg(feature = "formats")]
        if self.member.len() >= MEMBER {
            self.seal()?;
        }
        Ok(())
    }

    /// Whether everything put is in the file, so that it may be saved.
    pub(super) fn is_whole(&self) -> bool {
        self.member.is_empty()
    }

    /// Ends the member at work.
    pub(super) fn seal(&mut self) -> io::Result<()> {
        if let Some(pack) = self.pack
            && !self.member.is_empty()
        {
            let packed = pack(&self.member)?;
            self.member.clear();
            self.out.write_all(&packed)?;
        }
        Ok(())
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }

    pub(super) fn save(&mut self) -> io::Result<u64> {
        self.out.save()
    }

    pub(super) fn finish(mut self) -> io::Result<()> {
        self.seal()?;
        self.out.finish()
    }
}

#[cfg(all(test, feature = "formats"))]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn a_file_gone_on_with_has_the_bytes_of_one_that_went_through() {
        let folder = tempfile::tempdir().unwrap();
        let lines: Vec<String> =
            (0..40_000).map(|i| format!("{{\"line\": {i}, \"square\": {}}}\n", i * i)).collect();
        for name in ["a.gz", "a.zst", "a"] {
            let [whole, twice] = ["whole", "twice"].map(|kind| {
                std::fs::create_dir_all(folder.path().join(kind)).unwrap();
                Destination::Path(folder.path().join(kind).join(name))
            });
            let mut out = Packed::open(&whole, None).unwrap();
            lines.iter().for_each(|line| out.put(line.as_bytes()).unwrap());
            out.finish().unwrap();

            let (mut saved, mut put) = (0, 0);
            let mut out = Packed::open(&twice, None).unwrap();
            for (i, line) in lines[..38_000].iter().enumerate() {
                out.put(line.as_bytes()).unwrap();
                if out.is_whole() && put < 30_000 && (i % 5_000 == 0 || name != "a") {
                    (saved, put) = (out.save().unwrap(), i + 1);
                }
            }
            assert!(put > 0);
            drop(out);
            let mut out = Packed::open(&twice, Some(saved)).unwrap();
            lines[put..].iter().for_each(|line| out.put(line.as_bytes()).unwrap());
            out.finish().unwrap();

            let read = |d: &Destination| std::fs::read(d.name()).unwrap();
            assert!(read(&whole) == read(&twice), "{name}");
            let mut text = String::new();
            match name {
                "a.gz" => flate2::read::MultiGzDecoder::new(&read(&whole)[..]).read_to_string(&mut text),
                "a.zst" => {
                    zstd::stream::read::Decoder::new(&read(&whole)[..]).unwrap().read_to_string(&mut text)
                }
                _ => (&read(&whole)[..]).read_to_string(&mut text),
            }
            .unwrap();
            assert!(text == lines.concat(), "{name}");
        }
    }
}
