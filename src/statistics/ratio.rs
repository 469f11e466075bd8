//! Ratios of two means, such as weighted means and conditional probabilities.

use super::{Comoments, Estimate, Moments, sum};

/// The ratio Σ numerators / Σ denominators over R independent replicates, or `None` if a denominator without one of
/// the replicates vanishes, or lengths differ.
///
/// The error is the delete-one jackknife's over replicates (Efron 1982, "The jackknife, the bootstrap and other
/// resampling plans", equation 3.1): `√((R − 1)/R · Σ (θ₍ᵢ₎ − θ̄)²)`, where θ₍ᵢ₎ leaves out replicate i, and the
/// interval Student's t with R − 1 degrees of freedom.
///
/// ```
/// use foretell::statistics::ratio_of_replicates;
///
/// let ratio = ratio_of_replicates(&[1.0, 2.0, 3.0], &[4.0, 4.0, 4.0]).unwrap();
/// assert_eq!(ratio.value, 0.5);
/// ```
pub fn ratio_of_replicates(numerators: &[f64], denominators: &[f64]) -> Option<Estimate> {
    let count = numerators.len();
    if count != denominators.len() {
        return None;
    }
    let ratio_without = |left_out: Option<usize>| {
        let kept =
            |values: &[f64]| sum((0..count).map(|i| if Some(i) == left_out { 0.0 } else { values[i] }));
        let denominator = kept(denominators);
        (denominator != 0.0 && denominator.is_finite()).then(|| kept(numerators) / denominator)
    };
    let value = ratio_without(None)?;
    if count < 2 {
        return Some(Estimate::from_error(value, f64::INFINITY, 0));
    }
    let leave_one_out: Vec<f64> = (0..count).map(|i| ratio_without(Some(i))).collect::<Option<_>>()?;
    let r = count as f64;
    let std_error = ((r - 1.0) / r * Moments::of(&leave_one_out).squares()).sqrt();
    Some(Estimate::from_error(value, std_error, count as u64 - 1))
}

/// The ratio of the means of columns `numerator` and `denominator` over n independent draws, or `None` if the
/// denominator's mean vanishes or `comoments` does not follow all three pairs of the two columns.
///
/// The error is the delta method's (Cochran 1977, "Sampling techniques", equation 6.13):
/// `s²(r) = (s_nn − 2·r·s_nd + r²·s_dd) / (n·d̄²)`.
pub fn ratio_of_draws(comoments: &Comoments, numerator: usize, denominator: usize) -> Option<Estimate> {
    let mean = *comoments.means().get(denominator)?;
    let ratio = comoments.means().get(numerator)? / mean;
    let covariance = |i, j| comoments.covariance_of(i, j);
    let residual = covariance(numerator, numerator)? - 2.0 * ratio * covariance(numerator, denominator)?
        + ratio * ratio * covariance(denominator, denominator)?;
    let count = comoments.count();
    // Equal columns give a residual of 0 up to rounding, which may fall below it.
    let std_error = (residual.max(0.0) / count as f64).sqrt() / mean.abs();
    let estimate = Estimate::from_error(ratio, std_error, count.saturating_sub(1));
    (mean != 0.0 && mean.is_finite()).then_some(estimate)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, unit, word};

    #[test]
    fn with_equal_denominators_the_jackknife_is_the_error_of_the_mean() {
        let numerators = [0.31, 0.28, 0.33, 0.30, 0.29, 0.35, 0.27, 0.30];
        let ratio = ratio_of_replicates(&numerators, &[0.5; 8]).unwrap();
        let mean = Estimate::from_replicates(&numerators.map(|x| 2.0 * x));
        assert!((ratio.value / mean.value - 1.0).abs() < 1e-14);
        assert!((ratio.std_error / mean.std_error - 1.0).abs() < 1e-12);
    }

    #[test]
    fn the_jackknife_is_that_of_a_textbook_by_hand() {
        // Leaving out each of (1, 2), (2, 3), (4, 5): 6/8, 5/7, 3/5; mean 289/420, Σ(θ − θ̄)² = 1093/88200.
        let ratio = ratio_of_replicates(&[1.0, 2.0, 4.0], &[2.0, 3.0, 5.0]).unwrap();
        assert_eq!(ratio.value, 0.7);
        let leave_one_out = [6.0 / 8.0, 5.0 / 7.0, 3.0 / 5.0];
        let mean = leave_one_out.iter().sum::<f64>() / 3.0;
        let squares: f64 = leave_one_out.iter().map(|theta| (theta - mean).powi(2)).sum();
        assert!((ratio.std_error / (2.0 / 3.0 * squares).sqrt() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn ratios_without_a_denominator_are_none() {
        assert_eq!(ratio_of_replicates(&[1.0, 1.0], &[0.0, 0.0]), None);
        assert_eq!(ratio_of_replicates(&[1.0, 1.0], &[0.0, 1.0]), None, "one replicate has all the weight");
        assert_eq!(ratio_of_replicates(&[1.0], &[1.0, 2.0]), None);
        let zeros = Comoments::of(&[(0, 0), (0, 1), (1, 1)].into(), &[&[1.0, 2.0], &[0.0, 0.0]]);
        assert_eq!(ratio_of_draws(&zeros, 0, 1), None);
    }

    /// Draws of (x·w, w) for x uniform on (0, 1) and w the square of another uniform: the ratio is ½.
    fn draws(seed: u64, n: u64) -> [Vec<f64>; 2] {
        let uniform = |column, row| unit(word(Key::new(seed).numbered(column), row));
        let weights: Vec<f64> = (0..n).map(|row| uniform(0, row).powi(2)).collect();
        [(0..n).map(|row| uniform(1, row) * weights[row as usize]).collect(), weights]
    }

    fn delta(columns: &[Vec<f64>; 2]) -> Estimate {
        let comoments = Comoments::of(&[(0, 0), (0, 1), (1, 1)].into(), &[&columns[0], &columns[1]]);
        ratio_of_draws(&comoments, 0, 1).unwrap()
    }

    #[test]
    fn ratio_intervals_cover_and_the_numerators_error_alone_does_not() {
        let seeds = 1000;
        let (mut by_delta, mut by_jackknife, mut by_numerator) = (0, 0, 0);
        for seed in 0..seeds {
            let columns = draws(seed, 800);
            let means =
                |c: usize| columns[c].chunks(100).map(|part| sum(part.iter().copied())).collect::<Vec<_>>();
            let covers =
                |estimate: Estimate| i32::from((estimate.value - 0.5).abs() <= estimate.half_width());
            by_delta += covers(delta(&columns));
            by_jackknife += covers(ratio_of_replicates(&means(0), &means(1)).unwrap());
            let numerator = Estimate::from_moments(&Moments::of(&columns[0]));
            let mean_weight = Moments::of(&columns[1]).mean();
            let value = delta(&columns).value;
            by_numerator += covers(Estimate::from_error(value, numerator.std_error / mean_weight, 799));
        }
        // Binomial(1000, 0.9) has standard deviation 9.5.
        let z = |covered: i32| (f64::from(covered) - 900.0) / 90f64.sqrt();
        assert!(z(by_delta).abs() < 4.0, "{by_delta}");
        assert!(z(by_jackknife).abs() < 4.0, "{by_jackknife}");
        assert!(z(by_numerator).abs() > 4.0, "{by_numerator}: the covariance must count");
    }
}
