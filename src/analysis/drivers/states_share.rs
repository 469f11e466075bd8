//! The share of something's variance that goes away once it is known which of several states holds.

use super::conditional::LEAST_VARIANCE;
use crate::analysis::round::Told;
use crate::program::QueryId;
use crate::statistics::{Estimate, INTERVAL_LEVEL, student_t_quantile};

/// What is asked for it; all of it has to be [compared](crate::program::Ask::compare).
pub(in crate::analysis) struct StatesShare {
    /// The probability of each state that can be, and the mean in it.
    pub(in crate::analysis) states: Vec<(QueryId, QueryId)>,
    /// The mean whatever the state.
    pub(in crate::analysis) own: QueryId,
    /// The variance that it is a share of.
    pub(in crate::analysis) of: Variance,
}

/// A variance, with its slope in the mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::analysis) struct Variance {
    size: f64,
    slope: f64,
    /// Whether it is more than rounding.
    is_open: bool,
}

impl Variance {
    /// That of whether something happens that has the probability p: p (1 − p).
    pub(in crate::analysis) fn chance(p: f64) -> Variance {
        let size = p * (1.0 - p);
        Variance { size, slope: 1.0 - 2.0 * p, is_open: size > LEAST_VARIANCE }
    }

    /// That of a value, of which it is taken as known.
    pub(in crate::analysis) fn value(deviation: f64) -> Variance {
        let size = deviation * deviation;
        Variance { size, slope: 0.0, is_open: size > 0.0 }
    }

    /// Its size.
    pub(in crate::analysis) fn size(self) -> f64 {
        self.size
    }
}

impl StatesShare {
    /// Σ q (r − p)² / V, with q a state's probability, r the mean in it, p the mean and V the variance. Its slopes are 2 q (r − p) / V
    /// in r, (r − p)² / V in q, and as Σ q (r − p) = 0, −share × V′ / V in p.
    pub(in crate::analysis) fn estimate(&self, told: &Told) -> Estimate {
        let value = |query: QueryId| told.estimates.query(query).value;
        let (p, Variance { size: variance, slope, is_open }) = (value(self.own), self.of);
        let (mut share, mut excess, mut parts) = (0.0, 0.0, Vec::new());
        for (state, given) in &self.states {
            let (q, distance) = (value(*state), value(*given) - p);
            share += q * distance * distance / variance;
            let error = told.estimates.combination(0.0, &[(1.0, *given), (-1.0, self.own)]).std_error;
            excess += q * error * error / variance;
            parts.push((2.0 * q * distance / variance, *given));
            parts.push((distance * distance / variance, *state));
        }
        parts.push((-share * slope / variance, self.own));
        share_of(share, excess, is_open, &told.estimates.combination(0.0, &parts))
    }
}

/// A share with the error of its linear part, and with what squares of errors add to it, which is all of it where it has no
/// slope: a square of mean `excess` is off by √3 of that in the mean.
pub(super) fn share_of(share: f64, excess: f64, is_open: bool, linear: &Estimate) -> Estimate {
    if !is_open {
        return Estimate::exact(f64::NAN);
    }
    if linear.exact {
        return Estimate::exact(share).within(0.0, 1.0);
    }
    let error = libm::hypot(linear.std_error, 3f64.sqrt() * excess);
    let quantile = match linear.std_error > 0.0 && linear.std_error.is_finite() {
        true => linear.half_width() / linear.std_error,
        false => student_t_quantile(0.5 + INTERVAL_LEVEL / 2.0, FREEDOM),
    };
    let half = quantile * error;
    let interval = (share - half, share + half);
    Estimate { value: share, std_error: error, interval, exact: false }.within(0.0, 1.0)
}

/// Degrees of freedom where they can't be told from an error.
const FREEDOM: f64 = 7.0;
