//! What is told on standard error: errors, notes, progress; and how text is made safe for a terminal.

use crate::error::Error;
use crate::output::terminal::is_obeyed;
use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::borrow::Cow;
use std::cell::Cell;
use std::fmt::Write as _;
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const BOLD: Style = Style::new().bold();
pub(super) const REMOVED: Style = AnsiColor::Red.on_default();
pub(super) const ADDED: Style = AnsiColor::Green.on_default();
pub(super) const CHANGED: Style = AnsiColor::Yellow.on_default();

/// Tells of an error.
pub(super) fn error(message: &str) {
    let _ = writeln!(anstream::stderr(), "{ERROR}error:{ERROR:#} {}", line(message));
}

/// Tells of something odd.
pub(super) fn warning(message: &str) {
    let _ = writeln!(anstream::stderr(), "{CHANGED}warning:{CHANGED:#} {}", line(message));
}

/// Tells something that is no error.
pub(super) fn note(message: &str) {
    let _ = writeln!(anstream::stderr(), "{DIM}{}{DIM:#}", line(message));
}

/// The text without anything that a terminal would obey: control characters become their visible pictures, and those
/// that turn the direction of writing or end a line without a line feed become U+FFFD. Line feeds and tabs stay. What a
/// workflow of GitHub Actions would take for a command in a log is parted by a space that has no width.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.contains(is_obeyed) {
        return without_commands(text);
    }
    let picture = |c: char| match c {
        c if !is_obeyed(c) => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}'),
        '\x7f' => '\u{2421}',
        _ => '\u{FFFD}',
    };
    let tamed: String = text.chars().map(picture).collect();
    Cow::Owned(without_commands(&tamed).into_owned())
}

/// A command stands at the beginning of a line, or anywhere in the older spelling.
fn without_commands(text: &str) -> Cow<'_, str> {
    let begins = |line: &str| line.trim_start().starts_with("::");
    if !text.contains("##[") && !(text.contains("::") && text.lines().any(begins)) {
        return Cow::Borrowed(text);
    }
    let part = |line: &str| if begins(line) { line.replacen("::", ":\u{200B}:", 1) } else { line.to_owned() };
    let parted: String = text.split_inclusive('\n').map(part).collect();
    Cow::Owned(parted.replace("##[", "#\u{200B}#["))
}

/// Such text on one line: a file's name or an article's id may hold line feeds, which would make a message of its own.
pub(super) fn line(text: &str) -> Cow<'_, str> {
    match plain(text) {
        text if !text.contains(['\n', '\t']) => text,
        text => Cow::Owned(text.replace('\n', " ⏎ ").replace('\t', " ")),
    }
}

/// How often a run that no terminal shows tells how far it is.
const EVERY: Duration = Duration::from_secs(30);

/// The progress of a run over many articles: a bar where a person watches, a line now and then elsewhere.
pub(super) struct Progress {
    bar: ProgressBar,
    bytes: Arc<AtomicU64>,
    total: u64,
    start: Instant,
    /// when the next line is due; none where a bar shows it, or nothing should
    next: Cell<Option<Instant>>,
}

impl Progress {
    /// For an input of `total` bytes (0 where not known), of which `bytes` counts those read.
    pub(super) fn new(total: u64, bytes: Arc<AtomicU64>, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        let terminal = std::io::stderr().is_terminal();
        if !quiet && terminal {
            bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(8));
        }
        let template = if total > 0 {
            "{bar:30} {bytes}/{total_bytes} {msg} {bytes_per_sec} {eta} left"
        } else {
            "{spinner} {bytes} {msg} {bytes_per_sec}"
        };
        bar.set_style(
            ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar()),
        );
        let start = Instant::now();
        Self { bar, bytes, total, start, next: Cell::new((!quiet && !terminal).then_some(start + EVERY)) }
    }

    /// Shows how far it is.
    pub(super) fn update(&self, articles: u64, errors: u64) {
        let read = self.bytes.load(Ordering::Relaxed);
        match self.next.get() {
            Some(next) => {
                let now = Instant::now();
                if now >= next {
                    self.next.set(Some(now + EVERY));
                    note(&self.line(articles, errors, read, now.duration_since(self.start).as_secs_f64()));
                }
            }
            None if self.bar.is_hidden() => {}
            None => {
                if self.total > 0 && self.bar.length().is_some_and(|l| l < read) {
                    self.bar.set_length(read);
                }
                self.bar.set_position(read);
                self.bar.set_message(match errors {
                    0 => format!("{articles} articles"),
                    _ => format!("{articles} articles, {errors} failed"),
                });
            }
        }
    }

    fn line(&self, articles: u64, errors: u64, read: u64, seconds: f64) -> String {
        let mb = read as f64 / 1e6;
        let mut line = format!("{articles} articles, {errors} failed, {mb:.0} MB, {:.1} MB/s", mb / seconds);
        if self.total > read && read > 0 {
            let left = (seconds * (self.total - read) as f64 / read as f64) as u64;
            let _ = write!(line, ", about {}:{:02}:{:02} left", left / 3600, left / 60 % 60, left % 60);
        }
        line
    }

    /// Tells of an error without breaking the bar.
    pub(super) fn error(&self, e: &Error) {
        self.bar.suspend(|| error(&e.to_string()));
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_tells_how_long_it_will_take() {
        let progress = |total| Progress::new(total, Arc::default(), true);
        assert_eq!(
            progress(4_000_000).line(10, 1, 1_000_000, 2.0),
            "10 articles, 1 failed, 1 MB, 0.5 MB/s, about 0:00:06 left"
        );
        assert_eq!(progress(0).line(10, 0, 3_000_000, 2.0), "10 articles, 0 failed, 3 MB, 1.5 MB/s");
    }

    #[test]
    fn no_control_character_reaches_the_terminal() {
        assert_eq!(plain("a\x1b[31mb\u{9b}1m\u{202e}c\r\n\td\x7f"), "a␛[31mb\u{FFFD}1m\u{FFFD}c␍\n\td␡");
        assert!(matches!(plain("Größe — “x”: 1"), Cow::Borrowed(_)));
        assert_eq!(plain("\n ::error::x\x1b"), "\n :\u{200B}:error::x␛");
        assert_eq!(line("a.txt\nerror: no"), "a.txt ⏎ error: no");
    }
}
