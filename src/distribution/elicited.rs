//! Distributions from what people say: quantiles, and 90 % intervals.

use super::{Distribution, Family, Scaled};
use crate::math::elementary::{exp, ln, ln_1p, logistic, logit};
use crate::math::roots::brent;
use crate::math::special::{beta_pair, gamma_quantile, normal_quantile};
use std::fmt;

/// How far the fitted distribution function may be from a given probability.
const TOLERANCE: f64 = 1e-10;
/// Least and greatest gamma shape, or sum of beta shapes, that a fit may take.
const SHAPES: (f64, f64) = (1e-2, 1e13);

/// The canonical parameters of the member of `family` that has the given quantiles, pairs of a probability and the value
/// at or below which that share lies, in any order.
///
/// Two quantiles fit normal, lognormal, beta, uniform, gamma, weibull, cauchy and logistic_dist; one fits exponential.
/// The distribution function of the result meets each probability within 1e-10.
///
/// # Errors
///
/// If the family cannot be fitted, the number of quantiles is wrong, they are out of order or outside the family's
/// support, or only an absurd shape would fit.
///
/// ```
/// use foretell::distribution::{Family, elicited::fit};
/// let normal = fit(Family::Normal, &[(0.05, -1.0), (0.95, 3.0)])?;
/// assert!((normal[0] - 1.0).abs() < 1e-15);
/// let beta = Family::Beta.build(&fit(Family::Beta, &[(0.05, 0.1), (0.95, 0.6)])?).unwrap();
/// assert!((beta.quantile(0.05) - 0.1).abs() < 1e-10);
/// # Ok::<(), foretell::distribution::elicited::FitError>(())
/// ```
pub fn fit(family: Family, quantiles: &[(f64, f64)]) -> Result<Vec<f64>, FitError> {
    let wanted = wanted(family).ok_or(FitError::Family { family })?;
    if quantiles.len() != wanted {
        return Err(FitError::Count { family, wanted, given: quantiles.len() });
    }
    let mut sorted = quantiles.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    check(family, &sorted)?;
    let parameters = match (family, sorted.as_slice()) {
        (Family::Exponential, &[(p, value)]) => Some(vec![-ln_1p(-p) / value]),
        (_, &[first, second]) => by_two(family, first, second),
        _ => None,
    };
    parameters.filter(|parameters| meets(family, parameters, &sorted)).ok_or(FitError::Shape { family })
}

/// The distribution that `low to high` means for a factor: 5 % lie below `low` and 5 % above `high`.
///
/// A beta stretched over a finite declared range; a lognormal measured from the finite end of a declared half-line;
/// without a range, a beta on [0, 1] if both ends lie strictly inside it, else a lognormal if both are positive, else a
/// normal.
///
/// # Errors
///
/// If the ends are out of order or not finite, one is at or beyond the end of the range, or no shape fits.
///
/// ```
/// use foretell::distribution::{Distribution, elicited::interval};
/// let share = interval(0.2, 0.7, None)?;
/// assert!(matches!(share, Distribution::Beta(_)));
/// assert!((share.cdf(0.7) - 0.95).abs() < 1e-10);
/// let shells = interval(1e6, 8e6, None)?;
/// assert!(matches!(shells, Distribution::LogNormal(_)));
/// # Ok::<(), foretell::distribution::elicited::FitError>(())
/// ```
pub fn interval(low: f64, high: f64, range: Option<(f64, f64)>) -> Result<Distribution, FitError> {
    ordered(low, high)?;
    let Some((start, end)) = range else {
        return if low > 0.0 && high < 1.0 {
            member(Family::Beta, low, high)
        } else {
            signed_interval(low, high)
        };
    };
    for value in [low, high] {
        if value <= start || value >= end {
            return Err(FitError::Range { value, range: (start, end) });
        }
    }
    match (start.is_finite(), end.is_finite()) {
        (true, true) => {
            let width = end - start;
            scaled(member(Family::Beta, (low - start) / width, (high - start) / width)?, width, start)
        }
        (true, false) => scaled(member(Family::LogNormal, low - start, high - start)?, 1.0, start),
        (false, true) => scaled(member(Family::LogNormal, end - high, end - low)?, -1.0, end),
        (false, false) => member(Family::Normal, low, high),
    }
}

