//! What the fuzz targets share: texts from bytes, records in every unit of offsets, and what must hold of a record.
//!
//! The invariants are those of `tests/invariants/check.rs`, the very file.

#[allow(dead_code)]
#[path = "../../tests/invariants/check.rs"]
mod check;

pub mod number;
pub mod spans;

pub use encoding_rs::Encoding;
use onrecord::record::{OffsetUnit, Options};
use onrecord::{Article, Pipeline, Record};

/// Every unit of offsets.
pub const UNITS: [OffsetUnit; 3] = check::UNITS;

/// Bytes as text: what is no UTF-8 becomes U+FFFD, so that a mutation costs a character and not the rest of the text.
pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The record of an article with offsets in a unit, whatever its language.
pub fn record(article: &Article, unit: OffsetUnit) -> Record {
    let options = Options { offsets: unit, with_text: true, any_language: true, ..Options::default() };
    Pipeline::default().with_options(options).run(article)
}

/// Fails where something does not hold of a record.
pub fn check(record: &Record, text: &str) {
    let found = check::check(record, text);
    assert!(found.is_empty(), "{text:?}: {found:#?}");
}

/// Fails where a record that was made with a look at the language is neither the whole record nor one without lists that
/// says why.
pub fn check_language(record: &Record, whole: &Record) {
    let unread = record.sentences.is_empty() && record.diagnostics.iter().any(|d| d.code == "not-english");
    assert!(unread || record == whole, "{record:?} is neither unread nor {whole:?}");
}

/// Lets panics through that the reader of Parquet catches, as it does in earnest: the ones of that library.
pub fn let_parquet_panic() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let abort = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let file = info.location().map_or("", |l| l.file());
            if !file.contains("/parquet-") {
                abort(info);
            }
        }));
    });
}
