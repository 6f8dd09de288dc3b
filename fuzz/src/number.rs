//! Numbers as news writes them, each with its exact value: made from integers and ratios of any size, apart from the
//! product's own reading.
//!
//! Takes the fuzzer's bytes, returns what is written and what it is worth.

use arbitrary::{Result, Unstructured};
use num_bigint::BigInt;
use num_rational::BigRational;
use num_traits::{One, Pow, ToPrimitive, Zero};

/// A number as it is written.
#[derive(Debug)]
pub struct Written {
    /// What stands in the text.
    pub text: String,
    /// What it is worth.
    pub value: BigRational,
    /// Whether it is written as a fraction, so that a reader may round its parts.
    pub fraction: bool,
}

const SMALL: &str = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen \
                     sixteen seventeen eighteen nineteen";
const TENS: &str = "twenty thirty forty fifty sixty seventy eighty ninety";
const SCALES: [(&str, u32); 4] = [("thousand", 3), ("million", 6), ("billion", 9), ("trillion", 12)];
/// Parts by name, and the number of them that make a whole.
const PARTS: [(&str, u32); 6] =
    [("third", 3), ("quarter", 4), ("fifth", 5), ("sixth", 6), ("eighth", 8), ("tenth", 10)];
const VULGAR: [(char, u32, u32); 7] =
    [('½', 1, 2), ('⅓', 1, 3), ('⅔', 2, 3), ('¼', 1, 4), ('¾', 3, 4), ('⅕', 1, 5), ('⅛', 1, 8)];

