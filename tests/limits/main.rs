//! Every limit holds: what is at it is read, what is one beyond is told, and nothing else is lost. `docs/limits.md` says
//! what the code does.

mod page;
mod parquet;
mod readers;
mod rules;
mod stages;

use onrecord::input::{self, File, Place, Settings};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::Arc;

/// What is read of a file of these bytes: `id=text`, or the error, each cut after 300 bytes.
fn read(name: &str, bytes: &[u8], settings: Settings) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, bytes).unwrap();
    let file = File { place: Place::Path(path), id: "a".to_owned(), size: bytes.len() as u64 };
    let told = input::articles(&file, &Arc::new(settings)).into_iter().map(|read| match read {
        Ok(article) => format!("{}={}", article.id, article.text),
        Err(e) => format!("error: {e}"),
    });
    told.map(|told| told.chars().take(300).collect()).collect()
}

/// Runs the command line, and kills it after a minute.
fn onrecord(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new("timeout");
    command.arg("60").arg(env!("CARGO_BIN_EXE_onrecord")).args(args);
    command.current_dir(folder).stdin(Stdio::null()).output().unwrap()
}
