//! What knowing numbers is worth, from draws: options are chosen by a regression of their gains on the numbers (Strong, Oakley &
//! Brennan 2014, "Estimating multiparameter partial expected value of perfect information from a probabilistic sensitivity analysis
//! sample", Medical Decision Making 34), and gain what they gain in draws that had no part in the regression.
//!
//! The most of fitted values is biased upwards, as the most of any estimates is. What a choice gains in other draws is not: it is
//! what that choice is worth, which is less than what knowing is worth only by a second-order term, in draws close to where options
//! are equal. How much that is shows in choices made by half of the draws with half as many pieces: as much as these lose, all may
//! lose too, and the interval reaches as far up.

use std::ops::Range;

use super::basis::Basis;
use super::breaks::breaks;
use super::sums::best;
use super::ties::reaching;
use crate::math::linear::cholesky;
use crate::statistics::Estimate;

/// The draws.
pub(super) struct Draws<'a> {
    /// The numbers that would be known.
    pub(super) numbers: Vec<&'a [f64]>,
    /// What each option gains in each state that would be known too, times the state's probability.
    pub(super) gains: Vec<Vec<&'a [f64]>>,
    /// What each option gains.
    pub(super) whole: Vec<&'a [f64]>,
    /// What each draw counts; `None` if all count alike.
    pub(super) weight: Option<&'a [f64]>,
    /// Independent parts of the draws.
    pub(super) groups: Vec<Range<usize>>,
}

/// A difference of the gains of two options: the state, and the option that is compared with the best one.
type Target = (usize, usize);

impl Draws<'_> {
    /// The expected gain of the option that is chosen with the numbers known, less that of the best option without.
    pub(super) fn worth(&self) -> Estimate {
        let count = self.whole.first().map_or(0, |one| one.len());
        if self.groups.len() < 2 || count < 2 {
            return Estimate::unknown();
        }
        let total = |column: &&[f64]| column.iter().sum::<f64>();
        let leader = best(&self.whole.iter().map(total).collect::<Vec<f64>>());
        let targets: Vec<Target> = (0..self.gains.len())
            .flat_map(|state| (0..self.whole.len()).map(move |option| (state, option)))
            .filter(|(_, option)| *option != leader)
            .collect();
        let difference = |(state, option): &Target| -> Vec<f64> {
            let own = &self.gains[*state];
            own[*option].iter().zip(own[leader]).map(|(one, other)| one - other).collect()
        };
        let breaks = match &self.numbers[..] {
            [only] => breaks(only, &targets.iter().map(difference).collect::<Vec<Vec<f64>>>()),
            _ => Vec::new(),
        };
        let mean = self.weight.map_or(1.0, |weight| weight.iter().sum::<f64>() / count as f64);
        let by = |by: usize| -> Vec<Vec<f64>> {
            let candidates = Basis::candidates(&self.numbers, &breaks, by).into_iter();
            let fits: Vec<Sums> = candidates.map(|basis| Sums::of(basis, self, leader, &targets)).collect();
            let gained = |at: usize| -> Vec<f64> {
                self.gained(at, leader, &targets, &fits, by).iter().map(|one| one / mean).collect()
            };
            let groups: Vec<Vec<f64>> = (0..self.groups.len()).map(gained).collect();
            (0..=self.whole.len()).map(|at| groups.iter().map(|own| own[at]).collect()).collect()
        };
        let (whole, half) = (by(1), by(2));
        let lost = whole[0].iter().zip(&half[0]).map(|(one, other)| one - other).sum::<f64>()
            / whole[0].len() as f64;
        let found = Estimate::from_replicates(&whole[0]);
        let found = reaching(found, &whole[1..], Estimate::from_replicates);
        Estimate { interval: (found.interval.0, found.interval.1 + lost.max(0.0)), ..found }
    }

    /// What is gained in one group by the choices that all others make, or every second of them: beside the option that they take without,
    /// then beside each option.
    fn gained(&self, group: usize, leader: usize, targets: &[Target], fits: &[Sums], by: usize) -> Vec<f64> {
        let own = self.groups[group].clone();
        let rest = |column: &&[f64]| column.iter().sum::<f64>() - column[own.clone()].iter().sum::<f64>();
        let before = best(&self.whole.iter().map(rest).collect::<Vec<f64>>());
        let solved = fits.iter().filter_map(|one| one.without(group, by).map(|found| (one, found)));
        let Some((sums, found)) = solved.min_by(|(_, a), (_, b)| a.loss.total_cmp(&b.loss)) else {
            return vec![f64::NAN; 1 + self.whole.len()];
        };
        let gain = |draw: usize| {
            let mut chosen = vec![(0.0, leader); self.gains.len()];
            for ((state, option), weights) in targets.iter().zip(&found.weights) {
                let fitted: f64 =
                    sums.basis.at(draw).iter().map(|(at, value)| weights[*at as usize] * value).sum();
                if fitted > chosen[*state].0 {
                    chosen[*state] = (fitted, *option);
                }
            }
            chosen
                .iter()
                .enumerate()
                .map(|(state, (_, option))| self.gains[state][*option][draw])
                .sum::<f64>()
        };
        let size = own.len() as f64;
        let after = own.clone().map(gain).sum::<f64>() / size;
        let beside = |option: usize| after - self.whole[option][own.clone()].iter().sum::<f64>() / size;
        [before].into_iter().chain(0..self.whole.len()).map(beside).collect()
    }
}

