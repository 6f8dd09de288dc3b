//! A text file is one article.

use super::{Articles, Format, Stream, check_text, unreadable, utf8};
use crate::error::Result;
use crate::pipeline::Article;
use std::io::Read;

pub(super) const FORMAT: Format = Format {
    name: "text",
    about: "one article a file, in UTF-8",
    extensions: &["txt", "text"],
    begins: |_| true,
    read,
};

fn read(mut stream: Stream) -> Articles {
    let name = stream.name.clone();
    Box::new(std::iter::once_with(move || whole(&mut stream).map_err(|e| e.in_file(&name))))
}

fn whole(stream: &mut Stream) -> Result<Article> {
    let mut bytes = Vec::new();
    stream.bytes.read_to_end(&mut bytes).map_err(|e| unreadable(&e))?;
    let text = utf8(bytes)?;
    check_text(&text)?;
    Ok(Article::new(std::mem::take(&mut stream.id), text))
}
