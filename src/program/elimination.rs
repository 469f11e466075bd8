//! Sums over the states of chance variables, one variable after the other (variable elimination; Zhang & Poole 1996), in
//! nodes: where all numbers are constants, so is the answer.

use super::graph::{Graph, NodeId};
use super::potential::{Chance, Potential, for_each_state, union_of};
use super::remaining::Remaining;
use crate::diagnostic::Span;
use crate::expression::Binary;
use crate::limits::Limits;

/// The most entries that a table may have, of nodes that are no constants; constants may have this many times as many.
const MOST_ENTRIES: usize = 1 << 14;
const CONSTANTS: usize = 1 << 6;
const ENTRY_BYTES: usize = 128;

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

/// Σ over all variables but `targets` of the product of `potentials`, by the states of `targets` in their order.
///
/// # Errors
/// A table that would grow too large.
pub(super) fn marginal(
    graph: &mut Graph,
    potentials: Vec<Potential>,
    targets: &[(Chance, usize)],
    limits: &Limits,
) -> Result<Potential, TooLarge> {
    let span = Span::default();
    let mut remaining = Remaining::new(potentials, targets);
    while let Some(chance) = remaining.cheapest() {
        let own = remaining.take(chance);
        let mut scope = union_of(own.iter());
        scope.retain(|(one, _)| *one != chance);
        scope.push((chance, remaining.count(chance)));
        let product = product(graph, &own, &scope, limits)?;
        remaining.put(sum_out_last(graph, product, span));
    }
    product(graph, &remaining.rest(), targets, limits)
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
