//! One text of any size, news or hostile, for an instruction counter: `benches/growth` runs it and says whether the cost
//! of a byte stays what it is.
//!
//! `cargo bench --bench growth -- KIND BYTES` reads the text once within [`counted`]; `-- --list` lists the kinds.

#![allow(clippy::print_stdout, reason = "it is a command that prints a list")]

#[path = "shared/articles.rs"]
mod articles;
#[path = "shared/hostile.rs"]
mod hostile;

use onrecord::record::Options;
use onrecord::{Article, Pipeline};
use std::hint::black_box;

/// What an instruction counter counts.
#[inline(never)]
fn counted(pipeline: &Pipeline, articles: &[Article]) {
    for article in articles {
        black_box(pipeline.read(article, |record| record.to_json()));
    }
}

/// The corpus over and over, in articles of one size, and one megabyte in all where they are smaller.
fn news(bytes: usize) -> Vec<Article> {
    let texts: Vec<String> = articles::corpus().into_iter().map(|a| a.text).collect();
    let all = texts.join("\n\n");
    let cut = |start: usize| {
        let mut text = String::with_capacity(bytes + all.len());
        let start = (start..).find(|&i| all.is_char_boundary(i)).expect("0 is one");
        text.push_str(&all[start..]);
        while text.len() < bytes {
            text.push_str(&all);
        }
        let end = (0..=bytes).rev().find(|&i| text.is_char_boundary(i)).expect("0 is one");
        text.truncate(end);
        text
    };
    let count = (1_000_000 / bytes).clamp(1, 200);
    (0..count).map(|i| Article::new("news", cut(i * 8191 % all.len()))).collect()
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|a| a != "--bench").collect();
    let [kind, bytes] = args.as_slice() else {
        hostile::KINDS.iter().for_each(|(kind, _)| println!("{kind}"));
        return;
    };
    let bytes: usize = bytes.parse().expect("how many bytes");
    let articles = match hostile::KINDS.iter().find(|(name, _)| name == kind) {
        Some((_, piece)) => vec![Article::new("hostile", hostile::text(*piece, bytes))],
        None if kind == "news" => news(bytes),
        None => panic!("{kind} is no kind; --list lists them"),
    };
    // an article in no language is none of English: its text is to be read all the same
    let pipeline = Pipeline::default().with_options(Options { any_language: true, ..Options::default() });
    articles::corpus().iter().for_each(|a| drop(pipeline.run(a)));
    println!("{}", articles.iter().map(|a| a.text.len()).sum::<usize>());
    counted(&pipeline, &articles);
}
