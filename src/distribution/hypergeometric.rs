//! The hypergeometric distribution.

use super::parameter::{ParameterError, count, within};
use super::search::{cornish_fisher, least, normal_score};
use super::univariate::Univariate;
use crate::math::special::{Tails, binomial_term};

/// Successes among `draws` taken without replacement from a population that holds `successes`.
#[derive(Copy, Clone, Debug, PartialEq)]
pub struct Hypergeometric {
    pub(super) population: f64,
    pub(super) successes: f64,
    pub(super) draws: f64,
}

impl Hypergeometric {
    /// Whole numbers, the last two at most the first, which is at most 1e12: tails are sums, of some 10 standard deviations.
    ///
    /// # Errors
    ///
    /// If a number is negative, not whole, or too large.
    pub fn new(population: f64, successes: f64, draws: f64) -> Result<Hypergeometric, ParameterError> {
        count("population", population)?;
        within("population", population, population <= 1e12, "be at most 1e12")?;
        count("successes", successes)?;
        count("draws", draws)?;
        within("successes", successes, successes <= population, "be at most population")?;
        within("draws", draws, draws <= population, "be at most population")?;
        Ok(Hypergeometric { population, successes, draws })
    }

    fn failures(&self) -> f64 {
        self.population - self.successes
    }

    fn guess(&self, mass: f64, upper: bool) -> f64 {
        let (n, k, d) = (self.population, self.successes, self.draws);
        let skewness = (n - 2.0 * k) / n * ((n - 2.0 * d) / (n - 2.0)) / self.sd();
        let skewness = if skewness.is_finite() { skewness } else { 0.0 };
        cornish_fisher(self.mean(), self.sd(), skewness, normal_score(mass, upper))
    }

    /// The mass of k, a whole number in the support (Loader 2000, section 4).
    fn mass(&self, k: f64) -> f64 {
        if self.population == 0.0 {
            return 1.0;
        }
        let p = self.draws / self.population;
        let q = (self.population - self.draws) / self.population;
        binomial_term(k, self.successes - k, p, q)
            * binomial_term(self.draws - k, self.failures() - (self.draws - k), p, q)
            / binomial_term(self.draws, self.population - self.draws, p, q)
    }

    /// The mass of k + 1 divided by the mass of k.
    fn rise(&self, k: f64) -> f64 {
        (self.successes - k) / (k + 1.0) * ((self.draws - k) / (self.failures() - self.draws + k + 1.0))
    }

    /// The mass at or below k, for k below the mean.
    fn sum_down(&self, k: f64) -> f64 {
        let (mut k, bottom) = (k, self.support().0);
        let mut term = self.mass(k);
        let mut sum = term;
        while k > bottom && term > sum * (0.1 * f64::EPSILON) {
            k -= 1.0;
            term /= self.rise(k);
            sum += term;
        }
        sum
    }

    /// The mass at or above k, for k above the mean.
    fn sum_up(&self, k: f64) -> f64 {
        let (mut k, top) = (k, self.support().1);
        let mut term = self.mass(k);
        let mut sum = term;
        while k < top && term > sum * (0.1 * f64::EPSILON) {
            term *= self.rise(k);
            sum += term;
            k += 1.0;
        }
        sum
    }
}

impl Univariate for Hypergeometric {
    fn mean(&self) -> f64 {
        if self.population == 0.0 { 0.0 } else { self.draws * (self.successes / self.population) }
    }
    fn sd(&self) -> f64 {
        let n = self.population;
        if n <= 1.0 {
            return 0.0;
        }
        let spread = self.draws * (self.successes / n) * (self.failures() / n);
        (spread * ((n - self.draws) / (n - 1.0))).sqrt()
    }
    fn support(&self) -> (f64, f64) {
        ((self.draws - self.failures()).max(0.0), self.draws.min(self.successes))
    }
    fn pdf(&self, x: f64) -> f64 {
        let (bottom, top) = self.support();
        if x < bottom || x > top || x != x.floor() { 0.0 } else { self.mass(x) }
    }
    fn tails(&self, x: f64) -> Tails {
        let (bottom, top) = self.support();
        let k = x.floor();
        if k < bottom {
            Tails::BOTTOM
        } else if k >= top {
            Tails::TOP
        } else if k < self.mean() {
            Tails::from_lower(self.sum_down(k))
        } else {
            Tails::from_upper(self.sum_up(k + 1.0))
        }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        least(self.guess(u, false), self.support(), |k| self.tails(k).lower >= u)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        least(self.guess(t, true), self.support(), |k| self.tails(k).upper <= t)
    }
    fn is_discrete(&self) -> bool {
        true
    }
    fn step(&self) -> Option<f64> {
        Some(1.0)
    }
}
