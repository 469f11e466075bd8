//! What was learned of a factor far out in either tail: how probable it was, and where the draws lie.
//!
//! Probabilities, means and quantiles of the conditional laws are computed with mpmath 1.3 at 40 to 60 digits: survival
//! functions in closed form (of the beta law by quadrature of its density), quantiles by bisection of them, means in closed form
//! or by quadrature.

#![allow(clippy::disallowed_methods, clippy::excessive_precision)]

use crate::common::{self, number, understood};
use foretell::analysis::run::RunFinding;
use foretell::design::Kind;
use foretell::simulation::Rule;

/// Independent draws, so that every error is known beforehand.
const DRAWS: u64 = 1 << 14;

fn found(value: &str, given: &str, seed: u64) -> RunFinding {
    let model = understood(&format!("[factors.x]\nvalue = '{value}'\n"), &[], &[given]);
    let found = common::run(&model, Kind::Independent, seed, Rule::Draws(DRAWS));
    assert_eq!(found.course.void().draws, 0, "{value}");
    found.finding
}

#[track_caller]
fn assert_probability(found: &RunFinding, truth: f64, what: &str) {
    let probability = *found.evidence.expect("learned").probability;
    assert!(probability.exact, "{what}: {probability:?}");
    assert!((probability.value / truth - 1.0).abs() < 1e-11, "{what}: {} for {truth}", probability.value);
}

/// The law, what was learned, its probability, the mean, and the quantiles at 4, 6, 48, 52, 94 and 96 %.
type Tail = (&'static str, &'static str, f64, f64, [f64; 6]);

const TAILS: [Tail; 7] = [
    // A control that never was wrong.
    (
        "normal(0, 1)",
        "x > 1",
        0.15865525393145705,
        1.52513527616098,
        [1.02658039913, 1.04014642559, 1.38844538626, 1.4314229188, 2.34477371404, 2.49228484349],
    ),
    (
        "normal(0, 1)",
        "x > 7",
        1.279812543885835e-12,
        7.1375456132265,
        [7.00571708435, 7.00866384061, 7.09104764766, 7.10211491113, 7.38402247483, 7.43778824626],
    ),
    (
        "normal(0, 1)",
        "x > 9",
        1.1285884059538406e-19,
        9.10852310500287,
        [9.00448064648, 9.00679063027, 9.07151527678, 9.08023117491, 9.30386532422, 9.34686148689],
    ),
    (
        "normal(0, 1)",
        "x >= 30",
        4.9067139271481871e-198,
        30.0332596674337,
        [30.0013591955, 30.0020601588, 30.0217655315, 30.0244286213, 30.0935310233, 30.1069866903],
    ),
    (
        "exponential(1)",
        "x > 30",
        9.3576229688401746e-14,
        31.0,
        [30.0408219945, 30.0618754037, 30.6539264674, 30.7339691751, 32.8134107168, 33.2188758249],
    ),
    (
        "beta(1e6, 1e6)",
        "x > 0.503",
        1.0752901880554929e-17,
        0.503040580857684,
        [0.503001677698, 0.503002542592, 0.503026766007, 0.503030026425, 0.503113562491, 0.503129597509],
    ),
    (
        "lognormal(0, 1)",
        "x > 3000",
        5.9073124655572865e-16,
        3413.161603472,
        [3015.10112607, 3022.91541185, 3250.08313338, 3281.91912121, 4211.36647843, 4417.47910294],
    ),
];

/// The levels at 4 to 6 % and so on are 5 standard errors of a quantile's level and more apart from 5, 50 and 95 %.
#[test]
fn an_upper_tail_that_was_learned_is_right_however_far_out() {
    for (value, given, probability, mean, [p04, p06, p48, p52, p94, p96]) in TAILS {
        let found = found(value, given, 5);
        assert_probability(&found, probability, &format!("{value} with {given}"));
        let x = number(&found, 0);
        let error = x.sd / (DRAWS as f64).sqrt();
        assert!((x.mean.value - mean).abs() < 5.0 * error, "{value}: {} for {mean} ± {error}", x.mean.value);
        let spread = x.spread;
        // A cell of the histogram is 1/64 of its distance from the middle of the draws.
        let near = |seen: f64, low: f64, high: f64| {
            let cell = (spread.p95 - spread.p05) / 32.0;
            assert!(low - cell < seen && seen < high + cell, "{value}: {seen} in {low}..{high}");
        };
        near(spread.p05, p04, p06);
        near(spread.p50, p48, p52);
        near(spread.p95, p94, p96);
    }
}

