//! Batches and streams of articles → batches and streams of rows.
//!
//! A batch in is a batch out. A stream in is a stream out, which is read as whoever consumes it asks, some hundred
//! articles at a time, so that memory does not grow with it.

use crate::article::Fields;
use crate::capsule;
use crate::cell;
use crate::column::{Column, Full, Rows};
use crate::error::{Stop, raise};
use crate::shape::{Shape, with_errors};
use crate::work::{Ticks, each};
use arrow_array::ffi_stream::RecordBatchStreamReader;
use arrow_array::{RecordBatch, RecordBatchReader};
use arrow_schema::{ArrowError, DataType, Schema, SchemaRef};
use onrecord::output::table::{self, TABLES};
use onrecord::record::RecordView;
use onrecord::{Error, Pipeline, Record, Result};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use serde::Serialize;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

/// How many articles a batch of a stream is made of.
const PIECE: usize = 512;

/// What becomes of articles that fail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failures {
    Raise,
    /// a row with the id and a column `error`
    Column,
}

impl Failures {
    pub(crate) fn named(name: &str) -> Result<Self> {
        match name {
            "raise" => Ok(Self::Raise),
            "column" => Ok(Self::Column),
            _ => Err(Error::usage(format!("errors={name:?} means nothing; say \"raise\" or \"column\""))),
        }
    }
}

fn schema(shape: Shape, failures: Failures) -> SchemaRef {
    let fields = shape.fields();
    Arc::new(Schema::new(match failures {
        Failures::Raise => fields,
        Failures::Column => with_errors(&fields),
    }))
}

/// All that is said of how articles become rows.
pub(crate) struct Maker {
    pub(crate) pipeline: Pipeline,
    pub(crate) fields: Fields,
    pub(crate) shape: Shape,
    pub(crate) failures: Failures,
    pub(crate) threads: usize,
}

impl Maker {
    fn rows(
        &self,
        rows: &cell::Rows,
        range: Range<usize>,
        first: usize,
        ticks: Ticks,
    ) -> std::result::Result<RecordBatch, Stop> {
        let mut gathered = Gathered::new(self.shape, self.failures);
        let article = |row| rows.article(row, &self.fields);
        let make = |record: RecordView<'_>| match self.shape {
            Shape::Json => Made::Json(record.id.to_string(), record.into_json()),
            _ => Made::Record(Box::new(record.into_owned())),
        };
        each(&self.pipeline, self.threads, range, ticks, article, make, |row, made| {
            match made {
                Ok(made) => gathered.put(made),
                Err(e) if self.failures == Failures::Column => gathered.fail(&e),
                Err(e) => {
                    let message = format!("row {}: {e}", first + row);
                    return Err(e.with_message(message).into());
                }
            }
            .map_err(|e| Stop::Error(Error::usage(e.to_string())))
        })?;
        gathered.finish().map_err(|e| Stop::Error(Error::output(e.to_string())))
    }

    /// What a call gives back for what it was given.
    pub(crate) fn convert<'py>(self, data: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = data.py();
        let broken = |e: ArrowError| {
            raise(
                py,
                &Error::input(format!("the batch cannot be read ({e}); write it again by what made it")),
            )
        };
        match capsule::import(data)?.map_err(broken)? {
            capsule::Given::Batch(batch) => {
                cell::check(batch.schema_ref(), &self.fields).map_err(|e| raise(py, &e))?;
                let made = py.detach(|| {
                    let rows = cell::Rows::new(&batch, &self.fields);
                    self.rows(&rows, 0..rows.len(), 0, Ticks::of_call())
                });
                let made = made.map_err(|stop| stop.raise(py))?;
                Ok(Bound::new(py, Batch(made))?.into_any())
            }
            capsule::Given::Stream(source) => {
                cell::check(&source.schema(), &self.fields).map_err(|e| raise(py, &e))?;
                let schema = schema(self.shape, self.failures);
                let reader = Reader { maker: self, schema: schema.clone(), source, given: None, before: 0 };
                Ok(Bound::new(py, Stream { schema, reader: Mutex::new(Some(reader)) })?.into_any())
            }
        }
    }
}

/// What a thread makes of an article.
enum Made {
    Record(Box<Record>),
    /// the id, and the record's line
    Json(String, Vec<u8>),
}

/// Rows that gather until they are a batch.
struct Gathered {
    shape: Shape,
    schema: SchemaRef,
    /// the columns of the nested table or of JSON
    root: Column,
    /// the flat tables, of which one is wanted
    flat: Vec<Rows>,
    /// why rows failed, where there is a column for it
    error: Column,
    failures: Failures,
    length: usize,
}

impl Gathered {
    fn new(shape: Shape, failures: Failures) -> Self {
        let fields = shape.fields();
        let flat = match shape {
            Shape::Flat(wanted) => (0..TABLES.len())
                .map(|i| {
                    let fields = if i == wanted { &fields[..] } else { &[][..] };
                    Rows::new(fields.iter().map(|f| Column::new(f.data_type())).collect(), i == wanted)
                })
                .collect(),
            _ => Vec::new(),
        };
        let root = Column::new(&DataType::Struct(fields));
        let error = Column::new(&DataType::Utf8);
        Self { shape, schema: schema(shape, failures), root, flat, error, failures, length: 0 }
    }

    fn columns(&mut self) -> &mut Vec<Column> {
        match (self.shape, &mut self.root) {
            (Shape::Flat(wanted), _) => &mut self.flat[wanted].columns,
            (_, Column::Struct { columns, .. }) => columns,
            _ => unreachable!("the root is a struct"),
        }
    }

