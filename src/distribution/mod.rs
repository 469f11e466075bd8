//! Floor 1: the families of distributions, one a file.
//!
//! A [`Distribution`] answers for its mean, density, both tails and both quantile functions; [`Family`] is the list of
//! those with scalar parameters, with their names and parametrisations. Quantile functions carry full relative
//! accuracy into both tails, because every uncertain quantity takes its value by one.

mod bernoulli;
mod beta;
mod binomial;
mod cauchy;
mod discrete;
pub mod elicited;
mod empirical;
mod exponential;
mod family;
mod gamma;
mod geometric;
mod hypergeometric;
mod logistic;
mod lognormal;
mod mixture;
mod negative_binomial;
mod normal;
mod parameter;
mod pert;
mod poisson;
mod scaled;
mod search;
mod signatures;
mod student_t;
mod t_copula;
mod table;
mod triangular;
mod truncated;
mod uniform;
mod weibull;

pub use bernoulli::Bernoulli;
pub use beta::Beta;
pub use binomial::Binomial;
pub use cauchy::Cauchy;
pub use discrete::Discrete;
pub use empirical::Empirical;
pub use exponential::Exponential;
pub use family::Family;
pub use gamma::Gamma;
pub use geometric::Geometric;
pub use hypergeometric::Hypergeometric;
pub use logistic::Logistic;
pub use lognormal::LogNormal;
pub use mixture::Mixture;
pub use negative_binomial::NegativeBinomial;
pub use normal::Normal;
pub use parameter::{Conversion, Parameter, ParameterError, Signature};
pub use pert::Pert;
pub use poisson::Poisson;
pub use scaled::Scaled;
pub use student_t::StudentT;
pub use t_copula::{RankLaw, student_level};
pub use table::{NormalTable, Table};
pub use triangular::{Triangular, fill_triangular};
pub use truncated::Truncated;
pub use uniform::Uniform;
pub use weibull::Weibull;

use crate::math::special::Tails;

/// What every distribution on the real line can be asked.
///
/// [`Distribution`] checks the arguments and chooses the tail; the two quantile functions here see only tail masses
/// strictly between 0 and 1, and for continuous distributions at most ½.
pub trait Univariate {
    /// The mean; NaN where it does not exist, infinite where it diverges.
    fn mean(&self) -> f64;
    /// The standard deviation; NaN where there is no mean, infinite where it diverges.
    fn sd(&self) -> f64;
    /// The least closed interval that holds all mass.
    fn support(&self) -> (f64, f64);
    /// The density at x, or the mass of x for a discrete distribution.
    fn pdf(&self, x: f64) -> f64;
    /// The derivative of the logarithm of the density at x, inside the support; NaN for a discrete distribution.
    fn log_slope(&self, _x: f64) -> f64 {
        f64::NAN
    }
    /// The probabilities of at most x and of more than x.
    fn tails(&self, x: f64) -> Tails;
    /// The least x with a probability of at least `u` at or below it.
    fn lower_quantile(&self, u: f64) -> f64;
    /// The least x with a probability of at most `t` above it.
    fn upper_quantile(&self, t: f64) -> f64;
    /// Whether all mass lies on single points.
    fn is_discrete(&self) -> bool {
        false
    }
    /// Whether some mass lies on single points.
    fn has_atoms(&self) -> bool {
        self.is_discrete()
    }
    /// The distance between neighbouring atoms of a count or a scaled count; `None` for others.
    fn step(&self) -> Option<f64> {
        None
    }
}

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

    /// The least x with `cdf(x) >= u`, for u in [0, 1]: 0 and 1 give the ends of the support. NaN outside, and for NaN.
    ///
    /// Accurate for small u; for u next to 1 the resolution of u itself is the limit, see
    /// [`quantile_upper`](Self::quantile_upper).
    pub fn quantile(&self, u: f64) -> f64 {
        let inner = self.inner();
        if u == 0.0 {
            inner.support().0
        } else if u == 1.0 {
            inner.support().1
        } else if !(u > 0.0 && u < 1.0) {
            f64::NAN
        } else if u <= 0.5 || inner.is_discrete() {
            inner.lower_quantile(u)
        } else {
            inner.upper_quantile(1.0 - u)
        }
    }

    /// The least x with `survival(x) <= t`, for t in [0, 1]: accurate far into the upper tail. NaN outside, and for NaN.
    pub fn quantile_upper(&self, t: f64) -> f64 {
        let inner = self.inner();
        if t == 0.0 {
            inner.support().1
        } else if t == 1.0 {
            inner.support().0
        } else if !(t > 0.0 && t < 1.0) {
            f64::NAN
        } else if t <= 0.5 || inner.is_discrete() {
            inner.upper_quantile(t)
        } else {
            inner.lower_quantile(1.0 - t)
        }
    }

    /// Whether all mass lies on single points.
    pub fn is_discrete(&self) -> bool {
        self.inner().is_discrete()
    }

    /// Whether some mass lies on single points: a discrete distribution, or a mixture with a discrete component.
    pub fn has_atoms(&self) -> bool {
        self.inner().has_atoms()
    }

    /// The distance between neighbouring atoms of a count or a scaled count; `None` for others.
    fn step(&self) -> Option<f64> {
        self.inner().step()
    }

    /// The probabilities of less than x and of at least x.
    fn tails_below(&self, x: f64) -> Tails {
        if self.has_atoms() { self.tails(x.next_down()) } else { self.tails(x) }
    }
}
