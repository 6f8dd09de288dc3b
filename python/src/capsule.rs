//! The Arrow PyCapsule interface: objects of other libraries → batches without a copy, and ours → capsules.
//!
//! The only file of this crate with `unsafe`: the interface hands over C structs by pointers in capsules
//! (<https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>). Each block says what it relies on.
//! What is imported is checked in full ([`checked`]) before a value of it is read.
#![allow(unsafe_code)]

use arrow_array::ffi::{self, FFI_ArrowArray, FFI_ArrowSchema};
use arrow_array::ffi_stream::{FFI_ArrowArrayStream, RecordBatchStreamReader};
use arrow_array::{Array, ArrayRef, RecordBatch, RecordBatchOptions, RecordBatchReader, StructArray};
use arrow_data::ArrayData;
use arrow_schema::{ArrowError, DataType, Schema};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use std::ffi::CStr;
use std::ptr::NonNull;
use std::sync::Arc;

const SCHEMA: &CStr = c"arrow_schema";
const ARRAY: &CStr = c"arrow_array";
const STREAM: &CStr = c"arrow_array_stream";

/// What a caller gave.
pub(crate) enum Given {
    Batch(RecordBatch),
    Stream(RecordBatchStreamReader),
}

/// Takes what an object offers: one batch where it has one, else its stream.
pub(crate) fn import(data: &Bound<'_, PyAny>) -> PyResult<Result<Given, ArrowError>> {
    if let Some(offer) = data.getattr_opt("__arrow_c_array__")? {
        let pair = offer.call0()?;
        let pair = pair.cast::<PyTuple>()?;
        let schema = pointer(&pair.get_item(0)?, SCHEMA)?;
        let array = pointer(&pair.get_item(1)?, ARRAY)?;
        // SAFETY: capsules of these names hold such structs (PyCapsule interface), and `pointer` has checked the names.
        // `pair` holds the capsules, which own the structs. `from_raw` moves a struct out and leaves a released one
        // behind, so that the capsule frees nothing twice. Capsules are reached by this thread alone: the GIL is held.
        let (schema, array) = unsafe {
            (
                FFI_ArrowSchema::from_raw(schema.cast().as_ptr()),
                FFI_ArrowArray::from_raw(array.cast().as_ptr()),
            )
        };
        if schema.release().is_none() || array.is_released() {
            return Ok(Err(ArrowError::CDataInterface("the array is already released".to_owned())));
        }
        // SAFETY: the producer vouches that the array is of this schema and its buffers as long as it says (C data
        // interface); they are kept until the array is dropped, which calls the producer's `release`.
        let data = unsafe { ffi::from_ffi(array, &schema) };
        return Ok(data.and_then(|data| batch(&schema, data)).map(Given::Batch));
    }
    if let Some(offer) = data.getattr_opt("__arrow_c_stream__")? {
        let capsule = offer.call0()?;
        let stream = pointer(&capsule, STREAM)?;
        // SAFETY: as above; `capsule`, which owns the struct until it is moved out, is held past this. The stream may be
        // moved to another thread and is read by one at a time: its reader takes `&mut self`.
        let stream = unsafe { FFI_ArrowArrayStream::from_raw(stream.cast().as_ptr()) };
        return Ok(RecordBatchStreamReader::try_new(stream).map(Given::Stream));
    }
    Err(PyTypeError::new_err(format!(
        "a batch is an object with __arrow_c_array__ or __arrow_c_stream__, such as a table of pyarrow, Polars, DuckDB, \
         pandas or arro3; this is {}",
        data.get_type().name()?
    )))
}

fn pointer(capsule: &Bound<'_, PyAny>, name: &'static CStr) -> PyResult<NonNull<std::ffi::c_void>> {
    capsule.cast::<PyCapsule>()?.pointer_checked(Some(name))
}

fn batch(schema: &FFI_ArrowSchema, data: ArrayData) -> Result<RecordBatch, ArrowError> {
    if !matches!(data.data_type(), DataType::Struct(_)) {
        let message = format!("it is one column of {}; give a table that has columns", data.data_type());
        return Err(ArrowError::CDataInterface(message));
    }
    let rows = StructArray::from(data);
    let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
    let schema = Arc::new(Schema::try_from(schema)?);
    RecordBatch::try_new_with_options(schema, rows.columns().to_vec(), &options)
}

/// That an imported column is what its type says: offsets in order and within their buffers, text in UTF-8. Without this,
/// a producer's fault would be undefined behaviour here.
pub(crate) fn checked(column: &ArrayRef) -> Result<(), ArrowError> {
    column.to_data().validate_full()
}

/// A schema's capsule.
pub(crate) fn schema<'py>(py: Python<'py>, schema: &Schema) -> PyResult<Bound<'py, PyCapsule>> {
    let schema = FFI_ArrowSchema::try_from(schema).map_err(arrow)?;
    PyCapsule::new_with_value(py, schema, SCHEMA)
}

/// A batch's capsules. Whoever takes them shares the batch's buffers.
pub(crate) fn array<'py>(py: Python<'py>, batch: &RecordBatch) -> PyResult<Bound<'py, PyTuple>> {
    let rows = StructArray::from(batch.clone());
    let array = PyCapsule::new_with_value(py, FFI_ArrowArray::new(&rows.to_data()), ARRAY)?;
    PyTuple::new(py, [schema(py, &batch.schema())?, array])
}

/// A stream's capsule.
pub(crate) fn stream<'py>(
    py: Python<'py>,
    reader: Box<dyn RecordBatchReader + Send>,
) -> PyResult<Bound<'py, PyCapsule>> {
    PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), STREAM)
}

fn arrow(e: ArrowError) -> PyErr {
    pyo3::exceptions::PyRuntimeError::new_err(e.to_string())
}
