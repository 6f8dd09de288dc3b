//! Compiles `data/` into the tables that the program embeds, so that nothing is parsed when it starts.
//!
//! The text files stay the source, and the code that reads them stands once: the lexicon's room and the table of
//! weights are compiled into this script as well as into the program.

// what the script does not call is called in the program
#![allow(dead_code, unused_imports, unreachable_pub)]

#[path = "src/error.rs"]
mod error;
#[path = "src/attribution/feature.rs"]
mod feature;
#[path = "src/lexicon/mod.rs"]
mod lexicon;
#[path = "src/vocabulary.rs"]
mod vocabulary;
#[path = "src/attribution/weights.rs"]
mod weights;
#[path = "src/whole.rs"]
mod whole;

/// What the program embeds is being made: there is nothing yet.
mod embedded {
    pub(crate) const LEXICON: &[u8] = &[];
    pub(crate) const WEIGHTS: &[u8] = &[];
}

use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    for source in [
        "build.rs",
        "data",
        "src/attribution/feature.rs",
        "src/attribution/weights.rs",
        "src/error.rs",
        "src/lexicon",
        "src/vocabulary.rs",
        "src/whole.rs",
    ] {
        println!("cargo::rerun-if-changed={source}");
    }
    let out = std::env::var_os("OUT_DIR").ok_or("cargo gives OUT_DIR")?;
    let out = Path::new(&out);
    std::fs::write(out.join("lexicon.bin"), lexicon::Lexicon::parsed()?.compiled()?)?;
    let weights = weights::Weights::read(include_str!("data/attribution.weights"));
    std::fs::write(out.join("attribution.bin"), weights.compiled())?;
    Ok(())
}
