//! The loops: one `match` on the operation outside, one dull loop over slices inside, each compiled for every
//! [`InstructionSet`].

use super::schedule::Addend;
use crate::expression::operation::{Binary, Comparison, Unary, select as choose};
use crate::kernel;
use crate::math::elementary;
use crate::math::instruction_set::InstructionSet;
use crate::model::within as hold;

/// A column, or a number that stands for a column of itself.
#[derive(Clone, Copy)]
pub(super) enum Source<'a> {
    Column(&'a [f64]),
    Constant(f64),
}

impl Source<'_> {
    #[inline(always)]
    pub(super) fn at(self, index: usize) -> f64 {
        match self {
            Source::Column(column) => column[index],
            Source::Constant(value) => value,
        }
    }
}

/// A loop for every operation on one value, and the match between them.
macro_rules! unary_kernels {
    ($($name:ident $kernel:ident)*) => {
        $(kernel! {
            fn $kernel(out: &mut [f64], a: &[f64]) {
                for (out, a) in out.iter_mut().zip(a) {
                    *out = Unary::$name.apply(*a);
                }
            }
        })*

        pub(super) fn unary(level: InstructionSet, operation: Unary, out: &mut [f64], a: &[f64]) {
            match operation {
                $(Unary::$name => $kernel(level, out, a),)*
            }
        }
    };
}

unary_kernels! {
    Negate negate Not not Abs abs Sqrt sqrt Exp exp Ln ln Log10 log10 Logistic logistic Logit logit
    Floor floor Ceil ceil Round round Saturate saturate NormalLevel normal_level
}

/// Three loops for every operation on two values (columns, a number on the right, a number on the left), and the match
/// between them.
macro_rules! binary_kernels {
    ($function:ident, $kind:ident: $($name:ident $module:ident)*) => {
        $(mod $module {
            use super::*;

            kernel! {
                pub(super) fn columns(out: &mut [f64], a: &[f64], b: &[f64]) {
                    for ((out, a), b) in out.iter_mut().zip(a).zip(b) {
                        *out = $kind::$name.apply(*a, *b);
                    }
                }
            }

            kernel! {
                pub(super) fn number_right(out: &mut [f64], a: &[f64], b: f64) {
                    for (out, a) in out.iter_mut().zip(a) {
                        *out = $kind::$name.apply(*a, b);
                    }
                }
            }

            kernel! {
                pub(super) fn number_left(out: &mut [f64], a: f64, b: &[f64]) {
                    for (out, b) in out.iter_mut().zip(b) {
                        *out = $kind::$name.apply(a, *b);
                    }
                }
            }
        })*

        pub(super) fn $function(level: InstructionSet, operation: $kind, out: &mut [f64], a: Source, b: Source) {
            match (operation, a, b) {
                $(
                    ($kind::$name, Source::Column(a), Source::Column(b)) => $module::columns(level, out, a, b),
                    ($kind::$name, Source::Column(a), Source::Constant(b)) => $module::number_right(level, out, a, b),
                    ($kind::$name, Source::Constant(a), Source::Column(b)) => $module::number_left(level, out, a, b),
                )*
                (_, Source::Constant(a), Source::Constant(b)) => out.fill(operation.apply(a, b)),
            }
        }
    };
}

binary_kernels! {
    binary, Binary:
    Add add Subtract subtract Multiply multiply Divide divide Power power Min min Max max And and Or or Weigh weigh
    StudentLevel student_level
}

binary_kernels! {
    compare, Comparison:
    Less less LessOrEqual less_or_equal Greater greater GreaterOrEqual greater_or_equal Equal equal
    NotEqual not_equal
}

kernel! {
    pub(super) fn select(out: &mut [f64], condition: &[f64], one: Source, other: Source) {
        for (index, (out, condition)) in out.iter_mut().zip(condition).enumerate() {
            *out = choose(*condition, one.at(index), other.at(index));
        }
    }
}

kernel! {
    pub(super) fn within(out: &mut [f64], a: &[f64], low: f64, high: f64) {
        for (out, a) in out.iter_mut().zip(a) {
            *out = hold(*a, low, high);
        }
    }
}

/// weight × (column − neutral).
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) column: &'a [f64],
    pub(super) weight: f64,
    pub(super) neutral: f64,
}

