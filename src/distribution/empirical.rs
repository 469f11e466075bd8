//! The distribution of observed data.

use super::parameter::{ParameterError, finite, within};
use super::univariate::Univariate;
use crate::math::special::Tails;

/// Observed values, each as likely as any other: the empirical distribution function, a step function.
#[derive(Clone, Debug, PartialEq)]
pub struct Empirical {
    pub(super) sorted: Vec<f64>,
}

impl Empirical {
    /// At least one finite value, in any order.
    ///
    /// The quantile is the inverse of the empirical distribution function (type 1 of Hyndman and Fan 1996): the
    /// ⌈n u⌉-th value, never a number between two. The standard deviation is that of the distribution, with divisor n.
    ///
    /// # Errors
    ///
    /// If there is no value, or one is not finite.
    ///
    /// ```
    /// use foretell::distribution::{Distribution, Empirical};
    /// let days = Distribution::from(Empirical::new(&[7.0, 2.0, 30.0, 2.0])?);
    /// assert_eq!([0.5, 0.51, 0.75, 0.76].map(|u| days.quantile(u)), [2.0, 7.0, 7.0, 30.0]);
    /// # Ok::<(), foretell::distribution::ParameterError>(())
    /// ```
    pub fn new(data: &[f64]) -> Result<Empirical, ParameterError> {
        within("data", data.len() as f64, !data.is_empty(), "not be empty")?;
        for &value in data {
            finite("data", value)?;
        }
        let mut sorted = data.to_vec();
        sorted.sort_by(f64::total_cmp);
        Ok(Empirical { sorted })
    }

    fn count(&self) -> f64 {
        self.sorted.len() as f64
    }

    /// The least rank k, from 1, for which `reached(k)`, near `guess`.
    fn value_at(&self, guess: f64, reached: impl Fn(f64) -> bool) -> f64 {
        let mut rank = guess.clamp(1.0, self.count());
        while rank > 1.0 && reached(rank - 1.0) {
            rank -= 1.0;
        }
        while rank < self.count() && !reached(rank) {
            rank += 1.0;
        }
        self.sorted[rank as usize - 1]
    }
}

impl Univariate for Empirical {
    fn mean(&self) -> f64 {
        let first = self.sorted[0];
        first + self.sorted.iter().map(|x| x - first).sum::<f64>() / self.count()
    }
    fn sd(&self) -> f64 {
        let mean = self.mean();
        (self.sorted.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / self.count()).sqrt()
    }
    fn support(&self) -> (f64, f64) {
        (self.sorted[0], self.sorted[self.sorted.len() - 1])
    }
    fn pdf(&self, x: f64) -> f64 {
        let below = self.sorted.partition_point(|&value| value < x);
        let through = self.sorted.partition_point(|&value| value <= x);
        (through - below) as f64 / self.count()
    }
    fn tails(&self, x: f64) -> Tails {
        let through = self.sorted.partition_point(|&value| value <= x) as f64;
        Tails { lower: through / self.count(), upper: (self.count() - through) / self.count() }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        let n = self.count();
        self.value_at((n * u).ceil(), |rank| rank / n >= u)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        let n = self.count();
        self.value_at((n - n * t).ceil(), |rank| (n - rank) / n <= t)
    }
    fn is_discrete(&self) -> bool {
        true
    }
}
