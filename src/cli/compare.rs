//! `foretell compare`: two files, or two what-ifs of one, from names to pages.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::rc::Rc;
use std::time::Instant;

use clap::ArgAction;

use super::failure::Failure;
use super::files::STANDARD_INPUT;
use super::flags::Asked;
use super::git::Committed;
use super::inputs::Inputs;
use super::interrupt::Interrupt;
use super::output;
use super::pages::{self, Names};
use super::progress::Progress;
use super::sampling::extent;
use super::terminal::Terminal;
use crate::analysis::compare::CompareFinding;
use crate::diagnostic::{Diagnostic, SourceFile};
use crate::session::{Answer, Changes, Comparison, Session};
use crate::simulation::{Rule, Settings};

/// `compare`.
#[derive(Clone, Debug, clap::Args)]
pub struct CompareArgs {
    /// The question.
    #[command(flatten)]
    pub asked: Asked,
    /// The file that it is compared with: the later one. REV:PATH, here and before, is a file at a revision that git knows.
    pub other: Option<PathBuf>,
    /// Tell only these outcomes, derived values, states and events; separated by commas, may be repeated.
    #[arg(long, value_name = "NAME", value_delimiter = ',', action = ArgAction::Append)]
    pub of: Vec<String>,
}

/// As many draws as are made unless flags say otherwise: differences on common draws are told well by few.
const DRAWS: u64 = 1 << 16;

/// Compares, prints the answer, and writes its files if a folder is named for them.
///
/// # Errors
/// The files, the flags or the machine say no.
pub fn compare(args: &CompareArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let (started, asked) = (Instant::now(), &args.asked);
    let folder = asked.output.as_deref().map(output::folder).transpose()?;
    let interrupt = terminal.listen();
    let names = Names::of("compare");
    let check = |inputs: &Inputs| match &folder {
        Some(folder) => output::check(folder, &names.verb, &names.all(), inputs).map(|()| inputs.clone()),
        None => Ok(inputs.clone()),
    };
    let (answer, inputs) = answer(args, &interrupt, terminal, check)?;
    let answer = answer.timed(Some(started.elapsed().as_secs_f64()));
    interrupt.at_once(|| terminal.report(&answer, asked.format))?;
    if let Some(folder) = &folder {
        pages::write(answer, (folder, &names), !asked.no_charts, &inputs, terminal, &interrupt)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Compares, and shows what the reader should know of the answer. What it is written to is looked at by `prepare`, which gets what is
/// read, before anything is computed.
///
/// # Errors
/// The files, the flags or the machine say no.
pub fn answer<T>(
    args: &CompareArgs,
    interrupt: &Interrupt,
    terminal: &Terminal,
    prepare: impl FnOnce(&Inputs) -> Result<T, Failure>,
) -> Result<(Answer<CompareFinding>, T), Failure> {
    let named = Named::of(args)?;
    let opened = Opened::read(&named, interrupt, terminal)?;
    let comparison = opened.comparison(&named, &args.asked.sampling.changes());
    // Nothing is printed into what is read, not even what is wrong with it.
    let inputs = opened.inputs(terminal)?;
    let comparison = comparison?;
    let prepared = prepare(&inputs)?;
    let settings = settings(args);
    let (most, fixed) = extent(settings.rule);
    args.asked.sampling.limit(&interrupt.watch);
    let progress = Progress::start(terminal, &interrupt.watch, most, fixed);
    let answer = comparison.answer(&args.of, &settings)?;
    drop(progress);
    interrupt.check()?;
    if !answer.facts.run.exact {
        args.asked.sampling.tell_fewest(terminal);
    }
    interrupt.at_once(|| terminal.warn(&comparison.before.sources, &answer.messages));
    Ok((answer, prepared))
}

fn settings(args: &CompareArgs) -> Settings {
    let settings = args.asked.sampling.settings();
    let is_free = args.asked.sampling.draws.is_none() && args.asked.sampling.precision.is_none();
    if is_free { Settings { rule: Rule::Draws(DRAWS), ..settings } } else { settings }
}

/// What is compared.
enum Named<'a> {
    Files(&'a Path, &'a Path),
    Variants(&'a Path, [Option<&'a str>; 2]),
}

