//! `onrecord schema`: the JSON Schema of the record, and of what one writes oneself; as JSON, or as a page for people.

use super::args::{SchemaArgs, SchemaFormat, SchemaOf};
use super::check::expect_schema;
use super::exit::{Done, Exit};
use crate::record;
use serde_json::Value;
use std::fmt::Write as _;
use std::io::Write;

/// Runs the command.
pub(super) fn run(args: &SchemaArgs) -> Done {
    let schema = match args.of {
        SchemaOf::Record => record::schema(),
        SchemaOf::Expect => expect_schema(),
    };
    let schema = sorted(&schema);
    let text = match args.format {
        SchemaFormat::Json => serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n",
        SchemaFormat::Markdown => page(&schema),
    };
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}

/// The same with its keys in the order of the alphabet, whatever order a build of serde_json keeps: pages and schemas
/// are the same from every build.
pub(super) fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut keys: Vec<_> = fields.keys().collect();
            keys.sort();
            keys.into_iter().map(|key| (key.clone(), sorted(&fields[key]))).collect()
        }
        Value::Array(items) => items.iter().map(sorted).collect(),
        value => value.clone(),
    }
}

/// A schema as a page: a section for each type, a row for each key.
pub(super) fn page(schema: &Value) -> String {
    let mut out = String::new();
    section(schema["title"].as_str().unwrap_or("Schema"), schema, "##", &mut out);
    let types = schema.get("$defs").or_else(|| schema.get("definitions"));
    for (name, of) in types.and_then(Value::as_object).into_iter().flatten() {
        section(name, of, "###", &mut out);
    }
    out
}

fn section(name: &str, of: &Value, level: &str, out: &mut String) {
    let _ = write!(out, "{level} {name}\n\n");
    if let Some(text) = of["description"].as_str() {
        let _ = write!(out, "{}\n\n", line(text));
    }
    if let Some(keys) = of["properties"].as_object() {
        let _ = writeln!(out, "| key | what it holds | |\n| --- | --- | --- |");
        for (key, value) in keys {
            let about = value["description"].as_str().map(line).unwrap_or_default();
            let _ = writeln!(out, "| `{key}` | {} | {} |", shape(value), about.replace('|', "\\|"));
        }
        out.push('\n');
    } else if let Some(cases) = of["oneOf"].as_array() {
        for case in cases {
            // cases without a word of their own stand in one list
            for value in case["enum"].as_array().into_iter().flatten().chain(case.get("const")) {
                let about = case["description"].as_str().map(|text| format!(": {}", line(text)));
                let _ =
                    writeln!(out, "- `{}`{}", value.as_str().unwrap_or_default(), about.unwrap_or_default());
            }
        }
        out.push('\n');
    } else {
        let _ = write!(out, "{}\n\n", shape(of));
    }
}

/// A description on one line.
fn line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What a value may be, in words.
fn shape(of: &Value) -> String {
    let name = |reference: &str| reference.rsplit('/').next().unwrap_or_default().to_owned();
    if let Some(reference) = of["$ref"].as_str() {
        let name = name(reference);
        return format!("[{name}](#{})", name.to_lowercase());
    }
    for key in ["anyOf", "allOf"] {
        if let Some(cases) = of[key].as_array() {
            return cases.iter().map(shape).collect::<Vec<_>>().join(" or ");
        }
    }
    if let Some(values) = of["enum"].as_array() {
        let value = |v: &Value| v.as_str().map_or_else(|| v.to_string(), |text| format!("`{text}`"));
        return values.iter().map(value).collect::<Vec<_>>().join(" ");
    }
    if let Some(value) = of["const"].as_str() {
        return format!("`{value}`");
    }
    let plain = |kind: &str| match kind {
        "array" if of["maxItems"] == 2 && of["minItems"] == 2 => "`[start, end)`".to_owned(),
        "array" => match of.get("items") {
            Some(items) => format!("list of {}", shape(items)),
            None => "list".to_owned(),
        },
        "object" => "object".to_owned(),
        "integer" => "whole number".to_owned(),
        "boolean" => "true or false".to_owned(),
        other => other.to_owned(),
    };
    match &of["type"] {
        Value::String(kind) => plain(kind),
        Value::Array(kinds) => {
            kinds.iter().filter_map(Value::as_str).map(plain).collect::<Vec<_>>().join(" or ")
        }
        _ => "anything".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn shapes_are_told_in_words() {
        for (schema, want) in [
            (json!({"type": ["string", "null"]}), "string or null"),
            (json!({"anyOf": [{"$ref": "#/$defs/Cue"}, {"type": "null"}]}), "[Cue](#cue) or null"),
            (json!({"type": "array", "items": {"type": "integer"}}), "list of whole number"),
            (json!({"type": "array", "minItems": 2, "maxItems": 2}), "`[start, end)`"),
            (json!({"type": "string", "enum": ["a", "b"]}), "`a` `b`"),
            (json!(true), "anything"),
        ] {
            assert_eq!(shape(&schema), want);
        }
    }
}
