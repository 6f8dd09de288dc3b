//! What is fed: files of every plain format, some compressed, with mutated articles in them and faults among these.
//!
//! Every article has an id that tells its file and its place there, so that the ledger can know it again.

use crate::{MAX_ARTICLE, mutate};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, TestRng, TestRunner};
use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;

/// A file with articles.
pub(crate) struct File {
    /// `m` and its number, with the endings of its format
    pub(crate) name: String,
    pub(crate) number: u64,
    pub(crate) bytes: Vec<u8>,
    /// how many articles it holds, good and bad
    pub(crate) articles: usize,
    /// whether its end is missing, so that some of the articles may be lost with one error
    pub(crate) cut: bool,
}

/// The texts of corpus/.
pub(crate) fn corpus() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
    let files = std::fs::read_dir(folder).expect("corpus/ is there").map(|e| e.expect("an entry").path());
    let mut files: Vec<_> = files.filter(|f| f.extension().is_some_and(|e| e == "txt")).collect();
    files.sort();
    files.iter().map(|f| std::fs::read_to_string(f).expect("an article")).collect()
}

/// Makes files without end.
pub(crate) struct Feed {
    runner: TestRunner,
    article: BoxedStrategy<String>,
    nasty: BoxedStrategy<String>,
    number: u64,
}

impl Feed {
    /// The same files for the same seed.
    pub(crate) fn new(seed: u64, texts: &[String]) -> Self {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&seed.to_le_bytes());
        let rng = TestRng::from_seed(prop::test_runner::RngAlgorithm::ChaCha, &bytes);
        Self {
            runner: TestRunner::new_with_rng(Config::default(), rng),
            article: mutate::articles(texts.to_vec()).boxed(),
            nasty: mutate::nasty().boxed(),
            number: 0,
        }
    }

    /// A file of one article that is not there to be read.
    pub(crate) fn missing(&mut self) -> File {
        self.number += 1;
        let number = self.number;
        File { name: format!("m{number:08}.txt"), number, bytes: Vec::new(), articles: 1, cut: false }
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        (self.runner.rng().next_u64() % n as u64) as usize
    }

    fn text(&mut self) -> String {
        let make = |feed: &mut Self, nasty: bool| {
            let strategy = if nasty { &feed.nasty } else { &feed.article };
            strategy.new_tree(&mut feed.runner).expect("a text").current()
        };
        match self.below(40) {
            0..3 => make(self, true),
            3 => "\u{a0}\n".to_owned(),
            // longer than is read
            4 if self.below(8) == 0 => make(self, false).repeat(1 + 2 * MAX_ARTICLE / 50),
            _ => make(self, false) + &make(self, false),
        }
    }

    /// The next file.
    pub(crate) fn file(&mut self) -> File {
        self.number += 1;
        let number = self.number;
        let (ending, bytes, articles) = match self.below(12) {
            0..2 => (".txt", self.text().into_bytes(), 1),
            2 => (".txt", vec![0xFF; 1 + self.below(9)], 1),
            3 => (".html", self.page(), 1),
            4 => (".csv", self.table(number, 20), 20),
            _ => (".jsonl", self.lines(number, 30), 30),
        };
        let (mut bytes, packed) = match self.below(5) {
            0 => (gzip(&bytes), ".gz"),
            1 => (zstd::encode_all(&*bytes, 1).expect("in memory"), ".zst"),
            _ => (bytes, ""),
        };
        let cut = !packed.is_empty() && articles > 1 && self.below(4) == 0;
        if cut {
            let share = 20 + self.below(75);
            bytes.truncate(bytes.len() * share / 100);
        }
        File { name: format!("m{number:08}{ending}{packed}"), number, bytes, articles, cut }
    }

    fn lines(&mut self, number: u64, articles: usize) -> Vec<u8> {
        let mut lines = Vec::new();
        for i in 0..articles {
            let id = format!("m{number:08}-{i}");
            let text = self.text();
            let whole =
                serde_json::json!({"id": id, "text": text, "title": "River", "authors": ["Ana Brandt"]});
            let mut line = whole.to_string().into_bytes();
            match self.below(60) {
                0 => line.truncate(line.len() / 2),
                1 => line = format!("{{\"id\": \"{id}\", \"title\": 5}}").into_bytes(),
                2 => line = format!("{{\"id\": \"{id}\", \"text\": 5}}").into_bytes(),
                3 => line = b"[]".to_vec(),
                4 => line.insert(30, 0xE9),
                5 => {
                    let deep = "[".repeat(5000);
                    line = format!("{{\"id\": \"{id}\", \"text\": {deep}").into_bytes();
                }
                6 => lines.extend_from_slice(b"\n  \r\n"),
                7 => {
                    let at = line.len() - 1;
                    line.splice(at.., b", \"n\": 1e999}".iter().copied());
                }
                _ => {}
            }
            lines.extend_from_slice(&line);
            lines.push(b'\n');
        }
        lines
    }

    fn table(&mut self, number: u64, articles: usize) -> Vec<u8> {
        let mut table = "id,title,text\r\n".to_owned();
        for i in 0..articles {
            // of a row that is too long the lines after the first are read as rows
            let text: String = self.text().chars().take(MAX_ARTICLE / 8).collect();
            let text = text.replace('"', "\"\"");
            let _ = write!(table, "m{number:08}-{i},\"Rain, then snow\",\"{text}\"\r\n");
        }
        table.into_bytes()
    }

    fn page(&mut self) -> Vec<u8> {
        let text = self.text().replace("\n\n", "</p>\n<p>");
        format!(
            "<!DOCTYPE html><html><head><title>River</title></head><body><article><p>{text}</p></article>"
        )
        .into_bytes()
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut out = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    out.write_all(bytes).expect("in memory");
    out.finish().expect("in memory")
}
