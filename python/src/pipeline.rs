//! `onrecord.Pipeline`: rules and options, and the three calls.

use crate::article::{Fields, json, string};
use crate::batch::{Failures, Maker};
use crate::dict::dict;
use crate::error::raise;
use crate::many::Records;
use crate::shape::Shape;
use crate::work::{run, threads};
use onrecord::input::Names;
use onrecord::record::{Only, Options};
use onrecord::vocabulary::OffsetUnit;
use onrecord::{Article, Error, Lexicon, Result};
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyMapping, PyString, PyTuple};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::path::PathBuf;

/// Rules and options.
#[pyclass(frozen, module = "onrecord")]
pub(crate) struct Pipeline {
    pipeline: onrecord::Pipeline,
    /// how it was made, for pickle and repr
    rules: Option<PathBuf>,
    options: Options,
}

/// The word that a record has for a unit.
fn word(unit: OffsetUnit) -> String {
    match serde_json::to_value(unit) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

fn unit(name: &str) -> Result<OffsetUnit> {
    serde_json::from_value(Value::from(name)).map_err(|_| {
        Error::usage(format!("offsets={name:?} means nothing; say \"chars\", \"bytes\" or \"utf16\""))
    })
}

fn lists(names: &[String]) -> Result<Only> {
    names.iter().try_fold(Only::empty(), |only, name| {
        let list = Only::from_name(&name.to_ascii_uppercase());
        let known =
            || Only::all().iter_names().map(|(name, _)| name.to_lowercase()).collect::<Vec<_>>().join(", ");
        Ok(only
            | list
                .ok_or_else(|| Error::usage(format!("a record has no list {name:?}; it has {}", known())))?)
    })
}

/// The record as the class `onrecord.Record`, which keeps the article for its display.
pub(crate) fn record<'py>(
    py: Python<'py>,
    record: &onrecord::Record,
    article: Bound<'py, PyString>,
) -> PyResult<Bound<'py, PyAny>> {
    static CLASS: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let class = CLASS
        .get_or_try_init(py, || PyResult::Ok(py.import("onrecord.record")?.getattr("Record")?.unbind()))?;
    class.bind(py).call1((dict(py, record)?, article))
}

impl Pipeline {
    /// How many claims texts have: the pipeline's work, and nothing of Python's.
    pub(crate) fn claims_of(&self, texts: Vec<String>) -> usize {
        let records = texts.into_iter().map(|text| self.pipeline.run(&Article::new("", text)));
        records.map(|record| record.claims.len()).sum()
    }
}

#[pymethods]
impl Pipeline {
    #[new]
    #[pyo3(signature = (rules=None, *, offsets="chars", with_text=false, only=None, any_language=false))]
    fn new(
        py: Python<'_>,
        rules: Option<PathBuf>,
        offsets: &str,
        with_text: bool,
        only: Option<Vec<String>>,
        any_language: bool,
    ) -> PyResult<Self> {
        let made = py.detach(|| {
            let only = only.as_deref().map(lists).transpose()?.unwrap_or_default();
            let options = Options { offsets: unit(offsets)?, with_text, only, any_language };
            let pipeline = match &rules {
                Some(folder) => onrecord::Pipeline::new(Lexicon::with_rules(folder)?),
                None => onrecord::Pipeline::default(),
            };
            Ok((pipeline.with_options(options), options))
        });
        let (pipeline, options) = made.map_err(|e| raise(py, &e))?;
        Ok(Self { pipeline, rules, options })
    }

    /// The version and a digest of the rules, as in every record's `engine`.
    #[getter]
    fn engine(&self) -> String {
        self.pipeline.engine()
    }

    fn __repr__(&self) -> String {
        let rules = self.rules.as_ref().map(|r| format!("rules={:?}, ", r.display().to_string()));
        format!(
            "Pipeline({}offsets='{}') # {}",
            rules.unwrap_or_default(),
            word(self.options.offsets),
            self.engine()
        )
    }

