//! Correlations of values, of ranks with ties and of pairs of draws: what is asked for is reached, or refused with a number
//! that can be had.

#![allow(clippy::disallowed_methods)]

use crate::common::{self, built, model, model_with, settings};
use foretell::analysis::correlations::{Correlations, Reached};
use foretell::design::Kind;
use foretell::model::Model;
use foretell::simulation::Rule;

const PI: f64 = std::f64::consts::PI;

/// Two factors with a correlation.
fn pair(laws: [&str; 2], correlation: &str) -> String {
    format!(
        "[factors]\na = {{ value = '{}' }}\nb = {{ value = '{}' }}\n\
         [[correlations]]\nbetween = [\"a\", \"b\"]\n{correlation}\n[outcomes.x]\n[outcomes.y]\n",
        laws[0], laws[1]
    )
}

/// The correlations that the draws of a model have.
fn reached(model: &Model, kind: Kind, seed: u64) -> Vec<Reached> {
    common::answered(&Correlations, model, settings(kind, seed, Rule::default())).finding.correlations
}

/// The correlation of the normals that a model draws by: that of the second member's normal with the first's.
fn of_normals(model: &Model) -> f64 {
    let second = model.quantities.iter().find(|one| one.normals.len() == 2);
    second.map_or(0.0, |one| one.normals[0].1)
}

#[track_caller]
fn assert_normals(laws: [&str; 2], correlation: &str, exact: f64, slack: f64) {
    let found = of_normals(&model(&pair(laws, correlation)));
    assert!((found - exact).abs() < slack, "{laws:?} {correlation}: {found} for {exact}");
}

#[test]
fn of_lognormals_the_normals_follow_in_closed_form() {
    for (s, t) in [(1.0f64, 1.0f64), (0.5, 2.0), (2.5, 2.5)] {
        for r in [-0.9, -0.3, 0.2, 0.7, 0.99] {
            let asked = (r * s * t).exp_m1() / ((s * s).exp_m1() * (t * t).exp_m1()).sqrt();
            let laws = [format!("lognormal(0, {s})"), format!("lognormal(3, {t})")];
            assert_normals([&laws[0], &laws[1]], &format!("pearson = {asked:e}"), r, 1e-7);
        }
    }
    // What was asked of the values is not what it takes of the normals.
    let r = of_normals(&model(&pair(["lognormal(0, 1)", "lognormal(0, 1)"], "pearson = 0.4")));
    assert!((r - (1.0 + 0.4 * (1f64.exp() - 1.0)).ln()).abs() < 1e-9 && (r - 0.4).abs() > 0.1, "{r}");
}

#[test]
fn of_other_laws_too() {
    // Uniforms: (6/π) asin(r/2). A uniform and a normal: r √(3/π). Truths at the median: (2/π) asin r (Sheppard 1899).
    let uniform = "uniform(-1, 4)";
    assert_normals([uniform, uniform], "pearson = 0.5", 2.0 * (PI / 12.0).sin(), 1e-9);
    assert_normals([uniform, "normal(2, 9)"], "pearson = -0.5", -0.5 * (PI / 3.0).sqrt(), 1e-9);
    let truth = "bernoulli(0.5)";
    assert_normals([truth, truth], "pearson = 0.5", (0.25 * PI).sin(), 1e-8);
    assert_normals([truth, truth], "rank = 0.5", (0.25 * PI).sin(), 1e-8);
    assert_normals([truth, "normal(0, 1)"], "pearson = 0.5", 0.5 * (0.5 * PI).sqrt(), 1e-9);
    // Spearman's of a truth and what is not tied: with U = Φ(w), cov = (1/2π) asin(r/√2), by σ's ½ and 1/√12.
    assert_normals(
        [truth, "lognormal(0, 3)"],
        "rank = 0.5",
        2f64.sqrt() * (0.5 * PI / 12f64.sqrt()).sin(),
        1e-8,
    );
    // Signs are those of the values, and normals are as they are asked for.
    assert_normals(["normal(0, 1)", "1 - 2 * normal(5, 3)"], "pearson = 0.3", -0.3, 1e-12);
    assert_normals(
        ["normal(0, 1)", "1 - 2 * uniform(0, 1)"],
        "pearson = 0.3",
        -0.3 * (PI / 3.0).sqrt(),
        1e-9,
    );
    assert_normals([uniform, uniform], "normal = 0.31", 0.31, 1e-15);
    for degrees in ["", "\ndegrees = 3"] {
        assert_normals(
            [uniform, "cauchy(0, 1)"],
            &format!("kendall = 0.5{degrees}"),
            (0.25 * PI).sin(),
            1e-15,
        );
    }
}

