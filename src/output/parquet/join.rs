//! Columns → a file of one row group; such files → one, their row groups copied as they are.

use super::column::Column;
use super::properties;
use ::parquet::column::writer::ColumnCloseResult;
use ::parquet::errors::Result;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::file::writer::SerializedFileWriter;
use ::parquet::schema::types::TypePtr;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

type Writer = SerializedFileWriter<BufWriter<File>>;

fn create(path: &Path, schema: &TypePtr) -> Result<Writer> {
    let out = BufWriter::with_capacity(1 << 17, File::create(path)?);
    SerializedFileWriter::new(out, schema.clone(), properties())
}

/// Writes the footer and syncs.
fn close(writer: Writer) -> Result<()> {
    let file = writer.into_inner()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    Ok(file.sync_all()?)
}

pub(super) fn write(path: &Path, schema: &TypePtr, columns: &[Column]) -> Result<()> {
    let mut writer = create(path, schema)?;
    // the first column of every table is required: without values there are no rows
    if columns.first().is_some_and(Column::has_values) {
        let mut group = writer.next_row_group()?;
        for column in columns {
            let Some(mut out) = group.next_column()? else { break };
            column.write(&mut out)?;
            out.close()?;
        }
        group.close()?;
    }
    close(writer)
}

pub(super) fn join(path: &Path, schema: &TypePtr, parts: impl Iterator<Item = PathBuf>) -> Result<()> {
    let mut writer = create(path, schema)?;
    for part in parts {
        let part = File::open(part)?;
        let metadata = SerializedFileReader::new(part.try_clone()?)?.metadata().clone();
        for group in metadata.row_groups() {
            let mut copy = writer.next_row_group()?;
            for column in group.columns() {
                let closed = ColumnCloseResult {
                    bytes_written: column.compressed_size() as u64,
                    rows_written: group.num_rows() as u64,
                    metadata: column.clone(),
                    bloom_filter: None,
                    column_index: None,
                    offset_index: None,
                };
                copy.append_column(&part, closed)?;
            }
            copy.close()?;
        }
    }
    close(writer)
}
