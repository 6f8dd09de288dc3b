//! Parquet: a folder of flat tables keyed by article id, for DuckDB, Polars, Spark and the like.
//!
//! Rows gather until there are enough for a segment: a folder in `OUT.part` with a small file of each table, written on
//! a thread of its own while the next rows gather. Segments are cut by their contents alone; when the run is done they
//! are joined, a row group each, without being decoded. So what is saved are whole segments, and the tables have the
//! same bytes whether the run went through or was gone on with.

mod column;
mod join;
mod table;

use self::column::Rows;
use self::table::TABLES;
use super::destination::{cannot_write, forget_unfinished, remember_unfinished, remove, sync_folder};
use super::{Destination, Format, Piece, Sink, beside};
use crate::error::{Error, Result};
use ::parquet::basic::{Compression, ZstdLevel};
use ::parquet::errors::ParquetError;
use ::parquet::file::properties::{EnabledStatistics, WriterProperties, WriterPropertiesPtr};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

pub(super) const FORMAT: Format = Format {
    name: "parquet",
    about: "a folder of flat tables: articles, sentences, sources, attributions, quotes, claims, figures",
    extensions: &[],
    folder: true,
    packed: false,
    resumable: true,
    code_points: false,
    encode: |_, record| Piece::Record(Box::new(record)),
    open,
};

/// How many articles, and about how many bytes of records, the segment of this number has at most: the first are small,
/// so that short runs are saved too, the later large, so that long runs have few row groups.
fn most(segment: u64) -> (usize, usize) {
    let doublings = segment.min(3);
    (512 << doublings, (6 << 20) << doublings)
}

fn open(destination: &Destination, saved: Option<u64>) -> Result<Box<dyn Sink>> {
    let Destination::Path(path) = destination else {
        return Err(Error::usage("parquet is a folder of tables; name the folder: -o DIR"));
    };
    if let Some(other) = foreign(path) {
        return Err(Error::usage(format!(
            "is there and holds {other:?}, which is no table of a run; name another folder"
        ))
        .in_file(path));
    }
    Tables::open(path, saved)
        .map(|t| Box::new(t) as Box<dyn Sink>)
        .map_err(|e| cannot_write(&e).in_file(path))
}

/// What stands in the place of the output and is not an earlier one.
fn foreign(path: &Path) -> Option<String> {
    let Ok(entries) = std::fs::read_dir(path) else {
        return path.exists().then(|| path.display().to_string());
    };
    let names = entries.filter_map(|e| Some(e.ok()?.file_name().to_string_lossy().into_owned()));
    names.into_iter().find(|name| !TABLES.iter().any(|t| *name == format!("{}.parquet", t.name)))
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

struct Tables {
    path: PathBuf,
    part: PathBuf,
    /// those cut, of which the last may still be written
    segments: u64,
    writer: Option<JoinHandle<io::Result<()>>>,
    rows: Vec<Rows>,
    articles: usize,
    bytes: usize,
}

fn segment(part: &Path, number: u64) -> PathBuf {
    part.join(format!("{number:06}"))
}

fn rows() -> Vec<Rows> {
    TABLES.iter().map(|table| Rows::new(table.columns)).collect()
}

impl Tables {
    fn open(path: &Path, saved: Option<u64>) -> io::Result<Self> {
        let part = beside(path, ".part");
        let segments = saved.unwrap_or(0);
        match saved {
            None => {
                remove(&part);
                std::fs::create_dir(&part)?;
                remember_unfinished(&part);
            }
            Some(_) => {
                for entry in std::fs::read_dir(&part)? {
                    let entry = entry?.path();
                    let number = entry.file_name().and_then(|n| n.to_str()?.parse::<u64>().ok());
                    if number.is_none_or(|n| n >= segments) {
                        remove(&entry);
                    }
                }
                if !(0..segments).all(|n| segment(&part, n).is_dir()) {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
        }
        Ok(Self { path: path.to_owned(), part, segments, writer: None, rows: rows(), articles: 0, bytes: 0 })
    }

    /// Hands the rows gathered to a thread that writes them.
    fn cut(&mut self) -> io::Result<()> {
        if self.articles == 0 {
            return Ok(());
        }
        self.wait()?;
        let folder = segment(&self.part, self.segments);
        let rows = std::mem::replace(&mut self.rows, rows());
        (self.articles, self.bytes) = (0, 0);
        self.segments += 1;
        self.writer = Some(std::thread::spawn(move || {
            std::fs::create_dir(&folder)?;
            for (table, rows) in TABLES.iter().zip(rows) {
                join::write(&folder.join(format!("{}.parquet", table.name)), table, &rows).map_err(failed)?;
            }
            Ok(())
        }));
        Ok(())
    }

    /// Waits for the segment at work.
    fn wait(&mut self) -> io::Result<()> {
        match self.writer.take().map(JoinHandle::join) {
            None => Ok(()),
            Some(Ok(done)) => done,
            Some(Err(panic)) => std::panic::resume_unwind(panic),
        }
    }
}

impl Sink for Tables {
    fn put(&mut self, piece: Piece) -> io::Result<()> {
        self.bytes += piece.size();
        let Piece::Record(record) = piece else { return Ok(()) };
        table::put(*record, &mut self.rows);
        self.articles += 1;
        let (articles, bytes) = most(self.segments);
        if self.articles >= articles || self.bytes >= bytes { self.cut() } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn is_whole(&self) -> bool {
        self.articles == 0
    }

    fn save(&mut self) -> io::Result<u64> {
        self.wait()?;
        forget_unfinished(&self.part);
        Ok(self.segments)
    }

    fn seal(&mut self) -> io::Result<()> {
        self.cut()
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.cut()?;
        self.wait()?;
        let joined = self.part.join("tables");
        std::fs::create_dir(&joined)?;
        for table in &TABLES {
            let name = format!("{}.parquet", table.name);
            let segments = (0..self.segments).map(|n| segment(&self.part, n).join(&name));
            join::join(&joined.join(&name), table, segments).map_err(failed)?;
        }
        // only tables of an earlier run stand there
        remove(&self.path);
        std::fs::rename(&joined, &self.path)?;
        sync_folder(&self.path);
        std::fs::remove_dir_all(&self.part)
    }
}

impl Drop for Tables {
    fn drop(&mut self) {
        // a thread must not write into what is taken away
        let _ = self.writer.take().map(JoinHandle::join);
        if forget_unfinished(&self.part) {
            remove(&self.part);
        }
    }
}
