//! How heavy the tail of some draws is.

use super::estimate::NORMAL;
use super::moderating::moderating;
use super::moments::{LANES, fold};
use crate::kernel;
use crate::math::elementary::{exp, exp_m1, ln, pow};
use crate::math::instruction_set::InstructionSet;

/// The fewest draws that a tail is fitted to.
const FEWEST: usize = 24;

/// √M times the distance of Kolmogorov and Smirnov up to which a fit to M draws is accepted.
const FIT: f64 = 1.25;

/// By what power of (1 − index) a heavy tail makes the variance of a mean greater than it looks.
const WIDENING: f64 = -2.4;

/// The index from which on there is no variance, and means settle slowly.
const SLOW: f64 = 0.5;

/// The index from which on means are not told, and the index and its doubt together.
const UNSETTLED: f64 = 0.8;
const UNTOLD: f64 = 0.87;

/// How many errors of the index are doubted.
const DOUBT: f64 = 1.3;

/// Between which indices errors come to count the error of the index as well.
const DOUBTED: [f64; 2] = [0.25, 0.5];

/// The share of the largest in the sum of squares below which the tail is not heavy: of values without a variance it does not vanish
/// however many there are (Embrechts, Klüppelberg & Mikosch 1997, "Modelling extremal events", section 6.2). At the index ½, where it is
/// least, 16,384 draws have less than a hundredth with a probability of about e^(−16384/1208), one in a million: their squares, without
/// one that is more than 1,208, add up to 120,800. What lies apart from the rest, as counts and events make it, may look like a power otherwise.
const EVEN: f64 = 0.01;

/// The index from which on the variance of the last draw is not told to grow: where it is, few draws tell it.
const HEAVIEST: f64 = 0.25;

/// What the largest of some draws say about the moments of what they are drawn from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tail {
    /// All values lie within bounds that are reached, or no power is like them and none of them counts for much.
    Bounded,
    /// Like a power: P(X > x) falls as x^(−1/index). There is a mean if the index is below 1, a variance if it is below ½.
    Power {
        /// The tail index, ξ of the generalised Pareto distribution; 0 or less for tails that fall faster than any power.
        index: f64,
        /// Its standard error.
        std_error: f64,
        /// The scale of what lies beyond the threshold of the fit.
        scale: f64,
        /// The share of the draws that lie beyond the threshold.
        share: f64,
    },
    /// Like nothing that could be fitted: the mean rests on few draws.
    Rare,
}

impl Tail {
    /// The tail of draws, by how far they lie from where most of them are.
    ///
    /// The generalised Pareto distribution is fitted to the largest 3√n of n draws, at most a fifth, by the estimator of Zhang &
    /// Stephens (2009, "A new and efficient estimation method for the generalized Pareto distribution", Technometrics 51) with
    /// the weak prior of Vehtari, Simpson, Gelman, Yao & Gabry (2024, "Pareto smoothed importance sampling", JMLR 25, 72).
    /// A fit that is not accepted is tried again on half as many.
    ///
    /// ```
    /// use foretell::statistics::Tail;
    ///
    /// let quantiles = |of: fn(f64) -> f64| (0..16384).map(|i| of((i as f64 + 0.5) / 16384.0)).collect();
    /// let Tail::Power { index, .. } = Tail::of(quantiles(|u| (1.0 - u).powf(-1.0))) else { panic!() };
    /// assert!((index - 1.0).abs() < 0.1);
    /// let Tail::Power { index, .. } = Tail::of(quantiles(|u| -(1.0 - u).ln())) else { panic!() };
    /// assert!(index.abs() < 0.1);
    /// ```
    pub fn of(mut distances: Vec<f64>) -> Tail {
        let by = moderating(distances.iter().copied());
        if by == 1.0 {
            return Tail::of_moderate(distances);
        }
        distances.iter_mut().for_each(|one| *one *= by);
        Tail::of_moderate(distances).scaled(1.0 / by)
    }

