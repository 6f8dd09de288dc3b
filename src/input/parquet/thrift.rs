//! Thrift's compact protocol, read as far as it takes to skip it: headers and footers are looked at before they are
//! believed. A list that says to have more items than there are is found out by its end, before room is made for it.

use parquet::errors::{ParquetError, Result};
use std::io::{self, Read};

/// Structures that stand in one another.
const NESTED: usize = 16;

pub(super) const I32: u8 = 5;
const BINARY: u8 = 8;
pub(super) const LIST: u8 = 9;
pub(super) const STRUCT: u8 = 12;

/// Reads Thrift's compact protocol, as far as it takes to skip it.
pub(super) struct Thrift<R> {
    reader: R,
    /// roughly what the items of lists take once they are read, in bytes
    pub(super) weight: u64,
}

/// What an item of a list takes at most, whatever stands in it, by its kind. A column of a row group is the largest.
fn weight(kind: u8) -> u64 {
    match kind {
        STRUCT => 512,
        BINARY => 32,
        _ => 8,
    }
}

type Field<'a, R> = dyn FnMut(&mut Thrift<R>, i64, u8) -> Result<bool> + 'a;

impl<R: Read> Thrift<R> {
    pub(super) fn new(reader: R) -> Self {
        Self { reader, weight: 0 }
    }

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

    pub(super) fn integer(&mut self) -> Result<i64> {
        let value = self.varint()?;
        Ok((value >> 1) as i64 ^ -((value & 1) as i64))
    }

    /// How many items follow, and of what kind.
    pub(super) fn list(&mut self) -> Result<(u64, u8)> {
        let head = self.byte()?;
        let count = if head >> 4 == 15 { self.varint()? } else { u64::from(head >> 4) };
        let kind = head & 15;
        self.weight = self.weight.saturating_add(count.saturating_mul(weight(kind)));
        Ok((count, kind))
    }

    /// Reads a structure: `field` reads those fields of which it says so, the others are skipped.
    pub(super) fn structure(&mut self, depth: usize, field: &mut Field<'_, R>) -> Result<()> {
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
            BINARY => {
                let length = self.varint()?;
                self.pass(length)?;
            }
            LIST | 10 => {
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
            STRUCT => self.structure(depth + 1, &mut |_, _, _| Ok(false))?,
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
