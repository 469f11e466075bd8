//! What an ordinary run adds up, in one pass and in memory that does not grow with the draws.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::collector::{Batch, Collector};
use super::engine::BLOCK;
use super::kept::mean_column;
use super::pilot;
use super::plan::{Plan, Range};
use super::variants;
use crate::design::Kind;
use crate::math::level::Level;
use crate::model::{DerivedId, FactorId, Model, Variable};
use crate::program::{ByTheory, Output, Program, Query, Spread, Update};
use crate::statistics::{
    Comoments, Grid, Histogram, Merge, Pairs, ProbabilityHistogram, Tree, ValueGrid, ValueHistogram,
};

/// A column whose sum is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// An output.
    Output(Output),
    /// The mean of a spread over the states of the events.
    Mean(usize),
    /// The mean square of a spread's distance from its centre.
    Square(usize),
    /// The square of the probability of what was learned.
    WeightSquare(Output),
}

/// Which columns are added up, and which pairs of them.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub(super) columns: Vec<Column>,
    index: BTreeMap<Column, usize>,
    pub(super) pairs: Pairs,
    /// The values of each outcome's probability; none where they are known without draws.
    pub(super) outcomes: Vec<Spread>,
    /// Factors and derived values whose distribution is not known, each with a centre for its squares and cells.
    pub(super) spreads: Vec<(Variable, Spread, f64)>,
}

impl Layout {
    fn new(model: &Model, program: &Program, plan: &Plan) -> Layout {
        let answers = &program.answers;
        let mut layout = Layout {
            columns: Vec::new(),
            index: BTreeMap::new(),
            pairs: Pairs::default(),
            outcomes: outcomes(program),
            spreads: spreads(model, program, plan.level),
        };
        let queries = standard_queries(program);
        for column in queries.iter().flat_map(columns_of).collect::<Vec<_>>() {
            layout.add(column);
        }
        let updates = answers.updates.iter().filter_map(|one| one.weight);
        let variants = answers.variants.iter().filter_map(|one| one.weight);
        for weight in answers.weight.into_iter().chain(updates).chain(variants) {
            layout.add(Column::WeightSquare(weight));
        }
        for at in 0..layout.spreads.len() {
            layout.add(Column::Mean(at));
            layout.add(Column::Square(at));
        }
        if plan.kind == Kind::Independent {
            layout.add_pairs(&queries, &compared(program), answers.weight);
        }
        layout
    }

    fn add(&mut self, column: Column) {
        let next = self.columns.len();
        if *self.index.entry(column).or_insert(next) == next {
            self.columns.push(column);
        }
    }

    /// Where a column is; it must have been added.
    pub(super) fn position(&self, column: Column) -> usize {
        self.index.get(&column).copied().unwrap_or(0)
    }

    /// The pairs whose covariance an error needs: within each query, and between those `compared` with each other.
    fn add_pairs(&mut self, queries: &[Query], compared: &[Vec<Query>], weight: Option<Output>) {
        let mut groups: Vec<Vec<usize>> = queries.iter().map(|query| self.positions(&[*query])).collect();
        groups.extend(compared.iter().map(|queries| self.positions(queries)));
        let weight = weight.map(|weight| self.position(Column::Output(weight)));
        groups.extend(
            (0..self.spreads.len())
                .map(|at| std::iter::once(self.position(Column::Mean(at))).chain(weight).collect()),
        );
        let pair = |group: &Vec<usize>| {
            let group = group.clone();
            (0..group.len()).flat_map(move |a| {
                let group = group.clone();
                (a..group.len()).map(move |b| (group[a].min(group[b]), group[a].max(group[b])))
            })
        };
        let mut pairs: Vec<(usize, usize)> = groups.iter().flat_map(pair).collect();
        pairs.sort();
        pairs.dedup();
        self.pairs = pairs.into();
    }

