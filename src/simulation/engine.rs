//! The loop over draws, on all threads and in a fixed order.

use rayon::prelude::*;

use super::collector::{Batch, Collector};
use super::plan::{Plan, Range};
use super::watch::Watch;
use crate::design::{Column, Place};
use crate::kernel;
use crate::program::{Arena, BATCH, Program};

/// Draws in a block, the leaf of the tree along which sums are folded.
pub const BLOCK: u64 = 4_096;

/// The fewest and the most blocks that one thread takes at a time: so many that starting and merging a part costs little beside
/// its draws.
const GROUPS: std::ops::RangeInclusive<u64> = 4..=32;

/// Memory that parts may take before they are collected, unless there are too few for all threads.
const WAVE_BYTES: usize = 32 << 20;

/// The run was told to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interrupted;

/// Computes the draws `ranges` of `plan` and hands them to `collector`, in that order. What it collects does not depend
/// on the number of threads: blocks are folded along a fixed tree and parts collected in a fixed order.
///
/// Every range must start at a multiple of [`BLOCK`].
///
/// # Errors
/// [`Interrupted`], if `watch` was told so.
pub fn run<C: Collector>(
    program: &Program,
    plan: &Plan,
    ranges: &[Range],
    collector: &mut C,
    watch: &Watch,
) -> Result<(), Interrupted> {
    let pool = pool(plan.threads);
    build_tables(program, pool.as_ref());
    let threads = pool.as_ref().map_or(1, rayon::ThreadPool::current_num_threads);
    let group = group(ranges, threads);
    let tasks: Vec<Task> = ranges.iter().flat_map(|range| tasks(range, group)).collect();
    for wave in tasks.chunks(at_once(threads, collector.part_bytes(group))) {
        let worker = Worker { program, plan, collector: &*collector, watch };
        let parts: Vec<C::Part> = match &pool {
            Some(pool) => pool.install(|| wave.par_iter().map(|task| worker.work(task)).collect()),
            None => wave.iter().map(|task| worker.work(task)).collect(),
        };
        // Whoever was interrupted has left off in the middle of its task.
        if watch.is_interrupted() {
            return Err(Interrupted);
        }
        for (task, part) in wave.iter().zip(parts) {
            collector.collect(task.replicate, part);
        }
    }
    Ok(())
}

/// How many draws one thread takes at a time: enough tasks for all threads of a short run, few starts in a long one. The answer does
/// not depend on it.
fn group(ranges: &[Range], threads: usize) -> u64 {
    let draws: u64 = ranges.iter().map(|range| range.end - range.start).sum();
    let share = draws / BLOCK / (4 * threads as u64);
    BLOCK << share.clamp(*GROUPS.start(), *GROUPS.end()).ilog2()
}

/// How many tasks to make before their parts are collected: so many a thread that little time is lost when one thread waits
/// for another at the end, but not more as there are more draws, and fewer where parts are large.
fn at_once(threads: usize, part_bytes: usize) -> usize {
    (WAVE_BYTES / part_bytes.max(1)).clamp(threads, 16 * threads)
}

/// Builds what the program needs before its first draw, on as many threads as `plan` has.
pub(super) fn prepare(program: &Program, plan: &Plan) {
    if !program.missing_tables().is_empty() {
        build_tables(program, pool(plan.threads).as_ref());
    }
}

/// On one thread there is nothing to gain: each table is built when it is first needed.
fn build_tables(program: &Program, pool: Option<&rayon::ThreadPool>) {
    let missing = program.missing_tables();
    if let Some(pool) = pool.filter(|_| missing.len() > 1) {
        pool.install(|| missing.par_iter().for_each(|table| program.build_table(*table)));
    }
}

/// A pool of the wanted size; none for one thread, or if the machine refuses.
fn pool(threads: usize) -> Option<rayon::ThreadPool> {
    let wanted =
        if threads == 0 { std::thread::available_parallelism().map_or(1, usize::from) } else { threads };
    if wanted == 1 { None } else { rayon::ThreadPoolBuilder::new().num_threads(wanted).build().ok() }
}

/// A group of blocks of one replicate.
struct Task {
    replicate: u32,
    start: u64,
    end: u64,
}

fn tasks(range: &Range, group: u64) -> impl Iterator<Item = Task> + use<> {
    let Range { replicate, start, end } = *range;
    (start / group..end.div_ceil(group)).map(move |at| Task {
        replicate,
        start: (at * group).max(start),
        end: ((at + 1) * group).min(end),
    })
}

struct Worker<'a, C: Collector> {
    program: &'a Program,
    plan: &'a Plan,
    collector: &'a C,
    watch: &'a Watch,
}

impl<C: Collector> Worker<'_, C> {
    fn work(&self, task: &Task) -> C::Part {
        let mut part = self.collector.part(task.start / BLOCK);
        let mut arena = Arena::on(self.plan.level, self.program);
        let columns = self.columns(task.replicate);
        let mut sound = Vec::with_capacity(BATCH);
        let mut start = task.start;
        while start < task.end && !self.watch.is_interrupted() {
            let block_end = ((start / BLOCK + 1) * BLOCK).min(task.end);
            let length = (block_end - start).min(BATCH as u64) as usize;
            self.program.evaluate(&mut arena, length, |input, out| {
                columns[input].fill_on(self.plan.level, start, out)
            });
            let all = find_sound(self.program, &arena, length, &mut sound);
            let kept = if all { None } else { Some(&sound[..]) };
            let batch = Batch::new(self.program, &arena, (task.replicate, start), length, kept);
            self.collector.observe(&mut part, &batch);
            start += length as u64;
            if start == block_end {
                self.collector.end_block(&mut part);
            }
        }
        self.watch.add(task.end - task.start);
        part
    }

    fn columns(&self, replicate: u32) -> Vec<Column> {
        let design = self.plan.design();
        let column = |input: &crate::program::Input| {
            design.column(Place { replicate, copy: 0, dimension: input.dimension as u32, name: &input.key })
        };
        self.program.inputs().iter().map(column).collect()
    }
}

/// Whether every output of every draw is a finite number; if not, `sound` lists the draws that are.
fn find_sound(program: &Program, arena: &Arena, length: usize, sound: &mut Vec<u16>) -> bool {
    let columns = || program.doubtful().iter().map(|output| program.output(arena, *output));
    let mut trace = 0.0;
    columns().for_each(|column| trace_void(arena.level(), column, &mut trace));
    sound.clear();
    if trace == 0.0 {
        return true;
    }
    sound
        .extend((0..length as u16).filter(|at| columns().all(|column| column[usize::from(*at)].is_finite())));
    false
}

kernel! {
    /// Adds 0 if all values are finite, else NaN: x · 0 is 0 for a finite x and NaN for all else, and NaN stays.
    fn trace_void(values: &[f64], trace: &mut f64) {
        let mut lanes = [0.0; 32];
        let chunks = values.chunks_exact(32);
        let rest = chunks.remainder();
        for chunk in chunks {
            for lane in 0..32 {
                lanes[lane] += chunk[lane] * 0.0;
            }
        }
        *trace += lanes.iter().sum::<f64>() + rest.iter().map(|value| value * 0.0).sum::<f64>();
    }
}
