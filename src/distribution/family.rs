//! The families with a fixed list of scalar parameters.

use super::parameter::{Conversion, ParameterError, Signature};
use super::signatures::signatures_of;
use super::{
    Bernoulli, Beta, Binomial, Cauchy, Distribution, Exponential, Gamma, Geometric, Hypergeometric,
    LogNormal, Logistic, NegativeBinomial, Normal, Pert, Poisson, StudentT, Triangular, Uniform, Weibull,
};

/// A family of distributions with a fixed list of scalar parameters.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
pub enum Family {
    /// `normal(mean, sd)`.
    Normal,
    /// `lognormal(mu, sigma)`, of the logarithm.
    LogNormal,
    /// `beta(alpha, beta)`.
    Beta,
    /// `uniform(low, high)`.
    Uniform,
    /// `triangular(low, mode, high)`.
    Triangular,
    /// `pert(low, mode, high, lambda = 4)`.
    Pert,
    /// `gamma(shape, scale)`.
    Gamma,
    /// `exponential(rate)`.
    Exponential,
    /// `weibull(shape, scale)`.
    Weibull,
    /// `student_t(df, location = 0, scale = 1)`.
    StudentT,
    /// `cauchy(location, scale)`.
    Cauchy,
    /// `logistic_dist(location, scale)`.
    Logistic,
    /// `poisson(mean)`.
    Poisson,
    /// `binomial(n, p)`.
    Binomial,
    /// `geometric(p)`.
    Geometric,
    /// `negative_binomial(r, p)`.
    NegativeBinomial,
    /// `hypergeometric(population, successes, draws)`.
    Hypergeometric,
    /// `bernoulli(p)`.
    Bernoulli,
}

