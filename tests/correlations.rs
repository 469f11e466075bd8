//! Correlated factors: their joint law, their own laws, and what an override leaves of both.

#![allow(clippy::disallowed_methods)]

mod common;

use common::{model, model_with, program, summary};
use foretell::design::{Design, Kind, Place};
use foretell::model::{Definition, FactorId, Model, Variable, World};
use foretell::program::{Arena, BATCH};

/// Draws of a test; the standard error of a probability is at most ½ / √65,536 = 0.002.
const DRAWS: usize = 1 << 16;

/// Every factor over independent draws.
fn draws(model: &Model, seed: u64) -> Vec<Vec<f64>> {
    let program = program(model);
    let design = Design { kind: Kind::Independent, seed, points_per_replicate: DRAWS as u64 };
    let columns: Vec<_> = program
        .inputs()
        .iter()
        .map(|one| {
            design.column(Place { replicate: 0, copy: 0, dimension: one.dimension as u32, name: &one.key })
        })
        .collect();
    let mut arena = Arena::new(&program);
    let mut found = vec![Vec::new(); model.factors.len()];
    for start in (0..DRAWS).step_by(BATCH) {
        program.evaluate(&mut arena, BATCH, |input, out| columns[input].fill(start as u64, out));
        for (column, spread) in found.iter_mut().zip(&program.answers.factors) {
            column.extend_from_slice(program.output(&arena, spread.states[0].0));
        }
    }
    found
}

fn pair(key: &str, value: f64) -> String {
    format!(
        "[factors]\na = {{ value = 'beta(6, 2)' }}\nb = {{ value = 'lognormal(0, 1)' }}\n\
         [[correlations]]\nbetween = [\"a\", \"b\"]\n{key} = {value}\n[outcomes.x]\n[outcomes.y]\n"
    )
}

/// The share of draws in which both factors lie at or below their quantiles of p and q.
fn share_below(model: &Model, found: &[Vec<f64>], [i, j]: [usize; 2], [p, q]: [f64; 2]) -> f64 {
    let end = |at: usize, level: f64| model.factors[at].distribution.as_ref().unwrap().quantile(level);
    let (x, y) = (end(i, p), end(j, q));
    let both = found[i].iter().zip(&found[j]).filter(|(a, b)| **a <= x && **b <= y).count();
    both as f64 / found[i].len() as f64
}

/// Standard errors between a share and a probability.
fn z(share: f64, probability: f64) -> f64 {
    (share - probability) / (probability * (1.0 - probability) / DRAWS as f64).sqrt()
}

/// P(both normals ≤ 0) at this correlation (Sheppard 1899).
fn quadrant(rho: f64) -> f64 {
    0.25 + rho.asin() / (2.0 * std::f64::consts::PI)
}

#[test]
fn the_joint_law_is_that_of_normals() {
    let table = include_str!("oracles/bivariate_normal.csv");
    let mut seen = 0;
    for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let row: Vec<f64> = line.split(',').map(|one| one.parse().unwrap()).collect();
        let model = model(&pair("pearson", row[0]));
        let share = share_below(&model, &draws(&model, 3), [0, 1], [row[1], row[2]]);
        assert!(z(share, row[3]).abs() < 5.0, "{row:?}: {share}");
        seen += 1;
    }
    assert!(seen >= 30, "{seen} rows");
}

#[test]
fn at_the_median_the_joint_law_is_known_in_closed_form() {
    for rho in [-0.99, -0.7, -0.2, 0.0, 0.3, 0.8, 0.99] {
        let model = model(&pair("pearson", rho));
        let share = share_below(&model, &draws(&model, 4), [0, 1], [0.5, 0.5]);
        assert!(z(share, quadrant(rho)).abs() < 5.0, "{rho}: {share}");
    }
}

#[test]
fn another_correlation_is_told_apart() {
    let model = model(&pair("pearson", 0.5));
    let share = share_below(&model, &draws(&model, 4), [0, 1], [0.5, 0.5]);
    assert!(z(share, quadrant(0.6)).abs() > 5.0 && z(share, 0.25).abs() > 5.0);
}

/// Spearman's correlation of two columns without ties.
fn spearman(a: &[f64], b: &[f64]) -> f64 {
    let ranks = |column: &[f64]| {
        let mut order: Vec<usize> = (0..column.len()).collect();
        order.sort_by(|i, j| column[*i].total_cmp(&column[*j]));
        let mut ranks = vec![0.0; column.len()];
        order.into_iter().enumerate().for_each(|(rank, at)| ranks[at] = rank as f64);
        ranks
    };
    let n = a.len() as f64;
    let squares: f64 = ranks(a).iter().zip(ranks(b)).map(|(x, y)| (x - y) * (x - y)).sum();
    1.0 - 6.0 * squares / (n * (n * n - 1.0))
}

#[test]
fn the_rank_correlation_is_the_one_asked_for() {
    for asked in [-0.95, -0.5, 0.1, 0.5, 0.95] {
        let found = draws(&model(&pair("rank", asked)), 5);
        // Independence has the largest error, 1 / √n.
        let error = (spearman(&found[0], &found[1]) - asked) * (DRAWS as f64).sqrt();
        assert!(error.abs() < 5.0, "{asked}: {error} standard errors");
    }
}

