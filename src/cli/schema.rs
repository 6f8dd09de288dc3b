//! `onrecord schema`: the JSON Schema of the record.

use super::exit::{Done, Exit};
use crate::record;
use std::io::Write;

/// Runs the command.
pub(super) fn run() -> Done {
    let text = serde_json::to_string_pretty(&record::schema()).unwrap_or_default();
    let mut out = std::io::stdout().lock();
    writeln!(out, "{text}")?;
    out.flush()?;
    Ok(Exit::Done)
}
