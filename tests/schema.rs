//! The schema against real output: every record of the sample articles is valid, and nothing else is.

use onrecord::{Article, Pipeline};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

fn schema() -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_onrecord")).arg("schema").output().unwrap();
    assert!(output.status.success());
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The texts of corpus/, with some that the pipeline may find odd.
fn texts() -> Vec<String> {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let files = walkdir::WalkDir::new(corpus).into_iter().flatten();
    let texts = files.filter(|f| f.path().extension().is_some_and(|e| e == "txt"));
    let mut texts: Vec<_> = texts.map(|f| std::fs::read_to_string(f.path()).unwrap()).collect();
    let odd = [
        "“It rained for 12 hours,” said Mayor Ana Brandt.",
        "“",
        "\u{feff}\r\n12 to 15 %",
        "a\u{202e}b \0 c",
    ];
    texts.extend(odd.map(str::to_owned));
    texts
}

#[test]
fn every_record_is_valid() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let pipeline = Pipeline::default();
    for text in texts() {
        let record = serde_json::to_value(pipeline.run(&Article::new("a", text.as_str()))).unwrap();
        let errors: Vec<_> =
            validator.iter_errors(&record).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{:.60}: {errors:?}", text);
    }
}

#[test]
fn a_key_more_or_less_is_not() {
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let record = Pipeline::default().run(&Article::new("a", "Rain fell for 12 hours."));
    let record = serde_json::to_value(record).unwrap();
    for place in ["", "/meta", "/blocks/0", "/sentences/0"] {
        let keys: Vec<_> = record.pointer(place).unwrap().as_object().unwrap().keys().cloned().collect();
        for key in keys {
            let mut less = record.clone();
            less.pointer_mut(place).unwrap().as_object_mut().unwrap().remove(&key);
            assert!(!validator.is_valid(&less), "{place}/{key} may be left out");
        }
        let mut more = record.clone();
        more.pointer_mut(place).unwrap().as_object_mut().unwrap().insert("more".into(), json!(1));
        assert!(!validator.is_valid(&more), "{place} takes an unknown key");
    }
}