    /// That of `by` times the draws.
    pub fn scaled(self, by: f64) -> Tail {
        match self {
            Tail::Power { index, std_error, scale, share } => {
                Tail::Power { index, std_error, scale: by * scale, share }
            }
            other => other,
        }
    }

    /// With an index of `most` where it is more.
    fn at_most(self, most: f64) -> Tail {
        match self {
            Tail::Power { index, std_error, scale, share } => {
                Tail::Power { index: index.min(most), std_error, scale, share }
            }
            other => other,
        }
    }

    fn of_moderate(mut distances: Vec<f64>) -> Tail {
        let count = distances.len();
        let mut size = (3.0 * (count as f64).sqrt()).min(0.2 * count as f64) as usize;
        if size < FEWEST {
            return Tail::Rare;
        }
        let squares: f64 = distances.iter().map(|one| one * one).sum();
        // The draws beyond the threshold, which is the greatest of the others.
        let (_, _, _) = distances.select_nth_unstable_by(count - size - 1, f64::total_cmp);
        let mut largest = distances.split_off(count - size - 1);
        largest.sort_unstable_by(f64::total_cmp);
        if is_bounded(&largest) {
            return Tail::Bounded;
        }
        let is_even = largest.last().is_some_and(|greatest| greatest * greatest < EVEN * squares);
        spread_ties(&mut largest);
        while size >= FEWEST {
            let from = largest.len() - size - 1;
            let threshold = largest[from];
            let beyond: Vec<f64> = largest[from + 1..].iter().map(|value| value - threshold).collect();
            if let Some(fitted) = Pareto::fitted(&beyond).filter(|one| one.fits(&beyond)) {
                return fitted.tail(size, count).at_most(if is_even { HEAVIEST } else { f64::INFINITY });
            }
            size /= 2;
        }
        // No power is like it, but none of its draws counts for much.
        if is_even { Tail::Bounded } else { Tail::Rare }
    }

    /// The tail with the index that formulas tell, where that is too great for a variance: draws don't decide that. What was learned
    /// may have cut a tail off, which its draws then show.
    pub fn known(self, index: f64, may_be_cut: bool) -> Tail {
        if index < SLOW || may_be_cut && self.is_cut() {
            return self;
        }
        match self {
            Tail::Power { scale, share, .. } => Tail::Power { index, std_error: 0.0, scale, share },
            Tail::Bounded | Tail::Rare => Tail::Power { index, std_error: 0.0, scale: 0.0, share: 0.0 },
        }
    }

    /// Whether the draws are clearly those of a value with bounds.
    pub fn is_cut(&self) -> bool {
        match self {
            Tail::Bounded => true,
            Tail::Power { index, std_error, .. } => index + 3.0 * std_error < 0.0,
            Tail::Rare => false,
        }
    }

    /// The index that errors are widened by.
    pub fn index(&self) -> f64 {
        match self {
            Tail::Bounded => 0.0,
            Tail::Power { index, .. } => *index,
            Tail::Rare => 0.5,
        }
    }

    /// By how much the variance of a mean of such values is greater than it looks.
    /// Of a heavy tail the index counts with its own error: draws that happen to show too light a tail show too small a mean.
    pub fn widening(&self) -> f64 {
        let [from, to] = DOUBTED;
        let doubt = ((self.index() - from) / (to - from)).clamp(0.0, 1.0);
        pow(1.0 - (self.index() + doubt * self.doubt()).clamp(0.0, 0.99), WIDENING)
    }

    fn doubt(&self) -> f64 {
        if let Tail::Power { std_error, .. } = self { DOUBT * std_error } else { 0.0 }
    }

    /// Whether the mean of the draws tells anything. The mean of a tail with an index from 0.8 on, though there may be one,
    /// settles so slowly that a hundred times the draws would not halve its error; the fewer draws tell the index, the lower it
    /// has to be.
    pub fn has_mean(&self) -> bool {
        self.index() < UNSETTLED && self.index() + self.doubt() < UNTOLD
    }

