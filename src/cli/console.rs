//! What is told on standard error: errors, notes, progress; and how text is made safe for a terminal.

use crate::error::Error;
use anstyle::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::borrow::Cow;
use std::io::{IsTerminal, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

const ERROR: Style = AnsiColor::Red.on_default().bold();
pub(super) const DIM: Style = Style::new().dimmed();
pub(super) const BOLD: Style = Style::new().bold();
pub(super) const REMOVED: Style = AnsiColor::Red.on_default();
pub(super) const ADDED: Style = AnsiColor::Green.on_default();
pub(super) const CHANGED: Style = AnsiColor::Yellow.on_default();

/// Tells of an error.
pub(super) fn error(message: &str) {
    let _ = writeln!(anstream::stderr(), "{ERROR}error:{ERROR:#} {}", plain(message));
}

/// Tells something that is no error.
pub(super) fn note(message: &str) {
    let _ = writeln!(anstream::stderr(), "{DIM}{}{DIM:#}", plain(message));
}

/// The text without anything that a terminal would obey: control characters become their visible pictures, and those
/// that turn the direction of writing become U+FFFD. Line feeds and tabs stay.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    let obeyed = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t'))
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
    };
    if !text.contains(obeyed) {
        return Cow::Borrowed(text);
    }
    let picture = |c: char| match c {
        c if !obeyed(c) => c,
        '\0'..='\x1f' => char::from_u32(0x2400 + c as u32).unwrap_or('\u{FFFD}'),
        '\x7f' => '\u{2421}',
        _ => '\u{FFFD}',
    };
    Cow::Owned(text.chars().map(picture).collect())
}

/// The progress of a run over many articles: a bar where a person watches, nothing elsewhere.
pub(super) struct Progress {
    bar: ProgressBar,
    bytes: Arc<AtomicU64>,
    sized: bool,
}

impl Progress {
    /// For an input of `total` bytes (0 where not known), of which `bytes` counts those read.
    pub(super) fn new(total: u64, bytes: Arc<AtomicU64>, quiet: bool) -> Self {
        let bar = ProgressBar::with_draw_target(Some(total), ProgressDrawTarget::hidden());
        if !quiet && std::io::stderr().is_terminal() {
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
        Self { bar, bytes, sized: total > 0 }
    }

    /// Shows how far it is.
    pub(super) fn update(&self, articles: u64) {
        let read = self.bytes.load(Ordering::Relaxed);
        if self.sized && self.bar.length().is_some_and(|l| l < read) {
            self.bar.set_length(read);
        }
        self.bar.set_position(read);
        self.bar.set_message(format!("{articles} articles"));
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
    fn no_control_character_reaches_the_terminal() {
        assert_eq!(plain("a\x1b[31mb\u{9b}1m\u{202e}c\r\n\td\x7f"), "a␛[31mb\u{FFFD}1m\u{FFFD}c␍\n\td␡");
        assert!(matches!(plain("Größe — “x”"), Cow::Borrowed(_)));
    }
}
