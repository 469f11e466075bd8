//! Peeling: from the box of everything, one small part after the other is taken off, each time that whose loss raises the share of
//! interest most (the patient rule induction method; Friedman & Fisher 1999, "Bump hunting in high-dimensional data", Stat. Comput.
//! 9, section 5).
//!
//! What a peel gains counts per weight that it costs (Kwakkel & Jaxa-Rozen 2016, "Improving scenario discovery for handling
//! heterogeneous uncertainties and multinomial classified outcomes", Environ. Model. Softw. 79, their lenient criterion): a state
//! that half of the rows are in has to gain more than a twentieth of a range.

use super::cut::{Cut, cut};
use super::region::{Limit, Region};
use super::rows::{Field, Rows, Sums};
use crate::simulation::Watch;

/// How boxes are peeled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Peeling {
    /// The share of a box that a peel takes off a range.
    pub(super) share: f64,
    /// The least weight of a box, beside that of all rows; if nobody says, see [`Peeling::support`].
    pub(super) least: Option<f64>,
}

impl Peeling {
    /// The least weight of a box, beside that of all rows: a twentieth, or half of what is of interest where that is less, but a hundred
    /// rows; unless it is said.
    pub(super) fn support(&self, all: &Sums) -> f64 {
        let usual = (0.5 * all.density()).min(0.05).max((100.0 / all.count as f64).min(0.05));
        self.least.unwrap_or(usual)
    }
}

/// A box on the way, with the sums of its rows.
#[derive(Clone, Debug)]
pub(super) struct Stage {
    pub(super) region: Region,
    pub(super) sums: Sums,
}

/// A part that can be taken off.
struct Peel {
    field: usize,
    limit: Limit,
    kept: Sums,
    gain: f64,
}

/// The boxes from that of all `members` on, until the rows of one are all alike or the support is reached, or time runs out. Where no peel raises the share,
/// that which lowers it least is taken: the next may raise it.
pub(super) fn peel(rows: &Rows, members: &[usize], how: &Peeling, watch: &Watch) -> Vec<Stage> {
    let sums = rows.sums(members.iter().copied());
    let mut path = vec![Stage { region: Region::open(rows), sums }];
    let least = how.support(&sums) * sums.weight;
    let mut orders: Vec<Vec<usize>> =
        (0..rows.fields.len()).map(|field| rows.ascending(field, members)).collect();
    while let Some(last) = path.last().filter(|last| !last.sums.is_even() && !watch.is_late()) {
        let found =
            (0..rows.fields.len()).flat_map(|field| peels(rows, last, field, &orders[field], how.share));
        let is_allowed = |one: &Peel| one.kept.weight >= least && one.kept.weight > 0.0;
        // Of equal ones the first, whatever the machine.
        let best = found.filter(is_allowed).reduce(|a, b| if b.gain > a.gain { b } else { a });
        let Some(Peel { field, limit, kept, .. }) = best else { break };
        let own = &rows.fields[field];
        orders.iter_mut().for_each(|order| order.retain(|at| limit.holds(own, *at)));
        path.push(Stage { region: last.region.with(field, limit), sums: kept });
    }
    path
}

/// The parts of one field that can be taken off a box.
fn peels(rows: &Rows, stage: &Stage, field: usize, order: &[usize], share: f64) -> Vec<Peel> {
    let one = |limit: Limit, lost: Sums| {
        let kept = stage.sums.without(&lost);
        let gain = (kept.density() - stage.sums.density()) * stage.sums.weight / lost.weight;
        Peel { field, limit, kept, gain: if gain.is_nan() { f64::NEG_INFINITY } else { gain } }
    };
    match (&rows.fields[field], &stage.region.0[field]) {
        (Field::Number(values), Limit::Range(low, high)) => {
            let wanted = share * stage.sums.weight;
            let below = cut(rows, values, order.iter().copied(), wanted);
            let above = cut(rows, values, order.iter().rev().copied(), wanted);
            let ends = [
                below.map(|Cut { bound, lost }| one(Limit::Range(bound, *high), lost)),
                above.map(|Cut { bound, lost }| one(Limit::Range(*low, bound), lost)),
            ];
            ends.into_iter().flatten().collect()
        }
        (Field::States(values, count), Limit::States(allowed)) => {
            let mut sums = vec![Sums::default(); *count];
            order.iter().for_each(|at| sums[values[*at]] = sums[values[*at]].with(rows, *at));
            let without = |state: usize| {
                let mut left = allowed.clone();
                left[state] = false;
                one(Limit::States(left), sums[state])
            };
            (0..*count).filter(|state| allowed[*state] && sums[*state].count > 0).map(without).collect()
        }
        _ => Vec::new(),
    }
}
