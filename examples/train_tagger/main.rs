//! Trains the tagger, or scores it.
//!
//! ```text
//! cargo run --release --example train_tagger -- FOLDER OUT [OTHER…]  writes OUT/words.txt and OUT/model.bin
//! cargo run --release --example train_tagger -- --score FOLDER       scores the embedded tables
//! ```
//! `FOLDER` is as `silver.rs` says; `OUT` is `data/tagger` for the embedded tables. The same input gives the same
//! files. Each `OTHER` folder is scored. With `ERRORS=N` the N most frequent confusions are listed when scoring.
#![allow(
    clippy::print_stdout,
    clippy::type_complexity,
    unreachable_pub,
    missing_docs,
    reason = "it is a command, and nobody imports it"
)]

mod learn;
mod score;
mod silver;
mod vocabulary;

use std::path::Path;

fn main() -> std::io::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--score", folder] => {
            score::print(&silver::read(Path::new(folder))?, &onrecord::Lexicon::embedded())
        }
        [folder, out, ref others @ ..] => {
            let articles = silver::read(Path::new(folder))?;
            let lexicon = onrecord::Lexicon::with_tagger(vocabulary::collect(&articles));
            println!("{} words, {} articles", lexicon.tagger().len(), articles.len());
            let tagger = learn::learn(&articles, &lexicon);
            let (words, model) = tagger.files();
            std::fs::write(Path::new(out).join("words.txt"), words)?;
            std::fs::write(Path::new(out).join("model.bin"), model)?;
            let lexicon = onrecord::Lexicon::with_tagger(tagger);
            for folder in others {
                score::print(&silver::read(Path::new(folder))?, &lexicon);
            }
        }
        _ => println!("usage: train_tagger FOLDER OUT [OTHER…] | train_tagger --score FOLDER"),
    }
    Ok(())
}
