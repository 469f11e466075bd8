//! A world as tables of columns: how probable the states of each chance variable are, given those that decide it, and the values
//! of what is drawn. Whoever has the numbers of one draw can draw a whole world from them.

use std::collections::BTreeSet;

use super::asking::{Asking, Obstacle};
use super::elimination::TooLarge;
use super::potential::{Chance, Potential};
use super::query::Output;
use crate::model::{CategoryId, EventId, Model, QuantityId, Term, TermKind};

/// The chance variables of a world, one by one.
#[derive(Clone, Debug, Default)]
pub struct Network {
    /// What is in one state for certain.
    pub certain: Vec<(Chance, usize)>,
    /// What was learned, as far as the draws are not confined to it: how probable it is in each state of what it is about.
    pub learned: Vec<Table>,
    /// How probable the states of each variable, the last of a table's scope, are given the others. Several of one variable are
    /// multiplied; what stands [between an event and its causes](Chance::Causes) is summed over.
    pub given: Vec<Table>,
    /// The value of each uncertain quantity, in the order of the model.
    pub quantities: Vec<Table>,
}

/// A number for each combination of states of some variables.
#[derive(Clone, Debug, Default)]
pub struct Table {
    /// The variables, each with its number of states.
    pub scope: Vec<(Chance, usize)>,
    /// The numbers, the last variable's states changing fastest.
    pub entries: Vec<Entry>,
}

/// A number of a table.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Entry {
    /// The same in every draw.
    Number(f64),
    /// A draw decides it.
    Drawn(Output),
}

impl Network {
    /// All that draws decide, some more than once.
    pub fn outputs(&self) -> impl Iterator<Item = Output> + '_ {
        let all = self.learned.iter().chain(&self.given).chain(&self.quantities);
        all.flat_map(|table| &table.entries).filter_map(|entry| match entry {
            Entry::Drawn(output) => Some(*output),
            Entry::Number(_) => None,
        })
    }
}

impl Asking<'_> {
    /// The chance variables of the world. A number that its draw does not need may be void.
    pub(super) fn network(&mut self) -> Result<Network, Obstacle> {
        let all = chances(self.lowering.model);
        let certain: Vec<(Chance, usize)> =
            all.iter().filter_map(|one| Some((*one, self.lowering.certain(*one)?))).collect();
        let targets = all.iter().copied().filter(|one| self.lowering.certain(*one).is_none()).collect();
        let found = self.lowering.ancestry(&targets);
        let mut tables = self.limit(found, |_| WORLD.into())?;
        let given = tables.split_off(self.lowering.evidence.len());
        let quantities = (0..self.lowering.model.quantities.len()).map(QuantityId);
        let quantities: Result<Vec<Potential>, TooLarge> = quantities.map(|id| self.values(id)).collect();
        let quantities = self.limit(quantities, |_| WORLD.into())?;
        Ok(Network {
            certain,
            learned: self.columns(tables),
            given: self.columns(given),
            quantities: self.columns(quantities),
        })
    }

    /// The value of a quantity in each state of what its parameters depend on.
    fn values(&mut self, id: QuantityId) -> Result<Potential, TooLarge> {
        let draw = Term { kind: TermKind::Draw(id), span: self.lowering.model.quantities[id.0].span };
        let scope = self.lowering.limited(self.lowering.scope(&draw), Chance::Outcome)?;
        let entries = self.lowering.tabulate(&scope, |lowering, state| vec![lowering.term(&draw, state)]);
        Ok(Potential { scope: self.lowering.counted(&scope), entries })
    }

    fn columns(&mut self, tables: Vec<Potential>) -> Vec<Table> {
        // Networks have hundreds of thousands of numbers, which would each take a column.
        let mut entry = |node| match self.lowering.graph().constant(node) {
            Some(number) => Entry::Number(number),
            None => Entry::Drawn(self.outputs.free(node)),
        };
        let mut column = |one: Potential| Table {
            scope: one.scope,
            entries: one.entries.into_iter().map(&mut entry).collect(),
        };
        tables.into_iter().map(&mut column).collect()
    }
}

const WORLD: &str = "a whole world";

/// Everything in a model that is in one of several states.
fn chances(model: &Model) -> BTreeSet<Chance> {
    let categories = (0..model.categories.len()).map(|at| Chance::Category(CategoryId(at)));
    let events = (0..model.events.len()).map(|at| Chance::Event(EventId(at)));
    let outcome = (!model.outcomes.is_empty()).then_some(Chance::Outcome);
    categories.chain(events).chain([Chance::Theory]).chain(outcome).collect()
}
