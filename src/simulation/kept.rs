//! The first draws of a run, kept whole.

use std::collections::BTreeSet;

use super::collector::{Batch, Collector};
use super::columns::square_column;
use super::pilot;
use super::plan::{Plan, Range};
use crate::program::{BeliefId, CompanyId, Output, Program, Spread};

/// The most draws that are kept, and the most numbers.
const MOST_DRAWS: u64 = 1 << 14;
const MOST_NUMBERS: u64 = 1 << 21;

/// The first draws of a run, column by column, in the order of replicates and draws: a prefix of each replicate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    outputs: Vec<Output>,
    /// Outcomes whose squares are kept, each with the values that its probability can have.
    squared: Vec<(BeliefId, Spread)>,
    company: Option<CompanyId>,
    per_replicate: u64,
    pub(super) columns: Vec<Vec<f64>>,
    pub(super) replicates: Vec<u32>,
}

impl Kept {
    /// Keeps what was asked to be kept of a program's draws that are sound in all of the worlds concerned.
    pub fn new(program: &Program, plan: &Plan) -> Kept {
        let outputs = program.kept();
        let squared = squared(program);
        let width = outputs.len() + squared.len();
        let room = (MOST_NUMBERS / width.max(1) as u64).clamp(1, MOST_DRAWS);
        let per_replicate = (room / u64::from(plan.replicates)).max(1);
        let company = Some(program.kept_company());
        let columns = vec![Vec::new(); width];
        Kept { columns, outputs, squared, company, per_replicate, replicates: Vec::new() }
    }

    /// As many draws as were kept, each as often as its weight under what was learned says (systematic resampling; Kitagawa
    /// 1996), and with `shares`, which are joint probabilities, divided by that weight.
    pub fn resampled(mut self, weight: Output, shares: &[Output]) -> Kept {
        let weights = self.column(weight).to_vec();
        // Outcomes may share a column, with each other and with what was learned.
        let joint: BTreeSet<&Output> = shares.iter().chain([&weight]).collect();
        for output in joint {
            if let Ok(at) = self.outputs.binary_search(output) {
                let column = self.columns[at].iter_mut().zip(&weights);
                column.for_each(|(value, weight)| *value /= weight);
            }
        }
        let chosen: Vec<usize> =
            self.groups(1).into_iter().flat_map(|one| systematic(&weights, one)).collect();
        let pick = |column: &Vec<f64>| chosen.iter().map(|at| column[*at]).collect();
        Kept {
            columns: self.columns.iter().map(pick).collect(),
            replicates: chosen.iter().map(|at| self.replicates[*at]).collect(),
            ..self
        }
    }

    /// The draws of each replicate; independent draws, which have only one, are cut into at most `parts`.
    pub fn groups(&self, parts: usize) -> Vec<std::ops::Range<usize>> {
        let chunks = self.replicates.chunk_by(|a, b| a == b);
        let mut start = 0;
        let replicates = chunks.map(|chunk| {
            start += chunk.len();
            start - chunk.len()..start
        });
        let replicates: Vec<std::ops::Range<usize>> = replicates.collect();
        let [only] = &replicates[..] else { return replicates };
        let each = only.len().div_ceil(parts).max(1);
        (0..only.len()).step_by(each).map(|from| from..(from + each).min(only.len())).collect()
    }

    /// How many draws were kept.
    pub fn len(&self) -> usize {
        self.replicates.len()
    }

    /// Whether none were.
    pub fn is_empty(&self) -> bool {
        self.replicates.is_empty()
    }

    /// The values of an output in the kept draws; empty if it was not kept.
    pub fn column(&self, output: Output) -> &[f64] {
        match self.outputs.binary_search(&output) {
            Ok(at) => &self.columns[at],
            Err(_) => &[],
        }
    }

    /// The mean square of an outcome's probability over the states of what is not known, if it was kept.
    pub fn squares(&self, belief: BeliefId) -> Option<&[f64]> {
        let at = self.squared.iter().position(|(one, _)| *one == belief)?;
        Some(&self.columns[self.outputs.len() + at])
    }

    /// How many draws of a range can be kept.
    pub(super) fn most_of(&self, range: &Range) -> u64 {
        range.end.min(self.per_replicate).saturating_sub(range.start)
    }

    /// The replicate that each kept draw belongs to.
    pub fn replicates(&self) -> &[u32] {
        &self.replicates
    }
}

/// The outcomes whose probability has several values in a draw.
fn squared(program: &Program) -> Vec<(BeliefId, Spread)> {
    let is_open =
        |spread: &Spread| spread.single().is_none() && pilot::constant_states(program, spread).is_none();
    let all = program.beliefs().map(|(id, _)| (id, program.belief(id)));
    all.filter(|(_, one)| is_open(one)).map(|(id, one)| (id, one.clone())).collect()
}

/// As many positions of `range` as it has, each about in proportion to its weight.
fn systematic(weights: &[f64], range: std::ops::Range<usize>) -> Vec<usize> {
    let total: f64 = weights[range.clone()].iter().sum();
    let step = total / range.len() as f64;
    let mut chosen = Vec::new();
    let mut passed = 0.0;
    for at in range {
        passed += weights[at];
        while (chosen.len() as f64 + 0.5) * step < passed {
            chosen.push(at);
        }
    }
    chosen
}

impl Collector for Kept {
    type Part = Vec<Vec<f64>>;

    fn part(&self, _: u64) -> Self::Part {
        vec![Vec::new(); self.columns.len()]
    }

    fn observe(&self, part: &mut Self::Part, batch: &Batch) {
        let draws = batch.sound(self.company.unwrap_or(CompanyId::FIRST));
        let take = draws.indices().take_while(|index| *index < self.per_replicate).count();
        if take == 0 {
            return;
        }
        for (output, column) in self.outputs.iter().zip(part.iter_mut()) {
            column.extend_from_slice(&draws.column(*output)[..take]);
        }
        for ((_, spread), column) in self.squared.iter().zip(&mut part[self.outputs.len()..]) {
            column.extend_from_slice(&square_column(spread, 0.0, &draws)[..take]);
        }
    }

    fn end_block(&self, _: &mut Self::Part) {}

    fn collect(&mut self, replicate: u32, part: Self::Part) {
        let count = part.first().map_or(0, Vec::len);
        for (mine, more) in self.columns.iter_mut().zip(part) {
            mine.extend(more);
        }
        self.replicates.extend(std::iter::repeat_n(replicate, count));
    }
}
