//! What drives each outcome: how its probability differs between the lowest and the highest fifth of each factor.
//!
//! The numbers come from the run's first draws and are means given the factor, so that a factor that is correlated
//! with others, or feeds into them, is seen with all that comes with it.

use std::ops::Range;

use crate::model::{FactorId, Model, Variable};
use crate::program::{Output, Program, Spread};
use crate::simulation::{CategorySummary, Run};
use crate::statistics::{self, Estimate};

/// As many groups as independent draws are cut into for the error.
const GROUPS: usize = 8;

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
    let groups = kept.groups(GROUPS);
    let candidates = candidates(model, program);
    let rankings = |values: &[f64]| -> Vec<Ranking> {
        groups.iter().map(|group| Ranking::of(&values[group.clone()])).collect()
    };
    // Each outcome is ranked once, not once a candidate.
    let shares: Vec<&[f64]> = program.answers.outcomes.iter().map(|output| kept.column(*output)).collect();
    let ranked: Vec<Vec<Ranking>> = shares.iter().map(|share| rankings(share)).collect();
    let mut outcomes = vec![Vec::new(); model.outcomes.len()];
    for candidate in &candidates {
        let values = kept.column(candidate.output);
        if values.is_empty() {
            continue;
        }
        let orders = rankings(values);
        for ((list, probabilities), ranked) in outcomes.iter_mut().zip(&shares).zip(&ranked) {
            let parts = groups.iter().map(|group| &probabilities[group.clone()]);
            list.push(driver(candidate, &orders, parts.zip(ranked)));
        }
    }
    for (at, list) in outcomes.iter_mut().enumerate() {
        list.extend(run.summary.categories.iter().filter_map(|category| by_state(category, at)));
    }
    for list in &mut outcomes {
        list.sort_by(|a, b| b.swing.value.abs().total_cmp(&a.swing.value.abs()));
    }
    Drivers { draws: kept.len() as u64, outcomes }
}

