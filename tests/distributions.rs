//! Elementary and special functions and every family of distributions against tables that mpmath made
//! (`tests/oracles/make.py`), and against the samples of a second library.

#![allow(clippy::disallowed_methods)]

use foretell::distribution::{Distribution, Family, Truncated};
use foretell::math::elementary::{exp, ln, logistic, logit};
use foretell::math::special::{ln_choose, ln_gamma, ln_gamma_1p, normal_cdf, normal_pdf, normal_quantile};
use rand_distr::Distribution as Sampler;
use std::convert::Infallible;

/// The rows of a table: comment and heading left out, empty cells NaN, the first cell kept as text.
fn table(name: &str) -> Vec<(String, Vec<f64>)> {
    let path = format!("{}/tests/oracles/{name}.csv", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"));
    let number = |cell: &str| cell.trim_start_matches('+').parse().unwrap_or(f64::NAN);
    let row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[0].to_string(), cells.iter().map(|cell| number(cell)).collect())
    };
    text.lines().skip(2).map(row).collect()
}

/// The difference in units in the last place of the expected value.
fn ulps(value: f64, expected: f64) -> f64 {
    if value == expected {
        return 0.0;
    }
    (value - expected).abs() / (expected.abs().next_up() - expected.abs())
}

fn relative(value: f64, expected: f64) -> f64 {
    if value == expected { 0.0 } else { (value / expected - 1.0).abs() }
}

#[test]
fn elementary_and_special_functions_match_the_table() {
    let mut seen = std::collections::BTreeSet::new();
    for (name, row) in table("functions") {
        let (x, y, expected) = (row[1], row[2], row[3]);
        // Bounds in units in the last place.
        let (name, value, bound) = match name.as_str() {
            "exp" => ("exp", exp(x), 1.0),
            "ln" => ("ln", ln(x), 1.0),
            "logistic" => ("logistic", logistic(x), 3.0),
            "logit" => ("logit", logit(x), 4.0),
            "normal_cdf" => ("normal_cdf", normal_cdf(x), 8.0),
            "normal_pdf" => ("normal_pdf", normal_pdf(x), 4.0),
            "normal_quantile" => ("normal_quantile", normal_quantile(x), 8.0),
            "ln_gamma" => ("ln_gamma", ln_gamma(x), 8.0),
            "ln_gamma_1p" => ("ln_gamma_1p", ln_gamma_1p(x), 8.0),
            "ln_choose" => ("ln_choose", ln_choose(x, y), 8.0),
            other => panic!("no test for {other}"),
        };
        let error = ulps(value, expected);
        seen.insert(name);
        assert!(error <= bound, "{name}({x}, {y}) = {value:e}, expected {expected:e}: {error} ulp");
    }
    assert_eq!(seen.len(), 10);
}

/// A row of a family's table.
struct Point {
    distribution: Distribution,
    parameters: Vec<f64>,
    x: f64,
    pdf: f64,
    cdf: f64,
    survival: f64,
}

fn points(family: Family) -> Vec<Point> {
    let parse = |(_, row): (String, Vec<f64>)| {
        let parameters: Vec<f64> = row[..4].iter().copied().filter(|p| !p.is_nan()).collect();
        let distribution = family.build(&parameters).expect("tables hold possible parameters");
        Point { distribution, parameters, x: row[4], pdf: row[5], cdf: row[6], survival: row[7] }
    };
    table(family.name()).into_iter().map(parse).collect()
}

impl Point {
    /// The relative error that a tail mass may have: a flat part, and what four roundings of x do.
    fn bound(&self, tail: f64) -> f64 {
        let offset = if self.distribution.support().0 == f64::NEG_INFINITY {
            self.distribution.quantile(0.5)
        } else {
            0.0
        };
        2e-13 + 4.0 * f64::EPSILON * (self.x.abs() + offset.abs()) * self.pdf / tail
    }

    /// The greater of the bounds of both tails; for a density, whose slope lies between those of the tails.
    fn wider_bound(&self) -> f64 {
        let usable = |tail: f64| if tail > 0.0 { self.bound(tail) } else { 0.0 };
        usable(self.cdf).max(usable(self.survival))
    }

