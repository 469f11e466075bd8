//! How probable each answer is together with each thing that could be found out, and what finding it out would change.
//!
//! All measures are of the joint probabilities J(x, k) alone; q(x) = Σ_k J and p(k) = Σ_x J. Each has its slopes in J, from which its
//! error follows.

use crate::math::elementary;

/// Joint probabilities: a row for each thing that could be found out, with a column for each answer.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Table(pub(super) Vec<Vec<f64>>);

/// A number, and how it changes with each joint probability.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sloped {
    pub(super) value: f64,
    pub(super) slopes: Vec<Vec<f64>>,
}

impl Table {
    /// The probability of each row.
    pub(super) fn rows(&self) -> Vec<f64> {
        self.0.iter().map(|row| row.iter().sum()).collect()
    }

    /// The probability of each answer.
    pub(super) fn answers(&self) -> Vec<f64> {
        let count = self.0.first().map_or(0, Vec::len);
        (0..count).map(|at| self.0.iter().map(|row| row[at]).sum()).collect()
    }

    /// Σ J log2 (J / (q p)): the mutual information (Shannon 1948; Lindley 1956), by how many bits the entropy of the answer is
    /// expected to drop.
    pub(super) fn bits(&self) -> Sloped {
        let (rows, answers) = (self.rows(), self.answers());
        let slope = |x: usize, k: usize| log2_ratio(self.0[x][k], rows[x] * answers[k]);
        let slopes = self.map(slope);
        let value = self.sum(&slopes);
        Sloped { value, slopes }
    }

    /// Σ q Σ (J / q − p)²: by how much the expected score of Brier (1950), 1 − Σ p², drops.
    pub(super) fn brier(&self) -> Sloped {
        let (rows, answers) = (self.rows(), self.answers());
        let given = |x: usize, k: usize| if rows[x] > 0.0 { self.0[x][k] / rows[x] } else { 0.0 };
        let square = |x: usize| -> f64 { (0..answers.len()).map(|k| given(x, k) * given(x, k)).sum() };
        let distance =
            |x: usize| -> f64 { (0..answers.len()).map(|k| (given(x, k) - answers[k]).powi(2)).sum() };
        let value = (0..rows.len()).map(|x| rows[x] * distance(x)).sum();
        let slopes = self.map(|x, k| 2.0 * given(x, k) - square(x) - 2.0 * answers[k]);
        Sloped { value, slopes }
    }

    /// The same of two answers alone, given that one of them comes true: how many of the bits between them are told.
    pub(super) fn between(&self, [a, b]: [usize; 2]) -> Sloped {
        let answers = self.answers();
        let whole = answers[a] + answers[b];
        if whole <= 0.0 {
            return Sloped { value: 0.0, slopes: self.map(|_, _| 0.0) };
        }
        let pair = Table(self.0.iter().map(|row| vec![row[a] / whole, row[b] / whole]).collect());
        let found = pair.bits();
        let slope = |x: usize, k: usize| match [a, b].iter().position(|one| *one == k) {
            Some(at) => (found.slopes[x][at] - found.value) / whole,
            None => 0.0,
        };
        Sloped { value: found.value, slopes: self.map(slope) }
    }

    /// The probability that another answer than the most probable one would lead.
    pub(super) fn changes(&self) -> Sloped {
        let whole = leader(&self.answers());
        let slopes = self.map(|x, _| f64::from(u8::from(leader(&self.0[x]) != whole)));
        Sloped { value: self.sum(&slopes), slopes }
    }

    fn map(&self, of: impl Fn(usize, usize) -> f64) -> Vec<Vec<f64>> {
        let row = |(x, row): (usize, &Vec<f64>)| (0..row.len()).map(|k| of(x, k)).collect();
        self.0.iter().enumerate().map(row).collect()
    }

    fn sum(&self, factors: &[Vec<f64>]) -> f64 {
        let row = |(row, factors): (&Vec<f64>, &Vec<f64>)| -> f64 {
            row.iter().zip(factors).map(|(one, factor)| one * factor).sum()
        };
        self.0.iter().zip(factors).map(row).sum()
    }
}

/// The position of the largest, the first of equal ones.
pub(super) fn leader(all: &[f64]) -> Option<usize> {
    (0..all.len()).reduce(|best, at| if all[at] > all[best] { at } else { best })
}

/// The positions of the two largest; nothing of fewer.
pub(super) fn two_largest(all: &[f64]) -> Option<[usize; 2]> {
    let first = leader(all)?;
    let second = (0..all.len())
        .filter(|at| *at != first)
        .reduce(|best, at| if all[at] > all[best] { at } else { best })?;
    Some([first, second])
}

/// log2 (a / b); 0 where there is nothing.
fn log2_ratio(a: f64, b: f64) -> f64 {
    if a > 0.0 && b > 0.0 { elementary::ln(a / b) * std::f64::consts::LOG2_E } else { 0.0 }
}

/// −Σ p log2 p, in bits (Shannon 1948).
pub(super) fn entropy(answers: &[f64]) -> f64 {
    -answers.iter().map(|p| p * log2_ratio(*p, 1.0)).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn noisy() -> Table {
        Table(vec![vec![0.2, 0.05, 0.15], vec![0.1, 0.3, 0.2]])
    }

    #[test]
    fn a_symmetric_channel_tells_what_shannon_says() {
        // A fair coin through a channel that errs with probability 0.11: 1 − h(0.11) = 0.5001 bits.
        let channel = Table(vec![vec![0.445, 0.055], vec![0.055, 0.445]]);
        let h = -(0.11 * libm::log2(0.11) + 0.89 * libm::log2(0.89));
        assert!((channel.bits().value - (1.0 - h)).abs() < 1e-14);
        // The Brier score of a fair coin is 1/2; of a known side 2 × 0.11 × 0.89.
        assert!((channel.brier().value - (0.5 - 2.0 * 0.11 * 0.89)).abs() < 1e-14);
        assert!((channel.between([0, 1]).value - (1.0 - h)).abs() < 1e-14);
        assert_eq!(channel.changes().value, 0.5);
    }

    #[test]
    fn what_is_independent_tells_nothing_and_what_is_the_answer_tells_all() {
        let free = Table(vec![vec![0.06, 0.14], vec![0.24, 0.56]]);
        assert!(free.bits().value.abs() < 1e-15 && free.brier().value.abs() < 1e-15);
        assert_eq!(free.changes().value, 0.0);
        let own = Table(vec![vec![0.3, 0.0], vec![0.0, 0.7]]);
        assert!((own.bits().value - entropy(&[0.3, 0.7])).abs() < 1e-15);
        assert!((own.brier().value - (1.0 - 0.09 - 0.49)).abs() < 1e-15);
    }

    #[test]
    fn slopes_are_those_of_small_steps() {
        // Along steps that keep the sum of all, as errors do.
        type Measure = fn(&Table) -> Sloped;
        let all: [Measure; 3] = [Table::bits, Table::brier, |table| table.between([0, 2])];
        for measure in all {
            let found = measure(&noisy());
            for (x, k) in [(0, 1), (1, 2), (1, 0)] {
                let step = 1e-6;
                let moved = |sign: f64| {
                    let mut table = noisy();
                    table.0[x][k] += sign * step;
                    table.0[0][0] -= sign * step;
                    measure(&table).value
                };
                let slope = (moved(1.0) - moved(-1.0)) / (2.0 * step);
                let told = found.slopes[x][k] - found.slopes[0][0];
                assert!((slope - told).abs() < 1e-6, "{slope} {told}");
            }
        }
    }
}
