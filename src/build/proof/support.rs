//! Bounds on the values of formulas, by interval arithmetic (Moore 1966): always wide enough, not always tight.

use crate::expression::{Binary, Comparison, Unary};
use crate::model::{Lookup, Shape, Term, TermKind, Variable};

/// A closed interval; infinite ends where nothing is known.
pub(crate) type Hull = (f64, f64);

/// Nothing is known.
pub(crate) const LINE: Hull = (f64::NEG_INFINITY, f64::INFINITY);

/// A truth of which nothing is known.
pub(crate) const EITHER: Hull = (0.0, 1.0);

/// Bounds of a term's value; `leaf` gives those of variables and draws.
pub(crate) fn hull(term: &Term, leaf: &impl Fn(&TermKind) -> Hull) -> Hull {
    let found = match &term.kind {
        TermKind::Constant(value) => (*value, *value),
        TermKind::Unary(operation, one) => unary(*operation, hull(one, leaf)),
        TermKind::Binary(Binary::And, a, b) => match hull(a, leaf) {
            (0.0, 0.0) => (0.0, 0.0),
            known => binary(Binary::And, known, hull(b, leaf)),
        },
        TermKind::Binary(operation, a, b) => binary(*operation, hull(a, leaf), hull(b, leaf)),
        TermKind::Compare(comparison, a, b) => compare(*comparison, hull(a, leaf), hull(b, leaf)),
        TermKind::If(parts) => match hull(&parts[0], leaf) {
            (0.0, 0.0) => hull(&parts[2], leaf),
            (low, high) if low > 0.0 || high < 0.0 => hull(&parts[1], leaf),
            _ => union(hull(&parts[1], leaf), hull(&parts[2], leaf)),
        },
        TermKind::Within(one, low, high) => {
            let inner = hull(one, leaf);
            (inner.0.max(*low), inner.1.min(*high))
        }
        TermKind::Table(lookup) => {
            let empty = (f64::INFINITY, f64::NEG_INFINITY);
            let rows = rows(lookup, leaf).into_iter().map(|at| &lookup.rows[at]);
            rows.fold(empty, |sum, row| union(sum, hull(row, leaf)))
        }
        other => leaf(other),
    };
    if found.0.is_nan() || found.1.is_nan() { LINE } else { found }
}

/// The rows of a table that the states of its parents leave.
fn rows(lookup: &Lookup, leaf: &impl Fn(&TermKind) -> Hull) -> Vec<usize> {
    let can_be = |parent: Variable, state: usize| match parent {
        Variable::Category(id) => leaf(&TermKind::Is(id, state)).1 > 0.0,
        event => {
            let (low, high) = leaf(&TermKind::Variable(event));
            if state == 0 { low < 1.0 } else { high > 0.0 }
        }
    };
    lookup.parents.iter().fold(vec![0], |rows, (parent, count)| {
        let states: Vec<usize> = (0..*count).filter(|state| can_be(*parent, *state)).collect();
        rows.iter().flat_map(|at| states.iter().map(move |state| at * count + state)).collect()
    })
}

/// Whether a comparison holds: 1 or 0 where the bounds decide it.
fn compare(comparison: Comparison, a: Hull, b: Hull) -> Hull {
    let truth = |holds: bool, fails: bool| match (holds, fails) {
        (true, false) => (1.0, 1.0),
        (false, true) => (0.0, 0.0),
        _ => EITHER,
    };
    let apart = a.1 < b.0 || b.1 < a.0;
    let same = a.0 == a.1 && a == b;
    match comparison {
        Comparison::Less => truth(a.1 < b.0, a.0 >= b.1),
        Comparison::LessOrEqual => truth(a.1 <= b.0, a.0 > b.1),
        Comparison::Greater => truth(a.0 > b.1, a.1 <= b.0),
        Comparison::GreaterOrEqual => truth(a.0 >= b.1, a.1 < b.0),
        Comparison::Equal => truth(same, apart),
        Comparison::NotEqual => truth(apart, same),
    }
}