/// A few terms of a weighted sum in one pass, in their order: on top of a number, and on top of what is there.
macro_rules! weighted_kernels {
    ($start:ident $add:ident, $count:literal) => {
        kernel! {
            pub(super) fn $start(out: &mut [f64], start: f64, parts: [Part; $count]) {
                if parts.iter().all(|part| part.neutral.to_bits() == 0) {
                    add_parts(out, #[inline(always)] |_| start, parts, #[inline(always)] |x, _| x);
                } else {
                    add_parts(out, #[inline(always)] |_| start, parts, #[inline(always)] |x, neutral| x - neutral);
                }
            }
        }

        kernel! {
            pub(super) fn $add(out: &mut [f64], parts: [Part; $count]) {
                if parts.iter().all(|part| part.neutral.to_bits() == 0) {
                    add_parts(out, #[inline(always)] |out| out, parts, #[inline(always)] |x, _| x);
                } else {
                    add_parts(out, #[inline(always)] |out| out, parts, #[inline(always)] |x, neutral| x - neutral);
                }
            }
        }
    };
}

weighted_kernels!(start_one_weighted add_one_weighted, 1);
weighted_kernels!(start_two_weighted add_two_weighted, 2);
weighted_kernels!(start_three_weighted add_three_weighted, 3);
weighted_kernels!(start_four_weighted add_four_weighted, 4);

/// Nothing is taken off where every neutral is 0: x − 0 is x, to the last bit.
#[inline(always)]
fn add_parts<const N: usize>(
    out: &mut [f64],
    start: impl Fn(f64) -> f64,
    parts: [Part; N],
    distance: impl Fn(f64, f64) -> f64,
) {
    let length = parts.iter().map(|part| part.column.len()).fold(out.len(), usize::min);
    let parts = parts.map(|part| Part { column: &part.column[..length], ..part });
    for (index, out) in out[..length].iter_mut().enumerate() {
        let mut sum = start(*out);
        for part in &parts {
            sum += part.weight * distance(part.column[index], part.neutral);
        }
        *out = sum;
    }
}

/// start + Σ weight × (column − neutral), from left to right, four terms a pass.
pub(super) fn weighted_sum<'a>(
    level: InstructionSet,
    out: &mut [f64],
    start: f64,
    terms: &[Addend],
    part: impl Fn(&Addend) -> Part<'a>,
) {
    let part = &part;
    let (first, rest) = terms.split_at(terms.len().min(4));
    match first {
        [a] => start_one_weighted(level, out, start, [a].map(part)),
        [a, b] => start_two_weighted(level, out, start, [a, b].map(part)),
        [a, b, c] => start_three_weighted(level, out, start, [a, b, c].map(part)),
        [a, b, c, d] => start_four_weighted(level, out, start, [a, b, c, d].map(part)),
        _ => out.fill(start),
    }
    for terms in rest.chunks(4) {
        match terms {
            [a] => add_one_weighted(level, out, [a].map(part)),
            [a, b] => add_two_weighted(level, out, [a, b].map(part)),
            [a, b, c] => add_three_weighted(level, out, [a, b, c].map(part)),
            [a, b, c, d] => add_four_weighted(level, out, [a, b, c, d].map(part)),
            _ => {}
        }
    }
}

kernel! {
    /// out = max(out, a).
    pub(super) fn raise(out: &mut [f64], a: Source) {
        match a {
            Source::Column(a) => {
                for (out, a) in out.iter_mut().zip(a) {
                    *out = Binary::Max.apply(*out, *a);
                }
            }
            Source::Constant(a) => {
                for out in out.iter_mut() {
                    *out = Binary::Max.apply(*out, a);
                }
            }
        }
    }
}

kernel! {
    /// out = exp(score − largest), and sum = sum + out.
    pub(super) fn power_above(out: &mut [f64], sum: &mut [f64], score: Source, largest: &[f64]) {
        match score {
            Source::Column(score) => {
                for (((out, sum), score), largest) in out.iter_mut().zip(sum).zip(score).zip(largest) {
                    *out = elementary::exp_nonpositive(*score - *largest);
                    *sum += *out;
                }
            }
            Source::Constant(score) => {
                for ((out, sum), largest) in out.iter_mut().zip(sum).zip(largest) {
                    *out = elementary::exp_nonpositive(score - *largest);
                    *sum += *out;
                }
            }
        }
    }
}

kernel! {
    /// out = 1 / out.
    pub(super) fn invert(out: &mut [f64]) {
        for out in out.iter_mut() {
            *out = 1.0 / *out;
        }
    }
}

kernel! {
    /// out = out × by.
    pub(super) fn multiply_by(out: &mut [f64], by: &[f64]) {
        for (out, by) in out.iter_mut().zip(by) {
            *out *= *by;
        }
    }
}

/// A few scores to shares in one pass, as the passes above would give them.
macro_rules! softmax_kernel {
    ($name:ident, $count:literal: $($share:ident $score:ident)*) => {
        kernel! {
            pub(super) fn $name(shares: [&mut [f64]; $count], scores: [&[f64]; $count]) {
                let [$($share),*] = shares;
                let [$($score),*] = scores;
                let length = [$($share.len(), $score.len()),*].into_iter().min().unwrap_or(0);
                $(let $share = &mut $share[..length]; let $score = &$score[..length];)*
                for i in 0..length {
                    [$($share[i]),*] = shares_of([$($score[i]),*]);
                }
            }
        }
    };
}

softmax_kernel!(softmax_two, 2: p a q b);
softmax_kernel!(softmax_three, 3: p a q b r c);
softmax_kernel!(softmax_four, 4: p a q b r c s d);

/// The softmax of a few scores. The largest is brought to the end and back, because its power is 1: a power less for some
/// selections. With [`elementary::exp_nonpositive`], 2.2 in place of 3.7 ns a draw with three outcomes on AVX-512.
#[inline(always)]
fn shares_of<const N: usize>(mut scores: [f64; N]) -> [f64; N] {
    let mut swapped = [false; N];
    for i in 0..N - 1 {
        swapped[i] = scores[i] > scores[N - 1];
        swap_if(swapped[i], &mut scores, i);
    }
    let largest = scores[N - 1];
    for score in &mut scores[..N - 1] {
        *score = elementary::exp_nonpositive(*score - largest);
    }
    // The product makes a NaN of a largest score that is not finite, as its power would. A NaN elsewhere reaches every share
    // through the sum.
    scores[N - 1] = 1.0 + 0.0 * largest;
    for i in (0..N - 1).rev() {
        swap_if(swapped[i], &mut scores, i);
    }
    let mut sum = 0.0;
    scores.iter().for_each(|power| sum += power);
    // One division for all: a wide one takes as long as eight products.
    let whole = 1.0 / sum;
    scores.map(|power| power * whole)
}

#[inline(always)]
fn swap_if<const N: usize>(condition: bool, values: &mut [f64; N], i: usize) {
    let (one, last) = (values[i], values[N - 1]);
    values[i] = if condition { last } else { one };
    values[N - 1] = if condition { one } else { last };
}
