//! The columns of everything in a model, to look at draws one by one.

use foretell::model::{DerivedId, EventId, FactorId, Model, OutcomeId, Variable};
use foretell::program::{Ask, CompanyId, Output, Program, Spread, World};
use foretell::simulation::{Batch, Collector, Layout, Plan, Watch, run};

/// A program whose outputs are the values of everything in a model.
pub struct Columns {
    pub program: Program,
    pub outcomes: Vec<Output>,
    pub events: Vec<Output>,
    pub factors: Vec<Spread>,
    pub derived: Vec<Spread>,
    /// For each derived value and each outcome, their product.
    pub by_outcome: Vec<Vec<Output>>,
}

impl Columns {
    pub fn of(model: &Model) -> Columns {
        let mut ask = Ask::new();
        let world = ask.world(World::of(model));
        let term = |variable| model.term_of(variable);
        let outcomes: Vec<_> =
            (0..model.outcomes.len()).map(|at| ask.outcome(world, OutcomeId(at))).collect();
        let events: Vec<_> = (0..model.events.len())
            .map(|at| ask.probability(world, term(Variable::Event(EventId(at)))))
            .collect();
        let factors: Vec<_> = (0..model.factors.len())
            .map(|at| ask.spread(world, term(Variable::Factor(FactorId(at)))))
            .collect();
        let derived = || (0..model.derived.len()).map(|at| Variable::Derived(DerivedId(at)));
        let spreads: Vec<_> = derived().map(|one| ask.spread(world, term(one))).collect();
        let mut by_outcome = Vec::new();
        for one in derived() {
            let given = |at: usize| {
                let outcome = foretell::model::Term::outcome(OutcomeId(at), model.outcomes[at].span);
                ask.expectation(world, term(one), Some(outcome))
            };
            by_outcome.push((0..model.outcomes.len()).map(given).collect::<Vec<_>>());
        }
        let program = super::program(&ask);
        let columns = |queries: &[_]| queries.iter().map(|one| program.query(*one).numerator).collect();
        let spreads_of = |all: &[_]| all.iter().map(|one| program.spread(*one).clone()).collect();
        Columns {
            outcomes: columns(&outcomes),
            events: columns(&events),
            factors: spreads_of(&factors),
            derived: spreads_of(&spreads),
            by_outcome: by_outcome.iter().map(|own| columns(own)).collect(),
            program,
        }
    }

    /// The values of some outputs in all draws of a plan.
    pub fn draws(&self, plan: &Plan, outputs: &[Output]) -> Vec<Vec<f64>> {
        let mut whole = Whole { outputs: outputs.to_vec(), columns: vec![Vec::new(); outputs.len()] };
        let layout = Layout::of(&self.program);
        run(&self.program, plan, &layout, &plan.whole(), &mut whole, &Watch::new())
            .expect("a run to its end");
        whole.columns
    }
}

/// Collects the draws themselves.
struct Whole {
    outputs: Vec<Output>,
    columns: Vec<Vec<f64>>,
}

impl Collector for Whole {
    type Part = Vec<Vec<f64>>;

    fn part(&self, _: u64) -> Vec<Vec<f64>> {
        vec![Vec::new(); self.outputs.len()]
    }

    fn observe(&self, part: &mut Vec<Vec<f64>>, batch: &Batch) {
        let draws = batch.sound(CompanyId::FIRST);
        for (output, column) in self.outputs.iter().zip(part) {
            column.extend_from_slice(&draws.column(*output));
        }
    }

    fn end_block(&self, _: &mut Vec<Vec<f64>>) {}

    fn collect(&mut self, _: u32, part: Vec<Vec<f64>>) {
        self.columns.iter_mut().zip(part).for_each(|(mine, more)| mine.extend(more));
    }
}
