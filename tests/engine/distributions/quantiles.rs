//! Quantile functions.

use super::report;
use foretell::distribution::{Distribution, Family};

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
