//! The way of a question through the command line: open, change, ask, print, write.

use std::path::Path;
use std::time::Instant;

use super::failure::Failure;
use super::flags::{Asked, Sampling};
use super::inputs::Inputs;
use super::interrupt::Interrupt;
use super::output;
use super::pages::{self, Names};
use super::progress::Progress;
use super::sampling::extent;
use super::scenario::Opened;
use super::terminal::Terminal;
use crate::analysis::Question;
use crate::report::paged::Report;
use crate::session::{self, Answer, Case, Changes};

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
    let interrupt = terminal.listen();
    let changes = asked.sampling.changes();
    let asking =
        Asking { file: &asked.file, changes, sampling: &asked.sampling, interrupt: &interrupt, terminal };
    let check = |_: &str, inputs: &Inputs| match &folder {
        Some(folder) => output::check(folder, &names.verb, &names.all(), inputs).map(|()| inputs.clone()),
        None => Ok(inputs.clone()),
    };
    let (answer, inputs) = asking.answer(question, check)?;
    let answer = answer.timed(Some(started.elapsed().as_secs_f64()));
    interrupt.at_once(|| terminal.report(&answer, asked.format))?;
    if let Some(folder) = &folder {
        let kept = (folder.as_path(), names);
        pages::write(answer.clone(), kept, !asked.no_charts, &inputs, terminal, &interrupt)?;
    }
    Ok(answer)
}

/// A file and how it is asked, whatever becomes of the answer.
pub struct Asking<'a> {
    /// The scenario file.
    pub file: &'a Path,
    /// What is changed about it.
    pub changes: Changes,
    /// How draws are made.
    pub sampling: &'a Sampling,
    /// What may end it.
    pub interrupt: &'a Interrupt,
    /// Where warnings are shown.
    pub terminal: &'a Terminal,
}

impl Asking<'_> {
    /// Puts a question that is made of words about the file, and shows what the reader should know of the answer. What it is
    /// written to is looked at by `prepare`, which gets what output is named after and what is read, before anything is computed.
    ///
    /// # Errors
    /// The file, the flags or the machine say no; also what `question` says of its words, and `prepare` of the output.
    pub fn answer<Q: Question, T>(
        &self,
        question: impl FnOnce(&mut Case) -> Result<Q, session::Failure>,
        prepare: impl FnOnce(&str, &Inputs) -> Result<T, Failure>,
    ) -> Result<(Answer<Q::Finding>, T), Failure> {
        let opened = Opened::read(self.file, self.interrupt, self.terminal)?;
        let (mut case, inputs) = opened.case(&self.changes, self.terminal)?;
        let question = question(&mut case)?;
        let prepared = prepare(&opened.stem, &inputs)?;
        let settings = self.sampling.settings();
        let (most, fixed) = extent(settings.rule);
        self.sampling.limit(&self.interrupt.watch);
        let progress = Progress::start(self.terminal, &self.interrupt.watch, most, fixed);
        let answer = case.answer(&question, &settings)?;
        drop(progress);
        self.interrupt.check()?;
        if question.measures() && !answer.facts.run.exact {
            self.sampling.tell_fewest(self.terminal);
        }
        self.interrupt.at_once(|| self.terminal.warn(&case.sources, &answer.messages));
        Ok((answer, prepared))
    }
}
