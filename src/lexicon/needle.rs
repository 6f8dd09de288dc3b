//! Which of many strings a line holds, or begins with.
//!
//! Takes strings, each with a number of its owner's; returns the numbers of those found. At each place of a line a
//! filter of some kilobytes is asked for the next four bytes; only where they are the rarest four of some string are
//! strings compared. An automaton of as many strings would be megabytes.

use super::{packed, swar};
use memchr::memchr_iter;
use serde::{Deserialize, Serialize};

/// Strings and the number that each stands for, ordered by where they are looked up.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Needles {
    bytes: Vec<u8>,
    /// where each string ends in `bytes`
    #[serde(with = "packed")]
    ends: Vec<u32>,
    #[serde(with = "packed")]
    numbers: Vec<u32>,
    /// where in each string the four bytes stand by which it is looked up
    #[serde(with = "packed")]
    offsets: Vec<u32>,
    /// a bit for each of the hashes of four bytes: whether a string is looked up by them
    #[serde(with = "packed")]
    filter: Vec<u32>,
    /// how many bits of the filter are set before each 32 of them
    #[serde(with = "packed")]
    ranks: Vec<u32>,
    /// where the strings begin that each bit of the filter stands for, and where the last of them end; after them come
    /// those too short to have a hash
    #[serde(with = "packed")]
    begins: Vec<u32>,
    /// the bytes with which short strings begin, in order, and the range of the strings of each
    short: Vec<(u8, (u32, u32))>,
    /// the same bytes, a bit each
    short_first: [u32; 8],
    /// strings count at the start of a line alone
    at_start: bool,
}

/// Bits of a hash.
const BITS: u32 = 15;

/// The hash of four bytes.
#[inline]
fn hash(four: u32) -> usize {
    (four.wrapping_mul(0x9e37_79b9) >> (32 - BITS)) as usize
}

/// Letters of news and the space, the most frequent first.
const FREQUENT: &[u8] = b" etaoinsrhldcumfpgwybvk";

/// The four bytes of a string that come least often in text: where they stand, and their hash.
fn rarest(string: &[u8], at_start: bool) -> Option<(usize, usize)> {
    let rank = |byte: &u8| FREQUENT.iter().position(|f| f == byte).unwrap_or(FREQUENT.len());
    let places = if at_start { 1 } else { string.len() };
    let rarity = |four: &[u8]| four.iter().map(rank).sum::<usize>();
    let (at, four) = string.windows(4).enumerate().take(places).max_by_key(|(_, four)| rarity(four))?;
    Some((at, hash(u32::from_le_bytes(*four.first_chunk()?))))
}

/// Whether a set of bits holds one.
#[inline]
pub(super) fn holds(set: &[u32], bit: usize) -> bool {
    set[bit / 32] >> (bit % 32) & 1 != 0
}

