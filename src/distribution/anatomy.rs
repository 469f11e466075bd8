//! What a distribution is made of, for whoever draws from it or describes it by other means.

use super::any::Distribution;
use super::family::Family;

/// What a distribution is made of: a family with its parameters, a table, data, or other distributions.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Anatomy<'d> {
    /// A family with its canonical parameters, in their order.
    Family(Family, Vec<f64>),
    /// Values in ascending order, and the probability of each.
    Table(&'d [f64], &'d [f64]),
    /// Observed values in ascending order, equally likely.
    Data(&'d [f64]),
    /// Parts with weights that sum to 1.
    Mixture(Vec<(f64, &'d Distribution)>),
    /// What is cut, conditional on [low, high].
    Truncated(&'d Distribution, f64, f64),
    /// scale · what is mapped + shift.
    Scaled(&'d Distribution, f64, f64),
}

impl Distribution {
    /// What it is made of.
    ///
    /// ```
    /// use foretell::distribution::{Anatomy, Family};
    /// let beta = Family::Beta.build(&[2.0, 1.0])?;
    /// assert_eq!(beta.anatomy(), Anatomy::Family(Family::Beta, vec![2.0, 1.0]));
    /// # Ok::<(), foretell::distribution::ParameterError>(())
    /// ```
    pub fn anatomy(&self) -> Anatomy<'_> {
        use Anatomy::Family as Of;
        match self {
            Distribution::Normal(one) => Of(Family::Normal, vec![one.mean, one.sd]),
            Distribution::LogNormal(one) => Of(Family::LogNormal, vec![one.mu, one.sigma]),
            Distribution::Beta(one) => Of(Family::Beta, vec![one.alpha, one.beta]),
            Distribution::Uniform(one) => Of(Family::Uniform, vec![one.low, one.high]),
            Distribution::Triangular(one) => Of(Family::Triangular, vec![one.low, one.mode, one.high]),
            Distribution::Pert(one) => Of(Family::Pert, one.parameters()),
            Distribution::Gamma(one) => Of(Family::Gamma, vec![one.shape, one.scale]),
            Distribution::Exponential(one) => Of(Family::Exponential, vec![one.rate]),
            Distribution::Weibull(one) => Of(Family::Weibull, vec![one.shape, one.scale]),
            Distribution::StudentT(one) => Of(Family::StudentT, vec![one.df, one.location, one.scale]),
            Distribution::Cauchy(one) => Of(Family::Cauchy, vec![one.location, one.scale]),
            Distribution::Logistic(one) => Of(Family::Logistic, vec![one.location, one.scale]),
            Distribution::Poisson(one) => Of(Family::Poisson, vec![one.mean]),
            Distribution::Binomial(one) => Of(Family::Binomial, vec![one.n, one.p]),
            Distribution::Geometric(one) => Of(Family::Geometric, vec![one.p]),
            Distribution::NegativeBinomial(one) => Of(Family::NegativeBinomial, vec![one.r, one.p]),
            Distribution::Hypergeometric(one) => {
                Of(Family::Hypergeometric, vec![one.population, one.successes, one.draws])
            }
            Distribution::Bernoulli(one) => Of(Family::Bernoulli, vec![one.p]),
            Distribution::Discrete(one) => Anatomy::Table(&one.values, &one.probabilities),
            Distribution::Empirical(one) => Anatomy::Data(&one.sorted),
            Distribution::Mixture(one) => {
                Anatomy::Mixture(one.components.iter().map(|(weight, part)| (*weight, part)).collect())
            }
            Distribution::Truncated(one) => Anatomy::Truncated(&one.inner, one.low, one.high),
            Distribution::Scaled(one) => Anatomy::Scaled(&one.inner, one.scale, one.shift),
        }
    }
}

/// The largest number up to which doubles hold every whole number.
const LARGEST_COUNT: f64 = 9_007_199_254_740_992.0;

impl Distribution {
    /// Whether its values are counts: whole numbers from 0, and none above 2^53, up to which doubles hold every one.
    ///
    /// ```
    /// use foretell::distribution::{Discrete, Distribution, Family};
    /// assert!(Family::Poisson.build(&[3.0])?.is_count());
    /// assert!(!Family::Poisson.build(&[1e16])?.is_count());
    /// assert!(!Distribution::from(Discrete::new(&[0.5, 2.0], &[0.5, 0.5])?).is_count());
    /// # Ok::<(), foretell::distribution::ParameterError>(())
    /// ```
    pub fn is_count(&self) -> bool {
        let counts = matches!(
            self,
            Distribution::Poisson(_)
                | Distribution::Binomial(_)
                | Distribution::Geometric(_)
                | Distribution::NegativeBinomial(_)
                | Distribution::Hypergeometric(_)
                | Distribution::Bernoulli(_)
        );
        counts && self.quantile_upper(f64::MIN_POSITIVE) <= LARGEST_COUNT
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_made_of_their_parameters() {
        let parameters = [
            (Family::Normal, vec![1.0, 2.0]),
            (Family::LogNormal, vec![1.0, 2.0]),
            (Family::Beta, vec![1.5, 2.0]),
            (Family::Uniform, vec![1.0, 2.0]),
            (Family::Triangular, vec![1.0, 2.0, 5.0]),
            (Family::Pert, vec![1.0, 2.0, 5.0, 4.0]),
            (Family::Gamma, vec![1.5, 2.0]),
            (Family::Exponential, vec![2.0]),
            (Family::Weibull, vec![1.5, 2.0]),
            (Family::StudentT, vec![5.0, 1.0, 2.0]),
            (Family::Cauchy, vec![1.0, 2.0]),
            (Family::Logistic, vec![1.0, 2.0]),
            (Family::Poisson, vec![3.0]),
            (Family::Binomial, vec![10.0, 0.25]),
            (Family::Geometric, vec![0.25]),
            (Family::NegativeBinomial, vec![2.5, 0.25]),
            (Family::Hypergeometric, vec![20.0, 8.0, 5.0]),
            (Family::Bernoulli, vec![0.25]),
        ];
        assert_eq!(parameters.len(), Family::ALL.len());
        for (family, given) in parameters {
            let law = family.build(&given).unwrap();
            let Anatomy::Family(named, found) = law.anatomy() else { panic!("{family:?} is no family") };
            assert_eq!((named, found.len()), (family, given.len()));
            assert!(found.iter().zip(&given).all(|(a, b)| (a - b).abs() < 1e-14), "{family:?}: {found:?}");
        }
    }
}
