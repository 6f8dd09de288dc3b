//! The public record: one article in, one JSON object out, schema `onrecord/1`.
//!
//! Owns the record's types and nothing else; every other room may read them, none adds to them. Every key is
//! always present: a missing thing is `null`, a list is never `null`. Strings are the record's own, or borrowed in
//! a [`RecordView`]. Offsets are in the unit that `offsets`
//! names (code points unless the run asked for another) and always mean the text exactly as it was read.

pub(crate) mod extra;
mod json;
mod objects;
mod offsets;
mod options;
mod out;
mod string;
mod write;

pub use self::objects::RecordView;
pub use self::options::{Only, Options};
pub use self::write::{Parts, engine, unread, write};
pub use crate::vocabulary::{
    AttributionKind, BlockKind, Bound, ChangeRole, ClaimKind, Direction, Form, Gender, Mode, OffsetUnit,
    QuoteRole, SourceKind, Stance,
};
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The schema's name, in every record's `schema`.
pub const SCHEMA: &str = "onrecord/1";

/// The JSON Schema of [`Record`]: of what is written, not of what may be read: every key is required, and no other
/// allowed.
pub fn schema() -> serde_json::Value {
    SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Record>().into()
}

/// A half-open `[start, end)` pair of offsets.
pub type Offsets = [u32; 2];

/// One article's record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Record<S = String> {
    /// Name and version of this format: `onrecord/1`.
    pub schema: S,
    /// Version of the program and a digest of the rules that it ran with: `1.0.0+3f9c2a71`.
    pub engine: S,
    /// The article's id: from the input, else made from it.
    pub id: S,
    /// The unit of every offset and of `length`.
    pub offsets: OffsetUnit,
    /// The text's length in that unit.
    pub length: u32,
    /// What is known of the article itself.
    pub meta: Meta<S>,
    /// The article's text, where the run asked for it (`--with-text`).
    pub text: Option<S>,
    /// The layout, in text order. Every character that is not white space lies in exactly one block.
    pub blocks: Vec<Block>,
    /// Sentences, in text order. Every character that is not white space lies in exactly one sentence.
    pub sentences: Vec<Sentence>,
    /// Everyone and everything that is cited, by first mention.
    pub sources: Vec<Source<S>>,
    /// Who said, thought, wanted or decided what, by first offset.
    pub attributions: Vec<Attribution<S>>,
    /// Everything between quotation marks, by first offset.
    pub quotes: Vec<Quote<S>>,
    /// Every numeric claim, in text order.
    pub claims: Vec<Claim<S>>,
    /// Claims about one and the same quantity at one time.
    pub figures: Vec<Figure<S>>,
    /// What the reader of the record should know about the reading.
    pub diagnostics: Vec<Diagnostic<S>>,
}

/// What is known of the article: from the input's fields; what layout finds fills those that the input lacks.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Meta<S = String> {
    /// The headline, without the publisher's suffix.
    pub title: Option<S>,
    /// Where it was published.
    pub url: Option<S>,
    /// When it was published, as the input says it.
    pub date: Option<S>,
    /// Who published it.
    pub publisher: Option<S>,
    /// Who wrote it.
    pub authors: Vec<S>,
    /// ISO 639-1 code of the language that it was read as.
    pub language: Option<S>,
    /// Further fields of the input that were asked for.
    #[serde(deserialize_with = "extra::extra")]
    pub extra: BTreeMap<String, serde_json::Value>,
}

/// A piece of the layout.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Block {
    /// From its first to its last character that is not white space.
    pub span: Offsets,
    /// What it is.
    pub kind: BlockKind,
}

/// A sentence. It never crosses a block.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sentence {
    /// From its first to its last character, closing quotation marks included.
    pub span: Offsets,
    /// Position of its block.
    pub block: u32,
}

/// Someone or something that is cited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source<S = String> {
    /// Position in the list.
    pub id: u32,
    /// The fullest name in the article, without title. An unnamed source keeps its noun phrase.
    pub name: S,
    /// What it is.
    pub kind: SourceKind,
    /// Whether the article names it.
    pub named: bool,
    /// Grammatical gender, or null where the article does not tell.
    pub gender: Option<Gender>,
    /// Title, office or apposition by which the article presents it.
    pub description: Option<S>,
    /// Where the article mentions it, in text order.
    pub mentions: Vec<Offsets>,
}

/// A stretch of text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Excerpt<S = String> {
    /// Where.
    pub span: Offsets,
    /// The slice of the span.
    pub text: S,
}

