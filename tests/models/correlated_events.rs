//! Events, factors with states and counts that are correlated: their joint law, and what is learned of it.

#![allow(clippy::disallowed_methods)]

use crate::common::{self, ask, assert_near, built, model, model_with, settings};
use foretell::analysis::correlations::{Correlations, Reached};
use foretell::design::Kind;
use foretell::math::special::{normal_cdf, normal_pdf, normal_quantile};
use foretell::model::{Definition, Model, World};
use foretell::simulation::Rule;

const DRAWS: u64 = 1 << 16;

/// P(X ≤ h, Y ≤ k) of standard normals with correlation r, by Plackett's (1954) derivative in r.
fn bivariate(h: f64, k: f64, r: f64) -> f64 {
    let steps = 4000;
    let end = r.asin();
    let density = |t: f64| {
        let (s, c) = (t.sin(), t.cos());
        (-0.5 * (h * h - 2.0 * h * k * s + k * k) / (c * c)).exp() / (2.0 * std::f64::consts::PI)
    };
    // Simpson's rule.
    let sum: f64 = (0..=steps)
        .map(|at| {
            let weight = if at == 0 || at == steps {
                1.0
            } else if at % 2 == 1 {
                4.0
            } else {
                2.0
            };
            weight * density(end * at as f64 / steps as f64)
        })
        .sum();
    normal_cdf(h) * normal_cdf(k) + sum * end / steps as f64 / 3.0
}

/// P(both) of events with these probabilities.
fn both(p: f64, q: f64, r: f64) -> f64 {
    bivariate(normal_quantile(p), normal_quantile(q), r)
}

fn events(p: f64, q: f64, correlation: &str) -> String {
    format!(
        "[events.e]\nprobability = {p}\n[events.f]\nprobability = {q}\n\
         [[correlations]]\nbetween = [\"e\", \"f\"]\n{correlation}\n\
         [outcomes.x]\nwhen = 'e and f'\n[outcomes.y]\nelse = true\n"
    )
}

fn reached(model: &Model) -> Vec<Reached> {
    common::answered(&Correlations, model, settings(Kind::Sobol, 3, Rule::default())).finding.correlations
}

#[test]
fn two_events_have_the_law_of_two_normals() {
    for (p, q) in [(0.5, 0.5), (0.1, 0.3), (0.9, 0.02), (1e-4, 0.001)] {
        for r in [-0.95, -0.4, 0.3, 0.6, 0.99] {
            let text = events(p, q, &format!("normal = {r}"));
            let asked = ["P(e and f)", "P(e)", "P(f)", "P(x)", "P(e or f)"];
            let found = ask(&text, &asked, Kind::Sobol, 7, DRAWS);
            let joint = both(p, q, r);
            let exact = [joint, p, q, joint, p + q - joint];
            for ((what, found), exact) in asked.iter().zip(found).zip(exact) {
                // No error is below what half a draw of each of 8 replicates changes.
                let least = 0.5 / (DRAWS as f64 / 8.0) / 8f64.sqrt();
                assert_near(&format!("{what} at {p} {q} {r}"), found, exact, 2e-3 * p.max(q) + 1.1 * least);
            }
            // Independence would not pass.
            let found = ask(&text, &["P(e and f)"], Kind::Sobol, 7, DRAWS)[0];
            let is_apart = (found.value - p * q).abs() > 5.0 * found.std_error;
            assert!(is_apart || p * q < 1e-4, "{p} {q} {r}: {found:?}");
        }
    }
}

/// What happens once in a million draws is as good as decided by its normals: no draw sees it, and none says how rare it is.
#[test]
fn events_that_no_draw_sees_have_an_error_that_covers() {
    for p in [1e-6, 1e-5, 1e-4] {
        let text = events(p, p, "pearson = 0.5");
        for (seed, kind) in (0..20).flat_map(|seed| Kind::ALL.map(|kind| (seed, kind))) {
            for found in ask(&text, &["P(e)", "P(f)", "P(e and not f)"], kind, seed, 1 << 15) {
                // P(e and not f) lies between P(e) / 5 and P(e).
                assert!(found.value < p + 5.0 * found.std_error, "{p} {kind:?} {seed}: {found:?}");
                assert!(found.interval.1 > 0.2 * p, "{p} {kind:?} {seed}: {found:?}");
            }
        }
    }
}

