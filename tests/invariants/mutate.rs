//! Texts to try: articles cut, doubled and scrambled, and strings over characters that have broken programs before.

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Characters and sequences that mean something to some room, or nothing to anyone.
const NASTY: &[&str] = &[
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    "\u{a0}",
    "\u{2028}",
    "\u{3000}",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\u{ad}",
    "\u{202e}",
    "\u{2066}",
    "\u{2069}",
    "\u{301}",
    "\u{20dd}",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\"",
    "\"",
    "“",
    "”",
    "‘",
    "’",
    "'",
    "''",
    "``",
    "«",
    "»",
    "‹",
    "›",
    "„",
    "(",
    ")",
    "[",
    "]",
    "{",
    "}",
    ".",
    ".",
    "...",
    "…",
    ",",
    ":",
    ";",
    "?",
    "!",
    "-",
    "--",
    "–",
    "—",
    "/",
    "%",
    "$",
    "£",
    "€",
    "¢",
    "#",
    "@",
    "&",
    "*",
    "•",
    ">",
    "|",
    "_",
    "~",
    "°",
    "½",
    "⅔",
    "²",
    "٣",
    "五",
    "0",
    "1",
    "7",
    "12",
    "3.5",
    "1,000",
    "52-48",
    "6'3\"",
    "1990s",
    "$5bn",
    "5%",
    "2 to 3",
    "№",
    "a",
    "I",
    "he",
    "she",
    "who",
    "the",
    "of",
    "said",
    "says",
    "told",
    "according to",
    "asked",
    "added",
    "that",
    "to",
    "and",
    "was",
    "not",
    "more than",
    "at least",
    "million",
    "half",
    "twice",
    "percent",
    "years",
    "miles",
    "Mr.",
    "Dr.",
    "U.S.",
    "Jan.",
    "p.m.",
    "Ana Brandt",
    "Brandt",
    "KYIV",
    "(Reuters)",
    "By",
    "Q:",
    "A.",
    "Photo:",
    "Read more:",
    "é",
    "ß",
    "İ",
    "ﬁ",
    "Ω",
    "Ж",
    "中",
    "文",
    "日本",
    "の",
    "한",
    "א",
    "ع",
    "😀",
    "👩‍👩‍👧",
    "🇺🇦",
    "𝄞",
    "\u{10ffff}",
    "https://a.example/b?c=d",
    "@handle",
    "#topic",
];

/// Strings over [`NASTY`], spaced or not.
pub(crate) fn nasty() -> impl Strategy<Value = String> {
    (proptest::collection::vec(select(NASTY), 0..60), any::<bool>())
        .prop_map(|(pieces, spaced)| pieces.join(if spaced { " " } else { "" }))
}

/// One change to a text. Places are shares of its length.
#[derive(Clone, Debug)]
enum Mutation {
    Delete(Index, usize),
    Double(Index, usize),
    Insert(Index, &'static str),
    /// each occurrence of one of [`SWAPS`] by the other
    Swap(usize),
    /// two stretches change places
    Move(Index, Index, usize),
}

const SWAPS: &[(&str, &str)] = &[
    ("\n", "\r\n"),
    ("\n\n", "\n"),
    ("\n", " "),
    (" ", "\u{a0}"),
    ("“", "\""),
    ("”", "\""),
    ("“", "‘"),
    ("”", "’"),
    ("\"", "''"),
    (".", ""),
    (". ", "."),
    (",", ""),
    (" said", ""),
    ("”", ""),
    ("“", ""),
    (" ", "  "),
    (" ", "\n"),
    ("e", "e\u{301}"),
    ("a", "а"),
    ("1", "１"),
    (" the ", " "),
    (".", "..."),
    ("-", "—"),
    ("", "\u{200b}"),
];

fn mutation() -> impl Strategy<Value = Mutation> {
    prop_oneof![
        (any::<Index>(), 1usize..200).prop_map(|(at, n)| Mutation::Delete(at, n)),
        (any::<Index>(), 1usize..200).prop_map(|(at, n)| Mutation::Double(at, n)),
        (any::<Index>(), select(NASTY)).prop_map(|(at, s)| Mutation::Insert(at, s)),
        (any::<Index>(), select(NASTY)).prop_map(|(at, s)| Mutation::Insert(at, s)),
        (0..SWAPS.len()).prop_map(Mutation::Swap),
        (any::<Index>(), any::<Index>(), 1usize..120).prop_map(|(a, b, n)| Mutation::Move(a, b, n)),
    ]
}

/// The next character boundary.
fn boundary(text: &str, at: usize) -> usize {
    (at.min(text.len())..=text.len()).find(|&i| text.is_char_boundary(i)).unwrap_or(text.len())
}

fn mutate(text: &str, mutation: &Mutation) -> String {
    let stretch = |at: Index, n: usize| {
        let start = boundary(text, at.index(text.len() + 1));
        start..boundary(text, start + n)
    };
    match *mutation {
        Mutation::Delete(at, n) => {
            let range = stretch(at, n);
            format!("{}{}", &text[..range.start], &text[range.end..])
        }
        Mutation::Double(at, n) => {
            let range = stretch(at, n);
            format!("{}{}{}", &text[..range.end], &text[range.clone()], &text[range.end..])
        }
        Mutation::Insert(at, piece) => {
            let at = stretch(at, 0).start;
            format!("{}{piece}{}", &text[..at], &text[at..])
        }
        Mutation::Swap(i) => text.replace(SWAPS[i].0, SWAPS[i].1),
        Mutation::Move(from, to, n) => {
            let range = stretch(from, n);
            let rest = format!("{}{}", &text[..range.start], &text[range.end..]);
            let to = boundary(&rest, to.index(rest.len() + 1));
            format!("{}{}{}", &rest[..to], &text[range], &rest[to..])
        }
    }
}

/// A stretch of some article after a few mutations.
pub(crate) fn articles(texts: Vec<String>) -> impl Strategy<Value = String> {
    let stretch = (select(texts), any::<Index>(), 50usize..2500).prop_map(|(text, at, n)| {
        let start = boundary(&text, at.index(text.len()));
        text[start..boundary(&text, start + n)].to_owned()
    });
    (stretch, proptest::collection::vec(mutation(), 0..8))
        .prop_map(|(text, mutations)| mutations.iter().fold(text, |text, m| mutate(&text, m)))
}
