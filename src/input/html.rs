//! A web page is one article: its main text by dom_smoothie (the Readability algorithm), headline, byline, date and
//! outlet from what the page says of itself (JSON-LD, meta elements).
//!
//! What leaves here is text: offsets mean the text as it was extracted, which `--with-text` puts into the record.

use super::dom;
use super::fields::{byline, made_id};
use super::stream::{Flow, Give, Stream};
use super::{Entry, Format, Settings, check_text};
use crate::error::{Error, Result};
use crate::pipeline::Article;
use crate::record::Meta;
use dom_smoothie::{Config, Readability, TextMode};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

pub(super) const FORMAT: Format = Format {
    name: "html",
    about: "a page a file: main text, headline, byline and date",
    extensions: &["html", "htm", "xhtml"],
    begins: |bytes| {
        let start = bytes.trim_ascii_start();
        let head = start[..start.len().min(1024)].to_ascii_lowercase();
        head.starts_with(b"<!doctype html")
            || head.starts_with(b"<html")
            || (head.starts_with(b"<?xml") && memchr::memmem::find(&head, b"<html").is_some())
    },
    plain: false,
    read,
};

fn read(stream: &mut Stream<'_>, give: &mut Give<'_>) -> Flow {
    let (name, id) = (stream.name.clone(), std::mem::take(&mut stream.id));
    let settings = stream.settings.clone();
    give(match stream.whole() {
        Ok(bytes) => Entry::new(bytes.len(), move || {
            let page = Page { bytes: &bytes, url: None, charset: None };
            page.article(Some(&id), &settings).map_err(|e| e.in_file(&name).of_article(&id))
        }),
        Err(e) => Entry::failed(e.in_file(&name).of_article(&id)),
    })
}

/// A page with what is known of it from elsewhere.
pub(super) struct Page<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) url: Option<&'a str>,
    /// as the server named it
    pub(super) charset: Option<&'a str>,
}

impl Page<'_> {
    /// The article on the page. Without an id it gets one made from url and text.
    pub(super) fn article(&self, id: Option<&str>, settings: &Settings) -> Result<Article> {
        let html = self.text(settings);
        let config = || Config { text_mode: TextMode::Formatted, ..Config::default() };
        let none = || Error::input("no main text is found on the page; leave it out");
        let tree = || {
            dom::parse(&html, &settings.limits)
                .map_err(|e| Error::input(format!("the page {e}, as no article's has; leave it out")))
        };
        let url = self.url.filter(|url| url.starts_with("http"));
        let mut page = match Readability::with_document(tree()?, url, Some(config())) {
            Ok(page) => page,
            // the url is none
            Err(_) => Readability::with_document(tree()?, None, Some(config())).map_err(|_| none())?,
        };
        let found = page.parse().map_err(|_| none())?;
        let text = found.text_content.to_string();
        check_text(&text).map_err(|_| none())?;
        let filled = |s: Option<String>| s.map(|s| s.trim().to_owned()).filter(|s| !s.is_empty());
        let publisher = filled(found.site_name);
        let meta = Meta {
            title: filled(Some(headline(&found.title, publisher.as_deref()).to_owned())),
            url: self.url.map(str::to_owned).or(filled(found.url)),
            date: filled(found.published_time),
            publisher,
            authors: found.byline.as_deref().map(byline).unwrap_or_default(),
            language: filled(found.lang),
            extra: Default::default(),
        };
        let id = id.map_or_else(|| made_id(meta.url.as_deref(), &text), str::to_owned);
        Ok(Article { id, text, meta })
    }

    /// The page as text, in the encoding that the run, its first bytes, the server or the page itself name, in this
    /// order; else in UTF-8 where it is that, else in windows-1252 as browsers do.
    fn text(&self, settings: &Settings) -> std::borrow::Cow<'_, str> {
        let named = || {
            let label = |label: &str| Encoding::for_label(label.trim_matches(['"', '\'', ' ']).as_bytes());
            self.charset.and_then(label).or_else(|| label(charset_of(self.bytes)?))
        };
        let guess = || if std::str::from_utf8(self.bytes).is_ok() { UTF_8 } else { WINDOWS_1252 };
        let encoding = settings.encoding.or_else(named).unwrap_or_else(guess);
        // a byte order mark wins
        encoding.decode(self.bytes).0
    }
}

