//! Two files of records → the pairs of one id, in the order in which they are complete.

use crate::cli::records::{Line, Lines};
use crate::error::{Error, Result};
use crate::input::fnv1a;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::VecDeque;

/// Records without a counterpart, and how many there are; of a great many the first few by name.
#[derive(Debug, Default)]
pub(super) struct Alone {
    /// How many.
    pub(super) n: usize,
    /// The ids of the first.
    pub(super) first: Vec<String>,
}

/// So many ids are kept.
const NAMED: usize = 1000;

impl Alone {
    fn add(&mut self, id: String) {
        self.n += 1;
        if self.first.len() < NAMED {
            self.first.push(id);
        }
    }
}

/// The records of one file that wait for those of the other.
#[derive(Default)]
struct Waiting {
    lines: FxHashMap<String, Line>,
    /// in the order in which they came; some are gone by now
    order: VecDeque<String>,
    bytes: usize,
    /// ids of those that waited too long
    given_up: FxHashSet<u64>,
    alone: Alone,
}

impl Waiting {
    fn take(&mut self, id: &str) -> Option<Line> {
        let line = self.lines.remove(id)?;
        self.bytes -= line.json.len();
        Some(line)
    }

    fn put(&mut self, line: Line, most: usize) {
        self.bytes += line.json.len();
        self.order.push_back(line.id.clone());
        self.lines.insert(line.id.clone(), line);
        while self.bytes > most
            && let Some(id) = self.order.pop_front()
        {
            if self.take(&id).is_some() {
                self.given_up.insert(fnv1a(0, id.bytes()));
                self.alone.add(id);
            }
        }
        // those that found their counterpart stand in the order still
        if self.order.len() > 2 * self.lines.len() + 64 {
            let lines = &self.lines;
            self.order.retain(|id| lines.contains_key(id));
        }
    }

    fn finish(mut self) -> Alone {
        while let Some(id) = self.order.pop_front() {
            if self.lines.remove(&id).is_some() {
                self.alone.add(id);
            }
        }
        self.alone
    }
}

/// The pairs of two files.
pub(super) struct Pairs<'a> {
    pub(super) old: Lines<'a>,
    pub(super) new: Lines<'a>,
    waiting: [Waiting; 2],
    /// so many bytes of either may wait
    most: usize,
    turn: usize,
    ended: [bool; 2],
}

impl<'a> Pairs<'a> {
    /// Of two files, of either of which `most` bytes may wait.
    pub(super) fn new(old: Lines<'a>, new: Lines<'a>, most: usize) -> Self {
        Self { old, new, waiting: Default::default(), most, turn: 1, ended: [false; 2] }
    }

    /// The next pair, the old one first.
    ///
    /// # Errors
    /// What cannot be read, an id that stands twice, files whose orders differ by more than may wait.
    pub(super) fn next(&mut self) -> Result<Option<(Line, Line)>> {
        while self.ended != [true; 2] {
            // line by line in turn, so that none waits where both are in the same order
            self.turn = 1 - self.turn;
            let (this, other) = (self.turn, 1 - self.turn);
            let file = if this == 0 { &mut self.old } else { &mut self.new };
            let Some(line) = file.next()? else {
                self.ended[this] = true;
                continue;
            };
            if self.waiting[this].lines.contains_key(&line.id) {
                let message =
                    format!("two records have the id {:?}; compare runs in which ids are unique", line.id);
                return Err(file.error(line.number, message));
            }
            if self.waiting[other].given_up.contains(&fnv1a(0, line.id.bytes())) {
                let message = format!(
                    "the counterpart of {:?} stands too far off: the files are in different orders; sort both by id, or \
                     let more wait by --hold",
                    line.id
                );
                return Err(file.error(line.number, message));
            }
            match self.waiting[other].take(&line.id) {
                Some(counterpart) if this == 0 => return Ok(Some((line, counterpart))),
                Some(counterpart) => return Ok(Some((counterpart, line))),
                None => self.waiting[this].put(line, self.most),
            }
        }
        Ok(None)
    }

    /// What has no counterpart, of the old and of the new.
    pub(super) fn alone(self) -> (Alone, Alone) {
        let [old, new] = self.waiting;
        (old.finish(), new.finish())
    }
}

impl Lines<'_> {
    fn error(&self, line: usize, message: String) -> Error {
        Error::usage(message).in_file(self.path()).at_line(line)
    }
}
