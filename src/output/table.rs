//! The tables that a record becomes: their columns with explicit types, and how a record becomes rows of them.
//!
//! Owns what every columnar format shares: the flat tables, and the notation of the nested one. Knows of no format's own
//! types: Parquet (`parquet/`) and Arrow (the Python package) each bring [`Rows`] of theirs. Every table begins with
//! `article_id`; `sentence_id`, `source_id` and the like are the record's ids, which are unique within an article.
//! Offsets are in the unit that `articles.offsets` names.

use self::Kind::*;
use crate::record::{OffsetUnit, Offsets, Record};

/// The nested table, a row an article with the keys and the shape of the JSON record, in Parquet's notation of messages.
pub const NESTED: &str = include_str!("record.message");

/// What a column of a flat table holds; the second of each pair may be null.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Kind {
    Text,
    TextOrNull,
    Int,
    IntOrNull,
    Float,
    FloatOrNull,
    Bool,
    BoolOrNull,
}

impl Kind {
    /// Whether it may be null.
    pub fn is_optional(self) -> bool {
        matches!(self, TextOrNull | IntOrNull | FloatOrNull | BoolOrNull)
    }
}

/// A flat table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name, which is its file's.
    pub name: &'static str,
    /// Names and types of its columns.
    pub columns: &'static [(&'static str, Kind)],
}

/// The rows of one flat table, as a format gathers them. A row is put value by value in the columns' order, then ended.
pub trait Rows {
    /// An article's id, which many rows share.
    type Key;

    /// The id in the format's own form.
    fn key_of(id: String) -> Self::Key;
    /// Puts the key, with which every row begins.
    fn key(&mut self, id: &Self::Key) -> &mut Self;
    /// Puts a text or null.
    fn text_or(&mut self, value: Option<String>) -> &mut Self;
    /// Puts a number or null.
    fn int_or(&mut self, value: Option<u32>) -> &mut Self;
    /// Puts a number or null.
    fn float_or(&mut self, value: Option<f64>) -> &mut Self;
    /// Puts a truth value or null.
    fn bool_or(&mut self, value: Option<bool>) -> &mut Self;
    /// Ends the row.
    fn end(&mut self);

    /// Puts a text.
    fn text(&mut self, value: String) -> &mut Self {
        self.text_or(Some(value))
    }
    /// Puts a number.
    fn int(&mut self, value: u32) -> &mut Self {
        self.int_or(Some(value))
    }
    /// Puts a number.
    fn float(&mut self, value: f64) -> &mut Self {
        self.float_or(Some(value))
    }
    /// Puts a truth value.
    fn bool(&mut self, value: bool) -> &mut Self {
        self.bool_or(Some(value))
    }
}

