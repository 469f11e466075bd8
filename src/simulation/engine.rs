//! The loop over draws, on all threads and in a fixed order.

use rayon::prelude::*;

use super::collector::{Batch, Collector};
use super::layout::Layout;
use super::plan::{BLOCK, Plan, Range};
use super::soundness::Inspector;
use super::watch::Watch;
use crate::program::{Arena, BATCH, Program};

/// The fewest and the most blocks that one thread takes at a time: so many that starting and merging a part costs little beside
/// its draws.
const GROUPS: std::ops::RangeInclusive<u64> = 4..=32;

/// Memory that parts may take before they are collected, unless there are too few for all threads.
const WAVE_BYTES: usize = 32 << 20;

/// The run was told to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interrupted;

impl std::fmt::Display for Interrupted {
    fn fmt(&self, f: &mut std::fmt::Formatter) -> std::fmt::Result {
        f.write_str("interrupted")
    }
}

impl std::error::Error for Interrupted {}

/// Computes the draws `ranges` of `plan`, with the inputs in the columns that `layout` gives them, and hands them to `collector`,
/// in that order. What it collects does not depend on the number of threads: blocks are folded along a fixed tree and parts
/// collected in a fixed order.
///
/// Every range must start at a multiple of [`BLOCK`].
///
/// # Errors
/// [`Interrupted`], if `watch` was told so.
pub fn run<C: Collector>(
    program: &Program,
    plan: &Plan,
    layout: &Layout,
    ranges: &[Range],
    collector: &mut C,
    watch: &Watch,
) -> Result<(), Interrupted> {
    let pool = pool(plan.threads);
    build_tables(program, pool.as_ref());
    let threads = pool.as_ref().map_or(1, rayon::ThreadPool::current_num_threads);
    let group = collector.part_draws().unwrap_or_else(|| group(ranges, threads));
    let tasks: Vec<Task> = ranges.iter().flat_map(|range| tasks(range, group)).collect();
    let inspector = Inspector::new(program);
    // For one thread only.
    let mut arena = Arena::on(plan.level, program);
    for wave in tasks.chunks(at_once(threads, collector.part_bytes(group))) {
        let worker = Worker { program, plan, layout, inspector: &inspector, collector: &*collector, watch };
        let parts: Vec<C::Part> = match &pool {
            // Columns serve many tasks.
            Some(pool) => pool.install(|| {
                let work = |arena: &mut Arena, task: &Task| worker.work(arena, task);
                wave.par_iter().map_init(|| worker.arena(), work).collect()
            }),
            None => wave.iter().map(|task| worker.work(&mut arena, task)).collect(),
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
    layout: &'a Layout,
    inspector: &'a Inspector<'a>,
    collector: &'a C,
    watch: &'a Watch,
}

impl<C: Collector> Worker<'_, C> {
    fn arena(&self) -> Arena {
        Arena::on(self.plan.level, self.program)
    }

    fn work(&self, arena: &mut Arena, task: &Task) -> C::Part {
        let mut part = self.collector.part(task.start);
        let columns = self.layout.columns(self.program, &self.plan.design(), task.replicate);
        let mut start = task.start;
        while start < task.end && !self.watch.is_interrupted() {
            let block_end = ((start / BLOCK + 1) * BLOCK).min(task.end);
            let length = (block_end - start).min(BATCH as u64) as usize;
            self.program
                .evaluate(arena, length, |input, out| columns[input].fill_on(self.plan.level, start, out));
            let soundness = self.inspector.inspect(arena, length);
            let batch = Batch::new(self.program, arena, &soundness, (task.replicate, start), length);
            self.collector.observe(&mut part, &batch);
            start += length as u64;
            if start == block_end {
                self.collector.end_block(&mut part);
            }
        }
        self.collector.end_part(&mut part);
        self.watch.add(task.end - task.start);
        part
    }
}
