//! The command line: arguments → validated job → run; a command a file.
//!
//! Owns what a user meets: flags, messages, exit codes. Records go to standard output, everything else to standard
//! error. Leaves all reading of text to the library.

mod args;
mod check;
mod compare;
mod console;
mod copies;
mod counts;
mod diff;
mod eval;
mod exit;
mod explain;
mod extract;
mod ordered;
mod outputs;
mod read;
mod records;
mod report;
mod rules;
mod saved;
mod schema;
mod shell;
mod view;

use self::args::{Cli, Command};
use self::exit::Exit;
use clap::Parser;
use std::process::ExitCode;

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(e) => {
            // help and version go to standard output; that its reader is gone is no failure
            let _ = e.print();
            return if e.use_stderr() { Exit::Usage.into() } else { Exit::Done.into() };
        }
    };
    if let Some(color) = cli.global.color {
        color.apply();
    }
    exit::on_interrupt();
    exit::let_readers_fall();
    let global = &cli.global;
    let done = match &cli.command {
        Command::Extract(args) => extract::run(args, global),
        Command::Check(args) => check::run(args, global),
        Command::Diff(args) => diff::run(args, global),
        Command::Explain(args) => explain::run(args, global),
        Command::View(args) => view::run(args, global),
        Command::Report(args) => report::run(args, global),
        Command::Rules(command) => rules::run(command, global),
        Command::Schema(args) => schema::run(args),
        Command::Eval(args) => eval::run(args, global),
        Command::Completions { shell } => shell::completions(*shell),
        Command::Man(args) => shell::man(args),
    };
    exit::code(done)
}
