//! `foretell import`.

use std::fs::File;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::ImportArgs;
use super::failure::Failure;
use super::files::{self, Input, STANDARD_INPUT, reason};
use super::terminal::Terminal;
use crate::diagnostic::{Diagnostic, SourceFile, Sources};
use crate::interchange::{self, Network, scenario_text};

/// Writes a network of another program as a scenario file.
///
/// # Errors
/// The network can't be read or is not whole; the scenario file exists already, or can't be written.
pub fn import(args: &ImportArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let Input { name, stem, text, .. } = files::network(&args.file)?;
    let sources = Sources::new(SourceFile::new(name, text));
    let (network, found) = interchange::read(sources.file());
    let Some(network) = network else { return Err(Failure::No(Box::new(sources), found)) };
    terminal.warn(&sources, &found);
    let scenario = scenario_text(&network, &origin(&args.file));
    let path = args.output.clone().unwrap_or_else(|| PathBuf::from(stem + ".toml"));
    if path.as_os_str() == STANDARD_INPUT {
        terminal.answer(&scenario)?;
    } else {
        write(&path, &scenario, args.force)?;
        terminal.answer(&done(&path, &network))?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What the written file calls the network's file: its name without folders, the same wherever it is imported from.
fn origin(path: &Path) -> String {
    match path.file_name() {
        Some(name) if name != STANDARD_INPUT => name.to_string_lossy().into_owned(),
        _ => "standard input".into(),
    }
}

fn write(path: &Path, text: &str, force: bool) -> Result<(), Failure> {
    let file = if force { File::create(path) } else { File::create_new(path) };
    let written = file.and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => exists(path),
        ErrorKind::NotFound => Failure::file("write", path, "no such folder", FOLDER),
        _ => Failure::file("write", path, reason(&error), FOLDER),
    })
}

const FOLDER: &str = "name a file in a folder that exists and can be written with -o, or -o - to print it";

fn exists(path: &Path) -> Failure {
    let message = format!("`{}` exists already and is not overwritten", path.display());
    let hint = "name another file with -o, or add --force to replace it";
    Failure::plain(Diagnostic::error("file", message).hint(hint))
}

fn done(path: &Path, network: &Network) -> String {
    let variables = network.variables.len();
    let arcs: usize = network.variables.iter().map(|one| one.parents.len()).sum();
    format!(
        "Wrote {}: {variables} variable{}, {arcs} arc{}.\n",
        path.display(),
        if variables == 1 { "" } else { "s" },
        if arcs == 1 { "" } else { "s" },
    )
}