/// The mirror image of a law has the mirror image of everything, to the last bits.
#[test]
fn both_tails_are_alike() {
    for (upper, lower) in [
        (("normal(0, 1)", "x > 9"), ("normal(0, 1)", "x < -9")),
        (("exponential(1)", "x > 30"), ("-exponential(1)", "x < -30")),
        (("3 - 2 * normal(0, 1)", "x > 21"), ("2 * normal(0, 1) + 3", "x < -15")),
        (("normal(0, 1)", "x > 8 and x < 9"), ("normal(0, 1)", "x > -9 and x < -8")),
    ] {
        let [up, down] = [upper, lower].map(|(value, given)| found(value, given, 7));
        let probability = down.evidence.expect("learned").probability.value;
        assert_probability(&up, probability, upper.0);
        let middle = if upper.0.starts_with('3') { 3.0 } else { 0.0 };
        let [up, down] = [&up, &down].map(|one| number(one, 0).clone());
        let error = (up.sd * up.sd + down.sd * down.sd).sqrt() / (DRAWS as f64).sqrt();
        assert!(
            ((up.mean.value - middle) + (down.mean.value - middle)).abs() < 5.0 * error,
            "{up:?} {down:?}"
        );
        assert!((up.sd / down.sd - 1.0).abs() < 0.1, "{up:?} {down:?}");
    }
}

/// P(X >= 30) of a Poisson law with mean 2, whose mean there is 30.0687 and whose mass at 30 is 93.6 % of it.
#[test]
fn the_upper_tail_of_a_count_keeps_its_atoms() {
    let found = found("poisson(2)", "x >= 30", 3);
    assert_probability(&found, 5.855318609378577e-25, "poisson");
    let x = number(&found, 0);
    assert!((x.mean.value - 30.0686518837994).abs() < 5.0 * x.sd / (DRAWS as f64).sqrt(), "{x:?}");
    assert_eq!((x.spread.p05, x.spread.p50, x.spread.p95), (30.0, 30.0, 31.0));
}

/// Two normals with correlation 0.6. P(both > 8) is the integral of φ(z) Φ((0.6 z − 8)/0.8) from 8 on, the mean of either
/// there another such integral (mpmath).
#[test]
fn upper_tails_in_a_copula_are_right() {
    let pair = |kind: &str, y: &str, given: &[&str]| {
        let text = format!(
            "[factors]\nx = {{ value = 'normal(0, 1)' }}\ny = {{ value = '{y}' }}\n\
             [[correlations]]\nbetween = [\"x\", \"y\"]\n{kind}\n"
        );
        common::summary(&understood(&text, &[], given), Kind::Independent, 11, DRAWS)
    };
    let root = (DRAWS as f64).sqrt();
    let normal = "normal = 0.6";
    for (kind, y) in [(normal, "normal(0, 1)"), ("rank = 0.6", "triangular(0, 0.3, 1)")] {
        for (given, sign) in [("x > 8", 1.0), ("x < -8", -1.0)] {
            let found = pair(kind, y, &[given]);
            assert_probability(&found, 6.2209605742717841e-16, given);
            let [x, y] = [0, 1].map(|at| number(&found, at).clone());
            assert!((x.mean.value - sign * 8.12136811223611).abs() < 5.0 * x.sd / root, "{x:?}");
            if kind == normal {
                assert!((y.mean.value - sign * 0.6 * 8.12136811223611).abs() < 5.0 * y.sd / root, "{y:?}");
            }
        }
    }
    for given in [["x > 8", "y > 8"], ["x < -8", "y < -8"]] {
        let found = pair(normal, "normal(0, 1)", &given);
        let learned = found.evidence.expect("learned");
        common::assert_near("both", *learned.probability, 3.1275269437532113e-20, 5e-21);
        let x = number(&found, 0);
        let error = x.sd / learned.effective_draws.sqrt();
        assert!((x.mean.value.abs() - 8.18597964057327).abs() < 5.0 * error, "{x:?}");
    }
    // What can't be is impossible, in a copula too.
    for given in [["x > 8", "x < 7"], ["y > 8", "y < 7"]] {
        let text = "[factors]\nx = { value = 'normal(0, 1)' }\ny = { value = 'normal(0, 1)' }\n\
                    [[correlations]]\nbetween = [\"x\", \"y\"]\nnormal = 0.6\n";
        assert!(common::compiled(&understood(text, &[], &given)).is_err(), "{given:?}");
    }
}

/// What lies below an atom, where the number next to it is mapped to the same count.
#[test]
fn counts_that_are_scaled_are_confined_at_their_atoms() {
    for (law, given, exact) in [
        ("-2 * geometric(0.4)", "x < 0", 0.6),
        ("-2 * geometric(0.4)", "x >= 0", 0.4),
        ("1000 * geometric(0.4)", "x < 3000", 1.0 - 0.6f64.powi(3)),
        ("1000 * geometric(0.4)", "x == 0", 0.4),
    ] {
        let text = format!("[factors]\nx = {{ value = '{law}' }}\n");
        let found = common::summary(&understood(&text, &[], &[given]), Kind::Independent, 11, DRAWS);
        assert_probability(&found, exact, given);
    }
}
