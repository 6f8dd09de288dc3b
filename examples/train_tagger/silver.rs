//! Annotated articles: a folder with `text/ID.txt` and `silver.tsv.gz` (or `silver.tsv`), which gives a token a line:
//! begin and end in characters, lemma, tag, and more that is not read; a blank line ends a sentence and `# ID` begins
//! an article.

use onrecord::lexicon::Lexicon;
use onrecord::span::Span;
use onrecord::text::tag::Tag;
use onrecord::text::{Sentence, Token};
use onrecord::{layout, text};
use std::io::{Error, Result};
use std::path::Path;
use std::process::Command;

/// An article and the tags it was given elsewhere.
pub struct Article {
    pub text: String,
    tags: Vec<(Span, Tag)>,
}

/// An article as our tokenizer cuts it.
pub struct Cut {
    pub tokens: Vec<Token>,
    pub sentences: Vec<Sentence>,
    /// for each token, what the other tokenizer's tokens at its place were tagged
    pub gold: Vec<Gold>,
}

/// What a token should be tagged.
#[derive(Clone, Debug, PartialEq)]
pub enum Gold {
    /// cut and tagged alike
    Exact(Tag),
    /// cut otherwise: the tags of the tokens that it shares characters with
    Overlap(Vec<Tag>),
}

/// Reads all the articles of a folder.
pub fn read(folder: &Path) -> Result<Vec<Article>> {
    let packed = folder.join("silver.tsv.gz");
    let table = if packed.exists() {
        let out = Command::new("gzip").arg("-dc").arg(&packed).output()?;
        String::from_utf8(out.stdout).map_err(Error::other)?
    } else {
        std::fs::read_to_string(folder.join("silver.tsv"))?
    };
    let mut articles: Vec<Article> = Vec::new();
    let mut offsets: Vec<u32> = Vec::new();
    for line in table.lines() {
        if let Some(id) = line.strip_prefix("# ").filter(|id| !id.contains('\t')) {
            let text = std::fs::read_to_string(folder.join("text").join(format!("{id}.txt")))?;
            offsets = text.char_indices().map(|(i, _)| i as u32).chain([text.len() as u32]).collect();
            articles.push(Article { text, tags: Vec::new() });
            continue;
        }
        let mut fields = line.split('\t');
        let mut offset =
            || fields.next().and_then(|f| f.parse::<usize>().ok()).and_then(|i| offsets.get(i).copied());
        if let (Some(start), Some(end), Some(article)) = (offset(), offset(), articles.last_mut()) {
            let tag = fields.nth(1).and_then(Tag::named).unwrap_or_default();
            article.tags.push((Span::new(start, end), tag));
        }
    }
    Ok(articles)
}

impl Article {
    /// Cuts it into our tokens and sentences and lays the tags over them.
    pub fn cut(&self, lexicon: &Lexicon) -> Cut {
        let layout = layout::blocks(&self.text, lexicon);
        let document = text::read(&self.text, &layout, lexicon);
        let mut from = 0;
        let gold = document.tokens.iter().map(|token| {
            while self.tags.get(from).is_some_and(|(s, _)| s.end <= token.span.start) {
                from += 1;
            }
            match &self.tags[from..] {
                [(span, tag), ..] if *span == token.span => Gold::Exact(*tag),
                rest => Gold::Overlap(
                    rest.iter().take_while(|(s, _)| s.start < token.span.end).map(|(_, t)| *t).collect(),
                ),
            }
        });
        Cut { gold: gold.collect(), tokens: document.tokens, sentences: document.sentences }
    }
}
