//! The families with a fixed list of scalar parameters.

/// A family of distributions with a fixed list of scalar parameters.
#[derive(Copy, Clone, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
#[non_exhaustive]
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
}
