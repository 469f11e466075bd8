//! What the values of factors, derived values and weights do to the outcomes, from the draws that were kept.

use std::ops::Range;

use super::candidates::{Values, Varying};
use super::cells::{Cells, Weighed};
use super::conditional::{Conditional, Grouped};
use super::driver;
use super::sums::{Rows, Sums};
use crate::program::{JointState, Output, Program, Query};
use crate::simulation::Kept;
use crate::statistics::{INTERVAL_LEVEL, student_t_quantile};

/// As many groups as independent draws are cut into for the error.
const GROUPS: usize = 16;

/// As many draws as there can be: twice as many would shrink errors by a third.
const MOST: usize = 1 << 13;

/// As many cells as there can be, of which pairs are looked at too.
const CELLS: [usize; 3] = [40, 20, 10];

/// How many draws a cell has at least, unless there are fewer draws.
const DRAWS: usize = 32;

/// The draws that were kept, with what each weighs under what was learned.
pub(super) struct Draws<'k> {
    program: &'k Program,
    kept: &'k Kept,
    /// Of each group those draws that enter, among all that were kept, and where they stand among all that enter.
    chosen: Vec<Range<usize>>,
    groups: Vec<Range<usize>>,
    weights: Option<Vec<f64>>,
    /// The outcomes' probabilities, each joint with what was learned, and the weight.
    rows: Rows,
    /// For each outcome the variance of its probability over the draws.
    variances: Vec<f64>,
    /// The outcomes whose probability is known, whatever is drawn, and those of which it is also known whatever the states are.
    known: Vec<Option<f64>>,
    certain: Vec<Option<f64>>,
    cells: usize,
    /// The quantile of Student's t for the ends of intervals.
    quantile: f64,
    /// How many errors something has to be from nothing to be told.
    told: f64,
}

/// What a value does to each outcome, with the correlation of its rank with the outcome's probability.
pub(super) type Told = Vec<(Conditional, f64)>;

