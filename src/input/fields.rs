//! An object of fields → an article. Every format that has fields goes through here.

use super::body;
use super::check_text;
use super::digest::fnv1a;
use super::names::Names;
use crate::error::{Error, Result};
use crate::pipeline::Article;
use crate::record::Meta;
use once_cell::sync::Lazy;
use serde_json::{Map, Value};

static DEFAULT: Lazy<Names> = Lazy::new(Names::default);

/// The article that an object of fields describes, by the usual names. Without an id it gets one made from url and text.
///
/// # Errors
/// An input error where there is no text.
pub fn article(fields: Map<String, Value>) -> Result<Article> {
    named(fields, &DEFAULT)
}

/// The article that an object of fields describes.
pub(super) fn named(mut fields: Map<String, Value>, names: &Names) -> Result<Article> {
    graph(&mut fields);
    let id = first(&fields, &names.id);
    let of = |e: Error| match &id {
        Some(id) => e.of_article(id),
        None => e,
    };
    let meta = Meta {
        title: first(&fields, &names.title),
        url: first_that(&fields, &names.url, |name, value| name != "source" || is_url(value)),
        date: first(&fields, &names.date),
        publisher: first_that(&fields, &names.publisher, |name, value| name != "source" || !is_url(value)),
        authors: names
            .authors
            .iter()
            .filter_map(|n| get(&fields, n))
            .map(authors)
            .find(|l| !l.is_empty())
            .unwrap_or_default(),
        language: first(&fields, &names.language),
        extra: names.keep.iter().filter_map(|n| Some((n.clone(), get(&fields, n)?.clone()))).collect(),
    };
    let text = text(&mut fields, names).map_err(of)?;
    check_text(&text).map_err(|e| of(Error::input(format!("has no text: {}", e.message()))))?;
    let id = id.unwrap_or_else(|| made_id(meta.url.as_deref(), &text));
    Ok(Article { id, text, meta })
}

/// JSON-LD may wrap its article: `{"@graph": [page, article, …]}`. The article's fields come to the top.
fn graph(fields: &mut Map<String, Value>) {
    if let Some(Value::Array(nodes)) = fields.get_mut("@graph")
        && let Some(Value::Object(article)) =
            nodes.iter_mut().find(|n| n.get("articleBody").is_some_and(|b| !b.is_null()))
    {
        *fields = std::mem::take(article);
    }
}

fn get<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    if let Some(value) = fields.get(name) {
        return Some(value);
    }
    let (first, rest) = name.split_once('.')?;
    rest.split('.').try_fold(fields.get(first)?, |value, key| value.get(key))
}

fn text(fields: &mut Map<String, Value>, names: &Names) -> Result<String> {
    let mut wrong = None;
    for name in &names.text {
        match fields.get_mut(name) {
            Some(Value::String(text)) if !text.trim().is_empty() => return Ok(std::mem::take(text)),
            Some(Value::Null) => {}
            Some(other) => match body::text(other) {
                Some(text) => return Ok(text),
                None => wrong = wrong.or(Some(name)),
            },
            None => {
                if let Some(text) = get(fields, name).and_then(body::text) {
                    return Ok(text);
                }
            }
        }
    }
    Err(Error::input(match wrong {
        Some(name) => {
            format!("has no text: its field {name:?} is empty or no text; fill it or remove the article")
        }
        None => {
            let known: Vec<_> = fields.keys().take(12).map(String::as_str).collect();
            format!(
                "has no text: it needs a field named {}; it has {}; --text-field names another",
                names.text.join(", "),
                if known.is_empty() { "none".to_owned() } else { known.join(", ") }
            )
        }
    }))
}

/// A string, a number, or what names an object such as schema.org's publisher or page.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(s) if !s.trim().is_empty() => Some(s.clone()),
        Value::Number(n) => Some(n.to_string()),
        Value::Object(o) => ["name", "@id"].iter().find_map(|k| o.get(*k)?.as_str()).map(str::to_owned),
        _ => None,
    }
}

fn first(fields: &Map<String, Value>, names: &[String]) -> Option<String> {
    first_that(fields, names, |_, _| true)
}

fn first_that(
    fields: &Map<String, Value>,
    names: &[String],
    fits: impl Fn(&str, &str) -> bool,
) -> Option<String> {
    names.iter().find_map(|name| plain(get(fields, name)?).filter(|value| fits(name, value)))
}

fn is_url(text: &str) -> bool {
    text.split_once("://").is_some_and(|(scheme, rest)| scheme.starts_with("http") && !rest.is_empty())
}

/// A list of names; or one string, in which trafilatura parts names by semicolons and data frames write lists as
/// Python does: `['Ana Brandt', 'Jo Wu']`.
fn authors(value: &Value) -> Vec<String> {
    match value {
        Value::Array(list) => list.iter().filter_map(plain).collect(),
        Value::String(s) => {
            let list = s.trim().strip_prefix('[').and_then(|s| s.strip_suffix(']'));
            let part = if list.is_some() { ',' } else { ';' };
            list.unwrap_or(s)
                .split(part)
                .map(|name| name.trim().trim_matches(|c| list.is_some() && matches!(c, '\'' | '"')))
                .filter(|name| !name.is_empty())
                .map(str::to_owned)
                .collect()
        }
        one => plain(one).into_iter().collect(),
    }
}

