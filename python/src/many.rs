//! An iterator over articles → an iterator over their records, in the same order, made by several threads.
//!
//! Lazy: an article is drawn when a record is asked for, and no more are on their way than [`AHEAD`] a thread. The
//! caller's thread draws articles and makes Python objects; the workers need no interpreter.

use crate::article::Fields;
use crate::error::raise;
use crate::pipeline::record;
use crate::work::{TICK, run};
use onrecord::{Article, Error, Pipeline, Record, Result};
use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyIterator, PyString};
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};

/// How many articles a thread may be ahead of whoever takes the records.
const AHEAD: usize = 16;

const ENDED: &str =
    "the threads that read articles have ended, or could not be started; call extract_many again, with fewer";

/// An article's text beside what became of it.
type Outcome = (String, Result<Record>);

/// Records, one after the other. After one that raised, it can be gone on with.
#[pyclass(frozen, module = "onrecord")]
pub(crate) struct Records {
    articles: Py<PyIterator>,
    fields: Fields,
    returns_errors: bool,
    threads: usize,
    pipeline: Pipeline,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    crew: Option<Crew>,
    /// the number of the next article to be drawn, and of the next record to be handed over
    drawn: u64,
    taken: u64,
    waiting: BTreeMap<u64, Drawn>,
    ended: bool,
}

/// What came of drawing an article.
enum Drawn {
    Done(Box<Outcome>),
    /// it is none, or drawing it raised
    Raised(PyErr),
}

/// The workers, which end when the sender is dropped.
struct Crew {
    articles: Sender<(u64, Article)>,
    outcomes: Receiver<(u64, Box<Outcome>)>,
    /// the process that they work in; one that is forked from it has none of them
    process: u32,
}

impl Crew {
    fn new(threads: usize, pipeline: &Pipeline) -> Self {
        let (articles, work) = channel::<(u64, Article)>();
        let (done, outcomes) = channel();
        let work = Arc::new(Mutex::new(work));
        for _ in 0..threads {
            let (work, done, pipeline) = (work.clone(), done.clone(), pipeline.clone());
            let work = move || {
                loop {
                    let next = work.lock().unwrap_or_else(PoisonError::into_inner).recv();
                    let Ok((number, article)) = next else { return };
                    let record = run(&pipeline, &article, |record| record.into_owned());
                    if done.send((number, Box::new((article.text, record)))).is_err() {
                        return;
                    }
                }
            };
            // where the system has no room for another thread, those that there are do it; that there is none is told
            // when the first article is handed over
            if std::thread::Builder::new().spawn(work).is_err() {
                break;
            }
        }
        Self { articles, outcomes, process: std::process::id() }
    }
}

impl Records {
    pub(crate) fn new(
        pipeline: Pipeline,
        articles: &Bound<'_, PyAny>,
        fields: Fields,
        threads: usize,
        errors: &str,
    ) -> PyResult<Self> {
        let returns_errors = match errors {
            "raise" => false,
            "return" => true,
            _ => {
                let message = format!("errors={errors:?} means nothing; say \"raise\" or \"return\"");
                return Err(raise(articles.py(), &Error::usage(message)));
            }
        };
        if articles.is_instance_of::<PyString>() {
            return Err(PyTypeError::new_err(
                "many articles are an iterable of them; this is one str: put it in a list",
            ));
        }
        let articles = articles.try_iter()?.unbind();
        Ok(Self { articles, fields, returns_errors, threads, pipeline, state: Mutex::default() })
    }

    /// Draws an article and gives it to the workers.
    fn draw(&self, py: Python<'_>, state: &mut State) {
        let Some(item) = self.articles.bind(py).clone().next() else {
            state.ended = true;
            return;
        };
        let number = state.drawn;
        state.drawn += 1;
        let raised = match item.and_then(|item| self.fields.of_item(&item)) {
            Ok(Ok(article)) => {
                let crew = state.crew.get_or_insert_with(|| Crew::new(self.threads, &self.pipeline));
                if crew.articles.send((number, article)).is_ok() {
                    return;
                }
                raise(py, &Error::input(ENDED))
            }
            Ok(Err(e)) => raise(py, &e),
            Err(e) => e,
        };
        state.waiting.insert(number, Drawn::Raised(raised));
    }

    /// Waits until something is done; says so where nothing will be.
    fn wait(py: Python<'_>, state: &mut State) -> PyResult<()> {
        let Some(crew) = state.crew.take() else { return Ok(()) };
        let (crew, got) = py.detach(|| {
            let got = crew.outcomes.recv_timeout(TICK);
            (crew, got)
        });
        match got {
            Ok((number, outcome)) => {
                state.waiting.insert(number, Drawn::Done(outcome));
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => {
                return Err(raise(py, &Error::input(ENDED)));
            }
        }
        for (number, outcome) in crew.outcomes.try_iter() {
            state.waiting.insert(number, Drawn::Done(outcome));
        }
        state.crew = Some(crew);
        py.check_signals()
    }
}

#[pymethods]
impl Records {
    fn __iter__(slf: PyRef<'_, Self>) -> PyRef<'_, Self> {
        slf
    }

    fn __next__<'py>(&self, py: Python<'py>) -> PyResult<Option<Bound<'py, PyAny>>> {
        // drawing runs the caller's code, which may ask for the next record itself, or do so on another thread
        let Ok(mut state) = self.state.try_lock() else {
            return Err(raise(
                py,
                &Error::usage("these records are being taken elsewhere; each extract_many has one reader"),
            ));
        };
        let state = &mut *state;
        if state.crew.as_ref().is_some_and(|crew| crew.process != std::process::id()) {
            let message = "this process was forked while the records were made, and their threads stayed behind; call extract_many here";
            return Err(raise(py, &Error::usage(message)));
        }
        let most = (self.threads * AHEAD) as u64;
        // at least one, so that the workers stay ahead of a reader that works on each record
        let mut is_first = true;
        while !state.ended
            && state.drawn - state.taken < most
            && (is_first || !state.waiting.contains_key(&state.taken))
        {
            is_first = false;
            self.draw(py, state);
            if let Some(crew) = &state.crew {
                let done = crew.outcomes.try_iter().map(|(number, outcome)| (number, Drawn::Done(outcome)));
                state.waiting.extend(done);
            }
        }
        loop {
            if let Some(drawn) = state.waiting.remove(&state.taken) {
                state.taken += 1;
                let made = match drawn {
                    Drawn::Raised(e) => Err(e),
                    Drawn::Done(outcome) => {
                        let (text, made) = *outcome;
                        made.map_err(|e| raise(py, &e))
                            .and_then(|made| record(py, &made, text.into_pyobject(py)?))
                    }
                };
                return match made {
                    Err(e) if self.returns_errors => Ok(Some(e.into_value(py).into_bound(py).into_any())),
                    made => made.map(Some),
                };
            }
            if state.ended && state.taken == state.drawn {
                state.crew = None;
                return Ok(None);
            }
            Self::wait(py, state)?;
        }
    }
}
