//! The way of a question through the command line: open, change, ask, print, write.

use std::time::Instant;

use super::failure::Failure;
use super::flags::Asked;
use super::interrupt::Interrupt;
use super::output;
use super::pages::{self, Names};
use super::progress::Progress;
use super::sampling::extent;
use super::scenario::Opened;
use super::terminal::Terminal;
use crate::analysis::Question;
use crate::report::paged::Report;
use crate::session::{self, Answer, Case};

/// Puts a question to a file, prints the answer, and writes its files if a folder is named for them.
///
/// # Errors
/// The file, the flags or the machine say no.
pub fn ask<Q: Question + Clone>(
    asked: &Asked,
    question: &Q,
    names: &Names,
    terminal: &Terminal,
) -> Result<Answer<Q::Finding>, Failure>
where
    Q::Finding: Clone,
    Answer<Q::Finding>: Report,
{
    ask_of(asked, |_| Ok(question.clone()), names, terminal)
}

/// As [`ask`], with a question that is made of words about the file.
///
/// # Errors
/// The file, the flags or the machine say no; also what `question` says of its words.
pub fn ask_of<Q: Question>(
    asked: &Asked,
    question: impl FnOnce(&mut Case) -> Result<Q, session::Failure>,
    names: &Names,
    terminal: &Terminal,
) -> Result<Answer<Q::Finding>, Failure>
where
    Q::Finding: Clone,
    Answer<Q::Finding>: Report,
{
    let started = Instant::now();
    let folder = asked.output.as_deref().map(output::folder).transpose()?;
    let interrupt = Interrupt::listen();
    let opened = Opened::read(&asked.file, &interrupt, terminal)?;
    let (mut case, inputs) = opened.case(&asked.sampling.changes(), terminal)?;
    let question = question(&mut case)?;
    if let Some(folder) = &folder {
        output::check(folder, &names.verb, &names.all(), &inputs)?;
    }
    let settings = asked.sampling.settings();
    let (most, fixed) = extent(settings.rule);
    let progress = Progress::start(terminal, &interrupt.watch, most, fixed);
    let answer = case.answer(&question, &settings)?.timed(Some(started.elapsed().as_secs_f64()));
    drop(progress);
    interrupt.check()?;
    interrupt.at_once(|| pages::print(&answer, &case, asked.format, terminal))?;
    if let Some(folder) = &folder {
        let kept = (folder.as_path(), names);
        pages::write(answer.clone(), kept, !asked.no_charts, &inputs, terminal, &interrupt)?;
    }
    Ok(answer)
}
