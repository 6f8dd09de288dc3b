//! Python with the packages that the tests need, in `target/venv`; made once, where it can be.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

const PACKAGES: [&str; 3] = ["duckdb", "polars", "warcio"];

/// The interpreter; none where there is no Python, or no package registry, which is said.
#[allow(clippy::print_stderr)]
pub(super) fn python() -> Option<&'static Path> {
    static PYTHON: OnceLock<Option<PathBuf>> = OnceLock::new();
    PYTHON
        .get_or_init(|| {
            let target = Path::new(env!("CARGO_TARGET_TMPDIR")).parent()?;
            let python = target.join("venv/bin/python");
            let runs = |command: &mut Command| command.output().is_ok_and(|out| out.status.success());
            let imports = format!("import {}", PACKAGES.join(", "));
            let ready = || runs(Command::new(&python).args(["-c", &imports]));
            if !ready() {
                let _ = runs(Command::new("python3").args(["-m", "venv"]).arg(target.join("venv")))
                    && runs(Command::new(&python).args(["-m", "pip", "install", "-q"]).args(PACKAGES));
            }
            if ready() {
                return Some(python);
            }
            eprintln!("skipped: no python3 with venv and {} is to be had", PACKAGES.join(", "));
            None
        })
        .as_deref()
}

/// What a script prints, run in a folder; it must end well.
pub(super) fn script(folder: &Path, script: &str, args: &[&str]) -> Option<String> {
    let output =
        Command::new(python()?).arg("-c").arg(script).args(args).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Some(String::from_utf8(output.stdout).unwrap())
}
