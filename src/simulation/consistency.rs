//! Whether what a part holds can have come from draws: as many as it should be, no value outside of what its formula allows, and
//! probabilities of a whole that add up to it.
//!
//! A run needs no such look, as what it collects comes from the program. A part comes from a file.

use std::collections::BTreeSet;

use super::columns::{Column, Columns};
use super::kept::Kept;
use super::sums::Sums;
use crate::program::{Output, Program, Query, QueryId, Spread, WorldId};
use crate::statistics::{Comoments, Grid, Histogram};

/// What sums of rounded numbers may be off by, as a share of what they are.
const SLACK: f64 = 1e-9;

/// The units that a weight of 1 has in a histogram.
const UNITS: u128 = 1 << 32;

/// What can't have come from draws, in words.
pub(super) type Fault = &'static str;

/// What is known beforehand of what any draws of a program give.
pub(super) struct Consistency {
    /// By column: the least and the greatest mean, where formulas tell.
    bounds: Vec<Option<(f64, f64)>>,
    /// By company: the columns of its worlds. Others may have no number in a draw that is sound in these.
    own: Vec<BTreeSet<usize>>,
    /// What is never more than something else: part, whole, company.
    parts: Vec<(usize, usize, usize)>,
    wholes: Vec<Whole>,
    /// By spread that is tallied.
    values: Vec<Option<(f64, f64)>>,
    /// By column of the draws that are kept.
    kept: Vec<Option<(f64, f64)>>,
    /// By world: its company.
    worlds: Vec<usize>,
}

/// Columns that add up to another, or to 1.
struct Whole {
    columns: Vec<usize>,
    weight: Option<usize>,
    company: usize,
}

impl Consistency {
    pub(super) fn of(program: &Program, columns: &Columns, kept: &Kept) -> Consistency {
        let at = |output: Output| columns.position(Column::Output(output));
        let mut bounds: Vec<Option<(f64, f64)>> =
            columns.all.iter().map(|column| bounds_of(program, columns, *column)).collect();
        let probabilities: Vec<(QueryId, Query)> = program
            .queries()
            .filter(|id| program.is_probability(*id))
            .map(|id| (id, program.query(id)))
            .collect();
        for (_, query) in probabilities.iter().filter(|(_, query)| query.weight.is_none()) {
            // An impossible world answers with no number.
            if program.constant(query.numerator).is_none_or(|value| !value.is_nan()) {
                bounds[at(query.numerator)] = Some((0.0, 1.0));
            }
        }
        let company = |id: QueryId| program.company(&[id]).position();
        let parts = probabilities
            .iter()
            .filter_map(|(id, query)| Some((at(query.numerator), at(query.weight?), company(*id))))
            .collect();
        let whole = |ids: &Vec<QueryId>| {
            let queries: Vec<Query> = ids.iter().map(|id| program.query(*id)).collect();
            let (first, id) = (queries.first()?, ids.first()?);
            let is_open = queries.iter().any(|one| program.constant(one.numerator).is_some_and(f64::is_nan));
            let own = Whole {
                columns: queries.iter().map(|one| at(one.numerator)).collect(),
                weight: first.weight.map(at),
                company: company(*id),
            };
            (!is_open && queries.iter().all(|one| one.weight == first.weight)).then_some(own)
        };
        let outputs = program.kept();
        let of_kept = |output: &Output| program.bounds(*output).filter(|_| outputs.contains(output));
        Consistency {
            bounds,
            own: program.companies().iter().map(|worlds| of_worlds(program, columns, worlds)).collect(),
            parts,
            wholes: program.wholes().iter().filter_map(whole).collect(),
            values: columns.spreads.iter().map(|one| hull(program, &one.spread)).collect(),
            kept: kept.outputs().iter().map(of_kept).collect(),
            worlds: program.worlds().map(|world| program.alone(world).position()).collect(),
        }
    }

    /// How many worlds there are.
    pub(super) fn worlds(&self) -> usize {
        self.worlds.len()
    }

    /// The draws that counted in each world, of the sums over `draws` draws.
    ///
    /// # Errors
    /// They can't be such sums.
    pub(super) fn of_sums(&self, sums: &Sums, draws: u64) -> Result<Vec<u64>, Fault> {
        let is_whole = sums.each().len() < self.own.len();
        for (one, own) in sums.each().iter().zip(&self.own) {
            // No draw is void where nothing is told of companies.
            if one.count() > draws || (is_whole && one.count() < draws) {
                return Err("it does not hold the draws that it should");
            }
            self.of_company(one, |column| is_whole || own.contains(&column))?;
        }
        self.parts.iter().try_for_each(|(part, whole, company)| {
            let means = sums.at(*company).means();
            let (part, whole) = (means[*part], means[*whole]);
            let is_part = (-SLACK * whole..=whole * (1.0 + SLACK)).contains(&part);
            if is_part || whole.is_nan() { Ok(()) } else { Err("a probability in it is none") }
        })?;
        self.wholes.iter().try_for_each(|whole| whole.check(sums))?;
        Ok(self.worlds.iter().map(|company| sums.at(*company).count()).collect())
    }