    /// Whether the deviation of the draws tells anything: not if the index may be ½ or more.
    pub fn has_deviation(&self) -> bool {
        match self {
            Tail::Bounded => true,
            Tail::Power { index, std_error, .. } => index + NORMAL * std_error < SLOW,
            Tail::Rare => false,
        }
    }

    /// Whether the mean settles more slowly than means do that have a variance, as far as can be told.
    pub fn is_slow(&self) -> bool {
        self.index() >= SLOW
    }

    /// The standard deviation of the largest of n values that lie evenly along a distribution, which is most of what remains of
    /// the error of their sum: of a draw beyond the level 1 − 1/n.
    ///
    /// Beyond a level the tail is a generalised Pareto distribution with the same index, whose scale grows as the level's
    /// share to the power −index (Pickands 1975, "Statistical inference using extreme order statistics", Ann. Stat. 3).
    pub fn last(&self, n: f64) -> f64 {
        match self {
            Tail::Power { index, scale, share, .. } if *index < 1.0 => {
                let scale = scale * pow(share * n, *index);
                scale / ((1.0 - index) * (1.0 - 2.0 * index.clamp(0.0, HEAVIEST)).sqrt())
            }
            _ => 0.0,
        }
    }
}

/// Whether a quarter of the largest draws or more are the largest of all.
fn is_bounded(sorted: &[f64]) -> bool {
    let Some(greatest) = sorted.last() else { return true };
    let at_end = sorted.iter().rev().take_while(|value| *value == greatest).count();
    4 * at_end >= sorted.len() - 1
}

/// Equal values, as counts have them, are spread evenly over the gap below, so that steps don't pass for a bad fit.
fn spread_ties(sorted: &mut [f64]) {
    let mut below = sorted.first().copied().unwrap_or(0.0);
    let mut start = 0;
    while start < sorted.len() {
        let own = sorted[start];
        let count = sorted[start..].iter().take_while(|value| **value == own).count();
        for (at, value) in sorted[start..start + count].iter_mut().enumerate() {
            *value = below + (own - below) * ((at + 1) as f64 / count as f64);
        }
        below = own;
        start += count;
    }
}

/// A generalised Pareto distribution: P(X > x) = (1 + index · x / scale)^(−1/index).
struct Pareto {
    index: f64,
    scale: f64,
}

impl Pareto {
    /// Zhang & Stephens 2009, section 3: the mean of b = −index/scale under its profile likelihood, with a prior around the
    /// first quartile. `beyond` is sorted and positive.
    fn fitted(beyond: &[f64]) -> Option<Pareto> {
        let count = beyond.len();
        let quartile = beyond[((count as f64 / 4.0 + 0.5) as usize).saturating_sub(1)];
        let greatest = beyond[count - 1];
        if !(quartile > 0.0 && greatest.is_finite()) {
            return None;
        }
        let points = 30 + (count as f64).sqrt() as usize;
        let point = |at: usize| {
            let ratio = points as f64 / (at as f64 + 0.5);
            1.0 / greatest + (1.0 - ratio.sqrt()) / (3.0 * quartile)
        };
        let candidates: Vec<f64> = (0..points).map(point).filter(|b| *b != 0.0).collect();
        let likelihoods: Vec<f64> = candidates.iter().map(|b| likelihood(*b, beyond)).collect();
        let best = likelihoods.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let weights: Vec<f64> = likelihoods.iter().map(|one| exp(one - best)).collect();
        let total: f64 = weights.iter().sum();
        let b = candidates.iter().zip(&weights).map(|(b, weight)| b * weight).sum::<f64>() / total;
        let index = index_at(b, beyond);
        let scale = -index / b;
        (scale > 0.0 && scale.is_finite()).then_some(Pareto { index, scale })
    }

    /// Whether no more than chance lies between the distribution and the draws (Kolmogorov & Smirnov).
    fn fits(&self, sorted: &[f64]) -> bool {
        let count = sorted.len() as f64;
        let distance = |(at, x): (usize, &f64)| {
            let below = self.below(*x);
            (below - at as f64 / count).abs().max((below - (at + 1) as f64 / count).abs())
        };
        sorted.iter().enumerate().map(distance).fold(0.0, f64::max) * count.sqrt() < FIT
    }

