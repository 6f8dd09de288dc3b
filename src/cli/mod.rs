//! Arguments → validated job → run; a command a file.

use crate::pipeline::{Article, Pipeline};
use std::io::{BufRead, Write};
use std::process::ExitCode;

/// Runs the command line.
pub fn main() -> ExitCode {
    // skeleton: extract --from jsonl --to jsonl --quiet IN -o OUT
    let args: Vec<String> = std::env::args().collect();
    let pipeline = Pipeline::default();
    let out = args.iter().position(|a| a == "-o").map(|i| args[i + 1].clone()).unwrap();
    let input = args[2..].iter().find(|a| a.ends_with(".jsonl") && **a != out).unwrap();
    let mut out = std::io::BufWriter::new(std::fs::File::create(out).unwrap());
    for line in std::io::BufReader::new(std::fs::File::open(input).unwrap()).lines() {
        let v: serde_json::Value = serde_json::from_str(&line.unwrap()).unwrap();
        let record = pipeline.run(&Article::new(v["id"].as_str().unwrap(), v["text"].as_str().unwrap()));
        serde_json::to_writer(&mut out, &record).unwrap();
        out.write_all(b"\n").unwrap();
    }
    ExitCode::SUCCESS
}