/// Sums of products over the draws of each group: all that least squares needs.
struct Sums {
    basis: Basis,
    all: Normal,
    groups: Vec<Normal>,
}

/// The normal equations of several targets.
#[derive(Clone)]
struct Normal {
    count: f64,
    /// The lower triangle of the products of functions, row by row.
    functions: Vec<Vec<f64>>,
    /// For each target its products with functions.
    targets: Vec<Vec<f64>>,
    /// Their squares.
    squares: f64,
}

/// The best fit, and how far it is off by generalised cross-validation (Craven & Wahba 1979).
struct Fit {
    weights: Vec<Vec<f64>>,
    loss: f64,
}

impl Sums {
    fn of(basis: Basis, draws: &Draws, leader: usize, targets: &[Target]) -> Sums {
        let of_group = |group: &Range<usize>| {
            let mut own = Normal::new(basis.size, targets.len());
            for draw in group.clone() {
                let differences = targets.iter().map(|(state, option)| {
                    draws.gains[*state][*option][draw] - draws.gains[*state][leader][draw]
                });
                own.add(basis.at(draw), differences);
            }
            own
        };
        let groups: Vec<Normal> = draws.groups.iter().map(of_group).collect();
        let mut all = Normal::new(basis.size, targets.len());
        groups.iter().for_each(|one| all.merge(one, 1.0));
        Sums { basis, all, groups }
    }

    /// The fit to all groups but one, or to every second of them.
    fn without(&self, group: usize, by: usize) -> Option<Fit> {
        let mut rest = self.all.clone();
        rest.merge(&self.groups[group], -1.0);
        let idle = (0..self.groups.len()).filter(|at| *at != group && !(at + group + 1).is_multiple_of(by));
        idle.for_each(|at| rest.merge(&self.groups[at], -1.0));
        rest.fit()
    }
}

impl Normal {
    fn new(functions: usize, targets: usize) -> Normal {
        Normal {
            count: 0.0,
            functions: (0..functions).map(|at| vec![0.0; at + 1]).collect(),
            targets: vec![vec![0.0; functions]; targets],
            squares: 0.0,
        }
    }

    fn add(&mut self, row: &[(u32, f64)], differences: impl Iterator<Item = f64>) {
        self.count += 1.0;
        for (at, (i, a)) in row.iter().enumerate() {
            for (j, b) in &row[..=at] {
                self.functions[*i.max(j) as usize][*i.min(j) as usize] += a * b;
            }
        }
        for (products, y) in self.targets.iter_mut().zip(differences) {
            row.iter().for_each(|(at, value)| products[*at as usize] += value * y);
            self.squares += y * y;
        }
    }

    fn merge(&mut self, other: &Normal, sign: f64) {
        let add = |(mine, theirs): (&mut f64, &f64)| *mine += sign * theirs;
        self.count += sign * other.count;
        self.squares += sign * other.squares;
        for (mine, theirs) in self.functions.iter_mut().zip(&other.functions) {
            mine.iter_mut().zip(theirs).for_each(add);
        }
        for (mine, theirs) in self.targets.iter_mut().zip(&other.targets) {
            mine.iter_mut().zip(theirs).for_each(add);
        }
    }

