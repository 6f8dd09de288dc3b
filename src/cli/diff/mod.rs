//! `onrecord diff`: two runs over a corpus, article by article.
//!
//! Both files are read side by side. A record waits for its counterpart no longer than the files differ in order, so
//! that runs over the same inputs compare in bounded memory, whatever their size.

mod pairs;
mod tally;

use self::pairs::Pairs;
use self::tally::Tally;
use super::args::{DiffArgs, DiffFormat, Global};
use super::compare::compare;
use super::console;
use super::exit::{Done, Exit};
use super::records::Lines;
use std::io::Write;

/// Runs the command.
pub(super) fn run(args: &DiffArgs, global: &Global) -> Done {
    let mut pairs = Pairs::new(Lines::open(&args.old)?, Lines::open(&args.new)?, args.hold);
    let mut tally = Tally::new(args.samples);
    while let Some((old, new)) = pairs.next()? {
        tally.both += 1;
        // the same to the letter: not worth reading
        if old.json == new.json {
            continue;
        }
        let (expected, actual) = (pairs.old.value(&old)?, pairs.new.value(&new)?);
        let text = expected["text"].as_str().or(actual["text"].as_str());
        let text = text.filter(|_| expected["offsets"] == "chars" && actual["offsets"] == "chars");
        tally.add(&old.id, compare(&expected, &actual, text, args.margin));
    }
    let (only_old, only_new) = pairs.alone();
    tally.only_old = only_old;
    tally.only_new = only_new;
    let text = match args.format {
        DiffFormat::Human => tally.human(),
        DiffFormat::Json => tally.json(),
    };
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    if !global.quiet {
        console::note(&tally.closing());
    }
    Ok(if tally.is_clean() { Exit::Done } else { Exit::Differs })
}