/// The distribution that `low to high` means for a weight or a base: a lognormal if both ends are positive, else a
/// normal, with 5 % below and 5 % above.
///
/// # Errors
///
/// If the ends are out of order or not finite, or so near to each other that no shape fits.
pub fn signed_interval(low: f64, high: f64) -> Result<Distribution, FitError> {
    ordered(low, high)?;
    member(if low > 0.0 { Family::LogNormal } else { Family::Normal }, low, high)
}

/// Why quantiles cannot be met.
#[derive(Copy, Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum FitError {
    /// The family cannot be fitted to quantiles.
    Family {
        /// The family asked for.
        family: Family,
    },
    /// The family needs another number of quantiles.
    Count {
        /// The family asked for.
        family: Family,
        /// How many it needs.
        wanted: usize,
        /// How many were given.
        given: usize,
    },
    /// A probability is not strictly between 0 and 1.
    Probability {
        /// The probability.
        probability: f64,
    },
    /// Values do not grow with their probabilities, or are not finite.
    Order {
        /// The value that should be the lower one.
        low: f64,
        /// The value that should be the higher one.
        high: f64,
    },
    /// A value lies outside the family's support, or at its end.
    Support {
        /// The family asked for.
        family: Family,
        /// The value.
        value: f64,
    },
    /// An end of an interval lies at or beyond the end of the range.
    Range {
        /// The end of the interval.
        value: f64,
        /// The declared range.
        range: (f64, f64),
    },
    /// Only an absurdly narrow or wide shape would fit.
    Shape {
        /// The family asked for.
        family: Family,
    },
}

impl fmt::Display for FitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            FitError::Family { family } => {
                write!(f, "{} cannot be given by quantiles; give its parameters", family.name())
            }
            FitError::Count { family, wanted, given } => {
                write!(f, "{} is given by {wanted} quantile(s), not by {given}", family.name())
            }
            FitError::Probability { probability } => {
                write!(
                    f,
                    "the probability of a quantile must lie strictly between 0 and 1, but is {probability}"
                )
            }
            FitError::Order { low, high } => {
                write!(
                    f,
                    "the lower value must be finite and below the higher one, but they are {low} and {high}"
                )
            }
            FitError::Support { family, value } => {
                write!(f, "{value} is no value that {} can have with mass on both sides of it", family.name())
            }
            FitError::Range { value, range: (low, high) } => write!(
                f,
                "a 90 % interval leaves 5 % beyond each end, but {value} is not inside the range from {low} to \
                 {high}; move it inside, widen the range, or write uniform(…) or pert(…), whose ends are ends"
            ),
            FitError::Shape { family } => write!(
                f,
                "no reasonable {} has these quantiles; move them apart or together, or give another family",
                family.name()
            ),
        }
    }
}

impl std::error::Error for FitError {}

/// How many quantiles fix a member of the family; `None` if it is not fitted.
fn wanted(family: Family) -> Option<usize> {
    match family {
        Family::Exponential => Some(1),
        Family::Normal
        | Family::LogNormal
        | Family::Beta
        | Family::Uniform
        | Family::Gamma
        | Family::Weibull
        | Family::Cauchy
        | Family::Logistic => Some(2),
        _ => None,
    }
}

fn ordered(low: f64, high: f64) -> Result<(), FitError> {
    let ordered = low < high && (high - low).is_finite();
    if ordered { Ok(()) } else { Err(FitError::Order { low, high }) }
}

/// Checks quantiles sorted by their probabilities.
fn check(family: Family, sorted: &[(f64, f64)]) -> Result<(), FitError> {
    let (low, high) = match family {
        Family::Beta => (0.0, 1.0),
        Family::LogNormal | Family::Gamma | Family::Weibull | Family::Exponential => (0.0, f64::INFINITY),
        _ => (f64::NEG_INFINITY, f64::INFINITY),
    };
    for &(probability, value) in sorted {
        if !(probability > 0.0 && probability < 1.0) {
            return Err(FitError::Probability { probability });
        }
        if !(value > low && value < high) {
            return Err(FitError::Support { family, value });
        }
    }
    for pair in sorted.windows(2) {
        if pair[0].0 == pair[1].0 {
            return Err(FitError::Order { low: pair[0].1, high: pair[1].1 });
        }
        ordered(pair[0].1, pair[1].1)?;
    }
    Ok(())
}

/// Whether the member exists and its distribution function meets the quantiles.
fn meets(family: Family, parameters: &[f64], quantiles: &[(f64, f64)]) -> bool {
    let Ok(member) = family.build(parameters) else { return false };
    quantiles.iter().all(|&(p, value)| (member.cdf(value) - p).abs() <= TOLERANCE)
}

