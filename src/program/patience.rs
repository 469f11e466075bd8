//! How far states are summed over before some are drawn: which answers take too many, and what to draw for them.

use std::collections::BTreeSet;

use super::ask::States;
use super::asking::{Asking, Obstacle};
use crate::model::Variable;

/// How much is tried before states are drawn.
#[derive(Clone, Copy)]
pub(super) struct Patience {
    /// As many answers may be refused before the rest is not tried.
    pub(super) refusals: usize,
    /// As many nodes there may be.
    pub(super) nodes: usize,
}

impl Patience {
    /// One hard answer is not to hide the others.
    pub(super) const SUMS: Patience = Patience { refusals: usize::MAX, nodes: usize::MAX };

    /// Given states that are drawn, each node is looked at in every draw: there are to be few.
    pub(super) fn cutset(nodes: usize) -> Patience {
        Patience { refusals: 1, nodes: nodes + (1 << 16) }
    }
}

/// What takes too many states, and what could be drawn in its place.
pub(super) struct Hard {
    pub(super) why: Obstacle,
    /// What to draw beside what is drawn.
    pub(super) more: BTreeSet<Variable>,
    /// All that can be drawn to any use.
    pub(super) all: BTreeSet<Variable>,
}

/// Answers that take too many states.
pub(super) struct Refused {
    patience: Patience,
    /// Whether they stay open, to be answered given states that are drawn.
    may_stay: bool,
    count: usize,
    /// Why the first of them could not be answered.
    why: Option<Obstacle>,
}

impl Refused {
    /// None yet.
    pub(super) fn new(patience: Patience, states: States) -> Refused {
        Refused { patience, may_stay: states == States::Cut, count: 0, why: None }
    }

    /// An answer; nothing where it takes too many states and stays open.
    pub(super) fn take<T>(&mut self, found: Result<T, Obstacle>) -> Result<Option<T>, Obstacle> {
        match found {
            Err(why @ Obstacle::TooManyStates { .. }) if self.may_stay => {
                self.count += 1;
                self.why.get_or_insert(why);
                Ok(None)
            }
            found => found.map(Some),
        }
    }

    /// The answers to what is open, which leaves what stays so.
    pub(super) fn each<T>(
        &mut self,
        open: &mut Vec<usize>,
        mut answer: impl FnMut(usize) -> Result<T, Obstacle>,
    ) -> Result<Vec<(usize, T)>, Obstacle> {
        let (mut found, mut left) = (Vec::new(), Vec::new());
        for at in std::mem::take(open) {
            if self.count >= self.patience.refusals {
                left.push(at);
                continue;
            }
            match self.take(answer(at))? {
                Some(answer) => found.push((at, answer)),
                None => left.push(at),
            }
        }
        *open = left;
        Ok(found)
    }

    /// What is hard, if anything is.
    pub(super) fn hard(self, asking: &Asking) -> Option<Hard> {
        let lowering = &asking.lowering;
        self.why.map(|why| Hard {
            why,
            more: lowering.cutset(&asking.too_many),
            all: lowering.all_that_matter(),
        })
    }
}
