//! Draws that become futures.

use std::borrow::Cow;

use rand::distr::Distribution;
use rand::distr::weighted::WeightedIndex;

use super::chain::{Chain, Chances, Drawn};
use super::chosen::Chosen;
use super::future::{Decided, Future};
use super::place::Place;
use super::tables::OPEN;
use super::typical::REFERENCE;
use crate::analysis::round::Inquiry;
use crate::analysis::{Course, Failure, Learned, Study};
use crate::design::{Column, Kind};
use crate::diagnostic::Diagnostic;
use crate::limits::Limits;
use crate::math::special::normal_quantile;
use crate::model::{CategoryId, EventId, Model, OutcomeId, Variable};
use crate::program::{
    ChanceVariable, CompileError, Entry, Network, NetworkId, Program, QueryId, Table, World, WorldId,
};
use crate::random::{Generator, Key};
use crate::simulation::{
    self, Batch, Collector, Layout, Plan, REPLICATES, Range, Rule, Settings, SoundDraws,
};

/// As many draws are looked at, at the fewest and at the most, to take futures from them by their weights.
const FEWEST: u64 = 1 << 14;
const MOST: u64 = 1 << 20;

/// As many times as many effective draws as futures there are to be.
const EFFECTIVE: f64 = 4.0;

/// A world of which futures are drawn, as it is asked for.
pub(in crate::analysis) struct Asked {
    world: WorldId,
    network: NetworkId,
    /// The probability of each outcome, over all that chance decides.
    outcomes: Vec<QueryId>,
}

impl Asked {
    /// Asks for all that a future takes.
    pub(in crate::analysis) fn ask<'m>(study: &Study<'m>, inquiry: &mut Inquiry<'m>) -> Asked {
        let world = inquiry.ask.world(World::of(study.model));
        let outcomes = (0..study.model.outcomes.len()).map(OutcomeId);
        let outcomes = outcomes.map(|id| inquiry.ask.outcome(world, id)).collect();
        Asked { world, network: inquiry.ask.network(world), outcomes }
    }

    /// What draws futures of the program that was compiled.
    ///
    /// # Errors
    /// States that would have to be looked at together and are too many; the limits.
    pub(in crate::analysis) fn drawing<'a>(
        &self,
        study: &'a Study<'a>,
        program: &'a Program,
    ) -> Result<Drawing<'a>, Failure> {
        Drawing::new(study, program, self)
    }
}

/// What was asked to draw futures, compiled, and how draws of it go.
pub(in crate::analysis) struct Laid {
    /// What draws.
    pub(in crate::analysis) program: Program,
    /// What was asked.
    pub(in crate::analysis) asked: Asked,
    /// How the draws go that futures are taken from.
    pub(in crate::analysis) course: Course,
}

/// Asks for futures alone, and looks how the draws go.
pub(in crate::analysis) fn laid(study: &Study) -> Result<Laid, Failure> {
    let mut inquiry = Inquiry::new(study);
    let asked = Asked::ask(study, &mut inquiry);
    let program = inquiry.compile(study)?;
    let settings = Settings { rule: Rule::Draws(FEWEST), ..study.settings };
    let sampled = simulation::simulate_on(study.level, &program, &settings, study.watch)?;
    let course = inquiry.course(&sampled, &sampled.estimates());
    let plan = futures_plan(study, FEWEST);
    // Futures are drawn, whatever the probabilities are.
    Ok(Laid { course: Course { exact: false, plan, ..course }, program, asked })
}

fn futures_plan(study: &Study, draws: u64) -> Plan {
    let settings = &study.settings;
    let plan = Plan::new(settings.kind, settings.seed, draws, REPLICATES, settings.threads);
    Plan { level: study.level, ..plan }
}

/// Futures that were drawn.
pub(in crate::analysis) struct Futures {
    /// In the order of the draws they are of.
    pub(in crate::analysis) all: Vec<Future>,
    /// How many draws would tell as much if each counted alike, where they don't ((Σw)² / Σw²; Kong 1992).
    pub(in crate::analysis) effective: Option<f64>,
    /// How the draws were made that they are of.
    pub(in crate::analysis) plan: Plan,
}

/// The weights of draws.
struct Weighed {
    /// The number of each draw, with its weight.
    all: Vec<(u64, f64)>,
    /// How many draws they are worth.
    effective: f64,
    /// How the draws were made.
    plan: Plan,
}

