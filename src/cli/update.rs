//! `foretell update`.

use std::process::ExitCode;

use super::args::{Exactness, Format, UpdateArgs};
use super::changes::Changes;
use super::doubts::{not_exact, not_reached, of_void, too_rare};
use super::failure::Failure;
use super::interrupt::Interrupt;
use super::load::{Loaded, load};
use super::output::{self, Files};
use super::progress::Progress;
use super::sampling::extent;
use super::terminal::{STYLE, Terminal};
use crate::analysis::update::{self, Updates};
use crate::chart::{Figure, draw};
use crate::diagnostic::Diagnostic;
use crate::report::Context;
use crate::report::update::UpdateReport;

/// Shows what the file's evidence does to the answers.
///
/// # Errors
/// The file, the flags or the machine say no.
pub fn update(args: &UpdateArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    if args.sampling.exact == Exactness::Never {
        return Err(Failure::plain(always_summed()));
    }
    let folder = args.output.as_deref().map(output::folder).transpose()?;
    let changes = all_unless_named(Changes::of(&args.sampling));
    let interrupt = Interrupt::listen();
    let mut scenario = load(&args.file, &changes, &interrupt)?;
    if let Some(folder) = &folder {
        output::check(folder, &NAMES, &scenario.inputs)?;
    }
    let updates = updates(&scenario, args, terminal, &interrupt)?;
    note(&mut scenario, &updates)?;
    if args.sampling.exact == Exactness::Require && !updates.exact {
        return Err(Failure::plain(not_exact()));
    }
    let settings = args.sampling.settings();
    let context = Context {
        sources: &scenario.sources,
        settings: &settings,
        chosen: &scenario.chosen,
        overrides: &scenario.set,
        given: &scenario.given,
        variants: &[],
        percents: &[],
        file_hash: &scenario.file_hash,
        elapsed_seconds: None,
        warnings: &scenario.warnings,
    };
    let report = UpdateReport::new(&scenario.model, updates, &context);
    interrupt.check()?;
    terminal.warn(&scenario.sources, &scenario.warnings);
    let answer = match args.format {
        Format::Text => report.text(STYLE),
        Format::Json => report.json(),
        Format::Csv => report.csv(),
        Format::Markdown => report.markdown(),
    };
    interrupt.at_once(|| terminal.answer(&answer))?;
    if let Some(folder) = &folder {
        output::write(folder, files(&report, terminal), &scenario.inputs, &interrupt)?;
        terminal.say(&format!("Files written to {}\n", folder.join("").display()));
    }
    Ok(ExitCode::SUCCESS)
}

/// The files of every update; there is a chart beside them if it can be drawn.
const NAMES: [&str; 3] = ["update.json", "update.csv", "update.md"];

/// The answer in every form, and a chart; one that can't be drawn is said and left out.
fn files(report: &UpdateReport, terminal: &Terminal) -> Files {
    let forms = [report.json(), report.csv(), report.markdown()];
    let mut files: Files = NAMES.into_iter().map(String::from).zip(forms.map(String::into_bytes)).collect();
    let drawn = report.figure().layout().and_then(|picture| Ok((draw::png(&picture)?, draw::svg(&picture)?)));
    match drawn {
        Ok((png, svg)) => {
            files.push(("charts/evidence.png".into(), png));
            files.push(("charts/evidence.svg".into(), svg.into_bytes()));
        }
        Err(error) => terminal.say(&format!("A chart was left out: {error}\n")),
    }
    files
}

/// Here all evidence counts if nothing else is said.
fn all_unless_named(changes: Changes) -> Changes {
    match changes.evidence.is_empty() {
        true => Changes { evidence: vec!["all".into()], ..changes },
        false => changes,
    }
}

fn updates(
    scenario: &Loaded,
    args: &UpdateArgs,
    terminal: &Terminal,
    interrupt: &Interrupt,
) -> Result<Updates, Failure> {
    let model = &scenario.model;
    if model.outcomes.is_empty() && model.events.is_empty() && model.categories.is_empty() {
        return Err(Failure::plain(nothing_to_update()));
    }
    let settings = args.sampling.settings();
    let (most, fixed) = extent(settings.rule);
    let _progress = Progress::start(terminal, &interrupt.watch, most, fixed);
    update::update(model, &settings, &scenario.cache, &interrupt.watch)
        .map_err(|failure| scenario.unanswered(&failure))
}

/// Adds what the reader should know to the warnings.
fn note(scenario: &mut Loaded, updates: &Updates) -> Result<(), Failure> {
    let draws = updates.plan.draws();
    let void = of_void(scenario, &updates.void, draws)?;
    scenario.warnings.extend(void);
    if updates.learned.is_too_rare() {
        let message = too_rare(&scenario.model, updates.learned.effective_draws);
        return Err(Failure::about(scenario.sources.clone(), message));
    }
    if !updates.reached {
        scenario.warnings.push(not_reached(draws));
    }
    Ok(())
}

fn always_summed() -> Diagnostic {
    Diagnostic::error("not-exact", "`update` sums over states and events and does not draw them").hint(
        "leave `--exact never` out, or hold the sums against draws in `run --evidence all --exact never`",
    )
}

fn nothing_to_update() -> Diagnostic {
    Diagnostic::error("no-answers", "the file has nothing whose probability evidence could change")
        .hint("give it outcomes, events, or factors with states")
}
