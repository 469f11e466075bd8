//! Sums over the states of chance variables, one variable after the other (variable elimination; Zhang & Poole 1996), in
//! nodes: where all numbers are constants, so is the answer.

use std::collections::BTreeMap;

use super::graph::{Graph, NodeId};
use crate::diagnostic::Span;
use crate::expression::Binary;
use crate::limits::Limits;
use crate::model::{CategoryId, EventId};

/// The most entries that a table may have, of nodes that are no constants; constants may have this many times as many.
const MOST_ENTRIES: usize = 1 << 14;
const CONSTANTS: usize = 1 << 6;
const ENTRY_BYTES: usize = 128;

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

/// Why a table can't be made.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum TooLarge {
    /// It would have more entries than can be worked on.
    States {
        /// Over which variables.
        scope: Vec<Chance>,
    },
    /// It would take more memory than it may.
    Memory {
        /// How much, in bytes.
        bytes: u64,
    },
    /// The computation was told to stop.
    Interrupted,
}

impl Potential {
    /// For each variable of `scope`, how far apart its states lie among the entries; 0 if it does not matter.
    fn strides(&self, scope: &[(Chance, usize)]) -> Vec<usize> {
        let stride = |chance: &Chance| {
            let at = self.scope.iter().position(|(one, _)| one == chance)?;
            Some(self.scope[at + 1..].iter().map(|(_, count)| count).product())
        };
        scope.iter().map(|(chance, _)| stride(chance).unwrap_or(0)).collect()
    }

    fn holds(&self, chance: Chance) -> bool {
        self.scope.iter().any(|(one, _)| *one == chance)
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

/// Σ over all variables but `targets` of the product of `potentials`, by the states of `targets` in their order.
///
/// # Errors
/// A table that would grow too large.
pub(super) fn marginal(
    graph: &mut Graph,
    mut potentials: Vec<Potential>,
    targets: &[(Chance, usize)],
    limits: &Limits,
) -> Result<Potential, TooLarge> {
    let span = Span::default();
    let mut open = others(&potentials, targets);
    while !open.is_empty() {
        let (at, chance) = cheapest(&potentials, &open);
        open.swap_remove(at);
        let (own, rest): (Vec<_>, Vec<_>) = potentials.into_iter().partition(|one| one.holds(chance));
        let mut scope = union(&own);
        scope.retain(|(one, _)| *one != chance);
        let count =
            own.iter().flat_map(|one| &one.scope).find(|(one, _)| *one == chance).map_or(1, |one| one.1);
        scope.push((chance, count));
        let product = product(graph, &own, &scope, limits)?;
        potentials = rest;
        potentials.push(sum_out_last(graph, product, span));
    }
    product(graph, &potentials, targets, limits)
}

/// The variables that are to be summed over, in a fixed order.
fn others(potentials: &[Potential], targets: &[(Chance, usize)]) -> Vec<Chance> {
    let mut all: Vec<Chance> = potentials.iter().flat_map(|one| &one.scope).map(|(one, _)| *one).collect();
    all.sort();
    all.dedup();
    all.retain(|one| targets.iter().all(|(target, _)| target != one));
    all
}

/// The variable whose elimination makes the smallest table (min-weight; Kjærulff 1990), with its position.
fn cheapest(potentials: &[Potential], open: &[Chance]) -> (usize, Chance) {
    let cost = |chance: Chance| {
        let scope = union_of(potentials.iter().filter(|one| one.holds(chance)));
        scope.iter().fold(1usize, |size, (_, count)| size.saturating_mul(*count))
    };
    let best = open.iter().enumerate().min_by_key(|(_, chance)| (cost(**chance), **chance));
    best.map_or((0, open[0]), |(at, chance)| (at, *chance))
}

fn union(potentials: &[Potential]) -> Vec<(Chance, usize)> {
    union_of(potentials.iter())
}

fn union_of<'p>(potentials: impl Iterator<Item = &'p Potential>) -> Vec<(Chance, usize)> {
    let mut scope: Vec<(Chance, usize)> = potentials.flat_map(|one| one.scope.iter().copied()).collect();
    scope.sort();
    scope.dedup();
    scope
}

/// The product of `potentials` by the states of `scope`, which holds all of their variables.
fn product(
    graph: &mut Graph,
    potentials: &[Potential],
    scope: &[(Chance, usize)],
    limits: &Limits,
) -> Result<Potential, TooLarge> {
    let span = Span::default();
    if limits.is_stopped() {
        return Err(TooLarge::Interrupted);
    }
    let size = scope.iter().fold(1usize, |size, (_, count)| size.saturating_mul(*count));
    let constant = |one: &Potential| one.entries.iter().all(|entry| graph.constant(*entry).is_some());
    let most = if potentials.iter().all(constant) { MOST_ENTRIES * CONSTANTS } else { MOST_ENTRIES };
    if size > most {
        return Err(TooLarge::States { scope: scope.iter().map(|(one, _)| *one).collect() });
    }
    // An entry is a node, its place in the index of nodes, and its place in the table.
    let bytes = (size * ENTRY_BYTES) as u64;
    if !limits.allows(bytes) {
        return Err(TooLarge::Memory { bytes });
    }
    let strides: Vec<Vec<usize>> = potentials.iter().map(|one| one.strides(scope)).collect();
    let one = graph.number(1.0, span);
    let mut entries = Vec::with_capacity(size);
    for_each_state(scope, |states| {
        let mut value = one;
        for (potential, strides) in potentials.iter().zip(&strides) {
            let at: usize = states.iter().zip(strides).map(|(state, stride)| state * stride).sum();
            value = graph.weigh(value, potential.entries[at], span);
        }
        entries.push(value);
    });
    Ok(Potential { scope: scope.to_vec(), entries })
}

/// Sums over the states of the last variable.
fn sum_out_last(graph: &mut Graph, mut potential: Potential, span: Span) -> Potential {
    let count = potential.scope.pop().map_or(1, |(_, count)| count);
    let entries = potential.entries.chunks(count).map(|chunk| sum(graph, chunk, span)).collect();
    Potential { scope: potential.scope, entries }
}

/// The sum of nodes, without those that are 0.
pub(super) fn sum(graph: &mut Graph, nodes: &[NodeId], span: Span) -> NodeId {
    let mut total = None;
    for node in nodes {
        if graph.constant(*node) == Some(0.0) {
            continue;
        }
        total = Some(match total {
            Some(total) => graph.binary(Binary::Add, total, *node, span),
            None => *node,
        });
    }
    total.unwrap_or_else(|| graph.number(0.0, span))
}