    fn __getnewargs_ex__<'py>(&self, py: Python<'py>) -> PyResult<(Bound<'py, PyTuple>, Bound<'py, PyDict>)> {
        let options = PyDict::new(py);
        options.set_item("offsets", word(self.options.offsets))?;
        options.set_item("with_text", self.options.with_text)?;
        let only: Vec<_> = self.options.only.iter_names().map(|(name, _)| name.to_lowercase()).collect();
        options.set_item("only", only)?;
        options.set_item("any_language", self.options.any_language)?;
        Ok((PyTuple::new(py, [&self.rules])?, options))
    }

    /// The record of one article. As `onrecord.extract`.
    #[pyo3(signature = (text, *, id=None, title=None, url=None, date=None, publisher=None, authors=None, language=None, extra=None))]
    #[allow(clippy::too_many_arguments)]
    fn extract<'py>(
        &self,
        py: Python<'py>,
        text: Bound<'py, PyString>,
        id: Option<Bound<'py, PyAny>>,
        title: Option<Bound<'py, PyAny>>,
        url: Option<Bound<'py, PyAny>>,
        date: Option<Bound<'py, PyAny>>,
        publisher: Option<Bound<'py, PyAny>>,
        authors: Option<Bound<'py, PyAny>>,
        language: Option<Bound<'py, PyAny>>,
        extra: Option<Bound<'py, PyMapping>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let mut fields = Map::new();
        fields.insert("text".to_owned(), Value::String(string(&text)?));
        let told = [
            ("id", id),
            ("title", title),
            ("url", url),
            ("date", date),
            ("publisher", publisher),
            ("authors", authors),
            ("language", language),
        ];
        for (name, value) in told {
            if let Some(value) = value {
                fields.insert(name.to_owned(), json(&value, 0)?);
            }
        }
        let extra = extra.map(|given| {
            let extra = PyDict::new(py);
            extra.update(&given)?;
            json(&extra, 0)
        });
        let extra = extra.transpose()?;
        let made = py.detach(|| {
            let mut article = Names::default().article(fields)?;
            if let Some(Value::Object(extra)) = extra {
                article.meta.extra = extra.into_iter().collect();
            }
            run(&self.pipeline, &article, |record| record.into_owned())
        });
        record(py, &made.map_err(|e| raise(py, &e))?, text)
    }

    /// The records of many articles, in their order, as they are asked for. As `onrecord.extract_many`.
    #[pyo3(signature = (articles, threads=None, *, text=None, id=None, fields=None, keep=Vec::new(), errors="raise"))]
    #[allow(clippy::too_many_arguments)]
    fn extract_many(
        &self,
        articles: &Bound<'_, PyAny>,
        threads: Option<usize>,
        text: Option<String>,
        id: Option<String>,
        fields: Option<BTreeMap<String, String>>,
        keep: Vec<String>,
        errors: &str,
    ) -> PyResult<Records> {
        let fields = Fields::new(text, id, fields, keep).map_err(|e| raise(articles.py(), &e))?;
        let threads = self::threads(threads).map_err(|e| raise(articles.py(), &e))?;
        Records::new(self.pipeline.clone(), articles, fields, threads, errors)
    }

    /// Of the names of columns, those that hold something of an article; no other needs to be sent here.
    #[pyo3(signature = (names, *, text=None, id=None, fields=None, keep=Vec::new()))]
    fn columns(
        &self,
        py: Python<'_>,
        names: Vec<String>,
        text: Option<String>,
        id: Option<String>,
        fields: Option<BTreeMap<String, String>>,
        keep: Vec<String>,
    ) -> PyResult<Vec<String>> {
        let fields = Fields::new(text, id, fields, keep).map_err(|e| raise(py, &e))?;
        Ok(names.into_iter().filter(|name| fields.names.wants(name)).collect())
    }

    /// The records of a batch or a stream, as Arrow. As `onrecord.extract_arrow`.
    #[pyo3(signature = (data, *, text=None, id=None, fields=None, keep=Vec::new(), table=None, errors="raise", threads=None))]
    #[allow(clippy::too_many_arguments)]
    fn extract_arrow<'py>(
        &self,
        data: &Bound<'py, PyAny>,
        text: Option<String>,
        id: Option<String>,
        fields: Option<BTreeMap<String, String>>,
        keep: Vec<String>,
        table: Option<&str>,
        errors: &str,
        threads: Option<usize>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let maker = || {
            Ok(Maker {
                pipeline: self.pipeline.clone(),
                fields: Fields::new(text, id, fields, keep)?,
                shape: Shape::named(table)?,
                failures: Failures::named(errors)?,
                threads: self::threads(threads)?,
            })
        };
        maker().map_err(|e| raise(data.py(), &e))?.convert(data)
    }
}