fn nth(words: &'static str, n: usize) -> &'static str {
    words.split_whitespace().nth(n).expect("within the list")
}

fn ten_to(power: u32) -> BigRational {
    BigRational::from_integer(BigInt::from(10).pow(power))
}

fn whole(n: u64) -> BigRational {
    BigRational::from_integer(n.into())
}

/// A choice of what is written between the words of a number.
#[derive(Clone, Copy)]
struct Style {
    hyphens: bool,
    ands: bool,
    commas: bool,
}

/// 0 to 999 in words.
fn below_thousand(n: u64, style: Style, out: &mut Vec<String>) {
    let (hundreds, rest) = (n / 100, n % 100);
    if hundreds > 0 {
        out.push(format!("{} hundred", nth(SMALL, hundreds as usize)));
        if rest > 0 && style.ands {
            out.push("and".to_owned());
        }
    }
    match rest {
        0 if hundreds > 0 => {}
        0..20 => out.push(nth(SMALL, rest as usize).to_owned()),
        _ => {
            let tens = nth(TENS, rest as usize / 10 - 2);
            out.push(match rest % 10 {
                0 => tens.to_owned(),
                unit => {
                    format!("{tens}{}{}", if style.hyphens { "-" } else { " " }, nth(SMALL, unit as usize))
                }
            });
        }
    }
}

/// A whole number in words.
fn words(n: u64, style: Style) -> String {
    let mut groups = Vec::new();
    let mut rest = n;
    for power in [12, 9, 6, 3, 0u32] {
        let size = 10u64.pow(power);
        let group = rest / size;
        rest %= size;
        if group == 0 && !(power == 0 && n == 0) {
            continue;
        }
        let mut out = Vec::new();
        // six thousand and five; after millions "and" may as well begin another number
        if power == 0 && group < 100 && n / 1000 % 1000 > 0 && style.ands {
            out.push("and".to_owned());
        }
        below_thousand(group, style, &mut out);
        out.extend(SCALES.iter().find(|(_, p)| *p == power).map(|(word, _)| (*word).to_owned()));
        groups.push(out.join(" "));
    }
    let and = groups.last().is_some_and(|g| g.starts_with("and "));
    groups.join(if style.commas && !and { ", " } else { " " })
}

/// A whole number in figures, with its thousands parted or not.
fn figures(n: u64, parted: Option<char>) -> String {
    let digits = n.to_string();
    let Some(mark) = parted else { return digits };
    let mut out = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// A magnitude's word, or none.
fn scale(bytes: &mut Unstructured<'_>) -> Result<Option<(&'static str, u32)>> {
    Ok(SCALES.get(bytes.int_in_range(0..=7)?).copied())
}

fn style(bytes: &mut Unstructured<'_>) -> Result<Style> {
    let bits = bytes.arbitrary::<u8>()?;
    Ok(Style { hyphens: bits & 1 > 0, ands: bits & 2 > 0, commas: false })
}

/// A number of up to as many digits, short ones as likely as long ones.
fn integer(bytes: &mut Unstructured<'_>, most: u32) -> Result<u64> {
    let digits = bytes.int_in_range(1..=most)?;
    bytes.int_in_range(0..=10u64.pow(digits) - 1)
}

/// 4,350 · 4.35 million · 12.750
fn decimal(bytes: &mut Unstructured<'_>) -> Result<Written> {
    let n = integer(bytes, 15)?;
    let parted = if bytes.arbitrary()? { Some(',') } else { None };
    let mut text = figures(n, parted);
    let mut value = whole(n);
    let decimals = bytes.int_in_range(0..=9u32)?;
    if decimals > 0 {
        let part = bytes.int_in_range(0..=10u64.pow(decimals) - 1)?;
        text += &format!(".{part:0width$}", width = decimals as usize);
        value += whole(part) / ten_to(decimals);
    }
    if let Some((word, power)) = scale(bytes)? {
        text += &format!(" {word}");
        value *= ten_to(power);
    }
    Ok(Written { text, value, fraction: false })
}

/// two hundred and fifty-one thousand three hundred
fn spelled(bytes: &mut Unstructured<'_>) -> Result<Written> {
    let n = integer(bytes, 15)?;
    Ok(Written { text: words(n, style(bytes)?), value: whole(n), fraction: false })
}

/// two point seven one million
fn pointed(bytes: &mut Unstructured<'_>) -> Result<Written> {
    let n = bytes.int_in_range(0..=99)?;
    let mut text = words(n, Style { hyphens: true, ands: false, commas: false }) + " point";
    let mut value = whole(n);
    for place in 1..=bytes.int_in_range(1..=5u32)? {
        let digit = bytes.int_in_range(0..=9u64)?;
        text += &format!(" {}", nth(SMALL, digit as usize));
        value += whole(digit) / ten_to(place);
    }
    if let Some((word, power)) = scale(bytes)? {
        text += &format!(" {word}");
        value *= ten_to(power);
    }
    Ok(Written { text, value, fraction: false })
}

/// two-thirds · three and a half million · 2 3/4 · 5½
fn fraction(bytes: &mut Unstructured<'_>) -> Result<Written> {
    let (text, mut value) = match bytes.int_in_range(0..=4u8)? {
        0 => {
            let (part, of) = PARTS[bytes.choose_index(PARTS.len())?];
            let many = bytes.int_in_range(2..=of.min(10) - 1)?;
            let text = format!("{}-{part}s", nth(SMALL, many as usize));
            (text, BigRational::new(many.into(), of.into()))
        }
        1 => {
            let n = bytes.int_in_range(1..=99)?;
            let value = whole(n) + BigRational::new(One::one(), 2.into());
            (words(n, Style { hyphens: true, ands: false, commas: false }) + " and a half", value)
        }
        2 => {
            let of = bytes.int_in_range(2..=16u32)?;
            let many = bytes.int_in_range(1..=of - 1)?;
            let n = integer(bytes, 3)?.max(1);
            (format!("{n} {many}/{of}"), whole(n) + BigRational::new(many.into(), of.into()))
        }
        3 => {
            let (mark, many, of) = VULGAR[bytes.choose_index(VULGAR.len())?];
            let n = integer(bytes, 3)?.max(1);
            (format!("{n}{mark}"), whole(n) + BigRational::new(many.into(), of.into()))
        }
        _ => {
            let many = bytes.int_in_range(1..=9u64)?;
            (format!("{} dozen", nth(SMALL, many as usize)), whole(12 * many))
        }
    };
    let scale = if text.ends_with('s') || text.ends_with("dozen") { None } else { scale(bytes)? };
    let mut text = text;
    if let Some((word, power)) = scale {
        text += &format!(" {word}");
        value *= ten_to(power);
    }
    Ok(Written { text, value, fraction: true })
}

/// Any of them.
pub fn written(bytes: &mut Unstructured<'_>) -> Result<Written> {
    match bytes.int_in_range(0..=3u8)? {
        0 => decimal(bytes),
        1 => spelled(bytes),
        2 => pointed(bytes),
        _ => fraction(bytes),
    }
}

impl Written {
    /// Whether an f64 is this number: the nearest there is, or as near as the sum of rounded parts comes to a fraction.
    pub fn is(&self, found: f64) -> bool {
        let Some(found) = BigRational::from_float(found) else { return false };
        let away = (&found - &self.value).abs_value();
        // half of the last place, twice that where parts were rounded before
        let nearest = self.value.to_f64().and_then(BigRational::from_float).unwrap_or_else(Zero::zero);
        let best = (&nearest - &self.value).abs_value();
        let slack = if self.fraction {
            &self.value * BigRational::new(One::one(), BigInt::from(2).pow(51u32))
        } else {
            Zero::zero()
        };
        away <= best + slack
    }
}

trait Absolute {
    fn abs_value(self) -> Self;
}

impl Absolute for BigRational {
    fn abs_value(self) -> Self {
        if self < Zero::zero() { -self } else { self }
    }
}
