//! `foretell merge`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use super::args::MergeArgs;
use super::concord;
use super::failure::Failure;
use super::files::STANDARD_INPUT;
use super::inputs::Inputs;
use super::interrupt::Interrupt;
use super::pages::{self, Names, check_folder_of_run, folder_of_run};
use super::parts::{self, Found, refuse};
use super::scenario::Opened;
use super::share::refuse_terminal;
use super::target::Target;
use super::terminal::Terminal;
use crate::analysis::Round;
use crate::analysis::run::Run;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::number::{count, counted};
use crate::session::{Case, Changes};
use crate::simulation::{Assembly, Plan};

/// Puts the parts of a run together: prints the answer, and writes its folder, as `run` would have; or writes them as one part.
///
/// # Errors
/// The scenario, the parts or the machine say no.
pub fn merge(args: &MergeArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let started = Instant::now();
    refuse_two_inputs(args)?;
    let interrupt = terminal.listen();
    let found = interrupt.at_once(|| parts::find(&args.parts, terminal.fed()))?;
    let first = found[0].clone();
    found.iter().try_for_each(|part| concord::agree(&first, part))?;
    if !terminal.holds(&args.file) {
        refuse_part_as_scenario(&args.file)?;
    }
    let changes = Changes::from_lines(&first.header.overrides);
    let opened = Opened::read(&args.file, &interrupt, terminal)?;
    let (case, mut inputs) = opened.case(&changes, terminal)?;
    if case.read_hash != first.header.scenario {
        return Err(other_scenario(&first, &args.file));
    }
    found.iter().filter_map(|part| part.path.as_ref()).for_each(|path| inputs.add(path));
    inputs.spare(terminal)?;
    let merging = Merging { args, terminal, interrupt: &interrupt, case: &case, inputs: &inputs };
    match &args.part {
        Some(part) => merging.part(found, part, &changes),
        None => merging.answer(found, (&opened.stem, &changes), started),
    }
}

/// Parts of a scenario that is open.
struct Merging<'a> {
    args: &'a MergeArgs,
    terminal: &'a Terminal,
    interrupt: &'a Interrupt,
    case: &'a Case<'a>,
    inputs: &'a Inputs,
}

