//! A shard's share of a run as bytes, and the run from all of them.
//!
//! A part holds a mark, the version of this form, a [`Header`], what the shard collected, and the SHA-256 of all that.
//! Sums are stored as the maximal whole subtrees of the shard's range, counts as pairs of a gap and a count.

use sha2::{Digest, Sha256};

use super::codec::{Reader, Unreadable, Writer};
use super::consistency::{self, Consistency};
use super::engine::{Interrupted, prepare, run};
use super::kept::Kept;
use super::layout::Layout;
use super::part_error::{Missing, PartError};
use super::plan::{Plan, Range};
use super::sampling::Sampling;
use super::shard::{Shard, blocks, ranges};
use super::simulate::{Rule, Sampled, Settings, conclude, fixed_plan};
use super::sums::Sums;
use super::tally::Tally;
use super::watch::Watch;
use crate::design::Kind;
use crate::program::Program;
use crate::statistics::{Comoments, Grid, Histogram, Merge, Pairs};

const MARK: &[u8] = b"foretell part\n";
const FORM: u64 = 5;
const DIGEST: usize = 32;

/// The name of this very build: a hash of its sources and of what they are built with. What another build collects may be of other draws,
/// whatever version it says it is.
pub const BUILD: &str = env!("FORETELL_BUILD");

/// What a part is a part of. All but the shard is the same in all parts of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The version of foretell.
    pub version: String,
    /// The [name](BUILD) of the build.
    pub build: String,
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
    /// Which share of them this is.
    pub shard: Shard,
}

impl Header {
    /// The settings of the whole run.
    pub fn settings(&self, threads: usize) -> Settings {
        Settings { kind: self.kind, seed: self.seed, threads, rule: Rule::Draws(self.draws) }
    }

    /// Whether another header is of a part of the same run.
    pub fn is_of_run(&self, other: &Header) -> bool {
        *self == Header { shard: self.shard, ..other.clone() }
    }

    /// The plan of the whole run.
    pub fn plan(&self, program: &Program, threads: usize) -> Plan {
        fixed_plan(program, &self.settings(threads), self.draws)
    }

    fn write(&self, to: &mut Writer) {
        to.text(&self.version);
        to.text(&self.build);
        to.text(&self.scenario);
        to.number(self.overrides.len() as u64);
        self.overrides.iter().for_each(|one| to.text(one));
        to.number(self.seed);
        to.text(self.kind.name());
        [self.draws, self.shard.number(), self.shard.count()].iter().for_each(|one| to.number(*one));
    }

    fn read(from: &mut Reader) -> Result<Header, Unreadable> {
        let (version, build, scenario) = (from.text()?, from.text()?, from.text()?);
        let overrides = (0..from.number()?).map(|_| from.text()).collect::<Result<_, _>>()?;
        let seed = from.number()?;
        let kind = Kind::from_name(&from.text()?).ok_or(Unreadable)?;
        let draws = Some(from.number()?).filter(|draws| (1..=Header::MOST_DRAWS).contains(draws));
        let shard = Shard::new(from.number()?, from.number()?).ok_or(Unreadable)?;
        Ok(Header { version, build, scenario, overrides, seed, kind, draws: draws.ok_or(Unreadable)?, shard })
    }

    /// The most draws of a run that is made in shards.
    pub const MOST_DRAWS: u64 = 1 << 40;
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
        if !bytes.starts_with(MARK) {
            return Err(PartError::Foreign);
        }
        let (content, digest) = bytes
            .len()
            .checked_sub(DIGEST)
            .and_then(|end| bytes.split_at_checked(end))
            .ok_or(PartError::Damaged)?;
        if Sha256::digest(content).as_slice() != digest {
            return Err(PartError::Damaged);
        }
        let mut reader = Reader { bytes: content.strip_prefix(MARK).ok_or(PartError::Damaged)? };
        if reader.number() != Ok(FORM) {
            return Err(PartError::Form);
        }
        let header = Header::read(&mut reader).map_err(|_| PartError::Form)?;
        Ok(Part { header, body: reader.bytes })
    }
}

/// Computes the draws of a shard and gives its part.
///
/// # Errors
/// [`Interrupted`], if `watch` was told so.
pub fn simulate_shard(
    program: &Program,
    header: &Header,
    threads: usize,
    watch: &Watch,
) -> Result<Vec<u8>, Interrupted> {
    let plan = header.plan(program, threads);
    let ranges = ranges(&plan, header.shard.blocks(&plan));
    prepare(program, &plan);
    let mut collected = (Tally::starting_at(program, &plan, &ranges), Kept::new(program, &plan));
    run(program, &plan, &Layout::of(program), &ranges, &mut collected, watch)?;
    let mut writer = Writer { bytes: MARK.to_vec() };
    writer.number(FORM);
    header.write(&mut writer);
    write_tally(collected.0, &ranges, &mut writer);
    write_kept(&collected.1, &ranges, &mut writer);
    let digest = Sha256::digest(&writer.bytes);
    writer.bytes.extend(digest);
    Ok(writer.bytes)
}

