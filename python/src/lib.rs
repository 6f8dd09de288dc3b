//! The extension module `onrecord._onrecord`: the pipeline of the crate `onrecord`, for Python.
//!
//! Owns what Python sees of it and nothing of the reading itself: [`pipeline`] (the class, its calls), [`article`] (what
//! a caller gives → an article), [`dict`] (a record → Python objects), [`many`] (a lazy iterator over threads), and what
//! Arrow needs: [`capsule`] (the C interface, the one file with `unsafe`), [`cell`] (a batch's rows → fields), [`shape`]
//! (the tables → Arrow schemas), [`column`] (records → columns), [`batch`] (batches and streams, in and out).
//! Names, docstrings and types for users stand in `package/onrecord/`.

mod article;
mod batch;
mod capsule;
mod cell;
mod column;
mod dict;
mod error;
mod many;
mod pipeline;
mod shape;
mod work;

use pyo3::prelude::*;

#[pymodule]
mod _onrecord {
    #[pymodule_export]
    use crate::batch::{ArrowSchema, Batch, Stream};
    #[pymodule_export]
    use crate::error::Error;
    #[pymodule_export]
    use crate::many::Records;
    #[pymodule_export]
    use crate::pipeline::Pipeline;
    use pyo3::prelude::*;

    /// The JSON Schema of the record, as JSON.
    #[pyfunction]
    fn json_schema() -> String {
        onrecord::record::schema().to_string()
    }

    /// The Arrow schema of what `extract_arrow` returns.
    #[pyfunction]
    #[pyo3(signature = (table=None, errors="raise"))]
    fn arrow_schema(py: Python<'_>, table: Option<&str>, errors: &str) -> PyResult<ArrowSchema> {
        ArrowSchema::new(table, errors).map_err(|e| crate::error::raise(py, &e))
    }

    /// Runs a pipeline over texts and keeps nothing: what the calls are measured by.
    #[pyfunction]
    fn run(py: Python<'_>, pipeline: &Pipeline, texts: Vec<String>) -> usize {
        py.detach(|| pipeline.claims_of(texts))
    }

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
