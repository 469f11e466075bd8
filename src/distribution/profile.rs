//! A variable as a function of its level: what its correlations are of, its values or its ranks, with mean 0 and variance 1.

use super::any::{Distribution, Truncated};
use crate::math::quadrature::integrate;
use crate::math::special::{Tails, normal_cdf, normal_pdf};

/// What a correlation is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// The values themselves.
    Values,
    /// The shares of the distribution below each value, of which ties have the mean.
    Ranks,
}

/// A variable as a function of its level, with mean 0 and variance 1.
#[derive(Clone, Debug)]
pub struct Profile {
    function: Function,
    mean: f64,
    sd: f64,
}

#[derive(Clone, Debug)]
enum Function {
    /// A value up to each level, the next from there on. There is one value more than there are levels.
    Steps { levels: Vec<Tails>, values: Vec<f64> },
    /// The quantile function.
    Values(Distribution),
    /// The quantile function of a count with very many values, each spread over its step.
    Smoothed(Truncated, f64),
    /// The level itself.
    Level,
    /// The ranks of a law that has both ties and values that are not tied.
    Ranks(Distribution),
}

impl Profile {
    /// What a correlation is of; `None` if it has no variance.
    ///
    /// ```
    /// use foretell::distribution::{Family, Measure, Profile};
    /// let of = |law: &_| Profile::new(law, Measure::Values).is_some();
    /// assert!(of(&Family::StudentT.build(&[3.0, 0.0, 1.0])?));
    /// assert!(!of(&Family::StudentT.build(&[2.0, 0.0, 1.0])?));
    /// # Ok::<(), foretell::distribution::ParameterError>(())
    /// ```
    pub fn new(law: &Distribution, measure: Measure) -> Option<Profile> {
        let function = Function::new(law, measure)?;
        let (mean, sd) = match (&function, measure) {
            (_, Measure::Values) => (law.mean(), law.sd()),
            (Function::Level, _) => (0.0, (1.0f64 / 12.0).sqrt()),
            (Function::Steps { levels, values }, _) => (0.0, spread(levels, values)),
            _ => (0.0, numeric_sd(&function)),
        };
        (mean.is_finite() && sd.is_finite() && sd > 0.0).then_some(Profile { function, mean, sd })
    }

    /// The ranks of anything without ties: its levels, whatever its law is.
    pub fn of_levels() -> Profile {
        Profile { function: Function::Level, mean: 0.0, sd: (1.0f64 / 12.0).sqrt() }
    }

    /// The function at a level, with mean 0 and variance 1.
    pub(super) fn at(&self, level: Tails) -> f64 {
        (self.function.at(level) - self.mean) / self.sd
    }

    /// The levels at which the function jumps, and by how much, if it does nothing else; before these, its first value.
    pub(super) fn jumps(&self) -> Option<(f64, impl Iterator<Item = (Tails, f64)>)> {
        let Function::Steps { levels, values } = &self.function else { return None };
        let jumps = values.windows(2).map(|pair| (pair[1] - pair[0]) / self.sd);
        Some(((values[0] - self.mean) / self.sd, levels.iter().copied().zip(jumps)))
    }
}

impl Function {
    fn new(law: &Distribution, measure: Measure) -> Option<Function> {
        let is_ranked = measure == Measure::Ranks;
        if !law.has_atoms() {
            return Some(if is_ranked { Function::Level } else { Function::Values(law.clone()) });
        }
        let whole = Truncated::new(law.clone(), f64::NEG_INFINITY, f64::INFINITY).ok()?;
        if let Some(atoms) = whole.atoms() {
            let values = atoms.iter().map(|(x, _)| if is_ranked { rank(law, *x) } else { *x }).collect();
            let levels = atoms[..atoms.len() - 1].iter().map(|(x, _)| law.tails(*x)).collect();
            return Some(Function::Steps { levels, values });
        }
        Some(match (whole.smoothed_step(), is_ranked) {
            (Some(_), true) => Function::Level,
            (Some(step), false) => Function::Smoothed(whole, step),
            (None, true) => Function::Ranks(law.clone()),
            (None, false) => Function::Values(law.clone()),
        })
    }

