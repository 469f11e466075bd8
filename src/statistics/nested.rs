//! How far the means of scrambled nets stray, from their replicates and from the nets nested in each.

/// The levels of nested nets that are looked at: half-nets to 64ths of a net.
pub const LEVELS: usize = 6;

/// The levels of the coarser of two groups whose variances are compared.
const COARSE: usize = 3;

/// How much of the variance is taken from the levels where it is greater than that of the replicates.
const SHARE: f64 = 0.6;

/// The variance of a net's mean: V₀ of R replicates, and how it grows as nets are halved.
///
/// The first 2^m points of a scrambled net are nets themselves, nested in one another, whose means stray more the fewer points
/// they have: by V_j at 2^-j of the points. Replicates that happen to agree, as they do on a jump at a place where most of the
/// nets have equally many points before it, make V₀ too small; the smaller nets don't agree. So V₀ is held against what the
/// levels say that it should be, along V_j ∝ 2^(s j), where the rate s is told by the levels too, within what is possible:
/// 1, that of independent draws, to 3, that of smooth functions (Owen 1997, "Scrambled net variance for integrals of smooth
/// functions", Ann. Stat. 25).
///
/// ```
/// use foretell::statistics::Nested;
///
/// // Halving a net of a smooth function makes the variance eightfold.
/// let smooth = |v: f64| Nested { between: v, halves: [7.0, 56.0, 448.0, 3584.0, 28672.0, 229376.0].into() };
/// assert!((smooth(1.0).variance() - 1.0).abs() < 1e-12);
/// // Replicates that agree by chance are not believed.
/// assert!(smooth(1e-6).variance() > 0.4);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Nested {
    /// V₀: the variance of the means of the replicates.
    pub between: f64,
    /// For each level from 1 on, the mean square of half the difference between the means of the two nets that are the halves
    /// of one of the level above: V_j − V_(j−1).
    pub halves: Vec<f64>,
}

impl Nested {
    /// The variance of one net's mean.
    pub fn variance(&self) -> f64 {
        match self.expected() {
            Some(expected) => self.between.max(SHARE * expected + (1.0 - SHARE) * self.between),
            None => self.between,
        }
    }

    /// V₀ as the levels have it; `None` without levels.
    fn expected(&self) -> Option<f64> {
        let mut sum = self.between;
        let levels = self.halves.iter().zip(1..).map(|(half, level)| {
            sum += half;
            (sum, level)
        });
        // V_j 4^-j is the same on all levels for a jump in one direction, whose variance falls as 1/n².
        let scaled: Vec<f64> = levels.map(|(variance, level)| variance * 0.25f64.powi(level)).collect();
        let coarse = &scaled[..scaled.len().min(COARSE)];
        let fine = &scaled[coarse.len()..];
        let above = mean(coarse)?;
        let rate = match mean(fine) {
            // The rate at which the means of two groups grow is told by the distance of the groups' mean levels.
            Some(below) if above > 0.0 => {
                let distance = (coarse.len() + fine.len()) as f64 / 2.0;
                (2.0 + libm::log2(below / above) / distance).clamp(1.0, 3.0)
            }
            _ => 2.0,
        };
        let growth: Vec<f64> =
            (1..=coarse.len()).map(|level| libm::exp2((rate - 2.0) * level as f64)).collect();
        Some(above / mean(&growth)?)
    }
}

fn mean(values: &[f64]) -> Option<f64> {
    let count = values.len();
    (count > 0).then(|| values.iter().sum::<f64>() / count as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Levels of a variance that grows by 2^rate at every halving.
    fn at_rate(rate: f64, between: f64) -> Nested {
        let variance = |level: usize| libm::exp2(rate * level as f64);
        let halves = (1..=LEVELS).map(|level| variance(level) - variance(level - 1)).collect();
        Nested { between, halves }
    }

    #[test]
    fn levels_that_agree_with_the_replicates_change_nothing() {
        for rate in [1.0, 2.0, 2.5, 3.0] {
            assert!((at_rate(rate, 1.0).variance() - 1.0).abs() < 1e-12, "{rate}");
        }
        // What falls faster than is possible is not believed to.
        assert!(at_rate(4.0, 1.0).variance() > 1.0);
    }

    #[test]
    fn replicates_that_agree_too_well_are_corrected_and_others_are_not() {
        let low = at_rate(2.0, 0.0).variance();
        assert!(low > 0.4 && low < 0.6, "{low}");
        assert_eq!(at_rate(2.0, 9.0).variance(), 9.0);
    }

    #[test]
    fn few_levels_or_none_will_do() {
        assert_eq!(Nested { between: 2.0, halves: vec![] }.variance(), 2.0);
        assert_eq!(Nested { between: 2.0, halves: vec![0.0; LEVELS] }.variance(), 2.0);
        // V₁ = 4 at the rate 2 makes V₀ = 1.
        assert_eq!(Nested { between: 0.0, halves: vec![4.0] }.variance(), SHARE);
    }
}