/// The names of a page's byline: "By Ana Brandt, Jo Wu and Lee Holm". A comma parts names only where a name of two words
/// or more stands on both its sides: "Holm, Lee" and "Ana Brandt, MD" are one.
#[cfg_attr(not(feature = "formats"), allow(dead_code))]
pub(super) fn byline(line: &str) -> Vec<String> {
    let line = line.trim();
    let by = line.get(..3).is_some_and(|by| by.eq_ignore_ascii_case("by "));
    let line = if by { &line[3..] } else { line };
    let mut names = Vec::new();
    for part in
        line.split([';', '|', '\n']).flat_map(|part| part.split(" and ")).flat_map(|part| part.split(" & "))
    {
        let part = part.trim().trim_end_matches(',');
        if part.split(',').all(|name| name.split_whitespace().nth(1).is_some()) {
            names.extend(part.split(',').map(|name| name.trim().to_owned()));
        } else {
            names.push(part.to_owned());
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

/// A digest of url and text: the same for the same article in every run and version.
pub(super) fn made_id(url: Option<&str>, text: &str) -> String {
    let bytes = url.unwrap_or_default().bytes().chain([0]).chain(text.bytes());
    format!("{:016x}", fnv1a(0, bytes))
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
        assert_eq!(read(r#"{"@graph": [{"@type": "WebPage"}, {"articleBody": "x"}]}"#).unwrap().text, "x");
    }

    #[test]
    fn a_source_is_an_address_or_an_outlet() {
        let meta = |source: &str| read(&format!(r#"{{"text": "x", "source": "{source}"}}"#)).unwrap().meta;
        let (url, name) = (meta("https://post.example/a"), meta("The Lakeside Post"));
        assert_eq!((url.url.as_deref(), url.publisher), (Some("https://post.example/a"), None));
        assert_eq!((name.url, name.publisher.as_deref()), (None, Some("The Lakeside Post")));
    }

    #[test]
    fn authors_are_a_list_however_written() {
        for (value, want) in [
            (r#""Ana Brandt; Jo Wu""#, vec!["Ana Brandt", "Jo Wu"]),
            (r#""['Ana Brandt', \"Jo O'Dell\"]""#, vec!["Ana Brandt", "Jo O'Dell"]),
            (r#""[]""#, vec![]),
            (r#""Brandt, Ana""#, vec!["Brandt, Ana"]),
        ] {
            assert_eq!(authors(&serde_json::from_str(value).unwrap()), want, "{value}");
        }
    }

    #[test]
    fn a_byline_is_parted_into_names() {
        for (line, want) in [
            ("Ana Brandt", &["Ana Brandt"][..]),
            ("By Ana Brandt", &["Ana Brandt"]),
            ("Ana Brandt and Jo Wu", &["Ana Brandt", "Jo Wu"]),
            ("BY Ana Brandt, Jo Wu, and Lee Holm", &["Ana Brandt", "Jo Wu", "Lee Holm"]),
            ("Ana Brandt & Jo Wu", &["Ana Brandt", "Jo Wu"]),
            ("Ana Brandt | Jo Wu", &["Ana Brandt", "Jo Wu"]),
            ("Brandt, Ana; Wu, Jo", &["Brandt, Ana", "Wu, Jo"]),
            ("Ana Brandt, MD", &["Ana Brandt, MD"]),
            ("Byron Holm", &["Byron Holm"]),
            ("", &[]),
        ] {
            assert_eq!(byline(line), want, "{line}");
        }
    }

    #[test]
    fn names_can_be_chosen_and_fields_kept() {
        let mut names = Names::default();
        names.set("text", "doc.words").unwrap();
        names.set("meta.publisher", "outlet.name").unwrap();
        names.set("id", "key").unwrap();
        names.keep("tags");
        names.keep("doc.page");
        let fields = r#"{"id": "no", "key": 7, "text": "no", "doc": {"words": "Rain.", "page": 3},
                         "outlet": {"name": "Post"}, "tags": ["a"]}"#;
        let a = named(serde_json::from_str(fields).unwrap(), &names).unwrap();
        assert_eq!((a.id.as_str(), a.text.as_str()), ("7", "Rain."));
        assert_eq!(a.meta.publisher.as_deref(), Some("Post"));
        assert_eq!(serde_json::to_string(&a.meta.extra).unwrap(), r#"{"doc.page":3,"tags":["a"]}"#);
        assert!(names.set("meta.sentiment", "x").is_err());
        assert!(names.wants("doc") && !names.wants("text"));
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
            (r#"{"text": 5}"#, "\"text\" is empty or no text"),
            (r#"{"text": "  "}"#, "\"text\" is empty or no text"),
            ("{}", "it has none"),
        ] {
            let message = read(json).unwrap_err().to_string();
            assert!(message.contains(want), "{message}");
        }
    }
}