#[test]
fn every_factor_keeps_its_own_law() {
    let model = model(&pair("rank", 0.9));
    // Massart's (1990) bound: a greater distance has a probability below 1e-9.
    let bound = ((2.0f64 / 1e-9).ln() / (2.0 * DRAWS as f64)).sqrt();
    for (factor, mut column) in model.factors.iter().zip(draws(&model, 6)) {
        let law = factor.distribution.as_ref().unwrap();
        column.sort_by(f64::total_cmp);
        let gap = |(at, x): (usize, &f64)| (law.cdf(*x) - (at as f64 + 0.5) / DRAWS as f64).abs();
        let distance = column.iter().enumerate().map(gap).fold(0.0, f64::max);
        assert!(distance < bound, "{}: {distance}", factor.name);
    }
}

const THREE: &str = "[factors]\na = { value = 'normal(0, 1)' }\nb = { value = '1 - beta(2, 5)' }\n\
     c = { value = 'uniform(0, 1)' }\n\
     [[correlations]]\nbetween = [\"a\", \"b\"]\npearson = 0.6\n\
     [[correlations]]\nbetween = [\"c\", \"b\"]\npearson = -0.4\n\
     [[correlations]]\nbetween = [\"a\", \"c\"]\npearson = 0.3\n[outcomes.x]\n[outcomes.y]\n";

const PAIRS: [([usize; 2], f64); 3] = [([0, 1], 0.6), ([1, 2], -0.4), ([0, 2], 0.3)];

fn assert_pair(changes: &[&str], [i, j]: [usize; 2], rho: f64) {
    let model = model_with(THREE, changes);
    let share = share_below(&model, &draws(&model, 7), [i, j], [0.5, 0.5]);
    assert!(z(share, quadrant(rho)).abs() < 5.0, "{changes:?} {i} {j}: {share}");
}

#[test]
fn three_factors_have_each_pair_as_given_whatever_their_signs() {
    PAIRS.into_iter().for_each(|(pair, rho)| assert_pair(&[], pair, rho));
}

#[test]
fn a_factor_that_is_set_leaves_the_law_of_the_others() {
    for (at, change) in ["a = 1", "b = 0.5", "c = 0.25"].into_iter().enumerate() {
        for (pair, rho) in PAIRS.into_iter().filter(|(pair, _)| !pair.contains(&at)) {
            assert_pair(&[change], pair, rho);
        }
    }
    let (whole, cut) = (draws(&model(THREE), 8), draws(&model_with(THREE, &["c = 0.25"]), 8));
    assert!(whole[0] == cut[0] && whole[1] == cut[1], "cutting the last moves no draw of the others");
    assert!(cut[2].iter().all(|value| *value == 0.25));
}

#[test]
fn another_distribution_keeps_its_place_in_the_copula() {
    let replaced = ["b = -3 * gamma(2, 1)"];
    PAIRS.into_iter().for_each(|(pair, rho)| assert_pair(&replaced, pair, rho));
    let (whole, other) = (draws(&model(THREE), 9), draws(&model_with(THREE, &replaced), 9));
    assert!(whole[0] == other[0] && whole[2] == other[2]);
}

#[test]
fn correlations_of_nothing_are_independence_to_the_bit() {
    let with = draws(&model(&pair("rank", 0.0)), 10);
    let text = pair("rank", 0.0);
    let without = text.replace("[[correlations]]\nbetween = [\"a\", \"b\"]\nrank = 0\n", "");
    assert!(text != without && with == draws(&model(&without), 10));
}

#[test]
fn a_single_draw_is_the_columns_draw_and_near_the_definition() {
    let model = model(THREE);
    let program = program(&model);
    for at in 1..200 {
        let uniforms: Vec<f64> =
            [0.5, 0.618, 0.7549].iter().map(|step| (step * f64::from(at)).fract()).collect();
        let uniforms: Vec<f64> = uniforms.into_iter().map(|u: f64| u.clamp(1e-12, 1.0 - 1e-12)).collect();
        let inputs: Vec<f64> = program.inputs().iter().map(|one| uniforms[one.dimension]).collect();
        let mut arena = Arena::new(&program);
        program.evaluate(&mut arena, 1, |input, out| out.fill(inputs[input]));
        let one = program.evaluate_one(&inputs);
        let definition = Definition::new(&model, &uniforms, World::default());
        for (k, spread) in program.answers.factors.iter().enumerate() {
            let output = spread.states[0].0;
            let column = program.output(&arena, output)[0];
            assert_eq!(column.to_bits(), one[output.0].to_bits());
            let law = model.factors[k].distribution.as_ref().unwrap();
            let defined = definition.variable(Variable::Factor(FactorId(k)));
            assert!((law.cdf(column) - law.cdf(defined)).abs() < 1e-7, "{k}: {column} and {defined}");
        }
    }
}

#[test]
fn the_benchmark_has_its_exact_means() {
    let model = model(include_str!("../benches/models/summit.toml"));
    let found = summary(&model, Kind::Sobol, 1, 1 << 17);
    for (outcome, exact) in found.outcomes.iter().zip([0.395090715, 0.571514165, 0.033395121]) {
        let estimate = &outcome.probability;
        let z = (estimate.value - exact) / estimate.std_error;
        assert!(z.abs() < 5.0 && estimate.std_error < 1e-5, "{}: {estimate:?}", outcome.id);
    }
}
