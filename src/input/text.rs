//! A text file is one article.

use super::stream::{Flow, Give, Stream};
use super::{Entry, Format, check_text, utf8};
use crate::pipeline::Article;

pub(super) const FORMAT: Format = Format {
    name: "text",
    about: "one article a file",
    extensions: &["txt", "text"],
    begins: |_| true,
    plain: true,
    read,
};

fn read(stream: &mut Stream<'_>, give: &mut Give<'_>) -> Flow {
    let (name, id) = (stream.name.clone(), std::mem::take(&mut stream.id));
    give(match stream.whole() {
        Ok(bytes) => Entry::new(bytes.len(), move || {
            utf8(bytes)
                .and_then(|text| check_text(&text).map(|()| Article::new(id.as_str(), text)))
                .map_err(|e| e.in_file(&name).of_article(&id))
        }),
        Err(e) => Entry::failed(e.in_file(&name).of_article(&id)),
    })
}
