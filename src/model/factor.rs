//! Factors, what is not known, and derived values, what follows from it.

use super::id::QuantityId;
use super::term::{Term, TermKind};
use crate::diagnostic::Span;
use crate::distribution::{Distribution, Scaled};
use crate::expression::{Binary, Unary};
use crate::scenario::Origin;

/// Something not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// The values that it can take: declared, or by default [0, 1], a half-line or the line.
    pub range: (f64, f64),
    /// The point at which its weights say nothing.
    pub neutral: f64,
    /// Its formula.
    pub value: Term,
    /// Its distribution, if it is a constant-parameter family call or an affine map of one: a *simple* factor.
    pub distribution: Option<Distribution>,
    /// The one draw that it is an affine map of, with the map's scale.
    pub drawn: Option<(QuantityId, f64)>,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Where its section begins.
    pub span: Span,
}

/// A quantity that follows from others.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// Its value when everything it depends on stands at its neutral point.
    pub neutral: f64,
    /// Its formula.
    pub value: Term,
    /// Where it comes from.
    pub origin: Option<Origin>,
}

/// The one draw that a term is an affine map of: (quantity, scale, shift).
pub(super) fn affine(term: &Term) -> Option<(QuantityId, f64, f64)> {
    match &term.kind {
        TermKind::Draw(id) => Some((*id, 1.0, 0.0)),
        TermKind::Unary(Unary::Negate, inner) => affine(inner).map(|(id, a, b)| (id, -a, -b)),
        TermKind::Binary(operation, left, right) => {
            let constant = |term| super::evaluate::constant(term);
            match (operation, affine(left), constant(right), constant(left), affine(right)) {
                (Binary::Add, Some((id, a, b)), Some(c), ..) => Some((id, a, b + c)),
                (Binary::Add, .., Some(c), Some((id, a, b))) => Some((id, a, b + c)),
                (Binary::Subtract, Some((id, a, b)), Some(c), ..) => Some((id, a, b - c)),
                (Binary::Subtract, .., Some(c), Some((id, a, b))) => Some((id, -a, c - b)),
                (Binary::Multiply, Some((id, a, b)), Some(c), ..) => Some((id, a * c, b * c)),
                (Binary::Multiply, .., Some(c), Some((id, a, b))) => Some((id, a * c, b * c)),
                (Binary::Divide, Some((id, a, b)), Some(c), ..) => Some((id, a / c, b / c)),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The one draw that a term rises with (1) or falls with (−1), at a constant rate from a start that others may set.
pub(super) fn lone(term: &Term) -> Option<(QuantityId, f64)> {
    let scaled = |inner: &Term, rate: Option<f64>| {
        let (id, sign) = lone(inner)?;
        rate.filter(|rate| rate.is_finite() && *rate != 0.0).map(|rate| (id, sign * rate.signum()))
    };
    let constant = |term| super::evaluate::constant(term);
    match &term.kind {
        TermKind::Draw(id) => Some((*id, 1.0)),
        TermKind::Unary(Unary::Negate, inner) => scaled(inner, Some(-1.0)),
        TermKind::Binary(operation, left, right) => match (operation, draws(left), draws(right)) {
            (Binary::Add | Binary::Subtract, true, false) => lone(left),
            (Binary::Add, false, true) => lone(right),
            (Binary::Subtract, false, true) => scaled(right, Some(-1.0)),
            (Binary::Multiply, true, false) => scaled(left, constant(right)),
            (Binary::Multiply, false, true) => scaled(right, constant(left)),
            (Binary::Divide, true, false) => scaled(left, constant(right)),
            _ => None,
        },
        _ => None,
    }
}

/// Whether a formula has a draw of its own.
pub(super) fn draws(term: &Term) -> bool {
    let mut found = false;
    term.walk(&mut |one| found |= matches!(one.kind, TermKind::Draw(_)));
    found
}

/// `scale` × `inner` + `shift`, or `None` if the scale makes a constant of it.
pub(super) fn scaled(inner: &Distribution, scale: f64, shift: f64) -> Option<Distribution> {
    match (scale, shift) {
        (1.0, 0.0) => Some(inner.clone()),
        _ => Scaled::new(inner.clone(), scale, shift).ok().map(Distribution::Scaled),
    }
}
