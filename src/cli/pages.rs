//! What becomes of an answer: printed in one form, and written into a folder in every form.

use std::path::{Path, PathBuf};

use super::charts::charts;
use super::failure::Failure;
use super::flags::Pages;
use super::inputs::Inputs;
use super::interrupt::Interrupt;
use super::output::{self, Files};
use super::terminal::Terminal;
use crate::report::form::{Format, json, markdown};
use crate::report::page::Detail;
use crate::report::paged::{Report, View};
use crate::session::{Answer, Case};

/// What the files of a verb are called.
#[derive(Clone, Debug)]
pub struct Names {
    /// The verb in the list of a folder's files.
    pub verb: String,
    json: String,
    csv: String,
    markdown: String,
}

impl Names {
    /// Files called as the verb is.
    pub fn of(verb: &str) -> Names {
        let called = |ending: &str| format!("{verb}.{ending}");
        Names { verb: verb.into(), json: called("json"), csv: called("csv"), markdown: called("md") }
    }

    /// Those of a run, and of whatever puts one together.
    pub fn of_run() -> Names {
        Names { verb: "run".into(), markdown: "report.md".into(), ..Names::of("result") }
    }

    /// All of them.
    pub fn all(&self) -> [&str; 3] {
        [&self.json, &self.csv, &self.markdown]
    }
}

/// Shows what the reader should know, and the answer.
///
/// # Errors
/// Standard output can't be written.
pub fn print<F>(answer: &Answer<F>, case: &Case, format: Format, terminal: &Terminal) -> Result<(), Failure>
where
    Answer<F>: Report,
{
    terminal.warn(&case.sources, &answer.messages);
    terminal.report(answer, format)
}

/// The folder that a run is written into: none if the answer is for a program and no folder was named.
///
/// # Errors
/// The folder is called as standard output is.
pub fn folder_of_run(pages: &Pages, stem: &str) -> Result<Option<PathBuf>, Failure> {
    match (&pages.output, pages.format) {
        (Some(folder), _) => Ok(Some(output::folder(folder)?)),
        (None, Format::Text) => Ok(Some(Path::new("output").join(stem))),
        (None, _) => Ok(None),
    }
}

/// Refuses, before anything is computed, a folder that a run can't be written into.
///
/// # Errors
/// It is so.
pub fn check_folder_of_run(
    folder: &Path,
    pages: &Pages,
    has_bars: bool,
    inputs: &Inputs,
) -> Result<(), Failure> {
    let names = Names::of_run();
    let mut all = names.all().to_vec();
    if has_bars && !pages.no_charts {
        all.extend(BARS);
    }
    output::check(folder, &names.verb, &all, inputs)
}

/// The chart of every run with outcomes; which others there are, its answer decides.
const BARS: [&str; 2] = ["charts/answer.png", "charts/answer.svg"];

/// Writes the answer into a folder, in every form, with its pictures if they are wanted.
///
/// # Errors
/// The folder can't be written, or Ctrl-C was pressed.
pub fn write<F>(
    answer: Answer<F>,
    (folder, names): (&Path, &Names),
    has_charts: bool,
    inputs: &Inputs,
    terminal: &Terminal,
    interrupt: &Interrupt,
) -> Result<(), Failure>
where
    Answer<F>: Report,
{
    // What is kept holds no clock time.
    write_report(&answer.timed(None), (folder, names), has_charts, inputs, terminal, interrupt)
}

/// The same of any report.
///
/// # Errors
/// See [`write`].
pub fn write_report(
    report: &impl Report,
    (folder, names): (&Path, &Names),
    has_charts: bool,
    inputs: &Inputs,
    terminal: &Terminal,
    interrupt: &Interrupt,
) -> Result<(), Failure> {
    let files = files(report, names, has_charts, terminal);
    if let Some(kept) = output::write(folder, &names.verb, files, inputs, interrupt)? {
        let kept = kept.join("");
        terminal.say(&format!("Files of an earlier version are kept in {}\n", kept.display()));
    }
    terminal.say(&format!("Files written to {}\n", folder.join("").display()));
    Ok(())
}

fn files(answer: &impl Report, names: &Names, has_charts: bool, terminal: &Terminal) -> Files {
    let detail = terminal.detail.max(Detail::Normal);
    let page = answer.page(View { detail, has_figures: has_charts });
    let mut files = Files::new();
    files.push((names.json.clone(), json::render(answer)));
    files.push((names.csv.clone(), terminal.csv(&page)));
    files.push((names.markdown.clone(), markdown::render(&page)));
    files.extend(charts(&page, terminal));
    files
}
