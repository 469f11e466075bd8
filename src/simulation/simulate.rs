//! A run from first draw to summary.

use std::ops::Range;

use super::engine::Interrupted;
use super::kept::Kept;
use super::plan::{Plan, REPLICATES};
use super::sampling::Sampling;
use super::summary::{Summary, summarize};
use super::variants;
use super::watch::Watch;
use crate::design::Kind;
use crate::math::level::Level;
use crate::model::Model;
use crate::program::{Program, Query};

/// The fewest draws of a run that stops by itself, so that spread and charts are smooth.
pub const FEWEST: u64 = 1 << 14;

/// The most draws of a run that stops by itself, unless told otherwise.
pub const MOST: u64 = 1 << 24;

/// How the draws are made and when they are enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Settings {
    /// The kind of design.
    pub kind: Kind,
    /// The seed.
    pub seed: u64,
    /// Threads; 0 for one a core.
    pub threads: usize,
    /// When to stop.
    pub rule: Rule,
}

/// When a run stops.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// After this many draws.
    Draws(u64),
    /// When the error of every outcome's probability is small enough, or after so many draws.
    Until {
        /// What is small enough.
        target: Target,
        /// The most draws.
        most: u64,
    },
}

/// What error is small enough.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Target {
    /// The half-width of every 90 % interval, as a probability.
    HalfWidth(f64),
    /// Every standard error, as a probability.
    StandardError(f64),
}

impl Default for Rule {
    /// Tenths of a percentage point are right: every 90 % half-width is at most 0.05 points.
    fn default() -> Rule {
        Rule::Until { target: Target::HalfWidth(0.0005), most: MOST }
    }
}

/// A run and what it left.
#[derive(Clone, Debug)]
pub struct Run {
    /// What it found.
    pub summary: Summary,
    /// The first draws, whole.
    pub kept: Kept,
    /// Whether the target was reached; true where there was none.
    pub reached: bool,
}

/// Replicates of a run that stops by itself: the first half decides when, the second half tells the error. If one group
/// did both, runs would tend to stop when they underestimate their error, and the 90 % interval would not cover 90 %.
const DECIDING: u32 = 8;
const JUDGING: u32 = 8;

/// How much smaller than the target the deciding error must be, so that the judging error seldom misses it.
const MARGIN: f64 = 0.5;

/// Runs `program`, which was compiled from `model`.
///
/// # Errors
/// [`Interrupted`], if `watch` was told so.
pub fn simulate(
    model: &Model,
    program: &Program,
    settings: &Settings,
    watch: &Watch,
) -> Result<Run, Interrupted> {
    simulate_on(Level::best(), model, program, settings, watch)
}

/// As [`simulate`], with every loop on a chosen level: the same bits on each.
///
/// # Errors
/// [`Interrupted`], if `watch` was told so.
pub fn simulate_on(
    level: Level,
    model: &Model,
    program: &Program,
    settings: &Settings,
    watch: &Watch,
) -> Result<Run, Interrupted> {
    let Sampled { sampling, judges, reached } = sample_on(level, model, program, settings, watch)?;
    Ok(summed(model, program, sampling, judges, reached))
}

/// Draws that met a rule.
pub struct Sampled<'a> {
    /// The draws.
    pub sampling: Sampling<'a>,
    /// The replicates that errors are told from.
    pub judges: Range<usize>,
    /// Whether the target was reached; true where there was none.
    pub reached: bool,
}

/// As [`simulate`], for whoever asks the draws himself.
///
/// # Errors
/// [`Interrupted`], if `watch` was told so.
pub fn sample<'a>(
    model: &'a Model,
    program: &'a Program,
    settings: &Settings,
    watch: &Watch,
) -> Result<Sampled<'a>, Interrupted> {
    sample_on(Level::best(), model, program, settings, watch)
}

fn sample_on<'a>(
    level: Level,
    model: &'a Model,
    program: &'a Program,
    settings: &Settings,
    watch: &Watch,
) -> Result<Sampled<'a>, Interrupted> {
    let draws = match settings.rule {
        Rule::Until { target, most } if !program.inputs().is_empty() => {
            let first = plan(settings, FEWEST.min(most), DECIDING + JUDGING);
            return until(model, program, Plan { level, ..first }, target, most, watch);
        }
        Rule::Until { .. } => 1,
        Rule::Draws(draws) => draws,
    };
    let plan = Plan { level, ..fixed_plan(program, settings, draws) };
    let mut sampling = Sampling::new(model, program, plan);
    sampling.grow(plan.draws_per_replicate, watch)?;
    let judges = fixed_judges(program, &sampling);
    Ok(Sampled { sampling, judges, reached: true })
}

