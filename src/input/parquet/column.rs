//! The pages of a column, looked at before they are laid out.
//!
//! A page of a few bytes may say to hold two thousand million values, all of one row; an entry of a dictionary may be
//! long, and each value of a row be that entry; a small page may unpack to a large one, in each of a thousand columns. The
//! reader believes it all. So what a page will take in memory is reckoned here first, over all columns together, and what
//! is beyond the [`Limits`] is refused. Takes row groups, returns row groups.

use super::levels::Rows;
use super::{ROWS, lengths};
use crate::input::Limits;
use parquet::basic::{Encoding, Type as Physical};
use parquet::bloom_filter::Sbbf;
use parquet::column::page::{Page, PageMetadata, PageReader};
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::RowGroupMetaData;
use parquet::file::reader::RowGroupReader;
use parquet::record::reader::RowIter;
use parquet::schema::types::{ColumnDescPtr, Type};
use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

/// What a column takes before it has a page.
const COLUMN: u64 = 8 << 10;
/// What a value takes in a batch: its levels, and where its text is; or the like in a dictionary.
const VALUE: u64 = 40;
/// What a value takes in a row for each group that it stands in, beside the group's name.
const FIELD: u64 = 128;
/// How much of a column's name is told.
const NAME: usize = 80;

/// What is unpacked of a file.
pub(super) struct Account {
    /// bytes that may yet be held
    pub(super) room: Arc<AtomicU64>,
    most: u64,
    /// bytes that have been unpacked or laid out since the beginning, and how many may
    out: AtomicU64,
    most_out: u64,
    ratio: u64,
}

impl Account {
    pub(super) fn new(limits: &Limits, file: u64) -> Self {
        Self {
            room: Arc::new(AtomicU64::new(limits.unpacked)),
            most: limits.unpacked,
            out: AtomicU64::new(0),
            most_out: limits.expanded.max(file.saturating_mul(limits.ratio)),
            ratio: limits.ratio,
        }
    }

    /// So many bytes come out of the file.
    pub(super) fn out(&self, bytes: u64) -> Result<()> {
        if self.out.fetch_add(bytes, Relaxed).saturating_add(bytes) <= self.most_out {
            return Ok(());
        }
        let ratio = self.ratio;
        Err(ParquetError::General(format!("the file expands more than {ratio} times over, as no text does")))
    }

    /// What held `before` bytes takes `after` from now on.
    fn hold(&self, before: u64, after: u64) -> Result<()> {
        let room = self.room.load(Relaxed).saturating_add(before);
        let Some(left) = room.checked_sub(after) else {
            self.room.store(room, Relaxed);
            return Err(ParquetError::General(format!(
                "its pages and rows would take more than {} bytes at a time; write it again with smaller pages, or leave \
                 the column out",
                self.most
            )));
        };
        self.room.store(left, Relaxed);
        Ok(())
    }
}

/// Which columns of a row group have been read to their end. They are read ahead of the rows.
struct Ends {
    columns: AtomicU64,
    ended: AtomicU64,
    /// the rows of the shortest, and of the longest
    fewest: AtomicU64,
    most: AtomicU64,
}

/// A row group whose columns are read within bounds.
pub(super) struct Group<'a> {
    inner: Box<dyn RowGroupReader + 'a>,
    account: Arc<Account>,
    ends: Arc<Ends>,
}

impl<'a> Group<'a> {
    pub(super) fn new(inner: Box<dyn RowGroupReader + 'a>, account: &Arc<Account>) -> Self {
        let ends = Ends {
            columns: AtomicU64::new(0),
            ended: AtomicU64::new(0),
            fewest: AtomicU64::new(u64::MAX),
            most: AtomicU64::new(0),
        };
        Self { inner, account: account.clone(), ends: Arc::new(ends) }
    }

    /// How many rows the shortest column has, as far as is known.
    pub(super) fn fewest(&self) -> u64 {
        self.ends.fewest.load(Relaxed)
    }

    /// Whether all columns have come to their ends, none after more rows than these.
    pub(super) fn has_ended(&self, rows: u64) -> bool {
        self.ends.ended.load(Relaxed) == self.ends.columns.load(Relaxed)
            && self.ends.most.load(Relaxed) <= rows
    }
}