    /// Least squares, with a trace of the identity for functions that others make up.
    fn fit(&self) -> Option<Fit> {
        const TRACE: f64 = 1e-9;
        let mut matrix = self.functions.clone();
        matrix.iter_mut().flatten().for_each(|one| *one /= self.count);
        matrix.iter_mut().for_each(|row| row.last_mut().into_iter().for_each(|one| *one += TRACE));
        let rows = cholesky(&matrix)?;
        let solve = |products: &Vec<f64>| {
            let scaled: Vec<f64> = products.iter().map(|one| one / self.count).collect();
            solved(&rows, &scaled)
        };
        let weights: Vec<Vec<f64>> = self.targets.iter().map(solve).collect();
        let told: f64 = weights.iter().zip(&self.targets).map(|(w, b)| dot(w, b)).sum();
        let free = (1.0 - self.functions.len() as f64 / self.count).max(1e-3);
        Some(Fit { weights, loss: (self.squares - told) / (free * free) })
    }
}

/// x with L Lᵀ x = b; functions without a pivot of their own get nothing.
fn solved(rows: &[Vec<f64>], b: &[f64]) -> Vec<f64> {
    let divided = |above: f64, below: f64| if below == 0.0 { 0.0 } else { above / below };
    let mut x: Vec<f64> = Vec::with_capacity(b.len());
    for (i, row) in rows.iter().enumerate() {
        x.push(divided(b[i] - dot(&row[..i], &x), row[i]));
    }
    for i in (0..rows.len()).rev() {
        x[i] = divided(x[i], rows[i][i]);
        let known = x[i];
        x[..i].iter_mut().zip(&rows[i]).for_each(|(one, factor)| *one -= factor * known);
    }
    x
}

fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points that fill [0, 1).
    fn golden(at: usize, step: f64) -> f64 {
        (at as f64 * step).fract()
    }

    fn draws<'a>(numbers: &[&'a [f64]], gains: &[&'a [f64]]) -> Draws<'a> {
        let count = gains[0].len();
        let groups = (0..8).map(|at| at * count / 8..(at + 1) * count / 8).collect();
        Draws {
            numbers: numbers.to_vec(),
            gains: vec![gains.to_vec()],
            whole: gains.to_vec(),
            weight: None,
            groups,
        }
    }

    #[test]
    fn a_line_is_worth_its_positive_part() {
        let x: Vec<f64> = (0..4096).map(|at| golden(at, 0.618_033_988_749_9)).collect();
        let noise: Vec<f64> = (0..4096).map(|at| golden(at, 0.754_877_666_246_7) - 0.5).collect();
        let gain: Vec<f64> = x.iter().zip(&noise).map(|(x, e)| x - 0.5 + e).collect();
        let nothing = vec![0.0; x.len()];
        // E max(x − ½, 0) = 1/8, of which the best option without, 0 or nearly so, takes nothing.
        let known = draws(&[&x], &[&gain, &nothing]).worth();
        assert!((known.value - 0.125).abs() < 4.0 * known.std_error.max(1e-4), "{known:?}");
        // Both numbers: E max(x + e − ½, 0) of a triangle on [−1, 1] is 1/6.
        let both = draws(&[&x, &noise], &[&gain, &nothing]).worth();
        assert!((both.value - 1.0 / 6.0).abs() < 4.0 * both.std_error.max(2e-4), "{both:?}");
        // Something that has nothing to do with it is worth nothing, and never more.
        let other: Vec<f64> = (0..4096).map(|at| golden(at, 0.569_840_290_998)).collect();
        let idle = draws(&[&other], &[&gain, &nothing]).worth();
        assert!(idle.value < 3.0 * idle.std_error.max(1e-3), "{idle:?}");
    }

    #[test]
    fn equations_are_solved() {
        let rows = cholesky(&[vec![4.0], vec![2.0, 3.0]]).unwrap();
        let x = solved(&rows, &[8.0, 7.0]);
        assert!((x[0] - 1.25).abs() < 1e-12 && (x[1] - 1.5).abs() < 1e-12, "{x:?}");
    }
}
