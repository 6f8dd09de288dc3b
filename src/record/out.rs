//! The bytes of a record as they are written.
//!
//! Owns [`Out`]: room is looked for once for each thing that is put, and what is short is put by a copy of as many bytes as
//! it may have, of which the next thing overwrites what is too much.

use super::string::is_plain;

/// Bytes that grow. A `Vec` does the same, by a call for each run, also for one whose length the compiler knows.
pub(super) struct Out {
    /// what was put, and noughts for what is put next
    bytes: Vec<u8>,
    end: usize,
}

/// By how many noughts it grows: few enough to be near when they are written over.
const STEP: usize = 1024;
/// A key and what is put with it have at most so many bytes.
const KEYED: usize = 48;
/// By such a part of itself it takes room where it is longer than was foreseen: twice as much would be as much for nothing.
const PART: usize = 16;

impl Out {
    pub(super) fn with_capacity(capacity: usize) -> Self {
        Self { bytes: Vec::with_capacity(capacity), end: 0 }
    }

    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.end);
        self.bytes
    }

    /// Puts the first bytes of a run.
    #[inline(always)]
    pub(super) fn put_first<const N: usize>(&mut self, run: &[u8; N], length: usize) {
        debug_assert!(length <= N);
        loop {
            if let Some(place) = self.bytes.get_mut(self.end..).and_then(|free| free.first_chunk_mut()) {
                *place = *run;
                self.end += length;
                return;
            }
            self.grow(N);
        }
    }

    /// Puts a key and the first bytes of a run, both in one block.
    #[inline(always)]
    pub(super) fn put_keyed<const N: usize, const M: usize>(
        &mut self,
        key: &[u8; N],
        run: &[u8; M],
        length: usize,
    ) {
        const { assert!(N + M <= KEYED) };
        debug_assert!(length <= M);
        loop {
            let free = self.bytes.get_mut(self.end..).and_then(|free| free.first_chunk_mut::<KEYED>());
            // arrays, of which the compiler knows that they have room: slices would be copied by a call
            if let Some(place) = free
                && let Some((to, behind)) = place.split_first_chunk_mut()
                && let Some(behind) = behind.first_chunk_mut()
            {
                (*to, *behind) = (*key, *run);
                self.end += N + length;
                return;
            }
            self.grow(KEYED);
        }
    }

    /// Puts a run of known length.
    #[inline(always)]
    pub(super) fn put<const N: usize>(&mut self, run: &[u8; N]) {
        self.put_first(run, N);
    }

    /// Puts any bytes.
    #[inline]
    pub(super) fn put_all(&mut self, bytes: &[u8]) {
        loop {
            if let Some(place) = self.bytes.get_mut(self.end..).and_then(|free| free.get_mut(..bytes.len())) {
                place.copy_from_slice(bytes);
                self.end += bytes.len();
                return;
            }
            self.grow(bytes.len());
        }
    }

    /// Puts a string of a block or more in its marks, block by block, the last one over a part of the one before it. Whether
    /// all of it could stand as it is shows at the end; where it could not, nothing was put.
    #[inline]
    pub(super) fn put_plain(&mut self, bytes: &[u8]) -> bool {
        let length = bytes.len() + 2;
        let place = loop {
            match self.bytes.get_mut(self.end..).and_then(|free| free.get_mut(..length)) {
                Some(_) => break &mut self.bytes[self.end..self.end + length],
                None => self.grow(length),
            }
        };
        let [first, inner @ .., last] = place else { return false };
        (*first, *last) = (b'"', b'"');
        let (Some(to), Some(from)) = (inner.last_chunk_mut(), bytes.last_chunk()) else { return false };
        *to = *from;
        let mut plain = is_plain(from);
        for (to, from) in inner.as_chunks_mut().0.iter_mut().zip(bytes.as_chunks().0) {
            *to = *from;
            plain &= is_plain(from);
        }
        self.end += if plain { length } else { 0 };
        plain
    }

    #[cold]
    #[inline(never)]
    fn grow(&mut self, least: usize) {
        let end = self.end + least + STEP;
        if end > self.bytes.capacity() {
            let more = (end - self.bytes.len()).max(self.end / PART);
            self.bytes.reserve_exact(more);
        }
        self.bytes.resize(end, 0);
    }
}

/// What serde_json writes.
impl std::io::Write for Out {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.put_all(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}
