//! Functions of every kind: smooth, with kinks, with jumps, with heavy tails.
//!
//! `FORETELL_SEEDS=2000 cargo test --release --test engine coverage::functions -- --nocapture` prints the whole table.

use foretell::design::Kind;
use foretell::distribution::Family;
use foretell::model::{DerivedId, OutcomeId, Variable};
use foretell::program::{Aim, Ask, Program, QueryId, SpreadId, World};
use foretell::simulation::{Rule, Target};
use foretell::statistics::{Estimate, NORMAL};

use crate::common::{self, model, sample, settings};

/// What is asked of a text, and the truth.
struct Case {
    name: &'static str,
    factors: &'static str,
    what: What,
    truth: f64,
}

/// What is asked.
enum What {
    /// The probability of a condition.
    Probability(&'static str),
    /// The mean of a formula.
    Mean(&'static str),
    /// The share of the first of two outcomes, by its score; the other's is 0.
    Share(&'static str),
    /// The mean of a formula given a condition.
    MeanGiven(&'static str, &'static str),
    /// The probability of a condition given another.
    Ratio(&'static str, &'static str),
    /// A quantile of a formula, at a level.
    Quantile(&'static str, f64),
    /// How much more probable one condition is than another.
    Difference(&'static str, &'static str),
}

const UNIFORMS: &str = "x = { value = 'uniform(0, 1)' }\ny = { value = 'uniform(0, 1)' }\n";

fn case(name: &'static str, what: What, truth: f64) -> Case {
    Case { name, factors: UNIFORMS, what, truth }
}

/// The mean of a factor `z` of some distribution.
fn mean_of(name: &'static str, factors: &'static str, formula: &'static str, truth: f64) -> Case {
    Case { name, factors, what: What::Mean(formula), truth }
}

/// ∫ of a function on (0, 1), by Simpson's rule on each side of a jump.
fn integral(jump: f64, f: impl Fn(f64) -> f64) -> f64 {
    let side = |low: f64, high: f64| {
        let (n, width) = (2000, high - low);
        let weight = |i: usize| if i == 0 || i == n { 1.0 } else { [2.0, 4.0][i % 2] };
        // Just inside, so that each side has its own value at the jump.
        let at = |i: usize| f((low + width * i as f64 / n as f64).clamp(low + 1e-13, high - 1e-13));
        (0..=n).map(|i| weight(i) * at(i)).sum::<f64>() * width / (3.0 * n as f64)
    };
    side(0.0, jump) + side(jump, 1.0)
}

fn jumps() -> Vec<Case> {
    use What::{Difference, Mean, Probability, Ratio, Share};
    let logistic = |score: f64| 1.0 / (1.0 + (-score).exp());
    let jump = integral(0.4, |x| logistic(if x < 0.4 { x } else { 2.0 }));
    vec![
        case("x < 0.4", Probability("x < 0.4"), 0.4),
        case("x < 0.37", Probability("x < 0.37"), 0.37),
        case("x < 1/3", Probability("x < 1/3"), 1.0 / 3.0),
        case("x < 0.001", Probability("x < 0.001"), 0.001),
        case("x < 0.9999", Probability("x < 0.9999"), 0.9999),
        case("x + y < 0.4", Probability("x + y < 0.4"), 0.08),
        case("x + y < 0.7", Probability("x + y < 0.7"), 0.245),
        case("x < 0.37 and y < 1/3", Probability("x < 0.37 and y < 1/3"), 0.37 / 3.0),
        case("x < 0.04 and y < 0.025", Probability("x < 0.04 and y < 0.025"), 0.001),
        case("a jump in a score", Share("if x < 0.4 then x else 2"), jump),
        case("a jump in a mean", Mean("if x < 0.4 then x else 2"), 0.08 + 1.2),
        case("three levels", Mean("if x < 0.37 then 0 else if x < 0.81 then 1 else 5"), 0.44 + 0.95),
        case("a ratio of jumps", Ratio("x < 0.4", "x + y > 0.7"), (0.4 - 0.2) / 0.755),
        case("a rare condition", Ratio("x < 0.4", "y > 0.99"), 0.4),
        case("a difference of jumps", Difference("x < 0.4", "y < 0.37"), 0.03),
        case("a small difference", Difference("x < 0.4", "x < 0.37"), 0.03),
    ]
}

fn kinks() -> Vec<Case> {
    use What::Mean;
    vec![
        case("max(x - 0.4, 0)", Mean("max(x - 0.4, 0)"), 0.18),
        case("min(x, y)", Mean("min(x, y)"), 1.0 / 3.0),
    ]
}

fn smooth() -> Vec<Case> {
    use What::{Mean, MeanGiven, Share};
    let logistic = |score: f64| 1.0 / (1.0 + (-score).exp());
    // ∫∫ exp(xy) = Σ 1/(k! (k+1)²).
    let mut factorial = 1.0;
    let mut series = 0.0;
    for k in 0..20 {
        series += 1.0 / (factorial * f64::from((k + 1) * (k + 1)));
        factorial *= f64::from(k + 1);
    }
    vec![
        case("exp(x)", Mean("exp(x)"), std::f64::consts::E - 1.0),
        case("exp(x y)", Mean("exp(x * y)"), series),
        case("logistic(3 x - 1)", Share("3 * x - 1"), integral(0.5, |x| logistic(3.0 * x - 1.0))),
        case("x given x + y > 1", MeanGiven("x", "x + y > 1"), 2.0 / 3.0),
    ]
}

fn tails() -> Vec<Case> {
    let e = |power: f64| power.exp();
    vec![
        mean_of("exponential(1)", "z = { value = 'exponential(1)' }", "z + 0 * z * z", 1.0),
        mean_of("lognormal, mean 3, sd 3", "z = { value = 'lognormal(mean=3, sd=3)' }", "z * 1", 3.0),
        mean_of("lognormal(0, 1.5)", "z = { value = 'lognormal(0, 1.5)' }", "z + 0", e(1.125)),
        mean_of("power, index 1/3", "z = { value = 'uniform(0, 1)' }", "z ^ (-1/3)", 1.5),
        mean_of("power, index 2/3", "z = { value = 'uniform(0, 1)' }", "z ^ (-2/3)", 3.0),
        mean_of(
            "a product of lognormals",
            "z = { value = 'lognormal(0, 2)' }\nw = { value = 'lognormal(0, 1)' }",
            "z * w",
            e(2.5),
        ),
    ]
}

fn percentiles() -> Vec<Case> {
    use What::Quantile;
    let normal = "z = { value = 'normal(0, 1)' }";
    vec![
        case("P30 of exp(x)", Quantile("exp(x)", 0.3), 0.3f64.exp()),
        // The area up to s is s²/2.
        case("P20 of x + y", Quantile("x + y", 0.2), 0.4f64.sqrt()),
        Case {
            name: "P90 of a normal",
            factors: normal,
            what: Quantile("z + 0", 0.9),
            truth: 1.281_551_565_544_600_4,
        },
        Case {
            name: "P5 of years",
            factors: "z = { value = 'normal(2030, 3)' }",
            what: Quantile("z * 1", 0.05),
            truth: 2030.0 - 3.0 * 1.644_853_626_951_472_2,
        },
        // P(Z ≤ 4) = 0.8912.
        Case {
            name: "P90 of a count",
            factors: "z = { value = 'poisson(2.5)' }",
            what: Quantile("z + 0", 0.9),
            truth: 5.0,
        },
        Case {
            name: "P89 of a count",
            factors: "z = { value = 'poisson(2.5)' }",
            what: Quantile("z + 0", 0.89),
            truth: 4.0,
        },
        case("P75 of steps", Quantile("if x < 0.7 then x else 5 + y", 0.75), 5.0 + 0.05 / 0.3),
    ]
}

/// A program of what is asked, and how its answer is read.
struct Compiled {
    program: Program,
    read: Read,
}

enum Read {
    Probability(QueryId),
    Query(QueryId),
    Mean(SpreadId),
    Quantile(SpreadId, f64),
    Difference(QueryId, QueryId),
}

impl Case {
    fn text(&self) -> String {
        let derived = |formula: &str| format!("[derived]\nd = {{ value = '{formula}' }}\n");
        let rule = |rule: &str| format!("[outcomes.a]\nwhen = '{rule}'\n[outcomes.b]\nelse = true\n");
        let claim = |one: &str| format!("[[claims]]\nexpect = 'P({one}) >= 0'\n");
        let rest = match &self.what {
            What::Probability(one) => rule(one),
            What::Mean(formula) | What::Quantile(formula, _) => derived(formula),
            What::Share(score) => format!("[outcomes.a]\nscore = '{score}'\n[outcomes.b]\nscore = 0\n"),
            What::MeanGiven(formula, one) => derived(formula) + &rule(one),
            What::Ratio(one, given) => rule(given) + &claim(&format!("{one} | {given}")),
            What::Difference(one, other) => rule(other) + &claim(one) + &claim(other),
        };
        format!("[factors]\n{}\n{rest}", self.factors)
    }

    fn compiled(&self) -> Compiled {
        let model = model(&self.text());
        if matches!(self.what, What::Ratio(..) | What::Difference(..)) {
            let (program, asked) = common::questions(&model);
            let read = match asked[..] {
                [one] => Read::Probability(one),
                [one, other, ..] => Read::Difference(one, other),
                [] => panic!("{}: nothing asked", self.name),
            };
            return Compiled { program, read };
        }
        let mut ask = Ask::new();
        let world = ask.world(World::of(&model));
        let derived = || model.term_of(Variable::Derived(DerivedId(0)));
        let read = match &self.what {
            What::Mean(_) => {
                let spread = ask.spread(world, derived());
                ask.aim(Aim::Mean(spread));
                Read::Mean(spread)
            }
            What::Quantile(_, level) => Read::Quantile(ask.spread(world, derived()), *level),
            What::MeanGiven(..) => {
                let outcome = foretell::model::Term::outcome(OutcomeId(0), model.outcomes[0].span);
                Read::Query(ask.expectation(world, derived(), Some(outcome)))
            }
            _ => {
                let query = ask.outcome(world, OutcomeId(0));
                ask.aim(Aim::Probability(query));
                Read::Probability(query)
            }
        };
        Compiled { program: common::program(&ask), read }
    }
}

impl Compiled {
    fn estimate(&self, kind: Kind, seed: u64, rule: Rule) -> Estimate {
        let sampled = sample(&self.program, &settings(kind, seed, rule));
        let estimates = sampled.estimates();
        match self.read {
            Read::Probability(query) => estimates.probability(query),
            Read::Query(query) => estimates.query(query),
            Read::Mean(spread) => estimates.mean(spread).0,
            Read::Quantile(spread, level) => {
                let error = estimates.quantile_error(spread, level).expect("draws");
                Estimate::from_error(estimates.quantile(spread, level), error)
            }
            Read::Difference(one, other) => estimates.difference(one, other),
        }
    }
}

/// How often the intervals of many seeds hold the truth.
struct Coverage {
    seeds: u64,
    covered: u64,
    /// How many are more than six errors off.
    far: u64,
    /// The mean half-width.
    width: f64,
    /// The mean square of how far the values are from the truth.
    square: f64,
}

impl Coverage {
    fn of(compiled: &Compiled, truth: f64, kind: Kind, rule: Rule, seeds: u64) -> Coverage {
        let mut found = Coverage { seeds, covered: 0, far: 0, width: 0.0, square: 0.0 };
        for seed in 0..seeds {
            let one = compiled.estimate(kind, seed, rule);
            // What is not shown can't mislead.
            if one.value.is_nan() {
                found.seeds -= 1;
                continue;
            }
            found.covered += u64::from(one.interval.0 <= truth && truth <= one.interval.1);
            found.far += u64::from((one.value - truth).abs() > 6.0 * one.std_error);
            found.width += one.half_width() / seeds as f64;
            found.square += (one.value - truth) * (one.value - truth) / seeds as f64;
        }
        found
    }

    /// How wide the intervals are beside those of Student's t from eight replicates, t₀.₉₅(7) s/√8, whose s is 0.965 σ in the mean.
    fn beside_student(&self) -> f64 {
        self.width / (1.895 * 0.965 * self.square.sqrt())
    }

    /// How many binomial errors the coverage lies above 88 %.
    fn deviation(&self) -> f64 {
        let seeds = self.seeds as f64;
        (self.covered as f64 / seeds - 0.88) / (0.88 * 0.12 / seeds).sqrt()
    }
}

/// How often Student's law has a value more than six errors off: errors are those of a normal with the same 90 % interval.
fn beyond(kind: Kind, rule: Rule) -> f64 {
    let replicates = if matches!(rule, Rule::Draws(_)) { 8.0 } else { 16.0 };
    let freedom = match kind {
        Kind::Independent => 2047.0,
        Kind::LatinHypercube => replicates - 1.0,
        Kind::Sobol => 1.5 * (replicates - 1.0),
    };
    let student = Family::StudentT.build(&[freedom, 0.0, 1.0]).expect("a distribution");
    2.0 * student.cdf(-6.0 / NORMAL * student.quantile(0.95))
}

/// Checks all cases under every design, for runs of a fixed length and for runs that stop by themselves.
fn assert_covered(cases: &[Case]) {
    assert_covered_within(cases, f64::INFINITY);
}

/// The same, with intervals at most so many times as wide as those of Student's t.
fn assert_covered_within(cases: &[Case], most: f64) {
    let seeds = std::env::var("FORETELL_SEEDS").ok().and_then(|text| text.parse().ok()).unwrap_or(100);
    let mut failures = Vec::new();
    let (mut far, mut allowed) = (0, 0.0);
    for case in cases {
        let compiled = case.compiled();
        for kind in Kind::ALL {
            let until = Rule::Until { target: Target::HalfWidth(0.002), most: 1 << 17 };
            for (name, rule) in
                [("2048", Rule::Draws(1 << 11)), ("16384", Rule::Draws(1 << 14)), ("until", until)]
            {
                let found = Coverage::of(&compiled, case.truth, kind, rule, seeds);
                let line = format!(
                    "{:<28} {kind:<16?} {name:>6}: {:5.1} % covered, {} beyond 6 errors, ± {:.3e}",
                    case.name,
                    100.0 * found.covered as f64 / found.seeds as f64,
                    found.far,
                    found.width,
                );
                println!("{line}");
                far += found.far;
                allowed += seeds as f64 * beyond(kind, rule);
                // The root of a mean square of n values is off by 1/√(2n).
                let slack = 1.0 + 4.0 / (2.0 * seeds as f64).sqrt();
                if found.beside_student() > most * slack {
                    failures.push(format!("{line}, {:.2} times too wide", found.beside_student()));
                }
                if found.seeds > 0 && found.deviation() < -4.0 {
                    failures.push(line);
                }
            }
        }
    }
    assert!(failures.is_empty(), "\n{}", failures.join("\n"));
    println!("{far} beyond 6 errors, where Student's law has {allowed:.1}");
    assert!(
        far as f64 <= allowed + 4.0 * allowed.sqrt() + 1.0,
        "{far} beyond 6 errors, {allowed:.1} allowed"
    );
}

#[test]
fn jumps_cover() {
    assert_covered(&jumps());
}

#[test]
fn kinks_cover() {
    assert_covered_within(&kinks(), 1.2);
}

#[test]
fn smooth_functions_cover() {
    assert_covered_within(&smooth(), 1.2);
}

#[test]
fn percentiles_cover() {
    assert_covered(&percentiles());
}

#[test]
fn tails_cover() {
    assert_covered(&tails());
}