/// All tables, in the order of [`put`].
pub const TABLES: [Table; 7] = [
    Table {
        name: "articles",
        columns: &[
            ("article_id", Text),
            ("title", TextOrNull),
            ("url", TextOrNull),
            ("date", TextOrNull),
            ("publisher", TextOrNull),
            // joined by "; "
            ("authors", TextOrNull),
            ("language", TextOrNull),
            ("length", Int),
            ("offsets", Text),
            ("engine", Text),
            // codes, joined by a space
            ("diagnostics", TextOrNull),
            // JSON
            ("extra", TextOrNull),
            // with --with-text
            ("text", TextOrNull),
        ],
    },
    Table {
        name: "sentences",
        columns: &[
            ("article_id", Text),
            ("sentence_id", Int),
            ("start", Int),
            ("end", Int),
            ("block_id", Int),
            ("block_kind", TextOrNull),
            // with --with-text
            ("text", TextOrNull),
        ],
    },
    Table {
        name: "sources",
        columns: &[
            ("article_id", Text),
            ("source_id", Int),
            ("name", Text),
            ("kind", Text),
            ("named", Bool),
            ("gender", TextOrNull),
            ("description", TextOrNull),
            ("mentions", Int),
            ("first_mention", IntOrNull),
        ],
    },
    Table {
        name: "attributions",
        columns: &[
            ("article_id", Text),
            ("attribution_id", Int),
            ("sentence_id", Int),
            ("mode", Text),
            ("kind", Text),
            ("source_id", IntOrNull),
            ("source_text", TextOrNull),
            ("source_form", TextOrNull),
            ("source_start", IntOrNull),
            ("source_end", IntOrNull),
            ("cue_lemma", TextOrNull),
            ("cue_text", TextOrNull),
            ("cue_stance", TextOrNull),
            ("cue_negated", BoolOrNull),
            ("cue_start", IntOrNull),
            ("cue_end", IntOrNull),
            ("content_text", Text),
            // of its first and its last span
            ("content_start", IntOrNull),
            ("content_end", IntOrNull),
            ("addressee", TextOrNull),
            ("relay_source_id", IntOrNull),
            ("parent_attribution_id", IntOrNull),
            ("quotes", Int),
            ("rule", Text),
            ("confidence", Float),
        ],
    },
    Table {
        name: "quotes",
        columns: &[
            ("article_id", Text),
            ("quote_id", Int),
            ("attribution_id", IntOrNull),
            ("role", Text),
            ("text", Text),
            ("start", Int),
            ("end", Int),
            ("paragraphs", Int),
            ("closed", Bool),
        ],
    },
    Table {
        name: "claims",
        columns: &[
            ("article_id", Text),
            ("claim_id", Int),
            ("sentence_id", Int),
            ("attribution_id", IntOrNull),
            ("claimant_source_id", IntOrNull),
            ("figure_id", IntOrNull),
            ("text", Text),
            ("start", Int),
            ("end", Int),
            ("number_start", Int),
            ("number_end", Int),
            ("kind", Text),
            ("value", FloatOrNull),
            ("low", FloatOrNull),
            ("high", FloatOrNull),
            ("bound", Text),
            ("unit", Text),
            ("per", TextOrNull),
            ("base_value", FloatOrNull),
            ("base_unit", TextOrNull),
            ("of", TextOrNull),
            ("when", TextOrNull),
            ("change_direction", TextOrNull),
            ("change_role", TextOrNull),
            ("negated", Bool),
            ("rule", Text),
            ("confidence", Float),
        ],
    },
    Table {
        name: "figures",
        columns: &[
            ("article_id", Text),
            ("figure_id", Int),
            ("of", Text),
            ("unit", Text),
            ("claims", Int),
            ("low", Float),
            ("high", Float),
            ("agree", Bool),
        ],
    },
];

/// Joined, or null where there is nothing.
fn joined(parts: impl Iterator<Item = String>, by: &str) -> Option<String> {
    Some(parts.collect::<Vec<_>>().join(by)).filter(|s| !s.is_empty())
}

/// The slices of an article's sentences.
struct Slices<'a> {
    text: &'a str,
    /// the byte at which each unit begins; none where the unit is the byte
    bytes: Option<Vec<u32>>,
}

impl<'a> Slices<'a> {
    fn new(text: &'a str, unit: OffsetUnit) -> Self {
        let mut bytes = Vec::new();
        for (at, c) in text.char_indices() {
            let units = if unit == OffsetUnit::Utf16 { c.len_utf16() } else { 1 };
            bytes.extend(std::iter::repeat_n(at as u32, units));
        }
        bytes.push(text.len() as u32);
        Self { text, bytes: (unit != OffsetUnit::Bytes).then_some(bytes) }
    }

    fn of(&self, [start, end]: Offsets) -> Option<String> {
        let at = |offset: u32| match &self.bytes {
            Some(bytes) => bytes.get(offset as usize).map(|b| *b as usize),
            None => Some(offset as usize),
        };
        self.text.get(at(start)?..at(end)?).map(str::to_owned)
    }
}

