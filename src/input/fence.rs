//! A stream with a fence in it, beyond which nothing is read until it is moved: for formats whose own readers hold what
//! stands before a record, however long it is; and one that watches how far a compressed file expands.

use super::limits::{Beyond, Limits};
use std::cell::Cell;
use std::io::{self, BufRead, Read};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Where a stream is, and how far it may be read.
pub(super) struct Marks {
    at: Cell<u64>,
    until: Cell<u64>,
    most: u64,
    /// where the headers to come begin, and whether any of them has been read
    from: Cell<u64>,
    begun: Cell<bool>,
}

impl Marks {
    /// How many bytes have been read.
    pub(super) fn at(&self) -> u64 {
        self.at.get()
    }

    /// Lets what ends at this byte be read, and the headers of what comes after it.
    pub(super) fn pass(&self, end: u64) {
        self.until.set(end.saturating_add(self.most));
        self.from.set(end);
        self.begun.set(false);
    }

    /// Whether something else than the ends of lines has been read of the headers to come.
    pub(super) fn begun(&self) -> bool {
        self.begun.get()
    }

    fn read(&self, bytes: &[u8]) {
        let at = self.at.get();
        self.at.set(at + bytes.len() as u64);
        let body = usize::try_from(self.from.get().saturating_sub(at)).unwrap_or(usize::MAX);
        if !self.begun.get() && bytes.iter().skip(body).any(|b| !matches!(b, b'\r' | b'\n')) {
            self.begun.set(true);
        }
    }
}

/// A stream up to its fence.
pub(super) struct Fence<R> {
    inner: R,
    marks: Rc<Marks>,
}

impl<R: BufRead> Fence<R> {
    /// The stream, with room for the first headers.
    pub(super) fn new(inner: R, limits: &Limits) -> (Self, Rc<Marks>) {
        let most = limits.headers;
        let marks = Rc::new(Marks {
            at: Cell::new(0),
            until: Cell::new(most),
            most,
            from: Cell::new(0),
            begun: Cell::new(false),
        });
        (Self { inner, marks: marks.clone() }, marks)
    }

    fn left(&self) -> u64 {
        self.marks.until.get().saturating_sub(self.marks.at.get())
    }
}

impl<R: BufRead> BufRead for Fence<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        let left = usize::try_from(self.left()).unwrap_or(usize::MAX);
        let most = self.marks.most;
        let held = self.inner.fill_buf()?;
        if left == 0 && !held.is_empty() {
            return Err(Beyond::io(format!(
                "the headers are longer than {most} bytes; no such file is sound: fetch or make it again; what stood before is read"
            )));
        }
        Ok(&held[..held.len().min(left)])
    }

    fn consume(&mut self, n: usize) {
        // it is held, and so read without a look at the source
        if n == 0 {
            return;
        }
        if let Ok(held) = self.inner.fill_buf() {
            self.marks.read(&held[..n.min(held.len())]);
        }
        self.inner.consume(n);
    }
}

impl<R: BufRead> Read for Fence<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        let n = self.fill_buf()?.read(buffer)?;
        self.consume(n);
        Ok(n)
    }
}

/// Counts what is read of a compressed stream.
pub(super) struct Packed<R> {
    inner: R,
    count: Arc<AtomicU64>,
}

impl<R> Packed<R> {
    pub(super) fn new(inner: R) -> (Self, Arc<AtomicU64>) {
        let count = Arc::new(AtomicU64::new(0));
        (Self { inner, count: count.clone() }, count)
    }
}

impl<R: BufRead> Read for Packed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.count.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Packed<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.inner.fill_buf()
    }

    fn consume(&mut self, n: usize) {
        self.inner.consume(n);
        self.count.fetch_add(n as u64, Ordering::Relaxed);
    }
}

/// What comes out of a compressed stream, as long as it is no bomb.
pub(super) struct Expanded<R> {
    inner: R,
    packed: Arc<AtomicU64>,
    out: u64,
    ratio: u64,
    free: u64,
}

impl<R> Expanded<R> {
    pub(super) fn new(inner: R, packed: Arc<AtomicU64>, limits: &Limits) -> Self {
        Self { inner, packed, out: 0, ratio: limits.ratio, free: limits.expanded }
    }
}

impl<R: Read> Read for Expanded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buffer)?;
        self.out += n as u64;
        let packed = self.packed.load(Ordering::Relaxed);
        if self.out > self.free && self.out > packed.saturating_mul(self.ratio) {
            return Err(Beyond::io(format!(
                "the file expands more than {} times over, as no text does; unpack it first where that is meant; what \
                 stood before is read",
                self.ratio
            )));
        }
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fenced(text: &str, headers: u64) -> (Fence<&[u8]>, Rc<Marks>) {
        Fence::new(text.as_bytes(), &Limits { headers, ..Limits::default() })
    }

    #[test]
    fn a_fence_stands_until_it_is_moved() {
        let (mut stream, marks) = fenced("abcdefgh", 3);
        let mut text = String::new();
        assert!(stream.read_to_string(&mut text).is_err());
        assert_eq!(marks.at(), 3);
        marks.pass(4);
        let mut rest = [0; 4];
        stream.read_exact(&mut rest).unwrap();
        assert_eq!((&rest, marks.at()), (b"defg", 7));
        let told = stream.read(&mut rest).unwrap_err();
        assert!(Beyond::told(&told).unwrap().0.contains("longer than 3 bytes"));
        assert!(marks.begun());
        // the end of a stream is no header
        let (mut stream, marks) = fenced("abc\r\n", 5);
        marks.pass(3);
        assert_eq!(stream.read_to_string(&mut String::new()).unwrap(), 5);
        assert!(!marks.begun(), "what stands before the headers, and ends of lines, are none");
    }

    #[test]
    fn wrapped_errors_are_told_too() {
        let wrapped = io::Error::other(io::Error::other(Beyond::io("so far")));
        assert_eq!(Beyond::told(&wrapped).unwrap().0, "so far");
        assert!(Beyond::told(&io::Error::other("x")).is_none());
    }
}