    fn put(&mut self, made: Made) -> std::result::Result<(), Full> {
        match (made, self.shape) {
            (Made::Json(id, json), _) => {
                let columns = self.columns();
                columns[0].text(&id)?;
                columns[1].text(std::str::from_utf8(&json).unwrap_or_default())?;
            }
            (Made::Record(record), Shape::Flat(wanted)) => {
                table::put(*record, &mut self.flat);
                if self.flat[wanted].is_full {
                    return Err(Full);
                }
            }
            (Made::Record(record), _) => record.serialize(&mut self.root)?,
        }
        self.length = self.columns()[0].len();
        Ok(())
    }

    fn fail(&mut self, error: &Error) -> std::result::Result<(), Full> {
        let fields = self.shape.fields();
        let key = self.shape.key();
        for (column, field) in self.columns().iter_mut().zip(fields.iter()) {
            match error.article() {
                Some(id) if field.name() == key => column.text(id)?,
                _ => column.null(),
            }
        }
        self.error.fill(self.length);
        self.error.text(&error.to_string())?;
        self.length += 1;
        Ok(())
    }

    fn finish(mut self) -> std::result::Result<RecordBatch, ArrowError> {
        let mut columns = std::mem::take(self.columns());
        if self.failures == Failures::Column {
            self.error.fill(self.length);
            columns.push(self.error);
        }
        let arrays = columns.into_iter().zip(self.schema.fields()).map(|(c, f)| c.finish(f.data_type()));
        RecordBatch::try_new(self.schema.clone(), arrays.collect::<std::result::Result<_, _>>()?)
    }
}

/// A stream of rows, made from a stream of articles as it is read.
struct Reader {
    maker: Maker,
    schema: SchemaRef,
    source: RecordBatchStreamReader,
    /// the batch at work and how many of its rows are done
    given: Option<(cell::Rows, usize)>,
    /// how many rows came before it
    before: usize,
}

impl Reader {
    fn piece(&mut self) -> std::result::Result<Option<RecordBatch>, ArrowError> {
        loop {
            if let Some((rows, done)) = &mut self.given
                && *done < rows.len()
            {
                let range = *done..rows.len().min(*done + PIECE);
                *done = range.end;
                let made = self.maker.rows(rows, range, self.before, Ticks::of_stream());
                return made.map(Some).map_err(|stop| ArrowError::ComputeError(stop.message()));
            }
            self.before += self.given.take().map_or(0, |(rows, _)| rows.len());
            let Some(batch) = self.source.next().transpose()? else { return Ok(None) };
            self.given = Some((cell::Rows::new(&batch, &self.maker.fields), 0));
        }
    }
}

impl Iterator for Reader {
    type Item = std::result::Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.piece().transpose()
    }
}

impl RecordBatchReader for Reader {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

/// Rows of one batch, for whatever reads Arrow.
///
/// `pyarrow.record_batch(batch)`, `polars.DataFrame(batch)`, `arro3.core.RecordBatch.from_arrow(batch)`; DuckDB reads
/// it by its variable's name. Readers share its memory.
#[pyclass(frozen, module = "onrecord")]
pub(crate) struct Batch(RecordBatch);

#[pymethods]
impl Batch {
    fn __len__(&self) -> usize {
        self.0.num_rows()
    }

    fn __repr__(&self) -> String {
        let schema = self.0.schema();
        let names: Vec<_> = schema.fields().iter().map(|f| f.name().as_str()).collect();
        format!("<onrecord.Batch: {} rows of {}>", self.0.num_rows(), names.join(", "))
    }

    /// The columns' names.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.0.schema().fields().iter().map(|f| f.name().clone()).collect()
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &self.0.schema())
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let _ = requested_schema;
        capsule::array(py, &self.0)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let batches = arrow_array::RecordBatchIterator::new([Ok(self.0.clone())], self.0.schema());
        capsule::stream(py, Box::new(batches))
    }
}

/// Rows of a stream, for whatever reads Arrow; made as it is read, once.
///
/// `pyarrow.RecordBatchReader.from_stream(stream)`, `polars.DataFrame(stream)`; DuckDB reads it by its variable's name.
#[pyclass(frozen, module = "onrecord")]
pub(crate) struct Stream {
    schema: SchemaRef,
    reader: Mutex<Option<Reader>>,
}

#[pymethods]
impl Stream {
    fn __repr__(&self) -> String {
        let names: Vec<_> = self.schema.fields().iter().map(|f| f.name().as_str()).collect();
        format!("<onrecord.Stream of {}>", names.join(", "))
    }

    /// The columns' names.
    #[getter]
    fn column_names(&self) -> Vec<String> {
        self.schema.fields().iter().map(|f| f.name().clone()).collect()
    }

    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &self.schema)
    }

    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        let _ = requested_schema;
        let reader = self.reader.lock().unwrap_or_else(PoisonError::into_inner).take();
        let reader = reader.ok_or_else(|| {
            raise(
                py,
                &Error::usage(
                    "the stream has been read; call extract_arrow again, or keep what it was read into",
                ),
            )
        })?;
        capsule::stream(py, Box::new(reader))
    }
}

/// The schema of what `extract_arrow` returns, for whatever reads Arrow: `pyarrow.schema(schema)`.
#[pyclass(frozen, module = "onrecord")]
pub(crate) struct ArrowSchema(SchemaRef);

impl ArrowSchema {
    pub(crate) fn new(table: Option<&str>, errors: &str) -> Result<Self> {
        Ok(Self(schema(Shape::named(table)?, Failures::named(errors)?)))
    }
}

#[pymethods]
impl ArrowSchema {
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        capsule::schema(py, &self.0)
    }

    fn __repr__(&self) -> String {
        let fields = self.0.fields().iter().map(|f| format!("{}: {}", f.name(), f.data_type()));
        format!("<onrecord.ArrowSchema: {}>", fields.collect::<Vec<_>>().join(", "))
    }
}