    fn check(&self, failures: &mut Vec<String>, what: &str, value: f64, expected: f64, bound: f64) {
        let error = relative(value, expected);
        if error.is_nan() || error > bound {
            let (distribution, x) = (&self.distribution, self.x);
            failures.push(format!(
                "{what} of {distribution:?} at {x:e}: {value:e}, expected {expected:e}, error {error:e} above {bound:e}"
            ));
        }
    }

    /// A quantile may miss x by the error of u, carried to x by the density, and by a few roundings of x or of ln x. That
    /// of a discrete distribution may not.
    fn check_quantile(&self, failures: &mut Vec<String>, what: &str, value: f64, tail: f64) {
        let slack = if self.distribution.is_discrete() {
            0.0
        } else {
            self.bound(tail) * tail / self.pdf
                + 8.0 * f64::EPSILON * self.x.abs() * (1.0 + 0.1 * self.x.abs().ln().abs())
        };
        let error = (value - self.x).abs();
        if error.is_nan() || error > slack {
            let (distribution, x) = (&self.distribution, self.x);
            failures.push(format!(
                "{what} of {distribution:?} at {tail:e}: {value:e}, expected {x:e}, error {error:e} above {slack:e}"
            ));
        }
    }
}

fn report(failures: &[String]) {
    let first: Vec<&str> = failures.iter().take(40).map(String::as_str).collect();
    assert!(failures.is_empty(), "{} failures:\n{}", failures.len(), first.join("\n"));
}

#[test]
fn densities_and_tails_match_the_tables() {
    let mut failures = Vec::new();
    for &family in Family::ALL {
        let points = points(family);
        assert!(!points.is_empty(), "{}", family.name());
        for point in points {
            let (distribution, x) = (&point.distribution, point.x);
            point.check(&mut failures, "pdf", distribution.pdf(x), point.pdf, point.wider_bound());
            point.check(&mut failures, "cdf", distribution.cdf(x), point.cdf, point.bound(point.cdf));
            point.check(
                &mut failures,
                "survival",
                distribution.survival(x),
                point.survival,
                point.bound(point.survival),
            );
        }
    }
    report(&failures);
}

#[test]
fn quantiles_match_the_tables() {
    let mut failures = Vec::new();
    for &family in Family::ALL {
        // Beside a step of a discrete distribution function, so that rounding does not decide.
        let beside = if family.is_discrete() { 1e-9 } else { 0.0 };
        for point in points(family) {
            if point.cdf > 0.0 && point.cdf <= 0.5 {
                let u = point.cdf * (1.0 - beside);
                let value = point.distribution.quantile(u);
                assert_eq!(value, family.quantile(&point.parameters, u));
                point.check_quantile(&mut failures, "quantile", value, u);
            }
            if point.survival > 0.0 && point.survival <= 0.5 {
                let t = point.survival * (1.0 + beside);
                point.check_quantile(
                    &mut failures,
                    "upper quantile",
                    point.distribution.quantile_upper(t),
                    t,
                );
            }
        }
    }
    report(&failures);
}

#[test]
fn moments_match_the_tables() {
    for &family in Family::ALL {
        for (_, row) in table(&format!("{}_moments", family.name())) {
            let parameters: Vec<f64> = row[..4].iter().copied().filter(|p| !p.is_nan()).collect();
            let distribution = family.build(&parameters).unwrap();
            for (value, expected) in [(distribution.mean(), row[4]), (distribution.sd(), row[5])] {
                let same = value.is_nan() && expected.is_nan() || relative(value, expected) <= 1e-13;
                assert!(same, "{distribution:?}: {value:e}, expected {expected:e}");
            }
        }
    }
}

#[test]
fn truncated_moments_match_the_table() {
    for (name, row) in table("truncated") {
        let parameters: Vec<f64> = row[1..4].iter().copied().filter(|p| !p.is_nan()).collect();
        let inner = Family::from_name(&name).unwrap().build(&parameters).unwrap();
        let truncated = Distribution::from(Truncated::new(inner, row[4], row[5]).unwrap());
        let (mean, sd) = (row[6], row[7]);
        assert!((truncated.mean() - mean).abs() <= 1e-9 * sd, "{name}: {} {mean}", truncated.mean());
        assert!(relative(truncated.sd(), sd) <= 1e-9, "{name}: {} {sd}", truncated.sd());
    }
}

