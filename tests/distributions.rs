//! Elementary and special functions and every family of distributions against tables that mpmath made
//! (`tests/oracles/make.py`), and against the samples of a second library.

use foretell::distribution::{
    Discrete, Distribution, Empirical, Family, Mixture, ParameterError, Scaled, Truncated,
};
use foretell::math::elementary::{exp, ln, logistic, logit};
use foretell::math::special::{
    beta_pair, gamma_pair, ln_choose, ln_gamma, ln_gamma_1p, normal_cdf, normal_pdf, normal_quantile,
};

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
    let mut worst: Vec<(&str, f64)> = Vec::new();
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
        match worst.iter_mut().find(|(seen, _)| *seen == name) {
            Some((_, most)) => *most = most.max(error),
            None => worst.push((name, error)),
        }
        assert!(error <= bound, "{name}({x}, {y}) = {value:e}, expected {expected:e}: {error} ulp");
    }
    assert_eq!(worst.len(), 10);
    println!("{worst:?}");
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

    fn check(&self, what: &str, value: f64, expected: f64, bound: f64) {
        let error = relative(value, expected);
        assert!(
            error <= bound,
            "{what} of {:?} at {:e}: {value:e}, expected {expected:e}, error {error:e} above {bound:e}",
            self.distribution,
            self.x
        );
    }

    /// A quantile may miss x by the error of u, carried to x by the density, and by a few roundings.
    fn check_quantile(&self, what: &str, value: f64, tail: f64) {
        let slack = self.bound(tail) * tail / self.pdf + 8.0 * f64::EPSILON * self.x.abs();
        let error = (value - self.x).abs();
        assert!(
            error <= slack,
            "{what} of {:?} at {tail:e}: {value:e}, expected {:e}, error {error:e} above {slack:e}",
            self.distribution,
            self.x
        );
    }
}

#[test]
fn densities_and_tails_match_the_tables() {
    for &family in Family::ALL {
        let points = points(family);
        assert!(!points.is_empty(), "{}", family.name());
        for point in points {
            point.check("pdf", point.distribution.pdf(point.x), point.pdf, point.wider_bound());
            point.check("cdf", point.distribution.cdf(point.x), point.cdf, point.bound(point.cdf));
            point.check(
                "survival",
                point.distribution.survival(point.x),
                point.survival,
                point.bound(point.survival),
            );
        }
    }
}

#[test]
fn quantiles_match_the_tables() {
    for &family in Family::ALL {
        for point in points(family) {
            let exact = family.is_discrete();
            if point.cdf > 0.0 && point.cdf <= 0.5 {
                let at = if exact { point.cdf * (1.0 - 1e-9) } else { point.cdf };
                let value = point.distribution.quantile(at);
                assert_eq!(value, family.quantile(&point.parameters, at));
                if exact {
                    assert_eq!(value, point.x)
                } else {
                    point.check_quantile("quantile", value, point.cdf)
                }
            }
            if point.survival > 0.0 && point.survival <= 0.5 {
                let at = if exact { point.survival * (1.0 + 1e-9) } else { point.survival };
                let value = point.distribution.quantile_upper(at);
                if exact {
                    assert_eq!(value, point.x)
                } else {
                    point.check_quantile("upper quantile", value, at)
                }
            }
        }
    }
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
