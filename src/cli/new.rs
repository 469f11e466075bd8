//! `foretell new`.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::NewArgs;
use super::failure::Failure;
use super::files::reason;
use super::terminal::Terminal;

/// A scenario that teaches the format.
pub const TEMPLATE: &str = include_str!("template.toml");

/// Writes a scenario file to start from.
///
/// # Errors
/// The file exists, or can't be written.
pub fn new(args: &NewArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let path = path(&args.name);
    let hint = "choose another name, or a folder that exists and can be written";
    let refuse = |error: std::io::Error| Failure::file("write", &path, taken(&error), hint);
    let mut file = File::create_new(&path).map_err(refuse)?;
    file.write_all(TEMPLATE.as_bytes()).map_err(refuse)?;
    terminal.answer(&next(&path))?;
    Ok(ExitCode::SUCCESS)
}

/// The name with `.toml` behind it.
fn path(name: &Path) -> PathBuf {
    if name.extension().is_some_and(|ending| ending == "toml") {
        return name.into();
    }
    let mut whole = name.as_os_str().to_owned();
    whole.push(".toml");
    whole.into()
}

fn taken(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::AlreadyExists => "it exists already".into(),
        std::io::ErrorKind::NotFound => "no such folder".into(),
        _ => reason(error),
    }
}

fn next(path: &Path) -> String {
    let file = path.display();
    format!(
        "Wrote {file}: a small scenario about a budget, with comments.\n\
         \n\
         What to do next:\n\
         \x20 foretell check {file}    is it sound, and does it agree with what its source claims?\n\
         \x20 foretell run {file}      how probable is each outcome, and what drives it?\n\
         Then replace the budget by your own subject: outcomes first, then what drives them.\n"
    )
}
