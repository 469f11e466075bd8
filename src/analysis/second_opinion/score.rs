//! How far two answers lie apart, in standard errors, and how often chance alone has them so far apart.

use super::level::{Level, least};
use super::tally::{Points, Share, Sums, Tally};
use super::target::Asked;
use crate::math::elementary::{exp, ln, ln_1p};
use crate::statistics::Estimate;

/// A comparison of two answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Score {
    /// What the worlds say.
    pub(super) plain: Estimate,
    /// The engine's answer, with its error.
    pub(super) integrated: Estimate,
    /// (plain − integrated) / √(both errors squared), or the normal score of its probability where counts are small.
    pub(super) z: f64,
    /// How often chance alone has them as far apart.
    pub(super) p: f64,
}

/// Fewest worlds of which anything is said.
pub(super) const FEWEST: u64 = 100;

/// Counts expected below which their own distribution is taken in place of a normal one.
const SMALL: f64 = 50.0;

/// Counts beyond which a distribution is not summed.
const SUMMED: f64 = 5e3;

/// The largest skewness of a mean of worlds; with more a normal distribution is no yardstick for it.
const SKEWED: f64 = 0.05;

/// Differences below this share of a constant are rounding.
const ROUNDING: f64 = 1e-9;

const FEW: &str = "too few worlds";
const SKEW: &str = "too skewed for means of so many worlds; its percentiles are compared";
const UNKNOWN: &str = "its error can't be told";

/// The comparison of an answer with what was seen of it.
///
/// # Errors
/// Why they can't be compared.
pub(super) fn score(asked: &Asked, tally: &Tally) -> Result<Score, &'static str> {
    if let Some(why) = asked.unfit {
        return Err(why);
    }
    match tally {
        Tally::Share(share) => by_count(share, asked.integrated),
        Tally::Mean(sums) => by_mean(sums, asked.integrated, asked.sd),
        Tally::Level(points) => by_level(points, asked.integrated.value),
    }
}

/// A number of worlds against a probability that is known with an error.
fn by_count(share: &Share, integrated: Estimate) -> Result<Score, &'static str> {
    if share.of < FEWEST {
        return Err(FEW);
    }
    if !integrated.std_error.is_finite() || integrated.value.is_nan() {
        return Err(UNKNOWN);
    }
    let (n, p, s) = (share.of as f64, integrated.value.clamp(0.0, 1.0), integrated.std_error);
    let value = share.hits as f64 / n;
    let own = (p * (1.0 - p) / n).sqrt();
    let plain = Estimate::from_error(value, own.max(0.5 / n)).within(0.0, 1.0);
    let told = |z: f64, p: f64| Score { plain, integrated, z, p };
    if own == 0.0 && s == 0.0 {
        let agrees = value == p;
        return Ok(if agrees { told(0.0, 1.0) } else { told((value - p) * f64::INFINITY, 0.0) });
    }
    let z = (value - p) / (own * own + s * s).sqrt();
    let expected = n * p.min(1.0 - p);
    let fewer = if p > 0.5 { n - share.hits as f64 } else { share.hits as f64 };
    if expected >= SMALL || fewer > SUMMED {
        return Ok(told(z, two_sided(z)));
    }
    let (z, chance) = by_sum(fewer, n, p.min(1.0 - p), s).ok_or(UNKNOWN)?;
    Ok(told(if p > 0.5 { -z } else { z }, chance))
}

/// The normal score of a small count and the probability of one as unusual, where the probability of a hit is itself known with
/// the error s: a beta-binomial count (Skellam 1948), with the mid-probability (Lancaster 1961) for the score.
fn by_sum(count: f64, n: f64, p: f64, s: f64) -> Option<(f64, f64)> {
    let p = p.max(s);
    let spread = p * (1.0 - p) / (s * s) - 1.0;
    // An error far below that of the count itself moves nothing.
    let is_known = s * s < 1e-4 * p * (1.0 - p) / n;
    if !is_known && (spread.is_nan() || spread <= 0.0) {
        return None;
    }
    let choose = |k: f64| libm::lgamma(n + 1.0) - libm::lgamma(k + 1.0) - libm::lgamma(n - k + 1.0);
    let ln_beta = |a: f64, b: f64| libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let (a, b) = (p * spread, (1.0 - p) * spread);
    let mass = |k: f64| match is_known {
        true => exp(choose(k) + k * ln(p) + (n - k) * ln_1p(-p)),
        false => exp(choose(k) + ln_beta(k + a, n - k + b) - ln_beta(a, b)),
    };
    let at = mass(count);
    let lower: f64 = (0..count as u64).map(|k| mass(k as f64)).sum();
    let upper = above(count, n, mass);
    let level = match lower <= upper {
        true => Level::from_lower(lower + 0.5 * at),
        false => Level::from_upper(upper + 0.5 * at),
    };
    let chance = (2.0 * (lower.min(upper) + at)).min(1.0);
    Some((least(-40.0, 40.0, level, &Level::of_normal), chance))
}

/// Σ of the masses above a count, until they are negligible.
fn above(count: f64, n: f64, mass: impl Fn(f64) -> f64) -> f64 {
    let (mut sum, mut largest) = (0.0, 0.0f64);
    let mut k = count + 1.0;
    while k <= n {
        let one = mass(k);
        sum += one;
        largest = largest.max(one);
        if one < 1e-18 * largest.max(1e-280) || (k > count + SUMMED && one < largest) {
            break;
        }
        k += 1.0;
    }
    sum
}

