//! How a run ends: the one place that knows exit codes.

use super::console;
use crate::error::{Error, ErrorKind};
use crate::output;
use std::io;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    /// Everything was done.
    Done = 0,
    /// It was done, but something differs or some article failed.
    Differs = 1,
    /// The call is wrong, or nothing could be done.
    Usage = 2,
    /// Interrupted: 128 and the signal's number.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// Why a run ended early.
#[derive(Debug)]
pub(super) enum Failure {
    /// To be told.
    Error(Error),
    /// Whoever read our output has had enough: no failure at all.
    BrokenPipe,
}

impl From<Error> for Failure {
    fn from(e: Error) -> Self {
        Self::Error(e)
    }
}

impl From<io::Error> for Failure {
    fn from(e: io::Error) -> Self {
        let remedy = match e.kind() {
            io::ErrorKind::BrokenPipe => return Self::BrokenPipe,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
                "; free some space, or write elsewhere; what was written to -o OUT can be gone on with by --resume"
            }
            _ => "; try another place",
        };
        Self::Error(Error::output(format!("the output cannot be written ({e}){remedy}")))
    }
}

/// What a command returns.
pub(super) type Done = Result<Exit, Failure>;

/// Tells what went wrong, if anything did, and returns the process's code.
pub(super) fn code(done: Done) -> ExitCode {
    let exit = match done {
        Ok(exit) => exit,
        Err(Failure::BrokenPipe) => Exit::Done,
        Err(Failure::Error(e)) => {
            console::error(&e.to_string());
            match e.kind() {
                ErrorKind::Input => Exit::Differs,
                _ => Exit::Usage,
            }
        }
    };
    exit.into()
}

/// Whether the run was asked to end: it finishes what is at work and saves how far it is.
pub(super) static STOP: AtomicBool = AtomicBool::new(false);
/// Whether there is a run that heeds [`STOP`].
pub(super) static HEEDED: AtomicBool = AtomicBool::new(false);

/// Lets the readers of others' formats fall over without a word: a damaged file makes them, and it is told as an error that
/// names the file. Whatever else falls is told in full.
pub(super) fn let_readers_fall() {
    const READERS: [&str; 2] = ["parquet-", "warc-"];
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |fall| {
        let at = fall.location().map_or("", |place| place.file());
        if !at.split(['/', '\\']).any(|folder| READERS.iter().any(|name| folder.starts_with(name))) {
            tell(fall);
        }
    }));
}

/// On Ctrl-C, and where a system or a scheduler asks the process to end (SIGTERM): a run ends in good order; a second
/// one, or where nothing heeds the first, ends it at once. No half file stays, and the code says why. That a terminal was
/// closed is left alone, as `nohup` decides that.
pub(super) fn on_interrupt() {
    // fails only where a handler stands already; then that one decides
    let _ = ctrlc::set_handler(interrupt);
    #[cfg(unix)]
    if let Ok(mut signals) = signal_hook::iterator::Signals::new([signal_hook::consts::SIGTERM]) {
        let wait = move || signals.forever().for_each(|_| interrupt());
        let _ = std::thread::Builder::new().name("signals".to_owned()).spawn(wait);
    }
}

fn interrupt() {
    if HEEDED.load(Ordering::SeqCst) && !STOP.swap(true, Ordering::SeqCst) {
        return;
    }
    output::remove_unfinished();
    console::note("interrupted; what was neither finished nor saved is removed");
    std::process::exit(Exit::Interrupted as i32);
}
