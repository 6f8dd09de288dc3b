//! Any text through the whole pipeline: a record of which every invariant holds, whichever call made it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord::record::{OffsetUnit, Options};
use onrecord::{Article, Pipeline};

fuzz_target!(|bytes: &[u8]| {
    let text = onrecord_fuzz::text(bytes);
    let article = Article::new("a", text.as_str());
    let record = onrecord_fuzz::record(&article, OffsetUnit::Chars);
    onrecord_fuzz::check(&record, &text);
    // the language may end the way early; what is lent is what is owned
    let pipeline = Pipeline::default().with_options(Options { with_text: true, ..Options::default() });
    let short = pipeline.run(&article);
    onrecord_fuzz::check_language(&short, &record);
    assert!(pipeline.read(&article, |r| r.to_json()) == short.to_json());
});
