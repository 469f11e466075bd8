//! The first draws of a run, kept whole.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::collector::{Batch, Collector};
use super::columns::square_column;
use super::pilot;
use super::plan::{Plan, Range};
use super::resampling::copies;
use crate::program::{BeliefId, CompanyId, Output, Program, QueryId, Spread, SpreadId};
use crate::random::Key;
use crate::statistics::{Tail, moderating};

/// The most draws that are kept, and the most numbers.
const MOST_DRAWS: u64 = 1 << 14;
const MOST_NUMBERS: u64 = 1 << 21;

/// As many draws that count tell the error of what they have.
const FEW: f64 = 400.0;

/// The first draws of a run, column by column, in the order of replicates and draws: a prefix of each replicate.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    outputs: Vec<Output>,
    /// Outcomes whose squares are kept, each with the values that its probability can have.
    squared: Vec<(BeliefId, Spread)>,
    /// Quantities with several values in a draw, or that count with a weight, whose sizes are kept.
    sizes: Vec<(SpreadId, Spread)>,
    /// The tail of each column, found out when it is asked for.
    tails: Vec<OnceLock<Tail>>,
    company: Option<CompanyId>,
    per_replicate: u64,
    /// The most draws that are kept in all.
    room: usize,
    pub(super) columns: Vec<Vec<f64>>,
    pub(super) replicates: Vec<u32>,
}

