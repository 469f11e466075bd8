//! The most probable combination of states and events given an outcome: summed where combinations are few, counted in futures where
//! they are many.

use std::collections::BTreeMap;

use super::finding::{Combination, StateOf};
use crate::analysis::estimated::Probability;
use crate::analysis::futures::Future;
use crate::analysis::joint::{Aspect, Joint};
use crate::analysis::round::{Inquiry, Told};
use crate::expression::Binary;
use crate::model::{CategoryId, EventId, Model, OutcomeId, Term};
use crate::program::QueryId;
use crate::statistics::Estimate;

/// As many combinations of states with outcomes as are summed one by one where draws enter, and where none do.
const MOST: usize = 1 << 8;
const MOST_EXACT: usize = 1 << 12;

/// Every combination, asked for given each outcome; nothing where they are too many.
pub(super) struct CombinationsAsked {
    /// The states of events, then of factors, with the query of each outcome.
    all: Option<Vec<(Vec<usize>, Vec<QueryId>)>>,
}

impl CombinationsAsked {
    pub(super) fn ask(model: &Model, inquiry: &mut Inquiry) -> CombinationsAsked {
        let joint = joint(model);
        let most = if model.quantities.is_empty() { MOST_EXACT } else { MOST };
        if joint.of.is_empty() || joint.len().saturating_mul(model.outcomes.len()) > most {
            return CombinationsAsked { all: None };
        }
        let (world, ask) = (inquiry.world, &mut inquiry.ask);
        let mut query = |at: &Vec<usize>| -> Vec<QueryId> {
            let terms = joint.of.iter().zip(at).map(|(one, at)| one.states[*at].is_so.clone()).collect();
            let all = Term::join(terms, Binary::And, |one| one.span);
            let outcomes = model.outcomes.iter().enumerate();
            outcomes
                .map(|(at, one)| ask.conditional(world, all.clone(), Term::outcome(OutcomeId(at), one.span)))
                .collect()
        };
        let all = joint.combinations().into_iter().map(|at| (at.clone(), query(&at))).collect();
        CombinationsAsked { all: Some(all) }
    }

    /// The most probable of the combinations that were asked for.
    pub(super) fn find(&self, outcome: usize, told: &Told) -> Option<Combination> {
        let best =
            self.all.as_ref()?.iter().map(|(at, queries)| (at, told.estimates.probability(queries[outcome])));
        let best = best.filter(|(_, one)| one.value.is_finite());
        let (at, probability) = best.reduce(|a, b| if b.1.value > a.1.value { b } else { a })?;
        Some(Combination::of(states(told.model(), at), probability, None))
    }
}

/// The most frequent combination among the futures with an outcome, of which each counts alike.
pub(super) fn counted(futures: &[Future], outcome: usize, model: &Model) -> Option<Combination> {
    if model.events.is_empty() && model.categories.is_empty() {
        return None;
    }
    let own = futures.iter().filter(|one| one.outcome.as_ref().is_some_and(|own| own.state == outcome));
    let mut counts: BTreeMap<Vec<usize>, usize> = BTreeMap::new();
    for future in own {
        let at = future.events.iter().map(|one| 1 - one.state);
        let at = at.chain(future.categories.iter().map(|one| one.state)).collect();
        *counts.entry(at).or_default() += 1;
    }
    let among: usize = counts.values().sum();
    let (at, count) = counts.iter().reduce(|a, b| if b.1 > a.1 { b } else { a })?;
    let share = Estimate::of_share(*count as f64 / among as f64, among as f64);
    Some(Combination::of(states(model, at), share, Some(among)))
}

impl Combination {
    fn of(states: Vec<StateOf>, probability: Estimate, counted_among: Option<usize>) -> Combination {
        let expression = states.iter().map(StateOf::expression).collect::<Vec<String>>().join(" and ");
        Combination { states, expression, probability: Probability(probability), counted_among }
    }
}

impl StateOf {
    fn expression(&self) -> String {
        match (self.is_event, self.state.as_str()) {
            (true, "true") => self.id.clone(),
            (true, _) => format!("not {}", self.id),
            (false, state) => format!("{} == {state}", self.id),
        }
    }
}

/// Events, of which the first state is that they happen, then factors with states.
fn joint(model: &Model) -> Joint {
    let events = (0..model.events.len()).map(|at| Aspect::event(model, EventId(at)));
    let factors = (0..model.categories.len()).map(|at| Aspect::category(model, CategoryId(at)));
    Joint { of: events.chain(factors).collect() }
}

fn states(model: &Model, at: &[usize]) -> Vec<StateOf> {
    let events = model.events.len();
    let state = |(place, (one, at)): (usize, (&Aspect, &usize))| StateOf {
        id: one.named.id.clone(),
        label: one.named.short.clone().unwrap_or_else(|| one.named.label.clone()),
        state: one.states[*at].named.id.clone(),
        state_label: one.states[*at].named.label.clone(),
        is_event: place < events,
    };
    joint(model).of.iter().zip(at).enumerate().map(state).collect()
}
