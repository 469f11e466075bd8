//! `foretell run`.

use std::process::ExitCode;
use std::time::Instant;

use super::args::RunArgs;
use super::draws::DrawsOut;
use super::failure::Failure;
use super::output;
use super::pages::{self, Names, check_folder_of_run, folder_of_run};
use super::progress::Progress;
use super::sampling::extent;
use super::scenario::Opened;
use super::shard;
use super::terminal::Terminal;

/// Runs a scenario: prints the answer, and writes its folder.
///
/// # Errors
/// The file, the flags or the machine say no.
pub fn run(args: &RunArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let started = Instant::now();
    if let (Some(shard), Some(part)) = (&args.shard, &args.part) {
        return shard::run(args, shard, part, terminal);
    }
    let interrupt = terminal.listen();
    let opened = Opened::read(&args.file, &interrupt, terminal)?;
    let (case, inputs) = opened.case(&args.changes(), terminal)?;
    let of = case.named("--of", &args.wanted.of)?;
    let folder = folder_of_run(&args.pages, &opened.stem)?;
    if let Some(folder) = &folder {
        let has_bars = args.wanted.of.is_empty() && !case.model.outcomes.is_empty();
        check_folder_of_run(folder, &args.pages, has_bars, &inputs)?;
    }
    let draws_out = args.draws_out.as_deref().map(|path| DrawsOut::find(path, &inputs)).transpose()?;
    if let (Some(draws), Some(folder)) = (&draws_out, &folder) {
        output::keep_apart(folder, &draws.target)?;
    }
    draws_out.iter().for_each(|draws| draws.target.claim_output(terminal));
    let settings = args.sampling.settings();
    let question = args.question(&case, of);
    let round = case.round(&question, &settings)?;
    case.allow(round.program().is_exact())?;
    let (most, fixed) = extent(settings.rule);
    if !round.program().is_exact() {
        args.sampling.tell_fewest(terminal);
    }
    args.sampling.limit(&interrupt.watch);
    let progress = Progress::start(terminal, &interrupt.watch, most, fixed);
    let answered = round.draw().map_err(|failure| case.refusal(failure))?;
    drop(progress);
    let plan = answered.course.plan;
    let answer = case.conclude(answered, &settings)?.timed(Some(started.elapsed().as_secs_f64()));
    interrupt.check()?;
    interrupt.at_once(|| pages::print(&answer, &case, args.pages.format, terminal))?;
    if let Some(draws) = &draws_out {
        draws.write(&case, (&settings, &plan), &answer.facts, &interrupt)?;
        terminal.say(&format!("Draws written to {}\n", draws.target.name()));
    }
    if let Some(folder) = &folder {
        let kept = (folder.as_path(), &Names::of_run());
        pages::write(answer, kept, !args.pages.no_charts, &inputs, terminal, &interrupt)?;
    }
    Ok(ExitCode::SUCCESS)
}