impl Family {
    /// Every family, in the order of the documentation.
    pub const ALL: &'static [Family] = &[
        Family::Normal,
        Family::LogNormal,
        Family::Beta,
        Family::Uniform,
        Family::Triangular,
        Family::Pert,
        Family::Gamma,
        Family::Exponential,
        Family::Weibull,
        Family::StudentT,
        Family::Cauchy,
        Family::Logistic,
        Family::Poisson,
        Family::Binomial,
        Family::Geometric,
        Family::NegativeBinomial,
        Family::Hypergeometric,
        Family::Bernoulli,
    ];

    /// The name as written in scenario files.
    pub fn name(self) -> &'static str {
        match self {
            Family::Normal => "normal",
            Family::LogNormal => "lognormal",
            Family::Beta => "beta",
            Family::Uniform => "uniform",
            Family::Triangular => "triangular",
            Family::Pert => "pert",
            Family::Gamma => "gamma",
            Family::Exponential => "exponential",
            Family::Weibull => "weibull",
            Family::StudentT => "student_t",
            Family::Cauchy => "cauchy",
            Family::Logistic => "logistic_dist",
            Family::Poisson => "poisson",
            Family::Binomial => "binomial",
            Family::Geometric => "geometric",
            Family::NegativeBinomial => "negative_binomial",
            Family::Hypergeometric => "hypergeometric",
            Family::Bernoulli => "bernoulli",
        }
    }

    /// The family of that name.
    pub fn from_name(name: &str) -> Option<Family> {
        Family::ALL.iter().copied().find(|family| family.name() == name)
    }

    /// The ways to give the parameters. The first is canonical and gives the positional order; the others are by name.
    pub fn signatures(self) -> &'static [Signature] {
        signatures_of(self)
    }

    /// The distribution with these canonical parameters, in canonical order, all of them given.
    ///
    /// # Errors
    ///
    /// Names the first parameter that is impossible; one that is missing counts as NaN.
    ///
    /// ```
    /// use foretell::distribution::Family;
    /// let error = Family::Normal.build(&[0.0, 0.0]).unwrap_err();
    /// assert_eq!(error.to_string(), "sd must be positive, but is 0");
    /// ```
    pub fn build(self, parameters: &[f64]) -> Result<Distribution, ParameterError> {
        let p = |index: usize| parameters.get(index).copied().unwrap_or(f64::NAN);
        Ok(match self {
            Family::Normal => Normal::new(p(0), p(1))?.into(),
            Family::LogNormal => LogNormal::new(p(0), p(1))?.into(),
            Family::Beta => Beta::new(p(0), p(1))?.into(),
            Family::Uniform => Uniform::new(p(0), p(1))?.into(),
            Family::Triangular => Triangular::new(p(0), p(1), p(2))?.into(),
            Family::Pert => Pert::new(p(0), p(1), p(2), p(3))?.into(),
            Family::Gamma => Gamma::new(p(0), p(1))?.into(),
            Family::Exponential => Exponential::new(p(0))?.into(),
            Family::Weibull => Weibull::new(p(0), p(1))?.into(),
            Family::StudentT => StudentT::new(p(0), p(1), p(2))?.into(),
            Family::Cauchy => Cauchy::new(p(0), p(1))?.into(),
            Family::Logistic => Logistic::new(p(0), p(1))?.into(),
            Family::Poisson => Poisson::new(p(0))?.into(),
            Family::Binomial => Binomial::new(p(0), p(1))?.into(),
            Family::Geometric => Geometric::new(p(0))?.into(),
            Family::NegativeBinomial => NegativeBinomial::new(p(0), p(1))?.into(),
            Family::Hypergeometric => Hypergeometric::new(p(0), p(1), p(2))?.into(),
            Family::Bernoulli => Bernoulli::new(p(0))?.into(),
        })
    }

    /// The distribution from values for the parameters of one of the [signatures](Self::signatures), by its index.
    ///
    /// # Errors
    ///
    /// Names the first parameter that is impossible. An index out of range counts as the canonical signature.
    ///
    /// ```
    /// use foretell::distribution::Family;
    /// let beta = Family::Beta.build_with(1, &[0.25, 0.1])?;
    /// assert!((beta.mean() - 0.25).abs() < 1e-15 && (beta.sd() - 0.1).abs() < 1e-15);
    /// # Ok::<(), foretell::distribution::ParameterError>(())
    /// ```
    pub fn build_with(self, signature: usize, given: &[f64]) -> Result<Distribution, ParameterError> {
        match self.conversion(signature) {
            Conversion::Identity => self.build(given),
            conversion => self.build(&conversion.apply(given)?),
        }
    }

    /// The quantile at u for parameters that vary from draw to draw: no heap, and NaN if they are impossible.
    pub fn quantile(self, parameters: &[f64], u: f64) -> f64 {
        self.build(parameters).map_or(f64::NAN, |distribution| distribution.quantile(u))
    }

    /// As [`quantile`](Self::quantile), with values for the parameters of one of the signatures.
    pub fn quantile_with(self, signature: usize, given: &[f64], u: f64) -> f64 {
        self.build_with(signature, given).map_or(f64::NAN, |distribution| distribution.quantile(u))
    }

    /// An interval that holds the support for all parameters within the given intervals (canonical, in order).
    ///
    /// The families that have other signatures have the same support for all parameters, so intervals of those
    /// signatures serve as well.
    pub fn support(self, parameters: &[(f64, f64)]) -> (f64, f64) {
        let p = |index: usize| parameters.get(index).copied().unwrap_or((f64::NEG_INFINITY, f64::INFINITY));
        match self {
            Family::Normal | Family::StudentT | Family::Cauchy | Family::Logistic => {
                (f64::NEG_INFINITY, f64::INFINITY)
            }
            Family::Beta | Family::Bernoulli => (0.0, 1.0),
            Family::Uniform => (p(0).0, p(1).1),
            Family::Triangular | Family::Pert => (p(0).0, p(2).1),
            Family::LogNormal
            | Family::Gamma
            | Family::Exponential
            | Family::Weibull
            | Family::Poisson
            | Family::Geometric
            | Family::NegativeBinomial => (0.0, f64::INFINITY),
            Family::Binomial => (0.0, p(0).1.max(0.0)),
            Family::Hypergeometric => {
                let (population, successes, draws) = (p(0), p(1), p(2));
                ((draws.0 + successes.0 - population.1).max(0.0), draws.1.min(successes.1).max(0.0))
            }
        }
    }

    /// Whether all mass lies on single points.
    pub fn is_discrete(self) -> bool {
        matches!(
            self,
            Family::Poisson
                | Family::Binomial
                | Family::Geometric
                | Family::NegativeBinomial
                | Family::Hypergeometric
                | Family::Bernoulli
        )
    }

    fn conversion(self, signature: usize) -> Conversion {
        self.signatures().get(signature).map_or(Conversion::Identity, |signature| signature.conversion)
    }
}
