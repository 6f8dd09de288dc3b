//! CSV and TSV: a row is an article, the first row names the fields.
//!
//! Rows are cut by their quotes alone; csv-core reads their fields. A quote that does not end where its field ends
//! costs the row in which it stands: reading goes on with the line after the row's first, unless so many rows have no end
//! that the file would be read over and over.

use super::held::Held;
use super::limits::COLUMNS;
use super::stream::{Flow, Give, Stream, unreadable};
use super::{Entry, Format, Names, fields, too_long, utf8};
use crate::error::{Error, Result};
use crate::pipeline::Article;
use csv_core::{ReadRecordResult, ReaderBuilder};
use serde_json::{Map, Value};
use std::sync::Arc;

pub(super) const FORMAT: Format = Format {
    name: "csv",
    about: "an article a row, parted by commas, semicolons, tabs or bars; the first row names the fields, as in jsonl",
    extensions: &["csv", "tsv"],
    begins: |bytes| {
        let line = first_line(bytes);
        let by = delimiter(line);
        by.is_some_and(|by| {
            cells(line, by, COLUMNS)
                .is_ok_and(|(cells, _)| cells.len() > 1 && cells.iter().any(|c| Names::may_be_text(c)))
        })
    },
    plain: true,
    read,
};

fn first_line(bytes: &[u8]) -> &[u8] {
    &bytes[..memchr::memchr(b'\n', bytes).unwrap_or(bytes.len())]
}

/// What parts the fields of a row: the commonest of the usual four.
fn delimiter(header: &[u8]) -> Option<u8> {
    let count = |d: u8| header.iter().filter(|b| **b == d).count();
    [b',', b'\t', b';', b'|'].into_iter().rev().max_by_key(|d| count(*d)).filter(|d| count(*d) > 0)
}

fn read(stream: &mut Stream<'_>, give: &mut Give<'_>) -> Flow {
    let (name, settings) = (stream.name.clone(), stream.settings.clone());
    let (most, again) = (settings.max_article, settings.limits.again);
    let mut rows = Rows {
        held: Held::new(&mut *stream.bytes),
        delimiter: b',',
        most,
        columns: settings.limits.columns,
        again: 0,
        spare: again,
    };
    let header = match rows.header() {
        Ok(header) => Arc::new(header),
        Err(e) => return give(Entry::failed(e.in_file(&name))),
    };
    loop {
        let (line, offset) = (rows.held.line, rows.held.offset);
        let (name, settings, header) = (name.clone(), settings.clone(), header.clone());
        let place = move |e: Error| e.in_file(&name).at_line(line).at_offset(offset);
        match rows.row() {
            Ok(None) => return Flow::Continue(()),
            Ok(Some(row)) if row.trim_ascii().is_empty() => {}
            Ok(Some(row)) if row.trim_ascii_end().len() > most => {
                give(Entry::failed(place(too_long(most))))?;
            }
            Ok(Some(row)) => {
                let by = rows.delimiter;
                give(Entry::new(row.len(), move || {
                    article(&header, row, by, &settings.names).map_err(place)
                }))?;
            }
            Err((e, last)) => {
                give(Entry::failed(place(e)))?;
                if last {
                    return Flow::Continue(());
                }
            }
        }
    }
}

struct Rows<'a> {
    held: Held<'a>,
    delimiter: u8,
    most: usize,
    columns: usize,
    /// how many bytes were looked at more than once, and how many may be beside [`AGAIN`] times those read
    again: u64,
    spare: u64,
}

/// How many times over a file may be looked at because its rows have no end.
const AGAIN: u64 = 8;

/// Where in a row a byte stands.
#[derive(Clone, Copy, PartialEq)]
enum At {
    FieldStart,
    Bare,
    Quoted,
    /// after a quote within a quoted field: it ends the field, or is the first of two that mean one
    Quote,
}

