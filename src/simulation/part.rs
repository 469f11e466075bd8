//! Some shares of a run as bytes.
//!
//! A part holds a mark, the version of this form, the length of what follows, a [`Header`], what was collected of the shares' draws, and
//! the SHA-256 of all that. Parts may stand one after the other.

use sha2::{Digest, Sha256};

use super::codec::{Reader, Unreadable, Writer};
use super::collected::Collected;
use super::engine::{Interrupted, prepare, run};
use super::kept::Kept;
use super::layout::Layout;
use super::part_content;
use super::part_error::PartError;
use super::plan::Plan;
use super::shard::{Shard, ranges};
use super::shards::Shards;
use super::simulate::{Rule, Settings, fixed_plan};
use super::tally::Tally;
use super::watch::Watch;
use crate::design::Kind;
use crate::math::instruction_set::InstructionSet;
use crate::program::Program;

const MARK: &[u8] = b"foretell part\n";
const FORM: u64 = 6;
const DIGEST: usize = 32;

/// The name of this very build: a hash of its sources and of what they are built with. What another build collects may be of other draws,
/// whatever version it says it is.
pub const BUILD: &str = env!("FORETELL_BUILD");

/// What the program was compiled for, such as `x86_64-unknown-linux-gnu`.
pub const TARGET: &str = env!("FORETELL_TARGET");

/// What a part is a part of. All but the machine and the shares is the same in all parts of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The version of foretell.
    pub version: String,
    /// The [name](BUILD) of the build.
    pub build: String,
    /// What the program was compiled for, and the instructions that it used. Draws have the same bits on each.
    pub machine: String,
    /// The hash of everything that was read.
    pub scenario: String,
    /// Values that replaced the file's, as NAME=VALUE.
    pub overrides: Vec<String>,
    /// The seed.
    pub seed: u64,
    /// The kind of design.
    pub kind: Kind,
    /// Draws of the whole run.
    pub draws: u64,
    /// Which shares of them these are.
    pub shards: Shards,
}

impl Header {
    /// The settings of the whole run.
    pub fn settings(&self, threads: usize) -> Settings {
        Settings { kind: self.kind, seed: self.seed, threads, rule: Rule::Draws(self.draws) }
    }

    /// Whether another header is of a part of the same run.
    pub fn is_of_run(&self, other: &Header) -> bool {
        let (shards, machine) = (self.shards.clone(), self.machine.clone());
        *self == Header { shards, machine, ..other.clone() }
    }

    /// The name of this machine: the target and the widest instructions that it has.
    pub fn this_machine() -> String {
        format!("{TARGET}, {}", InstructionSet::best().name())
    }

    /// The plan of the whole run.
    pub fn plan(&self, program: &Program, threads: usize) -> Plan {
        fixed_plan(program, &self.settings(threads), self.draws)
    }

    fn write(&self, to: &mut Writer) {
        [&self.version, &self.build, &self.machine, &self.scenario].iter().for_each(|one| to.text(one));
        to.number(self.overrides.len() as u64);
        self.overrides.iter().for_each(|one| to.text(one));
        to.number(self.seed);
        to.text(self.kind.name());
        to.number(self.draws);
        let rows = self.shards.rows();
        to.number(rows.len() as u64);
        rows.iter().flat_map(|row| [row.first, row.last, row.count]).for_each(|one| to.number(one));
    }

    fn read(from: &mut Reader) -> Result<Header, Unreadable> {
        let (version, build, machine, scenario) = (from.text()?, from.text()?, from.text()?, from.text()?);
        let overrides = (0..from.number()?).map(|_| from.text()).collect::<Result<_, _>>()?;
        let seed = from.number()?;
        let kind = Kind::from_name(&from.text()?).ok_or(Unreadable)?;
        let draws = Some(from.number()?).filter(|draws| (1..=Header::MOST_DRAWS).contains(draws));
        let (draws, shards) = (draws.ok_or(Unreadable)?, read_shards(from)?);
        Ok(Header { version, build, machine, scenario, overrides, seed, kind, draws, shards })
    }

    /// The most draws of a run that is made in shards.
    pub const MOST_DRAWS: u64 = 1 << 40;
}

