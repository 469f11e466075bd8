//! `foretell run`.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use super::args::{Exactness, Format, Pages, RunArgs};
use super::changes::Changes;
use super::failure::Failure;
use super::files::reason;
use super::interrupt::Interrupt;
use super::load::{Loaded, load};
use super::only;
use super::output::{self, Files};
use super::progress::Progress;
use super::sampling::extent;
use super::shard;
use super::terminal::{STYLE, Terminal};
use super::variants;
use crate::analysis::drivers;
use crate::chart::{ChartError, draw};
use crate::diagnostic::Diagnostic;
use crate::model::Model;
use crate::report::number::{count, general};
use crate::report::{Context, Report, compose, csv, figures, json, markdown, text};
use crate::simulation::{self, DrawSink, Learned, Run, Settings, VoidSummary};

/// Runs a scenario: prints the answer, and writes its folder.
///
/// # Errors
/// The file, the flags or the machine say no.
pub fn run(args: &RunArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let started = Instant::now();
    if let (Some(shard), Some(part)) = (args.shard, &args.part) {
        return shard::run(args, shard, part, terminal);
    }
    let mut scenario = load(&args.file, &Changes::of_run(args))?;
    let interrupt = Interrupt::listen();
    let settings = args.sampling.settings();
    if args.sampling.exact == Exactness::Require && !scenario.program.is_exact() {
        return Err(Failure::plain(not_exact()));
    }
    only::check(&args.of, &scenario.model)?;
    let run = simulate(&scenario, &settings, terminal, &interrupt)?;
    let report = report(&mut scenario, &run, &settings, started)?;
    let report = only::select(report, &args.of);
    interrupt.check()?;
    print(&report, &scenario, args.pages.format, terminal)?;
    if let Some(path) = &args.draws_out {
        write_draws(path, &scenario, &run, &interrupt)?;
        terminal.say(&format!("Draws written to {}\n", path.display()));
    }
    write_files(&report, &scenario.stem, &args.pages, terminal, &interrupt)?;
    Ok(ExitCode::SUCCESS)
}

fn simulate(
    scenario: &Loaded,
    settings: &Settings,
    terminal: &Terminal,
    interrupt: &Interrupt,
) -> Result<Run, Failure> {
    let (most, fixed) = extent(settings.rule);
    let _progress = Progress::start(terminal, &interrupt.watch, most, fixed);
    Ok(simulation::simulate(&scenario.model, &scenario.program, settings, &interrupt.watch)?)
}

/// What a run found, after what the reader should know has been added to the warnings.
///
/// # Errors
/// Too many void draws.
pub(super) fn report(
    scenario: &mut Loaded,
    run: &Run,
    settings: &Settings,
    started: Instant,
) -> Result<Report, Failure> {
    note(scenario, run)?;
    let drivers = drivers::find(&scenario.model, &scenario.program, run);
    let context = Context {
        sources: &scenario.sources,
        settings,
        chosen: &scenario.chosen,
        overrides: &scenario.set,
        given: &scenario.given,
        variants: &variants::reports(scenario, run),
        file_hash: &scenario.file_hash,
        elapsed_seconds: Some(started.elapsed().as_secs_f64()),
        warnings: &scenario.warnings,
    };
    Ok(compose(&scenario.model, &scenario.program, run, drivers, &context))
}

/// Shows warnings and the answer.
///
/// # Errors
/// Standard output can't be written.
pub(super) fn print(
    report: &Report,
    scenario: &Loaded,
    format: Format,
    terminal: &Terminal,
) -> Result<(), Failure> {
    terminal.warn(&scenario.sources, &scenario.warnings);
    terminal.answer(&answer(report, format, terminal))
}

fn answer(report: &Report, format: Format, terminal: &Terminal) -> String {
    match format {
        Format::Text => text::render(report, terminal.detail, STYLE),
        Format::Json => json::render(report),
        Format::Csv => csv::render(report),
        Format::Markdown => markdown::render(report),
    }
}

// What the reader should know.

/// Adds what happened in the run to the warnings.
///
/// # Errors
/// Too many void draws, or too few that what was learned leaves.
fn note(scenario: &mut Loaded, run: &Run) -> Result<(), Failure> {
    note_void(scenario, &run.summary.void, run.summary.plan.draws())?;
    if let Some(learned) = run.summary.learned.filter(Learned::is_too_rare) {
        return Err(Failure::about(
            scenario.sources.clone(),
            too_rare(&scenario.model, learned.effective_draws),
        ));
    }
    variants::check_learned(scenario, run)?;
    if !run.reached {
        scenario.warnings.push(not_reached(run.summary.plan.draws()));
    }
    Ok(())
}

/// Adds a warning about void draws, if there are any.
///
/// # Errors
/// Too many of them.
pub(super) fn note_void(scenario: &mut Loaded, void: &VoidSummary, draws: u64) -> Result<(), Failure> {
    if void.draws == 0 {
        return Ok(());
    }
    let refused = void.share(draws) > VoidSummary::MOST;
    let message = void_draws(void, draws, refused);
    if refused {
        return Err(Failure::about(scenario.sources.clone(), message));
    }
    scenario.warnings.push(message);
    Ok(())
}

/// Draws that gave no number, with the place and an example.
fn void_draws(void: &VoidSummary, draws: u64, refused: bool) -> Diagnostic {
    let number = format!("{} of {} draws gave no number", count(void.draws), count(draws));
    let mut message = match refused {
        true => Diagnostic::error("void-draws", format!("{number}: too many for an answer")),
        false => Diagnostic::warning("void-draws", format!("{number} and were left out")),
    };
    if let Some(place) = void.place {
        message = message.at(place, "no finite number here");
    }
    let example: Vec<String> =
        void.example.iter().map(|(name, value)| format!("{name} = {}", general(*value))).collect();
    if !example.is_empty() {
        message = message.hint(format!("it happens with {}", example.join(", ")));
    }
    message.hint("keep the formula within its bounds, as with `max(x, 0)`, or narrow the factors")
}

