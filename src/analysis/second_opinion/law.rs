//! A distribution as it is drawn here: families by their samplers, mixtures by choosing a part, cut ones by drawing until one fits.

use rand::distr::weighted::WeightedIndex;
use rand::{Rng, RngExt};
use rand_distr::Distribution as _;

use super::level::{Level, crossing, least};
use super::sampler::Sampler;
use crate::distribution::{Anatomy, Distribution};

/// Draws that are made in the hope of one inside of an interval, before its level is drawn in place of it.
const TRIES: usize = 64;

/// A distribution, ready to draw.
#[derive(Clone, Debug)]
pub(super) enum Law {
    Family(Sampler),
    /// Values in ascending order, and what lies at or below each.
    Table(Vec<f64>, Vec<Level>, WeightedIndex<f64>),
    Data(Vec<f64>),
    Mixture(WeightedIndex<f64>, Vec<(f64, Law)>),
    Truncated(Box<Law>, f64, f64),
    Scaled(Box<Law>, f64, f64),
}

impl Law {
    /// Of a distribution; `None` if it can't be drawn.
    pub(super) fn of(distribution: &Distribution) -> Option<Law> {
        Some(match distribution.anatomy() {
            Anatomy::Family(family, parameters) => Law::Family(Sampler::new(family, parameters)),
            Anatomy::Table(values, shares) => {
                Law::Table(values.to_vec(), cumulated(shares), WeightedIndex::new(shares).ok()?)
            }
            Anatomy::Data(values) => Law::Data(values.to_vec()),
            Anatomy::Mixture(parts) => {
                let parts = parts.into_iter().map(|(weight, part)| Some((weight, Law::of(part)?)));
                Law::mixture(parts.collect::<Option<_>>()?)?
            }
            Anatomy::Truncated(inner, low, high) => Law::Truncated(Box::new(Law::of(inner)?), low, high),
            Anatomy::Scaled(inner, scale, shift) => Law::Scaled(Box::new(Law::of(inner)?), scale, shift),
        })
    }

    /// Parts with weights in any proportion.
    pub(super) fn mixture(parts: Vec<(f64, Law)>) -> Option<Law> {
        let sum: f64 = parts.iter().map(|part| part.0).sum();
        let choice = WeightedIndex::new(parts.iter().map(|part| part.0)).ok()?;
        Some(Law::Mixture(choice, parts.into_iter().map(|(weight, part)| (weight / sum, part)).collect()))
    }

    /// One value.
    pub(super) fn draw(&self, rng: &mut impl Rng) -> f64 {
        match self {
            Law::Family(sampler) => sampler.draw(rng),
            Law::Table(values, _, choice) => values[choice.sample(rng)],
            Law::Data(values) => values[rng.random_range(0..values.len())],
            Law::Mixture(choice, parts) => parts[choice.sample(rng)].1.draw(rng),
            Law::Scaled(inner, scale, shift) => scale * inner.draw(rng) + shift,
            Law::Truncated(inner, low, high) => {
                let is_inside = |x: &f64| (*low..=*high).contains(x);
                let fitting = (0..TRIES).map(|_| inner.draw(rng)).find(is_inside);
                fitting.unwrap_or_else(|| self.at(Level::draw(rng)))
            }
        }
    }