impl Needles {
    /// Finds strings anywhere, or only at a line's start.
    pub(super) fn new(mut strings: Vec<(Vec<u8>, u32)>, at_start: bool) -> Self {
        // by hash; the short ones come last
        let order = |string: &[u8]| rarest(string, at_start).map_or(1 << BITS, |(_, h)| h);
        strings.sort_by_cached_key(|(string, _)| (order(string), string.first().copied()));
        let mut needles = Self { filter: vec![0; (1 << BITS) / 32], at_start, ..Self::default() };
        for (string, number) in strings {
            let at = needles.ends.len() as u32;
            let offset = match rarest(&string, at_start) {
                Some((offset, h)) => {
                    if !holds(&needles.filter, h) {
                        needles.filter[h / 32] |= 1 << (h % 32);
                        needles.begins.push(at);
                    }
                    offset
                }
                None => {
                    let byte = *string.first().unwrap_or(&0);
                    needles.short_first[usize::from(byte / 32)] |= 1 << (byte % 32);
                    match needles.short.last_mut() {
                        Some((last, (_, end))) if *last == byte => *end = at + 1,
                        _ => needles.short.push((byte, (at, at + 1))),
                    }
                    0
                }
            };
            needles.bytes.extend(&string);
            needles.ends.push(needles.bytes.len() as u32);
            needles.numbers.push(number);
            needles.offsets.push(offset as u32);
        }
        let first_short = needles.short.first().map_or(needles.ends.len() as u32, |(_, (start, _))| *start);
        needles.begins.push(first_short);
        let mut before = 0;
        for bits in &needles.filter {
            needles.ranks.push(before);
            before += bits.count_ones();
        }
        needles
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// Whether a string may begin so.
    #[inline]
    pub(super) fn may_begin(&self, start: [u8; 4]) -> bool {
        let h = hash(u32::from_le_bytes(start));
        (h / 32 < self.filter.len() && holds(&self.filter, h))
            | holds(&self.short_first, usize::from(start[0]))
    }

    /// The range of the short strings that begin with a byte.
    #[inline]
    fn short_beginning(&self, byte: u8) -> Option<(u32, u32)> {
        let found = self.short.binary_search_by_key(&byte, |(byte, _)| *byte).ok()?;
        Some(self.short[found].1)
    }

    /// Tells the number of each string that a line holds; one may come several times.
    #[inline]
    pub(super) fn found(&self, line: &[u8], mut tell: impl FnMut(u32)) {
        // of a fixed size, so that no look-up in it needs a check
        let Ok(filter) = <&[u32; (1 << BITS) / 32]>::try_from(self.filter.as_slice()) else { return };
        let bit = |four: u32| {
            let h = hash(four);
            filter[h / 32] >> (h % 32) & 1
        };
        let places = if self.at_start { line.len().min(4) } else { line.len() };
        // five places in each eight bytes, asked together: hardly ever is there any
        let mut ask = |at: usize, eight: &[u8; 8]| {
            let eight = u64::from_le_bytes(*eight);
            let four = |place: usize| (eight >> (place * 8)) as u32;
            let any = bit(four(0)) | bit(four(1)) | bit(four(2)) | bit(four(3)) | bit(four(4));
            if any != 0 {
                (0..5).for_each(|place| self.check(four(place), line, at + place, &mut tell));
            }
        };
        if let Some(last) = line[..places].last_chunk() {
            let mut at = 0;
            while let Some(eight) = line[at..places].first_chunk() {
                ask(at, eight);
                at += 5;
            }
            // what is left over, with some of what was asked already
            ask(places - 8, last);
        } else {
            for (place, four) in line[..places].windows(4).enumerate() {
                let four = four.iter().rev().fold(0, |all, &byte| all << 8 | u32::from(byte));
                self.check(four, line, place, &mut tell);
            }
        }
        if self.at_start {
            if let Some((start, end)) = line.first().and_then(|&byte| self.short_beginning(byte)) {
                self.compare(start, end, line, 0, &mut tell);
            }
            return;
        }
        for &(byte, (start, end)) in &self.short {
            if swar::holds(line, byte) {
                memchr_iter(byte, line).for_each(|at| self.compare(start, end, line, at, &mut tell));
            }
        }
    }

    /// Tells the strings that a line holds which are looked up by the four bytes at a place of it.
    fn check(&self, four: u32, line: &[u8], place: usize, tell: &mut impl FnMut(u32)) {
        let h = hash(four);
        let bits = self.filter[h / 32];
        if bits >> (h % 32) & 1 != 0 {
            let below = bits & ((1 << (h % 32)) - 1);
            let nth = (self.ranks[h / 32] + below.count_ones()) as usize;
            self.compare(self.begins[nth], self.begins[nth + 1], line, place, tell);
        }
    }

    /// Tells those of a range of strings that a line holds, looked up by what stands at a place of it.
    #[inline(never)]
    fn compare(&self, start: u32, end: u32, line: &[u8], place: usize, tell: &mut impl FnMut(u32)) {
        let mut from = start.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        for i in start as usize..end as usize {
            let string = &self.bytes[from as usize..self.ends[i] as usize];
            from = self.ends[i];
            let Some(at) = place.checked_sub(self.offsets[i] as usize) else { continue };
            // the last byte tells most apart, which are alike at their beginning
            let here = &line[at..];
            if here.get(string.len().wrapping_sub(1)) == string.last() && here.starts_with(string) {
                tell(self.numbers[i]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_found() {
        let words = ["share", "shares", "hare", "a", "re ", "aresome"];
        for (at_start, line, want) in [
            (false, "my shares", &[0, 1, 2, 3][..]),
            (false, "we share it", &[0, 2, 3, 4]),
            (false, "hare", &[2, 3]),
            (false, "xyz", &[]),
            (false, "", &[]),
            (true, "shares", &[0, 1]),
            (true, "a", &[3]),
            (true, "my shares", &[]),
            (true, "é", &[]),
        ] {
            let strings = words.iter().zip(0..).map(|(w, i)| (w.as_bytes().to_vec(), i));
            let mut found = Vec::new();
            Needles::new(strings.collect(), at_start).found(line.as_bytes(), |number| found.push(number));
            found.sort_unstable();
            // the last eight bytes of a line hold some that were asked already
            found.dedup();
            assert_eq!(found, want, "{line}");
        }
        Needles::default().found(b"xxxxx", |_| panic!("nothing is sought"));
        Needles::new(Vec::new(), false).found(b"xxxxx", |_| panic!("nothing is sought"));
    }
}
