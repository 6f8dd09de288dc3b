//! `onrecord schema`: the JSON Schema of the record.

use super::exit::{Done, Exit};
use crate::record::Record;
use schemars::generate::SchemaSettings;
use std::io::Write;

/// What is written, not what may be read: every key is required, and no other allowed.
fn schema() -> serde_json::Value {
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
