//! `foretell run --shard`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use super::args::RunArgs;
use super::failure::{self, Failure};
use super::files::reason;
use super::progress::Progress;
use super::scenario::Opened;
use super::share::{Share, refuse_terminal, written};
use super::target::Target;
use super::terminal::Terminal;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::number::{count, counted};
use crate::session::Changes;
use crate::simulation::{BUILD, Header, Rule, Shards, simulate_shard};

/// Makes a share of the draws and writes it to `path`, or under a name of its own into a folder.
///
/// # Errors
/// The file, the flags or the machine say no.
pub fn run(args: &RunArgs, share: &Share, path: &Path, terminal: &Terminal) -> Result<ExitCode, Failure> {
    let settings = args.sampling.settings();
    let Rule::Draws(draws) = settings.rule else { return Err(no_number()) };
    let shards = share.find(terminal)?;
    let changes = args.changes();
    let interrupt = terminal.listen();
    let opened = Opened::read(&args.file, &interrupt, terminal)?;
    let (case, inputs) = opened.case(&changes, terminal)?;
    let target = Target::find(&file(path, &shards)?, &inputs)?;
    refuse_terminal(&target, terminal)?;
    target.claim_output(terminal);
    // In one order, so that parts agree however it is said.
    let of: BTreeSet<String> = case.named("--of", &args.wanted.of)?.into_iter().collect();
    let changes = Changes { of: of.into_iter().collect(), ..changes };
    let question = args.question(&case, changes.of.clone());
    let round = case.round(&question, &settings)?;
    let program = round.program();
    case.allow(program.is_exact())?;
    let mut header = Header {
        version: env!("CARGO_PKG_VERSION").into(),
        build: BUILD.into(),
        machine: Header::this_machine(),
        scenario: case.read_hash.clone(),
        overrides: changes.to_lines(),
        seed: settings.seed,
        kind: settings.kind,
        draws,
        shards,
    };
    let plan = header.plan(program, settings.threads);
    header.draws = plan.draws();
    let own = header.shards.draws(&plan);
    let progress = Progress::start(terminal, &interrupt.watch, own, true);
    let made = simulate_shard(program, &header, settings.threads, &interrupt.watch)?;
    drop(progress);
    interrupt.check()?;
    target.write_bytes(&made, &interrupt)?;
    let noun = if header.shards.each().len() == 1 { "Shard" } else { "Shards" };
    let share = format!("{} of {}", counted(own, "draw"), count(plan.draws()));
    terminal.say(&format!("{noun} {}, {share}, written to {}\n", header.shards, target.name()));
    Ok(ExitCode::SUCCESS)
}

/// In a folder, each share has a name of its own, which no other has. A name that ends as folders do is that of one, which is made where
/// it is not there.
fn file(path: &Path, shards: &Shards) -> Result<PathBuf, Failure> {
    let name = || format!("{}.part", written(shards, usize::MAX).replace('/', "-of-"));
    if path.as_os_str().as_encoded_bytes().ends_with(b"/") {
        let hint = "name a folder that can be made, a file, or - for standard output";
        std::fs::create_dir_all(path).map_err(|error| failure::file("write", path, reason(&error), hint))?;
    }
    Ok(if path.is_dir() { path.join(name()) } else { path.into() })
}

fn no_number() -> Failure {
    let message = "a shard needs a number of draws that is fixed beforehand";
    let hint = "give --draws N, the same for every shard, and leave --precision out";
    Failure::plain(Diagnostic::error("shard-draws", message).hint(hint))
}