    fn at(&self, level: Tails) -> f64 {
        let is_upper = level.upper < level.lower;
        let quantile = |law: &Distribution| match is_upper {
            true => law.quantile_upper(level.upper),
            false => law.quantile(level.lower),
        };
        match self {
            Function::Steps { levels, values } => {
                let is_passed = |end: &Tails| end.lower < level.lower || end.upper > level.upper;
                values[levels.partition_point(is_passed)]
            }
            Function::Values(law) => quantile(law),
            Function::Smoothed(law, step) => {
                law.smoothed_quantile(level.lower.min(level.upper), is_upper, *step)
            }
            Function::Level => 0.5 * (level.lower - level.upper),
            Function::Ranks(law) => rank(law, quantile(law)),
        }
    }
}

/// The mean of the shares below x and up to x, less ½.
fn rank(law: &Distribution, x: f64) -> f64 {
    let (below, through) = (law.tails_below(x), law.tails(x));
    0.25 * ((below.lower - below.upper) + (through.lower - through.upper))
}

/// The standard deviation of a function with mean 0 that takes each value up to its level.
fn spread(levels: &[Tails], values: &[f64]) -> f64 {
    let ends = || levels.iter().copied().chain([Tails::TOP]);
    let mass = |from: Tails, to: Tails| match to.lower <= 0.5 {
        true => to.lower - from.lower,
        false => from.upper - to.upper,
    };
    let masses = [Tails::BOTTOM].into_iter().chain(ends()).zip(ends()).map(|(from, to)| mass(from, to));
    masses.zip(values).map(|(mass, value)| mass * value * value).sum::<f64>().sqrt()
}

/// The standard deviation of a bounded function with mean 0.
fn numeric_sd(function: &Function) -> f64 {
    let square = |z: f64| {
        let value = function.at(Tails { lower: normal_cdf(z), upper: normal_cdf(-z) });
        value * value * normal_pdf(z)
    };
    (-9..9).map(|from| integrate(square, f64::from(from), f64::from(from + 1), 1e-13)).sum::<f64>().sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::{Family, Mixture};

    #[test]
    fn ranks_with_ties_have_the_variance_that_ties_leave() {
        // (1 − Σ p³) / 12.
        let law = Family::Bernoulli.build(&[0.3]).unwrap();
        let profile = Profile::new(&law, Measure::Ranks).unwrap();
        assert!((profile.sd - ((1.0f64 - 0.027 - 0.343) / 12.0).sqrt()).abs() < 1e-15, "{}", profile.sd);
        let half = Family::Uniform.build(&[0.0, 1.0]).unwrap();
        let mixed = Distribution::from(Mixture::new(vec![(0.5, law), (0.5, half)]).unwrap());
        // Atoms of 0.35 and 0.15 at the ends of what is not tied.
        let profile = Profile::new(&mixed, Measure::Ranks).unwrap();
        let cubes = 0.35 * 0.35 * 0.35 + 0.15 * 0.15 * 0.15;
        assert!((profile.sd * profile.sd - (1.0 - cubes) / 12.0).abs() < 1e-12, "{}", profile.sd);
    }

    #[test]
    fn what_has_no_variance_has_no_profile() {
        for (family, parameters) in [
            (Family::Cauchy, &[0.0, 1.0][..]),
            (Family::StudentT, &[2.0, 0.0, 1.0]),
            (Family::Bernoulli, &[1.0]),
        ] {
            assert!(Profile::new(&family.build(parameters).unwrap(), Measure::Values).is_none());
        }
        assert!(Profile::new(&Family::Bernoulli.build(&[1.0]).unwrap(), Measure::Ranks).is_none());
        assert!(Profile::new(&Family::Cauchy.build(&[0.0, 1.0]).unwrap(), Measure::Ranks).is_some());
    }
}
