//! What is asked of a model in an ordinary run.

use super::places::{CategoryAsked, DerivedAsked, OutcomeAsked, Places, TheoryAsked};
use crate::analysis::chances::Chances;
use crate::analysis::void::witnesses;
use crate::analysis::{drivers, variants};
use crate::model::{CategoryId, DerivedId, EventId, FactorId, Model, OutcomeId, Term, TheoryId, Variable};
use crate::program::{Aim, Ask, States, World, WorldId};

/// What is to be run.
#[derive(Clone, Debug)]
pub struct Question<'m> {
    /// The model.
    pub model: &'m Model,
    /// Its variants, each as a model, to be compared with it.
    pub variants: Vec<&'m Model>,
    /// The factors, derived values and events that are wanted, by name; all if there are none.
    pub of: Vec<String>,
    /// What becomes of states and events.
    pub states: States,
    /// The percentiles of every spread that are wanted besides P5, P50 and P95, each above 0 and below 100.
    pub percents: Vec<f64>,
}

impl<'m> Question<'m> {
    /// Everything about a model.
    pub fn of(model: &'m Model) -> Question<'m> {
        Question { model, variants: Vec::new(), of: Vec::new(), states: States::Summed, percents: Vec::new() }
    }

    /// The variant, by position, that a world of its program is: they come after the file itself and its theories.
    pub fn variant_of(&self, world: WorldId) -> Option<usize> {
        let theories = if self.model.has_theories() { self.model.theories.len() } else { 0 };
        world.position().checked_sub(1 + theories)
    }

    fn is_wanted(&self, name: &str) -> bool {
        self.of.is_empty() || self.of.iter().any(|one| one == name)
    }

    fn world(&self, model: &'m Model) -> World<'m> {
        World { states: self.states, ..World::of(model) }
    }

    pub(super) fn ask(&self) -> (Ask<'m>, Places) {
        let model = self.model;
        let mut ask = Ask::new();
        let world = ask.world(self.world(model));
        let outcomes: Vec<OutcomeAsked> =
            (0..model.outcomes.len()).map(|at| ask_outcome(&mut ask, world, OutcomeId(at))).collect();
        let theories = match model.has_theories() {
            true => {
                (0..model.theories.len()).map(|at| self.ask_theory(&mut ask, world, TheoryId(at))).collect()
            }
            false => Vec::new(),
        };
        let mut places = Places {
            world,
            evidence: ask.evidence(world),
            outcomes,
            theories,
            events: Vec::new(),
            categories: Vec::new(),
            factors: Vec::new(),
            derived: Vec::new(),
            witnesses: witnesses(&mut ask, world, model),
            weights: drivers::weights(&mut ask, world, model),
            chances: Chances::of(model, |name| self.is_wanted(name)),
            base: Vec::new(),
            variants: Vec::new(),
        };
        self.ask_variables(&mut ask, &mut places);
        if !self.variants.is_empty() {
            places.base = places.chances.ask(&mut ask, world, model);
        }
        for variant in &self.variants {
            let world = self.world(variant);
            let asked = variants::ask(&mut ask, world, variant, &places.chances, &places.base);
            places.variants.push(asked);
        }
        (ask, places)
    }

    fn ask_variables(&self, ask: &mut Ask<'m>, places: &mut Places) {
        let (model, world) = (self.model, places.world);
        for (at, _) in model.events.iter().enumerate().filter(|(_, one)| self.is_wanted(&one.named.id)) {
            let query = ask.probability(world, model.term_of(Variable::Event(EventId(at))));
            ask.aim(Aim::Probability(query));
            places.events.push((EventId(at), query));
        }
        for (at, category) in model.categories.iter().enumerate() {
            // Drivers want every factor, whatever else is wanted.
            let is_wanted = self.is_wanted(&category.named.id);
            if is_wanted || !model.outcomes.is_empty() {
                places.categories.push(ask_category(ask, world, model, CategoryId(at), is_wanted));
            }
        }
        let is_conditional = is_conditional(model);
        for (at, factor) in model.factors.iter().enumerate().filter(|(_, one)| self.is_wanted(&one.named.id))
        {
            // What was learned of anything may move every factor.
            let is_known = factor.distribution.is_some() && !is_conditional;
            let term = || model.term_of(Variable::Factor(FactorId(at)));
            places.factors.push((FactorId(at), (!is_known).then(|| ask.spread(world, term()))));
        }
        let meanless = model.without_mean();
        for (at, _) in model.derived.iter().enumerate().filter(|(_, one)| self.is_wanted(&one.named.id)) {
            let variable = Variable::Derived(DerivedId(at));
            let spread = ask.spread(world, model.term_of(variable));
            let is_meanless = meanless.contains(&variable);
            ask.aim(if is_meanless { Aim::Values(spread) } else { Aim::Mean(spread) });
            let given = |id: usize| Term::outcome(OutcomeId(id), model.outcomes[id].span);
            let by_outcome = (0..model.outcomes.len())
                .map(|id| ask.expectation(world, model.term_of(variable), Some(given(id))))
                .collect();
            places.derived.push(DerivedAsked { id: DerivedId(at), spread, by_outcome });
        }
        for at in 0..places.outcomes.len() {
            ask.aim(Aim::Probability(places.outcomes[at].probability));
        }
    }

    fn ask_theory(&self, ask: &mut Ask<'m>, base: WorldId, id: TheoryId) -> TheoryAsked {
        let model = self.model;
        let world = ask.world(self.world(model).under(id));
        let outcome = |at: usize| {
            let query = ask.outcome(world, OutcomeId(at));
            ask.keep(query);
            ask.aim(Aim::Probability(query));
            query
        };
        let outcomes = (0..model.outcomes.len()).map(outcome).collect();
        let evidence = ask.evidence_ratio(world, base);
        ask.keep(evidence);
        TheoryAsked { world, outcomes, evidence }
    }
}

/// Whether anything was learned in a model.
fn is_conditional(model: &Model) -> bool {
    let active = model.active();
    let says = |at: &usize| active[*at] && model.likelihood(*at, &active).iter().any(|one| *one != 1.0);
    !model.given.is_empty() || (0..active.len()).any(|at| says(&at))
}

fn ask_outcome(ask: &mut Ask, world: WorldId, id: OutcomeId) -> OutcomeAsked {
    let probability = ask.outcome(world, id);
    ask.keep(probability);
    OutcomeAsked { probability, belief: ask.belief(world, id) }
}

fn ask_category(
    ask: &mut Ask,
    world: WorldId,
    model: &Model,
    id: CategoryId,
    is_wanted: bool,
) -> CategoryAsked {
    let category = &model.categories[id.0];
    let mut asked = CategoryAsked { id, is_wanted, states: Vec::new(), by_state: Vec::new() };
    for at in 0..category.states.len() {
        let is_so = || Term::is(id, at, category.span);
        let query = ask.probability(world, is_so());
        if is_wanted {
            ask.aim(Aim::Probability(query));
        }
        asked.states.push(query);
        let outcomes = model.outcomes.iter().enumerate();
        let outcome = |(of, outcome): (usize, &crate::model::Outcome)| {
            ask.conditional(world, Term::outcome(OutcomeId(of), outcome.span), is_so())
        };
        asked.by_state.push(outcomes.map(outcome).collect());
    }
    asked
}
