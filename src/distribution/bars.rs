//! A distribution as a few bars, for whoever draws it.

use super::any::Distribution;

/// The share of probability that is left out at each end of a picture.
pub const TAIL: f64 = 0.005;

impl Distribution {
    /// At most `most` parts of where it lies, ascending: (from, to, probability). Single values, with both ends the same, if all
    /// mass is on that many; else equal parts from P0.5 to P99.5, or to an end of the support that is about as near. Empty for
    /// what has no such percentiles.
    ///
    /// ```
    /// use foretell::distribution::Family;
    /// let bars = Family::Uniform.build(&[0.0, 4.0])?.bars(4);
    /// assert_eq!(bars, [(0.0, 1.0, 0.25), (1.0, 2.0, 0.25), (2.0, 3.0, 0.25), (3.0, 4.0, 0.25)]);
    /// assert_eq!(Family::Bernoulli.build(&[0.25])?.bars(4), [(0.0, 0.0, 0.75), (1.0, 1.0, 0.25)]);
    /// # Ok::<(), foretell::distribution::ParameterError>(())
    /// ```
    pub fn bars(&self, most: usize) -> Vec<(f64, f64, f64)> {
        self.atoms(most).unwrap_or_else(|| self.parts(most))
    }

    /// The single values that have a probability, up to those that hardly have any; `None` if there are more than `most`.
    fn atoms(&self, most: usize) -> Option<Vec<(f64, f64, f64)>> {
        if !self.is_discrete() {
            return None;
        }
        let (mut atoms, mut x) = (Vec::new(), self.quantile(TAIL / 10.0));
        while x.is_finite() && atoms.len() < most {
            atoms.push((x, x, self.pdf(x)));
            let up_to = self.cdf(x);
            if up_to >= 1.0 - TAIL / 10.0 {
                return Some(atoms);
            }
            // A little more than is reached, so that rounding does not lead back.
            x = self.quantile((up_to + 1e-12).min(1.0)).max(x.next_up());
        }
        None
    }

    fn parts(&self, count: usize) -> Vec<(f64, f64, f64)> {
        let (mut low, mut high) = (self.quantile(TAIL), self.quantile_upper(TAIL));
        if !(low <= high && high - low < f64::MAX) {
            return Vec::new();
        }
        let (first, last) = self.support();
        // A law that ends is shown to its end, unless that is far away.
        let near = 0.1 * (high - low);
        low = if low - first <= near { first } else { low };
        high = if last - high <= near { last } else { high };
        if low == high {
            return vec![(low, high, 1.0)];
        }
        let edge = |at: usize| low + (high - low) * (at as f64 / count as f64);
        let part = |at: usize| {
            let (from, to) = (edge(at), edge(at + 1));
            let (below, through) =
                (if at == 0 { self.tails_below(from) } else { self.tails(from) }, self.tails(to));
            // Of whichever tail is small, nothing is lost by subtraction.
            let share =
                if below.lower < 0.5 { through.lower - below.lower } else { below.upper - through.upper };
            (from, to, share.max(0.0))
        };
        (0..count).map(part).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::distribution::{Family, Truncated};

    fn sum(bars: &[(f64, f64, f64)]) -> f64 {
        bars.iter().map(|one| one.2).sum()
    }

    #[test]
    fn bars_hold_all_but_the_tails() {
        let normal = Family::Normal.build(&[3.0, 2.0]).unwrap();
        let bars = normal.bars(100);
        assert!((sum(&bars) - 0.99).abs() < 1e-9 && bars.len() == 100);
        // The density is the limit of share over width.
        let (from, to, share) = bars[70];
        let middle = 0.5 * (from + to);
        assert!((share / (to - from) - normal.pdf(middle)).abs() < 1e-4);
        let cut = Distribution::from(Truncated::new(normal, 2.0, 4.0).unwrap());
        let bars = cut.bars(50);
        assert_eq!((bars[0].0, bars[49].1), (2.0, 4.0));
        assert!((sum(&bars) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn counts_are_single_values() {
        let bars = Family::Binomial.build(&[4.0, 0.5]).unwrap().bars(100);
        let shares: Vec<f64> = bars.iter().map(|one| one.2).collect();
        let wanted = [0.0625, 0.25, 0.375, 0.25, 0.0625];
        assert!(shares.iter().zip(wanted).all(|(a, b)| (a - b).abs() < 1e-12), "{bars:?}");
        let many = Family::Poisson.build(&[1e4]).unwrap().bars(100);
        assert!(many.len() == 100 && many[0].0 < many[0].1 && (sum(&many) - 0.99).abs() < 2e-3);
    }

    #[test]
    fn a_heavy_tail_is_cut() {
        let bars = Family::Cauchy.build(&[0.0, 1.0]).unwrap().bars(100);
        assert!((bars[0].0 + 63.6567).abs() < 1e-3 && (sum(&bars) - 0.99).abs() < 1e-9);
    }
}
