//! `foretell run --shard`.

use std::path::Path;
use std::process::ExitCode;

use super::args::RunArgs;
use super::changes::Changes;
use super::failure::Failure;
use super::files::reason;
use super::interrupt::Interrupt;
use super::load::load;
use super::progress::Progress;
use super::run::partial;
use super::terminal::Terminal;
use crate::diagnostic::Diagnostic;
use crate::report::number::{count, counted};
use crate::simulation::{Header, Rule, Shard, simulate_shard};

/// Makes a share of the draws and writes it to `path`.
///
/// # Errors
/// The file, the flags or the machine say no.
pub fn run(args: &RunArgs, shard: Shard, path: &Path, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let settings = args.sampling.settings();
    let Rule::Draws(draws) = settings.rule else { return Err(no_number()) };
    let scenario = load(&args.file, &Changes::of_run(args))?;
    let interrupt = Interrupt::listen();
    let mut header = Header {
        version: env!("CARGO_PKG_VERSION").into(),
        scenario: scenario.read_hash,
        overrides: Changes::of_run(args).to_lines(),
        seed: settings.seed,
        kind: settings.kind,
        draws,
        shard,
    };
    let plan = header.plan(&scenario.program, settings.threads);
    header.draws = plan.draws();
    let own = shard.draws(&plan);
    let progress = Progress::start(terminal, &interrupt.watch, own, true);
    let made =
        simulate_shard(&scenario.model, &scenario.program, &header, settings.threads, &interrupt.watch)?;
    drop(progress);
    interrupt.check()?;
    write(path, &made)?;
    let share = format!("{} of {}", counted(own, "draw"), count(plan.draws()));
    terminal.say(&format!("Shard {shard}, {share}, written to {}\n", path.display()));
    Ok(ExitCode::SUCCESS)
}

/// Writes the part beside `path` first, so that what is there under that name is whole.
fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let part = partial(path);
    let written = std::fs::write(&part.0, bytes).and_then(|()| std::fs::rename(&part.0, path));
    let hint = "name a file in a folder that can be written";
    written.map_err(|error| Failure::file("write", path, reason(&error), hint))
}

fn no_number() -> Failure {
    let message = "a shard needs a number of draws that is fixed beforehand";
    let hint = "give --draws N, the same for every shard, and leave --precision out";
    Failure::plain(Diagnostic::error("shard-draws", message).hint(hint))
}
