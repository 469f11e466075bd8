//! What is told of every single draw.

use std::borrow::Cow;
use std::collections::HashSet;

pub use super::draw_column::{ColumnKind, ColumnSource, DrawColumn};
use super::{Chance, Failure, Study};
use crate::model::{CategoryId, DerivedId, EventId, FactorId, Model, OutcomeId, Variable};
use crate::program::{Ask, CompanyId, Output, Program, QueryId, Spread, SpreadId, WorldId};
use crate::simulation::{SoundDraws, mean_column};

/// What is told of every draw: the values of factors and derived values, and the probabilities of states, events and
/// outcomes. Values that depend on chance are averaged over it. Where something was learned, all are given that, and the draw's
/// weight under it comes last.
pub struct DrawColumns {
    program: Program,
    world: WorldId,
    columns: Vec<DrawColumn>,
    values: Vec<Spread>,
    chances: Vec<Output>,
    weight: Option<Output>,
}

/// What is asked to tell it.
struct DrawsAsked {
    columns: Vec<DrawColumn>,
    values: Vec<SpreadId>,
    chances: Vec<QueryId>,
}

impl DrawColumns {
    /// The columns of a model, and the program that makes the draws.
    ///
    /// # Errors
    /// See [`compile`](crate::program::compile).
    pub fn compile(study: &Study) -> Result<DrawColumns, Failure> {
        let mut ask = Ask::new();
        let world = ask.world(study.world());
        let asked = DrawsAsked::ask(study.model, &mut ask, world);
        let program = study.compile(&ask)?;
        let weight = program.learned(world).weight;
        let values: Vec<Spread> = asked.values.iter().map(|id| program.spread(*id).clone()).collect();
        let mut columns = asked.columns;
        // What chance has a part in is a mean, and no count.
        for (column, spread) in columns.iter_mut().zip(&values) {
            column.is_count &= spread.single().is_some();
        }
        columns.extend(weight.map(|_| DrawColumn::weight()));
        tell_apart(&mut columns);
        Ok(DrawColumns {
            values,
            chances: asked.chances.iter().map(|id| program.query(*id).numerator).collect(),
            columns,
            weight,
            world,
            program,
        })
    }

    /// What makes the draws.
    pub fn program(&self) -> &Program {
        &self.program
    }

    /// What each column holds.
    pub fn columns(&self) -> &[DrawColumn] {
        &self.columns
    }

    /// The draws that are told of: those that are sound in the file itself.
    pub fn company(&self) -> CompanyId {
        self.program.alone(self.world)
    }

    /// Each column in some draws.
    pub fn of<'d>(&self, draws: &SoundDraws<'d>) -> Vec<Cow<'d, [f64]>> {
        let values = self.values.iter().map(|spread| mean_column(spread, draws));
        let chances = self.chances.iter().map(|output| draws.column(*output));
        let mut columns: Vec<Cow<[f64]>> = values.chain(chances).collect();
        let Some(weight) = self.weight else { return columns };
        let weights = draws.column(weight);
        for (at, column) in columns.iter_mut().enumerate() {
            // A value that no state changes is not weighed.
            let is_weighed =
                self.values.get(at).is_none_or(|spread| spread.states.iter().any(|(_, one)| one.is_some()));
            if is_weighed {
                column.to_mut().iter_mut().zip(&*weights).for_each(|(value, weight)| *value /= weight);
            }
        }
        columns.push(weights);
        columns
    }
}

impl DrawsAsked {
    fn ask<'m>(model: &'m Model, ask: &mut Ask<'m>, world: WorldId) -> DrawsAsked {
        let factors = (0..model.factors.len()).map(|at| Variable::Factor(FactorId(at)));
        let derived = (0..model.derived.len()).map(|at| Variable::Derived(DerivedId(at)));
        let variables: Vec<Variable> = factors.chain(derived).collect();
        let chances = chances(model);
        let columns = variables.iter().map(|one| DrawColumn::of_variable(*one, model));
        DrawsAsked {
            columns: columns.chain(chances.iter().map(|one| DrawColumn::of_chance(*one, model))).collect(),
            values: variables.iter().map(|one| ask.spread(world, model.term_of(*one))).collect(),
            chances: chances.iter().map(|one| ask.probability(world, one.proposition(model))).collect(),
        }
    }
}

/// The columns that every file of draws begins with: the replicate and the index of the draw in it, both from 0.
pub const PLACE: [&str; 2] = ["replicate", "draw"];

/// Gives what a file calls as another column is called a name of its own, which ends in `_`.
fn tell_apart(columns: &mut [DrawColumn]) {
    let (of_draws, of_file): (Vec<&mut DrawColumn>, Vec<&mut DrawColumn>) =
        columns.iter_mut().partition(|column| column.kind == ColumnKind::Weight);
    let mut taken: HashSet<String> = of_file.iter().map(|column| column.name.clone()).collect();
    let own: Vec<String> = PLACE
        .into_iter()
        .map(String::from)
        .chain(of_draws.iter().map(|column| column.name.clone()))
        .collect();
    for column in of_file.into_iter().filter(|column| own.contains(&column.name)) {
        while own.contains(&column.name) || taken.contains(&column.name) {
            column.name.push('_');
        }
        taken.insert(column.name.clone());
    }
}

/// States, events and outcomes, in this order.
fn chances(model: &Model) -> Vec<Chance> {
    let mut all = Vec::new();
    for (at, category) in model.categories.iter().enumerate() {
        all.extend((0..category.states.len()).map(|state| Chance::State(CategoryId(at), state)));
    }
    all.extend((0..model.events.len()).map(|at| Chance::Event(EventId(at))));
    all.extend((0..model.outcomes.len()).map(|at| Chance::Outcome(OutcomeId(at))));
    all
}
