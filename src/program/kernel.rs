//! The loops: one `match` on the operation outside, one dull loop over slices inside.

use crate::expression::operation::{Binary, Comparison, Unary, select as choose};
use crate::math::elementary;
use crate::model::within as hold;

/// A column, or a number that stands for a column of itself.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    Column(&'a [f64]),
    Constant(f64),
}

impl Source<'_> {
    pub(super) fn at(self, index: usize) -> f64 {
        match self {
            Source::Column(column) => column[index],
            Source::Constant(value) => value,
        }
    }
}

#[inline(always)]
fn map(out: &mut [f64], a: &[f64], operation: impl Fn(f64) -> f64) {
    for (out, a) in out.iter_mut().zip(a) {
        *out = operation(*a);
    }
}

#[inline(always)]
fn zip(out: &mut [f64], a: Source, b: Source, operation: impl Fn(f64, f64) -> f64) {
    match (a, b) {
        (Source::Column(a), Source::Column(b)) => {
            for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
                *out = operation(*a, *b);
            }
        }
        (Source::Column(a), Source::Constant(b)) => map(out, a, |a| operation(a, b)),
        (Source::Constant(a), Source::Column(b)) => map(out, b, |b| operation(a, b)),
        (Source::Constant(a), Source::Constant(b)) => out.fill(operation(a, b)),
    }
}

/// A match that gives every operation on one value a loop of its own.
macro_rules! unary_loops {
    ($operation:expr, $out:expr, $a:expr; $($name:ident)*) => {
        match $operation { $(Unary::$name => map($out, $a, |x| Unary::$name.apply(x)),)* }
    };
}

/// The same for operations on two values.
macro_rules! binary_loops {
    ($kind:ident, $operation:expr, $out:expr, $a:expr, $b:expr; $($name:ident)*) => {
        match $operation { $($kind::$name => zip($out, $a, $b, |x, y| $kind::$name.apply(x, y)),)* }
    };
}

pub(super) fn unary(operation: Unary, out: &mut [f64], a: &[f64]) {
    unary_loops!(operation, out, a;
        Negate Not Abs Sqrt Exp Ln Log10 Logistic Logit Floor Ceil Round Saturate);
}

pub(super) fn binary(operation: Binary, out: &mut [f64], a: Source, b: Source) {
    binary_loops!(Binary, operation, out, a, b; Add Subtract Multiply Divide Power Min Max And Or);
}

pub(super) fn compare(comparison: Comparison, out: &mut [f64], a: Source, b: Source) {
    binary_loops!(Comparison, comparison, out, a, b;
        Less LessOrEqual Greater GreaterOrEqual Equal NotEqual);
}

pub(super) fn select(out: &mut [f64], condition: &[f64], one: Source, other: Source) {
    match (one, other) {
        (Source::Constant(one), Source::Constant(other)) => map(out, condition, |c| choose(c, one, other)),
        _ => {
            for (index, (out, condition)) in out.iter_mut().zip(condition).enumerate() {
                *out = choose(*condition, one.at(index), other.at(index));
            }
        }
    }
}

pub(super) fn within(out: &mut [f64], a: &[f64], low: f64, high: f64) {
    map(out, a, |x| hold(x, low, high));
}

/// out = max(out, a).
pub(super) fn raise(out: &mut [f64], a: Source) {
    for (index, out) in out.iter_mut().enumerate() {
        *out = Binary::Max.apply(*out, a.at(index));
    }
}

/// out = exp(score − largest).
pub(super) fn power_above(out: &mut [f64], score: Source, largest: &[f64]) {
    zip(out, score, Source::Column(largest), |score, largest| elementary::exp(score - largest));
}

/// out = out + a.
pub(super) fn accumulate(out: &mut [f64], a: &[f64]) {
    for (out, a) in out.iter_mut().zip(a) {
        *out += *a;
    }
}

/// out = out / by.
pub(super) fn divide(out: &mut [f64], by: &[f64]) {
    for (out, by) in out.iter_mut().zip(by) {
        *out /= *by;
    }
}