    /// An empty histogram for each spread, finest around its centre.
    fn histograms(&self) -> Vec<ValueHistogram> {
        self.spreads.iter().map(|(_, _, centre)| ValueHistogram::new(ValueGrid::around(*centre))).collect()
    }

    /// A column without draws for each column.
    fn empty(&self) -> Vec<&'static [f64]> {
        vec![&[]; self.columns.len()]
    }

    fn positions(&self, queries: &[Query]) -> Vec<usize> {
        let mut all: Vec<usize> =
            queries.iter().flat_map(columns_of).map(|column| self.position(column)).collect();
        all.sort();
        all.dedup();
        all
    }
}

fn columns_of(query: &Query) -> impl Iterator<Item = Column> + use<> {
    [Some(query.numerator), query.weight].into_iter().flatten().map(Column::Output)
}

/// Every ratio that a run reports.
fn standard_queries(program: &Program) -> Vec<Query> {
    let answers = &program.answers;
    let single = |output: &Output| answers.probability(*output);
    let alone = |output| Query { numerator: output, weight: None };
    let by_outcome = answers.by_outcome.iter().flat_map(|row| {
        row.iter()
            .zip(&answers.outcomes)
            .map(|(value, share)| Query { numerator: *value, weight: Some(*share) })
    });
    answers
        .outcomes
        .iter()
        .chain(&answers.events)
        .chain(answers.categories.iter().flatten())
        .map(single)
        .chain(by_outcome)
        .chain(by_state(program))
        .chain(answers.theories.iter().flat_map(|one| of_theory(one, answers.weight)))
        .chain(answers.questions.iter().copied())
        .chain(answers.updates.iter().flat_map(queries))
        .chain(variants::pairs(answers).flatten())
        .chain(answers.variants.iter().filter_map(|one| one.weight).map(alone))
        .collect()
}

/// The ratios of an update.
fn queries(update: &Update) -> impl Iterator<Item = Query> {
    (0..update.values.len()).map(|at| update.query(at))
}

/// Ratios of which differences are taken: of all questions, answer by answer of an update with the one before and with
/// the first, and of each probability of a variant with that of the model.
fn compared(program: &Program) -> Vec<Vec<Query>> {
    let answers = &program.answers;
    let updates = &answers.updates;
    let width = updates.first().map_or(0, |one| one.values.len());
    let pair =
        |(a, b): (usize, usize)| (0..width).map(move |at| vec![updates[a].query(at), updates[b].query(at)]);
    let pairs = (1..updates.len()).flat_map(|at| [(at - 1, at), (0, at)]).flat_map(pair);
    let variants = variants::pairs(answers).map(|pair| pair.to_vec());
    std::iter::once(answers.questions.clone()).chain(pairs).chain(variants).collect()
}

/// The probability of each outcome given each state of each factor that has states.
pub(super) fn by_state(program: &Program) -> impl Iterator<Item = Query> + '_ {
    let answers = &program.answers;
    answers.by_state.iter().zip(&answers.categories).flat_map(|(rows, states)| {
        rows.iter()
            .zip(states)
            .flat_map(|(row, state)| row.iter().map(|both| Query { numerator: *both, weight: Some(*state) }))
    })
}

/// What a theory says of each outcome, and how well it foretold what was learned.
fn of_theory(theory: &ByTheory, weight: Option<Output>) -> impl Iterator<Item = Query> + use<'_> {
    let outcomes = theory.outcomes.iter().map(|one| Query { numerator: *one, weight: theory.weight });
    outcomes.chain(theory.weight.map(|own| Query { numerator: own, weight }))
}

/// The values of each outcome's probability, as far as draws enter them.
fn outcomes(program: &Program) -> Vec<Spread> {
    let unknown = |spread: &Spread| match pilot::known(program, spread) {
        Some(_) => Spread::default(),
        None => spread.clone(),
    };
    let answers = &program.answers;
    match answers.outcome_spreads.is_empty() {
        true => vec![Spread::default(); answers.outcomes.len()],
        false => answers.outcome_spreads.iter().map(unknown).collect(),
    }
}