/// What draws futures of a program.
pub(in crate::analysis) struct Drawing<'a> {
    study: &'a Study<'a>,
    pub(super) program: &'a Program,
    pub(super) world: WorldId,
    pub(super) outcomes: Vec<QueryId>,
    network: &'a Network,
    pub(super) chain: Chain,
    pub(super) limits: Limits,
    pub(super) layout: Layout,
    /// The inputs that anything in a world depends on.
    inputs: Vec<usize>,
    plan: Plan,
}

impl<'a> Drawing<'a> {
    /// `asked` is what was asked of the program.
    fn new(study: &'a Study<'a>, program: &'a Program, asked: &Asked) -> Result<Drawing<'a>, Failure> {
        let limits = study.watch.limits();
        let network = program.network(asked.network);
        let inputs: std::collections::BTreeSet<usize> =
            network.outputs().flat_map(|output| program.inputs_of(output)).collect();
        let chain = Chain::new(network, (study.model, &order(study.model)), &limits);
        let chain = chain.map_err(|why| CompileError { world: asked.world, why })?;
        Ok(Drawing {
            study,
            program,
            world: asked.world,
            outcomes: asked.outcomes.clone(),
            network,
            chain,
            limits,
            layout: Layout::of(program),
            inputs: inputs.into_iter().collect(),
            plan: futures_plan(study, FEWEST),
        })
    }

    /// How draws are made; a design that depends on the number of draws is of at least so many.
    pub(super) fn plan(&self, draws: u64) -> Plan {
        futures_plan(self.study, draws.next_power_of_two().max(FEWEST))
    }

    /// `count` futures, each as probable as any other.
    pub(in crate::analysis) fn futures(&self, count: usize) -> Result<Futures, Failure> {
        self.some(count, true)
    }

    /// `count` futures, with how probable their states were or without.
    fn some(&self, count: usize, has_chances: bool) -> Result<Futures, Failure> {
        if self.is_alike() {
            // A few draws may be void.
            let plan = self.plan(count as u64);
            let mut all = self.of(&Chosen::UpTo((count + count / 64 + 8) as u64), plan, has_chances)?;
            all.truncate(count);
            return Ok(Futures { all, effective: None, plan });
        }
        let Weighed { all: weights, effective, plan } = self.weights(count)?;
        let chosen = Chosen::resampled(&weights, count, self.plan.seed);
        Ok(Futures { all: self.of(&chosen, plan, has_chances)?, effective: Some(effective), plan })
    }

    /// The futures that tell what is usual, without how probable their states were: of a network of thousands that would take a gigabyte.
    ///
    /// # Errors
    /// What was learned leaves too few draws to tell that.
    pub(in crate::analysis) fn reference(&self) -> Result<Futures, Failure> {
        let usual = self.some(REFERENCE, false)?;
        let is_rare = usual.effective.is_some_and(|draws| draws < Learned::FEWEST);
        if is_rare || usual.all.is_empty() {
            let message = "what was learned leaves too few draws to tell what is usual";
            let hint = "learn something wider, or set it with --set in place of learning it";
            return Err(Diagnostic::error("rare-evidence", message).hint(hint).into());
        }
        Ok(usual)
    }

    /// One future, by the number of its draw and which of that draw it is; nothing if the draw gives no number.
    pub(in crate::analysis) fn one(&self, draw: u64, copy: u32) -> Result<Option<Future>, Failure> {
        let chosen = Chosen::These(vec![(draw, copy)]);
        let all = self.of(&chosen, self.plan(draw), true)?;
        Ok(all.into_iter().find(|one| one.copy == copy))
    }

    /// Where a draw stands in the design.
    pub(in crate::analysis) fn place(&self, draw: u64) -> Place {
        Place::of(draw, &self.plan)
    }

    /// Whether every draw counts as much as any other.
    fn is_alike(&self) -> bool {
        let weight = self.program.learned(self.world).weight;
        weight.is_none_or(|weight| self.program.constant(weight).is_some())
    }

    /// The weights of enough draws for `count` futures, with how many they are worth.
    fn weights(&self, count: usize) -> Result<Weighed, Failure> {
        let mut draws = FEWEST.max(count as u64);
        loop {
            let plan = self.plan(draws);
            let mut weighing = Weighing { drawing: self, plan, all: Vec::new() };
            self.run(&plan, plan.draws_per_replicate, &mut weighing)?;
            let mut all = weighing.all;
            all.sort_by_key(|one| one.0);
            let (sum, square) =
                all.iter().fold((0.0, 0.0), |(sum, square), (_, w)| (sum + w, square + w * w));
            let effective = if square > 0.0 { sum * sum / square } else { 0.0 };
            let is_enough = effective >= EFFECTIVE * count as f64;
            // The draws of a Latin hypercube change with their number.
            if is_enough || draws >= MOST || self.study.watch.is_late() || plan.kind == Kind::LatinHypercube {
                return Ok(Weighed { all, effective, plan });
            }
            draws *= 4;
        }
    }

    fn of(&self, chosen: &Chosen, plan: Plan, has_chances: bool) -> Result<Vec<Future>, Failure> {
        let mut making = Making { drawing: self, plan, chosen, has_chances, all: Vec::new() };
        let (watch, ranges) = (self.study.watch, chosen.ranges(&plan));
        simulation::run(self.program, &plan, &self.layout, &ranges, &mut making, watch)?;
        let mut all = making.all;
        all.sort_by_key(|one| (one.draw, one.copy));
        Ok(all)
    }

    /// Hands the draws of each replicate up to `end` to a collector.
    pub(super) fn run(&self, plan: &Plan, end: u64, collector: &mut impl Collector) -> Result<(), Failure> {
        let ranges: Vec<Range> =
            (0..plan.replicates).map(|replicate| Range { replicate, start: 0, end }).collect();
        Ok(simulation::run(self.program, plan, &self.layout, &ranges, collector, self.study.watch)?)
    }

    /// The future that one draw's numbers make, if all of them are numbers.
    fn future(
        &self,
        numbers: &[Vec<f64>],
        values: &[Vec<f64>],
        density: f64,
        place: (u64, u32),
    ) -> Option<Future> {
        let model = self.study.model;
        let (draw, copy) = place;
        let stream = Key::new(self.plan.seed).named("futures").numbered(draw).numbered(u64::from(copy));
        let drawn = self.chain.draw(numbers, &self.limits, |variable, shares| {
            let mut generator = Generator::new(named(stream, variable, model));
            Some(WeightedIndex::new(shares).ok()?.sample(&mut generator))
        })?;
        let state = |one: &ChanceVariable| self.chain.tables.position(*one).map_or(0, |at| drawn.states[at]);
        // The states of a table's variables to the place of an entry.
        let place = |table: &Table| table.scope.iter().fold(0, |at, (one, count)| at * count + state(one));
        let value = |(table, values): (&Table, &Vec<f64>)| values[place(table)];
        let future = Future {
            draw,
            copy,
            quantities: self.network.quantities.iter().zip(values).map(value).collect(),
            log_density: drawn.log_probability - density,
            ..self.decided(drawn)
        };
        let future = future.computed(model)?;
        let is_sound = model.outcomes.is_empty() || future.outcomes(model).iter().all(|one| one.is_finite());
        is_sound.then_some(future)
    }

    fn decided(&self, mut drawn: Drawn) -> Future {
        let model = self.study.model;
        let mut one = |variable: ChanceVariable, count: usize| {
            let Some(at) = self.chain.tables.position(variable) else { return Decided::certain(0, count) };
            match (std::mem::take(&mut drawn.chances[at]), drawn.states[at]) {
                (_, OPEN) => Decided::certain(0, count),
                (Chances { own, .. }, state) if own.is_empty() => Decided::certain(state, count),
                (Chances { drawn_by, own }, state) => Decided { state, chances: own, drawn_by },
            }
        };
        let categories = model.categories.iter().enumerate();
        let outcomes = model.outcomes.len();
        Future {
            categories: categories
                .map(|(at, own)| one(ChanceVariable::Category(CategoryId(at)), own.states.len()))
                .collect(),
            events: (0..model.events.len()).map(|at| one(ChanceVariable::Event(EventId(at)), 2)).collect(),
            theory: one(ChanceVariable::Theory, model.theories.len()),
            outcome: (outcomes > 0).then(|| one(ChanceVariable::Outcome, outcomes)),
            weight: drawn.weight,
            ..Future::default()
        }
    }
}

/// Every chance variable after those that decide it.
fn order(model: &Model) -> Vec<ChanceVariable> {
    let chance = |variable: &Variable| match *variable {
        Variable::Event(id) => Some(ChanceVariable::Event(id)),
        Variable::Category(id) => Some(ChanceVariable::Category(id)),
        Variable::Factor(_) | Variable::Derived(_) => None,
    };
    let last = [ChanceVariable::Theory, ChanceVariable::Outcome];
    model
        .order
        .iter()
        .filter_map(chance)
        .chain(last.into_iter().take(1 + usize::from(!model.outcomes.is_empty())))
        .collect()
}

/// The stream that decides a variable.
fn named(stream: Key, variable: ChanceVariable, model: &Model) -> Key {
    match variable {
        ChanceVariable::Event(id) | ChanceVariable::Causes(id) => {
            stream.named("event").named(&model.events[id.0].named.id)
        }
        ChanceVariable::Category(id) => stream.named("factor").named(&model.categories[id.0].named.id),
        ChanceVariable::Theory => stream.named("theory"),
        ChanceVariable::Outcome => stream.named("outcome"),
    }
}

/// Collects the weights of draws.
struct Weighing<'a> {
    drawing: &'a Drawing<'a>,
    plan: Plan,
    all: Vec<(u64, f64)>,
}