impl RowGroupReader for Group<'_> {
    fn metadata(&self) -> &RowGroupMetaData {
        self.inner.metadata()
    }

    fn num_columns(&self) -> usize {
        self.inner.num_columns()
    }

    fn get_column_page_reader(&self, i: usize) -> Result<Box<dyn PageReader>> {
        let descr = self.metadata().column(i).column_descr_ptr();
        self.account.hold(0, COLUMN)?;
        self.ends.columns.fetch_add(1, Relaxed);
        Ok(Box::new(Column {
            inner: self.inner.get_column_page_reader(i)?,
            field: descr.path().parts().iter().map(|name| FIELD + name.len() as u64).sum(),
            descr,
            account: self.account.clone(),
            ends: self.ends.clone(),
            has_ended: false,
            rows: Rows::default(),
            dictionary: 0,
            longest: 0,
            pages: VecDeque::new(),
            held: COLUMN,
        }))
    }

    fn get_column_bloom_filter(&self, _: usize) -> Option<&Sbbf> {
        None
    }

    fn get_row_iter(&self, _: Option<Type>) -> Result<RowIter<'_>> {
        Err(ParquetError::NYI("rows are read by a tree of columns".to_owned()))
    }
}

/// A column's pages, one after the other.
struct Column {
    inner: Box<dyn PageReader>,
    descr: ColumnDescPtr,
    account: Arc<Account>,
    ends: Arc<Ends>,
    has_ended: bool,
    rows: Rows,
    /// what the dictionary takes, and its longest entry
    dictionary: u64,
    longest: u64,
    /// what each page takes of which values may still be held, and how many rows had begun at its end
    pages: VecDeque<(u64, u64)>,
    /// what a value takes in a row beside its text
    field: u64,
    /// what all of it is reckoned at
    held: u64,
}

impl Column {
    fn settle(&mut self) -> Result<()> {
        let pages = self.pages.iter().fold(0_u64, |sum, (cost, _)| sum.saturating_add(*cost));
        let row = self.rows.longest.saturating_mul(self.field.saturating_add(self.longest));
        let batch = self.rows.batch.saturating_mul(VALUE);
        let held = [COLUMN, self.dictionary, pages, row, batch].into_iter().fold(0, u64::saturating_add);
        let before = std::mem::take(&mut self.held);
        self.account.hold(before, held)?;
        self.held = held;
        Ok(())
    }

    fn next_page(&mut self) -> Result<Option<Page>> {
        // a batch reaches back to pages that ended fewer rows ago than are read at a time
        while self.pages.front().is_some_and(|(_, end)| end.saturating_add(ROWS as u64) <= self.rows.begun) {
            self.pages.pop_front();
        }
        self.settle()?;
        let Some(page) = self.inner.get_next_page()? else {
            if !self.has_ended {
                self.ends.ended.fetch_add(1, Relaxed);
                self.ends.fewest.fetch_min(self.rows.at_most(), Relaxed);
                self.ends.most.fetch_max(self.rows.begun, Relaxed);
            }
            self.has_ended = true;
            return Ok(None);
        };
        self.account.out(page.buffer().len() as u64)?;
        match &page {
            Page::DictionaryPage { buf, num_values, .. } => {
                self.longest = longest(&self.descr, buf, *num_values)?;
                self.dictionary = u64::from(*num_values) * VALUE + buf.len() as u64;
            }
            Page::DataPage { .. } | Page::DataPageV2 { .. } => {
                let cost = self.data(&page)?;
                self.pages.push_back((cost, self.rows.begun));
            }
        }
        self.settle()?;
        Ok(Some(page))
    }

    /// Counts the rows of a page, and tells what it takes.
    fn data(&mut self, page: &Page) -> Result<u64> {
        let count = u64::from(page.num_values());
        let buffer = page.buffer();
        let [repetition, values] = parts(page, &self.descr)?;
        match repetition {
            _ if self.descr.max_rep_level() == 0 => self.rows.single(count),
            // the old form, in which a level takes its bits: taken for one row, which is the most it can be
            None => self.rows.unknown(count),
            Some(levels) => self.rows.read(levels, bits(self.descr.max_rep_level()), count),
        }
        let values = values.unwrap_or_default();
        let more = match page.encoding() {
            Encoding::DELTA_LENGTH_BYTE_ARRAY => lengths::plain(values, count)?,
            Encoding::DELTA_BYTE_ARRAY => lengths::shared(values, count)?,
            _ => 0,
        };
        Ok(more.saturating_add(buffer.len() as u64))
    }
}

