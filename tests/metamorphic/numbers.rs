//! Numbers as articles write them, made together with their values, and what is read of them.
//!
//! The values are exact: a whole number times a power of ten, or one whole number over another; only at the end do they
//! become the nearest `f64`, which is what a claim's value must be, to the last bit. The spelling is this file's own.
//! 50,000 numbers by default; `METAMORPHIC_NUMBERS=1000000` tries so many.

use crate::read;
use proptest::prelude::*;
use proptest::sample::select;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// So many numbers go into one article.
const BATCH: usize = 250;
/// So many of them into one paragraph.
const PARAGRAPH: usize = 10;

/// A number's value, before it is rounded.
#[derive(Clone, Copy, Debug)]
enum Exact {
    /// times ten to the power of
    Decimal(u128, i32),
    /// over
    Quotient(u64, u64),
}

impl Exact {
    /// The nearest f64. Decimals are rounded once, by the parser of the standard library; quotients of whole numbers below
    /// 2^53 once, by the division.
    fn nearest(self) -> f64 {
        match self {
            Self::Decimal(digits, power) => format!("{digits}e{power}").parse().unwrap(),
            Self::Quotient(over, under) => {
                assert!(over < 1 << 53 && under < 1 << 53);
                over as f64 / under as f64
            }
        }
    }
}

/// A number as it is written, with what it is worth.
#[derive(Clone, Debug)]
struct Written {
    text: String,
    value: Exact,
}

