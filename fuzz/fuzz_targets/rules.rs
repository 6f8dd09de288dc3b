//! Any text as a file of rules: loaded or refused with its place; the check of a folder ends; what is loaded reads an
//! article, and its examples, with every invariant kept.

#![no_main]

use libfuzzer_sys::fuzz_target;
use onrecord::lexicon::{Lexicon, pack};
use onrecord::record::{OffsetUnit, Options};
use onrecord::{Article, Pipeline};
use std::sync::LazyLock;

/// What a user's folder may hold; the first byte chooses.
const FILES: [&str; 10] = [
    "cues.toml",
    "lists.toml",
    "numbers.toml",
    "units.toml",
    "bounds.toml",
    "changes.toml",
    "boilerplate.toml",
    "abbreviations.toml",
    "measure.toml",
    "names.toml",
];

const ARTICLE: &str = "River rises\n\nMayor Ana Brandt of Orla said on Monday that more than 1,200 people, or 5.5 percent, left \
    their homes. “We have $3 million,” she said.\n\nRead more: the valley\n\nAccording to a report, the flood rose from 2 to \
    3 meters, twice what it was.";

static FOLDER: LazyLock<tempfile::TempDir> = LazyLock::new(|| tempfile::tempdir().unwrap());

fuzz_target!(|bytes: &[u8]| {
    let Some((choice, toml)) = bytes.split_first() else { return };
    let path = FOLDER.path().join(FILES[*choice as usize % FILES.len()]);
    std::fs::write(&path, toml).unwrap();
    let lexicon = Lexicon::with_rules(FOLDER.path());
    let pack = pack::read(FOLDER.path());
    std::fs::remove_file(&path).unwrap();
    let pack = pack.expect("the folder can be read");
    for remark in &pack.remarks {
        assert!(!remark.message.is_empty() && remark.at.file == path, "{remark:?}");
    }
    match lexicon {
        Ok(lexicon) => {
            let options = Options { offsets: OffsetUnit::Bytes, any_language: true, ..Options::default() };
            let pipeline = Pipeline::new(lexicon).with_options(options);
            let examples = pack.examples.iter().map(|e| e.text.as_str()).take(4);
            for text in examples.chain([ARTICLE]) {
                onrecord_fuzz::check(&pipeline.run(&Article::new("a", text)), text);
            }
        }
        Err(e) => {
            assert!(!e.message().is_empty() && e.file().is_some_and(|f| f == path), "{e}");
            // what cannot be loaded is not sound either
            assert!(pack.remarks.iter().any(|r| r.wrong), "no remark tells: {e}");
        }
    }
});
