//! `onrecord rules schema`: the JSON Schema of each file of rules, for editors that check TOML as one types.

use crate::cli::args::{Global, SchemaFormat};
use crate::cli::console;
use crate::cli::exit::{Done, Exit};
use crate::cli::schema::{page, sorted};
use crate::error::{Error, Result};
use crate::lexicon::schema;
use std::path::Path;

fn find(file: &str) -> Result<serde_json::Value> {
    let found = schema::schema(file).or_else(|| schema::schema(&format!("{file}.toml")));
    found.map(|schema| sorted(&schema.into())).ok_or_else(|| {
        let known: Vec<_> = schema::files().collect();
        Error::usage(format!("no file of rules is called {file:?}; they are {}", known.join(", ")))
    })
}

fn text(file: &str) -> Result<String> {
    Ok(serde_json::to_string_pretty(&find(file)?).unwrap_or_default() + "\n")
}

/// The schema of a file; without one, the names of those that have one, or all of them as a page.
pub(super) fn print(file: Option<&str>, format: SchemaFormat) -> Result<String> {
    match (file, format) {
        (Some(file), SchemaFormat::Json) => text(file),
        (Some(file), SchemaFormat::Markdown) => Ok(page(&find(file)?)),
        (None, SchemaFormat::Json) => Ok(schema::files().map(|name| format!("{name}\n")).collect()),
        (None, SchemaFormat::Markdown) => book(),
    }
}

/// All files on one page; those of one shape together.
fn book() -> Result<String> {
    let mut shapes: Vec<(serde_json::Value, Vec<&str>)> = Vec::new();
    for file in schema::files() {
        let schema = find(file)?;
        match shapes.iter_mut().find(|(other, _)| *other == schema) {
            Some((_, files)) => files.push(file),
            None => shapes.push((schema, vec![file])),
        }
    }
    let mut out = String::from(
        "# Files of rules\n\nWhat the files of a folder for `--rules DIR` may hold. A folder holds any of them. Their JSON \
         Schemas are printed by `onrecord rules schema FILE` and written by `onrecord rules schema -o DIR`. This page \
         is written by `onrecord rules schema --format markdown`.\n\n",
    );
    for (schema, files) in shapes {
        let names: Vec<_> = files.iter().map(|f| format!("`{f}`")).collect();
        // the heading of the type gives way to the names of its files
        let body = page(&schema);
        let body = body.split_once("\n\n").map_or("", |(_, body)| body);
        out.push_str(&format!("## {}\n\n{body}", names.join(" ")));
    }
    Ok(out.trim_end().to_owned() + "\n")
}

/// Writes the schema of a file, or of each, into a folder: `cues.schema.json`.
pub(super) fn write(file: Option<&str>, folder: &Path, global: &Global) -> Done {
    let unwritable = |e: std::io::Error| Error::output(format!("cannot be written ({e})")).in_file(folder);
    std::fs::create_dir_all(folder).map_err(unwritable)?;
    let files: Vec<_> = file.map_or_else(|| schema::files().collect(), |file| vec![file]);
    for file in &files {
        let stem = file.trim_end_matches(".toml");
        std::fs::write(folder.join(format!("{stem}.schema.json")), text(file)?).map_err(unwritable)?;
    }
    if !global.quiet {
        console::note(&format!(
            "{} schemas written; an editor finds one by a file's first line: #:schema {}/cues.schema.json",
            files.len(),
            folder.display()
        ));
    }
    Ok(Exit::Done)
}