/// A title without the outlet's name behind it.
fn headline<'a>(title: &'a str, publisher: Option<&str>) -> &'a str {
    let title = title.trim();
    let without = publisher.and_then(|name| title.strip_suffix(name)).map(str::trim_end);
    let marked = without.and_then(|title| title.strip_suffix(['-', '–', '—', '|', '·', ':', '«', '»']));
    marked.map_or(title, str::trim_end)
}

/// The encoding that a page names in its head: `charset=LABEL`.
fn charset_of(bytes: &[u8]) -> Option<&str> {
    let head = &bytes[..bytes.len().min(2048)];
    let at = memchr::memmem::find(head, b"charset=")? + 8;
    let rest = head[at..].strip_prefix(b"\"").unwrap_or(&head[at..]);
    let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:".contains(b)))?;
    std::str::from_utf8(&rest[..end]).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!DOCTYPE html><html lang="en"><head><title>Orla floods market - The Lakeside Post</title>
        <meta property="og:site_name" content="The Lakeside Post"><meta property="article:published_time" content="2024-05-01T06:00:00Z">
        <meta name="author" content="Ana Brandt"><link rel="stylesheet" href="x.css"></head>
        <body><nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><article><h1>Orla floods market</h1>
        <p>The river Orla broke its banks on Tuesday, and more than 1,200 people left their homes before dawn, officials said.</p>
        <p>“We have beds for 900 of them,” Mayor Jo Wu said at the town hall, where volunteers handed out blankets, soup and tea.</p>
        <p>By noon the water stood a metre high in the market square, and the traders' stalls were gone, washed down to the weir.</p></article>
        <footer>© The Lakeside Post. All rights reserved. <a href="/imprint">Imprint</a></footer></body></html>"#;

    fn article(bytes: &[u8]) -> Result<Article> {
        Page { bytes, url: Some("https://post.example/orla"), charset: None }
            .article(None, &Settings::default())
    }

    #[test]
    fn a_page_gives_its_main_text_and_what_it_says_of_itself() {
        let a = article(PAGE.as_bytes()).unwrap();
        assert!(
            a.text.starts_with("The river Orla broke") || a.text.starts_with("Orla floods market"),
            "{}",
            a.text
        );
        assert!(a.text.contains(".\n\n“We have beds for 900 of them,” Mayor Jo Wu"), "{}", a.text);
        assert!(!a.text.contains("Sport") && !a.text.contains("Imprint"), "{}", a.text);
        assert_eq!(a.meta.title.as_deref(), Some("Orla floods market"));
        assert_eq!(a.meta.publisher.as_deref(), Some("The Lakeside Post"));
        assert_eq!(a.meta.date.as_deref(), Some("2024-05-01T06:00:00Z"));
        assert_eq!(a.meta.authors, ["Ana Brandt"]);
        assert_eq!(a.meta.language.as_deref(), Some("en"));
        assert_eq!(a.meta.url.as_deref(), Some("https://post.example/orla"));
    }

    #[test]
    fn encodings_are_those_that_the_page_names() {
        let (bytes, ..) = WINDOWS_1252.encode(PAGE);
        for head in [
            "<meta charset=\"windows-1252\"><title>",
            "<meta content='text/html; charset=windows-1252'><title>",
            "<title>",
        ] {
            let at = bytes.windows(7).position(|w| w == b"<title>").unwrap();
            let page = [&bytes[..at], head.as_bytes(), &bytes[at + 7..]].concat();
            assert!(article(&page).unwrap().text.contains("“We have beds"), "{head}");
        }
    }

    #[test]
    fn no_page_falls_over() {
        for page in [
            "<html>".to_owned(),
            "<html><body><p>Rain.".to_owned(),
            format!("<html><body>{}", "<div>".repeat(100_000)),
            format!("<html><body>{}Rain fell.", "<b><i><p>".repeat(20_000)),
            format!("<html><body>{}", "<div><span>".repeat(900)),
            format!("<html><body>{}", "<p>Rain fell, and it was wet.".repeat(5_000)),
            "<".repeat(100_000),
        ] {
            let _ = article(page.as_bytes());
        }
        let deep = format!("<html><body>{}", "<div></x>".repeat(1_000));
        let told = article(deep.as_bytes()).unwrap_err().to_string();
        let want = "the page has more than 512 elements in one another, as no article's has; leave it out";
        assert_eq!(told, want);
    }
}