/// A run that is put together from parts.
pub struct Assembly<'a> {
    program: &'a Program,
    header: Header,
    plan: Plan,
    tally: Tally,
    kept: Kept,
    consistency: Consistency,
    /// The block that comes next.
    next: u64,
}

impl<'a> Assembly<'a> {
    /// Without parts yet, of the run that `header` tells of.
    pub fn new(program: &'a Program, header: &Header) -> Assembly<'a> {
        let plan = header.plan(program, 1);
        let (tally, kept) = (Tally::new(program, &plan), Kept::new(program, &plan));
        let consistency = Consistency::of(program, &tally.columns, &kept);
        Assembly { program, header: header.clone(), plan, tally, kept, consistency, next: 0 }
    }

    /// Takes in the part that comes next in the order of blocks.
    ///
    /// # Errors
    /// [`PartError`]: it is another build's or another run's, does not come next, or its content is none that draws give. The run
    /// can't be put together any more.
    pub fn add(&mut self, part: &Part) -> Result<(), PartError> {
        let blocks = part.header.shard.blocks(&self.plan);
        if part.header.build != BUILD {
            return Err(PartError::Build(part.header.build.clone(), BUILD));
        }
        if !self.header.is_of_run(&part.header) {
            return Err(PartError::Run);
        }
        let reader = &mut Reader { bytes: part.body };
        if !blocks.is_empty() {
            if blocks.start < self.next {
                return Err(PartError::Overlap);
            }
            if blocks.start > self.next {
                let missing = self.next..blocks.start;
                return Err(PartError::Gap(Missing::of(missing, &self.plan, part.header.shard)));
            }
            self.next = blocks.end;
        }
        let ranges = ranges(&self.plan, blocks);
        let void = read_tally(&mut self.tally, &self.consistency, &ranges, reader)?;
        read_kept(&mut self.kept, &self.consistency, (&ranges, void), reader)?;
        Ok(reader.end()?)
    }

    /// The run, once all its parts have been added.
    ///
    /// # Errors
    /// Some are missing.
    pub fn finish(self) -> Result<Sampled<'a>, Missing> {
        let all = blocks(&self.plan);
        if self.next < all {
            return Err(Missing::of(self.next..all, &self.plan, self.header.shard));
        }
        Ok(conclude(Sampling::collected(self.program, self.plan, (self.tally, self.kept))))
    }
}

// What was collected, range by range.

fn write_tally(mut tally: Tally, ranges: &[Range], to: &mut Writer) {
    for range in ranges {
        let own = &mut tally.replicates[range.replicate as usize];
        let subtrees = std::mem::take(&mut own.tree).into_subtrees();
        to.number(subtrees.len() as u64);
        for (level, sums) in &subtrees {
            to.number(u64::from(*level));
            to.number(sums.each().len() as u64);
            for one in sums.each() {
                to.number(one.count());
                to.floats(one.means());
                to.floats(one.products());
            }
        }
        own.beliefs.iter().for_each(|histogram| write_histogram(histogram, to));
        own.values.iter().for_each(|histogram| write_histogram(histogram, to));
    }
    for void in &tally.void {
        to.number(void.draws);
        if let Some((replicate, index)) = void.first {
            to.number(u64::from(replicate));
            to.number(index);
        }
    }
}

/// Gives how many draws were left out, of all worlds together.
fn read_tally(
    tally: &mut Tally,
    consistency: &Consistency,
    ranges: &[Range],
    from: &mut Reader,
) -> Result<u64, PartError> {
    let mut counted = vec![0; consistency.worlds()];
    for range in ranges {
        let own = read_range(tally, consistency, range, from)?;
        counted.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
    }
    let draws = ranges.iter().map(|range| range.end - range.start).sum();
    let mut left_out: u64 = 0;
    for (world, void) in tally.void.iter_mut().enumerate() {
        let own = from.number()?;
        if counted[world].checked_add(own) != Some(draws) {
            return Err(PartError::Inconsistent("it does not tell of every draw whether it counted"));
        }
        left_out = left_out.saturating_add(own);
        void.draws = void.draws.checked_add(own).ok_or(Unreadable)?;
        if own > 0 {
            let first = (u32::try_from(from.number()?).map_err(|_| Unreadable)?, from.number()?);
            let inside =
                |range: &Range| range.replicate == first.0 && (range.start..range.end).contains(&first.1);
            if !ranges.iter().any(inside) {
                return Err(PartError::Inconsistent("it leaves out draws that are not its own"));
            }
            void.first = void.first.or(Some(first));
        }
    }
    Ok(left_out)
}

