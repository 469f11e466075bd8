//! From sums by cell to conditional means and shares, with their errors.
//!
//! A share is Var E[1 | X] / (p (1 − p)), Pearson's (1905) correlation ratio of an outcome and a value X. Each is told from sums
//! over groups of draws that are independent of each other, and again without each group: the jackknife (Quenouille 1956; Tukey
//! 1958), which takes off what Σ mean² has too much of because the means have errors, and gives the error, whatever the design.

use std::borrow::Cow;

use super::sums::{Columns, Sums};
use crate::statistics::Estimate;

/// As many parts of equal weight as conditional means are told for.
pub(super) const FIFTHS: usize = 5;

/// The fewest draws that tell a share: with fewer, nearly every draw is a cell by itself, and a cell that is known is a draw that is
/// known.
const FEWEST: usize = 32;

/// Errors that are nothing but rounding.
const ROUNDING: f64 = 1e-14;

/// The least variance of an outcome of which shares are told.
pub(super) const LEAST_VARIANCE: f64 = 1e-12;

/// What draws say of a value and an outcome.
#[derive(Clone, Debug)]
pub(super) struct Conditional {
    /// The outcome's probability in each fifth of the value, from the lowest to the highest.
    pub(super) fifths: [Estimate; FIFTHS],
    /// That of the highest less that of the lowest.
    pub(super) swing: Estimate,
    /// How far the farthest inner fifth lies from the nearer end, in either direction: above and below both ends.
    pub(super) turns: [Estimate; 2],
    /// The share of the outcome's variance that knowing the value takes away.
    pub(super) share: Estimate,
    /// How many errors something has to be from nothing to be told.
    pub(super) told: f64,
}

impl Conditional {
    /// Nothing, where no draw was sound.
    pub(super) fn unknown() -> Conditional {
        let nothing = Estimate::unknown();
        Conditional {
            fifths: [nothing; FIFTHS],
            swing: nothing,
            turns: [nothing; 2],
            share: nothing,
            told: 0.0,
        }
    }

    /// Of an outcome whose probability is known, whatever the value is.
    fn known(probability: f64) -> Conditional {
        let nothing = Estimate::exact(0.0);
        let is_open = probability * (1.0 - probability) > LEAST_VARIANCE;
        Conditional {
            fifths: [Estimate::exact(probability); FIFTHS],
            swing: nothing,
            turns: [nothing; 2],
            share: if is_open { nothing } else { Estimate::exact(f64::NAN) },
            told: 0.0,
        }
    }
}

/// Sums for the same cells, in each group of draws.
pub(super) struct Grouped<'a> {
    /// By the states that the value is told apart by, then by group.
    pub(super) states: Vec<Vec<Sums>>,
    /// For each outcome its probability, if no draw enters it. Their columns come first; the weight is the column after them.
    pub(super) known: &'a [Option<f64>],
    /// Whether values differ within a cell.
    pub(super) is_coarse: bool,
    /// How many draws there are.
    pub(super) draws: usize,
    /// The quantile of Student's t for the ends of intervals.
    pub(super) quantile: f64,
    /// How many errors something has to be from nothing to be told.
    pub(super) told: f64,
    /// Whether a share is that of value and state together.
    pub(super) is_joint: bool,
}

/// What some draws say of an outcome: its means over fifths, and its share by cells and by pairs of cells.
type View = [f64; FIFTHS + 2];

const FINE: usize = FIFTHS;
const COARSE: usize = FIFTHS + 1;

