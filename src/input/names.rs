//! Which field of an input holds what of an article: the usual names, or those that a run asks for.

use super::fields::named;
use crate::error::{Error, Result};
use crate::pipeline::Article;
use serde_json::{Map, Value};

/// Which field of the input holds what: names in the order in which they are looked for, the first that is there and
/// not empty wins. A name with dots that is no field itself goes into objects: `source.name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Names {
    pub(super) text: Vec<String>,
    pub(super) id: Vec<String>,
    pub(super) title: Vec<String>,
    pub(super) url: Vec<String>,
    pub(super) date: Vec<String>,
    pub(super) publisher: Vec<String>,
    pub(super) authors: Vec<String>,
    pub(super) language: Vec<String>,
    pub(super) keep: Vec<String>,
}

// The names that trafilatura, newspaper4k, news-please, fundus, Media Cloud, LexisNexisTools, schema.org, feeds and the
// news collections on the common hubs write.
const TEXT: &str =
    "text maintext content articleBody body plaintext raw_text raw-text Article article full_text paragraphs";
const ID: &str = "id ID _id fingerprint";
const TITLE: &str = "title headline Headline";
const URL: &str = "url URL link source canonical_link url_used mainEntityOfPage @id";
const DATE: &str =
    "date publish_date date_publish publishing_date datePublished Date date_published published published_at";
const PUBLISHER: &str = "source-hostname sitename site_name domain source_domain hostname media_name publisher outlet \
                         publication Newspaper source";
const AUTHORS: &str = "authors author byline Author";
const LANGUAGE: &str = "language lang meta_lang inLanguage";

impl Default for Names {
    /// As the tools that make dumps write them.
    fn default() -> Self {
        let list = |names: &str| names.split_whitespace().map(str::to_owned).collect();
        Self {
            text: list(TEXT),
            id: list(ID),
            title: list(TITLE),
            url: list(URL),
            date: list(DATE),
            publisher: list(PUBLISHER),
            authors: list(AUTHORS),
            language: list(LANGUAGE),
            keep: Vec::new(),
        }
    }
}

impl Names {
    /// Takes `field` for a part of the article and nothing else: `text`, `id`, `meta.title`, `meta.url`, `meta.date`,
    /// `meta.publisher`, `meta.authors` or `meta.language`; `meta.` may be left out.
    ///
    /// # Errors
    /// A usage error where there is no such part.
    pub fn set(&mut self, part: &str, field: &str) -> Result<()> {
        let list = match part.strip_prefix("meta.").unwrap_or(part) {
            "text" => &mut self.text,
            "id" => &mut self.id,
            "title" => &mut self.title,
            "url" => &mut self.url,
            "date" => &mut self.date,
            "publisher" => &mut self.publisher,
            "authors" => &mut self.authors,
            "language" => &mut self.language,
            _ => {
                return Err(Error::usage(format!(
                    "an article has no {part:?} that a field could be taken for; say text, id, meta.title, meta.url, \
                     meta.date, meta.publisher, meta.authors or meta.language"
                )));
            }
        };
        *list = vec![field.to_owned()];
        Ok(())
    }

    /// Passes a field through into `meta.extra`.
    pub fn keep(&mut self, field: &str) {
        self.keep.push(field.to_owned());
    }

    /// The article that an object of fields describes. Without an id it gets one made from url and text.
    ///
    /// # Errors
    /// An input error where there is no text.
    pub fn article(&self, fields: Map<String, Value>) -> Result<Article> {
        named(fields, self)
    }

    /// Whether a field at the top is asked for at all, for formats that can leave the others unread.
    pub fn wants(&self, field: &str) -> bool {
        let lists = [
            &self.text,
            &self.id,
            &self.title,
            &self.url,
            &self.date,
            &self.publisher,
            &self.authors,
            &self.language,
            &self.keep,
        ];
        lists.into_iter().flatten().any(|n| n == field || n.split('.').next() == Some(field))
    }

    /// Whether a field may hold the text, for formats that are told by it.
    #[cfg_attr(not(feature = "formats"), allow(dead_code))]
    pub(super) fn may_be_text(field: &str) -> bool {
        TEXT.split_whitespace().any(|n| n == field)
    }
}
