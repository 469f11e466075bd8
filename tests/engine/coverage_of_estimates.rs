//! The 90 % intervals of estimates cover the truth in 90 % of runs, under every design.

#![allow(clippy::disallowed_methods)]

use foretell::design::{Design, Kind, Place};
use foretell::statistics::{Estimate, Merge, Moments, ProbabilityHistogram};

const REPLICATES: u32 = 8;
const SEEDS: u64 = 600;

/// u₀²·(1 + u₁)·(½ + u₂) + u₃ at every point of one replicate; its integral is ⅓·3/2·1 + ½ = 1.
fn draws(design: &Design, replicate: u32) -> Vec<f64> {
    let mut columns = [0, 1, 2, 3].map(|_| vec![0.0; design.points_per_replicate as usize]);
    for ((dimension, name), column) in (0..).zip(["a", "b", "c", "d"]).zip(&mut columns) {
        design.column(Place { replicate, copy: 0, dimension, name }).fill(0, column);
    }
    let [a, b, c, d] = columns;
    let value = |i: usize| a[i] * a[i] * (1.0 + b[i]) * (0.5 + c[i]) + d[i];
    (0..a.len()).map(value).collect()
}

fn by_replicates(design: &Design) -> Estimate {
    let means: Vec<f64> = (0..REPLICATES).map(|r| Moments::of(&draws(design, r)).mean()).collect();
    Estimate::from_replicates(&means)
}

fn by_own_variance(design: &Design) -> Estimate {
    let mut moments = Moments::default();
    (0..REPLICATES).for_each(|r| moments.merge(&Moments::of(&draws(design, r))));
    Estimate::from_moments(&moments)
}

/// How many binomial standard deviations the number of intervals that hold `truth` lies above 90 %.
fn coverage_z(truth: f64, mut estimate: impl FnMut(u64) -> Estimate) -> f64 {
    let covers = |estimate: Estimate| estimate.interval.0 <= truth && truth <= estimate.interval.1;
    let covered = (0..SEEDS).filter(|&seed| covers(estimate(seed))).count() as f64;
    (covered - 0.9 * SEEDS as f64) / (0.09 * SEEDS as f64).sqrt()
}

fn design(kind: Kind, seed: u64) -> Design {
    Design { kind, seed, points_per_replicate: 128 }
}

#[test]
fn replicates_cover_under_every_design() {
    for kind in Kind::ALL {
        let z = coverage_z(1.0, |seed| by_replicates(&design(kind, seed)));
        assert!(z.abs() < 4.0, "{kind:?}: {z}");
    }
}

#[test]
fn the_own_variance_covers_for_independent_draws_and_is_far_too_wide_for_stratified_ones() {
    let z = |kind| coverage_z(1.0, |seed| by_own_variance(&design(kind, seed)));
    assert!(z(Kind::Independent).abs() < 4.0);
    assert!(z(Kind::LatinHypercube) > 6.0);
    assert!(z(Kind::Sobol) > 6.0);
}

#[test]
fn quantiles_from_replicates_cover() {
    // The quantile of u² at 0.7 is 0.49, well inside a cell.
    for kind in Kind::ALL {
        let quantile = |seed, replicate| {
            let column = Design { points_per_replicate: 1024, ..design(kind, seed) }.column(Place {
                replicate,
                copy: 0,
                dimension: 0,
                name: "a",
            });
            let mut uniforms = vec![0.0; 1024];
            column.fill(0, &mut uniforms);
            let mut histogram = ProbabilityHistogram::default();
            histogram.add_slice(&uniforms.iter().map(|u| u * u).collect::<Vec<f64>>());
            histogram.quantile(0.7)
        };
        let estimate = |seed| {
            let quantiles: Vec<f64> = (0..REPLICATES).map(|r| quantile(seed, r)).collect();
            Estimate::from_replicates(&quantiles)
        };
        let z = coverage_z(0.49, estimate);
        assert!(z.abs() < 4.0, "{kind:?}: {z}");
    }
}
