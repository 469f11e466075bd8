//! Sizes whose squares can be represented.

/// Sizes whose squares, and sums and ratios of them, lose nothing.
const MODERATE: std::ops::Range<f64> = 1e-100..1e100;

/// The power of two that makes the greatest of some sizes, of those that are finite, a moderate number, where its square would overflow or underflow;
/// else 1. What is multiplied by it loses nothing.
///
/// ```
/// use foretell::statistics::moderating;
///
/// assert_eq!(moderating([3.0, 1e9].into_iter()), 1.0);
/// assert_eq!(moderating([1e-300].into_iter()), 2f64.powi(997));
/// ```
pub fn moderating(sizes: impl Iterator<Item = f64>) -> f64 {
    let greatest = sizes.filter(|size| size.is_finite()).fold(0.0, f64::max);
    match greatest == 0.0 || MODERATE.contains(&greatest) {
        true => 1.0,
        false => libm::exp2(-libm::round(libm::log2(greatest)).clamp(-1000.0, 1000.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_sizes_whose_squares_are_lost_are_moved() {
        for moderate in [0.0, 1e-99, 1.0, 1e99, f64::INFINITY, f64::NAN] {
            assert_eq!(moderating([0.0, moderate].into_iter()), 1.0);
        }
        for greatest in [5e-324, 1e-307, 1e-101, 1e101, f64::MAX] {
            let found = moderating([greatest, 0.0].into_iter());
            assert!(MODERATE.contains(&(greatest * found)), "{greatest}");
            assert_eq!(greatest * found / found, greatest);
        }
    }
}