impl Kept {
    /// Keeps what was asked to be kept of a program's draws that are sound in all of the worlds concerned.
    pub fn new(program: &Program, plan: &Plan) -> Kept {
        let (outputs, squared, sizes) = (outputs(program), squared(program), sizes(program));
        let width = outputs.len() + squared.len() + sizes.len();
        let most = (MOST_NUMBERS / width.max(1) as u64).clamp(1, MOST_DRAWS);
        let per_replicate = (most / u64::from(plan.replicates)).max(1);
        let company = Some(program.kept_company());
        Kept {
            columns: vec![Vec::new(); width],
            tails: vec![OnceLock::new(); width],
            replicates: Vec::new(),
            outputs,
            squared,
            sizes,
            company,
            per_replicate,
            room: (per_replicate.min(plan.draws_per_replicate) * u64::from(plan.replicates)) as usize,
        }
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
        let chosen: Vec<usize> = self.groups(1).into_iter().flat_map(|one| taken(&weights, one)).collect();
        let pick = |column: &Vec<f64>| chosen.iter().map(|at| column[*at]).collect();
        Kept {
            columns: self.columns.iter().map(pick).collect(),
            replicates: chosen.iter().map(|at| self.replicates[*at]).collect(),
            tails: vec![OnceLock::new(); self.columns.len()],
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

    /// The tail of a quantity's values, as far as they count.
    pub(super) fn tail(&self, program: &Program, id: SpreadId) -> Tail {
        let spread = program.spread(id);
        if spread.states.iter().all(|(value, _)| program.is_bounded(*value)) {
            return Tail::Bounded;
        }
        let from = self.outputs.len() + self.squared.len();
        match self.sizes.iter().position(|(own, _)| *own == id) {
            Some(at) => self.tail_of(from + at),
            None => spread.single().map_or(Tail::Rare, |output| self.tail_of_output(output)),
        }
    }

    /// The tail of an expectation's values, as far as they count.
    pub(super) fn tail_of_query(&self, program: &Program, id: QueryId) -> Tail {
        match program.is_unbounded(id) {
            true => self.tail_of_output(program.query(id).numerator),
            false => Tail::Bounded,
        }
    }

    fn tail_of_output(&self, output: Output) -> Tail {
        self.outputs.binary_search(&output).map_or(Tail::Rare, |at| self.tail_of(at))
    }

    fn tail_of(&self, at: usize) -> Tail {
        let found = || {
            let finite = self.columns[at].iter().copied().filter(|value| value.is_finite());
            let mut values: Vec<f64> = finite.collect();
            let middle = values.len() / 2;
            if let Some(middle) = values.get(middle).map(|_| middle) {
                let median = *values.select_nth_unstable_by(middle, f64::total_cmp).1;
                values.iter_mut().for_each(|value| *value = (*value - median).abs());
            }
            Tail::of(values)
        };
        *self.tails[at].get_or_init(found)
    }

    /// Whether a steep query rests on few of the draws, by (Σ x)² / Σ x² (Kong 1992), for what it says or for the contrary: a level
    /// that most draws leave at next to 0 is told as what happens in few draws is.
    pub(super) fn rests_on_few(&self, program: &Program, id: QueryId) -> bool {
        if !program.is_steep(id) {
            return false;
        }
        let query = program.query(id);
        let column = self.column(query.numerator);
        let whole = query.weight.map(|weight| self.column(weight)).filter(|whole| !whole.is_empty());
        let rest = |(at, x): (usize, &f64)| whole.map_or(1.0, |whole| whole[at]) - x;
        let rests: Vec<f64> = column.iter().enumerate().map(rest).collect();
        [column, &rests].into_iter().any(is_few)
    }

    /// The least and the greatest value of an expectation's values in the kept draws.
    pub(super) fn range(&self, program: &Program, id: QueryId) -> f64 {
        let column = self.column(program.query(id).numerator);
        let least = column.iter().copied().fold(f64::INFINITY, f64::min);
        column.iter().copied().fold(f64::NEG_INFINITY, f64::max) - least
    }

    /// What the first columns are of: of these formulas tell bounds.
    pub(super) fn outputs(&self) -> &[Output] {
        &self.outputs
    }

    /// Where the draws of a replicate stand.
    pub(super) fn of_replicate(&self, replicate: u32) -> std::ops::Range<usize> {
        let before = |to: u32| self.replicates.partition_point(|one| *one < to);
        before(replicate)..before(replicate + 1)
    }

    /// Keeps `count` more draws of a replicate.
    pub(super) fn extend(&mut self, replicate: u32, count: usize, columns: &[Vec<f64>]) {
        let room = self.room;
        for (mine, more) in self.columns.iter_mut().zip(columns) {
            if mine.capacity() < room && count > 0 {
                mine.reserve_exact(room.saturating_sub(mine.len()));
            }
            mine.extend_from_slice(more);
        }
        self.replicates.extend(std::iter::repeat_n(replicate, count));
        if count > 0 {
            self.tails.iter_mut().for_each(|tail| *tail = OnceLock::new());
        }
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

fn is_few(values: &[f64]) -> bool {
    let (sum, square) = values.iter().fold((0.0, 0.0), |(sum, square), x| (sum + x, square + x * x));
    // Also where there is nothing at all.
    !(sum * sum >= FEW * square && square > 0.0)
}

/// What was asked to be kept, and the values whose tails matter to an error.
fn outputs(program: &Program) -> Vec<Output> {
    let unbounded = |output: &Output| !program.is_bounded(*output);
    let matters = |id: &QueryId| program.is_unbounded(*id) || program.is_steep(*id);
    let means = program.queries().filter(matters).map(|id| program.query(id).numerator);
    let values = program.spreads().filter_map(|(id, _)| program.spread(id).single()).filter(unbounded);
    let all: BTreeSet<Output> = program.kept().into_iter().chain(means).chain(values).collect();
    all.into_iter().collect()
}

/// Quantities with several values in a draw, or that count with a weight, that no formula bounds.
fn sizes(program: &Program) -> Vec<(SpreadId, Spread)> {
    let is_bounded = |spread: &Spread| spread.states.iter().all(|(value, _)| program.is_bounded(*value));
    let all = program.spreads().map(|(id, _)| (id, program.spread(id)));
    let open = all.filter(|(_, one)| one.single().is_none() && !is_bounded(one));
    let unknown = open.filter(|(_, one)| pilot::constant_states(program, one).is_none());
    unknown.map(|(id, one)| (id, one.clone())).collect()
}

/// The outcomes whose probability has several values in a draw.
fn squared(program: &Program) -> Vec<(BeliefId, Spread)> {
    let is_open =
        |spread: &Spread| spread.single().is_none() && pilot::constant_states(program, spread).is_none();
    let all = program.beliefs().map(|(id, _)| (id, program.belief(id)));
    all.filter(|(_, one)| is_open(one)).map(|(id, one)| (id, one.clone())).collect()
}

/// As many positions of `range` as it has, each about in proportion to its weight.
fn taken(weights: &[f64], range: std::ops::Range<usize>) -> Vec<usize> {
    let key = Key::new(range.start as u64).named("resampling");
    let copies = copies(&weights[range.clone()], range.len(), key);
    range.zip(copies).flat_map(|(at, copies)| std::iter::repeat_n(at, copies as usize)).collect()
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
        let squared = self.squared.iter().map(|(_, spread)| square_column(spread, 0.0, 1.0, &draws));
        let sizes = self.sizes.iter().map(|(_, spread)| {
            let values: Vec<_> = spread.states.iter().map(|(value, _)| draws.column(*value)).collect();
            let scale = moderating(values.iter().flat_map(|own| own.iter()).map(|value| value.abs()));
            let squares = square_column(spread, 0.0, scale, &draws);
            squares.into_iter().map(|square| square.sqrt() / scale).collect::<Vec<f64>>()
        });
        for (values, column) in squared.chain(sizes).zip(&mut part[self.outputs.len()..]) {
            column.extend_from_slice(&values[..take]);
        }
    }

    fn end_block(&self, _: &mut Self::Part) {}

    fn collect(&mut self, replicate: u32, part: Self::Part) {
        self.extend(replicate, part.first().map_or(0, Vec::len), &part);
    }
}