/// What is known without draws is not tallied.
fn spreads(model: &Model, program: &Program, level: Level) -> Vec<(Variable, Spread, f64)> {
    let answers = &program.answers;
    let factors = model.factors.iter().zip(&answers.factors).enumerate();
    // What was learned of anything may move every factor.
    let unknown = factors.filter(|(_, (factor, _))| answers.is_conditional || factor.distribution.is_none());
    let factors = unknown.map(|(index, (_, spread))| (Variable::Factor(FactorId(index)), spread));
    let derived = answers.derived.iter().enumerate();
    let derived = derived.map(|(index, spread)| (Variable::Derived(DerivedId(index)), spread));
    let all: Vec<(Variable, &Spread)> =
        factors.chain(derived).filter(|(_, spread)| pilot::known(program, spread).is_none()).collect();
    let unknown: Vec<&Spread> = all.iter().map(|(_, spread)| *spread).collect();
    let centres = pilot::centres(program, &unknown, level);
    all.into_iter()
        .zip(centres)
        .map(|((variable, spread), centre)| (variable, spread.clone(), centre))
        .collect()
}

/// One replicate's share of a tally.
#[derive(Clone, Debug)]
pub(super) struct Replicate {
    pub(super) tree: Tree<Comoments>,
    pub(super) outcomes: Vec<ProbabilityHistogram>,
}

/// Collects the sums, the histograms and the void draws of a run.
#[derive(Clone, Debug)]
pub struct Tally {
    pub(super) layout: Layout,
    pub(super) replicates: Vec<Replicate>,
    /// The values of each spread, over all replicates.
    pub(super) values: Vec<ValueHistogram>,
    /// Draws left out.
    pub(super) void: u64,
    /// The first of them: (replicate, index).
    pub(super) first_void: Option<(u32, u64)>,
}

/// A part of a tally.
pub struct TallyPart {
    block: Option<Comoments>,
    tree: Tree<Comoments>,
    outcomes: Vec<ProbabilityHistogram>,
    values: Vec<ValueHistogram>,
    void: u64,
    first_void: Option<u64>,
}

impl Tally {
    /// An empty tally of what `program` answers under `plan`.
    pub fn new(model: &Model, program: &Program, plan: &Plan) -> Tally {
        let layout = Layout::new(model, program, plan);
        let replicate = Replicate {
            tree: Tree::new(),
            outcomes: vec![ProbabilityHistogram::default(); layout.outcomes.len()],
        };
        Tally {
            replicates: vec![replicate; plan.replicates as usize],
            values: layout.histograms(),
            void: 0,
            first_void: None,
            layout,
        }
    }

    /// An empty tally of a share of a run: its trees begin where `ranges` do.
    pub(super) fn starting_at(model: &Model, program: &Program, plan: &Plan, ranges: &[Range]) -> Tally {
        let mut tally = Tally::new(model, program, plan);
        for range in ranges {
            tally.replicates[range.replicate as usize].tree = Tree::starting_at(range.start / BLOCK);
        }
        tally
    }

    /// The sums of every replicate; `None` where every draw was void.
    pub(super) fn sums(&self) -> Vec<Option<Comoments>> {
        self.replicates.iter().map(|replicate| replicate.tree.clone().finish()).collect()
    }

    /// The distribution of an outcome's probability in each replicate.
    pub(super) fn histograms(&self, outcome: usize) -> Vec<&ProbabilityHistogram> {
        self.replicates.iter().map(|replicate| &replicate.outcomes[outcome]).collect()
    }
}

impl Collector for Tally {
    type Part = TallyPart;

    fn part(&self, first_block: u64) -> TallyPart {
        TallyPart {
            block: None,
            tree: Tree::starting_at(first_block),
            outcomes: vec![ProbabilityHistogram::default(); self.layout.outcomes.len()],
            values: self.layout.histograms(),
            void: 0,
            first_void: None,
        }
    }

