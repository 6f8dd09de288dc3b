//! Rows → a file of one row group; such files → one, their row groups copied as they are.

use super::column::Rows;
use super::properties;
use super::table::Table;
use ::parquet::column::writer::ColumnCloseResult;
use ::parquet::errors::Result;
use ::parquet::file::reader::{FileReader, SerializedFileReader};
use ::parquet::file::writer::SerializedFileWriter;
use std::fs::File;
use std::io::BufWriter;
use std::path::{Path, PathBuf};

type Writer = SerializedFileWriter<BufWriter<File>>;

fn create(path: &Path, table: &Table) -> Result<Writer> {
    let out = BufWriter::with_capacity(1 << 17, File::create(path)?);
    SerializedFileWriter::new(out, table.schema()?, properties())
}

/// Writes the footer and syncs.
fn close(writer: Writer) -> Result<()> {
    let file = writer.into_inner()?.into_inner().map_err(std::io::IntoInnerError::into_error)?;
    Ok(file.sync_all()?)
}

pub(super) fn write(path: &Path, table: &Table, rows: &Rows) -> Result<()> {
    let mut writer = create(path, table)?;
    if rows.count > 0 {
        let mut group = writer.next_row_group()?;
        let mut number = 0;
        while let Some(mut column) = group.next_column()? {
            rows.write(number, &mut column)?;
            column.close()?;
            number += 1;
        }
        group.close()?;
    }
    close(writer)
}

pub(super) fn join(path: &Path, table: &Table, parts: impl Iterator<Item = PathBuf>) -> Result<()> {
    let mut writer = create(path, table)?;
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