    /// P(X ≤ x) of one of the draws that it was fitted to: none is beyond its end, and no index is 0, as the scale is −index/b.
    fn below(&self, x: f64) -> f64 {
        -exp_m1(-ln(1.0 + self.index * x / self.scale) / self.index)
    }

    /// The index drawn towards ½ by as much as ten draws would, and its asymptotic error.
    fn tail(&self, size: usize, count: usize) -> Tail {
        let share = size as f64 / count as f64;
        let size = size as f64;
        let index = (self.index * size + 5.0) / (size + 10.0);
        Tail::Power { index, std_error: (1.0 + index.max(0.0)) / size.sqrt(), scale: self.scale, share }
    }
}

/// The index that is most likely for a given b: the mean of ln(1 − b x).
fn index_at(b: f64, beyond: &[f64]) -> f64 {
    let mut total = 0.0;
    add_logarithms(InstructionSet::best(), beyond, b, &mut total);
    total / beyond.len() as f64
}

kernel! {
    fn add_logarithms(beyond: &[f64], b: f64, total: &mut f64) {
        let mut lanes = [0.0; LANES];
        let chunks = beyond.chunks_exact(LANES);
        let rest = chunks.remainder();
        for chunk in chunks {
            for lane in 0..LANES {
                lanes[lane] += ln(1.0 - b * chunk[lane]);
            }
        }
        for (lane, x) in lanes.iter_mut().zip(rest) {
            *lane += ln(1.0 - b * x);
        }
        *total = fold(lanes);
    }
}