impl Collector for Weighing<'_> {
    type Part = Vec<(u64, f64)>;

    fn part(&self, _: u64) -> Self::Part {
        Vec::new()
    }

    fn observe(&self, part: &mut Self::Part, batch: &Batch) {
        let draws = batch.sound(self.drawing.program.alone(self.drawing.world));
        let Some(weight) = self.drawing.program.learned(self.drawing.world).weight else { return };
        let weights = draws.column(weight);
        let number = |index: u64| Place { replicate: batch.replicate, index }.draw(&self.plan);
        part.extend(draws.indices().map(number).zip(weights.iter().copied()));
    }

    fn end_block(&self, _: &mut Self::Part) {}

    fn collect(&mut self, _: u32, part: Self::Part) {
        self.all.extend(part);
    }
}

/// The values of a table's number in the draws of a batch.
enum Values<'a> {
    Same(f64),
    Each(Cow<'a, [f64]>),
}

impl<'a> Values<'a> {
    fn of(entry: Entry, draws: &SoundDraws<'a>) -> Values<'a> {
        match entry {
            Entry::Number(number) => Values::Same(number),
            Entry::Drawn(output) => Values::Each(draws.column(output)),
        }
    }

    fn at(&self, draw: usize) -> f64 {
        match self {
            Values::Same(number) => *number,
            Values::Each(all) => all[draw],
        }
    }
}

/// Collects the futures of chosen draws.
struct Making<'a> {
    drawing: &'a Drawing<'a>,
    plan: Plan,
    chosen: &'a Chosen,
    has_chances: bool,
    all: Vec<Future>,
}