impl<'a> Named<'a> {
    fn of(args: &'a CompareArgs) -> Result<Named<'a>, Failure> {
        let (file, variants) = (args.asked.file.as_path(), &args.asked.sampling.variant);
        let is_standard = |path: &Path| path.as_os_str() == STANDARD_INPUT;
        match (&args.other, &variants[..]) {
            (Some(other), _) if is_standard(file) && is_standard(other) => {
                Err(refused("standard input can't be read twice", "name a file in one of the two places"))
            }
            (Some(other), _) => Ok(Named::Files(file, other)),
            (None, [one]) => Ok(Named::Variants(file, [None, Some(one)])),
            (None, [one, other]) => Ok(Named::Variants(file, [Some(one), Some(other)])),
            (None, []) => Err(refused(
                "one file alone can't be compared",
                "name two files, as in `foretell compare old.toml new.toml`, or a variant of the file with --variant NAME",
            )),
            (None, _) => Err(refused(
                "more than two variants can't be compared",
                "name two, or run them all beside the file with `foretell run FILE --all-variants`",
            )),
        }
    }

    fn paths(&self) -> Vec<&'a Path> {
        match self {
            Named::Files(one, other) => vec![one, other],
            Named::Variants(file, _) => vec![file],
        }
    }
}

fn refused(message: &str, hint: &str) -> Failure {
    Failure::plain(Diagnostic::error("arguments", message).hint(hint))
}

/// The files that were read.
struct Opened {
    /// One, or two of which the second stands beside the first.
    sessions: Vec<Session<'static>>,
    paths: Vec<PathBuf>,
    /// Everything else that was read for them so far.
    read: Rc<RefCell<Vec<PathBuf>>>,
}

impl Opened {
    fn read(named: &Named, interrupt: &Interrupt, terminal: &Terminal) -> Result<Opened, Failure> {
        let mut opened = Opened {
            sessions: Vec::new(),
            paths: named.paths().into_iter().map(PathBuf::from).collect(),
            read: Rc::default(),
        };
        opened.inputs(terminal)?;
        for path in named.paths() {
            let committed = Committed::of(path).filter(|_| !terminal.holds(path));
            let mut input = interrupt.at_once(|| match &committed {
                Some(committed) => committed.input(),
                None => terminal.input(path),
            })?;
            let file = SourceFile::new(std::mem::take(&mut input.name), std::mem::take(&mut input.text));
            let list = opened.read.clone();
            let allowed = terminal.allowed.allow_path.clone();
            let read = move |name: &str| match &committed {
                Some(committed) => committed.attachment(name),
                None => {
                    list.borrow_mut().extend(input.folder.iter().map(|folder| folder.join(name)));
                    input.attachment(name, &allowed)
                }
            };
            let session = match opened.sessions.first_mut() {
                Some(first) => first.beside(file, read)?,
                None => Session::watched(file, read, interrupt.watch.clone())?,
            };
            opened.sessions.push(session);
        }
        opened.inputs(terminal)?;
        Ok(opened)
    }

    fn comparison(&self, named: &Named, changes: &Changes) -> Result<Comparison<'_>, Failure> {
        match (&self.sessions[..], named) {
            ([one, other], _) => Comparison::of_files(one, other, changes),
            ([one, ..], Named::Variants(_, variants)) => Comparison::of_variants(one, *variants, changes),
            _ => Err(refused("nothing was read", "name two files")),
        }
    }

    /// What is read and never written over.
    fn inputs(&self, terminal: &Terminal) -> Result<Inputs, Failure> {
        let mut inputs = Inputs::default();
        self.paths.iter().chain(self.read.borrow().iter()).for_each(|path| inputs.add(path));
        inputs.spare(terminal)?;
        Ok(inputs)
    }
}