/// What the state of a factor does to an outcome: from the state in which it is least probable to that in which it is most.
fn by_state(category: &CategorySummary, outcome: usize) -> Option<Driver> {
    let swing = category.swings.get(outcome)?;
    let label = |at: usize| &category.states[at].label;
    Some(Driver {
        id: category.id.clone(),
        label: format!("{}: {} / {}", category.label, label(swing.states.0), label(swing.states.1)),
        low: swing.ends.0,
        high: swing.ends.1,
        swing: swing.difference,
        // States have no order.
        correlation: f64::NAN,
    })
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
    // The probability of what was learned weighs every value alike.
    let single = |spread: &Spread| match spread.states[..] {
        [(output, weight)]
            if program.constant(output).is_none() && (weight.is_none() || weight == answers.weight) =>
        {
            Some(output)
        }
        _ => None,
    };
    let factors = answers.factors.iter().enumerate().filter_map(|(at, spread)| {
        let factor = &model.factors[FactorId(at).0];
        Some(Candidate { id: factor.name.clone(), label: factor.label.clone(), output: single(spread)? })
    });
    let weights = answers.weights.iter().map(|weight| {
        let outcome = &model.outcomes[weight.outcome.0];
        let (path, what) = match weight.variable {
            Some(variable) => {
                let (path, label) = weighed(model, variable, weight.state);
                (format!("weights.{path}"), format!("weight of {label}"))
            }
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

/// The name and the label of what a weight weighs.
fn weighed(model: &Model, variable: Variable, state: Option<usize>) -> (String, String) {
    let (name, label) = (model.name(variable), model.label(variable));
    match (variable, state) {
        (Variable::Category(id), Some(at)) => {
            let state = &model.categories[id.0].states[at];
            (format!("{name}.{}", state.name), format!("{label}: {}", state.label))
        }
        _ => (name.into(), label.into()),
    }
}

/// `parts` are an outcome's probabilities in each group, and their ranking.
fn driver<'a>(
    candidate: &Candidate,
    orders: &[Ranking],
    parts: impl Iterator<Item = (&'a [f64], &'a Ranking)>,
) -> Driver {
    let mut lows = Vec::new();
    let mut highs = Vec::new();
    let mut correlations = Vec::new();
    for (ranking, (probabilities, ranked)) in orders.iter().zip(parts) {
        let (low, high) = ranking.fifths(probabilities);
        lows.push(low);
        highs.push(high);
        correlations.push(ranking.correlation(ranked));
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
    ties: Vec<Range<usize>>,
    /// The sum of the squares of the ranks' distances from their mean.
    squares: f64,
}

impl Ranking {
    fn of(values: &[f64]) -> Ranking {
        let order = order(values);
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
        let squares = products(&ranks, &ranks);
        Ranking { order, ranks, ties, squares }
    }

    /// The means of `others` over the lowest and the highest fifth, of which the draw at the edge may be a part; values
    /// that are equal stand for each other.
    fn fifths(&self, others: &[f64]) -> (f64, f64) {
        let count = self.order.len() as f64;
        let fifth = count / 5.0;
        let mean = |tie: &Range<usize>| {
            let total: f64 = self.order[tie.clone()].iter().map(|place| others[*place]).sum();
            total / tie.len() as f64
        };
        let below = self.ties.partition_point(|tie| (tie.start as f64) < fifth);
        let above = self.ties.partition_point(|tie| tie.end as f64 <= count - fifth);
        let low: f64 = self.ties[..below].iter().map(|tie| mean(tie) * overlap(tie, 0.0, fifth)).sum();
        let high: f64 =
            self.ties[above..].iter().map(|tie| mean(tie) * overlap(tie, count - fifth, count)).sum();
        (low / fifth, high / fifth)
    }

    /// Pearson's correlation of the ranks.
    fn correlation(&self, other: &Ranking) -> f64 {
        let scale = (self.squares * other.squares).sqrt();
        if scale > 0.0 { products(&self.ranks, &other.ranks) / scale } else { 0.0 }
    }
}

/// The sum of the products of two rankings' distances from their mean. Ranks are whole or half, so that nothing is rounded
/// and the order of the sum does not matter.
fn products(a: &[f64], b: &[f64]) -> f64 {
    let centre = (a.len() as f64 - 1.0) / 2.0;
    statistics::sum(a.iter().zip(b).map(|(x, y)| (x - centre) * (y - centre)))
}

/// The places of finite values, the smallest value first, equal ones by place.
///
/// Values are dealt into as many cells of equal width as there are values, and each cell is sorted: of values that lie
/// anyhow evenly, half the instructions of sorting them all at once.
fn order(values: &[f64]) -> Vec<usize> {
    let low = values.iter().copied().fold(f64::INFINITY, f64::min);
    let high = values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let scale = values.len() as f64 / (high - low);
    // What is not a number becomes 0, so that one cell holds all.
    let cell = |value: f64| (((value - low) * scale) as usize).min(values.len() - 1);
    let mut ends = vec![0; values.len()];
    values.iter().for_each(|value| ends[cell(*value)] += 1);
    let mut before = 0;
    for end in &mut ends {
        (*end, before) = (before, before + *end);
    }
    let mut pairs = vec![(0, 0); values.len()];
    for (place, value) in values.iter().enumerate() {
        let end = &mut ends[cell(*value)];
        pairs[*end] = (ordinal(*value), place);
        *end += 1;
    }
    let mut start = 0;
    for end in ends {
        if end - start > 1 {
            pairs[start..end].sort_unstable();
        }
        start = end;
    }
    pairs.into_iter().map(|(_, place)| place).collect()
}

/// A whole number that grows as the value does, in the order of [`f64::total_cmp`].
fn ordinal(value: f64) -> i64 {
    let bits = value.to_bits() as i64;
    bits ^ (((bits >> 63) as u64) >> 1) as i64
}

/// How much of `low..high` a run of draws covers.
fn overlap(run: &Range<usize>, low: f64, high: f64) -> f64 {
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
    fn the_order_is_that_of_sorting() {
        let even: Vec<f64> = (0..997).map(|i| f64::from(i * 613 % 997) * 0.1 - 40.0).collect();
        let heavy: Vec<f64> = even.iter().map(|x| x.powi(21)).collect();
        let few: Vec<f64> = even.iter().map(|x| (x / 20.0).round()).collect();
        let wide = vec![f64::MAX, -f64::MAX, 0.0, -0.0, 1.0, f64::MIN_POSITIVE];
        for values in [even, heavy, few, wide, vec![3.0; 5], vec![1.0], vec![]] {
            let mut sorted: Vec<usize> = (0..values.len()).collect();
            sorted.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
            assert_eq!(order(&values), sorted, "{values:?}");
        }
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
