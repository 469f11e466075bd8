//! What the file's evidence counts: how probable each report is under what it is about.

use crate::math::elementary::pow;
use crate::model::{Evidence, Model, Variable};

/// A report that counts: what it is about, the outcome if `None`, and how probable it is in each state, against the state that makes
/// it most probable.
#[derive(Clone, Debug)]
pub(super) struct Report {
    pub(super) about: Option<Variable>,
    pub(super) shares: Vec<f64>,
}

/// The reports of a model that count and say something.
pub(super) fn reports(model: &Model) -> Vec<Report> {
    let counting = model.evidence.iter().filter(|one| one.active);
    let report = |one: &Evidence| Report { about: one.about, shares: shares(one, model) };
    counting.map(report).filter(|one| one.shares.iter().any(|share| *share != 1.0)).collect()
}

/// L' = r L + (1 − r) mean(L), as shares of the largest, to the power 1 − overlap if an item that this one depends on counts too.
fn shares(item: &Evidence, model: &Model) -> Vec<f64> {
    let mean = item.likelihoods.iter().sum::<f64>() / item.likelihoods.len() as f64;
    let mixed: Vec<f64> =
        item.likelihoods.iter().map(|one| item.reliability * one + (1.0 - item.reliability) * mean).collect();
    let largest = mixed.iter().copied().fold(0.0, f64::max);
    let is_shared = item.depends_on.iter().any(|at| model.evidence[*at].active);
    let power = if is_shared { 1.0 - item.overlap } else { 1.0 };
    // 0 to the power 0 is 1: what is said already says nothing.
    mixed.iter().map(|one| if power == 0.0 { 1.0 } else { pow(one / largest, power) }).collect()
}