impl Merging<'_> {
    /// Prints the answer, and writes its folder.
    fn answer(
        &self,
        found: Vec<Found>,
        (stem, changes): (&str, &Changes),
        started: Instant,
    ) -> Result<ExitCode, Failure> {
        let Merging { args, terminal, interrupt, case, inputs } = *self;
        let told = self.told(&found, changes)?;
        let folder = folder_of_run(&args.pages, stem)?;
        if let Some(folder) = &folder {
            let has_bars = told.of.is_empty() && !case.model.outcomes.is_empty();
            check_folder_of_run(folder, &args.pages, has_bars, inputs)?;
        }
        let settings = found[0].header.settings(0);
        let question = self.question(changes);
        let round = case.round(&question, &settings)?;
        let (parts, plan) = self.each_once(found, &round)?;
        concord::cover(&parts, &plan, &args.file)?;
        let round = round.telling(&told);
        let whole = self.assembly(&parts, &round)?.finish();
        let whole = whole.map_err(|gap| refuse(&parts[0].name, &gap.to_string(), "give all parts"))?;
        let answer =
            case.conclude(round.find(&whole), &settings)?.timed(Some(started.elapsed().as_secs_f64()));
        interrupt.check()?;
        interrupt.at_once(|| pages::print(&answer, case, args.pages.format, terminal))?;
        if let Some(folder) = &folder {
            let kept = (folder.as_path(), &Names::of_run());
            pages::write(answer, kept, !args.pages.no_charts, inputs, terminal, interrupt)?;
        }
        Ok(ExitCode::SUCCESS)
    }

    /// Writes the parts as one, whether or not they have all draws.
    fn part(&self, found: Vec<Found>, path: &Path, changes: &Changes) -> Result<ExitCode, Failure> {
        let target = Target::find(path, self.inputs)?;
        refuse_terminal(&target, self.terminal)?;
        target.claim_output(self.terminal);
        let settings = found[0].header.settings(0);
        let question = self.question(changes);
        let round = self.case.round(&question, &settings)?;
        let (parts, plan) = self.each_once(found, &round)?;
        let assembly = self.assembly(&parts, &round)?;
        let (Some(shards), Some(bytes)) = (assembly.shards(), assembly.part()) else {
            return Ok(ExitCode::SUCCESS);
        };
        target.write_bytes(&bytes, self.interrupt)?;
        let share = format!("{} of {}", counted(shards.draws(&plan), "draw"), count(plan.draws()));
        self.terminal.say(&format!("Shards {shards}, {share}, written to {}\n", target.name()));
        Ok(ExitCode::SUCCESS)
    }

    /// What parts hold: everything, or what was asked for when they were made.
    fn question(&self, changes: &Changes) -> Run {
        Run {
            of: changes.of.clone(),
            percents: self.args.wanted.percents().to_vec(),
            all_variants: changes.all_variants,
            joint: self.case.joint.clone(),
        }
    }

    /// What is told of it.
    fn told(&self, found: &[Found], changes: &Changes) -> Result<Run, Failure> {
        let held = self.question(changes);
        let of = self.case.named("--of", &self.args.wanted.of)?;
        match of.iter().find(|one| !held.of.is_empty() && !held.of.contains(one)) {
            Some(missing) => Err(not_held(&found[0], missing, &held.of)),
            None if of.is_empty() => Ok(held),
            None => Ok(Run { of, ..held }),
        }
    }

    /// The parts without those that are there already, and the plan of their run.
    fn each_once(&self, found: Vec<Found>, round: &Round<Run>) -> Result<(Vec<Found>, Plan), Failure> {
        let plan = found[0].header.plan(round.program(), 1);
        let parts = concord::once(found, &plan, self.terminal)?;
        concord::tell_machines(&parts, self.terminal);
        Ok((parts, plan))
    }

    fn assembly<'r>(&self, parts: &[Found], round: &'r Round<Run>) -> Result<Assembly<'r>, Failure> {
        let mut assembly = Assembly::new(round.program(), &parts[0].header);
        for part in parts {
            self.interrupt.check()?;
            self.interrupt.at_once(|| part.open(|part| assembly.add(part)))?;
        }
        Ok(assembly)
    }
}

/// Standard input gives one thing only.
fn refuse_two_inputs(args: &MergeArgs) -> Result<(), Failure> {
    let standard = |path: &&PathBuf| path.as_os_str() == STANDARD_INPUT;
    if std::iter::once(&args.file).chain(&args.parts).filter(standard).count() < 2 {
        return Ok(());
    }
    let message = "standard input can be read once, and `-` stands there twice";
    let hint = "parts that follow one another, as of `cat *.part`, are read from one `-`";
    Err(Failure::plain(Diagnostic::error("arguments", message).hint(hint)))
}

/// Refuses a part where the scenario file belongs.
fn refuse_part_as_scenario(path: &Path) -> Result<(), Failure> {
    if !parts::is_part(path) {
        return Ok(());
    }
    let why = "it is a part, and stands where the scenario file belongs";
    let hint = "`foretell merge SCENARIO PART…`: first the scenario file, then all parts";
    Err(refuse(&path.display().to_string(), why, hint))
}

fn not_held(part: &Found, name: &str, held: &[String]) -> Failure {
    let why = format!("it tells nothing of `{name}`: it was made with --of {}", held.join(","));
    refuse(&part.name, &why, &format!("ask for what it holds, or make the parts with `{name}` in --of"))
}

fn other_scenario(part: &Found, file: &Path) -> Failure {
    let why = format!("it was made from another file than `{}`, or from other attachments", file.display());
    refuse(&part.name, &why, "give the file as it was when the parts were made, or make the parts again")
}