fn read_shards(from: &mut Reader) -> Result<Shards, Unreadable> {
    let mut each = Vec::new();
    for _ in 0..from.number()? {
        let (first, last, count) = (from.number()?, from.number()?, from.number()?);
        // Shares that have nothing in common are never more than the most of one run.
        if first > last || last > count || each.len() as u64 + (last - first) >= Shard::MOST {
            return Err(Unreadable);
        }
        each.extend((first..=last).filter_map(|number| Shard::new(number, count)));
    }
    Shards::of(each).ok_or(Unreadable)
}

/// A part whose header has been read, and whose digest is right.
#[derive(Clone, Debug)]
pub struct Part<'b> {
    /// What it is a part of.
    pub header: Header,
    body: &'b [u8],
}

impl<'b> Part<'b> {
    /// Reads the header and checks the digest.
    ///
    /// # Errors
    /// See [`PartError`].
    pub fn open(bytes: &'b [u8]) -> Result<Part<'b>, PartError> {
        match Part::first(bytes)? {
            (part, []) => Ok(part),
            _ => Err(PartError::Damaged),
        }
    }

    /// The first of parts that stand one after the other, and what follows it.
    ///
    /// # Errors
    /// See [`PartError`].
    pub fn first(bytes: &'b [u8]) -> Result<(Part<'b>, &'b [u8]), PartError> {
        let mut reader = Reader { bytes: bytes.strip_prefix(MARK).ok_or(PartError::Foreign)? };
        let form = reader.number().map_err(|_| PartError::Damaged)?;
        if form != FORM {
            return Err(PartError::Form);
        }
        let length = reader.number().ok().and_then(|length| usize::try_from(length).ok());
        let start = bytes.len() - reader.bytes.len();
        let end = length.and_then(|length| start.checked_add(length)).ok_or(PartError::Damaged)?;
        let (content, rest) = bytes.split_at_checked(end).ok_or(PartError::Damaged)?;
        let (digest, rest) = rest.split_at_checked(DIGEST).ok_or(PartError::Damaged)?;
        if Sha256::digest(content).as_slice() != digest {
            return Err(PartError::Damaged);
        }
        let mut reader = Reader { bytes: &content[start..] };
        let header = Header::read(&mut reader).map_err(|_| PartError::Form)?;
        Ok((Part { header, body: reader.bytes }, rest))
    }

    /// Whether another part holds the same of the same draws, whatever machine made it.
    pub fn is_twin_of(&self, other: &Part) -> bool {
        let is_same = self.header.is_of_run(&other.header) && self.header.shards == other.header.shards;
        is_same && self.body == other.body
    }

    pub(super) fn body(&self) -> Reader<'b> {
        Reader { bytes: self.body }
    }
}

/// Computes the draws of shares and gives their part.
///
/// # Errors
/// [`Interrupted`], if `watch` was told so.
pub fn simulate_shard(
    program: &Program,
    header: &Header,
    threads: usize,
    watch: &Watch,
) -> Result<Vec<u8>, Interrupted> {
    simulate_shard_on(InstructionSet::best(), program, header, threads, watch)
}

/// As [`simulate_shard`], with every loop on a chosen level: the same draws on each.
///
/// # Errors
/// [`Interrupted`], if `watch` was told so.
pub fn simulate_shard_on(
    level: InstructionSet,
    program: &Program,
    header: &Header,
    threads: usize,
    watch: &Watch,
) -> Result<Vec<u8>, Interrupted> {
    let plan = Plan { level, ..header.plan(program, threads) };
    prepare(program, &plan);
    let mut collected = Collected::none(Tally::new(program, &plan), Kept::new(program, &plan));
    for span in header.shards.blocks(&plan) {
        let ranges = ranges(&plan, span);
        let mut own = (Tally::starting_at(program, &plan, &ranges), Kept::new(program, &plan));
        run(program, &plan, &Layout::of(program), &ranges, &mut own, watch)?;
        collected.take_in(own.0, &own.1, &ranges);
    }
    let machine = format!("{TARGET}, {}", level.name());
    Ok(to_bytes(&Header { machine, ..header.clone() }, &collected))
}

/// What was collected of the shares that `header` names, as a part.
pub(super) fn to_bytes(header: &Header, collected: &Collected) -> Vec<u8> {
    let mut content = Writer::default();
    header.write(&mut content);
    part_content::write(collected, &mut content);
    let mut part = Writer { bytes: MARK.to_vec() };
    part.number(FORM);
    part.number(content.bytes.len() as u64);
    part.bytes.append(&mut content.bytes);
    let digest = Sha256::digest(&part.bytes);
    part.bytes.extend(digest);
    part.bytes
}
