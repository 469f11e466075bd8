//! `foretell merge`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use super::args::MergeArgs;
use super::failure::{self, Failure};
use super::files;
use super::interrupt::Interrupt;
use super::pages::{self, Names, check_folder_of_run, folder_of_run};
use super::scenario::Opened;
use super::terminal::Terminal;
use crate::analysis::run::{Run, RunFinding};
use crate::analysis::{Answered, Round};
use crate::diagnostic::Diagnostic;
use crate::diagnostic::number::count;
use crate::session::Changes;
use crate::simulation::{Assembly, BUILD, Header, Missing, Part, PartError, Plan, Shard, blocks, ranges};

/// Puts the parts of a run together: prints the answer, and writes its folder, as `run` would have.
///
/// # Errors
/// The scenario, the parts or the machine say no.
pub fn merge(args: &MergeArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let started = Instant::now();
    let mut parts = args.parts.iter().map(|path| Found::read(path)).collect::<Result<Vec<_>, _>>()?;
    let first = parts[0].clone();
    parts.iter().try_for_each(|part| agree(&first, part))?;
    refuse_part_as_scenario(&args.file)?;
    let changes = Changes::from_lines(&first.header.overrides);
    let interrupt = terminal.listen();
    let opened = Opened::read(&args.file, &interrupt, terminal)?;
    let (case, mut inputs) = opened.case(&changes, terminal)?;
    if case.read_hash != first.header.scenario {
        return Err(other_scenario(&first.path, &args.file));
    }
    parts.iter().for_each(|part| inputs.add(&part.path));
    inputs.spare(terminal)?;
    let of = case.named("--of", &args.wanted.of)?;
    let folder = folder_of_run(&args.pages, &opened.stem)?;
    if let Some(folder) = &folder {
        let has_bars = args.wanted.of.is_empty() && !case.model.outcomes.is_empty();
        check_folder_of_run(folder, &args.pages, has_bars, &inputs)?;
    }
    // Parts hold everything: what is wanted of it is told afterwards.
    let question = Run {
        of: Vec::new(),
        percents: args.wanted.percents().to_vec(),
        all_variants: changes.all_variants,
        joint: case.joint.clone(),
    };
    let settings = first.header.settings(0);
    let round = case.round(&question, &settings)?;
    let plan = first.header.plan(round.program(), 1);
    parts.sort_by_key(|part| part.header.shard.blocks(&plan).end);
    cover(&parts, &plan)?;
    let answered = assemble(&parts, &round, &interrupt)?;
    let answered = Answered { finding: answered.finding.only(&of), ..answered };
    let answer = case.conclude(answered, &settings)?.timed(Some(started.elapsed().as_secs_f64()));
    interrupt.check()?;
    interrupt.at_once(|| pages::print(&answer, &case, args.pages.format, terminal))?;
    if let Some(folder) = &folder {
        let kept = (folder.as_path(), &Names::of_run());
        pages::write(answer, kept, !args.pages.no_charts, &inputs, terminal, &interrupt)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// Refuses a part where the scenario file belongs.
fn refuse_part_as_scenario(path: &Path) -> Result<(), Failure> {
    match files::bytes(path) {
        Ok(bytes) if !matches!(Part::open(&bytes), Err(PartError::Foreign)) => {
            let why = "it is a part, and stands where the scenario file belongs";
            Err(refuse(path, why, "`foretell merge SCENARIO PART…`: first the scenario file, then all parts"))
        }
        _ => Ok(()),
    }
}

/// A part as a file. Its content is read when it is its turn, so that memory does not grow with the parts.
#[derive(Clone, Debug)]
struct Found {
    path: PathBuf,
    header: Header,
}

impl Found {
    fn read(path: &Path) -> Result<Found, Failure> {
        let bytes = read(path)?;
        let part = Part::open(&bytes).map_err(|error| unusable(path, &error))?;
        let own = env!("CARGO_PKG_VERSION");
        if part.header.version != own {
            let why = format!("it was made by foretell {}, and this is {own}", part.header.version);
            return Err(refuse(path, &why, "make all parts and the merge with one version"));
        }
        if part.header.build != BUILD {
            return Err(unusable(path, &PartError::Build(part.header.build, BUILD)));
        }
        Ok(Found { path: path.into(), header: part.header })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    files::bytes(path).map_err(|reason| failure::file("read", path, reason, MAKE))
}

fn assemble(
    parts: &[Found],
    round: &Round<Run>,
    interrupt: &Interrupt,
) -> Result<Answered<RunFinding>, Failure> {
    let first = &parts[0].header;
    let mut assembly = Assembly::new(round.program(), first);
    for Found { path, .. } in parts {
        interrupt.check()?;
        let bytes = interrupt.at_once(|| read(path))?;
        let added = Part::open(&bytes).and_then(|part| assembly.add(&part));
        added.map_err(|error| unusable(path, &error))?;
    }
    let whole = assembly
        .finish()
        .map_err(|gap| missing(&[gap.blocks], &first.plan(round.program(), 1), first.shard))?;
    Ok(round.find(&whole))
}

// What must hold.

/// Whether two parts are of one run.
fn agree(first: &Found, other: &Found) -> Result<(), Failure> {
    let (one, two) = (&first.header, &other.header);
    let differs = [
        ("scenario", one.scenario != two.scenario, String::new()),
        ("seed", one.seed != two.seed, format!(": {} and {}", two.seed, one.seed)),
        ("design", one.kind != two.kind, format!(": {} and {}", two.kind.name(), one.kind.name())),
        (
            "number of draws",
            one.draws != two.draws,
            format!(": {} and {}", count(two.draws), count(one.draws)),
        ),
        (
            "--variant, --set, --given, --evidence or --joint",
            one.overrides != two.overrides,
            format!(": {} and {}", set(two), set(one)),
        ),
    ];
    match differs.iter().find(|(_, differs, _)| *differs) {
        None => Ok(()),
        Some((what, _, values)) => {
            let why = format!("its {what} differs from that of `{}`{values}", first.path.display());
            Err(refuse(&other.path, &why, "make all parts from one file with the same flags"))
        }
    }
}

fn set(header: &Header) -> String {
    if header.overrides.is_empty() { "none".into() } else { format!("`{}`", header.overrides.join("`, `")) }
}

/// Whether parts in the order of their blocks hold every block once.
fn cover(parts: &[Found], plan: &Plan) -> Result<(), Failure> {
    let (mut next, mut before) = (0, &parts[0]);
    let mut gaps = Vec::new();
    for part in parts {
        let span = part.header.shard.blocks(plan);
        if span.is_empty() {
            continue;
        }
        if span.start < next {
            return Err(overlap(before, part));
        }
        gaps.push(next..span.start);
        (next, before) = (span.end, part);
    }
    gaps.push(next..blocks(plan));
    gaps.retain(|gap| !gap.is_empty());
    if gaps.is_empty() { Ok(()) } else { Err(missing(&gaps, plan, parts[0].header.shard)) }
}

// What is said if it does not.

const MAKE: &str = "`foretell run FILE --draws N --shard I/N --part PART` writes a part";

fn refuse(path: &Path, why: &str, hint: &str) -> Failure {
    let message = format!("can't merge `{}`: {why}", path.display());
    Failure::plain(Diagnostic::error("part", message).hint(hint))
}

fn unusable(path: &Path, error: &PartError) -> Failure {
    let hint = match error {
        PartError::Foreign => MAKE,
        PartError::Damaged => "copy it again, or make it again",
        PartError::Form => "make it with this version",
        PartError::Build(..) => "make all parts and the merge with one and the same program",
        PartError::Run => "make all parts from one file with the same flags",
        PartError::Overlap | PartError::Gap(_) => "give each draw once",
        PartError::Misfit | PartError::Inconsistent(_) => "make it again",
    };
    refuse(path, &error.to_string(), hint)
}

fn other_scenario(part: &Path, file: &Path) -> Failure {
    let why = format!("it was made from another file than `{}`, or from other attachments", file.display());
    refuse(part, &why, "give the file as it was when the parts were made, or make the parts again")
}

fn overlap(one: &Found, other: &Found) -> Failure {
    let (first, second) = (one.header.shard, other.header.shard);
    let why = format!("its shard {second} holds draws of shard {first} in `{}`", one.path.display());
    refuse(&other.path, &why, "give each draw once: leave one of the two out")
}

/// Names the first gap and the shards that would fill all.
fn missing(gaps: &[std::ops::Range<u64>], plan: &Plan, shard: Shard) -> Failure {
    let holes = ranges(plan, gaps[0].clone());
    let place = match &holes[..] {
        [one] => {
            format!("draws {} to {} of replicate {}", count(one.start), count(one.end - 1), one.replicate)
        }
        [first, .., last] => format!(
            "draws from {} of replicate {} to {} of replicate {}",
            count(first.start),
            first.replicate,
            count(last.end - 1),
            last.replicate
        ),
        [] => "draws".into(),
    };
    let more = if gaps.len() > 1 { ", and others," } else { "" };
    let mut all: Vec<Shard> =
        gaps.iter().flat_map(|gap| Missing::of(gap.clone(), plan, shard).shards).collect();
    all.dedup();
    let all: Vec<String> = all.iter().map(Shard::to_string).collect();
    let named = all[..all.len().min(MOST_NAMED)].join(", ");
    let rest = all.len().saturating_sub(MOST_NAMED);
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let message = Diagnostic::error("part", format!("{place}{more} are missing"));
    Failure::plain(message.hint(format!("run shard {named}{rest}")))
}

/// The most missing shards that are named.
const MOST_NAMED: usize = 20;