/// Members of every continuous family, extreme shapes included.
fn continuous_members() -> Vec<Distribution> {
    let build = |family: Family, parameters: &[f64]| family.build(parameters).unwrap();
    let mut members = vec![
        build(Family::Normal, &[0.0, 1.0]),
        build(Family::LogNormal, &[0.5, 2.0]),
        build(Family::Uniform, &[0.0, 3.0]),
        build(Family::Triangular, &[0.0, 0.2, 1.0]),
        build(Family::Triangular, &[0.0, 0.0, 1.0]),
        build(Family::Pert, &[0.0, 7.0, 9.0, 4.0]),
        build(Family::Exponential, &[0.3]),
        build(Family::Cauchy, &[0.0, 1.0]),
        build(Family::Logistic, &[0.0, 2.0]),
    ];
    let shapes = [1e-3, 0.03, 0.3, 0.7, 1.0, 1.5, 8.0, 19.0, 21.0, 300.0, 1e4, 1e6, 1e7];
    for a in shapes {
        members.push(build(Family::Gamma, &[a, 1.0]));
        members.push(build(Family::StudentT, &[a, 0.0, 1.0]));
        members.extend((0.01..1e3).contains(&a).then(|| build(Family::Weibull, &[a, 1.0])));
        members.extend(shapes.iter().map(|&b| build(Family::Beta, &[a, b])));
    }
    members
}

const LEVELS: [f64; 20] = [
    1e-300, 1e-250, 1e-150, 1e-100, 1e-50, 1e-20, 1e-12, 1e-9, 1e-6, 1e-4, 1e-3, 0.01, 0.05, 0.1, 0.2, 0.3,
    0.4, 0.45, 0.49, 0.5,
];

/// How far the mass on one side moves when x moves by `steps` units in the last place.
fn rounding_of_mass(mass: impl Fn(f64) -> f64, x: f64, steps: f64) -> f64 {
    let nudge = x.abs() * steps * f64::EPSILON;
    (mass(x + nudge) - mass(x - nudge)).abs()
}

#[test]
fn quantiles_invert_the_distribution_function_into_both_tails() {
    let mut failures = Vec::new();
    for member in continuous_members() {
        for u in LEVELS {
            let (x, y) = (member.quantile(u), member.quantile_upper(u));
            let (low, high) = member.support();
            let lower_error = (member.cdf(x) - u).abs() - rounding_of_mass(|x| member.cdf(x), x, 4.0);
            // At an end of the support the quantile itself lies below the least positive number or next to the end.
            if x.abs() >= f64::MIN_POSITIVE && x.is_finite() && x > low && x < high && lower_error > 1e-12 * u
            {
                failures.push(format!("{member:?}: cdf({x:e}) = {:e} for {u:e}", member.cdf(x)));
            }
            let upper_error =
                (member.survival(y) - u).abs() - rounding_of_mass(|y| member.survival(y), y, 4.0);
            if y.abs() >= f64::MIN_POSITIVE && y.is_finite() && y > low && y < high && upper_error > 1e-12 * u
            {
                failures.push(format!("{member:?}: survival({y:e}) = {:e} for {u:e}", member.survival(y)));
            }
            if u > 0.001 && u < 0.5 {
                assert_eq!(
                    member.quantile(1.0 - u),
                    member.quantile_upper(1.0 - (1.0 - u)),
                    "{member:?} at {u}"
                );
            }
        }
    }
    report(&failures);
}

#[test]
fn quantiles_never_fall() {
    for member in continuous_members() {
        let along = LEVELS.iter().map(|&u| member.quantile(u));
        let back = LEVELS.iter().rev().map(|&t| member.quantile_upper(t));
        let values: Vec<f64> = along.chain(back).collect();
        for pair in values.windows(2) {
            let rises = pair[0] <= pair[1] || pair[0] - pair[1] <= 1e-12 * pair[1].abs();
            assert!(rises, "{member:?}: {pair:?}");
        }
        let (low, high) = member.support();
        assert!(values[0] >= low && values[values.len() - 1] <= high);
        assert_eq!((member.quantile(0.0), member.quantile(1.0)), (low, high));
        assert_eq!((member.quantile_upper(1.0), member.quantile_upper(0.0)), (low, high));
        assert!(
            member.quantile(f64::NAN).is_nan()
                && member.quantile(-0.1).is_nan()
                && member.quantile(1.1).is_nan()
        );
    }
}

