//! Noisy maxima: each parent brings about some state of the child by itself, and the strongest prevails.
//!
//! States are ordered from the strongest to the weakest, which stands for "nothing". With P_i(y | x_i) the chance that
//! parent i alone brings about y, and P_0 what holds whatever the parents are (the leak), Díez (1993) has
//! P(Y ≥ y | x) = P_0(Y ≥ y) Π P_i(Y ≥ y | x_i), where "≥" is "y or weaker".

/// A noisy maximum: its distributions as numbers of the child's states.
#[derive(Debug)]
pub(super) struct NoisyMax {
    /// For each parent and each number of its states, what that state brings about by itself.
    pub effects: Vec<Vec<Vec<f64>>>,
    /// What holds whatever the parents are.
    pub leak: Vec<f64>,
}

impl NoisyMax {
    /// The distribution of the child where the parents have these states.
    pub fn row(&self, parents: &[usize]) -> Vec<f64> {
        let mut weaker = self.tails(&self.leak);
        for (effects, state) in self.effects.iter().zip(parents) {
            let own = self.tails(&effects[*state]);
            weaker.iter_mut().zip(own).for_each(|(product, one)| *product *= one);
        }
        let next = weaker.iter().skip(1).copied().chain([0.0]);
        weaker.iter().zip(next).map(|(at_least, above)| at_least - above).collect()
    }

    /// P(Y ≥ y) for each y. The first is 1 whatever was rounded.
    fn tails(&self, row: &[f64]) -> Vec<f64> {
        let mut tails = vec![0.0; row.len()];
        let mut sum = 0.0;
        for (tail, share) in tails.iter_mut().zip(row).rev() {
            sum += share;
            *tail = sum;
        }
        if let Some(first) = tails.first_mut() {
            *first = 1.0;
        }
        tails
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By hand, over every combination of what the parents and the leak bring about.
    #[test]
    fn the_strongest_effect_prevails() {
        let effects = vec![
            vec![vec![0.2, 0.3, 0.5], vec![0.0, 0.0, 1.0]],
            vec![vec![0.6, 0.1, 0.3], vec![0.1, 0.2, 0.7], vec![0.0, 0.0, 1.0]],
        ];
        let leak = vec![0.05, 0.15, 0.8];
        let model = NoisyMax { effects: effects.clone(), leak: leak.clone() };
        for (a, b) in [(0, 0), (0, 1), (1, 1), (1, 2), (0, 2)] {
            let mut expected = [0.0; 3];
            for (x, y, z) in (0..27).map(|at| (at / 9, at / 3 % 3, at % 3)) {
                expected[x.min(y).min(z)] += effects[0][a][x] * effects[1][b][y] * leak[z];
            }
            let found = model.row(&[a, b]);
            assert!(found.iter().zip(expected).all(|(one, other)| (one - other).abs() < 1e-15), "{found:?}");
        }
    }
}
