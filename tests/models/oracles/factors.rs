//! Factors, drivers, interventions and memory.

use super::{DRAWS, assert_normal_spread, every_way, logistic, quantile_error};
use crate::common::{Found, assert_exact, assert_near, model, model_with, number, reference, run, summary};
use foretell::analysis::factors::NumberFinding;
use foretell::design::Kind;
use foretell::simulation::Rule;
use foretell::statistics::Estimate;

/// A tallied factor against its mean and variance, with the error of a mean and of a variance of `draws` independent draws.
fn assert_moments(way: &str, found: &NumberFinding, mean: f64, variance: f64, fourth: f64, draws: u64) {
    let count = draws as f64;
    assert!(
        (found.mean.value - mean).abs() < 5.0 * (variance / count).sqrt(),
        "{way}: mean {}",
        found.mean.value
    );
    let error = ((fourth - variance * variance) / count).sqrt();
    assert!((found.sd * found.sd - variance).abs() < 5.0 * error, "{way}: sd {}", found.sd);
}

#[test]
fn factors_that_depend_on_others_have_their_moments() {
    every_way(&reference("hierarchy"), |way, Found { finding: summary, course, .. }| {
        let draws = course.plan.draws();
        let [_, effect, regime, sum] = summary.numbers().collect::<Vec<_>>()[..] else {
            panic!("four factors")
        };
        assert_moments(way, effect, 1.0, 6.25, 3.0 * 6.25 * 6.25, draws);
        let spread = [effect.spread.p05, effect.spread.p50, effect.spread.p95];
        assert_normal_spread(way, spread, 1.0, 2.5, draws);
        // Fourth central moment of the mixture: Σ w (d⁴ + 6 d² + 3) with d = 2.8 and −1.2.
        let fourth = |d: f64| d.powi(4) + 6.0 * d * d + 3.0;
        assert_moments(way, regime, 0.2, 4.36, 0.3 * fourth(2.8) + 0.7 * fourth(-1.2), draws);
        // Fourth central moment of the triangle on [0, 2]: 1/15.
        assert_moments(way, sum, 1.0, 1.0 / 6.0, 1.0 / 15.0, draws);
        let edge = 0.1f64.sqrt();
        for (level, found, truth, density) in [
            (0.05, sum.spread.p05, edge, edge),
            (0.5, sum.spread.p50, 1.0, 1.0),
            (0.95, sum.spread.p95, 2.0 - edge, edge),
        ] {
            let error = 5.0 * quantile_error(level, density, draws) + 1e-3 * edge;
            assert!((found - truth).abs() < error, "{way}: {level}: {found}");
        }
        assert_near(way, *summary.outcomes[0].probability, 0.5, 0.55 / (draws as f64).sqrt());
    });
}

#[test]
fn a_mixture_over_an_event_has_the_quantiles_of_the_mixture() {
    // Two uniforms side by side: with chance 0.2 on [10, 11], else on [0, 1]. P5 = 0.05/0.8, P50 = 0.5/0.8, P95 = 10.75.
    let text = "[factors]
        x = { value = 'uniform(if e then 10 else 0, if e then 11 else 1)' }
        [events]
        e = { probability = 0.2 }
        [outcomes.a]
        when = 'e'
        [outcomes.b]
        else = true";
    for kind in Kind::ALL {
        let summary = summary(&model(text), kind, 2, DRAWS);
        assert_exact("a", *summary.outcomes[0].probability, 0.2);
        let x = number(&summary, 0);
        assert!((x.spread.p05 - 0.0625).abs() < 5.0 * quantile_error(0.05, 0.8, DRAWS) + 1e-3);
        assert!((x.spread.p50 - 0.625).abs() < 5.0 * quantile_error(0.5, 0.8, DRAWS) + 1e-2);
        assert!((x.spread.p95 - 10.75).abs() < 5.0 * quantile_error(0.95, 0.2, DRAWS) + 10.0 / 64.0);
    }
}

#[test]
fn wrong_answers_are_seen_to_be_wrong() {
    // The same comparison refuses a truth that is off by a percentage point.
    let found = summary(&model(&reference("logistic-normal")), Kind::Sobol, 1, DRAWS).outcomes[0].probability;
    assert!(((found.value - 0.606) / found.std_error).abs() > 100.0);
}

/// The drivers of the first outcome, by the name of the factor: (low, high, swing).
fn swings(text: &str, kind: Kind, seed: u64) -> Vec<(String, f64, f64, Estimate)> {
    let model = model(text);
    let found = run(&model, kind, seed, Rule::Draws(DRAWS)).finding.drivers;
    let first = found.of(&model.outcomes[0].named.id);
    first.map(|one| (one.id.clone(), one.low, one.high, *one.swing)).collect()
}