/// The replicates that tell the error of a fixed number of draws: none where no draw enters.
fn fixed_judges(program: &Program, sampling: &Sampling) -> Range<usize> {
    if program.inputs().is_empty() { 0..0 } else { judges(sampling.plan(), 0) }
}

/// The plan of a fixed number of draws. If nothing is uncertain, it is one evaluation, into which no draw enters.
pub(super) fn fixed_plan(program: &Program, settings: &Settings, draws: u64) -> Plan {
    let plan = plan(settings, draws, REPLICATES);
    match program.inputs().is_empty() {
        true => Plan { replicates: 1, draws_per_replicate: 1, ..plan },
        false => plan,
    }
}

/// The run whose fixed number of draws is done.
pub(super) fn conclude(model: &Model, program: &Program, sampling: Sampling) -> Run {
    let judges = fixed_judges(program, &sampling);
    summed(model, program, sampling, judges, true)
}

fn summed(model: &Model, program: &Program, sampling: Sampling, judges: Range<usize>, reached: bool) -> Run {
    let mut summary = summarize(model, program, &sampling, judges);
    if program.inputs().is_empty() {
        summary.plan.draws_per_replicate = 0;
    }
    Run { summary, kept: sampling.into_kept().resampled(program), reached }
}

fn plan(settings: &Settings, draws: u64, replicates: u32) -> Plan {
    Plan::new(settings.kind, settings.seed, draws, replicates, settings.threads)
}

/// Doubles the draws until the target is met. The number of draws is looked at only at powers of two, where scrambled
/// Sobol points are balanced.
fn until<'a>(
    model: &'a Model,
    program: &'a Program,
    first: Plan,
    target: Target,
    most: u64,
    watch: &Watch,
) -> Result<Sampled<'a>, Interrupted> {
    let fewest = if first.kind == Kind::Independent { 1 } else { 2 };
    let mut draws = first.draws_per_replicate * if most > FEWEST { fewest } else { 1 };
    let mut sampling = Sampling::new(model, program, first);
    loop {
        sampling.grow(draws, watch)?;
        let reached = is_met(program, &sampling, target);
        let next = draws * 2;
        // More draws mend no formula: a run that is to be refused is refused at its first look.
        if reached || sampling.is_void() || next.saturating_mul(u64::from(first.replicates)) > most {
            return Ok(Sampled { sampling, judges: judges(&first, DECIDING as usize), reached });
        }
        draws = next;
    }
}

/// The replicates that tell the error: those from `first` on; none for independent draws, which have an error of their own.
fn judges(plan: &Plan, first: usize) -> Range<usize> {
    if plan.kind == Kind::Independent { 0..0 } else { first..plan.replicates as usize }
}

/// The probabilities that are to be precise: those of the outcomes, and those of the first and the last update.
fn wanted(program: &Program) -> impl Iterator<Item = Query> {
    let answers = &program.answers;
    let ends = answers.updates.first().into_iter().chain(answers.updates.last());
    let updates = ends.flat_map(|one| (0..one.values.len()).map(|at| one.query(at)));
    let variants = variants::pairs(answers).flatten();
    answers.outcomes.iter().map(|output| answers.probability(*output)).chain(updates).chain(variants)
}

fn is_met(program: &Program, sampling: &Sampling, target: Target) -> bool {
    let plan = sampling.plan();
    let meets = |judges: Range<usize>, margin: f64| {
        let estimates = sampling.estimates(judges);
        wanted(program).all(|query| {
            let estimate = estimates.probability(query);
            match target {
                Target::HalfWidth(most) => estimate.half_width() <= margin * most,
                Target::StandardError(most) => estimate.std_error <= margin * most,
            }
        })
    };
    if plan.kind == Kind::Independent {
        return meets(0..0, 1.0);
    }
    let deciding = DECIDING as usize;
    meets(0..deciding, MARGIN) && meets(deciding..plan.replicates as usize, 1.0)
}