    fn of_company(&self, sums: &Comoments, is_own: impl Fn(usize) -> bool) -> Result<(), Fault> {
        if sums.count() == 0 {
            return Ok(());
        }
        let bounds = |at: usize| self.bounds[at].filter(|_| is_own(at));
        if !sums.means().iter().enumerate().all(|(at, mean)| is_within(*mean, bounds(at))) {
            return Err("a mean in it is none that its formula can have");
        }
        // The deviations of values between two bounds are no greater than half of what lies between them.
        let most =
            |at: usize| bounds(at).map(|(low, high)| sums.count() as f64 * ((high - low) / 2.0).powi(2));
        let is_possible = |(&(i, j), product): (&(usize, usize), &f64)| match most(i).zip(most(j)) {
            None => true,
            Some((own, other)) => {
                let most = (own * other).sqrt() * (1.0 + SLACK);
                let least = if i == j { -SLACK * most } else { -most };
                (least..=most).contains(product)
            }
        };
        if !sums.pairs().iter().zip(sums.products()).all(is_possible) {
            return Err("a variance in it is none that its formula can have");
        }
        Ok(())
    }

    /// Looks at the values of a quantity over `draws` draws, one of several that are tallied.
    pub(super) fn of_values<G: Grid>(
        &self,
        at: usize,
        spread: &Spread,
        values: &Histogram<G>,
        draws: u64,
    ) -> Result<(), Fault> {
        of_histogram(spread, values, draws, self.values[at])
    }

    /// Looks at columns of kept draws.
    pub(super) fn of_kept(&self, columns: &[Vec<f64>]) -> Result<(), Fault> {
        let inside = |(column, bounds): (&Vec<f64>, &Option<(f64, f64)>)| {
            column.iter().all(|value| is_within(*value, *bounds))
        };
        if columns.iter().zip(&self.kept).all(inside) {
            Ok(())
        } else {
            Err("a value in it is none that its formula can have")
        }
    }
}

impl Whole {
    fn check(&self, sums: &Sums) -> Result<(), Fault> {
        let own = sums.at(self.company);
        if own.count() == 0 {
            return Ok(());
        }
        let whole = self.weight.map_or(1.0, |at| own.means()[at]);
        let sum: f64 = self.columns.iter().map(|at| own.means()[*at]).sum();
        if (sum - whole).abs() <= SLACK * whole {
            Ok(())
        } else {
            Err("probabilities in it that are a whole do not add up to it")
        }
    }
}

/// Looks at the values of an outcome's probability over `draws` draws.
pub(super) fn of_belief<G: Grid>(spread: &Spread, values: &Histogram<G>, draws: u64) -> Result<(), Fault> {
    of_histogram(spread, values, draws, Some((0.0, 1.0)))
}

fn of_histogram<G: Grid>(
    spread: &Spread,
    values: &Histogram<G>,
    draws: u64,
    bounds: Option<(f64, f64)>,
) -> Result<(), Fault> {
    let (total, draws) = (values.total(), u128::from(draws));
    let is_counted = match spread.states[..] {
        [] => total == 0,
        [(_, None)] => total == draws,
        // Each weight is rounded by half a unit at most.
        _ => total <= draws * (UNITS + spread.states.len() as u128),
    };
    if !is_counted {
        return Err("it does not count the values that it should");
    }
    let is_inside = total == 0 || (is_within(values.min(), bounds) && is_within(values.max(), bounds));
    if is_inside { Ok(()) } else { Err("a value in it is none that its formula can have") }
}

/// Whether a number lies between bounds, if there are any, but for rounding.
fn is_within(value: f64, bounds: Option<(f64, f64)>) -> bool {
    bounds.is_none_or(|(low, high)| {
        let slack = SLACK * low.abs().max(high.abs());
        low - slack <= value && value <= high + slack
    })
}

/// The columns of what is asked of some worlds.
fn of_worlds(program: &Program, columns: &Columns, worlds: &[WorldId]) -> BTreeSet<usize> {
    let companies = program.companies();
    let is_own = |id: &QueryId| {
        companies[program.company(&[*id]).position()].iter().all(|world| worlds.contains(world))
    };
    let queries = program.queries().filter(is_own).map(|id| program.query(id));
    let queries =
        queries.flat_map(|query| [Some(query.numerator), query.weight]).flatten().map(Column::Output);
    let weights = worlds.iter().filter_map(|world| program.learned(*world).weight);
    let weights = weights.flat_map(|weight| [Column::Output(weight), Column::WeightSquare(weight)]);
    let spreads = program.spreads().filter(|(_, world)| worlds.contains(world));
    let spreads = spreads.map(|(id, _)| Column::Mean(id)).filter(|column| columns.has(*column));
    queries.chain(weights).chain(spreads).map(|column| columns.position(column)).collect()
}

/// The least and the greatest mean of a column, where formulas tell.
fn bounds_of(program: &Program, columns: &Columns, column: Column) -> Option<(f64, f64)> {
    match column {
        Column::Output(output) => program.bounds(output),
        Column::WeightSquare(output) => program.bounds(output).map(|(_, high)| (0.0, high * high)),
        // Values count by how probable they are, which may be less than 1 together.
        Column::Mean(id) => {
            let (_, one) = columns.spread(id)?;
            let (low, high) = hull(program, &one.spread)?;
            Some((low.min(0.0) * one.scale, high.max(0.0) * one.scale))
        }
        Column::Square(_) => None,
    }
}

/// The least and the greatest value of a quantity, where formulas tell.
fn hull(program: &Program, spread: &Spread) -> Option<(f64, f64)> {
    let each: Option<Vec<(f64, f64)>> =
        spread.states.iter().map(|(value, _)| program.bounds(*value)).collect();
    let ends = |one: (f64, f64), other: &(f64, f64)| (one.0.min(other.0), one.1.max(other.1));
    each.filter(|each| !each.is_empty())
        .map(|each| each.iter().fold((f64::INFINITY, f64::NEG_INFINITY), ends))
}