impl Grouped<'_> {
    /// What is known of each outcome.
    pub(super) fn conditionals(&self) -> Vec<Conditional> {
        let groups = self.states.first().map_or(0, Vec::len);
        let totals: Vec<Sums> = self.states.iter().map(|one| Sums::total(one.iter())).collect();
        let whole = self.views(&totals);
        let without = |group: usize| {
            let left = totals.iter().zip(&self.states).map(|(total, one)| total.without(&one[group]));
            self.views(&left.collect::<Vec<Sums>>())
        };
        // A single group is no draw, but all that there is to know.
        let left: Vec<Vec<View>> = if groups > 1 { (0..groups).map(without).collect() } else { Vec::new() };
        let conditional = |(outcome, known): (usize, &Option<f64>)| match known {
            Some(probability) => Conditional::known(*probability),
            None => {
                let left = left.iter().map(|views| &views[outcome]);
                let found = Jackknife::new(&whole[outcome], left, self.draws, self.quantile);
                Conditional { told: self.told, ..found.conditional(self.is_coarse) }
            }
        };
        self.known.iter().enumerate().map(conditional).collect()
    }

    /// What some of the draws say of each outcome.
    fn views(&self, states: &[Sums]) -> Vec<View> {
        let outcomes = self.known.len();
        let marginal = match states {
            [one] => Cow::Borrowed(one),
            several => Cow::Owned(Sums::total(several.iter())),
        };
        let mut views = vec![[0.0; FIFTHS + 2]; outcomes];
        let weights: Vec<f64> = marginal.column(outcomes).collect();
        add_fifths(&marginal, &weights, &mut views);
        match states {
            several if self.is_joint && several.len() > 1 => {
                let squares = |one: &Sums| one.squares(&one.column(outcomes).collect::<Vec<f64>>());
                add_shares(several.iter().map(squares), &mut views);
            }
            _ => add_shares([marginal.squares(&weights)].into_iter(), &mut views),
        }
        if !self.is_coarse {
            views.iter_mut().for_each(|view| view[COARSE] = view[FINE]);
        }
        views
    }
}

/// For each outcome its share by cells, and by pairs of cells: (Σ S²/W − S̄²/W̄) / W̄ / (p (1 − p)), with S and W a cell's sums of the
/// outcome and of the weight, S̄ and W̄ those of all.
fn add_shares(states: impl Iterator<Item = Columns<3>>, views: &mut [View]) {
    let weight = views.len();
    let Some(found) = states.reduce(Columns::plus) else { return };
    let [total, ..] = found.of(weight);
    for (outcome, view) in views.iter_mut().enumerate() {
        let [sum, fine, coarse] = found.of(outcome);
        let p = sum / total;
        let variance = p * (1.0 - p);
        let share = |square: f64| match variance > LEAST_VARIANCE {
            true => (square / total - p * p) / variance,
            false => f64::NAN,
        };
        (view[FINE], view[COARSE]) = (share(fine), share(coarse));
    }
}

/// For each outcome its mean over each fifth of the weight. A cell at the edge of two counts in both, in part.
fn add_fifths(sums: &Sums, weights: &[f64], views: &mut [View]) {
    let each = weights.iter().sum::<f64>() / FIFTHS as f64;
    let mut edge = 0.0;
    let (mut cell, mut before) = (0, 0.0);
    let places: [(usize, f64); FIFTHS] = std::array::from_fn(|fifth| {
        if fifth + 1 == FIFTHS {
            return (weights.len(), 0.0);
        }
        edge += each;
        while cell < weights.len() && before + weights[cell] < edge {
            (before, cell) = (before + weights[cell], cell + 1);
        }
        (cell, weights.get(cell).filter(|own| **own > 0.0).map_or(0.0, |own| (edge - before) / own))
    });
    let sums = sums.before(&places);
    let weights = parts(sums.of(views.len()));
    for (outcome, view) in views.iter_mut().enumerate() {
        let own = parts(sums.of(outcome));
        (0..FIFTHS).for_each(|fifth| view[fifth] = own[fifth] / weights[fifth]);
    }
}

/// From sums up to the ends of parts to sums over the parts.
fn parts(ends: [f64; FIFTHS]) -> [f64; FIFTHS] {
    std::array::from_fn(|at| if at == 0 { ends[0] } else { ends[at] - ends[at - 1] })
}

/// The numbers of all draws, shares freed of their bias, and what they owe to each group.
struct Jackknife {
    values: View,
    /// What each group's being there changes, less the mean of that.
    distances: Vec<View>,
    draws: usize,
    quantile: f64,
}

