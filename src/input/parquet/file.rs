//! A Parquet file whose pages and footer are looked at before they are unpacked.
//!
//! The file says how long a page is once unpacked, and room is made for that before a byte of it is seen. So page headers
//! are read here first, as far as sizes go, and what is beyond the [`Limits`] is refused. Takes a file, returns what the
//! Parquet reader reads of. What the pages then hold is looked at in `column.rs`.

use super::footer;
use super::thrift::{I32, STRUCT, Thrift};
use crate::input::Limits;
use bytes::Bytes;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// What ends a file: the footer's length, and a mark.
const TAIL: u64 = 8;

/// A file that is read within bounds.
pub(super) struct Bounded {
    file: File,
    limits: Limits,
    /// how many bytes may yet be unpacked beside what is
    room: Arc<AtomicU64>,
    /// how many bytes of the page to come are not compressed
    levels: AtomicUsize,
}

impl Bounded {
    pub(super) fn new(file: File, limits: &Limits, room: Arc<AtomicU64>) -> Self {
        Self { file, limits: limits.clone(), room, levels: AtomicUsize::new(0) }
    }

    fn most(&self) -> u64 {
        self.limits.page.min(self.room.load(Ordering::Relaxed))
    }

    fn large(&self, size: u64) -> ParquetError {
        let most = self.limits.page;
        ParquetError::General(if size > most {
            format!(
                "a page of {size} bytes, where {most} are the most that is read; write it again with smaller pages"
            )
        } else {
            format!(
                "the pages of its columns take more than {} bytes at a time; write it again with smaller pages",
                self.limits.unpacked
            )
        })
    }

    fn check_page(&self, header: impl Read) -> Result<()> {
        let header = PageHeader::read(header.take(self.limits.headers))?;
        let size = header.sizes.into_iter().max().unwrap_or(0);
        if size > self.most() {
            return Err(self.large(size));
        }
        self.levels.store(header.levels, Ordering::Relaxed);
        Ok(())
    }

    /// Gzip is unpacked to its end, whatever the header says.
    fn check_gzip(&self, page: &[u8]) -> Result<()> {
        let packed = page.get(self.levels.swap(0, Ordering::Relaxed)..).unwrap_or_default();
        if !packed.starts_with(&[0x1F, 0x8B]) {
            return Ok(());
        }
        let most = self.most();
        let inflated = flate2::read::MultiGzDecoder::new(packed).take(most.saturating_add(1));
        // what is broken is told by whoever reads it in earnest
        match io::copy(&mut { inflated }, &mut io::sink()) {
            Ok(size) if size > most => Err(self.large(size)),
            _ => Ok(()),
        }
    }
}

impl Length for Bounded {
    fn len(&self) -> u64 {
        self.file.len()
    }
}

impl ChunkReader for Bounded {
    type T = BufReader<File>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        if start.checked_add(TAIL) != Some(self.len()) {
            self.check_page(self.file.get_read(start)?)?;
        }
        self.file.get_read(start)
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let is_footer = start.checked_add(length as u64 + TAIL) == Some(self.len());
        if is_footer && length as u64 > self.limits.footer {
            return Err(ParquetError::General(format!(
                "a footer of {length} bytes, where {} are the most that is read; write it again with fewer row groups",
                self.limits.footer
            )));
        }
        if !is_footer && length as u64 > self.most() {
            return Err(self.large(length as u64));
        }
        let bytes = self.file.get_bytes(start, length)?;
        if is_footer {
            footer::check(&bytes, &self.limits)?;
        } else {
            self.check_gzip(&bytes)?;
        }
        Ok(bytes)
    }
}

/// What a page's header says of sizes.
#[derive(Default)]
struct PageHeader {
    /// unpacked, and as it stands in the file
    sizes: [u64; 2],
    levels: usize,
}

impl PageHeader {
    fn read(reader: impl Read) -> Result<Self> {
        let mut header = Self::default();
        let mut thrift = Thrift::new(reader);
        thrift.structure(0, &mut |thrift, id, kind| match (id, kind) {
            (2 | 3, I32) => {
                // a negative size is refused by the reader
                header.sizes[id as usize - 2] = u64::try_from(thrift.integer()?).unwrap_or(0);
                Ok(true)
            }
            (8, STRUCT) => {
                thrift.structure(1, &mut |thrift, inner, kind| match (inner, kind) {
                    (5 | 6, I32) => {
                        header.levels += usize::try_from(thrift.integer()?).unwrap_or(0);
                        Ok(true)
                    }
                    _ => Ok(false),
                })?;
                Ok(true)
            }
            _ => Ok(false),
        })?;
        Ok(header)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_tell_sizes() {
        // type, unpacked 300, packed 20, a data page of the second version with levels of 3 and 4 bytes
        let header = [
            0x15, 6, 0x15, 0xD8, 4, 0x15, 40, 0x5C, 0x15, 2, 0x15, 0, 0x15, 2, 0x15, 14, 0x15, 6, 0x15, 8, 0,
            0,
        ];
        let read = PageHeader::read(&header[..]).unwrap();
        assert_eq!((read.sizes, read.levels), ([300, 20], 7));
        assert!(PageHeader::read(&header[..9]).is_err());
        let fault = |header: &[u8]| PageHeader::read(header).err().map(|e| e.to_string()).unwrap_or_default();
        let number = [&[0x16][..], &[0xFF; 12][..]].concat();
        for (header, want) in [
            (&[0x1C; 100][..], "its headers stand in one another without end"),
            (&number[..], "a number in a header has no end"),
            (&[0x1D, 0, 0][..], "a header has a field of no kind"),
            (&[0x18, 100, 1][..], "a header ends too soon"),
        ] {
            assert!(fault(header).contains(want), "{}", fault(header));
        }
    }
}
