//! Parquet, for DuckDB, Polars, Spark and the like: a folder of flat tables keyed by article id, or one file with a row
//! an article that holds the whole record.
//!
//! Either is one or several tables that gather as columns and are written as segments (`segments.rs`). The flat ones have
//! their columns in `output/table.rs`, the nested one its schema in `output/record.message`.

mod column;
mod join;
mod nested;
mod segments;

use self::column::{Column, Rows};
use self::nested::Records;
use self::segments::{Segments, Tables};
use super::destination::cannot_write;
use super::table::{self, TABLES, Table};
use super::{Destination, Format, Piece, Sink, room};
use crate::error::{Error, Result};
use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use ::parquet::schema::types::{Type, TypePtr};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) const FLAT: Format = Format {
    name: "parquet",
    about: "a folder of flat tables: articles, sentences, sources, attributions, quotes, claims, figures",
    extensions: &[],
    folder: true,
    packed: false,
    resumable: true,
    code_points: false,
    encode: |_, record| Piece::Record(Box::new(record.into_owned())),
    open: open_flat,
};

pub(super) const NESTED: Format = Format {
    name: "nested",
    about: "one Parquet file: a row an article, the whole record as nested lists; where OUT ends in .parquet",
    extensions: &["parquet"],
    folder: false,
    packed: false,
    resumable: true,
    code_points: false,
    encode: |_, record| {
        // as for JSON text, this cannot fail on a record
        let json = serde_json::to_value(&record).unwrap_or_default();
        // taken apart it takes twice the room that its rows in flat tables do
        Piece::Json(json, 2 * room(&record))
    },
    open: open_nested,
};

fn open_flat(destination: &Destination, saved: Option<u64>) -> Result<Box<dyn Sink>> {
    let Destination::Path(path) = destination else {
        return Err(Error::usage("parquet is a folder of tables; name the folder: -o DIR"));
    };
    if let Some(other) = foreign(path) {
        return Err(Error::usage(format!(
            "is there and holds {other:?}, which is no table of a run; name another folder"
        ))
        .in_file(path));
    }
    let tables = TABLES.iter().map(|t| Ok((t.name, schema(t)?))).collect();
    opened::<Flat>(path, path.clone(), tables, saved)
}

fn schema(table: &Table) -> ::parquet::errors::Result<TypePtr> {
    let columns = table.columns.iter().map(|(name, kind)| column::schema(name, *kind));
    let fields = columns.collect::<::parquet::errors::Result<_>>()?;
    Type::group_type_builder(table.name).with_fields(fields).build().map(Arc::new)
}

/// What stands in the place of the output and is not an earlier one.
fn foreign(path: &Path) -> Option<String> {
    let Ok(entries) = std::fs::read_dir(path) else {
        return path.exists().then(|| path.display().to_string());
    };
    let names = entries.filter_map(|e| Some(e.ok()?.file_name().to_string_lossy().into_owned()));
    names.into_iter().find(|name| !TABLES.iter().any(|t| *name == format!("{}.parquet", t.name)))
}

fn open_nested(destination: &Destination, saved: Option<u64>) -> Result<Box<dyn Sink>> {
    let Destination::Path(path) = destination else {
        return Err(Error::usage(
            "a Parquet file is written whole or not at all; name it: -o records.parquet",
        ));
    };
    let whole = match std::fs::metadata(path) {
        Ok(meta) if meta.is_dir() => Err(io::ErrorKind::IsADirectory.into()),
        Ok(meta) if !meta.is_file() => Err(io::Error::other("it is no file")),
        // a link stays a link
        Ok(_) => std::fs::canonicalize(path),
        Err(_) if path.file_name().is_none() => Err(io::ErrorKind::InvalidInput.into()),
        Err(_) => Ok(path.clone()),
    };
    let whole = whole.map_err(|e| cannot_write(&e).in_file(path))?;
    let tables = nested::schema().map(|schema| vec![("records", schema)]);
    opened::<Records>(path, whole, tables, saved)
}

fn opened<T: Tables>(
    named: &Path,
    path: PathBuf,
    tables: ::parquet::errors::Result<Vec<(&'static str, TypePtr)>>,
    saved: Option<u64>,
) -> Result<Box<dyn Sink>> {
    tables
        .map_err(failed)
        .and_then(|tables| Segments::<T>::open(path, tables, saved))
        .map(|segments| Box::new(segments) as Box<dyn Sink>)
        .map_err(|e| cannot_write(&e).in_file(named))
}

/// The rows of the flat tables.
struct Flat(Vec<Rows>);

impl Tables for Flat {
    const IS_FOLDER: bool = true;

    fn new(_: &[(&'static str, TypePtr)]) -> Self {
        Self(TABLES.iter().map(|table| Rows::new(table.columns)).collect())
    }

    fn put(&mut self, piece: Piece) -> bool {
        let Piece::Record(record) = piece else { return false };
        table::put(*record, &mut self.0);
        true
    }

    fn columns(&self) -> Vec<&[Column]> {
        self.0.iter().map(|rows| &*rows.columns).collect()
    }
}

impl Tables for Records {
    const IS_FOLDER: bool = false;

    fn new(tables: &[(&'static str, TypePtr)]) -> Self {
        Records::new(&tables[0].1)
    }

    fn put(&mut self, piece: Piece) -> bool {
        let Piece::Json(record, _) = piece else { return false };
        Records::put(self, record);
        true
    }

    fn columns(&self) -> Vec<&[Column]> {
        vec![&self.columns]
    }
}

fn properties() -> WriterPropertiesPtr {
    let level = ZstdLevel::try_new(1).unwrap_or_default();
    Arc::new(
        WriterProperties::builder()
            .set_compression(Compression::ZSTD(level))
            .set_statistics_enabled(EnabledStatistics::Chunk)
            .set_offset_index_disabled(true)
            .set_created_by(format!("onrecord {}", env!("CARGO_PKG_VERSION")))
            .build(),
    )
}

fn failed(e: ParquetError) -> io::Error {
    match e {
        ParquetError::External(e) => match e.downcast::<io::Error>() {
            Ok(e) => *e,
            Err(e) => io::Error::other(e),
        },
        e => io::Error::other(e),
    }
}
