//! Distributions whose parameters may be formulas.

use super::term::Term;
use crate::distribution::{Distribution, Family, Mixture, Scaled, Truncated};

/// What an uncertain quantity is distributed like, given the values of its parameters.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Shape {
    /// All parameters are constants.
    Fixed(Distribution),
    /// A family, one of its signatures, and a parameter for each name of that signature.
    Family(Family, usize, Vec<Term>),
    /// scale × inner + shift.
    Scaled(Box<Shape>, Term, Term),
    /// Parts with weights.
    Mixture(Vec<(Term, Shape)>),
    /// Inner, conditional on [low, high].
    Truncated(Box<Shape>, Term, Term),
}

impl Shape {
    /// The parameters that are formulas, in the order in which [`quantile`](Shape::quantile) takes their values.
    pub fn parameters(&self) -> Vec<&Term> {
        match self {
            Shape::Fixed(_) => vec![],
            Shape::Family(_, _, parameters) => parameters.iter().collect(),
            Shape::Scaled(inner, a, b) | Shape::Truncated(inner, a, b) => {
                inner.parameters().into_iter().chain([a, b]).collect()
            }
            Shape::Mixture(parts) => parts
                .iter()
                .flat_map(|(weight, part)| std::iter::once(weight).chain(part.parameters()))
                .collect(),
        }
    }

    /// The quantile at `u`, given the values of the parameters; NaN if they are impossible.
    pub fn quantile(&self, values: &[f64], u: f64) -> f64 {
        match self {
            Shape::Fixed(distribution) => distribution.quantile(u),
            Shape::Family(family, signature, _) => family.quantile_with(*signature, values, u),
            _ => self.distribution(&mut values.iter().copied()).map_or(f64::NAN, |found| found.quantile(u)),
        }
    }

    /// The distribution, given the values of the parameters; `None` if they are impossible.
    pub fn distribution(&self, values: &mut impl Iterator<Item = f64>) -> Option<Distribution> {
        match self {
            Shape::Fixed(distribution) => Some(distribution.clone()),
            Shape::Family(family, signature, parameters) => {
                let values: Vec<f64> = values.take(parameters.len()).collect();
                family.build_with(*signature, &values).ok()
            }
            Shape::Scaled(inner, ..) => {
                let inner = inner.distribution(values)?;
                let (scale, shift) = (values.next()?, values.next()?);
                Some(Distribution::Scaled(Scaled::new(inner, scale, shift).ok()?))
            }
            Shape::Truncated(inner, ..) => {
                let inner = inner.distribution(values)?;
                let (low, high) = (values.next()?, values.next()?);
                Some(Distribution::Truncated(Truncated::new(inner, low, high).ok()?))
            }
            Shape::Mixture(parts) => {
                let mut found = Vec::new();
                for (_, part) in parts {
                    let weight = values.next()?;
                    found.push((weight, part.distribution(values)?));
                }
                Some(Distribution::Mixture(Mixture::new(found).ok()?))
            }
        }
    }

    /// Whether single points may have a probability.
    pub fn has_atoms(&self) -> bool {
        match self {
            Shape::Fixed(distribution) => distribution.has_atoms(),
            Shape::Family(family, ..) => family.is_discrete(),
            Shape::Scaled(inner, ..) | Shape::Truncated(inner, ..) => inner.has_atoms(),
            Shape::Mixture(parts) => parts.iter().any(|(_, part)| part.has_atoms()),
        }
    }

    /// The distribution, if no parameter is a formula.
    pub fn fixed(&self) -> Option<&Distribution> {
        match self {
            Shape::Fixed(distribution) => Some(distribution),
            _ => None,
        }
    }
}
