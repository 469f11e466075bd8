//! The command line as a function: for programs that put its questions without a process of their own.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use super::failure::Failure;
use super::files::Input;
use super::held::Held;
use super::interrupt::Interrupt;
use super::reply::Reply;
use super::scenario::Opened;
use super::terminal::Terminal;
use super::verbs::{Args, Verb};
use crate::diagnostic::Diagnostic;
use crate::session::Case;
use crate::simulation::Settings;

/// A command that was understood, and can be done on any thread. Nothing of it goes to a terminal, and no signal is listened to.
///
/// ```
/// use foretell::cli::{Call, Input};
/// let text = "[outcomes.up]\nbase = 0.7\n[outcomes.down]\nbase = 0.3\n";
/// let inputs = [("coin.toml".into(), Input::text("coin.toml", text))];
/// let call = Call::new(["run", "coin.toml", "--format", "json"], inputs.into())?;
/// let reply = call.run()?;
/// assert!(reply.json.starts_with(b"{\n  \"foretell\": 2,") && reply.text.starts_with(b"Untitled scenario"));
/// # Ok::<(), foretell::session::Failure>(())
/// ```
#[derive(Debug)]
pub struct Call {
    args: Args,
    inputs: BTreeMap<PathBuf, Input>,
    interrupt: Interrupt,
    fed: Option<Vec<u8>>,
}

impl Call {
    /// Reads the arguments that follow the command's name. `inputs` are what is read in place of the files with these names.
    ///
    /// # Errors
    /// What is wrong with the arguments.
    pub fn new<A: Into<OsString> + Clone>(
        arguments: impl IntoIterator<Item = A>,
        inputs: BTreeMap<PathBuf, Input>,
    ) -> Result<Call, Failure> {
        let arguments = arguments.into_iter().map(Into::into);
        let words = std::iter::once(OsString::from("foretell")).chain(arguments);
        let args = Args::try_parse_from(words).map_err(|shown| Failure::plain(mistake(&shown)))?;
        let interrupt = Interrupt::within(args.allowed.memory());
        Ok(Call { args, inputs, interrupt, fed: None })
    }

    /// The same with bytes in place of standard input, for a `merge` that reads `-`.
    pub fn fed(self, bytes: Vec<u8>) -> Call {
        Call { fed: Some(bytes), ..self }
    }

    /// What ends it, from any thread.
    pub fn interrupt(&self) -> Interrupt {
        self.interrupt.clone()
    }

    /// Does it.
    ///
    /// # Errors
    /// The file, the arguments or the machine say no; or it was interrupted.
    pub fn run(self) -> Result<Reply, Failure> {
        let Args { verb, allowed } = self.args;
        let mut held = Held::new(self.inputs, self.interrupt);
        held.fed = self.fed;
        let terminal = Terminal::held(verb.display(), allowed, held.clone());
        let code = verb.run(&terminal)?;
        Ok(held.reply(code == ExitCode::SUCCESS))
    }

    /// Opens the file of a `run` under its flags, and hands it to `work` in place of the run, with how draws are made.
    ///
    /// # Errors
    /// The file or the flags say no; also what `work` says, and what is no run.
    pub fn with_case<T>(
        self,
        work: impl FnOnce(&Case, &Settings, &Interrupt) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let Args { verb, allowed } = self.args;
        let held = Held::new(self.inputs, self.interrupt.clone());
        let terminal = Terminal::held(verb.display(), allowed, held);
        let Verb::Run(args) = verb else {
            return Err(Failure::plain(Diagnostic::error("arguments", "only a run makes draws")));
        };
        let opened = Opened::read(&args.file, &self.interrupt, &terminal)?;
        let (case, _) = opened.case(&args.changes(), &terminal)?;
        args.sampling.limit(&self.interrupt.watch);
        work(&case, &args.sampling.settings(), &self.interrupt)
    }
}

/// What is wrong with the arguments, in one sentence, with what to write instead.
pub fn mistake(shown: &clap::Error) -> Diagnostic {
    let text = shown.to_string();
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default().trim_start_matches("error: ");
    let hints =
        lines.take_while(|line| !line.starts_with("Usage:") && !line.starts_with("For more information"));
    hints.fold(Diagnostic::error("arguments", first), |message, hint| message.hint(hint))
}
