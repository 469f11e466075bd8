//! Joint distributions of variables that lie far apart in the tree: one of them is taken to be in each of its states in turn, and the others
//! are asked for. What many are asked for together with, as with an outcome, is then gone through but once (conditioning; Pearl 1988,
//! "Probabilistic reasoning in intelligent systems", section 4.4.2).

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Junction;
use super::room::{Counted, Refusal, allow, size};
use super::table::{Table, sum_product, times_power};
use crate::limits::Limits;

/// Across more clusters than so many, variables are far apart.
const FAR: usize = 32;

/// As many numbers may be held of trees in which a variable is in one state. It decides on the way that sums take, and so does no machine.
const MOST_HELD: usize = 1 << 22;

/// Trees in which a variable is in each of its states, by the variable.
#[derive(Clone, Default)]
pub(super) struct Given {
    trees: BTreeMap<usize, Vec<Junction>>,
    /// How many numbers are in all of them.
    held: usize,
    /// Whether this is one of them, which has none itself.
    is_one: bool,
}

impl Junction {
    /// Whether some variables, at least two, lie far apart in one part of the tree.
    pub(super) fn is_far(&self, open: &[usize]) -> bool {
        let is_one = self.given.is_one;
        open.len() > 1
            && !is_one
            && self.by_part(open).into_values().any(|own| self.subtree(&own, FAR).is_none())
    }

    /// The joint distribution of some variables with all that was learned, by the states of the last of them; nothing where the trees
    /// for that would be too large.
    pub(super) fn by_state(&mut self, open: &[usize], limits: &Limits) -> Result<Option<Table>, Refusal> {
        let Some((anchor, others)) = open.split_last() else { return Ok(None) };
        let count = self.counts[*anchor];
        let held = self.held() * count;
        if held > MOST_HELD {
            return Ok(None);
        }
        if !self.given.trees.contains_key(anchor) {
            allow(&[(*anchor, held)], 0, limits)?;
            let trees: Result<Vec<Junction>, Refusal> =
                (0..count).map(|state| self.with(*anchor, state, limits)).collect();
            if self.given.held + held > MOST_HELD {
                self.given = Given::default();
            }
            self.given.held += held;
            self.given.trees.insert(*anchor, trees?);
        }
        let trees = self.given.trees.get_mut(anchor).into_iter().flatten();
        let parts: Result<Vec<Table>, Refusal> = trees.map(|tree| tree.joint(others, limits)).collect();
        let scope: Vec<Counted> = open.iter().map(|one| (*one, self.counts[*one])).collect();
        allow(&scope, size(&scope), limits)?;
        Ok(Some(sum_product(&[Rc::new(stacked((*anchor, count), parts?))], scope, None)))
    }

    /// How many numbers are in the tree.
    fn held(&self) -> usize {
        let own = self.tree.clusters.iter().flat_map(|one| &one.tables);
        own.chain(self.up.iter().flatten()).map(|table| table.values.len()).sum()
    }

    /// The same tree with a variable in a state.
    fn with(&self, variable: usize, state: usize, limits: &Limits) -> Result<Junction, Refusal> {
        let given = Given { is_one: true, ..Given::default() };
        let mut found = Junction { given, tops: BTreeMap::new(), ..self.clone() };
        let mut constants = vec![Rc::new(found.constant.clone())];
        for cluster in &mut found.tree.clusters {
            for table in cluster.tables.iter_mut().filter(|one| one.holds(variable)) {
                *table = Rc::new(table.sliced(variable, state));
            }
            let (single, tables): (Vec<_>, Vec<_>) =
                std::mem::take(&mut cluster.tables).into_iter().partition(|one| one.scope.is_empty());
            constants.extend(single);
            cluster.tables = tables;
        }
        found.constant = sum_product(&constants, Vec::new(), None);
        found.up.iter_mut().for_each(Vec::clear);
        found.down.iter_mut().for_each(|one| *one = None);
        found.collect(limits)?;
        Ok(found)
    }
}

/// Tables for each state of a variable as one, in which its states change slowest.
fn stacked(variable: Counted, parts: Vec<Table>) -> Table {
    let least = |table: &Table| table.values.iter().all(|one| *one == 0.0).then_some(i32::MIN);
    let exponent = parts.iter().map(|one| least(one).unwrap_or(one.exponent)).max().unwrap_or(0);
    let exponent = if exponent == i32::MIN { 0 } else { exponent };
    let scope = parts.first().map(|one| one.scope.clone()).unwrap_or_default();
    let values = parts.iter().flat_map(|one| {
        let by = one.exponent.saturating_sub(exponent);
        one.values.iter().map(move |value| times_power(*value, by))
    });
    let values = values.collect();
    Table { exponent, ..Table::new([variable].into_iter().chain(scope).collect(), values) }
}
