//! `foretell import`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::ImportArgs;
use super::failure::Failure;
use super::files::{self, Input, STANDARD_INPUT};
use super::inputs::Inputs;
use super::target::Target;
use super::terminal::Terminal;
use crate::diagnostic::{Diagnostic, SourceFile, Sources};
use crate::interchange::{self, Format, Network, scenario_text};
use crate::report::written::Written;

/// Writes a network of another program as a scenario file.
///
/// # Errors
/// The network can't be read or is not whole; the scenario file exists already, or can't be written.
pub fn import(args: &ImportArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let Input { name, stem, text, .. } = files::network(&args.file, args.from.map(Format::from))?;
    let sources = Sources::new(SourceFile::new(name, text));
    let file = sources.file();
    let format = args.from.map_or_else(|| Format::of(&file.name, &file.text), Format::from);
    let (network, found) = interchange::read(file, format);
    let Some(network) = network else { return Err(Failure::No(Box::new(sources), found)) };
    terminal.warn(&sources, &found);
    let scenario = scenario_text(&network, &origin(&args.file));
    let path = args.output.clone().unwrap_or_else(|| PathBuf::from(stem + ".toml"));
    let mut inputs = Inputs::default();
    inputs.add(&args.file);
    inputs.spare(terminal)?;
    let interrupt = terminal.listen();
    let target = Target::find(&path, &inputs)?;
    target.claim_output(terminal);
    if target.replaces() && !args.force {
        return Err(exists(&path));
    }
    target.write_bytes(scenario.as_bytes(), &interrupt)?;
    if !target.is_standard() {
        terminal.report(&written(&target.name(), &network), args.format)?;
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

fn exists(path: &Path) -> Failure {
    let message = format!("`{}` exists already and is not overwritten", path.display());
    let hint = "name another file with -o, or add --force to replace it";
    Failure::plain(Diagnostic::error("file", message).hint(hint))
}

fn written(name: &str, network: &Network) -> Written {
    let arcs = network.variables.iter().map(|one| one.parents.len()).sum();
    Written::network(name, network.variables.len(), arcs)
}
