//! How a verdict looks.

use crate::analysis::claims::Comparison;

/// The decimals of a difference in points.
pub const DECIMALS: usize = 1;

/// The signs of verdicts.
pub const AGREES: &str = "✓";
pub const DISAGREES: &str = "✗";
pub const OPEN: &str = "?";

/// How large a difference is.
pub fn size(one: &Comparison) -> f64 {
    one.difference.value.abs()
}
