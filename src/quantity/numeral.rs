//! Numerals: how far one goes in a text, and what it is worth, to the last bit of the decimal as written.
//!
//! Takes text; knows nothing of words. Leaves what stands beside a numeral to [`super::number`].

use crate::lexicon::swar;

/// The digit that a fullwidth character stands for.
pub(super) fn fullwidth(c: char) -> Option<char> {
    matches!(c, '０'..='９').then(|| char::from(b'0' + (c as u32 - '０' as u32) as u8))
}

/// The length of a numeral: digits with groups of three after commas or apostrophes (of two, too, where a last one of
/// three follows: lakhs), two groups of three or more after full stops, or decimals after one full stop.
pub(super) fn length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let run =
        |from: usize| bytes.get(from..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_digit()).count();
    let mut at = run(0);
    if (1..=3).contains(&at) {
        let stop_group = |at: usize| bytes.get(at) == Some(&b'.') && run(at + 1) == 3;
        if stop_group(at) && stop_group(at + 4) {
            while stop_group(at) {
                at += 4;
            }
            return at;
        }
        while let Some(len) = group_mark(&text[at..]) {
            let digits = run(at + len);
            let lakh = digits == 2 && bytes.get(at + len + 2) == Some(&b',');
            if digits != 3 && !lakh {
                break;
            }
            at += len + digits;
        }
    }
    if bytes.get(at) == Some(&b'.') && run(at + 1) > 0 {
        at += 1 + run(at + 1);
    }
    at
}

/// The length of a mark that may part groups of digits.
fn group_mark(text: &str) -> Option<usize> {
    let c = text.chars().next()?;
    matches!(c, ',' | '\'' | '’').then_some(c.len_utf8())
}

/// Whether a numeral's digits stand in groups or have decimals.
pub(super) fn is_grouped(digits: &str) -> bool {
    if whole(digits.as_bytes()).is_some() {
        return false;
    }
    // of numerals only the typographic apostrophe has the last of these bytes
    let mark = |b: u8| matches!(b, b',' | b'\'' | 0xe2);
    digits.len() > 4 && digits.bytes().any(mark) || digits.bytes().any(|b| b == b'.')
}

/// The value of a numeral of at most eight figures with nothing between them, which most are: read all at once.
pub(super) fn whole(bytes: &[u8]) -> Option<u32> {
    if bytes.is_empty() || bytes.len() > size_of::<u64>() || !swar::is_figures(bytes) {
        return None;
    }
    // noughts before the first figure, which is the lowest byte; then pairs, fours and all eight of them
    let figures = (swar::load(bytes) << (64 - 8 * bytes.len())) & 0x0f0f_0f0f_0f0f_0f0f;
    let pairs = (figures * 10 + (figures >> 8)) & 0x00ff_00ff_00ff_00ff;
    let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
    Some((fours * 10_000 + (fours >> 32)) as u32)
}

/// The value of a numeral, scaled by a power of ten; infinite where it is beyond f64.
pub(super) fn scaled(numeral: &str, exponent: i32) -> f64 {
    if exponent == 0
        && let Some(value) = whole(numeral.as_bytes())
    {
        return f64::from(value);
    }
    if let Some(value) = scaled_exactly(numeral, exponent) {
        return value;
    }
    let grouped = numeral.matches('.').count() > 1;
    let mut digits: String = numeral
        .chars()
        .filter_map(|c| match c {
            '0'..='9' => Some(c),
            '.' if !grouped => Some(c),
            _ => fullwidth(c),
        })
        .collect();
    if exponent != 0 {
        digits.push('e');
        digits.push_str(&exponent.to_string());
    }
    digits.parse().unwrap_or(f64::INFINITY)
}

/// Powers of ten that f64 holds exactly.
const POWERS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18,
    1e19, 1e20, 1e21, 1e22,
];

/// The same without an allocation for ASCII numerals of up to 15 digits: their digits and the power of ten are exact, so
/// that one product or quotient of the two is rounded once, as the decimal itself would be.
fn scaled_exactly(numeral: &str, exponent: i32) -> Option<f64> {
    let by_powers = |digits: u64, decimals: i32| {
        let power = exponent - decimals;
        let by = *POWERS.get(power.unsigned_abs() as usize)?;
        Some(if power < 0 { digits as f64 / by } else { digits as f64 * by })
    };
    if let Some((digits, decimals)) = marked(numeral.as_bytes()) {
        return by_powers(digits.into(), decimals);
    }
    let (mut digits, mut count, mut decimals, mut stopped) = (0u64, 0, 0, false);
    for b in numeral.bytes() {
        match b {
            b'0'..=b'9' => {
                digits = digits * 10 + u64::from(b - b'0');
                count += 1;
                decimals += i32::from(stopped);
                if count > 15 {
                    return None;
                }
            }
            b'.' if !stopped => stopped = true,
            b',' | b'\'' => {}
            _ => return None,
        }
    }
    if count == 0 {
        return None;
    }
    by_powers(digits, decimals)
}

/// The figures of a numeral of at most eight bytes with one comma or full stop in it, as 1,234 or 4.35, and how many of
/// them are decimals: read all at once, without a look at each.
fn marked(numeral: &[u8]) -> Option<(u32, i32)> {
    if numeral.len() > size_of::<u64>() || numeral.len() < 2 {
        return None;
    }
    let eight = swar::load(numeral);
    let at = swar::digits(eight);
    let mark = numeral.get(at)?;
    // without the mark
    let (before, after) = (swar::first(eight, at), eight.checked_shr(8 * at as u32 + 8).unwrap_or(0));
    let figures = before | after.checked_shl(8 * at as u32).unwrap_or(0);
    let count = numeral.len() - 1;
    let whole = whole(figures.to_le_bytes().get(..count)?)?;
    let decimals = (count - at) as i32;
    matches!(mark, b'.' | b',').then_some((whole, if *mark == b'.' { decimals } else { 0 }))
}

/// A number in words, with decimals or not, times a magnitude: rounded once, as the decimal itself would be.
pub(super) fn magnified(value: f64, size: f64) -> f64 {
    if value.fract() == 0.0 { value * size } else { scaled(&value.to_string(), exponent(size)) }
}

pub(super) fn exponent(magnitude: f64) -> i32 {
    magnitude.log10().round() as i32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_numerals_are_read_at_once() {
        for number in [0, 7, 10, 123, 2014, 98_765, 123_456, 7_654_321, 12_345_678] {
            assert_eq!(whole(number.to_string().as_bytes()), Some(number));
        }
        assert_eq!(whole(b"0090"), Some(90));
        for other in ["", "1.5", "1,234", "123456789", "１２", "+1", "1a"] {
            assert_eq!(whole(other.as_bytes()), None, "{other}");
        }
    }

    #[test]
    fn numerals_end_where_their_digits_do() {
        for (text, want) in [
            ("1,234.5m", "1,234.5"),
            ("1.000.000", "1.000.000"),
            ("10.45pm", "10.45"),
            ("1,00,000", "1,00,000"),
            ("22,24", "22"),
            ("1’000", "1’000"),
            (".25ml", ".25"),
            ("6'3", "6"),
            ("2012", "2012"),
            ("5.", "5"),
        ] {
            assert_eq!(&text[..length(text)], want, "{text}");
        }
    }
}
