//! States that are drawn and not summed over: where their combinations are too many to list, or to hold the sums against.

use std::collections::BTreeSet;

use super::ask::States;
use super::elimination::sum;
use super::graph::NodeId;
use super::lowering::{Lowering, chance};
use super::potential::{Chance, State};
use crate::design::TABULATED_DIMENSIONS;
use crate::diagnostic::Span;
use crate::expression::{Binary, Comparison};
use crate::model::{CategoryId, Lookup, Variable};

/// Where the dimensions of states begin: those of factors that have states, and those of events. They lie beyond those of
/// quantities, so that what is added to a model moves no state.
const FACTORS: usize = 8_000;
const EVENTS: usize = 10_700;

/// A dimension beyond all of a design's table, where order does not matter.
const UNORDERED: usize = u32::MAX as usize;

impl Lowering<'_> {
    /// Draws the state of a chance variable from a uniform of its own, given the states before it, if it is to be drawn.
    pub(super) fn draw_state(&mut self, variable: Variable, states: States, cutset: &BTreeSet<Variable>) {
        let wanted = match variable {
            Variable::Category(_) => !states.are_summed(),
            Variable::Event(_) => states == States::Drawn,
            Variable::Factor(_) | Variable::Derived(_) => false,
        };
        let wanted = wanted || cutset.contains(&variable);
        let Some(chance) = chance(variable).filter(|one| wanted && self.certain(*one).is_none()) else {
            return;
        };
        // What depends on an event that is summed over can't be drawn without it.
        let formulas = self.formulas.all_of(variable);
        if formulas.iter().any(|term| !self.scope(term).is_empty()) {
            return;
        }
        let span = formulas[0].span;
        let shares = self.chances(variable, &State::new());
        let uniform = self.state_uniform(variable, span);
        let state = match variable {
            Variable::Event(_) => self.graph().compare(Comparison::Less, uniform, shares[1], span),
            _ => self.state_at(uniform, &shares, span),
        };
        self.drawn.insert(chance, state);
    }

    fn state_uniform(&mut self, variable: Variable, span: Span) -> NodeId {
        let (section, dimensions, place) = match variable {
            Variable::Event(id) => ("events", EVENTS..TABULATED_DIMENSIONS as usize, id.0),
            Variable::Category(CategoryId(at)) => ("factors", FACTORS..EVENTS, at),
            Variable::Factor(_) | Variable::Derived(_) => ("", 0..0, 0),
        };
        let key = format!("{section}.{}.state", self.model.name(variable));
        let own = dimensions.start + place;
        let fits = self.model.dimensions <= FACTORS && dimensions.contains(&own);
        self.drawn_under(&key, if fits { own } else { UNORDERED }, span)
    }

    /// How many of the partial sums of the shares lie at or below the uniform.
    fn state_at(&mut self, uniform: NodeId, shares: &[NodeId], span: Span) -> NodeId {
        let mut passed = Vec::new();
        for count in 1..shares.len() {
            let graph = self.graph();
            let bound = sum(graph, &shares[..count], span);
            passed.push(graph.compare(Comparison::LessOrEqual, bound, uniform, span));
        }
        sum(self.graph(), &passed, span)
    }

    /// Whether a drawn state is this one.
    pub(super) fn is_drawn(&mut self, chance: Chance, state: usize, span: Span) -> NodeId {
        let drawn = self.drawn[&chance];
        let own = self.graph().number(state as f64, span);
        self.graph().compare(Comparison::Equal, drawn, own, span)
    }

    pub(super) fn is_of_draws(&self, parent: Variable) -> bool {
        chance(parent).is_some_and(|one| self.drawn.contains_key(&one))
    }

    /// The row of a table that states choose of which some are drawn.
    pub(super) fn drawn_row(&mut self, lookup: &Lookup, state: &State, span: Span) -> NodeId {
        let mut row = self.graph().number(f64::NAN, span);
        for at in 0..lookup.rows.len() {
            let value = self.term(&lookup.rows[at], state);
            match self.chosen(lookup, at, state, span) {
                Some(chosen) => row = self.graph().select(chosen, value, row, span),
                None => continue,
            }
        }
        row
    }

    /// Whether the states are those of a row; `None` if they can't be.
    fn chosen(&mut self, lookup: &Lookup, at: usize, state: &State, span: Span) -> Option<NodeId> {
        let mut left = at;
        let mut chosen = self.graph().number(1.0, span);
        for (parent, count) in lookup.parents.iter().rev() {
            let (one, own) = (chance(*parent)?, left % count);
            left /= count;
            if self.drawn.contains_key(&one) {
                let is_so = self.is_drawn(one, own, span);
                chosen = self.graph().binary(Binary::Multiply, chosen, is_so, span);
            } else if self.state_of(one, state) != own {
                return None;
            }
        }
        Some(chosen)
    }
}
