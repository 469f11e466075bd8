//! The arithmetic of the language on one value: the definition that every evaluator shares, so that a number does
//! not depend on which of them made it.
//!
//! Truth is 1 and falsehood 0. NaN stands for "void": every operation hands it on, comparisons and logic too, so
//! that a draw that went wrong can't pass for a sound one.

use crate::distribution::student_level;
use crate::math::elementary;
use crate::math::special::normal_level;

/// Operations on one value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unary {
    /// −x.
    Negate,
    /// 1 − x on truths.
    Not,
    /// |x|.
    Abs,
    /// √x.
    Sqrt,
    /// e^x.
    Exp,
    /// ln x.
    Ln,
    /// log₁₀ x.
    Log10,
    /// 1 / (1 + e^−x).
    Logistic,
    /// ln(x / (1 − x)).
    Logit,
    /// ⌊x⌋.
    Floor,
    /// ⌈x⌉.
    Ceil,
    /// Nearest whole number, halves away from zero.
    Round,
    /// 1 − e^−x, accurate for small x.
    Saturate,
    /// Φ(x), the standard normal distribution function, held inside (0, 1) so that it can stand for a uniform.
    NormalLevel,
}

/// Operations on two values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Binary {
    /// a + b.
    Add,
    /// a − b.
    Subtract,
    /// a × b.
    Multiply,
    /// a / b.
    Divide,
    /// a to the power b.
    Power,
    /// The smaller.
    Min,
    /// The larger.
    Max,
    /// Both truths.
    And,
    /// Either truth.
    Or,
    /// a × b, and 0 where either is 0, whatever the other. What can't happen may be void.
    Weigh,
    /// The distribution function of Student's t at a, with b degrees of freedom, held inside (0, 1).
    StudentLevel,
}

/// Comparisons.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// a < b.
    Less,
    /// a ≤ b.
    LessOrEqual,
    /// a > b.
    Greater,
    /// a ≥ b.
    GreaterOrEqual,
    /// a = b.
    Equal,
    /// a ≠ b.
    NotEqual,
}

impl Unary {
    /// The operation on one value.
    #[inline(always)]
    pub fn apply(self, x: f64) -> f64 {
        match self {
            Unary::Negate => -x,
            Unary::Not => 1.0 - x,
            Unary::Abs => x.abs(),
            Unary::Sqrt => x.sqrt(),
            Unary::Exp => elementary::exp(x),
            Unary::Ln => elementary::ln(x),
            Unary::Log10 => elementary::log10(x),
            Unary::Logistic => elementary::logistic(x),
            Unary::Logit => elementary::logit(x),
            Unary::Floor => x.floor(),
            Unary::Ceil => x.ceil(),
            Unary::Round => x.round(),
            Unary::Saturate => -elementary::exp_m1(-x),
            Unary::NormalLevel => normal_level(x).clamp(f64::MIN_POSITIVE, 1.0 - 0.5 * f64::EPSILON),
        }
    }
}

impl Binary {
    /// The operation on two values.
    #[inline(always)]
    pub fn apply(self, a: f64, b: f64) -> f64 {
        match self {
            Binary::Add => a + b,
            Binary::Subtract => a - b,
            Binary::Multiply | Binary::And => a * b,
            Binary::Divide => a / b,
            Binary::Weigh => {
                if a == 0.0 || b == 0.0 {
                    0.0
                } else {
                    a * b
                }
            }
            Binary::StudentLevel => student_level(a, b),
            Binary::Power => void_or(a, b, elementary::pow(a, b)),
            Binary::Min => void_or(a, b, if b < a { b } else { a }),
            Binary::Max | Binary::Or => void_or(a, b, if b > a { b } else { a }),
        }
    }
}

impl Comparison {
    /// 1 if it holds, 0 if not, NaN if either side is void.
    #[inline(always)]
    pub fn apply(self, a: f64, b: f64) -> f64 {
        let holds = match self {
            Comparison::Less => a < b,
            Comparison::LessOrEqual => a <= b,
            Comparison::Greater => a > b,
            Comparison::GreaterOrEqual => a >= b,
            Comparison::Equal => a == b,
            Comparison::NotEqual => a != b,
        };
        void_or(a, b, if holds { 1.0 } else { 0.0 })
    }

    /// The same comparison with its sides exchanged.
    pub fn mirrored(self) -> Comparison {
        match self {
            Comparison::Less => Comparison::Greater,
            Comparison::LessOrEqual => Comparison::GreaterOrEqual,
            Comparison::Greater => Comparison::Less,
            Comparison::GreaterOrEqual => Comparison::LessOrEqual,
            same => same,
        }
    }

    /// As it is written.
    pub fn symbol(self) -> &'static str {
        match self {
            Comparison::Less => "<",
            Comparison::LessOrEqual => "<=",
            Comparison::Greater => ">",
            Comparison::GreaterOrEqual => ">=",
            Comparison::Equal => "==",
            Comparison::NotEqual => "!=",
        }
    }
}

/// `if condition then one else other`; a void condition makes a void result, a void branch not taken does not.
#[inline(always)]
pub fn select(condition: f64, one: f64, other: f64) -> f64 {
    let chosen = if condition != 0.0 { one } else { other };
    if condition.is_nan() { condition } else { chosen }
}

/// `value` unless a or b is NaN.
#[inline(always)]
fn void_or(a: f64, b: f64, value: f64) -> f64 {
    if a.is_nan() || b.is_nan() { f64::NAN } else { value }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn void_is_handed_on_by_every_operation() {
        let nan = f64::NAN;
        for operation in [Binary::Add, Binary::Min, Binary::Max, Binary::And, Binary::Or, Binary::Divide] {
            assert!(operation.apply(nan, 1.0).is_nan() && operation.apply(1.0, nan).is_nan());
        }
        assert!(Comparison::Less.apply(nan, 1.0).is_nan() && Comparison::NotEqual.apply(1.0, nan).is_nan());
        assert!(Unary::Not.apply(nan).is_nan());
    }

    #[test]
    fn a_branch_not_taken_cannot_spoil_the_choice() {
        assert_eq!(select(1.0, 3.0, f64::NAN), 3.0);
        assert_eq!(select(0.0, f64::NAN, 4.0), 4.0);
        assert!(select(f64::NAN, 3.0, 4.0).is_nan());
    }
}