impl Making<'_> {
    /// Half the sum of the squares of the normals that a draw's inputs are: up to a constant, what is to be subtracted from the
    /// logarithm of its density.
    fn density(&self, columns: &[Column], index: u64) -> f64 {
        let normal = |input: &usize| normal_quantile(columns[*input].at(index));
        0.5 * self.drawing.inputs.iter().map(normal).map(|one| one * one).sum::<f64>()
    }
}

impl Collector for Making<'_> {
    type Part = Vec<Future>;

    fn part(&self, _: u64) -> Self::Part {
        Vec::new()
    }

    fn observe(&self, part: &mut Self::Part, batch: &Batch) {
        let drawing = self.drawing;
        let draws = batch.sound(drawing.program.alone(drawing.world));
        let number = |index: u64| Place { replicate: batch.replicate, index }.draw(&self.plan);
        let wanted: Vec<(usize, u64, u32)> = draws
            .indices()
            .enumerate()
            .map(|(at, index)| (at, index, self.chosen.copies(number(index))))
            .filter(|(.., copies)| *copies > 0)
            .collect();
        if wanted.is_empty() {
            return;
        }
        let values_of = |some: &Vec<Entry>| some.iter().map(|one| Values::of(*one, &draws)).collect();
        let tables: Vec<Vec<Values>> =
            drawing.chain.tables.all.iter().map(|one| values_of(&one.drawn)).collect();
        let quantities: Vec<Vec<Values>> =
            drawing.network.quantities.iter().map(|one| values_of(&one.entries)).collect();
        let uniforms = drawing.layout.columns(drawing.program, &self.plan.design(), batch.replicate);
        for (at, index, copies) in wanted {
            let of = |all: &[Vec<Values>]| -> Vec<Vec<f64>> {
                all.iter().map(|table| table.iter().map(|entry| entry.at(at)).collect()).collect()
            };
            let (numbers, values) = (of(&tables), of(&quantities));
            let density = self.density(&uniforms, index);
            let one = |copy| drawing.future(&numbers, &values, density, (number(index), copy));
            let all = (1..=copies).filter_map(one);
            match self.has_chances {
                true => part.extend(all),
                false => part.extend(all.map(Future::without_chances)),
            }
        }
    }

    fn end_block(&self, _: &mut Self::Part) {}

    fn collect(&mut self, _: u32, part: Self::Part) {
        self.all.extend(part);
    }
}
