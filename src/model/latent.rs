//! What chance decides together with others: events and factors with states in a copula.
//!
//! Such a variable has a normal W of its own, and is in its first state up to the level that is this state's probability,
//! then in the second, and so on: of an event, that it does not happen and that it does. W is a sum of normals that are
//! drawn and of one that is not, which is integrated: given the drawn ones, the states have probabilities as they have
//! anyway, and are independent of what else chance decides.

use super::id::QuantityId;
use super::quantity::Mixing;
use crate::distribution::Family;
use crate::expression::{Comparison, Unary};
use crate::math::special::{Tails, normal_quantile, normal_quantile_upper};

/// The normal of an event or a factor with states in a copula.
#[derive(Clone, Debug, PartialEq)]
pub struct Latent {
    /// The drawn normals in it: the quantities whose uniforms give them, each with its coefficient.
    pub normals: Vec<(QuantityId, f64)>,
    /// The coefficient of the normal that is integrated; 0 if the drawn ones decide.
    pub own: f64,
    /// What makes a t copula of the normals, if they have one.
    pub mixing: Option<Mixing>,
}

/// A side of a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// At or below it.
    Below,
    /// Above it.
    Above,
}

/// How the probabilities of some states are put together.
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// The states up to this one.
    Through(usize),
    /// The states up to this one, less those up to the one before.
    Between(usize),
    /// The last state.
    Last,
}

impl Part {
    /// The parts that `count` states are, from the first: each end from its own side, so that it keeps its digits.
    pub fn of(count: usize) -> impl Iterator<Item = Part> {
        (0..count).map(move |at| match at {
            0 => Part::Through(0),
            _ if at + 1 == count => Part::Last,
            _ => Part::Between(at),
        })
    }
}

impl Latent {
    /// The probabilities of the states from what they are anyway, given the sum of the drawn normals and what divides it.
    pub fn shares(&self, shares: &[f64], score: f64, root: f64) -> Vec<f64> {
        let on = |side: Side, share: f64| self.given(side, share, score, root);
        let through = |at: usize| on(Side::Below, shares[..=at].iter().sum());
        let part = |part: Part| match part {
            Part::Through(at) => through(at),
            Part::Between(at) => (through(at) - through(at - 1)).max(0.0),
            Part::Last => on(Side::Above, shares[shares.len() - 1]),
        };
        Part::of(shares.len()).map(part).collect()
    }

    /// The probability that W lies on a side of the point beyond which `share` lies on that side, given the drawn normals.
    fn given(&self, side: Side, share: f64, score: f64, root: f64) -> f64 {
        if share <= 0.0 || share >= 1.0 {
            return if share <= 0.0 { 0.0 } else { 1.0 };
        }
        let distance = end(self.mixing, Tails::from_lower(share)) * root + side.sign() * score;
        match self.own {
            0.0 => Comparison::GreaterOrEqual.apply(distance, 0.0),
            own => Unary::NormalLevel.apply(distance / own),
        }
    }
}

impl Side {
    /// What the drawn normals add to the distance from the point on its side: the law is even.
    pub fn sign(self) -> f64 {
        match self {
            Side::Below => -1.0,
            Side::Above => 1.0,
        }
    }
}

/// The point of a copula's standard law, normal or Student's t, that has these tails; infinite at the ends.
pub fn end(mixing: Option<Mixing>, tails: Tails) -> f64 {
    let is_lower = tails.lower <= tails.upper;
    match mixing {
        None if is_lower => normal_quantile(tails.lower),
        None => normal_quantile_upper(tails.upper),
        Some(mixing) => {
            Family::StudentT.build(&[mixing.degrees, 0.0, 1.0]).map_or(f64::NAN, |law| match is_lower {
                true => law.quantile(tails.lower),
                false => law.quantile_upper(tails.upper),
            })
        }
    }
}
