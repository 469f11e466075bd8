//! Formulas of which it can be seen that they follow one draw.

use crate::distribution::{Distribution, Scaled};
use crate::expression::{Binary, Unary};
use crate::model::{QuantityId, Term, TermKind, constant};

/// An affine map of something: (what, scale, shift).
pub(crate) type Affine<T> = (T, f64, f64);

/// The one draw that a term is an affine map of.
pub(crate) fn affine(term: &Term) -> Option<Affine<QuantityId>> {
    affine_in(term, &|leaf| match leaf {
        TermKind::Draw(id) => Some((*id, 1.0, 0.0)),
        _ => None,
    })
}

/// The one thing that a term is an affine map of, given what those of its leaves are that are maps of something.
pub(crate) fn affine_in<T>(term: &Term, leaf: &impl Fn(&TermKind) -> Option<Affine<T>>) -> Option<Affine<T>> {
    let inner = |term: &Term| affine_in(term, leaf);
    match &term.kind {
        TermKind::Unary(Unary::Negate, one) => inner(one).map(|(id, a, b)| (id, -a, -b)),
        TermKind::Binary(operation, left, right) => {
            match (operation, inner(left), constant(right), constant(left), inner(right)) {
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
        other => leaf(other),
    }
}

/// The one draw that a term rises with (1) or falls with (−1), at a constant rate from a start that others may set.
pub(crate) fn lone(term: &Term) -> Option<(QuantityId, f64)> {
    let scaled = |inner: &Term, rate: Option<f64>| {
        let (id, sign) = lone(inner)?;
        rate.filter(|rate| rate.is_finite() && *rate != 0.0).map(|rate| (id, sign * rate.signum()))
    };
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
pub(crate) fn draws(term: &Term) -> bool {
    let mut found = false;
    term.walk(&mut |one| found |= matches!(one.kind, TermKind::Draw(_)));
    found
}

/// `scale` × `inner` + `shift`, or `None` if the scale makes a constant of it.
pub(crate) fn scaled(inner: &Distribution, scale: f64, shift: f64) -> Option<Distribution> {
    match (scale, shift) {
        (1.0, 0.0) => Some(inner.clone()),
        _ => Scaled::new(inner.clone(), scale, shift).ok().map(Distribution::Scaled),
    }
}
