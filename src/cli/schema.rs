//! `onrecord schema`: the JSON Schema of the record.

use super::exit::{Done, Exit};
use crate::record::Record;
use schemars::generate::SchemaSettings;
use std::io::Write;

/// The JSON Schema of what is written: every key required, no other allowed.
pub(super) fn schema() -> serde_json::Value {
    let schema =
        SchemaSettings::draft2020_12().for_serialize().into_generator().into_root_schema_for::<Record>();
    schema.into()
}

/// Runs the command.
pub(super) fn run() -> Done {
    let text = serde_json::to_string_pretty(&schema()).unwrap_or_default();
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()?;
    Ok(Exit::Done)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pipeline::{Article, Pipeline};
    use serde_json::{Value, json};

    #[test]
    fn records_are_valid_and_neither_more_nor_less_is() {
        let validator = jsonschema::validator_for(&schema()).unwrap();
        let text = "“It rained for 12 hours,” said Mayor Ana Brandt, who told “Morning Lake” that 5 to 7 boats sank.";
        let record = serde_json::to_value(Pipeline::default().run(&Article::new("a", text))).unwrap();
        let errors: Vec<_> = validator.iter_errors(&record).map(|e| e.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
        let keys: Vec<String> = record.as_object().unwrap().keys().cloned().collect();
        for key in keys {
            let mut less = record.clone();
            less.as_object_mut().unwrap().remove(&key);
            assert!(!validator.is_valid(&less), "{key} may be left out");
        }
        for place in ["", "/meta", "/blocks/0", "/sentences/0"] {
            let mut more = record.clone();
            more.pointer_mut(place).and_then(Value::as_object_mut).unwrap().insert("more".into(), json!(1));
            assert!(!validator.is_valid(&more), "{place} takes an unknown key");
        }
    }
}