/// Someone's statement, belief, intention, attitude, perception or decision, or a thing's evidence.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attribution<S = String> {
    /// Position in the list.
    pub id: u32,
    /// The cue's sentence, else the content's first.
    pub sentence: u32,
    /// How much of the content stands in quotation marks.
    pub mode: Mode,
    /// What sort of attribution it is.
    pub kind: AttributionKind,
    /// Who; null where none is stated.
    pub source: Option<SourceMention<S>>,
    /// The words that attribute; null where none stand.
    pub cue: Option<Cue<S>>,
    /// What.
    pub content: Content<S>,
    /// To whom, where the article says so: "lawmakers" in "he told lawmakers".
    pub addressee: Option<Excerpt<S>>,
    /// Id of the further source that `source` cites: "a Post report (source), citing an official (relay)".
    pub relay: Option<u32>,
    /// Id of the attribution in whose content this one stands.
    pub parent: Option<u32>,
    /// Positions of the quotes that belong to the content.
    pub quotes: Vec<u32>,
    /// The rule that found it; `onrecord rules show ID` explains it.
    pub rule: S,
    /// Calibrated probability that source, cue and content are right.
    pub confidence: f64,
}

/// The mention of a source in an attribution.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SourceMention<S = String> {
    /// Where.
    pub span: Offsets,
    /// The slice of the span.
    pub text: S,
    /// Id of the source that it refers to; null where that is not known.
    #[serde(rename = "ref")]
    pub refers_to: Option<u32>,
    /// What form the mention has.
    pub form: Form,
}

/// The words that attribute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cue<S = String> {
    /// Where; one contiguous span.
    pub span: Offsets,
    /// The slice of the span.
    pub text: S,
    /// The dictionary form of its head.
    pub lemma: S,
    /// What it lets the reader think of the content.
    pub stance: Stance,
    /// Whether it is negated: "did not say".
    pub negated: bool,
}

/// What is attributed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Content<S = String> {
    /// Where, in text order.
    pub spans: Vec<Offsets>,
    /// The slices of the spans, joined by one space.
    pub text: S,
}

/// A stretch between quotation marks, or a block quote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quote<S = String> {
    /// Position in the list.
    pub id: u32,
    /// With its marks.
    pub span: Offsets,
    /// The slice of the span.
    pub text: S,
    /// What the marks mean.
    pub role: QuoteRole,
    /// The attribution whose content holds it; null for speech that no one is found for and for what is not speech.
    pub attribution: Option<u32>,
    /// How many paragraphs it runs through.
    pub paragraphs: u32,
    /// Whether its closing mark stands.
    pub closed: bool,
}

/// A number that the article states, and who vouches for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Claim<S = String> {
    /// Position in the list.
    pub id: u32,
    /// Its sentence.
    pub sentence: u32,
    /// Modifier, number, and the adjacent unit or counted head.
    pub span: Offsets,
    /// The bare number with its currency or percent sign and magnitude word.
    pub number: Offsets,
    /// The slice of `span`.
    pub text: S,
    /// As written, in full precision; null for a range.
    pub value: Option<f64>,
    /// The lower end of a range.
    pub low: Option<f64>,
    /// The upper end of a range.
    pub high: Option<f64>,
    /// How the true value stands to `value`.
    pub bound: Bound,
    /// What sort of number it is.
    pub kind: ClaimKind,
    /// ISO 4217 for money, "%" and "pp", the singular English name for measures, durations and ages; "" for counts,
    /// ratios and multipliers.
    pub unit: S,
    /// What it is given per: "hour" in "$7.25 an hour".
    pub per: Option<S>,
    /// The value in the unit's base, where a factor exists; the lower end for a range.
    pub base: Option<Base<S>>,
    /// The thing counted or measured.
    pub of: Option<Excerpt<S>>,
    /// The time that the figure speaks of.
    pub when: Option<Excerpt<S>>,
    /// The movement that it marks.
    pub change: Option<Change>,
    /// Whether the statement is negated: "has not killed 40 people".
    pub negated: bool,
    /// Id of the source that vouches for it; null where the article itself does.
    pub claimant: Option<u32>,
    /// Id of the attribution that holds it.
    pub attribution: Option<u32>,
    /// Position of the figure that it belongs to.
    pub figure: Option<u32>,
    /// The rule that found it.
    pub rule: S,
    /// Calibrated probability that value, bound, unit and the thing counted are right.
    pub confidence: f64,
}

/// A value in its unit's base.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Base<S = String> {
    /// In `unit`.
    pub value: f64,
    /// SI unit or major currency unit.
    pub unit: S,
}

/// The movement that a claim marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Change {
    /// Which way.
    pub direction: Direction,
    /// Whether the number is how far it moved, where it came from or where it got to.
    pub role: ChangeRole,
}

/// Claims about one and the same quantity at one time: who gives which number, and whether they agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Figure<S = String> {
    /// Position in the list.
    pub id: u32,
    /// The fullest wording of the thing counted.
    pub of: S,
    /// The claims' unit.
    pub unit: S,
    /// Ids of the claims.
    pub claims: Vec<u32>,
    /// The lowest value given.
    pub low: f64,
    /// The highest value given.
    pub high: f64,
    /// Whether all the claims can be true at once, their bounds considered.
    pub agree: bool,
}

/// Something the reader of the record should know about the reading.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Diagnostic<S = String> {
    /// Where.
    pub span: Offsets,
    /// What, in kebab case: `unclosed-quote`.
    pub code: S,
    /// What, in words.
    pub message: S,
}