impl Jackknife {
    /// The pseudo-values R θ − (R − 1) θ₍₋ᵣ₎ are θ + (R − 1) (θ − θ₍₋ᵣ₎).
    fn new<'a>(whole: &View, left: impl Iterator<Item = &'a View>, draws: usize, quantile: f64) -> Jackknife {
        let changes: Vec<View> = left.map(|one| std::array::from_fn(|at| whole[at] - one[at])).collect();
        let count = changes.len() as f64;
        let mean = |at: usize| changes.iter().map(|one| one[at]).sum::<f64>() / count.max(1.0);
        let means: View = std::array::from_fn(mean);
        let distance = |change: &View| std::array::from_fn(|at| change[at] - means[at]);
        let distances: Vec<View> = changes.iter().map(distance).collect();
        // Means have next to no bias, and would only gain noise: fifths that end in another cell have a kink there.
        let corrected = |at: usize| whole[at] + (count - 1.0).max(0.0) * means[at];
        let values = std::array::from_fn(|at| if at < FIFTHS { whole[at] } else { corrected(at) });
        Jackknife { values, distances, draws, quantile }
    }

    fn conditional(&self, is_coarse: bool) -> Conditional {
        let last = FIFTHS - 1;
        Conditional {
            fifths: std::array::from_fn(|fifth| self.mean(&[(fifth, 1.0)]).within(0.0, 1.0)),
            swing: self.mean(&[(last, 1.0), (0, -1.0)]).within(-1.0, 1.0),
            turns: [1.0, -1.0].map(|sign| self.turn(sign)),
            share: self.share(is_coarse),
            told: 0.0,
        }
    }

    /// How far the farthest inner fifth lies above both ends, or, with the sign turned, below.
    fn turn(&self, sign: f64) -> Estimate {
        let by = |a: &usize, b: &usize| (sign * self.values[*a]).total_cmp(&(sign * self.values[*b]));
        let inner = (1..FIFTHS - 1).max_by(by).unwrap_or(1);
        let end = [0, FIFTHS - 1].into_iter().max_by(by).unwrap_or(0);
        self.mean(&[(inner, sign), (end, -sign)])
    }

    /// Knowing the cell is less than knowing the value. What is lost shrinks with the cells' width w: as w² where the probability
    /// is smooth, as w where it jumps, in between in long tails. From pairs of cells to cells it shrinks by 3/4 to 1/2, so
    /// that what is left is 1/3 to 1 of that; 2/3 are added (Richardson 1911), and the error knows of the rest.
    fn share(&self, is_coarse: bool) -> Estimate {
        if (1..FEWEST).contains(&self.draws) {
            return Estimate::unknown();
        }
        if !is_coarse {
            return self.combined(&[(FINE, 1.0)], 1.0).within(0.0, 1.0);
        }
        let found = self.combined(&[(FINE, 5.0 / 3.0), (COARSE, -2.0 / 3.0)], 1.0);
        let lost = self.values[FINE] - self.values[COARSE];
        self.with_error(found.value, libm::hypot(found.std_error, 0.5 * lost)).within(0.0, 1.0)
    }

    /// A combination of means over fifths.
    fn mean(&self, parts: &[(usize, f64)]) -> Estimate {
        self.combined(parts, FIFTHS as f64)
    }

    /// Σ factor × number. Where all groups agree, the error is not 0 but what one draw changes in a `part`-th of them.
    fn combined(&self, parts: &[(usize, f64)], part: f64) -> Estimate {
        let value = parts.iter().map(|(at, factor)| factor * self.values[*at]).sum();
        if self.draws == 0 {
            return Estimate::exact(value);
        }
        let count = self.distances.len() as f64;
        let square = |one: &View| {
            let distance: f64 = parts.iter().map(|(at, factor)| factor * one[*at]).sum();
            distance * distance
        };
        let variance = (count - 1.0) / count * self.distances.iter().map(square).sum::<f64>();
        let error = if variance > ROUNDING * ROUNDING { variance.sqrt() } else { part / self.draws as f64 };
        let is_told = count > 1.0 && !variance.is_nan();
        self.with_error(value, if is_told { error } else { f64::INFINITY })
    }

    fn with_error(&self, value: f64, error: f64) -> Estimate {
        let half = error * self.quantile;
        Estimate { value, std_error: error, interval: (value - half, value + half), exact: false }
    }
}
