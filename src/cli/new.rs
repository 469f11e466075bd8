//! `foretell new`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::NewArgs;
use super::failure::{self, Failure};
use super::files::STANDARD_INPUT;
use super::inputs::Inputs;
use super::target::Target;
use super::terminal::Terminal;
use crate::report::written::Written;

/// A scenario that teaches the format.
pub const TEMPLATE: &str = include_str!("template.toml");

/// Writes a scenario file to start from.
///
/// # Errors
/// The file exists, or can't be written.
pub fn new(args: &NewArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let path = path(&args.name);
    let interrupt = terminal.listen();
    let target = Target::find(&path, &Inputs::default())?;
    if target.replaces() {
        let hint = "choose another name: what is there is never replaced";
        return Err(failure::file("write", &path, "it exists already", hint));
    }
    target.claim_output(terminal);
    target.write_bytes(TEMPLATE.as_bytes(), &interrupt)?;
    if target.is_standard() {
        return Ok(ExitCode::SUCCESS);
    }
    let written = Written::template(path.display().to_string());
    terminal.report(&written, args.format)?;
    Ok(ExitCode::SUCCESS)
}

/// The name with `.toml` behind it; that of standard output as it is.
fn path(name: &Path) -> PathBuf {
    if name.as_os_str() == STANDARD_INPUT || name.extension().is_some_and(|ending| ending == "toml") {
        return name.into();
    }
    let mut whole = name.as_os_str().to_owned();
    whole.push(".toml");
    whole.into()
}
