//! States that are drawn and not summed over: where their combinations are too many to list, or to hold the sums against.

use super::elimination::{Chance, sum};
use super::graph::{Node, NodeId};
use super::lower::{Lowering, State, chance};
use crate::diagnostic::Span;
use crate::expression::{Binary, Comparison};
use crate::model::{Lookup, Variable};

/// Which states are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Draws {
    /// None: all are summed over.
    #[default]
    Nothing,
    /// Those of factors: what is not known.
    Knowledge,
    /// Those of events too.
    All,
}

impl Lowering<'_> {
    /// Draws the state of a chance variable from a uniform of its own, given the states before it, if it is to be drawn.
    pub(super) fn draw_state(&mut self, variable: Variable, draws: Draws) {
        let wanted = match variable {
            Variable::Category(_) => draws != Draws::Nothing,
            Variable::Event(_) => draws == Draws::All,
            Variable::Factor(_) | Variable::Derived(_) => false,
        };
        let Some(chance) = chance(variable).filter(|one| wanted && self.certain(*one).is_none()) else {
            return;
        };
        // What depends on an event that is summed over can't be drawn without it.
        let model = self.model;
        let formulas = model.formulas(variable);
        if formulas.iter().any(|term| !self.scope(term).is_empty()) {
            return;
        }
        let span = model.formula(variable).span;
        let shares: Vec<NodeId> = formulas.iter().map(|term| self.term(term, &State::new())).collect();
        let uniform = self.state_uniform(variable, span);
        let state = match variable {
            Variable::Event(_) => self.graph().compare(Comparison::Less, uniform, shares[0], span),
            _ => self.state_at(uniform, &shares, span),
        };
        self.drawn.insert(chance, state);
    }

    fn state_uniform(&mut self, variable: Variable, span: Span) -> NodeId {
        let (key, place) = match variable {
            Variable::Category(id) => (format!("factors.{}.state", self.model.name(variable)), id.0),
            Variable::Event(id) => {
                (format!("events.{}.state", self.model.name(variable)), self.model.categories.len() + id.0)
            }
            _ => (String::new(), 0),
        };
        let input = self.ground.state_input(key, self.model.dimensions + place);
        self.graph().add(Node::Input(input), span)
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