/// A mean of worlds against a mean that is known with an error.
fn by_mean(sums: &Sums, integrated: Estimate, sd: f64) -> Result<Score, &'static str> {
    if sums.of < FEWEST {
        return Err(FEW);
    }
    if !integrated.std_error.is_finite() || integrated.value.is_nan() {
        return Err(UNKNOWN);
    }
    let (n, s) = (sums.of as f64, integrated.std_error);
    let (mean, spread, third) = sums.moments();
    let difference = mean - integrated.value;
    let scale = if sd.is_finite() { spread.max(sd) } else { spread };
    let size = mean.abs().max(integrated.value.abs());
    if scale <= ROUNDING * size && difference.abs() <= ROUNDING * size {
        return Ok(Score { plain: Estimate::from_error(mean, 0.0), integrated, z: 0.0, p: 1.0 });
    }
    if (third / (spread * spread * spread) / n.sqrt()).abs() > SKEWED {
        return Err(SKEW);
    }
    let own = scale / n.sqrt();
    let z = difference / (own * own + s * s).sqrt();
    Ok(Score { plain: Estimate::from_error(mean, own), integrated, z, p: two_sided(z) })
}

/// The share of worlds at or below a percentile against its level. Where many worlds have the very value, any level that they
/// span is right; lumps of equal values among others are told as finely as percentiles are.
fn by_level(points: &Points, level: f64) -> Result<Score, &'static str> {
    if points.of < FEWEST {
        return Err(FEW);
    }
    let n = points.of as f64;
    let error = (points.late as f64 - points.early as f64) / (2.0 * n);
    let integrated = Estimate { exact: error == 0.0, ..Estimate::from_error(level, error) };
    let count = |hits: u64| by_count(&Share { hits, of: points.of }, integrated);
    let (below, through) = (points.below as f64, points.through as f64);
    let is_between = |below: f64, through: f64| below <= level * n && level * n <= through && below < through;
    let is_coarse = points.repeats > 0 && is_between(points.coarse.0 as f64, points.coarse.1 as f64);
    if is_coarse || is_between(below, through) {
        let plain = Estimate::from_error(level, (level * (1.0 - level) / n).sqrt());
        return Ok(Score { plain, integrated, z: 0.0, p: 1.0 });
    }
    count(if through < level * n { points.through } else { points.below })
}

/// How often a standard normal lies as far from 0.
fn two_sided(z: f64) -> f64 {
    libm::erfc(z.abs() * std::f64::consts::FRAC_1_SQRT_2)
}

/// Which of several probabilities are too small for chance, so that with the probability `familywise` at most any of them is called so
/// without reason (Holm 1979).
pub(super) fn holm(chances: &[f64], familywise: f64) -> Vec<bool> {
    let mut order: Vec<usize> = (0..chances.len()).collect();
    order.sort_by(|a, b| chances[*a].total_cmp(&chances[*b]));
    let mut found = vec![false; chances.len()];
    for (rank, at) in order.into_iter().enumerate() {
        if chances[at] > familywise / (chances.len() - rank) as f64 {
            break;
        }
        found[at] = true;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(hits: u64, of: u64, p: f64, s: f64) -> Score {
        let integrated = if s == 0.0 { Estimate::exact(p) } else { Estimate::from_error(p, s) };
        by_count(&Share { hits, of }, integrated).unwrap()
    }

    #[test]
    fn counts_have_the_textbook_score() {
        // 5,100 of 10,000 at one half: 100 / 50.
        let found = count(5_100, 10_000, 0.5, 0.0);
        assert!((found.z - 2.0).abs() < 1e-12 && (found.p - 0.045_500_263_896_358_4).abs() < 1e-12);
        // An error as large as that of the count divides by √2.
        assert!((count(5_100, 10_000, 0.5, 0.005).z - 2f64.sqrt()).abs() < 1e-12);
    }

    #[test]
    fn small_counts_have_their_own_distribution() {
        // P(K ≥ 2) at n p = 0.2: 1 − e^−0.2 (1 + 0.2).
        let found = count(2, 200_000, 1e-6, 0.0);
        assert!((found.p / (2.0 * 0.017_523_1) - 1.0).abs() < 1e-4, "{found:?}");
        assert!(found.z > 2.0 && found.z < 2.6);
        assert!(count(0, 200_000, 1e-6, 0.0).p == 1.0);
        // From the other end the same.
        let other = count(199_998, 200_000, 1.0 - 1e-6, 0.0);
        assert!((other.z + found.z).abs() < 1e-6);
        // An uncertain probability makes the same count less unusual.
        assert!(count(2, 200_000, 1e-6, 1e-6).p > found.p);
    }

    #[test]
    fn what_is_impossible_is_never_chance() {
        let found = count(1, 1_000, 0.0, 0.0);
        assert_eq!((found.z, found.p), (f64::INFINITY, 0.0));
        assert_eq!(count(1_000, 1_000, 1.0, 0.0).p, 1.0);
        assert_eq!(count(0, 1_000, 1.0, 0.0).z, f64::NEG_INFINITY);
    }

    #[test]
    fn holm_stops_at_the_first_that_chance_may_have_made() {
        assert_eq!(holm(&[0.02, 0.001, 0.04], 0.05), [true, true, true]);
        assert_eq!(holm(&[0.03, 0.001, 0.04], 0.05), [false, true, false]);
        assert!(holm(&[], 0.05).is_empty());
    }
}
