//! Tables that grow as segments, which a run can be gone on with, and are joined at the end.
//!
//! Rows gather until there are enough for a segment: a folder in `OUT.part` with a small file of each table, written on
//! a thread of its own while the next rows gather. Segments are cut by their contents alone; when the run is done they
//! are joined, a row group each, without being decoded. So what is saved are whole segments, and the tables have the
//! same bytes whether the run went through or was gone on with.

use super::column::Column;
use super::{failed, join};
use crate::output::destination::{forget_unfinished, remember_unfinished, remove, sync_folder};
use crate::output::{Piece, Sink, beside};
use ::parquet::schema::types::TypePtr;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread::JoinHandle;

/// The rows of one or several tables, gathered by columns.
pub(super) trait Tables: Send + 'static {
    /// Whether they become a folder of files; else the one table becomes a file.
    const IS_FOLDER: bool;

    /// Tables without rows, of these names and schemas.
    fn new(tables: &[(&'static str, TypePtr)]) -> Self;

    /// Puts an article's rows; false where the piece holds none.
    fn put(&mut self, piece: Piece) -> bool;

    /// The columns of each table.
    fn columns(&self) -> Vec<&[Column]>;
}

/// How many articles, and about how many bytes of records, the segment of this number has at most: the first are small,
/// so that short runs are saved too, the later large, so that long runs have few row groups.
fn most(segment: u64) -> (usize, usize) {
    let doublings = segment.min(3);
    (512 << doublings, (6 << 20) << doublings)
}

/// What the joined tables lie in until they get their place.
const JOINED: &str = "tables";
/// What stands in the part once they have it: segments may then be missing.
const NAMED: &str = "named";

pub(super) struct Segments<T> {
    path: PathBuf,
    part: PathBuf,
    /// names and schemas
    tables: Arc<Vec<(&'static str, TypePtr)>>,
    gathered: T,
    articles: usize,
    bytes: usize,
    /// those cut, of which the last may still be written
    segments: u64,
    writer: Option<JoinHandle<io::Result<()>>>,
    /// an earlier run was ended while it removed the part
    is_named: bool,
}

fn segment(part: &Path, number: u64) -> PathBuf {
    part.join(format!("{number:06}"))
}

fn file(folder: &Path, table: &str) -> PathBuf {
    folder.join(format!("{table}.parquet"))
}

impl<T: Tables> Segments<T> {
    /// Opens the output, after the segments that were saved where that is given.
    pub(super) fn open(
        path: PathBuf,
        tables: Vec<(&'static str, TypePtr)>,
        saved: Option<u64>,
    ) -> io::Result<Self> {
        let part = beside(&path, ".part");
        let segments = saved.unwrap_or(0);
        let is_named = saved.is_some() && part.join(NAMED).is_dir();
        match saved {
            None => {
                remove(&part);
                std::fs::create_dir(&part)?;
                remember_unfinished(&part);
            }
            Some(_) if is_named => {}
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
        let gathered = T::new(&tables);
        let tables = Arc::new(tables);
        Ok(Self { path, part, tables, gathered, articles: 0, bytes: 0, segments, writer: None, is_named })
    }

    /// Hands the rows gathered to a thread that writes them.
    fn cut(&mut self) -> io::Result<()> {
        if self.articles == 0 {
            return Ok(());
        }
        self.wait()?;
        let folder = segment(&self.part, self.segments);
        let gathered = std::mem::replace(&mut self.gathered, T::new(&self.tables));
        (self.articles, self.bytes) = (0, 0);
        self.segments += 1;
        let tables = self.tables.clone();
        self.writer = Some(std::thread::spawn(move || {
            std::fs::create_dir(&folder)?;
            for ((name, schema), columns) in tables.iter().zip(gathered.columns()) {
                join::write(&file(&folder, name), schema, columns).map_err(failed)?;
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

    /// Joins the segments and gives the tables their place.
    fn name(&self) -> io::Result<()> {
        let joined = self.part.join(JOINED);
        std::fs::create_dir(&joined)?;
        for (name, schema) in &*self.tables {
            let segments = (0..self.segments).map(|n| file(&segment(&self.part, n), name));
            join::join(&file(&joined, name), schema, segments).map_err(failed)?;
        }
        match self.tables.first() {
            Some((name, _)) if !T::IS_FOLDER => std::fs::rename(file(&joined, name), &self.path)?,
            _ => {
                // only tables of an earlier run stand there
                remove(&self.path);
                std::fs::rename(&joined, &self.path)?;
            }
        }
        sync_folder(&self.path);
        std::fs::create_dir(self.part.join(NAMED))
    }
}

impl<T: Tables> Sink for Segments<T> {
    fn put(&mut self, piece: Piece) -> io::Result<()> {
        let size = piece.size();
        if !self.gathered.put(piece) {
            return Ok(());
        }
        self.articles += 1;
        self.bytes += size;
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
        if !self.is_named {
            self.name()?;
        }
        // the mark goes last
        for number in 0..self.segments {
            remove(&segment(&self.part, number));
        }
        std::fs::remove_dir_all(&self.part)
    }
}

impl<T> Drop for Segments<T> {
    fn drop(&mut self) {
        // a thread must not write into what is taken away
        let _ = self.writer.take().map(JoinHandle::join);
        if forget_unfinished(&self.part) {
            remove(&self.part);
        }
    }
}
