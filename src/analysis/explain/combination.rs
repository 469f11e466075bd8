//! The most probable combination of states and events given an outcome, where draws decide probabilities: summed where combinations
//! are few, counted in futures where they are many.

use std::collections::BTreeMap;

use crate::analysis::combination::{Combination, everything};
use crate::analysis::futures::Future;
use crate::analysis::round::{Inquiry, Told};
use crate::expression::Binary;
use crate::model::{Model, OutcomeId, Term};
use crate::program::QueryId;
use crate::statistics::Estimate;

/// As many combinations of states with outcomes as are summed one by one.
const MOST: usize = 1 << 8;

/// Every combination, asked for given each outcome; nothing where they are too many.
pub(super) struct CombinationsAsked {
    /// The states of events, then of factors, with the query of each outcome.
    all: Option<Vec<(Vec<usize>, Vec<QueryId>)>>,
}

impl CombinationsAsked {
    pub(super) fn ask(model: &Model, inquiry: &mut Inquiry) -> CombinationsAsked {
        let joint = everything(model);
        let is_drawn = !model.quantities.is_empty();
        if !is_drawn || joint.of.is_empty() || joint.len().saturating_mul(model.outcomes.len()) > MOST {
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
        Some(Combination::of(told.model(), at, probability, None))
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
    Some(Combination::of(model, at, share, Some(among)))
}