#[test]
fn swings_are_differences_of_conditional_means() {
    // P(yes | x, y, z) = 0.6 x + 0.2 y. The lowest and the highest fifth of a uniform have the means 0.1 and 0.9, so that the
    // swings are 0.48 and 0.16; z does nothing; the coin moves nothing either.
    let text = "[factors]
        x = { value = 'uniform(0, 1)' }
        y = { value = 'uniform(0, 1)' }
        z = { value = 'normal(0, 1)' }
        coin = { value = 'bernoulli(0.3)' }
        [events]
        e = { probability = '0.6 * x + 0.2 * y' }
        [outcomes.yes]
        when = 'e'
        [outcomes.no]
        else = true";
    for kind in Kind::ALL {
        let found = swings(text, kind, 4);
        let of = |name: &str| found.iter().find(|(id, ..)| id == name).expect("a driver").3;
        // What decides the outcome leads, then what makes it probable.
        let ids: Vec<&str> = found.iter().map(|one| one.0.as_str()).collect();
        assert_eq!(ids[..3], ["e", "x", "y"]);
        assert_eq!((found[0].1, found[0].2), (0.0, 1.0));
        for (name, truth) in [("x", 0.48), ("y", 0.16), ("z", 0.0), ("coin", 0.0)] {
            // Two means of a fifth of the draws each; within it P has at most the variance (0.36 + 0.04) / 12. This is the
            // error of independent draws; stratified ones do no worse. Errors told from eight replicates are too uncertain
            // themselves to be multiplied by 5.
            let error = (2.0_f64 * (0.4 / 12.0) / (16_384.0 / 5.0)).sqrt();
            let found = of(name);
            assert!((found.value - truth).abs() < 5.0 * error, "{name} under {kind:?}: {found:?}");
            assert!(found.std_error < 3.0 * error, "{name} under {kind:?}: {found:?}");
        }
        assert!((found[1].1 - (0.06 + 0.1)).abs() < 0.01 && (found[1].2 - (0.54 + 0.1)).abs() < 0.01);
    }
}

#[test]
fn equal_values_of_a_cause_stand_for_each_other() {
    // P(yes) is 0.9 with the coin and 0.2 without. A coin of 0.3 fills the highest fifth and none of the lowest; one of 0.1
    // fills half of the highest fifth: (0.9 + 0.2)/2.
    for (chance, high, kind) in [
        (0.3, 0.9, Kind::Sobol),
        (0.1, 0.55, Kind::Sobol),
        (0.1, 0.55, Kind::Independent),
        (0.1, 0.55, Kind::LatinHypercube),
    ] {
        let text = format!(
            "[factors]
             coin = {{ value = 'bernoulli({chance})' }}
             [events]
             e = {{ probability = 'if coin > 0.5 then 0.9 else 0.2' }}
             [outcomes.yes]
             when = 'e'
             [outcomes.no]
             else = true"
        );
        let mut found = swings(&text, kind, 3);
        found.retain(|one| one.0 == "coin");
        let (_, low, top, swing) = found.remove(0);
        assert!((low - 0.2).abs() < 1e-12);
        // The share of coins in a replicate of 2,048 draws has an error of √(p(1 − p)/2048), of which the fifth sees five
        // times as much, and eight replicates a √8-th.
        let error = 0.7 * 5.0 * (chance * (1.0 - chance) / DRAWS as f64).sqrt();
        let most = if chance < 0.2 { 5.0 * error } else { 1e-12 };
        assert!(
            (top - high).abs() <= most && (swing.value - (high - 0.2)).abs() <= most,
            "{kind:?} {top} {most}"
        );
    }
}

// Interventions and memory.

#[test]
fn a_value_set_from_outside_gives_the_conditional_answer() {
    let text = reference("logistic-normal");
    for x in [-2.0, 0.0, 1.5] {
        let model = model_with(&text, &[&format!("pressure={x}")]);
        assert_exact("yes", *summary(&model, Kind::Sobol, 1, DRAWS).outcomes[0].probability, logistic(x));
    }
}

#[test]
fn memory_does_not_grow_with_draws() {
    // What a run keeps is bounded: histograms of fixed size, sums along a tree of logarithmic depth, the first draws. So
    // four million draws pass in the time they take, and the draws kept are as many as after sixteen thousand.
    let text = "[factors]
        x = { value = 'uniform(0, 1)' }
        [outcomes.a]
        when = 'x < 0.25'
        [outcomes.b]
        else = true";
    let model = model(text);
    let few = run(&model, Kind::Independent, 1, Rule::Draws(DRAWS));
    let many = run(&model, Kind::Independent, 1, Rule::Draws(10_000_000));
    assert_eq!(few.finding.drivers.shares, many.finding.drivers.shares);
    assert_eq!(many.course.plan.draws(), 10_000_000);
    assert_near("a", *many.finding.outcomes[0].probability, 0.25, (0.1876f64 / 1e7).sqrt());
}
