//! A number from draws, with its error.

use crate::distribution::Family;

use super::Moments;

/// The level of every confidence interval: 90 %.
pub const INTERVAL_LEVEL: f64 = 0.9;

/// The quantile of the normal distribution at the upper end of an interval.
pub const NORMAL: f64 = 1.644_853_626_951_472_2;

/// A number and how far its draws leave it uncertain.
///
/// ```
/// use foretell::statistics::Estimate;
///
/// let estimate = Estimate::from_replicates(&[0.31, 0.29, 0.30, 0.30]);
/// assert_eq!(estimate.value, 0.30);
/// assert!(estimate.interval.0 < 0.30 && 0.30 < estimate.interval.1);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The best single figure.
    pub value: f64,
    /// The standard error of `value` by sampling: 0 if exact, infinite if the draws do not tell it.
    pub std_error: f64,
    /// The confidence interval of level [`INTERVAL_LEVEL`] for what `value` estimates, low end first.
    pub interval: (f64, f64),
    /// Whether no draw entered the value.
    pub exact: bool,
}

impl Estimate {
    /// A number that no draw entered.
    pub const fn exact(value: f64) -> Estimate {
        Estimate { value, std_error: 0.0, interval: (value, value), exact: true }
    }

    /// What can't be told: NaN, with an infinite error.
    pub fn unknown() -> Estimate {
        Estimate::from_error(f64::NAN, f64::INFINITY)
    }

    /// The mean of R independent replicates' results: standard error s/√R, interval by Student's t with R − 1 degrees
    /// of freedom.
    pub fn from_replicates(results: &[f64]) -> Estimate {
        Estimate::from_moments(&Moments::of(results))
    }

    /// The mean of n independent draws: standard error s/√n, interval by Student's t with n − 1 degrees of freedom.
    ///
    /// This is too wide for draws that a design has spread evenly: take the replicates' means there.
    pub fn from_moments(draws: &Moments) -> Estimate {
        let std_error = (draws.variance() / draws.count() as f64).sqrt();
        Estimate::from_student(draws.mean(), std_error, draws.count().saturating_sub(1) as f64)
    }

    /// A value with a standard error, whose interval is that of a normal. An error that is not a number is taken as infinite.
    pub fn from_error(value: f64, std_error: f64) -> Estimate {
        let std_error = if std_error.is_nan() { f64::INFINITY } else { std_error };
        let half_width = std_error * NORMAL;
        Estimate { value, std_error, interval: (value - half_width, value + half_width), exact: false }
    }

    /// A value with a standard error known from `freedom` degrees of freedom. An error that is not a number is taken as
    /// infinite.
    pub fn from_student(value: f64, std_error: f64, freedom: f64) -> Estimate {
        let error = Estimate::from_error(value, std_error);
        let half_width = match error.std_error {
            0.0 => 0.0,
            known => known * student_t_quantile(0.5 + INTERVAL_LEVEL / 2.0, freedom),
        };
        Estimate { interval: (value - half_width, value + half_width), ..error }
    }

    /// The share of `draws` independent draws that have something, with the interval of Clopper & Pearson (1934), "The use of
    /// confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26: it covers however few draws have
    /// it, and is never empty, nor beyond 0 or 1.
    ///
    /// ```
    /// use foretell::statistics::Estimate;
    /// // 1 − 0.05^(1/100): the probability with which a hundred draws are still without it in one of twenty cases.
    /// let none = Estimate::of_share(0.0, 100.0);
    /// assert!(none.interval.0 == 0.0 && (none.interval.1 - 0.02951).abs() < 1e-5);
    /// ```
    pub fn of_share(share: f64, draws: f64) -> Estimate {
        let end = |with: f64, without: f64, level: f64| {
            Family::Beta.build(&[with, without]).map(|beta| beta.quantile(level)).ok()
        };
        let (with, without) = (share * draws, (1.0 - share) * draws);
        let outside = (1.0 - INTERVAL_LEVEL) / 2.0;
        let low = end(with, without + 1.0, outside).unwrap_or(0.0);
        let high = end(with + 1.0, without, 1.0 - outside).unwrap_or(1.0);
        Estimate {
            value: share,
            std_error: (high - low) / (2.0 * NORMAL),
            interval: (low, high),
            exact: false,
        }
    }

    /// The estimate held to what the quantity can be, as `within(0.0, 1.0)` for a probability: the interval is cut, and no
    /// rounding leaves the value or an end of the interval outside.
    pub fn within(self, low: f64, high: f64) -> Estimate {
        // What is not known stays so.
        let hold = |x: f64| if x.is_nan() { x } else { x.max(low).min(high) };
        Estimate { value: hold(self.value), interval: (hold(self.interval.0), hold(self.interval.1)), ..self }
    }

