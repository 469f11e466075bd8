//! A finite table of values with their probabilities.

use super::parameter::{ParameterError, finite, within};
use super::univariate::Univariate;
use crate::math::rounding::{self, Digits, Verdict};
use crate::math::special::Tails;

/// Finitely many values, each with a probability.
#[derive(Clone, Debug, PartialEq)]
pub struct Discrete {
    pub(super) values: Vec<f64>,
    pub(super) probabilities: Vec<f64>,
    /// The tails at each value.
    tails: Vec<Tails>,
}

impl Discrete {
    /// Values in any order with their probabilities, which may be 0 and must sum to 1 but for rounding; they are then
    /// divided by their sum. A value given twice has the sum of its probabilities.
    ///
    /// # Errors
    ///
    /// If there is no value, the lists differ in length (parameter `probabilities`), a value is not finite, a
    /// probability is negative or not finite, or the sum is off.
    ///
    /// ```
    /// use foretell::distribution::{Discrete, Distribution};
    /// let seats = Distribution::from(Discrete::new(&[3.0, 1.0], &[0.25, 0.75])?);
    /// assert_eq!((seats.quantile(0.75), seats.quantile(0.76)), (1.0, 3.0));
    /// # Ok::<(), foretell::distribution::ParameterError>(())
    /// ```
    pub fn new(values: &[f64], probabilities: &[f64]) -> Result<Discrete, ParameterError> {
        within("values", values.len() as f64, !values.is_empty(), "not be empty")?;
        let lengths = values.len() == probabilities.len();
        within("probabilities", probabilities.len() as f64, lengths, "be as many as the values")?;
        for &value in values {
            finite("values", value)?;
        }
        for &p in probabilities {
            within("probabilities", p, (0.0..f64::INFINITY).contains(&p), "be finite, and 0 or more")?;
        }
        let digits = probabilities.iter().map(|one| (*one, Digits::of_value(*one)));
        let (sum, verdict) = rounding::sum(digits);
        within("probabilities", sum, verdict != Verdict::Mistaken, "sum to 1")?;
        Ok(Discrete::tabulated(values, probabilities, sum))
    }

    fn tabulated(values: &[f64], probabilities: &[f64], sum: f64) -> Discrete {
        let mut pairs: Vec<(f64, f64)> = values.iter().copied().zip(probabilities.iter().copied()).collect();
        pairs.retain(|pair| pair.1 > 0.0);
        pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
        pairs.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        let (values, probabilities): (Vec<f64>, Vec<f64>) =
            pairs.into_iter().map(|(x, p)| (x, p / sum)).unzip();
        let tails = cumulated(&probabilities);
        Discrete { values, probabilities, tails }
    }

    /// How many values are at most x.
    fn rank(&self, x: f64) -> usize {
        self.values.partition_point(|&value| value <= x)
    }

    fn value(&self, index: usize) -> f64 {
        self.values[index.min(self.values.len() - 1)]
    }
}

/// The tails at each value: each summed from its own end, so that small ones keep their digits.
fn cumulated(probabilities: &[f64]) -> Vec<Tails> {
    let mut tails = vec![Tails::TOP; probabilities.len()];
    let mut upper = 0.0;
    for (tail, p) in tails.iter_mut().zip(probabilities).rev() {
        tail.upper = upper;
        upper += p;
    }
    let (mut lower, mut reached) = (0.0, 0.0f64);
    let last = tails.len() - 1;
    for (tail, p) in tails[..last].iter_mut().zip(probabilities) {
        lower += p;
        let next = if lower <= 0.5 { Tails::from_lower(lower) } else { Tails::from_upper(tail.upper) };
        // Rounding must not let the sequence fall where the ends meet.
        reached = reached.max(next.lower);
        *tail = Tails { lower: reached, upper: if lower <= 0.5 { 1.0 - reached } else { next.upper } };
    }
    tails
}

impl Univariate for Discrete {
    fn mean(&self) -> f64 {
        self.values.iter().zip(&self.probabilities).map(|(x, p)| x * p).sum()
    }
    fn sd(&self) -> f64 {
        let mean = self.mean();
        let square = |x: f64| (x - mean) * (x - mean);
        self.values.iter().zip(&self.probabilities).map(|(&x, p)| square(x) * p).sum::<f64>().sqrt()
    }
    fn support(&self) -> (f64, f64) {
        (self.values[0], self.values[self.values.len() - 1])
    }
    fn pdf(&self, x: f64) -> f64 {
        let rank = self.rank(x);
        if rank > 0 && self.values[rank - 1] == x { self.probabilities[rank - 1] } else { 0.0 }
    }
    fn tails(&self, x: f64) -> Tails {
        match self.rank(x) {
            0 => Tails::BOTTOM,
            rank => self.tails[rank - 1],
        }
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        self.value(self.tails.partition_point(|tails| tails.lower < u))
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        self.value(self.tails.partition_point(|tails| tails.upper > t))
    }
    fn is_discrete(&self) -> bool {
        true
    }
}