#[test]
fn discrete_quantiles_are_the_least_that_reach() {
    let cases: [(Family, &[f64]); 13] = [
        (Family::Poisson, &[0.0]),
        (Family::Poisson, &[3.7]),
        (Family::Poisson, &[1e7]),
        (Family::Binomial, &[10.0, 0.5]),
        (Family::Binomial, &[1e6, 0.001]),
        (Family::Binomial, &[7.0, 0.0]),
        (Family::Binomial, &[7.0, 1.0]),
        (Family::Geometric, &[1e-9]),
        (Family::Geometric, &[1.0]),
        (Family::NegativeBinomial, &[0.3, 0.01]),
        (Family::Hypergeometric, &[60.0, 20.0, 50.0]),
        (Family::Hypergeometric, &[1e6, 4e5, 1e5]),
        (Family::Bernoulli, &[0.2]),
    ];
    for (family, parameters) in cases {
        let member = family.build(parameters).unwrap();
        let (low, high) = member.support();
        for u in LEVELS.into_iter().chain([0.6, 0.9, 0.999, 1.0 - 1e-12]) {
            let k = member.quantile(u);
            assert!(k == k.floor() && k >= low && k <= high, "{member:?} at {u:e}: {k}");
            assert!(member.cdf(k) >= u || k == high, "{member:?} at {u:e}: {k}");
            assert!(k == low || member.cdf(k - 1.0) < u, "{member:?} at {u:e}: {k}");
            let k = member.quantile_upper(u);
            assert!(member.survival(k) <= u, "{member:?} above {u:e}: {k}");
            assert!(k == low || member.survival(k - 1.0) > u, "{member:?} above {u:e}: {k}");
        }
        // Ties: every step of the distribution function belongs to its own value.
        let k = member.quantile(0.3);
        assert_eq!(member.quantile(member.cdf(k)), k, "{member:?}");
    }
}

#[test]
fn extreme_parameters_neither_panic_nor_hang() {
    let start = std::time::Instant::now();
    let values =
        [-1.0, 0.0, 5e-324, 1e-300, 1e-9, 0.3, 1.0, 7.0, 1e5, 1e12, 1e40, 1e300, f64::INFINITY, f64::NAN];
    let (mut built, mut failures) = (0, Vec::new());
    for &family in Family::ALL {
        let count = family.signatures()[0].parameters.len();
        for code in 0..values.len().pow(count.min(3) as u32) {
            let place = |index: usize| values[code / values.len().pow(index as u32) % values.len()];
            let parameters = [place(0), place(1), place(2), 4.0];
            let Ok(member) = family.build(&parameters[..count]) else { continue };
            built += 1;
            let (low, high) = member.support();
            for u in [1e-300, 1e-9, 0.5, 0.9] {
                let (x, y) = (member.quantile(u), member.quantile_upper(u));
                for value in [x, y] {
                    if !(low..=high).contains(&value) {
                        failures.push(format!("{member:?} at {u:e}: {value}"));
                    }
                }
            }
            let tails = member.tails(1.0);
            if !(tails.lower >= 0.0 && tails.upper >= 0.0) {
                failures.push(format!("{member:?}: {tails:?}"));
            }
            let _ = (member.pdf(0.5), member.mean(), member.sd());
        }
    }
    report(&failures);
    assert!(built > 1000);
    // Far below in a release build; a bound that only a loop without end exceeds.
    assert!(start.elapsed().as_secs() < 120);
}

/// SplitMix64 (Steele, Lea and Flood 2014), for samples that stay the same.
struct SplitMix64(u64);

impl rand::TryRng for SplitMix64 {
    type Error = Infallible;

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        Ok(z ^ (z >> 31))
    }

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|word| (word >> 32) as u32)
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let word = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&word[..chunk.len()]);
        }
        Ok(())
    }
}

const SAMPLES: usize = 40_000;

