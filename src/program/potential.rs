//! Numbers by the states of chance variables.

use std::collections::BTreeMap;

use super::graph::NodeId;
use crate::model::{CategoryId, EventId, Model};

/// Something that is in one of several states by chance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Chance {
    /// A factor with states.
    Category(CategoryId),
    /// An event; in its first state it does not happen.
    Event(EventId),
    /// Stands between an event and its many causes; in its first state they are multiplied, in its second they do not
    /// matter.
    Causes(EventId),
    /// Which theory is right.
    Theory,
    /// The outcome.
    Outcome,
}

impl Chance {
    /// What it is called; what stands between an event and its causes by the event.
    pub(crate) fn name(self, model: &Model) -> &str {
        match self {
            Chance::Event(id) | Chance::Causes(id) => &model.events[id.0].named.id,
            Chance::Category(id) => &model.categories[id.0].named.id,
            Chance::Theory => "theory",
            Chance::Outcome => "outcome",
        }
    }
}

/// The states of what is decided so far.
pub(super) type State = BTreeMap<Chance, usize>;

/// A number for each combination of states of some variables (a potential in the sense of Lauritzen & Spiegelhalter
/// 1988).
#[derive(Clone, Debug)]
pub(super) struct Potential {
    /// The variables, each with its number of states.
    pub(super) scope: Vec<(Chance, usize)>,
    /// The numbers, the last variable's states changing fastest.
    pub(super) entries: Vec<NodeId>,
}

impl Potential {
    /// For each variable of `scope`, how far apart its states lie among the entries; 0 if it does not matter.
    pub(super) fn strides(&self, scope: &[(Chance, usize)]) -> Vec<usize> {
        let stride = |chance: &Chance| {
            let at = self.scope.iter().position(|(one, _)| one == chance)?;
            Some(self.scope[at + 1..].iter().map(|(_, count)| count).product())
        };
        scope.iter().map(|(chance, _)| stride(chance).unwrap_or(0)).collect()
    }
}

/// Calls `each` with the states of every combination, the last variable's changing fastest.
pub(super) fn for_each_state(scope: &[(Chance, usize)], mut each: impl FnMut(&[usize])) {
    let mut states = vec![0; scope.len()];
    loop {
        each(&states);
        let Some(at) = (0..scope.len()).rev().find(|at| states[*at] + 1 < scope[*at].1) else { return };
        states[at] += 1;
        states[at + 1..].fill(0);
    }
}

/// The variables that any of the potentials holds, in a fixed order.
pub(super) fn union_of<'p>(potentials: impl Iterator<Item = &'p Potential>) -> Vec<(Chance, usize)> {
    let mut scope: Vec<(Chance, usize)> = potentials.flat_map(|one| one.scope.iter().copied()).collect();
    scope.sort();
    scope.dedup();
    scope
}
