//! `foretell merge`.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use super::args::MergeArgs;
use super::changes::Changes;
use super::doubts;
use super::failure::Failure;
use super::files;
use super::interrupt::Interrupt;
use super::load::load;
use super::of;
use super::pages::{folder, print, report, write_files};
use super::terminal::Terminal;
use crate::analysis::run::{Asked, Run};
use crate::diagnostic::Diagnostic;
use crate::report::number::count;
use crate::simulation::{Assembly, Header, Part, PartError, Plan, Shard, blocks, ranges};

/// Puts the parts of a run together: prints the answer, and writes its folder, as `run` would have.
///
/// # Errors
/// The scenario, the parts or the machine say no.
pub fn merge(args: &MergeArgs, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let started = Instant::now();
    let mut parts = args.parts.iter().map(|path| Found::read(path)).collect::<Result<Vec<_>, _>>()?;
    let first = parts[0].clone();
    parts.iter().try_for_each(|part| agree(&first, part))?;
    let changes = Changes::from_lines(&first.header.overrides);
    let interrupt = Interrupt::listen();
    let mut scenario = load(&args.file, &changes, &interrupt)?;
    if scenario.read_hash != first.header.scenario {
        return Err(other_scenario(&first.path, &args.file));
    }
    parts.iter().for_each(|part| scenario.inputs.add(&part.path));
    scenario.inputs.spare()?;
    of::check(&args.wanted.of, &scenario)?;
    let folder = folder(&args.pages, &args.wanted, &scenario)?;
    let percents = args.wanted.percents();
    let asked =
        scenario.compile(&Changes { percents: percents.to_vec(), ..changes }, &interrupt.watch.limits())?;
    let plan = first.header.plan(asked.program(), 1);
    parts.sort_by_key(|part| part.header.shard.blocks(&plan).end);
    cover(&parts, &plan)?;
    let run = assemble(&parts, &asked, &interrupt)?;
    let settings = first.header.settings(0);
    let warnings = doubts::of_run(&scenario, &run)?;
    let report = report(&scenario, &run, &settings, &warnings, &args.wanted, started);
    interrupt.check()?;
    interrupt.at_once(|| print(&report, &scenario, &warnings, args.pages.format, terminal))?;
    if let Some(folder) = &folder {
        write_files(&report, folder, &scenario, args.pages.no_charts, terminal, &interrupt)?;
    }
    Ok(ExitCode::SUCCESS)
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
        let part = Part::open(&bytes).map_err(|error| unusable(path, error))?;
        let own = env!("CARGO_PKG_VERSION");
        if part.header.version != own {
            let why = format!("it was made by foretell {}, and this is {own}", part.header.version);
            return Err(refuse(path, &why, "make all parts and the merge with one version"));
        }
        Ok(Found { path: path.into(), header: part.header })
    }
}

fn read(path: &Path) -> Result<Vec<u8>, Failure> {
    files::bytes(path).map_err(|reason| Failure::file("read", path, reason, MAKE))
}

fn assemble(parts: &[Found], asked: &Asked, interrupt: &Interrupt) -> Result<Run, Failure> {
    let mut assembly = Assembly::new(asked.program(), &parts[0].header);
    for Found { path, .. } in parts {
        interrupt.check()?;
        let bytes = interrupt.at_once(|| read(path))?;
        let added = Part::open(&bytes).and_then(|part| assembly.add(&part));
        added.map_err(|error| unusable(path, error))?;
    }
    Ok(asked.find(&assembly.finish()))
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
            "--variant, --set, --given or --evidence",
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
    if gaps.is_empty() { Ok(()) } else { Err(missing(&gaps, plan, parts[0].header.shard.count())) }
}

// What is said if it does not.

const MAKE: &str = "`foretell run FILE --draws N --shard I/N --part PART` writes a part";

fn refuse(path: &Path, why: &str, hint: &str) -> Failure {
    let message = format!("can't merge `{}`: {why}", path.display());
    Failure::plain(Diagnostic::error("part", message).hint(hint))
}

fn unusable(path: &Path, error: PartError) -> Failure {
    match error {
        PartError::Foreign => refuse(path, "it is no part of a run", MAKE),
        PartError::Damaged => refuse(path, "it is damaged or cut short", "copy it again, or make it again"),
        PartError::Form => refuse(path, "another version of foretell wrote it", "make it with this version"),
        PartError::Misfit => refuse(path, "its content does not fit the scenario", "make it again"),
    }
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
fn missing(gaps: &[std::ops::Range<u64>], plan: &Plan, shards: u64) -> Failure {
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
    let fills = |shard: &Shard| {
        let own = shard.blocks(plan);
        gaps.iter().any(|gap| own.start.max(gap.start) < own.end.min(gap.end))
    };
    let all: Vec<String> = (1..=shards)
        .filter_map(|number| Shard::new(number, shards))
        .filter(fills)
        .map(|shard| shard.to_string())
        .collect();
    let named = all[..all.len().min(MOST_NAMED)].join(", ");
    let rest = all.len().saturating_sub(MOST_NAMED);
    let rest = if rest > 0 { format!(" and {rest} more") } else { String::new() };
    let message = Diagnostic::error("part", format!("{place}{more} are missing"));
    Failure::plain(message.hint(format!("run shard {named}{rest}")))
}

/// The most missing shards that are named.
const MOST_NAMED: usize = 20;
