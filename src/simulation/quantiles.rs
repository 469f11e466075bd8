//! Quantiles of what was tallied, with their errors.

use crate::statistics::{Grid, Histogram, Merge, NORMAL, student_t_quantile};

/// How many errors of a level are looked at: a count whose steps are farther than one of them, but not than six, is not certain.
const DISTANCES: [f64; 3] = [NORMAL, 3.0, 6.0];

/// The distribution of some values over the draws, in all replicates and in those that errors are told from.
pub(super) struct Quantiles<'a, G> {
    pub(super) whole: Histogram<G>,
    judges: Vec<&'a Histogram<G>>,
    /// How many replicates there are.
    replicates: usize,
    /// How many draws would tell as much if each counted alike.
    draws: f64,
}

impl<'a, G: Grid> Quantiles<'a, G> {
    /// Of what all replicates tallied, with errors told from some of them: of independent draws, from none.
    pub(super) fn new(
        grid: G,
        all: impl Iterator<Item = &'a Histogram<G>> + Clone,
        judges: std::ops::Range<usize>,
        draws: f64,
    ) -> Quantiles<'a, G>
    where
        G: 'a,
    {
        let mut whole = Histogram::new(grid);
        all.clone().for_each(|one| whole.merge(one));
        let replicates = all.clone().count();
        Quantiles { whole, judges: all.skip(judges.start).take(judges.len()).collect(), replicates, draws }
    }

    /// The standard error of a quantile, at a level in (0, 1), where `quantile` gives the value at a level: what the level's own
    /// error makes of it (Woodruff 1952, "Confidence intervals for medians and other position measures", J. Am. Stat. Assoc. 47),
    /// and what cells can't resolve, which is at least the `lump` that a cell may hold. The level's error is told as that of a probability is: no smaller than half a draw.
    pub(super) fn error(&self, level: f64, lump: f64, quantile: impl Fn(f64) -> f64) -> f64 {
        let (own, error) = (quantile(level), self.level_error(level));
        // Inside (0, 1), where quantiles are.
        let end = |level: f64| quantile(level.clamp(1e-12, 1.0 - 1e-12));
        let at = |z: f64| (end(level + z * error) - own).max(own - end(level - z * error)) / z;
        let sampled = DISTANCES.iter().map(|z| at(*z)).fold(0.0, f64::max);
        let blur = self.whole.blur(level).max(lump);
        (sampled * sampled + blur * blur).sqrt()
    }

    /// The shares of values from `low` to `high`: at single `points` if all lie on such, else in so many equal parts.
    pub(super) fn bars(
        &self,
        (low, high): (f64, f64),
        points: Option<Vec<f64>>,
        count: usize,
    ) -> Vec<(f64, f64, f64)> {
        if let Some(points) = points {
            // Half-way between neighbours, nothing lies.
            let up_to = |at: usize| match points.get(at + 1) {
                Some(next) => self.whole.share_up_to(0.5 * (points[at] + next)),
                None => 1.0,
            };
            let share = |at: usize| up_to(at) - if at == 0 { 0.0 } else { up_to(at - 1) };
            return points.iter().enumerate().map(|(at, point)| (*point, *point, share(at))).collect();
        }
        if !(low < high && high - low < f64::MAX) {
            return if low == high { vec![(low, high, 1.0)] } else { Vec::new() };
        }
        let edge = |at: usize| low + (high - low) * (at as f64 / count as f64);
        let shares = self.whole.shares(low, high, count);
        shares.into_iter().enumerate().map(|(at, share)| (edge(at), edge(at + 1), share)).collect()
    }

    /// The standard error of the share of values up to the quantile at a level.
    fn level_error(&self, level: f64) -> f64 {
        if self.judges.len() < 2 {
            return (level * (1.0 - level) / self.draws).sqrt();
        }
        let at = self.whole.quantile(level);
        let shares: Vec<f64> = self.judges.iter().map(|one| one.share_up_to(at)).collect();
        let count = shares.len() as f64;
        let mean = shares.iter().sum::<f64>() / count;
        let variance = shares.iter().map(|one| (one - mean) * (one - mean)).sum::<f64>() / (count - 1.0);
        let half_draw = 0.5 * self.replicates as f64 / self.draws;
        let variance = variance.max(half_draw * half_draw);
        (variance / self.replicates as f64).sqrt() * (student_t_quantile(0.95, count - 1.0) / NORMAL)
    }
}
