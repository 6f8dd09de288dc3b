//! JSON Lines: one article a line, an object with a text and what is known of it.

use super::held::Held;
use super::object::{self, Fault};
use super::stream::{Flow, Give, Stream, unreadable};
use super::{Content, Entry, Format, Settings, fields, records, too_long};
use crate::error::{Error, Result};

pub(super) const FORMAT: Format = Format {
    name: "jsonl",
    about: "one article a line: {\"id\": …, \"text\": …, \"title\": …, \"url\": …, \"date\": …, \"publisher\": …, \"authors\": …}",
    extensions: &["jsonl", "ndjson"],
    begins: |bytes| bytes.trim_ascii_start().starts_with(b"{"),
    plain: true,
    read,
};

fn read(stream: &mut Stream<'_>, give: &mut Give<'_>) -> Flow {
    let (name, settings) = (&stream.name, stream.settings);
    let most = settings.max_article;
    let mut held = Held::new(&mut *stream.bytes);
    let mut scanned = 0;
    if let Err(e) = held.skip_bom() {
        return give(Entry::failed(unreadable(&e).in_file(name)));
    }
    loop {
        let (line, offset) = (held.line, held.offset);
        let place = move |e: Error| e.at_line(line).at_offset(offset);
        let end = memchr::memchr(b'\n', &held.bytes()[scanned..]).map(|i| scanned + i + 1);
        let entry = match end {
            Some(end) => held.take(end),
            None if held.bytes().len() > most => {
                if let Err(e) = held.skip_line() {
                    give(Entry::failed(place(too_long(most)).in_file(name)))?;
                    return give(Entry::failed(place(unreadable(&e)).in_file(name)));
                }
                scanned = 0;
                give(Entry::failed(place(too_long(most)).in_file(name)))?;
                continue;
            }
            None => {
                scanned = held.bytes().len();
                match held.more() {
                    Ok(true) => continue,
                    Ok(false) if scanned == 0 => return Flow::Continue(()),
                    Ok(false) => held.take(scanned),
                    Err(e) => return give(Entry::failed(place(unreadable(&e)).in_file(name))),
                }
            }
        };
        scanned = 0;
        if entry.trim_ascii().is_empty() {
            continue;
        }
        let (name, settings) = (name.clone(), settings.clone());
        give(if entry.len() > most + 1 {
            Entry::failed(place(too_long(most)).in_file(&name))
        } else {
            Entry::either(entry.len(), move || parse(&entry, &settings).map_err(|e| place(e).in_file(&name)))
        })?;
    }
}

fn parse(line: &[u8], settings: &Settings) -> Result<Content> {
    let line = std::str::from_utf8(line).map_err(|e| {
        Error::input(format!(
            "the line is not UTF-8 from byte {} on; say what it is, perhaps --encoding windows-1252",
            e.valid_up_to() + 1
        ))
    })?;
    records::either(line.as_bytes(), settings, |names| {
        let fields = object::read(line, names, &settings.limits).map_err(|fault| match fault {
            Fault::NoObject => {
                Error::input("the line is JSON but no object; each line must be {\"text\": \"…\", …}")
            }
            Fault::Large(e) => e,
            Fault::Broken(e) => broken(line, &e),
        })?;
        fields::named(fields, names)
    })
}

fn broken(line: &str, e: &serde_json::Error) -> Error {
    let hint = if line.trim() == "{" || line.trim() == "[" {
        "one object must stand on one line; for a file of pretty-printed JSON say --from json"
    } else {
        "mend the line or remove it"
    };
    // serde_json counts lines within what it was given: always the first here
    Error::input(format!("broken JSON at {}; {hint}", fault(e)))
}

/// Where in its line JSON is broken, and how.
pub(super) fn fault(e: &serde_json::Error) -> String {
    let what = e.to_string();
    format!("column {}: {}", e.column(), what.split(" at line ").next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::super::tests::{begin, told};
    use super::*;

    #[test]
    fn bad_lines_are_named_and_the_rest_goes_on() {
        let got = told(
            &FORMAT,
            Settings { max_article: 60, ..Settings::default() },
            b"\xEF\xBB\xBF{\"id\":\"a\",\"text\":\"x\"}\r\n\n{\"id\": \n[1]\n{\"id\":\"b\",\"text\":\"\xFF\"}\n\
              {\"text\": \"01234567890123456789012345678901234567890123456789012345678901234567890\"}\n{\"ID\":7,\"body\":\"y\"}",
        );
        begin(
            &got,
            &[
                "a=x",
                "a:3: broken JSON at column ",
                "a:4: the line is JSON but no object",
                "a:5: the line is not UTF-8 from byte 19 on",
                "a:6: the article is longer than 60 bytes",
                "7=y",
            ],
        );
    }
}
