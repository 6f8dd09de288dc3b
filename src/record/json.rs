//! Values as compact JSON: what serde_json writes, byte for byte, in a fraction of the time.
//!
//! Takes numbers, strings, words and lists of them, puts bytes; objects are in `objects.rs`. A record is mostly keys,
//! short strings and small numbers, so that what counts is how often bytes are put, not how many: what is short is made
//! first and put at once, by a copy of as many bytes as it may have, of which the next thing overwrites what is too much.

use super::*;
use crate::lexicon::swar;
use crate::portion::emptied;
use std::borrow::Cow;

/// What can be written as JSON.
pub(super) trait Json {
    fn json(&self, out: &mut Out);

    /// The same behind its key, with the marks around that: both by one look for room, where that is known beforehand.
    #[inline(always)]
    fn keyed<const N: usize>(&self, key: &[u8; N], out: &mut Out) {
        out.put(key);
        self.json(out);
    }

    /// The same, and lets go of it as it is written, where it is long.
    fn last_json(self, out: &mut Out)
    where
        Self: Sized,
    {
        self.json(out);
    }
}

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
    fn put_first<const N: usize>(&mut self, run: &[u8; N], length: usize) {
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
    fn put_keyed<const N: usize, const M: usize>(&mut self, key: &[u8; N], run: &[u8; M], length: usize) {
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
    fn put_all(&mut self, bytes: &[u8]) {
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
    fn put_plain(&mut self, bytes: &[u8]) -> bool {
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

/// One past the largest number of four figures.
const FOUR: u32 = 10_000;

/// The figures of a number below [`FOUR`] without noughts before it, the first one lowest, and how many they are.
#[inline]
fn figures(number: u32) -> (u32, usize) {
    // both halves at once: each pair of figures in sixteen bits, then each figure in eight
    let hundreds = (number * 5243) >> 19;
    let pairs = hundreds | (number - hundreds * 100) << 16;
    let tens = ((pairs * 103) >> 10) & 0x000F_000F;
    let figures = tens | (pairs - tens * 10) << 8;
    let noughts = (figures | 1 << 24).trailing_zeros() & !7;
    ((figures | 0x3030_3030) >> noughts, 4 - noughts as usize / 8)
}

impl Json for u32 {
    #[inline]
    fn json(&self, out: &mut Out) {
        if *self < FOUR {
            let (figures, length) = figures(*self);
            out.put_first(&figures.to_le_bytes(), length);
        } else {
            out.put_all(itoa::Buffer::new().format(*self).as_bytes());
        }
    }

    #[inline(always)]
    fn keyed<const N: usize>(&self, key: &[u8; N], out: &mut Out) {
        if *self < FOUR {
            let (figures, length) = figures(*self);
            out.put_keyed(key, &figures.to_le_bytes(), length);
        } else {
            out.put(key);
            self.json(out);
        }
    }
}

impl Json for Offsets {
    #[inline]
    fn json(&self, out: &mut Out) {
        self.keyed(&[], out);
    }

    #[inline(always)]
    fn keyed<const N: usize>(&self, key: &[u8; N], out: &mut Out) {
        let [start, end] = *self;
        if start.max(end) < FOUR {
            let ((start, s), (end, e)) = (figures(start), figures(end));
            let start = u64::from(b'[') | u64::from(start) << 8 | u64::from(b',') << (8 + 8 * s);
            let end = u64::from(end) | u64::from(b']') << (8 * e);
            let both = u128::from(start) | u128::from(end) << (8 * (s + 2));
            out.put_keyed(key, &both.to_le_bytes(), s + e + 3);
        } else {
            out.put(key);
            start.keyed(b"[", out);
            end.keyed(b",", out);
            out.put(b"]");
        }
    }
}

impl Json for f64 {
    /// Most are whole or have two decimals at most. Such a decimal of no more than fifteen figures is the shortest that
    /// is read as its number again, which is the one to write.
    fn json(&self, out: &mut Out) {
        let hundredths = (*self * 100.0 + 0.5) as u64;
        let is_exact = self.is_sign_positive() && *self < 1e9 && hundredths as f64 / 100.0 == *self;
        if !is_exact {
            // a record has string keys, and what is not finite is null: nothing can fail
            let _ = serde_json::to_writer(out, self);
            return;
        }
        let (whole, part) = ((hundredths / 100) as u32, (hundredths % 100) as u32);
        whole.json(out);
        let (tens, ones) = (part / 10, part % 10);
        let figures = [b'.', b'0' + tens as u8, b'0' + ones as u8];
        out.put_first(&figures, if ones == 0 { 2 } else { 3 });
    }
}

impl Json for bool {
    #[inline]
    fn json(&self, out: &mut Out) {
        self.keyed(&[], out);
    }

    #[inline(always)]
    fn keyed<const N: usize>(&self, key: &[u8; N], out: &mut Out) {
        out.put_keyed(key, if *self { b"true " } else { b"false" }, if *self { 4 } else { 5 });
    }
}

impl<T: Json> Json for Option<T> {
    #[inline]
    fn json(&self, out: &mut Out) {
        match self {
            Some(value) => value.json(out),
            None => out.put(b"null"),
        }
    }

    #[inline(always)]
    fn keyed<const N: usize>(&self, key: &[u8; N], out: &mut Out) {
        match self {
            Some(value) => value.keyed(key, out),
            None => out.put_keyed(key, b"null", 4),
        }
    }
}

impl<T: Json> Json for Vec<T> {
    #[inline]
    fn json(&self, out: &mut Out) {
        let mut before = b'[';
        for item in self {
            item.keyed(&[before], out);
            before = b',';
        }
        if self.is_empty() {
            out.put(b"[]");
        } else {
            out.put(b"]");
        }
    }

    fn last_json(self, out: &mut Out) {
        if self.is_empty() {
            return self.json(out);
        }
        let mut before = b'[';
        for item in emptied(self) {
            out.put(&[before]);
            item.json(out);
            before = b',';
        }
        out.put(b"]");
    }
}

/// The further fields that were asked for hold whatever the input held.
impl Json for BTreeMap<String, serde_json::Value> {
    fn json(&self, out: &mut Out) {
        let _ = serde_json::to_writer(out, self);
    }
}

macro_rules! words {
    ($($vocabulary:ident)*) => {$(
        impl Json for $vocabulary {
            #[inline]
            fn json(&self, out: &mut Out) {
                self.keyed(&[], out);
            }

            #[inline(always)]
            fn keyed<const N: usize>(&self, key: &[u8; N], out: &mut Out) {
                let (word, length) = self.quoted();
                out.put_keyed(key, word, *length);
            }
        }
    )*};
}
words! {
    OffsetUnit BlockKind SourceKind Gender Mode AttributionKind Form Stance QuoteRole Bound ClaimKind Direction ChangeRole
}

impl Json for String {
    #[inline]
    fn json(&self, out: &mut Out) {
        string(out, self);
    }
}

impl Json for Cow<'_, str> {
    #[inline]
    fn json(&self, out: &mut Out) {
        string(out, self);
    }
}

/// So many bytes of a string are looked at at once for what must be escaped.
const BLOCK: usize = 16;

/// Whether all bytes can stand in a string as they are: asked of each without a branch, which the compiler does by one
/// instruction for all of them.
#[inline(always)]
fn is_plain(block: &[u8; BLOCK]) -> bool {
    let mut escaped = [0; BLOCK];
    for i in 0..BLOCK {
        escaped[i] = u8::from(is_escaped(block[i]));
    }
    u128::from_ne_bytes(escaped) == 0
}

/// Whether a byte cannot stand in a string as it is.
#[inline(always)]
fn is_escaped(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

fn string(out: &mut Out, text: &str) {
    let bytes = text.as_bytes();
    if bytes.len() < BLOCK {
        let length = bytes.len() as u32;
        let letters = short(bytes);
        let spaces = u128::from_le_bytes([b' '; BLOCK]) << (8 * length);
        if is_plain(&(letters | spaces).to_le_bytes()) {
            // the closing mark of fifteen bytes is a seventeenth
            let mark = u128::from(b'"');
            let run = mark | letters << 8 | mark.checked_shl(8 * length + 8).unwrap_or(0);
            let mut marked = [b'"'; BLOCK + 1];
            marked[..BLOCK].copy_from_slice(&run.to_le_bytes());
            return out.put_first(&marked, bytes.len() + 2);
        }
    } else if out.put_plain(bytes) {
        return;
    }
    escaped(out, bytes);
}

/// At most fifteen bytes, the first lowest: two reads that overlap, and no copy of a length that nobody foretells.
#[inline]
fn short(bytes: &[u8]) -> u128 {
    match (bytes.first_chunk(), bytes.last_chunk()) {
        (Some(first), Some(last)) => {
            let (first, last) = (u64::from_le_bytes(*first), u64::from_le_bytes(*last));
            u128::from(first) | u128::from(last) << (8 * (bytes.len() - size_of::<u64>()))
        }
        _ => u128::from(swar::load(bytes)),
    }
}

/// How many bytes at the start can stand as they are.
fn plain(bytes: &[u8]) -> usize {
    let (blocks, _) = bytes.as_chunks();
    let start = BLOCK * blocks.iter().take_while(|block| is_plain(block)).count();
    start + bytes[start..].iter().take_while(|byte| !is_escaped(**byte)).count()
}

fn escaped(out: &mut Out, bytes: &[u8]) {
    out.put(b"\"");
    let mut rest = bytes;
    loop {
        let (clean, after) = rest.split_at(plain(rest));
        out.put_all(clean);
        let Some((&byte, after)) = after.split_first() else { break };
        match byte {
            b'"' => out.put(b"\\\""),
            b'\\' => out.put(b"\\\\"),
            b'\n' => out.put(b"\\n"),
            b'\r' => out.put(b"\\r"),
            b'\t' => out.put(b"\\t"),
            0x08 => out.put(b"\\b"),
            0x0c => out.put(b"\\f"),
            _ => {
                let digit = |n: u8| b"0123456789abcdef"[usize::from(n & 15)];
                out.put(&[b'\\', b'u', b'0', b'0', digit(byte >> 4), digit(byte)]);
            }
        }
        rest = after;
    }
    out.put(b"\"");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Article, Pipeline};

    /// What both write must be the same.
    fn same(record: &Record) {
        let (ours, theirs) = (record.to_json(), serde_json::to_vec(record).unwrap());
        assert_eq!(String::from_utf8_lossy(&ours), String::from_utf8_lossy(&theirs));
        assert!(record.clone().into_json() == theirs, "one that goes as it is written is written otherwise");
    }

    /// A record in which nothing lacks.
    fn full() -> Record {
        let text = "Rain\n\nBy Ana Brandt\n\n“We lost 3.5 million,” Ana Brandt said.\n\nShe \"denied\" it:\t5 to 7 of 12 boats \
                    \\ rafts sank. Officials told Holm that sales rose 5 percent to $7 a day in 2014, citing a report.";
        let mut record = Pipeline::default().run(&Article::new("a/\"1\"\u{7f}", text));
        assert!(!record.claims.is_empty() && !record.attributions.is_empty() && !record.quotes.is_empty());
        record.figures = vec![Figure {
            id: 0,
            of: "boats".into(),
            unit: String::new(),
            claims: vec![1, 2],
            low: 1.0,
            high: 2.5,
            agree: true,
        }];
        record
    }

    #[test]
    fn records_are_as_serde_json_writes_them() {
        same(&full());
        let mut hostile = full();
        hostile.text = Some((0..300).filter_map(char::from_u32).collect());
        let json =
            r#"{"a": [1, -2, 1e300, 0.1, null, true, {}], "é\n": {"b": [], "c": "\u0001 fifteen bytes…"}}"#;
        hostile.meta.extra = serde_json::from_str(json).unwrap();
        same(&hostile);
        // long lists, which go a portion at a time
        let numbers: String = (0..3000).map(|n| format!("“{n} boats” ")).collect();
        let long = Pipeline::default().run(&Article::new("long", numbers));
        assert!(long.claims.len() > 2000 && long.quotes.len() > 2000 && long.to_json().len() > 1 << 20);
        same(&long);
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let files = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path());
        for file in files.filter(|file| file.extension().is_some_and(|e| e == "txt")) {
            let article = Article::new("corpus", std::fs::read_to_string(file).unwrap());
            same(&Pipeline::default().run(&article));
        }
    }

    /// What both write of a value must be the same.
    fn same_value<T: Json + Serialize + std::fmt::Debug>(value: T) {
        let mut ours = Out::with_capacity(1);
        value.json(&mut ours);
        assert_eq!(
            String::from_utf8_lossy(&ours.into_bytes()),
            serde_json::to_string(&value).unwrap(),
            "{value:?}"
        );
    }

    #[test]
    fn numbers_are_as_serde_json_writes_them() {
        let around = |n: u32| [n.wrapping_sub(1), n, n.wrapping_add(1)];
        let powers: Vec<u32> = (0..10).map(|e| 10u32.pow(e)).collect();
        for number in (0..20_000).chain(powers.iter().copied().flat_map(around)).chain(around(0)) {
            same_value(number);
            same_value([number, number / 3]);
            same_value([0, number]);
            same_value(f64::from(number));
            same_value(f64::from(number) / 10.0);
            same_value(f64::from(number) / 100.0);
            same_value(-f64::from(number) / 1000.0);
            // the neighbours of a decimal are none
            same_value((f64::from(number) / 100.0).next_up());
            same_value((f64::from(number) / 100.0).next_down());
        }
        for exponent in -330..310 {
            same_value(format!("1e{exponent}").parse::<f64>().unwrap());
            same_value(format!("99.99e{exponent}").parse::<f64>().unwrap());
            same_value(format!("-12345.678e{exponent}").parse::<f64>().unwrap());
        }
        for odd in [0.0, -0.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MAX, f64::MIN_POSITIVE] {
            same_value(odd);
        }
    }

    #[test]
    fn strings_are_as_serde_json_writes_them() {
        for odd in (0..0x300).filter_map(char::from_u32).chain(['\u{2028}', '\u{ffff}', '𝄞']) {
            for length in 0..40 {
                same_value(format!("{}{odd}{}", "x".repeat(length), "y".repeat(40 - length)));
                same_value(format!("{}{odd}", "é".repeat(length / 2)));
                same_value(Cow::Borrowed(&*format!("{odd}{odd}{}", "z".repeat(length))));
            }
        }
        same_value(String::new());
    }
}
