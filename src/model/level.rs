//! The uniform that a quantity is drawn at: its own, or one that a copula makes of several.

use super::id::QuantityId;
use super::latent::Latent;
use super::model::Model;
use super::quantity::{Mixing, Quantity};
use crate::expression::{Binary, Unary};
use crate::math::special::normal_quantile;

/// The value of a quantity, given the values of its parameters and a uniform.
pub type Quantile<'a> = dyn Fn(&Quantity, &[f64], f64) -> f64 + 'a;

/// The uniform that a quantity is drawn at, given the uniform of every dimension.
pub fn level(model: &Model, quantity: &Quantity, quantile: &Quantile, uniform: &dyn Fn(usize) -> f64) -> f64 {
    if quantity.normals.is_empty() {
        return uniform(quantity.dimension);
    }
    let score = normal(model, quantity, uniform);
    let Some(mixing) = quantity.mixing else { return Unary::NormalLevel.apply(score) };
    Binary::StudentLevel.apply(score / mixing.root(model, quantile, uniform), mixing.degrees)
}

/// The standard normal of a quantity before any mixing, given the uniform of every dimension.
pub fn normal(model: &Model, quantity: &Quantity, uniform: &dyn Fn(usize) -> f64) -> f64 {
    let sum = scores(model, &quantity.normals, uniform);
    sum.unwrap_or_else(|| normal_quantile(uniform(quantity.dimension)))
}

/// Σ coefficient × normal; `None` for none.
pub fn scores(model: &Model, normals: &[(QuantityId, f64)], uniform: &dyn Fn(usize) -> f64) -> Option<f64> {
    let own = |(id, coefficient): &(QuantityId, f64)| {
        coefficient * normal_quantile(uniform(model.quantities[id.0].dimension))
    };
    normals.iter().map(own).reduce(|sum, one| sum + one)
}

/// The probabilities of the states of what chance decides in a copula, from what they are anyway, given the uniform of every
/// dimension.
pub fn shares(
    model: &Model,
    latent: &Latent,
    shares: &[f64],
    quantile: &Quantile,
    uniform: &dyn Fn(usize) -> f64,
) -> Vec<f64> {
    let score = scores(model, &latent.normals, uniform).unwrap_or(0.0);
    let root = latent.mixing.map_or(1.0, |mixing| mixing.root(model, quantile, uniform));
    latent.shares(shares, score, root)
}

impl Mixing {
    /// What the normals are divided by.
    fn root(self, model: &Model, quantile: &Quantile, uniform: &dyn Fn(usize) -> f64) -> f64 {
        let shared = &model.quantities[self.quantity.0];
        quantile(shared, &[], uniform(shared.dimension)).sqrt()
    }
}
