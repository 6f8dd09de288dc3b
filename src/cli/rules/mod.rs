//! `onrecord rules`: what can fire and why, and whether a folder of one's own rules is sound.

mod check;
mod list;
mod schema;
mod show;

use super::args::{Global, RulesCommand};
use super::exit::{Done, Exit};
use std::io::Write as _;

/// Runs the command.
pub(super) fn run(command: &RulesCommand, global: &Global) -> Done {
    let text = match command {
        RulesCommand::List { format } => list::list(*format),
        RulesCommand::Show { id } => show::show(id, global)?,
        RulesCommand::Check { folder, strict } => return check::check(folder, *strict, global),
        RulesCommand::Schema { file, output, format } => match output {
            Some(folder) => return schema::write(file.as_deref(), folder, global),
            None => schema::print(file.as_deref(), *format)?,
        },
    };
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Done)
}
