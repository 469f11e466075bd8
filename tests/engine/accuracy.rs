//! How accurate answers are, and how honest their errors, on models whose answers are known: the benchmark model to nine
//! digits, and the area of a quarter of a circle.

#![allow(clippy::disallowed_methods)]

use std::collections::BTreeSet;
use std::sync::LazyLock;
use std::thread;

use crate::common::{Found, QUARTER, asked, model, run_of};
use foretell::design::Kind;
use foretell::model::Model;
use foretell::simulation::{Rule, Target};
use foretell::statistics::{Estimate, Moments};

/// The exact means of the benchmark model, from 8 independent randomisations of 2^22 Sobol points; standard error 2e-8.
const SUMMIT: [f64; 3] = [0.395_090_715, 0.571_514_165, 0.033_395_121];

const SEEDS: u64 = 2_000;

fn summit() -> Model {
    model(include_str!("../../benches/models/summit.toml"))
}

/// What `of` makes of each seed, on two threads.
fn over<T: Send>(seeds: u64, of: impl Fn(u64) -> T + Sync) -> Vec<T> {
    let half = |from: u64| (from..seeds).step_by(2).map(&of).collect::<Vec<T>>();
    thread::scope(|scope| {
        let odd = scope.spawn(|| half(1));
        let mut all = half(0);
        all.extend(odd.join().expect("a thread to its end"));
        all
    })
}

// How accurate.

const DRAWS: u64 = 1 << 14;

/// The root-mean-square error of each outcome's probability over 32 seeds.
fn root_mean_square_errors(kind: Kind) -> [f64; 3] {
    let model = summit();
    let asked = asked(&model);
    let runs = over(32, |seed| run_of(&asked, kind, seed, Rule::Draws(DRAWS)));
    assert!(runs.iter().all(|run| run.course.plan.draws() == DRAWS));
    [0, 1, 2].map(|at| {
        let squares =
            runs.iter().map(|run| (run.finding.outcomes[at].probability.value - SUMMIT[at]).powi(2));
        (squares.sum::<f64>() / runs.len() as f64).sqrt()
    })
}

/// The error of a probability that is counted in as many draws, over what was found.
fn gain(at: usize, error: f64) -> f64 {
    (SUMMIT[at] * (1.0 - SUMMIT[at]) / DRAWS as f64).sqrt() / error
}

#[test]
fn sixteen_thousand_draws_are_right_to_a_few_hundred_thousandths() {
    for (at, error) in root_mean_square_errors(Kind::Sobol).into_iter().enumerate() {
        assert!(error <= 3e-5, "outcome {at}: {error:e}");
        assert!(gain(at, error) >= 100.0, "outcome {at}: {error:e}, a gain of {}", gain(at, error));
    }
}

#[test]
fn independent_draws_are_not() {
    for (at, error) in root_mean_square_errors(Kind::Independent).into_iter().enumerate() {
        assert!(error > 3e-5 && gain(at, error) < 100.0, "outcome {at}: {error:e}");
    }
}

// How honest.

/// How many standard errors the share of estimates whose 90 % interval holds the truth is from 90 %.
fn coverage(estimates: impl Iterator<Item = Estimate>, truth: f64) -> f64 {
    let covers = |one: Estimate| f64::from(u8::from(one.interval.0 <= truth && truth <= one.interval.1));
    let covered: Vec<f64> = estimates.map(covers).collect();
    let count = covered.len() as f64;
    (covered.iter().sum::<f64>() / count - 0.9) / (0.9 * 0.1 / count).sqrt()
}

/// What a run of a fixed length tells.
struct Told {
    outcomes: [Estimate; 3],
    /// The first outcome, as if draws were independent.
    naive: Estimate,
}

impl Told {
    fn of(run: &Found) -> Told {
        Told {
            outcomes: [0, 1, 2].map(|at| *run.finding.outcomes[at].probability),
            naive: Estimate::from_moments(&Moments::of(&run.finding.drivers.shares[0])),
        }
    }
}

/// Runs of every seed under every design.
static FIXED: LazyLock<Vec<(Kind, Vec<Told>)>> = LazyLock::new(|| {
    let model = summit();
    let asked = asked(&model);
    let told = |kind, seed| Told::of(&run_of(&asked, kind, seed, Rule::Draws(512)));
    Kind::ALL.map(|kind| (kind, over(SEEDS, |seed| told(kind, seed)))).into()
});

#[test]
fn intervals_of_fixed_runs_cover() {
    for (kind, runs) in FIXED.iter() {
        for (at, truth) in SUMMIT.into_iter().enumerate() {
            let z = coverage(runs.iter().map(|one| one.outcomes[at]), truth);
            assert!(z > -4.0, "{kind:?}, outcome {at}: {z}");
        }
    }
}

#[test]
fn the_error_of_independent_draws_does_not_fit_other_designs() {
    for (kind, runs) in FIXED.iter().filter(|(kind, _)| *kind != Kind::Independent) {
        let z = coverage(runs.iter().map(|one| one.naive), SUMMIT[0]);
        assert!(z > 5.0, "{kind:?}: {z}");
    }
}

#[test]
fn intervals_of_runs_that_stop_by_themselves_cover() {
    let truth = std::f64::consts::FRAC_PI_4;
    let model = model(QUARTER);
    let asked = asked(&model);
    // Half of the independent runs stop at their first look.
    let plain = (truth * (1.0 - truth) / DRAWS as f64).sqrt();
    for (kind, target) in
        [(Kind::Sobol, 0.000_45), (Kind::LatinHypercube, 0.0028), (Kind::Independent, plain)]
    {
        let rule = Rule::Until { target: Target::StandardError(target), most: 1 << 19 };
        let runs = over(SEEDS, |seed| run_of(&asked, kind, seed, rule));
        let lengths: BTreeSet<u64> = runs.iter().map(|run| run.course.plan.draws()).collect();
        assert!(lengths.len() > 1 && runs.iter().all(|run| run.course.reached), "{kind:?}: {lengths:?}");
        let z = coverage(runs.iter().map(|run| *run.finding.outcomes[0].probability), truth);
        assert!(z.abs() < 4.0, "{kind:?}: {z}");
    }
}