/// The greatest distance between the empirical distribution function of the samples and `cdf`.
fn distance(samples: &[f64], cdf: impl Fn(f64) -> f64) -> f64 {
    let n = samples.len() as f64;
    let through = |x: f64| samples.partition_point(|&sample| sample <= x) as f64 / n;
    let before = |x: f64| samples.partition_point(|&sample| sample < x) as f64 / n;
    let at = |&x: &f64| (through(x) - cdf(x)).abs().max((before(x) - cdf(x.next_down())).abs());
    samples.iter().map(at).fold(0.0, f64::max)
}

/// Checks samples of a second library with the bound of Dvoretzky, Kiefer, Wolfowitz (1956) and Massart (1990), which
/// they exceed with a probability of at most 1e-9; a distribution function that is 0.1 standard deviations (or one step)
/// off must exceed it.
fn check_samples<T>(family: Family, parameters: &[f64], sampler: impl Sampler<T>, number: impl Fn(T) -> f64) {
    let member = family.build(parameters).unwrap();
    let mut source = SplitMix64(family as u64);
    let mut samples: Vec<f64> = (0..SAMPLES).map(|_| number(sampler.sample(&mut source))).collect();
    samples.sort_by(f64::total_cmp);
    let bound = ((2e9f64).ln() / (2.0 * SAMPLES as f64)).sqrt();
    let found = distance(&samples, |x| member.cdf(x));
    assert!(found <= bound, "{member:?}: {found} above {bound}");
    let shift =
        if member.is_discrete() { 1.0 } else { 0.05 * (member.quantile(0.84) - member.quantile(0.16)) };
    let control = distance(&samples, |x| member.cdf(x + shift));
    assert!(control > bound, "the check of {member:?} cannot fail: {control}");
}

#[test]
fn samples_of_a_second_library_follow_the_distribution_functions() {
    use rand_distr as second;
    let same = |x: f64| x;
    let whole = |k: u64| k as f64;
    check_samples(Family::Normal, &[2.0, 0.5], second::Normal::new(2.0, 0.5).unwrap(), same);
    check_samples(Family::LogNormal, &[0.3, 0.8], second::LogNormal::new(0.3, 0.8).unwrap(), same);
    check_samples(Family::Beta, &[8.0, 2.0], second::Beta::new(8.0, 2.0).unwrap(), same);
    check_samples(Family::Uniform, &[-1.0, 4.0], second::Uniform::new(-1.0, 4.0).unwrap(), same);
    check_samples(
        Family::Triangular,
        &[0.2, 0.6, 0.95],
        second::Triangular::new(0.2, 0.95, 0.6).unwrap(),
        same,
    );
    check_samples(
        Family::Pert,
        &[1.0, 2.0, 7.0, 4.0],
        second::Pert::new(1.0, 7.0).with_mode(2.0).unwrap(),
        same,
    );
    check_samples(Family::Gamma, &[0.7, 3.0], second::Gamma::new(0.7, 3.0).unwrap(), same);
    check_samples(Family::Exponential, &[0.4], second::Exp::new(0.4).unwrap(), same);
    check_samples(Family::Weibull, &[1.5, 2.0], second::Weibull::new(2.0, 1.5).unwrap(), same);
    check_samples(Family::StudentT, &[3.5, 0.0, 1.0], second::StudentT::new(3.5).unwrap(), same);
    check_samples(Family::Cauchy, &[1.0, 2.0], second::Cauchy::new(1.0, 2.0).unwrap(), same);
    check_samples(Family::Poisson, &[6.5], second::Poisson::new(6.5).unwrap(), same);
    check_samples(Family::Binomial, &[40.0, 0.3], second::Binomial::new(40, 0.3).unwrap(), whole);
    check_samples(Family::Geometric, &[0.2], second::Geometric::new(0.2).unwrap(), whole);
    let cards = second::Hypergeometric::new(500, 60, 200).unwrap();
    check_samples(Family::Hypergeometric, &[500.0, 60.0, 200.0], cards, whole);
    let coin = second::Bernoulli::new(0.3).unwrap();
    check_samples(Family::Bernoulli, &[0.3], coin, |head: bool| f64::from(u8::from(head)));
}
