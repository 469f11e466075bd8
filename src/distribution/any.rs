//! Any distribution: the one place that tells the families apart.

use super::bernoulli::Bernoulli;
use super::beta::Beta;
use super::binomial::Binomial;
use super::cauchy::Cauchy;
use super::discrete::Discrete;
use super::empirical::Empirical;
use super::exponential::Exponential;
use super::gamma::Gamma;
use super::geometric::Geometric;
use super::hypergeometric::Hypergeometric;
use super::logistic::Logistic;
use super::lognormal::LogNormal;
use super::negative_binomial::NegativeBinomial;
use super::normal::Normal;
use super::pert::Pert;
use super::poisson::Poisson;
use super::student_t::StudentT;
use super::triangular::Triangular;
use super::uniform::Uniform;
use super::univariate::Univariate;
use super::weibull::Weibull;
use super::{mixture, scaled, truncated};
use crate::math::special::Tails;

/// One of several distributions, by chance.
pub type Mixture = mixture::Mixture<Distribution>;

/// A distribution conditional on an interval.
pub type Truncated = truncated::Truncated<Distribution>;

/// An affine map of a distribution.
pub type Scaled = scaled::Scaled<Distribution>;

/// Declares the enum and the one place that tells the variants apart.
macro_rules! distributions {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        /// A distribution of one number.
        ///
        /// ```
        /// use foretell::distribution::{Distribution, Family};
        /// let beta = Family::Beta.build(&[2.0, 1.0])?;
        /// assert!((beta.quantile(0.09) - 0.3).abs() < 1e-15);
        /// assert!((beta.cdf(0.3) - 0.09).abs() < 1e-15);
        /// # Ok::<(), foretell::distribution::ParameterError>(())
        /// ```
        #[derive(Clone, Debug, PartialEq)]
        pub enum Distribution {
            $($(#[$doc])* $name($name),)*
        }

        impl Distribution {
            fn inner(&self) -> &dyn Univariate {
                match self {
                    $(Distribution::$name(inner) => inner,)*
                }
            }
        }

        $(impl From<$name> for Distribution {
            fn from(inner: $name) -> Distribution {
                Distribution::$name(inner)
            }
        })*
    };
}

distributions! {
    /// The normal law.
    Normal,
    /// A positive number whose logarithm is normal.
    LogNormal,
    /// A share between 0 and 1.
    Beta,
    /// Equally likely everywhere between two ends.
    Uniform,
    /// A triangle over low, mode and high.
    Triangular,
    /// The smooth triangle of project planners, a scaled beta.
    Pert,
    /// A positive number, the waiting time for several events.
    Gamma,
    /// The waiting time for one event.
    Exponential,
    /// The waiting time for one event whose rate changes as a power of time.
    Weibull,
    /// Normal with heavier tails.
    StudentT,
    /// Student's t with one degree of freedom; no mean.
    Cauchy,
    /// The law whose distribution function is the logistic curve.
    Logistic,
    /// The count of events at a constant rate.
    Poisson,
    /// Successes in n trials.
    Binomial,
    /// Failures before the first success.
    Geometric,
    /// Failures before the r-th success.
    NegativeBinomial,
    /// Successes when drawing without replacement.
    Hypergeometric,
    /// 1 with a probability, else 0.
    Bernoulli,
    /// A finite table of values.
    Discrete,
    /// Observed data, equally likely.
    Empirical,
    /// One of several distributions, by chance.
    Mixture,
    /// A distribution conditional on an interval.
    Truncated,
    /// An affine map of a distribution.
    Scaled,
}

impl Distribution {
    /// The mean: NaN where it does not exist (Cauchy), infinite where it diverges.
    pub fn mean(&self) -> f64 {
        self.inner().mean()
    }

    /// The standard deviation: NaN where there is no mean, infinite where it diverges.
    pub fn sd(&self) -> f64 {
        self.inner().sd()
    }

    /// The least closed interval that holds all mass; its ends may be infinite.
    pub fn support(&self) -> (f64, f64) {
        self.inner().support()
    }

    /// The density at x, or the mass of x if [`is_discrete`](Self::is_discrete). A mixture of both kinds sums the
    /// densities of its continuous and the masses of its discrete components. NaN for NaN.
    pub fn pdf(&self, x: f64) -> f64 {
        if x.is_nan() { x } else { self.inner().pdf(x) }
    }

    /// The derivative of the logarithm of the density at x, inside the support; NaN for a discrete distribution.
    pub fn log_slope(&self, x: f64) -> f64 {
        self.inner().log_slope(x)
    }

    /// The probability of at most x, with full relative accuracy where it is small. NaN for NaN.
    pub fn cdf(&self, x: f64) -> f64 {
        self.tails(x).lower
    }

    /// The probability of more than x, with full relative accuracy where it is small. NaN for NaN.
    pub fn survival(&self, x: f64) -> f64 {
        self.tails(x).upper
    }

    /// The probabilities of at most x and of more than x.
    pub fn tails(&self, x: f64) -> Tails {
        if x.is_nan() { Tails { lower: x, upper: x } } else { self.inner().tails(x) }
    }

    /// The probabilities of less than x and of at least x. NaN for NaN.
    pub fn tails_below(&self, x: f64) -> Tails {
        if x.is_nan() { Tails { lower: x, upper: x } } else { self.inner().tails_below(x) }
    }

    /// The least x with `cdf(x) >= u`, for u in [0, 1]: 0 and 1 give the ends of the support. NaN outside, and for NaN.
    ///
    /// Accurate for small u; for u next to 1 the resolution of u itself is the limit, see
    /// [`quantile_upper`](Self::quantile_upper).
    pub fn quantile(&self, u: f64) -> f64 {
        self.inner().quantile(u)
    }

    /// The least x with `survival(x) <= t`, for t in [0, 1]: accurate far into the upper tail. NaN outside, and for NaN.
    pub fn quantile_upper(&self, t: f64) -> f64 {
        self.inner().quantile_upper(t)
    }

    /// Whether all mass lies on single points.
    pub fn is_discrete(&self) -> bool {
        self.inner().is_discrete()
    }

    /// The indices of the lower and the upper tail: P(X > x) falls as x^(−1/index), so that there is a mean only below 1 and a
    /// variance only below ½. 0 where it falls faster than any power.
    pub fn tail_indices(&self) -> (f64, f64) {
        self.inner().tail_indices()
    }

    /// Whether some mass lies on single points: a discrete distribution, or a mixture with a discrete component.
    pub fn has_atoms(&self) -> bool {
        self.inner().has_atoms()
    }
}

impl Univariate for Distribution {
    fn mean(&self) -> f64 {
        self.inner().mean()
    }
    fn sd(&self) -> f64 {
        self.inner().sd()
    }
    fn support(&self) -> (f64, f64) {
        self.inner().support()
    }
    fn pdf(&self, x: f64) -> f64 {
        Distribution::pdf(self, x)
    }
    fn log_slope(&self, x: f64) -> f64 {
        self.inner().log_slope(x)
    }
    fn tails(&self, x: f64) -> Tails {
        Distribution::tails(self, x)
    }
    fn tails_below(&self, x: f64) -> Tails {
        Distribution::tails_below(self, x)
    }
    fn lower_quantile(&self, u: f64) -> f64 {
        self.inner().lower_quantile(u)
    }
    fn upper_quantile(&self, t: f64) -> f64 {
        self.inner().upper_quantile(t)
    }
    fn is_discrete(&self) -> bool {
        self.inner().is_discrete()
    }
    fn tail_indices(&self) -> (f64, f64) {
        self.inner().tail_indices()
    }
    fn has_atoms(&self) -> bool {
        self.inner().has_atoms()
    }
    fn step(&self) -> Option<f64> {
        self.inner().step()
    }
    fn quantile(&self, u: f64) -> f64 {
        self.inner().quantile(u)
    }
    fn quantile_upper(&self, t: f64) -> f64 {
        self.inner().quantile_upper(t)
    }
}
