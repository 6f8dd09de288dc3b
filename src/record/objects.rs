//! The objects of a record, key by key: as JSON, and with strings of their own.
//!
//! Takes the types of [`super`], returns bytes or an owned record. An object's keys stand here once more, in their
//! order; a key that lacks or is none does not compile, and a test holds what is written to what serde_json writes. To
//! copy whole runs such as `,"kind":`, which the compiler joins, costs a small part of going through serde key by key.

use super::json::Json;
use super::out::Out;
use super::*;
use std::borrow::Cow;

/// A record of which every string that lies in the article, or in what the rooms made of it, is borrowed.
pub type RecordView<'a> = Record<Cow<'a, str>>;

/// What becomes something with strings of its own.
trait Own {
    type Owned;
    fn own(self) -> Self::Owned;
}

/// The bytes of literals, joined by the compiler.
macro_rules! run {
    ($($part:expr),*) => {{
        const RUN: &str = concat!($($part),*);
        const BYTES: &[u8; RUN.len()] = RUN.as_bytes().first_chunk().unwrap();
        BYTES
    }};
}

macro_rules! key {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $key:literal) => {
        $key
    };
}

macro_rules! objects {
    ($($object:ident $(<$s:ident>)? { $first:ident $($field:ident $(= $key:literal)?)* })*) => {$(
        impl$(<$s: Json>)? Json for $object$(<$s>)? {
            fn json(&self, out: &mut Out) {
                let Self { $first, $($field),* } = self;
                $first.keyed(run!("{\"", stringify!($first), "\":"), out);
                $($field.keyed(run!(",\"", key!($field $($key)?), "\":"), out);)*
                out.put(b"}");
            }

            fn last_json(self, out: &mut Out) {
                let Self { $first, $($field),* } = self;
                out.put(run!("{\"", stringify!($first), "\":"));
                $first.last_json(out);
                $(
                    out.put(run!(",\"", key!($field $($key)?), "\":"));
                    $field.last_json(out);
                )*
                out.put(b"}");
            }
        }

        impl$(<$s: Own<Owned = String>>)? Own for $object$(<$s>)? {
            type Owned = $object;

            fn own(self) -> $object {
                let Self { $first, $($field),* } = self;
                $object { $first: $first.own(), $($field: $field.own()),* }
            }
        }
    )*};
}
objects! {
    Record<S> {
        schema engine id offsets length meta text
        blocks sentences sources attributions quotes claims figures diagnostics
    }
    Meta<S> { title url date publisher authors language extra }
    Block { span kind }
    Sentence { span block }
    Source<S> { id name kind named gender description mentions }
    Excerpt<S> { span text }
    Attribution<S> {
        id sentence mode kind source cue content addressee relay parent quotes rule confidence
    }
    SourceMention<S> { span text refers_to = "ref" form }
    Cue<S> { span text lemma stance negated }
    Content<S> { spans text }
    Quote<S> { id span text role attribution paragraphs closed }
    Claim<S> {
        id sentence span number text value low high bound kind unit per base of when change negated
        claimant attribution figure rule confidence
    }
    Base<S> { value unit }
    Change { direction role }
    Figure<S> { id of unit claims low high agree }
    Diagnostic<S> { span code message }
}

impl Own for Cow<'_, str> {
    type Owned = String;

    fn own(self) -> String {
        self.into_owned()
    }
}

impl<T: Own> Own for Option<T> {
    type Owned = Option<T::Owned>;

    fn own(self) -> Self::Owned {
        self.map(T::own)
    }
}

impl<T: Own> Own for Vec<T> {
    type Owned = Vec<T::Owned>;

    fn own(self) -> Self::Owned {
        self.into_iter().map(T::own).collect()
    }
}

/// What holds no strings of the record, or has its own already.
macro_rules! owned {
    ($($type:ty)*) => {$(
        impl Own for $type {
            type Owned = Self;

            fn own(self) -> Self {
                self
            }
        }
    )*};
}
owned! {
    u32 f64 bool Offsets BTreeMap<String, serde_json::Value> OffsetUnit BlockKind SourceKind Gender Mode
    AttributionKind Form Stance QuoteRole Bound ClaimKind Direction ChangeRole
}

/// A record has more bytes of JSON only where it is no article's, or a book's.
const LONG: usize = 256 << 10;

#[allow(private_bounds, reason = "String and Cow<str> alone")]
impl<S: Json + AsRef<str>> Record<S> {
    /// The record as one line of JSON, without the line's end.
    pub fn to_json(&self) -> Vec<u8> {
        self.json_in(self.size())
    }

    fn json_in(&self, size: usize) -> Vec<u8> {
        let mut out = Out::with_capacity(size);
        self.json(&mut out);
        out.into_bytes()
    }

    /// The same of one that is needed no longer: a long list goes as it is written, so that it and its JSON are not both
    /// held whole.
    pub fn into_json(self) -> Vec<u8> {
        let size = self.size();
        if size <= LONG {
            return self.json_in(size);
        }
        let mut out = Out::with_capacity(LONG);
        self.last_json(&mut out);
        out.into_bytes()
    }

    /// About how many bytes it has as JSON, more often a few too many than too few: those of its longer strings, and what
    /// the rest of each object has in the mean of many articles.
    fn size(&self) -> usize {
        let text = |text: &S| text.as_ref().len();
        let some = |excerpt: &Option<Excerpt<S>>| excerpt.as_ref().map_or(0, |e| text(&e.text));
        let source = |s: &Source<S>| {
            98 + text(&s.name) + s.description.as_ref().map_or(0, text) + 13 * s.mentions.len()
        };
        let attribution =
            |a: &Attribution<S>| 370 + text(&a.content.text) + a.source.as_ref().map_or(0, |s| text(&s.text));
        let claim = |c: &Claim<S>| 370 + text(&c.text) + some(&c.of) + some(&c.when);
        700 + self.text.as_ref().map_or(0, text)
            + 41 * self.blocks.len()
            + 33 * self.sentences.len()
            + self.sources.iter().map(source).sum::<usize>()
            + self.attributions.iter().map(attribution).sum::<usize>()
            + self.quotes.iter().map(|q| 106 + text(&q.text)).sum::<usize>()
            + self.claims.iter().map(claim).sum::<usize>()
            + self.figures.iter().map(|f| 85 + text(&f.of) + 5 * f.claims.len()).sum::<usize>()
            + self.diagnostics.iter().map(|d| 80 + text(&d.message)).sum::<usize>()
    }
}

impl RecordView<'_> {
    /// The same with strings of its own.
    pub fn into_owned(self) -> Record {
        self.own()
    }
}

impl Meta {
    /// The same with borrowed strings.
    pub(super) fn view(&self) -> Meta<Cow<'_, str>> {
        fn some(text: &Option<String>) -> Option<Cow<'_, str>> {
            text.as_deref().map(Cow::Borrowed)
        }
        Meta {
            title: some(&self.title),
            url: some(&self.url),
            date: some(&self.date),
            publisher: some(&self.publisher),
            authors: self.authors.iter().map(|a| a.as_str().into()).collect(),
            language: some(&self.language),
            extra: self.extra.clone(),
        }
    }
}
