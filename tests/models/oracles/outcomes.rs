//! Outcomes, events and derived values.

use super::{DRAWS, Z95, assert_normal_spread, every_way, logistic, quantile_error};
use crate::common::{Found, ask, assert_exact, assert_near, model, number, reference, run, summary};
use foretell::analysis::derived::DerivedFinding;
use foretell::design::Kind;
use foretell::simulation::Rule;

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
