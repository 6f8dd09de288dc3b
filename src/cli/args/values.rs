//! What arguments hold: how each is read, and what is said of one that cannot be.

use crate::record::{OffsetUnit, Only};
use crate::{input, output};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

pub(super) fn mapping(text: &str) -> std::result::Result<(String, String), String> {
    let parts = text.split_once('=').filter(|(part, field)| !part.is_empty() && !field.is_empty());
    let (part, field) = parts.ok_or("it is PART=FIELD, such as meta.publisher=outlet")?;
    Ok((part.to_owned(), field.to_owned()))
}

pub(super) fn size(text: &str) -> std::result::Result<usize, String> {
    let digits = text.trim_end_matches(['k', 'K', 'm', 'M', 'g', 'G', 'i', 'B', 'b']);
    let shift = match text[digits.len()..].to_ascii_lowercase().trim_end_matches('b').trim_end_matches('i') {
        "" => 0,
        "k" => 10,
        "m" => 20,
        "g" => 30,
        _ => return Err("it is a number of bytes, perhaps with k, M or G".to_owned()),
    };
    digits
        .parse::<usize>()
        .ok()
        .and_then(|n| n.checked_shl(shift).filter(|size| size >> shift == n && n > 0))
        .filter(|size| u32::try_from(*size).is_ok())
        .ok_or_else(|| "it is a number of bytes up to 4G, such as 16M".to_owned())
}

pub(super) fn share(text: &str) -> std::result::Result<f64, String> {
    let (digits, by) = text.strip_suffix('%').map_or((text, 1.0), |digits| (digits, 100.0));
    let share = digits.parse::<f64>().map(|n| n / by);
    share
        .ok()
        .filter(|s| *s > 0.0 && *s <= 1.0)
        .ok_or_else(|| "it is above 0 and at most 1, or 100%".to_owned())
}

pub(super) fn margin(text: &str) -> std::result::Result<f64, String> {
    let margin = text.parse().ok().filter(|m: &f64| (0.0..=1.0).contains(m));
    margin.ok_or_else(|| "it is from 0 to 1, such as 0.05".to_owned())
}

pub(super) fn seconds(text: &str) -> std::result::Result<f64, String> {
    let seconds = text.parse().ok().filter(|s: &f64| s.is_finite() && *s >= 0.0);
    seconds.ok_or_else(|| "it is a number of seconds, such as 5 or 0.5".to_owned())
}

/// So many threads are the most: each holds an article, and more than there are processors do not help.
const THREADS: usize = 1_024;

pub(super) fn threads(text: &str) -> std::result::Result<usize, String> {
    let threads = text.parse().ok().filter(|n| *n <= THREADS);
    threads.ok_or_else(|| format!("it is a number up to {THREADS}; 0 means one for each processor"))
}

pub(super) fn shard(text: &str) -> std::result::Result<(u32, u32), String> {
    let (i, n) = text.split_once('/').unwrap_or_default();
    match (i.parse(), n.parse()) {
        (Ok(i), Ok(n)) if 0 < i && i <= n => Ok((i, n)),
        _ => Err("it is I/N with I from 1 to N, such as 2/8".to_owned()),
    }
}

pub(super) fn from_formats() -> PossibleValuesParser {
    let auto = PossibleValue::new("auto").help("what the file's name or its first bytes say");
    let formats = input::FORMATS.iter().map(|f| PossibleValue::new(f.name).help(f.about));
    PossibleValuesParser::new(std::iter::once(auto).chain(formats))
}

pub(super) fn to_formats() -> PossibleValuesParser {
    PossibleValuesParser::new(output::FORMATS.iter().map(|f| PossibleValue::new(f.name).help(f.about)))
}

pub(super) fn lists() -> PossibleValuesParser {
    let names = Only::all().iter_names().map(|(name, _)| name.to_ascii_lowercase());
    PossibleValuesParser::new(names.map(PossibleValue::new).collect::<Vec<_>>())
}

pub(super) fn offset_units() -> impl TypedValueParser<Value = OffsetUnit> {
    PossibleValuesParser::new([
        PossibleValue::new("chars").help("Unicode code points: what Python slices by"),
        PossibleValue::new("bytes").help("UTF-8 bytes: what Rust and Go slice by"),
        PossibleValue::new("utf16").help("UTF-16 code units: what JavaScript and Java slice by"),
    ])
    .map(|name| match name.as_str() {
        "bytes" => OffsetUnit::Bytes,
        "utf16" => OffsetUnit::Utf16,
        _ => OffsetUnit::Chars,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_shares_and_shards() {
        for (text, want) in [
            ("16M", Some(16 << 20)),
            ("3kB", Some(3072)),
            ("1GiB", Some(1 << 30)),
            ("0", None),
            ("5G", None),
            ("x", None),
            ("1kM", None),
        ] {
            assert_eq!(size(text).ok(), want, "{text}");
        }
        assert_eq!((share("1%"), share("0.5").ok(), share("2").ok()), (Ok(0.01), Some(0.5), None));
        assert_eq!((shard("2/8"), shard("0/8").ok(), shard("9/8").ok()), (Ok((2, 8)), None, None));
    }

    #[test]
    fn threads_and_seconds_are_numbers_that_make_sense() {
        assert_eq!((threads("0"), threads("1024"), threads("1025").ok()), (Ok(0), Ok(1_024), None));
        for text in ["-1", "x", "99999999999999999999"] {
            assert!(threads(text).is_err(), "{text}");
        }
        assert_eq!((seconds("0.5"), seconds("0")), (Ok(0.5), Ok(0.0)));
        assert_eq!((margin("0"), margin("0.05"), margin("1")), (Ok(0.0), Ok(0.05), Ok(1.0)));
        for text in ["-1", "NaN", "inf", "1e400", "x"] {
            assert!(seconds(text).is_err() && margin(text).is_err(), "{text}");
        }
    }
}
