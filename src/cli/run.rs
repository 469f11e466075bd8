//! `foretell run`.

use std::process::ExitCode;
use std::time::Instant;

use super::args::{Exactness, RunArgs};
use super::changes::Changes;
use super::doubts::{self, not_exact};
use super::draws;
use super::failure::Failure;
use super::interrupt::Interrupt;
use super::load::load;
use super::of;
use super::output;
use super::pages::{folder, print, report, write_files};
use super::progress::Progress;
use super::sampling::extent;
use super::shard;
use super::target::Target;
use super::terminal::Terminal;
use crate::analysis::run::{Asked, Run};
use crate::simulation::Settings;

/// Runs a scenario: prints the answer, and writes its folder.
///
/// # Errors
/// The file, the flags or the machine say no.
pub fn run(args: &RunArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let started = Instant::now();
    if let (Some(shard), Some(part)) = (args.shard, &args.part) {
        return shard::run(args, shard, part, terminal);
    }
    let changes = Changes::of_run(args);
    let interrupt = Interrupt::listen();
    let scenario = load(&args.file, &changes, &interrupt)?;
    of::check(&args.wanted.of, &scenario)?;
    let folder = folder(&args.pages, &args.wanted, &scenario)?;
    let draws_out = args.draws_out.as_deref().map(|path| Target::find(path, &scenario.inputs)).transpose()?;
    if let (Some(target), Some(folder)) = (&draws_out, &folder) {
        output::keep_apart(folder, target)?;
    }
    let terminal = &terminal.beside(draws_out.as_ref());
    let asked = scenario.compile(&changes, &interrupt.watch.limits())?;
    if args.sampling.exact == Exactness::Require && !asked.program().is_exact() {
        return Err(Failure::plain(not_exact()));
    }
    let settings = args.sampling.settings();
    let run = simulate(&asked, &settings, terminal, &interrupt)?;
    let warnings = doubts::of_run(&scenario, &run)?;
    let report = report(&scenario, &run, &settings, &warnings, &args.wanted, started);
    interrupt.check()?;
    interrupt.at_once(|| print(&report, &scenario, &warnings, args.pages.format, terminal))?;
    if let Some(target) = &draws_out {
        let columns = scenario.draw_columns(&changes, &interrupt.watch.limits())?;
        draws::write(target, &columns, &run.summary.plan, &interrupt)?;
        terminal.say(&format!("Draws written to {}\n", target.name()));
    }
    if let Some(folder) = &folder {
        write_files(&report, folder, &scenario, args.pages.no_charts, terminal, &interrupt)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn simulate(
    asked: &Asked,
    settings: &Settings,
    terminal: &Terminal,
    interrupt: &Interrupt,
) -> Result<Run, Failure> {
    let (most, fixed) = extent(settings.rule);
    let _progress = Progress::start(terminal, &interrupt.watch, most, fixed);
    Ok(asked.run(settings, &interrupt.watch)?)
}
