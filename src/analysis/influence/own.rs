//! What is asked of one thing of a network.

use super::network::Thing;
use crate::analysis::Study;
use crate::analysis::quantity::Quantity;
use crate::analysis::round::{Inquiry, Told};
use crate::analysis::tails::Tails;
use crate::model::Variable;
use crate::program::{Aim, QueryId, SpreadId};

/// What is asked of one thing.
pub(super) enum Own {
    /// Its distribution, and its mean.
    Number(Variable, SpreadId, QueryId),
    /// The probability of each of its states.
    States(Vec<QueryId>),
}

impl Own {
    pub(super) fn ask<'m>(thing: Thing, study: &Study<'m>, inquiry: &mut Inquiry<'m>, tails: &Tails) -> Own {
        let (model, world) = (study.model, inquiry.world);
        if let (Thing::Variable(variable), true) = (thing, thing.is_number()) {
            let spread = inquiry.ask.spread(world, model.term_of(variable));
            inquiry.ask.aim(if tails.lacks_mean(variable) { Aim::Values(spread) } else { Aim::Mean(spread) });
            if let Some(index) = tails.index(variable) {
                inquiry.ask.has_index(spread, index);
            }
            let mean = inquiry.ask.expectation(world, model.term_of(variable), None);
            inquiry.ask.keep(mean);
            return Own::Number(variable, spread, mean);
        }
        let state = |term| {
            let query = inquiry.ask.probability(world, term);
            inquiry.ask.aim(Aim::Probability(query));
            query
        };
        Own::States(thing.states(model).into_iter().map(|(term, _)| term).map(state).collect())
    }

    /// Mean and deviation of a number.
    pub(super) fn quantity(&self, tails: &Tails, told: &Told) -> Option<Quantity> {
        match self {
            Own::Number(variable, spread, _) => Some(Quantity::of(*spread, *variable, tails, &[], told)),
            Own::States(_) => None,
        }
    }
}
