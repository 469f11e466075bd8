//! What becomes of a run's answer: a report, printed in one form and written into a folder in every form.

use std::path::{Path, PathBuf};
use std::time::Instant;

use super::args::{Format, Pages, Wanted};
use super::failure::Failure;
use super::interrupt::Interrupt;
use super::load::Loaded;
use super::of;
use super::output::{self, Files};
use super::terminal::{STYLE, Terminal};
use crate::analysis::run::Run;
use crate::chart::{ChartError, draw};
use crate::diagnostic::Diagnostics;
use crate::report::{Context, Report, Variant, compose, csv, figures, json, markdown, text};
use crate::simulation::Settings;

/// What a run found, with what the reader should know.
pub fn report(
    scenario: &Loaded,
    run: &Run,
    settings: &Settings,
    warnings: &Diagnostics,
    wanted: &Wanted,
    started: Instant,
) -> Report {
    let context = Context {
        sources: &scenario.sources,
        settings,
        chosen: &scenario.chosen,
        overrides: &scenario.set,
        given: &scenario.given,
        percents: wanted.percents(),
        variants: &variants(scenario, run),
        file_hash: &scenario.file_hash,
        elapsed_seconds: Some(started.elapsed().as_secs_f64()),
        warnings,
    };
    of::select(compose(&scenario.model, run, &context), &wanted.of)
}

/// What a run found of each variant, with its words.
fn variants(scenario: &Loaded, run: &Run) -> Vec<Variant> {
    let all = scenario.variants.iter().zip(&run.summary.variants);
    all.map(|((facts, _), found)| Variant { facts: facts.clone(), found: found.clone() }).collect()
}

/// Shows warnings and the answer.
///
/// # Errors
/// Standard output can't be written.
pub fn print(
    report: &Report,
    scenario: &Loaded,
    warnings: &Diagnostics,
    format: Format,
    terminal: &Terminal,
) -> Result<(), Failure> {
    terminal.warn(&scenario.sources, warnings);
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

/// Where files go: nowhere if the answer is for a program and no folder was named.
///
/// # Errors
/// The folder is called as standard output is, or can't take the files.
pub fn folder(pages: &Pages, wanted: &Wanted, scenario: &Loaded) -> Result<Option<PathBuf>, Failure> {
    let folder = match (&pages.output, pages.format) {
        (Some(folder), _) => output::folder(folder)?,
        (None, Format::Text) => Path::new("output").join(&scenario.stem),
        (None, _) => return Ok(None),
    };
    let has_bars = !pages.no_charts && wanted.of.is_empty() && !scenario.model.outcomes.is_empty();
    let names = if has_bars { [&NAMES[..], &BARS].concat() } else { NAMES.to_vec() };
    output::check(&folder, &names, &scenario.inputs)?;
    Ok(Some(folder))
}

/// The files of every run.
const NAMES: [&str; 3] = ["result.json", "result.csv", "report.md"];

/// The chart of every run with outcomes; which others there are, its answer decides.
const BARS: [&str; 2] = ["charts/outcomes.png", "charts/outcomes.svg"];

/// Writes the folder of a run.
///
/// # Errors
/// The folder can't be written, or Ctrl-C was pressed.
pub fn write_files(
    report: &Report,
    folder: &Path,
    scenario: &Loaded,
    no_charts: bool,
    terminal: &Terminal,
    interrupt: &Interrupt,
) -> Result<(), Failure> {
    output::write(folder, files(report, no_charts, terminal), &scenario.inputs, interrupt)?;
    terminal.say(&format!("Files written to {}\n", folder.join("").display()));
    Ok(())
}

fn files(report: &Report, no_charts: bool, terminal: &Terminal) -> Files {
    let still = report.timeless();
    let forms = [json::render(&still), csv::render(&still), markdown::render(&still)];
    let mut files: Files = NAMES.into_iter().map(String::from).zip(forms.map(String::into_bytes)).collect();
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
