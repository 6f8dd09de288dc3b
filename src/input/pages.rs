//! A Parquet file whose pages and footer are looked at before they are unpacked.
//!
//! The file says how long a page is once unpacked, and room is made for that before a byte of it is seen; the schema is
//! built by recursion. So page headers and the schema are read here first, as far as sizes go, and what is beyond the
//! [`Limits`] is refused. Takes a file, returns what the Parquet reader reads of.

use super::limits::Limits;
use bytes::Bytes;
use parquet::errors::{ParquetError, Result};
use parquet::file::reader::{ChunkReader, Length};
use std::fs::File;
use std::io::{self, BufReader, Read};
use std::sync::atomic::{AtomicUsize, Ordering};

/// Rows that are read at a time.
pub(super) const ROWS: usize = 64;
/// The encoding in which a value says how much of the one before it it begins with: each of a batch may be as long as
/// the page.
const DELTA_BYTE_ARRAY: i64 = 7;
/// What ends a file: the footer's length, and a mark.
const TAIL: u64 = 8;
/// Structures that stand in one another in a header.
const NESTED: usize = 16;

/// A file that is read within bounds.
pub(super) struct Bounded {
    file: File,
    page: u64,
    footer: u64,
    groups: usize,
    /// how many bytes of the page to come are not compressed
    levels: AtomicUsize,
}

impl Bounded {
    pub(super) fn new(file: File, limits: &Limits) -> Self {
        Self {
            file,
            page: limits.page,
            footer: limits.footer,
            groups: limits.groups,
            levels: AtomicUsize::new(0),
        }
    }

    fn large(&self, size: u64) -> ParquetError {
        ParquetError::General(format!(
            "a page of {size} bytes, where {} are the most that is read; write it again with smaller pages",
            self.page
        ))
    }

