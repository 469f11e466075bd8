//! Draws taken in proportion to their weights.

use crate::random::{Key, Permutation, unit, word};

/// How often each draw is taken so that there are `count` in all, each about as often as its weight says (systematic
/// resampling; Kitagawa 1996): at one step after the other along the sum of weights, from a random place in the first.
///
/// Draws of a design come in patterns whose lengths are powers of two, and steps of such a length would meet the same side of
/// each pattern again and again. So the draws are gone through in a random order. `key` decides both.
///
/// ```
/// use foretell::random::Key;
/// use foretell::simulation::copies;
/// let taken = copies(&[1.0, 0.0, 3.0, 1.0], 5, Key::new(1));
/// assert_eq!(taken, [1, 0, 3, 1]);
/// ```
pub fn copies(weights: &[f64], count: usize, key: Key) -> Vec<u32> {
    if weights.is_empty() {
        return Vec::new();
    }
    let step = weights.iter().sum::<f64>() / count as f64;
    let start = unit(word(key.named("start"), 0));
    let order = Permutation::new(key.named("order"), weights.len() as u64);
    let (mut passed, mut taken) = (0.0, 0);
    let mut copies = vec![0; weights.len()];
    for at in (0..order.length()).map(|index| order.at(index) as usize) {
        passed += weights[at];
        while taken < count && (taken as f64 + start) * step < passed {
            copies[at] += 1;
            taken += 1;
        }
    }
    copies
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Weights in a pattern of two, of which the heavier of each pair has three quarters.
    const PAIRS: usize = 1 << 12;

    /// The share of the heavier draws among those that are taken.
    fn share(copies: &[u32]) -> f64 {
        let heavy: u32 = copies.iter().skip(1).step_by(2).sum();
        f64::from(heavy) / f64::from(copies.iter().sum::<u32>())
    }

    #[test]
    fn a_pattern_in_the_weights_does_not_decide() {
        let weights: Vec<f64> = [0.5, 1.5].repeat(PAIRS);
        for seed in 0..40 {
            let taken = copies(&weights, weights.len(), Key::new(seed));
            assert_eq!(taken.iter().sum::<u32>() as usize, weights.len());
            assert!(
                taken.iter().zip(&weights).all(|(count, weight)| (f64::from(*count) - weight).abs() < 1.0)
            );
            // At most what independent draws would vary by.
            let error = (0.75 * 0.25 / weights.len() as f64).sqrt();
            assert!((share(&taken) - 0.75).abs() < 4.0 * error, "{seed}: {}", share(&taken));
        }
    }

    #[test]
    fn steps_in_the_order_of_the_draws_fall_in_with_a_pattern() {
        let weights: Vec<f64> = [0.5, 1.5].repeat(PAIRS);
        let (mut passed, mut taken) = (0.0, 0.0);
        let in_order = weights.iter().map(|weight| {
            passed += weight;
            let before = taken;
            while taken + 0.5 < passed {
                taken += 1.0;
            }
            (taken - before) as u32
        });
        assert_eq!(share(&in_order.collect::<Vec<_>>()), 1.0);
    }
}
