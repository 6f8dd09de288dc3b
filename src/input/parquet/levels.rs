//! How rows part the values of a column: repetition levels, read as far as it takes to count.
//!
//! A level of zero begins a row. The levels of a page are runs, of which a few bytes may stand for two thousand million,
//! so they are counted here before a reader lays them out one by one. Takes a page's levels, returns how many values the
//! largest row has, and the largest batch of rows.

use super::ROWS;
use std::collections::VecDeque;

/// The rows of a column so far.
#[derive(Default)]
pub(super) struct Rows {
    /// how many have begun, at least
    pub(super) begun: u64,
    /// how many more there may be
    unknown: u64,
    /// values of the row that is still open
    open: u64,
    /// values of the rows before it, as many as are read at a time
    recent: VecDeque<u64>,
    sum: u64,
    /// the most values of a row
    pub(super) longest: u64,
    /// the most values of rows that are read at a time
    pub(super) batch: u64,
}

impl Rows {
    /// So many values are rows each.
    pub(super) fn single(&mut self, count: u64) {
        // further ones change nothing but the number
        for _ in 0..count.min(ROWS as u64 + 1) {
            self.recent.push_back(std::mem::replace(&mut self.open, 1));
            self.sum += self.recent.back().copied().unwrap_or(0);
            if self.recent.len() > ROWS {
                self.sum -= self.recent.pop_front().unwrap_or(0);
            }
            self.most();
        }
        self.begun = self.begun.saturating_add(count);
    }

    /// So many values go on with the row that is open.
    pub(super) fn more(&mut self, count: u64) {
        self.open = self.open.saturating_add(count);
        self.most();
    }

    /// So many values are of rows that no one counts: of one, which is the most that each can have.
    pub(super) fn unknown(&mut self, count: u64) {
        self.unknown = self.unknown.saturating_add(count);
        self.more(count);
    }

    /// How many rows there are at most.
    pub(super) fn at_most(&self) -> u64 {
        self.begun.saturating_add(self.unknown)
    }

    fn most(&mut self) {
        self.longest = self.longest.max(self.open);
        self.batch = self.batch.max(self.sum.saturating_add(self.open));
    }

    /// The rows of a page: `count` levels of so many bits, in runs as Parquet's hybrid of RLE and bit-packing has them.
    pub(super) fn read(&mut self, mut data: &[u8], bits: u32, mut count: u64) {
        while count > 0 {
            let Some((head, rest)) = varint(data) else { return };
            data = rest;
            let run = head >> 1;
            if head & 1 == 0 {
                let width = bits.div_ceil(8) as usize;
                let Some((value, rest)) = data.split_at_checked(width) else { return };
                data = rest;
                let run = run.min(count);
                if value.iter().all(|b| *b == 0) {
                    self.single(run)
                } else {
                    self.more(run)
                }
                count -= run;
            } else {
                let bytes = usize::try_from(run.saturating_mul(u64::from(bits))).unwrap_or(usize::MAX);
                let (packed, rest) = data.split_at(bytes.min(data.len()));
                data = rest;
                let held = packed.len() as u64 * 8 / u64::from(bits.max(1));
                let held = held.min(run.saturating_mul(8)).min(count);
                self.packed(packed, bits, held);
                count -= held;
            }
        }
    }

    fn packed(&mut self, packed: &[u8], bits: u32, count: u64) {
        let mut left = count;
        // eight levels take as many bytes as one takes bits, of which there are fifteen at most
        for group in packed.chunks(bits.clamp(1, 16) as usize) {
            let mut word = [0; 16];
            word[..group.len()].copy_from_slice(group);
            let mut word = u128::from_le_bytes(word);
            for _ in 0..left.min(8) {
                if word & ((1 << bits) - 1) == 0 {
                    self.single(1)
                } else {
                    self.more(1)
                }
                word >>= bits;
            }
            left = left.saturating_sub(8);
        }
    }
}

/// An unsigned number of seven bits a byte, and what follows it.
pub(super) fn varint(data: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0;
    for (i, byte) in data.iter().enumerate().take(10) {
        value |= u64::from(byte & 0x7F).checked_shl(7 * i as u32).unwrap_or(0);
        if *byte < 0x80 {
            return Some((value, &data[i + 1..]));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(data: &[u8], bits: u32, count: u64) -> [u64; 3] {
        let mut rows = Rows::default();
        rows.read(data, bits, count);
        [rows.begun, rows.longest, rows.batch]
    }

    #[test]
    fn runs_are_counted() {
        // a run of four zeros, then one of three ones
        assert_eq!(rows(&[8, 0, 6, 1], 1, 7), [4, 4, 7]);
        // two thousand million in six bytes
        let run = [0xFE, 0xFF, 0xFF, 0xFF, 0x0F, 1];
        assert_eq!(rows(&[&[2, 0][..], &run].concat(), 1, u64::from(u32::MAX)), [1, 1 << 31, 1 << 31]);
        // no more than the page has
        assert_eq!(rows(&[&[2, 0][..], &run].concat(), 1, 10), [1, 10, 10]);
        // eight levels of a bit each, of which the page has six: 0 1 1 0 1 0
        assert_eq!(rows(&[3, 0b1001_1010], 1, 2), [1, 2, 2]);
        assert_eq!(rows(&[3, 0b0001_0110], 1, 6), [3, 3, 6]);
        // levels of two bits: 0 2 1 0 | 0 0 3 3
        assert_eq!(rows(&[3, 0b0001_1000, 0b1111_0000], 2, 8), [4, 3, 8]);
        // what is cut short is counted as far as it goes
        assert_eq!(rows(&[0xFF, 0xFF, 3, 0], 1, 1 << 40), [8, 1, 8]);
        assert_eq!(rows(&[9], 1, 9), [0, 0, 0]);
        // runs of nothing, and without end
        assert_eq!(rows(&[0, 0, 0, 0, 1, 1], 1, 9), [0, 0, 0]);
        assert_eq!(rows(&[0xFF; 30], 1, 9), [0, 0, 0]);
    }

    #[test]
    fn a_batch_is_as_large_as_its_rows() {
        let mut rows = Rows::default();
        for _ in 0..100 {
            rows.single(1);
            rows.more(9);
        }
        // one more than are read at a time, as none knows where a batch begins
        assert_eq!((rows.begun, rows.longest, rows.batch), (100, 10, 10 * (ROWS as u64 + 1)));
        rows.single(1 << 40);
        assert_eq!((rows.begun, rows.batch), ((1 << 40) + 100, 10 * (ROWS as u64 + 1)));
    }
}
