//! The distribution functions of the families, for where a level must be turned into a value.

use std::f64::consts::PI;

use super::incomplete::{beta, gamma};
use super::level::Level;
use crate::distribution::Family;
use crate::math::elementary::{exp, ln, pow};

/// P(X ≤ x) and P(X > x) of a family with canonical parameters.
pub(super) fn tails(family: Family, p: &[f64], x: f64) -> Level {
    match family {
        Family::Normal => Level::of_normal((x - p[0]) / p[1]),
        Family::LogNormal if x <= 0.0 => Level::from_lower(0.0),
        Family::LogNormal => Level::of_normal((ln(x) - p[0]) / p[1]),
        Family::Beta => beta(p[0], p[1], x, 1.0 - x),
        Family::Uniform => Level::from_lower(((x - p[0]) / (p[1] - p[0])).clamp(0.0, 1.0)),
        Family::Triangular => triangular(p[0], p[1], p[2], x),
        Family::Pert => pert(p, x),
        Family::Gamma => gamma(p[0], x / p[1]),
        Family::Exponential => hazard(p[0] * x.max(0.0)),
        Family::Weibull if x <= 0.0 => Level::from_lower(0.0),
        Family::Weibull => hazard(pow(x / p[1], p[0])),
        Family::StudentT => student(p[0], (x - p[1]) / p[2]),
        Family::Cauchy => student(1.0, (x - p[0]) / p[1]),
        Family::Logistic => logistic((x - p[0]) / p[1]),
        _ if x < 0.0 => Level::from_lower(0.0),
        _ if x == f64::INFINITY => Level::from_upper(0.0),
        Family::Poisson if p[0] == 0.0 => Level::from_upper(0.0),
        Family::Poisson => gamma(x.floor() + 1.0, p[0]).turned(),
        Family::Binomial if x.floor() >= p[0] => Level::from_upper(0.0),
        Family::Binomial => beta(p[0] - x.floor(), x.floor() + 1.0, 1.0 - p[1], p[1]),
        Family::Geometric => beta(1.0, x.floor() + 1.0, p[0], 1.0 - p[0]),
        Family::NegativeBinomial => beta(p[0], x.floor() + 1.0, p[1], 1.0 - p[1]),
        Family::Hypergeometric => hypergeometric(p, x.floor()),
        Family::Bernoulli => Level::from_upper(if x < 1.0 { p[0] } else { 0.0 }),
    }
}

/// 1 − e^−h and e^−h.
fn hazard(h: f64) -> Level {
    Level { lower: -libm::expm1(-h), upper: exp(-h), normal: None }
}

fn logistic(z: f64) -> Level {
    Level { lower: 1.0 / (1.0 + exp(-z)), upper: 1.0 / (1.0 + exp(z)), normal: None }
}

fn triangular(low: f64, mode: f64, high: f64, x: f64) -> Level {
    let x = x.clamp(low, high);
    match x < mode {
        true => Level::from_lower((x - low) * (x - low) / ((high - low) * (mode - low))),
        false if high > mode => Level::from_upper((high - x) * (high - x) / ((high - low) * (high - mode))),
        false => Level::from_upper(0.0),
    }
}

/// low + (high − low) × a beta variable of shapes 1 + λ (mode − low)/(high − low) and 1 + λ (high − mode)/(high − low).
fn pert(p: &[f64], x: f64) -> Level {
    let (low, mode, high, lambda) = (p[0], p[1], p[2], p[3]);
    let width = high - low;
    let shape = |side: f64| 1.0 + lambda * side / width;
    beta(shape(mode - low), shape(high - mode), (x - low) / width, (high - x) / width)
}

/// Student's t: the beta function at ν / (ν + t²) is the mass of both tails.
pub(super) fn student(df: f64, t: f64) -> Level {
    if df == 1.0 {
        let side = libm::atan2(1.0, t.abs()) / PI;
        return if t < 0.0 { Level::from_lower(side) } else { Level::from_upper(side) };
    }
    let square = t * t;
    let both = match square.is_finite() {
        true => beta(0.5 * df, 0.5, df / (df + square), square / (df + square)).lower,
        false => 0.0,
    };
    if t < 0.0 { Level::from_lower(0.5 * both) } else { Level::from_upper(0.5 * both) }
}

