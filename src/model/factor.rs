//! Factors, what is not known, and derived values, what follows from it.

use super::id::QuantityId;
use super::named::Named;
use super::term::Term;
use crate::diagnostic::Span;
use crate::distribution::Distribution;
use crate::scenario::Origin;

/// Something not known.
#[derive(Clone, Debug, PartialEq)]
pub struct Factor {
    /// What it is called.
    pub named: Named,
    /// What it is measured in, if the file says so.
    pub unit: Option<String>,
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
    /// What finding it out costs, in the unit of all costs of the file.
    pub cost: Option<f64>,
    /// Where it comes from.
    pub origin: Option<Origin>,
    /// Where its section begins.
    pub span: Span,
}

/// A quantity that follows from others.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// What it is called.
    pub named: Named,
    /// What it is measured in, if the file says so.
    pub unit: Option<String>,
    /// Its value when everything it depends on stands at its neutral point.
    pub neutral: f64,
    /// Its formula.
    pub value: Term,
    /// Where it comes from.
    pub origin: Option<Origin>,
}