/// Laws of every sort: smooth, with kinks, with gaps, cut, tied, mixed.
const LAWS: [&str; 12] = [
    "lognormal(0, 1)",
    "exponential(2)",
    "beta(0.5, 3)",
    "triangular(0, 1, 4)",
    "truncate(normal(0, 1), 0.5, 3)",
    "mixture(normal(0, 1), uniform(5, 6), [0.7, 0.3])",
    "student_t(5)",
    "poisson(3)",
    "binomial(40, 0.3)",
    "bernoulli(0.2)",
    "discrete([1, 10, 12], [0.2, 0.5, 0.3])",
    "-2 * geometric(0.4)",
];

#[test]
fn what_is_asked_for_is_reached_by_any_law() {
    let mut seen = 0;
    for (at, first) in LAWS.iter().enumerate() {
        for second in &LAWS[at..] {
            let asked = ["pearson = 0.35", "rank = 0.4", "pearson = -0.2", "pearson = 0.3\ndegrees = 4"];
            let found = reached(&model(&pair([first, second], asked[seen % 4])), Kind::Sobol, at as u64);
            let [one] = &found[..] else { panic!("{found:?}") };
            let z = (one.reached.value - one.asked) / one.reached.std_error;
            // Student's t with 7 degrees of freedom exceeds 9 with probability 4e-5.
            assert!(z.abs() < 9.0 && one.reached.std_error < 0.1, "{first} {second}: {one:?}");
            seen += 1;
        }
    }
    assert_eq!(seen, 78);
}

#[test]
fn every_kind_is_measured_as_it_is_defined() {
    let laws = ["lognormal(0, 1)", "lognormal(0, 1)"];
    let measured = |asked: &str, kind: Kind| reached(&model(&pair(laws, asked)), kind, 5)[0].reached;
    for kind in Kind::ALL {
        for asked in
            ["pearson = 0.4", "rank = 0.4", "kendall = 0.4", "normal = 0.4", "kendall = -0.6\ndegrees = 2"]
        {
            let value: f64 = asked.split_whitespace().nth(2).unwrap().parse().unwrap();
            let found = measured(asked, kind);
            assert!(((found.value - value) / found.std_error).abs() < 9.0, "{asked} {kind:?}: {found:?}");
            assert!(found.std_error > 0.0 && found.std_error < 0.05, "{asked}: {found:?}");
        }
    }
    // With the normals at 0.4 the values have (e^0.4 − 1)/(e − 1) = 0.286: no other kind passes for `pearson`.
    let text = pair(laws, "normal = 0.4");
    let mut other = model(&text);
    other.correlations[0].kind = foretell::scenario::CorrelationKind::Pearson;
    let found = &reached(&other, Kind::Sobol, 5)[0].reached;
    assert!((found.value - 0.4).abs() > 9.0 * found.std_error, "{found:?}");
    let exact = 0.4f64.exp_m1() / 1f64.exp_m1();
    assert!((found.value - exact).abs() < 9.0 * found.std_error, "{found:?}");
}

#[test]
fn errors_of_what_is_reached_cover() {
    for correlation in ["pearson = 0.4", "rank = 0.4", "kendall = 0.4", "normal = 0.4"] {
        let model = model(&pair(["beta(2, 5)", "poisson(4)"], correlation).replace(
            if correlation.starts_with("kendall") { "poisson(4)" } else { "nothing" },
            "gamma(2, 1)",
        ));
        let covers = |seed: u64| {
            let found = &reached(&model, Kind::Independent, seed)[0].reached;
            found.interval.0 <= 0.4 && 0.4 <= found.interval.1
        };
        let covered = (0..100).filter(|seed| covers(*seed)).count() as f64;
        // Of 90 % intervals; five errors of a share of 100.
        assert!((covered / 100.0 - 0.9).abs() < 5.0 * (0.09f64 / 100.0).sqrt(), "{correlation}: {covered}");
    }
}

/// The squares of a lognormal with σ = 2.5 have a mean that draws don't tell: what they have of it is too little, and the
/// correlation too large.
#[test]
fn what_draws_do_not_tell_is_not_shown() {
    let told = |law: &str, seed| {
        let found = reached(&model(&pair(["lognormal(0, 1)", law], "pearson = 0.05")), Kind::Sobol, seed);
        found[0].reached
    };
    for seed in 0..10 {
        assert!(told("lognormal(0, 2.5)", seed).value.is_nan(), "{seed}");
        let found = told("normal(0, 1)", seed);
        assert!(((found.value - 0.05) / found.std_error).abs() < 9.0, "{seed}: {found:?}");
    }
}

/// The edit that a refusal offers: what stands in backquotes after "write".
fn offered(why: &str) -> &str {
    let hint =
        why.split("hint: ").find(|hint| hint.starts_with("write `")).unwrap_or_else(|| panic!("{why}"));
    hint.split('`').nth(1).unwrap()
}

