//! Parquet: a row is an article; of the columns only those are read that hold some part of it.
//!
//! What a file says of itself is looked at before it is believed: its footer in `footer.rs`, the sizes of its pages in
//! `file.rs`, what they hold in `column.rs`. A damaged or hostile file costs itself alone, from the damage on.

mod column;
mod file;
mod footer;
mod lengths;
mod levels;
mod thrift;

use self::column::{Account, Group};
use self::file::Bounded;
use super::stream::{Flow, Give, Stream};
use super::{Entry, Format, Names, fields, too_long};
use crate::error::{Error, Result};
use crate::pipeline::Article;
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::ReaderProperties;
use ::parquet::file::reader::{FileReader, RowGroupReader, SerializedFileReader};
use ::parquet::file::serialized_reader::ReadOptionsBuilder;
use ::parquet::record::reader::TreeBuilder;
use ::parquet::record::{Field, Row};
use ::parquet::schema::types::{SchemaDescriptor, Type, TypePtr};
use serde_json::{Map, Value};
use std::fs::File;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

/// Rows that are read at a time.
const ROWS: usize = 16;
/// How much of what the reader tells is passed on.
const MESSAGE: usize = 300;
/// What a field counts for beside its text.
const FIELD: usize = 16;

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
    let mut place = At { group: 0, row: 0 };
    // the reader of a damaged file may fall over instead of telling
    let done = catch_unwind(AssertUnwindSafe(|| rows(path, &mut place, stream, give)));
    let what = match done {
        Ok(Ok(flow)) => return flow,
        Ok(Err(ParquetError::General(what))) => what,
        Ok(Err(e)) => e.to_string(),
        Err(_) => "its pages are damaged".to_owned(),
    };
    // it may quote names that are as long as the footer
    let what: String = what.chars().take(MESSAGE).collect();
    let group = if place.group > 0 { format!("row group {}: ", place.group) } else { String::new() };
    let message = format!(
        "cannot be read as Parquet ({group}{what}); fetch or make it again; what stood before is read"
    );
    give(Entry::failed(Error::input(message).in_file(&stream.name).at_line(place.row + 1)))
}

/// How far a file is read; both counted from 1.
struct At {
    group: usize,
    row: usize,
}

fn fault(what: &str) -> ParquetError {
    ParquetError::General(what.to_owned())
}

fn rows(
    path: &Path,
    at: &mut At,
    stream: &Stream<'_>,
    give: &mut Give<'_>,
) -> ::parquet::errors::Result<Flow> {
    let file = File::open(path).map_err(ParquetError::from)?;
    let limits = &stream.settings.limits;
    let account = Arc::new(Account::new(limits, file.metadata().map_err(ParquetError::from)?.len()));
    // the older form of LZ4 says nowhere how long it becomes
    let properties = ReaderProperties::builder().set_backward_compatible_lz4(false).build();
    let options = ReadOptionsBuilder::new().with_reader_properties(properties).build();
    let file = Bounded::new(file, limits, account.room.clone());
    let reader = SerializedFileReader::new_with_options(file, options)?;
    let schema = reader.metadata().file_metadata().schema_descr_ptr();
    let schema = match wanted(schema.root_schema(), &stream.settings.names)? {
        Some(columns) => Arc::new(SchemaDescriptor::new(Arc::new(columns))),
        None => schema,
    };
    if schema.num_columns() == 0 {
        return Err(fault("it has no columns"));
    }
    for i in 0..reader.num_row_groups() {
        at.group = i + 1;
        let group = Group::new(reader.get_row_group(i)?, &account);
        let says = u64::try_from(group.metadata().num_rows())
            .map_err(|_| fault("it says to have fewer rows than none"))?;
        let tree = TreeBuilder::new().with_batch_size(ROWS);
        for (row, i) in tree.as_iter(schema.clone(), &group)?.zip(0..) {
            let row = row?;
            if i >= group.fewest() {
                return Err(fault("a column has fewer rows than its footer says"));
            }
            let size = size(&row);
            account.out(size as u64)?;
            at.row += 1;
            if give(entry(row, size, at.row, stream)).is_break() {
                return Ok(Flow::Break(()));
            }
        }
        if !group.has_ended(says) {
            return Err(fault("it has more rows than its footer says"));
        }
    }
    Ok(Flow::Continue(()))
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

/// How long a row is, as its texts and the fields that hold them.
fn size(row: &Row) -> usize {
    let mut size: usize = 0;
    let mut open: Vec<&Field> = Vec::new();
    let columns = |row: &Row| row.get_column_iter().map(|(name, _)| name.len()).sum::<usize>();
    size += columns(row);
    open.extend(row.get_column_iter().map(|(_, field)| field));
    while let Some(field) = open.pop() {
        size += FIELD;
        match field {
            Field::Str(text) => size += text.len(),
            Field::Bytes(bytes)
            | Field::Decimal(::parquet::data_type::Decimal::Bytes { value: bytes, .. }) => {
                size += bytes.len();
            }
            Field::Group(row) => {
                size += columns(row);
                open.extend(row.get_column_iter().map(|(_, field)| field));
            }
            Field::ListInternal(list) => open.extend(list.elements()),
            Field::MapInternal(map) => {
                open.extend(map.entries().iter().flat_map(|(key, value)| [key, value]))
            }
            _ => {}
        }
    }
    size
}

fn entry(row: Row, size: usize, number: usize, stream: &Stream<'_>) -> Entry {
    let (name, settings) = (stream.name.clone(), stream.settings.clone());
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
