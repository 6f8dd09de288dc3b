//! Records on a terminal: what a terminal would obey is spelled as JSON spells it, `\u009b`, which means the same to
//! whoever reads the JSON. Files and pipes get the bytes as they are.
//!
//! Control characters below U+0020 are spelled so in any JSON; the others, U+007F to U+009F, and what turns the direction
//! of writing, only here.

use std::fmt::Write as _;
use std::io::{self, Write};

/// Writes text on a terminal.
pub(super) struct Tame<W> {
    out: W,
    /// a character of which the rest is still to come
    begun: Vec<u8>,
}

impl<W: Write> Tame<W> {
    pub(super) fn new(out: W) -> Self {
        Self { out, begun: Vec::new() }
    }
}

/// Whether a terminal would obey it: control characters but for line feeds and tabs, and what turns the direction of
/// writing or ends a line without a line feed.
pub(crate) fn is_obeyed(c: char) -> bool {
    (c.is_control() && !matches!(c, '\n' | '\t'))
        || matches!(c, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text with such characters spelled out.
fn spelled(text: &str, into: &mut String) {
    for c in text.chars() {
        if is_obeyed(c) {
            let _ = write!(into, "\\u{:04x}", c as u32);
        } else {
            into.push(c);
        }
    }
}

impl<W: Write> Write for Tame<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.begun.extend_from_slice(bytes);
        let mut text = String::with_capacity(self.begun.len());
        let mut rest = 0;
        for chunk in self.begun.utf8_chunks() {
            spelled(chunk.valid(), &mut text);
            rest += chunk.valid().len();
            let broken = chunk.invalid();
            let is_last = rest + broken.len() == self.begun.len();
            // a character that goes on in what is written next
            if is_last
                && matches!(std::str::from_utf8(&self.begun[rest..]), Err(e) if e.error_len().is_none())
            {
                break;
            }
            if !broken.is_empty() {
                text.push('\u{FFFD}');
            }
            rest += broken.len();
        }
        self.begun.drain(..rest);
        self.out.write_all(text.as_bytes())?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_terminal_obeys_is_spelled() {
        let text = "{\"a\":\"\u{9b}31m é “x” \u{202e}\u{7f}\u{2028} 雨\"}\n";
        let want = "{\"a\":\"\\u009b31m é “x” \\u202e\\u007f\\u2028 雨\"}\n";
        for size in 1..7 {
            let mut out = Vec::new();
            let mut tame = Tame::new(&mut out);
            text.as_bytes().chunks(size).for_each(|piece| tame.write_all(piece).unwrap());
            assert_eq!(String::from_utf8(out).unwrap(), want, "{size}");
        }
        let read = |json: &str| serde_json::from_str::<serde_json::Value>(json).unwrap();
        assert_eq!(read(text), read(want));
    }
}
