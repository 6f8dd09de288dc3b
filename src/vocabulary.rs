//! The closed vocabularies of the record: what a block, a quote, an attribution, a source or a claim can be.
//!
//! They stand here, below every room, because the lexicon's entries, the stages and the record all speak them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The unit of every offset and of `length`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OffsetUnit {
    /// Unicode code points: what Python slices by.
    #[default]
    Chars,
    /// UTF-8 bytes: what Rust and Go slice by.
    Bytes,
    /// UTF-16 code units: what JavaScript, Java and C# slice by.
    Utf16,
}

/// What a block is. A lone block is a paragraph. A dateline that opens a paragraph stays in the paragraph's
/// block; a publisher's suffix belongs to the headline's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum BlockKind {
    Headline,
    Byline,
    Dateline,
    Caption,
    Heading,
    Paragraph,
    ListItem,
    Turn,
    Blockquote,
    Boilerplate,
}

impl BlockKind {
    /// Whether quotes, attributions and claims are read from it. Bylines, datelines and boilerplate yield none.
    #[inline]
    pub fn is_read(self) -> bool {
        !matches!(self, Self::Byline | Self::Dateline | Self::Boilerplate)
    }
}

/// What a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum SourceKind {
    Person,
    Organisation,
    Place,
    Document,
    Group,
    Unnamed,
    Author,
    Unknown,
}

/// Grammatical gender.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Gender {
    Female,
    Male,
}

/// How much of the content is quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Wholly.
    Direct,
    /// Partly.
    Mixed,
    /// Not at all.
    Indirect,
}

/// What sort of attribution it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum AttributionKind {
    Statement,
    Question,
    Belief,
    Intention,
    Attitude,
    Perception,
    Decision,
    Evidence,
}

/// The form of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// A name, with or without title.
    Name,
    /// A noun that describes: "the spokeswoman".
    Role,
    /// A personal, demonstrative or indefinite pronoun.
    Pronoun,
    /// A relative pronoun: "who".
    Relative,
    /// A possessive: "his", "the president's".
    Possessive,
}

/// What a cue lets the reader think of the content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Stance {
    #[default]
    Neutral,
    Assert,
    Deny,
    Doubt,
    Concede,
    Accuse,
    Praise,
}

/// What a pair of quotation marks means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum QuoteRole {
    /// Someone's words, a clause or more.
    Speech,
    /// A few of someone's words within the article's sentence.
    Fragment,
    /// The title of a work.
    Title,
    /// A nickname or byname.
    Nickname,
    /// Words that the article keeps at a distance.
    Scare,
}

/// How the true value stands to the one given.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub enum Bound {
    /// exactly, or as good as
    #[default]
    #[serde(rename = "=")]
    Equal,
    /// about
    #[serde(rename = "~")]
    About,
    /// more than
    #[serde(rename = ">")]
    Above,
    /// at least
    #[serde(rename = ">=")]
    AtLeast,
    /// less than
    #[serde(rename = "<")]
    Below,
    /// at most
    #[serde(rename = "<=")]
    AtMost,
}

/// What sort of number a claim is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ClaimKind {
    Count,
    Money,
    Percent,
    Measure,
    Duration,
    Age,
    Ratio,
    Score,
    Rate,
    Multiplier,
}

/// Which way a quantity moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum Direction {
    Up,
    Down,
}

/// What a number is to a movement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
#[allow(missing_docs)]
pub enum ChangeRole {
    Amount,
    From,
    To,
}

/// Room for any of the words in quotation marks: a block of one length is copied without a question.
pub(crate) const QUOTED: usize = 16;

/// A word in quotation marks, and how many bytes that has.
const fn quoted(word: &str) -> ([u8; QUOTED], usize) {
    let (mut run, word) = ([b'"'; QUOTED], word.as_bytes());
    let mut at = 0;
    while at < word.len() {
        run[at + 1] = word[at];
        at += 1;
    }
    (run, word.len() + 2)
}

/// Gives the values of vocabularies the words that serde gives them, without serde.
macro_rules! words {
    ($($vocabulary:ident { $($value:ident $word:literal)* })*) => {
        $(impl $vocabulary {
            /// The word that the record has for it.
            #[inline]
            pub fn word(self) -> &'static str {
                match self { $(Self::$value => $word),* }
            }

            /// The same in quotation marks, and how many bytes that has.
            #[inline]
            pub(crate) fn quoted(self) -> &'static ([u8; QUOTED], usize) {
                match self {
                    $(Self::$value => {
                        const QUOTED_WORD: ([u8; QUOTED], usize) = quoted($word);
                        &QUOTED_WORD
                    })*
                }
            }
        })*

        #[cfg(test)]
        #[test]
        fn words_are_those_of_serde() {
            $($(assert_eq!(serde_json::to_value($vocabulary::$value).unwrap(), $word);)*)*
        }
    };
}
words! {
    OffsetUnit { Chars "chars" Bytes "bytes" Utf16 "utf16" }
    BlockKind {
        Headline "headline" Byline "byline" Dateline "dateline" Caption "caption" Heading "heading"
        Paragraph "paragraph" ListItem "list_item" Turn "turn" Blockquote "blockquote" Boilerplate "boilerplate"
    }
    SourceKind {
        Person "person" Organisation "organisation" Place "place" Document "document" Group "group"
        Unnamed "unnamed" Author "author" Unknown "unknown"
    }
    Gender { Female "female" Male "male" }
    Mode { Direct "direct" Mixed "mixed" Indirect "indirect" }
    AttributionKind {
        Statement "statement" Question "question" Belief "belief" Intention "intention" Attitude "attitude"
        Perception "perception" Decision "decision" Evidence "evidence"
    }
    Form { Name "name" Role "role" Pronoun "pronoun" Relative "relative" Possessive "possessive" }
    Stance {
        Neutral "neutral" Assert "assert" Deny "deny" Doubt "doubt" Concede "concede" Accuse "accuse" Praise "praise"
    }
    QuoteRole { Speech "speech" Fragment "fragment" Title "title" Nickname "nickname" Scare "scare" }
    Bound { Equal "=" About "~" Above ">" AtLeast ">=" Below "<" AtMost "<=" }
    ClaimKind {
        Count "count" Money "money" Percent "percent" Measure "measure" Duration "duration" Age "age" Ratio "ratio"
        Score "score" Rate "rate" Multiplier "multiplier"
    }
    Direction { Up "up" Down "down" }
    ChangeRole { Amount "amount" From "from" To "to" }
}