impl<'k> Draws<'k> {
    pub(super) fn new(
        program: &'k Program,
        kept: &'k Kept,
        outcomes: &[Output],
        weight: Option<Output>,
        looked: usize,
    ) -> Draws<'k> {
        let known: Vec<Option<f64>> =
            outcomes.iter().map(|one| program.known(Query { numerator: *one, weight })).collect();
        let certain = known.iter().map(|one| one.filter(|p| *p == 0.0 || *p == 1.0)).collect();
        let (chosen, groups) = chosen(kept);
        let draws = groups.last().map_or(0, |last| last.end);
        let column = |output: &Output| match program.constant(*output) {
            Some(value) => vec![value; draws],
            None => gathered(kept.column(*output), &chosen),
        };
        let cells = CELLS.into_iter().find(|cells| cells * DRAWS <= draws).unwrap_or(CELLS[2]);
        let columns: Vec<Vec<f64>> = outcomes.iter().map(column).collect();
        let weights = weight.as_ref().map(column);
        let ones = vec![1.0; if weights.is_none() { draws } else { 0 }];
        let own = weights.as_deref().unwrap_or(&ones);
        let variances = columns.iter().map(|joint| variance(joint, own)).collect();
        let freedom = groups.len().saturating_sub(1) as f64;
        let quantile = student_t_quantile(0.5 + INTERVAL_LEVEL / 2.0, freedom);
        let told = driver::told(freedom, looked);
        let rows = Rows::of(&columns.iter().map(|one| &one[..]).chain([own]).collect::<Vec<_>>());
        Draws {
            program,
            kept,
            chosen,
            groups,
            weights,
            rows,
            variances,
            known,
            certain,
            cells,
            quantile,
            told,
        }
    }

    /// What something does to each outcome.
    pub(super) fn told(&self, one: &Varying) -> Told {
        let alone = |all: Vec<Conditional>| all.into_iter().map(|one| (one, f64::NAN)).collect();
        let has_draws = self.draws() > 0;
        match one.values {
            Values::Plain(output) if has_draws => {
                self.plain(&gathered(self.kept.column(output), &self.chosen))
            }
            Values::ByState(states) => match self.constants(states, one.is_derived) {
                Some(found) => alone(found.conditionals()),
                None if has_draws => alone(self.by_state(states, one.is_derived).conditionals()),
                None => alone(vec![Conditional::unknown(); self.known.len()]),
            },
            Values::Plain(_) => alone(vec![Conditional::unknown(); self.known.len()]),
        }
    }

    fn plain(&self, values: &[f64]) -> Told {
        let dealt = Cells::of(&[Weighed { values, weights: self.weights.as_deref() }], self.cells);
        let sums = Sums::grouped(&self.rows, &dealt, 0, &self.groups);
        let correlations = self.correlations(&Sums::total(sums.iter()));
        let found = Grouped {
            states: vec![sums],
            known: &self.known,
            is_coarse: dealt.is_coarse(),
            draws: self.draws(),
            quantile: self.quantile,
            told: self.told,
            is_joint: false,
        };
        found.conditionals().into_iter().zip(correlations).collect()
    }

    /// For each outcome the correlation of the value's rank with the outcome's probability, ranks being those of cells.
    fn correlations(&self, sums: &Sums) -> Vec<f64> {
        let weights: Vec<f64> = sums.column(self.known.len()).collect();
        let (total, mut before) = (weights.iter().sum::<f64>(), 0.0);
        let rank = |weight: &f64| {
            let middle = before + 0.5 * weight;
            before += weight;
            middle / total - 0.5
        };
        let ranks: Vec<f64> = weights.iter().map(rank).collect();
        let spread: f64 = ranks.iter().zip(&weights).map(|(rank, weight)| rank * rank * weight).sum();
        let correlation = |(outcome, variance): (usize, &f64)| {
            let product: f64 = ranks.iter().zip(sums.column(outcome)).map(|(rank, sum)| rank * sum).sum();
            let scale = (spread / total * variance).sqrt();
            if scale > 0.0 { (product / total / scale).clamp(-1.0, 1.0) } else { 0.0 }
        };
        self.variances.iter().enumerate().map(correlation).collect()
    }

    /// Sums where the value has a column for each of the states that decide it.
    fn by_state(&self, states: &[JointState], is_joint: bool) -> Grouped<'_> {
        let column = |output: &Output| self.column(*output);
        let values: Vec<Vec<f64>> = states.iter().map(|one| column(&one.value)).collect();
        let weights: Vec<Vec<f64>> = states.iter().map(|one| column(&one.weight)).collect();
        let weighed =
            values.iter().zip(&weights).map(|(values, weights)| Weighed { values, weights: Some(weights) });
        let dealt = Cells::of(&weighed.collect::<Vec<_>>(), self.cells);
        let sums = |(at, (state, weight)): (usize, (&JointState, &Vec<f64>))| {
            let outcomes: Vec<Vec<f64>> = state.outcomes.iter().map(column).collect();
            let columns: Vec<&[f64]> = outcomes.iter().chain([weight]).map(|one| &one[..]).collect();
            Sums::grouped(&Rows::of(&columns), &dealt, at, &self.groups)
        };
        Grouped {
            states: states.iter().zip(&weights).enumerate().map(sums).collect(),
            known: &self.certain,
            is_coarse: dealt.is_coarse(),
            draws: self.draws(),
            quantile: self.quantile,
            told: self.told,
            is_joint,
        }
    }

    /// The same where no draw enters: each value is a cell of its own, and so is each state.
    fn constants(&self, states: &[JointState], is_joint: bool) -> Option<Grouped<'_>> {
        let constant = |output: &Output| self.program.constant(*output);
        let values: Vec<f64> = states.iter().map(|one| constant(&one.value)).collect::<Option<_>>()?;
        let mut order = values.clone();
        order.sort_by(f64::total_cmp);
        order.dedup();
        let sums = |(state, own): (&JointState, &f64)| {
            let column = |output: &Output| {
                let sum = constant(output)?;
                Some(order.iter().map(|value| if value == own { sum } else { 0.0 }).collect())
            };
            let columns = state.outcomes.iter().chain([&state.weight]).map(column);
            let columns: Vec<Vec<f64>> = columns.collect::<Option<_>>()?;
            Some(vec![Sums::single(Rows::of(&columns.iter().map(|one| &one[..]).collect::<Vec<_>>()))])
        };
        Some(Grouped {
            states: states.iter().zip(&values).map(sums).collect::<Option<_>>()?,
            known: &self.certain,
            is_coarse: false,
            draws: 0,
            quantile: 0.0,
            told: 0.0,
            is_joint,
        })
    }

    fn draws(&self) -> usize {
        self.groups.last().map_or(0, |last| last.end)
    }

    fn column(&self, output: Output) -> Vec<f64> {
        match self.program.constant(output) {
            Some(value) => vec![value; self.draws()],
            None => gathered(self.kept.column(output), &self.chosen),
        }
    }

    /// For each outcome its probability in the draws, as often as what was learned gives them weight.
    pub(super) fn shares(&self, weight: Option<Output>, outcomes: &[Output]) -> Vec<Vec<f64>> {
        let column = |kept: &Kept| outcomes.iter().map(|output| kept.column(*output).to_vec()).collect();
        match weight.filter(|_| self.weights.is_some() && !outcomes.is_empty()) {
            Some(weight) => column(&self.kept.clone().resampled(weight, outcomes)),
            None => column(self.kept),
        }
    }
}

/// Of each group of draws the first that enter, and where they stand among all that do.
fn chosen(kept: &Kept) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let groups = kept.groups(GROUPS);
    let each = (MOST / groups.len().max(1)).max(1);
    let chosen = groups.into_iter().map(|group| group.start..group.end.min(group.start + each));
    let chosen: Vec<Range<usize>> = chosen.collect();
    let mut end = 0;
    let places = chosen.iter().map(|group| {
        end += group.len();
        end - group.len()..end
    });
    let places = places.collect();
    (chosen, places)
}

/// Those of a column that enter, without gaps.
fn gathered(column: &[f64], chosen: &[Range<usize>]) -> Vec<f64> {
    if column.is_empty() {
        return Vec::new();
    }
    let mut found = Vec::with_capacity(chosen.iter().map(Range::len).sum());
    chosen.iter().for_each(|group| found.extend_from_slice(&column[group.clone()]));
    found
}

/// The variance of a probability over draws, given what was learned; 0 where it is nothing but rounding.
fn variance(joint: &[f64], weights: &[f64]) -> f64 {
    let (mut total, mut sum, mut square) = (0.0, 0.0, 0.0);
    for (joint, weight) in joint.iter().zip(weights).filter(|(_, weight)| **weight > 0.0) {
        total += weight;
        sum += joint;
        square += joint * joint / weight;
    }
    let (mean, square) = (sum / total, square / total);
    let variance = square - mean * mean;
    if variance > 1e-12 * square { variance } else { 0.0 }
}
