//! Models whose answers are known: the reference problems of `scenarios/reference/`, where each answer is derived, and
//! a few more. Seeds are fixed; a sampled answer may be five of its standard errors from the truth.

#![allow(clippy::disallowed_methods)]

mod factors;
mod outcomes;

use crate::common::{Found, model, run};
use foretell::design::Kind;
use foretell::simulation::{Rule, Target};

const DRAWS: u64 = 1 << 14;
const Z95: f64 = 1.644_853_626_951_472_2;

/// Runs a model under every design, for a fixed number of draws and until it stops by itself.
fn every_way(text: &str, mut check: impl FnMut(&str, &Found)) {
    let model = model(text);
    for kind in Kind::ALL {
        let rules = [Rule::Draws(DRAWS), Rule::Until { target: Target::StandardError(0.002), most: 1 << 16 }];
        for (seed, rule) in rules.into_iter().enumerate() {
            let found = run(&model, kind, seed as u64, rule);
            assert_eq!(found.course.void().draws, 0);
            check(&format!("{kind:?} {rule:?}"), &found);
        }
    }
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

/// The standard error of the quantile at `level` of `draws` independent draws with density `density` there.
fn quantile_error(level: f64, density: f64, draws: u64) -> f64 {
    (level * (1.0 - level) / draws as f64).sqrt() / density
}

fn assert_normal_spread(way: &str, found: [f64; 3], mean: f64, sd: f64, draws: u64) {
    for (level, found, z) in [(0.05, found[0], -Z95), (0.5, found[1], 0.0), (0.95, found[2], Z95)] {
        let density = (-z * z / 2.0f64).exp() / (2.0 * std::f64::consts::PI).sqrt() / sd;
        // Within a cell a quantile is interpolated. A cell is at most 1/32 of the standard deviation wide here, and the
        // density's slope over it moves the quantile by at most width² · |z| / (8 sd).
        let cell = sd / 8.0 * (1.0 / 32.0) * (1.0 / 32.0) * Z95;
        let error = 5.0 * quantile_error(level, density, draws) + cell;
        assert!((found - (mean + sd * z)).abs() < error, "{way}: P{level}: {found} ± {error}");
    }
}
