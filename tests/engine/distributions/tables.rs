//! Tables that mpmath made.

use super::{relative, report, table, ulps};
use foretell::distribution::{Distribution, Family, Truncated};
use foretell::math::elementary::{exp, ln, logistic, logit};
use foretell::math::special::{ln_choose, ln_gamma, ln_gamma_1p, normal_cdf, normal_pdf, normal_quantile};

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
