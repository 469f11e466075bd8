//! What drives each outcome: how its probability differs between the lowest and the highest fifth of each factor.
//!
//! The numbers come from the run's first draws and are means given the factor, so that a factor that is correlated
//! with others, or feeds into them, is seen with all that comes with it.

use crate::model::{FactorId, Model, Variable};
use crate::program::{Output, Program, Spread};
use crate::simulation::{Kept, Run};
use crate::statistics::Estimate;

/// The drivers of every outcome.
#[derive(Clone, Debug, PartialEq)]
pub struct Drivers {
    /// How many draws entered: the first of the run.
    pub draws: u64,
    /// For each outcome, its drivers, strongest first.
    pub outcomes: Vec<Vec<Driver>>,
}

/// What one uncertain quantity does to an outcome's probability.
#[derive(Clone, Debug, PartialEq)]
pub struct Driver {
    /// The factor's name, or the address of an uncertain weight or base.
    pub id: String,
    /// In words.
    pub label: String,
    /// The outcome's probability when the factor is in its lowest fifth.
    pub low: f64,
    /// The outcome's probability when the factor is in its highest fifth.
    pub high: f64,
    /// `high` − `low`.
    pub swing: Estimate,
    /// The rank correlation (Spearman 1904) of factor and probability.
    pub correlation: f64,
}

/// Finds the drivers in the first draws of a run.
pub fn find(model: &Model, program: &Program, run: &Run) -> Drivers {
    let kept = &run.kept;
    let groups = groups(kept);
    let candidates = candidates(model, program);
    let mut outcomes = vec![Vec::new(); model.outcomes.len()];
    for candidate in &candidates {
        let values = kept.column(candidate.output);
        if values.is_empty() {
            continue;
        }
        let orders: Vec<Ranking> = groups.iter().map(|group| Ranking::of(&values[group.clone()])).collect();
        for (at, list) in outcomes.iter_mut().enumerate() {
            let probabilities = kept.column(program.answers.outcomes[at]);
            let parts = groups.iter().map(|group| &probabilities[group.clone()]);
            list.push(driver(candidate, &orders, parts));
        }
    }
    for list in &mut outcomes {
        list.sort_by(|a, b| b.swing.value.abs().total_cmp(&a.swing.value.abs()));
    }
    Drivers { draws: kept.len() as u64, outcomes }
}

/// Something uncertain whose value was kept.
struct Candidate {
    id: String,
    label: String,
    output: Output,
}

/// Factors that vary and do not depend on events, and uncertain weights.
fn candidates(model: &Model, program: &Program) -> Vec<Candidate> {
    let answers = &program.answers;
    let single = |spread: &Spread| match spread.states[..] {
        [(output, None)] if program.constant(output).is_none() => Some(output),
        _ => None,
    };
    let factors = answers.factors.iter().enumerate().filter_map(|(at, spread)| {
        let factor = &model.factors[FactorId(at).0];
        Some(Candidate { id: factor.name.clone(), label: factor.label.clone(), output: single(spread)? })
    });
    let weights = answers.weights.iter().map(|weight| {
        let outcome = &model.outcomes[weight.outcome.0];
        let (path, what) = match weight.variable {
            Some(variable) => (format!("weights.{}", model.name(variable)), weight_label(model, variable)),
            None => ("base".into(), "base".into()),
        };
        let theory = weight.theory.map(|id| &model.theories[id.0]);
        let (before, under) = theory.map_or((String::new(), String::new()), |one| {
            (format!("models.{}.", one.name), format!(" under “{}”", one.label))
        });
        Candidate {
            id: format!("{before}outcomes.{}.{path}", outcome.name),
            label: format!("{what} for “{}”{under}", outcome.label),
            output: weight.output,
        }
    });
    factors.chain(weights).collect()
}

fn weight_label(model: &Model, variable: Variable) -> String {
    format!("weight of {}", model.label(variable))
}

/// The draws of each replicate; independent draws are cut into eight groups.
fn groups(kept: &Kept) -> Vec<std::ops::Range<usize>> {
    let replicates = kept.replicates();
    let mut groups = Vec::new();
    let mut start = 0;
    for at in 1..=replicates.len() {
        if at == replicates.len() || replicates[at] != replicates[start] {
            groups.push(start..at);
            start = at;
        }
    }
    if let [only] = &groups[..] {
        let each = only.len().div_ceil(8).max(1);
        return (0..only.len()).step_by(each).map(|from| from..(from + each).min(only.len())).collect();
    }
    groups
}

