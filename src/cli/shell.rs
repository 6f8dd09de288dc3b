//! `onrecord completions` and `onrecord man`: what a shell and `man` need, made from the arguments' own table.

use super::args::{Cli, ManArgs};
use super::exit::{Done, Exit};
use crate::error::Error;
use clap::CommandFactory;
use clap_complete::Shell;
use std::io::Write;

/// Runs `completions`.
pub(super) fn completions(shell: Shell) -> Done {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "onrecord", &mut script);
    write(&script)
}

/// Runs `man`: the main page on standard output, or a page for each command into a folder.
pub(super) fn man(args: &ManArgs) -> Done {
    let command = Cli::command();
    if let Some(folder) = &args.output {
        std::fs::create_dir_all(folder)
            .and_then(|()| clap_mangen::generate_to(command, folder))
            .map_err(|e| Error::usage(format!("cannot be written ({e}); name a folder")).in_file(folder))?;
        return Ok(Exit::Done);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    write(&page)
}

fn write(bytes: &[u8]) -> Done {
    let mut out = std::io::stdout().lock();
    out.write_all(bytes)?;
    out.flush()?;
    Ok(Exit::Done)
}
