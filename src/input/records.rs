//! Objects that are records already: what a run wrote may be read again by those who show it.

use super::{Content, Names, Settings};
use crate::error::{Error, Result};
use crate::pipeline::Article;
use crate::record::Record;

/// How the value of a record's `schema` begins, in any spelling of JSON.
const MARK: &[u8] = b"\"onrecord/";

/// What a JSON object describes: the record that it is, where the run allows, or the article that `article` makes of it.
pub(super) fn either(
    json: &[u8],
    settings: &Settings,
    article: impl FnOnce(&Names) -> Result<Article>,
) -> Result<Content> {
    if !settings.records || memchr::memmem::find(json, MARK).is_none() {
        return article(&settings.names).map(Content::Article);
    }
    match serde_json::from_slice::<Record>(json) {
        Ok(record) => Ok(Content::Record(Box::new(record))),
        // an article may speak of the schema, too
        Err(e) => article(&settings.names)
            .ok()
            .filter(|_| !is_record(json))
            .map(Content::Article)
            .ok_or_else(|| not_a_record(&e)),
    }
}

/// Whether broken JSON is meant for a record: what cannot be parsed at all may be one, cut short.
fn is_record(json: &[u8]) -> bool {
    let Ok(fields) = serde_json::from_slice::<serde_json::Map<String, serde_json::Value>>(json) else {
        return true;
    };
    fields.get("schema").and_then(|s| s.as_str()).is_some_and(|s| s.starts_with("onrecord/"))
}

fn not_a_record(e: &serde_json::Error) -> Error {
    let what = e.to_string();
    let what = what.split(" at line ").next().unwrap_or_default();
    Error::input(format!(
        "broken record at column {}: {what}; write it again with `onrecord extract`",
        e.column()
    ))
}

#[cfg(test)]
mod tests {
    use super::super::fields;
    use super::*;
    use crate::pipeline::Pipeline;

    fn told(json: &str, records: bool) -> String {
        let settings = Settings { records, ..Settings::default() };
        let article = |names: &Names| {
            let fields = serde_json::from_str(json).map_err(|e| Error::input(e.to_string()))?;
            fields::named(fields, names)
        };
        match either(json.as_bytes(), &settings, article) {
            Ok(Content::Article(article)) => format!("article {}", article.id),
            Ok(Content::Record(record)) => format!("record {}", record.id),
            Err(e) => e.to_string(),
        }
    }

    #[test]
    fn records_are_told_from_articles() {
        let record = Pipeline::default().run(&Article::new("r", "“Rain fell,” Ana Brandt said."));
        let json = String::from_utf8(record.to_json()).unwrap();
        let pretty = serde_json::to_string_pretty(&record).unwrap();
        assert_eq!(told(&json, true), "record r");
        assert_eq!(told(&pretty, true), "record r");
        assert!(told(&json, false).contains("has no text"));
        let half = json.replace("\"quotes\"", "\"quots\"");
        assert!(told(&half, true).starts_with("broken record at column "), "{}", told(&half, true));
        assert!(told(&json[..json.len() - 9], true).starts_with("broken record at column "));
        let article = r#"{"id": "a", "text": "Its schema is \"onrecord/1\", she said.", "x": "onrecord/1"}"#;
        assert_eq!(told(article, true), "article a");
    }
}