#[test]
fn what_is_learned_of_one_event_says_something_of_the_other() {
    let (p, q, r) = (0.2, 0.4, 0.7);
    let model = common::understood(&events(p, q, &format!("normal = {r}")), &[], &["e"]);
    let found = common::summary(&model, Kind::Sobol, 2, DRAWS);
    assert_near("P(x | e)", found.outcomes[0].probability.0, both(p, q, r) / p, 1e-4);
    // To make it so says nothing.
    let made = common::summary(
        &model_with(&events(p, q, &format!("normal = {r}")), &["e = true"]),
        Kind::Sobol,
        2,
        DRAWS,
    );
    assert!((made.outcomes[0].probability.0.value - q).abs() < 1e-3, "{:?}", made.outcomes[0]);
}

/// The correlation of truths with this joint probability.
fn phi(p: f64, q: f64, joint: f64) -> f64 {
    (joint - p * q) / (p * (1.0 - p) * q * (1.0 - q)).sqrt()
}

#[test]
fn every_kind_means_its_own() {
    let (p, q) = (0.3, 0.6);
    // Of two truths ranks and values are the same.
    for kind in ["pearson", "rank"] {
        let found = ask(&events(p, q, &format!("{kind} = 0.35")), &["P(e and f)"], Kind::Sobol, 4, DRAWS)[0];
        let joint = p * q + 0.35 * (p * (1.0 - p) * q * (1.0 - q)).sqrt();
        assert_near(kind, found, joint, 1e-4);
        let other = ask(&events(p, q, "normal = 0.35"), &["P(e and f)"], Kind::Sobol, 4, DRAWS)[0];
        assert!((other.value - joint).abs() > 100.0 * other.std_error);
    }
    for asked in ["pearson = 0.35", "rank = -0.35", "normal = 0.6", "pearson = 0.2\ndegrees = 3"] {
        let [one] = &reached(&model(&events(p, q, asked)))[..] else { panic!("{asked}") };
        let z = (one.reached.value - one.asked) / one.reached.std_error;
        assert!(z.abs() < 9.0 && one.reached.std_error < 0.01, "{asked}: {one:?}");
    }
    let greatest = phi(p, q, p);
    let why = built::<&str>(&events(p, q, "pearson = 0.9"), &[], &[]).expect_err("beyond");
    assert!(why.contains(&format!("{:.3}", (1000.0 * greatest).floor() / 1000.0)), "{why}");
    let why = built::<&str>(&events(p, q, "kendall = 0.3"), &[], &[]).expect_err("ties");
    assert!(why.contains("write `rank = 0.3`"), "{why}");
}

/// A factor x and an event e.
fn with_factor(law: &str, probability: &str, correlation: &str) -> String {
    format!(
        "[factors]\nx = {{ value = '{law}' }}\n[events.e]\nprobability = '{probability}'\n\
         [[correlations]]\nbetween = [\"x\", \"e\"]\n{correlation}\n\
         [derived.gain]\nvalue = 'if e then x else 0'\n\
         [outcomes.a]\nwhen = 'e and x > 1'\n[outcomes.b]\nelse = true\n"
    )
}

#[test]
fn an_event_and_a_factor_have_the_law_of_two_normals() {
    for r in [-0.8, 0.5, 0.95] {
        let text = with_factor("normal(0, 1)", "0.3", &format!("normal = {r}"));
        let found = ask(&text, &["P(e)", "P(a)", "P(e | x > 1)"], Kind::Sobol, 9, DRAWS);
        assert_near("P(e)", found[0], 0.3, 1e-4);
        // P(W > w, X > 1) is that of both lying below −w and −1.
        let joint = bivariate(normal_quantile(0.3), -1.0, r);
        assert_near("P(e, x > 1)", found[1], joint, 1e-3);
        assert_near("P(e | x > 1)", found[2], joint / normal_cdf(-1.0), 3e-3);
        // E[x 1ₑ] = r φ(Φ⁻¹(p)).
        let model = model(&text);
        let mean = common::summary(&model, Kind::Sobol, 9, DRAWS).derived[0].mean.0;
        assert_near("E[x e]", mean, r * normal_pdf(normal_quantile(0.3)), 1e-3);
    }
}