/// A sentence with a number: `None` for what is no claim.
#[derive(Clone, Debug)]
struct Case {
    kind: &'static str,
    sentence: String,
    want: Option<(f64, &'static str)>,
}

const ONES: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: [&str; 10] =
    ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
const SCALES: [(&str, u32); 5] =
    [("quadrillion", 15), ("trillion", 12), ("billion", 9), ("million", 6), ("thousand", 3)];
const ORDINALS: [&str; 20] = [
    "zeroth",
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
];

/// How number words are joined: "a hundred and five", "one hundred five".
#[derive(Clone, Copy, Debug)]
struct Manner {
    and: bool,
    hyphen: bool,
    /// "a hundred", "a thousand" where such a word comes first
    article: bool,
}

fn below_thousand(n: u64, manner: Manner) -> String {
    let mut words = Vec::new();
    if n >= 100 {
        words.push(format!("{} hundred", ONES[n as usize / 100]));
        if manner.and && !n.is_multiple_of(100) {
            words.push("and".to_owned());
        }
    }
    let (rest, joint) = ((n % 100) as usize, if manner.hyphen { "-" } else { " " });
    match rest {
        0 if n > 0 => {}
        0..20 => words.push(ONES[rest].to_owned()),
        _ if rest.is_multiple_of(10) => words.push(TENS[rest / 10].to_owned()),
        _ => words.push(format!("{}{joint}{}", TENS[rest / 10], ONES[rest % 10])),
    }
    words.join(" ")
}

/// A whole number in words.
fn spelled(n: u64, manner: Manner) -> String {
    let mut words = Vec::new();
    let mut rest = n;
    for (name, power) in SCALES {
        let size = 10u64.pow(power);
        if rest >= size {
            words.push(format!("{} {name}", below_thousand(rest / size, manner)));
            rest %= size;
        }
    }
    if rest > 0 || n == 0 {
        // one thousand and five; "a million and five" may be two numbers
        if manner.and && rest < 100 && n % 1_000_000 > rest {
            words.push("and".to_owned());
        }
        words.push(below_thousand(rest, manner));
    }
    let words = words.join(" ");
    match words.strip_prefix("one ") {
        Some(rest) if manner.article && n >= 100 => format!("a {rest}"),
        _ => words,
    }
}

/// A whole number's digits in groups of three.
fn grouped(n: u64, mark: &str) -> String {
    let digits = n.to_string();
    let groups = digits.as_bytes().rchunks(3).rev();
    groups.map(|g| std::str::from_utf8(g).unwrap()).collect::<Vec<_>>().join(mark)
}

fn manners() -> impl Strategy<Value = Manner> {
    (any::<bool>(), any::<bool>(), any::<bool>()).prop_map(|(and, hyphen, article)| Manner {
        and,
        hyphen,
        article,
    })
}

/// Whole numbers of two digits to sixteen, of every length as often; few of them with many figures that matter.
fn whole() -> impl Strategy<Value = u64> {
    (2u32..=15, any::<u64>(), 0u32..6).prop_map(|(length, n, cut)| {
        let most = 10u64.pow(length);
        let n = n % (most - most / 10) + most / 10;
        // round numbers are what people write
        let round = 10u64.pow((length - 1).min(cut * 3));
        if cut < 4 { n / round * round } else { n }
    })
}

fn decimal(n: u64) -> Exact {
    Exact::Decimal(n.into(), 0)
}

fn in_digits() -> impl Strategy<Value = Written> {
    (whole(), select(&[",", ",", ",", "", "’", "'", "\u{202f}", "\u{a0}"][..])).prop_map(|(n, mark)| {
        // without marks, numbers of four digits may be years
        let mark = if mark.is_empty() && (1000..10_000).contains(&n) { "," } else { mark };
        Written { text: grouped(n, mark), value: decimal(n) }
    })
}

fn in_words() -> impl Strategy<Value = Written> {
    (whole(), manners()).prop_map(|(n, manner)| Written { text: spelled(n, manner), value: decimal(n) })
}

/// 0.25, 1,234.5
fn with_decimals() -> impl Strategy<Value = Written> {
    (0u64..2_000_000, 1u32..5, any::<u64>()).prop_map(|(n, places, part)| {
        let size = 10u64.pow(places);
        let part = part % size;
        let text = format!("{}.{:0width$}", grouped(n, ","), part, width = places as usize);
        Written { text, value: Exact::Decimal(u128::from(n * size + part), -(places as i32)) }
    })
}

/// 2.3 million, 48bn, 5 trillion, "two point five million"
fn scaled() -> impl Strategy<Value = Written> {
    let numeral = (1u64..1000, 0u32..4, any::<u64>()).prop_map(|(n, places, part)| {
        let size = 10u64.pow(places);
        let part = part % size;
        let text =
            if places == 0 { n.to_string() } else { format!("{n}.{part:0width$}", width = places as usize) };
        (text, u128::from(n * size + part), -(places as i32))
    });
    let spoken = (0u64..100, proptest::collection::vec(0u64..10, 1..4)).prop_map(|(n, decimals)| {
        let manner = Manner { and: false, hyphen: true, article: false };
        let words: Vec<&str> = decimals.iter().map(|&d| ONES[d as usize]).collect();
        let digits = decimals.iter().fold(u128::from(n), |all, &d| all * 10 + u128::from(d));
        (format!("{} point {}", spelled(n, manner), words.join(" ")), digits, -(decimals.len() as i32))
    });
    const NAMED: [(&str, i32); 4] = [(" thousand", 3), (" million", 6), (" billion", 9), (" trillion", 12)];
    // abbreviations follow figures alone
    const SHORT: [(&str, i32); 3] = [("m", 6), ("bn", 9), (" bn", 9)];
    let figures = (numeral, prop_oneof![select(&NAMED[..]), select(&SHORT[..])]);
    let words = (spoken, select(&NAMED[..]));
    prop_oneof![4 => figures.boxed(), 1 => words.boxed()].prop_map(|((text, digits, power), (name, size))| {
        Written { text: format!("{text}{name}"), value: Exact::Decimal(digits, power + size) }
    })
}

/// Two-thirds, three-quarters, 3/4, ½, 3 1/2, one in five.
fn fraction() -> impl Strategy<Value = (Written, bool)> {
    const PARTS: [(&str, u64); 8] = [
        ("third", 3),
        ("quarter", 4),
        ("fifth", 5),
        ("sixth", 6),
        ("seventh", 7),
        ("eighth", 8),
        ("ninth", 9),
        ("tenth", 10),
    ];
    const VULGAR: [(&str, u64, u64); 6] =
        [("½", 1, 2), ("¼", 1, 4), ("¾", 3, 4), ("⅓", 1, 3), ("⅔", 2, 3), ("⅝", 5, 8)];
    let words = (select(&PARTS[..]), any::<u64>(), any::<bool>()).prop_map(|((name, under), n, hyphen)| {
        let over = n % (under - 1) + 1;
        let joint = if hyphen { "-" } else { " " };
        let plural = if over > 1 { "s" } else { "" };
        let text = format!("{}{joint}{name}{plural}", ONES[over as usize]);
        (Written { text, value: Exact::Quotient(over, under) }, true)
    });
    let figures = (2u64..100, any::<u64>()).prop_map(|(under, n)| {
        let over = n % (under - 1) + 1;
        (Written { text: format!("{over}/{under}"), value: Exact::Quotient(over, under) }, true)
    });
    let mixed =
        (1u64..100, select(&VULGAR[..]), any::<bool>()).prop_map(|(n, (sign, over, under), slash)| {
            let text = if slash { format!("{n} {over}/{under}") } else { format!("{n}{sign}") };
            (Written { text, value: Exact::Quotient(n * under + over, under) }, false)
        });
    let half = (1u64..20).prop_map(|n| {
        let manner = Manner { and: false, hyphen: true, article: false };
        (
            Written {
                text: format!("{} and a half", spelled(n, manner)),
                value: Exact::Quotient(2 * n + 1, 2),
            },
            false,
        )
    });
    let share = (2u64..=10, any::<u64>(), any::<bool>()).prop_map(|(under, n, words)| {
        let over = n % (under - 1).min(9) + 1;
        let word = |n: u64| if words { ONES[n as usize].to_owned() } else { n.to_string() };
        (
            Written {
                text: format!("{} out of {}", word(over), word(under)),
                value: Exact::Quotient(over, under),
            },
            true,
        )
    });
    prop_oneof![words, figures, mixed, half, share]
}

/// Two dozen, a hundred thousand, half a million.
fn odd() -> impl Strategy<Value = Written> {
    let dozen = (2u64..20).prop_map(|n| {
        let manner = Manner { and: false, hyphen: true, article: false };
        Written { text: format!("{} dozen", spelled(n, manner)), value: decimal(n * 12) }
    });
    let half = select(&SCALES[1..]).prop_map(|(name, power)| Written {
        text: format!("half a {name}"),
        value: Exact::Decimal(5, power as i32 - 1),
    });
    let power = (3i32..19, 10u64..100).prop_map(|(power, n)| Written {
        text: format!("{}.{}x10^{power}", n / 10, n % 10),
        value: Exact::Decimal(n.into(), power - 1),
    });
    prop_oneof![dozen, half, power]
}

fn count(kind: &'static str, written: Written) -> Case {
    let sentence = format!("They counted {} trees.", written.text);
    Case { kind, sentence, want: Some((written.value.nearest(), "")) }
}

/// Signs of money before the number, with the currency's code.
const SIGNS: [(&str, &str); 5] = [("$", "USD"), ("€", "EUR"), ("£", "GBP"), ("US$", "USD"), ("¥", "JPY")];
const WORDS: [(&str, &str); 4] = [("dollars", "USD"), ("euros", "EUR"), ("pounds", "GBP"), ("yen", "JPY")];

fn of_money() -> impl Strategy<Value = Case> {
    let plain = |s: &str| !s.contains(['\u{a0}', '\u{202f}', ' ', '\'', '’']);
    let signed = (
        prop_oneof![in_digits(), with_decimals(), scaled()].prop_filter(
            "a sign stands before figures",
            move |w| {
                // in euros, a full stop before three digits parts thousands
                w.text.starts_with(|c: char| c.is_ascii_digit())
                    && (plain(&w.text) || w.text.ends_with("llion"))
                    && w.text.rsplit_once('.').is_none_or(|(_, part)| part.len() != 3)
            },
        ),
        select(&SIGNS[..]),
    )
        .prop_map(|(w, (sign, code))| Case {
            kind: "money with a sign",
            sentence: format!("The bridge cost {sign}{}.", w.text),
            want: Some((w.value.nearest(), code)),
        });
    let named =
        (prop_oneof![in_digits(), in_words(), scaled()], select(&WORDS[..])).prop_map(|(w, (word, code))| {
            Case {
                kind: "money with a word",
                sentence: format!("The bridge cost {} {word}.", w.text),
                want: Some((w.value.nearest(), code)),
            }
        });
    prop_oneof![signed, named]
}

fn of_percent() -> impl Strategy<Value = Case> {
    (
        prop_oneof![
            with_decimals(),
            (0u64..1000).prop_map(|n| Written { text: n.to_string(), value: decimal(n) }),
            in_words()
        ],
        select(&["%", " percent", " per cent"][..]),
    )
        .prop_map(|(w, sign)| {
            let sign =
                if w.text.ends_with(|c: char| c.is_alphabetic()) && sign == "%" { " percent" } else { sign };
            Case {
                kind: "percent",
                sentence: format!("The share stood at {}{sign}.", w.text),
                want: Some((w.value.nearest(), "%")),
            }
        })
}

fn of_measure() -> impl Strategy<Value = Case> {
    let units =
        select(&[("kilograms", "kilogram"), ("miles", "mile"), ("km", "kilometer"), ("hours", "hour")][..]);
    (prop_oneof![in_digits(), in_words(), with_decimals(), scaled()], units).prop_map(|(w, (word, unit))| {
        Case {
            kind: "measure",
            // "a million miles" is an idiom
            sentence: format!("They measured {} {word} of it.", w.text.replace("a million", "one million")),
            want: Some((w.value.nearest(), unit)),
        }
    })
}

/// Ordinals, which count nothing. In words, no second but after "and": "the thirty-second film" may last so long.
fn of_nothing() -> impl Strategy<Value = Case> {
    (2u64..1000, manners(), any::<bool>()).prop_map(|(n, manner, words)| {
        let (tens, ones) = (n % 100 / 10, (n % 10) as usize);
        let seconds = ones == 2 && (tens > 1 || tens == 0 && n > 100 && !manner.and);
        let before = |rest: u64| match n - rest {
            0 => String::new(),
            hundreds => spelled(hundreds, manner) + if manner.and { " and " } else { " " },
        };
        let text = match n % 100 {
            0 if words => format!("{} hundredth", ONES[n as usize / 100]),
            rest @ 1..20 if words && !seconds => before(rest) + ORDINALS[rest as usize],
            rest @ 20.. if words && ones > 0 && !seconds => {
                format!("{}{}-{}", before(rest), TENS[tens as usize], ORDINALS[ones])
            }
            _ => {
                let ending = match (tens, ones) {
                    (1, _) | (_, 0) => "th",
                    (_, 1) => "st",
                    (_, 2) => "nd",
                    (_, 3) => "rd",
                    _ => "th",
                };
                format!("{n}{ending}")
            }
        };
        let text = text.strip_prefix("a ").unwrap_or(&text);
        Case { kind: "ordinal", sentence: format!("They planted the {text} tree."), want: None }
    })
}

fn cases() -> impl Strategy<Value = Case> {
    let of_fraction = fraction().prop_map(|(written, part)| Case {
        kind: "fraction",
        sentence: if part {
            format!("They lost {} of it.", written.text)
        } else {
            format!("They planted {} acres.", written.text)
        },
        want: Some((written.value.nearest(), if part { "" } else { "acre" })),
    });
    prop_oneof![
        4 => in_digits().prop_map(|w| count("digits", w)),
        6 => in_words().prop_map(|w| count("words", w)),
        3 => with_decimals().prop_map(|w| count("decimals", w)),
        4 => scaled().prop_map(|w| count("scaled", w)),
        1 => odd().prop_map(|w| count("odd", w)),
        4 => of_money(),
        2 => of_percent(),
        3 => of_measure(),
        2 => of_fraction,
        1 => of_nothing(),
    ]
}

/// The cases of a batch, the same on every run.
fn batch(seed: u64) -> Vec<Case> {
    let mut bytes = [7u8; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let cases = cases();
    (0..BATCH).map(|_| cases.new_tree(&mut runner).unwrap().current()).collect()
}

/// What is read otherwise than it is worth, by kind.
fn misread(cases: &[Case]) -> Vec<(&'static str, String)> {
    let paragraphs: Vec<String> = cases
        .chunks(PARAGRAPH)
        .map(|chunk| chunk.iter().map(|c| c.sentence.as_str()).collect::<Vec<_>>().join(" "))
        .collect();
    let text = paragraphs.join("\n\n");
    let record = read(&text);
    let places: Vec<u32> =
        text.chars().enumerate().filter(|(_, c)| *c == 'T').map(|(i, _)| i as u32).collect();
    assert_eq!(places.len(), cases.len(), "each sentence has one capital T");
    let mut found = Vec::new();
    let mut claims = record.claims.iter().peekable();
    for (i, case) in cases.iter().enumerate() {
        let end = places.get(i + 1).copied().unwrap_or(u32::MAX);
        let mut here = Vec::new();
        while let Some(claim) = claims.next_if(|c| c.span[0] < end) {
            here.push((claim.value, claim.unit.as_str()));
        }
        let right = match case.want {
            Some((value, unit)) => here == [(Some(value), unit)],
            None => here.is_empty(),
        };
        if !right {
            found.push((case.kind, format!("{} wanted {:?}, read {here:?}", case.sentence, case.want)));
        }
    }
    found
}

#[test]
fn read_as_they_are_worth() {
    let wanted: usize = std::env::var("METAMORPHIC_NUMBERS").map_or(50_000, |n| n.parse().unwrap());
    let batches = wanted.div_ceil(BATCH) as u64;
    let wrong: Vec<_> = (0..batches).into_par_iter().flat_map_iter(|seed| misread(&batch(seed))).collect();
    let mut kinds: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (kind, what) in &wrong {
        kinds.entry(*kind).or_default().push(what.as_str());
    }
    let shown = if std::env::var_os("METAMORPHIC_SHOW").is_some() { 200 } else { 5 };
    let told: Vec<String> = kinds
        .iter()
        .map(|(kind, all)| format!("{kind}: {}\n  {}", all.len(), all[..all.len().min(shown)].join("\n  ")))
        .collect();
    let numbers = batches as usize * BATCH;
    println!("{} of {numbers} numbers are read otherwise than they are worth", wrong.len());
    assert!(wrong.is_empty(), "{} of {numbers} numbers are misread:\n{}", wrong.len(), told.join("\n"));
}
