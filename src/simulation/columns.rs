//! Which columns of a program a tally adds up.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::collector::SoundDraws;
use super::pilot;
use super::plan::Plan;
use crate::design::Kind;
use crate::math::instruction_set::InstructionSet;
use crate::program::{CompanyId, Output, Program, Query, QueryId, Spread, SpreadId};
use crate::statistics::{Grid, Histogram, Pairs, ValueGrid, ValueHistogram};

/// A column whose sum is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    /// An output.
    Output(Output),
    /// The mean of a spread over the states of the events, scaled.
    Mean(SpreadId),
    /// The mean square of a spread's distance from the origin of its grid, scaled.
    Square(SpreadId),
    /// The square of the probability of what was learned.
    WeightSquare(Output),
}

/// A quantity whose distribution is tallied.
#[derive(Clone, Debug)]
pub(super) struct Tallied {
    pub(super) id: SpreadId,
    pub(super) spread: Spread,
    /// The cells that its values are counted in. Squares are summed around their origin.
    pub(super) grid: ValueGrid,
    /// What its values are multiplied by before they are summed, so that no square is lost.
    pub(super) scale: f64,
    /// The probability of what was learned in its world.
    pub(super) weight: Option<Output>,
    pub(super) company: CompanyId,
}

impl Tallied {
    /// The mean of the values in each draw, scaled.
    fn means<'a>(&self, draws: &SoundDraws<'a>) -> Cow<'a, [f64]> {
        let mut means = mean_column(&self.spread, draws);
        if self.scale != 1.0 {
            means.to_mut().iter_mut().for_each(|mean| *mean *= self.scale);
        }
        means
    }
}

/// Which columns are added up, and which pairs of them.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) all: Vec<Column>,
    index: BTreeMap<Column, usize>,
    pub(super) pairs: Pairs,
    /// The values of each outcome's probability; none where they are known without draws.
    pub(super) beliefs: Vec<(Spread, CompanyId)>,
    /// Quantities whose distribution is not known without draws.
    pub(super) spreads: Vec<Tallied>,
}

impl Columns {
    pub(super) fn new(program: &Program, plan: &Plan) -> Columns {
        let mut columns = Columns {
            all: Vec::new(),
            index: BTreeMap::new(),
            pairs: Pairs::default(),
            beliefs: beliefs(program),
            spreads: spreads(program, plan.level),
        };
        for column in program.queries().flat_map(|id| of_query(program.query(id))) {
            columns.add(column);
        }
        for weight in program.worlds().filter_map(|world| program.learned(world).weight) {
            columns.add(Column::Output(weight));
            columns.add(Column::WeightSquare(weight));
        }
        for id in columns.spreads.iter().map(|one| one.id).collect::<Vec<_>>() {
            columns.add(Column::Mean(id));
            columns.add(Column::Square(id));
        }
        if plan.kind == Kind::Independent {
            columns.add_pairs(program);
        }
        columns
    }

    fn add(&mut self, column: Column) {
        let next = self.all.len();
        if *self.index.entry(column).or_insert(next) == next {
            self.all.push(column);
        }
    }

    /// Whether a column was added.
    pub(super) fn has(&self, column: Column) -> bool {
        self.index.contains_key(&column)
    }

    /// Where a column is; it must have been added.
    pub(super) fn position(&self, column: Column) -> usize {
        self.index.get(&column).copied().unwrap_or(0)
    }

    /// The tallied distribution of a quantity, with its position; `None` if it is known without draws.
    pub(super) fn spread(&self, id: SpreadId) -> Option<(usize, &Tallied)> {
        self.spreads.iter().enumerate().find(|(_, one)| one.id == id)
    }