    fn check_page(&self, header: impl Read) -> Result<()> {
        let header = PageHeader::read(header)?;
        let size = header.sizes.into_iter().max().unwrap_or(0);
        let grown = if header.encoding == DELTA_BYTE_ARRAY { size.saturating_mul(ROWS as u64) } else { size };
        if grown > self.page {
            return Err(self.large(grown));
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
        let inflated = flate2::read::MultiGzDecoder::new(packed).take(self.page + 1);
        // what is broken is told by whoever reads it in earnest
        match io::copy(&mut { inflated }, &mut io::sink()) {
            Ok(size) if size > self.page => Err(self.large(size)),
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
        if is_footer && length as u64 > self.footer {
            return Err(ParquetError::General(format!(
                "a footer of {length} bytes, where {} are the most that is read; write it again with fewer row groups",
                self.footer
            )));
        }
        if !is_footer && length as u64 > self.page {
            return Err(self.large(length as u64));
        }
        let bytes = self.file.get_bytes(start, length)?;
        if is_footer {
            check_schema(&bytes, self.groups)?;
        } else {
            self.check_gzip(&bytes)?;
        }
        Ok(bytes)
    }
}

/// That the groups of a schema do not stand in one another too deep. What is no schema is left to the reader.
fn check_schema(footer: &[u8], most: usize) -> Result<()> {
    let mut children = Vec::new();
    let mut thrift = Thrift { reader: footer };
    let read = thrift.structure(0, &mut |thrift, id, kind| {
        if (id, kind) != (2, LIST) {
            return Ok(false);
        }
        let (count, _) = thrift.list()?;
        for _ in 0..count {
            let mut number = 0;
            thrift.structure(0, &mut |thrift, id, kind| {
                let is_number = (id, kind) == (5, I32);
                if is_number {
                    number = thrift.integer()?;
                }
                Ok(is_number)
            })?;
            children.push(number);
        }
        Ok(true)
    });
    if read.is_err() && children.is_empty() {
        return Ok(());
    }
    // how many children of each open group are still to come
    let mut open: Vec<i64> = Vec::new();
    for number in children {
        if let Some(left) = open.last_mut() {
            *left -= 1;
        }
        if number > 0 {
            open.push(number);
        }
        if open.len() > most {
            return Err(ParquetError::General(format!(
                "its schema has more than {most} groups in one another"
            )));
        }
        while open.last() == Some(&0) {
            open.pop();
        }
    }
    Ok(())
}

/// What a page's header says of sizes.
#[derive(Default)]
struct PageHeader {
    /// unpacked, and as it stands in the file
    sizes: [u64; 2],
    encoding: i64,
    levels: usize,
}

impl PageHeader {
    fn read(reader: impl Read) -> Result<Self> {
        let mut header = Self::default();
        let mut thrift = Thrift { reader };
        // a data page has its encoding second, one of the second version fourth
        thrift.structure(0, &mut |thrift, id, kind| match (id, kind) {
            (2 | 3, I32) => {
                // a negative size is refused by the reader
                header.sizes[id as usize - 2] = u64::try_from(thrift.integer()?).unwrap_or(0);
                Ok(true)
            }
            (5 | 8, STRUCT) => {
                thrift.structure(1, &mut |thrift, inner, kind| match (id, inner, kind) {
                    (5, 2, I32) | (8, 4, I32) => {
                        header.encoding = thrift.integer()?;
                        Ok(true)
                    }
                    (8, 5 | 6, I32) => {
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

const I32: u8 = 5;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

/// Reads Thrift's compact protocol, as far as it takes to skip it.
struct Thrift<R> {
    reader: R,
}

type Field<'a, R> = dyn FnMut(&mut Thrift<R>, i64, u8) -> Result<bool> + 'a;

impl<R: Read> Thrift<R> {
    fn byte(&mut self) -> Result<u8> {
        let mut byte = [0];
        self.reader.read_exact(&mut byte)?;
        Ok(byte[0])
    }

    fn varint(&mut self) -> Result<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let byte = self.byte()?;
            value |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(ParquetError::General("a number in a header has no end".to_owned()))
    }

    fn integer(&mut self) -> Result<i64> {
        let value = self.varint()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// How many items follow, and of what kind.
    fn list(&mut self) -> Result<(u64, u8)> {
        let head = self.byte()?;
        let count = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
        Ok((count, head & 15))
    }

    /// Reads a structure: `field` reads those fields of which it says so, the others are skipped.
    fn structure(&mut self, depth: usize, field: &mut Field<'_, R>) -> Result<()> {
        let mut id = 0_i64;
        loop {
            let head = self.byte()?;
            let kind = head & 15;
            if kind == 0 {
                return Ok(());
            }
            id = if head >> 4 == 0 { self.integer()? } else { id.saturating_add(i64::from(head >> 4)) };
            if !field(self, id, kind)? {
                self.skip(kind, depth, false)?;
            }
        }
    }

    fn skip(&mut self, kind: u8, depth: usize, in_list: bool) -> Result<()> {
        // as deep as structures stand in one another, which is bounded
        if depth > NESTED {
            return Err(ParquetError::General("its headers stand in one another without end".to_owned()));
        }
        match kind {
            1 | 2 if !in_list => {}
            1..=3 => drop(self.byte()?),
            4..=6 => drop(self.varint()?),
            7 => self.pass(8)?,
            8 => {
                let length = self.varint()?;
                self.pass(length)?;
            }
            9 | 10 => {
                let (count, kind) = self.list()?;
                for _ in 0..count {
                    self.skip(kind, depth + 1, true)?;
                }
            }
            11 => {
                let count = self.varint()?;
                let kinds = if count > 0 { self.byte()? } else { 0 };
                for _ in 0..count {
                    self.skip(kinds >> 4, depth + 1, true)?;
                    self.skip(kinds & 15, depth + 1, true)?;
                }
            }
            12 => self.structure(depth + 1, &mut |_, _, _| Ok(false))?,
            _ => return Err(ParquetError::General("a header has a field of no kind".to_owned())),
        }
        Ok(())
    }

    fn pass(&mut self, bytes: u64) -> Result<()> {
        match io::copy(&mut self.reader.by_ref().take(bytes), &mut io::sink())? {
            passed if passed == bytes => Ok(()),
            _ => Err(ParquetError::EOF("a header ends too soon".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Elements of a schema by how many children each has, as a footer.
    fn footer(children: &[u8]) -> Vec<u8> {
        // version: i32; then the list of the schema
        let mut bytes = vec![0x15, 2, 0x19, 0xFC, children.len() as u8 | 0x80, (children.len() >> 7) as u8];
        for number in children {
            // name: binary; number of children: i32
            bytes.extend([0x48, 1, b'a', 0x15, number * 2, 0]);
        }
        bytes.push(0);
        bytes
    }

    #[test]
    fn schemas_have_a_depth() {
        let nested = |n: usize| footer(&[vec![1; n], vec![0]].concat());
        assert!(check_schema(&nested(5), 5).is_ok());
        let told = check_schema(&nested(6), 5).unwrap_err().to_string();
        assert!(told.contains("its schema has more than 5 groups in one another"), "{told}");
        // side by side they are not in one another
        assert!(check_schema(&footer(&[9, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 0]), 2).is_ok());
        // what is cut short is looked at as far as it goes
        let cut = &nested(100)[..400];
        assert!(check_schema(cut, 5).is_err());
        assert!(check_schema(b"", 5).is_ok());
    }

    #[test]
    fn headers_tell_sizes() {
        // type, unpacked 300, packed 20, a data page of the second version with levels of 3 and 4 bytes
        let header = [
            0x15, 6, 0x15, 0xD8, 4, 0x15, 40, 0x5C, 0x15, 2, 0x15, 0, 0x15, 2, 0x15, 14, 0x15, 6, 0x15, 8, 0,
            0,
        ];
        let read = PageHeader::read(&header[..]).unwrap();
        assert_eq!((read.sizes, read.encoding, read.levels), ([300, 20], 7, 7));
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