/// Puts a record's rows into the tables, which stand in the order of [`TABLES`].
pub fn put<R: Rows>(record: Record, tables: &mut [R]) {
    let [articles, sentences, sources, attributions, quotes, claims, figures] = tables else { return };
    let id = &R::key_of(record.id);
    let slices = record.text.as_deref().map(|text| Slices::new(text, record.offsets));
    for (i, s) in (0..).zip(&record.sentences) {
        let kind = record.blocks.get(s.block as usize).map(|b| b.kind.word().into());
        sentences.key(id).int(i).int(s.span[0]).int(s.span[1]).int(s.block).text_or(kind);
        sentences.text_or(slices.as_ref().and_then(|slices| slices.of(s.span))).end();
    }
    for s in record.sources {
        sources
            .key(id)
            .int(s.id)
            .text(s.name)
            .text(s.kind.word().into())
            .bool(s.named)
            .text_or(s.gender.map(|g| g.word().into()));
        sources
            .text_or(s.description)
            .int(s.mentions.len() as u32)
            .int_or(s.mentions.first().map(|m| m[0]))
            .end();
    }
    for a in record.attributions {
        attributions.key(id).int(a.id).int(a.sentence).text(a.mode.word().into()).text(a.kind.word().into());
        match a.source {
            Some(s) => attributions
                .int_or(s.refers_to)
                .text(s.text)
                .text(s.form.word().into())
                .int(s.span[0])
                .int(s.span[1]),
            None => attributions.int_or(None).text_or(None).text_or(None).int_or(None).int_or(None),
        };
        match a.cue {
            Some(c) => {
                attributions.text(c.lemma).text(c.text).text(c.stance.word().into()).bool(c.negated);
                attributions.int(c.span[0]).int(c.span[1])
            }
            None => {
                attributions.text_or(None).text_or(None).text_or(None).bool_or(None).int_or(None).int_or(None)
            }
        };
        let (start, end) = (a.content.spans.first().map(|s| s[0]), a.content.spans.last().map(|s| s[1]));
        attributions.text(a.content.text).int_or(start).int_or(end).text_or(a.addressee.map(|x| x.text));
        attributions.int_or(a.relay).int_or(a.parent).int(a.quotes.len() as u32).text(a.rule);
        attributions.float(a.confidence).end();
    }
    for q in record.quotes {
        quotes.key(id).int(q.id).int_or(q.attribution).text(q.role.word().into()).text(q.text);
        quotes.int(q.span[0]).int(q.span[1]).int(q.paragraphs).bool(q.closed).end();
    }
    for c in record.claims {
        claims.key(id).int(c.id).int(c.sentence).int_or(c.attribution).int_or(c.claimant).int_or(c.figure);
        claims
            .text(c.text)
            .int(c.span[0])
            .int(c.span[1])
            .int(c.number[0])
            .int(c.number[1])
            .text(c.kind.word().into());
        claims
            .float_or(c.value)
            .float_or(c.low)
            .float_or(c.high)
            .text(c.bound.word().into())
            .text(c.unit)
            .text_or(c.per);
        let (value, unit) = c.base.map(|b| (b.value, b.unit)).unzip();
        claims.float_or(value).text_or(unit).text_or(c.of.map(|x| x.text)).text_or(c.when.map(|x| x.text));
        claims
            .text_or(c.change.map(|x| x.direction.word().into()))
            .text_or(c.change.map(|x| x.role.word().into()));
        claims.bool(c.negated).text(c.rule).float(c.confidence).end();
    }
    for f in record.figures {
        figures.key(id).int(f.id).text(f.of).text(f.unit).int(f.claims.len() as u32);
        figures.float(f.low).float(f.high).bool(f.agree).end();
    }
    let meta = record.meta;
    articles.key(id).text_or(meta.title).text_or(meta.url).text_or(meta.date).text_or(meta.publisher);
    articles.text_or(joined(meta.authors.into_iter(), "; ")).text_or(meta.language).int(record.length);
    articles.text(record.offsets.word().into()).text(record.engine);
    articles.text_or(joined(record.diagnostics.into_iter().map(|d| d.code), " "));
    let extra = (!meta.extra.is_empty()).then(|| serde_json::to_string(&meta.extra).unwrap_or_default());
    articles.text_or(extra).text_or(record.text).end();
}
