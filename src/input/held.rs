//! Bytes of a stream, held back until a whole article of them is there: what readers of lines, rows and lists cut from.
//!
//! Knows where it stands (offset, line). Holds what its reader has not taken yet and no more: a reader that finds no
//! end within `--max-article` skips instead of holding on.

use super::stream::without_bom;
use std::io::{self, BufRead};

/// Above this much space already taken at the front, the rest moves up.
const SLACK: usize = 1 << 20;

pub(super) struct Held<'a> {
    source: &'a mut (dyn BufRead + 'a),
    buffer: Vec<u8>,
    start: usize,
    /// of the first byte held, within the stream
    pub(super) offset: u64,
    /// of the first byte held, counted from 1
    pub(super) line: usize,
}

impl<'a> Held<'a> {
    pub(super) fn new(source: &'a mut (dyn BufRead + 'a)) -> Self {
        Self { source, buffer: Vec::new(), start: 0, offset: 0, line: 1 }
    }

    /// What is held.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.buffer[self.start..]
    }

    /// Holds more; false at the end of the stream.
    pub(super) fn more(&mut self) -> io::Result<bool> {
        if self.start > SLACK && self.start > self.buffer.len() / 2 {
            self.buffer.drain(..self.start);
            self.start = 0;
        }
        let chunk = self.source.fill_buf()?;
        let n = chunk.len();
        self.buffer.extend_from_slice(chunk);
        self.source.consume(n);
        Ok(n > 0)
    }

    /// Lets go of the first `n` bytes.
    pub(super) fn skip(&mut self, n: usize) {
        let n = n.min(self.buffer.len() - self.start);
        self.line += memchr::memchr_iter(b'\n', &self.buffer[self.start..self.start + n]).count();
        self.start += n;
        self.offset += n as u64;
        if self.start == self.buffer.len() {
            self.buffer.clear();
            self.start = 0;
        }
    }

    /// Takes the first `n` bytes.
    pub(super) fn take(&mut self, n: usize) -> Vec<u8> {
        let taken = self.bytes()[..n].to_vec();
        self.skip(n);
        taken
    }

    /// Lets go of everything up to and with the next line feed, holding none of it.
    pub(super) fn skip_line(&mut self) -> io::Result<()> {
        loop {
            if let Some(end) = memchr::memchr(b'\n', self.bytes()) {
                self.skip(end + 1);
                return Ok(());
            }
            self.skip(usize::MAX);
            if !self.more()? {
                return Ok(());
            }
        }
    }

    /// Lets go of a byte order mark.
    pub(super) fn skip_bom(&mut self) -> io::Result<()> {
        while self.bytes().len() < 3 && self.more()? {}
        self.skip(self.bytes().len() - without_bom(self.bytes()).len());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_known_whatever_the_chunks() {
        for size in 1..8 {
            let mut source = io::BufReader::with_capacity(size, &b"\xEF\xBB\xBFab\ncd\n\nef"[..]);
            let mut held = Held::new(&mut source);
            held.skip_bom().unwrap();
            held.skip_line().unwrap();
            assert_eq!((held.offset, held.line), (6, 2));
            while held.more().unwrap() {}
            assert_eq!(held.take(3), b"cd\n");
            held.skip_line().unwrap();
            assert_eq!((held.bytes(), held.offset, held.line), (&b"ef"[..], 10, 4));
            held.skip_line().unwrap();
            assert!(!held.more().unwrap() && held.bytes().is_empty());
        }
    }
}