    /// The pairs whose covariance an error needs: within each query, and between those that are compared with each other.
    fn add_pairs(&mut self, program: &Program) {
        let mut groups: Vec<Vec<usize>> =
            program.queries().map(|id| self.positions(program, &[id])).collect();
        groups.extend(program.compared().iter().map(|queries| self.positions(program, queries)));
        groups.extend(self.spreads.iter().map(|one| {
            let weight = one.weight.map(|weight| self.position(Column::Output(weight)));
            std::iter::once(self.position(Column::Mean(one.id))).chain(weight).collect()
        }));
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

    /// An empty histogram for each spread.
    pub(super) fn histograms(&self) -> Vec<ValueHistogram> {
        self.spreads.iter().map(|one| ValueHistogram::new(one.grid)).collect()
    }

    fn positions(&self, program: &Program, queries: &[QueryId]) -> Vec<usize> {
        let columns = queries.iter().flat_map(|id| of_query(program.query(*id)));
        let mut all: Vec<usize> = columns.map(|column| self.position(column)).collect();
        all.sort();
        all.dedup();
        all
    }

    /// The values of a column: where they stand, unless they have to be computed first.
    pub(super) fn values<'a>(&self, column: Column, draws: &SoundDraws<'a>) -> Cow<'a, [f64]> {
        let tallied = |id: SpreadId| self.spread(id).map(|(_, one)| one);
        match column {
            Column::Output(output) => draws.column(output),
            Column::Mean(id) => tallied(id).map_or(Cow::Borrowed(&[]), |one| one.means(draws)),
            Column::Square(id) => tallied(id).map_or(Cow::Borrowed(&[]), |one| {
                square_column(&one.spread, one.grid.origin(), one.scale, draws).into()
            }),
            Column::WeightSquare(output) => {
                draws.column(output).iter().map(|weight| weight * weight).collect()
            }
        }
    }
}

fn of_query(query: Query) -> impl Iterator<Item = Column> + use<> {
    [Some(query.numerator), query.weight].into_iter().flatten().map(Column::Output)
}

/// The values of each outcome's probability, as far as draws enter them.
fn beliefs(program: &Program) -> Vec<(Spread, CompanyId)> {
    let unknown = |spread: &Spread| match pilot::known(program, spread) {
        Some(_) => Spread::default(),
        None => spread.clone(),
    };
    program.beliefs().map(|(id, world)| (unknown(program.belief(id)), program.alone(world))).collect()
}

/// What is known without draws is not tallied.
fn spreads(program: &Program, level: InstructionSet) -> Vec<Tallied> {
    let all: Vec<_> =
        program.spreads().filter(|(id, _)| pilot::known(program, program.spread(*id)).is_none()).collect();
    let unknown: Vec<&Spread> = all.iter().map(|(id, _)| program.spread(*id)).collect();
    let sizes = pilot::sizes(program, &unknown, level);
    all.into_iter()
        .zip(sizes)
        .map(|((id, world), (grid, scale))| Tallied {
            id,
            spread: program.spread(id).clone(),
            grid,
            scale,
            weight: program.learned(world).weight,
            company: program.alone(world),
        })
        .collect()
}

/// The values of a variable in some draws, averaged over the states of the events that it depends on.
pub fn mean_column<'a>(spread: &Spread, draws: &SoundDraws<'a>) -> Cow<'a, [f64]> {
    if let Some(value) = spread.single() {
        return draws.column(value);
    }
    let mut mean = vec![0.0; draws.len()];
    for (value, weight) in &spread.states {
        let values = draws.column(*value);
        match weight {
            None => mean.copy_from_slice(&values),
            Some(weight) => {
                let weights = draws.column(*weight);
                for ((mean, value), weight) in mean.iter_mut().zip(&*values).zip(&*weights) {
                    *mean += weight * value;
                }
            }
        }
    }
    mean.into()
}

/// Σ over states of probability × ((value − centre) × scale)².
pub(super) fn square_column(spread: &Spread, centre: f64, scale: f64, draws: &SoundDraws) -> Vec<f64> {
    let square = |value: &f64| {
        let distance = (value - centre) * scale;
        distance * distance
    };
    if let Some(value) = spread.single() {
        return draws.column(value).iter().map(square).collect();
    }
    let mut squares = vec![0.0; draws.len()];
    for (value, weight) in &spread.states {
        let values = draws.column(*value);
        let places = squares.iter_mut().zip(values.iter().map(square));
        match weight.map(|weight| draws.column(weight)) {
            None => places.for_each(|(sum, square)| *sum += square),
            Some(weights) => {
                places.zip(&*weights).for_each(|((sum, square), weight)| *sum += weight * square);
            }
        }
    }
    squares
}

/// Adds the values of a spread to a histogram, by their probabilities.
pub(super) fn add_values<G: Grid>(spread: &Spread, draws: &SoundDraws, histogram: &mut Histogram<G>) {
    for (value, weight) in &spread.states {
        let values = draws.column(*value);
        match weight {
            None => histogram.add_slice_on(draws.level(), &values),
            Some(weight) => {
                histogram.add_weighted_slice_on(draws.level(), &values, &draws.column(*weight));
            }
        }
    }
}
