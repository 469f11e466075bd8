//! Models whose answers are known: the reference problems of `scenarios/reference/`, where each answer is derived, and
//! a few more. Seeds are fixed; a sampled answer may be five of its standard errors from the truth.

#![allow(clippy::disallowed_methods)]

mod common;

use common::{Found, ask, assert_exact, assert_near, model, model_with, number, reference, run, summary};
use foretell::analysis::derived::DerivedFinding;
use foretell::analysis::factors::NumberFinding;
use foretell::design::Kind;
use foretell::simulation::{Rule, Target};
use foretell::statistics::Estimate;

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

#[test]
fn a_logistic_of_a_normal_has_its_integral() {
    let truth = 0.596_087_305_512_172_4;
    // Var = E[p²] − E[p]², with E[p²] = 0.40804579240244942 by the same quadrature.
    let sd = f64::sqrt(0.408_045_792_402_449_4 - truth * truth);
    every_way(&reference("logistic-normal"), |way, Found { finding: summary, course, .. }| {
        let plain = sd / (course.plan.draws() as f64).sqrt();
        let [yes, no] = &summary.outcomes[..] else { panic!("two outcomes") };
        assert_near(way, *yes.probability, truth, 1.5 * plain);
        assert_near(way, *no.probability, 1.0 - truth, 1.5 * plain);
        assert!((yes.probability.value + no.probability.value - 1.0).abs() < 1e-12);
        for (level, found, z) in
            [(0.05, yes.spread.p05, -Z95), (0.5, yes.spread.p50, 0.0), (0.95, yes.spread.p95, Z95)]
        {
            let p = logistic(0.5 + 1.2 * z);
            let density = (-z * z / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt() / (1.2 * p * (1.0 - p));
            let error = quantile_error(level, density, course.plan.draws());
            assert!((found - p).abs() < 5.0 * error, "{way}: {level}: {found} for {p} ± {error}");
        }
    });
}

#[test]
fn a_softmax_of_two_normals_has_its_integral() {
    let truths = [0.565_528_228_242_380, 0.264_672_222_489_986_4, 0.169_799_549_267_633_6];
    every_way(&reference("softmax-normals"), |way, Found { finding: summary, course, .. }| {
        // A probability's standard deviation is at most √(p(1 − p)).
        for (outcome, truth) in summary.outcomes.iter().zip(truths) {
            let most = (truth * (1.0 - truth) / course.plan.draws() as f64).sqrt();
            assert_near(way, *outcome.probability, truth, most);
        }
    });
}

#[test]
fn a_stratified_design_is_far_nearer_than_independent_draws() {
    let model = model(&reference("logistic-normal"));
    let error = |kind| summary(&model, kind, 3, DRAWS).outcomes[0].probability.std_error;
    assert!(error(Kind::Sobol) < error(Kind::Independent) / 50.0);
    assert!(error(Kind::LatinHypercube) < error(Kind::Independent) / 50.0);
}

#[test]
fn an_event_tree_is_exact() {
    let text = reference("event-tree");
    for kind in Kind::ALL {
        for rule in [Rule::Draws(DRAWS), Rule::default()] {
            let found = run(&model(&text), kind, 1, rule);
            assert_eq!((found.course.plan.draws(), found.course.void().draws), (0, 0));
            let summary = &found.finding;
            for (found, truth) in summary.outcomes.iter().zip([0.34, 0.165, 0.495]) {
                assert_exact(&found.id, *found.probability, truth);
                assert_eq!(
                    (found.spread.p05, found.spread.p95),
                    (found.probability.value, found.probability.value)
                );
            }
            for (found, truth) in summary.events.iter().zip([0.6, 0.34, 0.25]) {
                assert_exact(&found.id, *found.probability, truth);
            }
            let cost = &summary.derived[0];
            assert_exact("cost", *cost.mean, 2.7);
            for (found, truth) in cost.by_outcome.iter().zip([30.0 / 17.0, 10.0, 10.0 / 11.0]) {
                assert_exact("cost by outcome", *found.mean, truth);
            }
            // E[cost²] = 100 · 0.165 + 4 · 0.525.
            assert!((cost.sd - (18.6f64 - 2.7 * 2.7).sqrt()).abs() < 1e-12, "{}", cost.sd);
            assert_eq!((cost.spread.p05, cost.spread.p50, cost.spread.p95), (0.0, 2.0, 10.0));
            assert!(found.course.exact);
        }
    }
    let asked =
        ask(&text, &["P(deal | talks)", "P(talks | deal)", "P(talks and not war)"], Kind::Sobol, 1, 64);
    for (found, truth) in asked.into_iter().zip([0.5, 15.0 / 17.0, 0.525]) {
        assert_exact("asked", found, truth);
    }
}

#[test]
fn rules_over_many_events_are_what_enumeration_gives() {
    let text = "
        [events]
        e1 = { probability = 0.3 }
        e2 = { probability = 'if e1 then 0.9 else 0.2' }
        e3 = { probability = 0.5 }
        e4 = { probability = 'if e2 and e3 then 0.75 else if e1 != e3 then 0.125 else 0' }
        e5 = { probability = 'logistic(if e4 then 1 else -2)' }
        e6 = { probability = 1 }
        e7 = { probability = 0 }
        [derived]
        count = { value = '(if e1 then 1 else 0) + (if e4 then 2 else 0) - (if e5 then 5 else 0)' }
        [outcomes.a]
        when = 'e5 and (e1 or e3) and e6'
        [outcomes.b]
        when = 'not e5 and (e4 or not e2) or e7'
        [outcomes.c]
        else = true
    ";
    let (mut shares, mut counts) = ([0.0; 3], [0.0; 3]);
    let mut events = [0.0; 5];
    for state in 0..32u32 {
        let [e1, e2, e3, e4, e5] = [0, 1, 2, 3, 4].map(|bit| state >> bit & 1 == 1);
        let chances = [
            0.3,
            if e1 { 0.9 } else { 0.2 },
            0.5,
            if e2 && e3 {
                0.75
            } else if e1 != e3 {
                0.125
            } else {
                0.0
            },
            logistic(if e4 { 1.0 } else { -2.0 }),
        ];
        let happens = [e1, e2, e3, e4, e5];
        let weight: f64 =
            chances.iter().zip(happens).map(|(p, yes)| if yes { *p } else { 1.0 - p }).product();
        let a = e5 && (e1 || e3);
        let b = !e5 && (e4 || !e2);
        let at = if a {
            0
        } else if b {
            1
        } else {
            2
        };
        shares[at] += weight;
        counts[at] += weight * (f64::from(e1) + 2.0 * f64::from(e4) - 5.0 * f64::from(e5));
        happens.iter().zip(&mut events).filter(|(yes, _)| **yes).for_each(|(_, sum)| *sum += weight);
    }
    let summary = summary(&model(text), Kind::Sobol, 1, DRAWS);
    for at in 0..3 {
        assert_exact("outcome", *summary.outcomes[at].probability, shares[at]);
        assert_exact("count by outcome", *summary.derived[0].by_outcome[at].mean, counts[at] / shares[at]);
    }
    for (found, truth) in summary.events.iter().zip(events.into_iter().chain([1.0, 0.0])) {
        assert_exact(&found.id, *found.probability, truth);
    }
    assert_exact("count", *summary.derived[0].mean, counts.iter().sum());
}

#[test]
fn events_that_share_an_uncertain_probability_have_its_moments() {
    let text = reference("uniform-events");
    every_way(&text, |way, Found { finding: summary, course, .. }| {
        let most = 1.0 / (course.plan.draws() as f64).sqrt();
        for outcome in &summary.outcomes {
            assert_near(way, *outcome.probability, 1.0 / 3.0, most);
        }
        for (event, truth) in summary.events.iter().zip([0.5, 0.5, 0.4, 0.4]) {
            assert_near(way, *event.probability, truth, most);
        }
        for (mean, truth) in summary.derived[0].by_outcome.iter().zip([0.75, 0.5, 0.25]) {
            assert_near(way, *mean.mean, truth, 2.0 * most);
        }
    });
    for kind in Kind::ALL {
        let asked = [
            "P(second | first)",
            "P(third and fourth)",
            "P(fourth | third)",
            "P(both | first)",
            "P(both or none)",
        ];
        let found = ask(&text, &asked, kind, 5, DRAWS);
        for (found, truth) in found.into_iter().zip([2.0 / 3.0, 0.2, 0.5, 2.0 / 3.0, 2.0 / 3.0]) {
            assert_near(&format!("{kind:?}"), found, truth, 0.02);
        }
    }
}

fn assert_normal(way: &str, found: &DerivedFinding, mean: f64, sd: f64, draws: u64) {
    let plain = sd / (draws as f64).sqrt();
    assert_near(way, *found.mean, mean, 1.5 * plain);
    // The standard error of a normal's standard deviation is σ/√(2n).
    assert!((found.sd - sd).abs() < 5.0 * plain / 2f64.sqrt(), "{way}: sd {}", found.sd);
    assert_normal_spread(way, [found.spread.p05, found.spread.p50, found.spread.p95], mean, sd, draws);
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

#[test]
fn a_linear_combination_of_normals_is_a_normal() {
    every_way(&reference("linear-normals"), |way, Found { finding: summary, course, .. }| {
        let draws = course.plan.draws();
        assert_normal(way, &summary.derived[0], 7.0, 5.0, draws);
        let truth = 0.158_655_253_931_457_05;
        assert_near(way, *summary.outcomes[0].probability, truth, 0.5 / (draws as f64).sqrt());
        // Simple factors are known without draws.
        let a = number(summary, 0);
        assert_eq!((a.mean.value, a.sd), (1.0, 2.0));
        assert!((a.spread.p95 - (1.0 + 2.0 * Z95)).abs() < 1e-12);
    });
}

#[test]
fn numbers_far_from_zero_keep_their_spread() {
    // Years: the same normal, moved by 2,000 and by a million.
    for shift in [2_000.0, 1e6] {
        let text = format!(
            "[factors]
             year = {{ value = 'normal({shift}, 3) + normal(0, 4)' }}
             [derived]
             later = {{ value = 'year + 7' }}
             rescaled = {{ value = '1e6 * (year - {shift})' }}
             [outcomes.late]
             when = 'year > {shift}'
             [outcomes.early]
             else = true"
        );
        let summary = summary(&model(&text), Kind::Independent, 1, DRAWS);
        let year = number(&summary, 0);
        let spread = [year.spread.p05, year.spread.p50, year.spread.p95];
        assert_normal_spread("year", spread, shift, 5.0, DRAWS);
        assert!((year.sd - 5.0).abs() < 5.0 * 5.0 / (2.0 * DRAWS as f64).sqrt(), "{}", year.sd);
        assert_normal("later", &summary.derived[0], shift + 7.0, 5.0, DRAWS);
        assert_normal("rescaled", &summary.derived[1], 0.0, 5e6, DRAWS);
    }
}

#[test]
fn numbers_over_many_magnitudes_keep_their_spread() {
    // ln x is normal(0, 5), so x spans more than fourteen powers of ten.
    let text = "[factors]
         x = { value = 'lognormal(0, 3) * lognormal(0, 4)' }
         [outcomes.large]
         when = 'x > 1'
         [outcomes.small]
         else = true";
    let summary = summary(&model(text), Kind::Independent, 1, DRAWS);
    let spread = number(&summary, 0).spread;
    let logarithms = [spread.p05, spread.p50, spread.p95].map(f64::ln);
    assert_normal_spread("x", logarithms, 0.0, 5.0, DRAWS);
}

#[test]
fn conditional_probabilities_of_uniforms_have_their_areas() {
    let text = reference("conditional-uniforms");
    let asked =
        ["P(x > y | x > 0.5)", "P(x + y > 1 | x > y)", "P(wide | x > 0.5)", "P(wide)", "P(x > 0.5 | wide)"];
    for kind in Kind::ALL {
        let found = ask(&text, &asked, kind, 9, DRAWS);
        for (found, truth) in found.into_iter().zip([0.75, 0.5, 0.25, 0.25, 0.5]) {
            assert_near(&format!("{kind:?}"), found, truth, 0.01);
        }
    }
}

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

// Drivers.

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