fn by_two(family: Family, (p, low): (f64, f64), (q, high): (f64, f64)) -> Option<Vec<f64>> {
    match family {
        Family::Normal => Some(line(normal_quantile, (p, low), (q, high))),
        Family::LogNormal => Some(line(normal_quantile, (p, ln(low)), (q, ln(high)))),
        Family::Logistic => Some(line(logit, (p, low), (q, high))),
        Family::Cauchy => {
            let standard = Family::Cauchy.build(&[0.0, 1.0]).ok()?;
            Some(line(|u| standard.quantile(u), (p, low), (q, high)))
        }
        Family::Uniform => {
            let width = (high - low) / (q - p);
            Some(vec![low - p * width, high + (1.0 - q) * width])
        }
        Family::Weibull => {
            // ln(−ln(1 − u)) is a line in ln x.
            let inverse = line(|u| ln(-ln_1p(-u)), (p, ln(low)), (q, ln(high)));
            Some(vec![1.0 / inverse[1], exp(inverse[0])])
        }
        Family::Gamma => gamma_by_two((p, low), (q, high)),
        Family::Beta => beta_by_two((p, low), (q, high)),
        _ => None,
    }
}

/// Location and scale of the line value = location + scale · standard(u) through two quantiles.
fn line(standard: impl Fn(f64) -> f64, (p, low): (f64, f64), (q, high): (f64, f64)) -> Vec<f64> {
    let (a, b) = (standard(p), standard(q));
    let scale = (high - low) / (b - a);
    vec![low - scale * a, scale]
}

/// The ratio of two gamma quantiles falls as the shape grows.
fn gamma_by_two((p, low): (f64, f64), (q, high): (f64, f64)) -> Option<Vec<f64>> {
    let ln_ratio = ln(high / low);
    let standard = |shape: f64, u: f64| gamma_quantile(shape, u, 1.0 - u);
    let excess = |ln_shape: f64| {
        let shape = exp(ln_shape);
        let value = ln(standard(shape, q) / standard(shape, p)) - ln_ratio;
        if value.is_finite() { value } else { 1e4 }
    };
    let shape = exp(brent(excess, ln(SHAPES.0), ln(SHAPES.1), 0.0)?);
    Some(vec![shape, low / standard(shape, p)])
}

/// For each sum n of the shapes there is one mean that meets the first quantile; the mass below the second one then grows
/// with n, from the first probability to 1.
fn beta_by_two((p, low): (f64, f64), (q, high): (f64, f64)) -> Option<Vec<f64>> {
    let below = |n: f64, mean_logit: f64, x: f64| {
        beta_pair(n * logistic(mean_logit), n * logistic(-mean_logit), x, 1.0 - x).lower
    };
    let mean_logit = |n: f64| brent(|m| p - below(n, m, low), -60.0, 60.0, 0.0);
    let excess = |ln_n: f64| {
        let n = exp(ln_n);
        mean_logit(n).map_or(f64::NAN, |m| below(n, m, high) - q)
    };
    let n = exp(brent(excess, ln(SHAPES.0), ln(SHAPES.1), 0.0)?);
    let m = mean_logit(n)?;
    Some(vec![n * logistic(m), n * logistic(-m)])
}

/// The member with 5 % below `low` and 5 % above `high`.
fn member(family: Family, low: f64, high: f64) -> Result<Distribution, FitError> {
    let parameters = fit(family, &[(0.05, low), (0.95, high)])?;
    family.build(&parameters).map_err(|_| FitError::Shape { family })
}

