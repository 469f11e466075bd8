//! A run from its first draw until its rule is met.

use std::ops::Range;

use super::engine::Interrupted;
use super::estimates::Estimates;
use super::plan::{Plan, REPLICATES};
use super::sampling::Sampling;
use super::watch::Watch;
use crate::design::Kind;
use crate::math::instruction_set::InstructionSet;
use crate::program::{Aim, Program};

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

impl Default for Settings {
    /// Scrambled Sobol points from seed 1, on all cores, until tenths of a percentage point are right.
    fn default() -> Settings {
        Settings { kind: Kind::Sobol, seed: 1, threads: 0, rule: Rule::default() }
    }
}

/// When a run stops.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Rule {
    /// After this many draws.
    Draws(u64),
    /// When the error of everything that the program's aims name is small enough, or after so many draws.
    Until {
        /// What is small enough.
        target: Target,
        /// The most draws.
        most: u64,
    },
}

/// What error is small enough.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Target {
    /// The half-width of every 90 % interval: of a probability as it is, of a mean as a share of twice the standard deviation.
    HalfWidth(f64),
    /// Every standard error: of a probability as it is, of a mean as a share of the standard deviation.
    StandardError(f64),
}

impl Default for Rule {
    /// Tenths of a percentage point are right: every 90 % half-width is at most 0.05 points.
    fn default() -> Rule {
        Rule::Until { target: Target::HalfWidth(0.0005), most: MOST }
    }
}

/// Replicates of a run that stops by itself: half of them decide when, all tell the error. If the same did both, runs would
/// tend to stop when they underestimate their error, and the 90 % interval would not cover 90 %.
const ALL: u32 = 16;
const DECIDING: u32 = 8;

/// How much smaller than the target the deciding error must be, so that the error of all seldom misses it.
const MARGIN: f64 = 0.5;

/// Draws that met a rule.
pub struct Sampled<'a> {
    /// The draws.
    pub sampling: Sampling<'a>,
    /// The replicates that errors are told from.
    pub judges: Range<usize>,
    /// Whether the target was reached; true where there was none.
    pub reached: bool,
    /// What is farthest from the target, if it was not reached.
    pub missed: Option<Aim>,
}

impl Sampled<'_> {
    /// What the draws say.
    pub fn estimates(&self) -> Estimates<'_> {
        self.sampling.estimates(self.judges.clone())
    }

    /// How the draws were made; without draws where none entered any answer.
    pub fn plan(&self) -> Plan {
        let plan = *self.sampling.plan();
        match self.sampling.program().inputs().is_empty() {
            true => Plan { draws_per_replicate: 0, ..plan },
            false => plan,
        }
    }
}

/// Draws from `program` until the settings' rule is met.
///
/// # Errors
/// [`Interrupted`], if `watch` was told so.
pub fn simulate<'a>(
    program: &'a Program,
    settings: &Settings,
    watch: &Watch,
) -> Result<Sampled<'a>, Interrupted> {
    simulate_on(InstructionSet::best(), program, settings, watch)
}

/// As [`simulate`], with every loop on a chosen level: the same bits on each.
///
/// # Errors
/// [`Interrupted`], if `watch` was told so.
pub fn simulate_on<'a>(
    level: InstructionSet,
    program: &'a Program,
    settings: &Settings,
    watch: &Watch,
) -> Result<Sampled<'a>, Interrupted> {
    let draws = match settings.rule {
        Rule::Until { target, most } if !program.inputs().is_empty() => {
            let first = plan(settings, FEWEST.min(most), ALL);
            return until(program, Plan { level, ..first }, target, most, watch);
        }
        Rule::Until { .. } => 1,
        Rule::Draws(draws) => draws,
    };
    let plan = Plan { level, ..fixed_plan(program, settings, draws) };
    fixed(program, plan, watch)
}

/// The draws of a plan, or some if time runs out. Each look begins anew, as sums that grow are rounded otherwise than those made at one go.
fn fixed<'a>(program: &'a Program, plan: Plan, watch: &Watch) -> Result<Sampled<'a>, Interrupted> {
    let draw = |draws: u64| {
        let mut sampling = Sampling::new(program, Plan { draws_per_replicate: draws, ..plan });
        sampling.grow(draws, watch).map(|()| sampling)
    };
    let mut looks = watch.looks(plan.draws_per_replicate).into_iter();
    let mut sampling = draw(looks.next().unwrap_or(plan.draws_per_replicate))?;
    for draws in looks.take_while(|_| !watch.is_late()) {
        sampling = draw(draws)?;
    }
    let reached = sampling.plan().draws_per_replicate == plan.draws_per_replicate;
    Ok(Sampled { reached, ..conclude(sampling) })
}

