//! Which of many strings a line holds, or begins with.
//!
//! Takes strings, each with a number of its owner's; returns the numbers of those found. At each place of a line a
//! filter of some kilobytes is asked for the next four bytes; only where some string begins with them are strings
//! compared. An automaton of as many strings would be megabytes.

use super::packed;
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
    /// a bit for each of the hashes of four bytes: whether a string begins so
    #[serde(with = "packed")]
    filter: Vec<u32>,
    /// where the strings of each part of the hashes begin; after them come those too short to have a hash
    #[serde(with = "packed")]
    parts: Vec<u32>,
    /// the bytes with which short strings begin
    #[serde(with = "packed")]
    short: Vec<u32>,
    /// strings count at the start of a line alone
    at_start: bool,
}

/// Bits of a hash.
const BITS: u32 = 15;
/// Bits of a hash by which strings are parted.
const PARTS: u32 = 10;

/// The hash of the first four bytes.
#[inline]
fn hash(bytes: &[u8]) -> Option<usize> {
    let first = u32::from_le_bytes(*bytes.first_chunk()?);
    Some((first.wrapping_mul(0x9e37_79b9) >> (32 - BITS)) as usize)
}

impl Needles {
    /// Finds strings anywhere, or only at a line's start.
    pub(super) fn new(mut strings: Vec<(Vec<u8>, u32)>, at_start: bool) -> Self {
        let part = |string: &[u8]| hash(string).map_or(1 << PARTS, |h| h >> (BITS - PARTS));
        strings.sort_by_key(|(string, _)| part(string));
        let mut needles = Self {
            filter: vec![0; (1 << BITS) / 32],
            parts: vec![0; (1 << PARTS) + 1],
            short: vec![0; 256 / 32],
            at_start,
            ..Self::default()
        };
        for (string, number) in strings {
            let bit = hash(&string).map(|h| (&mut needles.filter, h));
            let (set, bit) = bit.unwrap_or((&mut needles.short, usize::from(*string.first().unwrap_or(&0))));
            set[bit / 32] |= 1 << (bit % 32);
            needles.parts[part(&string)..].iter_mut().skip(1).for_each(|start| *start += 1);
            needles.bytes.extend(&string);
            needles.ends.push(needles.bytes.len() as u32);
            needles.numbers.push(number);
        }
        needles
    }

    /// Tells the number of each string that a line holds; one may come several times.
    #[inline]
    pub(super) fn found(&self, line: &[u8], mut tell: impl FnMut(u32)) {
        // of fixed sizes, so that no look-up in them needs a check
        let Ok(filter) = <&[u32; (1 << BITS) / 32]>::try_from(self.filter.as_slice()) else { return };
        let places = if self.at_start { line.len().min(1) } else { line.len() };
        for (at, four) in line.windows(4).enumerate().take(places) {
            let Some(h) = hash(four) else { continue };
            if filter[h / 32] >> (h % 32) & 1 != 0 {
                let part = h >> (BITS - PARTS);
                self.compare(self.parts[part], self.parts[part + 1], &line[at..], &mut tell);
            }
        }
        let short = self.parts[1 << PARTS];
        if short as usize == self.ends.len() {
            return;
        }
        for (at, byte) in line.iter().enumerate().take(places) {
            if self.short.get(usize::from(byte / 32)).is_some_and(|bits| bits >> (byte % 32) & 1 != 0) {
                self.compare(short, self.ends.len() as u32, &line[at..], &mut tell);
            }
        }
    }

    /// Tells those of a range of strings with which the rest of a line begins.
    fn compare(&self, start: u32, end: u32, rest: &[u8], tell: &mut impl FnMut(u32)) {
        let mut from = start.checked_sub(1).map_or(0, |before| self.ends[before as usize]);
        for i in start as usize..end as usize {
            let string = &self.bytes[from as usize..self.ends[i] as usize];
            from = self.ends[i];
            if rest.starts_with(string) {
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
            assert_eq!(found, want, "{line}");
        }
        Needles::default().found(b"xxxxx", |_| panic!("nothing is sought"));
        Needles::new(Vec::new(), false).found(b"xxxxx", |_| panic!("nothing is sought"));
    }
}