pub(super) fn not_exact() -> Diagnostic {
    let message = "the answer can't be exact: draws of factors with distributions enter it";
    let hint = "hold these factors with --set NAME=VALUE, or leave --exact require out";
    Diagnostic::error("not-exact", message).hint(hint)
}

/// What was learned left too few draws to say what follows from it.
pub(super) fn too_rare(model: &Model, effective_draws: f64) -> Diagnostic {
    let draws = general(effective_draws.max(0.0).floor());
    let message = format!("what was learned leaves too few draws to tell what follows from it: {draws}");
    let items = model.evidence.iter().filter(|one| one.active).rev();
    let items = items.map(|one| (one.span, "improbable in most draws"));
    let parts = model.given.iter().rev().map(|one| (one.span, "seldom holds in the draws"));
    let error = items
        .chain(parts)
        .fold(Diagnostic::error("rare-evidence", message), |error, (span, text)| error.at(span, text));
    error
        .hint("take more draws with --draws, or learn something wider")
        .hint("conditions on single factors, states and events cost no draws: write the evidence in these")
}

pub(super) fn not_reached(draws: u64) -> Diagnostic {
    let draws = count(draws);
    Diagnostic::warning("not-precise", format!("the wanted precision was not reached within {draws} draws"))
        .hint("allow more with --draws, or ask for less with --precision")
}

// What is written.

/// Writes the folder of a run, if it is to have one.
///
/// # Errors
/// The folder can't be written, or Ctrl-C was pressed.
pub(super) fn write_files(
    report: &Report,
    stem: &str,
    pages: &Pages,
    terminal: &Terminal,
    interrupt: &Interrupt,
) -> Result<(), Failure> {
    if let Some(folder) = folder(pages, stem) {
        output::write(&folder, files(report, pages.no_charts, terminal), interrupt)?;
        terminal.say(&format!("Files written to {}\n", folder.join("").display()));
    }
    Ok(())
}

/// Where files go: nowhere if the answer is for a program and no folder was named.
fn folder(pages: &Pages, stem: &str) -> Option<PathBuf> {
    match (&pages.output, pages.format) {
        (Some(folder), _) => Some(folder.clone()),
        (None, Format::Text) => Some(Path::new("output").join(stem)),
        (None, _) => None,
    }
}

fn files(report: &Report, no_charts: bool, terminal: &Terminal) -> Files {
    let still = report.timeless();
    let mut files: Files = vec![
        ("result.json".into(), json::render(&still).into_bytes()),
        ("result.csv".into(), csv::render(&still).into_bytes()),
        ("report.md".into(), markdown::render(&still).into_bytes()),
    ];
    if !no_charts {
        files.extend(charts(&still, terminal));
    }
    files
}

/// Every chart in both formats, drawn side by side; what can't be drawn is said and left out.
fn charts(report: &Report, terminal: &Terminal) -> Files {
    let figures = figures::figures(report);
    let drawn: Vec<Result<Files, ChartError>> = std::thread::scope(|scope| {
        let threads: Vec<_> = figures
            .into_iter()
            .map(|(name, picture)| {
                scope.spawn(move || {
                    let picture = picture?;
                    let (png, svg) = (draw::png(&picture)?, draw::svg(&picture)?);
                    Ok(vec![
                        (format!("charts/{name}.png"), png),
                        (format!("charts/{name}.svg"), svg.into_bytes()),
                    ])
                })
            })
            .collect();
        threads.into_iter().filter_map(|thread| thread.join().ok()).collect()
    });
    let mut files = Files::new();
    for one in drawn {
        match one {
            Ok(pair) => files.extend(pair),
            Err(error) => terminal.say(&format!("A chart was left out: {error}\n")),
        }
    }
    files
}

/// Makes all draws once more and writes each as a line of CSV.
fn write_draws(path: &Path, scenario: &Loaded, run: &Run, interrupt: &Interrupt) -> Result<(), Failure> {
    let refuse = |error: std::io::Error| {
        Failure::file("write", path, reason(&error), "name a file in a folder that can be written")
    };
    let part = partial(path);
    let written = stream_draws(&part, scenario, run, interrupt, &refuse);
    let moved = written.and_then(|()| std::fs::rename(&part.0, path).map_err(refuse));
    drop(part);
    moved
}

/// A file that is gone when dropped, unless it was renamed.
pub(super) struct Partial(pub(super) PathBuf);

pub(super) fn partial(path: &Path) -> Partial {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".foretell-{}", std::process::id()));
    Partial(name.into())
}

impl Drop for Partial {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.0);
    }
}

fn stream_draws(
    part: &Partial,
    scenario: &Loaded,
    run: &Run,
    interrupt: &Interrupt,
    refuse: &impl Fn(std::io::Error) -> Failure,
) -> Result<(), Failure> {
    let mut file = BufWriter::new(File::create(&part.0).map_err(refuse)?);
    let mut sink = DrawSink::new(&scenario.model, &scenario.program.answers, &mut file).map_err(refuse)?;
    let plan = &run.summary.plan;
    simulation::run(&scenario.program, plan, &plan.whole(), &mut sink, &interrupt.watch)?;
    sink.finish().and_then(|()| file.flush()).map_err(refuse)
}