/// What is refused, and with what it is refused: what it offers is accepted.
#[track_caller]
fn assert_refused(laws: [&str; 2], correlation: &str, says: &str) {
    let why = built::<&str>(&pair(laws, correlation), &[], &[]).expect_err(correlation);
    assert!(why.contains(says) && why.matches("error[").count() == 1, "{why}");
    model(&pair(laws, offered(&why)));
}

#[test]
fn what_can_not_be_had_is_refused_with_what_can() {
    let lognormal = "lognormal(0, 1)";
    // The least is (e^−1 − 1)/(e − 1) = −0.3679.
    assert_refused([lognormal, lognormal], "pearson = -0.5", "lies between -0.367 and 0.999");
    model(&pair([lognormal, lognormal], "pearson = -0.367"));
    assert!(built::<&str>(&pair([lognormal, lognormal], "pearson = -0.368"), &[], &[]).is_err());
    assert_refused([lognormal, "normal(0, 1)"], "pearson = 0.9", "lies between -0.762 and 0.762");
    assert_refused(["bernoulli(0.1)", "bernoulli(0.4)"], "pearson = 0.5", "lies between -0.272 and 0.408");
    assert_refused(["cauchy(0, 1)", lognormal], "pearson = 0.3", "`a` has no variance");
    assert_refused([lognormal, "student_t(2)"], "pearson = 0.3", "`b` has no variance");
    assert_refused([lognormal, "lognormal(0, 18)"], "pearson = 0.01", "too heavy");
    assert_refused([lognormal, "normal(a, 1)"], "pearson = 0.3", "`b` depends on other quantities");
    assert_refused([lognormal, "a + normal(0, 1)"], "pearson = 0.3", "`b` depends on other quantities");
    assert_refused([lognormal, "poisson(a)"], "rank = 0.3", "`b` depends on other quantities");
    assert_refused([lognormal, "poisson(3)"], "kendall = 0.3", "often the same");
    assert_refused(["poisson(b)", lognormal], "kendall = 0.3", "often the same");
    // No rank correlation of 0.97 goes with so many ties.
    assert_refused([lognormal, "bernoulli(0.001)"], "kendall = 0.97", "often the same");
    assert_refused(["normal(b, 1)", "poisson(3)"], "pearson = 0.3", "`a` depends on other quantities");
    assert_refused(["bernoulli(1)", lognormal], "rank = 0.3", "`a` has no variance");
}

#[test]
fn what_an_override_can_not_have_is_refused_too() {
    let text = pair(["lognormal(0, 1)", "lognormal(0, 1)"], "pearson = -0.3");
    let r = of_normals(&model_with(&text, &["b = lognormal(0, 0.5)"]));
    let exact = (1.0 - 0.3 * (1f64.exp_m1() * 0.25f64.exp_m1()).sqrt()).ln() / 0.5;
    assert!((r - exact).abs() < 1e-9, "the law in force decides: {r} for {exact}");
    let r = of_normals(&model_with(&text, &["correlations.1.pearson = 0.4"]));
    assert!((r - (1.0 + 0.4 * 1f64.exp_m1()).ln()).abs() < 1e-9, "{r}");
    for (change, says) in [("b = cauchy(0, 1)", "no variance"), ("b = lognormal(0, 3)", "can't be -0.3")] {
        let why = built(&text, &[change], &[]).expect_err(change);
        assert!(why.contains(says) && why.contains("--set"), "{why}");
    }
    // What is cut leaves the others as they are, whatever it is set to.
    model_with(&text, &["b = 3"]);
}

fn three(correlation: &str) -> String {
    let factors = ["a", "b", "c"].map(|name| format!("{name} = {{ value = 'lognormal(0, 1)' }}\n")).concat();
    let pairs = [("a", "b"), ("b", "c"), ("a", "c")];
    let pairs =
        pairs.map(|(x, y)| format!("[[correlations]]\nbetween = [\"{x}\", \"{y}\"]\n{correlation}\n"));
    format!("[factors]\n{factors}{}[outcomes.x]\n[outcomes.y]\n", pairs.concat())
}

#[test]
fn three_that_can_be_had_two_by_two_are_refused_together() {
    let why = built::<&str>(&three("pearson = -0.25"), &[], &[]).expect_err("no joint law");
    assert!(why.contains("can't hold together") && why.contains("that of their normals -0.561"), "{why}");
    let value = why.split("pearson = ").last().unwrap().lines().next().unwrap();
    // The normals can have −½ each at most: (e^−½ − 1)/(e − 1) = −0.22899, and −0.229 is beyond.
    assert_eq!(value.trim(), "-0.228");
    assert_eq!(model(&three(&format!("pearson = {value}"))).correlations.len(), 3);
    model(&three("pearson = -0.2"));
}
