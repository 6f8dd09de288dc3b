//! Texts that nobody writes and somebody feeds: each kind repeats what costs most where work is not bounded.

/// The `i`th piece of a text.
pub(crate) type Piece = fn(usize) -> String;

/// Their names, and what they repeat.
pub(crate) const KINDS: &[(&str, Piece)] = &[
    ("straight-quotes", |_| "\"".into()),
    ("curly-quotes", |_| "“".into()),
    ("closing-quotes", |_| "”".into()),
    ("quoted-letters", |_| "“a” ".into()),
    ("apostrophes", |_| "'".into()),
    ("brackets", |_| "(".into()),
    ("square-brackets", |_| "[".into()),
    ("commas", |i| if i == 0 { "One".into() } else { ", and a thing".into() }),
    ("only-commas", |_| ",".into()),
    ("full-stops", |_| ".".into()),
    ("dashes", |_| "— ".into()),
    ("digits", |_| "7".into()),
    ("numbers", |i| format!("{} ", i % 997)),
    ("grouped", |_| "1,000,".into()),
    ("amounts", |i| format!("Some {} people were hurt, the mayor said. ", i % 997)),
    ("number-words", |_| "million ".into()),
    ("percents", |i| format!("{}% ", i % 97)),
    ("ranges", |i| format!("{}-", i % 97)),
    ("capitals", |_| "THE MAYOR SAID THAT NO ONE WAS HURT. ".into()),
    ("one-word", |_| "a".into()),
    ("spaces", |_| " ".into()),
    ("line-breaks", |_| "\n".into()),
    ("short-lines", |_| "A: b\n".into()),
    ("paragraphs", |_| "\n\n“He said".into()),
    ("non-ascii", |i| char::from_u32(0x4E00 + (i % 20_000) as u32).map_or(String::new(), String::from)),
    ("accents", |_| "é".into()),
    ("zero-width", |_| "\u{200b}".into()),
    ("names", |i| format!("{} {} spoke. ", name(i), name(i / 7 + 3))),
    ("one-surname", |i| format!("{} Brandt said no. ", name(i))),
    ("pronouns", |_| "He said she said they said it. ".into()),
    ("cues", |_| "said ".into()),
    ("said-that", |_| "said that he ".into()),
    ("mayor-said", |_| "“No,” the mayor said. ".into()),
    ("abbreviations", |_| "Mr. ".into()),
    ("addresses", |_| "http://a.b/".into()),
    ("hyphens", |_| "well-".into()),
    ("labels", |i| format!("{}: yes.\n\n", name(i))),
];

/// A name of its own for each number.
fn name(mut i: usize) -> String {
    let mut name = String::new();
    for part in 0..3 {
        let (consonant, vowel) = (b"bdfgklmnprstvz"[i % 14], b"aeiou"[i / 14 % 5]);
        name.push(if part == 0 { consonant.to_ascii_uppercase() } else { consonant } as char);
        name.push(vowel as char);
        i /= 70;
    }
    name
}

/// As many pieces as make so many bytes.
pub(crate) fn text(piece: Piece, bytes: usize) -> String {
    let mut text = String::with_capacity(bytes + 64);
    for i in 0.. {
        if text.len() >= bytes {
            break;
        }
        text.push_str(&piece(i));
    }
    text
}