fn driver<'a>(candidate: &Candidate, orders: &[Ranking], parts: impl Iterator<Item = &'a [f64]>) -> Driver {
    let mut lows = Vec::new();
    let mut highs = Vec::new();
    let mut correlations = Vec::new();
    for (ranking, probabilities) in orders.iter().zip(parts) {
        let (low, high) = ranking.fifths(probabilities);
        lows.push(low);
        highs.push(high);
        correlations.push(ranking.correlation(&Ranking::of(probabilities)));
    }
    let swings: Vec<f64> = lows.iter().zip(&highs).map(|(low, high)| high - low).collect();
    Driver {
        id: candidate.id.clone(),
        label: candidate.label.clone(),
        low: mean(&lows),
        high: mean(&highs),
        swing: Estimate::from_replicates(&swings),
        correlation: mean(&correlations),
    }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len() as f64
}

/// The order of some values.
struct Ranking {
    /// Positions, the smallest value first.
    order: Vec<usize>,
    /// The ranks of the values, ties sharing the mean of theirs.
    ranks: Vec<f64>,
    /// The runs of equal values in `order`.
    ties: Vec<std::ops::Range<usize>>,
}

impl Ranking {
    fn of(values: &[f64]) -> Ranking {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_unstable_by(|a, b| values[*a].total_cmp(&values[*b]).then(a.cmp(b)));
        let mut ranks = vec![0.0; values.len()];
        let mut ties = Vec::new();
        let mut start = 0;
        for at in 1..=order.len() {
            if at == order.len() || values[order[at]] != values[order[start]] {
                let rank = (start + at - 1) as f64 / 2.0;
                order[start..at].iter().for_each(|place| ranks[*place] = rank);
                ties.push(start..at);
                start = at;
            }
        }
        Ranking { order, ranks, ties }
    }

    /// The means of `others` over the lowest and the highest fifth, of which the draw at the edge may be a part; values
    /// that are equal stand for each other.
    fn fifths(&self, others: &[f64]) -> (f64, f64) {
        let count = self.order.len() as f64;
        let fifth = count / 5.0;
        let (mut low, mut high) = (0.0, 0.0);
        for tie in &self.ties {
            let total: f64 = self.order[tie.clone()].iter().map(|place| others[*place]).sum();
            let mean = total / tie.len() as f64;
            low += mean * overlap(tie, 0.0, fifth);
            high += mean * overlap(tie, count - fifth, count);
        }
        (low / fifth, high / fifth)
    }

    /// Pearson's correlation of the ranks.
    fn correlation(&self, other: &Ranking) -> f64 {
        let centre = (self.ranks.len() as f64 - 1.0) / 2.0;
        let product =
            |a: &[f64], b: &[f64]| -> f64 { a.iter().zip(b).map(|(x, y)| (x - centre) * (y - centre)).sum() };
        let scale = (product(&self.ranks, &self.ranks) * product(&other.ranks, &other.ranks)).sqrt();
        if scale > 0.0 { product(&self.ranks, &other.ranks) / scale } else { 0.0 }
    }
}

/// How much of `low..high` a run of draws covers.
fn overlap(run: &std::ops::Range<usize>, low: f64, high: f64) -> f64 {
    ((run.end as f64).min(high) - (run.start as f64).max(low)).max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fifths_are_means_of_the_extremes() {
        let values: Vec<f64> = (0..10).map(f64::from).collect();
        let squares: Vec<f64> = values.iter().map(|x| x * x).collect();
        assert_eq!(Ranking::of(&values).fifths(&squares), (0.5, 72.5));
    }

    #[test]
    fn equal_values_stand_for_each_other() {
        let truths = [0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0];
        let others = [1.0, 7.0, 3.0, 1.0, 3.0, 1.0, 3.0, 1.0, 9.0, 3.0];
        assert_eq!(Ranking::of(&truths).fifths(&others), (2.0, 8.0));
    }

    #[test]
    fn correlation_is_that_of_ranks() {
        let values = [1.0, 2.0, 3.0, 4.0, 100.0];
        let falling = [9.0, 7.0, 5.0, 3.0, -50.0];
        let ranking = Ranking::of(&values);
        assert_eq!(ranking.correlation(&Ranking::of(&values)), 1.0);
        assert_eq!(ranking.correlation(&Ranking::of(&falling)), -1.0);
        // Spearman's ρ of a textbook swap of neighbours: 1 − 6 Σd² / (n (n² − 1)) = 1 − 6·2/120.
        assert_eq!(ranking.correlation(&Ranking::of(&[1.0, 3.0, 2.0, 4.0, 5.0])), 0.9);
    }
}