    /// The least value that reaches a level.
    pub(super) fn at(&self, level: Level) -> f64 {
        match self {
            Law::Family(sampler) => sampler.at(level),
            Law::Table(values, tails, _) => {
                let rank = tails.partition_point(|at| !level.is_reached(*at));
                values[rank.min(values.len() - 1)]
            }
            Law::Data(values) => {
                let rank = (level.lower * values.len() as f64).ceil() as usize;
                values[rank.clamp(1, values.len()) - 1]
            }
            Law::Mixture(_, parts) => {
                let ends = parts.iter().map(|(_, part)| part.at(level));
                let (low, high) =
                    ends.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), x| (low.min(x), high.max(x)));
                let find = if self.has_atoms() { least } else { crossing };
                find(low, high, level, &|x| self.tails(x))
            }
            Law::Scaled(inner, scale, shift) => {
                let inside = if *scale < 0.0 { level.turned() } else { level };
                scale * inner.at(inside) + shift
            }
            Law::Truncated(inner, low, high) => {
                let (below, through) = (inner.tails_below(*low), inner.tails(*high));
                inner.at(between(below, through, level)).clamp(*low, *high)
            }
        }
    }

    /// P(X ≤ x) and P(X > x).
    pub(super) fn tails(&self, x: f64) -> Level {
        match self {
            Law::Family(sampler) => sampler.tails(x),
            Law::Table(values, tails, _) => match values.partition_point(|one| *one <= x) {
                0 => Level::from_lower(0.0),
                rank => tails[rank - 1],
            },
            Law::Data(values) => {
                Level::from_lower(values.partition_point(|one| *one <= x) as f64 / values.len() as f64)
            }
            Law::Mixture(_, parts) => {
                let sum = |of: &dyn Fn(Level) -> f64| {
                    parts.iter().map(|(weight, part)| weight * of(part.tails(x))).sum::<f64>()
                };
                Level { lower: sum(&|at| at.lower), upper: sum(&|at| at.upper), normal: None }
            }
            Law::Scaled(inner, scale, shift) => {
                let back = (x - shift) / scale;
                if *scale < 0.0 { inner.tails_below(back).turned() } else { inner.tails(back) }
            }
            Law::Truncated(inner, low, high) => {
                if x < *low || x >= *high {
                    return if x < *low { Level::from_lower(0.0) } else { Level::from_upper(0.0) };
                }
                share(inner.tails_below(*low), inner.tails(*high), inner.tails(x))
            }
        }
    }

    /// P(X < x) and P(X ≥ x).
    pub(super) fn tails_below(&self, x: f64) -> Level {
        self.tails(x.next_down())
    }

    /// Whether single values have a probability.
    fn has_atoms(&self) -> bool {
        match self {
            Law::Family(sampler) => sampler.has_atoms(),
            Law::Table(..) | Law::Data(_) => true,
            Law::Mixture(_, parts) => parts.iter().any(|(_, part)| part.has_atoms()),
            Law::Truncated(inner, ..) | Law::Scaled(inner, ..) => inner.has_atoms(),
        }
    }

    /// Whether it has any mass to draw from.
    pub(super) fn is_possible(&self) -> bool {
        match self {
            Law::Truncated(inner, low, high) => {
                low <= high && inner.is_possible() && mass(inner.tails_below(*low), inner.tails(*high)) > 0.0
            }
            Law::Scaled(inner, scale, shift) => {
                *scale != 0.0 && scale.is_finite() && shift.is_finite() && inner.is_possible()
            }
            Law::Mixture(_, parts) => parts.iter().all(|(_, part)| part.is_possible()),
            _ => true,
        }
    }

    /// The same for levels that are asked for often.
    pub(super) fn for_levels(self) -> Law {
        match self {
            Law::Family(sampler) => Law::Family(sampler.with_table()),
            Law::Truncated(inner, low, high) => Law::Truncated(Box::new(inner.for_levels()), low, high),
            Law::Scaled(inner, scale, shift) => Law::Scaled(Box::new(inner.for_levels()), scale, shift),
            other => other,
        }
    }
}

/// What lies at or below each of some values, and above it.
fn cumulated(shares: &[f64]) -> Vec<Level> {
    let sum = |part: &[f64]| part.iter().sum::<f64>();
    let at = |at: usize| Level { lower: sum(&shares[..=at]), upper: sum(&shares[at + 1..]), normal: None };
    (0..shares.len()).map(at).collect()
}

/// What lies between two points, from whichever end it is small.
fn mass(below: Level, through: Level) -> f64 {
    if through.lower <= 0.5 { through.lower - below.lower } else { below.upper - through.upper }
}

/// The level that is so far up between two points.
fn between(below: Level, through: Level, level: Level) -> Level {
    let mass = mass(below, through);
    let lower = below.lower + level.lower * mass;
    if lower <= 0.5 {
        Level::from_lower(lower)
    } else {
        Level::from_upper(through.upper + level.upper * mass)
    }
}