/// Gives the draws that counted in each world.
fn read_range(
    tally: &mut Tally,
    consistency: &Consistency,
    range: &Range,
    from: &mut Reader,
) -> Result<Vec<u64>, PartError> {
    let shape = Shape {
        columns: tally.columns.all.len(),
        pairs: tally.columns.pairs.clone(),
        companies: tally.companies,
    };
    let mut counted = vec![0; tally.companies];
    let mut in_worlds = vec![0; consistency.worlds()];
    let own = &mut tally.replicates[range.replicate as usize];
    for _ in 0..from.number()? {
        let level = u32::try_from(from.number()?).map_err(|_| Unreadable)?;
        let sums = read_sums(&shape, from)?;
        let start = own.tree.next_leaf() * tally.leaf;
        let leaves =
            1u64.checked_shl(level).and_then(|leaves| leaves.checked_mul(tally.leaf)).ok_or(Unreadable)?;
        let end = start.checked_add(leaves).ok_or(Unreadable)?.min(range.end);
        let draws = end.checked_sub(start).ok_or(Unreadable)?;
        let own_worlds = consistency.of_sums(&sums, draws)?;
        in_worlds.iter_mut().zip(own_worlds).for_each(|(sum, own)| *sum += own);
        counted.iter_mut().enumerate().for_each(|(at, sum)| *sum += sums.at(at).count());
        own.tree.push_subtree(level, sums).map_err(|_| Unreadable)?;
    }
    if own.tree.next_leaf() != range.end.div_ceil(tally.leaf) {
        return Err(PartError::Misfit);
    }
    for (mine, (spread, company)) in own.beliefs.iter_mut().zip(&tally.columns.beliefs) {
        let read = read_histogram(Default::default(), from)?;
        consistency::of_belief(spread, &read, counted[company.position()])?;
        mine.merge(&read);
    }
    for (at, (mine, one)) in own.values.iter_mut().zip(&tally.columns.spreads).enumerate() {
        let read = read_histogram(one.grid, from)?;
        consistency.of_values(at, &one.spread, &read, counted[one.company.position()])?;
        mine.merge(&read);
    }
    Ok(in_worlds)
}

/// What the sums of a tally are of.
struct Shape {
    columns: usize,
    pairs: Pairs,
    companies: usize,
}

/// The sums of all companies of worlds together, or of each.
fn read_sums(shape: &Shape, from: &mut Reader) -> Result<Sums, Unreadable> {
    let count = from.number()?;
    if count != 1 && count != shape.companies as u64 {
        return Err(Unreadable);
    }
    let mut each = Vec::new();
    for _ in 0..count {
        let (draws, means) = (from.number()?, from.floats(shape.columns)?);
        let sums = Comoments::from_sums(&shape.pairs, draws, means, from.floats(shape.pairs.len())?);
        each.push(sums.ok_or(Unreadable)?);
    }
    Sums::of(each).ok_or(Unreadable)
}

/// The least and the greatest value, the number of cells that are not empty, and of each how many cells after the one
/// before it stands and its count.
fn write_histogram<G: Grid>(histogram: &Histogram<G>, to: &mut Writer) {
    to.floats(&[histogram.min(), histogram.max()]);
    to.number(histogram.filled().count() as u64);
    let mut next = 0;
    for (cell, count) in histogram.filled() {
        to.number((cell - next) as u64);
        to.number(count);
        next = cell + 1;
    }
}

fn read_histogram<G: Grid>(grid: G, from: &mut Reader) -> Result<Histogram<G>, Unreadable> {
    let (min, max) = (from.float()?, from.float()?);
    let mut cells = Vec::new();
    let mut next = 0;
    for _ in 0..from.number()? {
        let gap = usize::try_from(from.number()?).map_err(|_| Unreadable)?;
        let cell = gap.checked_add(next).filter(|cell| *cell < G::CELLS).ok_or(Unreadable)?;
        cells.push((cell, from.number()?));
        next = cell + 1;
    }
    Histogram::from_cells(grid, &cells, min, max).ok_or(Unreadable)
}

/// How many draws of each range were kept, and their columns.
fn write_kept(kept: &Kept, ranges: &[Range], to: &mut Writer) {
    for range in ranges {
        to.number(kept.replicates().iter().filter(|one| **one == range.replicate).count() as u64);
    }
    kept.columns.iter().for_each(|column| to.floats(column));
}

fn read_kept(
    kept: &mut Kept,
    consistency: &Consistency,
    (ranges, void): (&[Range], u64),
    from: &mut Reader,
) -> Result<(), PartError> {
    let (before, mut room) = (kept.len(), 0);
    for range in ranges {
        let (count, most) = (from.number()?, kept.most_of(range));
        if count > most {
            return Err(PartError::Misfit);
        }
        room += most;
        kept.replicates.extend(std::iter::repeat_n(range.replicate, count as usize));
    }
    let count = kept.len() - before;
    for column in &mut kept.columns {
        column.extend(from.floats(count)?);
    }
    Ok(consistency.of_kept(kept, before, room, void)?)
}