    /// The estimate of `by` times the quantity, for a positive number.
    pub fn scaled(self, by: f64) -> Estimate {
        Estimate {
            value: by * self.value,
            std_error: by * self.std_error,
            interval: (by * self.interval.0, by * self.interval.1),
            exact: self.exact,
        }
    }

    /// Half the width of the interval.
    pub fn half_width(&self) -> f64 {
        (self.interval.1 - self.interval.0) / 2.0
    }
}

/// The delete-one jackknife from the results without each of R parts: (R − 1)/R Σ (θ₍₋ᵣ₎ − mean)², the variance of the whole's
/// result (Efron 1979, "Bootstrap methods: another look at the jackknife", Ann. Stat. 7); infinite for fewer than two.
pub fn jackknife_variance(left_out: &[f64]) -> f64 {
    let count = left_out.len() as f64;
    if left_out.len() < 2 {
        return f64::INFINITY;
    }
    let mean = left_out.iter().sum::<f64>() / count;
    let squares: f64 = left_out.iter().map(|one| (one - mean) * (one - mean)).sum();
    (count - 1.0) / count * squares
}

/// The quantile of Student's t at `p` in (0, 1) for so many degrees of freedom; infinite for none.
pub fn student_t_quantile(p: f64, freedom: f64) -> f64 {
    let student = Family::StudentT.build(&[freedom, 0.0, 1.0]);
    student.map_or(f64::INFINITY, |student| student.quantile(p))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn student_t_quantiles_are_those_of_scipy() {
        let table = include_str!("../../tests/oracles/student_t_intervals.csv");
        for line in table.lines().skip(2) {
            let fields: Vec<f64> = line.split(',').map(|field| field.parse().unwrap()).collect();
            let quantile = student_t_quantile(fields[1], fields[0]);
            assert!((quantile / fields[2] - 1.0).abs() < 1e-9, "{line}: {quantile}");
        }
    }

    #[test]
    fn student_t_quantiles_are_those_of_statrs_where_it_is_accurate() {
        use statrs::distribution::{ContinuousCDF, StudentsT};
        for freedom in [1, 2, 7, 15, 31, 400] {
            let second = StudentsT::new(0.0, 1.0, f64::from(freedom)).unwrap();
            for p in [0.55, 0.75, 0.9, 0.95, 0.99] {
                let (own, theirs) = (student_t_quantile(p, f64::from(freedom)), second.inverse_cdf(p));
                assert!((own / theirs - 1.0).abs() < 1e-9, "{p}, {freedom}: {own} and {theirs}");
            }
        }
    }

    #[test]
    fn replicates_give_the_textbook_interval() {
        // Mean 3, s² = 2.5, standard error √(2.5/5), t(0.95; 4) = 2.13185.
        let estimate = Estimate::from_replicates(&[1.0, 2.0, 3.0, 4.0, 5.0]);
        assert_eq!((estimate.value, estimate.std_error, estimate.exact), (3.0, 0.5f64.sqrt(), false));
        assert!((estimate.half_width() / (0.5f64.sqrt() * 2.131_846_786_326_649_4) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn the_jackknife_of_a_mean_is_the_square_of_its_standard_error() {
        let left_out = [1.0, 2.0, 3.0, 4.0, 5.0].map(|one| (15.0 - one) / 4.0);
        assert!((jackknife_variance(&left_out) - 0.5).abs() < 1e-15);
        assert_eq!(jackknife_variance(&[1.0]), f64::INFINITY);
    }

    #[test]
    fn too_few_results_tell_no_error() {
        for results in [&[][..], &[0.5]] {
            let estimate = Estimate::from_replicates(results);
            assert_eq!(estimate.std_error, f64::INFINITY);
            assert_eq!(estimate.within(0.0, 1.0).interval, (0.0, 1.0));
        }
    }

    #[test]
    fn what_rounding_left_outside_is_held_inside() {
        let above = Estimate::exact(1.0f64.next_up()).within(0.0, 1.0);
        assert_eq!((above.value, above.interval), (1.0, (1.0, 1.0)));
        let below = Estimate::from_error(-1e-18, 1e-19).within(0.0, 1.0);
        assert_eq!((below.value, below.interval), (0.0, (0.0, 0.0)));
        let inside = Estimate::from_error(0.5, 0.1);
        assert_eq!(inside.within(0.0, 1.0), inside);
        assert!(Estimate::unknown().within(0.0, 1.0).value.is_nan());
    }

    #[test]
    fn exact_values_and_equal_replicates_have_no_width_but_differ() {
        assert_eq!(Estimate::exact(0.25).interval, (0.25, 0.25));
        let equal = Estimate::from_replicates(&[0.25; 8]);
        assert_eq!((equal.std_error, equal.interval, equal.exact), (0.0, (0.25, 0.25), false));
    }
}
