//! No text of an article, no id and no file name becomes markup, code, a path or an escape, in anything that is written.
//!
//! One hostile set of articles flows through every output, and each output is read by a parser of its own kind.

mod console;
mod files;
mod machines;
mod pages;

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Pieces of text, each of which acts somewhere.
const PIECES: &[&str] = &[
    "<script>pwn()</script>",
    "\"><img src=x onerror=pwn()>",
    "</span></p></article></body><b onclick='pwn()'>",
    "<![CDATA[ ]]>--><!--",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>&y;",
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*pwn()",
    "\u{1b}[2J\u{1b}]0;pwn\u{7}\u{1b}P1;1|\u{1b}\\",
    "\u{9b}31m\u{90}pwn\u{9c}\u{8}\u{c}",
    "\u{202e}\u{2066}\u{61c}\u{200f}pwn",
    "\u{2028}pwn\u{2029}\u{85}pwn\u{b}pwn",
    "\r::stop-commands::pwn",
    "\n::error file=/etc/passwd::pwn\n",
    "##[add-path]pwn%0A%0D::pwn",
    "a\0b\u{fffe}\u{ffff}\u{7f}",
    "{{ 7*7 }}{% raw %}${7*7}`pwn`$(pwn)",
    "javascript:pwn()",
    "T1\tSource 0 3\tpwn\nR1\tpwn",
    "\\u003cscript\\u003e\\\";pwn();//",
];

/// Ids that would be files elsewhere, or none.
const IDS: &[&str] = &[
    "../../pwn",
    "/tmp/pwn",
    "C:\\pwn",
    "..",
    ".",
    "",
    "CON",
    "nul.txt",
    "com¹",
    "-rf",
    "a\0b",
    "a\nerror: pwn",
    "\u{202e}gpj.x",
    "<script>pwn()</script>",
    "Pwn",
    "pwn",
    "trailing. ",
    "x:y|z?*\"<>",
    "\u{1b}]0;pwn\u{7}",
];

fn text(piece: &str) -> String {
    format!(
        "“The river {piece} rose,” Mayor {piece} Ana Brandt said of 40 {piece} people on Tuesday {piece}.\n\n\
         “{piece} We have beds for 900 of them,” the {piece} mayor told {piece} Karl Holm. Police {piece} said 18 people \
         were killed in {piece} the flood. The hospital said 25 people were killed in {piece} the flood.\n\n\
         {piece}: More than 1,200 {piece} people left, Karl {piece} Holm of {piece} Orla said.\n"
    )
}

/// The hostile set as JSON lines: what acts in every place that an article has.
fn articles() -> String {
    let ids = IDS.iter().map(|id| (*id).to_owned()).chain(["é".repeat(300), "É".repeat(300)]);
    let mut lines = String::new();
    for (i, id) in ids.enumerate() {
        let piece = PIECES[i % PIECES.len()];
        let article = serde_json::json!({
            "id": id, "text": text(piece), "title": format!("Flood {piece} here"), "url": format!("javascript:pwn()//{piece}"),
            "date": format!("2024-05-01{piece}"), "publisher": format!("{piece} Post"), "authors": [piece, "Jo Wu"],
            "note": piece,
        });
        lines.push_str(&article.to_string());
        lines.push('\n');
    }
    lines
}

/// A folder with the hostile set as `in.jsonl`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("in.jsonl"), articles()).unwrap();
    folder
}

fn onrecord(folder: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_onrecord"));
    command.args(args).current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

/// Runs it, and fails unless it ends with this code.
fn ends(folder: &Path, args: &[&str], code: i32) -> Output {
    let output = onrecord(folder, args);
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{args:?}: {told}");
    output
}

/// Whether a terminal, or who reads what it shows, would obey the character.
fn acts(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}
