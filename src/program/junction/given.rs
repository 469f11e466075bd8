//! Joint distributions of variables that lie far apart in the tree: one of them is taken to be in each of its states in turn, and the others
//! are asked for. What many are asked for together with, as with an outcome, is then gone through but once (conditioning; Pearl 1988,
//! "Probabilistic reasoning in intelligent systems", section 4.4.2).

use std::collections::BTreeMap;
use std::rc::Rc;

use super::propagation::Propagation;
use super::room::{Counted, Refusal, allow, size};
use super::table::{Table, sum_product, times_power};
use crate::limits::Limits;

/// As many numbers may be held of trees in which a variable is in one state. It decides on the way that sums take, and so does no machine.
const MOST_HELD: usize = 1 << 22;

/// Trees in which a variable is in each of its states, by the variable.
#[derive(Default)]
pub(super) struct Given {
    trees: BTreeMap<usize, Vec<Propagation>>,
    /// How many numbers are in all of them.
    held: usize,
}

impl Given {
    /// The joint distribution of some variables with all that was learned, by the states of the last of them; nothing where the trees
    /// for that would be too large.
    pub(super) fn by_state(
        &mut self,
        all: &Propagation,
        open: &[usize],
        limits: &Limits,
    ) -> Result<Option<Table>, Refusal> {
        let Some((anchor, others)) = open.split_last() else { return Ok(None) };
        let count = all.counts[*anchor];
        let held = all.held() * count;
        if held > MOST_HELD {
            return Ok(None);
        }
        if !self.trees.contains_key(anchor) {
            allow(&[(*anchor, held)], 0, limits)?;
            let trees: Result<Vec<Propagation>, Refusal> =
                (0..count).map(|state| all.with(*anchor, state, limits)).collect();
            if self.held + held > MOST_HELD {
                *self = Given::default();
            }
            self.held += held;
            self.trees.insert(*anchor, trees?);
        }
        let trees = self.trees.get_mut(anchor).into_iter().flatten();
        let parts: Result<Vec<Table>, Refusal> = trees.map(|tree| tree.joint(others, limits)).collect();
        let scope: Vec<Counted> = open.iter().map(|one| (*one, all.counts[*one])).collect();
        allow(&scope, size(&scope), limits)?;
        Ok(Some(sum_product(&[Rc::new(stacked((*anchor, count), parts?))], scope, None)))
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