#[test]
fn learning_of_a_correlated_factor_moves_the_event() {
    let text = with_factor("normal(0, 1)", "0.3", "normal = 0.6");
    let confined = common::understood(&text, &[], &["x > 2"]);
    let found = common::summary(&confined, Kind::Sobol, 9, DRAWS);
    let exact = bivariate(normal_quantile(0.3), -2.0, 0.6) / normal_cdf(-2.0);
    assert_near("P(e | x > 2)", found.events[0].probability.0, exact, 1e-4);
    let learned = common::understood(&text, &[], &["e"]);
    let x = &common::summary(&learned, Kind::Sobol, 9, DRAWS).numbers().next().unwrap().mean.0.clone();
    assert_near("E[x | e]", *x, 0.6 * normal_pdf(normal_quantile(0.3)) / 0.3, 1e-3);
}

#[test]
fn a_probability_may_depend_on_other_things() {
    // P(e and x > 0) = Σ over a half of x: ∫ φ(z) Φ((q(z) + r z)/√(1 − r²)) with q = Φ⁻¹(p(z)).
    let text =
        with_factor("normal(0, 1)", "if x > 0 then 0.8 else 0", "normal = -0.5").replace("x > 1'", "x > 0'");
    let found = ask(&text, &["P(a)", "P(e)"], Kind::Sobol, 5, DRAWS);
    let exact = bivariate(normal_quantile(0.8), 0.0, -0.5);
    assert_near("P(e, x > 0)", found[0], exact, 1e-3);
    assert_near("P(e)", found[1], exact, 1e-3);
    let why = built::<&str>(&text.replace("normal = -0.5", "pearson = -0.5"), &[], &[]).expect_err("open");
    assert!(
        why.contains("`e` depends on other quantities") && why.contains("write `normal = -0.5`"),
        "{why}"
    );
    // An event that depends on another: the law of its normal given the other's state.
    let chain = events(0.4, 0.5, "normal = 0.5")
        .replace("probability = 0.5", "probability = 'if e then 0.9 else 0.1'");
    let found = ask(&chain, &["P(e and f)", "P(f)"], Kind::Sobol, 6, DRAWS);
    let joint = both(0.4, 0.9, 0.5);
    assert_near("P(e, f)", found[0], joint, 1e-4);
    assert_near("P(f)", found[1], joint + 0.1 - both(0.4, 0.1, 0.5), 1e-4);
}

const STATES: &str = "[factors.c]\nstates = ['low', 'middle', 'high']\n\
     probabilities = { low = 0.2, middle = 0.5, high = 0.3 }\n\
     [factors.n]\nvalue = 'poisson(2)'\n[events.e]\nprobability = 0.35\n\
     [[correlations]]\nbetween = [\"c\", \"e\"]\nnormal = 0.5\n\
     [[correlations]]\nbetween = [\"c\", \"n\"]\nnormal = -0.4\n\
     [[correlations]]\nbetween = [\"n\", \"e\"]\nnormal = 0.3\n\
     [outcomes.x]\nwhen = 'c == high and e'\n[outcomes.y]\nelse = true\n";

#[test]
fn states_are_taken_in_their_order() {
    let asked = ["P(c == high and e)", "P(c == middle and e)", "P(c == low and e)", "P(c == middle)", "P(e)"];
    let found = ask(STATES, &asked, Kind::Sobol, 8, DRAWS);
    let [high, upper] = [0.3, 0.8].map(|share| both(share, 0.35, 0.5));
    for ((what, found), exact) in asked.iter().zip(found).zip([high, upper - high, 0.35 - upper, 0.5, 0.35]) {
        assert_near(what, found, exact, 1e-3);
    }
    // P(n = 0 and e): the normal of n lies below Φ⁻¹(e^−2).
    let found = ask(STATES, &["P(n == 0 and e)", "P(n == 0 and c == low)"], Kind::Sobol, 8, DRAWS);
    let none = (-2f64).exp();
    // The normal of e lies above Φ⁻¹(0.65).
    let exact = none - bivariate(normal_quantile(none), normal_quantile(0.65), 0.3);
    assert_near("P(n = 0, e)", found[0], exact, 1e-3);
    assert_near(
        "P(n = 0, low)",
        found[1],
        bivariate(normal_quantile(none), normal_quantile(0.2), -0.4),
        1e-3,
    );
}

