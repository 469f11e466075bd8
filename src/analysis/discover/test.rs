//! Whether a limit of a box does anything, by chance alone.

use crate::math::special::{beta_regularized, normal_cdf};

/// How probable at least `hits` of `count` rows are of interest if each is so with probability `share`: the quasi-p-value of a limit
/// whose box has these, where `share` is that of the box without it (Bryant & Lempert 2010, section 3.3). Low where it does
/// something; "quasi", since the box was chosen to have a high share.
pub(super) fn binomial(hits: u64, count: u64, share: f64) -> f64 {
    match hits {
        0 => 1.0,
        _ if share >= 1.0 => 1.0,
        _ if share <= 0.0 => 0.0,
        // P(X ≥ h) = I_p(h, n − h + 1).
        _ => beta_regularized(hits as f64, (count - hits) as f64 + 1.0, share),
    }
}

/// How probable a difference of at least so many standard errors is where there is none: by Student's t with the degrees of freedom
/// that the error has, or by the normal distribution.
pub(super) fn one_sided(errors: f64, freedom: Option<f64>) -> f64 {
    let Some(freedom) = freedom.filter(|_| errors.is_finite()) else { return normal_cdf(-errors) };
    let outside = 0.5 * beta_regularized(freedom / 2.0, 0.5, freedom / (freedom + errors * errors));
    if errors > 0.0 { outside } else { 1.0 - outside }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::student_t_quantile;

    #[test]
    fn quasi_p_values_are_sums_of_binomial_terms() {
        // 8 or more of 10 at ½: (45 + 10 + 1) / 1024; 3 of 3 at 0.2: 0.008; 1 or more of 4 at 0.1: 1 − 0.9⁴.
        let known = [((8, 10, 0.5), 56.0 / 1024.0), ((3, 3, 0.2), 0.008), ((1, 4, 0.1), 1.0 - 0.6561)];
        for ((hits, count, share), expected) in known {
            assert!((binomial(hits, count, share) - expected).abs() < 1e-14, "{hits} of {count}");
        }
        assert_eq!([binomial(0, 5, 0.3), binomial(5, 5, 1.0), binomial(1, 5, 0.0)], [1.0, 1.0, 0.0]);
    }

    #[test]
    fn tails_of_student_are_the_inverse_of_its_quantiles() {
        for (p, freedom) in [(0.95, 7.0), (0.5, 3.0), (0.99, 15.0), (0.2, 7.0)] {
            let found = one_sided(student_t_quantile(p, freedom), Some(freedom));
            assert!((found - (1.0 - p)).abs() < 1e-9, "{found} for {p}");
        }
        assert!((one_sided(1.644_853_626_951_472_2, None) - 0.05).abs() < 1e-12);
        assert_eq!(one_sided(f64::INFINITY, Some(7.0)), 0.0);
    }
}
