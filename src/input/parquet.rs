//! Parquet: a row is an article; of the columns only those are read that hold some part of it.

use super::pages::{Bounded, ROWS};
use super::stream::{Flow, Give, Stream};
use super::{Entry, Format, Names, fields, too_long};
use crate::error::{Error, Result};
use crate::pipeline::Article;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::ReaderProperties;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::file::serialized_reader::ReadOptionsBuilder;
use ::parquet::record::reader::RowIter;
use ::parquet::record::{Field, Row};
use ::parquet::schema::types::{Type, TypePtr};
use serde_json::{Map, Value};
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};

pub(super) const FORMAT: Format = Format {
    name: "parquet",
    about: "an article a row; columns as fields in jsonl; a file, not a pipe",
    extensions: &["parquet", "pq"],
    begins: |bytes| bytes.starts_with(b"PAR1"),
    plain: false,
    read,
};

fn read(stream: &mut Stream<'_>, give: &mut Give<'_>) -> Flow {
    let Some(path) = stream.file else {
        let message = "Parquet is read from its end: save it as a file, not compressed, and name that";
        return give(Entry::failed(Error::input(message).in_file(&stream.name)));
    };
    let mut row_number = 0;
    // the reader of a damaged file may fall over instead of telling
    let done = catch_unwind(AssertUnwindSafe(|| {
        let file = File::open(path).map_err(ParquetError::from)?;
        // the older form of LZ4 says nowhere how long it becomes
        let properties = ReaderProperties::builder().set_backward_compatible_lz4(false).build();
        let options = ReadOptionsBuilder::new().with_reader_properties(properties).build();
        let reader =
            SerializedFileReader::new_with_options(Bounded::new(file, &stream.settings.limits), options)?;
        let columns = wanted(reader.metadata().file_metadata().schema(), &stream.settings.names)?;
        for row in RowIter::from_file(columns, &reader)?.with_batch_size(ROWS) {
            row_number += 1;
            if give(entry(row?, row_number, stream)).is_break() {
                return Ok(Flow::Break(()));
            }
        }
        Ok(Flow::Continue(()))
    }));
    let e = match done {
        Ok(Ok(flow)) => return flow,
        Ok(Err(e)) => e,
        Err(_) => ParquetError::General("its pages are damaged".to_owned()),
    };
    let message =
        format!("cannot be read as Parquet ({e}); fetch or make it again; what stood before is read");
    give(Entry::failed(Error::input(message).in_file(&stream.name).at_line(row_number + 1)))
}

/// The schema of the columns that are asked for; none means all, where none of them is.
fn wanted(schema: &Type, names: &Names) -> ::parquet::errors::Result<Option<Type>> {
    let fields: Vec<TypePtr> =
        schema.get_fields().iter().filter(|f| names.wants(f.name())).cloned().collect();
    if fields.is_empty() {
        return Ok(None);
    }
    Type::group_type_builder(schema.name()).with_fields(fields).build().map(Some)
}

fn entry(row: Row, number: usize, stream: &Stream<'_>) -> Entry {
    let (name, settings) = (stream.name.clone(), stream.settings.clone());
    let size =
        row.get_column_iter().map(|(_, field)| if let Field::Str(s) = field { s.len() } else { 16 }).sum();
    if size > settings.max_article {
        return Entry::failed(too_long(settings.max_article).in_file(&name).at_line(number));
    }
    Entry::new(size, move || article(row, &settings.names).map_err(|e| e.in_file(&name).at_line(number)))
}

fn article(row: Row, names: &Names) -> Result<Article> {
    let fields: Map<String, Value> = row
        .into_columns()
        .into_iter()
        .map(|(name, field)| {
            let value = match field {
                Field::Str(text) => Value::String(text),
                // many writers leave out that a column of bytes is text
                Field::Bytes(bytes) => match String::from_utf8(bytes.data().to_vec()) {
                    Ok(text) => Value::String(text),
                    Err(_) => Value::Null,
                },
                other => other.to_json_value(),
            };
            (name, value)
        })
        .collect();
    fields::named(fields, names)
}
