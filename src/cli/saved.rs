//! How far a run is, beside its output as `OUT.resume`: what `--resume` goes on from.
//!
//! It is written after the output up to there is on the disk, and replaced whole, so that at any moment it speaks of
//! bytes that are there. It is gone when the run is done.

use super::counts::Counts;
use crate::error::{Error, Result};
use crate::input::{File, fnv1a};
use crate::output::{Destination, Out, beside};
use crate::whole;
use serde::{Deserialize, Serialize};
use std::io::Write;
use std::path::{Path, PathBuf};

/// Where in the input a run is: what lies before has been put.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct Place {
    /// Which file, counted from 1; 0 is what could not be looked into.
    pub(super) file: usize,
    /// How many of its articles, those that failed included.
    pub(super) articles: u64,
}

/// How far a run is.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Saved {
    engine: String,
    /// what the call asks for, as far as it is seen in the output
    call: String,
    /// a digest of names and sizes
    inputs: String,
    pub(super) place: Place,
    /// as the sink said it
    pub(super) output: u64,
    /// the length of the file of errors
    pub(super) errors: u64,
    pub(super) counts: Counts,
    /// everything was put: only the names are missing
    pub(super) done: bool,
}

impl Saved {
    /// The start of a run.
    pub(super) fn start(engine: String, call: String, files: &[File]) -> Self {
        let bytes = files.iter().flat_map(|file| {
            let name = file.place.name().into_os_string().into_encoded_bytes();
            name.into_iter().chain(file.size.to_le_bytes()).chain([0])
        });
        let digest = fnv1a(0, bytes);
        Self { engine, call, inputs: format!("{digest:016x}"), ..Self::default() }
    }

    fn path(output: &Path) -> PathBuf {
        beside(output, ".resume")
    }

    /// Where an earlier run of the same call was ended; none where none was.
    ///
    /// # Errors
    /// A usage error where it was another call, other inputs, another version or other rules.
    pub(super) fn find(&self, output: &Path) -> Result<Option<Self>> {
        let path = Self::path(output);
        let text = match whole::read(&path, whole::RULES) {
            Ok(text) => text,
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(e) => {
                let message = format!("cannot be read ({e}); begin anew without --resume");
                return Err(Error::usage(message).in_file(&path));
            }
        };
        let other = |what: String| {
            Err(Error::usage(format!(
                "{what}; begin anew without --resume, or leave it to a call like the first"
            ))
            .in_file(&path))
        };
        let Ok(saved) = serde_json::from_str::<Self>(&text) else {
            return other("is no state of a run".to_owned());
        };
        if saved.engine != self.engine {
            return other(format!("was left by onrecord {}, and this is {}", saved.engine, self.engine));
        }
        if saved.call != self.call {
            return other("was left by a call with other options".to_owned());
        }
        if saved.inputs != self.inputs {
            return other("was left by a call with other inputs, or they have changed".to_owned());
        }
        Ok(Some(saved))
    }

    /// Writes it beside the output.
    pub(super) fn write(&self, output: &Path) -> std::io::Result<()> {
        let json = serde_json::to_string_pretty(self).unwrap_or_default();
        let mut out: Out = Destination::Path(Self::path(output)).open(None).map_err(std::io::Error::other)?;
        out.write_all(json.as_bytes())?;
        out.finish()
    }

    /// Removes what an earlier run left beside the output.
    pub(super) fn remove(output: &Path) {
        let _ = std::fs::remove_file(Self::path(output));
    }
}
