//! Uncertain quantities: every place of the file where a distribution draws.

use super::id::QuantityId;
use super::shape::Shape;
use crate::diagnostic::Span;

/// One place that draws, with its own dimension of the design.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Its address, which keys its random numbers; a second draw under one address adds `#2`, and so on.
    pub key: String,
    /// Its dimension of the design, from 0.
    pub dimension: usize,
    /// What it is distributed like.
    pub shape: Shape,
    /// The standard normals that it is drawn from: the quantities whose uniforms give them, each with its coefficient,
    /// in the order of dimensions. Empty if its own uniform is taken as it is.
    pub normals: Vec<(QuantityId, f64)>,
    /// What makes a t copula of these normals, if they have one.
    pub mixing: Option<Mixing>,
    /// Where it is written.
    pub span: Span,
}

impl Quantity {
    /// A quantity in no copula.
    pub fn alone(key: String, dimension: usize, shape: Shape, span: Span) -> Quantity {
        Quantity { key, dimension, shape, normals: Vec::new(), mixing: None, span }
    }
}

/// The variable that a t copula's normals share: they are divided by its root.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mixing {
    /// A χ² variable over its degrees of freedom, with a uniform of its own.
    pub quantity: QuantityId,
    /// The degrees of freedom.
    pub degrees: f64,
}