/// The replicates that tell the error of a fixed number of draws: none where no draw enters.
fn fixed_judges(program: &Program, sampling: &Sampling) -> Range<usize> {
    if program.inputs().is_empty() { 0..0 } else { judges(sampling.plan()) }
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
pub(super) fn conclude(sampling: Sampling) -> Sampled {
    let judges = fixed_judges(sampling.program(), &sampling);
    Sampled { sampling, judges, reached: true, missed: None }
}

fn plan(settings: &Settings, draws: u64, replicates: u32) -> Plan {
    Plan::new(settings.kind, settings.seed, draws, replicates, settings.threads)
}

/// Doubles the draws until the target is met. The number of draws is looked at only at powers of two, where scrambled
/// Sobol points are balanced.
fn until<'a>(
    program: &'a Program,
    first: Plan,
    target: Target,
    most: u64,
    watch: &Watch,
) -> Result<Sampled<'a>, Interrupted> {
    let fewest = if first.kind == Kind::Independent { 1 } else { 2 };
    let mut draws = first.draws_per_replicate * if most > FEWEST { fewest } else { 1 };
    let mut sampling = Sampling::new(program, first);
    loop {
        sampling.grow(draws, watch)?;
        let reached = is_met(program, &sampling, target);
        let next = draws * 2;
        // More draws mend no formula: a run that is to be refused is refused at its first look.
        if reached
            || watch.is_late()
            || sampling.is_void()
            || next.saturating_mul(u64::from(first.replicates)) > most
        {
            let judges = judges(&first);
            let missed = if reached { None } else { farthest(program, &sampling, &judges, target) };
            return Ok(Sampled { sampling, judges, reached, missed });
        }
        draws = next;
    }
}

/// The replicates that tell the error: all; none of independent draws, which have an error of their own.
fn judges(plan: &Plan) -> Range<usize> {
    if plan.kind == Kind::Independent { 0..0 } else { 0..plan.replicates as usize }
}

fn is_met(program: &Program, sampling: &Sampling, target: Target) -> bool {
    let plan = sampling.plan();
    let meets = |estimates: &Estimates, margin: f64| {
        program.aims().iter().all(|aim| target.size(*aim, estimates) <= margin * target.most())
    };
    if plan.kind == Kind::Independent {
        return meets(&sampling.estimates(0..0), 1.0);
    }
    let deciding = sampling.estimates(0..DECIDING as usize);
    meets(&deciding, MARGIN) && meets(&deciding.judged_by(0..plan.replicates as usize), 1.0)
}

/// What has the largest error beside the target.
fn farthest(program: &Program, sampling: &Sampling, judges: &Range<usize>, target: Target) -> Option<Aim> {
    let estimates = sampling.estimates(judges.clone());
    let sizes = program.aims().iter().map(|aim| (*aim, target.size(*aim, &estimates)));
    sizes.reduce(|most, one| if one.1 > most.1 { one } else { most }).map(|(aim, _)| aim)
}

impl Target {
    /// The most that the size may be.
    fn most(self) -> f64 {
        match self {
            Target::HalfWidth(most) | Target::StandardError(most) => most,
        }
    }

    /// What the target is about: of a probability its error, of a mean its error beside the standard deviation, which counts half
    /// for the half-width, since a probability that is not known has a deviation of at most ½. 0 for a mean that has no error, or
    /// that settles slowly.
    fn size(self, aim: Aim, estimates: &Estimates) -> f64 {
        let (estimate, deviation) = match aim {
            Aim::Probability(id) => (estimates.probability(id), 1.0),
            Aim::Values(_) => return 0.0,
            // More draws would be of little use.
            Aim::Mean(id) if estimates.tail(id).is_some_and(|tail| tail.is_slow()) => return 0.0,
            Aim::Mean(id) => {
                let (mean, sd) = (estimates.mean(id).0, estimates.deviation(id));
                (mean, if matches!(self, Target::HalfWidth(_)) { 2.0 * sd } else { sd })
            }
        };
        if estimate.exact || deviation == 0.0 || estimate.value.is_nan() {
            return 0.0;
        }
        match self {
            Target::HalfWidth(_) => estimate.half_width() / deviation,
            Target::StandardError(_) => estimate.std_error / deviation,
        }
    }
}
