//! What knowing is worth where it is not told apart which option is best without: V = min_b E[gain with all known − gain of b], and
//! which b takes the minimum hangs on the draws.

use crate::statistics::{Estimate, Moments};

/// As many errors ahead an option is the best for sure.
const SURE: f64 = 2.0;

/// An interval that reaches as far as that of any option which may be the best: `beside` has for each option, and each independent
/// group of draws, what is gained beside it.
pub(super) fn reaching(found: Estimate, beside: &[Vec<f64>], told: impl Fn(&[f64]) -> Estimate) -> Estimate {
    let mean = |one: &Vec<f64>| Moments::of(one).mean();
    let Some(least) = beside.iter().min_by(|a, b| mean(a).total_cmp(&mean(b))) else { return found };
    let is_close = |one: &Vec<f64>| {
        let ahead: Vec<f64> = one.iter().zip(least).map(|(one, least)| one - least).collect();
        let lead = Estimate::from_replicates(&ahead);
        lead.value < SURE * lead.std_error
    };
    let close: Vec<&Vec<f64>> = beside.iter().filter(|one| is_close(one)).collect();
    close.into_iter().map(|one| told(one)).fold(found, |all, one| Estimate {
        std_error: all.std_error.max(one.std_error),
        interval: (all.interval.0.min(one.interval.0), all.interval.1.max(one.interval.1)),
        ..all
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_that_may_be_best_count_and_others_do_not() {
        let found = Estimate::from_replicates(&[1.0, 1.1, 0.9, 1.0]);
        let [near, far] = [[0.4, 1.9, 0.5, 1.6], [5.0, 5.1, 4.9, 5.0]].map(Vec::from);
        let least = vec![1.0, 1.1, 0.9, 1.0];
        let reach = |all: &[Vec<f64>]| reaching(found, all, Estimate::from_replicates);
        assert_eq!(reach(&[least.clone(), far.clone()]), found);
        let wide = reach(&[least, near.clone(), far]);
        assert_eq!(wide.interval, Estimate::from_replicates(&near).interval);
        assert_eq!(wide.value, found.value);
    }
}
