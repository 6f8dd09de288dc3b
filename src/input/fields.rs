//! An object of fields → an article. Every format that has fields goes through here.

use super::check_text;
use crate::error::{Error, Result};
use crate::pipeline::Article;
use crate::record::Meta;
use serde_json::{Map, Value};

// The names under which news collections keep each field (news-please, Common Crawl, schema.org, feeds), first come
// first served.
const TEXT: &[&str] = &["text", "maintext", "content", "articleBody", "body", "plaintext"];
const ID: &[&str] = &["id", "ID", "_id"];
const TITLE: &[&str] = &["title", "headline"];
const URL: &[&str] = &["url", "link", "URL"];
const DATE: &[&str] =
    &["date", "date_publish", "date_published", "publish_date", "published", "published_at", "datePublished"];
const PUBLISHER: &[&str] =
    &["publisher", "source_domain", "source", "outlet", "publication", "site_name", "sitename"];
const AUTHORS: &[&str] = &["authors", "author", "byline"];
const LANGUAGE: &[&str] = &["language", "lang"];

/// The article that an object of fields describes. Without an id it gets one made from url and text.
///
/// # Errors
/// An input error where there is no text.
pub fn article(mut fields: Map<String, Value>) -> Result<Article> {
    let text = text(&mut fields)?;
    check_text(&text).map_err(|e| Error::input(format!("has no text: {}", e.message())))?;
    let meta = Meta {
        title: first(&fields, TITLE),
        url: first(&fields, URL),
        date: first(&fields, DATE),
        publisher: first(&fields, PUBLISHER),
        authors: AUTHORS
            .iter()
            .filter_map(|n| fields.get(*n))
            .map(names)
            .find(|l| !l.is_empty())
            .unwrap_or_default(),
        language: first(&fields, LANGUAGE),
        extra: Default::default(),
    };
    let id = first(&fields, ID).unwrap_or_else(|| made_id(meta.url.as_deref(), &text));
    Ok(Article { id, text, meta })
}

fn text(fields: &mut Map<String, Value>) -> Result<String> {
    let mut wrong = None;
    for name in TEXT {
        match fields.get_mut(*name) {
            Some(Value::String(text)) if !text.trim().is_empty() => return Ok(std::mem::take(text)),
            None | Some(Value::Null) => {}
            Some(_) => wrong = wrong.or(Some(*name)),
        }
    }
    Err(Error::input(match wrong {
        Some(name) => {
            format!("has no text: its field {name:?} is empty or no string; fill it or remove the article")
        }
        None => {
            let known: Vec<_> = fields.keys().take(12).map(String::as_str).collect();
            format!(
                "has no text: it needs a field named {}; it has {}",
                TEXT.join(", "),
                if known.is_empty() { "none".to_owned() } else { known.join(", ") }
            )
        }
    }))
}

/// A string, a number, or the name of an object such as schema.org's publisher.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(s) if !s.trim().is_empty() => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        Value::Object(o) => o.get("name").and_then(Value::as_str).map(str::to_owned),
        _ => None,
    }
}

fn first(fields: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().filter_map(|n| fields.get(*n)).find_map(plain)
}

fn names(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().filter_map(plain).collect(),
        one => plain(one).into_iter().collect(),
    }
}

/// 64-bit FNV-1a over url and text: the same for the same article in every run and version.
fn made_id(url: Option<&str>, text: &str) -> String {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    for byte in url.unwrap_or_default().bytes().chain([0]).chain(text.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{hash:016x}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<Article> {
        article(serde_json::from_str(json).unwrap())
    }

    #[test]
    fn fields_go_by_many_names() {
        let a = read(
            r#"{"ID": 12, "maintext": "Rain.", "headline": "Wet", "datePublished": "2024-05-01", "lang": "en",
                "publisher": {"@type": "Organization", "name": "The Lakeside Post"}, "author": [{"name": "Ana Brandt"}, "Jo Wu"]}"#,
        )
        .unwrap();
        assert_eq!((a.id.as_str(), a.text.as_str()), ("12", "Rain."));
        assert_eq!(a.meta.title.as_deref(), Some("Wet"));
        assert_eq!(a.meta.date.as_deref(), Some("2024-05-01"));
        assert_eq!(a.meta.publisher.as_deref(), Some("The Lakeside Post"));
        assert_eq!(a.meta.authors, ["Ana Brandt", "Jo Wu"]);
        assert_eq!(read(r#"{"text": "", "body": "x"}"#).unwrap().text, "x");
    }

    #[test]
    fn made_ids_are_stable_and_tell_articles_apart() {
        let id = |json| read(json).unwrap().id;
        assert_eq!(id(r#"{"text": "a"}"#), "08326707b4eb37da");
        assert_ne!(id(r#"{"text": "a"}"#), id(r#"{"text": "b"}"#));
        assert_ne!(id(r#"{"text": "a"}"#), id(r#"{"text": "a", "url": "u"}"#));
    }

    #[test]
    fn no_text_is_told() {
        for (json, want) in [
            (r#"{"id": 1, "words": "x"}"#, "it has id, words"),
            (r#"{"text": 5}"#, "\"text\" is empty or no string"),
            (r#"{"text": "  "}"#, "\"text\" is empty or no string"),
            ("{}", "it has none"),
        ] {
            let message = read(json).unwrap_err().to_string();
            assert!(message.contains(want), "{message}");
        }
    }
}
