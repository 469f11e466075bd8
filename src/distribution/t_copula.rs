//! The copula of two t-distributed variables: how their ranks are correlated.
//!
//! w₁ and w₂ are standard normal with correlation r, G is a gamma variable of shape ν/2 apart from them, and the variables
//! are w / √(2 G / ν): Student's t with ν degrees of freedom, joined in their tails however small r is.

use std::f64::consts::PI;

use super::{StudentT, Univariate};
use crate::math::elementary::{asin, exp, sin};

/// The distribution function of Student's t with `df` degrees of freedom, held inside (0, 1) so that it can stand for a
/// uniform. NaN if x or `df` is impossible.
///
/// ```
/// use foretell::distribution::student_level;
/// assert_eq!(student_level(0.0, 4.0), 0.5);
/// assert!((student_level(1.0, 1.0) - 0.75).abs() < 1e-15); // Cauchy's
/// assert!(student_level(f64::NAN, 4.0).is_nan());
/// ```
#[inline(never)]
pub fn student_level(x: f64, df: f64) -> f64 {
    match StudentT::new(df, 0.0, 1.0) {
        Ok(law) if !x.is_nan() => law.tails(x).lower.clamp(f64::MIN_POSITIVE, 1.0 - 0.5 * f64::EPSILON),
        _ => f64::NAN,
    }
}

/// Spearman's correlation under t copulas with given degrees of freedom.
///
/// With independent copies G, G′, G″ of the gamma variable, A = G′ / (G + G′) and B = G″ / (G + G″), it is
/// (6/π) E[asin(r √(A B))] (Heinen & Valdesogo 2020, theorem 1). The expectation is a sum over a grid that is even in
/// ln G: the trapezoidal rule, whose error falls exponentially for such a density.
///
/// ```
/// use foretell::distribution::RankLaw;
/// let law = RankLaw::new(4.0);
/// let (rank, _) = law.rank(0.7);
/// assert!((law.normal(rank) - 0.7).abs() < 1e-12);
/// ```
#[derive(Clone, Debug)]
pub struct RankLaw {
    /// The probability of each value of ln G.
    chances: Vec<f64>,
    /// √A for each distance between two values of ln G, from the farthest below.
    roots: Vec<f64>,
}

/// What is left out of the density on each side.
const LN_LEAST: f64 = -28.0;

/// Values of y = ln G − ln(ν/2) at even steps, and the probability that stands for each.
struct Grid {
    step: f64,
    first: f64,
    chances: Vec<f64>,
}

impl Grid {
    fn new(degrees: f64) -> Grid {
        let shape = 0.5 * degrees;
        let step = (0.6 / shape.sqrt()).min(0.45);
        // The density of y against its greatest value: exp(shape (y + 1 − e^y)).
        let ln_density = |y: f64| shape * (y + 1.0 - exp(y));
        let end = |sign: f64| (1..).find(|k| ln_density(sign * step * f64::from(*k)) < LN_LEAST).unwrap_or(1);
        let (below, above) = (end(-1.0), end(1.0));
        let density: Vec<f64> = (-below..=above).map(|k| exp(ln_density(step * f64::from(k)))).collect();
        let sum: f64 = density.iter().sum();
        let chances = density.into_iter().map(|one| one / sum).collect();
        Grid { step, first: -step * f64::from(below), chances }
    }
}

/// What divides the normals of a t copula, √(2 G / ν): a few values, each with the probability that stands for it. Nothing
/// but 1 in a Gaussian copula.
pub(super) fn divisors(degrees: Option<f64>) -> Vec<(f64, f64)> {
    let Some(degrees) = degrees else { return vec![(1.0, 1.0)] };
    let Grid { step, first, chances } = Grid::new(degrees);
    let divisor = |at: usize| exp(0.5 * (first + step * at as f64));
    chances.into_iter().enumerate().map(|(at, chance)| (divisor(at), chance)).collect()
}

impl RankLaw {
    /// The law for these degrees of freedom, at least 1.
    pub fn new(degrees: f64) -> RankLaw {
        let Grid { step, chances, .. } = Grid::new(degrees);
        let last = chances.len() as i32 - 1;
        let root = |distance: i32| (1.0 / (1.0 + exp(-step * f64::from(distance)))).sqrt();
        RankLaw { chances, roots: (-last..=last).map(root).collect() }
    }

    /// Spearman's correlation where that of the normals is `r`, and its slope in r.
    pub fn rank(&self, r: f64) -> (f64, f64) {
        let last = self.chances.len() - 1;
        let (mut value, mut slope) = (0.0, 0.0);
        for (i, own) in self.chances.iter().enumerate() {
            for (j, first) in self.chances.iter().enumerate() {
                // Nothing beyond roundings comes from here.
                if own * first < 1e-18 {
                    continue;
                }
                for (k, second) in self.chances[..=j].iter().enumerate() {
                    let root = self.roots[j + last - i] * self.roots[k + last - i];
                    let chance = own * first * second * if k < j { 2.0 } else { 1.0 };
                    value += chance * asin(r * root);
                    slope += chance * root / (1.0 - r * r * root * root).sqrt();
                }
            }
        }
        (6.0 / PI * value, 6.0 / PI * slope)
    }

    /// The correlation of the normals where Spearman's is `rank`, in (−1, 1): Newton's method from what it is without the
    /// mixing.
    pub fn normal(&self, rank: f64) -> f64 {
        let mut r = 2.0 * sin(PI * rank / 6.0);
        for _ in 0..20 {
            let (value, slope) = self.rank(r);
            let next = (r - (value - rank) / slope).clamp(-1.0, 1.0);
            if (next - r).abs() < 1e-14 {
                break;
            }
            r = next;
        }
        r
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_and_the_middle_are_fixed() {
        for degrees in [1.0, 2.5, 4.0, 30.0, 1000.0] {
            let law = RankLaw::new(degrees);
            assert!(law.rank(0.0).0.abs() < 1e-15);
            assert!((law.rank(1.0).0 - 1.0).abs() < 1e-10, "{degrees}: {}", law.rank(1.0).0);
            assert_eq!(law.rank(-0.4).0, -law.rank(0.4).0);
        }
    }

    #[test]
    fn many_degrees_of_freedom_are_the_gaussian_copula() {
        let gap = |degrees: f64| RankLaw::new(degrees).rank(0.5).0 - 6.0 / PI * asin(0.25);
        // The difference falls as 1/ν.
        assert!(gap(1000.0).abs() < 1e-4 && (gap(500.0) / gap(1000.0) - 2.0).abs() < 0.01);
    }

    #[test]
    fn a_second_tool_finds_the_same_rank_correlations() {
        let table = include_str!("../../tests/oracles/t_copula.csv");
        let mut seen = 0;
        for line in table.lines().filter(|line| !line.starts_with('#')).skip(1) {
            let row: Vec<f64> = line.split(',').filter_map(|one| one.parse().ok()).collect();
            let found = RankLaw::new(row[0]).rank(row[1]).0;
            assert!((found - row[2]).abs() < 2e-7, "{row:?}: {found}");
            seen += 1;
        }
        assert!(seen > 60, "{seen} rows");
    }

    #[test]
    fn the_correlation_of_the_normals_comes_back() {
        for degrees in [1.0, 3.0, 20.0] {
            let law = RankLaw::new(degrees);
            for r in [-0.99, -0.5, -0.01, 0.3, 0.999] {
                assert!((law.normal(law.rank(r).0) - r).abs() < 1e-11, "{degrees} {r}");
            }
        }
    }
}