impl Drop for Column {
    fn drop(&mut self) {
        // to hold nothing is never too much
        let _ = self.account.hold(self.held, 0);
    }
}

impl PageReader for Column {
    fn get_next_page(&mut self) -> Result<Option<Page>> {
        self.next_page().map_err(|e| match e {
            ParquetError::General(what) => {
                // a name may be as long as the footer
                let name: String = self.descr.path().parts().join(".").chars().take(NAME).collect();
                ParquetError::General(format!("column {name}: {what}"))
            }
            e => e,
        })
    }

    fn peek_next_page(&mut self) -> Result<Option<PageMetadata>> {
        self.inner.peek_next_page()
    }

    fn skip_next_page(&mut self) -> Result<()> {
        self.inner.skip_next_page()
    }

    fn at_record_boundary(&mut self) -> Result<bool> {
        self.inner.at_record_boundary()
    }
}

impl Iterator for Column {
    type Item = Result<Page>;

    fn next(&mut self) -> Option<Self::Item> {
        self.get_next_page().transpose()
    }
}

/// How many bits a level takes.
fn bits(most: i16) -> u32 {
    i16::BITS - most.leading_zeros()
}

fn short() -> ParquetError {
    ParquetError::General("a page is shorter than its levels".to_owned())
}

/// A page's repetition levels, where they are runs, and its values.
fn parts<'a>(page: &'a Page, descr: &ColumnDescPtr) -> Result<[Option<&'a [u8]>; 2]> {
    match page {
        Page::DataPage { buf, num_values, rep_level_encoding, def_level_encoding, .. } => {
            let (levels, rest) = first_levels(buf, descr.max_rep_level(), *rep_level_encoding, *num_values)?;
            let (_, rest) = first_levels(rest, descr.max_def_level(), *def_level_encoding, *num_values)?;
            Ok([levels, Some(rest)])
        }
        Page::DataPageV2 { buf, rep_levels_byte_len, def_levels_byte_len, .. } => {
            let (levels, rest) = buf.split_at_checked(*rep_levels_byte_len as usize).ok_or_else(short)?;
            let (_, rest) = rest.split_at_checked(*def_levels_byte_len as usize).ok_or_else(short)?;
            Ok([Some(levels), Some(rest)])
        }
        Page::DictionaryPage { .. } => Ok([None, None]),
    }
}

/// The levels at the beginning of a page of the first version, where they are runs, and what follows.
fn first_levels(page: &[u8], most: i16, encoding: Encoding, count: u32) -> Result<(Option<&[u8]>, &[u8])> {
    if most == 0 {
        return Ok((None, page));
    }
    if encoding == Encoding::RLE {
        let (length, rest) = page.split_first_chunk().ok_or_else(short)?;
        let (levels, rest) = rest.split_at_checked(u32::from_le_bytes(*length) as usize).ok_or_else(short)?;
        return Ok((Some(levels), rest));
    }
    let length = (u64::from(count) * u64::from(bits(most))).div_ceil(8);
    let (_, rest) = page.split_at_checked(length as usize).ok_or_else(short)?;
    Ok((None, rest))
}

/// The longest entry of a dictionary, which has as many as it says.
fn longest(descr: &ColumnDescPtr, entries: &[u8], count: u32) -> Result<u64> {
    let fault = || {
        let bytes = entries.len();
        ParquetError::General(format!("a dictionary of {bytes} bytes says to have {count} entries"))
    };
    let width = match descr.physical_type() {
        Physical::BYTE_ARRAY => {
            let (mut longest, mut rest) = (0, entries);
            for _ in 0..count {
                let (length, after) = rest.split_first_chunk().ok_or_else(fault)?;
                let length = u32::from_le_bytes(*length);
                rest = after.get(length as usize..).ok_or_else(fault)?;
                longest = longest.max(length);
            }
            return Ok(u64::from(longest));
        }
        Physical::FIXED_LEN_BYTE_ARRAY => u64::try_from(descr.type_length()).unwrap_or(0).max(1),
        Physical::INT96 => 12,
        Physical::INT64 | Physical::DOUBLE => 8,
        Physical::INT32 | Physical::FLOAT => 4,
        // in truth eight take a byte; no one writes a dictionary of them
        Physical::BOOLEAN => 1,
    };
    if width * u64::from(count) > entries.len() as u64 { Err(fault()) } else { Ok(width) }
}