    fn part_bytes(&self, _: u64) -> usize {
        self.layout.outcomes.len() * ProbabilityHistogram::BYTES
            + self.layout.spreads.len() * ValueHistogram::BYTES
    }

    fn observe(&self, part: &mut TallyPart, batch: &Batch) {
        if batch.void > 0 {
            part.void += batch.void;
            part.first_void = part.first_void.or(batch.first_void());
        }
        if batch.is_empty() {
            return;
        }
        for (spread, histogram) in self.layout.outcomes.iter().zip(&mut part.outcomes) {
            add_values(spread, batch, histogram);
        }
        for ((_, spread, _), histogram) in self.layout.spreads.iter().zip(&mut part.values) {
            add_values(spread, batch, histogram);
        }
        self.add_sums(part, batch);
    }

    fn end_block(&self, part: &mut TallyPart) {
        // A block without a sound draw is still a leaf, so that the tree keeps its shape.
        let block =
            part.block.take().unwrap_or_else(|| Comoments::of(&self.layout.pairs, &self.layout.empty()));
        part.tree.push(block);
    }

    fn collect(&mut self, replicate: u32, part: TallyPart) {
        let own = &mut self.replicates[replicate as usize];
        for (level, subtree) in part.tree.into_subtrees() {
            // Parts are collected in order and start on boundaries of groups, so that none is out of place.
            let placed = own.tree.push_subtree(level, subtree);
            debug_assert!(placed.is_ok());
        }
        for (mine, theirs) in own.outcomes.iter_mut().zip(&part.outcomes) {
            mine.merge(theirs);
        }
        for (mine, theirs) in self.values.iter_mut().zip(&part.values) {
            mine.merge(theirs);
        }
        self.void += part.void;
        self.first_void = self.first_void.or(part.first_void.map(|index| (replicate, index)));
    }
}

impl Tally {
    /// Columns are read where they stand; only what has to be computed first is written down.
    fn add_sums(&self, part: &mut TallyPart, batch: &Batch) {
        let columns: Vec<Cow<[f64]>> =
            self.layout.columns.iter().map(|column| self.values(*column, batch)).collect();
        let columns: Vec<&[f64]> = columns.iter().map(|column| &column[..]).collect();
        let sums = Comoments::of_on(batch.level(), &self.layout.pairs, &columns);
        match &mut part.block {
            Some(block) => block.merge(&sums),
            None => part.block = Some(sums),
        }
    }

    fn values<'a>(&self, column: Column, batch: &Batch<'a>) -> Cow<'a, [f64]> {
        match column {
            Column::Output(output) => batch.column(output),
            Column::Mean(at) => mean_column(&self.layout.spreads[at].1, batch),
            Column::Square(at) => {
                let (_, spread, centre) = &self.layout.spreads[at];
                square_column(spread, *centre, batch).into()
            }
            Column::WeightSquare(output) => {
                batch.column(output).iter().map(|weight| weight * weight).collect()
            }
        }
    }
}

/// Σ over states of probability × (value − centre)².
pub(super) fn square_column(spread: &Spread, centre: f64, batch: &Batch) -> Vec<f64> {
    let mut squares = vec![0.0; batch.len()];
    for (value, weight) in &spread.states {
        let values = batch.column(*value);
        let places = squares.iter_mut().zip(values.iter().map(|value| (value - centre) * (value - centre)));
        match weight.map(|weight| batch.column(weight)) {
            None => places.for_each(|(sum, square)| *sum += square),
            Some(weights) => {
                places.zip(&*weights).for_each(|((sum, square), weight)| *sum += weight * square);
            }
        }
    }
    squares
}

fn add_values<G: Grid>(spread: &Spread, batch: &Batch, histogram: &mut Histogram<G>) {
    for (value, weight) in &spread.states {
        let values = batch.column(*value);
        match weight {
            None => histogram.add_slice_on(batch.level(), &values),
            Some(weight) => {
                histogram.add_weighted_slice_on(batch.level(), &values, &batch.column(*weight));
            }
        }
    }
}