/// How far up a point lies between two others.
fn share(below: Level, through: Level, at: Level) -> Level {
    let whole = mass(below, through);
    Level { lower: mass(below, at) / whole, upper: mass(at, through) / whole, normal: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::{Family, Mixture, Scaled, Truncated};
    use rand::SeedableRng;
    use rand::rngs::ChaCha8Rng;

    fn family(family: Family, parameters: &[f64]) -> Distribution {
        family.build(parameters).unwrap()
    }

    fn laws() -> Vec<Distribution> {
        use crate::distribution::{Discrete, Empirical};
        let mixed = vec![(1.0, family(Family::Normal, &[-2.0, 0.5])), (3.0, family(Family::Poisson, &[2.0]))];
        let cut = |inner, low, high| Distribution::from(Truncated::new(inner, low, high).unwrap());
        vec![
            family(Family::Normal, &[1.0, 2.0]),
            family(Family::LogNormal, &[0.2, 0.7]),
            family(Family::Beta, &[2.5, 0.7]),
            family(Family::Beta, &[2.5, 4.0]),
            family(Family::Uniform, &[-1.0, 3.0]),
            family(Family::Triangular, &[-1.0, 0.5, 3.0]),
            family(Family::Pert, &[-1.0, 0.5, 3.0, 4.0]),
            family(Family::Gamma, &[0.4, 2.0]),
            family(Family::Gamma, &[7.0, 2.0]),
            family(Family::Exponential, &[0.5]),
            family(Family::Weibull, &[1.7, 2.0]),
            family(Family::StudentT, &[3.5, 1.0, 2.0]),
            family(Family::Cauchy, &[1.0, 2.0]),
            family(Family::Logistic, &[1.0, 2.0]),
            family(Family::Poisson, &[0.0]),
            family(Family::Poisson, &[3.3]),
            family(Family::Poisson, &[40.0]),
            family(Family::Binomial, &[12.0, 0.3]),
            family(Family::Binomial, &[500.0, 0.6]),
            family(Family::Geometric, &[0.2]),
            family(Family::NegativeBinomial, &[2.5, 0.3]),
            family(Family::Hypergeometric, &[30.0, 12.0, 9.0]),
            family(Family::Hypergeometric, &[3000.0, 1200.0, 900.0]),
            family(Family::Bernoulli, &[0.3]),
            Discrete::new(&[3.0, -1.0, 0.5], &[0.2, 0.5, 0.3]).unwrap().into(),
            Empirical::new(&[3.0, -1.0, 0.5, 0.5]).unwrap().into(),
            Mixture::new(mixed).unwrap().into(),
            Scaled::new(family(Family::Gamma, &[2.0, 1.0]), -2.0, 1.0).unwrap().into(),
            cut(family(Family::Normal, &[0.0, 1.0]), 2.5, 3.0),
            cut(family(Family::Normal, &[0.0, 1.0]), 6.0, 7.0),
            cut(family(Family::Poisson, &[2.0]), 3.0, 20.0),
        ]
    }

    /// Kolmogorov's distance of draws from a distribution function, in units of 1/√n; for the values of `points` only, as steps need.
    fn distance(values: &mut [f64], cdf: impl Fn(f64) -> f64) -> f64 {
        values.sort_by(f64::total_cmp);
        let n = values.len() as f64;
        let at = |x: f64| (values.partition_point(|one| *one <= x) as f64 / n - cdf(x)).abs();
        let largest = values.iter().step_by(97).map(|x| at(*x)).fold(0.0, f64::max);
        largest * n.sqrt()
    }

    /// P(√n D > 1.95) is 0.1 % (Kolmogorov 1933), for each of some 60 comparisons with a fixed seed.
    #[test]
    fn draws_and_levels_have_the_distribution_function() {
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        for one in laws() {
            let law = Law::of(&one).unwrap();
            let mut drawn: Vec<f64> = (0..40_000).map(|_| law.draw(&mut rng)).collect();
            let found = distance(&mut drawn, |x| one.cdf(x));
            assert!(found < 1.95, "{one:?}: {found}");
            let level = law.for_levels();
            let mut levels: Vec<f64> = (0..4_000).map(|_| level.at(Level::draw(&mut rng))).collect();
            let found = distance(&mut levels, |x| one.cdf(x));
            assert!(found < 1.95, "levels of {one:?}: {found}");
        }
    }

    #[test]
    fn another_law_would_be_seen() {
        let mut rng = ChaCha8Rng::seed_from_u64(5);
        let law = Law::of(&family(Family::Gamma, &[7.0, 2.0])).unwrap();
        let mut drawn: Vec<f64> = (0..40_000).map(|_| law.draw(&mut rng)).collect();
        assert!(distance(&mut drawn, |x| family(Family::Gamma, &[7.1, 2.0]).cdf(x)) > 1.95);
    }

    #[test]
    fn levels_are_quantiles() {
        for one in laws() {
            let law = Law::of(&one).unwrap().for_levels();
            for u in [1e-6, 0.02, 0.3, 0.51, 0.97, 1.0 - 1e-6] {
                let (own, theirs) = (law.at(Level::from_lower(u)), one.quantile(u));
                // A value is off by no more than a millionth of its level makes, and a 33rd of what one of 150,000 worlds weighs.
                let (below, above) = (u * (1.0 - 1e-6) - 2e-7, u * (1.0 + 1e-6) + 2e-7);
                let (a, b) = (one.quantile(below), one.quantile(above.min(1.0 - 5e-7)));
                let slack = 1e-9 * theirs.abs() + 1e-12;
                assert!(
                    own >= a.min(theirs) - slack && own <= b.max(theirs) + slack,
                    "{one:?} at {u}: {own} for {theirs}"
                );
            }
        }
    }
}
