//! The record that the README shows is the one that its article yields.

use onrecord::{Article, Pipeline};
use serde_json::Value;

/// The text between a line that begins with `open` and one that begins with `close`.
fn between<'a>(text: &'a str, open: &str, close: &str) -> &'a str {
    let after =
        text.split_once(&format!("\n{open}\n")).unwrap_or_else(|| panic!("no {open:?} in the README")).1;
    after.split_once(&format!("\n{close}")).unwrap_or_else(|| panic!("no {close:?} after {open:?}")).0
}

/// The same without `confidence`, which every training moves a little.
fn without_confidence(mut value: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        object.remove("confidence");
    }
    value
}

#[test]
fn the_example_is_what_comes_out() {
    let readme = include_str!("../README.md");
    let article = between(readme, "$ cat harbor.txt", "\n$ onrecord");
    let record = Pipeline::default().run(&Article::new("harbor", format!("{article}\n")));
    let record = serde_json::to_value(record).unwrap();
    let lists = ["sources", "attributions", "claims"].map(|list| record[list].as_array().unwrap().clone());
    let made: Vec<Value> = lists.into_iter().flatten().map(without_confidence).collect();
    let shown: Vec<Value> = serde_json::Deserializer::from_str(between(readme, "```json", "```"))
        .into_iter()
        .map(|value| without_confidence(value.unwrap()))
        .collect();
    assert_eq!(shown.len(), 3);
    for value in shown {
        assert!(made.contains(&value), "the README shows {value:#}\nbut there are {made:#?}");
    }
}