/// scale · X + shift, X itself if that changes nothing.
fn scaled(inner: Distribution, scale: f64, shift: f64) -> Result<Distribution, FitError> {
    if scale == 1.0 && shift == 0.0 {
        return Ok(inner);
    }
    let order = FitError::Order { low: shift, high: shift + scale };
    Scaled::new(inner, scale, shift).map(Distribution::from).map_err(|_| order)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fits_return_the_parameters_that_made_the_quantiles() {
        let cases: [(Family, &[f64]); 16] = [
            (Family::Normal, &[-3.0, 0.5]),
            (Family::LogNormal, &[1.0, 2.0]),
            (Family::Uniform, &[-1.0, 4.0]),
            (Family::Cauchy, &[3.0, 0.2]),
            (Family::Logistic, &[3.0, 0.2]),
            (Family::Weibull, &[1.5, 20.0]),
            (Family::Weibull, &[0.2, 1.0]),
            (Family::Gamma, &[0.2, 3.0]),
            (Family::Gamma, &[4.0, 0.1]),
            (Family::Gamma, &[1e5, 1.0]),
            (Family::Beta, &[8.0, 2.0]),
            (Family::Beta, &[0.3, 0.4]),
            (Family::Beta, &[0.9, 30.0]),
            (Family::Beta, &[4e4, 9e4]),
            (Family::Beta, &[1.0, 1.0]),
            (Family::Exponential, &[0.3]),
        ];
        for (family, parameters) in cases {
            let member = family.build(parameters).unwrap();
            for (p, q) in [(0.05, 0.95), (0.2, 0.3), (0.01, 0.6)] {
                let quantiles = [(p, member.quantile(p)), (q, member.quantile(q))];
                let wanted = wanted(family).unwrap();
                let found = fit(family, &quantiles[..wanted]).unwrap();
                for (found, given) in found.iter().zip(parameters) {
                    assert!(
                        (found / given - 1.0).abs() < 1e-6,
                        "{family:?} {parameters:?} at {p}, {q}: {found}"
                    );
                }
            }
        }
    }

    #[test]
    fn intervals_leave_five_per_cent_on_each_side() {
        let half_line = (0.0, f64::INFINITY);
        let cases = [
            (0.1, 0.6, None, (0.0, 1.0)),
            (0.001, 0.999, None, (0.0, 1.0)),
            (0.5, 0.50001, None, (0.0, 1.0)),
            (0.5, 1.5, None, half_line),
            (-1.0, 0.0, None, (f64::NEG_INFINITY, f64::INFINITY)),
            (20.0, 80.0, Some((0.0, 100.0)), (0.0, 100.0)),
            (-4.0, -3.0, Some((-5.0, 5.0)), (-5.0, 5.0)),
            (0.2, 0.8, Some(half_line), half_line),
            (3.0, 8.0, Some((2.0, f64::INFINITY)), (2.0, f64::INFINITY)),
            (3.0, 8.0, Some((f64::NEG_INFINITY, 9.0)), (f64::NEG_INFINITY, 9.0)),
            (0.2, 0.8, Some((f64::NEG_INFINITY, f64::INFINITY)), (f64::NEG_INFINITY, f64::INFINITY)),
        ];
        for (low, high, range, support) in cases {
            let found = interval(low, high, range).unwrap();
            assert_eq!(found.support(), support, "{low} to {high}");
            assert!((found.cdf(low) - 0.05).abs() <= 1e-10, "{low} to {high}: {}", found.cdf(low));
            assert!(
                (found.survival(high) - 0.05).abs() <= 1e-10,
                "{low} to {high}: {}",
                found.survival(high)
            );
        }
        assert!(matches!(signed_interval(0.2, 0.8), Ok(Distribution::LogNormal(_))));
        assert!(matches!(signed_interval(-0.2, 0.8), Ok(Distribution::Normal(_))));
    }

    #[test]
    fn impossible_wishes_are_explained() {
        assert_eq!(interval(0.6, 0.1, None), Err(FitError::Order { low: 0.6, high: 0.1 }));
        assert!(matches!(interval(f64::NAN, 0.1, None), Err(FitError::Order { .. })));
        let at_end = interval(0.0, 0.6, Some((0.0, 1.0))).unwrap_err();
        assert_eq!(at_end, FitError::Range { value: 0.0, range: (0.0, 1.0) });
        assert!(at_end.to_string().contains("uniform("));
        assert!(matches!(fit(Family::Beta, &[(0.05, 0.1), (0.95, 1.0)]), Err(FitError::Support { .. })));
        assert!(matches!(
            fit(Family::Normal, &[(0.05, 0.1)]),
            Err(FitError::Count { wanted: 2, given: 1, .. })
        ));
        assert!(matches!(fit(Family::Normal, &[(0.05, 0.1), (0.05, 0.2)]), Err(FitError::Order { .. })));
        assert!(matches!(fit(Family::Normal, &[(0.0, 0.1), (0.5, 0.2)]), Err(FitError::Probability { .. })));
        assert!(matches!(fit(Family::Poisson, &[(0.1, 1.0), (0.5, 2.0)]), Err(FitError::Family { .. })));
        let (low, high) = (0.5, 0.5f64.next_up());
        assert!(matches!(interval(low, high, None), Err(FitError::Shape { .. })));
    }
}