/// The sum of the masses up to k, or of those above, whichever are fewer standard deviations from the mean.
fn hypergeometric(p: &[f64], k: f64) -> Level {
    let (population, successes, draws) = (p[0], p[1], p[2]);
    let (bottom, top) = ((draws + successes - population).max(0.0), draws.min(successes));
    if k < bottom || k >= top {
        return if k < bottom { Level::from_lower(0.0) } else { Level::from_upper(0.0) };
    }
    let choose = |n: f64, k: f64| libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
    let mass = |k: f64| {
        exp(choose(successes, k) + choose(population - successes, draws - k) - choose(population, draws))
    };
    let sum = |from: f64, to: f64| {
        let count = (to - from) as u64;
        (0..=count).map(|step| mass(from + step as f64)).sum::<f64>()
    };
    match k < draws * (successes / population) {
        true => Level::from_lower(sum(bottom, k).min(1.0)),
        false => Level::from_upper(sum(k + 1.0, top).min(1.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{self as theirs, ContinuousCDF, DiscreteCDF};

    #[test]
    fn continuous_families_are_those_of_statrs() {
        let check = |family: Family, p: &[f64], other: &dyn Fn(f64) -> f64| {
            for x in [-3.0, -0.5, 0.05, 0.4, 0.9, 1.7, 6.0] {
                let (own, other) = (tails(family, p, x), other(x));
                // statrs has an error function that is right to 1e-10.
                assert!((own.lower - other).abs() < 1e-10, "{family:?} at {x}: {own:?}, {other}");
                assert!((own.lower + own.upper - 1.0).abs() < 1e-14, "{family:?} at {x}: {own:?}");
            }
        };
        let normal = theirs::Normal::new(0.3, 2.0).unwrap();
        check(Family::Normal, &[0.3, 2.0], &|x| normal.cdf(x));
        let log = theirs::LogNormal::new(0.3, 2.0).unwrap();
        check(Family::LogNormal, &[0.3, 2.0], &|x| log.cdf(x));
        let beta = theirs::Beta::new(2.5, 0.7).unwrap();
        check(Family::Beta, &[2.5, 0.7], &|x| if x >= 1.0 { 1.0 } else { beta.cdf(x) });
        let triangle = theirs::Triangular::new(-1.0, 4.0, 0.5).unwrap();
        check(Family::Triangular, &[-1.0, 0.5, 4.0], &|x| triangle.cdf(x));
        let gamma = theirs::Gamma::new(2.5, 2.0).unwrap();
        check(Family::Gamma, &[2.5, 0.5], &|x| gamma.cdf(x));
        let wait = theirs::Exp::new(2.5).unwrap();
        check(Family::Exponential, &[2.5], &|x| wait.cdf(x));
        let weibull = theirs::Weibull::new(1.5, 2.0).unwrap();
        check(Family::Weibull, &[1.5, 2.0], &|x| weibull.cdf(x));
        let student = theirs::StudentsT::new(0.5, 2.0, 3.5).unwrap();
        check(Family::StudentT, &[3.5, 0.5, 2.0], &|x| student.cdf(x));
        let cauchy = theirs::Cauchy::new(0.5, 2.0).unwrap();
        check(Family::Cauchy, &[0.5, 2.0], &|x| cauchy.cdf(x));
    }

    #[test]
    fn counts_are_those_of_statrs() {
        let check = |family: Family, p: &[f64], other: &dyn Fn(u64) -> f64| {
            for k in [0, 1, 2, 4, 7, 12] {
                let (own, other) = (tails(family, p, k as f64 + 0.25), other(k));
                assert!((own.lower - other).abs() < 1e-11, "{family:?} at {k}: {own:?}, {other}");
            }
        };
        let poisson = theirs::Poisson::new(3.3).unwrap();
        check(Family::Poisson, &[3.3], &|k| poisson.cdf(k));
        let binomial = theirs::Binomial::new(0.3, 10).unwrap();
        check(Family::Binomial, &[10.0, 0.3], &|k| binomial.cdf(k));
        // Trials in place of failures.
        let geometric = theirs::Geometric::new(0.3).unwrap();
        check(Family::Geometric, &[0.3], &|k| geometric.cdf(k + 1));
        let negative = theirs::NegativeBinomial::new(2.5, 0.3).unwrap();
        check(Family::NegativeBinomial, &[2.5, 0.3], &|k| negative.cdf(k));
        let urn = theirs::Hypergeometric::new(30, 12, 9).unwrap();
        check(Family::Hypergeometric, &[30.0, 12.0, 9.0], &|k| urn.cdf(k));
        check(Family::Bernoulli, &[0.3], &|k| if k == 0 { 0.7 } else { 1.0 });
    }
}