/// The logarithm of the profile likelihood.
fn likelihood(b: f64, beyond: &[f64]) -> f64 {
    let index = index_at(b, beyond);
    let likelihood = beyond.len() as f64 * (ln(-b / index) - index - 1.0);
    if likelihood.is_nan() { f64::NEG_INFINITY } else { likelihood }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, unit, word};

    fn draws(of: impl Fn(f64) -> f64) -> Vec<f64> {
        (0..16384).map(|i| of(unit(word(Key::new(11), i)))).collect()
    }

    fn index(of: impl Fn(f64) -> f64) -> f64 {
        match Tail::of(draws(of)) {
            Tail::Power { index, .. } => index,
            other => panic!("{other:?}"),
        }
    }

    /// Lumps at 8 and 20 beside a normal-like rest, whatever the share and the seed: every moment is finite.
    #[test]
    fn lumps_apart_from_the_rest_are_no_heavy_tail() {
        for seed in 0..40 {
            let number = |at: u64| unit(word(Key::new(seed), at));
            let value = |at: u64| {
                let noise: f64 = (0..12).map(|one| number(14 * at + one)).sum::<f64>() - 6.0;
                let lump = |u: f64, share: f64, size: f64| if u < share { size } else { 0.0 };
                noise + lump(number(14 * at + 12), 0.1, 9.0) + lump(number(14 * at + 13), 0.01, 20.0)
            };
            let tail = Tail::of((0..16_384).map(|at| value(at).abs()).collect());
            assert!(tail.has_mean() && !tail.is_slow(), "{seed}: {tail:?}");
        }
    }

    #[test]
    fn powers_have_their_index() {
        for truth in [0.25, 0.5, 1.0, 2.0] {
            let found = index(|u| pow(u, -truth));
            // The asymptotic standard error of the index is (1 + index) / √384 (Smith 1987).
            assert!((found - truth).abs() < 3.0 * (1.0 + truth) / 384f64.sqrt(), "{truth}: {found}");
        }
        assert!(index(|u| -ln(u)).abs() < 3.0 / 384f64.sqrt());
        assert!(index(|u| u) < -0.5);
    }

    #[test]
    fn tails_are_the_same_in_any_unit() {
        let power = |u: f64| pow(u, -0.25);
        for unit in [2f64.powi(-990), 2f64.powi(990)] {
            let (Tail::Power { index, scale, .. }, Tail::Power { index: own, scale: own_scale, .. }) =
                (Tail::of(draws(power)), Tail::of(draws(|u| unit * power(u))))
            else {
                panic!()
            };
            assert!((own - index).abs() < 1e-12 && (own_scale / unit / scale - 1.0).abs() < 1e-12);
        }
    }

    #[test]
    fn steps_and_bounds_are_seen() {
        assert_eq!(Tail::of(draws(|u| if u < 0.4 { 0.0 } else { 2.0 })), Tail::Bounded);
        assert!(index(|u| (-10.0 * ln(u)).floor()).abs() < 0.3);
        assert_eq!(Tail::of(vec![1.0; 50]), Tail::Rare);
        assert_eq!(Tail::of(Vec::new()), Tail::Rare);
    }

    #[test]
    fn the_last_draw_varies_as_the_tail_does() {
        // Beyond any level, an exponential tail is the same exponential. The logarithm of what is told of it moves with the index
        // by ln(0.0234 · 1000) + 1 + 1, and the index is off by 1/√384 in most cases.
        let last = Tail::of(draws(|u| -3.0 * ln(u))).last(1000.0);
        assert!(ln(last / 3.0).abs() < 3.0 * 5.15 / 384f64.sqrt(), "{last}");
        assert!(Tail::of(draws(|u| u)).last(1000.0) < 0.01);
        assert_eq!(Tail::Bounded.last(1000.0), 0.0);
    }

    #[test]
    fn few_huge_draws_are_told() {
        // One draw in a thousand is beyond all others: nothing smooth fits.
        assert_eq!(Tail::of(draws(|u| if u < 0.001 { 1e6 + u } else { 0.001 * u })), Tail::Rare);
    }

    /// Of 400 draws the largest 3·√400 = 60 are looked at: fifteen at the end are a quarter of them, fourteen are fewer.
    #[test]
    fn a_quarter_at_the_end_is_a_bound() {
        let value = |at: usize| (at as f64 / 400.0).powi(20);
        let with = |at_end: usize| -> Vec<f64> { (1..=400).map(|at| value(at.min(401 - at_end))).collect() };
        assert_eq!(Tail::of(with(15)), Tail::Bounded);
        assert_ne!(Tail::of(with(14)), Tail::Bounded);
    }

    /// A generalised Pareto distribution has the deviation scale/((1 − ξ)·√(1 − 2ξ)), and beyond 1/n of all draws the scale is
    /// (share·n)^ξ times as large. From ¼ on the deviation does not grow, and without a mean nothing is told.
    #[test]
    fn the_last_draw_has_the_deviation_of_the_law_beyond_it() {
        let last = |index: f64| Tail::Power { index, std_error: 0.0, scale: 2.0, share: 0.016 }.last(1000.0);
        for (index, truth) in
            [(0.0, 2.0), (0.25, 2.0 * 2.0 / (0.75 * 0.5f64.sqrt())), (0.5, 2.0 * 4.0 / (0.5 * 0.5f64.sqrt()))]
        {
            assert!((last(index) / truth - 1.0).abs() < 1e-14, "{index}");
        }
        assert_eq!(last(1.0), 0.0);
    }

    /// From an index of ¼ to ½ the doubt of it, 1.3 errors, comes to count for the widening; for the mean it counts in full.
    #[test]
    fn the_error_of_the_index_counts() {
        let of = |index: f64, std_error: f64| Tail::Power { index, std_error, scale: 1.0, share: 0.1 };
        for (index, counted) in [(0.2, 0.2), (0.375, 0.375 + 0.5 * 0.13), (0.5, 0.5 + 0.13)] {
            let truth = pow(1.0 - counted, -2.4);
            assert!((of(index, 0.1).widening() / truth - 1.0).abs() < 1e-12, "{index}");
        }
        assert!(of(0.7, 0.1).has_mean() && !of(0.7, 0.2).has_mean() && !of(0.8, 0.0).has_mean());
    }
}
