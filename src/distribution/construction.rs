//! Families to distributions, by the values of their parameters.

use super::family::Family;
use super::parameter::{Conversion, ParameterError};
use super::{
    Bernoulli, Beta, Binomial, Cauchy, Distribution, Exponential, Gamma, Geometric, Hypergeometric,
    LogNormal, Logistic, NegativeBinomial, Normal, Pert, Poisson, StudentT, Triangular, Uniform, Weibull,
};

impl Family {
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

    fn conversion(self, signature: usize) -> Conversion {
        self.signatures().get(signature).map_or(Conversion::Identity, |signature| signature.conversion)
    }
}
