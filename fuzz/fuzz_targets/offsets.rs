//! Any text with offsets in code points, bytes and UTF-16 units: each record keeps the invariants, and their spans are
//! the same places of the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord::Article;
use onrecord_fuzz::{UNITS, spans};

fuzz_target!(|bytes: &[u8]| {
    let text = onrecord_fuzz::text(bytes);
    let article = Article::new("a", text.as_str());
    let [first, rest @ ..] = UNITS.map(|unit| {
        let record = onrecord_fuzz::record(&article, unit);
        onrecord_fuzz::check(&record, &text);
        let value = serde_json::to_value(&record).unwrap();
        spans::in_bytes(&value, &text, unit)
            .unwrap_or_else(|| panic!("{unit:?}: an offset parts a character: {text:?}"))
    });
    for (other, unit) in rest.iter().zip(&UNITS[1..]) {
        assert!(first == *other, "{unit:?} tells other places than {:?}: {text:?}", UNITS[0]);
    }
});
