//! Values as compact JSON: what serde_json writes, byte for byte, in a fraction of the time.
//!
//! Takes numbers, words and lists of them, puts bytes; objects are in `objects.rs`, strings in `string.rs`. A record is
//! mostly keys, short strings and small numbers, so that what counts is how often bytes are put, not how many: what is
//! short is made first and put at once ([`Out`]).

use super::out::Out;
use super::string::string;
use super::*;
use crate::portion::emptied;
use std::borrow::Cow;
use std::hint::select_unpredictable;

/// What can be written as JSON.
pub(super) trait Json {
    fn json(&self, out: &mut Out);

    /// The same behind its key, with the marks around that: both by one look for room, where that is known beforehand.
    #[inline(always)]
    fn keyed<const N: usize>(&self, key: &[u8; N], out: &mut Out) {
        out.put(key);
        self.json(out);
    }

    /// The same of what may lack.
    #[inline(always)]
    fn maybe_keyed<const N: usize>(option: Option<&Self>, key: &[u8; N], out: &mut Out) {
        match option {
            Some(value) => value.keyed(key, out),
            None => out.put_keyed(key, NULL, NULL.len()),
        }
    }

    /// The same, and lets go of it as it is written, where it is long.
    fn last_json(self, out: &mut Out)
    where
        Self: Sized,
    {
        self.json(out);
    }
}

/// What lacks.
const NULL: &[u8; 4] = b"null";

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

    /// Without a branch: which of an attribution's and a claim's numbers lack looks random.
    #[inline(always)]
    fn maybe_keyed<const N: usize>(option: Option<&Self>, key: &[u8; N], out: &mut Out) {
        let number = option.copied().unwrap_or(0);
        if number >= FOUR {
            return number.keyed(key, out);
        }
        let (figures, length) = figures(number);
        let run = select_unpredictable(option.is_some(), figures, u32::from_le_bytes(*NULL));
        let length = select_unpredictable(option.is_some(), length, NULL.len());
        out.put_keyed(key, &run.to_le_bytes(), length);
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
            None => out.put(NULL),
        }
    }

    #[inline(always)]
    fn keyed<const N: usize>(&self, key: &[u8; N], out: &mut Out) {
        T::maybe_keyed(self.as_ref(), key, out);
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