impl Rows<'_> {
    fn header(&mut self) -> Result<Vec<String>> {
        self.held.skip_bom().map_err(|e| unreadable(&e))?;
        let mut scanned = 0;
        while memchr::memchr(b'\n', &self.held.bytes()[scanned..]).is_none()
            && self.held.bytes().len() <= self.most
        {
            scanned = self.held.bytes().len();
            if !self.held.more().map_err(|e| unreadable(&e))? {
                break;
            }
        }
        self.delimiter = delimiter(first_line(self.held.bytes())).unwrap_or(b',');
        let row = self.row().map_err(|(e, _)| e.at_line(1))?.unwrap_or_default();
        let (names, columns) = cells(&row, self.delimiter, self.columns)?;
        if columns > self.columns {
            return Err(Error::input(format!(
                "the header names {columns} fields, and {} are the most that is read; leave out those that no article needs",
                self.columns
            ))
            .at_line(1));
        }
        Ok(names)
    }

    /// The next row with its line end; or why there is none, and whether that is the end of it all.
    fn row(&mut self) -> std::result::Result<Option<Vec<u8>>, (Error, bool)> {
        let (mut at, mut scanned) = (At::FieldStart, 0);
        loop {
            let bytes = self.held.bytes();
            while let Some(&byte) = bytes.get(scanned) {
                at = match at {
                    At::FieldStart if byte == b'"' => At::Quoted,
                    At::FieldStart | At::Bare if byte == self.delimiter => At::FieldStart,
                    At::FieldStart | At::Bare | At::Quote if byte == b'\n' => {
                        return Ok(Some(self.held.take(scanned + 1)));
                    }
                    At::FieldStart | At::Bare => {
                        let rest = &bytes[scanned..];
                        scanned += memchr::memchr2(self.delimiter, b'\n', rest).unwrap_or(rest.len());
                        at = At::Bare;
                        continue;
                    }
                    At::Quoted if byte == b'"' => At::Quote,
                    At::Quoted => {
                        let rest = &bytes[scanned..];
                        scanned += memchr::memchr(b'"', rest).unwrap_or(rest.len());
                        continue;
                    }
                    At::Quote if byte == b'"' => At::Quoted,
                    At::Quote if byte == self.delimiter => At::FieldStart,
                    At::Quote if byte == b'\r' => At::Quote,
                    At::Quote => {
                        let what = "a quote stands within a quoted field; double it; the line is left out";
                        return Err(self.broken(what, scanned));
                    }
                };
                scanned += 1;
            }
            if scanned > self.most {
                return Err(self.left_out(too_long(self.most), scanned));
            }
            match self.held.more() {
                Ok(true) => {}
                Ok(false) if scanned == 0 => return Ok(None),
                Ok(false) if at == At::Quoted => {
                    return Err(self.broken("a quoted field has no end; the line is left out", scanned));
                }
                Ok(false) => return Ok(Some(self.held.take(scanned))),
                Err(e) => return Err((unreadable(&e), true)),
            }
        }
    }

    /// A row that is none: the next begins with the next line.
    fn broken(&mut self, what: &str, scanned: usize) -> (Error, bool) {
        self.left_out(Error::input(format!("broken CSV: {what}")), scanned)
    }

    /// Leaves out the line on which a row begins that is none, of which so many bytes were looked at. Those behind the
    /// line are looked at again, which must not be so for each line of a file.
    fn left_out(&mut self, e: Error, scanned: usize) -> (Error, bool) {
        let before = self.held.offset;
        if self.held.skip_line().is_err() {
            return (e, true);
        }
        self.again += (scanned as u64).saturating_sub(self.held.offset - before);
        if self.again <= self.spare + AGAIN * self.held.offset {
            return (e, false);
        }
        let message = format!(
            "{}; too many rows of this file have no end: mend its quotes, what follows is left out",
            e.message()
        );
        (e.with_message(message), true)
    }
}

/// The first fields of one row, and how many it has.
fn cells(row: &[u8], delimiter: u8, most: usize) -> Result<(Vec<String>, usize)> {
    let mut reader = ReaderBuilder::new().delimiter(delimiter).build();
    // no field is longer than it is written
    let mut out = vec![0; row.len()];
    let mut ends = Vec::with_capacity(most.min(64));
    // fields behind the most that are asked for are counted
    let (mut some, mut fields) = ([0; 64], 0);
    let (mut read, mut written) = (0, 0);
    loop {
        let (result, i, o, n) = reader.read_record(&row[read..], &mut out[written..], &mut some);
        (read, written, fields) = (read + i, written + o, fields + n);
        ends.extend(some[..n].iter().take(most - ends.len()));
        match result {
            // the empty input that follows tells the reader that the row is over
            ReadRecordResult::InputEmpty | ReadRecordResult::OutputEndsFull => {}
            ReadRecordResult::Record | ReadRecordResult::End => break,
            ReadRecordResult::OutputFull => {
                return Err(Error::input("broken CSV: the row cannot be read"));
            }
        }
    }
    let mut start = 0;
    let cells = ends
        .iter()
        .map(|&end| {
            let cell = utf8(out[start..end].to_vec());
            start = end;
            cell
        })
        .collect::<Result<_>>()?;
    Ok((cells, fields))
}

fn article(header: &[String], row: Vec<u8>, delimiter: u8, names: &Names) -> Result<Article> {
    let (cells, fields) = cells(&row, delimiter, header.len())?;
    if fields != header.len() {
        return Err(Error::input(format!(
            "the row has {} fields, the header {}; perhaps a quote is missing or a delimiter stands bare",
            fields,
            header.len()
        )));
    }
    let filled = header.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
    let fields: Map<_, _> = filled.map(|(name, cell)| (name.clone(), Value::String(cell))).collect();
    fields::named(fields, names)
}

#[cfg(test)]
mod tests {
    use super::super::Settings;
    use super::super::tests::{begin, told};
    use super::*;

    #[test]
    fn rows_are_articles() {
        for csv in [
            "id,text,title\r\n1,\"Rain, it \"\"fell\"\".\nMore fell.\",Wet\r\n\r\n2,Snow.,\r\n",
            "\u{FEFF}id;text\n1;\"Rain, it \"\"fell\"\".\nMore fell.\"\n2;Snow.",
            "id\ttext\n1\t\"Rain, it \"\"fell\"\".\nMore fell.\"\n2\tSnow.",
        ] {
            let got = told(&FORMAT, Settings::default(), csv.as_bytes());
            assert_eq!(got, ["1=Rain, it \"fell\".\nMore fell.", "2=Snow."], "{csv}");
        }
    }

    #[test]
    fn a_broken_quote_costs_its_row() {
        let csv = "id,text\n1,\"Rain\n2,\"Snow fell.\"\n3,Hail.\n4,\"a \"b\" c\"\n5,Fog.,x\n6,Sun.\n7,\"Dew";
        begin(
            &told(&FORMAT, Settings::default(), csv.as_bytes()),
            &[
                "a:2: broken CSV: a quote stands within a quoted field",
                "2=Snow fell.",
                "3=Hail.",
                "a:5: broken CSV: a quote stands within",
                "a:6: the row has 3 fields, the header 2",
                "6=Sun.",
                "a:8: broken CSV: a quoted field has no end",
            ],
        );
    }

    #[test]
    fn a_row_without_end_is_refused() {
        let csv = format!("id,text\n1,\"{}\n2,Snow.\n", "Rain. ".repeat(40));
        let settings = Settings { max_article: 100, ..Settings::default() };
        begin(&told(&FORMAT, settings, csv.as_bytes()), &["a:2: the article is longer than 100", "2=Snow."]);
    }
}
