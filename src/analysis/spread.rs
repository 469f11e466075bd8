//! The spread of a quantity: percentiles of what it would be if all but events were known.

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::estimated::finite;

/// Five percentiles of a spread: the median, and what two thirds and nine tenths of it lie between.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Percentiles {
    /// 5th percentile.
    #[schemars(with = "Option<f64>")]
    pub p05: f64,
    /// 17th percentile.
    #[schemars(with = "Option<f64>")]
    pub p17: f64,
    /// Median.
    #[schemars(with = "Option<f64>")]
    pub p50: f64,
    /// 83rd percentile.
    #[schemars(with = "Option<f64>")]
    pub p83: f64,
    /// 95th percentile.
    #[schemars(with = "Option<f64>")]
    pub p95: f64,
}

/// A percentile that was asked for.
#[derive(Clone, Copy, Debug, JsonSchema, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Percentile {
    /// Which: above 0 and below 100.
    pub percent: f64,
    /// Its value.
    #[schemars(with = "Option<f64>")]
    pub value: f64,
    /// Its standard error, 0 where no draw enters; null where it can't be told.
    pub std_error: Option<f64>,
}

/// As many bars as show how the values of a quantity lie.
pub(super) const BARS: usize = 100;

impl Percentiles {
    /// Those of a quantile function.
    pub(super) fn of(quantile: impl Fn(f64) -> f64) -> Percentiles {
        let [p05, p17, p50, p83, p95] = [0.05, 0.17, 0.5, 0.83, 0.95].map(quantile);
        Percentiles { p05, p17, p50, p83, p95 }
    }

    /// Median and the ends of nine tenths, in ascending order of their levels.
    pub fn all(&self) -> [f64; 3] {
        [self.p05, self.p50, self.p95]
    }
}

impl Percentile {
    /// Those at `percents` of a quantile function, with the error at each level.
    pub(super) fn of(
        percents: &[f64],
        quantile: impl Fn(f64) -> f64,
        error: impl Fn(f64) -> Option<f64>,
    ) -> Vec<Percentile> {
        let one = |percent: &f64| {
            let level = percent / 100.0;
            Percentile { percent: *percent, value: quantile(level), std_error: error(level) }
        };
        percents.iter().map(one).collect()
    }
}

/// Standard errors of three percentiles as a list, in their order.
pub(super) fn as_list<S: Serializer>(errors: &Option<[f64; 3]>, serializer: S) -> Result<S::Ok, S::Error> {
    errors.map(|three| three.map(finite)).serialize(serializer)
}
