//! The part of a network whose tables are numbers: its sums are made in numbers, all over one junction tree.

use std::collections::{BTreeMap, BTreeSet};

use super::elimination::TooLarge;
use super::graph::{Graph, NodeId};
use super::junction::{Junction, Refusal, Table};
use super::potential::{Chance, Potential};
use crate::diagnostic::Span;
use crate::limits::Limits;

/// Sums over some chance variables whose tables are numbers, with all that was learned.
pub(super) struct Finite {
    /// The variables by their positions in the tree.
    positions: BTreeMap<Chance, usize>,
    variables: Vec<Chance>,
    junction: Junction,
    /// All sums are told times 2 to this power.
    power: i32,
}

impl Finite {
    /// A tree for tables that are numbers, whose values find room, of which the first few, `evidence` of them, say what was learned.
    ///
    /// # Errors
    /// Clusters that would be too large; the limits.
    pub(super) fn within(
        room: &mut f64,
        tables: &[Potential],
        evidence: usize,
        graph: &Graph,
        limits: &Limits,
    ) -> Result<Finite, TooLarge> {
        let counted: BTreeMap<Chance, usize> = tables.iter().flat_map(|one| &one.scope).copied().collect();
        let variables: Vec<Chance> = counted.keys().copied().collect();
        let positions: BTreeMap<Chance, usize> =
            variables.iter().enumerate().map(|(at, one)| (*one, at)).collect();
        let table = |(at, one): (usize, &Potential)| one.table(&positions, at >= evidence, graph);
        let tables = tables.iter().enumerate().map(table).collect();
        let found = Junction::within(room, counted.into_values().collect(), tables, limits);
        let junction = found.map_err(|why| refused(&variables, why))?;
        Ok(Finite { positions, variables, junction, power: 0 })
    }

    /// Whether all of some variables are in the tree.
    pub(super) fn holds(&self, targets: &BTreeSet<Chance>) -> bool {
        targets.iter().all(|one| self.positions.contains_key(one))
    }

    pub(super) fn power(&self) -> i32 {
        self.power
    }

    /// Tells all sums times a power of 2, by which that of everything is no longer too small for a number; whether there is any.
    ///
    /// # Errors
    /// Tables that would be too large.
    pub(super) fn raise(&mut self, limits: &Limits) -> Result<bool, TooLarge> {
        let whole = self.junction.joint(&[], limits);
        let whole = whole.map_err(|why| refused(&self.variables, why))?;
        let is_any = whole.values[0] != 0.0;
        self.power = if is_any { -whole.exponent } else { 0 };
        Ok(is_any)
    }

    /// The joint distribution of `targets`, each with its number of states, and of what was learned.
    ///
    /// # Errors
    /// Tables that would be too large.
    pub(super) fn joint(
        &mut self,
        targets: Vec<(Chance, usize)>,
        graph: &mut Graph,
        limits: &Limits,
    ) -> Result<Potential, TooLarge> {
        let own: Vec<usize> = targets.iter().map(|(one, _)| self.positions[one]).collect();
        let found = self.junction.joint(&own, limits);
        let found = found.map_err(|why| refused(&self.variables, why))?;
        let entries = found.numbers(self.power).map(|one| graph.number(one, Span::default())).collect();
        Ok(Potential { scope: targets, entries })
    }
}

fn refused(variables: &[Chance], why: Refusal) -> TooLarge {
    match why {
        Refusal::TooLarge(positions) => {
            TooLarge::States { scope: positions.into_iter().map(|at| variables[at]).collect() }
        }
        Refusal::Memory(bytes) => TooLarge::Memory { bytes },
        Refusal::Interrupted => TooLarge::Interrupted,
    }
}

impl Potential {
    /// Whether no draw enters.
    pub(super) fn is_numbers(&self, graph: &Graph) -> bool {
        self.entries.iter().all(|entry| graph.constant(*entry).is_some())
    }

    /// The table of numbers by positions. The last variable of one's own probabilities is what they are of, unless several tables
    /// share it.
    fn table(&self, positions: &BTreeMap<Chance, usize>, is_own: bool, graph: &Graph) -> Table {
        let scope: Vec<(usize, usize)> =
            self.scope.iter().map(|(chance, count)| (positions[chance], *count)).collect();
        let is_shared = self.scope.iter().any(|(chance, _)| matches!(chance, Chance::Causes(_)));
        let head = scope.last().map(|(at, _)| *at).filter(|_| is_own && !is_shared);
        let number = |entry: &NodeId| graph.constant(*entry).unwrap_or(f64::NAN);
        Table { head, ..Table::new(scope, self.entries.iter().map(number).collect()) }
    }
}