#[test]
fn ranks_of_states_are_reached() {
    let text = STATES.replace("normal = ", "rank = ").replace("= 0.5\n", "= 0.4\n");
    for one in reached(&model(&text)) {
        let z = (one.reached.value - one.asked) / one.reached.std_error;
        assert!(z.abs() < 9.0 && one.reached.std_error < 0.01, "{one:?}");
    }
    let why =
        built::<&str>(&text.replacen("rank = 0.4", "pearson = 0.4", 1), &[], &[]).expect_err("no values");
    assert!(why.contains("the states of `c` have none") && why.contains("write `rank = 0.4`"), "{why}");
}

#[test]
fn drawn_states_agree_with_the_sums() {
    for text in [STATES.to_string(), events(0.3, 0.2, "normal = 0.7\ndegrees = 3")] {
        let model = model(&text);
        let summed = common::summary(&model, Kind::Sobol, 1, DRAWS);
        let drawn = common::run_of(&common::drawn(&model), Kind::Sobol, 1, Rule::Draws(DRAWS)).finding;
        for (one, other) in summed.outcomes.iter().zip(&drawn.outcomes) {
            let (one, other) = (one.probability.0, other.probability.0);
            let error = one.std_error.hypot(other.std_error);
            assert!((one.value - other.value).abs() < 5.0 * error && error < 0.01, "{one:?} {other:?}");
        }
    }
}

/// The probability of an event in a draw is that of the definition, and all are those of a whole.
#[test]
fn the_definition_says_the_same() {
    let text = STATES.replace(
        "[[correlations]]\nbetween = [\"c\", \"e\"]",
        "[[correlations]]\nbetween = [\"c\", \"e\"]\ndegrees = 5",
    );
    for text in [STATES, &text] {
        let model = model(text);
        for at in 1..50 {
            let uniforms: Vec<f64> =
                (0..model.dimensions).map(|k| (f64::from(at) * (0.618 + 0.137 * k as f64)).fract()).collect();
            let mut total = 0.0;
            for (happens, state) in (0..6).map(|k| (k % 2 == 0, k / 2)) {
                let world = World { happens: &[happens], states: &[state], theory: 0 };
                total += Definition::new(&model, &uniforms, world).chance();
            }
            assert!((total - 1.0).abs() < 1e-14, "{total}");
        }
    }
}

/// P(both) of events in a t copula, by the mean of that of normals over what divides them.
#[test]
fn events_in_a_t_copula_have_its_law() {
    let text = events(0.05, 0.05, "normal = 0\ndegrees = 2");
    let found = ask(&text, &["P(e and f)", "P(e)"], Kind::Sobol, 11, DRAWS);
    assert_near("P(e)", found[1], 0.05, 1e-3);
    // T₂⁻¹(0.05) = −2.9199855803537; S is χ²/2 with 2 degrees of freedom, exponential with mean 1.
    let steps = 200_000;
    let exact: f64 = (0..steps)
        .map(|at| {
            let s = -((at as f64 + 0.5) / f64::from(steps)).ln();
            normal_cdf(-2.919_985_580_353_7 * s.sqrt()).powi(2) / f64::from(steps)
        })
        .sum();
    assert_near("P(e, f)", found[0], exact, 1e-3);
    assert!((found[0].value - 0.0025).abs() > 20.0 * found[0].std_error, "extremes come together");
}

#[test]
fn a_correlation_of_nothing_leaves_events_exact() {
    let found = ask(&events(0.3, 0.2, "normal = 0"), &["P(e and f)"], Kind::Sobol, 1, DRAWS)[0];
    common::assert_exact("P(e and f)", found, 0.06);
}

/// A copula leaves the probability of each event as the file states it; what is learned of another moves it.
#[test]
fn a_stated_probability_of_a_correlated_event_is_exact() {
    let text = events(0.2, 0.3, "normal = 0.6");
    for seed in 1..4 {
        let found = common::summary(&model(&text), Kind::Sobol, seed, 1 << 11);
        for (event, stated) in found.events.iter().zip([0.2, 0.3]) {
            let probability = *event.probability;
            assert!(probability.exact && probability.value == stated, "{}: {probability:?}", event.id);
        }
        let name = &found.events[1].id.clone();
        let learned = common::understood(&text, &[], &[name]);
        let found = common::summary(&learned, Kind::Sobol, seed, 1 << 11);
        assert!(!found.events[0].probability.exact && found.events[0].probability.value > 0.25);
    }
}
