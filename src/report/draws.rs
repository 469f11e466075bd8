//! Every draw as a line of CSV.

use std::io::{self, Write};

use crate::analysis::chances::Chance;
use crate::distribution::Cache;
use crate::limits::Limits;
use crate::model::{CategoryId, DerivedId, EventId, FactorId, Model, OutcomeId, Variable};
use crate::program::{
    Ask, CompanyId, CompileError, Output, Program, QueryId, Spread, SpreadId, States, World, WorldId, compile,
};
use crate::simulation::{Batch, Collector, SoundDraws, mean_column};

/// What is written of every draw: the values of factors and derived values, and the probabilities of states, events and
/// outcomes.
pub struct DrawColumns {
    program: Program,
    world: WorldId,
    names: Vec<String>,
    spreads: Vec<SpreadId>,
    chances: Vec<QueryId>,
}

impl DrawColumns {
    /// The columns of a model; with `states` drawn where the run's are.
    ///
    /// # Errors
    /// See [`compile`].
    pub fn of(
        model: &Model,
        states: States,
        cache: &Cache,
        limits: &Limits,
    ) -> Result<DrawColumns, CompileError> {
        let mut ask = Ask::new();
        let world = ask.world(World { states, ..World::of(model) });
        let mut names = Vec::new();
        let factors = (0..model.factors.len()).map(|at| Variable::Factor(FactorId(at)));
        let derived = (0..model.derived.len()).map(|at| Variable::Derived(DerivedId(at)));
        let mut spreads = Vec::new();
        for variable in factors.chain(derived) {
            names.push(model.name(variable).to_string());
            spreads.push(ask.spread(world, model.term_of(variable)));
        }
        let mut chances = Vec::new();
        for chance in chances_of(model) {
            names.push(chance.id(model));
            chances.push(ask.probability(world, chance.proposition(model)));
        }
        let program = compile(&ask, cache, limits)?;
        Ok(DrawColumns { program, world, names, spreads, chances })
    }

    /// What makes the draws.
    pub fn program(&self) -> &Program {
        &self.program
    }
}

/// States, events and outcomes, in this order.
fn chances_of(model: &Model) -> Vec<Chance> {
    let mut all = Vec::new();
    for (at, category) in model.categories.iter().enumerate() {
        all.extend((0..category.states.len()).map(|state| Chance::State(CategoryId(at), state)));
    }
    all.extend((0..model.events.len()).map(|at| Chance::Event(EventId(at))));
    all.extend((0..model.outcomes.len()).map(|at| Chance::Outcome(OutcomeId(at))));
    all
}

/// Writes every sound draw as a line: replicate, index, and its columns. Values that depend on chance are averaged over it.
/// Where something was learned, all are given that, and the draw's weight under it stands last.
pub struct DrawSink<'a> {
    company: CompanyId,
    values: Vec<Spread>,
    chances: Vec<Output>,
    weight: Option<Output>,
    to: &'a mut (dyn Write + Send + Sync),
    failed: Option<io::Error>,
}

impl<'a> DrawSink<'a> {
    /// Writes the header.
    ///
    /// # Errors
    /// What `to` says.
    pub fn new(columns: &DrawColumns, to: &'a mut (dyn Write + Send + Sync)) -> io::Result<DrawSink<'a>> {
        let program = &columns.program;
        let weight = program.learned(columns.world).weight;
        let last = if weight.is_some() { ",weight" } else { "" };
        writeln!(to, "replicate,draw,{}{last}", columns.names.join(","))?;
        Ok(DrawSink {
            company: program.alone(columns.world),
            values: columns.spreads.iter().map(|id| program.spread(*id).clone()).collect(),
            chances: columns.chances.iter().map(|id| program.query(*id).numerator).collect(),
            weight,
            to,
            failed: None,
        })
    }

    /// Whether everything could be written.
    ///
    /// # Errors
    /// The first failure.
    pub fn finish(self) -> io::Result<()> {
        self.failed.map_or(Ok(()), Err)
    }

    fn columns(&self, draws: &SoundDraws) -> Vec<Vec<f64>> {
        let values = self.values.iter().map(|spread| mean_column(spread, draws).into_owned());
        let chances = self.chances.iter().map(|output| draws.column(*output).into_owned());
        let mut columns: Vec<Vec<f64>> = values.chain(chances).collect();
        let Some(weight) = self.weight else { return columns };
        let weights = draws.column(weight);
        for (at, column) in columns.iter_mut().enumerate() {
            // A value that no state changes is not weighed.
            let is_weighed =
                self.values.get(at).is_none_or(|spread| spread.states.iter().any(|(_, one)| one.is_some()));
            if is_weighed {
                column.iter_mut().zip(&*weights).for_each(|(value, weight)| *value /= weight);
            }
        }
        columns.push(weights.into_owned());
        columns
    }
}

impl Collector for DrawSink<'_> {
    type Part = String;

    fn part(&self, _: u64) -> String {
        String::new()
    }

    fn part_bytes(&self, draws: u64) -> usize {
        // Replicate, index, the columns and the weight, at some twenty letters each.
        draws as usize * 20 * (self.values.len() + self.chances.len() + 3)
    }

    fn observe(&self, part: &mut String, batch: &Batch) {
        use std::fmt::Write;
        let draws = batch.sound(self.company);
        let columns = self.columns(&draws);
        for (at, index) in draws.indices().enumerate() {
            let _ = write!(part, "{},{index}", batch.replicate);
            for column in &columns {
                let _ = write!(part, ",{}", column[at]);
            }
            part.push('\n');
        }
    }

    fn end_block(&self, _: &mut String) {}

    fn collect(&mut self, _: u32, part: String) {
        if self.failed.is_none() {
            self.failed = self.to.write_all(part.as_bytes()).err();
        }
    }
}
