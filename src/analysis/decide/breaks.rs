//! Where a conditional expectation breaks: a number's draws are cut where lines on both sides fit better than one does (recursive
//! partitioning; Breiman, Friedman, Olshen & Stone 1984), so that a jump is found to the draw.

use crate::math::elementary::ln;

/// As many cells as there are at first, at most in all, and draws in each at least.
const FIRST: usize = 16;
const MOST: usize = 64;
const LEAST: usize = 8;

/// A cut is made if it saves as much as so many logarithms of the draws' number are worth (Schwarz 1978): two more coefficients,
/// and a place that is sought.
const PENALTY: f64 = 4.0;

/// The sums up to each draw, in the order of the number.
struct Sums {
    /// 1, x, x².
    own: Vec<[f64; 3]>,
    /// Of each target y, xy, y².
    targets: Vec<Vec<[f64; 3]>>,
}

/// The values from which on new cells begin.
pub(super) fn breaks(values: &[f64], targets: &[Vec<f64>]) -> Vec<f64> {
    let mut order: Vec<usize> = (0..values.len()).collect();
    order.sort_unstable_by(|a, b| values[*a].total_cmp(&values[*b]));
    let sums = Sums::of(values, targets, &order);
    let is_new = |at: &usize| *at > 0 && *at < order.len() && values[order[*at - 1]] < values[order[*at]];
    let mut ends: Vec<usize> = (1..FIRST).map(|at| at * order.len() / FIRST).filter(is_new).collect();
    ends.push(order.len());
    let (mut found, mut start) = (Vec::new(), 0);
    for end in ends {
        found.extend((start > 0).then_some(start));
        sums.cut(start..end, &is_new, &mut found);
        start = end;
    }
    found.sort_unstable();
    found.dedup();
    found.into_iter().map(|at| values[order[at]]).collect()
}

impl Sums {
    fn of(values: &[f64], targets: &[Vec<f64>], order: &[usize]) -> Sums {
        // Ranks keep lines sound whatever the tails.
        let rank = |at: usize| (at as f64 + 0.5) / order.len() as f64 - 0.5;
        let summed = |one: &dyn Fn(usize) -> [f64; 3]| {
            let mut sum = [0.0; 3];
            let next = |at: usize| {
                sum.iter_mut().zip(one(at)).for_each(|(sum, one)| *sum += one);
                sum
            };
            [[0.0; 3]].into_iter().chain((0..values.len()).map(next)).collect::<Vec<[f64; 3]>>()
        };
        let of = |target: &Vec<f64>| {
            let mean = target.iter().sum::<f64>() / target.len() as f64;
            summed(&|at| {
                let y = target[order[at]] - mean;
                [y, rank(at) * y, y * y]
            })
        };
        Sums {
            own: summed(&|at| [1.0, rank(at), rank(at) * rank(at)]),
            targets: targets.iter().map(of).collect(),
        }
    }

    /// How far a line through some draws is off, in squares.
    fn loss(&self, from: usize, to: usize) -> f64 {
        let between = |all: &[[f64; 3]]| [0, 1, 2].map(|at| all[to][at] - all[from][at]);
        let [n, x, xx] = between(&self.own);
        let spread = xx - x * x / n;
        let one = |target: &Vec<[f64; 3]>| {
            let [y, xy, yy] = between(target);
            let joint = xy - x * y / n;
            let told = if spread > 1e-12 * n { joint * joint / spread } else { 0.0 };
            (yy - y * y / n - told).max(0.0)
        };
        self.targets.iter().map(one).sum()
    }

    /// Cuts some draws, and what comes of it, as long as that pays.
    fn cut(&self, range: std::ops::Range<usize>, is_new: &dyn Fn(&usize) -> bool, found: &mut Vec<usize>) {
        let count = self.own.len() as f64 - 1.0;
        let (whole, total) = (self.loss(range.start, range.end), self.loss(0, self.own.len() - 1));
        let mut open = vec![(range, whole)];
        while let Some((range, whole)) = open.pop() {
            if found.len() >= MOST || whole <= 1e-12 * total || range.len() < 2 * LEAST {
                continue;
            }
            let split = |at: usize| self.loss(range.start, at) + self.loss(at, range.end);
            let inner = (range.start + LEAST..=range.end - LEAST).filter(is_new);
            let Some((at, rest)) = inner.map(|at| (at, split(at))).min_by(|a, b| a.1.total_cmp(&b.1)) else {
                continue;
            };
            if (whole - rest) * range.len() as f64 > PENALTY * ln(count.max(2.0)) * rest {
                found.push(at);
                open.push((range.start..at, self.loss(range.start, at)));
                open.push((at..range.end, self.loss(at, range.end)));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jumps_are_found_to_the_draw_and_noise_is_none() {
        let values: Vec<f64> = (0..4096).map(|at| (f64::from(at) * 0.618_033_988_749_9).fract()).collect();
        let noise = |at: usize| (at as f64 * 0.754_877_666_246_7).fract() - 0.5;
        let of = |f: &dyn Fn(f64) -> f64| -> Vec<f64> {
            values.iter().enumerate().map(|(at, x)| f(*x) + noise(at)).collect()
        };
        let jump = breaks(&values, &[of(&|x| if x > 0.4321 { 2.0 } else { -1.0 })]);
        assert!(jump.iter().any(|at| (at - 0.4321).abs() < 0.002), "{jump:?}");
        let none = breaks(&values, &[of(&|x| x)]);
        assert!(none.len() <= FIRST, "{none:?}");
        assert_eq!(breaks(&[1.0; 64], &[vec![2.0; 64]]), Vec::<f64>::new());
    }
}
