//! The part of a network whose tables are numbers: its sums are made in numbers, all over one junction tree.

use std::collections::{BTreeMap, BTreeSet};

use super::elimination::TooLarge;
use super::graph::Graph;
use super::junction::{Junction, Refusal, Table};
use super::potential::{Chance, Potential};
use crate::diagnostic::Span;
use crate::limits::Limits;

/// Sums over some chance variables whose tables are numbers, with all that was learned.
pub(super) struct Finite {
    /// The variables by their positions in the tree.
    positions: BTreeMap<Chance, usize>,
    variables: Vec<Chance>,
    /// Nothing where clusters would be too large.
    junction: Option<Junction>,
    /// All sums are told times 2 to this power.
    power: i32,
}

impl Finite {
    /// No tree.
    pub(super) fn nothing() -> Finite {
        Finite { positions: BTreeMap::new(), variables: Vec::new(), junction: None, power: 0 }
    }

    /// The variables of some tables, if these are numbers.
    pub(super) fn of(tables: &[Potential], graph: &Graph) -> Option<Finite> {
        if !tables.iter().all(|one| one.numbers(graph).is_some()) {
            return None;
        }
        let all: BTreeSet<Chance> = tables.iter().flat_map(|one| &one.scope).map(|(one, _)| *one).collect();
        let variables: Vec<Chance> = all.into_iter().collect();
        let positions = variables.iter().enumerate().map(|(at, one)| (*one, at)).collect();
        Some(Finite { positions, variables, junction: None, power: 0 })
    }

    /// Whether all of some variables are in the tree.
    pub(super) fn holds(&self, targets: &BTreeSet<Chance>) -> bool {
        self.junction.is_some() && targets.iter().all(|one| self.positions.contains_key(one))
    }

    pub(super) fn power(&self) -> i32 {
        self.power
    }

    /// Tells all sums times a power of 2, by which that of everything is no longer too small for a number; whether there is any.
    ///
    /// # Errors
    /// Tables that would be too large.
    pub(super) fn raise(&mut self, limits: &Limits) -> Result<bool, TooLarge> {
        let Some(junction) = &mut self.junction else { return Ok(false) };
        let whole = junction.joint(&[], &|| limits.is_stopped());
        let whole = whole.map_err(|why| self.refused(why))?;
        let is_any = whole.values[0] != 0.0;
        self.power = if is_any { -whole.exponent } else { 0 };
        Ok(is_any)
    }

    /// Makes the tree, from tables of which the first few say what was learned.
    ///
    /// # Errors
    /// Clusters that would be too large.
    pub(super) fn build(
        &mut self,
        tables: &[Potential],
        evidence: usize,
        graph: &Graph,
        limits: &Limits,
    ) -> Result<(), TooLarge> {
        let mut counts = vec![1; self.variables.len()];
        for (chance, count) in tables.iter().flat_map(|one| &one.scope) {
            counts[self.positions[chance]] = *count;
        }
        let table = |(at, one): (usize, &Potential)| self.table(one, at >= evidence, graph);
        let tables: Vec<Table> = tables.iter().enumerate().filter_map(table).collect();
        let found = Junction::new(counts, tables, &|| limits.is_stopped());
        self.junction = Some(found.map_err(|why| self.refused(why))?);
        Ok(())
    }

    /// A table by positions. The last variable of one's own probabilities is what they are of, unless several tables share it.
    fn table(&self, one: &Potential, is_own: bool, graph: &Graph) -> Option<Table> {
        let scope: Vec<(usize, usize)> = one
            .scope
            .iter()
            .map(|(chance, count)| Some((*self.positions.get(chance)?, *count)))
            .collect::<Option<_>>()?;
        let is_shared = one.scope.iter().any(|(chance, _)| matches!(chance, Chance::Causes(_)));
        let head = scope.last().map(|(at, _)| *at).filter(|_| is_own && !is_shared);
        Some(Table { head, ..Table::new(scope, one.numbers(graph)?) })
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
        let found = match &mut self.junction {
            Some(junction) => junction.joint(&own, &|| limits.is_stopped()),
            None => Err(Refusal::Interrupted),
        };
        let found = found.map_err(|why| self.refused(why))?;
        let entries = found.numbers(self.power).map(|one| graph.number(one, Span::default())).collect();
        Ok(Potential { scope: targets, entries })
    }

    fn refused(&self, why: Refusal) -> TooLarge {
        match why {
            Refusal::TooLarge(variables) => {
                TooLarge::States { scope: variables.into_iter().map(|at| self.variables[at]).collect() }
            }
            Refusal::Interrupted => TooLarge::Interrupted,
        }
    }
}

impl Potential {
    /// The entries, if all are numbers.
    pub(super) fn numbers(&self, graph: &Graph) -> Option<Vec<f64>> {
        self.entries.iter().map(|entry| graph.constant(*entry)).collect()
    }
}
