//! The bars of a histogram: from, to, share of the draws, ascending. A value that is drawn often is a bar without width.

/// One bar.
pub type Bar = (f64, f64, f64);

/// Whether they are single values.
pub fn is_single(bars: &[Bar]) -> bool {
    bars.iter().all(|(from, to, _)| from == to)
}

/// Shares of draws, evened out with their neighbours, so that a density shows no noise: a kernel of binomial weights seven bars
/// wide (Tukey's "hanning", three times). The first and the last stay as they are.
pub fn evened(bars: &[Bar]) -> Vec<Bar> {
    let mut all = bars.to_vec();
    if is_single(bars) {
        return all;
    }
    for _ in 0..3 {
        let shares: Vec<f64> = all.iter().map(|one| one.2).collect();
        for (one, three) in all.iter_mut().skip(1).zip(shares.windows(3)) {
            one.2 = 0.25 * three[0] + 0.5 * three[1] + 0.25 * three[2];
        }
    }
    all
}

/// The quantile that bars have, evenly within each; what they leave out lies half before the first and half behind the last.
pub fn quantile(bars: &[Bar], level: f64) -> f64 {
    let known: f64 = bars.iter().map(|one| one.2).sum();
    let mut up_to = 0.5 * (1.0 - known);
    for (from, to, share) in bars {
        if up_to + share >= level && *share > 0.0 {
            return from + (to - from) * ((level - up_to) / share).clamp(0.0, 1.0);
        }
        up_to += share;
    }
    bars.last().map_or(f64::NAN, |one| one.1)
}

/// The middles of `count` parts that are equally probable: the quantiles at the levels (k − ½) / count.
pub fn middles(bars: &[Bar], count: usize) -> Vec<f64> {
    (0..count).map(|at| quantile(bars, (at as f64 + 0.5) / count as f64)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn evening_out_keeps_mass_and_lines() {
        let bars = |shares: &[f64]| -> Vec<(f64, f64, f64)> {
            shares.iter().enumerate().map(|(at, share)| (at as f64, at as f64 + 1.0, *share)).collect()
        };
        let line = bars(&[0.125, 0.25, 0.375, 0.5, 0.625]);
        assert_eq!(evened(&line), line);
        let peak = evened(&bars(&[0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0]));
        assert!((peak.iter().map(|one| one.2).sum::<f64>() - 1.0).abs() < 1e-15);
        assert_eq!((peak[4].2, peak[1].2), (20.0 / 64.0, 1.0 / 64.0));
        let single = [(0.0, 0.0, 0.5), (1.0, 1.0, 0.5)];
        assert_eq!(evened(&single), single);
    }

    #[test]
    fn quantiles_lie_evenly_within_bars() {
        let bars = [(0.0, 1.0, 0.25), (1.0, 2.0, 0.5), (2.0, 4.0, 0.25)];
        assert_eq!(
            [0.0, 0.25, 0.5, 0.875, 1.0].map(|level| quantile(&bars, level)),
            [0.0, 1.0, 1.5, 3.0, 4.0]
        );
        // With 1 % left out, the median of what is symmetrical stays.
        let cut = [(0.0, 2.0, 0.49), (2.0, 4.0, 0.5)];
        assert!((quantile(&cut, 0.495) - 2.0).abs() < 1e-12);
    }

    #[test]
    fn middles_part_the_bars_into_equal_shares() {
        assert_eq!(middles(&[(0.0, 4.0, 1.0)], 4), [0.5, 1.5, 2.5, 3.5]);
        assert_eq!(middles(&[(1.0, 1.0, 0.25), (2.0, 2.0, 0.75)], 4), [1.0, 2.0, 2.0, 2.0]);
        assert_eq!(middles(&[(0.0, 1.0, 0.5), (5.0, 6.0, 0.0), (6.0, 7.0, 0.5)], 2), [0.5, 6.5]);
    }

    #[test]
    fn middles_of_bars_without_tails_are_those_of_the_whole() {
        // A uniform on 0 to 1, drawn from P0.5 to P99.5: of 50, the first lies at 1 %, not at 1.49 %.
        let found = middles(&[(0.005, 0.5, 0.495), (0.5, 0.995, 0.495)], 50);
        assert_eq!(found.len(), 50);
        for (at, value) in found.iter().enumerate() {
            assert!((value - (at as f64 + 0.5) / 50.0).abs() < 1e-12, "{at}: {value}");
        }
    }
}
