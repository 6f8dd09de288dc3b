//! The JSON Schema of each file of rules, from the types that read it.

use super::load::{RawCues, RawLists, RawMeasure};
use super::overlay::FILES;
use super::{Classes, Frames, line, number, unit};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

/// The names of the files that a folder of rules may hold.
pub fn files() -> impl Iterator<Item = &'static str> {
    FILES.iter().map(|(name, _)| *name)
}

/// The schema of a file of rules by its name; draft 7, which editors' TOML plugins read.
pub fn schema(file: &str) -> Option<Schema> {
    fn of<T: JsonSchema>() -> Schema {
        SchemaSettings::draft07().into_generator().into_root_schema_for::<T>()
    }
    Some(match file {
        "cues.toml" => of::<RawCues>(),
        "numbers.toml" => of::<number::RawNumbers>(),
        "units.toml" => of::<unit::RawUnits>(),
        "bounds.toml" => of::<number::RawBounds>(),
        "changes.toml" => of::<number::RawChanges>(),
        "boilerplate.toml" => of::<line::RawLines>(),
        "measure.toml" => of::<RawMeasure>(),
        name => files().any(|f| f == name).then(of::<RawLists>)?,
    })
}

fn names(names: Vec<String>) -> Schema {
    json_schema!({"type": "array", "items": {"type": "string", "enum": names}})
}

/// The names of the frames.
pub(super) fn frames(_: &mut SchemaGenerator) -> Schema {
    names(Frames::all().iter_names().map(|(n, _)| n.to_ascii_lowercase().replace('_', "-")).collect())
}

/// The names of the classes.
pub(super) fn classes(_: &mut SchemaGenerator) -> Schema {
    names(Classes::all().names().collect())
}