/// Bounds of what a shape draws, given bounds of its parameters.
pub(crate) fn shape(shape: &Shape, parameter: &impl Fn(&Term) -> Hull) -> Hull {
    match shape {
        Shape::Fixed(distribution) => distribution.support(),
        Shape::Family(family, _, parameters) => {
            let hulls: Vec<Hull> = parameters.iter().map(parameter).collect();
            family.support(&hulls)
        }
        Shape::Scaled(inner, scale, shift) => {
            let stretched = binary(Binary::Multiply, self::shape(inner, parameter), parameter(scale));
            binary(Binary::Add, stretched, parameter(shift))
        }
        Shape::Truncated(inner, low, high) => {
            let inner = self::shape(inner, parameter);
            (inner.0.max(parameter(low).0), inner.1.min(parameter(high).1))
        }
        Shape::Mixture(parts) => {
            let empty = (f64::INFINITY, f64::NEG_INFINITY);
            parts.iter().fold(empty, |sum, (_, part)| union(sum, self::shape(part, parameter)))
        }
    }
}

fn union(a: Hull, b: Hull) -> Hull {
    (a.0.min(b.0), a.1.max(b.1))
}

fn unary(operation: Unary, (low, high): Hull) -> Hull {
    let rising = |low: f64, high: f64| (operation.apply(low), operation.apply(high));
    match operation {
        Unary::Negate => (-high, -low),
        Unary::Not => (1.0 - high, 1.0 - low),
        Unary::Abs if low <= 0.0 && high >= 0.0 => (0.0, high.max(-low)),
        Unary::Abs => (low.abs().min(high.abs()), low.abs().max(high.abs())),
        Unary::Sqrt | Unary::Ln | Unary::Log10 => rising(low.max(0.0), high.max(0.0)),
        Unary::Logit => rising(low.clamp(0.0, 1.0), high.clamp(0.0, 1.0)),
        Unary::Exp
        | Unary::Logistic
        | Unary::Floor
        | Unary::Ceil
        | Unary::Round
        | Unary::Saturate
        | Unary::NormalLevel => rising(low, high),
    }
}

fn binary(operation: Binary, a: Hull, b: Hull) -> Hull {
    match operation {
        Binary::Add => (a.0 + b.0, a.1 + b.1),
        Binary::Subtract => (a.0 - b.1, a.1 - b.0),
        Binary::Multiply => corners(a, b, product),
        Binary::And | Binary::Weigh => corners(a, b, product),
        Binary::StudentLevel => (0.0, 1.0),
        Binary::Divide if b.0 <= 0.0 && b.1 >= 0.0 => LINE,
        Binary::Divide => corners(a, b, |x, y| if y.is_infinite() { 0.0 } else { x / y }),
        Binary::Min => (a.0.min(b.0), a.1.min(b.1)),
        Binary::Max | Binary::Or => (a.0.max(b.0), a.1.max(b.1)),
        Binary::Power => power(a, b),
    }
}

/// 0 × ∞ is 0 here: the end of an interval, not a limit.
fn product(x: f64, y: f64) -> f64 {
    if x == 0.0 || y == 0.0 { 0.0 } else { x * y }
}

fn corners(a: Hull, b: Hull, operation: impl Fn(f64, f64) -> f64) -> Hull {
    let all = [operation(a.0, b.0), operation(a.0, b.1), operation(a.1, b.0), operation(a.1, b.1)];
    if all.iter().any(|one| one.is_nan()) {
        return LINE;
    }
    (all.iter().copied().fold(f64::INFINITY, f64::min), all.iter().copied().fold(f64::NEG_INFINITY, f64::max))
}

/// Monotone in each argument where the base is not negative; a constant even power is not negative anywhere.
fn power(a: Hull, b: Hull) -> Hull {
    if a.0 >= 0.0 {
        return corners(a, b, |x, y| Binary::Power.apply(x, y));
    }
    if b.0 == b.1 && b.0 > 0.0 && b.0 % 2.0 == 0.0 {
        let (low, high) = unary(Unary::Abs, a);
        return (Binary::Power.apply(low, b.0), Binary::Power.apply(high, b.0));
    }
    LINE
}

/// The range of a factor that declares none: [0, 1] if the prior lies within it, else its half-line or the line.
pub(crate) fn default_range((low, high): Hull) -> Hull {
    if low >= 0.0 && high <= 1.0 {
        (0.0, 1.0)
    } else if low >= 0.0 {
        (0.0, f64::INFINITY)
    } else if high <= 0.0 {
        (f64::NEG_INFINITY, 0.0)
    } else {
        LINE
    }
}

/// The neutral point of a factor that declares none: the middle of a finite range, 1 on the positive half-line, else 0.
pub(crate) fn default_neutral((low, high): Hull) -> f64 {
    if low.is_finite() && high.is_finite() {
        low + (high - low) / 2.0
    } else if low == 0.0 {
        1.0
    } else {
        0.0
    }
}
